"""What a writer model sends back, and how it becomes a question or a rejected one with the reason."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from benchwright.generation.depth import asks_twice, is_lookup, said_by_each, sets_side_by_side
from benchwright.generation.kinds import NOT_STATED, TRUE_FALSE
from benchwright.generation.plan import Batch
from benchwright.generation.slots import Slot
from benchwright.records import Citation, Passage, Provenance, Question, RejectedQuestion
from benchwright.text.language import other_language
from benchwright.text.quotes import locate_quote

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
        return _malformed(draft, batch, batch.slots[0], provenance, reason)
    slot = batch.slots[draft.slot - 1]
    if not draft.question.strip() or not draft.answer.strip():
        return _malformed(draft, batch, slot, provenance, "its question or its answer is empty")
    said = draft.question if len(draft.question) >= 20 else f"{draft.question} {draft.answer}"
    if written := other_language(said, batch.language):
        reason = f"it is written in `{written}`, but `{batch.language}` was asked for"
        return _malformed(draft, batch, slot, provenance, reason)
    # An explanation may answer two questions, but not one of each source: those it would only set side by side.
    if (slot.form != "open" or (batch.reach != "single" and batch.language == "ko")) and asks_twice(draft.question):
        return _malformed(draft, batch, slot, provenance, "it asks two questions at once")
    try:
        choices, answer = choices_of(draft, slot, batch.language, seed, options=options)
    except ValueError as error:
        return _malformed(draft, batch, slot, provenance, str(error))
    citations, missing, sources = _citations(draft, batch.sources)
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
        tags=batch.tags,
        provenance=provenance,
        extra=json.dumps(draft.extra, ensure_ascii=False, sort_keys=True) if draft.extra else "",
    )
    if missing or not citations:
        reason = f"its quote {missing!r} does not stand in the source" if missing else "it quotes nothing"
        return RejectedQuestion(question=question, codes=(UNGROUNDED,), reasons=(reason,))
    if unused := [place + 1 for place in range(len(batch.sources)) if place not in sources]:
        reason = f"it was to join {len(batch.sources)} sources, but quotes nothing from source {unused[0]}"
        return RejectedQuestion(question=question, codes=(UNGROUNDED,), reasons=(reason,))
    if batch.reach != "single" and (alone := said_by_each(question, batch.sources)):
        return RejectedQuestion(question=question, codes=(TOO_EASY,), reasons=(alone,))
    if batch.reach != "single" and question.form != "open" and sets_side_by_side(question, batch.sources):
        return _malformed(draft, batch, slot, provenance, "it asks each of its sources for something of its own")
    if batch.reach == "single" and is_lookup(question, batch.sources[0], draft.calculation):
        reason = "it was to be hard, but one sentence of the source gives its answer"
        return RejectedQuestion(question=question, codes=(TOO_EASY,), reasons=(reason,))
    return question


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
        return (), _unstated(answer, unstated) if slot.kind == "unanswerable" else answer
    if slot.kind == "true_false":
        return _verdicts(draft, language)
    labels, offered = _labelled(draft.options)
    if len(offered) < 2 or len(set(offered)) < len(offered):
        raise ValueError(f"its options are too few or repeat themselves: {offered}")
    if len(offered) < options:
        raise ValueError(f"it has {len(offered)} options, {options} were asked for")
    answer = _chosen(answer, offered, labels)
    if slot.kind == "unanswerable" and answer != unstated:
        if unstated in offered:
            raise ValueError(f"it was to have the answer {unstated!r}, but its answer is {answer!r}")
        offered[offered.index(answer)] = answer = _unstated(answer, unstated)
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


_SAYS_NOTHING = re.compile(
    r"\bnot?\b|n['’]t\b|\bun(?:known|stated|specified|clear)\b|\bnone\b|\bnicht\b|\bnon\b|\bkein"
    r"|없|않|미기재|모르|알 수|ない|未|没|无",
    re.IGNORECASE,
)


def _unstated(answer: str, agreed: str) -> str:
    """The agreed words, where an answer says in whatever words that the source does not tell."""
    if answer != agreed and (re.search(r"\d", answer) or not _SAYS_NOTHING.search(answer)):
        raise ValueError(f"it was to have the answer {agreed!r}, but its answer is {answer!r}")
    return agreed


def _verdicts(draft: Draft, language: str) -> tuple[tuple[str, ...], str]:
    """The words for true and false in the language of the question, in whatever language the writer said them."""
    pair = TRUE_FALSE.get(language, TRUE_FALSE["en"])
    said = _without_letter(draft.answer).strip(" .").casefold()
    for known in (pair, *TRUE_FALSE.values(), *_VERDICTS):
        for place, word in enumerate(known):
            if said == word.casefold():
                return pair, pair[place]
    if len(said) == 1 and said.upper() in "AB" and len(draft.options) == 2:
        return _verdicts(draft.model_copy(update={"answer": draft.options["AB".index(said.upper())]}), language)
    raise ValueError(f"its answer {draft.answer!r} says neither {pair[0]} nor {pair[1]}")


_VERDICTS = (
    ("o", "x"),
    ("○", "×"),
    ("t", "f"),
    ("yes", "no"),
    ("예", "아니오"),
    ("맞다", "틀리다"),
    ("옳다", "그르다"),
)
"""Other words for true and false."""

_LETTER = re.compile(r"(?:option|choice|answer|보기|선택지)?\s*[(\[]?([A-J])[)\].:]*", re.IGNORECASE)


_NUMBERED = re.compile(
    r"[(\[]?(?P<label>[A-Ja-j]|\d{1,2}|[①-⑩]|[가나다라마바사아자차])(?:[)\].:]+\s*|(?<=[①-⑩])\s*)(?=\S)"
)
_SERIES = ("ABCDEFGHIJ", "①②③④⑤⑥⑦⑧⑨⑩", "가나다라마바사아자차")


def _labelled(options: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The labels that a writer put before its options (A B C, 1 2 3, ① ②, 가 나), and the options without them.

    Only a whole series in order is one: the `1.` of a single option is part of it.
    """
    found = [_NUMBERED.match(option.strip()) for option in options]
    labels = tuple(match["label"].upper() for match in found if match)
    series = (*(tuple(each) for each in _SERIES), tuple(str(number) for number in range(1, 11)))
    if len(labels) == len(options) > 1 and any(labels == each[: len(labels)] for each in series):
        return labels, [
            option.strip()[match.end() :].strip() for option, match in zip(options, found, strict=True) if match
        ]
    return (), [_without_letter(option) for option in options]


