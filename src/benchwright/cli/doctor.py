"""`benchwright doctor`: keys, servers and models, and what to do where something is missing."""

import asyncio
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchwright.errors import ModelError

if TYPE_CHECKING:
    from benchwright.evaluation.judge_cases import JudgeReport
    from benchwright.workflows.doctor import Diagnosis


@click.command("doctor")
@click.option(
    "-m", "--model", "models", multiple=True, help="A model to ask; again for more.  [default: all configured]"
)
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="[default: benchwright.yaml, if here]")
@click.option("--no-ask", is_flag=True, help="Send nothing to any model.")
@click.option("--judge", help="Run this judge against the answers that must not fool it.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.95,
    show_default=True,
    help="Share of answers that the judge must mark as they deserve.",
)
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="Dollars that --judge may spend at most.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    models: tuple[str, ...],
    config: Path | None,
    no_ask: bool,
    judge: str | None,
    threshold: float,
    budget: float | None,
    as_json: bool,
) -> None:
    """Say which keys and local servers are found, and whether each configured model answers.

    Each model gets one short question. Exit code 1 where one does not answer.

    \b
    Example:  benchwright doctor
              benchwright doctor -m ollama/llama3.1:8b
              benchwright doctor --judge anthropic/claude-sonnet-4-5 --budget 1
    """
    from benchwright.models.journaled import CallSettings
    from benchwright.workflows.doctor import diagnose, examine

    if judge is not None:
        _print_judge(asyncio.run(examine(judge, CallSettings(config, budget))), least=threshold, as_json=as_json)
        return
    diagnosis = asyncio.run(diagnose(config, models, asks=not no_ask))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(diagnosis), ensure_ascii=False, indent=2))
    else:
        _print(diagnosis)
    if not diagnosis.is_healthy:
        silent = [model.name for model in diagnosis.models if model.is_answering is False]
        raise ModelError(f"{len(silent)} of {len(diagnosis.models)} models do not answer: {', '.join(silent)}")


def _print(diagnosis: "Diagnosis") -> None:
    click.echo(f"configuration: {diagnosis.config or 'none (defaults)'}")
    click.echo("keys:")
    for key in diagnosis.keys:
        click.echo(f"  {'set     ' if key.is_set else 'not set '} {key.variable}  ({key.provider})")
    click.echo("servers:")
    for server in diagnosis.servers:
        found = f"found    {', '.join(server.models[:5]) or server.problem or 'no model loaded'}"
        click.echo(f"  {found if server.is_found else 'none    '}  {server.provider} at {server.url}")
    if diagnosis.models:
        click.echo("models:")
    for model in diagnosis.models:
        state = {True: "answers", False: "SILENT ", None: "not asked"}[model.is_answering]
        took = f" in {model.latency_ms:.0f} ms" if model.latency_ms is not None else ""
        target = f" = {model.target}" if model.target != model.name else ""
        end = f"; {model.shutdown}" if model.shutdown else ""
        click.echo(f"  {state}{took}  {model.name}{target}; price {model.price}{end}")
    for line in diagnosis.advice:
        click.echo(f"→ {line}")


SHOWN_FAILURES = 3
"""Wrongly marked answers of one family that are printed."""


def _print_judge(report: "JudgeReport", *, least: float, as_json: bool) -> None:
    failures = [
        {
            "family": case.family,
            "answer": case.answer[:120],
            "deserves": [case.low, case.high],
            "got": got,
            "reason": why,
        }
        for case, got, why in report.failures
    ]
    shown = {"judge": report.judge, "cases": report.cases, "families": report.passed}
    if as_json:
        click.echo(json.dumps({**shown, "failures": failures}, ensure_ascii=False))
    else:
        click.echo(f"{report.judge}: {report.cases - len(failures)} of {report.cases} cases marked as they deserve")
        for family, (good, total) in report.passed.items():
            click.echo(f"  {family:<16} {good:>3} of {total:>3}{'' if good == total else '  ←'}")
        shown_of: dict[object, int] = {}
        for failure in failures:
            family = failure["family"]
            shown_of[family] = shown_of.get(family, 0) + 1
            if shown_of[family] <= SHOWN_FAILURES:
                click.echo(f"  {family}: got {failure['got']}, deserves {failure['deserves']}: {failure['answer']!r}")
        if len(failures) > sum(min(SHOWN_FAILURES, count) for count in shown_of.values()):
            click.echo(
                f"  at most {SHOWN_FAILURES} of a family are shown; `--json` lists all, with the judge's reasons"
            )
    share = 1 - len(failures) / report.cases
    if share < least:
        raise ModelError(
            f"the judge was wrong on {len(failures)} of {report.cases} cases: {share:.1%} right, {least:.0%} asked; "
            f"take another judge, or a panel of several"
        )
