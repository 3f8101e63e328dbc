"""Heat map: a table of shares, each cell as strongly coloured as its value is high, with the number written in it.

CSS variables (with defaults): `--heat` (the colour of 1), `--on-heat` (text on it), `--ink`, `--muted`, `--rule`.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

import numpy as np
from numpy.typing import ArrayLike

CELL_WIDTHS = (44, 104)
"""A cell is as wide as the room allows, between these."""
ROOM = 1072
"""The width of the page's column, in pixels; what is wider scrolls."""
CELL_HEIGHT = 26
LABEL_WIDTH = 264
"""The most room that row labels get, in pixels; longer ones are cut in the middle and whole when pointed at."""
SLANTED_WIDTH = 190
"""The same for the slanted labels of the columns."""
LETTER = 6.6
"""Width of an average Latin letter at the label size, in pixels; a Korean or Chinese one takes about twice that."""


def heat_map(
    values: ArrayLike,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    texts: Sequence[Sequence[str]],
    hints: Sequence[Sequence[str]] | None = None,
    targets: Sequence[Sequence[str]] | None = None,
    label: str = "",
) -> str:
    """Return an SVG of `values` (shape rows × columns, each 0..1; NaN is "no data"), `texts` written in the cells.

    `hints` appear when the pointer rests on a cell; `targets` stand as `data-target` on the cells, for a script that
    opens what a cell counts; `label` is what a screen reader says of the whole.
    """
    data = np.asarray(values, dtype=float)
    if data.shape != (len(rows), len(columns)):
        raise ValueError(f"values of shape {data.shape} do not fit {len(rows)} rows × {len(columns)} columns")
    gutter = min(LABEL_WIDTH, int(max((_width(row) for row in rows), default=0)) + 24)
    slanted = [shortened(column, SLANTED_WIDTH) for column in columns]
    head = int(max((_width(column) for column in slanted), default=0) * 0.58) + 24
    reaches = [_width(column) * 0.82 for column in slanted]
    cell = _cell_width(ROOM - gutter, reaches)
    ends = [(number + 0.5) * cell + reach for number, reach in enumerate(reaches)]
    width = gutter + int(max([len(columns) * cell, *ends])) + 8
    height = head + len(rows) * CELL_HEIGHT + 4
    parts = [_column(name, gutter + (number + 0.5) * cell, head) for number, name in enumerate(columns)]
    for r, name in enumerate(rows):
        parts.append(_row(name, gutter, head + r * CELL_HEIGHT))
        for c in range(len(columns)):
            hint = hints[r][c] if hints else f"{name}, {columns[c]}: {texts[r][c]}"
            target = f' data-target="{escape(targets[r][c])}"' if targets else ""
            box = _Box(gutter + c * cell, head + r * CELL_HEIGHT, cell)
            parts.append(f"<g{target}><title>{escape(hint)}</title>{_cell(float(data[r, c]), texts[r][c], box)}</g>")
    return (
        f'<svg class="heat" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}" font-size="12">{"".join(parts)}</svg>'
    )


def _cell_width(room: int, reaches: Sequence[float]) -> int:
    """The widest cell with which all cells, and each slanted name from the middle of its column, fit `room`."""
    narrowest, widest = CELL_WIDTHS
    fitting = [(room - reach) / (number + 0.5) for number, reach in enumerate(reaches)]
    return int(min(widest, max(narrowest, min([*fitting, room / max(1, len(reaches))]))))


class _Box(NamedTuple):
    left: float
    top: float
    width: int


def _cell(value: float, text: str, place: _Box) -> str:
    left, top, width = place
    box = f'x="{left + 1}" y="{top + 1}" width="{width - 2}" height="{CELL_HEIGHT - 2}" rx="3"'
    if np.isnan(value):
        shape = f'<rect {box} fill="none" stroke="var(--rule, #d5dce3)" stroke-dasharray="3 3"/>'
        colour = "var(--muted, #5b6875)"
    else:
        strength = min(max(value, 0.0), 1.0)
        shape = f'<rect {box} fill="var(--heat, #1458b8)" fill-opacity="{0.06 + 0.94 * strength:.3f}"/>'
        colour = "var(--on-heat, #fff)" if strength > 0.5 else "var(--ink, #17212b)"
    written = (
        f'<text x="{left + width / 2}" y="{top + CELL_HEIGHT / 2 + 4}" text-anchor="middle" '
        f'fill="{colour}">{escape(text)}</text>'
    )
    return shape + written


def _row(name: str, gutter: int, top: int) -> str:
    return (
        f'<g><title>{escape(name)}</title><text x="{gutter - 10}" y="{top + CELL_HEIGHT / 2 + 4}" '
        f'text-anchor="end" fill="var(--ink, #17212b)">{escape(shortened(name, gutter - 20))}</text></g>'
    )


def _column(name: str, x: float, head: int) -> str:
    y = head - 8
    return (
        f'<g><title>{escape(name)}</title><text x="{x}" y="{y}" transform="rotate(-35 {x} {y})" '
        f'fill="var(--ink, #17212b)">{escape(shortened(name, SLANTED_WIDTH))}</text></g>'
    )


def _width(text: str) -> float:
    return sum(2 * LETTER * 0.92 if east_asian_width(letter) in "WF" else LETTER for letter in text)


def shortened(text: str, pixels: float) -> str:
    """Return `text`, cut in the middle with an ellipsis where it is wider than `pixels`."""
    if _width(text) <= pixels:
        return text
    head, tail = text, text
    while _width(head) > pixels * 0.62:
        head = head[:-1]
    while _width(tail) > pixels * 0.32:
        tail = tail[1:]
    return f"{head.rstrip()}…{tail.lstrip()}"
