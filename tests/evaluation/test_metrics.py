import pytest
from tests.evaluation.answer_forms import COUNT, HOTEL

from benchwright.evaluation.metrics import by_question, chance_level, mark, tally
from benchwright.records import Question, Response, Score


def one(number: int, state: str = "ok", value: float | None = 1.0, reason: str = "", repeat: int = 0):
    question = Question.model_validate(HOTEL.model_dump() | {"id": "", "text": f"Question {number}?"})
    response = Response.model_validate(
        {
            "model": "m",
            "question_id": question.id,
            "condition": "closed",
            "text": "B",
            "state": state,
            "reason": reason,
            "repeat": repeat,
        }
    )
    return mark(question, response, Score(response_id=response.id, grader="g", value=value))


def test_refusals_and_truncated_answers_are_not_correct_and_score_answered_stands_beside() -> None:
    found = tally([one(1), one(2), one(3, "refusal"), one(4, "truncated")])
    assert (found.graded, found.refusals, found.truncated) == (4, 1, 1)
    assert found.score is not None
    assert found.score.estimate == 0.5
    assert found.score_answered == 1.0
    assert not found.is_provisional


def test_only_transport_errors_and_ungraded_answers_leave_the_denominator() -> None:
    marks = [one(1), one(2, value=0.0), one(3, "error", reason="transport: reset"), one(4, value=None)]
    found = tally([*marks, one(5, "error", reason="context length exceeded")])
    assert (found.questions, found.graded, found.errors, found.ungraded) == (5, 3, 2, 1)
    assert found.score is not None
    assert found.score.estimate == pytest.approx(1 / 3)


def test_above_two_in_a_hundred_lost_a_row_is_provisional() -> None:
    good = [one(number) for number in range(98)]
    lost = [one(1000 + number, "error", reason="transport") for number in range(3)]
    assert not tally([*good, *lost[:2]]).is_provisional
    assert tally([*good, *lost]).is_provisional


def test_without_any_mark_there_is_no_score() -> None:
    found = tally([one(1, "error", reason="transport"), one(2, value=None)])
    assert (found.score, found.score_answered, found.graded) == (None, None, 0)


def test_repeats_of_one_question_are_one_cluster() -> None:
    repeated = tally([one(number, value=float(number < 8), repeat=r) for number in range(10) for r in range(5)])
    assert repeated.score is not None
    assert (repeated.questions, repeated.score.clusters) == (10, 10)
    assert repeated.score.design_effect > 4


def test_the_mean_over_repeats_counts_once_for_each_question() -> None:
    marks = [one(1, repeat=0), one(1, value=0.0, repeat=1), one(2)]
    assert sorted(by_question(marks).values()) == [0.5, 1.0]


def test_chance_is_the_mean_of_one_over_the_options() -> None:
    assert chance_level([HOTEL, COUNT]) == 0.125
