"""Online Elo ratings, for comparison only: they depend on the order of the votes, and this shows how much."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]

MAX_UPDATES = 2_000_000


@dataclass(frozen=True, eq=False)
class EloRatings:
    """Ratings after the votes in their own order, and the standard deviation and range over other orders."""

    rating: FloatArray
    spread: FloatArray
    low: FloatArray
    high: FloatArray
    orders: int


def online_elo(a: IntArray, b: IntArray, score: FloatArray, n_models: int, *, k: float = 4.0) -> FloatArray:
    """Return ratings around 1000 after updating vote by vote with step `k`. Source: Elo (1978)."""
    rating = [1000.0] * n_models
    for first, second, won in zip(a.tolist(), b.tolist(), score.tolist(), strict=True):
        expected = 1.0 / (1.0 + 10.0 ** ((rating[second] - rating[first]) / 400.0))
        move = k * (won - expected)
        rating[first] += move
        rating[second] -= move
    return np.array(rating)


def elo_over_orders(
    a: IntArray, b: IntArray, score: FloatArray, n_models: int, *, rng: np.random.Generator, k: float = 4.0
) -> EloRatings:
    """Rate in the given order and in shuffled ones (3 to 50 of them, at most about two million updates)."""
    rating = online_elo(a, b, score, n_models, k=k)
    orders = int(np.clip(MAX_UPDATES // max(len(a), 1), 3, 50))
    shuffled = np.empty((orders, n_models))
    for order in range(orders):
        rows = rng.permutation(len(a))
        shuffled[order] = online_elo(a[rows], b[rows], score[rows], n_models, k=k)
    every = np.vstack([rating, shuffled])
    return EloRatings(rating, every.std(axis=0, ddof=1), every.min(axis=0), every.max(axis=0), orders)
