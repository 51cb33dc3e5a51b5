"""The treatment calendar as data: rows are days, one column per agent, boxes between them.

`layout` makes it from a plan, `svg` draws it. One calendar per anchor: a drawing never counts from two events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from posolog.core.days import Anchor
from posolog.course.model import Planned
from posolog.report import format as say


class Mark(StrEnum):
    """What a box is."""

    DOSE = "dose"
    NO_DOSE = "no dose"
    WAITING = "waiting"
    CLOSED = "closed"
    GIVEN = "given"
    ONGOING = "ongoing"
    TAPER = "taper"
    REST = "rest"
    DONE = "done"  # something done that is not a dose: the graft, a hospital stay
    GATE = "gate"
    VISIT = "visit"


SPANS = (Mark.ONGOING, Mark.TAPER)  # drawn as bars and wedges over several rows


@dataclass(frozen=True, slots=True)
class Row:
    """Days `first` to `last` (offsets from the anchor's date). `scale` is "day", "week", "gap" or "point"."""

    label: str
    first: int
    last: int
    scale: str
    when: str = ""
    weekend: bool = False
    today: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`hue` counts the agents; the column of events (graft, rest, visits) has hue -1."""

    name: str
    hue: int = -1


@dataclass(frozen=True, slots=True)
class Box:
    """`first` and `last` are offsets in days, both included; `open_end` has no stated last day."""

    mark: Mark
    column: int
    first: int
    last: int
    text: str
    title: str = ""
    label: str = ""  # the day, shown where a row holds several days
    answer: str = ""  # of the gate that stands before it
    open_end: bool = False
    no_dose: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one anchor. `undated` are the acts that have no place on it yet, in words."""

    anchor: Anchor
    fixed: date | None
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    undated: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The anchor in words, with its date and weekday: D0 = graft transfusion, Thursday 14 January 2027."""
        return anchor_words(self.anchor, self.fixed)


def anchor_words(anchor: Anchor, fixed: date | None) -> str:
    """What day counting starts from, said in words; an anchor without day 0 says so."""
    return f"{anchor.name} = {event_words(anchor, fixed)}"


def event_words(anchor: Anchor, fixed: date | None) -> str:
    """The event of an anchor, its date, and whether there is a day 0."""
    when = say.long_date(fixed) if fixed else "date not known yet"
    zero = "" if anchor.has_day_zero else " (there is no day 0)"
    return f"{anchor.event}, {when}{zero}"


def offset_of(act: Planned, anchor: Anchor, fixed: date | None) -> int | None:
    """Days from the anchor's date to the act, None while it has no date under a dated anchor."""
    if fixed is not None:
        return (act.when - fixed).days if act.when is not None else None
    return anchor.offset(act.day) if act.day is not None else None


def is_stretch(act: Planned) -> bool:
    """An act that stands for several days: a continuous infusion, ongoing treatment, a taper."""
    if act.kind not in ("give", "taper") or act.earliest is None:
        return False
    return act.latest > act.earliest if act.latest is not None else act.number is None


def date_at(offset: int, fixed: date | None) -> date | None:
    return fixed + timedelta(days=offset) if fixed else None
