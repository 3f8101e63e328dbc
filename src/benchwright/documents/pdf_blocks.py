"""Turns the lines of PDF pages into headings, paragraphs, lists and tables."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchwright.documents.pdf_lines import BREAK_HYPHEN, Line, RuledTable
from benchwright.documents.pdf_tables import Form, Grid, find_tables
from benchwright.documents.writing import MarkdownWriter

_ITEM = re.compile(r"(?P<mark>\d{1,3}[.)]|[•·▪◦●○■□❖➢✓※])\s+(?=\S)")
_BULLET = re.compile(r"[•·▪◦●○■□❖➢✓※]\s")
# An entry of a list of references begins with its number.
_REFERENCE = re.compile(r"\[\d{1,3}\]\s")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}|[A-Z])[.)]?\s+(?=[A-Z가-힣])")
_SENTENCE = 20
_ENDS = re.compile(r"[.!?。！？:：;؟۔][\"'”’)\]»」』]*$")
_UNSPACED = re.compile(r"[\u0e01-\u0e4e\u0e81-\u0edf\u1780-\u17d3\u3041-\u30ff\u3400-\u9fff\uff00-\uffef、。]")
_HANGUL = re.compile(r"[가-힣]")
_LARGER = 1.12
_HEADING_LENGTH = 160
_MANY_LINES = 20
_LONG_LINE = 55
_NEIGHBOURS = 8
# Equal values side by side are that short: `12`, `yes`.
_SHORT_VALUE = 8
# `Total: 12,500` is large because it matters, not because a section begins.
_VALUE = re.compile(r"[:：]\s*\S*\d")


@dataclass(frozen=True)
class _Sizes:
    """The size of the body's text, and the level of each larger size."""

    body: float
    levels: dict[float, int]

    def level(self, line: Line) -> int:
        return self.levels.get(line.size, 0)

    @property
    def bold_level(self) -> int:
        return min(max(self.levels.values(), default=0) + 1, 6)


def write_pages(writer: MarkdownWriter, pages: Sequence[list[Line] | str]) -> None:
    """Write all pages; a paragraph that runs over a page's end stays whole. A text is a page that OCR read."""
    set_pages = [page for page in pages if not isinstance(page, str)]
    known = {word for page in set_pages for line in page for word in line.text.split()}
    flow = _Flow(writer, _sizes(set_pages), known)
    for page in pages:
        if isinstance(page, str):
            flow.close()
            writer.page()
            writer.raw(page)
        else:
            flow.page(page)
    flow.close()


def _sizes(pages: list[list[Line]]) -> _Sizes:
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            weights[line.size] += len(line.text)
    body = weights.most_common(1)[0][0] if weights else 10.0
    running = _running_text(line for page in pages for line in page)
    larger = sorted((size for size in weights if size >= body * _LARGER and size not in running), reverse=True)
    levels: dict[float, int] = {}
    level, last = 0, 0.0
    for size in larger:
        # Sizes within a few per cent are one size, rounded differently.
        if not last or size < 0.93 * last:
            level, last = level + 1, size
        levels[size] = min(level, 5)
    return _Sizes(body, levels)


def _running_text(lines: Iterable[Line]) -> set[float]:
    """The sizes in which most of many lines are long: text, also where a document has more characters in listings."""
    lengths: defaultdict[float, list[int]] = defaultdict(list)
    for line in lines:
        lengths[line.size].append(len(line.text))
    return {
        size
        for size, each in lengths.items()
        if len(each) >= _MANY_LINES and 2 * sum(length >= _LONG_LINE for length in each) > len(each)
    }


