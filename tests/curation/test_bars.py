"""The bars of `reject`: at least 60 plants a class in two languages, half in documents not seen in development."""

import pytest
from tests.curation.measured import computed_recall, false_rejections, recall
from tests.curation.mutators import QUESTION_FAULTS, SET_FAULTS


@pytest.mark.parametrize("fault", [*QUESTION_FAULTS, *SET_FAULTS])
def test_planted_faults_are_rejected(fault: str) -> None:
    seen, unseen = recall(fault, fresh=False), recall(fault, fresh=True)
    assert seen.planted + unseen.planted >= 60
    assert unseen.planted >= (seen.planted + unseen.planted) * 0.45
    assert seen.rate >= 0.95, seen.missed
    assert unseen.rate >= 0.95, unseen.missed


def test_wrong_results_of_computations_are_rejected() -> None:
    seen, unseen = computed_recall(fresh=False), computed_recall(fresh=True)
    assert seen.planted >= 30
    assert unseen.planted >= 30
    assert seen.rate >= 0.95, seen.missed
    assert unseen.rate >= 0.95, unseen.missed


def test_good_questions_are_kept() -> None:
    result = false_rejections()
    assert result.questions >= 450
    assert result.rate <= 0.02, result.reasons
