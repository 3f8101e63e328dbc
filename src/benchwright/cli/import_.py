"""`benchwright import`: a benchmark of the questions people already have."""

from pathlib import Path
from shlex import quote

import click

MOST_NAMED = 5
"""Rejected rows that are shown; the others stand in the folder."""


@click.command(
    name="import",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--out", "folder", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option(
    "--count-from", type=click.IntRange(0, 1), help="Number of the first choice, where answers are numbers: 0 or 1."
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(file: Path, folder: Path, count_from: int | None, as_json: bool) -> None:
    """Make a benchmark of the questions in FILE: CSV, TSV, JSONL, JSON or XLSX.

    Columns: question, answer; optional choices (in one cell, or one column each), context, tags, accepted.
    Other names are understood too (prompt, reference, options, 질문, 정답 …); other columns are kept. The headerless
    files of MMLU are read as they are.

    \b
    Example:  benchwright import exam.xlsx -o my-benchmark
    """
    from benchwright.workflows.import_questions import import_questions

    made = import_questions(file, folder, count_from=count_from)
    benchmark = made.benchmark
    if as_json:
        import json

        said = {
            "benchmark": str(made.folder),
            "rows": made.rows,
            "questions": len(benchmark.questions),
            "rejected": len(benchmark.rejected),
            "by_kind": benchmark.manifest.kinds,
            "by_language": benchmark.manifest.languages,
            "rejected_by_code": made.rejected,
            "findings": [
                {"code": finding.code, "name": finding.name, "status": finding.status, "message": finding.message}
                for finding in benchmark.findings
                if finding.effect == "set"
            ],
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(f"{made.rows} rows read; the benchmark holds {len(benchmark.questions)} questions")
    for dropped in benchmark.rejected[:MOST_NAMED]:
        click.echo(f"  rejected: “{dropped.question.text}” — {'; '.join(dropped.reasons)} ({', '.join(dropped.codes)})")
    if len(benchmark.rejected) > MOST_NAMED:
        click.echo(f"  rejected: {len(benchmark.rejected) - MOST_NAMED} more; rejected.jsonl says why each")
    shown = quote(str(made.folder))
    click.echo(f"written to {shown}\nnext:  benchwright evaluate {shown} -m builtin/bm25")
