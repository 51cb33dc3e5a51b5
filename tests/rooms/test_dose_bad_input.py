"""What a dosimetry file can say wrongly: each is named by its code, and no number comes from it."""

from __future__ import annotations

from math import exp, log
from pathlib import Path

import pytest

from posolog.cli.boundary import run
from posolog.core.finding import Finding, Refusal
from posolog.dosimetry.study.head import read_study
from posolog.dosimetry.study.solve import solve
from tests.by_hand.dosimetry_files import HEAD, Row, write

RATE = log(2) / 67.313 + log(2) / 80
LIVER: list[Row] = [("liver", t, "activity", 40 * exp(-RATE * t), "MBq") for t in (2, 24, 48, 96, 144)]


def outcome(path: Path) -> tuple[set[str], set[str]]:
    """Codes found, and regions with a dose."""
    try:
        study, notes = read_study(path)
    except Refusal as refused:
        return {finding.code for finding in refused.findings}, set()
    result = solve(study, notes=notes, draws=100)
    return codes(result.findings), {dose.region for dose in result.doses}


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings if finding.severity != "note"}


def changed(at: int, **new: object) -> list[Row]:
    """The liver's rows with one changed: hours, value or unit."""
    rows = list(LIVER)
    region, hours, quantity, value, unit = rows[at]
    rows[at] = (
        region, float(str(new.get("hours", hours))), str(new.get("quantity", quantity)),
        float(str(new.get("value", value))), str(new.get("unit", unit)),
    )  # fmt: skip
    return rows


def test_the_file_without_a_fault(tmp_path: Path) -> None:
    assert outcome(write(tmp_path, LIVER)) == (set(), {"liver"})


ROWS = [
    ("negative", changed(2, value=-3.0), "RAD-COUNTS"),
    ("zero", changed(2, value=0.0), "RAD-COUNTS"),
    ("not a number", changed(2, value=float("nan")), "RAD-ROW"),
    ("infinite", changed(2, value=float("inf")), "RAD-ROW"),
    ("times unordered", changed(2, hours=100.0), "RAD-TIME"),
    ("one time twice", changed(2, hours=24.0), "RAD-TIME"),
    ("before the injection", changed(0, hours=-2.0), "RAD-TIME"),
    ("no unit", changed(1, unit=""), "RAD-UNIT"),
    ("a unit of mass", changed(1, unit="kg"), "RAD-UNIT"),
    ("an unknown quantity", changed(1, quantity="counts"), "RAD-ROW"),
    ("an unknown region", [*LIVER, ("Lever", 3.0, "activity", 4.0, "MBq")], "RAD-REGION"),
    ("one point in kBq as MBq", changed(3, value=LIVER[3][3] * 1000), "RAD-SCALE"),
    ("all points a thousand too high", [(*row[:3], row[3] * 1000, row[4]) for row in LIVER], "RAD-SCALE"),
    ("all points a thousand too low", [(*row[:3], row[3] / 1000, row[4]) for row in LIVER], "RAD-SCALE"),
    ("one point", LIVER[:1], "RAD-POINTS"),
    ("two points", LIVER[:2], "RAD-POINTS"),
]


