"""`benchwright demo`: documents in, ranked models and a report out, with no key and no network."""

import asyncio
import json
import time
from pathlib import Path

import click


@click.command("demo", context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("benchwright-demo"),
    show_default=True,
    help="The folder for documents, benchmark, run and report.",
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(out: Path, as_json: bool) -> None:
    """Make a benchmark of example documents, rank built-in models on it, and write a report.

    The documents are those of two invented companies, in English and Korean, as Markdown, PDF, Word and HTML.

    \b
    Example:  benchwright demo -o my-demo
    """
    from benchwright.cli.board import board_json
    from benchwright.cli.progress import Progress
    from benchwright.reports.terminal import print_leaderboard
    from benchwright.workflows.demo import demo

    stages: dict[str, Progress] = {}

    def show(stage: str, done: int, total: int) -> None:
        stages.setdefault(stage, Progress(stage))(done, total)

    begun = time.monotonic()
    made = asyncio.run(demo(out, progress=show))
    seconds = time.monotonic() - begun
    if as_json:
        shown = {**board_json(made.report.board, made.run), "benchmark": str(made.benchmark), "report": str(made.page)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    kept = made.report.benchmark
    click.echo(
        f"{len(kept.documents)} documents → {len(kept.questions)} questions → {len(made.report.run.manifest.models)} "
        f"models, {len(made.report.run.responses):,} answers in {seconds:.1f} s"
    )
    print_leaderboard(made.report)
    click.echo(f"\nThe report:   {made.page}   (open it in a browser)")
    click.echo("Now yours:    benchwright generate DOCS -o my-benchmark")
    click.echo("              benchwright evaluate my-benchmark -m builtin/bm25 -m PROVIDER/MODEL")
