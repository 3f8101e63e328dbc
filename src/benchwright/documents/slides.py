"""Reads slides (PPTX): a heading for each title, text, tables and the speaker's notes."""

from collections.abc import Iterator

from benchwright.documents.ooxml import Element, Parts, attribute, child, local
from benchwright.documents.parsed import Parsed
from benchwright.documents.title_words import names_nothing
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

_LEFT_OUT = frozenset(("sldNum", "dt", "ftr", "hdr"))


def read(data: bytes, name: str) -> Parsed:
    """Return the slides in the order they are shown, each one a page."""
    parts = Parts(data)
    main = "ppt/presentation.xml"
    listed = child(parts.xml(main), "sldIdLst")
    relations = parts.relations(main)
    slides = [
        relations[found][1]
        for entry in (listed if listed is not None else ())
        if (found := _relation(entry)) in relations
    ]
    if not slides:
        raise DocumentRefused("empty: the presentation has no slide")
    writer = MarkdownWriter()
    for slide in slides:
        root = parts.xml(slide)
        if root is None:
            continue
        writer.page()
        _write_slide(writer, root)
        notes = next((part for kind, part in parts.relations(slide).values() if kind == "notesSlide"), "")
        _write_notes(writer, parts.xml(notes) if notes else None)
    title, day = parts.core()
    first = "" if names_nothing(writer.first_heading) else writer.first_heading
    return Parsed(writer.text, title=first or title, file_date=day, page_starts=writer.finish_pages())


def _relation(entry: Element) -> str:
    return next((str(value) for key, value in entry.attrib.items() if str(key).endswith("}id")), "")


def _write_slide(writer: MarkdownWriter, root: Element) -> None:
    shapes = list(_shapes(child(root, "cSld", "spTree")))
    # The title is read first wherever it stands in the drawing order.
    shapes.sort(key=lambda shape: _placeholder(shape) not in ("title", "ctrTitle"))
    for shape in shapes:
        kind = _placeholder(shape)
        if kind in _LEFT_OUT:
            continue
        if local(shape) == "graphicFrame":
            table = next((found for found in shape.iter() if local(found) == "tbl"), None)
            if table is not None:
                writer.table(list(_grid(table)))
            continue
        body = child(shape, "txBody")
        if body is None:
            continue
        if kind in ("title", "ctrTitle"):
            writer.heading(" ".join(_text(paragraph) for paragraph in body if local(paragraph) == "p"), 1)
        else:
            _write_body(writer, body, is_outline=kind in ("body", "obj", ""))


def _write_body(writer: MarkdownWriter, body: Element, *, is_outline: bool) -> None:
    paragraphs = [paragraph for paragraph in body if local(paragraph) == "p" and _text(paragraph)]
    number = 0
    for paragraph in paragraphs:
        properties = child(paragraph, "pPr")
        marks = {local(mark) for mark in properties} if properties is not None else set[str]()
        level = attribute(properties, "lvl") if properties is not None else ""
        depth = min(int(level), 8) if level.isdigit() else 0
        number = number + 1 if "buAutoNum" in marks else 0
        if "buAutoNum" in marks:
            writer.item(_text(paragraph), depth=depth, number=f"{number}.")
        elif "buNone" not in marks and ("buChar" in marks or depth > 0 or (is_outline and len(paragraphs) > 1)):
            writer.item(_text(paragraph), depth=depth)
        else:
            writer.paragraph(_text(paragraph))


def _write_notes(writer: MarkdownWriter, root: Element | None) -> None:
    for shape in _shapes(child(root, "cSld", "spTree")):
        body = child(shape, "txBody")
        if _placeholder(shape) != "body" or body is None:
            continue
        texts = [text for paragraph in body if local(paragraph) == "p" and (text := _text(paragraph))]
        for index, text in enumerate(texts):
            writer.paragraph(f"Notes: {text}" if index == 0 else text)


def _shapes(tree: Element | None) -> Iterator[Element]:
    for shape in tree if tree is not None else ():
        if local(shape) == "grpSp":
            yield from _shapes(shape)
        elif local(shape) == "AlternateContent":
            yield from _shapes(child(shape, "Choice"))
        elif local(shape) in ("sp", "graphicFrame", "cxnSp"):
            yield shape


def _placeholder(shape: Element) -> str:
    """The role of a shape: `title`, `body` …; a placeholder without a stated role is an object, others are `none`."""
    for properties in shape:
        if local(properties).startswith("nv"):
            found = next((inner for inner in properties.iter() if local(inner) == "ph"), None)
            if found is not None:
                return attribute(found, "type") or "obj"
    return "none"


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if local(node) == "t":
            parts.append(node.text or "")
        elif local(node) in ("br", "tab"):
            parts.append(" ")
    return one_line("".join(parts))


def _grid(table: Element) -> Iterator[list[str]]:
    """The rows with merged cells repeated."""
    above: list[str] = []
    for row in table:
        if local(row) != "tr":
            continue
        filled: list[str] = []
        for cell in row:
            if local(cell) != "tc":
                continue
            if attribute(cell, "vMerge") in ("1", "true") and len(filled) < len(above):
                filled.append(above[len(filled)])
            elif attribute(cell, "hMerge") in ("1", "true") and filled:
                filled.append(filled[-1])
            else:
                filled.append(" ".join(_text(p) for p in cell.iter() if local(p) == "p").strip())
        above = filled
        yield filled
