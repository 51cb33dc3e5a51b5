"""Samples drawn from stated seeds, so that R and this program are given the same rows. Run it to write them as CSV."""

import sys
from pathlib import Path

import numpy as np

Columns = dict[str, np.ndarray]


def trial(*, whole_days: bool = True, n: int = 1000) -> Columns:
    """Two arms, relapse (1) and death without relapse (2) competing, exponential, administrative censoring."""
    draw = np.random.default_rng(20260 + n)
    arm, age = draw.integers(0, 2, n), draw.normal(size=n)
    sex, centre = draw.integers(0, 2, n), draw.integers(1, 5, n)
    relapse = draw.exponential(1 / (0.0009 * np.exp(-0.35 * arm + 0.2 * age)))
    death = draw.exponential(1 / (0.0006 * np.exp(0.25 * arm + 0.3 * age + 0.1 * sex)))
    censored = np.minimum(draw.uniform(365, 1460, n), draw.exponential(10000, n))
    time = np.minimum(np.minimum(relapse, death), censored)
    event = np.where(time == censored, 0, np.where(time == relapse, 1, 2))
    if whole_days:
        time = np.maximum(1, np.ceil(time))
    return {"time": time, "event": event, "arm": arm, "age": age, "sex": sex, "centre": centre}


def weeks(n: int = 240) -> Columns:
    """Heavy ties: follow-up in whole weeks 1 to 12, three groups, two strata, delayed entry on some rows."""
    draw = np.random.default_rng(4711)
    group, stratum = draw.integers(0, 3, n), draw.integers(0, 2, n)
    score = np.round(draw.normal(size=n), 2)
    week = np.ceil(draw.exponential(6 * np.exp(-0.3 * group + 0.4 * score + 0.3 * stratum)))
    end = draw.integers(4, 13, n)
    time = np.minimum(week, end)
    entry = np.where(draw.random(n) < 0.4, np.floor(draw.random(n) * time), 0)
    return {
        "time": time, "event": (week <= end).astype(int), "group": group, "stratum": stratum, "score": score,
        "entry": entry,
    }  # fmt: skip


def exposures(n: int = 150) -> Columns:
    """Follow-up in whole days with an exposure that may begin on any day, also on or after the last."""
    draw = np.random.default_rng(815)
    age = np.round(draw.normal(50, 12, n))
    time, exposed = draw.integers(5, 60, n).astype(float), draw.integers(1, 70, n).astype(float)
    exposed[draw.random(n) < 0.4] = np.nan
    exposed[:6] = time[:6]
    return {"time": time, "event": draw.integers(0, 2, n), "exposed": exposed, "age": age}


def write(folder: Path) -> None:
    for name, columns in (
        ("trial", trial()), ("continuous", trial(whole_days=False)), ("weeks", weeks()), ("exposures", exposures()),
    ):  # fmt: skip
        rows = zip(*columns.values(), strict=True)
        lines = [",".join(columns), *(",".join("NA" if v != v else repr(v.item()) for v in row) for row in rows)]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
