"""Finds tables, forms and columns among the lines of a PDF page, only where their geometry is clear."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchwright.documents.pdf_gutters import aligned_table, is_code, is_contents, with_header
from benchwright.documents.pdf_lines import Line, RuledTable, Segment

_LONGEST_CELL = 80
_FEWEST_ROWS = 3
_COLUMN_ROWS = 5
_LONGEST_TABLE = 200
_HEADER_LINES = 4


@dataclass(frozen=True)
class Grid:
    """The rows of a table, the header first."""

    rows: list[list[str]]


@dataclass(frozen=True)
class Form:
    """Names with their values, such as `Customer ID: CUST-98765`, or parts with the pages they begin on."""

    pairs: list[str]


def find_tables(lines: list[Line]) -> list[Line | RuledTable | Grid | Form]:
    """Return the lines of a page with tables and forms in their place, and columns one after the other."""
    found: list[Line | RuledTable | Grid | Form] = []
    rest = lines
    while rest:
        if table := aligned_table(rest[:_LONGEST_TABLE]):
            rows, header = with_header(table, rest[0], [part for part in found if type(part) is Line])
            found = [part for part in found if not any(part is line for line in header)]
            found.append(_table(rows))
            rest = rest[table.lines :]
            continue
        stop = _spaced_lines(rest)
        # Above a table that its words show may stand lines with gaps: a part of its header.
        ahead = next((n for n in range(1, min(stop, _HEADER_LINES)) if aligned_table(rest[n:][:_LONGEST_TABLE])), stop)
        found.extend(_divided(rest[:ahead]) if ahead > 1 else rest[:1])
        rest = rest[max(ahead, 1) :]
    return found


def _table(rows: list[list[str]]) -> Grid | Form:
    return Form([" ".join(filter(None, row)) for row in rows]) if is_contents(rows) else Grid(rows)


def _spaced_lines(lines: list[Line]) -> int:
    """How many lines from the first have wide gaps in them and follow one another."""
    stop = 0
    while (
        stop < len(lines)
        and len(lines[stop].segments) > 1
        and not isinstance(lines[stop], RuledTable)
        and (stop == 0 or _near(lines[stop - 1], lines[stop]))
    ):
        stop += 1
    return stop


def _near(above: Line, below: Line) -> bool:
    return -0.5 * above.size <= above.bottom - below.top < 2.2 * above.size


def _divided(run: list[Line]) -> Iterator[Line | Grid | Form]:
    """A run of lines with gaps: a form, two columns of text, a table somewhere in it, or just lines."""
    if _is_form(run):
        yield Form([pair for line in run for pair in _pairs(line)])
        return
    columns = _text_columns(run)
    if columns:
        yield from columns
        return
    for first, last in _stretches(len(run)) if not is_code(run) else ():
        rows = _grid(run[first:last])
        if rows:
            yield from _divided(run[:first]) if first > 1 else run[:first]
            yield _table(rows)
            yield from _divided(run[last:]) if len(run) - last > 1 else run[last:]
            return
    yield from run


def _stretches(count: int) -> Iterator[tuple[int, int]]:
    """Which part of a run may be the table: all of it, else without up to three lines at either end."""
    for dropped in range(min(4, count - 1)):
        for first in range(dropped + 1):
            yield first, count - (dropped - first)


def _grid(run: list[Line]) -> list[list[str]]:
    """The rows of a run whose cells stand in clear columns, or nothing."""
    widest = max(len(line.segments) for line in run)
    if len(run) < _FEWEST_ROWS and not (len(run) == 2 and widest > 2):
        return []
    columns = _columns(run)
    if len(columns) != widest or any(len(s.text) > _LONGEST_CELL for line in run for s in line.segments):
        return []
    rows: list[list[str]] = []
    for line in run:
        row = [""] * len(columns)
        for segment in line.segments:
            place = next(
                n for n, (left, right) in enumerate(columns) if left <= segment.left and segment.right <= right
            )
            row[place] = f"{row[place]} {segment.text}".strip()
        rows.append(row)
    if 2 * sum(line.is_right_to_left for line in run) > len(run):
        rows = [row[::-1] for row in rows]
    filled = sum(bool(cell) for row in rows for cell in row)
    return rows if all(rows[0]) or filled >= 0.7 * len(rows) * len(columns) else []


def _columns(run: list[Line]) -> list[tuple[float, float]]:
    """The stretches of the page's width that cells cover, with nothing standing between two of them."""
    spans = sorted((segment.left, segment.right) for line in run for segment in line.segments)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _is_form(run: list[Line]) -> bool:
    named = sum(line.segments[0].text.endswith((":", "：")) for line in run)
    return named * 2 >= len(run)


def _pairs(line: Line) -> Iterator[str]:
    name = ""
    for segment in line.segments:
        if segment.text.endswith((":", "：")):
            if name:
                yield name
            name = segment.text
        else:
            yield f"{name} {segment.text}".strip()
            name = ""
    if name:
        yield name


def _text_columns(run: list[Line]) -> list[Line]:
    """Two columns of running text that the file holds line by line across the page: left one first, or nothing."""
    if len(run) < _COLUMN_ROWS or any(len(line.segments) != 2 for line in run):
        return []
    if sum(len(segment.text) for line in run for segment in line.segments) < 25 * 2 * len(run):
        return []
    edge = max(line.segments[0].right for line in run)
    if min(line.segments[1].left for line in run) < edge:
        return []
    return [_part(line, line.segments[side]) for side in (0, 1) for line in run]


def _part(line: Line, segment: Segment) -> Line:
    return replace(line, left=segment.left, right=segment.right, segments=[segment])
