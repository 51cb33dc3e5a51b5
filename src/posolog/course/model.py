"""What a plan says: dated acts, each with its dose, its gate and its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from posolog.core.because import Because, Entered
from posolog.core.days import Anchor
from posolog.core.finding import Finding
from posolog.core.guard import Guard
from posolog.core.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Patient:
    """What is known of the patient at the start. None = not known; nothing has a default."""

    ident: str
    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    sex: str = ""  # "female" | "male" | ""
    birth: date | None = None
    age_years: int | None = None  # at entry, where no birth date is given
    site: str = ""
    rank_at_site: int | None = None
    facts: tuple[tuple[str, str], ...] = ()  # any other baseline fact by its name
    vials: tuple[Vial, ...] = ()


@dataclass(frozen=True, slots=True)
class Vial:
    """A radiopharmaceutical vial's calibration (activity at a time with zone)."""

    ident: str
    agent: str
    activity_mbq: Decimal
    volume_ml: Decimal | None
    calibrated: datetime
    day: str = ""  # the day label it is meant for, "D1"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the fixed order dose -> reduction -> cap -> rounding, with its formula in numbers."""

    name: str
    result: Quantity
    formula: str


@dataclass(frozen=True, slots=True)
class Dose:
    """One line's dose. The three totals reconcile: per_dose x doses_per_day = per_day; sum over days = per_course.

    A total is None where it is open (no last day stated) or where it does not apply, never guessed.
    `unrounded` is per dose before rounding; `deviation_percent` compares the rounded with the unrounded dose.
    """

    unrounded: Quantity
    per_dose: Quantity
    per_day: Quantity | None
    per_course: Quantity | None
    doses_per_day: int | None
    n_doses: int | None
    n_days: int | None
    basis: str  # "1.9317 m² (Du Bois)" | "80 kg (actual weight)" | "flat"
    steps: tuple[Step, ...] = ()
    binding_cap: str = ""
    deviation_percent: Decimal = Decimal(0)
    rate_text: str = ""  # "4.02 mg per hour for 24 hours (1 day)"
    draw_text: str = ""  # radiopharmaceutical: decay-corrected activity and volume from the vial
    note: str = ""  # "number of doses a day not stated": per_dose then holds the amount of a day
    because: Because = field(default=Entered("unknown"), compare=False)


class Status(StrEnum):
    PLANNED = "planned"
    WAITING = "waiting"  # a gate, a choice or an anchor is not known yet
    CLOSED = "closed"  # a gate said no, or the protocol has ended for this patient
    GIVEN = "given"
    REFUSED = "refused"  # a stop finding forbids a dose


@dataclass(frozen=True, slots=True)
class Planned:
    """One act on one day (a dose, a rest day, something done, a visit).

    `when` is the local date, None while the anchor is not known; `start`/`stop` are aware datetimes where an hour is
    known. `earliest`/`latest` bound windows (tapers, visits, "from" lines). `day` is None for visits in months.
    """

    line: str
    part: str
    kind: str  # "give" | "rest" | "do" | "visit" | "taper" | "refer"
    name: str
    anchor: Anchor | None
    day: int | None
    when: date | None
    status: Status
    cycle: int | None = None
    start: datetime | None = None
    stop: datetime | None = None
    earliest: date | None = None
    latest: date | None = None
    dose: Dose | None = None
    route: str = ""
    number: int | None = None  # the how-manieth administration of the line
    gate: Guard | None = None
    note: str = ""
    quote: str = ""
    because: Because = field(default=Entered("unknown"), compare=False)


@dataclass(frozen=True, slots=True)
class Total:
    """One agent's total over the plan (`cycle` None) or in one cycle; None where a line is open or has no dose."""

    agent: str
    cycle: int | None
    planned: Quantity | None  # given and still planned together
    given: Quantity | None  # what the record says was given; None where nothing was
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A patient's calendar: acts in order of date (undated last), findings, and the inputs it was computed from."""

    protocol: str
    patient: Patient
    arm: str
    anchors: tuple[tuple[Anchor, date | None], ...]
    acts: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    choices: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]  # label, value: BSA formula and text, weight and its date ...
    inputs_hash: str  # SHA-256 over protocol, patient, anchors, events, choices (hazard H17)
    now: datetime
    totals: tuple[Total, ...] = ()
