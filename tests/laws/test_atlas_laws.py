"""Laws of the atlas: a statement's own terms find it, no query whatever ends in a traceback, no bytes break the parser."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

from posolog.atlas.build import build
from posolog.atlas.chunks import chunks, read_chunk
from posolog.atlas.query import ask
from posolog.atlas.rows import Rows, read_item
from posolog.atlas.terms import parse
from posolog.core.finding import Refusal
from posolog.records import Item, items
from posolog.records import parse as parse_item

EXAMPLES = Path(__file__).parents[2] / "examples"
AGENTS = ("busulfan", "cyclophosphamide", "fludarabine", "cytarabine", "thiotepa", "melphalan")
UNITS = (("mg", 1), ("g", 1000), ("mcg", 0.001))
PERS = ("/kg", "/m2", "")


@cache
def example_atlas() -> Path:
    folder = Path(mkdtemp()) / "a"
    build([str(EXAMPLES / "registry.jsonl")], folder, run=lambda found: ((c, read_chunk(c)) for c in found))
    return folder


def rows() -> list[dict[str, Any]]:
    found = Rows()
    for item in items(EXAMPLES / "registry.jsonl"):
        read_item(item, found)
    return found.statements


ROWS = rows()


def words_of(row: dict[str, Any]) -> str:
    """A query that says what the statement says."""
    words = [row["agent"]] if parse_agent(row["agent"]) else []
    if row["value"] is not None:
        per = "" if row["per"] == "flat" else f"/{row['per']}"
        words.append(f"{row['value']:g} {row['unit']}{per}")
    if row["days"]:
        words.append("on days " + ", ".join(str(day) for day in row["days"]))
    if row["route"]:
        words.append(row["route"])
    return " ".join(words)


def parse_agent(words: str) -> bool:
    try:
        return bool(parse(words)[0].names)
    except Refusal:
        return False


# A statement without a known agent, amount or day has no terms to ask by.
ASKED = [row for row in ROWS if words_of(row)]


def test_nearly_every_statement_has_terms_to_ask_by() -> None:
    assert len(ASKED) >= 0.9 * len(ROWS) > 0


@pytest.mark.parametrize("row", ASKED, ids=lambda row: f"{row['trial']} {row['agent']} {row['nth']}")
def test_a_statements_own_terms_find_it(row: dict[str, Any]) -> None:
    words = words_of(row)
    found = ask(example_atlas(), words).rows
    assert (row["text_id"], row["start"]) in {(one["text_id"], one["start"]) for one in found}, words


@given(st.sampled_from(AGENTS), st.integers(1, 5000), st.sampled_from(UNITS), st.sampled_from(PERS), st.sampled_from(UNITS))
@settings(max_examples=60, deadline=None)
def test_an_amount_is_the_same_in_every_unit(agent: str, number: int, unit: tuple[str, float], per: str, other: tuple[str, float]) -> None:
    """5 g/m2 asked as 5000 mg/m2 asks the same number of the base unit."""
    from decimal import Decimal

    from posolog.atlas.query import condition

    same = Decimal(number) * Decimal(str(unit[1])) / Decimal(str(other[1]))
    one = condition(parse(f"{agent} {number} {unit[0]}{per}")[0])
    two = condition(parse(f"{agent} {same:f} {other[0]}{per}")[0])
    assert one == two


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from([*AGENTS, "3", "mg", "/kg", ">=", "any", "90Y", "on", "days", "-6", "to", ";", "IV", "every", "12", "hours", "'", '"', "%", "?", "$1", "--"]), max_size=9).map(" ".join)))
@settings(max_examples=300, deadline=None)
@example("any 90Y >= 300 MBq/m2; '); DROP TABLE statements; --")
def test_no_query_ends_in_a_traceback(words: str) -> None:
    """Either it is understood, and then its SQL holds nothing that was typed, or QUERY-UNREAD names what was not."""
    from posolog.atlas.query import condition

    try:
        terms = parse(words)
    except Refusal as refused:
        assert {finding.code for finding in refused.findings} == {"QUERY-UNREAD"}
        return
    for term in terms:
        sql, values = condition(term)
        assert sql.count("?") == len(values)
        assert "'" not in sql.replace("'exact'", "").replace("'levels'", "")


@given(st.sampled_from(["json", "xml", "text"]), st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
@example("xml", b'<?xml version="1.0" encoding="nonsense"?><clinical_study/>')
@example("json", b'{"text": "' + b"\\ud800" + b'"}')
def test_no_bytes_break_the_parser(kind: str, data: bytes) -> None:
    record, findings = parse_item(Item("x", kind, data))
    assert record is not None or findings


@given(st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12)), lambda s: st.one_of(st.lists(s, max_size=3), st.dictionaries(st.sampled_from(["protocolSection", "identificationModule", "nctId", "armsInterventionsModule", "armGroups", "label", "interventions", "name", "descriptionModule", "briefSummary", "text", "outcomesModule", "primaryOutcomes", "measure"]), s, max_size=4)), max_leaves=12))
@settings(max_examples=150, deadline=None)
def test_no_json_breaks_the_rows(value: object) -> None:
    found = Rows()
    read_item(Item("x", "json", json.dumps({"protocolSection": value}).encode()), found)
    assert "TEXT-FAILED" not in {row["code"] for row in found.findings}


@given(st.lists(st.integers(0, 400), max_size=30))
@settings(max_examples=50, deadline=None)
def test_chunks_hold_every_item_once_in_order(sizes: list[int]) -> None:
    given_items = [Item(f"x:{n}", "text", b"a" * size * 1000) for n, size in enumerate(sizes)]
    cut = list(chunks(iter(given_items)))
    assert [item for chunk in cut for item in chunk.items] == given_items
    assert [chunk.index for chunk in cut] == list(range(len(cut)))
    assert len({chunk.name for chunk in cut}) == len(cut)
