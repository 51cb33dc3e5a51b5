"""`posolog analyse`: what it prints and writes, and that no table however odd ends in a traceback or a silent number."""

import json
from pathlib import Path

import pytest

from posolog.cli.boundary import run
from posolog.report.numbers import estimate, number, p_value, range_of
from posolog.stats.results import Conventions, Estimate

ROOT = Path(__file__).parents[2]
DATA = str(ROOT / "examples" / "follow-up.csv")
BASE = ("analyse", DATA, "--time", "days", "--event", "event")
NAN = float("nan")


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = run([*words])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_tables_conventions_and_purpose_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = printed(capsys, *BASE, "--group", "arm", "--at", "365", "--tau", "700", "--cause", "1")
    assert status == 0
    for words in ("Survival without an event of any code", "Restricted mean to days 700", "Gray's test, code 2", "Cox regression",
                  "Conventions", "Greenwood", "Efron", "converged: ", "not a medical device"):  # fmt: skip
        assert words in out
    assert "nan" not in out.lower().replace("nantes", "")


def test_one_group_and_one_code_need_no_tests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("t;e\n1;1\n2;0\n3;1\n", encoding="utf-8-sig")
    status, out, _ = printed(capsys, "analyse", str(table), "--time", "t", "--event", "e")
    assert status == 0 and "Between groups" not in out and "Gray" not in out and "competing" not in out


def test_json_holds_every_digit_and_no_nan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "out.json"
    status, out, _ = printed(capsys, *BASE, "--group", "arm", "--covariates", "age", "--cause", "1", "-o", str(file))
    assert status == 0 and "every number asked for was found" in out
    held = json.loads(file.read_text("utf-8"), parse_constant=lambda word: pytest.fail(f"{word} in JSON"))
    assert held["rows"] == 80 and len(held["sha256"]) == 64
    assert held["regression"]["conventions"]["ties"] == "Efron"
    assert held["regression"]["conventions"]["last_step"] < 1e-10
    assert len(held["groups"]) == 2 and held["groups"][0]["curve"]["survival"][0] < 1


