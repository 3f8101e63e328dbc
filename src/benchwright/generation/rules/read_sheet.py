"""Read a table as a sheet: find its header, its row labels and its totals; or leave it alone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from benchwright.generation.rules.entry import Entry
from benchwright.generation.rules.sheet import MOST_NUMBERED, Column, Sheet
from benchwright.records import Document, Table

_TOTAL = re.compile(
    r"(?:.*\b)?(?:sub-?\s?)?totals?\b.*|all|overall|sum|altogether|averages?|mean|median|.*\bcombined\b.*|group"
    r"|world|consolidated"
    r"|(?:총|합|소|누)\s?계.*|.*(?:합계|총계|소계)|계|전\s?체|총합.*|평\s?균.*|전국",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*(?:of which|thereof|including|incl\.|└|ㄴ|[-–·•>]\s|\(?\s?그\s?중|이\s?중)", re.IGNORECASE)
_INDEX = re.compile(r"#|index|idx|no\.?|nr\.?|s\.?/?no\.?|item no\.?|번호|순번|연번|no", re.IGNORECASE)
_UNIT_HEADER = re.compile(r"units?|uom|unit of measure(?:ment)?|단위", re.IGNORECASE)
_IDENTIFIER_WORD = re.compile(r"[a-z]\w*")
_CONSTANT = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)+")
_LONGEST_HEADER = 4
"""Words that a header may have and end as a sentence does: more of them are a row of data."""
_MOSTLY = 0.8


@dataclass(frozen=True)
class _Place:
    """A table known by its document and its place there: hashing all its cells would take longer than reading it."""

    document_id: str
    start: int
    table: Table = field(compare=False)


def read_sheet(document: Document, table: Table) -> Sheet | None:
    """Return `table` as a sheet, or `None` where its rows or columns cannot be named without doubt."""
    return _read_once(_Place(document.id, table.start, table))


@lru_cache(maxsize=512)
def _read_once(place: _Place) -> Sheet | None:
    table = place.table
    header = [cell for cell in table.cells if cell.row == -1]
    rows = table.rows
    if len(header) < 2 or len(rows) < 2 or any(len(row) != len(header) for row in rows):
        return None
    names = [Entry.of(cell) for cell in sorted(header, key=lambda cell: cell.column)]
    grid = [[Entry.of(cell) for cell in sorted(row, key=lambda cell: cell.column)] for row in rows]
    label_column = _label_column(names, grid)
    if label_column is None:
        return None
    if _has_no_header(names, grid):
        return None
    body, has_total, is_nested = _without_totals(grid, label_column)
    labels = [row[label_column] for row in body]
    if len(body) < 2 or not _can_name(labels):
        return None
    unit_column = next(
        (i for i, name in enumerate(names) if i != label_column and _UNIT_HEADER.fullmatch(name.text)), None
    )
    repeated = Counter(name.text.casefold() for name in names)
    columns = [
        Column(name, tuple(row[i] for row in body))
        for i, name in enumerate(names)
        if i not in (label_column, unit_column)
        and name.text
        and name.is_plain
        and repeated[name.text.casefold()] == 1
        and len(name.text) <= 60
        and not (name.text.endswith(("?", ".")) and len(name.text.split()) > _LONGEST_HEADER)
        and not _INDEX.fullmatch(name.text)
    ]
    units = tuple(row[unit_column].text for row in body) if unit_column is not None else ()
    return Sheet(table, names[label_column].text, tuple(labels), tuple(columns), units, has_total, is_nested)


def _has_no_header(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> bool:
    """Whether the first row is a row like the others: what it says stands again below, in its own column."""
    texts = [name.text.casefold() for name in names]
    if any(_is_bare_number(name) for name in names) or _is_gallery(names, grid) or _is_form(names, grid):
        return True
    if len(names[1].text.split()) >= _LONGEST_HEADER and all(
        _IDENTIFIER_WORD.fullmatch(text) for text in (names[0].text, *(row[0].text for row in grid))
    ):
        return True  # `n`, `Number of entries`, above `key`, `List of keys`: a list of parameters begins at once
    told = [text for text in texts if text]
    if len(told) > 1 and told == list("abcdefghijklmnopqrstuvwxyz"[: len(told)]):
        return True  # the letters of a spreadsheet's columns: a picture of one
    if names[0].text.endswith(":") and all(row[0].text.endswith(":") for row in grid):
        return True  # a form: what stands above the colons is one of its lines
    if all(_CONSTANT.fullmatch(text) for text in (names[0].text, *(row[0].text for row in grid))):
        return True  # `INT_UP` above `INT_DOWN`: a list of names that begins at once
    return any(
        text and not name.is_blank and any(row[i].text.casefold() == text for row in grid)
        for i, (name, text) in enumerate(zip(names, texts, strict=True))
    )


def _is_form(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> bool:
    """Whether what heads the second of two columns is a measurement as they are: `80 Watts` above `18 Volts`."""
    first = names[1].amount
    measured = [row[1] for row in grid if row[1].amount is not None and row[1].amount.unit]
    return len(names) == 2 and first is not None and bool(first.unit) and 2 * len(measured) >= len(grid)


def _is_gallery(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> bool:
    """Whether the cells are things set out in rows until they ran out: the last row ends early, no other cell is bare.

    The first row of such a table is no header.
    """
    *full, last = (names, *grid)
    if not last[-1].is_blank or last[0].is_blank or any(cell.is_blank for row in full for cell in row):
        return False
    cells = [cell for row in (*full, last) for cell in row]
    return all(cell.amount is None and len(cell.text.split()) <= _LONGEST_HEADER for cell in cells)


def _is_bare_number(name: Entry) -> bool:
    """Whether a header is a number and no year: a row of data, not of headers."""
    if re.fullmatch(r"\d{1,3}[.)]", name.text):
        return True
    amount = name.amount
    return amount is not None and not amount.unit and not ("," not in amount.text and 1000 <= amount.value <= 2200)


def _label_column(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> int | None:
    """The first column whose cells name their rows; a leading running number is passed over."""
    for index in (0, 1):
        if index >= len(names) - 1:
            return None
        if not _is_running(names[index], [row[index] for row in grid], beside_name=grid[0][1].amount is None):
            return index if _are_labels(names[index], [row[index] for row in grid]) else None
    return None


def _is_running(name: Entry, cells: Sequence[Entry], *, beside_name: bool) -> bool:
    """Whether the column only numbers its rows: nobody would call a row by that."""
    if _INDEX.fullmatch(name.text):
        return True
    is_unnamed = not name.text or name.text.casefold() in ("rownames", "row", "unnamed: 0", "x")
    if is_unnamed and all(cell.text.isdigit() for cell in cells):
        return True
    return beside_name and [cell.text for cell in cells] == [str(n) for n in range(1, len(cells) + 1)]


def _are_labels(name: Entry, cells: Sequence[Entry]) -> bool:
    """Numbers call a row only where they are whole, few, and have a header; years may be many."""
    read = [cell.amount for cell in cells if cell.amount is not None]
    if len(read) < _MOSTLY * len(cells):
        return True
    if not name.text or any(amount.decimals or amount.value < 0 for amount in read):
        return False
    are_years = all(1500 <= amount.value <= 2150 and "," not in amount.text for amount in read)
    return are_years or len(read) <= MOST_NUMBERED


def _can_name(labels: Sequence[Entry]) -> bool:
    texts = [" ".join(label.text.casefold().split()) for label in labels]
    return len(set(texts)) == len(texts) and all(texts) and not any(label.is_blank for label in labels)


def _without_totals(grid: list[list[Entry]], label_column: int) -> tuple[list[list[Entry]], bool, bool]:
    """Take total rows out, found by name or by arithmetic; say whether there were any and whether rows nest."""
    named = [i for i, row in enumerate(grid) if _TOTAL.fullmatch(row[label_column].text)]
    is_nested = any(0 < i < len(grid) - 1 for i in named) or any(_PART.match(row[label_column].text) for row in grid)
    body = [row for i, row in enumerate(grid) if i not in named]
    added = _added_up(body, label_column)
    if added is not None:
        body = body[:added] + body[added + 1 :]
    return body, bool(named) or added is not None, is_nested


def _added_up(grid: list[list[Entry]], label_column: int) -> int | None:
    """The first or last row if, in every column of numbers, it is the sum of the others."""
    if len(grid) < 3:
        return None
    for candidate in (len(grid) - 1, 0):
        proofs = 0
        for column in range(len(grid[0])):
            if column == label_column:
                continue
            amounts = [row[column].amount for row in grid]
            if any(amount is None for amount in amounts):
                continue
            values = [amount.value for amount in amounts if amount is not None]
            rest = sum(values, Decimal(0)) - values[candidate]
            if values[candidate] and rest == values[candidate]:
                proofs += 1
        if proofs:
            return candidate
    return None
