"""Survival against R's survival package on the same simulated rows: numbers stored, R not needed.

How the numbers were made stands in the first line of survival.R; R's version in the first line of survival_r.csv.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from tests.second_way.survival_ours import cases

STORED = Path(__file__).with_name("survival_r.csv")
FACTOR = ("weeks zph",)  # R's first row there is a factor's test, which has no counterpart


def stored() -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    lines = [line for line in STORED.read_text("utf-8").splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines):
        case = row["case"].rsplit(" ", 1)[0]
        found[case].append(float(row["value"].replace("NA", "nan")))
    return {case: values[1:] if case.startswith(FACTOR) else values for case, values in found.items()}


EXPECTED = stored()
OURS = dict(cases())


def test_every_stored_case_is_computed() -> None:
    assert set(OURS) == set(EXPECTED)


@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_agrees_with_r(case: str) -> None:
    np.testing.assert_allclose(np.asarray(OURS[case], dtype=float), EXPECTED[case], rtol=1e-9, atol=1e-12)
