"""Reads PDF: headings by their size, re-flowed paragraphs, simple tables; running heads and page numbers left out."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from benchwright.documents.ocr import HOW, page_list
from benchwright.documents.parsed import Parsed
from benchwright.documents.pdf_blocks import write_pages
from benchwright.documents.pdf_lines import Line, RuledTable, read_lines
from benchwright.documents.stated_dates import iso_date
from benchwright.documents.title_words import names_nothing
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

# Fewer visible characters than this on a page is a stamp or a page number, not its text.
_FEW_CHARACTERS = 12
# On a page that is a picture, so few are a stamp, a caption or who downloaded it: what it says is in the picture.
_THIN_CHARACTERS = 80
_COVERED_SHARE = 0.6
_EDGE_LINES = 3
# So far from the text, in shares of its size, and so long, a line that stands on two pages is a running head.
_APART = 0.8
_TELLING = 12
_OUTLINES = 30
_TITLE_WITHIN = 6_000
_PAGE_NUMBER = re.compile(
    r"(?:[-–—\s|]*(?:\d{1,4}|[ivxlc]{1,7})[-–—\s|]*|(?:page|seite|p\.)\s*\d+(?:\s*(?:of|/|von)\s*\d+)?|\d+\s*/\s*\d+)",
    re.I,
)
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_LONGEST_TITLE = 150
_ROMAN = re.compile(r"(?<=\s)[ivxlc]{1,7}$|^[ivxlc]{1,7}(?=\s)")


def read(data: bytes, name: str) -> Parsed:
    """Return the text of all pages in reading order, right-to-left text in logical order."""
    return read_with_pages(data, name, {})


def read_with_pages(data: bytes, name: str, texts: Mapping[int, str]) -> Parsed:
    """Return the text of all pages; `texts` is what OCR has read on those that are pictures."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = pdfium_c.FPDF_GetLastError()
        if "assword" in str(error) or code == pdfium_c.FPDF_ERR_PASSWORD:
            raise DocumentRefused("password: the PDF is encrypted; save it without a password") from error
        raise DocumentRefused(f"corrupted: no readable PDF ({one_line(str(error))})") from error
    with document:
        sheets = _read_pages(document)
        meta = document.get_metadata_dict()
    if not sheets.lines:
        raise DocumentRefused("empty: the PDF has no page")
    unread, reason = sheets.unread()
    if reason and not texts:
        return Parsed("", unread_pages=unread, warning=reason)
    writer = MarkdownWriter()
    pages = _without_running_heads([[] if reason else page for page in sheets.lines])
    thin = [page for page in sheets.covered if page not in unread and _length(pages[page - 1]) < _THIN_CHARACTERS]
    unread = tuple(page for page in (*unread, *thin) if page not in texts)
    write_pages(writer, [texts.get(number, page) for number, page in enumerate(pages, 1)])
    if not writer.text.strip():
        if texts:
            raise DocumentRefused("empty: OCR found no text on its pages")
        everything = tuple(range(1, len(pages) + 1))
        return Parsed("", unread_pages=everything, warning=f"no text layer: only page numbers could be read; {HOW}")
    starts = writer.finish_pages()
    cover = starts[2] if len(starts) > 2 else len(writer.text)
    return Parsed(
        writer.text,
        title=_title(writer.text, writer.text[: min(cover, _TITLE_WITHIN)], str(meta.get("Title") or "")),
        file_date=iso_date(meta.get("ModDate")) or iso_date(meta.get("CreationDate")),
        page_starts=starts,
        warning="" if reason else _warning(unread, thin, sheets.unreadable),
        unread_pages=tuple(sorted(unread)),
    )


@dataclass(frozen=True)
class _Sheets:
    """The lines of each page, the numbers of pages that are pictures, and how many characters could not be read.

    `scanned` pages have no text; `covered` ones have some, and a picture over most of the page.
    """

    lines: list[list[Line]]
    scanned: list[int]
    covered: list[int]
    unreadable: int

    def unread(self) -> tuple[tuple[int, ...], str]:
        """The pages that only OCR can read, and why the text of all of them is worth nothing, if so."""
        everything = tuple(range(1, len(self.lines) + 1))
        characters = sum(map(_length, self.lines))
        if characters == 0 and not self.scanned:
            raise DocumentRefused("empty: no page has text or a picture")
        if characters < _FEW_CHARACTERS * len(self.lines) and len(self.scanned) * 2 >= len(self.lines):
            return everything, f"no text layer: its pages are pictures; {HOW}"
        if self.unreadable > 0.2 * (characters + self.unreadable):
            return everything, f"no text layer: its fonts do not say which characters they show; {HOW}"
        return tuple(self.scanned), ""


