"""Ask a language model to write the questions of one batch."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchwright.generation.draft import Draft, response_schema, to_question, unread
from benchwright.generation.kinds import DIFFICULTIES, KINDS, NOT_STATED, TRUE_FALSE
from benchwright.generation.order import Order, Part
from benchwright.generation.plan import Batch
from benchwright.generation.prompt import load_prompt
from benchwright.generation.read_drafts import Unread, read_drafts
from benchwright.models.prompt import Prompt, fenced, language_name
from benchwright.models.protocol import Model
from benchwright.records import Passage, Question, RejectedQuestion, Request

MOST_ATTEMPTS = 3
"""A malformed answer is asked again at most twice."""


@dataclass(frozen=True)
class Written:
    """What came of one batch. `failure` is set where no answer could be read; the batch then yields nothing."""

    batch: Batch
    questions: tuple[Question, ...] = ()
    rejected: tuple[RejectedQuestion, ...] = ()
    failure: str = ""


@dataclass(frozen=True)
class ModelWriter:
    """A writer: one model, its prompts and its parameters.

    `extra_schema` is the user's JSON Schema for own fields of each question; `summaries` are given as context, by
    document id.
    """

    model: Model
    order: Order
    seed: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    single: Prompt = field(default_factory=lambda: load_prompt("write_single"))
    multi: Prompt = field(default_factory=lambda: load_prompt("write_multi"))
    extra_schema: Mapping[str, Any] | None = None
    summaries: Mapping[str, str] = field(default_factory=dict)

    async def write(self, batch: Batch) -> Written:
        """Return the questions of one batch; a malformed answer is asked again, then the batch fails alone."""
        failure = complaint = ""
        rest: tuple[Draft | Unread, ...] = ()
        for attempt in range(MOST_ATTEMPTS):
            reply = await self.model.respond(self.request(batch, attempt, complaint))
            if reply.state == "error":
                return Written(batch, failure=f"{self.model.name}: {reply.reason or 'no answer'}")
            read = read_drafts(reply.text, len(batch.slots))
            if not read.is_worth_asking_again:
                return self._sorted_out(batch, read.drafts)
            if reply.state == "refusal":
                return Written(batch, failure=f"{self.model.name} refused: {reply.reason or reply.text[:80]}")
            # What could be read of a broken answer is used only when asking again has not given a whole one.
            rest = read.drafts or rest
            complaint = read.reason or "the answer is broken"
            failure = f"{self.model.name}: {complaint}"
        return self._sorted_out(batch, rest) if rest else Written(batch, failure=failure)

    def request(self, batch: Batch, attempt: int = 0, complaint: str = "") -> Request:
        """Return what is sent for one batch; the estimate counts its characters without sending.

        `complaint` is what was wrong with the last answer: who is asked the very same again answers the same.
        """
        prompt = self.single if batch.reach == "single" else self.multi
        topics = self._part(batch).topics
        messages = prompt.fill(
            language=language_name(batch.language),
            topics=f"Keep to this topic: {topics}. " if topics else "",
            instructions=self.order.instructions,
            sources="\n\n".join(self._source(batch, number) for number in range(len(batch.sources))),
            slots="\n".join(
                [*_levels(batch), *(self._slot(batch, number) for number in range(len(batch.slots))), *_asked(batch)]
            ),
            extra="\n".join(filter(None, (self._extra(), _again(complaint)))),
        )
        return Request(
            messages=messages,
            parameters=dict(self.parameters),
            passages=batch.sources,
            response_schema=response_schema(dict(self.extra_schema) if self.extra_schema is not None else None),
            attempt=attempt,
        )

    def _part(self, batch: Batch) -> Part:
        return self.order.numbered[batch.part]

    def _source(self, batch: Batch, number: int) -> str:
        passage = batch.sources[number]
        section = " › ".join(part for part in passage.section if part != batch.titles[number])
        is_first = passage.document_id not in {source.document_id for source in batch.sources[:number]}
        summary = self.summaries.get(passage.document_id, "") if is_first else ""
        context = "\n\n".join(part for part in (summary, self._table_head(passage)) if part)
        about = f"Context, which is no source and is never quoted:\n{fenced(context, tag='about')}\n" if context else ""
        return about + fenced(passage.text, id=str(number + 1), document=batch.titles[number], section=section)

    @staticmethod
    def _table_head(passage: Passage) -> str:
        return f"The source begins within this table:\n{passage.table_head}" if passage.table_head else ""

    def _slot(self, batch: Batch, number: int) -> str:
        slot = batch.slots[number]
        unstated = NOT_STATED.get(batch.language, NOT_STATED["en"])
        line = f"{number + 1}. kind {slot.kind}, form {slot.form}"
        if slot.kind == "true_false":
            line += f" ({' or '.join(TRUE_FALSE.get(batch.language, TRUE_FALSE['en']))})"
        elif slot.form == "choice":
            line += f" with {self._part(batch).options} options"
        line += f", {slot.difficulty}: {KINDS[slot.kind].instruction}"
        if slot.kind == "unanswerable":
            line += f" The words for `not stated`: {unstated}"
        elif slot.has_decoy:
            line += f" One of the wrong options is: {unstated}"
        return line

    def _extra(self) -> str:
        if self.extra_schema is None:
            return ""
        return f"Give each question a field `extra` that fits this JSON Schema: {json.dumps(self.extra_schema)}"

    def _sorted_out(self, batch: Batch, drafts: Sequence[Draft | Unread]) -> Written:
        prompt = self.single if batch.reach == "single" else self.multi
        questions: list[Question] = []
        rejected: list[RejectedQuestion] = []
        taken: set[int] = set()
        for draft in drafts:
            if isinstance(draft, Unread):
                rejected.append(unread(draft.sent, draft.reason, batch, writer=self.model.name, seed=self.seed))
                continue
            result = to_question(
                draft,
                batch,
                writer=self.model.name,
                prompt_hash=prompt.hash,
                seed=self.seed,
                options=self._part(batch).options,
            )
            if isinstance(result, RejectedQuestion):
                rejected.append(result)
            elif draft.slot not in taken:
                # A second question for the same slot was not ordered; the first stands.
                taken.add(draft.slot)
                questions.append(result)
        return Written(batch, tuple(questions), tuple(rejected))


def _levels(batch: Batch) -> list[str]:
    """What the difficulties that occur ask of the reader, each once."""
    occur = dict.fromkeys(slot.difficulty for slot in batch.slots)
    return [f"({level} means: {DIFFICULTIES[level]}.)" for level in occur]


def _again(complaint: str) -> str:
    said = f"Your last answer could not be used: {complaint}. Send one whole JSON object, nothing before or after it."
    return said if complaint else ""


def _asked(batch: Batch) -> list[str]:
    return ["Already asked of these sources; ask for something else:", *batch.avoid] if batch.avoid else []
