import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.errors import NoPower
from benchwright.stats.membership import clusters_of
from benchwright.stats.proportion import (
    beta_interval,
    design_effect,
    difference_interval,
    score_interval,
    wilson_interval,
)


@pytest.mark.parametrize(("right", "low", "high"), [(20, 0.8389, 0.9988), (12, 0.3844, 0.7818), (1, 0.0117, 0.2382)])
def test_beta_intervals_match_the_published_ones(right: int, low: float, high: float) -> None:
    assert beta_interval(right, 20) == pytest.approx((low, high), abs=5e-5)
    found = score_interval([1] * right + [0] * (20 - right))
    assert (found.method, found.low, found.high) == (
        "beta",
        pytest.approx(low, abs=5e-5),
        pytest.approx(high if right < 20 else 1.0, abs=5e-5),
    )


def test_wilson_matches_a_published_example() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I: 81 of 263 gives .2553 to .3662.
    assert wilson_interval(81 / 263, 263, quantile=1.959964) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_beta_is_used_only_where_no_document_repeats_and_n_is_below_100() -> None:
    values = [1, 0] * 49
    assert score_interval(values).method == "beta"
    assert score_interval([*values, 1, 0]).method == "wilson"
    assert score_interval(values, [(i // 2,) for i in range(98)]).method == "wilson"


def test_the_design_effect_has_a_floor_with_kish_size() -> None:
    sizes = (41, 21, 11, 9, 5, 5, 3, 2, 2, 1)
    labels = [(d,) for d in np.repeat(np.arange(10), sizes)]
    clusters = clusters_of(labels)
    assert clusters.kish_size == pytest.approx(sum(m * m for m in sizes) / 100)
    # Right and wrong alternate inside every document: no correlation at all, so that the floor decides.
    values = np.arange(100) % 2 == 0
    assert design_effect(values.astype(float), clusters) == pytest.approx(1 + (clusters.kish_size - 1) * 0.1)


def test_the_design_effect_of_identical_answers_in_a_document_is_its_size() -> None:
    values = np.repeat([1.0, 0.0] * 10, 5)
    clusters = clusters_of([(d,) for d in np.repeat(np.arange(20), 5)])
    assert design_effect(values, clusters) == pytest.approx(5 * 20 / 19)


def test_a_question_that_cites_two_documents_ties_their_questions_together() -> None:
    chance = np.random.default_rng(1)
    values = (chance.random(60) < 0.7).astype(float)
    single = [(i // 6,) for i in range(60)]
    double = [(i // 6, (i // 6 + 1) % 10) for i in range(60)]
    one, two = clusters_of(single), clusters_of(double)
    assert (one.kish_size, two.kish_size) == (6, 18)
    assert score_interval(values, double).high - score_interval(values, double).low > (
        score_interval(values, single).high - score_interval(values, single).low
    )


def test_the_multiway_variance_is_the_sum_over_pairs_that_share_a_document() -> None:
    labels = [("a",), ("a", "b"), ("b",), ("c",), ("a", "c")]
    residuals = np.array([0.4, 0.3, -0.2, 0.1, 0.5])
    expected = sum(residuals[i] * residuals[j] for i in range(5) for j in range(5) if set(labels[i]) & set(labels[j]))
    assert clusters_of(labels).variance_of_sum(residuals) == pytest.approx(expected * 3 / 2)


def test_fewer_than_five_documents_say_that_no_further_claim_can_be_made() -> None:
    few = score_interval([1, 0, 1, 1] * 10, [(i % 4,) for i in range(40)])
    assert not few.is_general
    assert few.note == "only 4 documents: no claim beyond these documents can be made"
    five = score_interval([1, 0, 1, 1] * 10, [(i % 5,) for i in range(40)])
    assert (five.is_general, five.note) == (True, "")


def test_one_document_with_one_question_still_has_an_interval() -> None:
    found = score_interval([1.0], [("a",)])
    assert (found.method, found.is_general) == ("beta", False)
    assert 0 < found.low < found.high == 1


def test_part_marks_count_for_as_many_right_or_wrong_answers_as_have_their_spread() -> None:
    values = np.array([0.2, 0.4, 0.9, 0.7, 0.5, 0.6, 0.1, 0.3, 0.8, 0.9, 0.4, 0.6])
    labels = [(i // 2,) for i in range(12)]
    found = score_interval(values, labels)
    sums = (values - values.mean()).reshape(6, 2).sum(axis=1)
    variance = 6 / 5 * float(np.sum(sums**2)) / 12**2
    share = float(values.mean())
    assert (found.low, found.high) == pytest.approx(
        wilson_interval(share, share * (1 - share) / variance, quantile=2.570582), abs=1e-6
    )


def test_a_few_part_marks_move_an_interval_little() -> None:
    labels = [(i // 7,) for i in range(42)]
    right_or_wrong = [1.0] + [0.0] * 41
    with_a_part_mark = [1.0] + [0.0] * 40 + [0.04]
    first, second = score_interval(right_or_wrong, labels), score_interval(with_a_part_mark, labels)
    assert second.high == pytest.approx(first.high, abs=0.02)
    assert second.low > 0


@pytest.mark.parametrize("answer", [0.0, 1.0])
def test_an_interval_of_few_equal_answers_holds_its_estimate(answer: float) -> None:
    found = score_interval([answer] * 2)
    assert found.low <= answer <= found.high
    assert found.high - found.low > 0.5


def test_nothing_to_average_is_said() -> None:
    with pytest.raises(NoPower, match="nothing to average"):
        score_interval([])


@given(
    st.lists(st.sampled_from([0.0, 1.0]), min_size=2, max_size=60),
    st.integers(min_value=1, max_value=12),
)
def test_an_interval_holds_its_estimate_and_stays_between_0_and_1(values: list[float], documents: int) -> None:
    found = score_interval(values, [(i % documents,) for i in range(len(values))])
    assert 0 <= found.low < found.high <= 1
    assert found.low <= found.estimate <= found.high


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=10, max_size=60))
def test_the_interval_of_the_wrong_answers_mirrors_that_of_the_right(values: list[float]) -> None:
    labels = [(i // 2,) for i in range(len(values))]
    one = score_interval(values, labels)
    other = score_interval([1 - value for value in values], labels)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low))


@pytest.mark.parametrize("sizes", [(10,) * 10, (5,) * 60, (41, 21, 11, 9, 5, 5, 3, 2, 2, 1)])
def test_coverage_is_near_nominal_in_a_short_simulation(sizes: tuple[int, ...]) -> None:
    chance, trials, accuracy = np.random.default_rng(5), 250, 0.8
    labels = [(d,) for d in np.repeat(np.arange(len(sizes)), sizes).tolist()]
    hits = 0
    for _ in range(trials):
        share = np.repeat(chance.beta(accuracy * 4, (1 - accuracy) * 4, size=len(sizes)), sizes)
        found = score_interval((chance.random(sum(sizes)) < share).astype(float), labels)
        hits += found.low <= accuracy <= found.high
    slack = 3 * math.sqrt(0.95 * 0.05 / trials)
    assert 0.94 - slack <= hits / trials <= 0.985 + slack


def test_the_difference_of_two_shares_has_the_published_interval() -> None:
    """Newcombe (1998), table II, contrast (a): 56/70 against 48/80, method 10."""
    low, high = difference_interval(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert difference_interval(0, 10, 0, 10)[0] < 0 < difference_interval(0, 10, 0, 10)[1]
