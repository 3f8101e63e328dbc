"""Reads Jupyter notebooks: text cells as they stand, code fenced, and the text that code printed."""

import json
from typing import Any

from benchwright.documents.decode import decode
from benchwright.documents.parsed import Parsed
from benchwright.documents.writing import MarkdownWriter
from benchwright.errors import DocumentRefused

_LONGEST_OUTPUT = 5_000


def read(data: bytes, name: str) -> Parsed:
    """Return the cells in order; pictures and outputs longer than 5,000 characters are left out."""
    try:
        notebook: Any = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise DocumentRefused(f"corrupted: the notebook is no JSON ({error})") from error
    if not isinstance(notebook, dict):
        raise DocumentRefused("corrupted: the notebook holds no cells")
    sheets = notebook.get("worksheets") or [notebook]
    cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or []]
    about = notebook.get("metadata")
    language = ""
    if isinstance(about, dict) and isinstance(about.get("kernelspec"), dict):
        language = str(about["kernelspec"].get("language") or "")
    writer = MarkdownWriter()
    for cell in cells:
        if isinstance(cell, dict):
            _write_cell(writer, cell, language)
    return Parsed(writer.text)


def _write_cell(writer: MarkdownWriter, cell: dict[str, Any], language: str) -> None:
    source = _joined(cell.get("source") or cell.get("input"))
    if cell.get("cell_type") in ("markdown", "heading"):
        writer.raw(f"{'#' * int(cell.get('level') or 1)} {source}" if cell["cell_type"] == "heading" else source)
        return
    writer.code(source, language if language.isalnum() else "")
    for output in cell.get("outputs") or []:
        if not isinstance(output, dict):
            continue
        held = output.get("data")
        text = _joined(output.get("text") or (held.get("text/plain") if isinstance(held, dict) else ""))
        if 0 < len(text) <= _LONGEST_OUTPUT:
            writer.code(text)


def _joined(value: Any) -> str:
    """A cell's source is one string or a list of lines."""
    text = "".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return text.replace("\r\n", "\n")
