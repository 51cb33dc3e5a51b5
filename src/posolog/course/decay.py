"""Activity at the time of injection, and the volume to draw: each injection is an order of its own (hazard H13)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, localcontext
from functools import lru_cache

from posolog.core.finding import Finding, Place
from posolog.course.model import Vial
from posolog.course.moments import elapsed_hours
from posolog.course.words import ask, short, stop

WINDOW_PERCENT = Decimal(10)
_HOURS = {
    "h": Decimal(1),
    "min": Decimal(1) / 60,
    "d": Decimal(24),
    "y": Decimal("365.2422") * 24,
}


@dataclass(frozen=True, slots=True)
class Draw:
    """What to draw from a vial at one time: activities in MBq, volume in mL (None where the vial's is not known)."""

    at: datetime
    elapsed_h: Decimal
    factor: Decimal
    activity_mbq: Decimal
    prescribed_mbq: Decimal
    volume_ml: Decimal | None

    @property
    def words(self) -> str:
        """The line for a dose sheet."""
        said = f"vial holds {short(self.activity_mbq, 1)} MBq at {self.at.isoformat(timespec='minutes')}"
        said += f" ({short(self.elapsed_h, 2)} hours after calibration, factor {short(self.factor, 4)})"
        volume = f"draw {short(self.volume_ml, 2)} mL" if self.volume_ml is not None else "volume not known"
        return f"{said}; {volume} for {short(self.prescribed_mbq, 1)} MBq"


def half_life_h(agent: str) -> Decimal | None:
    """The half-life in hours of the radionuclide in an agent's name, None where it names none.

    *Source:* `posolog.formulary.nuclide` (90Y: 64.10 h, ICRP Publication 107).
    """
    return _half_life(agent)


@lru_cache(maxsize=256)
def _half_life(agent: str) -> Decimal | None:
    from posolog.formulary import split_nuclide

    found = split_nuclide(agent)
    if found is None:
        return None
    return found[0].half_life * _HOURS[found[0].unit]


def factor(elapsed_h: Decimal, half_life: Decimal) -> Decimal:
    """2^(-elapsed/half-life), both in hours; above 1 before the calibration time.

    *Source:* A(t) = A_cal × 2^(-(t - t_cal)/T), HAZARDS section 6.

    >>> short(factor(Decimal(24), Decimal("64.10")), 3)
    '0.771'
    """
    if half_life <= 0:
        raise ValueError(f"half-life {half_life} h must be positive")
    with localcontext() as context:
        context.prec = 28
        return (-(elapsed_h / half_life) * Decimal(2).ln()).exp()


def activity(vial: Vial, at: datetime, half_life: Decimal) -> Decimal:
    """The vial's activity in MBq at `at` (aware); elapsed hours, also across a clock change."""
    return vial.activity_mbq * factor(elapsed_hours(vial.calibrated, at), half_life)


def draw(vial: Vial, at: datetime, prescribed_mbq: Decimal, half_life: Decimal) -> Draw:
    """What to draw from the vial at `at` for `prescribed_mbq`."""
    elapsed = elapsed_hours(vial.calibrated, at)
    decayed = factor(elapsed, half_life)
    held = vial.activity_mbq * decayed
    volume = vial.volume_ml * prescribed_mbq / held if vial.volume_ml is not None else None
    return Draw(at, elapsed, decayed, held, prescribed_mbq, volume)


def deviation_percent(prescribed_mbq: Decimal, drawn_mbq: Decimal) -> Decimal:
    return (drawn_mbq - prescribed_mbq) / prescribed_mbq * 100


def window(
    prescribed_mbq: Decimal, drawn_mbq: Decimal, *place: Place, percent: Decimal = WINDOW_PERCENT, what: str = ""
) -> tuple[Finding, ...]:
    """A stop finding when the drawn or given activity lies outside ±`percent` of what is prescribed."""
    off = deviation_percent(prescribed_mbq, drawn_mbq)
    if abs(off) <= percent:
        return ()
    sign = "+" if off > 0 else ""
    message = (
        f"{what + ': ' if what else ''}{short(drawn_mbq, 1)} MBq against {short(prescribed_mbq, 1)} MBq "
        f"prescribed ({sign}{short(off, 1)} %) is outside ±{short(percent)} %"
    )
    step = "do not inject: check calibration time, injection time and order"
    return (stop("ACTIVITY-WINDOW", message, step, *place, hazard="H13"),)


def from_vials(
    vials: tuple[Vial, ...], agent: str, day_label: str, at: datetime | None, prescribed_mbq: Decimal, place: Place
) -> tuple[str, tuple[Finding, ...]]:
    """The draw text of one injection, from the vial meant for that day and no other.

    Vials of the agent that are meant for another day are never used: a copied order is refused.
    """
    own = [vial for vial in vials if vial.agent.casefold() == agent.casefold()]
    if not own:
        return "", ()
    meant = [vial for vial in own if vial.day.casefold() == day_label.casefold()]
    twice = [vial for vial in own for day in {other.day for other in own if other.ident == vial.ident} - {vial.day}]
    if twice:
        message = f"vial {twice[0].ident} is entered for two days: an order is never copied"
        step = "enter each day's own vial with its calibration"
        return "", (stop("VIAL-COPIED", message, step, place, hazard="H13"),)
    if len(meant) != 1:
        said = "no vial is" if not meant else f"{len(meant)} vials are"
        message = f"{said} meant for {agent} on {day_label}: no volume is computed"
        step = f"enter one vial with 'day: {day_label}'; a vial of another day is not used"
        return "", (ask("VIAL-DAY", message, step, place, hazard="H13"),)
    return _drawn(meant[0], agent, day_label, at, prescribed_mbq, place)


def _drawn(
    vial: Vial, agent: str, day_label: str, at: datetime | None, prescribed_mbq: Decimal, place: Place
) -> tuple[str, tuple[Finding, ...]]:
    half_life = half_life_h(agent)
    if half_life is None:
        message = f"{agent} names no radionuclide that the formulary knows: no decay is computed"
        return "", (stop("NUCLIDE-UNKNOWN", message, "write the nuclide in the agent's name", place, hazard="H13"),)
    if at is None:
        calibrated = vial.calibrated.isoformat(timespec="minutes")
        return (
            f"vial {vial.ident}: {short(vial.activity_mbq)} MBq at {calibrated}; injection time not known",
            (),
        )
    drawn = draw(vial, at, prescribed_mbq, half_life)
    if drawn.activity_mbq >= prescribed_mbq:
        return f"vial {vial.ident}: {drawn.words}", ()
    short_by = short(deviation_percent(prescribed_mbq, drawn.activity_mbq), 1)
    said = f"vial {vial.ident}: {replace(drawn, volume_ml=vial.volume_ml).words} (the whole vial, {short_by} %)"
    return said, window(prescribed_mbq, drawn.activity_mbq, place, what=f"vial {vial.ident} on {day_label}")
