"""Bradley–Terry strengths by exact Newton on the count cube, with a covariance that survives small and bad data."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchwright.stats.count_cube import components, fold_sides, is_connected_both_ways

FloatArray = NDArray[np.float64]

ELO_PER_LOGIT = 400 / np.log(10)
SAFE_STEP = 0.1
"""A full Newton step this small cannot overshoot: the curvature hardly changes along it."""
PRIOR_TIES = 0.5
"""Ties against the mean that each model of a component without a finite MLE is given."""


@dataclass(frozen=True, eq=False)
class StrengthFit:
    """Log strengths with mean 0 in every component, and their covariance.

    `covariance` is that of the centred strengths (its rows sum to 0); models of different components have none.
    `bread` is the generalised inverse of the Hessian: any other sandwich is `bread @ meat @ bread`.
    `is_map` marks models whose component has no finite MLE and is held by the prior.
    """

    strength: FloatArray
    covariance: FloatArray
    bread: FloatArray
    component: NDArray[np.intp]
    is_map: NDArray[np.bool_]
    log_likelihood: float
    iterations: int


def sigmoid(x: FloatArray) -> FloatArray:
    """Return 1 / (1 + e⁻ˣ) without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def log_sigmoid(x: FloatArray) -> FloatArray:
    """Return log(1 / (1 + e⁻ˣ)) without overflow."""
    return -np.logaddexp(0.0, -x)


def fit_bradley_terry(
    cube: FloatArray,
    *,
    squared_cube: FloatArray | None = None,
    start: FloatArray | None = None,
    tolerance: float = 1e-7,
) -> StrengthFit:
    """Fit strengths to a count cube (n, n, 3), ties as half wins, with the per-vote sandwich covariance.

    `squared_cube` holds the sums of squared weights where the cube is weighted. `start` warms a refit.
    The MLE where wins and ties connect a component both ways; else the mode with half a tie against the mean for every
    model of that component. Sources: Bradley & Terry (1952); Huber (1967) for the sandwich; Ford (1957) for existence.
    """
    wins, ties = fold_sides(cube)
    score = wins + 0.5 * ties
    met = wins + wins.T + ties
    label = components(met)
    n = len(met)
    strength = np.zeros(n)
    bread = np.zeros((n, n))
    is_map = np.zeros(n, dtype=bool)
    iterations = 0
    for group in range(int(label.max()) + 1 if n else 0):
        members = np.flatnonzero(label == group)
        if len(members) < 2:
            continue
        block = np.ix_(members, members)
        prior = 0.0 if is_connected_both_ways(score[block] > 0) else PRIOR_TIES
        found, hessian, steps = _newton(
            score[block], met[block], prior, None if start is None else start[members], tolerance
        )
        strength[members] = found
        bread[block] = centred_inverse(hessian, has_gauge=prior > 0)
        is_map[members] = prior > 0
        iterations = max(iterations, steps)
    squared_wins, squared_ties = (wins, ties) if squared_cube is None else fold_sides(squared_cube)
    meat = _meat(strength, squared_wins, squared_ties, is_map)
    gap = strength[:, None] - strength[None, :]
    return StrengthFit(
        strength=strength,
        covariance=widen_held(bread @ meat @ bread, bread, is_map),
        bread=bread,
        component=label,
        is_map=is_map,
        log_likelihood=float((score * log_sigmoid(gap)).sum()),
        iterations=iterations,
    )


