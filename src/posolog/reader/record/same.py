"""Lines of two fields that say the same: the later one's quotes go to the earlier line."""

from __future__ import annotations

from dataclasses import fields, replace

from posolog.formulary import find
from posolog.protocol.model import Amount, Basis, Give, Line, Source
from posolog.reader.record.joining import Joining


def folded(joining: Joining, line: Line, arm: str) -> bool:
    """Whether earlier lines say all that this one says; then its quotes go to them."""
    found = False
    for name, part in joining.parts.items():
        if arm and part.arm and part.arm != arm:
            continue
        lines = [replace(old, sources=_sources(old, line)) if _says(old, line) else old for old in part.lines]
        if lines != list(part.lines) or any(_says(old, line) for old in part.lines):
            joining.parts[name] = replace(part, lines=tuple(lines))
            found = True
    return found


def _sources(old: Line, new: Line) -> tuple[Source, ...]:
    return tuple(dict.fromkeys((*old.sources, *new.sources)))


def _says(old: Line, new: Line) -> bool:
    """Every field that the new line states stands in the old one, and no condition or question is lost."""
    if type(old.what) is not type(new.what) or new.condition not in (None, old.condition):
        return False
    if set(new.unsettled) - set(old.unsettled) or (new.optional and not old.optional):
        return False
    if not (isinstance(old.what, Give) and isinstance(new.what, Give)):
        return old.what == new.what
    empty = Give(new.what.agent)
    return all(
        (mine := getattr(new.what, f.name)) == getattr(empty, f.name)
        or mine == (theirs := getattr(old.what, f.name))
        or (f.name == "amount" and _amount_says(theirs, mine))
        for f in fields(Give)
        if f.name != "agent"
    ) and same_agent(old.what.agent, new.what.agent)


def _amount_says(old: Amount | None, new: Amount | None) -> bool:
    """The same amount whose basis the second one leaves out."""
    return old is not None and new is not None and new.basis is Basis.UNSTATED and replace(old, basis=new.basis) == new


def same_agent(one: str, other: str) -> bool:
    """One agent under two of its names."""
    return one == other or (bool(find(one).agents) and find(one).agents == find(other).agents)
