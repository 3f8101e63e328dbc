"""A board as JSON and as a table in the terminal."""

from pathlib import Path
from typing import Any

from benchwright.evaluation.board import Board, BoardRow


def board_json(board: Board, folder: Path) -> dict[str, Any]:
    """Return what `--json` of `evaluate` and `grade` prints."""
    return {
        "run": board.run,
        "folder": str(folder),
        "grader": board.grader,
        "models": [_row_json(row) for row in board.rows],
        "grounding_gain": [
            {
                "model": gain.model,
                "estimate": gain.difference.estimate,
                "low": gain.difference.low,
                "high": gain.difference.high,
            }
            for gain in board.gains
        ],
        "smallest_detectable_difference": board.smallest_detectable_difference,
        "chance": {row.condition: row.chance for row in board.rows},
        "ceiling": board.ceiling,
        "notes": list(board.notes),
    }


def _row_json(row: BoardRow) -> dict[str, Any]:
    counts = row.tally
    return {
        "model": row.model,
        "condition": row.condition,
        "questions": counts.questions,
        "graded": counts.graded,
        "errors": counts.errors,
        "refusals": counts.refusals,
        "truncated": counts.truncated,
        "score": row.score,
        "score_answered": counts.score_answered,
        "low": counts.score.low if counts.score else None,
        "high": counts.score.high if counts.score else None,
        "tied_with": list(row.tied_with),
        "tied_with_best": row.tied_with_best,
        "cost_usd": row.cost_usd,
        "latency_ms": row.latency_ms,
        "input_tokens": row.input_tokens,
        "output_tokens": row.output_tokens,
        "provisional": counts.is_provisional,
    }


def print_board(board: Board, folder: Path) -> None:
    """Print the board as one table a condition, then what a reader must know."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, width=None if _is_wide() else 120)
    for condition in dict.fromkeys(row.condition for row in board.rows):
        rows = [row for row in board.rows if row.condition == condition]
        table = Table(title=f"{condition} · chance {_percent(rows[0].chance)} · ceiling {_percent(board.ceiling)}")
        table.add_column("model", no_wrap=True)
        for heading in ("score", "95 % interval", "of", "answered", "ref/trunc/err", "ms", "tokens", "$"):
            table.add_column(heading, justify="right")
        table.add_column("tied with best")
        for row in rows:
            table.add_row(*_cells(row))
        console.print(table)
    for gain in board.gains:
        d = gain.difference
        console.print(
            f"grounding gain  {gain.model}: {d.estimate * 100:+.1f} points ({d.low * 100:+.1f} to {d.high * 100:+.1f})"
        )
    if board.smallest_detectable_difference is not None:
        console.print(f"smallest difference this run can show: {board.smallest_detectable_difference * 100:.1f} points")
    for note in board.notes:
        console.print(f"note: {note}")
    console.print(f"run: {folder}", soft_wrap=True)


def _is_wide() -> bool:
    import sys

    return sys.stdout.isatty()


def _cells(row: BoardRow) -> tuple[str, ...]:
    counts = row.tally
    interval = f"{_percent(counts.score.low)} – {_percent(counts.score.high)}" if counts.score else "–"
    tokens = "?" if row.input_tokens is None or row.output_tokens is None else str(row.input_tokens + row.output_tokens)
    return (
        row.model + (" *" if counts.is_provisional else ""),
        _percent(row.score),
        interval,
        str(counts.graded),
        _percent(counts.score_answered),
        f"{counts.refusals}/{counts.truncated}/{counts.errors}",
        "?" if row.latency_ms is None else f"{row.latency_ms:.1f}",
        tokens,
        "?" if row.cost_usd is None else f"{row.cost_usd:.4f}",
        "yes" if row.tied_with_best else "",
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f}"
