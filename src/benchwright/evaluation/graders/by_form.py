"""The default grader: picks the right one by the form and the reference answer of the question."""

from dataclasses import dataclass

from benchwright.evaluation.graders.choice import Choice
from benchwright.evaluation.graders.exact import Exact
from benchwright.records import Question, Response, Score


@dataclass(frozen=True)
class ByForm:
    """Choice for options; for a short answer what its reference is."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "by_form"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response."""
        grader = Choice() if question.form == "choice" else Exact()
        score = await grader.grade(question, response)
        return score.model_copy(update={"grader": self.name, "reason": f"{score.grader}: {score.reason}"})
