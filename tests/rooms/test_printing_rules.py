"""Every rendered artefact follows the printing rules (hazard H10); quoted source words are exempt."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from posolog import api
from posolog.api import calendar_file
from posolog.course.model import Plan
from posolog.course.patient import load
from posolog.report.html import plan_html
from posolog.report.layout import calendars
from posolog.report.svg import stacked
from posolog.report.text import plan_text
from tests.rooms.sample_plan import sample

ROOT = Path(__file__).parents[2]
UNITS = r"(?:mg|g|mcg|kg|cm|mL|MBq|GBq|mCi|m²)"
FORBIDDEN = {
    "trailing zero": re.compile(r"(?<![\d.,])\d[\d,]*\.\d*0(?![\d.])"),
    "no leading zero": re.compile(r"(?<![\d.\w])\.\d"),
    "micro sign": re.compile(r"[µμ]g"),
    "slash for per": re.compile(rf"\b{UNITS}\s*/\s*(?:m²|kg|day|dose|d\b|h\b|hour|week)|/\s*(?:m²|kg)\b"),
    "no space before the unit": re.compile(r"(?<![\w.^])\d[\d,.]*(?:mg|mcg|MBq|kg|mL)\b"),
    "breaking space before the unit": re.compile(r"\d (?:mg|mcg|MBq|kg|mL|cm|m²)(?!\w)"),
    "dash between days": re.compile(r"\bD[+−]?\d+\s*[-–—]\s*(?:D?[+−]?\d)|\bdays?\s\d+\s*[-–—]\s*\d"),
    "hyphen in a day label": re.compile(r"\bD-\d"),
    "dash between numbers": re.compile(r"(?<![\w-])\d+[-–—]\d+(?![\w-])"),
    "ungrouped thousands": re.compile(rf"(?<![\d.,\w^])\d{{4,}}(?:\.\d+)?\u00a0{UNITS}"),
}


def plans() -> Iterator[tuple[str, Plan]]:
    yield "sample", sample()
    now = datetime(2027, 1, 4, tzinfo=UTC)
    patient, _ = load(ROOT / "examples" / "patient.yaml")
    assert patient is not None
    haplo = api.open_protocol(ROOT / "protocols" / "set-haplo.yaml")
    yield "set-haplo", api.plan(haplo, patient, anchors={"D0": date(2027, 1, 14)}, now=now)
    draft = api.open_protocol(ROOT / "examples" / "set-haplo.txt")
    yield "set-haplo draft", api.plan(draft, patient, anchors={"D0": date(2027, 1, 14)}, now=now)
    trial = api.open_protocol(ROOT / "protocols" / "rit-b-all.yaml")
    rit = {"RIT D1": date(2027, 1, 14)}
    yield "experimental", api.plan(trial, patient, arm="experimental", anchors=rit, now=now)
    for part in trial.protocol.parts:
        if part.choice:
            chosen = {part.choice: part.name}
            start = {part.anchor: date(2027, 1, 14)}
            yield part.name, api.plan(trial, patient, arm=part.arm, anchors=start, choices=chosen, now=now)


def unquoted(words: str) -> str:
    """Without quoted source words and without the pages of citations ("1916;17:863-871")."""
    words = re.sub(r"\d{4};\d+(?:\(\d+\))?:\d+-\d+", "", words)
    return re.sub(r"\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)", "", words)


def artefacts(plan: Plan) -> Iterator[tuple[str, str]]:
    """What people read of a plan, without the words that are quoted from a source."""
    yield "text", unquoted(plan_text(plan))
    page = re.sub(r"<style>.*?</style>|<q\b.*?</q>|<code>.*?</code>|<(?!title)[^>]*>", " ", plan_html(plan), flags=re.S)
    yield "page", unquoted(html.unescape(page))
    picture = stacked(calendars(plan))
    yield "drawing", unquoted(html.unescape("\n".join(re.findall(r">([^<>]+)<", picture))))
    calendar = calendar_file(plan)[0].decode().replace("\r\n ", "")
    shown = [line for line in calendar.splitlines() if line.startswith(("SUMMARY", "DESCRIPTION"))]
    yield "calendar file", unquoted("\n".join(shown).replace("\\n", "\n").replace("\\,", ","))


CASES = [(f"{name}, {kind}", words) for name, plan in plans() for kind, words in artefacts(plan)]


@pytest.mark.parametrize("rule", FORBIDDEN)
@pytest.mark.parametrize("words", [words for _, words in CASES], ids=[name for name, _ in CASES])
def test_no_forbidden_form(words: str, rule: str) -> None:
    found = [words[max(0, hit.start() - 40) : hit.end() + 20] for hit in FORBIDDEN[rule].finditer(words)]
    assert not found, f"{rule}: {found[:5]}"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("trailing zero", "5.0\u00a0mg"), ("no leading zero", "give .5\u00a0mg"), ("micro sign", "9\u00a0µg"),
        ("slash for per", "5\u00a0mg/kg"), ("no space before the unit", "5mg"),
        ("breaking space before the unit", "5 mg"),
        ("dash between days", "D4-D11"), ("dash between days", "days 4-11"), ("hyphen in a day label", "D-5"),
        ("dash between numbers", "give 4-11"), ("ungrouped thousands", "4000\u00a0mg"),
    ],
)  # fmt: skip
def test_the_scan_sees_each_forbidden_form(rule: str, words: str) -> None:
    assert FORBIDDEN[rule].search(words)
