"""Grading stays quick: many answers, long ones, and ones written to make a pattern run away."""

import time

import pytest
from tests.evaluation.chat_choices import CHOICE_FORMS
from tests.evaluation.fresh_first import FIRST_ROUND
from tests.evaluation.fresh_second import SECOND_ROUND

from benchwright.evaluation.graders import ByForm
from benchwright.records import Question, Response

LONG = 100_000
SECONDS_EACH = 2.0
QUESTIONS = [case.question for case in (*FIRST_ROUND, *SECOND_ROUND)]
HOSTILE = {
    "letters": "A" * LONG,
    "labels": "(A) or (B) and " * (LONG // 15),
    "nested brackets": "(" * (LONG // 2) + ")" * (LONG // 2),
    "nested JSON": '{"answer":' * (LONG // 10),
    "boxes": "\\boxed{" * (LONG // 7),
    "digits": "1" * LONG,
    "grouped digits": "1,000" * (LONG // 5),
    "decimals": "1.5 or " * (LONG // 7),
    "blanks": " " * LONG + "B",
    "commas": "and, " * (LONG // 5),
    "number words": "one hundred " * (LONG // 12),
    "Korean numerals": "천 백 오십 " * (LONG // 7),
    "Korean digits": "일이삼" * (LONG // 3),
    "not": "not " * (LONG // 4),
    "answers": "the answer is " * (LONG // 14),
    "dashes": "1-2" * (LONG // 3),
    "titles": "Prof. " * (LONG // 6),
    "thoughts": "<think>" * (LONG // 7),
    "dollars": "$" * LONG,
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_an_answer_of_100_kilobytes_is_marked_within_seconds(name: str) -> None:
    for question in QUESTIONS[::6]:
        began = time.process_time()
        await _mark(question, HOSTILE[name])
        assert time.process_time() - began < SECONDS_EACH, question.text


async def test_ten_thousand_answers_are_marked_within_seconds() -> None:
    pairs = [(case.question, text) for case in (*FIRST_ROUND, *SECOND_ROUND, *CHOICE_FORMS) for text, _ in case.answers]
    began = time.process_time()
    for question, text in pairs:
        await _mark(question, text)
    assert (time.process_time() - began) * 10_000 / len(pairs) < 10


async def _mark(question: Question, text: str) -> None:
    await ByForm().grade(question, Response(model="m", question_id=question.id, condition="closed", text=text))
