"""The report in the terminal: the answer, and a leaderboard whose intervals are drawn with letters."""

from typing import TYPE_CHECKING

from benchwright.evaluation.board import BoardRow
from benchwright.reports.report import Report
from benchwright.reports.standing import ORACLE, Standing
from benchwright.reports.verdict import verdict
from benchwright.reports.wording import percent, points

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
PLOT = 34


def print_leaderboard(report: Report) -> None:
    """Print the answer, and the table of the condition that decides it."""
    console = _console()
    _print_answer(console, report)
    _print_standing(console, report, report.main)


def print_report(report: Report) -> None:
    """Print the answer, a table for each condition, grounding gains, and the blind spots."""
    console = _console()
    _print_answer(console, report)
    for standing in report.standings:
        _print_standing(console, report, standing)
    said = verdict(report)
    for line in (*said.sure, *said.trust):
        console.print(f"· {line.replace('`', '')}")
    console.print("Not tested:", style="bold")
    for gap in report.coverage.gaps:
        console.print(f"· {gap.replace('`', '')}")


def _console() -> "Console":
    import sys

    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH, markup=False)


def _print_answer(console: "Console", report: Report) -> None:
    said = verdict(report)
    console.print(said.headline.replace("`", ""), style="bold")
    console.print(said.lede.replace("`", ""))


def _print_standing(console: "Console", report: Report, standing: Standing) -> None:
    from rich.table import Table
    from rich.text import Text

    rows = [row for row in report.board.rows if row.condition == standing.condition]
    table = Table(box=None, padding=(0, 2, 0, 0), title=None)
    table.add_column(standing.condition, no_wrap=True)
    table.add_column("score", justify="right")
    table.add_column("95 % interval", justify="right")
    table.add_column(_axis(), no_wrap=True)
    table.add_column("tied")
    gains = {gain.model: gain.difference for gain in report.board.gains}
    if standing.condition == "passage" and gains:
        table.add_column("grounding gain", justify="right")
    for row in rows:
        score = row.tally.score
        cells = [
            row.model,
            percent(row.score),
            f"{score.low * 100:.1f} – {score.high * 100:.1f}" if score else "–",
            interval_line(row, report.board.ceiling if row.model != ORACLE else None),
            standing.letters.get(row.model, ""),
        ]
        if standing.condition == "passage" and gains:
            gain = gains.get(row.model)
            cells.append(points(gain.estimate, is_signed=True) if gain else "")
        style = "bold" if any(row is leader for leader in standing.leaders) else ""
        table.add_row(*(Text(cell) for cell in cells), style=style)
    console.print()
    console.print(table)
    console.print()


def _axis() -> str:
    return f"0 %{'100 %'.rjust(PLOT - 3)}"


def interval_line(row: BoardRow, ceiling: float | None) -> str:
    """Return the interval of `row` as one line of signs: `·` chance, `┆` ceiling, `━` interval, `●` estimate."""
    line = [" "] * PLOT
    line[_place(row.chance)] = "·"
    if ceiling is not None:
        line[_place(ceiling)] = "┆"
    score = row.tally.score
    if score is not None:
        for place in range(_place(score.low), _place(score.high) + 1):
            line[place] = "━"
        line[_place(score.estimate)] = "●"
    return "".join(line)


def _place(share: float) -> int:
    return min(PLOT - 1, max(0, round(share * (PLOT - 1))))
