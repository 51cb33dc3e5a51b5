"""Each check by hand: it fires on a minimal protocol and is silent on the settled twin (hazards H1 to H20)."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from posolog.checks import check
from posolog.checks.caps import cap_ambiguous
from posolog.core.days import Anchor, DayRange, DaySet
from posolog.core.finding import Finding, Severity
from posolog.core.units import find_unit
from posolog.protocol.files import loads
from posolog.protocol.giveline import parse_give
from posolog.protocol.model import Amount, Do, Give, Line, Part, Protocol

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "checks"
HEAD = "protocol: T\nsettings: {bsa: Du Bois, weight: actual weight}\n"
D0 = HEAD + "anchors: {D0: graft transfusion}\n"
D1 = HEAD + "anchors: {D1: first dose}\n"


def protocol(text: str) -> Protocol:
    return loads(text).protocol


def lines(*give: str, head: str = D1, part: str = "chemotherapy") -> str:
    """A protocol of one part; each line is "give: ..." or only the words of a give line."""
    rows = [row if row.split(":")[0] in ("give", "rest", "do", "refer") else f"give: {row}" for row in give]
    return head + f"treatment:\n  {part}:\n" + "".join(f"    - {row}\n" for row in rows)


def regimen(*give: str, frame: str = "", head: str = D1, part: str = "chemotherapy") -> str:
    """A protocol of one part with properties; `frame` holds them, one `key: value` for each line."""
    extra = "".join(f"    {row}\n" for row in frame.splitlines())
    body = "".join(f"      - give: {row}\n" for row in give)
    return head + f"treatment:\n  {part}:\n    anchor: D1\n{extra}    lines:\n{body}"


def visits(at: str, window: str = "") -> str:
    return f"visits:\n  follow-up:\n    after: D0\n    at: [{at}]\n" + (f"    window: {window}\n" if window else "")


def found(text: str, code: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in check(protocol(text)) if finding.code == code)


# code, severity, hazard, text that fires, words in the message, settled twin
VCR = "vincristine 2 mg/dose IV"
CASES: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("TOO-MANY-DAYS", "ask", "H18", lines("etoposide 50 mg/dose PO on D1 to D1000"), "1,000 days",
     lines("etoposide 50 mg/dose PO once a day from D1 until relapse")),
    ("TOO-MANY-DAYS", "stop", "H18", lines("etoposide 50 mg/dose PO on D1 to D9000"), "9,000 days",
     lines("etoposide 50 mg/dose PO on D1 to D21")),
    ("DAY-TWICE", "ask", "H3", lines("etoposide 100 mg/m²/dose IV on D1, D2 and D1 to D3"), "5 days, but only 3",
     lines("etoposide 100 mg/m²/dose IV on D1 to D3")),
    ("REST-GAP", "ask", "H18", lines("rest: D-8 and D-6", head=D0), "D-7 covered by nothing",
     lines("rest: D-8 to D-6", head=D0)),
    ("SET-OR-RANGE", "note", "H3", lines("etoposide 100 mg/m²/dose IV on D1 and D3"), "covers D2",
     lines("etoposide 100 mg/m²/dose IV for 2 doses on D1 and D3")),
    ("CALENDAR-GAP", "ask", "H18",
     lines("etoposide 100 mg/m²/dose IV on D-9 to D-7", "fludarabine 30 mg/m²/dose IV on D-5 to D-1", head=D0),
     "D-6 is covered by no dose",
     lines("etoposide 100 mg/m²/dose IV on D-9 to D-7", "rest: D-6", "fludarabine 30 mg/m²/dose IV on D-5 to D-1",
           head=D0)),
    ("COUNT-DAYS", "stop", "H3", lines("etoposide 100 mg/m²/dose IV for 5 days on D1 to D6"), "D1 to D6 is 6 days",
     lines("etoposide 100 mg/m²/dose IV for 6 days on D1 to D6")),
    ("COUNT-DAYS", "stop", "H18", lines("filgrastim 300 mcg/dose SC for 5 days on D-1 to D4", head=D0),
     "without day 0 gives 5", lines("filgrastim 300 mcg/dose SC for 6 days on D-1 to D4", head=D0)),
    ("COUNT-DAYS", "ask", "H3", lines("gefitinib 250 mg/dose PO for 28 days on D1"), "may be the first of them",
     lines("gefitinib 250 mg/dose PO once a day for 28 days from D1")),
    ("COUNT-DAYS", "note", "H3", lines("dexamethasone 40 mg/dose PO for 4 days on D1 to D4 and D9 to D12"),
     "each of the 2 blocks", lines("dexamethasone 40 mg/dose PO for 8 days on D1 to D4 and D9 to D12")),
    ("COUNT-DOSES", "stop", "H3",
     lines("cyclophosphamide 300 mg/m²/dose IV every 12 hours for 8 doses on D1 to D3"), "makes 6 doses, but 8",
     lines("cyclophosphamide 300 mg/m²/dose IV every 12 hours for 6 doses on D1 to D3")),
    ("COUNT-DOSES", "stop", "H3", lines("vincristine 2 mg/dose IV for 8 doses on D4 and D11",
     "etoposide 100 mg/dose IV on D1"),
     "D4 to D11 would be 8 days", lines("vincristine 2 mg/dose IV for 2 doses on D4 and D11")),
    ("COUNT-DOSES", "ask", "H3", lines("cytarabine 3 g/m²/dose IV for 6 doses on D1, D3 and D5"), "2 a day would fit",
     lines("cytarabine 3 g/m²/dose IV every 12 hours for 6 doses on D1, D3 and D5")),
    ("COUNT-SPAN", "stop", "H3",
     lines("cytarabine 3 g/m²/dose IV every 12 hours for 8 doses for 3 days from D1"), "take 4 days, but 3 days",
     lines("cytarabine 3 g/m²/dose IV every 12 hours for 6 doses for 3 days from D1")),
    ("INTERVAL-UNSTATED", "ask", "H3", lines("donor lymphocytes 1000000 cells/kg IV for 3 doses from D+120", head=D0),
     "3 doses of donor lymphocytes start on D+120",
     lines("donor lymphocytes 1000000 cells/kg IV every 4 weeks for 3 doses from D+120", head=D0)),
    ("DOSE-BASIS", "stop", "H1", lines("cyclophosphamide 4 g/m² IV on D1 to D4"), "16 g per m² in all",
     lines("cyclophosphamide 1 g/m²/dose IV on D1 to D4")),
    ("DOSES-PER-DAY", "ask", "H8", lines("busulfan 3.2 mg/kg/day IV on D-5 and D-4", head=D0), "1 × 3.2 or 4 × 0.8",
     lines("busulfan 3.2 mg/kg/day IV every 6 hours on D-5 and D-4", head=D0)),
    ("AMOUNT-OPEN", "ask", "H1", lines("clofarabine at least 20 mg/m²/dose IV on D1 to D5"), "at least 20 mg per m²",
     lines("clofarabine 20 mg/m²/dose IV on D1 to D5")),
    ("COUNT-OPEN", "note", "H1", lines("clofarabine 20 mg/m²/dose IV for up to 5 days from D1"), "up to 5 days",
     lines("clofarabine 20 mg/m²/dose IV for 5 days from D1")),
    ("AMOUNT-MISSING", "ask", "H1", lines("donor lymphocytes IV on D+120", head=D0), "No amount is stated",
     lines("donor lymphocytes IV on D+120 as the cell therapy manual says", head=D0)),
    ("DAYS-MISSING", "ask", "H18", lines("etoposide 100 mg/m²/dose IV"), "No day is stated for etoposide",
     lines("etoposide 100 mg/m²/dose IV on D1")),
    ("REFERENCE-OUTSIDE", "note", "", lines("refer: care supports to the protocols of each centre"), "1 line leaves",
     lines("etoposide 100 mg/m²/dose IV on D1")),
    ("WEIGHT-UNSTATED", "ask", "H9",
     lines("thiotepa 5 mg/kg/dose IV on D-5", head="protocol: T\nanchors: {D0: graft}\n"), "thiotepa",
     lines("thiotepa 5 mg/kg/dose of ideal weight IV on D-5", head="protocol: T\nanchors: {D0: graft}\n")),
    ("BSA-UNSTATED", "ask", "H9", lines("etoposide 100 mg/m²/dose IV on D1", head="protocol: T\nanchors: {D1: dose}\n"),
     "etoposide", lines("etoposide 100 mg/m²/dose IV on D1")),
    ("CAP-CONFLICT", "ask", "H5",
     lines("etoposide 60 mg/m²/dose IV on D1 at most 50 mg/m²/dose at most 50 mg/dose"), "above 1 m²",
     lines("etoposide 60 mg/m²/dose IV on D1 at most 50 mg/m²/dose")),
    ("CAP-AMBIGUOUS", "stop", "H5", lines("etoposide 60 mg/m²/dose IV on D1 at most 50 mg/dose at most 80 mg/dose"),
     "two caps of the same kind", lines("etoposide 60 mg/m²/dose IV on D1 at most 80 mg/dose")),
    ("CAP-KIND", "stop", "H5", lines("90Y-epratuzumab tetraxetan 370 MBq/m²/dose IV on D1 at most 50 mg/dose"),
     "mass is not activity", lines("90Y-epratuzumab tetraxetan 370 MBq/m²/dose IV on D1 at most 1000 MBq/dose")),
    ("CAP-BINDING", "ask", "H5", lines("etoposide 100 mg/m²/dose IV on D1 at most 20 mg/dose"), "above 0.2 m²",
     lines("etoposide 100 mg/m²/dose IV on D1 at most 200 mg/dose")),
    ("AGENT-UNKNOWN", "ask", "H12", lines("vincristin 2 mg/dose IV on D1"), "Did you mean vincristine?",
     lines(VCR + " on D1")),
    ("AGENT-AMBIGUOUS", "ask", "H12", lines("CP 100 mg/m²/dose IV on D1"), "cyclophosphamide",
     lines("cyclophosphamide 100 mg/m²/dose IV on D1")),
    ("PRODUCT", "ask", "H12", lines("antithymocyte globulin 2.5 mg/kg/dose IV on D-3", head=D0), "rabbit or horse",
     lines("Thymoglobuline 2.5 mg/kg/dose IV on D-3", head=D0)),
    ("ROUTE-UNSTATED", "ask", "H4", lines("vincristine 2 mg/dose on D1"), "vincristine", lines(VCR + " on D1")),
    ("ROUTE-REFUSED", "stop", "H4", lines("vincristine 2 mg/dose IT on D1"), "fatal if given by other routes",
     lines(VCR + " on D1")),
    ("SAME-DAY-IT-VINCA", "ask", "H4", lines(VCR + " on D1", "methotrexate 12 mg/dose IT on D1"), "same day (D1)",
     lines(VCR + " on D1", "methotrexate 12 mg/dose IT on D2")),
    ("VINCA-DAILY", "stop", "H3", lines(VCR + " on D4 to D11"),
     "8 doses on days running", lines(VCR + " on D4 and D11")),
    ("WEEKLY-DAILY", "stop", "H11", lines("methotrexate 15 mg/dose PO on D1 and D2"), "once-a-week drug",
     lines("methotrexate 15 mg/dose PO on D1 and D8")),
    ("AGENT-TWICE", "ask", "H2", lines("etoposide 100 mg/m²/dose IV on D1", "etoposide 50 mg/m²/dose IV on D1"),
     "Two lines give etoposide on D1", lines("etoposide 100 mg/m²/dose IV on D1", "etoposide 50 mg/m²/dose IV on D2")),
    ("LIMIT-PASSED", "stop", "H8", lines("busulfan 3.2 mg/kg/dose IV every 6 hours on D-5", head=D0),
     "12.8 mg per kg per day", lines("busulfan 0.8 mg/kg/dose IV every 6 hours on D-5", head=D0)),
    ("LIMIT-PASSED", "stop", "H3", lines(VCR + " on D4 to D11"), "per week",
     lines(VCR + " on D4 and D11")),
    ("LIMIT-BY-SIZE", "ask", "H3", lines("vincristine 1.4 mg/m²/dose IV on D1"), "above 1.43 m²",
     lines("vincristine 1.4 mg/m²/dose IV on D1 at most 2 mg/dose")),
    ("TWO-BASES", "note", "H9",
     lines("cyclophosphamide 400 mg/m²/dose IV on D-12 to D-9", "cyclophosphamide 50 mg/kg/dose IV on D+3 and D+5",
           head=D0), "1,600 mg per m² in all",
     lines("cyclophosphamide 400 mg/m²/dose IV on D-12 to D-9", "cyclophosphamide 500 mg/m²/dose IV on D+3", head=D0)),
    ("COMPANION-MISSING", "note", "H9", lines("cyclophosphamide 50 mg/kg/dose IV on D+3", head=D0), "mesna",
     lines("cyclophosphamide 50 mg/kg/dose IV on D+3", "mesna 50 mg/kg/dose IV on D+3", head=D0)),
    ("STEP-IN-CYCLE-2", "ask", "H3",
     regimen("blinatumomab 9 mcg/day IV by continuous infusion on D1 to D7",
             "blinatumomab 28 mcg/day IV by continuous infusion on D8 to D28",
             frame="cycles: up to 2 cycles of 42 days"),
     "whether later cycles start again at 9 mcg per day",
     regimen("blinatumomab 9 mcg/day IV by continuous infusion on D1 to D7 in cycle 1",
             "blinatumomab 28 mcg/day IV by continuous infusion on D8 to D28 in cycle 1",
             "blinatumomab 28 mcg/day IV by continuous infusion on D1 to D28 in cycle 2",
             frame="cycles: up to 2 cycles of 42 days")),
    ("CYCLE-LENGTH", "ask", "H3", regimen("etoposide 100 mg/m²/dose IV on D1", frame="cycles: cycles"),
     "the number of cycles and the length", regimen("etoposide 100 mg/m²/dose IV on D1",
     frame="cycles: 2 cycles of 28 days")),
    ("CYCLE-OVERRUN", "ask", "H3", regimen("etoposide 50 mg/dose PO on D1 to D30", frame="cycles: 2 cycles of 28 days"),
     "two cycles would overlap", regimen("etoposide 50 mg/dose PO on D1 to D28", frame="cycles: 2 cycles of 28 days")),
    ("OPTIONAL-LINE", "note", "", lines("etoposide 100 mg/m²/dose IV on D1\n      optional: true"), "leaves it open",
     lines("etoposide 100 mg/m²/dose IV on D1")),
    ("OPEN-END", "ask", "H1", lines("ciclosporin 3 mg/kg/day IV twice a day from D+6", head=D0), "no last day",
     lines("ciclosporin 3 mg/kg/day IV twice a day from D+6 to D+60", head=D0)),
    ("TAPER-ONLY-END", "ask",
     "H1", lines("ciclosporin 3 mg/kg/day IV twice a day from D+6 tapered from D+62 to D+90", head=D0),
     "no rate of taper", lines("ciclosporin 3 mg/kg/day IV twice a day from D+6 to D+62", head=D0)),
    ("REST-DOSED", "ask", "H18", lines("etoposide 100 mg/m²/dose IV on D1 to D3", "rest: D3"),
     "D3, which the text calls rest",
     lines("etoposide 100 mg/m²/dose IV on D1 to D3", "rest: D4")),
    ("REGIMEN-COMPONENT", "ask", "H9",
     lines("fludarabine 30 mg/m²/dose IV on D1 to D5", "cytarabine 2 g/m²/dose IV on D1 to D5", part="FLAG"),
     "filgrastim",
     lines("fludarabine 30 mg/m²/dose IV on D1 to D5", "cytarabine 2 g/m²/dose IV on D1 to D5",
           "filgrastim 300 mcg/dose SC on D1 to D5", part="FLAG")),
    ("CONDITION-WORDS", "note", "", lines("etoposide 100 mg/m²/dose IV on D1\n      if: the investigator agrees"),
     "the investigator agrees", lines("etoposide 100 mg/m²/dose IV on D1\n      if: age > 60 years")),
    ("AGE-BOUNDARY", "note", "",
     lines("idarubicin 10 mg/m²/dose IV on D1\n      if: age <= 60 years",
     "idarubicin 5 mg/m²/dose IV on D1\n      if: age > 60 years"),
     "exactly 60 years: age at most 60 holds it", lines("idarubicin 10 mg/m²/dose IV on D1")),
    ("AGE-BOUNDARY", "ask", "",
     lines("idarubicin 10 mg/m²/dose IV on D1\n      if: age < 60 years",
     "idarubicin 5 mg/m²/dose IV on D1\n      if: age > 60 years"),
     "falls in no branch", lines("idarubicin 10 mg/m²/dose IV on D1")),
    ("AGE-BOUNDARY", "ask", "",
     lines("idarubicin 10 mg/m²/dose IV on D1", "idarubicin 5 mg/m²/dose IV on D1\n      if: age > 60 years"),
     "who meets it gets both", lines("idarubicin 10 mg/m²/dose IV on D1")),
    ("ALLOCATION-UNSTATED", "ask", "H14", D1 + "arms: [A, B]\nallocation: {randomised: true}\n",
     "the ratio and the strata",
     D1 + 'arms: [A, B]\nallocation: {randomised: true, ratio: "1:1", strata: [centre]}\n'),
    ("ALLOCATION-UNSTATED", "ask", "H14", D1 + "arms: [A, B]\n", "how patients come to the arms",
     D1 + "arms: [A, B]\nallocation: {randomised: false}\n"),
    ("ENDPOINT-TIME", "note", "H18", D0 + "endpoints:\n  - primary endpoint: survival\n", "no time point: survival",
     D0 + "endpoints:\n  - primary endpoint: survival\n    at: [2 years]\n"),
    ("DAY-SYSTEMS", "note",
     "H18", D0 + visits("3 months") + "endpoints:\n  - primary endpoint: relapse\n    at: [90 days]\n",
     "90 days against 3 months",
     D0 + visits("90 days") + "endpoints:\n  - primary endpoint: relapse\n    at: [90 days]\n"),
    ("ENDPOINT-VISIT", "note",
     "H18", D0 + visits("3 months") + "endpoints:\n  - primary endpoint: relapse\n    at: [2 years]\n",
     "No visit stands at 2 years",
     D0 + visits("24 months") + "endpoints:\n  - primary endpoint: relapse\n    at: [2 years]\n"),
    ("VISIT-WINDOW", "note", "H18", D0 + visits("3 months"), "follow-up", D0 + visits("3 months", "-7 to +7 days")),
    ("TRANSLATION", "ask", "H18", lines("rest: D-5", head=D0, part="sequential Packaging"), "conditionnement",
     lines("rest: D-5", head=D0, part="sequential conditioning")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "severity", "hazard", "text", "words", "twin"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)]
)
def test_fires_and_is_settled(code: str, severity: str, hazard: str, text: str, words: str, twin: str) -> None:
    fired = [finding for finding in found(text, code) if words in finding.message]
    assert fired, [f"{f.code}: {f.message}" for f in check(protocol(text))]
    assert (fired[0].severity, fired[0].hazard) == (severity, hazard)
    assert fired[0].next_step
    assert not [finding for finding in found(twin, code) if words in finding.message]


GRAFT = Anchor("D0", "graft transfusion")


def made(what: Give | Do, anchor: Anchor = GRAFT) -> Protocol:
    """A protocol of one line, for what the grammar of files refuses before any check sees it."""
    return Protocol("T", anchors=(anchor,), parts=(Part("P", anchor.name, (Line("P/1", what),)),))


def test_day_zero_under_a_day_one_anchor_h18() -> None:
    findings = check(made(Do("stay", DaySet((0, 1))), Anchor("D1", "start")))
    assert [(f.code, f.severity, f.hazard) for f in findings] == [("DAY-ZERO", Severity.STOP, "H18")]


def test_a_reversed_range_h18() -> None:
    findings = check(made(Do("stay", DaySet((DayRange(5, 1),)))))
    assert [(f.code, f.severity) for f in findings] == [("DAY-ORDER", Severity.STOP)]


def test_an_absurd_range_costs_no_time() -> None:
    start = time.perf_counter()
    findings = check(made(Do("stay", DaySet((DayRange(1, 10**12),)))))
    assert [f.code for f in findings] == ["TOO-MANY-DAYS"]
    assert time.perf_counter() - start < 2


def test_cap_without_a_basis_has_two_readings_h5() -> None:
    """2 × 1 g a day is 2 g; 1 g a day is 1 g."""
    gram = find_unit("g")
    assert gram is not None
    give = parse_give("mycophenolate mofetil 30 mg/kg/day PO twice a day from D+6")
    (finding,) = cap_ambiguous(made(replace(give, caps=(Amount(Decimal(1), Decimal(1), gram),))))
    assert "per dose it allows 2 g a day, per day it allows 1 g" in finding.message
    assert (finding.severity, finding.hazard) == (Severity.STOP, "H5")


def test_choices_and_later_anchors() -> None:
    text = (
        HEAD + "anchors: {A D1: start of A, B D1: start of B, A2 D1: second course}\n"
        "treatment:\n"
        "  A:\n    anchor: A D1\n    choice: regimen\n    cycles: 1 cycle\n    lines:\n"
        "      - give: etoposide 100 mg/m²/dose IV on D1\n"
        "  B:\n    anchor: B D1\n    choice: regimen\n    lines:\n"
        "      - give: cytarabine 100 mg/m²/dose IV on D1\n"
        "  again:\n    anchor: A2 D1\n    same as: A\n    if: response is CR\n"
    )
    assert [f.places[0].where for f in found(text, "CYCLE-LENGTH")] == ["B"]
    assert "2 alternatives" in found(text, "CHOICE-RULE")[0].message
    assert "second course" in found(text, "ANCHOR-EVENT")[0].message
    alone = text.replace("    choice: regimen\n    lines", "    lines")
    assert "only alternative" in found(alone, "CHOICE-ALONE")[0].message


def test_day_labels_and_quotes_h18() -> None:
    text = lines(
        'etoposide 100 mg/m²/dose IV on D-5\n      from: "Etoposide (J-5)"',
        'thiotepa 5 mg/kg/dose IV on D-4\n      from: "Thiotepa (D-4)"',
        "melphalan 140 mg/m²/dose IV on D-3",
        head=D0,
    )
    (mixed,) = found(text, "DAY-LABELS-MIXED")
    assert [place.label for place in mixed.places] == ["D label", "J label"]
    assert mixed.places[1].words == "Etoposide (J-5)" and mixed.places[1].line
    assert "melphalan" in found(text, "SOURCE-UNQUOTED")[0].message
    assert not found(text + 'settled:\n  "DAY-LABELS-MIXED": J is jour\n', "DAY-LABELS-MIXED")


def test_product_of_the_quote_h12() -> None:
    quote = 'daunorubicin 45 mg/m²/dose IV on D1\n      from: "liposomal daunorubicin 45 mg/m2"'
    assert "liposomal" in found(lines(quote), "PRODUCT")[0].message


def test_a_reason_settles_a_question_but_never_a_stop() -> None:
    asked = lines("rest: D-8 and D-6", head=D0)
    assert not found(asked.rstrip() + "\n      because: two rest days are meant\n", "REST-GAP")
    assert found(asked.rstrip() + "\n      because: the pharmacy asked for it\n", "REST-GAP")
    assert not found(asked + 'settled:\n  "REST-GAP at chemotherapy/1": two days\n', "REST-GAP")
    assert found(asked + 'settled:\n  "REST-GAP at other/1": two days\n', "REST-GAP")
    stop = lines("vincristine 2 mg/dose IT on D1")
    assert found(stop + 'settled:\n  "ROUTE-REFUSED": we know better\n', "ROUTE-REFUSED")


def test_a_passed_limit_with_a_reason_stays_as_a_note() -> None:
    text = lines("busulfan 6.4 mg/kg/dose IV on D-5",
    head=D0).rstrip() + "\n      because: above the limit on purpose\n"
    assert {f.severity for f in found(text, "LIMIT-PASSED")} == {Severity.NOTE}


H2_DRUGS = (
    "cisplatin 100 mg/m²/dose", "carboplatin 2000 mg/m²/dose", "busulfan 12.8 mg/kg/dose",
    "cytarabine 36 g/m²/dose", "cyclophosphamide 120 mg/kg/dose",
)  # fmt: skip


@pytest.mark.parametrize("words", H2_DRUGS[1:])
def test_course_total_in_the_daily_slot_h2(words: str) -> None:
    assert any(f.severity is Severity.STOP for f in found(lines(f"{words} IV on D1 to D4"), "LIMIT-PASSED"))


CLEAN = (GOLDEN / "good" / "reduced-intensity.yaml").read_text(encoding="utf-8")


def test_a_clean_protocol_has_no_stop_and_hardly_a_question_h20() -> None:
    findings = check(protocol(CLEAN))
    assert [f.code for f in findings if f.severity is not Severity.NOTE] == []
    assert len(findings) <= 2, [f.message for f in findings]


@pytest.mark.parametrize("path", sorted((ROOT / "protocols").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_reviewed_protocol_has_no_stop_h20(path: Path) -> None:
    findings = check(protocol(path.read_text(encoding="utf-8")))
    assert [f.message for f in findings if f.severity is Severity.STOP] == []


def test_messages_follow_the_printing_rules_h10() -> None:
    """Section 7: no trailing zero, no bare decimal point, no µg, no slash for per, no dash between days."""
    bad = re.compile(r"\d\.0\b|(?<!\d)\.\d|µg|mg/|/kg|/m²|/day|\d ?[–-] ?\d|\bD\d+-D?\d")
    for case in CASES:
        for finding in check(protocol(case[3])):
            told = re.sub(r"source: [\w-]+", "", finding.message)
            assert not bad.search(re.sub(r'"[^"]*"|D-\d+', "", told)), finding.message


def test_the_order_is_stable_and_stops_come_first() -> None:
    findings = check(protocol(CASES[0][3]))
    ranks = [["stop", "ask", "note"].index(finding.severity) for finding in findings]
    assert ranks == sorted(ranks)
    assert findings == check(protocol(CASES[0][3]))
