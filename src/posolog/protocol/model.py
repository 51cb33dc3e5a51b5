"""A protocol as plain frozen data. Everything the other rooms say about a trial is said in these words."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from posolog.core.days import Anchor, DaySet
from posolog.core.units import Unit
from posolog.protocol.condition import Condition
from posolog.protocol.definition import Definition


class Per(StrEnum):
    """What an amount is multiplied by: nothing, body surface, or body weight."""

    FLAT = ""
    M2 = "m²"
    KG = "kg"


class Basis(StrEnum):
    """What an amount refers to (hazard H1). UNSTATED is never read as one of the others."""

    DOSE = "dose"
    DAY = "day"
    HOUR = "hour"
    WEEK = "week"
    COURSE = "course"
    UNSTATED = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """`low` equals `high` when exact; `low` alone is "at least", `high` alone is "up to"; `levels` are dose levels."""

    low: Decimal | None
    high: Decimal | None
    unit: Unit
    per: Per = Per.FLAT
    basis: Basis = Basis.UNSTATED
    levels: tuple[Decimal, ...] = ()

    @property
    def exact(self) -> Decimal | None:
        return self.low if self.low == self.high and not self.levels else None


@dataclass(frozen=True, slots=True)
class Frequency:
    """`count` administrations every `every` `unit`s: (1, 12, hour) every 12 hours; (2, 1, day) twice a day."""

    count: int
    every: Decimal
    unit: str  # "hour" | "day" | "week"


@dataclass(frozen=True, slots=True)
class Count:
    """A stated number ("for 6 doses", "for 4 days"), or with `at_most` an open one ("for up to 5 days")."""

    number: int
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Two days of the part's anchor, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Give:
    """One agent given on one schedule. What the text does not say stays None, empty or UNSTATED."""

    agent: str
    amount: Amount | None = None
    weight: str = ""  # "actual weight" | "ideal weight" | "adjusted weight 25 %" | "adjusted weight 50 %" | ""
    route: str = ""  # IV PO SC IM IT IP ... ("" = not stated)
    infusion_h: Decimal | None = None  # 0 is a bolus
    continuous: bool = False
    access: str = ""  # "central venous catheter"
    frequency: Frequency | None = None
    doses: Count | None = None
    for_days: Count | None = None
    days: DaySet | None = None
    from_day: int | None = None
    to_day: int | None = None
    weeks: tuple[int, ...] = ()
    until: str = ""  # an event in words: "disease progression"
    cycles: tuple[int, ...] = ()  # only in these cycles; empty = in every cycle
    caps: tuple[Amount, ...] = ()  # each exact, with basis (and per): "at most 2 g/day", "at most 50 mg/m²/dose"
    bsa_cap_m2: Decimal | None = None
    round_to: Decimal | None = None  # in the amount's unit
    taper: Window | None = None
    reference: str = ""  # an outside document that rules the dose: "the prescribing information"


@dataclass(frozen=True, slots=True)
class Rest:
    """Days on which nothing is given, said in words."""

    days: DaySet


@dataclass(frozen=True, slots=True)
class Do:
    """Something done on days that is not a dose: graft transfusion, a hospital stay."""

    name: str
    days: DaySet
    cycles: tuple[int, ...] = ()
    at_least: bool = False  # "at least the first 2 days"


@dataclass(frozen=True, slots=True)
class Refer:
    """A matter left to an outside document: `topic` "care supports", `to` "the protocols of each centre"."""

    topic: str
    to: str


@dataclass(frozen=True, slots=True)
class Source:
    """A `from` quote and the document it stands in; `start`/`end` are located by the loader (-1: not located)."""

    words: str
    document: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of treatment. `ident` is "part name/number" and is how findings, choices and explain name it."""

    ident: str
    what: Give | Rest | Do | Refer
    condition: Condition | None = None
    optional: bool = False  # the text leaves it open ("FLAG +- anthracycline"): a person chooses per patient
    sources: tuple[Source, ...] = field(default=(), compare=False)
    unsettled: tuple[str, ...] = ()  # questions a person must settle before any dose is printed from this line
    because: str = field(default="", compare=False)
    cite: tuple[str, ...] = field(default=(), compare=False)
    file_line: int | None = field(default=None, compare=False)  # line in the YAML file


