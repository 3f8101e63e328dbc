"""Forest plot in one drawing: estimates with their intervals, label above each line, readable on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchwright.charts.theme import frame, number, text, ticks

ROW = 42.0
AXIS = 26.0
PAD = 1.5
"""Per cent of the width kept free on both sides, so that end points are not cut."""


@dataclass(frozen=True)
class Interval:
    """One line: an estimate with its interval, a label, a note at the right, and perhaps a second, wider interval."""

    label: str
    estimate: float
    low: float
    high: float
    note: str = ""
    wide_low: float | None = None
    wide_high: float | None = None
    is_flagged: bool = False


def interval_plot(
    rows: Sequence[Interval],
    *,
    title: str,
    unit: str = "",
    reference: float | None = None,
    decimals: int = 0,
    is_whole: bool = False,
) -> str:
    """Draw `rows` from top to bottom on one axis; `reference` draws an upright line (no effect, the mean, …).

    `is_whole` says that there is nothing between two whole numbers (ranks): the axis has no marks there.
    Positions are in per cent of the width and text keeps its size, so one drawing serves phone and desk.
    """
    if not rows:
        return frame([], height=AXIS, title=title, description="nothing to show")
    ends = [end for row in rows for end in (row.low, row.high, row.wide_low, row.wide_high) if end is not None]
    low, high = min(ends), max(ends)
    if reference is not None:
        low, high = min(low, reference), max(high, reference)
    if high <= low:
        low, high = low - 1, high + 1

    def x(value: float) -> str:
        return number(PAD + (100 - 2 * PAD) * (value - low) / (high - low)) + "%"

    bottom = ROW * len(rows)
    body: list[str] = []
    marks = ticks(low, high)
    for tick in dict.fromkeys(float(round(mark)) for mark in marks) if is_whole else marks:
        anchor = (
            "start" if tick < low + 0.06 * (high - low) else "end" if tick > high - 0.06 * (high - low) else "middle"
        )
        body.append(f'<line class="grid" x1="{x(tick)}" x2="{x(tick)}" y1="0" y2="{number(bottom)}"/>')
        body.append(
            f'<text class="soft" x="{x(tick)}" y="{number(bottom + 17)}" text-anchor="{anchor}">'
            f"{tick:g}{text(unit)}</text>"
        )
    if reference is not None:
        body.append(f'<line class="axis" x1="{x(reference)}" x2="{x(reference)}" y1="0" y2="{number(bottom)}"/>')
    for position, row in enumerate(rows):
        y = number(position * ROW + 28)
        name = number(position * ROW + 15)
        says = f"{row.label}: {row.estimate:.{decimals}f}{unit}, {row.low:.{decimals}f} to {row.high:.{decimals}f}"
        flagged = ' class="flagged"' if row.is_flagged else ""
        body.append(f"<g><title>{text(says)}</title>")
        body.append(f'<text x="0" y="{name}"{flagged}>{text(row.label)}</text>')
        if row.note:
            body.append(f'<text class="soft" x="100%" y="{name}" text-anchor="end">{text(row.note)}</text>')
        if row.wide_low is not None and row.wide_high is not None:
            wide = f'x1="{x(row.wide_low)}" x2="{x(row.wide_high)}"'
            body.append(f'<line class="interval wide" {wide} y1="{y}" y2="{y}"/>')
        body.append(f'<line class="interval" x1="{x(row.low)}" x2="{x(row.high)}" y1="{y}" y2="{y}"/>')
        body.append(f'<circle class="point" cx="{x(row.estimate)}" cy="{y}" r="5"/></g>')
    return frame(body, height=bottom + AXIS, title=title, description=f"{len(rows)} lines with intervals")
