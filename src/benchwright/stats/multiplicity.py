"""Many looks at the data: Holm, Benjamini–Hochberg, Welch's test of equal means, the luck of the best of N tries."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchwright.stats.tails import f_tail

FloatArray = NDArray[np.float64]


def holm(p_values: ArrayLike) -> FloatArray:
    """Return p values adjusted so that the chance of any false alarm stays below the level.

    Source: Holm (1979), Scandinavian Journal of Statistics 6:65.
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Return p values adjusted so that the expected share of false alarms stays below the level.

    Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289.
    """
    order = np.argsort(p, kind="stable")
    stepped = np.minimum.accumulate((p[order] * len(p) / np.arange(1, len(p) + 1))[::-1])[::-1]
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def welch_test(value: FloatArray, se: FloatArray, freedom: FloatArray) -> FloatArray:
    """Return p of equal means for every column: `value` and `se` (groups, columns), `freedom` of each group's variance.

    Source: Welch (1951), On the comparison of several mean values.
    """
    groups = len(value)
    weight = 1.0 / se**2
    total = weight.sum(axis=0)
    mean = (weight * value).sum(axis=0) / total
    between = (weight * (value - mean) ** 2).sum(axis=0) / (groups - 1)
    unsure = ((1.0 - weight / total) ** 2 / freedom[:, None]).sum(axis=0)
    statistic = between / (1.0 + 2.0 * (groups - 2) / (groups**2 - 1) * unsure)
    return f_tail(statistic, groups - 1, (groups**2 - 1) / (3.0 * np.maximum(unsure, 1e-9)))


def luck_of_the_best(
    estimates: FloatArray, covariance: FloatArray, *, rng: np.random.Generator, draws: int = 20_000
) -> tuple[float, float]:
    """Return by how much choosing the largest of several estimates flatters it, on average: if all truths are equal,
    and if they differ by as much as the estimates suggest.

    `covariance` is that of the `estimates`, (n, n). For N equal truths and independent errors s the first is s times
    the expected maximum of N standard normals (2.0 s for N = 27). For the second, truths are the estimates shrunk to
    their mean by the method of moments, and the flattery is the mean error of whichever comes out on top.
    Source: Efron (2011), Tweedie's formula and selection bias, for shrinkage as the cure of the winner's curse.
    """
    n = len(estimates)
    values, vectors = np.linalg.eigh(covariance)
    noise = rng.standard_normal((draws, n)) @ (vectors * np.sqrt(np.maximum(values, 0.0))).T
    own = float(np.trace(covariance) / n - covariance.mean()) * n / (n - 1)
    spread = float(estimates.var(ddof=1))
    truth = (estimates - estimates.mean()) * max(1.0 - own / spread, 0.0) if spread else np.zeros(n)
    chosen = np.argmax(truth + noise, axis=1)
    return float(noise.max(axis=1).mean()), float(noise[np.arange(draws), chosen].mean())
