"""Fine–Gray and Gray written straight from the definitions: loops over times and rows, no sorting, no running sums."""

from __future__ import annotations

import numpy as np
import pytest

from posolog.stats import fine_gray, gray_test, observed
from posolog.stats.competing.fine_gray_numerics import CensoringTies
from tests.stats_data import tied

DATA = tied(70, seed=77)
X = np.column_stack([DATA.group == 1, DATA.age / 10]).astype(float)


def censoring_survival(t: float, ties: CensoringTies) -> float:
    """G(t-), one factor for each earlier censoring time."""
    g = 1.0
    for u in sorted(set(DATA.time[DATA.event == 0].tolist())):
        if u < t:
            risk = (DATA.time >= u).sum() - (((DATA.time == u) & (DATA.event > 0)).sum() if ties == "finegray" else 0)
            g *= 1 - ((DATA.time == u) & (DATA.event == 0)).sum() / risk
    return g


def weight(j: int, s: float, ties: CensoringTies) -> float:
    """Weight of row j in the risk set at s."""
    if DATA.time[j] >= s:
        return 1.0
    if DATA.event[j] != 2:
        return 0.0
    return censoring_survival(s, ties) / censoring_survival(DATA.time[j], ties)


def slow_fine_gray(ties: CensoringTies) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients, full and naive standard errors, from weights (event times, rows)."""
    n, events = len(DATA.time), np.flatnonzero(DATA.event == 1)
    w = np.array([[weight(j, DATA.time[i], ties) for j in range(n)] for i in events])
    beta = np.zeros(2)
    for _ in range(30):
        r = w * np.exp(X @ beta)
        s0 = r.sum(axis=1)
        mean = r @ X / s0[:, None]
        score = (X[events] - mean).sum(axis=0)
        info = sum(np.einsum("j,ja,jb->ab", r[k], X - mean[k], X - mean[k]) / s0[k] for k in range(len(events)))
        beta = beta + np.linalg.solve(info, score)
    parts = np.zeros((n, 2))
    for k, i in enumerate(events):
        parts[i] += X[i] - mean[k]
        parts -= (X - mean[k]) * (r[k] / s0[k])[:, None]
    parts += slow_censoring_part(w, r, s0, mean, events, ties)
    naive = np.linalg.inv(info)
    return beta, np.sqrt(np.diag(naive @ parts.T @ parts @ naive)), np.sqrt(np.diag(naive))


def slow_censoring_part(
    w: np.ndarray, r: np.ndarray, s0: np.ndarray, mean: np.ndarray, events: np.ndarray, ties: CensoringTies
) -> np.ndarray:
    """psi: Fine and Gray 1999, appendix; event times tied with a censoring time count."""
    parts = np.zeros_like(X)
    for u in sorted(set(DATA.time[DATA.event == 0].tolist())):
        risk = (DATA.time >= u).sum() - (((DATA.time == u) & (DATA.event > 0)).sum() if ties == "finegray" else 0)
        gone = (DATA.event == 2) & (DATA.time < u)
        q = np.zeros(2)
        for k, i in enumerate(events):
            if DATA.time[i] >= u:
                q += ((X - mean[k]) * (r[k] * gone / s0[k])[:, None]).sum(axis=0)
        leaving = (DATA.time == u) & (DATA.event == 0)
        parts += np.outer(leaving / risk - (DATA.time >= u) * leaving.sum() / risk**2, q)
    return parts


@pytest.mark.parametrize("ties", ["crr", "finegray"])
def test_fine_gray(ties: CensoringTies) -> None:
    beta, full, naive = slow_fine_gray(ties)
    fit = fine_gray(observed(DATA.time, DATA.event), X, ties=ties).fit
    assert fit.coef == pytest.approx(beta, rel=1e-9)
    assert fit.se == pytest.approx(full, rel=1e-9)
    assert fit.naive_se == pytest.approx(naive, rel=1e-9)


def slow_gray(time: np.ndarray, event: np.ndarray, group: np.ndarray, rho: float) -> tuple[np.ndarray, np.ndarray]:
    """Score (K,) and variance (K, K), one martingale step after the other."""
    k_all = sorted(set(group.tolist()))
    times = sorted(set(time[event > 0].tolist()))
    survival, free, pooled = {k: 1.0 for k in k_all}, {k: 1.0 for k in k_all}, 0.0
    score, steps, drift = np.zeros(len(k_all)), [], []
    for t in times:
        y = np.array([((group == k) & (time >= t)).sum() for k in k_all], dtype=float)
        d1, d2 = (np.array([((group == k) & (time == t) & (event == c)).sum() for k in k_all]) for c in (1, 2))
        s = np.array([survival[k] for k in k_all])
        u = np.array([a / b if a > 0 else 0.0 for a, b in zip(y, s, strict=True)])
        r = u * np.array([free[k] for k in k_all])
        weight = (1 - pooled) ** rho
        score += weight * (d1 - (r * d1.sum() / r.sum() if r.sum() else 0))
        a = weight * (np.diag(u) - np.outer(u, u) / u.sum())
        jump = d1.sum() / u.sum()
        drift.append(a * jump / (1 - pooled))
        for i, k in enumerate(k_all):
            if y[i]:
                free[k] -= s[i] * d1[i] / y[i]
                survival[k] *= 1 - (d1[i] + d2[i]) / y[i]
        pooled += jump
        steps.append((y, s, u, d1, d2, a, jump, np.array([survival[k] for k in k_all]), 1 - pooled))
    variance = np.zeros((len(k_all), len(k_all)))
    for index, (y, s, u, d1, d2, a, jump, after, alive) in enumerate(steps):
        later = sum(drift[index + 1 :], np.zeros_like(a))
        for i in range(len(k_all)):
            if not y[i]:
                continue
            ratio = alive / after[i] if after[i] > 0 else 0.0
            ties1 = 1 - (d1.sum() - 1) / (u.sum() * s[i] - 1) if d1.sum() > 1 else 1.0
            own = a[:, i] + (1 - ratio) * later[:, i]
            variance += np.outer(own, own) * ties1 * jump / u[i]
            if d2[i] and after[i] > 0:
                ties2 = 1 - (d2[i] - 1) / (y[i] - 1) if d2[i] > 1 else 1.0
                variance += np.outer(later[:, i], later[:, i]) * ratio**2 * ties2 * d2[i] / u[i] ** 2
    return score, variance


@pytest.mark.parametrize("rho", [0.0, 1.0])
def test_gray(rho: float) -> None:
    score, variance = slow_gray(DATA.time, DATA.event, DATA.group, rho)
    found = gray_test(observed(DATA.time, DATA.event, group=DATA.group), rho=rho)
    assert found.score == pytest.approx(score, rel=1e-10)
    assert found.variance == pytest.approx(variance, rel=1e-10)
