"""`benchwright grade`: mark the responses of a run again, without a call."""

import asyncio
import json
from pathlib import Path

import click

from benchwright.cli.board import board_json, print_board


@click.command("grade")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--grader", default="by_form", show_default=True, help="Which grader marks the responses.")
@click.option("--benchmark", type=click.Path(path_type=Path), help="Where the benchmark lies, if it was moved.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(run: Path, grader: str, benchmark: Path | None, as_json: bool) -> None:
    """Mark every response of RUN again and show the board. No model is called.

    \b
    Example:  benchwright grade runs/3f0c9a71d2e4b856
              benchwright grade runs/3f0c9a71d2e4b856 --grader token_f1
    """
    from benchwright.workflows.grade import grade

    done = asyncio.run(grade(run, grader, benchmark=benchmark))
    if as_json:
        click.echo(json.dumps(board_json(done.board, done.run.folder), ensure_ascii=False, indent=2))
    else:
        print_board(done.board, done.run.folder)
