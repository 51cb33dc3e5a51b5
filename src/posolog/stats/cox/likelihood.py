"""The partial likelihood of Cox with its derivatives, for tied times by Efron or Breslow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from posolog.stats.cox.rows import CoxRows
from posolog.stats.sample import Floats

Ties = Literal["efron", "breslow"]
CHUNK = 2**16  # rows of one matrix product: bounds the extra memory


@dataclass(frozen=True, slots=True, eq=False)
class AtBeta:
    """Sums at one coefficient vector; r_i = exp(eta_i), and the d_k events tied at k are counted l = 0 .. d_k - 1.

    With c = l/d_k (Efron; 0 for Breslow) and D_kl = S0_k - c E0_k, S over the rows at risk and E over the tied events:
    `inverse` = sum_l 1/D, `inverse_c` = sum_l c/D, `square` = sum_l 1/D^2, `square_c` = sum_l c/D^2,
    `square_cc` = sum_l c^2/D^2, all (m,). `s1`, `e1` (p, m): sums of r x. `risk` (n',).
    """

    loglik: float
    risk: Floats
    s1: Floats
    e1: Floats
    inverse: Floats
    inverse_c: Floats
    square: Floats
    square_c: Floats
    square_cc: Floats

    def is_finite(self) -> bool:
        """Whether the sums are numbers; far out they overflow or vanish."""
        return bool(np.isfinite(self.loglik) and np.isfinite(self.square).all() and np.isfinite(self.square_cc).all())

    def mean_sum(self) -> Floats:
        """sum_l z_kl, z the weighted mean of the covariates: (p, m)."""
        return np.asarray(self.s1 * self.inverse - self.e1 * self.inverse_c)

    def hazard_mean(self) -> tuple[Floats, Floats]:
        """sum_l z_kl/D_kl and sum_l c z_kl/D_kl: (p, m) each."""
        return (
            np.asarray(self.s1 * self.square - self.e1 * self.square_c),
            np.asarray(self.s1 * self.square_c - self.e1 * self.square_cc),
        )


def at_beta(rows: CoxRows, beta: Floats, ties: Ties) -> AtBeta:
    """Log likelihood and sums at `beta` (p,), in units of the standardised columns. O(n p).

    Far out, where a sum over those at risk is 0 in floats, the log likelihood is not finite.

    *Source:* Cox 1972; Breslow 1974; Efron 1977.
    """
    with np.errstate(all="ignore"):
        return _at_beta(rows, beta, ties)


def _at_beta(rows: CoxRows, beta: Floats, ties: Ties) -> AtBeta:
    eta = _centred(rows, beta @ rows.columns)
    risk = np.exp(eta)
    s0 = rows.at_risk_sums(risk)
    s1 = np.stack([rows.at_risk_sums(risk * column) for column in rows.columns])
    d = rows.tied
    if ties == "breslow" or d.size == rows.event.size:
        nothing = np.zeros_like(s0)
        loglik = float(eta[rows.event].sum() - (d * np.log(s0)).sum())
        return AtBeta(loglik, risk, s1, np.zeros_like(s1), d / s0, nothing, d / s0**2, nothing, nothing)
    event_risk = risk[rows.event]
    e0 = rows.event_sums(event_risk)
    e1 = np.stack([rows.event_sums(event_risk * column[rows.event]) for column in rows.columns])
    c = (np.arange(rows.event.size) - rows.begins[rows.event_time]) / d[rows.event_time]
    left = s0[rows.event_time] - c * e0[rows.event_time]
    one = 1 / left
    sums = [rows.event_sums(values) for values in (one, c * one, one * one, c * one * one, c * c * one * one)]
    loglik = float(eta[rows.event].sum() - np.log(left).sum())
    return AtBeta(loglik, risk, s1, e1, *sums)


def _centred(rows: CoxRows, eta: Floats) -> Floats:
    """The linear predictor less its largest value in each stratum: no overflow, and the likelihood is the same."""
    if rows.block is None:
        return np.asarray(eta - eta.max(initial=-np.inf)) if eta.size else eta
    begins = np.flatnonzero(np.diff(rows.block, prepend=-1))
    largest = np.maximum.reduceat(eta, begins)
    return np.asarray(eta - np.repeat(largest, np.diff(begins, append=eta.size)))


def score(rows: CoxRows, at: AtBeta) -> Floats:
    """First derivative (p,): sum over events of x - z."""
    events = np.array([column[rows.event].sum() for column in rows.columns])
    return np.asarray(events - at.mean_sum().sum(axis=1))


def information(rows: CoxRows, at: AtBeta, weight: Floats | None = None) -> Floats:
    """Minus the second derivative (p, p); with `weight` (m,), each event time's share is multiplied by it.

    sum_k S2_k/D_k is summed by row, not by time: r_i x_i x_i' times the hazard that row i passes through.
    That is one matrix product, and no second moments are kept.
    """
    w = np.ones(rows.m) if weight is None else weight
    mass = at.risk * rows.accumulated(w * at.inverse)
    if at.inverse_c.any():
        mass[rows.event] -= at.risk[rows.event] * (w * at.inverse_c)[rows.event_time]
    total = np.zeros((len(rows.columns),) * 2)
    for start in range(0, mass.size, CHUNK):
        part = rows.columns[:, start : start + CHUNK]
        total += (part * mass[start : start + CHUNK]) @ part.T
    cross = (at.s1 * (w * at.square_c)) @ at.e1.T
    return np.asarray(
        total - (at.s1 * (w * at.square)) @ at.s1.T + cross + cross.T - (at.e1 * (w * at.square_cc)) @ at.e1.T
    )


def score_residuals(rows: CoxRows, at: AtBeta) -> Floats:
    """Each row's share of the score (n', p): their sum over all rows is the score.

    *Source:* Therneau and Grambsch 2000, section 4.6 (Breslow), and its appendix for Efron's rule.
    """
    passed = rows.accumulated(at.inverse)
    over, over_c = at.hazard_mean()
    mean = at.mean_sum() / rows.tied
    result = np.empty((passed.size, len(rows.columns)))
    for j, column in enumerate(rows.columns):
        share = -at.risk * (column * passed - rows.accumulated(over[j]))
        tied = at.inverse_c[rows.event_time] * column[rows.event] - over_c[j][rows.event_time]
        share[rows.event] += at.risk[rows.event] * tied + column[rows.event] - mean[j][rows.event_time]
        result[:, j] = share
    return result
