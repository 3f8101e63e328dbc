"""The default grader: picks the right one by the form and the reference answer of the question."""

from dataclasses import dataclass

from benchwright.evaluation.graders.amounts import whole_amount
from benchwright.evaluation.graders.choice import Choice
from benchwright.evaluation.graders.clock import Clock, whole_moment
from benchwright.evaluation.graders.date import Date, whole_date
from benchwright.evaluation.graders.last_line import last_line
from benchwright.evaluation.graders.numeric import Numeric
from benchwright.evaluation.graders.short import ShortText, asks_for_person, is_not_stated
from benchwright.evaluation.graders.token_f1 import TokenF1
from benchwright.records import Question, Response, Score


@dataclass(frozen=True)
class ByForm:
    """Choice for options, shared words for open answers; for a short answer what its reference is."""

    tolerance: float = 0.0
    """Relative difference of amounts that still counts as equal."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "by_form"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response."""
        grader = self.chosen(question)
        score = None
        if question.form != "open" and (answer := last_line(response.text)) is not None:
            # Who works first and then answers names much before that answers nothing.
            score = await grader.grade(question, response.model_copy(update={"text": answer}))
        if score is None or score.value is None:
            score = await grader.grade(question, response)
        return score.model_copy(update={"grader": self.name, "reason": f"{score.grader}: {score.reason}"})

    def chosen(self, question: Question) -> Choice | TokenF1 | ShortText | Date | Clock | Numeric:
        """Return the grader that fits `question`."""
        if question.form == "choice":
            return Choice()
        if question.form == "open":
            return TokenF1()
        if is_not_stated(question):
            return ShortText()
        if whole_date(question.answer) is not None:
            return Date()
        if whole_moment(question.answer, question.text) is not None:
            return Clock()
        if asks_for_person(question):
            return ShortText()  # 오세린 and 이동원 begin like numbers
        return Numeric(self.tolerance) if whole_amount(question.answer) is not None else ShortText()
