import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchwright.errors import NoPower
from benchwright.stats import style
from benchwright.stats.bradley_terry import fit_bradley_terry, sigmoid
from benchwright.stats.count_cube import count_cube
from benchwright.stats.style import fit_with_covariates


def simulated(rows: int, n: int, k: int, seed: int):
    rng = np.random.default_rng(seed)
    strength = rng.normal(0, 0.7, n)
    a = rng.integers(0, n, rows)
    b = (a + rng.integers(1, n, rows)) % n
    x = rng.normal(size=(rows, k)) * np.linspace(0.5, 2, k)
    p = sigmoid(strength[a] - strength[b] + x @ np.linspace(0.3, -0.2, k))
    u = rng.random(rows)
    score = np.where(u < 0.8 * p, 1.0, np.where(u < 0.8 * p + 0.2, 0.5, 0.0))
    return a, b, score, x


def dense(a, b, score, x, n: int, weight=None, ridge: float = 0.0):
    """Logistic regression on the dummy matrix: the slow, plain way."""
    rows = np.arange(len(a))
    dummies = np.zeros((len(a), n))
    dummies[rows, a] += 1
    dummies[rows, b] -= 1
    z = np.hstack([dummies[:, 1:], x])
    w = np.ones(len(a)) if weight is None else weight
    penalty = np.diag([0.0] * (n - 1) + [ridge] * x.shape[1])
    beta = np.zeros(z.shape[1])
    for _ in range(50):
        p = sigmoid(z @ beta)
        hessian = z.T @ (z * (w * p * (1 - p))[:, None]) + penalty
        beta = beta + np.linalg.solve(hessian, z.T @ (w * (score - p)) - penalty @ beta)
    bread = np.linalg.inv(hessian)
    meat = z.T @ (z * ((w * (score - p)) ** 2)[:, None])
    k = x.shape[1]
    return beta[-k:], np.sqrt(np.diag(bread))[-k:], np.sqrt(np.diag(bread @ meat @ bread))[-k:]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(3, 8), k=st.integers(1, 4), weighted=st.booleans())
def test_coefficients_and_errors_equal_a_dense_logistic_regression(seed: int, n: int, k: int, weighted: bool) -> None:
    a, b, score, x = simulated(1500, n, k, seed)
    weight = np.random.default_rng(seed).random(1500) + 0.2 if weighted else None
    fit = fit_with_covariates(a, b, score, list(x.T), n, weight=weight)
    value, model_se, robust_se = dense(a, b, score, x, n, weight)
    assert np.abs(fit.coefficient - value).max() < 1e-6
    assert np.abs(np.sqrt(np.diag(fit.bread))[n:] - model_se).max() < 1e-6
    assert np.abs(np.sqrt(np.diag(fit.covariance))[n:] - robust_se).max() < 1e-6


def test_many_blocks_and_a_warm_start_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, score, x = simulated(9000, 6, 3, 5)
    whole = fit_with_covariates(a, b, score, list(x.T), 6)
    monkeypatch.setattr(style, "BLOCK", 1000)
    monkeypatch.setattr(style, "WARM_ROWS", 500)
    pieces = fit_with_covariates(a, b, score, list(x.T), 6)
    assert np.abs(whole.coefficient - pieces.coefficient).max() < 1e-8
    assert np.abs(whole.covariance - pieces.covariance).max() < 1e-8


def test_without_covariates_it_is_the_plain_fit() -> None:
    a, b, score, _ = simulated(800, 5, 1, 2)
    plain = fit_bradley_terry(count_cube(a, b, (2 - 2 * score).astype(int), 5))
    fit = fit_with_covariates(a, b, score, [], 5)
    assert np.abs(fit.strength - plain.strength).max() < 1e-7
    assert np.abs(fit.covariance - plain.covariance).max() < 1e-9


def test_nothing_is_shrunk_unless_asked() -> None:
    a, b, score, x = simulated(4000, 5, 1, 8)
    free = fit_with_covariates(a, b, score, list(x.T), 5).coefficient[0]
    shrunk = fit_with_covariates(a, b, score, list(x.T), 5, ridge=1000.0).coefficient[0]
    assert abs(shrunk) < 0.8 * abs(free)


def test_a_covariate_that_separates_the_outcomes_is_refused_by_name() -> None:
    a, b, score, _ = simulated(300, 4, 1, 3)
    with pytest.raises(NoPower, match="`oracle` separates"):
        fit_with_covariates(a, b, np.round(score), [2 * np.round(score) - 1], 4, names=("oracle",))


def test_covariates_that_repeat_one_another_are_refused_by_name() -> None:
    a, b, score, x = simulated(300, 4, 1, 3)
    with pytest.raises(NoPower, match="`words`, `characters` repeat"):
        fit_with_covariates(a, b, score, [x[:, 0], 4 * x[:, 0]], 4, names=("words", "characters"))


def test_a_covariate_that_is_always_0_is_refused_by_name() -> None:
    a, b, score, _ = simulated(300, 4, 1, 3)
    with pytest.raises(NoPower, match="`tables` is 0"):
        fit_with_covariates(a, b, score, [np.zeros(300)], 4, names=("tables",))


def test_an_undefeated_model_is_held_beside_covariates() -> None:
    rng = np.random.default_rng(0)
    a, b = np.array([0] * 30 + [1] * 60), np.array([1] * 30 + [2] * 60)
    score = np.concatenate([np.ones(30), rng.integers(0, 2, 60)]).astype(float)
    fit = fit_with_covariates(a, b, score, [rng.normal(size=90)], 3)
    assert fit.is_map.all()
    assert 1 < fit.strength[0] < 8


def test_a_side_that_always_goes_with_one_model_is_refused() -> None:
    score = np.array([1.0, 0.0, 1.0, 0.5] * 10)
    with pytest.raises(NoPower, match="cannot tell `side` from the strengths"):
        fit_with_covariates(np.zeros(40, int), np.ones(40, int), score, [np.ones(40)], 2, names=("side",))
