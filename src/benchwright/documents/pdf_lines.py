"""The lines of one PDF page: their text, where they stand, and how large and heavy they are set."""

import ctypes
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from benchwright.documents.pdf_frames import Frame, read_frames
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
# Names of faces that are heavy or are not; TeX's say it in letters of their own: CMBX10, SFBX1200, NimbusRomNo9L-Medi.
_HEAVY = re.compile(
    r"bold|black|heavy|demi|-medi(?:ital)?$|libertinetb|biolinumtb|^(?:\w{6}\+)?(?:cm\w*bx|[se][fc]bx|cmssdc)"
)
_PLAIN = re.compile(
    r"regu|roma|book$|light|"
    r"^(?:\w{6}\+)?(?:cm(?:r|ti|mi|tt|ss|sl|sy|ex|csc|itt)|[se][fc](?:rm|ti|tt|ss|sl)|ms[ab]m|eu)\w*\d$"
)
_WIDE_GAP = 1.3
# A strip between two columns is at least so wide, in shares of the size; a space between words is narrower.
NARROW_GAP = 0.5


@dataclass
class Segment:
    """A stretch of a line without a wide gap; `pieces` is what narrower gaps divide, where it runs to the right."""

    left: float
    right: float
    text: str
    pieces: tuple["Segment", ...] = ()


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
    def pieces(self) -> list[Segment]:
        """What may be in different columns; nothing in a line that runs to the left."""
        return [piece for segment in self.segments for piece in segment.pieces]

    @property
    def width(self) -> float:
        """How far the line runs."""
        return self.right - self.left

    @property
    def is_right_to_left(self) -> bool:
        """Whether the line is mainly Arabic or Hebrew."""
        text = self.text
        return len(_RIGHT_TO_LEFT.findall(text)) > 0.3 * max(len(text), 1)


@dataclass
class RuledTable(Line):
    """A table with lines around its cells, where its first character stands; a cell holds the lines written in it."""

    rows: list[list[list[str]]] = field(default_factory=list[list[list[str]]])


def read_lines(page: pdfium.PdfPage) -> tuple[list[Line], int]:
    """Return the lines of `page` in reading order, and how many characters had no readable code."""
    textpage = page.get_textpage()
    rows: list[list[Glyph]] = [[]]
    lost = 0
    box = pdfium_c.FS_RECTF()
    # These run once a character: the names are looked up once a page.
    code_at, box_at = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    raw, into = textpage.raw, ctypes.byref(box)
    for index in range(textpage.count_chars()):
        code = code_at(raw, index)
        if code in (10, 13):
            rows.append([])
            continue
        character = _character(code)
        if character is None:
            lost += code != 0
            continue
        box_at(raw, index, into)
        is_made = code == 32 and pdfium_c.FPDFText_IsGenerated(raw, index) == 1
        _hold(rows[-1], Glyph(character, box.left, box.right, box.bottom, box.top, index, is_made))
        if character == BREAK_HYPHEN:
            # pdfium ends no line behind such a hyphen, although the word goes on in the next one.
            rows.append([])
    word_space = word_space_of(rows)
    lines: list[Line] = []
    for part in _tables_apart(rows, read_frames(page)):
        if isinstance(part, _Filled):
            lines.extend(_ruled_table(part, textpage, word_space))
        else:
            lines.extend(_lines([part], textpage, word_space))
    textpage.close()
    return _joined_rows(lines), lost


@dataclass
class _Filled:
    """A ruled table with the glyphs that stand in each of its cells, row by row."""

    frame: Frame
    cells: dict[int, list[list[Glyph]]] = field(default_factory=lambda: defaultdict(list))


def _tables_apart(rows: list[list[Glyph]], frames: list[Frame]) -> Iterator[list[Glyph] | _Filled]:
    """The rows of a page; what stands in the cells of a table is one part, at the place of its first row."""
    if not frames:
        yield from rows
        return
    heights: list[dict[int, Counter[int]]] = [defaultdict(Counter) for _ in frames]
    for glyph in (glyph for row in rows for glyph in row if not glyph.character.isspace()):
        if place := _place(glyph, frames):
            heights[place[0]][place[1]][round(glyph.bottom)] += 1
    tables = [frame for frame, held in zip(frames, heights, strict=True) if frame.is_table(held)]
    parts: list[list[Glyph] | _Filled] = []
    filled: dict[int, _Filled] = {}
    for row in rows if tables else []:
        for place, glyphs in groupby(_placed(row, tables), key=lambda placed: placed[0]):
            part = [glyph for _, glyph in glyphs]
            if place is None:
                parts.append(part)
                continue
            if place[0] not in filled:
                filled[place[0]] = _Filled(tables[place[0]])
                parts.append(filled[place[0]])
            filled[place[0]].cells[place[1]].append(part)
    yield from parts if tables else rows


def _placed(row: list[Glyph], frames: list[Frame]) -> Iterator[tuple[tuple[int, int] | None, Glyph]]:
    """Each glyph with the table and cell it stands in; a space, whose box means little, goes with what is before it."""
    place: tuple[int, int] | None = None
    for glyph in row:
        if not glyph.character.isspace():
            place = _place(glyph, frames)
        yield place, glyph


