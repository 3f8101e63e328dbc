"""Count votes into a cube: first model × second model × (win, tie, loss), all that a plain fit needs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]

CHUNK = 1 << 18
"""Rows that are looked at together: small enough for the cache, large enough to hide Python."""


def count_cube(
    a: IntArray,
    b: IntArray,
    outcome: IntArray,
    n_models: int,
    *,
    n_outcomes: int = 3,
    weight: FloatArray | None = None,
) -> FloatArray:
    """Return `cube[i, j, k]`: the (weighted) number of rows with a = i, b = j and outcome k.

    Shape (n, n, `n_outcomes`); with three, k is 0 win, 1 tie, 2 loss of a.
    Reads the rows in chunks, so that 20 million of them need no second copy.
    """
    size = n_models * n_models * n_outcomes
    cube = np.zeros(size)
    for start in range(0, len(a), CHUNK):
        rows = slice(start, start + CHUNK)
        cell = a[rows].astype(np.intp)
        cell *= n_models
        cell += b[rows]
        cell *= n_outcomes
        cell += outcome[rows]
        cube += np.bincount(cell, weights=None if weight is None else weight[rows], minlength=size)
    return cube.reshape(n_models, n_models, n_outcomes)


def fold_sides(cube: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return (wins, ties) without sides: `wins[i, j]` is how often i beat j, `ties[i, j] == ties[j, i]`."""
    wins = cube[:, :, 0] + cube[:, :, 2].T
    ties = cube[:, :, 1] + cube[:, :, 1].T
    return wins, ties


def components(met: FloatArray) -> NDArray[np.intp]:
    """Number the groups of models that met, directly or through others; `met` is symmetric, (n, n).

    The group of most models is 0; of equally many, the one of most votes, then the one of the first model.
    """
    n = len(met)
    edges = met > 0
    label = np.full(n, -1, dtype=np.intp)
    count = 0
    for model in range(n):
        if label[model] < 0:
            label[_reached(edges, model)] = count
            count += 1
    sizes = np.bincount(label, minlength=count)
    votes = np.bincount(label, weights=met.sum(axis=1), minlength=count)
    order = np.lexsort((-votes, -sizes))
    renumber = np.empty(count, dtype=np.intp)
    renumber[order] = np.arange(count)
    return renumber[label]


def is_connected_both_ways(beats: NDArray[np.bool_]) -> bool:
    """Tell whether every model reaches every other along "won or tied against": exactly then the MLE exists.

    Source: L. R. Ford (1957), Solution of a ranking problem from binary comparisons.
    """
    return bool(_reached(beats, 0).all() and _reached(beats.T, 0).all())


def _reached(edges: NDArray[np.bool_], start: int) -> NDArray[np.bool_]:
    seen = np.zeros(len(edges), dtype=bool)
    seen[start] = True
    frontier = seen.copy()
    while frontier.any():
        found = edges[frontier].any(axis=0) & ~seen
        seen |= found
        frontier = found
    return seen
