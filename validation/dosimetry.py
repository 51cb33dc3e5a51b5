"""Reference cases of dosimetry: expected value, source, tolerance, result. Run by `make validate-dosimetry`.

Evidence: `by hand` (algebra, each intermediate in the tests), `published` (another program's or paper's number),
`second way` (another computation of ours). What could not be obtained is printed as not run, with the reason.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from math import exp, log
from pathlib import Path

import numpy as np

from posolog.dosimetry.bed import Tissue, effect
from posolog.dosimetry.constants import LN2, NUCLIDES, REFERENCE_MASS_G
from posolog.dosimetry.counts import conjugate_view, marrow_to_blood
from posolog.dosimetry.curves import fit_curves
from posolog.dosimetry.generate import water
from posolog.dosimetry.generate.spectrum import spectrum
from posolog.dosimetry.study.head import read_study
from posolog.dosimetry.study.lines import MARROW_PHI
from posolog.dosimetry.study.solve import solve
from posolog.dosimetry.surrogate import integral_ratio
from posolog.dosimetry.tables import kernel, sphere_fraction, voxel_s, whole_sum

HERE = Path(__file__).resolve().parent
Y, IN = NUCLIDES["90Y"], NUCLIDES["111In"]
DELTA_MGY_S = Y.delta_gy_kg_per_mbq_h / 3600 * 1000  # mGy kg/(MBq s)
# (row of the plan, name, found, expected, relative tolerance, evidence and source)
Row = tuple[str, str, float, float, float, str]
NOT_RUN = (
    ("9", "voxel S of Lanconelli 2012 and MIRD pamphlet 17", "the published tables could not be read here"),
    ("20", "worked example of the EANM guidance (PMC6208822)", "not transcribed: only its abstract was read"),
    ("21", "MRTDosimetry phantom, SNMMI challenge patient A", "the images are to be obtained from their owners"),
    ("-", "transport against Geant4 or EGSnrc", "neither was at hand"),
)


def rows() -> Iterator[Row]:
    yield from physics()
    yield from organs()
    yield from biology()
    yield from bed()
    yield from chain()


def physics() -> Iterator[Row]:
    icrp = "published: ICRP Publication 107"
    yield "1", "half-life of 90Y, h", Y.half_life_h, 64.10, 0.0015, icrp
    yield "1", "half-life of 111In, h", IN.half_life_h, 67.313, 0.0015, icrp
    made = spectrum()
    yield "2", "mean beta energy of 90Y, keV", 1000 * made.mean_mev, 932.99, 0.001, icrp
    for mev, density in ((0.1, 0.4053), (0.5, 0.5992), (1.0, 0.6146), (1.5, 0.4654), (2.0, 0.1270)):
        found = float(np.interp(mev, made.energy_mev, made.per_mev))
        yield "2", f"spectrum at {mev:g} MeV, per MeV", found, density, 0.005, "second way: computed before"
    delta = Y.delta_gy_kg_per_mbq_h / 3600e6
    yield "3", "energy per decay, 1e-13 J", 1e13 * delta, 1.495, 0.005, icrp
    yield "4", "X90 in water, mm", kernel().radius_mm(0.9), 5.33, 0.02, "second way: own transport, computed before"
    s = Y.delta_gy_kg_per_mbq_h * sphere_fraction(310) / 0.310 * 1000
    yield "5", "sphere of 310 g, mGy/(MBq h)", s, 1.67, 0.03, "published: OLINDA-2 through RayzeBio"
    for mev, power in ((0.01, 22.56), (0.1, 4.115), (0.5, 2.034), (1.0, 1.849), (2.0, 1.824)):
        found = float(water.collision(mev))
        source = "unverified: ESTAR as remembered, not read"
        yield "7", f"collision stopping power at {mev:g} MeV", found, power, 0.01, source
    for side in (3.0, 4.0, 4.42, 4.8, 6.0):
        found = whole_sum(voxel_s((side,) * 3)[0]) * side**3 * 1e-6 / DELTA_MGY_S
        yield "8", f"energy in voxels of {side:g} mm", found, 0.995, 0.002, "by hand: all but the radiated energy"


def organs() -> Iterator[Row]:
    """OLINDA-2 self S, mGy/(MBq s): with its own absorbed fraction, and with our sphere's."""
    olinda = "published: OLINDA-2 through RayzeBio"
    table = [
        ("liver", 0, 8.05e-5, 0.969), ("liver", 1, 1.03e-4, 0.965), ("spleen", 0, 9.26e-4, 0.929),
        ("spleen", 1, 1.06e-3, 0.922), ("kidneys", 0, 4.52e-4, 0.937), ("kidneys", 1, 5.06e-4, 0.931),
        ("lungs", 0, 1.13e-4, 0.907), ("lungs", 1, 1.40e-4, 0.890), ("red marrow", 0, 5.61e-5, 0.439),
        ("red marrow", 1, 7.30e-5, 0.440),
    ]  # fmt: skip
    for organ, sex, s, phi in table:
        mass = REFERENCE_MASS_G[organ][sex] or 0.0
        who = ("male", "female")[sex]
        yield "6", f"{organ}, {who}, with OLINDA's fraction", DELTA_MGY_S * phi / mass * 1000, s, 0.01, olinda
        half = mass / 2 if organ in ("kidneys", "lungs") else mass
        own = MARROW_PHI if organ == "red marrow" else sphere_fraction(half)
        tolerance = 0.08 if organ == "lungs" else 0.05
        words = "with 0.439" if organ == "red marrow" else "with our sphere"
        yield "6", f"{organ}, {who}, {words}", DELTA_MGY_S * own / mass * 1000, s, tolerance, olinda


