import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchwright.arena.matchmaking import pair_table

NAMES = tuple(f"m{number}" for number in range(6))


@settings(max_examples=40, deadline=None)
@given(
    arrays(np.float64, (6, 6, 3), elements=st.integers(0, 30).map(float)),
    st.floats(0.01, 1),
    st.sampled_from(["active", "uniform"]),
)
def test_probabilities_sum_to_one_and_every_pair_has_its_floor(cube: np.ndarray, floor: float, rule: str):
    cube[np.arange(6), np.arange(6)] = 0
    table = pair_table(NAMES, cube, floor=floor, rule=rule)
    assert table.probability.sum() == pytest.approx(1)
    assert table.probability.min() >= floor / 15 - 1e-12


def test_without_votes_every_pair_is_as_likely():
    table = pair_table(NAMES, np.zeros((6, 6, 3)), floor=0.2)
    assert np.ptp(table.probability) < 1e-9


def test_a_pair_of_leaders_seldom_seen_is_drawn_more_than_a_settled_one():
    cube = np.zeros((6, 6, 3))
    for i in range(6):
        for j in range(i + 1, 6):
            cube[i, j] = (70, 0, 30) if (i, j) != (0, 1) else (3, 0, 2)
    table = pair_table(NAMES, cube, floor=0.2, leaders=2)
    chance = {(i, j): p for i, j, p in zip(table.first, table.second, table.probability, strict=True)}
    assert chance[0, 1] == max(chance.values())
    assert chance[0, 1] > 3 * chance[4, 5]


def test_the_stated_probability_is_the_share_of_draws():
    cube = np.zeros((6, 6, 3))
    cube[0, 1] = (9, 0, 1)
    table = pair_table(NAMES, cube, floor=0.2)
    rng = np.random.default_rng(1)
    drawn = [table.draw(share) for share in rng.random(20_000)]
    for first, second, probability in {*drawn}:
        share = sum(1 for a, b, _ in drawn if (a, b) == (first, second)) / len(drawn)
        assert share == pytest.approx(probability, abs=0.012)
