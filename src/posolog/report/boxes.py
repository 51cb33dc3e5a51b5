"""Acts become boxes: what stands in which column, on which days, with which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from posolog.core.days import Anchor
from posolog.core.guard import Answer
from posolog.course.model import Planned, Status
from posolog.report import format as say
from posolog.report.calendar import Box, Column, Mark, is_stretch, offset_of

_STATUS = {
    Status.WAITING: Mark.WAITING,
    Status.CLOSED: Mark.CLOSED,
    Status.GIVEN: Mark.GIVEN,
    Status.REFUSED: Mark.NO_DOSE,
    Status.PLANNED: Mark.DOSE,
}
_EVENTS = Column("events")


def place(
    acts: Sequence[Planned], anchor: Anchor, fixed: date | None
) -> tuple[tuple[Column, ...], tuple[Box, ...], tuple[str, ...]]:
    """Columns in order of first day, boxes, and the acts that have no day yet."""
    dated = [(offset, act) for act in acts if (offset := offset_of(act, anchor, fixed)) is not None]
    undated = [act for act in acts if offset_of(act, anchor, fixed) is None]
    names = list(dict.fromkeys(act.name for _, act in sorted(dated, key=_by_day) if act.kind in ("give", "taper")))
    columns = (_EVENTS, *(Column(name, hue) for hue, name in enumerate(names)))
    index = {column.name: at for at, column in enumerate(columns) if column.hue >= 0}
    found: dict[tuple[int, int, str, Mark], list[Box]] = {}
    for offset, act in dated:
        box = _box(act, offset, index.get(act.name, 0), anchor, fixed)
        found.setdefault((box.column, box.first, act.line, box.mark), []).append(box)
    merged = [_merge(group) for group in found.values()]
    return columns, _end_at_taper(merged), _in_words(undated)


def _by_day(pair: tuple[int, Planned]) -> tuple[int, str]:
    return pair[0], pair[1].line


def _box(act: Planned, offset: int, column: int, anchor: Anchor, fixed: date | None) -> Box:
    mark = mark_of(act)
    last = offset
    if mark in (Mark.TAPER, Mark.ONGOING) and act.latest and fixed:
        last = max(offset, (act.latest - fixed).days)
    return Box(
        mark,
        0 if act.kind in ("rest", "do", "visit") else column,
        offset,
        last,
        text_of(act, mark),
        title_of(act, anchor),
        say.day(act.day if act.day is not None else anchor.day(offset), anchor),
        answer=str(act.gate.answer) if act.gate is not None else "",
        open_end=mark is Mark.ONGOING and act.latest is None,
        no_dose=act.kind == "give" and act.dose is None and act.status is not Status.GIVEN,
    )


def mark_of(act: Planned) -> Mark:
    """The kind of box an act is drawn as."""
    if act.kind in ("rest", "do", "visit", "taper"):
        return {"rest": Mark.REST, "do": Mark.DONE, "visit": Mark.VISIT, "taper": Mark.TAPER}[act.kind]
    if act.gate is not None and act.gate.answer is not Answer.YES:
        return Mark.GATE
    if is_stretch(act):
        return Mark.ONGOING
    return _STATUS[act.status]


def text_of(act: Planned, mark: Mark) -> str:
    """The words in the box."""
    if mark in (Mark.REST, Mark.DONE, Mark.VISIT):
        return say.spoken(act.name)
    if mark is Mark.TAPER:
        return "taper"
    if mark is Mark.GATE:
        return str(act.gate.answer) if act.gate else ""
    if mark is Mark.ONGOING and act.dose is not None and act.dose.per_day is not None:
        return f"{say.amount(act.dose.per_day)} per day"
    return dose_text(act)


def dose_text(act: Planned) -> str:
    """The dose in a box: 4,000 mg, 2 × 64 mg, what was given instead, or what stands in its place."""
    if act.status is Status.GIVEN and act.note.startswith("given "):
        return say.spoken(re.split(r", |;", act.note.removeprefix("given "))[0])
    if act.dose is None:
        return {Status.REFUSED: "no dose", Status.CLOSED: "closed", Status.WAITING: "waiting"}.get(
            act.status, "dose not stated"
        )
    one = say.amount(act.dose.per_dose)
    times = act.dose.doses_per_day or 1
    return f"{times} × {one}" if times > 1 else one


def title_of(act: Planned, anchor: Anchor) -> str:
    """The tooltip: day, name, exact dose, status, note."""
    words = [say.day(act.day, anchor)] if act.day is not None else []
    words.append(say.spoken(act.name))
    if act.dose is not None:
        words.append(f"unrounded {say.exact(act.dose.unrounded)}")
    words.append(str(act.status))
    if act.note:
        words.append(say.spoken(act.note))
    return ", ".join(words)


def _merge(group: list[Box]) -> Box:
    """Acts of one line on one day share a box; `× n` where the box does not say it already."""
    first = group[0]
    if len(group) == 1 or first.mark not in (Mark.DOSE, Mark.GIVEN) or " × " in first.text:
        return first
    return replace(first, text=f"{len(group)} × {first.text}")


def _end_at_taper(boxes: list[Box]) -> tuple[Box, ...]:
    """An open bar ends the day before its agent's taper starts."""
    tapers = {box.column: box.first for box in boxes if box.mark is Mark.TAPER}
    ended = []
    for box in boxes:
        start = tapers.get(box.column)
        if box.mark is Mark.ONGOING and start is not None and box.first < start and (box.open_end or box.last >= start):
            box = replace(box, last=start - 1, open_end=False)
        ended.append(box)
    return tuple(sorted(ended, key=lambda box: (box.first, box.column, box.mark, box.text)))


def _in_words(undated: Sequence[Planned]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for act in undated:
        waits = f" ({act.gate.answer})" if act.gate is not None else ""
        words = say.spoken(act.name) + waits
        counts[words] = counts.get(words, 0) + 1
    return tuple(words if count == 1 else f"{words}, {count} times" for words, count in counts.items())
