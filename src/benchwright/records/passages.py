"""Passages of many documents as span numbers: each is made from its document's text when it is looked at."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, overload

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from benchwright.records.document import Document, Passage


class Span(NamedTuple):
    """Where one passage lies in its document."""

    start: int
    end: int
    section: tuple[str, ...] = ()
    page: int | None = None
    table_head: str = ""


class Passages(Sequence[Passage]):
    """A frozen sequence of passages that holds no text of its own.

    A hundred megabytes of sources have a hundred thousand passages: as objects with their text they take more room
    than the sources themselves. Equal to any sequence of equal passages.
    """

    def __init__(self, split: Iterable[tuple[Document, Iterable[Span]]] = ()) -> None:
        self._documents: list[Document] = []
        self._document_at, self._section_at, self._head_at = array("I"), array("I"), array("I")
        self._starts, self._ends, self._pages = array("Q"), array("Q"), array("q")
        sections: dict[tuple[str, ...], int] = {}
        heads: dict[str, int] = {}
        for document, spans in split:
            self._documents.append(document)
            for span in spans:
                self._document_at.append(len(self._documents) - 1)
                self._section_at.append(sections.setdefault(span.section, len(sections)))
                self._head_at.append(heads.setdefault(span.table_head, len(heads)))
                self._starts.append(span.start)
                self._ends.append(span.end)
                self._pages.append(-1 if span.page is None else span.page)
        self._sections, self._heads = tuple(sections), tuple(heads)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(index, slice):
            return tuple(self._made(at) for at in range(len(self))[index])
        return self._made(range(len(self))[index])

    def __iter__(self) -> Iterator[Passage]:
        return map(self._made, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (tuple, list, Passages)):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Passages({len(self)} of {len(self._documents)} documents)"

    def _made(self, at: int) -> Passage:
        document, start, end = self._documents[self._document_at[at]], self._starts[at], self._ends[at]
        return Passage(
            document_id=document.id,
            start=start,
            end=end,
            text=document.text[start:end],
            section=self._sections[self._section_at[at]],
            page=None if self._pages[at] < 0 else self._pages[at],
            table_head=self._heads[self._head_at[at]],
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(tuple[Passage, ...])
        )