@dataclass(frozen=True, slots=True)
class Cycles:
    """`count` cycles of `length_days` (None = not stated); `at_most` for "up to"."""

    count: int | None
    length_days: int | None
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A named stretch of treatment with one anchor.

    `arm` limits it to an arm ("" = all). Parts of the same `choice` are alternatives: one is chosen per patient
    (`--choose CHOICE=OPTION`); `option` is the name by which it is chosen ("" = the part's own name), and several parts
    may share one. `condition` gates the whole part. `same_as` repeats another part's lines.
    """

    name: str
    anchor: str
    lines: tuple[Line, ...] = ()
    arm: str = ""
    choice: str = ""
    cycles: Cycles | None = None
    condition: Condition | None = None
    same_as: str = ""
    option: str = ""
    sources: tuple[Source, ...] = field(default=(), compare=False)
    because: str = field(default="", compare=False)
    file_line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TimePoint:
    """`number` `unit`s ("day", "week", "month", "year") after the anchor; baseline is (0, "baseline")."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Visits:
    """Assessments at time points after the event that `anchor` names; window in days, None where not stated."""

    name: str
    anchor: str
    at: tuple[TimePoint, ...]
    assess: tuple[str, ...] = ()
    before_days: int | None = None
    after_days: int | None = None
    arm: str = ""
    condition: Condition | None = None
    sources: tuple[Source, ...] = field(default=(), compare=False)
    because: str = field(default="", compare=False)
    file_line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`role` is "primary", "secondary" or "other" and "objective" or "endpoint"; an objective has no definition."""

    role: str
    name: str
    at: tuple[TimePoint, ...] = ()
    after: str = ""  # the event in words: "transplantation"
    define: Definition | None = None
    sources: tuple[Source, ...] = field(default=(), compare=False)
    because: str = field(default="", compare=False)
    file_line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Allocation:
    """How patients come to arms. None or empty = not stated."""

    randomised: bool
    ratio: str = ""
    strata: tuple[str, ...] = ()
    sources: tuple[Source, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Criterion:
    """Who may enter, in the source's words. `kind` is "inclusion", "exclusion" or "criterion" (not said which)."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A stretch that holds nothing to run, with the reason."""

    words: str
    why: str


DEFAULT_ENDS = ("death", "withdrawal of consent", "lost to follow-up")


@dataclass(frozen=True, slots=True)
class Protocol:
    """A trial's treatment, follow-up and endpoints. `bsa` and `weight` are trial-wide choices ("" = not settled)."""

    name: str
    documents: tuple[str, ...] = ()  # paths relative to the protocol file
    anchors: tuple[Anchor, ...] = ()
    arms: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    visits: tuple[Visits, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    allocation: Allocation | None = None
    escalation: str = ""  # phase I design in words: "3+3"
    bsa: str = ""  # "Du Bois" | "Mosteller" | "Haycock" | "Gehan-George" | "Boyd"
    weight: str = ""  # same words as Give.weight
    ends: tuple[str, ...] = DEFAULT_ENDS
    notes: tuple[Note, ...] = ()
    settled: tuple[tuple[str, str], ...] = ()  # (question, because): answers that no line carries
    eligibility: tuple[Criterion, ...] = ()
    cite: tuple[str, ...] = field(default=(), compare=False)  # keys of works that the whole protocol rests on
    references: tuple[str, ...] = field(default=(), compare=False)  # libraries of its own, relative to the file

    def anchor(self, name: str) -> Anchor:
        """The anchor of that name. *Raises:* KeyError."""
        for anchor in self.anchors:
            if anchor.name == name:
                return anchor
        raise KeyError(name)

    def part(self, name: str) -> Part:
        """The part of that name. *Raises:* KeyError."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)
