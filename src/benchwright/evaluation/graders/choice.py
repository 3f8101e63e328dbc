"""Grades multiple choice: finds the letter or the text in any common form of answering."""

import re
from dataclasses import dataclass

from benchwright.evaluation.graders.claims import readable
from benchwright.evaluation.graders.picks import is_other_amount, pick_option
from benchwright.evaluation.refusals import SHORT, is_refusal, says_not_stated
from benchwright.records import Question, Response, Score


@dataclass(frozen=True)
class Choice:
    """Full marks when the response picks the reference option; not graded where no single pick can be told."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "choice"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response to a question with options."""
        value, reason = mark_choice(question, response.text)
        return Score(response_id=response.id, grader=self.name, value=value, reason=reason)


def mark_choice(question: Question, text: str) -> tuple[float | None, str]:
    """Return the mark and its reason."""
    text = readable(text)
    if not question.choices:
        return None, "the question has no options"
    if not re.search(r"\w", text) and pick_option(text, question.choices).index is None:
        return 0.0, "empty answer"
    pick = pick_option(text, question.choices, question.text)
    if question.answer in question.choices and pick.excludes(question.choices.index(question.answer)):
        return 0.0, f"{pick.reason}, none of them the reference"
    if pick.is_open and not is_refusal(text):
        return None, pick.reason
    if pick.index is not None:
        is_right = question.choices[pick.index] == question.answer
        return float(is_right), f"picks {question.choices[pick.index]!r} by {pick.reason}"
    if pick.is_none_of_them:
        return 0.0, pick.reason
    if not pick.live and question.answer in question.choices and question.choices.index(question.answer) in pick.denied:
        return 0.0, "denies the reference"
    if is_refusal(text) or (says_not_stated(text) and len(text) <= SHORT):
        return 0.0, "declines to answer"
    if is_other_amount(text, question.choices):
        return 0.0, "states an amount that no option has"
    return None, pick.reason
