"""What a dose is computed from and what comes out: settings, reduction, level, result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from posolog.core.because import Because
from posolog.core.finding import Finding
from posolog.core.quantity import Quantity
from posolog.course.model import Dose


@dataclass(frozen=True, slots=True)
class Settings:
    """The trial's choices: BSA formula, weight, and whether the order of reduction and cap is settled."""

    bsa: str = ""
    weight: str = ""
    order_settled: bool = False


@dataclass(frozen=True, slots=True)
class Reduction:
    """A dose reduction in percent, with who entered it."""

    percent: Decimal
    because: Because


@dataclass(frozen=True, slots=True)
class Dosed:
    """A dose or none, the findings, and in words what it still waits for."""

    dose: Dose | None
    findings: tuple[Finding, ...] = ()
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """The quantity the steps work on: of one dose, or of one day (or week) where no dose is known."""

    value: Quantity
    formula: str
    of: str  # "dose" | "day" | "week"
