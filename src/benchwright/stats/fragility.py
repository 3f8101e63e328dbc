"""Fragility: how few votes must go for two models to change places, and how many more would tell them apart."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from benchwright.stats.bradley_terry import StrengthFit, fit_bradley_terry, sigmoid

FloatArray = NDArray[np.float64]

ROUNDS = 3
ROUNDING = 1e-9


@dataclass(frozen=True)
class Fragility:
    """`removed` votes are enough to swap two models (found and verified by a refit; fewer may do)."""

    removed: int | None
    """`None` where no removal of up to half of the votes was found."""
    share: float | None


def votes_to_swap(cube: FloatArray, fit: StrengthFit, better: int, worse: int) -> Fragility:
    """Return how few votes suffice to put `worse` above `better` when they are removed.

    Votes are removed in order of their influence on the gap (one Newton step, all votes of a cell being alike), the
    count is found by halving, every candidate is verified by an exact refit, and influences are renewed around the
    best removal found. An upper bound (on boards small enough to try every removal it is nearly always the minimum).
    Source: Broderick, Giordano & Meager (2020); Huang et al. (2025) for rankings.
    """
    total = float(cube.sum())
    limit = int(total // 2)
    best: int | None = None
    strength, bread = fit.strength, fit.bread
    for _ in range(ROUNDS):
        order, influence = _by_influence(cube, strength, bread, better, worse)
        counts = cube.ravel()[order]
        helpful = int(counts[influence > 0].sum())
        high = min(limit, helpful, best - 1 if best is not None else limit)
        if high < 1 or not _is_swapped(cube, order, high, fit.strength, better, worse):
            break
        low = 0
        middle = _linear_guess(influence, counts, float(fit.strength[better] - fit.strength[worse]))
        while high - low > 1:
            middle = min(max(middle, low + 1), high - 1)
            if _is_swapped(cube, order, middle, fit.strength, better, worse):
                high, middle = middle, middle - max(1, middle // 16)
            else:
                low, middle = middle, middle + max(1, middle // 16)
            # Two steps around the guess bracket it; from there on by halves.
            if high - low <= max(2, high // 8) or low == middle - 1:
                middle = (low + high) // 2
        best = high
        refit = fit_bradley_terry(_without(cube, order, high), start=fit.strength, tolerance=1e-6)
        strength, bread = refit.strength, refit.bread
    return Fragility(best, None if best is None else best / total)


def _by_influence(
    cube: FloatArray, strength: FloatArray, bread: FloatArray, better: int, worse: int
) -> tuple[NDArray[np.intp], FloatArray]:
    """Return the filled cells, the most influential first, and how much one vote of each adds to the gap."""
    direction = bread[better] - bread[worse]
    p = sigmoid(strength[:, None] - strength[None, :])
    pull = direction[:, None] - direction[None, :]
    influence = np.stack([(score - p) * pull for score in (1.0, 0.5, 0.0)], axis=2).ravel()
    filled = np.flatnonzero(cube.ravel() > 0)
    order = filled[np.argsort(-influence[filled], kind="stable")]
    return order, influence[order]


def _linear_guess(influence: FloatArray, counts: FloatArray, gap: float) -> int:
    """Return how many votes close the gap if their influences simply add up."""
    closed = np.cumsum(influence * counts)
    cell = int(np.searchsorted(closed, gap))
    if cell >= len(counts):
        return int(counts.sum() // 2)
    before = float(closed[cell - 1]) if cell else 0.0
    return int(counts[:cell].sum() + np.ceil((gap - before) / max(float(influence[cell]), 1e-12)))


def _without(cube: FloatArray, order: NDArray[np.intp], removed: int) -> FloatArray:
    left = cube.ravel().copy()
    before = np.concatenate([[0.0], np.cumsum(left[order])[:-1]])
    left[order] -= np.clip(removed - before, 0.0, left[order])
    return left.reshape(cube.shape)


def _is_swapped(
    cube: FloatArray, order: NDArray[np.intp], removed: int, start: FloatArray, better: int, worse: int
) -> bool:
    fit = fit_bradley_terry(_without(cube, order, removed), start=start, tolerance=1e-6)
    same = fit.component[better] == fit.component[worse]
    # An exact tie is no swap, whichever way rounding tips it.
    return bool(same and fit.strength[worse] > fit.strength[better] + ROUNDING)


def votes_to_separate(
    gap: float, variance: float, *, confidence: float = 0.95, power: float = 0.8, inflation: float = 1.0
) -> int | None:
    """Return how many more direct votes would probably (`power`) show a gap of this size, if it is the true one.

    `variance` is that of the estimated gap, `inflation` how much more one vote varies than the model says (clusters).
    `None` where the gap is 0. A direct vote adds p(1 − p) of information on the gap.
    """
    if not gap:
        return None
    needed = (gap / (NormalDist().inv_cdf(0.5 + confidence / 2) + NormalDist().inv_cdf(power))) ** 2
    if variance <= needed:
        return 0
    p = float(sigmoid(np.array([gap]))[0])
    return int(np.ceil((1.0 / needed - 1.0 / variance) * inflation / (p * (1.0 - p))))