def _newton(
    score: FloatArray, met: FloatArray, prior: float, start: FloatArray | None, tolerance: float
) -> tuple[FloatArray, FloatArray, int]:
    """Return strengths, Hessian of the negative log-likelihood and the number of steps, for one component."""
    n = len(score)
    won = score.sum(axis=1)
    played = met.sum(axis=1)
    if start is None:
        # One logit of the smoothed win rate is close enough for Newton to converge in a handful of steps.
        rate = (won + 0.5) / (played + 1.0)
        strength = np.log(rate / (1.0 - rate))
    else:
        strength = start - start.mean()
    # Without a prior only differences are known; any value in this direction leaves the move unchanged.
    gauge = 0.0 if prior else 1.0 / n
    value: float | None = None
    hessian = np.zeros((n, n))
    for step in range(1, 101):
        p = sigmoid(strength[:, None] - strength[None, :])
        gradient = won - (met * p).sum(axis=1)
        curvature = met * p * p.T
        hessian = laplacian(curvature)
        if prior:
            q = sigmoid(strength)
            gradient += prior * (0.5 - q)
            hessian[np.diag_indices(n)] += prior * q * (1.0 - q)
        move = np.linalg.solve(hessian + gauge, gradient)
        size = float(np.abs(move).max())
        if size < SAFE_STEP:
            strength = strength + move
            # Newton squares the error: after a move this small the next one would be below rounding.
            if size < tolerance:
                return strength - strength.mean(), hessian, step
            value = None
            continue
        value = _objective(strength, score, prior) if value is None else value
        scale = min(1.0, 4.0 / size)
        while True:
            tried = strength + scale * move
            tried_value = _objective(tried, score, prior)
            if tried_value >= value - 1e-12 * abs(value) or scale < 1e-6:
                break
            scale *= 0.5
        strength, value = tried, tried_value
    return strength - strength.mean(), hessian, 100


def _objective(strength: FloatArray, score: FloatArray, prior: float) -> float:
    value = float((score * log_sigmoid(strength[:, None] - strength[None, :])).sum())
    if prior:
        value += 0.5 * prior * float((log_sigmoid(strength) + log_sigmoid(-strength)).sum())
    return value


def laplacian(weight: FloatArray) -> FloatArray:
    """Return diag(row sums) − weight: the information of pairwise differences with these weights."""
    matrix = -weight
    matrix[np.diag_indices(len(weight))] = 0.0
    matrix[np.diag_indices(len(weight))] = -matrix.sum(axis=1)
    return matrix


def centred_inverse(hessian: FloatArray, *, has_gauge: bool) -> FloatArray:
    """Return the covariance of centred strengths; without a prior (`has_gauge`) `hessian` is blind to their level."""
    n = len(hessian)
    inverse = np.linalg.inv(hessian if has_gauge else hessian + 1.0 / n)
    centre = np.eye(n) - 1.0 / n
    centred = centre @ inverse @ centre
    return 0.5 * (centred + centred.T)


def _meat(strength: FloatArray, wins: FloatArray, ties: FloatArray, is_map: NDArray[np.bool_]) -> FloatArray:
    """Return the sum over votes of the outer product of their scores, plus the prior's share where it holds."""
    p = sigmoid(strength[:, None] - strength[None, :])
    squares = wins * p.T**2
    meat = laplacian(squares + squares.T + ties * (0.5 - p) ** 2)
    if is_map.any():
        q = sigmoid(strength)
        meat[np.diag_indices(len(meat))] += np.where(is_map, PRIOR_TIES * q * (1.0 - q), 0.0)
    return meat


def widen_held(covariance: FloatArray, bread: FloatArray, is_map: NDArray[np.bool_]) -> FloatArray:
    """Give models held by the prior at least the variance of the posterior.

    An undefeated model has residuals near 0, so a sandwich would call it certain; its posterior does not.
    """
    return covariance if not is_map.any() else at_least(covariance, np.where(is_map, np.diag(bread), 0.0))


def at_least(covariance: FloatArray, variance: FloatArray) -> FloatArray:
    """Scale rows and columns up so that no parameter has less than its `variance`; correlations stay as they are."""
    found = np.diag(covariance)
    short = variance > found
    if not short.any():
        return covariance
    factor = np.sqrt(np.divide(variance, found, out=np.ones(len(found)), where=short & (found > 1e-300)))
    widened = covariance * factor[:, None] * factor[None, :]
    # Scores that are exactly 0 have no correlations to keep.
    np.fill_diagonal(widened, np.where(short, variance, np.diag(widened)))
    return widened
