"""Coverage of the nominal 95 % in small simulations; the full ones are in benchmarks/ranking.py."""

import numpy as np

from benchwright.stats.bootstrap import bootstrap_by_cluster, bootstrap_by_vote
from benchwright.stats.bradley_terry import fit_bradley_terry, sigmoid
from benchwright.stats.count_cube import count_cube
from benchwright.stats.elo import elo_over_orders, online_elo
from benchwright.stats.rank_ranges import rank_ranges


def draw(rng: np.random.Generator, strength: np.ndarray, votes: int):
    n = len(strength)
    a = rng.integers(0, n, votes)
    b = (a + rng.integers(1, n, votes)) % n
    return a, b, np.where(rng.random(votes) < sigmoid(strength[a] - strength[b]), 0, 2)


def test_per_vote_intervals_cover_with_sixty_votes_on_six_models() -> None:
    rng = np.random.default_rng(0)
    hits = []
    for _ in range(300):
        strength = rng.normal(0, 0.5, 6)
        strength -= strength.mean()
        fit = fit_bradley_terry(count_cube(*draw(rng, strength, 60), 6))
        hits.append(np.abs(fit.strength - strength) <= 1.96 * np.sqrt(np.diag(fit.covariance)))
    assert 0.93 < np.mean(hits) < 0.975


def test_simultaneous_rank_ranges_hold_all_true_ranks() -> None:
    rng = np.random.default_rng(1)
    strength = np.linspace(0.6, -0.6, 8)
    truth = np.arange(1, 9)
    all_hold, each_holds = [], []
    for _ in range(150):
        fit = fit_bradley_terry(count_cube(*draw(rng, strength, 1500), 8))
        found = rank_ranges(fit.strength, fit.covariance, rng=rng)
        all_hold.append(((found.low_all <= truth) & (truth <= found.high_all)).all())
        each_holds.append((found.low <= truth) & (truth <= found.high))
    assert np.mean(all_hold) >= 0.93
    assert np.mean(each_holds) >= 0.93


def test_the_bootstrap_agrees_with_the_sandwich() -> None:
    rng = np.random.default_rng(2)
    a, b, said = draw(rng, np.array([0.5, 0.2, -0.1, -0.6]), 2000)
    cube = count_cube(a, b, said, 4)
    fit = fit_bradley_terry(cube)
    by_vote = bootstrap_by_vote(cube, fit.strength, rng=rng, resamples=300).std(axis=0)
    by_row = bootstrap_by_cluster(a, b, said, np.arange(2000), fit.strength, rng=rng, resamples=300).std(axis=0)
    expected = np.sqrt(np.diag(fit.covariance))
    assert np.abs(by_vote / expected - 1).max() < 0.15
    assert np.abs(by_row / expected - 1).max() < 0.15


def test_a_resample_without_a_model_moves_no_other() -> None:
    rng = np.random.default_rng(3)
    a, b, said = draw(rng, np.array([0.5, 0.0, -0.5, 0.0]), 900)
    # Model 3 is rated by one voter of many, whom a third of the resamples miss.
    voter = np.where((a == 3) | (b == 3), 0, 1 + np.arange(900) % 300)
    fit = fit_bradley_terry(count_cube(a, b, said, 4))
    drawn = bootstrap_by_cluster(a, b, said, voter, fit.strength, rng=rng, resamples=200)
    assert np.abs(drawn.mean(axis=0) - fit.strength).max() < 0.05
    assert drawn.std(axis=0).max() < 0.3


def test_elo_depends_on_the_order_and_says_so() -> None:
    a, b, score = np.array([0] * 20), np.array([1] * 20), np.array([1.0] * 10 + [0.0] * 10)
    assert online_elo(a, b, score, 2)[0] < 1000 < online_elo(a, b, score[::-1], 2)[0]
    found = elo_over_orders(a, b, score, 2, rng=np.random.default_rng(0))
    assert found.low[0] < found.high[0]
    assert found.rating.sum() == 2000
