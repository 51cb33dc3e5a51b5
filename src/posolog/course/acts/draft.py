"""An act before the record is held against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from posolog.core.quantity import Quantity
from posolog.course.dosing import Dosed
from posolog.course.model import Planned
from posolog.protocol.model import Give

DoseOn = Callable[[date | None], Dosed]


@dataclass(frozen=True, slots=True)
class Draft:
    """An act before the record is held against it.

    `hoped` is its date under the hoped-for anchor (what was given before a slip was given by that date);
    `dose_on` gives its dose for another date; `give` the line with its chosen amount; `given` is the
    amount that the record says was given.
    """

    act: Planned
    hoped: date | None = None
    dose_on: DoseOn | None = None
    give: Give | None = None
    given: Quantity | None = None
