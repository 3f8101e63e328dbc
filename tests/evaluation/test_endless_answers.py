"""An answer in which a model fell into a loop is graded as quickly as any other."""

import time

import pytest

from benchwright.evaluation.graders.by_form import ByForm
from benchwright.records import Provenance, Question, Response

PIECES = ("a", "ab", "A ", "é", "1", "１", "12", "a1", "**a", "~~a~~", "**A**", "Article", "twenty", "(", "1,", "no ")
QUESTIONS = {
    "choice": ("Which city is the capital?", "Paris"),
    "word": ("Which city is the capital?", "Paris"),
    "designation": ("Which article rules it?", "Article 14"),
    "date": ("When did it open?", "3 May 2020"),
    "amount": ("How long is it?", "42 km"),
}


def question(name: str) -> Question:
    text, answer = QUESTIONS[name]
    is_choice = name == "choice"
    return Question(
        form="choice" if is_choice else "short",
        kind="fact",
        text=text,
        answer=answer,
        choices=("Paris", "London", "42 km") if is_choice else (),
        language="en",
        provenance=Provenance(writer="person"),
    )


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("name", QUESTIONS)
async def test_an_answer_that_repeats_itself_is_graded_at_once(name: str, piece: str):
    response = Response(question_id="q", model="lab/loop", condition="closed", text=piece * (3_900 // len(piece)))
    started = time.process_time()
    await ByForm().grade(question(name), response)
    assert time.process_time() - started < 2


async def test_a_looping_letter_chooses_no_option():
    response = Response(question_id="q", model="lab/loop", condition="closed", text="A" * 5_000)
    assert (await ByForm().grade(question("choice"), response)).value != 1.0
