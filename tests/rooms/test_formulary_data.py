"""The formulary's files: every row cites a listed source, names are unique, routes are safe."""

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from posolog import formulary
from posolog.evidence.shipped import entries, resolve
from posolog.formulary import names

DATA = Path(formulary.__file__).parent / "data"
TABLES = sorted(path.name for path in DATA.glob("*.csv"))
CHECKED = {
    "agents.csv": {"read", "name", "route", "unverified"},
    "limits.csv": {"read", "unverified"},
    "companions.csv": {"read", "unverified"},
    "nuclides.csv": {"read", "unverified"},
    "regimens.csv": {"read", "unverified"},
    "stems.csv": {"read", "unverified"},
}


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one data file, read here a second time and independently."""
    with (DATA / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sources() -> list[dict[str, str]]:
    """The sources that are no papers, in the evidence room."""
    with (DATA.parents[1] / "evidence" / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_cites_a_key_of_the_library(table: str) -> None:
    assert not [row for row in rows(table) if row["source"] not in entries()]


def test_every_source_is_used_and_described() -> None:
    cited = {row["source"] for table in TABLES for row in rows(table)}
    hazards = {row["key"] for row in sources() if row["key"].startswith("hazard-")}
    claimed = {key for key, entry in entries().items() if entry.claims}
    assert {row["key"] for row in sources()} - cited - hazards - claimed == set()
    assert all(len(row["citation"]) > 20 and row["checked"] in {"yes", "no"} for row in sources())


@pytest.mark.parametrize("table", sorted(CHECKED))
def test_a_row_read_rests_on_a_source_read(table: str) -> None:
    for row in rows(table):
        assert row["checked"] in CHECKED[table], row
        if row["checked"] != "unverified":
            assert resolve(row["source"]).read, row


def test_general_knowledge_is_never_called_read() -> None:
    for table in CHECKED:
        assert not [row for row in rows(table) if row["source"] == "general" and row["checked"] != "unverified"]


@pytest.mark.parametrize("table", TABLES)
def test_no_row_has_too_many_or_too_few_fields(table: str) -> None:
    assert not [row for row in rows(table) if None in row or None in row.values()]


def test_agents_are_many_and_unique() -> None:
    agents = formulary.all_agents()
    assert len(agents) >= 170
    assert len({(agent.inn, agent.formulation) for agent in agents}) == len(agents)
    assert all(agent.agent_class and agent.routes and set(agent.routes) <= set(formulary.ROUTES) for agent in agents)
    kinds = {"drug", "antibody", "radiopharmaceutical", "cells", "radiation"}
    assert {agent.kind for agent in agents} == kinds


def test_vinca_alkaloids_only_intravenously() -> None:
    vincas = [agent for agent in formulary.all_agents() if agent.agent_class == "vinca"]
    assert len(vincas) >= 5
    assert {agent.routes for agent in vincas} == {("IV",)}
    by_stem = {a.inn for a in formulary.all_agents() if a.inn.startswith("vin")}
    assert by_stem == {agent.inn for agent in vincas}


def test_every_inn_finds_itself() -> None:
    for agent in formulary.all_agents():
        assert formulary.find(agent.name).agents == (agent,)
    plain = {agent.inn for agent in formulary.all_agents() if not agent.formulation}
    for agent in formulary.all_agents():
        expected = agent.formulation == "" or agent.inn not in plain
        assert (agent in formulary.find(agent.inn).agents) == expected


def test_synonyms_resolve_to_what_the_file_says() -> None:
    for row in rows("synonyms.csv"):
        match = formulary.find(row["synonym"])
        assert (row["inn"], row["formulation"]) in {(a.inn, a.formulation) for a in match.agents}, row
        assert match.ambiguous == (row["ambiguous"] == "yes"), row


def test_no_name_silently_means_two_things() -> None:
    meanings: dict[str, set[tuple[str, str]]] = {}
    flagged: dict[str, set[str]] = {}
    for row in rows("synonyms.csv"):
        meanings.setdefault(names.key(row["synonym"]), set()).add((row["inn"], row["formulation"]))
        flagged.setdefault(names.key(row["synonym"]), set()).add(row["ambiguous"])
    for name, meant in meanings.items():
        assert flagged[name] == ({"yes"} if len(meant) > 1 else {""}), name
    inns = {names.key(agent.inn) for agent in formulary.all_agents()}
    assert not inns & set(meanings), "a synonym may not be another agent's INN"


def test_name_index_holds_only_names_of_one_meaning() -> None:
    index, several, exact = formulary.name_index(), formulary.ambiguous_names(), formulary.exact_names()
    canonical = {agent.name for agent in formulary.all_agents()}
    assert set(index.values()) <= canonical
    assert not set(index) & set(several)
    assert not {"go", "ida", "bus", "len"} & (set(index) | set(several))
    assert exact["GO"] == ("gemtuzumab ozogamicin",)
    assert all(name == formulary.fold(name) for name in index)


def test_limits_belong_to_agents_and_grow_from_soft_to_hard() -> None:
    held = {(agent.inn, agent.formulation): agent for agent in formulary.all_agents()}
    ceilings: dict[tuple[str, ...], dict[str, list[Decimal]]] = {}
    for limit in formulary.all_limits():
        agent = held[limit.inn, limit.formulation]
        assert limit.value > 0 and limit.hardness in {"hard", "soft"}
        assert limit.kind in {"per_dose", "per_day", "per_week", "per_course", "lifetime"}
        assert limit.route is None or limit.route in agent.routes
        what = (limit.inn, limit.formulation, limit.route or "", limit.kind, limit.unit)
        ceilings.setdefault(what, {}).setdefault(limit.hardness, []).append(limit.value)
    for what, by in ceilings.items():
        if set(by) == {"soft", "hard"}:
            assert max(by["soft"]) <= min(by["hard"]), what
        assert len(by.get("hard", [])) <= 1, what


def test_units_are_the_closed_set() -> None:
    amounts = {"mg", "g", "mcg", "U", "IU", "MBq", "Gy", "cells"}
    for limit in formulary.all_limits():
        amount, _, per = limit.unit.partition("/")
        assert amount in amounts and per in {"", "m2", "kg"}, limit


def test_components_and_companions_are_agents() -> None:
    inns = {agent.inn for agent in formulary.all_agents()}
    for item in formulary.all_regimens():
        assert set(item.components) | set(item.optional) <= inns, item.acronym
        assert formulary.regimen(item.acronym) is item
        assert all(formulary.regimen(other) is item for other in item.also_written)
    for rule in formulary.all_companions():
        assert {rule.inn, rule.companion} <= inns


def test_nuclides_of_agents_are_in_the_table() -> None:
    for agent in formulary.all_agents():
        assert (agent.nuclide is not None) == (agent.kind == "radiopharmaceutical")
        if agent.nuclide is not None:
            assert formulary.nuclide(agent.nuclide).name == agent.nuclide


def test_hours_agree_with_the_printed_half_life() -> None:
    hours = {"min": 1 / 60, "h": 1.0, "d": 24.0, "y": 24 * 365.2422}
    for item in formulary.all_nuclides():
        assert item.half_life_h == pytest.approx(float(item.half_life) * hours[item.unit], rel=1e-6)


def test_known_words_leave_ordinary_words_out() -> None:
    words = formulary.known_words()
    assert len(words) > 20_000
    assert (DATA / "names.txt.gz").stat().st_size < 600_000
    traps = "mg as no same date monitor balance blood air water ten his hip met gold milk beam mel honey cp mmf mpa"
    assert not set(traps.split()) & words
    assert all(sum(char.isalpha() for char in word) >= 5 for word in words)
    assert {"captopril", "epratuzumab", "idarubicine"} <= words


def test_importing_the_room_reads_no_data() -> None:
    code = (
        "import sys, posolog.formulary as f;"
        "assert not {'csv', 'gzip', 'difflib'} & (set(sys.modules) - set(sys.argv[1:]));"
        "assert not f.all_agents.cache_info().currsize"
    )
    bare = subprocess.run(
        [sys.executable, "-c", "import sys, posolog; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    subprocess.run([sys.executable, "-c", code, *bare.stdout.split()], check=True)
