"""Every key that is cited anywhere leads to a work, and every claim says where its value comes from."""

import ast
import csv
from pathlib import Path

import pytest

from posolog import formulary
from posolog.api import check
from posolog.core.because import Cited
from posolog.course.body import SOURCES
from posolog.evidence.shipped import CHECKED, cited, claim, entries, key_of, resolve
from posolog.protocol.files import load, loads

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "posolog"
PROTOCOLS = sorted((ROOT / "protocols").glob("*.yaml"))


def literal_keys() -> set[str]:
    """Keys written in the code: the first argument of Cited, claim and resolve, where it is a plain string."""
    found = set()
    for file in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("Cited", "claim", "resolve") and isinstance(node.args[0].value, str):
                    found.add(node.args[0].value)
    return found


def test_keys_in_the_code_lead_to_works() -> None:
    assert {*literal_keys(), *SOURCES.values()} <= entries().keys()


def test_keys_of_the_formulary_lead_to_works() -> None:
    rows = (*formulary.all_agents(), *formulary.all_limits(), *formulary.all_companions(), *formulary.all_nuclides())
    assert {row.source for row in rows} <= entries().keys()


@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_keys_of_the_shipped_protocols_lead_to_works(path: Path) -> None:
    protocol = load(path).protocol
    cites = [*protocol.cite, *(cite for part in protocol.parts for line in part.lines for cite in line.cite)]
    assert {key_of(cite) for cite in cites} <= entries().keys()
    assert not [finding for finding in check(path) if finding.code == "CITE-UNKNOWN"]


def test_constants_of_dosimetry_are_those_of_the_library() -> None:
    from posolog.dosimetry.constants import NUCLIDES, REFERENCE_MASS_G

    assert NUCLIDES["90Y"].half_life_h == float(claim("icrp-107", "half-life of 90Y").value)
    assert NUCLIDES["111In"].half_life_h == float(claim("icrp-107", "half-life of 111In").value)
    assert NUCLIDES["90Y"].beta_mev == float(claim("own-spectrum", "mean beta energy of 90Y").value)
    for one in resolve("icrp-89").claims:
        assert REFERENCE_MASS_G[one.quantity.removeprefix("mass of the ")][0] == float(one.value)


def test_every_claim_has_a_value_a_source_and_its_state() -> None:
    with (SRC / "evidence" / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 30
    for row in rows:
        assert None not in row and row["key"] in entries(), row
        assert row["value"] and row["unit"] and row["quantity"] and row["checked"] in CHECKED, row
        assert row["checked"] == "unverified" or row["where"] or row["note"], f"where was it read? {row}"
    assert len({(row["key"], row["quantity"]) for row in rows}) == len(rows)
    assert sum(len(entry.claims) for entry in entries().values()) == len(rows)


def test_every_work_says_what_it_is_cited_for_and_whence_its_entry_comes() -> None:
    papers = [entry for entry in entries().values() if entry.reference is not None]
    assert len(papers) >= 40
    for entry in papers:
        assert entry.supports, entry.key
        assert entry.reference is not None and entry.reference.whence, entry.key


def test_keys_are_unique_over_both_files() -> None:
    with (SRC / "evidence" / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = [row["key"] for row in csv.DictReader(file)]
    papers = [entry.key for entry in entries().values() if entry.reference is not None]
    assert len({*sources, *papers}) == len(sources) + len(papers)


def test_an_unread_value_is_never_called_checked() -> None:
    assert all(claim.checked == "unverified" for claim in resolve("chevallier2015").claims)


def test_a_cite_may_name_a_page() -> None:
    assert cited("shen1998, page 1224") == Cited("shen1998", "page 1224")


PROTOCOL = """
protocol: cites
cite: [chevalier2015]
{more}anchors: {{D1: first infusion}}
treatment:
  RIT:
    - give: 90Y-epratuzumab tetraxetan 370 MBq/m2/dose on D1
      cite: [chevallier2015, "mine2020, table 2"]
"""


def test_an_unknown_key_is_a_finding_unless_the_protocol_brings_its_library(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(PROTOCOL.format(more=""), encoding="utf-8")
    found = [finding for finding in check(path) if finding.code == "CITE-UNKNOWN"]
    assert [finding.message.split('"')[1] for finding in found] == ["mine2020", "chevalier2015"]
    assert "Did you mean chevallier2015" in found[1].message

    own = '[{"id": "mine2020", "type": "article-journal", "title": "My study"}]'
    (tmp_path / "own.json").write_text(own, encoding="utf-8")
    path.write_text(PROTOCOL.format(more="references: [own.json]\n"), encoding="utf-8")
    found = [finding for finding in check(path) if finding.code == "CITE-UNKNOWN"]
    assert [finding.message.split('"')[1] for finding in found] == ["chevalier2015"]


def test_cites_are_kept_when_a_protocol_is_written() -> None:
    from posolog.protocol.files import dump

    protocol = loads(PROTOCOL.format(more="references: [own.json]\n")).protocol
    again = loads(dump(protocol)).protocol
    assert (again.cite, again.references) == (("chevalier2015",), ("own.json",))
    assert again.parts[0].lines[0].cite == protocol.parts[0].lines[0].cite


def test_explain_and_plan_show_the_work_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    from posolog.cli.boundary import run

    given = ["--patient", str(ROOT / "examples" / "patient.yaml"), "--anchor", "RIT D1=2027-01-14"]
    assert run(["explain", str(ROOT / "protocols" / "rit-phase1.yaml"), "90Y D8", *given]) == 0
    assert "cited: chevallier2015: Chevallier P, et al. Lancet Haematol 2015" in capsys.readouterr().out.replace(
        "\u00a0", " "
    )
    run(["plan", str(ROOT / "protocols" / "rit-phase1.yaml"), *given])
    assert "rests on: chevallier2013: Chevallier P" in capsys.readouterr().out.replace("\u00a0", " ")


def test_a_work_that_is_not_held_says_what_may_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    from posolog.cli.boundary import run

    assert run(["references", "show", "chevalier2015"]) == 2
    assert "Did you mean chevallier2015" in capsys.readouterr().err
    assert run(["references", "list", "no such work"]) == 2
