"""Normal, t, F, chi-squared and binomial tails; scipy is imported only where needed, for it starts slowly."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

NORMAL_FROM = 100_000.0
"""Degrees of freedom from which t and normal quantiles agree to five digits."""


def two_sided_quantile(confidence: float, degrees_of_freedom: float = np.inf) -> float:
    """Return how many standard errors an interval reaches to either side."""
    upper = 0.5 + confidence / 2
    if degrees_of_freedom >= NORMAL_FROM:
        return NormalDist().inv_cdf(upper)
    from scipy.special import stdtrit

    return float(stdtrit(max(degrees_of_freedom, 1.0), upper))


def lower_tail(x: FloatArray, degrees_of_freedom: float = np.inf) -> FloatArray:
    """Return P(T ≤ x), element by element."""
    if degrees_of_freedom >= NORMAL_FROM:
        cdf = NormalDist().cdf
        return np.array([cdf(value) for value in x.ravel().tolist()], dtype=np.float64).reshape(x.shape)
    from scipy.special import stdtr

    return np.asarray(stdtr(max(degrees_of_freedom, 1.0), x), dtype=np.float64)


def chi_squared_quantile(probability: float, degrees_of_freedom: int) -> float:
    """Return the value that chi-squared stays below with this `probability`."""
    from scipy.special import chdtri

    return float(chdtri(degrees_of_freedom, 1.0 - probability))


def f_tail(x: FloatArray, numerator: float, denominator: FloatArray) -> FloatArray:
    """Return P(X > x) of the F distribution, element by element."""
    from scipy.special import fdtrc

    return np.asarray(fdtrc(numerator, denominator, x), dtype=np.float64)


def binomial_tail(least: int, trials: int, chance: float) -> float:
    """Return the probability of `least` or more successes; exact, and without scipy."""
    if least <= 0:
        return 1.0
    if least > trials or chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    hit, miss, all_ways = math.log(chance), math.log1p(-chance), math.lgamma(trials + 1)
    terms = (
        math.exp(all_ways - math.lgamma(k + 1) - math.lgamma(trials - k + 1) + k * hit + (trials - k) * miss)
        for k in range(least, trials + 1)
    )
    return min(1.0, math.fsum(terms))


def chi_squared_tail(statistic: float, degrees_of_freedom: int) -> float:
    """Return the probability of more than `statistic`; the finite sum for whole degrees of freedom, without scipy.

    Source: Abramowitz & Stegun (1964), 26.4.4 and 26.4.5.
    """
    if statistic <= 0:
        return 1.0
    half = statistic / 2
    if degrees_of_freedom % 2 == 0:
        start, tail = 0.0, 0.0
    else:
        start, tail = 0.5, math.erfc(math.sqrt(half))
    terms = (
        math.exp(-half + (start + k) * math.log(half) - math.lgamma(start + k + 1))
        for k in range(degrees_of_freedom // 2)
    )
    return min(1.0, tail + math.fsum(terms))
