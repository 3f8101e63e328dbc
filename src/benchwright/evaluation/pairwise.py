"""A judge compares two answers, in both orders: a win counts only where both orders agree."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator

from benchwright.evaluation.graders.judge import shown_question, shown_reference
from benchwright.evaluation.judgement import read_judgement
from benchwright.models.prompt import Prompt, fenced, read_prompt
from benchwright.models.protocol import Model
from benchwright.records import Question, Request

Winner = Literal["a", "b", "tie", "both_bad"]

SAME_ANSWER = "both answers are the same; no judge was asked"

SWAPPED: dict[Winner, Winner] = {"a": "b", "b": "a", "tie": "tie", "both_bad": "both_bad"}

PAIR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "reason": {"type": "string"},
        "winner": {"type": "string", "enum": ["a", "b", "tie", "both_bad"]},
    },
    "required": ["reason", "winner"],
    "additionalProperties": False,
}


class PairJudgement(BaseModel):
    """What the judge sends back for one order."""

    model_config = ConfigDict(extra="ignore")

    reason: str = ""
    winner: Winner

    @field_validator("winner", mode="before")
    @classmethod
    def _as_asked(cls, said: object) -> object:
        """`A`, `Answer B`, `answer_a` and `Both bad` mean what they say; anything else is left to be refused."""
        plain = re.sub(r"[^a-z]+", " ", str(said).casefold()).strip()
        known = {"answer a": "a", "answer b": "b", "both bad": "both_bad", "both are bad": "both_bad", "neither": "tie"}
        return known.get(plain, plain if plain in ("a", "b", "tie") else said)


@dataclass(frozen=True)
class Verdict:
    """What two orders say together. `winner` is `None` where one of them could not be read."""

    winner: Winner | None
    is_consistent: bool
    reasons: tuple[str, str]


@cache
def load_pair_prompt(replacement: Path | None = None) -> Prompt:
    """Return the packaged prompt for comparing two answers, or the user's own from a file."""
    return read_prompt(
        "benchwright.evaluation.prompts",
        "judge_pair",
        blanks=frozenset({"passage", "question", "reference", "rubric", "answer_a", "answer_b"}),
        needed=frozenset({"question", "answer_a", "answer_b"}),
        replacement=replacement,
    )


@dataclass(frozen=True)
class PairJudge:
    """Compares two answers by asking `model` twice, the second time with sides swapped (Zheng et al., 2023)."""

    model: Model
    prompt: Prompt = field(default_factory=load_pair_prompt)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    async def compare(self, question: Question, first: str, second: str) -> Verdict:
        """Say whether `first` (a) or `second` (b) is better; orders that disagree make a tie.

        Twice the same answer is a tie that nobody is asked about.
        """
        if " ".join(first.split()) == " ".join(second.split()):
            return Verdict("tie", True, (SAME_ANSWER, SAME_ANSWER))
        (straight, why), (turned, why_turned) = await asyncio.gather(
            self._ask(question, first, second), self._ask(question, second, first)
        )
        if straight is None or turned is None:
            return Verdict(None, False, (why, why_turned))
        back = SWAPPED[turned]
        return Verdict(straight if straight == back else "tie", straight == back, (why, why_turned))

    def request(self, question: Question, answer_a: str, answer_b: str, attempt: int = 0) -> Request:
        """Return what the judge is asked for one order."""
        passage = "\n[…]\n".join(citation.text for citation in question.citations)
        messages = self.prompt.fill(
            passage=fenced(passage, tag="passage") if passage else "",
            question=fenced(shown_question(question), tag="question"),
            reference=fenced(shown_reference(question), tag="reference") if question.answer else "",
            rubric=fenced(question.rubric, tag="rubric") if question.rubric else "",
            answer_a=fenced(answer_a, tag="answer_a"),
            answer_b=fenced(answer_b, tag="answer_b"),
        )
        return Request(
            messages=messages, parameters=dict(self.parameters), response_schema=PAIR_SCHEMA, attempt=attempt
        )

    async def _ask(self, question: Question, answer_a: str, answer_b: str) -> tuple[Winner | None, str]:
        last = ""
        for attempt in range(3):
            reply = await self.model.respond(self.request(question, answer_a, answer_b, attempt))
            if reply.state == "error":
                return None, reply.reason
            read = read_judgement(reply.text, PairJudgement, [answer_a, answer_b])
            if read.value is not None:
                return read.value.winner, read.value.reason
            last = reply.text
        return None, f"the judgement could not be read: {last}"
