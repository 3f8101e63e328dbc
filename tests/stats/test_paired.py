import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.errors import NoPower
from benchwright.stats.multiplicity import holm
from benchwright.stats.paired import mcnemar_exact, paired_difference, tied_pairs, ties


def test_without_clusters_it_is_the_paired_t_test() -> None:
    from scipy.stats import ttest_rel

    chance = np.random.default_rng(3)
    a, b = chance.random(40), chance.random(40)
    found, expected = paired_difference(a, b), ttest_rel(a, b)
    assert found.p == pytest.approx(expected.pvalue)
    interval = expected.confidence_interval()
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_equal_documents_give_the_t_test_of_the_document_means() -> None:
    from scipy.stats import ttest_1samp

    chance = np.random.default_rng(4)
    gaps = chance.normal(0.1, 1, (12, 5)) * 0.1
    a = 0.5 + gaps.ravel()
    found = paired_difference(a, np.full(60, 0.5), [(i // 5,) for i in range(60)])
    assert found.p == pytest.approx(ttest_1samp(gaps.mean(axis=1), 0).pvalue)


def test_mcnemar_is_the_exact_binomial() -> None:
    from scipy.stats import binomtest

    for first, second in ((0, 0), (1, 0), (8, 2), (5, 5), (30, 12)):
        total = first + second
        expected = binomtest(first, total).pvalue if total else 1.0
        assert mcnemar_exact(first, second) == pytest.approx(expected)


def test_holm_matches_its_definition() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]).shape == (0,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_never_lowers_a_p_and_keeps_their_order(p: list[float]) -> None:
    adjusted = holm(p)
    assert np.all(adjusted >= np.array(p) - 1e-12)
    assert np.all(np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0)


@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 1.0])), min_size=2, max_size=40))
def test_swapping_the_models_mirrors_the_difference(pairs: list[tuple[float, float]]) -> None:
    a, b = zip(*pairs, strict=True)
    labels = [(i % 7,) for i in range(len(a))]
    one, other = paired_difference(a, b, labels), paired_difference(b, a, labels)
    assert (one.estimate, one.low, one.high) == pytest.approx((-other.estimate, -other.high, -other.low))
    assert one.p == pytest.approx(other.p)


def test_two_models_that_always_agree_are_not_proven_equal() -> None:
    found = paired_difference([1, 0] * 30, [1, 0] * 30)
    assert (found.estimate, found.p) == (0, 1)
    assert found.low < 0 < found.high


def test_one_model_that_always_wins_is_told_apart() -> None:
    found = paired_difference([1] * 30, [0] * 30, [(i // 5,) for i in range(30)])
    assert found.estimate == 1
    assert found.p < 0.001
    assert 0.5 < found.low < 1 == found.high


def test_fewer_than_five_documents_say_so() -> None:
    found = paired_difference([1, 0, 1, 1], [0, 0, 1, 0], [("a",), ("a",), ("b",), ("b",)])
    assert not found.is_general
    assert "no claim beyond these documents" in found.note


def test_nothing_in_common_is_said() -> None:
    with pytest.raises(NoPower, match="no question was graded for both"):
        paired_difference([], [])


def test_ties_are_mutual_and_leave_out_what_differs() -> None:
    chance = np.random.default_rng(6)
    good, twin = (chance.random(300) < 0.8).astype(float), (chance.random(300) < 0.8).astype(float)
    bad = (chance.random(300) < 0.3).astype(float)
    assert ties({"good": good, "twin": twin, "bad": bad}) == {"good": ("twin",), "twin": ("good",), "bad": ()}
    assert tied_pairs(["a", "b", "c"], [("c", "a")]) == {"a": ("c",), "b": (), "c": ("a",)}


@pytest.mark.parametrize("sizes", [(10,) * 10, (1,) * 30, (41, 21, 11, 9, 5, 5, 3, 2, 2, 1)])
def test_two_equal_models_are_called_different_5_times_in_100(sizes: tuple[int, ...]) -> None:
    chance, trials = np.random.default_rng(7), 300
    labels = [(d,) for d in np.repeat(np.arange(len(sizes)), sizes).tolist()]

    def answers() -> np.ndarray:
        share = np.repeat(chance.beta(3.2, 0.8, size=len(sizes)), sizes)
        return (chance.random(sum(sizes)) < share).astype(float)

    rejected = sum(paired_difference(answers(), answers(), labels).p < 0.05 for _ in range(trials)) / trials
    slack = 3 * math.sqrt(0.05 * 0.95 / trials)
    assert 0.03 - slack <= rejected <= 0.07 + slack
