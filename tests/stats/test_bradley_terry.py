import csv

import evalica
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.shared_data import SHARED, requires_shared

from benchwright.stats.bradley_terry import ELO_PER_LOGIT, fit_bradley_terry, sigmoid
from benchwright.stats.count_cube import components, count_cube, fold_sides, is_connected_both_ways


def evalica_strengths(a, b, relative, n: int) -> np.ndarray:
    names = [f"m{i:03d}" for i in range(n)]
    winners = np.array([evalica.Winner.X, evalica.Winner.Draw, evalica.Winner.Y], dtype=object)[relative]
    result = evalica.bradley_terry(
        [names[i] for i in a], [names[i] for i in b], list(winners), tolerance=1e-13, limit=100_000
    )
    scores = np.log(result.scores.reindex(names).to_numpy())
    return scores - scores.mean()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_strengths_equal_evalica_wherever_the_mle_exists(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 7))
    rows = data.draw(st.integers(n, 80))
    seed = data.draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    a = rng.integers(0, n, rows)
    b = (a + rng.integers(1, n, rows)) % n
    relative = data.draw(hnp.arrays(np.int8, rows, elements=st.integers(0, 2)))
    cube = count_cube(a, b, relative, n)
    wins, ties = fold_sides(cube)
    assume(is_connected_both_ways(wins + ties > 0))
    fit = fit_bradley_terry(cube)
    assert not fit.is_map.any()
    # Near-separated data make the oracle itself stop early.
    assume(np.abs(fit.strength).max() < 6)
    gap = np.abs(fit.strength - evalica_strengths(a, b, relative, n)).max() * ELO_PER_LOGIT
    assert gap < 1e-4


@given(seed=st.integers(0, 10_000), n=st.integers(2, 6), rows=st.integers(1, 30))
@settings(max_examples=80, deadline=None)
def test_any_votes_end_in_finite_strengths(seed: int, n: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    a = rng.integers(0, n, rows)
    b = (a + rng.integers(1, n, rows)) % n
    fit = fit_bradley_terry(count_cube(a, b, rng.integers(0, 3, rows), n))
    assert np.isfinite(fit.strength).all()
    assert np.isfinite(fit.covariance).all()
    assert (np.diag(fit.covariance) >= 0).all()
    for group in range(fit.component.max() + 1):
        assert abs(fit.strength[fit.component == group].sum()) < 1e-8


def test_the_order_and_the_side_of_votes_do_not_matter() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 4, 200), rng.integers(4, 8, 200)
    relative = rng.integers(0, 3, 200)
    shuffled = rng.permutation(200)
    one = fit_bradley_terry(count_cube(a, b, relative, 8))
    two = fit_bradley_terry(count_cube(b[shuffled], a[shuffled], 2 - relative[shuffled], 8))
    assert np.abs(one.strength - two.strength).max() < 1e-10
    assert np.abs(one.covariance - two.covariance).max() < 1e-10


def test_the_fit_makes_expected_wins_equal_the_wins_seen() -> None:
    rng = np.random.default_rng(4)
    a = rng.integers(0, 5, 300)
    b = (a + rng.integers(1, 5, 300)) % 5
    cube = count_cube(a, b, rng.integers(0, 3, 300), 5)
    wins, ties = fold_sides(cube)
    fit = fit_bradley_terry(cube)
    p = sigmoid(fit.strength[:, None] - fit.strength[None, :])
    expected = ((wins + wins.T + ties) * p).sum(axis=1)
    assert np.abs(expected - (wins + 0.5 * ties).sum(axis=1)).max() < 1e-8


@requires_shared
def test_published_values_on_the_llmfao_votes() -> None:
    with (SHARED / "votes/llmfao_votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row[side] for row in rows for side in ("model_a", "model_b")})
    code = {name: position for position, name in enumerate(names)}
    cube = count_cube(
        np.array([code[row["model_a"]] for row in rows]),
        np.array([code[row["model_b"]] for row in rows]),
        np.array([{"a": 0, "tie": 1, "b": 2}[row["winner"]] for row in rows]),
        len(names),
    )
    fit = fit_bradley_terry(cube)
    rating = 1000 + ELO_PER_LOGIT * fit.strength
    assert rating[code["GPT 4"]] == pytest.approx(1172.13, abs=0.005)
    assert -fit.log_likelihood == pytest.approx(5743.3817, abs=5e-5)
    with (SHARED / "votes/llmfao_evalica_scores.csv").open(encoding="utf-8", newline="") as file:
        published = pd.DataFrame(csv.DictReader(file)).query("algorithm == 'bradley_terry'").set_index("item")["score"]
    logs = np.log(published.reindex(names).astype(float).to_numpy())
    assert np.abs(logs - logs.mean() - fit.strength).max() * ELO_PER_LOGIT < 0.05


def test_an_undefeated_model_is_finite_and_less_sure_than_its_residuals_say() -> None:
    # Model 0 beats 1 ten times; 1 and 2 are even.
    a = np.array([0] * 10 + [1] * 10)
    b = np.array([1] * 10 + [2] * 10)
    relative = np.array([0] * 10 + [0, 2] * 5)
    fit = fit_bradley_terry(count_cube(a, b, relative, 3))
    assert fit.is_map.all()
    assert 1 < fit.strength[0] < 6
    assert fit.covariance[0, 0] >= fit.bread[0, 0] - 1e-12


def test_two_groups_that_never_met_are_centred_apart() -> None:
    a = np.array([0, 1, 0, 2, 3])
    b = np.array([1, 0, 1, 3, 2])
    cube = count_cube(a, b, np.array([0, 0, 1, 0, 0]), 4)
    fit = fit_bradley_terry(cube)
    wins, ties = fold_sides(cube)
    assert components(wins + wins.T + ties).tolist() == [0, 0, 1, 1]
    assert fit.covariance[0, 2] == 0
    assert fit.strength[0] + fit.strength[1] == pytest.approx(0)


def test_all_ties_rate_everyone_alike() -> None:
    cube = count_cube(np.array([0, 1, 2]), np.array([1, 2, 0]), np.array([1, 1, 1]), 3)
    fit = fit_bradley_terry(cube)
    assert np.abs(fit.strength).max() < 1e-12
    assert not fit.is_map.any()


def test_the_prior_converges_as_fast_as_the_likelihood() -> None:
    cube = np.zeros((4, 4, 3))
    cube[0, 1, 0] = cube[0, 2, 0] = 9
    cube[1, 2] = [2, 1, 3]
    cube[2, 3] = [1, 1, 1]
    fit = fit_bradley_terry(cube)
    assert fit.is_map.all()
    assert fit.iterations < 15
