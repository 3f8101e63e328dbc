"""Which two models meet next: towards the pairs that tell most about the leaders, with a floor for every pair."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from benchwright.stats.bradley_terry import centred_inverse, fit_bradley_terry, laplacian, sigmoid
from benchwright.stats.count_cube import fold_sides

FloatArray = NDArray[np.float64]

LEADERS = 5
"""How many leaders the active rule is after."""
PRIOR_TIES = 1.0
"""Ties with everybody that each model is given while probabilities are worked out; they never reach a board."""


@dataclass(frozen=True, eq=False)
class PairTable:
    """Every pair of the models in the draw with its probability; `first[k] < second[k]`, `probability` sums to 1."""

    models: tuple[str, ...]
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    probability: FloatArray
    cumulative: FloatArray
    rule: str

    def draw(self, share: float) -> tuple[str, str, float]:
        """Return the pair that `share`, a number in 0..1, falls on, and its probability."""
        at = min(int(np.searchsorted(self.cumulative, share, side="right")), len(self.probability) - 1)
        return self.models[self.first[at]], self.models[self.second[at]], float(self.probability[at])


def pair_table(
    models: tuple[str, ...], cube: FloatArray, *, floor: float, rule: str = "active", leaders: int = LEADERS
) -> PairTable:
    """Return the probabilities of all pairs of `models`, given the votes counted in `cube` (n, n, 3).

    The active rule gives a pair probability in proportion to how much one more vote on it is expected to shrink the
    variance of the differences between models that may be leaders (the A-criterion of optimal design; Σ' from Σ by
    Sherman and Morrison). `floor` of the probability is spread evenly over all pairs.
    """
    n = len(models)
    first, second = np.triu_indices(n, 1)
    even = np.full(len(first), 1.0 / max(len(first), 1))
    if rule == "uniform" or n < 3:
        probability = even
    else:
        gain = _gain(cube, first, second, min(leaders, n))
        probability = floor * even + (1.0 - floor) * gain / gain.sum()
    return PairTable(models, first, second, probability, np.cumsum(probability), rule)


def _gain(cube: FloatArray, first: NDArray[np.intp], second: NDArray[np.intp], leaders: int) -> FloatArray:
    strength, covariance = _belief(cube)
    interest = _leading(strength, covariance, leaders)
    weight = interest[first] * interest[second]
    # Σ d for the difference d of every pair, and what it shares with every other difference.
    columns = covariance[:, first] - covariance[:, second]
    shared = columns[first] - columns[second]
    variance = np.diag(shared)
    chance = sigmoid(strength[first] - strength[second])
    information = chance * (1.0 - chance)
    fall = (weight[:, None] * shared**2).sum(axis=0)
    return information * fall / (1.0 + information * variance) + 1e-15


def _belief(cube: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Strengths and covariance with a light prior, finite for any votes."""
    n = len(cube)
    wins, ties = fold_sides(cube)
    prior = np.zeros((n, n, 3))
    prior[:, :, 1] = PRIOR_TIES / (2.0 * max(n - 1, 1)) * (1.0 - np.eye(n))
    strength = fit_bradley_terry(cube + prior, tolerance=1e-8).strength
    met = wins + wins.T + ties + 2 * prior[:, :, 1]
    chance = sigmoid(strength[:, None] - strength[None, :])
    return strength, centred_inverse(laplacian(met * chance * chance.T), has_gauge=False)


def _leading(strength: FloatArray, covariance: FloatArray, leaders: int) -> FloatArray:
    """About how likely each model is to stand among the first `leaders`, from 0 to 1."""
    deviation = np.sqrt(np.maximum(np.diag(covariance), 1e-12))
    threshold = np.sort(strength)[-leaders - 1 : -leaders + 1 or None].mean() if leaders < len(strength) else -np.inf
    return ndtr((strength - threshold) / deviation)
