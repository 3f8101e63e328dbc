"""`benchwright documents`: what becomes of each file, before any question is written."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from benchwright.cli.ocr import ocr_options

if TYPE_CHECKING:
    from benchwright.records.document import FileStatus


@click.command(
    epilog="Example:  benchwright documents handbook/ 'minutes/*.docx' --json > documents.json",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--all", "show_all", is_flag=True, help="List every file, also of many.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=0.1),
    default=120.0,
    show_default=True,
    help="Seconds a file may take; one over 0.5 MB takes up to ten times as long.",
)
@ocr_options
def command(
    paths: tuple[str, ...], show_all: bool, as_json: bool, timeout_s: float, ocr: str, ocr_languages: str
) -> None:
    """Show which files become documents, and why others are refused.

    PATH is a file, a folder, a glob, a zip or an https address. Of more than 60 files only those with a warning or a
    refusal are listed in a terminal. Ends with exit code 1 when no file could be loaded.
    """
    from benchwright.workflows.documents import Limits, inspect_documents, nothing_loaded
    from benchwright.workflows.ocr import open_ocr

    with open_ocr(ocr, ocr_languages) as reader:
        result = inspect_documents(paths, limits=Limits(timeout_s=timeout_s), ocr=reader, progress=_progress())
    if as_json:
        click.echo(json.dumps({"documents": [_row(file) for file in result.files]}, ensure_ascii=False, indent=2))
    else:
        _print_table(result.files, show_all=show_all or len(result.files) <= _MANY or not sys.stdout.isatty())
    if not result.documents:
        raise nothing_loaded(result.files)


_STATES = {"loaded": "loaded", "warning": "with a warning", "refused": "refused"}
_COLOURS = {"loaded": "green", "warning": "yellow", "refused": "red"}
# What stands beside the file's name, with room for a short title.
_TITLE_WIDTH = 20
_COLUMNS_WIDTH = 47 + _TITLE_WIDTH
_NO_EDGE = 1_000_000
_MANY = 60


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


def _print_table(files: "Sequence[FileStatus]", *, show_all: bool) -> None:
    """A line a file; what is wrong with it stands below it. Of many files only those that need a look are listed."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    listed = files if show_all else [file for file in files if file.status != "loaded"]
    # What reads a pipe has no edge to be cut at, and a path cut in two names no file.
    room = console.width if console.is_terminal else _NO_EDGE
    width = min(max((cell_length(file.path) for file in listed), default=4), max(room - _COLUMNS_WIDTH, 24))
    if listed:
        head = f"{'file':<{width}}  status   lang pages  characters  date        title"
        console.print(Text(head, style="bold"))
    for file in listed:
        line = Text(f"{fitted(file.path, width)}  ")
        line.append(f"{file.status:<8}", style=_COLOURS[file.status])
        characters = f"{file.characters:,}" if file.characters else ""
        line.append(f" {file.language:<4} {file.pages or '':>5} {characters:>11}  {file.date:<10}  ")
        line.append(fitted(file.title, max(room - width - _COLUMNS_WIDTH + _TITLE_WIDTH, _TITLE_WIDTH)).rstrip())
        line.rstrip()
        console.print(line)
        if file.reason:
            console.print(Text(f"    {file.reason}", style="dim" if file.status == "warning" else ""))
    counts = {state: sum(file.status == state for file in files) for state in _COLOURS}
    said = ", ".join(f"{counts[state]} {words}" for state, words in _STATES.items())
    hidden = "" if show_all else "  (--all lists the loaded ones too)"
    noun = "file" if len(files) == 1 else "files"
    console.print(f"{len(files):,} {noun}: {said}{hidden}")


def fitted(text: str, width: int) -> str:
    """Return `text` in exactly `width` columns of a terminal; the middle of a long one is left out."""
    if cell_length(text) > width:
        head, tail = "", ""
        while cell_length(head + tail) < width - 2:
            taken = len(head) + len(tail)
            if len(tail) * 2 > len(head):
                head = text[: len(head) + 1]
            else:
                tail = text[len(text) - len(tail) - 1 :]
            if len(head) + len(tail) == taken:
                break
        text = f"{head}…{tail}"
    return text + " " * (width - cell_length(text))


def cell_length(text: str) -> int:
    """Return how many columns of a terminal `text` takes: two for a Chinese, Japanese or Korean character."""
    from rich.cells import cell_len

    return cell_len(text)
