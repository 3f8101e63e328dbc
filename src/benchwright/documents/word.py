"""Reads Word documents (DOCX): headings, numbering, lists, tables with merged cells, footnotes and text boxes."""

import re
from collections.abc import Iterator

from benchwright.documents.ooxml import Element, Parts, attribute, child, local
from benchwright.documents.parsed import Parsed
from benchwright.documents.word_styles import Numbering, Styles
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

_MAIN = re.compile(r"word/document\d*\.xml")
_PLAIN_NUMBER = re.compile(r"\d{1,4}[.)]")


def read(data: bytes, name: str) -> Parsed:
    """Return the body of a document, its footnotes at the end; headers and footers are left out."""
    parts = Parts(data)
    main = next((part for part in sorted(parts.names) if _MAIN.fullmatch(part)), "")
    body = child(parts.xml(main), "body") if main else None
    if body is None:
        raise DocumentRefused("corrupted: the Word file holds no document")
    walk = _Walk(Styles(parts.xml("word/styles.xml")), Numbering(parts.xml("word/numbering.xml")))
    walk.blocks(body)
    for kind in ("footnote", "endnote"):
        walk.notes(parts.xml(f"word/{kind}s.xml"), kind)
    title, day = parts.core()
    return Parsed(text=walk.writer.text, title=walk.title or walk.writer.first_heading or title, file_date=day)


class _Walk:
    """Writes the blocks of a body in order."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.writer = MarkdownWriter()
        self.title = ""
        self._styles = styles
        self._numbering = numbering
        self._notes: set[tuple[str, str]] = set()

    def blocks(self, parent: Element) -> None:
        for element in parent:
            tag = local(element)
            if tag == "p":
                self._paragraph(element)
            elif tag == "tbl":
                self._table(element)
            elif tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                self.blocks(element)

    def notes(self, root: Element | None, kind: str) -> None:
        for note in root if root is not None else ():
            number = attribute(note, "id")
            if (kind, number) in self._notes:
                text = one_line(" ".join(self._text(paragraph) for paragraph in note.iter() if local(paragraph) == "p"))
                if text:
                    self.writer.raw(f"[^{_note_mark(kind, number)}]: {text}")

    def _paragraph(self, element: Element) -> None:
        text = one_line(self._text(element))
        properties = child(element, "pPr")
        style = self._styles.of(properties)
        if text:
            label, depth, is_bullet = self._numbering.next_label(properties, style.numbering)
            if style.is_title:
                self.title = self.title or text
                self.writer.heading(text, 1)
            elif style.level and len(text) <= 250:
                self.writer.heading(f"{label} {text}" if label and not is_bullet else text, style.level)
            elif label:
                self._item(text, label, depth, is_bullet=is_bullet)
            elif self._is_bold_line(element, text):
                # A short bold line is a heading to its author; a caption stays a line of its own.
                self.writer.heading(text, 4) if not self._styles.has_headings else self.writer.raw(f"**{text}**")
            else:
                self.writer.paragraph(text)
        for box in _text_boxes(element):
            self.blocks(box)

    def _item(self, text: str, label: str, depth: int, *, is_bullet: bool) -> None:
        if is_bullet or not _PLAIN_NUMBER.fullmatch(label):
            self.writer.item(text if is_bullet else f"{label} {text}", depth=depth)
        else:
            self.writer.item(text, depth=depth, number=label)

    def _is_bold_line(self, element: Element, text: str) -> bool:
        if len(text) > 90 or text[-1] in ".,;。" or "**" in text:
            return False
        runs = [run for run in element if local(run) == "r" and _has_text(run)]
        return bool(runs) and all(_is_on(child(run, "rPr", "b")) for run in runs)

    def _text(self, element: Element) -> str:
        """The text of a paragraph as its reader sees it: without deletions, field codes and hidden runs."""
        parts: list[str] = []
        waiting = [element]
        while waiting:
            node = waiting.pop()
            tag = local(node)
            if tag == "t":
                parts.append(node.text or "")
            elif tag in ("tab", "br", "cr", "ptab"):
                parts.append(" ")
            elif tag == "noBreakHyphen":
                parts.append("-")
            elif tag in ("footnoteReference", "endnoteReference"):
                kind, number = tag.removesuffix("Reference"), attribute(node, "id")
                self._notes.add((kind, number))
                parts.append(f"[^{_note_mark(kind, number)}]")
            elif tag in ("del", "moveFrom", "Fallback", "txbxContent", "pPr", "rPr", "instrText", "tbl") or (
                tag == "r" and _is_on(child(node, "rPr", "vanish"))
            ):
                continue
            else:
                waiting.extend(reversed(node))
        return "".join(parts)

    def _table(self, element: Element) -> None:
        rows = [list(row) for row in self._grid(element)]
        filled = [cell for row in rows for cell in row if cell]
        if len(rows) == 1 and len(set(filled)) == 1:
            # One cell is a frame around text, not a table.
            for cell in element.iter():
                if local(cell) == "tc":
                    self.blocks(cell)
                    return
        self.writer.table(rows)

    def _grid(self, table: Element) -> Iterator[list[str]]:
        """The rows with merged cells repeated, so that every row can be read alone."""
        above: dict[int, str] = {}
        for row in _inside(table, "tr"):
            before = child(row, "trPr", "gridBefore")
            filled: list[str] = [""] * _number(before, 0)
            for cell in _inside(row, "tc"):
                properties = child(cell, "tcPr")
                width = max(1, _number(child(properties, "gridSpan"), 1))
                merge = child(properties, "vMerge")
                column = len(filled)
                if merge is not None and attribute(merge, "val") != "restart":
                    text = above.get(column, "")
                else:
                    text = one_line(" ".join(self._text(p) for p in cell.iter() if local(p) == "p"))
                for offset in range(width):
                    above[column + offset] = text
                filled.extend([text] * width)
            yield filled


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Children of a name, also inside content controls."""
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _inside(inner, name)


def _text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph; the fallback copy that Word keeps for old programs is left out."""
    waiting = list(reversed(element))
    while waiting:
        node = waiting.pop()
        if local(node) == "txbxContent":
            yield node
        elif local(node) != "Fallback":
            waiting.extend(reversed(node))


def _number(element: Element | None, default: int) -> int:
    value = attribute(element, "val") if element is not None else ""
    return min(int(value), 200) if value.isdigit() else default


def _has_text(run: Element) -> bool:
    return any(local(part) == "t" and (part.text or "").strip() for part in run)


def _is_on(element: Element | None) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def _note_mark(kind: str, number: str) -> str:
    return number if kind == "footnote" else f"e{number}"
