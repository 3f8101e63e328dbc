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

    `a`, `b`: (votes,) model codes; `on_a`, `on_b`: (votes,); `extra`: (votes, k) for k further parameters. `weight`
    is what a vote counts (already in the scores), `None` where all count 1.
    """

    a: IntArray
    b: IntArray
    on_a: FloatArray
    on_b: FloatArray
    extra: FloatArray
    n_models: int
    weight: FloatArray | None = None

    @property
    def n_parameters(self) -> int:
        """Models and further parameters together."""
        return self.n_models + self.extra.shape[1]


@dataclass(frozen=True, eq=False)
class ClusterMeat:
    """The sum of squared cluster scores, how many clusters there are, and how many there are in effect.

    `effective` is one number a way of clustering and parameter, shape (ways, parameters): 1 / the chance that two of
    its votes lie in one cluster. That is the number of clusters where they are alike, 1 where one cluster holds every
    vote, 4 where one of many holds half of them. `overall` is the same for all votes together, `count` the plain
    number, both of shape (ways,).
    """

    meat: FloatArray
    count: IntArray
    effective: FloatArray
    overall: FloatArray

    @property
    def degrees_of_freedom(self) -> float:
        """The smaller number of clusters − 1, less where a few clusters hold most votes; at least 1."""
        return float(max(np.minimum(self.count, self.overall).min() - 1.0, 1.0))

    @property
    def own_degrees_of_freedom(self) -> FloatArray:
        """The same for each parameter by its own votes, never more than for all together; shape (parameters,)."""
        own = self.effective.min(axis=0) - 1.0
        return np.clip(own, 1.0, self.degrees_of_freedom)


def cluster_meat(scores: VoteScores, cluster: IntArray) -> ClusterMeat:
    """Return the sum over clusters of the outer product of their summed scores.

    A cluster pulls the fit towards itself and so hides its own deviation: where it holds the share h of a parameter's
    votes, its score is divided by √(1 − h), which for G equal clusters is the usual factor G / (G − 1).
    Code -1 means unknown: such a vote is a cluster of its own. Sources: Liang & Zeger (1986); Bell & McCaffrey (2002)
    for the correction; Carter, Schnepel & Steigerwald (2017) for effective clusters.
    """
    codes, n_clusters = _numbered(own_clusters(cluster))
    is_sparse = len(codes) < VOTES_FOR_DENSE * n_clusters
    meat, squares = (_sparse_sum_of_squares if is_sparse else _sum_of_squares)(scores, codes, n_clusters)
    weight = np.ones(len(codes)) if scores.weight is None else scores.weight
    every = np.bincount(codes, weights=weight, minlength=n_clusters)
    return ClusterMeat(
        meat=meat,
        count=np.array([n_clusters]),
        effective=_effective(_votes_of(scores, 1), _votes_of(scores, 2), squares)[None, :],
        overall=_effective(weight.sum(keepdims=True), (weight**2).sum(keepdims=True), (every**2).sum(keepdims=True)),
    )


def overlapping_meat(scores: VoteScores, group: IntArray, members: FloatArray) -> ClusterMeat:
    """Return the meat where a vote may lie in several clusters: scores that share any cluster are multiplied.

    `group` (votes,) numbers sets of clusters, `members` (sets, clusters) is 1 where a set holds a cluster. The usual
    factor G / (G − 1) stands for the correction by shares. Source: Cameron, Gelbach & Miller (2011), section 2.4.
    """
    cells, size, n = len(members) * scores.n_parameters, scores.n_parameters, scores.n_models
    weight = np.ones(len(group)) if scores.weight is None else scores.weight
    sums, held = np.zeros(cells), np.zeros(cells)
    columns = [(scores.a, scores.on_a), (scores.b, scores.on_b)]
    columns += [(np.full(len(group), n + at), line) for at, line in enumerate(scores.extra.T)]
    for parameter, score in columns:
        cell = group.astype(np.intp) * size + parameter
        sums += np.bincount(cell, weights=score, minlength=cells)
        held += np.bincount(cell, weights=weight, minlength=cells)
    by_set, votes = sums.reshape(-1, size), held.reshape(-1, size)
    neighbours = (members @ members.T > 0).astype(np.float64)
    every = np.bincount(group, weights=weight, minlength=len(members))
    count = count_overlapping(group, members)
    return ClusterMeat(
        meat=count / max(count - 1, 1) * (by_set.T @ neighbours @ by_set),
        count=np.array([count]),
        effective=_effective(_votes_of(scores, 1), _votes_of(scores, 2), (votes * (neighbours @ votes)).sum(axis=0))[
            None, :
        ],
        overall=_effective(
            weight.sum(keepdims=True), (weight**2).sum(keepdims=True), np.array([every @ neighbours @ every])
        ),
    )


def two_way_meat(scores: VoteScores, first: IntArray, second: IntArray) -> ClusterMeat:
    """Return the meat for two crossed clusterings, with the numbers of clusters of both.

    The difference may have negative eigenvalues: take `positive_part` of the covariance that is made of it.
    Source: Cameron, Gelbach & Miller (2011).
    """
    one, two = cluster_meat(scores, first), cluster_meat(scores, second)
    left, right = own_clusters(first).astype(np.int64), own_clusters(second).astype(np.int64)
    both = cluster_meat(scores, left * (int(right.max()) + 1) + right)
    return ClusterMeat(
        meat=one.meat + two.meat - both.meat,
        count=np.concatenate([one.count, two.count]),
        effective=np.concatenate([one.effective, two.effective]),
        overall=np.concatenate([one.overall, two.overall]),
    )


def count_clusters(cluster: IntArray) -> int:
    """Return the number of clusters, every row of unknown cluster being one of its own."""
    known = cluster[cluster >= 0]
    seen = np.count_nonzero(np.bincount(known)) if len(known) else 0
    return int(seen) + len(cluster) - len(known)


def count_overlapping(group: IntArray, members: FloatArray) -> int:
    """Return the number of clusters that any row lies in."""
    return int(np.count_nonzero(members[np.unique(group)].any(axis=0)))


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


def _sum_of_squares(scores: VoteScores, codes: IntArray, n_clusters: int) -> tuple[FloatArray, FloatArray]:
    """Return the meat, and for every parameter the sum over clusters of its squared (weighted) votes there."""
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=n_clusters))
    size, n = scores.n_parameters, scores.n_models
    total = _votes_of(scores, 1)
    meat, squares = np.zeros((size, size)), np.zeros(size)
    step = max(1, DENSE_CELLS // size)
    start = 0
    for first in range(0, n_clusters, step):
        last = min(first + step, n_clusters)
        rows = order[start : ends[last - 1]]
        start = int(ends[last - 1])
        place = (codes[rows] - first) * size
        cells = (last - first) * size
        at_a, at_b = place + scores.a[rows], place + scores.b[rows]
        sums = np.bincount(at_a, weights=scores.on_a[rows], minlength=cells)
        sums += np.bincount(at_b, weights=scores.on_b[rows], minlength=cells)
        weight = None if scores.weight is None else scores.weight[rows]
        votes = np.bincount(at_a, weights=weight, minlength=cells).astype(np.float64)
        votes += np.bincount(at_b, weights=weight, minlength=cells)
        for column in range(scores.extra.shape[1]):
            at = place + n + column
            sums += np.bincount(at, weights=scores.extra[rows, column], minlength=cells)
            votes += np.bincount(at, weights=weight, minlength=cells)
        held = votes.reshape(last - first, size)
        by_cluster = sums.reshape(last - first, size) * _leverage_factor(held / total)
        meat += by_cluster.T @ by_cluster
        squares += (held**2).sum(axis=0)
    return meat, squares


def _sparse_sum_of_squares(scores: VoteScores, codes: IntArray, n_clusters: int) -> tuple[FloatArray, FloatArray]:
    """The same for many small clusters, most of whose sums are 0."""
    # Imported late: most votes never come here.
    from scipy.sparse import coo_matrix

    votes, extra = len(codes), scores.extra.shape[1]
    rows = np.concatenate([codes, codes, np.repeat(codes, extra)])
    columns = np.concatenate(
        [scores.a, scores.b, np.tile(np.arange(scores.n_models, scores.n_parameters), votes)], dtype=np.int32
    )
    shape = (n_clusters, scores.n_parameters)
    sums = coo_matrix((np.concatenate([scores.on_a, scores.on_b, scores.extra.ravel()]), (rows, columns)), shape=shape)
    weight = np.ones(votes) if scores.weight is None else scores.weight
    held = coo_matrix((np.concatenate([weight, weight, np.repeat(weight, extra)]), (rows, columns)), shape=shape)
    # Both have an entry exactly where a vote lies, in the same order, so their values can be met one by one.
    by_cluster, held = sums.tocsr(), held.tocsr()
    by_cluster.data *= _leverage_factor(held.data / _votes_of(scores, 1)[held.indices])
    squares = np.bincount(held.indices, weights=held.data**2, minlength=scores.n_parameters).astype(np.float64)
    return np.asarray((by_cluster.T @ by_cluster).todense()), squares


def _effective(votes: FloatArray, squared: FloatArray, by_cluster: FloatArray) -> FloatArray:
    """Return 1 / the chance that two votes share a cluster.

    `votes`: sum of weights; `squared`: of squared weights; `by_cluster`: of squared sums a cluster.
    """
    pairs = np.maximum(votes**2 - squared, 0.0)
    together = np.maximum(by_cluster - squared, 0.0)
    # Where no two votes share a cluster there are as many clusters as one likes.
    return np.divide(pairs, together, out=np.full(len(pairs), np.inf), where=together > 1e-9 * pairs)


def _votes_of(scores: VoteScores, power: int) -> FloatArray:
    """Return the sum of weights, to this power, of every parameter's votes."""
    weight = None if scores.weight is None else scores.weight**power
    n, extra = scores.n_models, scores.extra.shape[1]
    by_model = np.bincount(scores.a, weights=weight, minlength=n) + np.bincount(scores.b, weights=weight, minlength=n)
    total = float(len(scores.a) if weight is None else weight.sum())
    return np.concatenate([by_model, np.full(extra, total)]).astype(np.float64)


def _leverage_factor(share: FloatArray) -> FloatArray:
    """Return 1 / √(1 − share); 0 where a cluster holds every vote, whose own score is then 0 and tells nothing."""
    free = 1.0 - share
    return np.sqrt(np.divide(1.0, free, out=np.zeros_like(free), where=free > 1e-9))
