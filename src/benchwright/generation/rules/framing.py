"""How a rule names its source in a question, in English and in Korean, and builds the finished question."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import PurePath

from benchwright.generation.rules.context import quoted, section_of
from benchwright.generation.rules.once import once_per_document
from benchwright.generation.same_titles import parted_title
from benchwright.records import Citation, Document, Provenance, Question, Table
from benchwright.records.question import Form
from benchwright.text.tokens import content_words

Span = tuple[int, int]
_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = """
    the of and to in a an is are for on with by or that be as at from this it not
"""
_ENGLISH = frozenset(_SMALL_WORDS.split())
_ENOUGH_WORDS, _ENOUGH_BLOCKS = 60, 60
_LEAST_ENGLISH = 0.08
_RULED = re.compile(r"[-=~+]{3}")  # `-----BEGIN …-----` names no document
_OF_ANY = frozenset(
    {"meeting information", "meeting details", "general information", "information", "details", "document information"}
)
"""Headings that any document may open with: they name none."""
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0400-\u052f\u0590-\u06ff\u0e00-\u0e7f]")


def wording_language(document: Document, sample: str = "") -> str | None:
    """The language to ask in: `en`, `ko`, or `None` where the rules have no wording for it."""
    if document.language in ("en", "ko"):
        return document.language
    if document.language != "und":
        return None
    if _HANGUL.search(sample or document.text[:2000]):
        return "ko"
    if _OTHER_SCRIPT.search(sample or document.text[:2000]) or _is_foreign(_prose(document)):
        return None
    return "en"


@lru_cache(maxsize=256)
def _is_foreign(text: str) -> bool:
    """Whether prose of some length lacks the small words of English: `Statistik dasar untuk unit termasuk …`."""
    words = _WORD.findall(text.casefold())
    return len(words) >= _ENOUGH_WORDS and sum(word in _ENGLISH for word in words) < _LEAST_ENGLISH * len(words)


def _prose(document: Document) -> str:
    blocks = (block for block in document.blocks if block.kind in ("paragraph", "list_item"))
    return " ".join(document.text[block.start : block.end] for block in islice(blocks, _ENOUGH_BLOCKS))


@dataclass(frozen=True)
class Place:
    """Where a fact stands, as a question may say it truthfully: document, section, table."""

    document: str
    section: str = ""
    table: str = ""

    def english(self) -> str:
        """Such as `the table “Fees” in “Price List”`."""
        if self.table:
            return f"the table {quoted(self.table)} in {quoted(self.document)}"
        if self.section:
            return f"the section {quoted(self.section)} of {quoted(self.document)}"
        return quoted(self.document)

    def korean(self) -> str:
        """Such as `“단가표”의 “장류 단가” 표`."""
        if self.table:
            return f"{quoted(self.document)}의 {quoted(self.table)} 표"
        if self.section:
            return f"{quoted(self.document)}의 {quoted(self.section)} 부분"
        return quoted(self.document)


def document_name(document: Document) -> str:
    """The title by which a question may name `document`; empty where it has none that would do.

    A document that is called like its file is named by its first line where that stands alone as a title does, else by
    the whole name of the file.
    """
    title = _stated_name(document)
    return title + parted_title(document)[1] if 2 <= len(title) <= 120 and not _RULED.match(title) else ""


def _stated_name(document: Document) -> str:
    title = " ".join(parted_title(document)[0].split()).strip("*_`# ¶")
    path = PurePath(document.path)
    if title.casefold() in _OF_ANY:
        return path.name
    return (_first_line(document) or path.name) if title == path.stem else title


def _first_line(document: Document) -> str:
    if not document.blocks or document.blocks[0].kind not in ("heading", "paragraph"):
        return ""
    line = document.text[document.blocks[0].start : document.blocks[0].end].strip("*_`# ¶")
    return line if 4 <= len(line) <= 90 and "\n" not in line and not re.search(r"[.:;,!?다요]$", line) else ""


@once_per_document
def _heading_names(document: Document) -> Counter[str]:
    return Counter(" ".join(heading.text.split()).strip("*_`# ¶") for heading in document.headings)


@once_per_document
def _table_names(document: Document) -> Counter[str]:
    return Counter(" ".join(table.title.split()).strip("*_`# ¶") for table in document.tables)


def section_place(document: Document, section: Sequence[str]) -> Place | None:
    """Name the section so that no other of the document is meant; `None` where that cannot be done."""
    name = document_name(document)
    if not name:
        return None
    heading = " ".join(section[-1].split()).strip("*_`# ¶") if section else ""
    if not heading or heading == _stated_name(document):
        return Place(name)
    if len(heading) > 120 or _heading_names(document)[heading] > 1:
        return None
    return Place(name, section=heading)


def table_place(document: Document, table: Table) -> Place | None:
    """Name `table` so that no other table of the document is meant; `None` where that cannot be done."""
    name = document_name(document)
    title = " ".join(table.title.split()).strip("*_`# ¶")
    if not name:
        return None
    if len(title) > 120 or _table_names(document)[title] > 1:
        return None
    if not title and len(document.tables) > 1:
        return None
    return Place(name, table="" if title == _stated_name(document) else title)


@lru_cache(maxsize=4096)
def _citation(document_id: str, start: int, end: int, text: str) -> Citation:
    # The span comes from the document itself: there is nothing for validation to find.
    return Citation.model_construct(document_id=document_id, start=start, end=end, text=text)


@lru_cache(maxsize=512)
def _provenance(kind: str, note: str) -> Provenance:
    return Provenance(writer=f"rule:{kind}", note=note)


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The content words of `text`, remembered: labels and headers are asked for again and again."""
    return frozenset(content_words(text))


def build_question(
    document: Document,
    *,
    kind: str,
    text: str,
    answer: str,
    spans: Iterable[Span],
    language: str,
    choices: Sequence[str] = (),
    accepted: Sequence[str] = (),
    form: Form | None = None,
    note: str = "",
) -> Question:
    """Return the question, cited to `spans`, the answer's own span first.

    With `choices` the form is `choice`, else `short` unless `form` says otherwise.
    """
    cited = list(dict.fromkeys(spans))
    section = " › ".join(section_of(document, cited[0][0]))
    tags = (f"document:{document.title}", f"section:{section}", f"kind:{kind}")
    return Question(
        form=form or ("choice" if choices else "short"),
        kind=kind,
        text=text,
        choices=tuple(choices),
        answer=answer,
        accepted=tuple(accepted),
        language=language,
        citations=tuple(_citation(document.id, start, end, document.text[start:end]) for start, end in cited),
        document=document.title,
        section=section,
        tags=tags,
        provenance=_provenance(kind, note),
    )
