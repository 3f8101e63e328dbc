"""Many looks at the data: Holm and Benjamini–Hochberg, and what the best of N tries gains by luck alone."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def holm(p: FloatArray) -> FloatArray:
    """Return p values adjusted so that the chance of any false alarm stays below the level. Source: Holm (1979)."""
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Return p values adjusted so that the expected share of false alarms stays below the level. (1995)"""
    order = np.argsort(p, kind="stable")
    stepped = np.minimum.accumulate((p[order] * len(p) / np.arange(1, len(p) + 1))[::-1])[::-1]
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def luck_of_the_best(covariance: FloatArray, *, rng: np.random.Generator, draws: int = 20_000) -> float:
    """Return by how much the largest of several equally good estimates exceeds their common truth, on average.

    `covariance` is that of the estimates, (n, n). For N independent ones of standard error s this is s times the
    expected maximum of N standard normals (2.0 s for N = 27).
    """
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    return float((rng.standard_normal((draws, len(covariance))) @ root.T).max(axis=1).mean())
