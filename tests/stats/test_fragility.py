from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchwright.stats.bradley_terry import fit_bradley_terry
from benchwright.stats.count_cube import count_cube
from benchwright.stats.fragility import votes_to_separate, votes_to_swap
from benchwright.stats.multiplicity import benjamini_hochberg, holm, luck_of_the_best, welch_test


def test_two_models_need_the_smallest_removal_there_is() -> None:
    # 12 to 8: after removing 5 wins it is 7 to 8.
    cube = np.zeros((2, 2, 3))
    cube[0, 1] = [12, 0, 8]
    found = votes_to_swap(cube, fit_bradley_terry(cube), 0, 1)
    assert found.removed == 5
    assert found.share == 0.25


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_removal_that_is_reported_swaps_in_practice(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a = rng.integers(0, 5, 400)
    b = (a + rng.integers(1, 5, 400)) % 5
    cube = count_cube(a, b, rng.integers(0, 3, 400), 5)
    fit = fit_bradley_terry(cube)
    order = np.argsort(-fit.strength)
    found = votes_to_swap(cube, fit, int(order[0]), int(order[1]))
    assert found.removed is not None
    assert 1 <= found.removed <= 200


def test_a_lead_of_unanimous_votes_cannot_be_swapped_by_removal() -> None:
    cube = np.zeros((3, 3, 3))
    cube[0, 1, 0] = cube[1, 2, 0] = 10
    assert votes_to_swap(cube, fit_bradley_terry(cube), 0, 1).removed is None


def test_votes_to_separate_come_true_in_a_simulation() -> None:
    # Two models, gap .2, nothing known yet: the stated number of votes should show it about four times in five.
    needed = votes_to_separate(0.2, 1e9)
    assert needed is not None
    rng = np.random.default_rng(0)
    wins = rng.binomial(needed, 1 / (1 + np.exp(-0.2)), 4000)
    z = (np.log(wins / (needed - wins))) / np.sqrt(1 / wins + 1 / (needed - wins))
    assert (z > 1.96).mean() == pytest.approx(0.8, abs=0.02)
    assert votes_to_separate(0.2, 1e-6) == 0
    assert votes_to_separate(0.0, 1.0) is None


def test_holm_and_benjamini_hochberg_by_hand() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005])
    assert holm(p).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert benjamini_hochberg(p).tolist() == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_the_best_of_27_gains_two_standard_errors_by_luck() -> None:
    rng = np.random.default_rng(0)
    most, likely = luck_of_the_best(np.zeros(27), np.eye(27), rng=rng)
    assert most == pytest.approx(2.0, abs=0.03)
    assert likely == most
    assert luck_of_the_best(np.arange(5.0), np.ones((5, 5)), rng=rng)[0] == pytest.approx(0, abs=0.03)
    assert luck_of_the_best(10 * np.arange(5.0), np.eye(5), rng=rng)[1] == pytest.approx(0, abs=0.03)


def test_welch_rejects_equal_means_at_its_level_however_few_degrees_each_variance_has() -> None:
    rng = np.random.default_rng(0)
    groups, columns, each = 4, 4000, 6
    data = rng.normal(0, np.array([1.0, 2.0, 0.5, 1.0])[:, None, None], (groups, columns, each))
    p = welch_test(data.mean(axis=2), data.std(axis=2, ddof=1) / np.sqrt(each), np.full(groups, each - 1.0))
    assert 0.035 < (p < 0.05).mean() < 0.07


def test_an_exact_tie_is_no_swap() -> None:
    cube = np.zeros((2, 2, 3))
    cube[0, 1] = [6, 0, 4]
    assert votes_to_swap(cube, fit_bradley_terry(cube), 0, 1).removed == 3


def smallest_removal(cube: np.ndarray, better: int, worse: int, most: int) -> int | None:
    """Try every removal of up to `most` votes, fewest first."""
    cells = np.flatnonzero(cube)
    counts = cube.ravel()[cells].astype(int)
    for size in range(1, most + 1):
        for taken in product(*(range(min(count, size) + 1) for count in counts)):
            if sum(taken) != size:
                continue
            left = cube.ravel().copy()
            left[cells] -= taken
            fit = fit_bradley_terry(left.reshape(cube.shape))
            if fit.component[better] == fit.component[worse] and fit.strength[worse] > fit.strength[better] + 1e-9:
                return size
    return None


def test_on_tiny_boards_the_stated_number_is_nearly_always_the_smallest_and_never_below_it() -> None:
    rng = np.random.default_rng(1)
    apart: list[int] = []
    while len(apart) < 30:
        a = rng.integers(0, 3, 16)
        b = (a + rng.integers(1, 3, 16)) % 3
        cube = count_cube(np.minimum(a, b), np.maximum(a, b), rng.integers(0, 3, 16), 3)
        fit = fit_bradley_terry(cube)
        order = np.argsort(-fit.strength)
        better, worse = int(order[0]), int(order[1])
        found = votes_to_swap(cube, fit, better, worse).removed
        if fit.strength[better] - fit.strength[worse] < 1e-6 or found is None or found > 4:
            continue
        smallest = smallest_removal(cube, better, worse, found)
        assert smallest is not None, "the stated removal is real"
        apart.append(found - smallest)
    assert min(apart) == 0
    assert max(apart) <= 1
    assert apart.count(0) >= 27
