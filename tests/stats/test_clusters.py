import numpy as np
import pytest

from benchwright.errors import NoPower
from benchwright.stats.clusters import (
    VoteScores,
    cluster_meat,
    count_clusters,
    positive_part,
    refuse_few_clusters,
    two_way_meat,
)


def scores(rows: int = 300, n: int = 5, k: int = 2, seed: int = 0) -> VoteScores:
    rng = np.random.default_rng(seed)
    a = rng.integers(0, n, rows)
    b = (a + rng.integers(1, n, rows)) % n
    r = rng.normal(size=rows)
    return VoteScores(a, b, r, -r, rng.normal(size=(rows, k)), n)


def by_hand(given: VoteScores, cluster: np.ndarray) -> np.ndarray:
    total = np.zeros((given.n_parameters, given.n_parameters))
    for code in np.unique(cluster):
        sums = np.zeros(given.n_parameters)
        for row in np.flatnonzero(cluster == code):
            sums[given.a[row]] += given.on_a[row]
            sums[given.b[row]] += given.on_b[row]
            sums[given.n_models :] += given.extra[row]
        total += np.outer(sums, sums)
    count = len(np.unique(cluster))
    return total * count / (count - 1)


def test_the_meat_is_the_sum_of_squared_cluster_sums() -> None:
    given = scores()
    cluster = np.random.default_rng(1).integers(0, 17, 300)
    meat, count = cluster_meat(given, cluster)
    assert count == 17
    assert np.abs(meat - by_hand(given, cluster)).max() < 1e-9


def test_a_vote_of_an_unknown_voter_is_a_cluster_of_its_own() -> None:
    given = scores()
    cluster = np.random.default_rng(1).integers(-1, 8, 300)
    split = cluster.copy()
    split[cluster < 0] = 100 + np.arange((cluster < 0).sum())
    assert np.abs(cluster_meat(given, cluster)[0] - by_hand(given, split)).max() < 1e-9
    assert count_clusters(cluster) == len(np.unique(split))


def test_two_way_is_one_plus_the_other_minus_both() -> None:
    given = scores()
    rng = np.random.default_rng(2)
    one, two = rng.integers(0, 30, 300), rng.integers(0, 12, 300)
    meat, count = two_way_meat(given, one, two)
    expected = by_hand(given, one) + by_hand(given, two) - by_hand(given, one * 12 + two)
    assert count == 12
    assert np.abs(meat - expected).max() < 1e-8


def test_a_negative_variance_becomes_zero_and_the_rest_stays() -> None:
    assert positive_part(np.diag([2.0, -1.0])).tolist() == [[2.0, 0.0], [0.0, 0.0]]
    assert positive_part(np.diag([2.0, 1.0])).tolist() == [[2.0, 0.0], [0.0, 1.0]]


def test_fewer_than_five_clusters_are_refused() -> None:
    with pytest.raises(NoPower, match="4 voters are too few"):
        refuse_few_clusters(4, "voter")
    refuse_few_clusters(5, "voter")
