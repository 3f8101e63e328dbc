"""Who works first and answers in a last line is marked by that line."""

import pytest

from benchwright.evaluation.graders.by_form import ByForm
from benchwright.evaluation.graders.last_line import last_line
from benchwright.records import Provenance, Question, Response

WEEK = ("£3,800", "£60,200", "£64,000", "£8,600")
DISC = (
    "Yes, because the disc is faulty",
    "No, because the software was opened",
    "No, because the period for returns is over",
)


@pytest.mark.parametrize(
    ("answer", "choices", "text", "mark"),
    [
        ("£3,800", WEEK, "7 * 8,600 = £60,200, so B is the sum and C the price.\nAnswer: A. £3,800", 1),
        ("£3,800", WEEK, "At first A looks right (£3,800), but five weeks are asked for.\nAnswer: C. £64,000", 0),
        (DISC[0], DISC, "B seems right.\nC is wrong.\n\n**Answer:** A. Yes, because the disc is faulty", 1),
        (DISC[0], DISC, "A faulty disc is the exception.\nAnswer: B. No, because the software was opened", 0),
        ("£3,800", (), "£64,000 less £60,200 is £3,800, but for five weeks:\nAnswer: £19,000", 0),
        ("not stated", (), "No owner is stated for the ferry, but the yard is.\nAnswer: Brandt Brothers", 0),
        ("not stated", (), "The charter is £8,600 a day.\nAnswer: not stated", 1),
        ("75,000원", ("65,000원", "75,000원"), "정가는 65,000원(A)처럼 보인다.\n정답: B. 75,000원", 1),
        # What the last line does not settle is read from the whole.
        ("£3,800", WEEK, "It is A, £3,800.\nAnswer: see above", 1),
    ],
)
async def test_the_last_line_decides(answer: str, choices: tuple[str, ...], text: str, mark: float) -> None:
    question = Question(
        form="choice" if choices else "short",
        kind="numeric",
        text="How many pounds dearer is it?",
        choices=choices,
        answer=answer,
        language="en",
        provenance=Provenance(writer="m"),
    )
    response = Response(question_id=question.id, model="m", condition="passage", text=text)
    assert (await ByForm().grade(question, response)).value == mark


def test_only_a_last_line_after_others_is_one() -> None:
    assert last_line("It is 4.\n\n__Final answer__: 4 kg\n") == "4 kg"
    assert last_line("Answer: 4 kg") is None
    assert last_line("Answer: 4 kg\nbut it may be 5") is None