def _chosen(answer: str, options: Sequence[str], labels: Sequence[str] = ()) -> str:
    """The option that an answer names, by its text or by its letter, or by the label that the writer gave it."""
    by_fold = {option.casefold().rstrip("."): option for option in options}
    bare = answer.strip(" ().:[]번").upper()
    if bare in labels and answer.casefold() not in by_fold:
        return options[labels.index(bare)]
    named = _NUMBERED.match(answer.strip())
    if named and named["label"].upper() in labels:
        answer = answer.strip()[named.end() :].strip()
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


def _malformed(draft: Draft, batch: Batch, slot: Slot, provenance: Provenance, reason: str) -> RejectedQuestion:
    """What was written, as whole as it is, so that a person who takes it back finds options and citations in place."""
    answer = draft.answer.strip()
    offered = tuple(dict.fromkeys(text.strip() for text in draft.options if text.strip()))
    try:
        offered, answer = choices_of(draft, slot, batch.language, provenance.seed or 0)
    except ValueError:
        offered = offered if answer in offered or not answer else (*offered, answer)
    is_choice = slot.form == "choice" and answer in offered
    citations, _, _ = _citations(draft, batch.sources)
    question = Question(
        form=slot.form if is_choice or slot.form != "choice" else "open",
        kind=slot.kind,
        text=draft.question,
        choices=offered if is_choice else (),
        answer=answer,
        accepted=tuple(dict.fromkeys(text.strip() for text in draft.accepted if text.strip())),
        rubric=draft.rubric.strip() if slot.form == "open" else "",
        language=batch.language,
        citations=citations,
        document=batch.titles[0],
        section=" › ".join(batch.sources[0].section),
        difficulty=slot.difficulty,
        provenance=provenance,
        tags=batch.tags,
        extra=json.dumps({"options": draft.options, "quotes": [q.text for q in draft.quotes]}, ensure_ascii=False),
    )
    return RejectedQuestion(question=question, codes=(MALFORMED,), reasons=(reason,))


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
        tags=batch.tags,
    )
    return RejectedQuestion(question=question, codes=(MALFORMED,), reasons=(f"it cannot be read: {reason}",))
