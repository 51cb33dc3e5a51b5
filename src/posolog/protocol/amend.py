"""Amendments: what changed from one version of a protocol to the next, in the words of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from posolog.protocol.conditions_text import print_condition
from posolog.protocol.frame_text import print_cycles, print_time_point, print_window
from posolog.protocol.model import Endpoint, Line, Part, Protocol, TimePoint, Visits
from posolog.protocol.write import day_zero_of, line_text, print_definition


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change at `where` ("part FLAG", "line FLAG/2", "visits follow-up", "setting weight"); texts as printed."""

    kind: Kind
    where: str
    old: str = ""
    new: str = ""


def diff(old: Protocol, new: Protocol) -> tuple[Change, ...]:
    """The changes from `old` to `new`, in file order; () exactly when the protocols are equal.

    Lines are matched by their words, so that a line put in between does not change those after it.
    """
    return tuple(
        [
            *_values("", _frame(old), _frame(new)),
            *_parts(old, new),
            *_values("visits ", _visits(old), _visits(new)),
            *_sequence("endpoint ", [_endpoint(e) for e in old.endpoints], [_endpoint(e) for e in new.endpoints]),
            *_sequence(
                "eligibility ",
                [f"{c.kind}: {c.words}" for c in old.eligibility],
                [f"{c.kind}: {c.words}" for c in new.eligibility],
            ),
            *_sequence(
                "note ", [f"{n.words} ({n.why})" for n in old.notes], [f"{n.words} ({n.why})" for n in new.notes]
            ),
        ]
    )


def _values(what: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    """Named values, one text each."""
    for name in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(name), new.get(name)
        if before is None:
            yield Change(Kind.ADDED, what + name, new=after or "")
        elif after is None:
            yield Change(Kind.REMOVED, what + name, old=before)
        elif before != after:
            yield Change(Kind.CHANGED, what + name, before, after)
    if set(old) == set(new) and list(old) != list(new):
        yield Change(Kind.CHANGED, f"order of {what}".strip(), ", ".join(old), ", ".join(new))


def _frame(protocol: Protocol) -> dict[str, str]:
    allocation = protocol.allocation
    values = {
        "protocol": protocol.name,
        "sources": ", ".join(map(repr, protocol.documents)),
        "setting bsa": protocol.bsa,
        "setting weight": protocol.weight,
        "escalation": protocol.escalation,
        "arms": ", ".join(map(repr, protocol.arms)),
        "ends": ", ".join(map(repr, protocol.ends)),
        "allocation": ""
        if allocation is None
        else _allocated(allocation.randomised, allocation.ratio, allocation.strata),
        **{f"anchor {anchor.name}": anchor.event for anchor in protocol.anchors},
        **{f"settled {question}": because for question, because in protocol.settled},
    }
    return {name: value for name, value in values.items() if value}


def _allocated(randomised: bool, ratio: str, strata: tuple[str, ...]) -> str:
    words = ["randomised" if randomised else "not randomised"]
    words += [f"ratio {ratio}"] if ratio else []
    return ", ".join([*words, *(f"stratum {stratum!r}" for stratum in strata)])


def _parts(old: Protocol, new: Protocol) -> Iterator[Change]:
    before, after = ({part.name: part for part in protocol.parts} for protocol in (old, new))
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            yield Change(Kind.REMOVED, f"part {name}", old=_part_text(old, before[name]))
        elif name not in before:
            yield Change(Kind.ADDED, f"part {name}", new=_part_text(new, after[name]))
        else:
            yield from _part(old, new, before[name], after[name])
    if set(before) == set(after) and list(before) != list(after):
        yield Change(Kind.CHANGED, "order of parts", ", ".join(before), ", ".join(after))


def _part(old: Protocol, new: Protocol, before: Part, after: Part) -> Iterator[Change]:
    one, two = (replace(part, lines=()) for part in (before, after))
    if one != two:
        yield Change(Kind.CHANGED, f"part {before.name}", _properties(before), _properties(after))
    yield from _sequence(f"line {before.name}/", _line_texts(old, before), _line_texts(new, after))


def _sequence(what: str, old: list[str], new: list[str]) -> Iterator[Change]:
    """Texts matched in order; a stretch replaced by as many others counts as changed, text by text."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        for step in range(paired):
            yield Change(Kind.CHANGED, f"{what}{i1 + step + 1}", old[i1 + step], new[j1 + step])
        for at in range(i1 + paired, i2):
            yield Change(Kind.REMOVED, f"{what}{at + 1}", old=old[at])
        for at in range(j1 + paired, j2):
            yield Change(Kind.ADDED, f"{what}{at + 1}", new=new[at])


def _line_texts(protocol: Protocol, part: Part) -> list[str]:
    day_zero = day_zero_of(protocol, part.anchor)
    return [_line(line, day_zero) for line in part.lines]


def _line(line: Line, day_zero: bool) -> str:
    kind, words = line_text(line, day_zero=day_zero)
    condition = f"; if {print_condition(line.condition)}" if line.condition is not None else ""
    unsettled = "".join(f"; unsettled {question!r}" for question in line.unsettled)
    return f"{kind}: {words}{condition}{'; optional' if line.optional else ''}{unsettled}"


def _part_text(protocol: Protocol, part: Part) -> str:
    return "; ".join(text for text in (_properties(part), *_line_texts(protocol, part)) if text)


def _properties(part: Part) -> str:
    values = {
        "anchor": part.anchor,
        "arm": part.arm,
        "choice": part.choice,
        "option": part.option,
        "cycles": print_cycles(part.cycles) if part.cycles is not None else "",
        "if": print_condition(part.condition) if part.condition is not None else "",
        "same as": part.same_as,
    }
    return ", ".join(f"{name} {value}" for name, value in values.items() if value)


def _visits(protocol: Protocol) -> dict[str, str]:
    return {visits.name: _visit(visits) for visits in protocol.visits}


def _visit(visits: Visits) -> str:
    window = ""
    if visits.before_days is not None and visits.after_days is not None:
        window = print_window(visits.before_days, visits.after_days)
    values = {
        "at": _points(visits.at),
        "after": visits.anchor,
        "window": window,
        "assess": ", ".join(map(repr, visits.assess)),
        "arm": visits.arm,
        "if": print_condition(visits.condition) if visits.condition is not None else "",
    }
    return ", ".join(f"{name} {value}" for name, value in values.items() if value)


def _points(points: Iterable[TimePoint]) -> str:
    return ", ".join(map(print_time_point, points))


def _endpoint(endpoint: Endpoint) -> str:
    at = f" at {_points(endpoint.at)}" if endpoint.at else ""
    after = f" after {endpoint.after}" if endpoint.after else ""
    define = "".join(f"; {key} {value}" for key, value in _definition(endpoint).items())
    return f"{endpoint.role}: {endpoint.name}{at}{after}{define}"


def _definition(endpoint: Endpoint) -> dict[str, object]:
    """The definition key by key, without its reason: that is not compared."""
    return print_definition(replace(endpoint.define, because="")) if endpoint.define is not None else {}
