import numpy as np
import pytest

from benchwright.errors import NoPower
from benchwright.stats.paired import paired_difference
from benchwright.stats.power import smallest_detectable_difference


@pytest.mark.parametrize(("questions", "points"), [(100, 16), (300, 9), (1000, 5)])
def test_the_plan_matches_the_stated_sizes(questions: int, points: int) -> None:
    assert smallest_detectable_difference(questions) * 100 == pytest.approx(points, abs=0.5)


def test_a_difference_of_that_size_is_found_four_times_in_five() -> None:
    chance, trials = np.random.default_rng(8), 400
    gap = smallest_detectable_difference(300, accuracy=0.6)
    found = 0
    for _ in range(trials):
        a, b = chance.random(300) < 0.6 + gap / 2, chance.random(300) < 0.6 - gap / 2
        found += paired_difference(a.astype(float), b.astype(float)).p < 0.05
    assert found / trials == pytest.approx(0.8, abs=0.06)


def test_one_question_shows_nothing() -> None:
    with pytest.raises(NoPower):
        smallest_detectable_difference(1)


def test_alike_models_and_more_questions_need_less() -> None:
    plain = smallest_detectable_difference(200)
    assert smallest_detectable_difference(200, correlation=0.5) < plain
    assert smallest_detectable_difference(400) < plain < smallest_detectable_difference(200, design_effect=2)
