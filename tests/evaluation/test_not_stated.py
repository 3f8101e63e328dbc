import pytest

from benchwright.evaluation.graders import ByForm
from benchwright.evaluation.refusals import says_not_stated
from benchwright.generation.kinds import NOT_STATED
from benchwright.records import Provenance, Question, Response

RIGHT = {
    "en": (
        "Not stated.",
        "The document does not say.",
        "The passage doesn't mention a closing time.",
        "There is no information about closing hours.",
        "It cannot be determined from the document.",
        "The source provides no closing time.",
        "The document doesn't provide this information.",
        "This is not covered in the given documents.",
        "Not available.",
        "It is not given.",
        "No closing time is given.",
        "I cannot find this in the documents.",
        "The text is silent on this.",
        "Based on the provided documents, this can't be answered.",
    ),
    "ko": (
        "문서에 나와 있지 않습니다.",
        "언급이 없습니다",
        "문서만으로는 알 수 없음",
        "제공된 문서에는 해당 내용이 없습니다.",
    ),
    "de": ("Nicht angegeben.", "Das Dokument nennt keine Zeit."),
    "fr": ("Ce n'est pas précisé.",),
    "es": ("No se menciona.",),
}
WRONG = {
    "en": (
        "5 p.m.",
        "It closes at five.",
        "Not until 6 p.m.",
        "The office is not open on Sundays.",
        "18:00",
        "I don't know.",
        "No, Sundays are not covered.",
        "The damage is not covered by the warranty.",
        "Breakfast is not included.",
        "No refund is given after 30 days.",
    ),
    "ko": ("오후 5시", "5시에 닫습니다", "일요일에는 열지 않습니다"),
}


async def mark(language: str, text: str) -> float | None:
    question = Question(
        form="short",
        kind="unanswerable",
        text="When does Northway's Harbour office close?",
        answer=NOT_STATED[language],
        language=language,
        provenance=Provenance(writer="m"),
    )
    given = Response(model="m", question_id=question.id, condition="passage", text=text)
    return (await ByForm().grade(question, given)).value


@pytest.mark.parametrize("language", NOT_STATED)
async def test_the_agreed_words_are_right_in_every_language(language: str) -> None:
    assert await mark(language, f"{NOT_STATED[language]}.") == 1
    assert says_not_stated(NOT_STATED[language])


@pytest.mark.parametrize(("language", "text"), [(code, text) for code in RIGHT for text in RIGHT[code]])
async def test_saying_that_it_is_not_told_is_right(language: str, text: str) -> None:
    assert await mark(language, text) == 1


@pytest.mark.parametrize(("language", "text"), [(code, text) for code in WRONG for text in WRONG[code]])
async def test_an_invented_answer_or_not_knowing_is_wrong(language: str, text: str) -> None:
    assert await mark(language, text) == 0
