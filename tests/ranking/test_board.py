from dataclasses import replace

import numpy as np
import pytest

from benchwright.errors import InputError, NoPower, UnknownName
from benchwright.ranking import FitSettings, fit
from benchwright.records.comparison import Comparisons, Labels


def simulated(rows: int = 400, models: int = 5, seed: int = 0, voters: int = 0) -> Comparisons:
    rng = np.random.default_rng(seed)
    strength = np.linspace(0.8, -0.8, models)
    a = rng.integers(0, models, rows)
    b = (a + rng.integers(1, models, rows)) % models
    p = 1 / (1 + np.exp(strength[b] - strength[a]))
    outcome = np.where(rng.random(rows) < 0.2, "tie", np.where(rng.random(rows) < p, "a", "b"))
    return Comparisons.of(
        [(f"m{i}", f"m{j}", str(o)) for i, j, o in zip(a, b, outcome, strict=True)],
        voters=[f"v{v}" for v in rng.integers(0, voters, rows)] if voters else None,
    )


def test_ratings_centre_on_1000_and_intervals_hold_them() -> None:
    board = fit(simulated())
    assert sum(model.rating for model in board.models) / 5 == pytest.approx(1000)
    assert all(model.low < model.rating < model.high for model in board.models)
    assert [model.rank for model in board.models] == [1, 2, 3, 4, 5]
    assert all(model.rank_low <= model.rank <= model.rank_high for model in board.models)


def test_simultaneous_rank_ranges_are_no_narrower() -> None:
    for model in fit(simulated()).models:
        assert model.rank_low_all is not None
        assert model.rank_high_all is not None
        assert model.rank_low_all <= model.rank_low
        assert model.rank_high_all >= model.rank_high


def test_an_anchor_moves_every_rating_alike() -> None:
    plain, anchored = fit(simulated()), fit(simulated(), FitSettings(anchor=("m2", 1000)))
    by_name = {model.model: model.rating for model in plain.models}
    shifts = [model.rating - by_name[model.model] for model in anchored.models]
    assert np.ptp(shifts) < 1e-6
    assert next(model.rating for model in anchored.models if model.model == "m2") == 1000


def test_an_unknown_anchor_is_an_error_with_a_hint() -> None:
    with pytest.raises(UnknownName, match="did you mean"):
        fit(simulated(), FitSettings(anchor=("m22", 1000)))


def test_an_empty_table_is_an_error() -> None:
    with pytest.raises(InputError, match="no votes"):
        fit(Comparisons.of([]))


def test_the_same_votes_give_the_same_bytes() -> None:
    assert fit(simulated()).model_dump_json() == fit(simulated()).model_dump_json()


def test_one_vote_is_a_board_with_flags_and_wide_intervals() -> None:
    board = fit(Comparisons.of([("x", "y", "a")]))
    first, second = board.models
    assert first.flags == ("undefeated", "regularised", "thin")
    assert second.flags == ("winless", "regularised", "thin")
    assert first.high - first.low > 400
    assert (first.rank_low, first.rank_high) == (1, 2)
    assert "half a tie" in " ".join(board.warnings)


def test_groups_that_never_met_are_ranked_apart() -> None:
    rows = [("a", "b", "a"), ("b", "a", "a"), ("c", "d", "a"), ("d", "c", "a"), ("c", "d", "a")]
    board = fit(Comparisons.of(rows))
    assert sorted((model.component, model.rank) for model in board.models) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert next(pair for pair in board.pairs if (pair.a, pair.b) == ("a", "c")).p_a_better is None
    assert any("never met" in warning for warning in board.warnings)


def test_all_ties_are_flagged_and_equal() -> None:
    board = fit(Comparisons.of([("x", "y", "tie"), ("y", "z", "tie"), ("z", "x", "both_bad")]))
    assert {model.rating for model in board.models} == {1000.0}
    assert all("all ties" in model.flags for model in board.models)


def test_voters_are_clustered_by_default_and_per_vote_errors_stand_beside() -> None:
    board = fit(simulated(voters=20))
    assert board.intervals == "clustered by voter"
    assert all(model.se_vote is not None for model in board.models)


def test_a_handful_of_voters_is_refused_or_said() -> None:
    with pytest.raises(NoPower, match="4 voters are too few"):
        fit(simulated(voters=4), FitSettings(intervals="voter"))
    assert any("4 different voters" in warning for warning in fit(simulated(voters=4)).warnings)


def test_intervals_by_a_column_that_is_not_there_name_it() -> None:
    with pytest.raises(InputError, match="need a `prompt` column"):
        fit(simulated(), FitSettings(intervals="prompt"))


def test_both_bad_can_be_dropped_and_is_counted() -> None:
    votes = Comparisons.of([("x", "y", "a"), ("y", "x", "a"), ("x", "y", "both_bad")])
    board = fit(votes, FitSettings(both="drop"))
    assert (board.votes, board.dropped) == (2, 1)
    assert fit(votes).votes == 3


def one_model_by(voters_of_last: int, *, rows: int = 1200, voters: int = 40) -> Comparisons:
    rng = np.random.default_rng(0)
    strength = np.linspace(0.8, -0.8, 5)
    taste = rng.normal(0, 0.8, (voters, 5))
    a = rng.integers(0, 5, rows)
    b = (a + rng.integers(1, 5, rows)) % 5
    voter = rng.integers(0, voters, rows)
    is_last = (a == 4) | (b == 4)
    voter[is_last] = rng.integers(0, voters_of_last, is_last.sum())
    gap = strength[a] - strength[b] + taste[voter, a] - taste[voter, b]
    outcome = np.where(rng.random(rows) < 1 / (1 + np.exp(-gap)), "a", "b")
    return Comparisons.of(
        [(f"m{i}", f"m{j}", str(o)) for i, j, o in zip(a, b, outcome, strict=True)], voters=[f"v{v}" for v in voter]
    )


@pytest.mark.parametrize("voters_of_last", [1, 2])
def test_a_model_that_few_voters_saw_is_not_called_certain(voters_of_last: int) -> None:
    board = fit(one_model_by(voters_of_last))
    last = next(row for row in board.models if row.model == "m4")
    assert "few voters" in last.flags
    assert last.se_vote is not None
    assert last.high - last.low > 8 * last.se_vote
    assert not any("few voters" in row.flags for row in board.models if row.model != "m4")


def test_a_clustered_interval_is_never_narrower_than_a_per_vote_one() -> None:
    for seed in range(5):
        for row in fit(simulated(seed=seed, voters=60)).models:
            assert row.se_vote is not None
            assert row.se >= row.se_vote - 1e-9


def test_one_voter_with_half_of_the_votes_widens_every_interval_and_is_named() -> None:
    votes = simulated(rows=2000)
    names = ["loud" if row % 2 else f"v{row % 60}" for row in range(2000)]
    lopsided = fit(replace(votes, voter=Labels.of(names)))
    assert any("`loud` 50%" in warning and "--voter-cap" in warning for warning in lopsided.warnings)
    alike = fit(replace(votes, voter=Labels.of([f"v{row % 60}" for row in range(2000)])))
    assert not alike.warnings
    assert lopsided.models[0].high - lopsided.models[0].low > 1.3 * (alike.models[0].high - alike.models[0].low)
