"""Closed-book models that remember a known share of the documents: a ladder whose true order is known."""

from dataclasses import dataclass

from benchwright.models.builtin.answering import choose, decline, identity_of
from benchwright.models.builtin.chance import pick, share
from benchwright.models.builtin.oracle import recite
from benchwright.records import Question, Reply, Request

BLOCK = 200
"""Documents are remembered in blocks of this many characters, so that a few short documents also make a ladder."""


@dataclass(frozen=True)
class Holder:
    """Remembers `held` of the text of every document, decided by hash, and guesses the rest.

    A larger holder remembers all that a smaller one does. Context is not read: what it knows, it knew before.
    """

    held: float
    seed: int = 0

    @property
    def name(self) -> str:
        """`builtin/holder-` and the share in percent."""
        return f"builtin/holder-{round(self.held * 100)}"

    async def respond(self, request: Request) -> Reply:
        """Recite what is remembered; guess an option, or say that it is not known, where it is not."""
        question = request.question
        if question is not None and self.remembers(question):
            return recite(question, request.choices)
        if request.choices:
            lot = pick(range(len(request.choices)), self.seed, "holder", identity_of(request), request.repeat)
            return choose(request.choices, lot)
        return decline(question.language if question else "en")

    def remembers(self, question: Question) -> bool:
        """Whether it holds every place that `question` cites (for one that cites none: the question itself)."""
        places = [f"{cited.document_id}:{cited.start // BLOCK}" for cited in question.citations] or [question.id]
        return all(share("held", place) < self.held for place in places)
