"""Prints every reference case with expected value, source, tolerance and result. Run by `make validate`.

Patient of reference: 80 kg, 172 cm, 45 years, body surface by Du Bois 1.931691 m².
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from posolog.core.timeline import Timeline
from posolog.core.units import find_unit
from posolog.course.body import adjusted_weight, ideal_weight, surface
from posolog.course.model import Patient, Plan
from posolog.course.plan import plan
from posolog.protocol.files import load

HERE = Path(__file__).resolve().parent
PATIENT = Patient(
    "REF", weight_kg=Decimal(80), height_cm=Decimal(172), sex="male", age_years=45, site="Nantes", rank_at_site=3
)
Row = tuple[str, Decimal | None, Decimal, Decimal, str, str]


@cache
def planned(protocol: str, arm: str, choose: str, anchor: str) -> Plan:
    given = load(HERE.parent / "protocols" / protocol).protocol
    choices = dict(pair.split("=", 1) for pair in choose.split(";") if pair)
    return plan(
        given, PATIENT, anchors={anchor: date(2027, 1, 14)}, timeline=Timeline(), arm=arm, choices=choices,
        now=datetime(2026, 12, 1, tzinfo=UTC),
    )  # fmt: skip


def doses() -> Iterator[Row]:
    """Every row of cases.csv, through the planner."""
    with (HERE / "cases.csv").open(encoding="utf-8", newline="") as rows:
        for case in csv.DictReader(rows):
            made = planned(case["protocol"], case["arm"], case["choose"], case["anchor"])
            act = next((a for a in made.acts if a.name == case["line"] and a.day == int(case["day"]) and a.dose), None)
            value = getattr(act.dose, case["quantity"]) if act else None
            unit = find_unit(case["unit"])
            result = value.to(unit).value if value and unit else None
            yield (
                case["case"],
                result,
                Decimal(case["expected"]),
                Decimal(case["tolerance"]),
                case["unit"],
                case["source"],
            )


def bodies() -> Iterator[Row]:
    """Body surface and weights of the reference patient."""
    height, weight = Decimal(172), Decimal(80)
    published = "the formula in binary floats, six decimals"
    for name, expected in (
        ("Du Bois", "1.931691"),
        ("Mosteller", "1.955050"),
        ("Haycock", "1.970723"),
        ("Gehan-George", "1.971257"),
    ):
        yield (
            f"body surface {name}",
            surface(name, height, weight),
            Decimal(expected),
            Decimal("0.000001"),
            "m²",
            published,
        )
    ideal = ideal_weight(height, "male")
    yield (
        "ideal weight (Devine)",
        ideal,
        Decimal("67.75"),
        Decimal("0.2"),
        "kg",
        "hazards section 5 (unverified formula)",
    )
    yield (
        "adjusted weight 25 %",
        adjusted_weight(weight, ideal, 25),
        Decimal("70.81"),
        Decimal("0.2"),
        "kg",
        "hazards section 5",
    )


def main() -> int:
    good = total = 0
    print(f"{'case':44} {'expected':>12} {'result':>12} {'tolerance':>10} unit  verdict  source")
    for name, result, expected, tolerance, unit, source in (*bodies(), *doses()):
        met = result is not None and abs(result - expected) <= tolerance
        good, total = good + met, total + 1
        shown = f"{result:.6f}".rstrip("0").rstrip(".") if result is not None else "none"
        print(f"{name:44} {expected:>12} {shown:>12} {tolerance:>10} {unit:5} {'met' if met else 'NOT MET':8} {source}")
    print(f"{good} of {total} reference cases met")
    return 0 if good == total else 1


if __name__ == "__main__":
    sys.exit(main())
