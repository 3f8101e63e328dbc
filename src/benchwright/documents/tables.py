"""Divides a grid of cells, as sheets and CSV files give it, into titled tables and the lines between them."""

import re
from collections.abc import Iterator, Sequence

from benchwright.documents.writing import MarkdownWriter, one_line

Grid = Sequence[Sequence[str]]
_UNIT = re.compile(r"단위|単位|单位|單位|\bunits?\b|\bin\s+(?:thousands|millions|billions)\b", re.IGNORECASE)


def write_sheet(writer: MarkdownWriter, grid: Grid) -> None:
    """Write a grid as Markdown: blocks divided by empty rows, one-cell rows above a block as its title and unit."""
    for block in blocks_of(grid):
        _write_block(writer, block)


def blocks_of(grid: Grid) -> Iterator[list[list[str]]]:
    """The parts of a grid that empty rows, and then columns empty over the whole part, divide."""
    part: list[list[str]] = []
    for row in [*([one_line(cell) for cell in row] for row in grid), []]:
        if any(row):
            part.append(list(row))
        elif part:
            yield from _side_by_side(part)
            part = []


def _side_by_side(part: list[list[str]]) -> Iterator[list[list[str]]]:
    """Tables that stand beside each other, with an empty column between them."""
    width = max(len(row) for row in part)
    rows = [row + [""] * (width - len(row)) for row in part]
    used = [any(row[column] for row in rows) for column in range(width)]
    groups: list[list[int]] = [[]]
    for column, is_used in enumerate(used):
        if is_used:
            groups[-1].append(column)
        elif groups[-1]:
            groups.append([])
    wide = [group for group in groups if group]
    if len(wide) > 1 and all(len(group) > 1 for group in wide):
        for group in wide:
            cut = [[row[column] for column in group] for row in rows]
            yield [row for row in cut if any(row)]
        return
    yield [[cell for column, cell in enumerate(row) if used[column]] for row in rows]


def _write_block(writer: MarkdownWriter, rows: list[list[str]]) -> None:
    table = list(rows)
    if max(len(row) for row in table) == 1 and len(table) <= 3:
        # A few lines in one column are words about the table that follows, not a table.
        for row in table:
            _write_line(writer, row[0], above_table=True)
        return
    while table and (len(table) == 1 or max(len(row) for row in table) > 1) and _alone(table[0]):
        if len(table) == 1 or sum(map(bool, table[1])) > 1 or _alone(table[1]):
            _write_line(writer, _alone(table.pop(0)), above_table=bool(table))
        else:
            break
    notes: list[str] = []
    while len(table) > 2 and _alone(table[-1]) and (len(_alone(table[-1])) > 30 or _UNIT.search(_alone(table[-1]))):
        notes.insert(0, _alone(table.pop()))
    if not table:
        pass
    elif max(len(row) for row in table) == 1 and all(len(row[0]) > 60 for row in table):
        for row in table:
            writer.paragraph(row[0])
    else:
        writer.table(table)
    for note in notes:
        writer.paragraph(note)


def _write_line(writer: MarkdownWriter, line: str, *, above_table: bool) -> None:
    if above_table and len(line) <= 120 and not _UNIT.search(line):
        writer.raw(f"**{line.replace('**', '')}**")
    else:
        writer.paragraph(line)


def _alone(row: list[str]) -> str:
    """The only text of a row: one filled cell, or one merged over several (the same text in each)."""
    filled = [cell for cell in row if cell]
    if len(row) > 1 and len(filled) == 1:
        return filled[0]
    if len(filled) > 2 and len(filled) == len(row) and len(set(filled)) == 1:
        return filled[0]
    return filled[0] if len(row) == 1 and len(filled) == 1 and len(filled[0]) > 60 else ""
