import numpy as np
import pytest

from benchwright.stats.eprocess import BEHAVIOURS, SHARES, audit_voters, outcome_chances

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


def test_a_voter_without_votes_is_not_flagged() -> None:
    audit = audit_voters(*simulate("honest"), n_voters=VOTERS + 1)
    assert not audit.is_flagged[VOTERS]
    assert audit.votes[VOTERS] == 0


def test_nobody_to_audit_is_nobody_flagged() -> None:
    audit = audit_voters(*simulate("honest"), n_voters=VOTERS, eligible=np.zeros(0, dtype=int))
    assert not audit.is_flagged.any()
