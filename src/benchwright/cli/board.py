"""A board as JSON, and what `evaluate` and `grade` print."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from benchwright.evaluation.board import Board, BoardRow
    from benchwright.workflows.evaluate import Evaluation


def board_json(board: "Board", folder: Path) -> dict[str, Any]:
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


def _row_json(row: "BoardRow") -> dict[str, Any]:
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


def print_evaluation(done: "Evaluation") -> None:
    """Print the answer and the board, where the run lies, and what to type next."""
    from benchwright.reports.report import report_of
    from benchwright.reports.terminal import print_board

    print_board(report_of(done.run, done.benchmark, grader=done.board.grader))
    folder = quote(str(done.run.folder))
    click.echo(f"\nrun:   {folder}\nnext:  benchwright report {folder} -o report.html")
