import pytest
from tests.evaluation.answer_forms import CASES, Case
from tests.evaluation.blind_fifth import BLIND_FIFTH
from tests.evaluation.blind_first import BLIND_FIRST
from tests.evaluation.blind_fourth import BLIND_FOURTH
from tests.evaluation.blind_second import BLIND_SECOND
from tests.evaluation.blind_seventh import BLIND_SEVENTH
from tests.evaluation.blind_sixth import BLIND_SIXTH
from tests.evaluation.blind_third import BLIND_THIRD
from tests.evaluation.chat_amounts import AMOUNT_FORMS, DATE_FORMS
from tests.evaluation.chat_choices import CHOICE_FORMS
from tests.evaluation.chat_later import LATER_FORMS
from tests.evaluation.chat_picks import MORE_CHOICE_FORMS
from tests.evaluation.chat_words import SHORT_FORMS
from tests.evaluation.fresh_first import FIRST_ROUND
from tests.evaluation.fresh_second import SECOND_ROUND
from tests.evaluation.plain_english import PLAIN_ENGLISH
from tests.evaluation.plain_english_last import PLAIN_ENGLISH_LAST
from tests.evaluation.plain_english_later import PLAIN_ENGLISH_LATER
from tests.evaluation.plain_korean import PLAIN_KOREAN
from tests.evaluation.plain_korean_last import PLAIN_KOREAN_LAST
from tests.evaluation.plain_korean_later import PLAIN_KOREAN_LATER

from benchwright.evaluation.graders import ByForm
from benchwright.records import Question, Response

GRADED = [(case.question, text, mark) for case in CASES for text, mark in case.answers]


async def _marked(question: Question, text: str) -> float | None:
    response = Response(model="m", question_id=question.id, condition="closed", text=text)
    return (await ByForm().grade(question, response)).value


CHAT = (
    *CHOICE_FORMS,
    *MORE_CHOICE_FORMS,
    *AMOUNT_FORMS,
    *DATE_FORMS,
    *SHORT_FORMS,
    *LATER_FORMS,
    *FIRST_ROUND,
    *SECOND_ROUND,
    *BLIND_FIRST,
    *BLIND_SECOND,
    *BLIND_THIRD,
    *BLIND_FOURTH,
    *BLIND_FIFTH,
    *BLIND_SIXTH,
    *BLIND_SEVENTH,
)


async def test_at_least_99_of_100_forms_of_chat_models_are_graded_as_a_person_would() -> None:
    cases: list[tuple[Case, str, float | None]] = [(case, text, mark) for case in CHAT for text, mark in case.answers]
    marks = [(case, text, mark, await _marked(case.question, text)) for case, text, mark in cases]
    wrong = [
        f"{c.question.answer!r} ← {text[:80]!r}: {got}, a person says {mark}"
        for c, text, mark, got in marks
        if got != mark
    ]
    assert len(cases) >= 2860
    assert len(wrong) <= len(cases) // 100, "\n".join(wrong)


async def test_at_least_99_of_100_answers_are_graded_as_a_person_would() -> None:
    wrong = [
        f"{question.answer!r} ← {text[:80]!r}: {await _marked(question, text)}, a person says {mark}"
        for question, text, mark in GRADED
        if await _marked(question, text) != mark
    ]
    assert len(wrong) <= len(GRADED) // 100, "\n".join(wrong)


async def test_at_least_99_of_100_usual_answers_are_graded_as_a_person_would() -> None:
    english = (*PLAIN_ENGLISH, *PLAIN_ENGLISH_LATER, *PLAIN_ENGLISH_LAST)
    asked = (*english, *PLAIN_KOREAN, *PLAIN_KOREAN_LATER, *PLAIN_KOREAN_LAST)
    rows = [(each.question, text, fair) for each in asked for text, fair in each.answers]
    marks = [(question, text, fair, await _marked(question, text)) for question, text, fair in rows]
    wrong = [f"{q.answer!r} ← {text[:80]!r}: {got}, fair is {fair}" for q, text, fair, got in marks if got not in fair]
    assert len(rows) >= 600
    assert len(wrong) <= len(rows) // 100, "\n".join(wrong)


def test_the_set_has_300_forms_in_each_shape_a_person_meets() -> None:
    assert len(GRADED) >= 300
    for language in ("en", "ko"):
        assert sum(question.language == language for question, _, _ in GRADED) >= 100
    assert {mark for _, _, mark in GRADED} == {0, 1, None}


@pytest.mark.parametrize("letter", "ABCD")
async def test_every_letter_is_read_alike(letter: str) -> None:
    choices = ("red", "green", "blue", "grey")
    question = Question.model_validate(
        {
            "form": "choice",
            "kind": "name",
            "text": "Which colour?",
            "choices": choices,
            "answer": choices["ABCD".index(letter)],
            "language": "en",
            "provenance": {"writer": "person"},
        }
    )
    for text in (letter, f"({letter})", f"{letter}.", f"The answer is {letter}", f"Option {letter} is correct."):
        assert await _marked(question, text) == 1, text
        for other in set("ABCD") - {letter}:
            assert await _marked(question, text.replace(letter, other)) == 0
