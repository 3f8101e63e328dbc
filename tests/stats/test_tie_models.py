import csv

import numpy as np
import pytest
from tests.shared_data import SHARED, requires_shared

from benchwright.errors import NoPower
from benchwright.stats.count_cube import count_cube
from benchwright.stats.tie_models import DAVIDSON, FIVE_POINT, RAO_KUPPER, TieModel, fit_tie_model, grounded_model


def drawn(model: TieModel, strength: np.ndarray, extra: list[float], rows: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    n = len(strength)
    a = rng.integers(0, n, rows)
    b = (a + rng.integers(1, n, rows)) % n
    chances = model.probabilities(strength[a], strength[b], np.array(extra))
    assert np.allclose(chances.sum(axis=1), 1)
    outcome = (rng.random(rows)[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    return count_cube(a, b, np.minimum(outcome, len(model.outcomes) - 1), n, n_outcomes=len(model.outcomes))


@requires_shared
@pytest.mark.parametrize(
    ("model", "nll", "name", "value"),
    [(DAVIDSON, 8995.840, "nu", 1.4797), (RAO_KUPPER, 8977.520, "theta", 2.5660)],
    ids=["Davidson", "Rao-Kupper"],
)
def test_published_likelihoods_on_the_llmfao_votes(model: TieModel, nll: float, name: str, value: float) -> None:
    with (SHARED / "votes/llmfao_votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    code = {name: at for at, name in enumerate(sorted({row[s] for row in rows for s in ("model_a", "model_b")}))}
    a = np.array([code[row["model_a"]] for row in rows])
    b = np.array([code[row["model_b"]] for row in rows])
    outcome = np.array([{"a": 0, "tie": 1, "b": 2}[row["winner"]] for row in rows])
    fit = fit_tie_model(count_cube(a, b, outcome, len(code)), model)
    assert -fit.log_likelihood == pytest.approx(nll, abs=6e-4)
    assert fit.parameters[name] == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize(
    ("model", "extra"),
    [
        (RAO_KUPPER, [-0.5]),
        (DAVIDSON, [-0.3]),
        (FIVE_POINT, [-0.5, 0.2]),
        (grounded_model(has_both_good=True), [-0.3, 1.2]),
        (grounded_model(has_both_good=False), [-0.3]),
    ],
    ids=["rao-kupper", "davidson", "five-point", "grounded", "grounded without both_good"],
)
def test_a_model_finds_the_parameters_that_made_the_votes(model: TieModel, extra: list[float]) -> None:
    strength = np.array([1.2, 0.6, 0.3, -0.1, 0.5])
    fit = fit_tie_model(drawn(model, strength, extra, 60_000), model)
    error = np.concatenate([fit.strength - (strength - strength.mean()), fit.extra - extra])
    # Five standard errors: false alarm well under one in a million.
    assert (np.abs(error) < 5 * np.sqrt(np.diag(fit.covariance)) + 1e-9).all()
    if model.is_grounded:
        assert fit.level == pytest.approx(strength.mean(), abs=0.05)


@pytest.mark.parametrize("model", [RAO_KUPPER, DAVIDSON, FIVE_POINT])
def test_the_sandwich_agrees_with_the_model_where_the_model_is_true(model: TieModel) -> None:
    fit = fit_tie_model(drawn(model, np.array([0.8, 0.2, -0.3, -0.7]), [-0.4, 0.1][: len(model.extra)], 40_000), model)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(np.sqrt(np.diag(fit.bread)), rel=0.05)


def test_a_side_effect_is_found() -> None:
    rng = np.random.default_rng(1)
    a = rng.integers(0, 4, 20_000)
    b = (a + rng.integers(1, 4, 20_000)) % 4
    left = rng.random(20_000) < 0.4
    outcome = np.where(left, 0, rng.integers(0, 3, 20_000))
    fit = fit_tie_model(count_cube(a, b, outcome, 4), RAO_KUPPER, side=True)
    assert fit.parameters["side"] > 0.5
    mirrored = fit_tie_model(count_cube(b, a, 2 - outcome, 4), RAO_KUPPER, side=True)
    assert mirrored.parameters["side"] == pytest.approx(-fit.parameters["side"], abs=1e-7)


@pytest.mark.parametrize("model", [RAO_KUPPER, DAVIDSON])
@pytest.mark.parametrize("kind", [0, 1])
def test_votes_without_ties_or_with_nothing_else_are_refused(model: TieModel, kind: int) -> None:
    cube = np.zeros((3, 3, 3))
    cube[0, 1, kind] = cube[1, 2, kind] = cube[2, 0, kind] = 5
    with pytest.raises(NoPower, match="and there are none"):
        fit_tie_model(cube, model)


@pytest.mark.parametrize("model", [RAO_KUPPER, DAVIDSON])
def test_an_undefeated_model_stays_finite(model: TieModel) -> None:
    cube = np.zeros((3, 3, 3))
    cube[0, 1, 0] = cube[0, 2, 0] = 6
    cube[1, 2] = [2, 3, 2]
    fit = fit_tie_model(cube, model)
    assert fit.is_map.all()
    assert 0.5 < fit.strength[0] < 10
    assert np.isfinite(fit.covariance).all()


@pytest.mark.parametrize("model", [RAO_KUPPER, DAVIDSON])
def test_a_side_that_always_goes_with_one_model_is_refused(model: TieModel) -> None:
    cube = np.zeros((2, 2, 3))
    cube[0, 1] = [5, 3, 4]
    with pytest.raises(NoPower, match="leave `--side` out"):
        fit_tie_model(cube, model, side=True)
