"""`benchwright review`: look at questions one by one and keep, drop or edit them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

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
    u undo the last decision, q stop. Every decision is written at once; what was decided does not come again.
    """
    from benchwright.store.benchmark import read_benchmark, replace_benchmark
    from benchwright.workflows.review import QUEUES, review_queue, review_summary

    benchmark = read_benchmark(folder)
    waiting = review_queue(benchmark, queue)
    if as_json:
        import json

        rows = [{"question": item.question.model_dump(mode="json"), "remarks": item.remarks} for item in waiting]
        click.echo(json.dumps({"queue": queue, "waiting": rows}, ensure_ascii=False))
        return
    decided: list[tuple[int, Benchmark]] = []
    place = 0
    while place < len(waiting):
        item = waiting[place]
        click.clear()
        click.echo(_shown(item, benchmark, f"{place + 1} of {len(waiting)}"))
        after = _decide(benchmark, item, can_undo=bool(decided))
        if after is None:
            break
        if after == "undo":
            place, benchmark = decided.pop()
            benchmark = replace_benchmark(benchmark, folder)
            continue
        if after is not benchmark:
            decided.append((place, benchmark))
            benchmark = replace_benchmark(after, folder)
        place += 1
    others = " or ".join(f"`--queue {name}`" for name in QUEUES if name != queue)
    click.echo(review_summary(benchmark) if waiting else f"nothing waits in the queue `{queue}`; see also {others}")


def _decide(benchmark: Benchmark, item: Item, *, can_undo: bool) -> Benchmark | Literal["undo"] | None:
    """Ask for one key and return the benchmark after it; `None` to stop."""
    from benchwright.workflows.review import apply_verdict, editable, edited_question

    undo = " · u undo" if can_undo else ""
    while True:
        click.echo(f"y keep · n drop · e edit · s skip{undo} · q stop  ", nl=False)
        try:
            key = click.getchar().lower()
        except OSError as error:
            raise InputError(
                "review reads single keys, and there is no terminal; `--json` prints what waits"
            ) from error
        click.echo(key if key.isprintable() else "")
        if key in ("q", "\x1b", "\x03", "\x04"):
            return None
        if key == "s":
            return benchmark
        if key == "u" and can_undo:
            return "undo"
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
    reach = next((tag.removeprefix("reach:") for tag in question.tags if tag.startswith("reach:")), "")
    marks = [question.kind, question.form, question.difficulty, "" if reach == "single" else reach]
    head = " · ".join([f"[{position}]", *filter(None, marks), question.provenance.writer])
    lines = [click.style(head, dim=True), "", *_wrapped(question.text, bold=True)]
    for choice in question.choices:
        lines += _wrapped(choice, first="  ● " if choice == question.answer else "  ○ ")
    if not question.choices:
        lines += _wrapped(question.answer, first="  → ")
    lines += [line for other in question.accepted for line in _wrapped(other, first="    also: ")]
    lines += [line for point in question.rubric.splitlines() if point for line in _wrapped(point, first="    point: ")]
    calculated = question.provenance.note.rpartition("calculated: ")
    if calculated[1]:
        lines.append(click.style(f"    = {calculated[2]}", dim=True))
    for remark in item.remarks:
        said, _, evidence = remark.partition("\n")
        lines += _wrapped(said, first="  ! ", fg="yellow")
        lines += _wrapped(evidence, first="    ", dim=True) if evidence else []
    title = ""
    for excerpt in excerpts(question, benchmark.documents):
        if excerpt.title != title:
            title = excerpt.title
            lines += ["", click.style(f"— {title}", dim=True)]
        else:
            lines.append("")
        pieces = (click.style(text, reverse=True) if is_cited else text for text, is_cited in excerpt.pieces)
        lines.append("".join(pieces))
    return "\n".join([*lines, ""])


def _wrapped(text: str, *, first: str = "", **style: Any) -> list[str]:
    """A text as lines no wider than the terminal, the later ones indented like the first."""
    import shutil
    import textwrap

    width = max(40, min(120, shutil.get_terminal_size().columns))
    lines = textwrap.wrap(text, width, initial_indent=first, subsequent_indent=" " * len(first)) or [first]
    return [click.style(line, **style) for line in lines]
