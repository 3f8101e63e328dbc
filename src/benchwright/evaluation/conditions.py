"""What a model may see: nothing, the cited passages, the whole documents, or what a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from benchwright.errors import unknown_name
from benchwright.records import CONDITIONS, Benchmark, Document, Passage, Question
from benchwright.text.bm25 import Bm25

RETRIEVED = 4
"""How many passages the search of the condition `retrieval` shows."""

NEEDS_CONTEXT = frozenset({"not_stated", "unanswerable"})
"""Kinds of question that mean something only to a reader who is shown a document."""


def check_conditions(names: Sequence[str]) -> tuple[str, ...]:
    """Return `names` once each, in the order given; `UnknownName` with close matches for one that does not exist."""
    for name in names:
        if name not in CONDITIONS:
            raise unknown_name("condition", name, CONDITIONS)
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Context:
    """Finds what each condition shows of a benchmark."""

    benchmark: Benchmark
    retrieved: int = RETRIEVED

    def shown(self, question: Question, condition: str) -> tuple[Passage, ...] | None:
        """Return the passages that `condition` shows for `question`.

        `None` where the pair makes no sense: a question that cites nothing has no passage to show, and one about what
        a document does not state cannot be asked of a model that sees no document.
        """
        if condition == "closed":
            return None if question.kind in NEEDS_CONTEXT else ()
        if condition == "retrieval":
            return self._found(question) or None
        if condition == "document":
            return self._whole(question) or None
        return self._cited(question) or None

    def _whole(self, question: Question) -> tuple[Passage, ...]:
        known = (self._documents[name] for name in question.document_ids if name in self._documents)
        return tuple(Passage(document_id=d.id, start=0, end=len(d.text), text=d.text) for d in known)

    def _cited(self, question: Question) -> tuple[Passage, ...]:
        shown: dict[str, Passage] = {}
        for cited in question.citations:
            around = [
                passage
                for passage in self._passages.get(cited.document_id, ())
                if passage.start < cited.end and cited.start < passage.end
            ]
            if not around:
                around = [Passage(document_id=cited.document_id, start=cited.start, end=cited.end, text=cited.text)]
            shown.update((passage.id, passage) for passage in around)
        # In reading order: the header of a table is cited after its cell.
        order = {name: place for place, name in enumerate(question.document_ids)}
        return tuple(sorted(shown.values(), key=lambda passage: (order[passage.document_id], passage.start)))

    def _found(self, question: Question) -> tuple[Passage, ...]:
        if not self.benchmark.passages:
            return ()
        hits = self._search.search(question.text, self.retrieved)
        return tuple(self.benchmark.passages[index] for index, _ in hits)

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.benchmark.documents}

    @cached_property
    def _passages(self) -> dict[str, list[Passage]]:
        by_document: dict[str, list[Passage]] = {}
        for passage in self.benchmark.passages:
            by_document.setdefault(passage.document_id, []).append(passage)
        return by_document

    @cached_property
    def _search(self) -> Bm25:
        return Bm25([passage.shown for passage in self.benchmark.passages])
