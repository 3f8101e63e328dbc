"""The report in the terminal: the answer, and leaderboards whose intervals are drawn with letters."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchwright.evaluation.board import BoardRow
from benchwright.reports.report import Report
from benchwright.reports.standing import ORACLE, Standing, letters_in_short
from benchwright.reports.verdict import verdict
from benchwright.reports.wording import duration, interval_text, money, not_answered, percent, points, tokens

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
"""Columns where the output goes into a file or a pipe."""
PLOT = 34
NARROWEST_PLOT = 12
"""With less room than this the interval is not drawn."""
GAP = 2
NAME = 26
"""Longer names go on in the next line, behind one of their own separators where they have any."""


def print_leaderboard(report: Report) -> None:
    """Print the answer, and the table of the condition that decides it."""
    console = _console()
    _print_answer(console, report)
    _print_standing(console, report, report.main)


def print_board(report: Report) -> None:
    """Print the answer, a table for each condition, and how far the numbers can be trusted."""
    console = _console()
    _print_answer(console, report)
    for standing in report.standings:
        _print_standing(console, report, standing)
    said = verdict(report)
    _print_list(console, "What to decide:", said.decide)
    _print_list(console, "How sure is that?", said.sure)
    _print_list(console, "How far can it be trusted?", said.trust)


def print_report(report: Report) -> None:
    """Print all that `print_board` prints, and the blind spots."""
    print_board(report)
    _print_list(_console(), "Not tested:", report.coverage.gaps)


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH, markup=False)


def _print_answer(console: "Console", report: Report) -> None:
    said = verdict(report)
    console.print(_plain(said.headline), style="bold")
    console.print(_plain(said.lede))


def _print_list(console: "Console", heading: str, lines: Sequence[str]) -> None:
    from rich.table import Table

    if not lines:
        return
    console.print(f"\n{heading}", style="bold")
    # A grid, so that the second line of an item stands under the first.
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line in lines:
        grid.add_row("·", _plain(line))
    console.print(grid)


def _plain(text: str) -> str:
    """Take the marks around names out: they are for the page."""
    return text.replace("`", "")


@dataclass(frozen=True)
class _Column:
    heading: str
    cells: tuple[str, ...]
    is_right: bool = True

    @property
    def width(self) -> int:
        from rich.cells import cell_len

        return max(cell_len(line) for text in (self.heading, *self.cells) for line in text.split("\n")) + GAP


def _print_standing(console: "Console", report: Report, standing: Standing) -> None:
    from rich.table import Table
    from rich.text import Text

    rows = [row for row in report.board.rows if row.condition == standing.condition]
    if not rows:
        return
    columns = _columns(report, standing, rows)
    room = min(PLOT, console.width - sum(column.width for column in columns) - GAP)
    if room >= NARROWEST_PLOT:
        ceiling = report.board.ceiling
        drawn = [interval_line(row, ceiling if row.model != ORACLE else None, room) for row in rows]
        columns.insert(3, _Column(_axis(room), tuple(drawn), is_right=False))
    table = Table(box=None, padding=(0, GAP, 0, 0))
    for place, column in enumerate(columns):
        table.add_column(
            Text(column.heading),
            justify="right" if column.is_right else "left",
            no_wrap=place > 0,
            overflow="fold",
        )
    for place, row in enumerate(rows):
        style = "bold" if any(row is leader for leader in standing.leaders) else ""
        table.add_row(*(Text(column.cells[place]) for column in columns), style=style)
    console.print()
    console.print(table)


def _columns(report: Report, standing: Standing, rows: Sequence[BoardRow]) -> list[_Column]:
    """Return what there is to say of the rows; columns in which nothing happened are left out."""
    tallies = [row.tally for row in rows]
    scores = [tally.score for tally in tallies]
    names = tuple(folded(row.model) + (" *" if row.tally.is_provisional else "") for row in rows)
    columns = [
        _Column(standing.condition, names, is_right=False),
        _Column("score", tuple(percent(row.score) for row in rows)),
        _Column("95 % interval", tuple(interval_text(score) for score in scores)),
        _Column("tied", tuple(letters_in_short(standing.letters.get(row.model, "")) for row in rows), is_right=False),
    ]
    gains = {gain.model: gain.difference for gain in report.board.gains}
    if standing.condition == "passage" and gains:
        said = tuple(points(gains[row.model].estimate, is_signed=True) if row.model in gains else "" for row in rows)
        columns.append(_Column("grounding\ngain", said))
    lost = tuple(not_answered(tally) for tally in tallies)
    if any(lost):
        columns.append(_Column("not\nanswered", lost, is_right=False))
    if any(row.cost_usd != 0 or row.input_tokens != 0 for row in rows):
        columns.append(_Column("time", tuple(duration(row.latency_ms) for row in rows)))
        columns.append(_Column("tokens", tuple(tokens(row) for row in rows)))
        columns.append(_Column("cost", tuple(money(row.cost_usd) for row in rows)))
    return columns


def folded(name: str, width: int = NAME) -> str:
    """Return `name` in lines of at most `width` columns where its separators allow it."""
    lines = [""]
    for part in re.findall(r"[^/\-_:]+[/\-_:]?|[/\-_:]", name):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _axis(room: int) -> str:
    return f"0 %{'100 %'.rjust(room - 3)}"


def interval_line(row: BoardRow, ceiling: float | None, room: int = PLOT) -> str:
    """Return the interval of `row` as one line of signs: `·` chance, `┆` ceiling, `━` interval, `●` estimate."""
    line = [" "] * room
    line[_place(row.chance, room)] = "·"
    if ceiling is not None:
        line[_place(ceiling, room)] = "┆"
    score = row.tally.score
    if score is not None:
        for place in range(_place(score.low, room), _place(score.high, room) + 1):
            line[place] = "━"
        line[_place(score.estimate, room)] = "●"
    return "".join(line)


def _place(share: float, room: int) -> int:
    return min(room - 1, max(0, round(share * (room - 1))))
