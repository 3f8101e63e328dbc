"""What a writer model sends back, and how it becomes a question or a rejected one with the reason."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from benchwright.generation.kinds import NOT_STATED, TRUE_FALSE
from benchwright.generation.plan import Batch, Slot
from benchwright.records import Citation, Passage, Provenance, Question, RejectedQuestion
from benchwright.text.fold import find_folded
from benchwright.text.language import detect_language
from benchwright.text.quotes import locate_quote
from benchwright.text.sentences import sentences

LETTERS = "ABCDEFGHIJ"

UNGROUNDED = "CUR002"
MALFORMED = "CUR009"
TOO_EASY = "CUR012"
"""Codes of what a draft can fail before any check sees it; the full table is in the docs."""


class DraftQuote(BaseModel):
    """A proof as the writer copied it. Source 0 is a source that the writer did not name."""

    model_config = ConfigDict(extra="ignore")

    source: int = 0
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


def to_question(
    draft: Draft, batch: Batch, *, writer: str, prompt_hash: str, seed: int, options: int = 0
) -> Question | RejectedQuestion:
    """Turn a draft into a question with exact citations, or into a rejected one that keeps what was written.

    `options` is how many a choice was to have; 0 where any number will do.
    """
    provenance = Provenance(writer=writer, prompt=prompt_hash, seed=seed, note=_note(draft))
    if not 1 <= draft.slot <= len(batch.slots):
        reason = f"it names slot {draft.slot}, which was not asked for"
        return _rejected(draft, batch, batch.slots[0], provenance, MALFORMED, reason)
    slot = batch.slots[draft.slot - 1]
    if not draft.question.strip() or not draft.answer.strip():
        return _rejected(draft, batch, slot, provenance, MALFORMED, "its question or its answer is empty")
    if written := _other_language(draft, batch.language):
        reason = f"it is written in `{written}`, but `{batch.language}` was asked for"
        return _rejected(draft, batch, slot, provenance, MALFORMED, reason)
    try:
        choices, answer = choices_of(draft, slot, batch.language, seed, options=options)
    except ValueError as error:
        return _rejected(draft, batch, slot, provenance, MALFORMED, str(error))
    citations, missing, sources = _citations(draft, batch.sources)
    if missing or not citations:
        reason = f"its quote {missing!r} does not stand in the source" if missing else "it quotes nothing"
        return _rejected(draft, batch, slot, provenance, UNGROUNDED, reason)
    if unused := [place + 1 for place in range(len(batch.sources)) if place not in sources]:
        reason = f"it was to join {len(batch.sources)} sources, but quotes nothing from source {unused[0]}"
        return _rejected(draft, batch, slot, provenance, UNGROUNDED, reason)
    question = Question(
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
    if batch.reach == "single" and is_lookup(question, batch.sources[0], draft.calculation):
        reason = "it was to be hard, but one sentence of the source gives its answer"
        return RejectedQuestion(question=question, codes=(TOO_EASY,), reasons=(reason,))
    return question


def is_lookup(question: Question, source: Passage, calculation: str = "") -> bool:
    """Whether a question that was to be hard is answered by reading one sentence.

    Not counted: computed answers, what is not stated, and cases posed by the question whose answer no sentence says.
    """
    if question.difficulty != "hard" or calculation.strip() or question.kind in ("unanswerable", "open_ended"):
        return False
    touched = {
        (start, end)
        for start, end in statements(source.text)
        for citation in question.citations
        if source.start + start < citation.end and citation.start < source.start + end
    }
    if len(touched) > 1:
        return False
    evidence = " ".join(source.text[start:end] for start, end in touched)
    is_said = find_folded(question.answer.strip(" ."), evidence) is not None
    return is_said or question.kind not in POSED


POSED = frozenset({"application", "counterfactual", "edge_case", "false_premise"})
"""Kinds that bring a case or a premise of their own, so that one rule and the case are two things to put together."""


def statements(text: str) -> list[tuple[int, int]]:
    """Spans of what a text states one by one: sentences, list items and table rows."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        at = start
        for line in text[start:end].split("\n"):
            if found and at > found[-1][0] and at > start and not _BEGINS_ITEM.match(line):
                found[-1] = (found[-1][0], at + len(line))
            elif line.strip():
                found.append((at, at + len(line)))
            at += len(line) + 1
    return found


_BEGINS_ITEM = re.compile(r"\s*(?:[-*•|#]|\d+[.)]\s)")


def _other_language(draft: Draft, asked: str) -> str:
    """The language a draft is written in, where it is surely another than the one asked for."""
    text = draft.question if len(draft.question) >= 20 else f"{draft.question} {draft.answer}"
    written = detect_language(text)
    # Among languages in Latin letters a short question full of names is told too unsurely.
    is_sure = {written, asked} & {"ko", "ja", "zh", "ar", "ru"} or len(text) >= 80
    return written if written not in (asked, "und") and asked not in ("", "und") and is_sure else ""


