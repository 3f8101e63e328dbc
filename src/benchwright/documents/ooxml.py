"""Opens the zip of XML parts that Word, PowerPoint and OpenDocument files are."""

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from benchwright.documents.stated_dates import iso_date
from benchwright.errors import DocumentRefused

# lxml carries no types; its elements stay untyped and are narrowed where text leaves them.
Element = Any


class Parts:
    """The parts of one file, read and parsed when asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise DocumentRefused("corrupted: the file is cut off or damaged") from error
        self.names = frozenset(self._archive.namelist())

    def xml(self, name: str) -> Element | None:
        """Return the root of a part, or nothing where the file has no such part."""
        data = self.bytes(name)
        return parse_xml(data, name) if data is not None else None

    def bytes(self, name: str) -> bytes | None:
        """Return a part as it is stored, or nothing where the file has no such part."""
        if name not in self.names:
            return None
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise DocumentRefused(f"corrupted: its part {name} is damaged") from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: id → (last word of the type, name of the part)."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], full)
        return found

    def core(self) -> tuple[str, str]:
        """Return title and date of last change (ISO) from the core properties, either may be empty."""
        root = self.xml("docProps/core.xml")
        title = day = ""
        for element in root if root is not None else ():
            tag = local(element)
            if tag == "title":
                title = (element.text or "").strip()
            elif tag == "modified" or (tag == "created" and not day):
                day = iso_date(element.text)
        return title, day


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML without entities or network; raises `DocumentRefused` where it is damaged."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentRefused(f"corrupted: its part {name} is damaged") from error


def local(element: Element) -> str:
    """The tag without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The value of an attribute whatever its namespace, or nothing."""
    for key, value in element.attrib.items():
        if str(key).rsplit("}", 1)[-1] == name:
            return str(value)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant down a path of local names, or nothing."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element
