"""Finds tables without drawn lines: words of several lines that leave the same strips of the page empty."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchwright.documents.pdf_lines import NARROW_GAP, Line, Segment

_FEWEST_ROWS = 4
_FEWEST_COLUMNS = 3
_MOST_HEADER_ROWS = 4
_HEADER_LINES = 30
_LONGEST_NAME = 40
_USUAL_PITCH = 2.2
_LEADER = re.compile(r"[.·…]+")
_SIGNS = frozenset("•·▪◦●○■=&:|*")
_SECTION = re.compile(r"(?:[\dA-Z]{1,3}\.?)*")
_CODE = re.compile(r"[{};\\&]")


@dataclass(frozen=True)
class Aligned:
    """The rows of a table, the header first; how many lines of the page it took, and the strips between its columns."""

    rows: list[list[str]]
    lines: int
    strips: list[tuple[float, float]]


def aligned_table(lines: Sequence[Line]) -> Aligned | None:
    """Return the table that begins with the first of `lines`, or nothing where their words do not stand in columns."""
    words: list[list[Segment]] = []
    reaches: list[tuple[float, float]] = []
    strips: list[tuple[float, float]] = []
    best: tuple[int, int, list[tuple[float, float]]] = (0, 0, [])
    for place, line in enumerate(lines):
        if place and not _follows(lines[place - 1], line):
            break
        row = _words(line)
        if not row:
            break
        words.append(row)
        reaches.append((min(word.right for word in row), max(word.left for word in row)))
        gaps = _gaps(row, NARROW_GAP * line.size)
        strips = gaps if place == 0 else _both_empty(strips, gaps)
        between = [strip for strip in strips if _divides(strip, reaches, line.size)]
        if len(between) < _FEWEST_COLUMNS - 1 and (place or len(strips) <= _FEWEST_COLUMNS):
            break
        worth = len(words) * len(between)
        if len(words) >= _FEWEST_ROWS and worth > best[0]:
            best = worth, len(words), between
    if not best[0]:
        return None
    _, count, between = best
    rows = [_cells(row, between) for row in words[:count]]
    return Aligned(_whole_rows(_one_header(rows)), count, between) if _is_table(rows, lines[:count]) else None


def with_header(table: Aligned, top: Line, before: Sequence[Line]) -> tuple[list[list[str]], list[Line]]:
    """The rows of a table below the header that stands above it, and the lines of that header, if one is seen.

    A file may hold a header of several lines column after column: each line counts by its place alone. A line above
    names that the table already has must name two columns: one name is the table's title.
    """
    has_names = sum(map(_has_digit, table.rows[0][1:])) * 2 < len(table.rows[0]) - 1
    header = table.rows[0] if has_names else [""] * len(table.rows[0])
    taken: list[Line] = []
    lowest = top.bottom
    near = [line for line in before[-_HEADER_LINES:] if abs(line.size - top.size) <= 0.15 * top.size]
    for line in sorted(near, key=lambda line: line.bottom):
        if not (-0.5 * top.size <= line.bottom - lowest < _USUAL_PITCH * top.size) or line.bottom <= top.bottom:
            continue
        cells = _header_cells(line, table.strips)
        if not cells or (has_names and sum(map(bool, cells)) < 2):
            break
        header = [f"{mine} {below}".strip() for mine, below in zip(cells, header, strict=True)]
        taken.append(line)
        lowest = line.bottom
    if not taken or sum(map(bool, header[1:])) < 0.6 * (len(header) - 1):
        return table.rows, []
    return [header, *(table.rows[1:] if has_names else table.rows)], taken


def _header_cells(line: Line, strips: Sequence[tuple[float, float]]) -> list[str]:
    """What a line above a table says of each column; nothing where it says something of several at once."""
    if not line.pieces or len(line.text) > _LONGEST_NAME * (len(strips) + 1):
        return []
    if not any(left + 0.01 < word.right and word.left < right - 0.01 for left, right in strips for word in line.pieces):
        return _cells(line.pieces, strips)
    # A name may be wider than the values below it, but reaches no other column's.
    cells = [""] * (len(strips) + 1)
    for segment in line.segments:
        middle = (segment.left + segment.right) / 2
        place = sum(middle > (left + right) / 2 for left, right in strips)
        inner = [strips[place - 1][0]] if place else []
        outer = [strips[place][1]] if place < len(strips) else []
        if any(segment.left < edge for edge in inner) or any(segment.right > edge for edge in outer):
            return []
        cells[place] = f"{cells[place]} {segment.text}".strip()
    return cells


def _follows(above: Line, below: Line) -> bool:
    size = above.size
    return abs(size - below.size) <= 0.15 * size and 0 < above.bottom - below.bottom < _USUAL_PITCH * size


def _words(line: Line) -> list[Segment]:
    """A line's words without the dots that lead the eye; none of a line in a table of contents."""
    words = line.pieces
    led = [n for n, word in enumerate(words) if _LEADER.fullmatch(word.text)]
    if led and len(words) - 1 - led[-1] < _FEWEST_COLUMNS - 1:
        return []
    ends = {n - 1 for n in led}
    return [
        replace(word, text=word.text.removesuffix(".")) if n in ends else word
        for n, word in enumerate(words)
        if n not in led
    ]


