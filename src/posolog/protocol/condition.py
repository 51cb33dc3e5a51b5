"""Conditions as data: who may have it, and when. Words that fit no form stay words (`Stated`), answered by a person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Compare:
    """`fact` `op` `value` `unit`: "age > 60 years", "enrolment rank at site <= 6". op: < <= > >= ."""

    fact: str
    op: str
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Is:
    """`fact` is one of `values`: "site is Nantes", "response is CR or CRp"."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """One of `events` happened within `number` `unit`s of the event `of`: "relapse within 6 months of inclusion"."""

    events: tuple[str, ...]
    number: int
    unit: str  # "day" | "week" | "month" | "year"
    of: str


@dataclass(frozen=True, slots=True)
class StoppedFor:
    """`state` has been stopped for at least `number` `unit`s (event "STATE stopped", no "STATE started" since)."""

    state: str
    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class NoActive:
    """The last recorded value of `state` is none, 0 or resolved: "no active GVHD"."""

    state: str


@dataclass(frozen=True, slots=True)
class NeverAbove:
    """No recorded `state` grade was ever above `grade` (roman or arabic): "acute GVHD never above grade II"."""

    state: str
    grade: str


@dataclass(frozen=True, slots=True)
class Happened:
    """The event has been recorded: "treatment failure has happened"."""

    event: str


@dataclass(frozen=True, slots=True)
class Stated:
    """Words that no rule computes; a person answers them by an event of that name with the value yes or no."""

    words: str


@dataclass(frozen=True, slots=True)
class All:
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    of: tuple[Condition, ...]


Condition = Compare | Is | Within | StoppedFor | NoActive | NeverAbove | Happened | Stated | All | AnyOf
