"""Grades short answers by their text: equal but for form."""

from dataclasses import dataclass

from benchwright.evaluation.graders.normalise import same
from benchwright.records import Question, Response, Score


@dataclass(frozen=True)
class Exact:
    """Full marks when the response is the reference or an accepted wording, case, marks and particles aside."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "exact"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response."""
        references = (question.answer, *question.accepted)
        if not any(reference.strip() for reference in references):
            return Score(response_id=response.id, grader=self.name, value=None, reason="the question has no reference")
        is_right = any(same(response.text, reference) for reference in references)
        reason = "equals the reference" if is_right else "differs from the reference"
        return Score(response_id=response.id, grader=self.name, value=float(is_right), reason=reason)
