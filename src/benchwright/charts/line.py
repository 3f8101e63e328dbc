"""Line chart: one or more series over a shared axis, with their interval as a band."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchwright.charts.theme import frame, number, text, ticks

HEIGHT = 220.0
LEGEND = 20.0
COLOURS = 6


@dataclass(frozen=True)
class Series:
    """One line; `low` and `high`, where given, draw a band of the same length."""

    label: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


def line_chart(
    series: Sequence[Series], *, title: str, x_labels: Sequence[tuple[float, str]] = (), unit: str = ""
) -> str:
    """Draw the series; `x_labels` are (position, text) under the axis, chosen automatically where there are none."""
    every_x = [value for line in series for value in line.x]
    every_y = [value for line in series for value in (*line.y, *line.low, *line.high)]
    if not every_x:
        return frame([], height=LEGEND, title=title, description="nothing to show")
    left, right, low, high = min(every_x), max(every_x), min(every_y), max(every_y)
    right = right if right > left else left + 1
    high = high if high > low else low + 1

    def x(value: float) -> float:
        return 10 + 88 * (value - left) / (right - left)

    def y(value: float) -> float:
        return 8 + (HEIGHT - 16) * (high - value) / (high - low)

    body: list[str] = []
    for tick in ticks(low, high):
        body.append(f'<line class="grid" x1="10%" x2="98%" y1="{number(y(tick))}" y2="{number(y(tick))}"/>')
        body.append(f'<text class="soft" x="0" y="{number(y(tick) + 4)}">{tick:g}{text(unit)}</text>')
    for value, label in x_labels or [(tick, f"{tick:g}") for tick in ticks(left, right)]:
        anchor = "end" if x(value) > 90 else "middle"
        body.append(
            f'<text class="soft" x="{number(x(value))}%" y="{number(HEIGHT + 12)}" text-anchor="{anchor}">'
            f"{text(label)}</text>"
        )
    # The lines themselves stretch with the page: their box is 100 units wide whatever its size on the screen.
    body.append(
        f'<svg width="100%" height="{number(HEIGHT)}" viewBox="0 0 100 {number(HEIGHT)}" preserveAspectRatio="none">'
    )
    for position, line in enumerate(series):
        colour = f"var(--series-{position % COLOURS + 1})"
        if line.low:
            upper = [f"{number(x(a))},{number(y(b))}" for a, b in zip(line.x, line.high, strict=True)]
            lower = [f"{number(x(a))},{number(y(b))}" for a, b in zip(line.x, line.low, strict=True)]
            body.append(f'<polygon points="{" ".join([*upper, *reversed(lower)])}" style="fill:{colour};opacity:.15"/>')
        points = " ".join(f"{number(x(a))},{number(y(b))}" for a, b in zip(line.x, line.y, strict=True))
        body.append(
            f'<polyline points="{points}" fill="none" vector-effect="non-scaling-stroke" '
            f'style="stroke:{colour};stroke-width:2"><title>{text(line.label)}</title></polyline>'
        )
    body.append("</svg>")
    for position, line in enumerate(series):
        top = number(HEIGHT + 34 + position * LEGEND)
        colour = f"var(--series-{position % COLOURS + 1})"
        body.append(
            f'<circle cx="7" cy="{number(float(top) - 4)}" r="5" style="fill:{colour}"/>'
            f'<text x="18" y="{top}">{text(line.label)}</text>'
        )
    height = HEIGHT + 24 + LEGEND * len(series)
    return frame(body, height=height, title=title, description=f"{len(series)} lines")
