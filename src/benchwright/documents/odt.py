"""Reads OpenDocument text and slides (ODT, ODP): headings, lists, tables and notes."""

from collections.abc import Iterator

from benchwright.documents.ooxml import Element, Parts, attribute, child, local
from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import iso_date
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

_CONTAINERS = frozenset(
    (
        "section",
        "text",
        "presentation",
        "table-of-content",
        "index-body",
        "frame",
        "text-box",
        "custom-shape",
        "g",
        "shape",
    )
)


def read(data: bytes, name: str) -> Parsed:
    """Return the text in order; deleted text that is still tracked is left out."""
    parts = Parts(data)
    if b"encryption-data" in (parts.bytes("META-INF/manifest.xml") or b""):
        raise DocumentRefused("password: the file is encrypted; save it without a password")
    root = parts.xml("content.xml")
    body = child(root, "body")
    if root is None or body is None:
        raise DocumentRefused("corrupted: the file holds no content")
    walk = _Walk(_ordered_lists(root, parts.xml("styles.xml")))
    walk.blocks(body)
    title, day = _about(parts.xml("meta.xml"))
    return Parsed(
        walk.writer.text,
        title=walk.title or walk.writer.first_heading or title,
        file_date=day,
        page_starts=walk.writer.finish_pages(),
    )


def _about(root: Element | None) -> tuple[str, str]:
    found = {local(e): (e.text or "").strip() for e in root.iter()} if root is not None else {}
    return found.get("title", ""), iso_date(found.get("date") or found.get("creation-date"))


def _ordered_lists(*roots: Element | None) -> frozenset[tuple[str, str]]:
    """The (list style, level) pairs that count with numbers."""
    return frozenset(
        (attribute(style, "name"), attribute(level, "level"))
        for root in roots
        if root is not None
        for style in root.iter()
        if local(style) == "list-style"
        for level in style
        if local(level) == "list-level-style-number" and attribute(level, "num-format")
    )


class _Walk:
    def __init__(self, ordered: frozenset[tuple[str, str]]) -> None:
        self.writer = MarkdownWriter()
        self.title = ""
        self._ordered = ordered

    def blocks(self, parent: Element) -> None:
        for element in parent:
            tag = local(element)
            if tag == "h":
                level = attribute(element, "outline-level")
                self.writer.heading(_text(element), int(level) if level.isdigit() else 1)
            elif tag == "p":
                self._paragraph(element)
            elif tag == "list":
                self._list(element, 0, attribute(element, "style-name"))
            elif tag == "table":
                self._table(element)
            elif tag == "page":
                self.writer.page()
                self._slide(element)
            elif tag in _CONTAINERS or tag.endswith("-index"):
                self.blocks(element)

    def _slide(self, page: Element) -> None:
        for element in page:
            if attribute(element, "class") == "title":
                self.writer.heading(" ".join(_text(p) for p in element.iter() if local(p) == "p"), 1)
            elif local(element) == "notes":
                text = " ".join(_text(p) for p in element.iter() if local(p) == "p").strip()
                self.writer.paragraph(f"Notes: {text}" if text else "")
            elif local(element) in _CONTAINERS or local(element) == "frame":
                self.blocks(element)

    def _paragraph(self, element: Element) -> None:
        text = _text(element)
        style = attribute(element, "style-name").lower()
        if style == "title" and text:
            self.title = self.title or one_line(text)
            self.writer.heading(text, 1)
        elif style == "subtitle":
            self.writer.heading(text, 2)
        else:
            self.writer.paragraph(text)
        for box in element.iter():
            if local(box) == "text-box":
                self.blocks(box)
        for note in element.iter():
            if local(note) == "note-body":
                self.writer.paragraph(" ".join(_text(p) for p in note.iter() if local(p) == "p"))

    def _list(self, element: Element, depth: int, style: str) -> None:
        is_ordered = (style, str(depth + 1)) in self._ordered
        number = 0
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            number += 1
            for inner in item:
                if local(inner) == "list":
                    self._list(inner, depth + 1, attribute(inner, "style-name") or style)
                elif local(inner) == "h":
                    level = attribute(inner, "outline-level")
                    self.writer.heading(_text(inner), int(level) if level.isdigit() else 1)
                elif local(inner) == "p":
                    self.writer.item(_text(inner), depth=depth, number=f"{number}." if is_ordered else "")

    def _table(self, table: Element) -> None:
        above: dict[int, tuple[int, str]] = {}
        rows: list[list[str]] = []
        for row in _rows(table):
            filled: list[str] = []
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                text = one_line(" ".join(_text(p) for p in cell.iter() if local(p) in ("p", "h")))
                for _ in range(_count(cell, "number-columns-repeated")):
                    column = len(filled)
                    left, held = above.get(column, (0, ""))
                    if local(cell) == "covered-table-cell":
                        if left > 0:
                            above[column] = (left - 1, held)
                        filled.append(held if left > 0 else (filled[-1] if filled else ""))
                    else:
                        above[column] = (_count(cell, "number-rows-spanned") - 1, text)
                        filled.append(text)
            rows.append(filled)
        self.writer.table(rows)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)


def _count(cell: Element, name: str) -> int:
    stated = attribute(cell, name)
    # A repeat of thousands fills a sheet's empty rest; a text table has none.
    return max(1, min(int(stated), 100)) if stated.isdigit() and len(stated) < 9 else 1


def _text(element: Element) -> str:
    """The text of a paragraph: spaces and tabs written out, notes, boxes and tracked deletions left to others."""
    parts: list[str] = []
    waiting: list[tuple[Element, bool]] = [(element, False)]
    while waiting:
        node, is_closing = waiting.pop()
        tag = local(node)
        if is_closing:
            if node is not element and node.tail:
                parts.append(node.tail)
            continue
        waiting.append((node, True))
        if tag in ("note", "annotation", "text-box", "tracked-changes", "deletion"):
            continue
        if tag in ("s", "tab", "line-break"):
            parts.append(" ")
        if node.text:
            parts.append(node.text)
        waiting.extend((inner, False) for inner in reversed(node))
    return "".join(parts)
