"""Reads e-books (EPUB): the chapters in reading order."""

import posixpath
from urllib.parse import unquote

from benchwright.documents.decode import decode
from benchwright.documents.html import parse_html
from benchwright.documents.html_blocks import write_html
from benchwright.documents.ooxml import Element, Parts, attribute, local
from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import iso_date
from benchwright.documents.writing import MarkdownWriter
from benchwright.errors import DocumentRefused


def read(data: bytes, name: str) -> Parsed:
    """Return the book's text; its stated `dc:date` is the publication date."""
    parts = Parts(data)
    locked = parts.bytes("META-INF/encryption.xml") or b""
    if "META-INF/rights.xml" in parts.names or b"xmlenc#aes" in locked:
        raise DocumentRefused("password: the book is protected by DRM")
    container = parts.xml("META-INF/container.xml")
    root_file = (
        next((attribute(e, "full-path") for e in container.iter() if local(e) == "rootfile"), "")
        if container is not None
        else ""
    )
    package = parts.xml(root_file) if root_file else None
    if package is None:
        raise DocumentRefused("corrupted: the book names no content")
    writer = MarkdownWriter()
    for chapter in _spine(package, posixpath.dirname(root_file)):
        content = parts.bytes(chapter)
        root = parse_html(decode(content).text) if content and content.strip() else None
        if root is not None:
            write_html(writer, root, whole=True)
    stated = {local(e): (e.text or "").strip() for e in reversed(list(package.iter())) if local(e) in ("title", "date")}
    return Parsed(writer.text, title=stated.get("title", ""), published=iso_date(stated.get("date")))


def _spine(package: Element, folder: str) -> list[str]:
    """The parts in reading order, without the table of contents."""
    items = {attribute(e, "id"): e for e in package.iter() if local(e) == "item"}
    chapters: list[str] = []
    for entry in package.iter():
        if local(entry) != "itemref":
            continue
        item = items.get(attribute(entry, "idref"))
        if item is not None and "nav" not in attribute(item, "properties").split():
            chapters.append(posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href")))))
    return chapters
