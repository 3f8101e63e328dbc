"""Bars: one amount a line, with its label above and its value beside it."""

from collections.abc import Sequence

from benchwright.charts.theme import frame, number, text

ROW = 36.0


def bars(labels: Sequence[str], values: Sequence[float], *, title: str, unit: str = "", decimals: int = 0) -> str:
    """Draw one bar a label, from 0; values are not negative."""
    largest = max((*values, 0.0)) or 1.0
    body: list[str] = []
    for position, (label, value) in enumerate(zip(labels, values, strict=True)):
        y = position * ROW
        said = f"{value:,.{decimals}f}{unit}"
        body.append(
            f"<g><title>{text(label)}: {text(said)}</title>"
            f'<text x="0" y="{number(y + 15)}">{text(label)}</text>'
            f'<text class="soft" x="100%" y="{number(y + 15)}" text-anchor="end">{text(said)}</text>'
            f'<rect class="bar" x="0" y="{number(y + 21)}" height="7" rx="3" '
            f'width="{number(max(100 * value / largest, 0.0))}%"/></g>'
        )
    return frame(body, height=ROW * max(len(labels), 1), title=title, description=f"{len(labels)} bars")