def test_the_page_stands_alone(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    file = tmp_path / "out.html"
    assert run([*BASE, "--group", "arm", "-o", str(file)]) == 0
    page = file.read_text("utf-8")
    assert page.count("<svg") == 3 and "At risk" in page and "not a medical device" in page
    assert not any(word in page for word in ("<script", 'src="', "@import", "url(http"))
    first = page
    assert run([*BASE, "--group", "arm", "-o", str(file)]) == 0
    assert file.read_text("utf-8") == first


def test_a_figure_alone(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    file = tmp_path / "out.svg"
    assert run([*BASE, "-o", str(file)]) == 0 and file.read_text("utf-8").startswith("<svg")


def test_the_reference_group_turns_the_hazard_ratio_round(capsys: pytest.CaptureFixture[str]) -> None:
    ratios = []
    for reference in ("control", "radioimmunotherapy"):
        file = printed(capsys, *BASE, "--group", "arm", "--reference", reference, "-o", "-")[1]
        line = next(line for line in file.splitlines() if f"(against {reference})" in line)
        ratios.append(float(line.split(")")[1].split("(")[0]))
    assert ratios[0] * ratios[1] == pytest.approx(1, abs=0.002)


def test_rows_left_out_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("t,e,age\n1,1,30\n2,0,NA\n3,1,50\n4,1,\n5,0,45\n6,1,60\n", encoding="utf-8")
    words = ("analyse", str(table), "--time", "t", "--event", "e", "--covariates", "age")
    status, _, err = printed(capsys, *words)
    assert status == 2 and "TABLE-MISSING" in err and "t.csv:3" in err and "t.csv:5" in err
    status, out, _ = printed(capsys, *words, "--leave-out-missing")
    assert "4 rows, 2 left out (missing values)" in out


def test_what_cannot_be_estimated_leaves_with_1_and_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("t,e,x,y\n1,1,1,2\n2,1,1,2\n3,1,1,2\n4,0,0,0\n5,0,0,0\n6,0,0,0\n", encoding="utf-8")
    status, out, _ = printed(capsys, "analyse", str(table), "--time", "t", "--event", "e", "--covariates", "x,y")
    assert status == 1
    assert "separation: the likelihood has no maximum, x towards +infinity" in out
    assert "y is a linear combination of x" in out
    status, out, _ = printed(capsys, "analyse", str(table), "--time", "t", "--event", "y", "--group", "x")
    assert status == 0 or "reason" in out


BAD = {
    "empty": ("", (), "TABLE-CSV"),
    "header only": ("t,e\n", (), "TABLE-CSV"),
    "ragged": ("t,e\n1,1,7\n", (), "TABLE-CSV"),
    "open quote": ('t,e\n"1,1\n', (), "TABLE-CSV"),
    "column twice": ("t,e,t\n1,1,1\n", (), "TABLE-CSV"),
    "column without a name": ("t,e,\n1,1,1\n", (), "TABLE-CSV"),
    "no such column": ("time,e\n1,1\n", (), "TABLE-COLUMN"),
    "word for a time": ("t,e\nfive,1\n", (), "TABLE-VALUE"),
    "decimal comma": ("t;e\n1,5;1\n", (), "TABLE-VALUE"),
    "underscore": ("t,e\n1_000,1\n", (), "TABLE-VALUE"),
    "infinite": ("t,e\ninf,1\n", (), "TABLE-VALUE"),
    "negative": ("t,e\n-1,1\n", (), "TABLE-VALUE"),
    "no code": ("t,e\n1,dead\n2,alive\n", (), "TABLE-VALUE"),
    "half an event": ("t,e\n1,0.5\n", (), "TABLE-VALUE"),
    "negative code": ("t,e\n1,-1\n", (), "TABLE-VALUE"),
    "missing": ("t,e\n1,\n", (), "TABLE-MISSING"),
    "all missing": ("t,e\n1,\n", ("--leave-out-missing",), "TABLE-MISSING"),
    "entry after exit": ("t,e,s\n1,1,2\n", ("--start", "s"), "TABLE-VALUE"),
    "too many groups": ("t,e,g\n" + "".join(f"{k},1,g{k}\n" for k in range(1, 20)), ("--group", "g"), "TABLE-GROUPS"),
    "word among numbers": ("t,e,x\n" + "".join(f"{k},1,{k}\n" for k in range(1, 20)) + "20,1,x\n", ("--covariates", "x"), "TABLE-VALUE"),
    "late landmark": ("t,e\n5,1\n", ("--landmark", "9"), "TABLE-LANDMARK"),
    "unknown cause": ("t,e\n5,1\n", ("--cause", "3"), "OPTION-VALUE"),
    "unknown reference": ("t,e,g\n5,1,a\n6,1,b\n", ("--group", "g", "--reference", "c"), "OPTION-VALUE"),
    "reference alone": ("t,e\n5,1\n", ("--reference", "c"), "OPTION-VALUE"),
    "level": ("t,e\n5,1\n", ("--level", "95"), "OPTION-VALUE"),
    "tau": ("t,e\n5,1\n", ("--tau", "-1"), "OPTION-VALUE"),
    "nan tau": ("t,e\n5,1\n", ("--tau", "nan"), "OPTION-VALUE"),
    "rho": ("t,e\n5,1\n", ("--rho", "nan"), "OPTION-VALUE"),
    "at": ("t,e\n5,1\n", ("--at", "1,x"), "OPTION-VALUE"),
    "ending": ("t,e\n5,1\n", ("-o", "a.docx"), "OUTPUT-KIND"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_tables_and_options_are_findings(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, more, code = BAD[name]
    table = tmp_path / "t.csv"
    table.write_text(text, encoding="utf-8")
    status, out, err = printed(capsys, "analyse", str(table), "--time", "t", "--event", "e", *more)
    assert (status, out) == (2, "") and f"stop {code}:" in err and "Traceback" not in err


ODD = {
    "nobody has an event": "t,e,g\n1,0,a\n2,0,b\n",
    "all at time 0": "t,e,g\n0,1,a\n0,0,b\n",
    "one row": "t,e,g\n5,1,a\n",
    "one row censored at 0": "t,e,g\n0,0,a\n",
    "huge times": "t,e,g\n1e300,1,a\n1e-300,1,b\n",
    "only the second code": "t,e,g\n5,2,a\n6,2,b\n",
    "code 7": "t,e,g\n5,7,a\n6,0,b\n7,7,b\n",
    "one group": "t,e,g\n5,1,a\n6,0,a\n",
}


@pytest.mark.parametrize("more", [(), ("--group", "g"), ("--group", "g", "--strata", "g"), ("--robust", "--covariates", "g", "--tau", "1")])
@pytest.mark.parametrize("name", ODD)
def test_odd_tables_give_an_answer_or_a_reason(
    name: str, more: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(ODD[name], encoding="utf-8")
    status, out, err = printed(capsys, "analyse", str(table), "--time", "t", "--event", "e", *more)
    assert status in (0, 1) and not err and "nan" not in out
    assert [str(w.message) for w in recwarn] == []


def test_numbers_in_words() -> None:
    assert (number(NAN), number(1e-9, 3), number(12.34567, 2)) == ("not known", "1e-09", "12.35")
    assert (estimate(0.5, 0.4, 0.6), estimate(1.0, NAN, NAN), estimate(NAN, NAN, NAN)) == (
        "0.500 (0.400 to 0.600)", "1.000 (no interval)", "not known",
    )  # fmt: skip
    assert (p_value(0.04999), p_value(0.00001), p_value(NAN)) == ("0.0500", "< 0.0001", "not known")
    assert range_of(Estimate(641.0, NAN, 418.0, NAN, Conventions(""))) == "641 (418 to not reached)"
