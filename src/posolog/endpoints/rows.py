"""Analysis rows: one a patient and endpoint (and time point, or measure), each with the reason for what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from posolog.core.because import Because, Computed
from posolog.core.finding import Finding

CENSORED = 0
EVENT = 1


@dataclass(frozen=True, slots=True)
class Row:
    """`time_days` from `start`; `code` 0 censored (or no), 1 the event (or yes), 2, 3 ... the competing events.

    `code` is None where it is not known yet: `why` then says what is missing. `cause` names the event, `value` the
    recorded value (a response, a count), `at` the time point, `measure` the cell type of a panel. `record` is the
    ident of the deciding event and `line` where it stands in the file of events.
    """

    subject: str
    endpoint: str
    arm: str
    strata: tuple[str, ...]
    start: date | None
    time_days: int | None
    code: int | None
    cause: str = ""
    why: str = ""
    value: str = ""
    at: str = ""
    measure: str = ""
    record: str = ""
    line: str = ""
    number: float | None = None
    because: Because = field(default=Computed("row"), compare=False)

    @property
    def known(self) -> bool:
        """Whether the row can be analysed."""
        return self.code is not None and self.time_days is not None


@dataclass(frozen=True, slots=True)
class Spell:
    """One stretch of a patient in a state, (start, stop] in days, and the state it ends in ("" = censored)."""

    subject: str
    arm: str
    state: str
    start_day: int
    stop_day: int
    into: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A patient who is not of the endpoint's population, and why."""

    subject: str
    arm: str
    why: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one endpoint, the patients outside its population, and what is missing."""

    endpoint: str
    rows: tuple[Row, ...] = ()
    spells: tuple[Spell, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    findings: tuple[Finding, ...] = ()

    def known(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.known)

    def unknown(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.known)
