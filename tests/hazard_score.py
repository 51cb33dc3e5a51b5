"""Prints the hazard score: one line for each accident, replayed by tests/hazards. Run by `make hazards`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

TITLES = {
    1: "course total read as daily dose", 2: "survey of transplant overdoses", 3: "a dash read as a range",
    4: "vinca alkaloid by another route", 5: "caps in mg and in mg/m² mixed", 6: "height and weight swapped",
    7: "infusion rate", 8: "every 6 hours against daily", 9: "basis confused, companion drug missing",
    10: "tenfold error", 11: "weekly drug given daily", 12: "product identity", 13: "radiopharmaceutical orders",
    14: "randomisation list", 15: "overfill of a ready-made bag", 16: "volume arithmetic",
    17: "missing input, stale result",
    18: "day labels", 19: "holes in lock and audit", 20: "alert fatigue",
}  # fmt: skip
LATER = {14: "allocation", 15: "preparation sheets", 19: "the recorded trial"}


class _Tally:
    """Collects the outcome of each replay by its hazard number."""

    def __init__(self) -> None:
        self.outcomes: dict[int, list[bool]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        match = re.search(r"test_h(\d+)_", report.nodeid)
        if match and (report.when == "call" or report.failed):
            self.outcomes.setdefault(int(match[1]), []).append(report.passed)


def main() -> int:
    tally = _Tally()
    folder = Path(__file__).parent / "hazards"
    pytest.main(["-p", "no:terminal", str(folder)], plugins=[tally])
    met = 0
    for number, title in TITLES.items():
        outcomes = tally.outcomes.get(number, [])
        good = bool(outcomes) and all(outcomes)
        met += good
        said = (
            f"{sum(outcomes)} of {len(outcomes)} replays caught" if outcomes else f"waits for {LATER.get(number, '?')}"
        )
        print(f"H{number:<3} {title:42} {said}")
    asked = len(TITLES) - len(LATER)
    print(f"hazard score {met}/{asked} of those that concern reading, checking and planning ({len(LATER)} wait)")
    return 0 if met == asked else 1


if __name__ == "__main__":
    sys.exit(main())
