"""The page, the figures and the data of a patient's blood counts."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from posolog.cli.boundary import run
from posolog.report.counts_figure import Chart, Point, drawn, scale_of
from posolog.report.words import PURPOSE

ROOT = Path(__file__).parents[2]
GIVEN = [
    "counts",
    str(ROOT / "examples" / "events-counts.csv"),
    "--protocol",
    str(ROOT / "protocols" / "rit-b-all.yaml"),
]


def written(folder: Path, suffix: str) -> str:
    out = folder / f"counts{suffix}"
    assert run([*GIVEN, "--half-life", "52", "-o", str(out)]) == 1  # the two cut-offs of CD22 are left to settle
    return out.read_text(encoding="utf-8")


def test_the_page_is_whole_and_says_its_purpose_once(tmp_path: Path) -> None:
    page = written(tmp_path, ".html")
    assert page.count(PURPOSE) == 1 and "Research: what the model says" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert page.count("<svg") == 3 and "CUTOFF-DISAGREES" in page
    words = re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])
    assert not re.search(r"10\^9|\d/L|g/L", words), "units are printed without a slash"


def test_the_figures_are_well_formed(tmp_path: Path) -> None:
    root = ElementTree.fromstring(written(tmp_path, ".svg"))
    named = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert named == ["blood counts", "neutrophils", "platelets", "haemoglobin"]


def test_the_data_hold_grades_reasons_and_the_course(tmp_path: Path) -> None:
    data = json.loads(written(tmp_path, ".json"))
    neutrophils = data["analytes"][0]
    assert max(one["grade"] for one in neutrophils["grades"]) == 3
    assert neutrophils["grades"][0]["because"]["of"][0]["key"] == "ctcae5"
    course = neutrophils["course"]
    assert len(course["days"]) == len(course["estimate"]) == len(course["low"]) == len(course["high"])
    assert course["nadir"]["low"] <= course["nadir"]["estimate"] <= course["nadir"]["high"]
    assert data["seed"] == 1 and data["half_life_h"] == 52


@pytest.mark.parametrize("linear", [False, True])
def test_every_point_lies_inside_the_figure(linear: bool) -> None:
    points = tuple(Point(float(day), value) for day, value in ((-3, 4.0), (10, 0.001), (20, 90.0), (70, 0.0)))
    chart = Chart("neutrophils", "x", points, ((4, 0.5), (3, 1.0), (2, 1.5)), (0.0, 7.0), linear=linear)
    scale = scale_of(chart)
    for point in points:
        assert 66 <= scale.x(point.day) <= 940 - 118
        assert 40 <= scale.y(point.value) <= 380 - 46 + 0.01
    ElementTree.fromstring(drawn(chart))


@pytest.mark.parametrize(
    "words", [["--half-life", "-3"], ["--seed", "-1"], ["-o", "x.doc"], ["--protocol", "nowhere.yaml"]]
)
def test_bad_input_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*GIVEN, *words]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_record_without_counts_ends_with_2(tmp_path: Path) -> None:
    events = tmp_path / "e.csv"
    events.write_text("date,event,value,unit\n2027-01-11,weight,78,kg\n", encoding="utf-8")
    assert run(["counts", str(events), *GIVEN[2:]]) == 2
