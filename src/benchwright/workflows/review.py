"""A person looks at questions: keeps, drops or edits them, and may overrule any check."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import yaml
from pydantic import ValidationError

from benchwright.errors import InputError, unknown_name
from benchwright.records import Benchmark, Document, Question, RejectedQuestion

Queue = Literal["flagged", "all", "rejected"]
Verdict = Literal["keep", "drop", "edit"]

QUEUES: dict[str, str] = {
    "flagged": "kept questions that a check flagged, most flags first",
    "all": "every kept question that no person has seen",
    "rejected": "questions that a check dropped",
}

DROPPED_BY_PERSON = "REVIEW"
REVIEWED = "reviewed:kept"
OVERRULED = "reviewed:overruled"
EDITED = "reviewed:edited"


@dataclass(frozen=True)
class Item:
    """One question waiting for a person, with what the checks said of it."""

    question: Question
    remarks: tuple[str, ...]
    is_rejected: bool


def review_queue(benchmark: Benchmark, queue: str = "flagged") -> tuple[Item, ...]:
    """Return what waits for a person. Questions that a person has seen do not come again.

    Raises:
        UnknownName: no queue has this name.
    """
    if queue not in QUEUES:
        raise unknown_name("queue", queue, QUEUES)
    if queue == "rejected":
        return tuple(
            Item(dropped.question, tuple(map(": ".join, zip(dropped.codes, dropped.reasons, strict=False))), True)
            for dropped in benchmark.rejected
            if DROPPED_BY_PERSON not in dropped.codes
        )
    flags: dict[str, list[str]] = {}
    for finding in benchmark.findings:
        if finding.effect == "flag" and finding.status == "problem":
            said = f"\n{finding.evidence}" if finding.evidence else ""
            flags.setdefault(finding.subject, []).append(f"{finding.code}: {finding.message}{said}")
    waiting = [
        Item(question, tuple(flags.get(question.id, ())), False)
        for question in benchmark.questions
        if not any(tag.startswith("reviewed:") for tag in question.tags) and (queue == "all" or question.id in flags)
    ]
    return tuple(sorted(waiting, key=lambda item: -len(item.remarks)))


def apply_verdict(
    benchmark: Benchmark, item: Item, verdict: Verdict, *, note: str = "", edited: Question | None = None
) -> Benchmark:
    """Return the benchmark after one decision; what is dropped stays beside the others with the reason."""
    question = item.question
    others = tuple(other for other in benchmark.questions if other.id != question.id)
    dropped = tuple(other for other in benchmark.rejected if other.question.id != question.id)
    if verdict == "drop":
        reason = f"a person dropped it{f': {note}' if note else ''}"
        out = RejectedQuestion(question=question, codes=(DROPPED_BY_PERSON,), reasons=(reason,))
        return benchmark.model_copy(update={"questions": others, "rejected": (*dropped, out)})
    if verdict == "edit":
        if edited is None:
            raise InputError("an edit needs the edited question")
        old = RejectedQuestion(
            question=question, codes=(DROPPED_BY_PERSON,), reasons=(f"replaced by its edit {edited.id[:12]}",)
        )
        return benchmark.model_copy(update={"questions": (*others, edited), "rejected": (*dropped, old)})
    tag = OVERRULED if item.is_rejected else REVIEWED
    kept = question.model_copy(update={"tags": (*question.tags, tag)})
    if item.is_rejected:
        return benchmark.model_copy(update={"questions": (*others, kept), "rejected": dropped})
    same_place = tuple(kept if other.id == question.id else other for other in benchmark.questions)
    return benchmark.model_copy(update={"questions": same_place})


def editable(question: Question) -> str:
    """Return the part of a question that a person may edit, as YAML."""
    fields: dict[str, object] = {"question": question.text}
    if question.choices:
        fields["choices"] = list(question.choices)
    fields["answer"] = question.answer
    fields["accepted"] = list(question.accepted)
    if question.form == "open":
        fields["rubric"] = question.rubric
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100)


def edited_question(question: Question, text: str) -> Question:
    """Return the question as edited in the YAML `text`: a new id that `replaces` the old one, written by a person.

    Raises:
        InputError: the text is no YAML of the fields offered, or the answer is none of the choices.
    """
    try:
        fields = yaml.safe_load(text)
    except yaml.YAMLError as error:
        first = str(error).splitlines()[0]
        raise InputError(f"the edit is not valid YAML ({first}); the question stays as it was") from error
    offered = yaml.safe_load(editable(question))
    if not isinstance(fields, dict) or set(fields) - set(offered):
        raise InputError(f"the edit may hold only {', '.join(offered)}; the question stays as it was")
    values = question.model_dump() | {
        "id": "",
        "text": str(fields.get("question", question.text)),
        "choices": tuple(str(choice) for choice in fields.get("choices") or ()),
        "answer": str(fields.get("answer", question.answer)),
        "accepted": tuple(str(other) for other in fields.get("accepted") or ()),
        "rubric": str(fields.get("rubric") or ""),
        "replaces": question.id,
        "tags": (*question.tags, EDITED),
        "provenance": question.provenance.model_copy(
            update={"note": f"edited by a person; first written by {question.provenance.writer}"}
        ),
    }
    try:
        new = Question.model_validate(values)
    except ValidationError as error:
        raise InputError(f"{error.errors()[0]['msg']}; the question stays as it was") from error
    if new.id == question.id:
        raise InputError("nothing was changed")
    return new


@dataclass(frozen=True)
class Excerpt:
    """A stretch of a source in pieces, each with whether it is cited."""

    title: str
    pieces: tuple[tuple[str, bool], ...]


def excerpts(question: Question, documents: Sequence[Document], *, around: int = 200) -> tuple[Excerpt, ...]:
    """Return the citations with up to `around` characters of their document on both sides, cut between words.

    Citations that stand near each other share one stretch, so that nobody reads the same text twice.
    """
    by_id = {document.id: document for document in documents}
    found: list[Excerpt] = []
    for name in question.document_ids:
        cited = sorted((each.start, each.end) for each in question.citations if each.document_id == name)
        if (document := by_id.get(name)) is None:
            lost = [each.text for each in question.citations if each.document_id == name]
            found += [Excerpt("", ((text, True),)) for text in lost]
            continue
        stretch = [cited[0]]
        for span in cited[1:]:
            if span[0] - max(end for _, end in stretch) > 2 * around:
                found.append(_excerpt(document, stretch, around))
                stretch = []
            stretch.append(span)
        found.append(_excerpt(document, stretch, around))
    return tuple(found)


def _excerpt(document: Document, cited: Sequence[tuple[int, int]], around: int) -> Excerpt:
    text, first = document.text, cited[0][0]
    before = text[max(0, first - around) : first]
    pieces = [(f"… {before.partition(' ')[2]}" if first > around else before, False)]
    at = first
    for start, end in cited:
        pieces += [(text[at:start], False), (text[max(at, start) : end], True)]
        at = max(at, end)
    after = text[at : at + around]
    pieces.append((f"{after.rpartition(' ')[0]} …" if at + around < len(text) else after, False))
    return Excerpt(document.title, tuple((piece, is_cited) for piece, is_cited in pieces if piece))


def review_summary(benchmark: Benchmark) -> str:
    """Return one line for the end: how many a person kept, overruled, edited and dropped so far."""
    tags = Counter(tag for question in benchmark.questions for tag in question.tags if tag.startswith("reviewed:"))
    by_person = (dropped for dropped in benchmark.rejected if dropped.codes == (DROPPED_BY_PERSON,))
    dropped = sum(dropped.reasons[0].startswith("a person") for dropped in by_person)
    return (
        f"seen by a person so far: {tags[REVIEWED]} kept, {dropped} dropped, {tags[EDITED]} edited, "
        f"{tags[OVERRULED]} taken back in; the benchmark has {len(benchmark.questions)} questions"
    )
