import numpy as np
import pytest

from benchwright.stats.eprocess import (
    BEHAVIOURS,
    SHARES,
    Habits,
    audit_voters,
    outcome_chances,
    spread_of_habit,
)

VOTERS, VOTES, MODELS = 600, 60, 20


def simulate(kind: str, seed: int = 0):
    rng = np.random.default_rng(seed)
    strength = rng.normal(0, 0.7, MODELS)
    rows = VOTERS * VOTES
    a = rng.integers(0, MODELS, rows)
    b = (a + rng.integers(1, MODELS, rows)) % MODELS
    if kind == "one model only":
        favourite = np.repeat(rng.integers(0, MODELS, VOTERS), VOTES)
        other = (favourite + rng.integers(1, MODELS, rows)) % MODELS
        is_left = rng.random(rows) < 0.5
        a, b = np.where(is_left, favourite, other), np.where(is_left, other, favourite)
    chances = outcome_chances(strength[a] - strength[b], 0.2)
    said = np.minimum((rng.random(rows)[:, None] > chances.cumsum(axis=1)).sum(axis=1), 2)
    if kind == "random":
        said = np.where(said == 1, 1, 2 * rng.integers(0, 2, rows))
    elif kind == "inverted":
        said = 2 - said
    elif kind == "always left":
        said = np.zeros(rows, dtype=int)
    elif kind == "one model only":
        said = np.where(a == favourite, 0, 2)
    return np.repeat(np.arange(VOTERS), VOTES), a, b, said, chances


def test_the_capital_is_fully_bet() -> None:
    assert len(SHARES) == len(BEHAVIOURS)
    assert SHARES.sum() == pytest.approx(1)


def test_at_most_one_honest_voter_in_a_hundred_is_flagged() -> None:
    flagged = audit_voters(*simulate("honest"), n_voters=VOTERS).is_flagged
    assert flagged.mean() <= 0.02


@pytest.mark.parametrize(
    ("kind", "least"), [("random", 0.33), ("inverted", 0.75), ("always left", 0.99), ("one model only", 0.95)]
)
def test_bad_voters_are_caught_and_named(kind: str, least: float) -> None:
    audit = audit_voters(*simulate(kind), n_voters=VOTERS)
    assert audit.is_flagged.mean() >= least
    named = [BEHAVIOURS[at] for at in audit.behaviour[audit.is_flagged]]
    if kind != "random":
        assert named.count(kind) / len(named) > 0.9


def test_the_side_is_where_the_model_was_shown() -> None:
    voter = np.zeros(40, dtype=int)
    a, b = np.zeros(40, dtype=int), np.ones(40, dtype=int)
    first = np.arange(40) % 2 == 0
    said = np.where(first, 0, 2)
    audit = audit_voters(voter, a, b, said, outcome_chances(np.zeros(40), 0.2), n_voters=1, is_a_first=first)
    assert audit.is_flagged[0]
    assert BEHAVIOURS[audit.behaviour[0]] == "always left"


def of_their_own_habits(spread: Habits, seed: int = 4):
    voter, a, b, _, chances = simulate("honest", seed)
    rng = np.random.default_rng(seed)
    ready, lean = rng.normal(0, spread.tie, VOTERS)[voter], rng.normal(0, spread.side, VOTERS)[voter]
    odds = chances * np.exp(np.stack([lean / 2, ready, -lean / 2], axis=1))
    odds /= odds.sum(axis=1, keepdims=True)
    said = np.minimum((rng.random(len(voter))[:, None] > odds.cumsum(axis=1)).sum(axis=1), 2)
    return voter, a, b, said, chances


def test_honest_voters_of_odd_habits_are_not_flagged_for_them() -> None:
    spread = Habits(tie=0.9, side=0.5)
    votes = of_their_own_habits(spread)
    assert audit_voters(*votes, n_voters=VOTERS).is_flagged.mean() > 0.1
    assert audit_voters(*votes, n_voters=VOTERS, habits=spread).is_flagged.mean() <= 0.015


def test_habits_do_not_hide_a_voter_who_always_says_the_same() -> None:
    habits = Habits(tie=0.9, side=0.5)
    for kind in ("inverted", "always left", "one model only"):
        assert audit_voters(*simulate(kind), n_voters=VOTERS, habits=habits).is_flagged.mean() > 0.7


def test_the_spread_of_a_habit_is_found_though_a_third_of_voters_is_bad() -> None:
    voter, _, _, said, chances = of_their_own_habits(Habits(tie=0.8))
    tie = chances[:, 1]

    def spread(said: np.ndarray) -> float:
        return spread_of_habit(
            np.bincount(voter, weights=said == 1), np.bincount(voter, weights=tie), np.bincount(voter, tie * (1 - tie))
        )

    assert spread(said) == pytest.approx(0.8, abs=0.15)
    assert spread(np.where(voter < VOTERS // 3, 0, said)) < 1.4
    assert spread(simulate("honest")[3]) < 0.3


def test_a_voter_without_votes_is_not_flagged() -> None:
    audit = audit_voters(*simulate("honest"), n_voters=VOTERS + 1)
    assert not audit.is_flagged[VOTERS]
    assert audit.votes[VOTERS] == 0


def test_nobody_to_audit_is_nobody_flagged() -> None:
    audit = audit_voters(*simulate("honest"), n_voters=VOTERS, eligible=np.zeros(0, dtype=int))
    assert not audit.is_flagged.any()
