"""Covariance when votes share a voter or a prompt: cluster-robust sandwiches, one-way and two-way."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import NoPower

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]

MIN_CLUSTERS = 5


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
    codes = own_clusters(cluster)
    _, codes = np.unique(codes, return_inverse=True)
    n_clusters = int(codes.max()) + 1 if len(codes) else 0
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


def _sum_of_squares(scores: VoteScores, codes: IntArray, n_clusters: int) -> FloatArray:
    from scipy.sparse import coo_matrix

    votes, extra = len(codes), scores.extra.shape[1]
    rows = np.concatenate([codes, codes, np.repeat(codes, extra)])
    columns = np.concatenate(
        [scores.a, scores.b, np.tile(np.arange(scores.n_models, scores.n_parameters), votes)], dtype=np.int32
    )
    values = np.concatenate([scores.on_a, scores.on_b, scores.extra.ravel()])
    sums = coo_matrix((values, (rows, columns)), shape=(n_clusters, scores.n_parameters)).tocsr()
    return np.asarray((sums.T @ sums).todense())
