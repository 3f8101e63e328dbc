"""`benchwright documents`: what becomes of each file, before any question is written."""

import json
import sys
from typing import Any

import click

from benchwright.cli.ocr import ocr_options


@click.command(
    epilog="Example:  benchwright documents handbook/ 'minutes/*.docx' --json > documents.json",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=0.1),
    default=120.0,
    show_default=True,
    help="Seconds a file may take.",
)
@ocr_options
def command(paths: tuple[str, ...], as_json: bool, timeout_s: float, ocr: str, ocr_languages: str) -> None:
    """Show which files become documents, and why others are refused.

    PATH is a file, a folder, a glob, a zip or an https address. Ends with exit code 1 when no file could be loaded.
    """
    from benchwright.records.document import FileStatus
    from benchwright.workflows.documents import Limits, inspect_documents, nothing_loaded
    from benchwright.workflows.ocr import open_ocr

    with open_ocr(ocr, ocr_languages) as reader:
        result = inspect_documents(paths, limits=Limits(timeout_s=timeout_s), ocr=reader, progress=_progress())
    if as_json:
        click.echo(json.dumps({"documents": [_row(file) for file in result.files]}, ensure_ascii=False, indent=2))
    else:
        files: tuple[FileStatus, ...] = result.files
        _print_table(files)
    if not result.documents:
        raise nothing_loaded(result.files)


_STATES = {"loaded": "loaded", "warning": "with a warning", "refused": "refused"}


def _row(file: Any) -> dict[str, Any]:
    row: dict[str, Any] = file.model_dump()
    return row


def _progress() -> Any:
    """A line on standard error that counts the files; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, path: str) -> None:
        line = f"{done}/{total} {path}"
        click.echo(f"\r\x1b[2K{line[:100]}" if done < total else "\r\x1b[2K", err=True, nl=False)

    return show


def _print_table(files: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column, justify in (
        ("file", "left"),
        ("status", "left"),
        ("lang", "left"),
        ("pages", "right"),
        ("characters", "right"),
    ):
        table.add_column(column, justify="right" if justify == "right" else "left", overflow="fold")
    table.add_column("date", no_wrap=True)
    table.add_column("title, or the reason", overflow="fold", ratio=1)
    colours = {"loaded": "green", "warning": "yellow", "refused": "red"}
    for file in files:
        said = file.title if file.status == "loaded" else file.reason
        table.add_row(
            Text(file.path),
            Text(file.status, style=colours[file.status]),
            file.language,
            str(file.pages or ""),
            f"{file.characters:,}" if file.characters else "",
            file.date,
            Text(said),
        )
    console = Console()
    console.print(table)
    counts = {state: sum(file.status == state for file in files) for state in colours}
    said = ", ".join(f"{counts[state]} {words}" for state, words in _STATES.items())
    console.print(f"{len(files)} files: {said}", highlight=False)
