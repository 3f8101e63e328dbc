"""What a writer model sends back, and how it becomes a question or a rejected one with the reason."""

import hashlib
import json
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from benchwright.generation.kinds import NOT_STATED, TRUE_FALSE
from benchwright.generation.plan import Batch, Slot
from benchwright.records import Citation, Passage, Provenance, Question, RejectedQuestion
from benchwright.text.quotes import locate_quote

LETTERS = "ABCDEFGHIJ"

UNGROUNDED = "CUR002"
MALFORMED = "CUR009"
"""Codes of what a draft can fail before any check sees it; the full table is in the docs."""


class DraftQuote(BaseModel):
    """A proof as the writer copied it."""

    model_config = ConfigDict(extra="ignore")

    source: int
    text: str


class Draft(BaseModel):
    """One question as a writer sent it. Unknown fields are ignored; the user's own are in `extra`."""

    model_config = ConfigDict(extra="ignore")

    slot: int
    reasoning: str = ""
    question: str
    options: list[str] = []
    answer: str
    accepted: list[str] = []
    rubric: str = ""
    calculation: str = ""
    quotes: list[DraftQuote]
    extra: dict[str, Any] = {}


class Drafts(BaseModel):
    """The whole answer to one call."""

    model_config = ConfigDict(extra="ignore")

    questions: list[Draft]


def response_schema(extra: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of a writer's answer, as strict as providers ask (all required, none additional).

    Args:
        extra: The user's own JSON Schema for the field `extra` of each question.
    """
    text = {"type": "string"}
    fields: dict[str, Any] = {
        "slot": {"type": "integer"},
        "reasoning": text,
        "question": text,
        "options": {"type": "array", "items": text},
        "answer": text,
        "accepted": {"type": "array", "items": text},
        "rubric": text,
        "calculation": text,
        "quotes": {"type": "array", "items": _closed({"source": {"type": "integer"}, "text": text})},
    }
    if extra is not None:
        fields["extra"] = extra
    return _closed({"questions": {"type": "array", "items": _closed(fields)}})


def _closed(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def to_question(draft: Draft, batch: Batch, *, writer: str, prompt_hash: str, seed: int) -> Question | RejectedQuestion:
    """Turn a draft into a question with exact citations, or into a rejected one that keeps what was written."""
    provenance = Provenance(writer=writer, prompt=prompt_hash, seed=seed, note=_note(draft))
    if not 1 <= draft.slot <= len(batch.slots):
        slot = batch.slots[0]
        return _rejected(
            draft, batch, slot, provenance, MALFORMED, f"it names slot {draft.slot}, which was not asked for"
        )
    slot = batch.slots[draft.slot - 1]
    if not draft.question.strip() or not draft.answer.strip():
        return _rejected(draft, batch, slot, provenance, MALFORMED, "its question or its answer is empty")
    try:
        choices, answer = _choices(draft, slot, batch.language, seed)
    except ValueError as error:
        return _rejected(draft, batch, slot, provenance, MALFORMED, str(error))
    citations, missing = _citations(draft, batch.sources)
    if missing or not citations:
        reason = f"its quote {missing!r} does not stand in the source" if missing else "it quotes nothing"
        return _rejected(draft, batch, slot, provenance, UNGROUNDED, reason)
    cited = {citation.document_id for citation in citations}
    if batch.reach == "cross_document" and len(cited) < 2:
        return _rejected(draft, batch, slot, provenance, UNGROUNDED, "it was to join two documents but quotes only one")
    return Question(
        form=slot.form,
        kind=slot.kind,
        text=draft.question.strip(),
        choices=choices,
        answer=answer,
        accepted=tuple(dict.fromkeys(text.strip() for text in draft.accepted if text.strip())),
        rubric=draft.rubric.strip() if slot.form == "open" else "",
        language=batch.language,
        citations=citations,
        document=batch.titles[0],
        section=" › ".join(batch.sources[0].section),
        difficulty=slot.difficulty,
        tags=(f"reach:{batch.reach}",),
        provenance=provenance,
        extra=json.dumps(draft.extra, ensure_ascii=False, sort_keys=True) if draft.extra else "",
    )


def _note(draft: Draft) -> str:
    """The writer's reasoning, and last the arithmetic behind a computed answer, which curation computes again."""
    calculation = " ".join(draft.calculation.split())
    return "\n".join(part for part in (draft.reasoning.strip(), calculation and f"calculated: {calculation}") if part)


def _choices(draft: Draft, slot: Slot, language: str, seed: int) -> tuple[tuple[str, ...], str]:
    """The options shuffled by seed, and the right one; writers answer with a letter now and then."""
    answer = draft.answer.strip()
    if slot.form != "choice":
        if slot.kind == "unanswerable":
            return (), NOT_STATED.get(language, NOT_STATED["en"])
        return (), answer
    options = [_without_letter(option) for option in draft.options]
    if slot.kind == "true_false":
        options = options if len(options) == 2 else list(TRUE_FALSE.get(language, TRUE_FALSE["en"]))
    if len(options) < 2 or len(set(options)) < len(options):
        raise ValueError(f"its options are too few or repeat themselves: {options}")
    letter = answer.rstrip(").:").upper()
    by_fold = {option.casefold(): option for option in options}
    if _without_letter(answer).casefold() in by_fold:
        answer = by_fold[_without_letter(answer).casefold()]
    elif len(letter) == 1 and letter in LETTERS[: len(options)]:
        answer = options[LETTERS.index(letter)]
    else:
        raise ValueError(f"its answer {answer!r} is none of its options")
    if slot.kind != "true_false":
        # Drawn from the question itself, so that neither resuming nor other questions change the order.
        digest = hashlib.sha256(f"{seed}\n{draft.question}".encode()).digest()
        np.random.default_rng(list(digest[:16])).shuffle(options)
    return tuple(options), answer


def _without_letter(option: str) -> str:
    option = option.strip()
    if len(option) > 3 and option[0].upper() in LETTERS and option[1] in ").:" and option[2] == " ":
        return option[3:].strip()
    return option


def _citations(draft: Draft, sources: tuple[Passage, ...]) -> tuple[tuple[Citation, ...], str]:
    """Exact spans for every quote, and the first quote that was not found. A wrong source number is forgiven."""
    citations: list[Citation] = []
    for quote in draft.quotes:
        named = [sources[quote.source - 1]] if 1 <= quote.source <= len(sources) else []
        for source in [*named, *(other for other in sources if other not in named)]:
            pieces = locate_quote(quote.text, source.text)
            if pieces:
                citations.extend(
                    Citation(
                        document_id=source.document_id,
                        start=source.start + piece.start,
                        end=source.start + piece.end,
                        text=source.text[piece.start : piece.end],
                    )
                    for piece in pieces
                )
                break
        else:
            return tuple(citations), quote.text
    return tuple(dict.fromkeys(citations)), ""


def _rejected(
    draft: Draft, batch: Batch, slot: Slot, provenance: Provenance, code: str, reason: str
) -> RejectedQuestion:
    question = Question(
        form="open",
        kind=slot.kind,
        text=draft.question,
        answer=draft.answer,
        language=batch.language,
        document=batch.titles[0],
        provenance=provenance,
        tags=(f"reach:{batch.reach}",),
        extra=json.dumps({"options": draft.options, "quotes": [q.text for q in draft.quotes]}, ensure_ascii=False),
    )
    return RejectedQuestion(question=question, codes=(code,), reasons=(reason,))
