"""Questions, cited passages and responses as compact rows that the page draws when they are looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchwright.evaluation.board import Marks
from benchwright.evaluation.metrics import Mark
from benchwright.records import Benchmark, Citation, Document, Passage, Question, Score
from benchwright.reports.wording import kind_name

WINDOW = 420
"""Characters shown on both sides of a citation that lies in no passage, or in a very long one."""
LONGEST_PASSAGE = 2600
LONGEST_RESPONSE = 1600


@dataclass
class _Pool:
    """Texts that many rows share, each stored once."""

    texts: list[str] = field(default_factory=list[str])
    places: dict[str, int] = field(default_factory=dict[str, int])

    def place(self, text: str) -> int:
        if text not in self.places:
            self.places[text] = len(self.texts)
            self.texts.append(text)
        return self.places[text]


def question_rows(
    benchmark: Benchmark, marks: Marks, scores: Mapping[str, Score], *, models: Iterable[str], conditions: Iterable[str]
) -> dict[str, Any]:
    """Return what the page's script reads: shared texts once, then one row a question.

    Offsets count UTF-16 units, as the strings of a browser do.
    """
    texts, contexts = _Pool(), _Pool()
    names, asked = list(models), list(conditions)
    answers: dict[str, list[list[Any]]] = {}
    for (model, condition), each in marks.items():
        for mark in each:
            row = _response_row(mark, scores, texts)
            answers.setdefault(mark.question.id, []).append([names.index(model), asked.index(condition), *row])
    documents = {document.id: document for document in benchmark.documents}
    passages: dict[str, list[Passage]] = {}
    for passage in benchmark.passages:
        passages.setdefault(passage.document_id, []).append(passage)
    rows = [
        {
            **_question_row(question),
            "x": _sources(question, documents, passages, contexts),
            "r": sorted(answers.get(question.id, []), key=lambda row: row[:3]),
        }
        for question in benchmark.questions
    ]
    kinds = {question.kind: kind_name(question.kind) for question in benchmark.questions}
    return {
        "models": names,
        "conditions": asked,
        "kinds": kinds,
        "texts": texts.texts,
        "contexts": contexts.texts,
        "questions": rows,
    }


def _question_row(question: Question) -> dict[str, Any]:
    return {
        "id": question.id[:12],
        "f": question.form,
        "k": question.kind,
        "l": question.language,
        "t": question.text,
        "c": list(question.choices),
        "a": question.answer,
        "o": list(question.accepted),
        "d": question.document,
        "s": question.section,
        "w": question.provenance.writer,
    }


def _response_row(mark: Mark, scores: Mapping[str, Score], texts: _Pool) -> list[Any]:
    """Return repeat, text, state, value and the reasons, of one response."""
    response = mark.response
    text = response.text
    if len(text) > LONGEST_RESPONSE:
        text = f"{text[:LONGEST_RESPONSE]} […{len(text) - LONGEST_RESPONSE} more characters in responses.jsonl]"
    score = scores.get(response.id)
    reason = response.reason or (score.reason if score else "no grader has marked this response")
    return [response.repeat, texts.place(text), response.state, mark.value, texts.place(reason)]


def _sources(
    question: Question,
    documents: Mapping[str, Document],
    passages: Mapping[str, list[Passage]],
    contexts: _Pool,
) -> list[list[Any]]:
    """Return one entry a shown stretch of a document: title, section, page, context, and the cited spans in it."""
    shown: dict[tuple[str, int, int], list[Citation]] = {}
    for citation in question.citations:
        if citation.document_id in documents:
            start, end = _stretch(citation, documents[citation.document_id], passages.get(citation.document_id, []))
            shown.setdefault((citation.document_id, start, end), []).append(citation)
    entries: list[list[Any]] = []
    for (document_id, start, end), cited in shown.items():
        document = documents[document_id]
        text = document.text[start:end]
        spans = sorted((_units(text, each.start - start), _units(text, each.end - start)) for each in cited)
        section = " › ".join(document.section_at(cited[0].start))
        entries.append([document.title, section, document.page_at(cited[0].start), contexts.place(text), spans])
    return entries


def _stretch(citation: Citation, document: Document, passages: list[Passage]) -> tuple[int, int]:
    """Return the passage that holds the citation; without one, the lines around it."""
    for passage in passages:
        if passage.start <= citation.start and citation.end <= passage.end:
            if passage.end - passage.start <= LONGEST_PASSAGE:
                return passage.start, passage.end
            break
    start = max(0, citation.start - WINDOW)
    end = min(len(document.text), citation.end + WINDOW)
    # Whole lines, so that a table keeps its rows.
    start = document.text.rfind("\n", 0, start) + 1
    line_end = document.text.find("\n", end)
    return start, len(document.text) if line_end < 0 else line_end


def _units(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
