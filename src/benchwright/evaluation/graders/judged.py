"""The default grader where judges are named: rules grade what rules can read, judges the rest."""

from dataclasses import dataclass, field

from benchwright.evaluation.grader import Grader
from benchwright.evaluation.graders.by_form import ByForm
from benchwright.records import Question, Response, Score


@dataclass(frozen=True)
class Judged:
    """Open answers go to `judge`; other forms to `rules`, and to `judge` only where the rules refuse to guess."""

    judge: Grader
    rules: Grader = field(default_factory=ByForm)

    @property
    def name(self) -> str:
        """The judge's name: it is what decides the hard cases."""
        return f"{self.rules.name}+{self.judge.name}"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response."""
        if question.form != "open":
            score = await self.rules.grade(question, response)
            if score.value is not None or question.form == "choice":
                return score.model_copy(update={"grader": self.name})
        score = await self.judge.grade(question, response)
        return score.model_copy(update={"grader": self.name, "reason": f"{score.grader}: {score.reason}"})
