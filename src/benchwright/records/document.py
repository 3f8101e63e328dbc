"""A document: one source text with its structure, and passages as exact spans of it."""

import hashlib
from typing import Literal

from pydantic import ConfigDict, model_validator
from pydantic.dataclasses import dataclass

from benchwright.records.base import Record, content_hash


class Heading(Record):
    """One heading; `start:end` is its text in the document, without marks such as `#`."""

    level: int
    text: str
    start: int
    end: int


class Page(Record):
    """One page, slide or sheet; its text is `document.text[start:end]`. Numbers begin at 1."""

    number: int
    start: int
    end: int


class Cell(Record):
    """One cell of a table. Row 0 is the first row below the header; a header cell has row -1."""

    row: int
    column: int
    text: str
    start: int
    end: int


class Table(Record):
    """One table: its span, its title (caption or nearest heading), the unit stated for all of it, and its cells."""

    start: int
    end: int
    title: str = ""
    unit: str = ""
    cells: tuple[Cell, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The header's texts from left to right; empty where the table has no header."""
        return tuple(cell.text for cell in self.cells if cell.row == -1)

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells below the header, row by row."""
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            if cell.row >= 0:
                rows.setdefault(cell.row, []).append(cell)
        return tuple(tuple(rows[number]) for number in sorted(rows))


BlockKind = Literal["heading", "paragraph", "list_item", "table", "code", "quote"]


# With slots: a hundred megabytes of sources have hundreds of thousands of blocks.
@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Block:
    """One block of the text in reading order, as a span without its marks (`- `, `> `, `#`)."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class Document(Record):
    """One source text.

    `text` is Markdown for every format (headings as `#`, tables with pipes, list items with `-` or `1.`), so that one
    set of rules reads them all. Offsets count code points of `text`. `id` is the SHA-256 of the UTF-8 bytes of `text`
    alone (not normalised: offsets depend on every code point): the same text from another path is the same document.
    """

    id: str = ""
    title: str
    text: str
    path: str
    format: str
    language: str
    """ISO 639-1 code of the main language, or `und` where it cannot be told."""
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()
    published: str = ""
    """ISO date that the file itself states as its publication date; empty where it states none."""
    file_date: str = ""
    """ISO date on which the file says it was last saved (not the file system's: a copy must give the same document)."""

    @model_validator(mode="after")
    def _identify(self) -> "Document":
        expected = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        if self.id and self.id != expected:
            raise ValueError(f"document id {self.id[:12]}… is not the hash of its text ({expected[:12]}…)")
        object.__setattr__(self, "id", expected)
        return self

    def section_at(self, position: int) -> tuple[str, ...]:
        """The headings above `position`, from the outermost to the nearest."""
        path: list[Heading] = []
        for heading in self.headings:
            if heading.start > position:
                break
            path = [above for above in path if above.level < heading.level]
            path.append(heading)
        return tuple(heading.text for heading in path)

    def page_at(self, position: int) -> int | None:
        """The number of the page that holds `position`; `None` where the format has no pages."""
        return next((page.number for page in self.pages if page.start <= position < page.end), None)


class Passage(Record):
    """An exact span of a document: `document.text[start:end] == text`."""

    id: str = ""
    document_id: str
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    table_head: str = ""
    """Title and header of the table in whose rows the passage begins: without them its first lines mean nothing."""

    @property
    def shown(self) -> str:
        """The text as a reader needs it: below the head of the table that it continues."""
        return f"{self.table_head}\n{self.text}" if self.table_head else self.text

    @model_validator(mode="after")
    def _identify(self) -> "Passage":
        if self.end - self.start != len(self.text):
            raise ValueError(f"a passage of {len(self.text)} characters cannot span {self.start}:{self.end}")
        expected = content_hash([self.document_id, self.start, self.end])
        if self.id and self.id != expected:
            raise ValueError(f"passage id {self.id[:12]}… does not belong to {self.start}:{self.end}")
        object.__setattr__(self, "id", expected)
        return self


LoadState = Literal["loaded", "warning", "refused"]


class FileStatus(Record):
    """What became of one file: loaded, loaded with a warning, or refused with the reason in plain words."""

    path: str
    status: LoadState
    reason: str = ""
    language: str = ""
    pages: int | None = None
    characters: int = 0
    title: str = ""
    date: str = ""
    """ISO date: the stated publication date, else the file's own date."""
    document_id: str = ""
