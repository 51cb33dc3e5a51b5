"""Uncertainty two ways: the law of propagation with its budget, and simulated patients through the same chain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posolog.core.finding import Finding
from posolog.dosimetry.curves import resampled
from posolog.dosimetry.say import note
from posolog.dosimetry.study.chain import KINETICS, Body, total_of
from posolog.dosimetry.study.fits import Fitted
from posolog.dosimetry.study.lines import Line
from posolog.dosimetry.study.model import Study
from posolog.dosimetry.study.result import Dose, Share

Floats = NDArray[np.float64]
NUDGE = 1e-4


def shared_us(study: Study) -> dict[str, float]:
    """One dose calibrator measured every injection: its error is shared."""
    given = study.of(study.therapy.name)
    made = {f"activity of {study.therapy.name}": max(one.net.relative_u for one in given)}
    if study.between_injections and len(given) > 1:
        made[KINETICS] = study.between_injections
    return made


def simulated(
    fitted: tuple[Fitted, ...], rel: dict[str, float], draws: int, generator: np.random.Generator
) -> dict[str, float | Floats]:  # fmt: skip
    """Simulated inputs: factors about 1 (never below 0.05), and curves fitted to simulated points."""
    state: dict[str, float | Floats] = {}
    for name in sorted(rel):
        noise = generator.standard_normal(draws)
        if not name.startswith("curve of ") and rel[name] > 0:
            state[name] = np.maximum(1 + rel[name] * noise, 0.05)
    for fit in fitted:
        made = resampled(
            fit.averaged, generator, draws=draws, shift_per_h=fit.shift_per_h, infusion_h=fit.infusion_h,
            widen=fit.widened,
        )  # fmt: skip
        state[f"curve of {fit.curve.region.name}"] = made / float(fit.integral.value[0])
    return state


def propagated(
    study: Study, line: Line, body: Body | None, rel: dict[str, float], cross: float, total: float
) -> tuple[tuple[Share, ...], float]:  # fmt: skip
    """The law of propagation in logarithms: u² = sum of (d ln D/d ln x u_x)². *Source:* JCGM 100:2008, equation 10."""
    shares = []
    for name, u in rel.items():
        if u > 0:
            up = float(total_of(study, line, body, {name: 1 + NUDGE}, cross))
            down = float(total_of(study, line, body, {name: 1 - NUDGE}, cross))
            sensitivity = (up - down) / (2 * NUDGE * total)
            if abs(sensitivity) > 1e-6:
                shares.append((name, u, sensitivity))
    whole = sum((u * s) ** 2 for _, u, s in shares)
    made = (Share(name, u, s, 100 * (u * s) ** 2 / whole) for name, u, s in shares)
    return tuple(sorted(made, key=lambda share: -share.percent)), float(np.sqrt(whole)) * total


def compared(doses: tuple[Dose, ...], found: list[Finding]) -> None:
    """The two uncertainties of a dose should agree; where a bound or a skew parts them, the wider is the honest one."""
    for dose in doses:
        if dose.u_gy > 0 and not 0.75 < dose.u_drawn_gy / dose.u_gy < 1.33:
            both = f"u {dose.u_gy:.3g} Gy by propagation, {dose.u_drawn_gy:.3g} Gy by simulation"
            message = f"{dose.region} ({dose.method}): {both}"
            found.append(note("RAD-BOOTSTRAP", message, "the distribution is skewed or bounded: read the interval"))
