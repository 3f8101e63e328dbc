"""`benchwright grade`: mark the responses of a run again, by rules or by judges."""

import asyncio
import json
from pathlib import Path

import click

from benchwright.cli.board import evaluation_json, print_evaluation


@click.command("grade")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--grader", default="by_form", show_default=True, help="Which grader marks the responses.")
@click.option("--judge", "judges", multiple=True, help="A model that marks open answers; again for a panel.")
@click.option("--judge-prompt", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Your judge prompt.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="[default: benchwright.yaml, if here]")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="Dollars the judges may spend at most.")
@click.option("--benchmark", type=click.Path(path_type=Path), help="Where the benchmark lies, if it was moved.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    run: Path,
    grader: str,
    judges: tuple[str, ...],
    judge_prompt: Path | None,
    config: Path | None,
    budget: float | None,
    benchmark: Path | None,
    as_json: bool,
) -> None:
    """Mark every response of RUN again and show the board. No candidate is called; judges only where named.

    \b
    Example:  benchwright grade runs/3f0c9a71d2e4b856
              benchwright grade runs/3f0c9a71d2e4b856 --grader token_f1
              benchwright grade runs/3f0c9a71d2e4b856 --judge openai/gpt-5.1 --judge gemini/gemini-pro-latest
    """
    from benchwright.models.journaled import CallSettings, spend_lines
    from benchwright.workflows.grade import grade

    calls = CallSettings(config, budget)
    done = asyncio.run(grade(run, grader, judges=judges, judge_prompt=judge_prompt, benchmark=benchmark, calls=calls))
    for line in spend_lines(done.spend):
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(evaluation_json(done), ensure_ascii=False, indent=2))
    else:
        print_evaluation(done)
