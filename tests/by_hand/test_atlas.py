"""A tiny atlas whose answers can be counted by hand, the words of queries, and contradictions that real records show."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

from posolog.atlas.answers import answer_csv, answer_json, answer_text
from posolog.atlas.build import build
from posolog.atlas.chunks import read_chunk
from posolog.atlas.conflicts import conflicts
from posolog.atlas.query import ask, found_conflicts
from posolog.atlas.terms import parse
from posolog.core.finding import Refusal
from posolog.reader import read
from posolog.report.contradictions import page

TEXTS = {
    "T1": "Cyclophosphamide 50 mg/kg/day IV on days +3 and +5.",
    "T2": "Cyclophosphamide 60 mg/kg IV on days -5 and -4. Busulfan 3.2 mg/kg IV on days -6 to -3.",
    "T3": "Busulfan 3.2 mg/kg IV on days -5 to -3. Cytoxan 0.05 g/kg on days 3 and 5.",
    "T4": "90Y-epratuzumab 370 MBq/m2 on day 1.",
    "T5": "90Y-ibritumomab tiuxetan 0.4 mCi/kg on day 8.",
    "T6": "Cytarabine 3 g/m2 IV every 12 hours on days 1, 3 and 5.",
    "T7": "Methotrexate 200-400 mg PO on day 1. Busulfan 100 mg PO on day 1.",
    "T8": "Melphalan 100, 140 and 180 mg/m2 on day -1.",
    "T9": "Cyclophosphamide 50 mg on days +3 and +5.",
    "T10": "Carboplatin AUC 5 IV on day 1. Azacitidine 75 mg/m2 days 1-7.",
}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("atlas")
    lines = [json.dumps({"nct_id": trial, "id": f"{trial}-a", "text": text}) for trial, text in TEXTS.items()]
    (top / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([str(top / "texts.jsonl")], top / "a", run=lambda chunks: ((c, read_chunk(c)) for c in chunks))
    return top / "a"


ANSWERS = {
    "cyclophosphamide": "T1 T2 T3 T9",
    "Endoxan": "T1 T2 T3 T9",
    "cyclophosphamide 50 mg/kg": "T1 T3",  # 0.05 g/kg of Cytoxan is the same; a flat 50 mg is not
    "cyclophosphamide 50 mg/kg on D+3 and D+5": "T1 T3",
    "cyclophosphamide 50 mg/kg/day": "T1",  # only T1 says "a day"
    "cyclophosphamide 50 mg": "T9",
    "cyclophosphamide >= 50 mg/kg": "T1 T2 T3",
    "cyclophosphamide > 50 mg/kg": "T2",
    "cyclophosphamide 40 to 55 mg/kg": "T1 T3",
    "busulfan 3.2 mg/kg days -6 to -3 route IV": "T2",
    "busulfan 3.2 mg/kg including day -3": "T2 T3",
    "busulfan PO": "T7",
    "any 90Y": "T4 T5",
    "any 90Y >= 300 MBq/m2": "T4",
    "any 90Y >= 10 mCi/m2": "T4",  # 370 MBq are 10 mCi
    "any 90Y > 10 mCi/m2": "",
    "any 90Y 14.8 MBq/kg": "T5",  # 0.4 mCi are 14.8 MBq
    "cytarabine 3000 mg/m²": "T6",
    "Ara-C at least 1 g/m2 every 12 hours": "T6",
    "methotrexate 300 mg": "",  # a range is no exact amount
    "methotrexate 300 to 500 mg": "T7",
    "methotrexate <= 200 mg": "T7",
    "methotrexate < 200 mg": "",
    "melphalan 140 mg/m2": "T8",
    "melphalan >= 180 mg/m2": "T8",
    "melphalan 150 mg/m2": "",
    "cyclophosphamide; busulfan": "T2 T3",
    "cyclophosphamide 60 mg/kg; busulfan days -6 to -3": "T2",
    "on days 3 and 5": "T1 T3 T9",
    "carboplatin AUC >= 5": "T10",
    "carboplatin > AUC 5": "",
    "azacitidine 75 mg/m2 days 1-7": "T10",
    "yttrium-90 >= 300 MBq/m2": "T4",
    "any yttrium 90": "T4 T5",
    "3.2 mg/kg": "T2 T3",
    "vincristine": "",
}  # fmt: skip


@pytest.mark.parametrize("query", ANSWERS)
def test_answers_counted_by_hand(query: str, atlas: Path) -> None:
    answer = ask(atlas, query)
    assert sorted({row["trial"] for row in answer.rows}) == ANSWERS[query].split()
    assert answer.trials == len(ANSWERS[query].split())
    assert (answer.of_trials, answer.statements) == (10, len(answer.rows))


def test_an_answer_quotes_its_words_and_counts(atlas: Path) -> None:
    answer = ask(atlas, "cyclophosphamide; busulfan", limit=3)
    assert answer.statements == 4 and len(answer.rows) == 3
    text = answer_text(answer)
    assert "1 more" in text and text.endswith("2 trials of 10, 4 statements of 14")
    whole = ask(atlas, "busulfan days -6 to -3")
    (row,) = json.loads(answer_json(whole))["rows"]
    assert TEXTS["T2"][row["start"] : row["end"]] == row["quote"] and row["days"] == [-6, -5, -4, -3]
    assert "-6;-5;-4;-3" in answer_csv(whole).splitlines()[1]


UNREAD = {
    "": "nothing", ";;": "nothing", "x" * 500: "longer", "busulfan 3.2 mg/kg briskly": "briskly", "busulfann 1 mg": "busulfann",
    "busulfan 3.2 mg/kg/m": "", "any 90Q": "90Q", "busulfan melphalan": "melphalan", "busulfan 1 mg 2 mg": "",
    "busulfan 3,2,1 mg/kg": "", "busulfan'; DROP TABLE statements --": "'", "the": "no agent", "busulfan 1 furlong": "1 furlong",
    "busulfan not 3 mg": "not", "-5": "-5", "\0": "", "busulfan 5": "5",
}  # fmt: skip


@pytest.mark.parametrize("query", UNREAD)
def test_words_that_are_not_understood_are_named(query: str, atlas: Path) -> None:
    with pytest.raises(Refusal) as refused:
        ask(atlas, query)
    (finding,) = refused.value.findings
    assert finding.code == "QUERY-UNREAD" and UNREAD[query] in finding.message


def test_a_term_in_parts() -> None:
    (term,) = parse("busulfan >= 3.2 mg/kg days -6 to -3 IV every 6 hours x 16 doses")
    assert (term.names, term.op, term.route, term.doses) == (("busulfan",), ">=", "IV", 16)
    assert term.amount is not None and term.amount.low == Decimal("3.2")
    assert term.frequency is not None and term.frequency.every == 6


def test_a_folder_that_is_no_atlas(tmp_path: Path, atlas: Path) -> None:
    def code(folder: Path) -> str:
        with pytest.raises(Refusal) as refused:
            ask(folder, "busulfan")
        return refused.value.findings[0].code

    assert code(tmp_path / "none") == "ATLAS-MISSING"
    for words in ("", "{}", "[]", "null", '{"form": 99, "parts": ["x"]}', '{"form": 1, "parts": ["../x"]}', '{"form": 1, "parts": []}'):
        (tmp_path / "atlas.json").write_text(words)
        assert code(tmp_path) == "ATLAS-BROKEN", words


# Durations and lists as they stand in registry records (trial numbers in the facts), agents changed.
DURATIONS = {
    "Busulfan 1 mg/kg for 7 days (days 0 to 7).": ("ask", "8 days"),  # NCT00683241
    "Busulfan 1 mg/kg x 7 days (days 28 to 35).": ("ask", "8 days"),  # NCT00683241
    "Cyclophosphamide 50 mg daily x 7 days (days 28 to 35).": ("ask", "8 days"),  # NCT00683241
    "Busulfan 1 mg/kg for 6 days, Days 10 through 16.": ("ask", "7 days"),  # NCT02957474
    "Busulfan 1 mg/kg for 19 days (Day 1-20).": ("ask", "20 days"),  # NCT03095547
    "Busulfan 1 mg/kg for five days (Day -1 to Day 4).": ("note", "6 days with a day 0, 5 days without"),  # NCT03062956
    "Busulfan 1 mg/kg for 6 days (Days -2 to 4).": ("note", "7 days with a day 0, 6 days without"),  # NCT02161796
    "Busulfan 1 mg/kg for 5 days (Days -1 through 3).": ("note", "only the numbering with day 0"),  # NCT00787527
    "Busulfan 1 mg/kg for 10 days on Days 1-5 and Days 8-12.": None,  # NCT02920008: a split range
    "Busulfan 1 mg/kg for 5 days (days 1-5 and 8-12).": None,  # each block has five
    "Etoposide 250 mg/m2/day x 3 days I.V. by continuous infusion (days 2-5).": ("note", "72 hours"),  # NCT00135135
    "Gemcitabine 1 g/m2 weekly for 3 weeks (days 1, 8 and 15).": None,
    "Erlotinib 150 mg for 7 days starting day 2 and day 15.": None,
    "Temozolomide 75 mg/m2 for up to 7 days (days 1-5).": None,
    "Temozolomide 75 mg/m2 for up to 5 days (days 1-7).": ("ask", "7 days"),
    "Radiotherapy 2 Gy for 5 days a week (days 1-33).": None,
    "Busulfan 1 mg/kg for a total of 54 days (day 4 to day 15 - loading dose, day 16 to day 57).": None,  # NCT03378661
    "Busulfan 1 mg/kg on days -5 to -2 (4 days).": None,
    "Busulfan 1 mg/kg on days 1 to 5 for 4 days.": ("ask", "5 days"),
}  # fmt: skip


@pytest.mark.parametrize("text", DURATIONS)
def test_stated_duration_against_listed_days(text: str) -> None:
    found = [finding for finding in conflicts(text, read(text)) if finding.code == "STATED-DAYS"]
    wanted = DURATIONS[text]
    assert len(found) == (wanted is not None)
    if wanted is not None:
        assert found[0].severity == wanted[0] and wanted[1] in found[0].message
        assert found[0].places[0].words in text


AMOUNTS = {
    "Cyclophosphamide 30 mg/m2 on days 1-3 (total dose 90 mg/m2).": None,  # NCT00603954
    "Thymoglobulin 0.5 mg/kg day -4, 2.0 mg/kg day -3, 2.5 mg/kg day -2, 2.5 mg/kg day -1 (total dose 7.5 mg/kg).": None,  # NCT00130754
    "Busulfan 20 mg/kg on days -5 to -3 (total dose 40 mg/kg).": "STATED-TOTAL",
    "Busulfan 20 mg/kg on days -5 to -3 (total dose 0.06 g/kg).": None,
    "Busulfan 1 mg/kg every 6 hours on days -5 to -2 (total dose 16 mg/kg).": None,
    "Fluorouracil 400 mg/m2 bolus followed by a total of 2400 mg/m2 over 46 hours.": None,  # NCT01347645
    "Busulfan 3 mg/kg on days 1-3 of each cycle (total dose 90 mg/kg).": None,  # a total over cycles
    "Dexamethasone 1000 mg/day (250 mg twice daily).": "STATED-DAILY",
    "Dexamethasone 1000 mg/day (500 mg twice daily).": None,
    "Glimepiride 4 mg/day (2 mg once daily in the morning).": None,  # NCT00174850: the evening dose is elsewhere
    "Dupilumab 300 mg weekly. Two injections of dupilumab 300 mg (for a total of 600 mg).": None,  # NCT02210780
    "Metformin 500 mg once daily, then 500 mg twice daily.": None,  # NCT02815397: steps
}  # fmt: skip


@pytest.mark.parametrize("text", AMOUNTS)
def test_totals_and_daily_amounts(text: str) -> None:
    found = [finding.code for finding in conflicts(text, read(text)) if finding.code != "STATED-DAYS"]
    assert found == ([AMOUNTS[text]] if AMOUNTS[text] else [])


def test_the_report_of_contradictions(tmp_path: Path) -> None:
    text = {"nct_id": "T<1>", "text": "Busulfan 1 mg/kg for 7 days (days 0 to 7)."}
    (tmp_path / "t.jsonl").write_text(json.dumps(text))
    build([str(tmp_path / "t.jsonl")], tmp_path / "a", run=lambda chunks: ((c, read_chunk(c)) for c in chunks))
    rows, texts = found_conflicts(tmp_path / "a")
    assert [(row["trial"], row["code"]) for row in rows] == [("T<1>", "STATED-DAYS")] and texts == 1
    html = page(rows, texts)
    assert "T&lt;1&gt;" in html and "not a medical device" in html and "for 7 days (days 0 to 7" in html
    assert "None in 5 texts" in page([], 5)