class _Flow:
    """Holds the paragraph that is still open while lines come."""

    def __init__(self, writer: MarkdownWriter, sizes: _Sizes, known: set[str]) -> None:
        self._writer = writer
        self._sizes = sizes
        self._known = known
        self._held: list[Line] = []
        self._held_level = 0
        self._new_page = False
        self._widths: dict[int, float] = {}
        self._pitches: dict[float, float] = {}
        self._numbered: dict[int, int] = {}

    def page(self, lines: list[Line]) -> None:
        self._new_page = True
        self._widths.update(_column_widths(lines))
        self._pitches = {}
        started = False
        for part in find_tables(lines):
            if isinstance(part, (RuledTable, Grid, Form)):
                self.close()
                self._begin_page(started)
                started = True
                if isinstance(part, RuledTable):
                    self._ruled_table(part)
                elif isinstance(part, Grid):
                    self._writer.table(part.rows)
                else:
                    for pair in part.pairs:
                        self._writer.item(pair)
                continue
            level = 0 if self._goes_on(part) else self._level(part, lines)
            if not (self._goes_on(part) or self._continues(part, level, lines)):
                self.close()
                self._begin_page(started)
                started = True
                self._held_level = level
            self._held.append(part)
            self._new_page = False
        if not started:
            self._writer.page()

    def _ruled_table(self, table: RuledTable) -> None:
        rows = [[self._cell(lines) for lines in row] for row in table.rows]
        while rows and len(set(rows[0])) == 1 and len(rows) > 1:
            # One cell over all columns is no header: it says what the table is.
            self._writer.paragraph(rows.pop(0)[0])
        self._writer.table(rows[:1] + [_once(row) for row in rows[1:]])

    def _cell(self, lines: list[str]) -> str:
        text = ""
        for line in lines:
            text = self._joined(text, line) if text else line
        return text.replace(BREAK_HYPHEN, "-").strip()

    def _begin_page(self, started: bool) -> None:
        if not started:
            self._writer.page()

    def close(self) -> None:
        if not self._held:
            return
        text = self._flowed()
        mark = _ITEM.match(text)
        if self._held_level:
            self._writer.heading(text, self._below_its_section(text, self._held_level))
        elif mark:
            number = mark["mark"] if mark["mark"][0].isdigit() else ""
            self._writer.item(text[mark.end() :], number=number)
        else:
            self._writer.paragraph(text)
        self._held = []
        self._held_level = 0

    def _below_its_section(self, text: str, level: int) -> int:
        """`2.1` stands below `2` also where both are set alike."""
        number = _NUMBERED.match(text)
        if number is None or not number[0][0].isdigit():
            return level
        depth = number[0].strip(" .)").count(".")
        level = max(level, self._numbered.get(depth - 1, 0) + 1)
        self._numbered[depth] = level
        return level

    def _level(self, line: Line, lines: list[Line]) -> int:
        text = line.text
        # One or two letters in a large size are signs of a formula, except where one is a syllable or a word.
        letters = sum(character.isalpha() for character in text)
        if len(text) > _HEADING_LENGTH or letters < (3 if text.isascii() else 2) or " … " in text:
            return 0
        level = self._sizes.level(line)
        if _BULLET.match(text) or (text.endswith((".", "。")) and len(text) > _SENTENCE):
            # Large print on a slide: a point, not the name of a section.
            return 0
        if _VALUE.search(text):
            return 0
        if level:
            return level
        is_short = len(text) <= 90 and not _ENDS.search(text) and text[-1] not in f",·-{BREAK_HYPHEN}"
        # A bold sentence within a text is emphasis; the name of a section in lower case is short.
        is_emphasis = text[0].islower() and text.count(" ") > 2
        least = 0.85 if _NUMBERED.match(text) else 0.95
        is_small = _ITEM.match(text) is None and line.size < least * self._sizes.body
        if not (line.is_bold and is_short) or is_emphasis or is_small:
            return 0
        # A page set wholly in bold has no headings in bold.
        heavy = sum(other.is_bold for other in lines)
        return self._sizes.bold_level if heavy <= 0.4 * len(lines) else 0

    def _continues(self, line: Line, level: int, lines: list[Line]) -> bool:
        if not self._held:
            return False
        before = self._held[-1]
        if level != self._held_level or abs(before.size - line.size) > 0.1 * before.size:
            return False
        if level:
            near = 0 <= before.bottom - line.top < 0.8 * before.size and not self._new_page
            return near and sum(len(held.text) for held in self._held) + len(line.text) <= _HEADING_LENGTH
        if _REFERENCE.match(line.text) or (_ITEM.match(line.text) and not self._is_mid_sentence(line)):
            return False
        if self._new_page or line.bottom > before.bottom + 0.5 * before.size:
            return self._runs_over(before, line)
        pitch = before.bottom - line.bottom
        if pitch > 1.7 * before.size and pitch > 1.35 * self._usual_pitch(lines, before.size):
            return False
        if before.text.endswith(BREAK_HYPHEN):
            return True
        return self._share(before) >= 0.88 or not (_ENDS.search(before.text) or self._share(before) < 0.62)

    def _goes_on(self, line: Line) -> bool:
        """Whether a line in another face stands within a sentence: a paragraph's words in bold are no heading."""
        if not self._held or self._held_level or self._new_page or not line.text[:1].islower():
            return False
        before = self._held[-1]
        near = 0 < before.bottom - line.bottom < 1.5 * before.size and abs(before.size - line.size) < 0.25 * before.size
        return near and self._share(before) >= 0.88 and not _ENDS.search(before.text)

    def _is_mid_sentence(self, line: Line) -> bool:
        """Whether a number at a line's beginning belongs to the sentence before it: `see Refs. 1 and` / `4. By …`."""
        before = self._held[-1]
        opens_item = _ITEM.match(self._held[0].text) or self._held_level
        at_edge = abs(before.left - line.left) < 0.3 * line.size and line.text[:1].isdigit()
        return not opens_item and at_edge and self._share(before) >= 0.95 and not _ENDS.search(before.text)

    def _runs_over(self, before: Line, line: Line) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        if _ENDS.search(before.text) or self._share(before) < 0.62:
            return False
        return line.text[:1].islower() or before.text.endswith((BREAK_HYPHEN, "-", ",")) or _is_east_asian(before.text)

    def _usual_pitch(self, lines: list[Line], size: float) -> float:
        if size not in self._pitches:
            self._pitches[size] = _usual_pitch(lines, size)
        return self._pitches[size]

    def _share(self, line: Line) -> float:
        """How much of its column a line fills."""
        return line.width / max(self._widths.get(id(line), line.width), 1.0)

    def _flowed(self) -> str:
        """The held lines as one text: divided words whole again."""
        text = ""
        for line in self._held:
            part = line.text
            text = self._joined(text, part) if text else part
        return text.replace(BREAK_HYPHEN, "-").strip()

    def _joined(self, text: str, part: str) -> str:
        if text.endswith(BREAK_HYPHEN) or (text.endswith("-") and part[:1].islower() and text[-2:-1].isalpha()):
            head, tail = text[:-1].rsplit(" ", 1)[-1], part.split(" ", 1)[0]
            # "well-" + "known" keeps its hyphen where the document writes it so elsewhere.
            return text[:-1] + ("-" if f"{head}-{tail}" in self._known else "") + part
        if text.endswith(("https:", "http:")) and part.startswith("//"):
            return text + part
        if _UNSPACED.match(text[-1]) and _UNSPACED.match(part[0]):
            return text + part
        if _HANGUL.match(text[-1]) and _HANGUL.match(part[0]):
            word = text.rsplit(" ", 1)[-1] + part.split(" ", 1)[0]
            return text + ("" if word in self._known else " ") + part
        return f"{text} {part}"