@pytest.mark.parametrize(("rows", "code"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_measurements(tmp_path: Path, rows: list[Row], code: str) -> None:
    found, doses = outcome(write(tmp_path, rows))
    assert code in found
    assert not doses or code == "RAD-REGION"


def injections(old: str, new: str) -> dict[str, str | None]:
    assert old in HEAD["injections"]
    return {"injections": HEAD["injections"].replace(old, new)}


HEADS: list[tuple[str, dict[str, str | None], str]] = [
    ("mass zero", {"regions": "\n  liver: {mass: 0 g}"}, "RAD-MASS"),
    ("mass missing", {"regions": "\n  liver: {}"}, "RAD-MASS"),
    ("mass in kg typed as g", {"regions": "\n  liver: {mass: 1.65 g}"}, "RAD-MASS"),
    ("mass negative", {"regions": "\n  liver: {mass: -1650 g}"}, "RAD-MASS"),
    ("an uncertainty above the value", {"regions": "\n  liver: {mass: 1650 g ± 1e308 %}"}, "RAD-MASS"),
    ("mass without unit", {"regions": "\n  liver: {mass: 1650}"}, "RAD-UNIT"),
    ("a comma", {"regions": "\n  liver: {mass: \"1,650 g\"}"}, "RAD-MASS"),
    ("the other nuclide's half-life", {"half-lives": "{90Y: 67.3 h}"}, "RAD-NUCLIDE"),
    ("a nuclide not known", {"measured": "99mTc"}, "RAD-NUCLIDE"),
    ("a therapy without beta", {"therapy": "111In"}, "RAD-NUCLIDE"),
    ("no zone", {"zone": None}, "RAD-ZONE"),
    ("an unknown zone", {"zone": "Nantes"}, "RAD-ZONE"),
    ("no decay reference", {"decay reference": None}, "RAD-REFERENCE"),
    ("a strange decay reference", {"decay reference": "SCAN"}, "RAD-REFERENCE"),
    ("no start", injections("start: 2027-01-14T10:00, activity: 200", "activity: 200"), "RAD-CLOCK"),
    ("no calibration time", injections(", calibrated: 2027-01-14T10:00}\n  - {ident: b", "}\n  - {ident: b"), "RAD-CLOCK"),
    ("a date without an hour", injections("start: 2027-01-14T10:00, activity: 200", "start: 2027-01-14, activity: 200"), "RAD-CLOCK"),
    ("the hour that happens twice", injections("start: 2027-01-14T10:00, activity: 200", "start: 2027-10-31T02:30, activity: 200"), "RAD-ZONE"),
    ("the hour that does not exist", injections("start: 2027-01-14T10:00, activity: 200", "start: 2027-03-28T02:30, activity: 200"), "RAD-ZONE"),
    ("activity without unit", injections("200 MBq ± 2 %", "200"), "RAD-UNIT"),
    ("600 GBq for 600 MBq", injections("b, nuclide: 90Y, start: 2027-01-14T10:00, activity: 600 MBq", "b, nuclide: 90Y, start: 2027-01-14T10:00, activity: 600 GBq"), "RAD-SCALE"),
    ("a tenfold injection", injections("b, nuclide: 90Y, start: 2027-01-14T10:00, activity: 600 MBq", "b, nuclide: 90Y, start: 2027-01-14T10:00, activity: 6000 MBq"), "RAD-SCALE"),
    ("calibrated a year before", injections("± 2 %, calibrated: 2027-01", "± 2 %, calibrated: 2026-01"), "RAD-CLOCK"),
    ("residual above the syringe", injections("200 MBq ± 2 %,", "200 MBq ± 2 %, residual: 300 MBq, residual measured: 2027-01-14T10:00,"), "RAD-VALUE"),
    ("residual without its time", injections("200 MBq ± 2 %,", "200 MBq ± 2 %, residual: 3 MBq,"), "RAD-CLOCK"),
    ("haematocrit in percent without the sign", {"haematocrit": "31"}, "RAD-VALUE"),
    ("an unknown key", {"hematocrit": "0.31"}, "RAD-KEY"),
    ("no patient", {"patient": None}, "RAD-KEY"),
    ("a table that is not there", {"measurements": "missing.csv"}, "RAD-FILE"),
    ("an absorbed fraction of 2", {"marrow absorbed fraction": "2"}, "RAD-VALUE"),
    ("alpha/beta alone", {"tissues": "\n  liver: {alpha/beta: 2.5 Gy}"}, "RAD-VALUE"),
    ("percent of a percentage", {"regions": "\n  liver: {mass: 1650 g}\n  spine: {kind: marrow site, marrow share: 6.7 % ± 8 %}"}, "RAD-VALUE"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "code"), [case[1:] for case in HEADS], ids=[case[0] for case in HEADS])
def test_heads(tmp_path: Path, head: dict[str, str | None], code: str) -> None:
    found, doses = outcome(write(tmp_path, LIVER, head))
    assert code in found
    assert not doses


def test_an_uncertainty_is_never_assumed(tmp_path: Path) -> None:
    found, doses = outcome(write(tmp_path, LIVER, u=""))
    assert "RAD-UNCERTAINTY" in found and not doses


@pytest.mark.parametrize("text", ["", "- a list", "patient: [", "a: &x [*x]", "\x00", "patient: T\npatient: U", "plain words"])
def test_files_that_are_no_dosimetry(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "patient.yaml"
    path.write_text(text, encoding="utf-8")
    assert run(["dose", str(path)]) == 2
    said = capsys.readouterr().err
    assert "RAD-" in said and "Traceback" not in said


def test_a_file_that_is_not_text_or_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "patient.yaml"
    path.write_bytes(b"\xff\xfe\x00\x01")
    assert run(["dose", str(path)]) == 2
    assert run(["dose", str(tmp_path / "nowhere.yaml")]) == 2
    assert run(["dose", str(tmp_path)]) == 2
    assert "RAD-FILE" in capsys.readouterr().err


@pytest.mark.parametrize("table", ["", "region\n", "a,b\n1,2\n", 'region,time,quantity,value,unit\n"open', "region,region,time,quantity,value,unit\n"])
def test_tables_that_are_none(tmp_path: Path, table: str) -> None:
    path = write(tmp_path, LIVER)
    (tmp_path / "points.csv").write_text(table, encoding="utf-8")
    found, doses = outcome(path)
    assert found & {"RAD-ROW", "RAD-FILE"} and not doses


def test_values_corrected_to_the_injection_taken_as_measured(tmp_path: Path) -> None:
    """The whole body, decay corrected, under 'acquisition': it seems to lose less than decay takes."""
    body: list[Row] = [("whole body", t, "fraction", 100 * exp(-log(2) / 400 * t), "%") for t in (1, 24, 48, 96, 144)]
    head = {"regions": "\n  whole body: {mass: 70 kg}"}
    found, _ = outcome(write(tmp_path, body, head))
    assert "RAD-DECAY" in found
    found, doses = outcome(write(tmp_path, body, {**head, "decay reference": "ADMIN"}))
    assert "RAD-DECAY" not in found and doses == {"whole body"}


BLOOD: list[Row] = [("blood", t, "concentration", 40 * exp(-(RATE + 0.01) * t), "kBq/mL") for t in (1, 4, 24, 48, 96)]


@pytest.mark.parametrize(
    ("head", "code", "computed"),
    [
        ({"haematocrit": "0.3", "marrow blasts": "62 %"}, "RAD-BLASTS", False),  # no limit stated
        ({"haematocrit": "0.3", "marrow blasts": "62 %", "limits": "{marrow blasts: 25 %}"}, "RAD-BLASTS", False),
        ({"haematocrit": "0.3", "marrow blasts": "12 %", "limits": "{marrow blasts: 25 %}"}, "", True),
        ({"haematocrit": "0.3"}, "", True),
        ({}, "RAD-HAEMATOCRIT", False),
    ],
)
def test_marrow_by_blood(tmp_path: Path, head: dict[str, str | None], code: str, computed: bool) -> None:
    found, doses = outcome(write(tmp_path, BLOOD, {"regions": "\n  blood: {}", **head}))
    assert (code in found) if code else ("RAD-BLASTS" not in found)
    assert ("red marrow" in doses) is computed


def test_more_in_the_liver_than_in_the_whole_body(tmp_path: Path) -> None:
    body: list[Row] = [("whole body", t, "fraction", 10 * exp(-RATE * t), "%") for t in (1, 24, 48, 96, 144)]
    head = {"regions": "\n  liver: {mass: 1650 g}\n  whole body: {mass: 70 kg}"}
    found, doses = outcome(write(tmp_path, [*LIVER, *body], head))
    assert "RAD-REMAINDER" in found and "liver" in doses


def test_a_missing_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from posolog import api

    def without(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    monkeypatch.setattr(api, "dose", without)
    assert run(["dose", str(write(tmp_path, LIVER))]) == 2
    assert "posolog[dosimetry]" in capsys.readouterr().err


def test_outputs_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write(tmp_path, LIVER))
    assert run(["dose", path, "-o", str(tmp_path / "out.docx")]) == 2
    assert run(["dose", path, path, "-o", str(tmp_path / "out.html")]) == 2
    assert run(["dose", path, "--draws", "5"]) == 2
    assert "OUTPUT-KIND" in capsys.readouterr().err
