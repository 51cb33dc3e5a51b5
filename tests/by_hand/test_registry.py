"""The annotation of the registry texts is well formed: known fields, quotes that stand in the text, sorted days."""

import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "registry"
FIELD_NAMES = (
    "quote agent dose levels basis days from_day to_day anchor weeks every_h per_day per_week every_d n_doses for_days "
    "cycle_d n_cycles infusion_h continuous route cap when unclear optional dontcare"
)
FIELDS = set(FIELD_NAMES.split())
UNIT_NAMES = "mg g ug ng IU MU mL kBq MBq GBq mCi uCi Gy cGy mmol mEq cells tablet AUC drop puff other"
UNITS = set(UNIT_NAMES.split())
BASES = {"dose", "day", "hour", "week", "course"}
WHOLE = ("from_day", "to_day", "per_day", "per_week", "n_doses", "for_days", "cycle_d", "n_cycles")
GOLD = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((HERE / "statements").glob("*.json"))}


def faults(statement: dict[str, Any], text: str) -> list[str]:
    """What is wrong with one annotated statement."""
    dose = statement.get("dose", {})
    days = statement.get("days", [])
    told = {
        "unknown field": not set(statement) <= FIELDS or not set(statement.get("dontcare", ())) <= FIELDS,
        "quote not in the text": statement.get("quote") is None or statement["quote"] not in text,
        "condition not in the text": statement.get("when", "") not in text,
        "agent empty or not lower case": not statement.get("agent") or statement["agent"] != statement["agent"].lower(),
        "unit": bool(dose) and dose.get("unit") not in UNITS,
        "per": bool(dose) and dose.get("per") not in ("m2", "kg", "flat"),
        "value, range or levels": bool(dose)
        and ("value" in dose) + bool({"low", "high"} & set(dose)) + ("levels" in statement) != 1,
        "range runs downwards": "low" in dose and "high" in dose and dose["low"] > dose["high"],
        "basis without an amount or the reverse": ("basis" in statement) != bool(dose)
        or statement.get("basis", "dose") not in BASES,
        "days not sorted": days != sorted(set(days)) or not all(isinstance(day, int) for day in days),
        "not a whole number": not all(isinstance(statement.get(field, 0), int) for field in WHOLE),
        "anchor": statement.get("anchor", "cycle") not in ("cycle", "transplant"),
        "neither amount nor schedule": set(statement) <= {"quote", "agent", "when", "unclear", "optional", "dontcare"},
    }
    return [what for what, wrong in told.items() if wrong]


@pytest.mark.parametrize("name", GOLD)
def test_an_annotation_is_well_formed(name: str) -> None:
    text = (HERE / "texts" / f"{name}.txt").read_bytes().decode("utf-8")
    assert [(one["quote"], found) for one in GOLD[name] if (found := faults(one, text))] == []


def test_every_text_is_annotated_and_named() -> None:
    assert {path.stem for path in (HERE / "texts").glob("*.txt")} == set(GOLD)
    said = (HERE / "README.md").read_text("utf-8")
    assert all(name[:11] in said for name in GOLD) and "Source: ClinicalTrials.gov" in said
    assert sum(not one.get("optional") for statements in GOLD.values() for one in statements) >= 150


def test_faults_are_seen() -> None:
    good = {"quote": "drug 5 mg", "agent": "drug", "dose": {"value": 5, "unit": "mg", "per": "flat"}, "basis": "dose"}
    assert faults(good, "give drug 5 mg") == []
    assert faults(good | {"days": [2, 1]}, "give drug 5 mg") == ["days not sorted"]
    assert faults(good, "give drug 6 mg") == ["quote not in the text"]
    assert faults(good | {"levels": [5, 6]}, "give drug 5 mg") == ["value, range or levels"]
