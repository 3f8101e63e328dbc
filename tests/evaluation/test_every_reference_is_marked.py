"""Every question on the example documents: its reference, said as models say things, is right; another's is not."""

import json
import re
from collections.abc import Iterator

import pytest

from benchwright.evaluation.graders import ByForm
from benchwright.records import Question, Response
from benchwright.workflows.demo import copy_documents
from benchwright.workflows.generate import generate

LETTERS = "ABCDEFGHIJ"


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Question, ...]:
    place = tmp_path_factory.mktemp("marked")
    copy_documents(place / "documents")
    return generate([place / "documents"], place / "benchmark").benchmark.questions


def said(question: Question, answer: str) -> Iterator[str]:
    """Yield `answer` as models give it."""
    is_korean = question.language == "ko"
    yield from (answer, f"**{answer}**", f"{answer}.", f'"{answer}"', json.dumps({"answer": answer}))
    yield f"<think>Perhaps it is something else.</think>\n{answer}"
    if is_korean:
        yield from (f"정답은 {answer}입니다.", f"답: {answer}", f"문서에 따르면 {answer}입니다.")
        yield f"질문에 해당하는 부분을 찾아보겠습니다.\n\n따라서 답은 **{answer}**입니다."
    else:
        yield from (f"The answer is {answer}.", f"Answer: {answer}", f"According to the document, it is {answer}.")
        yield f"Let me find the relevant part.\n\nSo the answer is **{answer}**."


def with_letter(question: Question, option: str) -> Iterator[str]:
    """Yield the letter of `option`, and what models put around it."""
    letter = LETTERS[question.choices.index(option)]
    yield from (letter, f"({letter})", f"{letter}. {option}", f"**{letter}) {option}**", f"\\boxed{{{letter}}}")
    yield f"정답은 {letter}입니다." if question.language == "ko" else f"The correct answer is {letter}."


async def mark(question: Question, text: str) -> float | None:
    response = Response(model="m", question_id=question.id, condition="passage", text=text)
    return (await ByForm().grade(question, response)).value


async def test_the_reference_is_right_however_it_is_said(questions):
    for question in questions:
        if question.form == "open":
            continue
        ways = [*said(question, question.answer)]
        if question.choices:
            ways += with_letter(question, question.answer)
        assert [way for way in ways if await mark(question, way) != 1.0] == [], question.text


async def test_another_option_is_wrong_however_it_is_said(questions):
    for question in questions:
        for other in [option for option in question.choices if option != question.answer][:1]:
            ways = [*said(question, other), *with_letter(question, other)]
            assert [way for way in ways if await mark(question, way) != 0.0] == [], question.text


async def test_the_answer_of_another_question_is_never_right(questions):
    short = [question for question in questions if question.form == "short"]
    for question, next_one in zip(short, [*short[1:], short[0]], strict=True):
        figures = [re.findall(r"\d+", one.answer) for one in (question, next_one)]
        if next_one.answer.casefold() != question.answer.casefold() and (figures[0] != figures[1] or not figures[0]):
            ways = said(question, next_one.answer)
            assert [way for way in ways if await mark(question, way) == 1.0] == [], question.text
