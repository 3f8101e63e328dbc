"""Normal, t, F and chi-squared tails; scipy is imported only where needed, for it starts slowly."""

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
