"""Registry records: what each form gives, that two forms of one trial give one draft, and what a damaged one gives."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from posolog.core.finding import Refusal
from posolog.protocol.files import dump, load
from posolog.protocol.model import Give
from posolog.reader.record import read_record
from posolog.records import Arm, Design, Intervention, Item, Outcome, Passage, Record, documents, items, parse, pick
from posolog.records.current import plain
from posolog.records.xml import read_xml

EXAMPLES = Path(__file__).parents[2] / "examples"
V2, CLASSIC = EXAMPLES / "record.json", EXAMPLES / "record.xml"


def test_both_forms_give_the_same_draft() -> None:
    """The classic form wraps its words at 80 columns with an indent; nothing else may differ."""
    drafts = [read_record(pick(path)[0], document="record").protocol for path in (V2, CLASSIC)]
    assert dump(drafts[0]) == dump(drafts[1])


@pytest.mark.parametrize("path", [V2, CLASSIC, EXAMPLES / "registry.jsonl"], ids=lambda path: path.name)
def test_a_draft_loads_back_and_its_quotes_stand_in_the_record(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    name = path.name if path.suffix != ".jsonl" else f"{path.name}#set-haplo"
    draft = read_record(pick(tmp_path / name)[0], document=name).protocol
    (tmp_path / "draft.yaml").write_text(dump(draft), encoding="utf-8")
    loaded = load(tmp_path / "draft.yaml")
    assert loaded.protocol == draft
    assert {finding.code for finding in loaded.findings} <= {"QUOTE-AMBIGUOUS"}
    assert all(s.start >= 0 for part in loaded.protocol.parts for line in part.lines for s in line.sources)


def test_the_form_fills_the_frame() -> None:
    draft = read_record(pick(V2)[0]).protocol
    assert (draft.name, draft.arms) == ("NCT00000000", ("Cyclophosphamide", "Globulin"))
    assert draft.allocation is not None
    assert (draft.allocation.randomised, draft.allocation.ratio) == (True, "1:1")
    assert draft.allocation.strata == ("disease status", "centre")
    kinds = [criterion.kind for criterion in draft.eligibility]
    assert kinds == ["inclusion"] * 6 + ["exclusion"] * 2
    assert draft.eligibility[0].words == "Minimum Age: 18 Years" and draft.eligibility[2].words == "Age ≥ 18 years"
    first, second, third = draft.endpoints
    assert [(point.number, point.unit) for point in first.at] == [(1, "year"), (2, "year")]
    assert first.after == "transplantation" and second.at[0].number == 100
    assert third.at == () and "up to 2 years" in third.because
    assert "Masking: Single (Outcomes Assessor)" in [note.words for note in draft.notes]


def test_doses_stand_once_with_all_their_quotes_and_in_their_arms() -> None:
    draft = read_record(pick(V2)[0], document="r").protocol
    lines = {(part.arm, line.what.agent): line for part in draft.parts for line in part.lines if isinstance(line.what, Give)}
    shared = lines["", "fludarabine"]
    assert [source.document for source in shared.sources] == ["r, intervention: Fludarabine", "r, detailed description", "r, brief summary"]
    assert ("Cyclophosphamide", "cyclophosphamide") in lines
    unsaid = lines["Globulin", "letermovir"].what
    assert isinstance(unsaid, Give) and unsaid.amount is None


def test_two_fields_that_disagree_are_told() -> None:
    found = {finding.code: finding for finding in read_record(pick(V2)[0]).findings}
    assert "2.5 mg/kg/day" in found["RECORD-DISAGREES"].message and " 5 mg/kg/day" in found["RECORD-DISAGREES"].message
    assert "50 % (brief summary) and 30 % (eligibility criteria)" in found["CUTOFF-DISAGREES"].message


def test_a_signed_day_counts_from_the_graft_and_an_unsigned_one_from_its_own_start() -> None:
    record = Record(
        "x", detailed_description="Busulfan 3.2 mg/kg/day on days -4 and -3. Stem cell graft on day 0.",
        interventions=(
            Intervention("Cyclophosphamide", "Drug", "50 mg/kg/day on days +3 and +5"),
            Intervention("Azacitidine", "Drug", "75 mg/m2/day on days 1 to 7"),
        ),
    )  # fmt: skip
    anchors = {line.what.agent: part.anchor for part in read_record(record).protocol.parts for line in part.lines if isinstance(line.what, Give)}
    assert anchors["busulfan"] == anchors["cyclophosphamide"] == "D0"
    assert anchors["azacitidine"].endswith("D1")


REGIMENS = "Patients get one of the following {n} regimens:\n\n  1. Busulfan 3.2 mg/kg on day 1.\n\n  2. Cytarabine 1 g/m2 on day 1.\n"


@pytest.mark.parametrize(("n", "told"), [("two", False), ("three", True)])
def test_a_count_beside_its_list(n: str, told: bool) -> None:
    found = read_record(Record("x", detailed_description=REGIMENS.format(n=n))).findings
    assert ("ITEM-COUNT" in [finding.code for finding in found]) is told


def test_a_count_in_the_summary_against_the_list_of_the_description() -> None:
    text = (EXAMPLES / "rit-b-all.txt").read_text("utf-8")
    summary = "It is compared with standard care, limited to only three salvage regimens."
    found = [f for f in read_record(Record("x", brief_summary=summary, detailed_description=text)).findings if f.code == "ITEM-COUNT"]
    assert len(found) == 1 and "4 regimens are listed" in found[0].message
    quiet = read_record(Record("x", brief_summary=summary.replace("three", "four"), detailed_description=text)).findings
    assert "ITEM-COUNT" not in [finding.code for finding in quiet]


def test_arms_counted_in_the_prose() -> None:
    record = Record("x", brief_summary="Patients are randomized to one of three arms.", arms=(Arm("A"), Arm("B")))
    assert "ITEM-COUNT" in [finding.code for finding in read_record(record).findings]


def test_a_design_against_its_prose() -> None:
    record = Record("x", brief_summary="Patients are randomized 2:1 to drug or placebo.", design=Design("Non-Randomized"))
    found = read_record(record)
    assert "RECORD-DISAGREES" in [finding.code for finding in found.findings]
    assert found.protocol.allocation is not None and not found.protocol.allocation.randomised


def test_markup_of_the_current_form() -> None:
    assert plain(r"Age \>= 18, 10\^6 cells, 3 mg\kg, &lt; 5 \* 2") == r"Age >= 18, 10^6 cells, 3 mg\kg, < 5 * 2"


def test_documents_are_named_after_their_fields() -> None:
    record = Record("x", "T", arms=(Arm("A", "", "a"), Arm("A", "", "b")), outcomes=(Outcome("primary", "OS", "1 year"),), passages=(Passage("text", "t"),))
    assert [p.field for p in documents(record)] == ["title", "arm: A", "arm: A (2)", "primary outcome 1", "text"]


STUDY = V2.read_text("utf-8")
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><clinical_study><brief_title>&b;</brief_title></clinical_study>'
DAMAGED = {
    "cut.json": STUDY[:500].encode(), "empty.json": b"", "list.json": b"[1, null, \"x\"]", "none.json": b"{}",
    "deep.json": b"[" * 100_000, "nul.txt": b"a\0b", "latin.txt": "µg".encode("latin-1"), "blank.txt": b" \n",
    "open.json": b'{"studies": [{"protocolSection": {}}, {"a', "bomb.xml": LAUGHS, "html.xml": b"<html></html>",
    "cut.xml": CLASSIC.read_bytes()[:700], "deep.xml": b"<a>" * 5000, "no.jsonl": b"{}\n\nnull\n{\"text\": 5}\n",
    "file.xml": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><clinical_study>&x;</clinical_study>',
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_gives_findings(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DAMAGED[name])
    found = [parse(item) for item in items(tmp_path / name)]
    assert found
    assert all(findings for _, findings in found), found
    codes = {finding.code for _, findings in found for finding in findings}
    assert codes <= {"RECORD-UNREADABLE", "RECORD-VALUE", "RECORD-EMPTY"}
    assert not any(record and "ha" in record.title for record, _ in found)


@pytest.mark.parametrize("part", ["identificationModule", "armsInterventionsModule", "eligibilityModule", "designModule", "outcomesModule", "descriptionModule"])
@pytest.mark.parametrize("value", [None, 5, "x", [], [1], {"armGroups": [{"label": 5}, None], "interventions": {}, "briefSummary": ["x"], "designInfo": "x"}])
def test_a_part_of_the_wrong_type_leaves_the_others(part: str, value: object) -> None:
    study = json.loads(STUDY)
    study["protocolSection"][part] = value
    record, findings = parse(Item("x.json", "json", json.dumps(study).encode()))
    assert record is not None and documents(record)
    assert dump(read_record(record, findings=findings).protocol)
    assert {finding.code for finding in findings} <= {"RECORD-VALUE"}


def test_studies_of_a_list_one_by_one(tmp_path: Path) -> None:
    """A list of 40 studies, some longer than others, each whole; strings with brackets and quotes are no structure."""
    studies = [{"id": str(n), "text": "dose } ] \\ \" {" * n * 400, "more": [{"a": [n]}]} for n in range(1, 41)]
    for name, whole in (("a.json", studies), ("b.json", {"totalCount": 40, "studies": studies, "nextPageToken": "x"})):
        path = tmp_path / f"{name}.gz"
        path.write_bytes(gzip.compress(json.dumps(whole).encode()))
        found = [json.loads(item.data) for item in items(path)]
        assert found == studies, name


def test_a_cut_gzip_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n' * 5000)[:60])
    with pytest.raises(Refusal) as refused:
        list(items(tmp_path / "a.jsonl.gz"))
    assert refused.value.findings[0].code == "RECORD-UNREADABLE"


def test_a_trial_is_picked_by_its_number(tmp_path: Path) -> None:
    path = EXAMPLES / "registry.jsonl"
    assert pick(f"{path}#set-haplo")[0].ident == "set-haplo"
    with pytest.raises(Refusal) as several:
        pick(path)
    with pytest.raises(Refusal) as absent:
        pick(f"{path}#NCT99999999")
    assert several.value.findings[0].code == "RECORD-SEVERAL"
    assert absent.value.findings[0].code == "RECORD-UNREADABLE"


def test_lines_of_one_trial_are_one_record(tmp_path: Path) -> None:
    lines = [{"nct_id": "N1", "field": f, "text": f"{f} 5 mg on day 1"} for f in ("busulfan", "melphalan")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    record, _ = pick(tmp_path / "a.jsonl")
    assert [p.field for p in record.passages] == ["busulfan", "melphalan"]
    assert len(read_record(record).fields) == 2


def test_plain_xml_is_read_as_it_stands() -> None:
    assert read_xml(b"<a>x &lt; 5 &#181;g</a>").text == "x < 5 µg"


def test_a_record_without_words_is_told() -> None:
    record, findings = parse(Item("a.json", "json", b'{"protocolSection": {}}'))
    assert record is not None and replace(record, ident="") == Record("")
    assert [finding.code for finding in findings] == ["RECORD-EMPTY"]


@pytest.mark.parametrize("text", ["Buprenorphine 0.4 mg sublingual twice daily.", "Infliximab 5 mg/kg IV at weeks 0, 2 and 6."])
def test_words_that_no_line_can_say_are_a_question_of_the_draft(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text)
    draft = read_record(Record("x", passages=(Passage("text", text),))).protocol
    (line,) = draft.parts[0].lines
    assert line.unsettled and dump(draft)


SAME_AGENT = {
    ("Fludarabine 160 mg/m2.", "Fludarabine 40 mg/m2 on days -6 to -3."): False,  # NCT03198195: a total and its parts
    ("Radiation therapy 50.5 Gy in 28 fractions.", "Radiation therapy 50.4 Gy in 28 fractions."): True,  # NCT03428529
    ("Busulfan 3.2 mg/kg on days -4 and -3.", "Busulfan 0.8 mg/kg on days -9 and -8."): False,  # other days
    ("Gemcitabine 800 mg/m2 on day 1.", "Gemcitabine 10 mg/m2/min on day 1."): False,  # a rate
    ("Busulfan 3.2 mg/kg on day 1.", "Busulfan 0.0032 g/kg on day 1."): False,
}


@pytest.mark.parametrize("said", SAME_AGENT)
def test_what_two_fields_may_say_of_one_agent(said: tuple[str, str]) -> None:
    found = read_record(Record("x", brief_summary=said[0], detailed_description=said[1])).findings
    assert ("RECORD-DISAGREES" in [finding.code for finding in found]) is SAME_AGENT[said]


def test_two_interventions_may_differ_on_purpose() -> None:
    levels = tuple(Intervention(f"Alogliptin {mg}", "Drug", f"{mg} mg once daily") for mg in (12.5, 25))
    assert "RECORD-DISAGREES" not in [finding.code for finding in read_record(Record("x", interventions=levels)).findings]
