"""The dosimetry report: every dose is on the page, the printing rules hold, and data and page agree."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from posolog.cli.boundary import run
from posolog.dosimetry.study.head import read_study
from posolog.dosimetry.study.population import population
from posolog.dosimetry.study.result import Result
from posolog.dosimetry.study.solve import solve
from posolog.report.dose_data import dose_json, dose_text, population_text
from posolog.report.dose_html import dose_html, page_of
from posolog.report.words import PURPOSE
from tests.rooms.test_printing_rules import FORBIDDEN, unquoted

ROOT = Path(__file__).parents[2]
FILE = ROOT / "examples" / "dosimetry" / "patient.yaml"


@pytest.fixture(scope="module")
def result() -> Result:
    study, notes = read_study(FILE)
    return solve(study, notes=notes, draws=200)


@pytest.fixture(scope="module")
def page(result: Result) -> str:
    return dose_html(result)


def words_of(page: str) -> str:
    """What a reader of the page sees, less styles, drawings and quoted input."""
    page = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<code>.*?</code>|<[^>]*>", " ", page, flags=re.S)
    return unquoted(html.unescape(page))


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_forbidden_form(result: Result, page: str, rule: str) -> None:
    for name, words in (("page", words_of(page)), ("text", unquoted(dose_text(result)))):
        found = [words[max(0, hit.start() - 40) : hit.end() + 20] for hit in FORBIDDEN[rule].finditer(words)]
        assert not found, f"{name}, {rule}: {found[:5]}"


def test_the_page_holds_every_dose_curve_and_finding(result: Result, page: str) -> None:
    shown = page_of(result)
    assert page.count(PURPOSE) == 1
    for row in shown.doses:
        assert row.total in html.unescape(page) and row.method in html.unescape(page)
    assert page.count("<svg") == len(result.fitted)
    for finding in result.findings:
        assert finding.code in page
    for piece in re.findall(r"<svg.*?</svg>", page, flags=re.S):
        ElementTree.fromstring(piece)
    idents = re.findall(r'\bid="([^"]+)"', page)
    assert len(idents) == len(set(idents))
    assert "http://" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", page) and "<script" not in page


def test_data_and_result_agree(result: Result) -> None:
    data = json.loads(dose_json([result]))
    assert data["format"] == "posolog dose 1"
    for dose, line in zip(result.doses, data["doses"], strict=True):
        assert line["dose_gy"] == pytest.approx(dose.dose_gy, rel=1e-7)
        assert line["self_gy"] + line["remainder_gy"] + line["other_organs_gy"] == pytest.approx(dose.dose_gy, rel=1e-6)
        assert sum(line["by_injection_gy"]) == pytest.approx(dose.dose_gy, rel=1e-6)
        assert sum(share["percent"] for share in line["budget"]) == pytest.approx(100, rel=1e-6)
        assert line["why"]
    assert {curve["region"] for curve in data["curves"]} == {fit.curve.region.name for fit in result.fitted}
    for curve in data["curves"]:
        assert sum(model["weight"] for model in curve["models"]) == pytest.approx(1, abs=1e-6)


def test_a_hostile_name_stays_text(result: Result) -> None:
    bad = "<script>alert(1)</script>"
    fit = result.fitted[0]
    region = replace(fit.curve.region, name=bad)
    renamed = replace(fit, curve=replace(fit.curve, region=region))
    study = replace(result.study, patient=bad, title=bad)
    assert "<script" not in dose_html(replace(result, study=study, fitted=(renamed,)))


def test_the_same_input_gives_the_same_bytes(result: Result, page: str) -> None:
    assert dose_html(result) == page


def test_population_of_two(result: Result) -> None:
    summaries = {(one.region, one.method): one for one in population([result, result])}
    liver = summaries["liver", "self dose, sphere"]
    dose = result.dose("liver")
    assert dose is not None
    assert (liver.mean, liver.sd) == (pytest.approx(dose.gy_per_gbq), pytest.approx(0))
    assert len([key for key in summaries if key[0] == "red marrow"]) == 4
    assert "2 patients" in population_text([result, result]).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", ["html", "json", "csv", "txt"])
def test_the_command_writes_each_kind(tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"dose.{kind}"
    assert run(["dose", str(FILE), "-o", str(out), "--draws", "100"]) == 0
    assert out.stat().st_size > 300
