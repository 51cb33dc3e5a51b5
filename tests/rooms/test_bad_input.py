"""Bad input: a finding that says what and where, exit status 2, never a traceback, and nothing written is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROTOCOL = ROOT / "protocols" / "set-haplo.yaml"
PATIENT = ROOT / "examples" / "patient.yaml"
PLAN = ("plan", str(PROTOCOL), "--patient", str(PATIENT))
D0 = ("--anchor", "D0=2027-01-14")

UNKNOWN_UNIT = """\
protocol: X
anchors: {D0: graft transfusion}
treatment:
  chemotherapy:
    - give: thiotepa 5 blob/kg/day on D-13
"""
EVENTS = "datetime,event\n2027-01-10,graft transfusion\n"

# The file's content (None: no file; "folder": a folder), the finding's code.
FILES: dict[str, tuple[bytes | str | None, str]] = {
    "missing.yaml": (None, "FILE-MISSING"),
    "missing.txt": (None, "FILE-MISSING"),
    "latin.yaml": (b"protocol: \xe9t\xe9\n", "FILE-NOT-UTF8"),
    "latin.txt": (b"th\xe9rapie", "FILE-NOT-UTF8"),
    "broken.yaml": (b"protocol: [x\n", "YAML-BROKEN"),
    "empty.yaml": (b"", "YAML-BROKEN"),
    "empty.txt": (b" \n", "FILE-EMPTY"),
    "binary.yaml": (b"\x00\xff\x13\x37" * 50, "FILE-NOT-UTF8"),
    "binary.txt": (b"a\x00b", "FILE-NOT-TEXT"),
    "unit.yaml": (UNKNOWN_UNIT.encode(), "UNIT-UNKNOWN"),
    "folder.yaml": ("folder", "FILE-UNREADABLE"),
    "folder.txt": ("folder", "FILE-UNREADABLE"),
}
REQUESTS: dict[str, tuple[tuple[str, ...], str]] = {
    "bad date": (("--anchor", "D0=2027-13-14"), "DATE-UNREADABLE"),
    "no date": (("--anchor", "D0"), "OPTION-VALUE"),
    "two dates": ((*D0, "--anchor", "D0=2027-01-15"), "ANCHOR-TWICE"),
    "unknown anchor": (("--anchor", "X=2027-01-14"), "ANCHOR-UNKNOWN"),
    "record against anchor": ((*D0, "--events", "events.csv", "--now", "2027-01-20"), "ANCHOR-CONTRADICTORY"),
    "unknown arm": ((*D0, "--arm", "blue"), "ARM-UNKNOWN"),
    "choice without value": ((*D0, "--choose", "x"), "OPTION-VALUE"),
    "unknown choice": ((*D0, "--choose", "x=y"), "CHOICE-UNKNOWN"),
    "two choices": ((*D0, "--choose", "bsa=Boyd", "--choose", "bsa=Mosteller"), "CHOICE-TWICE"),
    "unknown zone": ((*D0, "--zone", "Mars"), "ZONE-UNKNOWN"),
    "bad now": ((*D0, "--now", "soon"), "DATE-UNREADABLE"),
    "no events": ((*D0, "--events", "missing.csv"), "FILE-UNREADABLE"),
    "unknown output": ((*D0, "-o", "plan.doc"), "OUTPUT-KIND"),
    "no such folder": ((*D0, "-o", "nowhere/plan.html"), "OUTPUT-UNWRITABLE"),
    "output is a folder": ((*D0, "-o", "folder.html"), "OUTPUT-UNWRITABLE"),
}


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = "from posolog.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=cwd, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def refused(done: subprocess.CompletedProcess[str], code: str) -> None:
    """One finding with that code, status 2, and nothing else."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""
    assert [line.split()[1].rstrip(":") for line in done.stderr.splitlines() if line.startswith("stop ")] == [code]
    assert "  next: " in done.stderr


# `read` takes texts: what is wrong inside a protocol file is not its question.
ASKED = [(name, verb) for name in FILES for verb in ("check", "read", "plan") if verb != "read" or not name.endswith(".yaml")]


@pytest.mark.parametrize(("name", "command"), ASKED)
def test_a_bad_file_is_one_finding(name: str, command: str, tmp_path: Path) -> None:
    content, code = FILES[name]
    if content == "folder":
        (tmp_path / name).mkdir()
    elif isinstance(content, bytes):
        (tmp_path / name).write_bytes(content)
    rest = ("--patient", str(PATIENT)) if command == "plan" else ()
    done = run(command, name, *rest, cwd=tmp_path)
    refused(done, code)
    assert name in done.stderr


@pytest.mark.parametrize("name", REQUESTS)
def test_a_bad_request_is_one_finding(name: str, tmp_path: Path) -> None:
    options, code = REQUESTS[name]
    (tmp_path / "events.csv").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "folder.html").mkdir()
    refused(run(*PLAN, *options, cwd=tmp_path), code)


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "FILE-UNREADABLE"), (b"", "PATIENT-YAML"), (b"\xff\xfe", "FILE-NOT-UTF8"), (b"a: [", "PATIENT-YAML"),
     (b"patient: P\nweight: heavy\n", "PATIENT-VALUE")],
)  # fmt: skip
def test_a_bad_patient_file_is_one_finding(content: bytes | None, code: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "p.yaml").write_bytes(content)
    refused(run("plan", str(PROTOCOL), "--patient", "p.yaml", *D0, cwd=tmp_path), code)


@pytest.mark.parametrize("words", [("formulary", "zzzz"), ("finding", "NO-SUCH"), ("finding", "../../README")])
def test_an_unknown_name_is_one_finding(words: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2 and done.stderr.startswith("stop ") and "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("plan",), ("nonsense",), ("check", "--bogus", "x")])
def test_a_mistyped_command_is_explained(words: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2 and "Usage:" in done.stderr and "Traceback" not in done.stderr


def test_an_existing_plan_survives_a_failed_request(tmp_path: Path) -> None:
    out = tmp_path / "plan.html"
    out.write_text("before", encoding="utf-8")
    assert run(*PLAN, "--anchor", "D0=soon", "-o", str(out), cwd=tmp_path).returncode == 2
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.html"]
