"""`benchwright generate`: a benchmark from documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from benchwright.workflows.generate import Generated, Progress


@click.command(
    epilog="Example:  benchwright generate handbook/ -o my-benchmark --questions 200",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("paths", nargs=-1, required=True, metavar="DOCS...")
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option("--questions", type=click.IntRange(min=1), help="How many; left out: all that can stand together.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Other seeds, other questions.")
@click.option("--kinds", help="Rules to use, separated by commas; left out: those whose questions hold up.")
@click.option("--language", help="Only documents in this language, such as `en` or `ko`.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on standard output.")
def command(
    paths: tuple[str, ...],
    folder: Path,
    questions: int | None,
    seed: int,
    kinds: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Write a benchmark of cited questions on DOCS: files, folders, globs, zips or https addresses.

    No key, no network and no model is needed: questions are written by rule. A folder that already holds a benchmark
    gains what is new.
    """
    from benchwright.workflows.generate import generate

    made = generate(
        paths,
        folder,
        questions=questions,
        seed=seed,
        kinds=[kind.strip() for kind in kinds.split(",") if kind.strip()] if kinds is not None else None,
        language=language,
        progress=_progress(),
    )
    if as_json:
        import json

        click.echo(json.dumps(summary(made), ensure_ascii=False, indent=2))
    else:
        _print(made)


def summary(made: Generated) -> dict[str, object]:
    """Return the result as `--json` prints it."""
    benchmark = made.benchmark
    return {
        "benchmark": str(made.folder),
        "questions": len(benchmark.questions),
        "rejected": len(benchmark.rejected),
        "by_kind": benchmark.manifest.kinds,
        "by_language": benchmark.manifest.languages,
        "findings": [
            {"code": finding.code, "name": finding.name, "status": finding.status, "message": finding.message}
            for finding in benchmark.findings
            if finding.effect == "set"
        ],
        "asked": benchmark.manifest.asked,
        "available": made.available,
        "shortfall": benchmark.manifest.shortfall,
        "per_thousand_words": made.per_thousand_words,
        "rejected_by_code": made.rejected,
    }


def _print(made: Generated) -> None:
    benchmark = made.benchmark
    kinds = ", ".join(f"{kind} {count}" for kind, count in benchmark.manifest.kinds.items())
    click.echo(f"{len(benchmark.questions)} questions on {len(benchmark.documents)} documents  ({kinds})")
    for status in benchmark.manifest.files:
        if status.status == "refused":
            click.echo(f"  refused: {status.path}: {status.reason}", err=True)
    if made.rejected:
        codes = ", ".join(f"{code} {count}" for code, count in made.rejected.items())
        click.echo(f"rejected by checks: {codes}  (rejected.jsonl, findings.jsonl)")
    for finding in benchmark.findings:
        if finding.effect == "set":
            click.echo(f"  {finding.status}: {finding.name}: {finding.message}")
    if benchmark.manifest.shortfall:
        click.echo(f"fewer than asked for: {benchmark.manifest.shortfall}")
    click.echo(f"written to {made.folder}\nnext:  benchwright evaluate {made.folder} -m builtin/bm25")


def _progress() -> Progress | None:
    """A line on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int, total: int) -> None:
        click.echo(f"\r\x1b[2K{stage} {done}/{total}" if done < total else "\r\x1b[2K", err=True, nl=False)

    return show
