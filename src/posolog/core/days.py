"""Days are whole numbers from a named anchor; day sets and day ranges are different types (hazard H3)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Anchor:
    """A dated event that days count from.

    `name` ends in "D0" (transplant numbering, there is a day 0) or "D1" (cycle numbering, no day 0);
    `event` is the name of the event that fixes it, e.g. "graft transfusion".
    """

    name: str
    event: str

    @property
    def has_day_zero(self) -> bool:
        return self.name.endswith("D0")

    def offset(self, day: int) -> int:
        """Whole days from the anchor's date. *Raises:* ValueError for day 0 where there is none."""
        if self.has_day_zero:
            return day
        if day == 0:
            raise ValueError(f"there is no day 0 under anchor {self.name!r}")
        return day - 1 if day > 0 else day

    def day(self, offset: int) -> int:
        """The day number at `offset` days from the anchor's date (inverse of `offset`)."""
        return offset if self.has_day_zero or offset < 0 else offset + 1

    def date_of(self, day: int, anchored: date) -> date:
        return anchored + timedelta(days=self.offset(day))


@dataclass(frozen=True, slots=True)
class DayRange:
    """Every day from `first` to `last`, both included; a single day is not a range."""

    first: int
    last: int


DayItem = int | DayRange


@dataclass(frozen=True, slots=True)
class DaySet:
    """Days as they were written: single days and ranges stay apart. (4, 11) is two days, DayRange(4, 11) is eight."""

    items: tuple[DayItem, ...]

    def days(self, *, day_zero: bool = True) -> tuple[int, ...]:
        """All days in order, each once; ranges across zero skip day 0 when the anchor has none."""
        found: set[int] = set()
        for item in self.items:
            if isinstance(item, DayRange):
                found.update(range(item.first, item.last + 1))
            else:
                found.add(item)
        if not day_zero:
            found -= {0} if all(item != 0 for item in self.items) else set()
        return tuple(sorted(found))


def label(day: int) -> str:
    """The ASCII label of a day: D-13, D0, D+6 (files and data)."""
    return f"D{day}" if day <= 0 else f"D+{day}"


def label_in(day: int, anchor: Anchor) -> str:
    """D+6 under a day-0 anchor, D6 under a day-1 anchor."""
    return label(day) if anchor.has_day_zero else f"D{day}"


def add_months(start: date, months: int) -> date:
    """Same day of the month `months` later; when that month is too short, its last day (stated rule: clamp).

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, month0 + 1, min(start.day, monthrange(years, month0 + 1)[1]))
