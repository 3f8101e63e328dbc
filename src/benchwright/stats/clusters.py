"""Covariance when votes share a voter or a prompt: cluster-robust sandwiches, one-way and two-way."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import NoPower

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]

MIN_CLUSTERS = 5
VOTES_FOR_DENSE = 5
"""Votes a cluster from which dense sums beat sparse ones."""
DENSE_CELLS = 1 << 21


@dataclass(frozen=True, eq=False)
class VoteScores:
    """The gradient of every vote's log-likelihood: `on_a` for model a, `on_b` for model b, `extra` for the rest.

    `a`, `b`: (votes,) model codes; `on_a`, `on_b`: (votes,); `extra`: (votes, k) for k further parameters.
    """

    a: IntArray
    b: IntArray
    on_a: FloatArray
    on_b: FloatArray
    extra: FloatArray
    n_models: int

    @property
    def n_parameters(self) -> int:
        """Models and further parameters together."""
        return self.n_models + self.extra.shape[1]


def cluster_meat(scores: VoteScores, cluster: IntArray) -> tuple[FloatArray, int]:
    """Return the sum over clusters of the outer product of their summed scores, times G / (G − 1), and G.

    Code -1 means unknown: such a vote is a cluster of its own. Source: Liang & Zeger (1986).
    """
    codes, n_clusters = _numbered(own_clusters(cluster))
    return _sum_of_squares(scores, codes, n_clusters) * (n_clusters / max(n_clusters - 1, 1)), n_clusters


def two_way_meat(scores: VoteScores, first: IntArray, second: IntArray) -> tuple[FloatArray, int]:
    """Return the meat for two crossed clusterings, and the smaller number of clusters.

    Source: Cameron, Gelbach & Miller (2011), without the subtraction where it would leave a negative variance.
    """
    one, n_one = cluster_meat(scores, first)
    two, n_two = cluster_meat(scores, second)
    left, right = own_clusters(first).astype(np.int64), own_clusters(second).astype(np.int64)
    both, _ = cluster_meat(scores, left * (int(right.max()) + 1) + right)
    return positive_part(one + two - both), min(n_one, n_two)


def count_clusters(cluster: IntArray) -> int:
    """Return the number of clusters, every row of unknown cluster being one of its own."""
    known = cluster[cluster >= 0]
    seen = np.count_nonzero(np.bincount(known)) if len(known) else 0
    return int(seen) + len(cluster) - len(known)


def own_clusters(cluster: IntArray) -> IntArray:
    """Give every row of unknown cluster (-1) a number of its own."""
    unknown = np.flatnonzero(cluster < 0)
    if not unknown.size:
        return cluster
    codes = cluster.astype(np.int64)
    codes[unknown] = int(cluster.max()) + 1 + np.arange(len(unknown))
    return codes


def refuse_few_clusters(count: int, what: str) -> None:
    """Raise `NoPower` below `MIN_CLUSTERS` clusters: no interval from so few has a known coverage."""
    if count < MIN_CLUSTERS:
        raise NoPower(
            f"{count} {what}s are too few for intervals clustered by {what} (at least {MIN_CLUSTERS} are needed); "
            f"collect votes from more {what}s, or take per-vote intervals with `--intervals vote`, which are too narrow"
        )


def positive_part(matrix: FloatArray) -> FloatArray:
    """Return the nearest positive semidefinite matrix: negative eigenvalues become 0."""
    values, vectors = np.linalg.eigh(0.5 * (matrix + matrix.T))
    if values[0] >= 0:
        return matrix
    return (vectors * np.maximum(values, 0.0)) @ vectors.T


def _numbered(cluster: IntArray) -> tuple[IntArray, int]:
    """Return the same clusters numbered from 0 without gaps, and their count."""
    if not len(cluster):
        return cluster, 0
    if int(cluster.max()) > 4 * len(cluster):
        names, codes = np.unique(cluster, return_inverse=True)
        return codes, len(names)
    seen = np.bincount(cluster) > 0
    return (np.cumsum(seen) - 1)[cluster], int(seen.sum())


def _sum_of_squares(scores: VoteScores, codes: IntArray, n_clusters: int) -> FloatArray:
    if len(codes) < VOTES_FOR_DENSE * n_clusters:
        return _sparse_sum_of_squares(scores, codes, n_clusters)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=n_clusters))
    size = scores.n_parameters
    total = np.zeros((size, size))
    step = max(1, DENSE_CELLS // size)
    start = 0
    for first in range(0, n_clusters, step):
        last = min(first + step, n_clusters)
        rows = order[start : ends[last - 1]]
        start = int(ends[last - 1])
        place = (codes[rows] - first) * size
        cells = (last - first) * size
        sums = np.bincount(place + scores.a[rows], weights=scores.on_a[rows], minlength=cells)
        sums += np.bincount(place + scores.b[rows], weights=scores.on_b[rows], minlength=cells)
        for column in range(scores.extra.shape[1]):
            at = place + scores.n_models + column
            sums += np.bincount(at, weights=scores.extra[rows, column], minlength=cells)
        by_cluster = sums.reshape(last - first, size)
        total += by_cluster.T @ by_cluster
    return total


def _sparse_sum_of_squares(scores: VoteScores, codes: IntArray, n_clusters: int) -> FloatArray:
    """The same for many small clusters, most of whose sums are 0."""
    # Imported late: most votes never come here.
    from scipy.sparse import coo_matrix

    votes, extra = len(codes), scores.extra.shape[1]
    rows = np.concatenate([codes, codes, np.repeat(codes, extra)])
    columns = np.concatenate(
        [scores.a, scores.b, np.tile(np.arange(scores.n_models, scores.n_parameters), votes)], dtype=np.int32
    )
    values = np.concatenate([scores.on_a, scores.on_b, scores.extra.ravel()])
    sums = coo_matrix((values, (rows, columns)), shape=(n_clusters, scores.n_parameters)).tocsr()
    return np.asarray((sums.T @ sums).todense())
