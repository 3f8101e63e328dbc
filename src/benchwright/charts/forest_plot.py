"""Forest plot: one row an estimate with its interval, on one common axis, as wide as its place on the page.

Rows and axis are separate SVGs whose coordinates are percentages: put them into the cells of a table, and labels stay
real text while the plot narrows with the page. CSS variables (with defaults): `--ink`, `--muted`, `--rule`, `--accent`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW_HEIGHT = 26
AXIS_HEIGHT = 20
MARGIN = 3.0
"""Percent left free at both ends, so that a dot at the end of the axis is whole."""


@dataclass(frozen=True)
class Reference:
    """A value drawn across every row: chance, ceiling, no difference."""

    value: float
    label: str
    is_dashed: bool = True


def forest_row(
    estimate: float,
    low: float,
    high: float,
    *,
    domain: tuple[float, float] = (0.0, 1.0),
    references: Sequence[Reference] = (),
    label: str = "",
    is_strong: bool = False,
) -> str:
    """Return one row: a dot at `estimate`, a bar from `low` to `high`, and the `references`, in units of `domain`.

    `label` is what a screen reader says; `is_strong` draws the row in the accent colour.
    """
    _check(low, estimate, high, domain)
    colour = "var(--accent, #0b5cad)" if is_strong else "var(--ink, #17212b)"
    bar = (
        f'<line x1="{_x(low, domain)}" x2="{_x(high, domain)}" y1="0" y2="0" '
        f'stroke="{colour}" stroke-width="6" stroke-opacity="0.32"/>'
    )
    ends = "".join(
        f'<line x1="{_x(end, domain)}" x2="{_x(end, domain)}" y1="-6" y2="6" stroke="{colour}" stroke-width="1.5"/>'
        for end in (low, high)
    )
    dot = f'<circle cx="{_x(estimate, domain)}" cy="0" r="5" fill="{colour}"/>'
    # A picture inside the picture, whose zero is the middle: the row may be as high as its cell.
    middle = f'<svg y="50%" width="100%" height="1" overflow="visible">{bar}{ends}{dot}</svg>'
    return _svg(ROW_HEIGHT, _lines(references, domain) + middle, label)


def forest_axis(
    ticks: Sequence[tuple[float, str]],
    *,
    domain: tuple[float, float] = (0.0, 1.0),
    references: Sequence[Reference] = (),
) -> str:
    """Return the axis: `ticks` as (value, text), and the names of the `references` above them."""
    height = AXIS_HEIGHT * (2 if references else 1)
    parts = [
        f'<text x="{_x(value, domain)}" y="{height - 6}" text-anchor="middle" font-size="11" '
        f'fill="var(--muted, #5b6875)">{escape(text)}</text>'
        for value, text in ticks
        if domain[0] <= value <= domain[1]
    ]
    for reference in references:
        share = _share(reference.value, domain)
        anchor = "start" if share < 0.2 else "end" if share > 0.8 else "middle"
        parts.append(
            f'<text x="{_x(reference.value, domain)}" y="13" text-anchor="{anchor}" font-size="11" font-weight="600" '
            f'fill="var(--muted, #5b6875)">{escape(reference.label)}</text>'
        )
    return _svg(height, "".join(parts), "")


def _lines(references: Sequence[Reference], domain: tuple[float, float]) -> str:
    return "".join(
        f'<line x1="{_x(each.value, domain)}" x2="{_x(each.value, domain)}" y1="0" y2="100%" '
        f'stroke="var(--muted, #5b6875)" stroke-dasharray="{"3 3" if each.is_dashed else "none"}"/>'
        for each in references
    )


def _svg(height: int, content: str, label: str) -> str:
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="forest" width="100%" height="{height}" {role}>{content}</svg>'


def _share(value: float, domain: tuple[float, float]) -> float:
    return (min(max(value, domain[0]), domain[1]) - domain[0]) / (domain[1] - domain[0])


def _x(value: float, domain: tuple[float, float]) -> str:
    return f"{MARGIN + _share(value, domain) * (100 - 2 * MARGIN):.2f}%"


def _check(low: float, estimate: float, high: float, domain: tuple[float, float]) -> None:
    if not domain[0] < domain[1]:
        raise ValueError(f"the axis cannot run from {domain[0]} to {domain[1]}")
    if not low <= estimate <= high:
        raise ValueError(f"the estimate {estimate} lies outside its interval {low} to {high}")
