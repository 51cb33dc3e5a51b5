"""An endpoint's definition as data: what starts the clock, what stops it, and how the answer is estimated."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Method(StrEnum):
    """How rows become an estimate."""

    KAPLAN_MEIER = "Kaplan-Meier"
    INCIDENCE = "cumulative incidence"
    STATUS = "status at time points"
    BEST = "best response"
    SHARE = "share of patients"
    COUNT = "number per patient"
    MODEL = "longitudinal model"
    OCCUPATION = "state occupation"
    TOXICITY = "dose-limiting toxicity"


POPULATIONS = ("as randomised", "as treated", "all who start", "re-anchored")
ADJUSTMENTS = ("RPSFT", "IPCW", "two-stage")
MONTH_DAYS = Decimal("30.4375")  # a year is 12 of them, 365.25 days


@dataclass(frozen=True, slots=True)
class Outcome:
    """A recorded event that counts: "acute GVHD of grade III or above", "death without relapse or progression".

    `values` limits it to records of one of these values; `grade` to that grade or above; `therapy` to a disease that
    needed systemic therapy; `after` and `without` to records with, and without, one of those events before.
    """

    event: str
    values: tuple[str, ...] = ()
    grade: str = ""
    therapy: bool = False
    after: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Length:
    """`number` `unit`s ("day", "week", "month", "year") from the start."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Definition:
    """How one endpoint is computed from a record. What a field leaves empty plays no part.

    `start`: the first of these events starts the clock. `events` count, `competing` prevent them, `censor` end
    observation; the last record does so too, or with `followed` the last record of that kind. `ties` is the order
    in which events of one day are taken. `state` comes and goes (state occupation). `within` bounds the time in which
    records count; the window in days lies around each time point. `levels` orders a response from best to worst.
    `crossover` is the event by which a patient changes arm, `adjust` the methods that undo it, `covariates` columns
    of the patients' table. `month_days` turns months and years into days.
    """

    method: Method
    start: tuple[str, ...] = ()
    events: tuple[Outcome, ...] = ()
    competing: tuple[Outcome, ...] = ()
    censor: tuple[Outcome, ...] = ()
    state: Outcome | None = None
    followed: str = ""
    ties: tuple[str, ...] = ()
    population: str = ""  # one of POPULATIONS
    within: Length | None = None
    before_days: int | None = None
    after_days: int | None = None
    levels: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    crossover: str = ""
    adjust: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()
    month_days: Decimal = MONTH_DAYS
    limit: Decimal | None = None  # of detection, in the unit of the measures
    listing: bool = False  # the events are listed patient by patient, with their values and their systemic therapy
    because: str = field(default="", compare=False)
    file_line: int | None = field(default=None, compare=False)

    def outcomes(self) -> tuple[Outcome, ...]:
        """Every event that ends or changes something, in the order of the file."""
        return (*self.events, *self.competing, *self.censor, *((self.state,) if self.state else ()))
