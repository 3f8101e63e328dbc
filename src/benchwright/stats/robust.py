"""Weights against lopsided data: a cap on one voter's weight, and inverse propensities for pairs drawn unevenly."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]

MIN_PROPENSITY = 1e-12


def cap_weights(voter: IntArray, cap: float) -> FloatArray:
    """Return a weight a vote, so that no voter counts for more than `cap` votes; unknown voters (-1) count 1 a vote."""
    known = voter >= 0
    counts = np.bincount(voter[known]) if known.any() else np.zeros(1)
    weight = np.ones(len(voter))
    weight[known] = np.minimum(1.0, cap / counts[voter[known]])
    return weight


def propensity_weights(propensity: FloatArray) -> FloatArray:
    """Return 1 / propensity, scaled to mean 1: votes as if every pair had been drawn alike. Source: Hájek (1971)."""
    weight = 1.0 / np.maximum(propensity, MIN_PROPENSITY)
    return weight / weight.mean()


def effective_size(weight: FloatArray) -> float:
    """Return how many equal votes say as much as these weighted ones. Source: Kish (1965)."""
    return float(weight.sum() ** 2 / (weight**2).sum())
