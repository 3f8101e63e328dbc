"""Question files that people already have (CSV, TSV, JSONL, JSON, XLSX): rows with named columns and line numbers."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from benchwright.documents.decode import decode
from benchwright.errors import DocumentRefused, InputError, unknown_name

MMLU_HEADER = ("question", "A", "B", "C", "D", "answer")
"""The columns of the original MMLU files, which have no header: question, four options, the letter of the key."""


@dataclass(frozen=True)
class Row:
    """One row of a question file; `number` is its line (text files) or row (sheets), counted from 1."""

    number: int
    values: Mapping[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of `path`, whose format its suffix names.

    Raises:
        InputError: the file is no such format; the text names the row.
        UnknownName: the suffix is none of the known ones.
    """
    readers = {
        ".csv": _csv,
        ".tsv": _csv,
        ".jsonl": _json_lines,
        ".ndjson": _json_lines,
        ".json": _json,
        ".xlsx": _sheet,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise unknown_name("kind of question file", path.suffix or path.name, readers)
    rows = reader(path)
    if not rows:
        raise InputError(f"{path} holds no question; put one question a row below a header")
    return rows


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes()).text
    except DocumentRefused as error:
        raise InputError(f"{path}: {error}") from error


def _csv(path: Path) -> list[Row]:
    text = _text(path).removeprefix("\ufeff")
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text)
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    numbered: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                numbered.append((reader.line_num, cells))
    except csv.Error as error:
        raise InputError(f"{path} row {reader.line_num}: no CSV ({error}); close the quotation mark") from error
    if not numbered:
        return []
    if is_mmlu([cells for _, cells in numbered]):
        return [Row(number, dict(zip(MMLU_HEADER, cells, strict=True))) for number, cells in numbered]
    return _under_header(path, numbered)


def _delimiter(text: str) -> str:
    """The delimiter that the first line holds most often."""
    first = text.split("\n", 1)[0]
    return max((",", ";", "\t", "|"), key=first.count)


def is_mmlu(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether every row is a question, four options and a letter, with no header above."""
    return all(len(cells) == 6 and cells[5].strip() in ("A", "B", "C", "D") for cells in rows)


def _under_header(path: Path, numbered: Sequence[tuple[int, Sequence[Any]]]) -> list[Row]:
    above = _title_rows([cells for _, cells in numbered])
    numbered = numbered[above:]
    header = [str(cell).strip() for cell in numbered[0][1]]
    while header and not header[-1]:
        header.pop()
    doubles = {name for name in header if name and header.count(name) > 1}
    if doubles:
        raise InputError(f"{path} row {numbered[0][0]}: two columns are called {sorted(doubles)[0]!r}; rename one")
    rows: list[Row] = []
    for number, cells in numbered[1:]:
        if any(str(cell).strip() for cell in cells[len(header) :]):
            raise InputError(
                f"{path} row {number}: {len(cells)} cells under {len(header)} column names; "
                "quote cells that hold the delimiter"
            )
        rows.append(Row(number, {name: value for name, value in zip(header, cells, strict=False) if name}))
    return rows


def _title_rows(rows: Sequence[Sequence[Any]]) -> int:
    """Return how many rows with one cell only stand above the first row with several: a title, not a header."""
    counts = [sum(str(cell).strip() != "" for cell in cells) for cells in rows]
    return next((place for place, count in enumerate(counts) if count > 1), 0)


def _json_lines(path: Path) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path} row {number}: not JSON ({error.msg} at column {error.colno})") from error
        rows.append(_object(path, number, value))
    return rows


def _json(path: Path) -> list[Row]:
    try:
        value = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path} row {error.lineno}: not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(value, list):
        raise InputError(f"{path}: a JSON file of questions is a list of objects, this is {type(value).__name__}")
    return [_object(path, number, item) for number, item in enumerate(value, 1)]


def _object(path: Path, number: int, value: object) -> Row:
    if not isinstance(value, dict):
        raise InputError(f"{path} row {number}: a question is an object with named fields, this is {value!r:.60}")
    return Row(number, {str(name): item for name, item in value.items()})


def _sheet(path: Path) -> list[Row]:
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheets = [
                book.get_sheet_by_index(number).to_python(skip_empty_area=False)
                for number in range(len(book.sheet_names))
            ]
    except python_calamine.CalamineError as error:
        raise InputError(f"{path}: no readable XLSX file ({error}); save it again as .xlsx or .csv") from error
    for cells in sheets:
        numbered = [(number, [_plain(cell) for cell in row]) for number, row in enumerate(cells, 1)]
        filled = [(number, row) for number, row in numbered if any(cell != "" for cell in row)]
        # The first sheet that holds a table: a sheet of remarks may stand before it.
        if sum(sum(cell != "" for cell in row) > 1 for _, row in filled) > 1:
            return _under_header(path, filled)
    return []


def _plain(cell: Any) -> Any:
    """Return a cell as it was typed: 3.0 was 3, and a day has no time."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return cell