def _note(draft: Draft) -> str:
    """The writer's reasoning, and last the arithmetic behind a computed answer, which curation computes again."""
    calculation = " ".join(draft.calculation.split())
    return "\n".join(part for part in (draft.reasoning.strip(), calculation and f"calculated: {calculation}") if part)


def choices_of(draft: Draft, slot: Slot, language: str, seed: int, *, options: int = 0) -> tuple[tuple[str, ...], str]:
    """Return the options shuffled by seed, and the right one; writers answer with a letter now and then.

    Raises:
        ValueError: the options or the answer cannot be meant; the text says why.
    """
    answer = draft.answer.strip()
    unstated = NOT_STATED.get(language, NOT_STATED["en"])
    if slot.form != "choice":
        return (), unstated if slot.kind == "unanswerable" else answer
    if slot.kind == "true_false":
        return _verdicts(draft, language)
    offered = [_without_letter(option) for option in draft.options]
    if len(offered) < 2 or len(set(offered)) < len(offered):
        raise ValueError(f"its options are too few or repeat themselves: {offered}")
    if len(offered) < options:
        raise ValueError(f"it has {len(offered)} options, {options} were asked for")
    answer = _chosen(answer, offered)
    if slot.kind == "unanswerable" and answer != unstated:
        # In whatever words the writer said it, all unanswerable questions have one key.
        if any(character.isdigit() for character in answer) or unstated in offered:
            raise ValueError(f"it was to have the answer {unstated!r}, but its answer is {answer!r}")
        offered[offered.index(answer)] = answer = unstated
    if slot.has_decoy and unstated not in offered:
        wrong = next(place for place in reversed(range(len(offered))) if offered[place] != answer)
        offered[wrong] = unstated
    while options and len(offered) > options:
        # More wrong options than asked for: the last go, but not the one that says "not stated".
        spare = [place for place, text in enumerate(offered) if text not in (answer, unstated)]
        del offered[spare[-1]]
    # Drawn from the question itself, so that neither resuming nor other questions change the order.
    digest = hashlib.sha256(f"{seed}\n{draft.question}".encode()).digest()
    np.random.default_rng(list(digest[:16])).shuffle(offered)
    return tuple(offered), answer


def _verdicts(draft: Draft, language: str) -> tuple[tuple[str, ...], str]:
    """The words for true and false in the language of the question, in whatever language the writer said them."""
    pair = TRUE_FALSE.get(language, TRUE_FALSE["en"])
    said = _without_letter(draft.answer).strip(" .").casefold()
    for known in (pair, *TRUE_FALSE.values()):
        for place, word in enumerate(known):
            if said == word.casefold():
                return pair, pair[place]
    if len(said) == 1 and said.upper() in "AB" and len(draft.options) == 2:
        return _verdicts(draft.model_copy(update={"answer": draft.options["AB".index(said.upper())]}), language)
    raise ValueError(f"its answer {draft.answer!r} says neither {pair[0]} nor {pair[1]}")


_LETTER = re.compile(r"(?:option|choice|answer|보기|선택지)?\s*[(\[]?([A-J])[)\].:]*", re.IGNORECASE)


def _chosen(answer: str, options: Sequence[str]) -> str:
    """The option that an answer names, by its text or by its letter."""
    by_fold = {option.casefold().rstrip("."): option for option in options}
    for said in (answer, _without_letter(answer)):
        if said.casefold().rstrip(".") in by_fold:
            return by_fold[said.casefold().rstrip(".")]
    letter = _LETTER.fullmatch(answer)
    if letter and letter[1].upper() in LETTERS[: len(options)]:
        return options[LETTERS.index(letter[1].upper())]
    raise ValueError(f"its answer {answer!r} is none of its options")


def _without_letter(option: str) -> str:
    option = option.strip()
    if len(option) > 3 and option[0].upper() in LETTERS and option[1] in ").:" and option[2] == " ":
        return option[3:].strip()
    return option


def _citations(draft: Draft, sources: tuple[Passage, ...]) -> tuple[tuple[Citation, ...], str, set[int]]:
    """Exact spans for every quote, the first quote that was not found, and the sources they stand in.

    A wrong source number is forgiven.
    """
    citations: list[Citation] = []
    used: set[int] = set()
    for quote in draft.quotes:
        named = [quote.source - 1] if 1 <= quote.source <= len(sources) else []
        for place in dict.fromkeys([*named, *range(len(sources))]):
            source = sources[place]
            pieces = locate_quote(quote.text, source.text)
            if pieces:
                used.add(place)
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
            return tuple(citations), quote.text, used
    return tuple(dict.fromkeys(citations)), "", used


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


def unread(sent: str, reason: str, batch: Batch, *, writer: str, seed: int) -> RejectedQuestion:
    """Return what was sent in the place of a question and cannot be read, kept whole."""
    question = Question(
        form="open",
        kind=batch.slots[0].kind,
        text=sent,
        answer="",
        language=batch.language,
        document=batch.titles[0],
        provenance=Provenance(writer=writer, seed=seed),
        tags=(f"reach:{batch.reach}",),
    )
    return RejectedQuestion(question=question, codes=(MALFORMED,), reasons=(f"it cannot be read: {reason}",))
