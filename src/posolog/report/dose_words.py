"""Words and numbers of the dosimetry report: three significant digits, units spelt as on every sheet."""

from __future__ import annotations

from decimal import Decimal
from math import floor, isfinite, log10

from posolog.dosimetry.counts import MARROW_CELLULARITY
from posolog.dosimetry.study.lines import MARROW_PHI
from posolog.dosimetry.study.model import Study
from posolog.dosimetry.study.result import Dose, Limit, Result
from posolog.dosimetry.tables import table
from posolog.report.format import NBSP, number


def short(value: float, digits: int = 3) -> str:
    """`digits` significant digits, no trailing zero, thousands grouped, never in powers of ten.

    >>> short(4.03149), short(12858.2), short(0.000123456), short(0)
    ('4.03', '12,900', '0.000123', '0')
    """
    if not isfinite(value) or value == 0:
        return "0" if value == 0 else "not known"
    places = digits - 1 - floor(log10(abs(value)))
    rounded = Decimal(repr(round(float(value), places)))
    if places <= 2 or abs(value) < 1:
        return number(rounded) if places <= 2 else _small(rounded, places)
    return number(rounded)


def _small(value: Decimal, places: int) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return text.replace("-", "\u2212")


def gy(value: float) -> str:
    return f"{short(value)}{NBSP}Gy"


def gy_u(value: float, u: float) -> str:
    """A dose with its standard uncertainty, both to the digit that two digits of the uncertainty reach."""
    if not u > 0:
        return gy(value)
    places = min(max(1 - floor(log10(u)), 0), 4)
    shown = (f"{part:.{places}f}" for part in (value, u))
    return " ± ".join(_trimmed(text) for text in shown) + f"{NBSP}Gy"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: float) -> str:
    """A probability as a percentage: below 1 % and above 99 % by words, since simulations end there."""
    if part < 0.01:
        return f"below 1{NBSP}%"
    if part > 0.99:
        return f"above 99{NBSP}%"
    return f"{100 * part:.0f}{NBSP}%"


def limit_words(limit: Limit) -> str:
    """What a limit makes of a dose."""
    return f"chance of passing {gy(limit.limit_gy)}: {percent(limit.probability)}"


def methods(study: Study) -> tuple[tuple[str, str], ...]:
    """What was used, and where it comes from: label and words."""
    made = table("90y-point-kernel.csv").header
    therapy, measured = study.therapy, study.measured
    halves = "; ".join(f"{one.name} {one.half_life_h:g} h ({one.source})" for one in (measured, therapy))
    histories = f"{int(made['histories']):,}"
    said = [
        ("half-lives", halves),
        (
            "energy per decay",
            f"mean beta energy {therapy.beta_mev} MeV ({therapy.beta_source}); published values spread by 0.9 %",
        ),
        (
            "absorbed fractions",
            f"own Monte Carlo point kernel in water, {histories} electrons, folded with a sphere of the region's mass; "
            "model uncertainty 2 %",
        ),
        (
            "curves",
            "sums of exponentials with rates from physical decay upwards, weighed by "
            f"{study.criterion.upper()} with the stated uncertainties and averaged; after the last point the curve "
            "goes on, never slower than decay; before the first it is followed back to the injection",
        ),
        (
            "from measured to therapy nuclide",
            f"decay corrected to the injection, then decay of {therapy.name}: every rate moved by the difference of "
            "the decay constants",
        ),
        (
            "red marrow",
            f"by blood: RMBLR = {MARROW_CELLULARITY} ÷ (1 − haematocrit) (Sgouros 1993); absorbed fraction "
            f"{MARROW_PHI} (implied by OLINDA-2) and 1, both printed",
        ),
        (
            "remainder of the body",
            "whole body less the regions, spread evenly; a target takes the share that its own decays would lose",
        ),
        (
            "uncertainty",
            "one standard uncertainty by the law of propagation (JCGM 100:2008; EANM guidance, Gear 2018), beside it "
            "a parametric bootstrap of the whole chain; where chi² per degree of freedom is above 2, the stated "
            "uncertainties of the points are widened by its root",
        ),
        (
            "BED",
            "Lea-Catcheside over the real schedule with repair between injections; EQD2 = BED ÷ (1 + 2 ÷ (alpha/beta))",
        ),
    ]
    if measured.name == therapy.name:
        said = [pair for pair in said if pair[0] != "from measured to therapy nuclide"]
    return tuple(said)


def dose_line(dose: Dose) -> str:
    """One line for the terminal."""
    said = f"{dose.region}: {gy_u(dose.dose_gy, dose.u_gy)}"
    if dose.biological is not None:
        said += f", BED {gy(dose.biological.bed_gy)}"
    return f"{said}  ({dose.method}{'' if dose.chosen else '; for comparison'})"


def title(result: Result) -> str:
    study = result.study
    return f"Dosimetry of {study.patient}" + (f", {study.title}" if study.title else "")
