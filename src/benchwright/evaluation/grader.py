"""What every grader has in common: it marks one response to one question."""

from typing import Protocol

from benchwright.records import Question, Response, Score


class Grader(Protocol):
    """Marks responses. A judge is a grader that is a model; that is why grading may wait.

    `value` is 0..1, or `None` with a reason where the response cannot be read with certainty: a grader never guesses.
    """

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        ...

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response whose state is not `error`."""
        ...
