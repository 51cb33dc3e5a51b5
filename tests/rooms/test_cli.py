"""The command line: what each command prints and writes, its exit status, its help and its page of the manual."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from posolog.cli import output
from posolog.cli.app import cli
from posolog.cli.boundary import run
from posolog.cli.work import planning
from posolog.core.finding import Refusal
from posolog.protocol.files import load

ROOT = Path(__file__).parents[2]
PROSE = str(ROOT / "examples" / "set-haplo.txt")
PROTOCOL = str(ROOT / "protocols" / "set-haplo.yaml")
WHO = ("--patient", str(ROOT / "examples" / "patient.yaml"), "--anchor", "D0=2027-01-14", "--now", "2027-01-04")
MANUAL = (ROOT / "docs" / "manual" / "commands.md").read_text(encoding="utf-8")
COMMANDS = sorted(cli.commands.items())


def options() -> Iterator[tuple[str, click.Option]]:
    for name, command in COMMANDS:
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield name, parameter


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_has_help_and_stands_in_the_manual(name: str, command: click.Command) -> None:
    assert command.help and command.help.strip()
    assert f"## {name}" in MANUAL


@pytest.mark.parametrize(("name", "option"), list(options()), ids=lambda value: getattr(value, "name", value))
def test_every_option_has_help_and_stands_in_the_manual(name: str, option: click.Option) -> None:
    assert option.help
    section = MANUAL.split(f"## {name}\n", 1)[1].split("\n## ", 1)[0]
    shared = "Options of `plan`" in section
    where = section + (MANUAL.split("## plan\n", 1)[1].split("\n## ", 1)[0] if shared else "")
    assert all(f"`{word}" in where for word in option.opts), f"{name}: {option.opts}"


def test_help_imports_no_room_that_does_work() -> None:
    code = (
        "import sys; from posolog.cli.boundary import run; run(['--help'])\n"
        "heavy = {'jinja2', 'icalendar', 'ruamel.yaml', 'numpy', 'posolog.reader', 'posolog.course'}"
        " & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_read_writes_a_draft_that_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    assert run(["read", PROSE, "-o", str(draft)]) == 0
    loaded = load(draft)
    assert not [finding for finding in loaded.findings if finding.code.startswith("QUOTE")]
    out = capsys.readouterr()
    assert "CAP-TWO-READINGS" in out.err and "draft" in out.out


def test_read_shows_the_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", PROSE, "--coverage"]) == 0
    out = capsys.readouterr().out
    assert "informative (" in out and out.rstrip().endswith("0 not understood")


def test_check_leaves_with_1_where_something_is_to_settle(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", PROSE]) == 1
    assert "stop CAP-TWO-READINGS" in capsys.readouterr().out


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    run(["check", PROSE, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert {"code", "severity", "message", "next_step", "places", "hazard"} <= found[0].keys()


def test_plan_prints_the_golden_doses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", PROTOCOL, *WHO]) == 0
    out = capsys.readouterr().out.replace("\u00a0", " ")
    for words in (
        "thiotepa 400 mg",
        "cyclophosphamide 772.68 mg",
        "3,090.71 mg",
        "57.95 mg",
        "4,000 mg",
        "busulfan 256 mg",
    ):
        assert words in out


def test_a_plan_from_prose_gives_no_dose_that_a_stop_finding_forbids(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", PROSE, *WHO]) == 1
    out = capsys.readouterr().out
    assert "mycophenolate mofetil no dose" in out
    assert "2,000" not in out and "2,400" not in out


@pytest.mark.parametrize("suffix", [suffix for suffix in planning.SUFFIXES if suffix != ".pdf"])  # tests/e2e
def test_plan_writes_every_kind_of_file(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"plan{suffix}"
    assert run(["plan", PROTOCOL, *WHO, "-o", str(out)]) == 0
    first = out.read_bytes()
    assert run(["plan", PROTOCOL, *WHO, "-o", str(out)]) == 0
    assert len(first) > 1000 and out.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_explain_goes_back_to_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", PROTOCOL, "busulfan D-5", *WHO]) == 0
    out = capsys.readouterr().out
    assert 'read: "Busulfan IV 3.2 mg / kg / day for 2 days (J-5 and J-4)"' in out


def test_explain_of_what_is_not_planned_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", PROTOCOL, "melphalan", *WHO]) == 2
    assert "ACT-NOT-FOUND" in capsys.readouterr().err


def test_diff_of_a_file_with_itself_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", PROTOCOL, PROTOCOL]) == 0
    assert capsys.readouterr().out == "0 changes\n"


def test_diff_names_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "new.yaml"
    text = Path(PROTOCOL).read_text(encoding="utf-8").replace("thiotepa 5 mg/kg/day", "thiotepa 4 mg/kg/day")
    new.write_text(text.replace("../examples/set-haplo.txt", PROSE), encoding="utf-8")
    assert run(["diff", PROTOCOL, str(new)]) == 1
    assert "thiotepa 4 mg/kg/day" in capsys.readouterr().out


def test_formulary_cites_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["formulary", "busulfan"]) == 0
    out = capsys.readouterr().out
    assert "limit (hard)" in out and "Bone Marrow Transplant 2005" in out


def test_finding_shows_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["finding", "anchor-twice"]) == 0
    assert "ANCHOR-TWICE" in capsys.readouterr().out


def test_an_interruption_leaves_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    assert run(["check", PROSE]) == 130


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.html"
    output.write(target, "before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.os, "fsync", full)
    with pytest.raises(Refusal, match="no space left"):
        output.write(target, "after")
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.html"]
