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
    _say(f"configuration: {diagnosis.config or 'none (defaults)'}")
    for is_set, said in ((True, "keys set"), (False, "keys not set")):
        keys = [f"{key.variable} ({key.provider})" for key in diagnosis.keys if key.is_set is is_set]
        _say(f"{said}: {', '.join(keys) or 'none'}")
    found = [server for server in diagnosis.servers if server.is_found]
    missing = [f"{server.provider} ({server.url})" for server in diagnosis.servers if not server.is_found]
    for server in found:
        more = f" and {len(server.models) - 5} more" if len(server.models) > 5 else ""
        served = f"{', '.join(server.models[:5])}{more}" if server.models else server.problem or "no model loaded"
        _say(f"server found: {server.provider} at {server.url}: {served}")
    if missing:
        _say(f"no server at: {', '.join(missing)}")
    if diagnosis.models:
        click.echo("models:")
    for model in diagnosis.models:
        state = {True: "answers", False: "SILENT", None: "not asked"}[model.is_answering]
        took = f" in {model.latency_ms:.0f} ms" if model.latency_ms is not None else ""
        target = f" = {model.target}" if model.target != model.name else ""
        _say(f"{model.name}{target}: {state}{took}", indent="  ")
        for line in (model.problem, f"price {model.price}", model.shutdown, model.listed):
            if line:
                _say(line, indent="      ")
    for line in diagnosis.advice:
        _say(f"→ {line}", hanging="  ")


def _say(text: str, *, indent: str = "", hanging: str = "    ") -> None:
    """Print a text no wider than the terminal."""
    import shutil
    import textwrap

    width = min(100, shutil.get_terminal_size((80, 24)).columns)
    # Names, addresses and commands stay whole, to be copied.
    click.echo(
        textwrap.fill(
            text,
            width,
            initial_indent=indent,
            subsequent_indent=indent + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


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
        _say(
            f"{report.judge.removeprefix('judge:')} as judge: {report.cases - len(failures)} of {report.cases} cases "
            "marked as they deserve"
        )
        widest = max(map(len, report.passed), default=0)
        for family, (good, total) in report.passed.items():
            click.echo(f"  {family:<{widest}} {good:>3} of {total:>3}{'' if good == total else '  ←'}")
        hidden = 0
        for family in report.passed:
            own = [(case, got) for case, got, _ in report.failures if case.family == family]
            hidden += max(0, len(own) - SHOWN_FAILURES)
            for case, got in own[:SHOWN_FAILURES]:
                given = "unread" if got is None else f"{got:g}"
                deserved = f"{case.low:g}" if case.low == case.high else f"{case.low:g} to {case.high:g}"
                _say(f"{family}: got {given}, deserves {deserved}: {case.answer[:120]!r}", indent="  ")
        if hidden:
            _say(f"and {hidden} more; `--json` lists all, with the judge's reasons", indent="  ")
    share = 1 - len(failures) / report.cases
    if share < least:
        raise ModelError(
            f"the judge was wrong on {len(failures)} of {report.cases} cases: {share:.1%} right, {least:.0%} asked; "
            f"take another judge, or a panel of several"
        )
