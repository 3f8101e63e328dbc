import numpy as np
import pytest

from benchwright.errors import NoPower
from benchwright.stats import clusters
from benchwright.stats.clusters import (
    VoteScores,
    cluster_meat,
    count_clusters,
    overlapping_meat,
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
    n, size = given.n_models, given.n_parameters
    of_all = np.zeros(size)
    for row in range(len(cluster)):
        of_all[given.a[row]] += 1
        of_all[given.b[row]] += 1
        of_all[n:] += 1
    total = np.zeros((size, size))
    for code in np.unique(cluster):
        sums, votes = np.zeros(size), np.zeros(size)
        for row in np.flatnonzero(cluster == code):
            sums[given.a[row]] += given.on_a[row]
            sums[given.b[row]] += given.on_b[row]
            sums[n:] += given.extra[row]
            votes[given.a[row]] += 1
            votes[given.b[row]] += 1
            votes[n:] += 1
        sums /= np.sqrt(1 - votes / of_all)
        total += np.outer(sums, sums)
    return total


def test_the_meat_is_the_sum_of_squared_cluster_sums() -> None:
    given = scores()
    cluster = np.random.default_rng(1).integers(0, 17, 300)
    found = cluster_meat(given, cluster)
    assert found.count.tolist() == [17]
    assert np.abs(found.meat - by_hand(given, cluster)).max() < 1e-9


def test_equal_clusters_get_the_usual_factor_and_degrees_of_freedom() -> None:
    a, b = np.tile([0, 1], 30), np.tile([1, 2], 30)
    residual = np.random.default_rng(3).normal(size=60)
    cluster = np.repeat(np.arange(6), 10)
    found = cluster_meat(VoteScores(a, b, residual, -residual, np.zeros((60, 0)), 3), cluster)
    sums = np.zeros((6, 3))
    np.add.at(sums, (cluster, a), residual)
    np.add.at(sums, (cluster, b), -residual)
    assert np.abs(found.meat - sums.T @ sums * 6 / 5).max() < 1e-12
    assert found.degrees_of_freedom == 5


def test_a_cluster_with_half_of_the_votes_leaves_few_degrees_of_freedom() -> None:
    given = scores(rows=2000)
    cluster = np.where(np.arange(2000) % 2 == 0, 0, np.arange(2000) % 100)
    found = cluster_meat(given, cluster)
    assert found.count[0] > 50
    assert 3 < found.overall[0] < 4.5
    assert found.degrees_of_freedom == found.overall[0] - 1


def test_sparse_and_dense_sums_agree_under_weights() -> None:
    rng = np.random.default_rng(5)
    plain = scores(rows=400)
    given = VoteScores(plain.a, plain.b, plain.on_a, plain.on_b, plain.extra, plain.n_models, rng.uniform(0.2, 3, 400))
    cluster = rng.integers(0, 90, 400)
    sparse = cluster_meat(given, cluster)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clusters, "VOTES_FOR_DENSE", 0)
        dense = cluster_meat(given, cluster)
    assert np.abs(sparse.meat - dense.meat).max() < 1e-9
    assert np.abs(sparse.effective - dense.effective).max() < 1e-9


def test_a_vote_of_an_unknown_voter_is_a_cluster_of_its_own() -> None:
    given = scores()
    cluster = np.random.default_rng(1).integers(-1, 8, 300)
    split = cluster.copy()
    split[cluster < 0] = 100 + np.arange((cluster < 0).sum())
    assert np.abs(cluster_meat(given, cluster).meat - by_hand(given, split)).max() < 1e-9
    assert count_clusters(cluster) == len(np.unique(split))


def test_two_way_is_one_plus_the_other_minus_both() -> None:
    given = scores()
    rng = np.random.default_rng(2)
    one, two = rng.integers(0, 30, 300), rng.integers(0, 12, 300)
    found = two_way_meat(given, one, two)
    expected = by_hand(given, one) + by_hand(given, two) - by_hand(given, one * 12 + two)
    assert found.count.tolist() == [30, 12]
    assert np.abs(found.meat - expected).max() < 1e-8


def test_votes_in_several_clusters_multiply_with_all_that_share_one() -> None:
    given = scores(rows=60)
    row, group = np.arange(60), np.arange(60) % 3
    members = np.array([[1.0, 0, 0], [1, 1, 0], [0, 0, 1]])
    of_row = np.zeros((60, given.n_parameters))
    of_row[row, given.a] += given.on_a
    of_row[row, given.b] += given.on_b
    of_row[:, given.n_models :] = given.extra
    is_shared = (members @ members.T > 0)[np.ix_(group, group)]
    found = overlapping_meat(given, group, members)
    assert found.meat == pytest.approx(1.5 * of_row.T @ is_shared @ of_row)
    assert found.count.tolist() == [3]
    alone = overlapping_meat(given, group, np.eye(3))
    assert alone.effective == pytest.approx(cluster_meat(given, group).effective)
    assert alone.overall == pytest.approx(cluster_meat(given, group).overall)


def test_a_negative_variance_becomes_zero_and_the_rest_stays() -> None:
    assert positive_part(np.diag([2.0, -1.0])).tolist() == [[2.0, 0.0], [0.0, 0.0]]
    assert positive_part(np.diag([2.0, 1.0])).tolist() == [[2.0, 0.0], [0.0, 1.0]]


def test_fewer_than_five_clusters_are_refused() -> None:
    with pytest.raises(NoPower, match="4 voters are too few"):
        refuse_few_clusters(4, "voter")
    refuse_few_clusters(5, "voter")
