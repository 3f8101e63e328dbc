"""The shape of usual answers and their marks: right, wrong, or no credit where zero and "not graded" are both fair."""

from dataclasses import dataclass

from benchwright.records import Question

RIGHT: tuple[float | None, ...] = (1.0,)
WRONG: tuple[float | None, ...] = (0.0,)
NO_CREDIT: tuple[float | None, ...] = (0.0, None)
"""Refusals, empty answers, several answers: some people mark them 0, some leave them open; nobody gives credit."""


@dataclass(frozen=True)
class Asked:
    """A question with its answers, each with the marks that a person could give it."""

    text: str
    answer: str
    language: str
    choices: tuple[str, ...]
    answers: tuple[tuple[str, tuple[float | None, ...]], ...]

    @property
    def question(self) -> Question:
        """The question as a file of one's own questions brings it."""
        return Question.model_validate(
            {
                "form": "choice" if self.choices else "short",
                "kind": "imported",
                "text": self.text,
                "choices": self.choices,
                "answer": self.answer,
                "language": self.language,
                "provenance": {"writer": "import:forms.csv"},
            }
        )
