"""The ceiling: a model that is told the reference answer."""

from dataclasses import dataclass

from benchwright.models.builtin.answering import choose, decline, say
from benchwright.records import Question, Reply, Request


@dataclass(frozen=True)
class Oracle:
    """Answers with the reference. What it scores is the most that the graders can give."""

    @property
    def name(self) -> str:
        """Its name on every board."""
        return "builtin/oracle"

    async def respond(self, request: Request) -> Reply:
        """Give the reference answer; a free prompt has none."""
        if request.question is None:
            return decline("en")
        return recite(request.question, request.choices)


def recite(question: Question, choices: tuple[str, ...]) -> Reply:
    """Give the reference answer of `question`, as the option that it is among `choices`."""
    if question.answer in choices:
        return choose(choices, choices.index(question.answer))
    return say(question.answer)
