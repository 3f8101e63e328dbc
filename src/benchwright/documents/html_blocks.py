"""Turns the elements of a page into Markdown blocks, leaving out what is not the page's own text."""

import re

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from benchwright.documents.html_tables import caption_of, grid_of, is_layout
from benchwright.documents.ooxml import Element
from benchwright.documents.writing import MarkdownWriter, one_line

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "input",
        "select",
        "textarea",
        "svg",
        "canvas",
        "iframe",
        "object",
        "audio",
        "video",
        "map",
        "dialog",
        "menu",
        "math-annotation",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "section",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "header",
        "address",
        "details",
        "summary",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "hr",
        "center",
        "fieldset",
        "hgroup",
        "search",
    ]
)
_FURNITURE = frozenset(
    [
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "breadcrumb",
        "breadcrumbs",
        "navbar",
        "nav",
        "navigation",
        "menu",
        "sidebar",
        "share",
        "sharing",
        "social",
        "newsletter",
        "subscribe",
        "subscription",
        "advert",
        "adverts",
        "advertisement",
        "ads",
        "promo",
        "popup",
        "modal",
        "banner",
        "related",
        "recommended",
        "comments",
        "skip",
        "pagination",
        "pager",
        "masthead",
        "footer",
        "topbar",
        "toolbar",
        "signup",
        "paywall",
        "navheader",
        "navfooter",
    ]
)
_FURNITURE_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar"]
)
_NEVER_FURNITURE = frozenset(
    ["html", "body", "main", "article", "table", "tbody", "thead", "tr", "td", "th", "h1", "h2"]
)
_TOKENS = re.compile(r"[\s_\-:/]+|(?<=[a-z])(?=[A-Z])")
_PARAGRAPHS = re.compile(r"\n[ \t\r]*\n\s*")


def write_html(writer: MarkdownWriter, root: Element, *, title: str = "", whole: bool = False) -> None:
    """Write the main part of a page (`whole`: everything in its body, as in a book)."""
    sizes = _text_sizes(root)
    main = root if whole else _main_part(root, sizes)
    walk = _Walk(writer, sizes, total=max(sizes.get(main, 1), 1), whole=whole)
    if title and not whole and not _has_h1(main):
        writer.heading(title, 1)
    walk.run(main)


def _has_h1(element: Element) -> bool:
    return any(one_line("".join(found.itertext())) for found in element.iter("h1"))


