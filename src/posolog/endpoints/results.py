"""What an analysis answers, as plain data: numbers with intervals, curves, tables, tests, and the rules behind them.

Needs no numerical library to read. A number that could not be computed is NaN and a reason says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posolog.core.finding import Finding
from posolog.endpoints.derive import Derived
from posolog.protocol.model import Endpoint

NAN = float("nan")
POOLED = "all patients"
Unit = Literal["probability", "days", "ratio", "difference", "count", "log10"]


@dataclass(frozen=True, slots=True)
class Number:
    """One estimate: `value` with `lower` and `upper` at 95 %, of `label` in `group`; `p` where a test belongs to it.

    `events` of `n` patients; a probability and a difference of probabilities are fractions, not per cent.
    """

    label: str
    group: str
    value: float
    lower: float
    upper: float
    unit: Unit
    n: int
    events: int
    p: float = NAN
    note: str = ""
    reference: str = ""  # the group compared with, for a ratio or a difference


@dataclass(frozen=True, slots=True)
class Line:
    """A step curve: `value[k]` from `time[k]` on, `initial` before; `marks`: censorings, `end`: the last follow-up."""

    label: str
    group: str
    time: tuple[float, ...]
    value: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    marks: tuple[float, ...]
    at_risk: tuple[int, ...]
    initial: float
    end: float


@dataclass(frozen=True, slots=True)
class Figure:
    """Curves on one pair of axes, in days from `start`; `ticks` are the days at which numbers at risk are counted."""

    title: str
    start: str
    y_label: str
    lines: tuple[Line, ...]
    ticks: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """A test between groups."""

    name: str
    statistic: float
    df: int
    p: float
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of a measure at a time point, with its interval; `gone` are those whom a named event took before."""

    measure: str
    group: str
    at: str
    day: int
    value: float
    lower: float
    upper: float
    n: int
    missing: int
    gone: int


@dataclass(frozen=True, slots=True)
class Panel:
    """Means of one measure over time, and each patient's values."""

    measure: str
    unit: str
    means: tuple[Mean, ...]
    traces: tuple[tuple[tuple[int, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Who is in an analysis: patients of a group, with the event, with a competing event, censored, not known yet."""

    name: str
    n: int
    events: int
    competing: int
    censored: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that one endpoint answers. `withheld` says why a blinded report does not show it."""

    endpoint: Endpoint
    sentence: str
    day_rule: str
    population: str
    groups: tuple[Group, ...] = ()
    numbers: tuple[Number, ...] = ()
    figures: tuple[Figure, ...] = ()
    tests: tuple[Test, ...] = ()
    comparisons: tuple[Number, ...] = ()
    tables: tuple[Table, ...] = ()
    panels: tuple[Panel, ...] = ()
    conventions: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The analyses of a trial, blinded or by arm, and every finding."""

    derived: Derived
    blinded: bool
    analyses: tuple[Analysis, ...]
    findings: tuple[Finding, ...]
