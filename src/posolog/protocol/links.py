"""What must agree across a protocol file: anchors, arms, day 0, and parts that repeat others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from posolog.core.days import Anchor, DayRange, DaySet
from posolog.protocol.collect import Collector
from posolog.protocol.lexer import did_you_mean
from posolog.protocol.model import Do, Give, Line, Part, Rest, Visits


def link_parts(
    collect: Collector, parts: tuple[Part, ...], anchors: tuple[Anchor, ...], arms: tuple[str, ...]
) -> tuple[Part, ...]:
    """The parts with the only anchor filled in where none was named."""
    linked = tuple(_with_anchor(collect, part, anchors) for part in parts)
    by_name = {part.name: part for part in linked}
    by_anchor = {anchor.name: anchor for anchor in anchors}
    for part in linked:
        _check_arm(collect, part.arm, arms, f"part {part.name!r}", part.file_line)
        lines = _lines(collect, part, by_name)
        anchor = by_anchor.get(part.anchor)
        if anchor is not None and not anchor.has_day_zero:
            _check_day_zero(collect, part, anchor, lines)
    return linked


def link_visits(
    collect: Collector, visits: tuple[Visits, ...], anchors: tuple[Anchor, ...], arms: tuple[str, ...]
) -> tuple[Visits, ...]:
    """The visits with the only anchor filled in where none was named."""
    linked = []
    for visit in visits:
        _check_arm(collect, visit.arm, arms, f"visits {visit.name!r}", visit.file_line)
        name = visit.anchor or (anchors[0].name if len(anchors) == 1 else "")
        _check_anchor(collect, name, anchors, f"visits {visit.name!r}", visit.file_line)
        linked.append(replace(visit, anchor=name))
    return tuple(linked)


def days_of(line: Line) -> Iterator[int]:
    """Every day number that the line names; of a range its two ends."""
    what = line.what
    if isinstance(what, Give):
        yield from _ends(what.days) if what.days is not None else ()
        yield from (day for day in (what.from_day, what.to_day) if day is not None)
        yield from (what.taper.first, what.taper.last) if what.taper is not None else ()
    elif isinstance(what, Rest | Do):
        yield from _ends(what.days)


def _ends(days: DaySet) -> Iterator[int]:
    for item in days.items:
        yield from (item.first, item.last) if isinstance(item, DayRange) else (item,)


def _with_anchor(collect: Collector, part: Part, anchors: tuple[Anchor, ...]) -> Part:
    if not part.anchor and len(anchors) == 1:
        return replace(part, anchor=anchors[0].name)
    if part.anchor or anchors or any(True for line in part.lines for _ in days_of(line)):
        _check_anchor(collect, part.anchor, anchors, f"part {part.name!r}", part.file_line)
    return part


def _check_anchor(collect: Collector, name: str, anchors: tuple[Anchor, ...], what: str, line: int | None) -> None:
    names = [anchor.name for anchor in anchors]
    if name in names:
        return
    message = f"{what} counts its days from {name!r}, which is no anchor" if name else f"{what} names no anchor"
    step = (
        did_you_mean(name, names) or "Anchors: " + (", ".join(names) or "none; add 'anchors: {D1: first dose}'") + "."
    )
    collect.add("ANCHOR-UNKNOWN", message, step, line, words=name)


def _check_arm(collect: Collector, arm: str, arms: tuple[str, ...], what: str, line: int | None) -> None:
    if arm and arm not in arms:
        step = did_you_mean(arm, arms) or "Arms: " + (", ".join(arms) or "none named; add 'arms: [...]'") + "."
        collect.add("ARM-UNKNOWN", f"{what} is for the arm {arm!r}, which is not named", step, line, words=arm)


def _lines(collect: Collector, part: Part, by_name: dict[str, Part]) -> tuple[Line, ...]:
    """The lines of the part, or of the part it repeats."""
    seen, now = [part.name], part
    while now.same_as:
        if now.same_as not in by_name:
            if now is part:
                step = did_you_mean(now.same_as, by_name) or "Name a part of this file."
                message = f"part {part.name!r} is the same as {now.same_as!r}, which is no part"
                collect.add("SAME-AS-UNKNOWN", message, step, part.file_line, words=now.same_as)
            return ()
        now = by_name[now.same_as]
        if now.name in seen:
            message = "parts repeat each other: " + " -> ".join([*seen, now.name])
            collect.add("SAME-AS-LOOP", message, "Give one of them its own lines.", part.file_line)
            return ()
        seen.append(now.name)
    return now.lines


def _check_day_zero(collect: Collector, part: Part, anchor: Anchor, lines: tuple[Line, ...]) -> None:
    for line in lines:
        if 0 in days_of(line):
            where = line.file_line if line in part.lines else part.file_line
            message = f"line {line.ident!r} names D0; anchor {anchor.name!r} ({anchor.event}) has no day 0"
            collect.add(
                "DAY-ZERO",
                message,
                "Count from D1, or use an anchor whose name ends in D0.",
                where,
                words="D0",
            )
