"""Headings, blocks and tables of a Markdown text, as exact spans."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from benchwright.documents.table_titles import table_title, table_unit
from benchwright.records.document import Block, BlockKind, Cell, Document, Heading, Table

_ATX = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t]*$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ ]{0,3}>[ \t]?")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# A line that begins with none of these is plain text: most lines are settled by one look.
_SPECIAL = frozenset("#-*+•0123456789|>`~=_ \t<")


@dataclass
class _Scan:
    """What the scanner has found so far, and the paragraph that is still open."""

    text: str
    headings: list[Heading] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[tuple[int, tuple[Cell, ...], int, int]] = field(default_factory=list)
    open_kind: BlockKind | None = None
    open_start: int = 0
    open_end: int = 0
    open_level: int = 0

    def close(self) -> None:
        if self.open_kind is not None and self.open_end > self.open_start:
            self.add(self.open_kind, self.open_start, self.open_end, self.open_level)
        self.open_kind = None

    def add(self, kind: BlockKind, start: int, end: int, level: int = 0) -> None:
        # Every value comes from this scanner: there is nothing for validation to find, and it costs most of the time.
        self.blocks.append(Block(kind=kind, start=start, end=end, level=level))

    def open(self, kind: BlockKind, start: int, end: int, level: int = 0) -> None:
        self.close()
        self.open_kind, self.open_start, self.open_end, self.open_level = kind, start, end, level

    def heading(self, level: int, start: int, end: int) -> None:
        self.headings.append(Heading.model_construct(level=level, text=self.text[start:end], start=start, end=end))
        self.add("heading", start, end, level)


def with_structure(document: Document) -> Document:
    """Return `document` with the headings, blocks and tables of its text; every span is exact.

    A cell's `text` is `document.text[start:end]`, without the spaces around it and with the escape of a pipe (`\\|`).
    """
    headings, blocks, tables = structure_of(document.text)
    return document.model_copy(update={"headings": headings, "blocks": blocks, "tables": tables})


def structure_of(text: str) -> tuple[tuple[Heading, ...], tuple[Block, ...], tuple[Table, ...]]:
    """Return headings, blocks and tables of a Markdown `text` in reading order."""
    scan = _Scan(text)
    lines = _lines(text)
    index = _skip_front_matter(scan, lines)
    while index < len(lines):
        index = _read_line(scan, lines, index)
    scan.close()
    tables = tuple(_titled(scan, *found) for found in scan.tables)
    return tuple(scan.headings), tuple(scan.blocks), tables


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines as spans without their line break."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        spans.append((start, end))
        start = end + 1
    return spans


def _skip_front_matter(scan: _Scan, lines: list[tuple[int, int]]) -> int:
    match = _FRONT_MATTER.match(scan.text)
    if match is None or ":" not in match[0] or "\n\n" in match[0]:
        return 0
    end = len(match[0].rstrip())
    scan.add("code", 0, end)
    return bisect_left(lines, (match.end(), 0))


def _read_line(scan: _Scan, lines: list[tuple[int, int]], index: int) -> int:
    """Read the block or line at `index`; return the index to go on with."""
    start, end = lines[index]
    text = scan.text
    if start == end:
        scan.close()
        return index + 1
    if text[start] not in _SPECIAL:
        if index + 1 < len(lines) and _is_table(text, lines, index):
            return _read_table(scan, lines, index)
        _continue_paragraph(scan, start, end)
        return index + 1
    line = text[start:end]
    if not line.strip():
        scan.close()
        return index + 1
    fence = _FENCE.match(line)
    if fence:
        return _read_fence(scan, lines, index, fence[1])
    if index + 1 < len(lines) and _is_table(text, lines, index):
        return _read_table(scan, lines, index)
    _read_marked_line(scan, line, start, end)
    return index + 1


def _read_marked_line(scan: _Scan, line: str, start: int, end: int) -> None:
    atx = _ATX.match(line)
    if atx:
        scan.close()
        scan.heading(len(atx[1]), start + atx.start(2), start + atx.end(2))
        return
    setext = _SETEXT.match(line)
    if setext and scan.open_kind == "paragraph" and "\n" not in scan.text[scan.open_start : scan.open_end]:
        scan.open_kind = None
        scan.heading(1 if setext[1][0] == "=" else 2, scan.open_start, scan.open_end)
        return
    if _RULE.match(line):
        scan.close()
        return
    item = _ITEM.match(line)
    if item:
        depth = len(item[1].expandtabs(4)) // 2
        scan.open("list_item", start + item.end(), _trimmed(scan.text, start, end), min(depth, 8))
        return
    quote = _QUOTE.match(line)
    if quote:
        body = start + quote.end()
        if scan.open_kind == "quote":
            scan.open_end = _trimmed(scan.text, body, end)
        elif body < end:
            scan.open("quote", body, _trimmed(scan.text, body, end))
        return
    _continue_paragraph(scan, start, end)


def _continue_paragraph(scan: _Scan, start: int, end: int) -> None:
    text = scan.text
    end = _trimmed(text, start, end)
    if scan.open_kind is not None:
        scan.open_end = end
        return
    while start < end and text[start].isspace():
        start += 1
    scan.open("paragraph", start, end)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _read_fence(scan: _Scan, lines: list[tuple[int, int]], index: int, fence: str) -> int:
    scan.close()
    closing = index + 1
    while closing < len(lines):
        line = scan.text[lines[closing][0] : lines[closing][1]].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            break
        closing += 1
    first = lines[min(index + 1, len(lines) - 1)][0]
    last = lines[min(closing, len(lines)) - 1][1]
    if last > first:
        scan.add("code", first, last)
    return closing + 1


def _is_table(text: str, lines: list[tuple[int, int]], index: int) -> bool:
    start, end = lines[index + 1]
    if start == end or text.find("-", start, end) < 0 or text.find("|", start, end) < 0:
        return False
    if text.find("|", *lines[index]) < 0:
        return False
    return _DELIMITER.match(text[start:end]) is not None


def _read_table(scan: _Scan, lines: list[tuple[int, int]], index: int) -> int:
    scan.close()
    start = lines[index][0]
    cells = _row_cells(scan.text, *lines[index], -1)
    end, row, index = lines[index + 1][1], 0, index + 2
    while index < len(lines) and scan.text.find("|", *lines[index]) >= 0:
        cells.extend(_row_cells(scan.text, *lines[index], row))
        end, row, index = lines[index][1], row + 1, index + 1
    scan.tables.append((len(scan.blocks), tuple(cells), start, end))
    scan.add("table", start, end)
    return index


def _row_cells(text: str, start: int, end: int, row: int) -> list[Cell]:
    while start < end and text[start].isspace():
        start += 1
    end = _trimmed(text, start, end)
    edges = [start - 1, *(match.start() for match in _CELL_EDGE.finditer(text, start, end)), end]
    if len(edges) > 2 and edges[1] == start:
        edges = edges[1:]
    if len(edges) > 2 and edges[-2] == end - 1:
        edges = edges[:-1]
    cells: list[Cell] = []
    for column, (left, right) in enumerate(pairwise(edges)):
        first, last = left + 1, _trimmed(text, left + 1, right)
        while first < last and text[first].isspace():
            first += 1
        cells.append(
            Cell.model_construct(row=row, column=column, text=text[first:last], start=first, end=last),
        )
    return cells


def _titled(scan: _Scan, block: int, cells: tuple[Cell, ...], start: int, end: int) -> Table:
    header = " ".join(cell.text for cell in cells if cell.row == -1)
    title = table_title(scan.text, scan.blocks, block)
    unit = table_unit(scan.text, scan.blocks, block, title=title, header=header)
    return Table.model_construct(start=start, end=end, title=title, unit=unit, cells=cells)
