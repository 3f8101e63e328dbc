"""Turns an HTML table into a grid: spans filled, header rows joined, whatever a cell holds on one line."""

from collections.abc import Iterator

from benchwright.documents.ooxml import Element
from benchwright.documents.writing import one_line

_MOST_CELLS = 500_000
_SPACED = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "br",
        "tr",
        "td",
        "th",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "section",
        "article",
    ]
)
_SILENT = frozenset(("script", "style", "template"))


def is_layout(table: Element) -> bool:
    """Say whether a table only arranges the page: then its cells are read as text."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iter("th"), None) is not None:
        return False
    inner = len(list(table.iter("table"))) - 1
    rows = list(_rows(table))
    widest = max((len(_cells(row)) for row in rows), default=0)
    return inner > 0 or len(rows) < 2 or widest < 2


def caption_of(table: Element) -> str:
    """The text of a table's caption, or nothing."""
    caption = next((child for child in table if child.tag == "caption"), None)
    return cell_text(caption) if caption is not None else ""


def grid_of(table: Element) -> list[list[str]]:
    """Return the rows of a table, a cell's text repeated over its row and column span; the first row is the header."""
    rows: list[list[str]] = []
    is_header: list[bool] = []
    hanging: dict[int, tuple[int, str]] = {}
    count = 0
    for row in _rows(table):
        filled: dict[int, str] = {}
        for column, (left, text) in list(hanging.items()):
            filled[column] = text
            hanging[column] = (left - 1, text)
            if left <= 1:
                del hanging[column]
        column = 0
        for cell in _cells(row):
            while column in filled:
                column += 1
            text = cell_text(cell)
            down = _span(cell, "rowspan")
            for offset in range(_span(cell, "colspan")):
                filled[column + offset] = text
                if down > 1:
                    hanging[column + offset] = (down - 1, text)
            column += _span(cell, "colspan")
        width = max(filled, default=-1) + 1
        count += width
        if count > _MOST_CELLS:
            break
        rows.append([filled.get(index, "") for index in range(width)])
        cells = _cells(row)
        parent = row.getparent()
        all_heads = bool(cells) and all(cell.tag == "th" for cell in cells)
        is_header.append(all_heads or (parent is not None and parent.tag == "thead"))
    return _with_one_header(rows, is_header)


def _with_one_header(rows: list[list[str]], is_header: list[bool]) -> list[list[str]]:
    """Join several header rows into one: `2024` over `Revenue` becomes `2024 Revenue`."""
    depth = 0
    while depth < len(rows) - 1 and is_header[depth]:
        depth += 1
    if depth < 2:
        return rows
    width = max(len(row) for row in rows[:depth])
    joined: list[str] = []
    for column in range(width):
        parts: list[str] = []
        for row in rows[:depth]:
            text = row[column] if column < len(row) else ""
            if text and text not in parts:
                parts.append(text)
        joined.append(" ".join(parts))
    return [joined, *rows[depth:]]


def cell_text(element: Element) -> str:
    """All text in an element on one line, with a space where a block or a line ends."""
    parts: list[str] = []
    waiting: list[tuple[str, Element]] = [("open", element)]
    while waiting:
        step, node = waiting.pop()
        if step == "close":
            if node.tag in _SPACED:
                parts.append(" ")
            if node is not element and node.tail:
                parts.append(node.tail)
            continue
        waiting.append(("close", node))
        if node.tag in _SILENT or not isinstance(node.tag, str):
            continue
        if node.tag in _SPACED:
            parts.append(" ")
        if node.tag == "li":
            parts.append(_item_mark(node, is_first=not "".join(parts).strip()))
        if node.text:
            parts.append(node.text)
        waiting.extend(("open", child) for child in reversed(node))
    text = one_line("".join(parts)).replace(" ; ", "; ")
    if text:
        return text
    # A cell that shows only a picture says what the picture's text says.
    return one_line(" ".join(image.get("alt") or "" for image in element.iter("img")))


def _item_mark(item: Element, *, is_first: bool) -> str:
    """What divides the items of a list that stands in a cell: their numbers, else semicolons."""
    holder = item.getparent()
    if holder is not None and holder.tag == "ol":
        return f"{len(list(item.itersiblings('li', preceding=True))) + 1}. "
    return "" if is_first else "; "


def _rows(table: Element) -> Iterator[Element]:
    """The table's own rows, not those of tables inside its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: Element, name: str) -> int:
    stated = (cell.get(name) or "1").strip()
    return max(1, min(int(stated), 1000)) if stated.isdigit() and len(stated) < 8 else 1
