"""The lines of one PDF page: their text, where they stand, and how large and heavy they are set."""

import ctypes
import re
import unicodedata
from dataclasses import dataclass, field
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from benchwright.documents.pdf_order import (
    Glyph,
    in_order,
    right_to_left_text,
    rows_in,
    runs_right_to_left,
    word_space_of,
)

# Arabic presentation forms and Latin ligatures are drawings of letters; search and comparison need the letters.
_DRAWN = re.compile(r"[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdfb\ufe70-\ufefc]+")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SYMBOL_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF06C: "●", 0xF06E: "■", 0xF076: "❖"}
# What pdfium gives for a hyphen that only divides a word at the line's end.
BREAK_HYPHEN = "\x02"
_LEADERS = re.compile(r"(?:[\s]?[.·…]){5,}\s*")
_WIDE_GAP = 1.3


@dataclass
class Segment:
    """A stretch of a line without a wide gap."""

    left: float
    right: float
    text: str


@dataclass
class Line:
    """One line as it is set; `top` and `bottom` grow upwards from the page's lower edge."""

    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_bold: bool
    segments: list[Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of the line, segments joined by a space."""
        return " ".join(segment.text for segment in self.segments if segment.text)

    @property
    def width(self) -> float:
        """How far the line runs."""
        return self.right - self.left

    @property
    def is_right_to_left(self) -> bool:
        """Whether the line is mainly Arabic or Hebrew."""
        text = self.text
        return len(_RIGHT_TO_LEFT.findall(text)) > 0.3 * max(len(text), 1)


def read_lines(page: pdfium.PdfPage) -> tuple[list[Line], int]:
    """Return the lines of `page` in reading order, and how many characters had no readable code."""
    textpage = page.get_textpage()
    rows: list[list[Glyph]] = [[]]
    lost = 0
    box = pdfium_c.FS_RECTF()
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(textpage.raw, index)
        if code in (10, 13):
            rows.append([])
            continue
        character = _character(code)
        if character is None:
            lost += code != 0
            continue
        pdfium_c.FPDFText_GetLooseCharBox(textpage.raw, index, ctypes.byref(box))
        is_made = code == 32 and pdfium_c.FPDFText_IsGenerated(textpage.raw, index) == 1
        _hold(rows[-1], Glyph(character, box.left, box.right, box.bottom, box.top, index, is_made))
        if character == BREAK_HYPHEN:
            # pdfium ends no line behind such a hyphen, although the word goes on in the next one.
            rows.append([])
    rows = [part for row in rows for part in rows_in(row)]
    word_space = word_space_of(rows)
    lines = [line for row in rows if (line := _line(row, textpage, word_space)) is not None]
    textpage.close()
    return _joined_rows(lines), lost


def _hold(held: list[Glyph], glyph: Glyph) -> None:
    """Add a glyph; the letters of one right-to-left ligature share a box and come in the wrong order."""
    before = held[-1] if held else None
    shares_box = before is not None and abs(before.left - glyph.left) < 0.01 and abs(before.right - glyph.right) < 0.01
    if (
        before is not None
        and shares_box
        and glyph.character == "\u0644"
        and before.character in "\u0622\u0623\u0625\u0627"
    ):
        held.insert(len(held) - 1, glyph)
    else:
        held.append(glyph)


def _character(code: int) -> str | None:
    if code in (2, 0xFFFE):
        return BREAK_HYPHEN
    if code in _SYMBOL_BULLETS:
        return _SYMBOL_BULLETS[code]
    if code == 0xFFFD or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF or code < 32:
        return " " if code == 9 else None
    return chr(code) if code <= 0x10FFFF else None


def _line(row: list[Glyph], textpage: pdfium.PdfTextPage, word_space: float) -> Line | None:
    drawn = [glyph for glyph in row if not glyph.character.isspace() and glyph.top > glyph.bottom]
    if not drawn:
        return None
    size = median(glyph.top - glyph.bottom for glyph in drawn)
    if runs_right_to_left(glyph.character for glyph in drawn):
        segments = _right_to_left_segments(row, size)
    else:
        segments = _segments(in_order(row, size, word_space=word_space), size)
    line = Line(
        left=min(glyph.left for glyph in drawn),
        right=max(glyph.right for glyph in drawn),
        bottom=min(glyph.bottom for glyph in drawn),
        top=max(glyph.top for glyph in drawn),
        size=round(size * 2) / 2,
        is_bold=_is_bold(textpage, drawn),
        segments=segments,
    )
    return line if line.text.strip() else None


def _right_to_left_segments(glyphs: list[Glyph], size: float) -> list[Segment]:
    """Divide a line at wide gaps, from the right."""
    groups: list[list[Glyph]] = []
    edge = 0.0
    for glyph in sorted((glyph for glyph in glyphs if not glyph.character.isspace()), key=lambda glyph: glyph.left):
        if not groups or glyph.left - edge > _WIDE_GAP * size:
            groups.append([])
            edge = glyph.right
        groups[-1].append(glyph)
        edge = max(edge, glyph.right)
    return [
        Segment(min(g.left for g in group), max(g.right for g in group), _clean(right_to_left_text(group, size)))
        for group in reversed(groups)
    ]


def _segments(glyphs: list[Glyph], size: float) -> list[Segment]:
    """Divide a line at gaps wider than any word space."""
    groups: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.character == " ":
            groups[-1].append(glyph)
            continue
        if last is not None and glyph.left - last.right > _WIDE_GAP * size and last.character not in ".…·":
            groups.append([])
        groups[-1].append(glyph)
        last = glyph
    segments: list[Segment] = []
    for group in groups:
        inked = [glyph for glyph in group if glyph.character != " "]
        if inked:
            shown = _clean("".join(glyph.character for glyph in group))
            segments.append(Segment(min(g.left for g in inked), max(g.right for g in inked), shown))
    return segments


def _clean(text: str) -> str:
    text = text.replace("\u0e4d\u0e32", "\u0e33")
    text = _DRAWN.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return " ".join(_LEADERS.sub(" … ", text).replace("\u00a0", " ").split())


def _is_bold(textpage: pdfium.PdfTextPage, drawn: list[Glyph]) -> bool:
    """Whether the line begins, goes on and ends in a heavy face."""
    return all(_is_heavy(textpage, drawn[place].index) for place in (0, len(drawn) // 2, -1))


def _is_heavy(textpage: pdfium.PdfTextPage, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(textpage.raw, index) >= 600:
        return True
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(textpage.raw, index, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "ignore").lower()
    return "bold" in name or "black" in name or "heavy" in name


def _joined_rows(lines: list[Line]) -> list[Line]:
    """Join what stands on one height one after the other: pdfium ends a line at each cell of some tables."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and _continues_row(before, line):
            before.segments.extend(line.segments)
            before.left, before.right = min(before.left, line.left), max(before.right, line.right)
            before.bottom, before.top = min(before.bottom, line.bottom), max(before.top, line.top)
            before.is_bold = before.is_bold and line.is_bold
        else:
            joined.append(line)
    return joined


def _continues_row(before: Line, line: Line) -> bool:
    same_height = abs(before.bottom - line.bottom) < 0.3 * before.size
    is_beside = line.right <= before.left if before.is_right_to_left else line.left >= before.right
    return same_height and is_beside and abs(before.size - line.size) < 0.2 * before.size