def _place(glyph: Glyph, frames: list[Frame]) -> tuple[int, int] | None:
    x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    return next(((n, cell) for n, frame in enumerate(frames) if (cell := frame.cell_at(x, y)) is not None), None)


def _ruled_table(filled: _Filled, textpage: pdfium.PdfTextPage, word_space: float) -> list[Line]:
    frame = filled.frame
    cells = {number: _joined_rows(_lines(rows, textpage, word_space)) for number, rows in filled.cells.items()}
    held = [line for lines in cells.values() for line in lines]
    if not held:
        return []
    rows: list[list[list[str]]] = []
    for place, numbers in enumerate(frame.cells):
        if place == 0 or numbers != frame.cells[place - 1]:
            ordered = [sorted(cells.get(number, []), key=lambda line: -line.bottom) for number in numbers]
            rows.append([[line.text for line in lines] for lines in ordered])
    if 2 * sum(line.is_right_to_left for line in held) > len(held):
        rows = [row[::-1] for row in rows]
    return [
        RuledTable(
            left=frame.xs[0],
            right=frame.xs[-1],
            bottom=frame.ys[0],
            top=frame.ys[-1],
            size=median(line.size for line in held),
            is_bold=False,
            segments=[Segment(line.left, line.right, line.text) for line in held],
            rows=rows,
        )
    ]


def _lines(rows: Sequence[list[Glyph]], textpage: pdfium.PdfTextPage, word_space: float) -> list[Line]:
    parts = (part for row in rows for part in rows_in(row))
    return [line for part in parts if (line := _line(part, textpage, word_space)) is not None]


def _hold(held: list[Glyph], glyph: Glyph) -> None:
    """Add a glyph; the letters of one right-to-left ligature share a box and come in the wrong order."""
    before = held[-1] if held and glyph.character == "\u0644" else None
    shares_box = before is not None and abs(before.left - glyph.left) < 0.01 and abs(before.right - glyph.right) < 0.01
    if before is not None and shares_box and before.character in "\u0622\u0623\u0625\u0627":
        held.insert(len(held) - 1, glyph)
    else:
        held.append(glyph)


def _character(code: int) -> str | None:
    if 32 <= code < 127:
        return chr(code)
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
    # Dots that lead the eye to a number may be set in a size of their own.
    letters = [glyph for glyph in drawn if glyph.character.isalnum()] or drawn
    size = median(glyph.top - glyph.bottom for glyph in letters)
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
            text = "".join([glyph.character for glyph in group])
            shown = _clean(text)
            left, right = min([g.left for g in inked]), max([g.right for g in inked])
            pieces = _pieces(group, size, has_leader="…" in shown or ". ." in shown)
            segments.append(Segment(left, right, shown, pieces or (Segment(left, right, shown),)))
    return segments


def _pieces(glyphs: list[Glyph], size: float, *, has_leader: bool) -> tuple[Segment, ...]:
    """What stands apart in a segment: what a gap divides that may lie between two columns; nothing where none does.

    Dots that lead the eye to a number stand apart too.
    """
    groups: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.character == " ":
            groups[-1].append(glyph)
            continue
        is_apart = last is not None and glyph.left - last.right >= NARROW_GAP * size
        if is_apart or (has_leader and groups[-1] and groups[-1][-1].character == " "):
            groups.append([])
        groups[-1].append(glyph)
        last = glyph
    inked = [group for group in groups if not all(glyph.character == " " for glyph in group)]
    return tuple(map(_piece, inked)) if len(inked) > 1 else ()


def _piece(glyphs: list[Glyph]) -> Segment:
    inked = [glyph for glyph in glyphs if glyph.character != " "]
    text = _clean("".join([glyph.character for glyph in glyphs]))
    return Segment(min(glyph.left for glyph in inked), max(glyph.right for glyph in inked), text)


def _clean(text: str) -> str:
    text = text.replace("\u0e4d\u0e32", "\u0e33")
    text = _DRAWN.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return " ".join(_LEADERS.sub(" … ", text).replace("\u00a0", " ").split())


def _is_bold(textpage: pdfium.PdfTextPage, drawn: list[Glyph]) -> bool:
    """Whether the line begins, goes on and ends in a heavy face."""
    return all(_is_heavy(textpage, drawn[place].place) for place in (0, len(drawn) // 2, -1))


def _is_heavy(textpage: pdfium.PdfTextPage, place: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(textpage.raw, place, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "ignore").lower()
    if _HEAVY.search(name):
        return True
    # A weight is often guessed from the width of stems, too heavy for a light face in a small size.
    return not _PLAIN.search(name) and pdfium_c.FPDFText_GetFontWeight(textpage.raw, place) >= 600


def _joined_rows(lines: list[Line]) -> list[Line]:
    """Join what stands on one height one after the other: pdfium ends a line at each cell of some tables."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        is_table = isinstance(before, RuledTable) or isinstance(line, RuledTable)
        if before is not None and not is_table and _continues_row(before, line):
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
