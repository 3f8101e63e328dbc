"""Rank ranges: which ranks the data allow a model, one model at a time and for all at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

DRAWS = 4000
MAX_CELLS = 1 << 25
"""Upper bound on draws × pairs, so that 1,000 models still end within a second or two."""


@dataclass(frozen=True, eq=False)
class RankRanges:
    """Ranks from 1. `low`/`high` hold for one model at a time, `low_all`/`high_all` for all models together."""

    low: IntArray
    high: IntArray
    low_all: IntArray
    high_all: IntArray
    p_best: FloatArray


def rank_ranges(
    strength: FloatArray,
    covariance: FloatArray,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
    degrees_of_freedom: float = np.inf,
) -> RankRanges:
    """Return for every model the ranks that pairwise differences cannot exclude.

    A model is surely behind those that beat it by more than the critical value times the standard error of the
    difference. The critical value is the quantile of the largest studentised difference, over its own pairs (one model
    at a time) or over all pairs (all at once), from normal draws with this covariance (t where degrees are few).
    Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Inference for ranks.
    """
    n = len(strength)
    if n < 2:
        one = np.ones(n, dtype=np.intp)
        return RankRanges(one, one, one, one, np.ones(n))
    draws = int(np.clip(MAX_CELLS // (n * n), 400, DRAWS))
    noise = rng.standard_normal((draws, n)) @ _root(covariance).T
    tail = np.ones(draws)
    if np.isfinite(degrees_of_freedom):
        tail = np.sqrt(rng.chisquare(degrees_of_freedom, draws) / degrees_of_freedom)
    variance = np.diag(covariance)
    se = np.sqrt(np.maximum(variance[:, None] + variance[None, :] - 2 * covariance, 0.0))
    inverse_se = np.divide(1.0, se, out=np.zeros_like(se), where=se > 0)
    largest = np.empty((draws, n))
    for model in range(n):
        largest[:, model] = (np.abs(noise[:, model, None] - noise) * inverse_se[model]).max(axis=1) / tail
    own = np.quantile(largest, confidence, axis=0)
    every = np.quantile(largest.max(axis=1), confidence)
    gap = strength[:, None] - strength[None, :]
    best = np.argmax(strength + noise / tail[:, None], axis=1)
    low, high = _range(gap, se * own[:, None])
    low_all, high_all = _range(gap, se * every)
    return RankRanges(low, high, low_all, high_all, np.bincount(best, minlength=n) / draws)


def _range(gap: FloatArray, margin: FloatArray) -> tuple[IntArray, IntArray]:
    surely_better = (gap < -margin).sum(axis=1)
    surely_worse = (gap > margin).sum(axis=1)
    return 1 + surely_better, len(gap) - surely_worse


def _root(covariance: FloatArray) -> FloatArray:
    """Return a square root of a covariance that may be singular."""
    values, vectors = np.linalg.eigh(covariance)
    return vectors * np.sqrt(np.maximum(values, 0.0))