def _read_pages(document: pdfium.PdfDocument) -> _Sheets:
    pages: list[list[Line]] = []
    scanned: list[int] = []
    covered: list[int] = []
    unreadable = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise DocumentRefused(f"corrupted: page {index + 1} cannot be read") from error
        lines, lost = read_lines(page)
        unreadable += lost
        if _length(lines) < _FEW_CHARACTERS and _has_picture(page):
            scanned.append(index + 1)
        elif _length(lines) < 5 * _THIN_CHARACTERS and _is_covered(page):
            covered.append(index + 1)
        pages.append(lines)
        page.close()
    return _Sheets(pages, scanned, covered, unreadable)


def _length(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _is_covered(page: pdfium.PdfPage) -> bool:
    """Whether pictures take most of a page, as on a scan that got a stamp later."""
    shown = 0.0
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        shown += abs(right - left) * abs(top - bottom)
    width, height = page.get_size()
    return shown > _COVERED_SHARE * width * height


def _has_picture(page: pdfium.PdfPage) -> bool:
    """Whether a page shows an image, or so many drawn shapes that they may be letters turned into outlines."""
    images = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    if next(iter(images), None) is not None:
        return True
    shapes = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3)
    return len(list(islice(shapes, _OUTLINES))) == _OUTLINES


def _warning(unread: Sequence[int], thin: Sequence[int], unreadable: int) -> str:
    parts: list[str] = []
    empty = [page for page in unread if page not in thin]
    if empty:
        parts.append(f"no text layer on page {page_list(empty)}: {HOW}")
    stamped = [page for page in unread if page in thin]
    if stamped:
        parts.append(f"a picture with hardly any text on page {page_list(stamped)}: {HOW}")
    if unreadable:
        parts.append(f"{unreadable} character(s) have no readable code and were left out")
    return "; ".join(parts)


def _title(text: str, first_pages: str, stated: str) -> str:
    """The title in the metadata where the first pages show it, else their loudest line that says something."""
    stated = "" if names_nothing(one_line(stated)) else one_line(stated)
    if stated and _letters(stated) in _letters(first_pages):
        return stated
    headings = [(len(marks), words) for marks, words in _HEADING.findall(first_pages) if not names_nothing(words)]
    if not headings:
        headings = [(1, words) for words in re.findall(r"^# (.+)$", text[:_TITLE_WITHIN], re.MULTILINE)][:1]
    loudest = min(headings, key=lambda heading: heading[0], default=(0, ""))[1]
    return loudest if len(loudest) <= _LONGEST_TITLE and not names_nothing(loudest) else stated


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Drop page numbers, and lines at a page's edge that stand on at least half of the pages, or three in a row."""
    if len(pages) < 2:
        return pages
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    needed = max(2, min(len(pages) // 2, 6)) if len(pages) < 4 else max(3, min(len(pages) // 2, 6))
    if len(pages) == 2:
        needed = 2
    cleaned: list[list[Line]] = []
    for page in pages:
        edges = {id(line): _is_apart(line, page) for line in _edges(page)}
        cleaned.append(
            [line for line in page if id(line) not in edges or not _is_running(line, counts, needed, edges[id(line)])]
        )
    return cleaned


def _is_running(line: Line, counts: Counter[str], needed: int, is_apart: bool) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text.strip()) is not None:
        return True
    if len(line.segments) > 2 and not is_apart:
        # The header of a table that goes on stands close above its rows.
        return False
    return counts[_key(line)] >= (2 if is_apart and len(line.text) >= _TELLING else needed)


def _is_apart(line: Line, page: list[Line]) -> bool:
    """Whether a line is the highest or lowest of its page, with a gap between it and the text."""
    others = [other for other in page if abs(other.bottom - line.bottom) > 0.5 * line.size]
    above = min((other.bottom - line.top for other in others if other.bottom > line.bottom), default=None)
    below = min((line.bottom - other.top for other in others if other.bottom < line.bottom), default=None)
    gap = below if above is None else above if below is None else None
    return gap is not None and gap > _APART * line.size


def _key(line: Line) -> str:
    """A line's words and place: a running head differs only in its number."""
    words = _ROMAN.sub("#", line.text.strip().casefold())
    return f"{re.sub(r'[0-9]+', '#', words)} @{round(line.top / 12)}"


def _edges(page: list[Line]) -> list[Line]:
    """The highest and lowest lines of a page, wherever the file has them."""
    ordered = sorted((line for line in page if not isinstance(line, RuledTable)), key=lambda line: -line.top)
    if len(ordered) <= 2 * _EDGE_LINES:
        return [*ordered[:1], *ordered[-1:]]
    return ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]
