"""A judge: a language model that grades an answer against the reference, the cited passage and a rubric."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from benchwright.evaluation.grader import Grader
from benchwright.evaluation.judgement import read_judgement
from benchwright.evaluation.prompt import listed
from benchwright.models.prompt import Prompt, fenced, read_prompt
from benchwright.models.protocol import Model
from benchwright.records import Question, Request, Response, Score

MOST_ATTEMPTS = 3
"""A judgement that cannot be read is asked for again at most twice."""

MOST_CHARACTERS = 20_000
"""Longer answers are cut for the judge, and the cut is said in the reason: length must buy nothing."""

JUDGE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"reason": {"type": "string"}, "credit": {"type": "number"}},
    "required": ["reason", "credit"],
    "additionalProperties": False,
}


class Judgement(BaseModel):
    """What a judge sends back."""

    model_config = ConfigDict(extra="ignore")

    reason: str = ""
    credit: float = Field(ge=0, le=1)


@cache
def load_judge_prompt(replacement: Path | None = None) -> Prompt:
    """Return the packaged judge prompt, or the user's own from a file."""
    return read_prompt(
        "benchwright.evaluation.prompts",
        "judge",
        blanks=frozenset({"passage", "question", "reference", "rubric", "answer"}),
        needed=frozenset({"question", "reference", "answer"}),
        replacement=replacement,
    )


@dataclass(frozen=True)
class Judge:
    """Grades by asking `model`; implements `Grader`."""

    model: Model
    prompt: Prompt = field(default_factory=load_judge_prompt)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`judge:` and the model's name; with a prompt of the user's own, `@` and the beginning of its hash."""
        own = "" if self.prompt == load_judge_prompt() else f"@{self.prompt.hash[:8]}"
        return f"judge:{self.model.name}{own}"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response. An empty answer is worth 0 without a call; an unreadable judgement is `None`."""
        if not response.text.strip():
            return self._score(response, 0.0, "the answer is empty")
        last = ""
        for attempt in range(MOST_ATTEMPTS):
            reply = await self.model.respond(self.request(question, response.text, attempt))
            if reply.state == "error":
                return self._score(response, None, f"{self.model.name}: {reply.reason or 'no answer'}")
            read = read_judgement(reply.text, Judgement, [response.text])
            if read.value is not None:
                cut = " (only the first part was judged)" if len(response.text) > MOST_CHARACTERS else ""
                return self._score(response, read.value.credit, read.value.reason.strip() + cut)
            last = f"{read.reason}: {reply.text}"
        return self._score(response, None, f"the judgement could not be read: {last}")

    def request(self, question: Question, answer: str, attempt: int = 0) -> Request:
        """Return what the judge is asked; the estimate counts its characters without sending."""
        passage = "\n[…]\n".join(citation.text for citation in question.citations)
        messages = self.prompt.fill(
            passage=fenced(passage, tag="passage") if passage else "",
            question=fenced(shown_question(question), tag="question"),
            reference=fenced(shown_reference(question), tag="reference"),
            rubric=fenced(question.rubric, tag="rubric") if question.rubric else "",
            answer=fenced(answer[:MOST_CHARACTERS], tag="answer"),
        )
        return Request(
            messages=messages, parameters=dict(self.parameters), response_schema=JUDGE_SCHEMA, attempt=attempt
        )

    def _score(self, response: Response, value: float | None, reason: str) -> Score:
        return Score(response_id=response.id, grader=self.name, value=value, reason=reason)


@dataclass(frozen=True)
class Panel:
    """Several judges; the score is their mean, and the reason says how far apart they are."""

    judges: tuple[Grader, ...]

    @property
    def name(self) -> str:
        """`panel:` and the judges' names."""
        return "panel:" + "+".join(judge.name.removeprefix("judge:") for judge in self.judges)

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response by every judge that could be read; `None` where fewer than half could."""
        scores = await asyncio.gather(*(judge.grade(question, response) for judge in self.judges))
        return panel_score(self.name, response.id, scores)


def panel_score(name: str, response_id: str, scores: Sequence[Score]) -> Score:
    """Return the mean of the judges' scores with every single one in the reason."""
    values = [score.value for score in scores if score.value is not None]
    said = "; ".join(
        f"{score.grader} {'unreadable' if score.value is None else format(score.value, '.2f')}: {score.reason}"
        for score in scores
    )
    if len(values) * 2 < len(scores) or not values:
        return Score(response_id=response_id, grader=name, value=None, reason=f"too few judges were readable: {said}")
    return Score(
        response_id=response_id,
        grader=name,
        value=mean(values),
        reason=f"{len(values)} judges, {max(values) - min(values):.2f} apart: {said}",
    )


def shown_question(question: Question) -> str:
    """Return the question as a judge sees it: with its options under the letters by which answers name them."""
    return f"{question.text}\n{listed(question.choices)}" if question.choices else question.text


def shown_reference(question: Question) -> str:
    """Return the reference as a judge sees it, with the other answers that are as right."""
    return "\n".join([question.answer, *(f"Also right: {other}" for other in question.accepted)])
