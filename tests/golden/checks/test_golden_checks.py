"""Whole protocols with the exact findings expected; `good/` holds none that stops or asks.

After a wanted change: python tests/golden/checks/test_golden_checks.py
"""

from pathlib import Path

import pytest

from posolog.checks import check
from posolog.core.finding import Severity
from posolog.protocol.files import loads

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.yaml"))


def told(path: Path) -> str:
    """Severity, code, hazard and message of each finding, one a line, with the places below."""
    rows = []
    for finding in check(loads(path.read_text(encoding="utf-8")).protocol):
        rows.append(f"{finding.severity} {finding.code} {finding.hazard}: {finding.message}".replace(" :", ":"))
        rows.append("    at " + ", ".join(place.where for place in finding.places))
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_findings_are_as_expected(path: Path) -> None:
    assert told(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((HERE / "good").glob("*.yaml")), ids=lambda path: path.stem)
def test_good_protocols_raise_no_stop_and_no_question_h20(path: Path) -> None:
    findings = check(loads(path.read_text(encoding="utf-8")).protocol)
    assert [finding.message for finding in findings if finding.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("path", sorted((HERE / "bad").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_finding_names_a_place_with_its_line(path: Path) -> None:
    for finding in check(loads(path.read_text(encoding="utf-8")).protocol):
        assert finding.places, finding.code
        assert all(place.line or place.where in ("notes", "allocation") for place in finding.places), finding.code


if __name__ == "__main__":
    for each in FILES:
        each.with_suffix(".txt").write_text(told(each), encoding="utf-8")
