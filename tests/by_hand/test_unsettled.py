"""What the words leave open is carried to the plan as a question, and no dose is printed until it is answered (H5)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from posolog.checks import check
from posolog.core.days import DaySet
from posolog.core.timeline import Timeline
from posolog.course.model import Patient, Status
from posolog.course.plan import plan
from posolog.protocol.files import dump, loads
from posolog.protocol.model import Give, Per, Protocol, Rest
from posolog.reader import read

PATIENT = Patient("REF", weight_kg=Decimal(80), height_cm=Decimal(172), sex="male", age_years=45)


def drafted(words: str) -> Protocol:
    """The draft, written to a file and read back, with body surface formula and weight settled."""
    text = dump(read(words, name="draft").protocol)
    settings = "settings: {bsa: Du Bois, weight: actual weight}\n"
    return loads(text.replace("treatment:\n", settings + "treatment:\n", 1), where="draft.yaml").protocol


def gives(protocol: Protocol) -> list[Give]:
    return [line.what for part in protocol.parts for line in part.lines if isinstance(line.what, Give)]


def statuses(protocol: Protocol) -> dict[str, tuple[Status, bool]]:
    anchors = {protocol.anchors[0].name: date(2027, 1, 14)}
    made = plan(protocol, PATIENT, anchors=anchors, timeline=Timeline(), now=datetime(2026, 12, 1, tzinfo=UTC))
    return {act.name: (act.status, act.dose is not None) for act in made.acts if act.kind == "give"}


def test_two_readings_of_a_cap_survive_the_file() -> None:
    text = (Path(__file__).resolve().parents[2] / "examples" / "set-haplo.txt").read_text("utf-8")
    protocol = drafted(text)
    assert [f.hazard for f in check(protocol) if f.code == "UNSETTLED"] == ["H5"]
    found = statuses(protocol)
    assert found["mycophenolate mofetil"] == (Status.REFUSED, False)
    assert found["ciclosporin"] == (Status.PLANNED, True)


def test_an_unknown_denominator_gets_no_dose() -> None:
    protocol = drafted("Busulfan 3 mg/bsa IV is given on day 1.")
    assert [finding.code for finding in check(protocol) if finding.severity == "stop"] == ["UNSETTLED"]
    assert statuses(protocol)["busulfan"] == (Status.REFUSED, False)


def test_kilograms_in_any_case() -> None:
    (give,) = gives(read("Zevalin 0.4 mCi/Kg on day -14.").protocol)
    assert give.amount is not None and give.amount.per is Per.KG and give.amount.exact == Decimal("0.4")


def test_days_of_a_rest_period_are_no_dosing_days() -> None:
    words = "Bortezomib 1.3 mg/m2 on days 1, 4, 8 and 11 followed by a 10-day rest period (days 12 to 21)."
    protocol = read(words).protocol
    (give,) = gives(protocol)
    assert give.days == DaySet((1, 4, 8, 11))
    rests = [line.what for part in protocol.parts for line in part.lines if isinstance(line.what, Rest)]
    assert [rest.days.days() for rest in rests] == [tuple(range(12, 22))]
