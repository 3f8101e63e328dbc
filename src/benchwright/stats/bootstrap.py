"""Bootstrap of strengths: resample votes, or whole voters or prompts, and refit."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.stats.bradley_terry import fit_bradley_terry
from benchwright.stats.clusters import own_clusters
from benchwright.stats.count_cube import count_cube

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]


def bootstrap_by_vote(
    cube: FloatArray, strength: FloatArray, *, rng: np.random.Generator, resamples: int = 500
) -> FloatArray:
    """Return strengths of `resamples` boards, shape (resamples, n), each from as many votes drawn with replacement.

    Votes of one cell are alike, so a multinomial draw over the cells of the (unweighted) cube is the same bootstrap.
    Source: Efron (1979).
    """
    filled = np.flatnonzero(cube)
    total = round(float(cube.sum()))
    share = cube.ravel()[filled] / cube.sum()
    found = np.empty((resamples, len(strength)))
    for sample in range(resamples):
        drawn = np.zeros(cube.size)
        drawn[filled] = rng.multinomial(total, share)
        found[sample] = _refitted(drawn.reshape(cube.shape), strength)
    return found


def bootstrap_by_cluster(
    a: IntArray,
    b: IntArray,
    relative: IntArray,
    cluster: IntArray,
    strength: FloatArray,
    *,
    rng: np.random.Generator,
    resamples: int = 500,
    weight: FloatArray | None = None,
) -> FloatArray:
    """Return strengths of `resamples` boards, each from as many whole clusters drawn with replacement."""
    _, codes = np.unique(own_clusters(cluster), return_inverse=True)
    n_clusters = int(codes.max()) + 1
    found = np.empty((resamples, len(strength)))
    for sample in range(resamples):
        times = rng.multinomial(n_clusters, np.full(n_clusters, 1.0 / n_clusters)).astype(np.float64)[codes]
        drawn = times if weight is None else times * weight
        cube = count_cube(a, b, relative, len(strength), weight=drawn)
        found[sample] = _refitted(cube, strength)
    return found


def _refitted(cube: FloatArray, strength: FloatArray) -> FloatArray:
    """Return strengths of a resample, each group that its votes connect on the level that it has on the whole board.

    A resample may miss a model, or part one group in two; a model without votes keeps its strength.
    """
    fit = fit_bradley_terry(cube, start=strength, tolerance=1e-6)
    size = np.bincount(fit.component)
    return fit.strength + (np.bincount(fit.component, weights=strength) / size)[fit.component]
