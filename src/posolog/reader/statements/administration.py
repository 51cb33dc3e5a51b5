"""An administration in flat, stable form: one agent, its amount, its schedule, its words.

A field that the text does not state is None, False or empty. `uncertain` says that a person should look before the
statement is used, `why` says for what reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from posolog.core.because import Span


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount: `value` when exact, else `low` and `high` (either may be None); all None where `levels` are listed.

    `unit` is one of mg g ug ng IU MU mL L kBq MBq GBq Ci mCi uCi Gy cGy mmol mEq cells tablet AUC drop puff other;
    `per` is m2, kg or flat. `fractions` belongs to radiation.
    """

    unit: str
    per: str = "flat"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    fractions: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """A stated maximum; `basis` as in Administration, "" when not stated."""

    value: Decimal
    unit: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Administration:
    """One agent given on one schedule. Days count from `anchor` ("transplant", "cycle" or "" = not said).

    `basis` is dose, day, hour, week or course; `every_h` in hours, `every_d`, `for_days` and `cycle_d` in days,
    `infusion_h` in hours (0 is a bolus). `span` are raw half-open offsets of `quote`.
    """

    quote: str
    span: Span
    agent: str
    dose: Dose | None = None
    levels: tuple[Decimal, ...] = ()
    basis: str = ""
    days: tuple[int, ...] = ()
    from_day: int | None = None
    to_day: int | None = None
    anchor: str = ""
    weeks: tuple[int, ...] = ()
    every_h: Decimal | None = None
    per_day: int | None = None
    per_week: int | None = None
    every_d: Decimal | None = None
    n_doses: int | None = None
    for_days: int | None = None
    cycle_d: int | None = None
    n_cycles: int | None = None
    infusion_h: Decimal | None = None
    continuous: bool = False
    route: str = ""
    cap: Cap | None = None
    when: str = ""
    unclear: str = ""
    grade: Literal["read", "inferred"] = "read"
    uncertain: bool = False
    why: tuple[str, ...] = ()