def biology() -> Iterator[Row]:
    yield "10", "RMBLR at a haematocrit of 0.47", round(marrow_to_blood(0.47), 2), 0.36, 1e-9, "published: Sgouros 1993"
    times = np.array([1, 4, 24, 48, 72, 96, 144, 168.0])
    for name, pairs in {
        "one exponential": [(5.0, LN2 / 45)],
        "two exponentials": [(0.35, LN2 / 8), (0.55, LN2 / 45)],
        "uptake and clearance": [(1.0, LN2 / 50), (-1.0, LN2 / 3)],
    }.items():
        values = sum(a * np.exp(-r * times) for a, r in pairs)
        found = fit_curves(times, values, 0.001 * values, physical_per_h=IN.rate_per_h).integral().value[0]
        yield "11", f"integral of {name}", float(found), sum(a / r for a, r in pairs), 1e-9, "by hand: sum of A/lambda"
    stated = [(None, 0.9523), (200, 0.9639), (80, 0.9735), (40, 0.9817)]
    other = [(None, 0.9514), (200, 0.9632), (80, 0.9730), (40, 0.9813)]
    ddep = replace(Y, half_life_h=64.05), replace(IN, half_life_h=67.32)
    for (therapy, measured), pairs in (((Y, IN), stated), (ddep, other)):
        for life, ratio in pairs:
            found = integral_ratio(measured, therapy, biological_per_h=LN2 / life if life else 0.0)
            name = f"90Y/111In at {therapy.half_life_h:g}, {measured.half_life_h:g} h, T_bio {life or 'infinite'}"
            yield "12", name, found, ratio, 1e-4, "by hand: (lam111 + lb)/(lam90 + lb)"
    week = exp(-(Y.rate_per_h - IN.rate_per_h) * 168)
    yield "12", "90Y over 111In left after 168 h", week, 0.917, 1e-3, "by hand: exp(-(lam90 - lam111) 168)"
    truth, mu = 20.0, 0.13
    ant, post = truth * 8 * exp(-mu * 6), truth * 8 * exp(-mu * 14)
    found = float(conjugate_view(ant, post, sensitivity_cps_per_mbq=8, attenuation_per_cm=mu, body_cm=20))
    yield "16", "conjugate view of a point at 6 of 20 cm, MBq", found, truth, 0.01, "by hand: the depths cancel"


def bed() -> Iterator[Row]:
    tissue = Tissue(2.6, 2.8)
    lam, mu = LN2 / 45, LN2 / 2.8
    closed = 5 * (1 + 5 * lam / ((mu + lam) * 2.6))
    made = float(effect([5 * lam], [lam], [0], tissue).bed_gy)
    yield "13", "BED of one injection, Gy", made, closed, 1e-10, "by hand: D (1 + D lam/((mu + lam) a/b))"
    named = [
        ("spleen", 8, 48, 2.5, 2.5, 18.7710), ("liver", 3, 50, 2.5, 2.5, 6.3780),
        ("kidneys", 2.5, 45, 2.8, 2.6, 5.3042), ("tumour", 15, 60, 1.5, 10, 31.2592),
        ("marrow", 0.9, 40, 0.5, 10, 1.8021),
    ]  # fmt: skip
    for name, gy, t_eff, t_rep, ratio, expected in named:
        a = log(2) / t_eff
        found = float(effect([gy * a] * 2, [a] * 2, [0, 168], Tissue(ratio, t_rep)).bed_gy)
        yield "14", f"BED of two injections, {name}, Gy", found, expected, 1e-4, "second way: numerical integration"
    a, spleen = log(2) / 48, Tissue(2.5, 2.5)
    one = float(effect([16 * a], [a], [0], spleen).bed_gy)
    half = float(effect([8 * a], [a], [0], spleen).bed_gy)
    near = float(effect([8 * a] * 2, [a] * 2, [0, 0], spleen).bed_gy)
    far = float(effect([8 * a] * 2, [a] * 2, [0, 1e6], spleen).bed_gy)
    yield "15", "gap 0 against one shot, Gy", near, one, 1e-8, "by hand"
    yield "15", "endless gap against the sum, Gy", far, 2 * half, 1e-8, "by hand"


def chain() -> Iterator[Row]:
    """The example patient: uncertainty two ways. Doses against published ranges are findings of the report (row 18)."""
    study, notes = read_study(HERE.parent / "examples" / "dosimetry" / "patient.yaml")
    result = solve(study, notes=notes, draws=4000)
    for dose in result.doses:
        if dose.chosen:
            name = f"u of {dose.region} by simulation, Gy"
            yield "19", name, dose.u_drawn_gy, dose.u_gy, 0.10, "second way: propagation against bootstrap"


def main() -> int:
    good = total = 0
    print(f"{'row':>3} {'case':56} {'expected':>11} {'result':>11} {'tolerance':>9}  verdict  evidence and source")
    for row, name, found, expected, tolerance, source in rows():
        met = abs(found - expected) <= tolerance * abs(expected)
        good, total = good + met, total + 1
        verdict = "met" if met else "NOT MET"
        print(f"{row:>3} {name:56} {expected:>11.6g} {found:>11.6g} {tolerance:>9.1g}  {verdict:7}  {source}")
    for row, name, why in NOT_RUN:
        print(f"{row:>3} {name:56} not run: {why}")
    print(f"{good} of {total} reference cases met; {len(NOT_RUN)} not run")
    return 0 if good == total else 1


if __name__ == "__main__":
    sys.exit(main())
