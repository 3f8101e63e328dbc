"""Reads HTML: the page's own text as Markdown, its furniture (menus, banners, cookie notices, scripts) left out."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from benchwright.documents.decode import decode
from benchwright.documents.html_blocks import write_html
from benchwright.documents.ooxml import Element
from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import iso_date
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_META_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "citation_publication_date",
    "citation_date", "sailthru.date", "parsely-pub-date", "og:published_time", "article.published", "release_date",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "revised",
)


def read(data: bytes, name: str) -> Parsed:
    """Return the main text of a page with its headings, lists and tables."""
    charset = _CHARSET.search(data[:4096])
    text = decode(data, declared=charset[1].decode("ascii", "replace") if charset else "").text
    root = parse_html(text)
    if root is None:
        raise DocumentRefused("empty: the page has no content")
    meta = _meta(root)
    linked = dict(_linked_data(root))
    title = one_line(meta.get("og:title", "") or linked.get("headline", "") or _first_text(root, "title"))
    writer = MarkdownWriter()
    write_html(writer, root, title=title)
    warning = ""
    if not writer.text.strip():
        # libxml2 gives up on thousands of nested elements; their text is still there.
        collector = _TextOnly()
        collector.feed(text)
        for part in collector.parts:
            writer.paragraph(part)
        warning = "read without its structure: the page is nested too deeply or its parts are hidden"
    if not writer.text.strip():
        raise DocumentRefused("empty: the page has no text of its own (it may be built by a script in the browser)")
    return Parsed(
        text=writer.text,
        title=_first_h1(writer) or title,
        published=_published(root, meta, linked),
        file_date=_first_date(meta.get(key) for key in _META_MODIFIED) or iso_date(linked.get("dateModified")),
        warning=warning,
    )


class _TextOnly(HTMLParser):
    """Gathers the text of a page and nothing else, however it is nested."""

    _silent = frozenset(("script", "style", "noscript", "template", "head", "title", "nav", "button", "select"))

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag in self._silent

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in self._silent and self._depth > 0

    def handle_data(self, data: str) -> None:
        if self._depth == 0 and data.strip():
            self.parts.append(data)


def parse_html(text: str) -> Element | None:
    """Return the root of a page, however deep it is nested; nothing where there is no element."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(_XML_HEAD.sub("", text.replace("\x00", "")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        # lxml raises these for a page without a single element.
        return None


_FENCED = re.compile(r"^(`{3,})[^`]*?^\1", re.MULTILINE)  # a comment in code is no heading


def _first_h1(writer: MarkdownWriter) -> str:
    found = re.search(r"^# (.+)$", _FENCED.sub("", writer.text), re.MULTILINE)
    return found[1] if found else ""


def _first_text(root: Element, tag: str) -> str:
    element = next(root.iter(tag), None)
    return "".join(element.itertext()) if element is not None else ""


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if key and element.get("content"):
            found.setdefault(key, element.get("content", ""))
    return found


def _linked_data(root: Element) -> Iterator[tuple[str, str]]:
    """What JSON-LD says of the page: headline and dates of the first article in it."""
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            stated = json.loads(script.text or "")
        except (ValueError, RecursionError):
            # Many pages carry broken JSON-LD; its dates are then not stated.
            continue
        waiting = [stated]
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                waiting.extend(item for item in value.values() if isinstance(item, (dict, list)))
                for key in ("headline", "datePublished", "dateModified"):
                    if isinstance(value.get(key), str):
                        yield key, value[key]


def _published(root: Element, meta: dict[str, str], linked: dict[str, str]) -> str:
    stated = _first_date(meta.get(key) for key in _META_DATES) or iso_date(linked.get("datePublished"))
    if stated:
        return stated
    for element in root.iter("time"):
        if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
            return iso_date(element.get("datetime") or "".join(element.itertext()))
    return ""


def _first_date(values: Iterator[str | None]) -> str:
    return next((day for value in values if (day := iso_date(value))), "")
