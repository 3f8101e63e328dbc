"""`benchwright review`: look at questions one by one and keep, drop or edit them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchwright.errors import InputError

if TYPE_CHECKING:
    from benchwright.records import Benchmark
    from benchwright.workflows.review import Item


@click.command(
    epilog="Example: benchwright review my-benchmark --queue rejected",
    short_help="Look at questions one by one; keep, drop or edit them.",
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--queue", default="flagged", show_default=True, help="What to look at: flagged, all or rejected.")
@click.option("--json", "as_json", is_flag=True, help="Print what waits, as JSON, and ask nothing.")
def command(folder: Path, queue: str, as_json: bool) -> None:
    """Go through the questions of a benchmark FOLDER that wait for a person.

    Each is shown with its citation in the source and what the checks said. Keys: y keep, n drop, e edit, s skip,
    q stop. Every decision is written at once; a question that was decided does not come again.
    """
    from benchwright.store.benchmark import read_benchmark, replace_benchmark
    from benchwright.workflows.review import review_queue, review_summary

    benchmark = read_benchmark(folder)
    waiting = review_queue(benchmark, queue)
    if as_json:
        import json

        rows = [{"question": item.question.model_dump(mode="json"), "remarks": item.remarks} for item in waiting]
        click.echo(json.dumps({"queue": queue, "waiting": rows}, ensure_ascii=False))
        return
    for number, item in enumerate(waiting, 1):
        click.clear()
        click.echo(_shown(item, benchmark, f"{number} of {len(waiting)}"))
        decided = _decide(benchmark, item)
        if decided is None:
            break
        if decided is not benchmark:
            benchmark = replace_benchmark(decided, folder)
    click.echo(review_summary(benchmark) if waiting else f"nothing waits in the queue `{queue}`")


def _decide(benchmark: Benchmark, item: Item) -> Benchmark | None:
    """Ask for one key and return the benchmark after it; `None` to stop."""
    from benchwright.workflows.review import apply_verdict, editable, edited_question

    while True:
        click.echo("y keep · n drop · e edit · s skip · q stop  ", nl=False)
        key = click.getchar().lower()
        click.echo(key)
        if key == "q":
            return None
        if key == "s":
            return benchmark
        if key == "y":
            return apply_verdict(benchmark, item, "keep")
        if key == "n":
            note = click.prompt("why (Enter for none)", default="", show_default=False)
            return apply_verdict(benchmark, item, "drop", note=note)
        if key == "e":
            text = click.edit(editable(item.question), extension=".yaml")
            if text is None:
                click.echo("nothing was changed")
                continue
            try:
                return apply_verdict(benchmark, item, "edit", edited=edited_question(item.question, text))
            except InputError as error:
                click.echo(f"{error}")


def _shown(item: Item, benchmark: Benchmark, position: str) -> str:
    """One question for a terminal: text, choices with the key marked, remarks, citations in their source."""
    from benchwright.workflows.review import excerpts

    question = item.question
    head = f"[{position}] {question.kind} · {question.form} · {question.document} · {question.provenance.writer}"
    lines = [click.style(head, dim=True), "", click.style(question.text, bold=True)]
    for choice in question.choices:
        mark = "●" if choice == question.answer else "○"
        lines.append(f"  {mark} {choice}")
    if not question.choices:
        lines.append(f"  → {question.answer}")
    lines += [f"  also: {other}" for other in question.accepted]
    lines += [click.style(f"  ! {remark}", fg="yellow") for remark in item.remarks]
    for excerpt in excerpts(question, benchmark.documents):
        lines += ["", click.style(f"— {excerpt.title}", dim=True)]
        lines.append(excerpt.before + click.style(excerpt.cited, reverse=True) + excerpt.after)
    return "\n".join([*lines, ""])