def _gaps(words: Sequence[Segment], least: float) -> list[tuple[float, float]]:
    """The stretches of a line's height that are empty and wide enough, from the page's left edge to its right."""
    gaps: list[tuple[float, float]] = []
    edge = float("-inf")
    for word in sorted(words, key=lambda word: word.left):
        if word.left - edge >= least:
            gaps.append((edge, word.left))
        edge = max(edge, word.right)
    return [*gaps, (edge, float("inf"))]


def _both_empty(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    shared = [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]
    return sorted(shared)


def _divides(strip: tuple[float, float], reaches: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether most rows have words on both sides of an empty strip that is wide enough to be seen.

    `reaches` says of each row where its first word ends and its last word begins.
    """
    left, right = strip
    if right - left < NARROW_GAP * size:
        return False
    both = sum(first <= left + 0.01 and last >= right - 0.01 for first, last in reaches)
    return both >= 0.6 * len(reaches)


def _cells(words: Sequence[Segment], between: Sequence[tuple[float, float]]) -> list[str]:
    cells = [""] * (len(between) + 1)
    for word in words:
        place = sum(word.left >= right - 0.01 for _, right in between)
        cells[place] = f"{cells[place]} {word.text}".strip()
    return cells


def _is_table(rows: list[list[str]], lines: Sequence[Line]) -> bool:
    """Whether cells hold values, not running text in narrow columns and not lines of a program."""
    values = [cell for row in rows for cell in row[1:]]
    filled = [cell for cell in values if cell]
    if is_code(lines) or len(filled) < 0.6 * len(values):
        return False
    if sum(cell.endswith(",") for cell in filled) > 0.3 * len(filled):
        return False
    if any(sum(cell in _SIGNS for cell in column) > 0.5 * len(rows) for column in zip(*rows, strict=True)):
        return False
    numbers = sum(any(character.isdigit() for character in cell) for cell in filled)
    mean = sum(map(len, filled)) / len(filled)
    return numbers >= 0.4 * len(filled) if mean > 12 or len(rows) < 6 else numbers >= 0.15 * len(filled)


def is_code(lines: Sequence[Line]) -> bool:
    """Whether lines are of a program: their signs stand in columns too."""
    text = "".join(line.text for line in lines)
    return len(_CODE.findall(text)) > 0.03 * len(text)


def is_contents(rows: list[list[str]]) -> bool:
    """Whether rows are numbers of sections, their names and the pages they begin on."""
    if len(rows[0]) != _FEWEST_COLUMNS or not all(row[-1].isdecimal() for row in rows):
        return False
    pages = [int(row[-1]) for row in rows]
    are_named = sum(any(character.isalpha() for character in row[1]) for row in rows) >= 0.8 * len(rows)
    return are_named and pages == sorted(pages) and all(_SECTION.fullmatch(row[0]) for row in rows)


def _one_header(rows: list[list[str]]) -> list[list[str]]:
    """The lines of a header, above the first row with numbers, as one row."""
    first = next((n for n, row in enumerate(rows) if any(map(_has_digit, row[1:])) and row[0]), 0)
    first = next((n for n, row in enumerate(rows) if sum(map(_has_digit, row[1:])) * 2 >= len(row) - 1), first)
    if not 1 < first <= _MOST_HEADER_ROWS:
        return rows
    header = [" ".join(part for part in column if part) for column in zip(*rows[:first], strict=True)]
    return [header, *rows[first:]]


def _whole_rows(rows: list[list[str]]) -> list[list[str]]:
    """Join a name that runs over two lines: its values stand beside the last line, or beside the first."""
    result: list[list[str]] = []
    for row in rows:
        before = result[-1] if len(result) > 1 else None
        if before is not None and row[0][:1].islower() and not any(before[1:]):
            result[-1] = [f"{before[0]} {row[0]}", *row[1:]]
        elif before is not None and row[0][:1].islower() and not any(row[1:]):
            result[-1] = [f"{before[0]} {row[0]}", *before[1:]]
        else:
            result.append(row)
    return result


def _has_digit(cell: str) -> bool:
    return any(character.isdigit() for character in cell)
