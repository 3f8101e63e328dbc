"""`benchwright evaluate`: ask models every question of a benchmark and show the board."""

import asyncio
import json
from pathlib import Path

import click

from benchwright.cli.board import board_json, print_evaluation
from benchwright.cli.progress import Progress
from benchwright.errors import ModelError, ThresholdMissed
from benchwright.records import CONDITIONS

CONDITION_HELP = "What the model may see: " + ", ".join(f"{name} ({what})" for name, what in CONDITIONS.items())


@click.command("evaluate")
@click.argument("benchmark", type=click.Path(path_type=Path))
@click.option(
    "-m", "--model", "models", multiple=True, help="A model; again for more.  [default: `candidates` of the config]"
)
@click.option("-c", "--condition", "conditions", multiple=True, help=f"{CONDITION_HELP}.  [default: closed, passage]")
@click.option("--repeats", type=click.IntRange(min=1), default=1, show_default=True, help="Ask each question N times.")
@click.option("--seed", type=int, default=0, show_default=True, help="For the models that use chance.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Run folder.  [default: runs/ID]")
@click.option("--prompt", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Your answering prompt.")
@click.option("--judge", "judges", multiple=True, help="A model that marks open answers; again for a panel.")
@click.option("--judge-prompt", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Your judge prompt.")
@click.option("--concurrency", type=click.IntRange(1, 4096), help="Requests at a time per provider.  [default: 32]")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="[default: benchwright.yaml, if here]")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="Dollars this command may spend at most.")
@click.option("--fresh", is_flag=True, help="Ask again, whatever the journal and the run hold.")
@click.option("--fail-under", type=click.FloatRange(0, 1), help="Exit 3 if a lower bound under `passage` is below.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    benchmark: Path,
    models: tuple[str, ...],
    conditions: tuple[str, ...],
    repeats: int,
    seed: int,
    out: Path | None,
    prompt: Path | None,
    judges: tuple[str, ...],
    judge_prompt: Path | None,
    concurrency: int | None,
    config: Path | None,
    budget: float | None,
    fresh: bool,
    fail_under: float | None,
    as_json: bool,
) -> None:
    """Ask models every question of BENCHMARK, grade the answers, and show the board.

    The same command continues an interrupted run, and makes no call when nothing is missing.

    \b
    Example:  benchwright evaluate my-benchmark -m builtin/bm25 -m builtin/random
              benchwright evaluate my-benchmark -m builtin/bm25 -c passage --fail-under 0.6
              benchwright evaluate my-benchmark -m openai/gpt-5.1 --judge anthropic/claude-sonnet-4-5
    """
    from benchwright.models.config import load_config
    from benchwright.models.journaled import CallSettings, spend_lines
    from benchwright.workflows.evaluate import DEFAULT_CONDITIONS, evaluate

    stated = load_config(config)
    calls = CallSettings(config, budget, fresh, concurrency or stated.concurrency)
    asked = conditions or DEFAULT_CONDITIONS
    if fail_under is not None and "passage" not in asked:
        raise click.UsageError("--fail-under looks at the condition `passage`; add `-c passage`")
    evaluation = asyncio.run(
        evaluate(
            benchmark,
            models or stated.candidates,
            conditions=asked,
            repeats=repeats,
            seed=seed,
            folder=out,
            prompt=prompt,
            judges=judges or stated.judges,
            judge_prompt=judge_prompt,
            progress=Progress("answers"),
            calls=calls,
        )
    )
    for line in spend_lines(evaluation.spend):
        click.echo(line, err=True)
    board, folder = evaluation.board, evaluation.run.folder
    if as_json:
        click.echo(json.dumps(board_json(board, folder), ensure_ascii=False, indent=2))
    else:
        print_evaluation(evaluation)
    if evaluation.run.responses and all(response.state == "error" for response in evaluation.run.responses):
        raise ModelError("every request failed: no model was measured")
    if fail_under is not None:
        missed = [
            f"{row.model} {row.tally.score.low:.3f}"
            for row in board.rows
            if row.condition == "passage" and row.tally.score and row.tally.score.low < fail_under
        ]
        missed += [
            f"{row.model} has no score" for row in board.rows if row.condition == "passage" and not row.tally.score
        ]
        if missed:
            raise ThresholdMissed(f"below {fail_under} on the lower bound under `passage`: {', '.join(missed)}")
