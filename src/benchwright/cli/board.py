"""A board as JSON, and what `evaluate` and `grade` print."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from benchwright.evaluation.board import Board, BoardRow
    from benchwright.evaluation.regrading import Marked
    from benchwright.workflows.evaluate import Evaluation

MOST_SHOWN, MOST_CHARACTERS = 5, 60


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


def evaluation_json(done: "Evaluation") -> dict[str, Any]:
    """Return what `--json` of `grade` prints: the board, each answer that was not graded, each mark that changed."""
    from benchwright.evaluation.regrading import ungraded

    return {
        **board_json(done.board, done.run.folder),
        "not_graded": [_answer_json(one) for one in ungraded(done.run, done.board.grader)],
        "changed": [
            {**_answer_json(one), "before": one.before.value if one.before else None, "after": one.score.value}
            for one in done.changed
        ],
    }


def _answer_json(one: "Marked") -> dict[str, Any]:
    answer = one.response
    return {
        "question_id": answer.question_id,
        "model": answer.model,
        "condition": answer.condition,
        "repeat": answer.repeat,
        "text": answer.text,
        "reason": one.score.reason,
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
    for line in _remarks(done):
        click.echo(line)
    folder = quote(str(done.run.folder))
    click.echo(f"\nrun:   {folder}\nnext:  benchwright report {folder} -o report.html")


def _remarks(done: "Evaluation") -> list[str]:
    """What was not graded and why, with the way out; and which marks are now others."""
    from benchwright.evaluation.regrading import mark_in_words, reasons, ungraded

    lines: list[str] = []
    if unread := ungraded(done.run, done.board.grader):
        why = ", ".join(f"{reason} ({count})" for reason, count in reasons(unread)[:MOST_SHOWN])
        lines += ["", f"not graded: {len(unread)} of {len(done.run.responses)} answers: {why}"]
        lines += ["            the report shows each; `benchwright grade RUN --judge MODEL` has a judge read them"]
    if done.changed:
        lines += ["", f"marked otherwise than before: {len(done.changed)} answers"]
        lines += [
            f"  {one.response.model}, {one.response.condition}: {_in_one_line(one.response.text)}"
            f" — {mark_in_words(one.before)} → {mark_in_words(one.score)} ({one.score.reason})"
            for one in done.changed[:MOST_SHOWN]
        ]
        if len(done.changed) > MOST_SHOWN:
            lines.append(f"  and {len(done.changed) - MOST_SHOWN} more: `--json` lists all")
    return lines


def _in_one_line(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain}”" if len(plain) <= MOST_CHARACTERS else f"“{plain[:MOST_CHARACTERS]}…”"
