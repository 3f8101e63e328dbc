"""Duel table: how often the model of the row beat the model of the column, coloured around one half."""

from collections.abc import Sequence

from benchwright.charts.theme import frame, number, text

CELL = 34.0
LETTER = 7.2
HEAD = 24.0
MAX_LABEL = 220.0


def duel_table(names: Sequence[str], shares: Sequence[Sequence[float | None]], *, title: str) -> str:
    """Draw `shares[row][column]`, 0 to 1, for the same names on both sides; `None` stays empty.

    Columns carry numbers that the row labels explain. The drawing has a fixed width; put it into a box of class
    `chart-scroll`, so that a phone can scroll it.
    """
    numbered = [f"{position}. {name}" for position, name in enumerate(names, start=1)]
    left = min(max((len(label) for label in numbered), default=0) * LETTER + 10, MAX_LABEL)
    body: list[str] = []
    for position, name in enumerate(names):
        x = number(left + (position + 0.5) * CELL)
        body.append(
            f'<text class="soft" x="{x}" y="16" text-anchor="middle">{position + 1}<title>{text(name)}</title></text>'
        )
    for at, (name, label) in enumerate(zip(names, numbered, strict=True)):
        top = HEAD + at * CELL
        shown = label if len(label) * LETTER <= left else label[: int(left / LETTER) - 1] + "…"
        body.append(f'<text x="0" y="{number(top + CELL / 2 + 4)}">{text(shown)}<title>{text(name)}</title></text>')
        for position, share in enumerate(shares[at]):
            if share is not None:
                hint = f"{name} against {names[position]}: {100 * share:.0f} %"
                body.append(_cell(left + position * CELL, top, share, hint))
    width = f"{number(left + CELL * len(names))}px"
    drawn = frame(body, height=HEAD + CELL * len(names), title=title, width=width)
    return drawn.replace('class="chart"', f'class="chart" style="width:{width};min-width:{width}"', 1)


def _cell(x: float, y: float, share: float, hint: str) -> str:
    colour = "--high" if share >= 0.5 else "--low"
    opacity = f"{0.08 + 0.5 * abs(share - 0.5) * 2:.2f}"
    return (
        f"<g><title>{text(hint)}</title>"
        f'<rect x="{number(x + 1)}" y="{number(y + 1)}" width="{number(CELL - 2)}" height="{number(CELL - 2)}" '
        f'rx="3" style="fill:var({colour});fill-opacity:{opacity}"/>'
        f'<text x="{number(x + CELL / 2)}" y="{number(y + CELL / 2 + 4)}" text-anchor="middle">{100 * share:.0f}</text>'
        "</g>"
    )
