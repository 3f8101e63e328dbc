"""Finds tables of a PDF page by the lines that are drawn around their cells."""

import ctypes
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import attrgetter

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# What is thinner is a line, in points; and how far lines that meet may stay apart.
_THIN = 2.5
_SLACK = 3.0
_SHORTEST = 5.0
# A page with more shapes is a drawing, and looking at all of them would take longer than reading it.
_MOST_SHAPES = 4_000
_MOST_LINES = 600
_FILLED = 0.35
_LAYOUT = 1_500
_UNRULED = 3
_SHORT = 25


@dataclass(frozen=True)
class _Rule:
    """A drawn line: where it lies, and from where to where it runs."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Frame:
    """The cells of a ruled table; `xs` run to the right and `ys` upwards, and cells that are merged have one number.

    `cells[row][column]` counts rows from the highest.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell that holds a point, if one does."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.cells[len(self.ys) - 2 - row][column] if inside else None

    def is_table(self, heights: Mapping[int, Counter[int]]) -> bool:
        """Whether these are the cells of a table, not a chart's grid or a page's layout.

        `heights` says for each cell with text at which heights it has how many characters.
        """
        numbers = {number for row in self.cells for number in row}
        columns = {n for row in self.cells for n, number in enumerate(row) if number in heights}
        rows = sum(any(number in heights for number in row) for row in self.cells)
        if len(numbers) < 4 or len(columns) < 2 or rows < 2 or len(heights) < _FILLED * len(numbers):
            return False
        lengths = [held.total() for held in heights.values()]
        # Half of the text in one cell means that the lines divide a page, and do not tell one value from another.
        if max(lengths) > _LAYOUT or (max(lengths) > 400 and max(lengths) > 0.5 * sum(lengths)):
            return False
        return not any(_is_unruled([heights[n] for n in dict.fromkeys(row) if n in heights]) for row in self.cells)


def _is_unruled(cells: Sequence[Counter[int]]) -> bool:
    """Whether several short lines stand side by side in cells: rows of their own, without a line between them."""
    if len(cells) < 2:
        return False
    count, times = Counter(len(held) for held in cells).most_common(1)[0]
    characters = sum(held.total() for held in cells) / sum(map(len, cells))
    return count >= _UNRULED and times >= 0.7 * len(cells) and characters <= _SHORT


def read_frames(page: pdfium.PdfPage) -> list[Frame]:
    """Return the ruled tables of `page`, whatever stands in them."""
    across, upright = _rules(page)
    if len(across) < 2 or len(upright) < 1 or len(across) + len(upright) > _MOST_LINES:
        return []
    return [frame for group in _meeting(across, upright) if (frame := _frame(*group)) is not None]


def _rules(page: pdfium.PdfPage) -> tuple[list[_Rule], list[_Rule]]:
    """The lines that run across the page and those that stand upright, joined where they go on."""
    across: list[_Rule] = []
    upright: list[_Rule] = []
    for count, shape in enumerate(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if count >= _MOST_SHAPES:
            return [], []
        for left, bottom, right, top in _strokes(shape):
            if top - bottom <= _THIN and right - left > _SHORTEST:
                across.append(_Rule((bottom + top) / 2, left, right))
            elif right - left <= _THIN and top - bottom > _SHORTEST:
                upright.append(_Rule((left + right) / 2, bottom, top))
    return _joined(across), _joined(upright)


def _strokes(shape: pdfium.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """The boxes of what a path draws: itself when it is thin, else each of its straight lines."""
    left, bottom, right, top = shape.get_bounds()
    if top - bottom <= _THIN or right - left <= _THIN:
        yield left, bottom, right, top
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(shape.raw, ctypes.byref(fill), ctypes.byref(stroke))
    count = pdfium_c.FPDFPath_CountSegments(shape.raw)
    if not stroke.value or count > _MOST_SHAPES:
        return
    matrix = shape.get_matrix()
    before: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(shape.raw, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point: tuple[float, float] = matrix.on_point(x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and before is not None:
            yield _box(before, point)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start is not None:
            yield _box(point, start)
        before = point


def _box(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _joined(rules: Iterable[_Rule]) -> list[_Rule]:
    """Lines at one place as one, and pieces that touch as one line."""
    result: list[_Rule] = []
    for group in _near(sorted(rules, key=attrgetter("at")), attrgetter("at")):
        at = sum(rule.at for rule in group) / len(group)
        low, high = 0.0, -1.0
        for rule in sorted(group, key=attrgetter("low")):
            if high < low or rule.low > high + _SLACK:
                if high > low:
                    result.append(_Rule(at, low, high))
                low, high = rule.low, rule.high
            high = max(high, rule.high)
        result.append(_Rule(at, low, high))
    return result


def _near(ordered: Sequence[_Rule], place: Callable[[_Rule], float]) -> Iterator[list[_Rule]]:
    group: list[_Rule] = []
    for rule in ordered:
        if group and place(rule) - place(group[-1]) > _SLACK:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _meeting(across: list[_Rule], upright: list[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """Groups of lines that meet one another: each may be a table."""
    touching = [[n for n, line in enumerate(upright) if _meet(rule, line)] for rule in across]
    left = set(range(len(across)))
    while left:
        rows, columns = {left.pop()}, set[int]()
        grows = True
        while grows:
            columns.update(n for row in rows for n in touching[row])
            more = {row for row in left if columns.intersection(touching[row])}
            left -= more
            rows |= more
            grows = bool(more)
        yield [across[n] for n in sorted(rows)], [upright[n] for n in sorted(columns)]


def _meet(across: _Rule, upright: _Rule) -> bool:
    return (
        across.low - _SLACK <= upright.at <= across.high + _SLACK
        and upright.low - _SLACK <= across.at <= upright.high + _SLACK
    )


def _frame(across: list[_Rule], upright: list[_Rule]) -> Frame | None:
    """The cells between lines; where a table's sides are open, its lines end there."""
    if len(across) < 2 or not upright:
        return None
    xs = _edges([rule.at for rule in upright], [end for rule in across for end in (rule.low, rule.high)])
    ys = _edges([rule.at for rule in across], [end for rule in upright for end in (rule.low, rule.high)])
    if len(xs) < 3 or len(ys) < 3:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    group = list(range(rows * columns))

    def head(slot: int) -> int:
        while group[slot] != slot:
            slot = group[slot]
        return slot

    for row, column in product(range(rows), range(columns)):
        slot = row * columns + column
        x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        if column + 1 < columns and not _is_drawn(upright, xs[column + 1], y):
            group[head(slot + 1)] = head(slot)
        if row + 1 < rows and not _is_drawn(across, ys[row + 1], x):
            group[head(slot + columns)] = head(slot)
    cells = tuple(tuple(head(row * columns + column) for column in range(columns)) for row in reversed(range(rows)))
    return Frame(xs, ys, cells)


def _edges(places: list[float], ends: list[float]) -> tuple[float, ...]:
    """The distinct places of lines, and how far the others reach beyond them."""
    beyond = [*(end for end in ends if end < min(places) - 8), *(end for end in ends if end > max(places) + 8)]
    distinct: list[float] = []
    outer = [min(beyond), max(beyond)] if beyond else []
    for place in sorted(places + outer):
        if not distinct or place - distinct[-1] > _SLACK:
            distinct.append(place)
    return tuple(distinct)


def _is_drawn(rules: list[_Rule], at: float, crossing: float) -> bool:
    return any(abs(rule.at - at) <= _SLACK and rule.low <= crossing <= rule.high for rule in rules)