def _text_sizes(root: Element) -> dict[object, int]:
    """The length of the visible text in each element, in one pass from the leaves up."""
    sizes: dict[object, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        size = len((element.text or "").strip()) if element.tag not in ("script", "style") else 0
        for child in element:
            size += sizes.get(child, 0) + len((child.tail or "").strip())
        sizes[element] = size
    return sizes


def _main_part(root: Element, sizes: dict[object, int]) -> Element:
    body = next(root.iter("body"), root)
    marked = [e for e in body.iter() if isinstance(e.tag, str) and (e.tag == "main" or e.get("role") == "main")]
    articles = list(body.iter("article"))
    for candidates in (marked, articles if len(articles) == 1 else []):
        best = max(candidates, key=lambda element: sizes.get(element, 0), default=None)
        if best is not None and sizes.get(best, 0) >= max(200, 0.25 * sizes.get(body, 0)):
            return best
    return body


class _Walk:
    """One pass over the elements in document order; text gathers in `_text` until a block begins or ends."""

    def __init__(self, writer: MarkdownWriter, sizes: dict[object, int], *, total: int, whole: bool) -> None:
        self._writer = writer
        self._sizes = sizes
        self._total = total
        self._whole = whole
        self._text: list[str] = []
        self._lists: list[int | None] = []
        self._marks: list[str] = []
        self._term = ""

    def run(self, root: Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: object = None
        for event, element in walk:
            if event == "end":
                # A skipped element still ends; its tail belongs to what is around it.
                if element is not skipped:
                    self._end(element)
                skipped = None if element is skipped else skipped
                if element.tail and element is not root:
                    self._text.append(element.tail)
                continue
            if self._is_dropped(element):
                walk.skip_subtree()
                skipped = element
            elif element.tag == "table" and not is_layout(element):
                self._flush()
                self._table(element)
                walk.skip_subtree()
                skipped = element
            elif element.tag == "pre":
                self._flush()
                self._writer.code("".join(element.itertext()))
                walk.skip_subtree()
                skipped = element
            else:
                self._start(element)
        self._flush()

    def _is_dropped(self, element: Element) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in ("script", "style", "head", "template"):
            return True
        if self._whole:
            return False
        if tag in _DROPPED and not (tag in ("form", "noscript", "aside") and self._is_large(element)):
            return True
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if "display:none" in (element.get("style") or "").replace(" ", "").lower():
            return True
        if tag in _NEVER_FURNITURE:
            return False
        if tag == "header":
            return not _has_h1(element) and not any(a.tag in ("article", "main") for a in element.iterancestors())
        if tag == "sup" and "reference" in (element.get("class") or ""):
            return True
        if tag == "a" and _is_anchor(element):
            return True
        named = element.get("role") in _FURNITURE_ROLES or self._is_named_furniture(element)
        return (named or self._is_link_list(element)) and not self._is_large(element)

    def _is_named_furniture(self, element: Element) -> bool:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        return any(token.lower() in _FURNITURE for token in _TOKENS.split(names)) if len(names) > 1 else False

    def _is_link_list(self, element: Element) -> bool:
        """A list of nothing but short links is a menu."""
        if element.tag not in ("ul", "ol") or self._sizes.get(element, 0) > 600:
            return False
        links = list(element.iter("a"))
        linked = sum(self._sizes.get(link, 0) for link in links)
        return len(links) >= 3 and linked >= 0.9 * max(self._sizes.get(element, 0), 1)

    def _is_large(self, element: Element) -> bool:
        return self._sizes.get(element, 0) > 0.4 * self._total

    def _start(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS:
            self._flush()
            if tag in ("ul", "ol"):
                self._lists.append(_first_number(element) if tag == "ol" else None)
            elif tag == "li":
                self._marks.append(self._mark())
        if element.text:
            # A line break in the source is a space; only <br> breaks a line.
            self._text.append(element.text.replace("\n", " ") if tag != "br" else element.text)

    def _mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "-"
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}."

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag not in _BLOCKS:
            if tag in ("td", "th"):
                self._text.append(" ")
            return
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._writer.heading(self._taken(), int(tag[1]))
        elif tag == "dt":
            self._term = one_line(self._taken())
        elif tag == "dd":
            definition = one_line(self._taken())
            self._writer.item(f"{self._term}: {definition}" if self._term else definition)
            self._term = ""
        else:
            self._flush()
        if tag == "li" and self._marks:
            self._marks.pop()
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()

    def _taken(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        return text

    def _flush(self) -> None:
        text = self._taken()
        if not text.strip():
            return
        for paragraph in _PARAGRAPHS.split(text):
            if not self._marks or not self._lists:
                self._writer.paragraph(paragraph)
            elif one_line(paragraph):
                # What follows the first line of an item belongs to it and is not numbered again.
                mark, self._marks[-1] = self._marks[-1], "-"
                self._writer.item(paragraph, depth=max(0, len(self._lists) - 1), number=mark)

    def _table(self, element: Element) -> None:
        caption = caption_of(element)
        rows = grid_of(element)
        if caption and rows:
            self._writer.raw(f"**{caption}**")
        self._writer.table(rows)


def _is_anchor(link: Element) -> bool:
    """The sign behind a heading that links to itself."""
    return (link.get("href") or "").startswith("#") and "".join(link.itertext()).strip() in ("¶", "#", "§", "🔗", "⚓")


def _first_number(element: Element) -> int:
    start = (element.get("start") or "1").strip()
    return int(start) if start.isdigit() and len(start) < 6 else 1