def _once(row: list[str]) -> list[str]:
    """A row in which a cell that is merged over columns stands in the first of them; a header has it above each."""
    return [cell if n == 0 or cell != row[n - 1] or len(cell) < _SHORT_VALUE else "" for n, cell in enumerate(row)]


def _is_east_asian(text: str) -> bool:
    return bool(_UNSPACED.match(text[-1]) or _HANGUL.match(text[-1]))


def _usual_pitch(lines: list[Line], size: float) -> float:
    """The distance from line to line that is most common on a page for text of about this size."""
    pitches: Counter[float] = Counter()
    for above, below in pairwise(lines):
        pitch = above.bottom - below.bottom
        if 0.5 * size < pitch < 3 * size and abs(above.size - size) < 0.1 * size:
            pitches[round(pitch)] += 1
    return pitches.most_common(1)[0][0] if pitches else 1.2 * size


def _column_widths(lines: list[Line]) -> dict[int, float]:
    """The width of the column that each line stands in: its widest neighbour of the same size and edge."""
    widths: dict[int, float] = {}
    for index, line in enumerate(lines):
        near = 3 * line.size
        if isinstance(line, RuledTable):
            continue
        widths[id(line)] = max(
            other.width
            for other in lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
            if not isinstance(other, RuledTable)
            and abs(other.size - line.size) < 0.1 * line.size
            and (abs(other.left - line.left) < near or abs(other.right - line.right) < near)
        )
    return widths
