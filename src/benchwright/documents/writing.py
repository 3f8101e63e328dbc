"""Writes Markdown block by block, so that every format ends in the same marks and its pages are known."""

import re
from collections.abc import Sequence

_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f\u3000\n\r\f\v\u2028\u2029\u0085]+")
# What would be read as a mark although the author wrote it as text.
_MARK = re.compile(r"(?:#{1,6}\s|>|\||```|~~~|={3,}\s*$|-{3,}\s*$)")
# Characters that no reader sees and no tokenizer wants: controls, byte-order marks, zero-width spaces, soft hyphens.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return `text` on one line, with single spaces and without invisible characters."""
    return _INVISIBLE.sub("", _SPACES.sub(" ", text)).strip()


class MarkdownWriter:
    """Collects blocks and gives the whole text; one blank line between blocks, none between list items."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._after_item = False
        self._pending_page = False
        self.page_starts: list[int] = []
        self.first_heading = ""

    @property
    def text(self) -> str:
        """Everything written so far, ending with a line break."""
        return "".join(self._parts) + ("\n" if self._parts else "")

    def page(self) -> None:
        """Begin a new page: the next block is its first."""
        if self._pending_page:
            self.page_starts.append(self._length)
        self._pending_page = True

    def finish_pages(self) -> tuple[int, ...]:
        """Close the last page and return where all pages begin."""
        if self._pending_page:
            self.page_starts.append(self._length)
            self._pending_page = False
        return tuple(self.page_starts)

    def heading(self, text: str, level: int) -> None:
        """Write a heading; an empty one is left out."""
        line = one_line(text)
        if line:
            self.first_heading = self.first_heading or line
            self._block(f"{'#' * max(1, min(6, level))} {line}")

    def paragraph(self, text: str) -> None:
        """Write one paragraph on one line."""
        line = one_line(text)
        if line:
            self._block(("\\" + line) if _MARK.match(line) else line)

    def item(self, text: str, *, depth: int = 0, number: str = "") -> None:
        """Write a list item; `number` such as `3.` makes it a numbered one."""
        line = one_line(text)
        if line:
            self._block(f"{'    ' * depth}{number or '-'} {line}", is_item=True)

    def code(self, text: str, language: str = "") -> None:
        """Write text as it stands, fenced."""
        body = _INVISIBLE.sub("", text).strip("\n")
        if body.strip():
            fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", body)), default=0) + 1)
            self._block(f"{fence}{language}\n{body}\n{fence}")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Write a table whose first row is the header; short rows are filled, empty rows and columns left out."""
        cells = [[one_line(cell).replace("|", "\\|") for cell in row] for row in rows]
        cells = [row for row in cells if any(row)]
        if not cells:
            return
        width = max(len(row) for row in cells)
        cells = [row + [""] * (width - len(row)) for row in cells]
        used = [column for column in range(width) if any(row[column] for row in cells)]
        lines = ["| " + " | ".join(row[column] for column in used) + " |" for row in cells]
        lines.insert(1, "|" + " --- |" * len(used))
        self._block("\n".join(lines))

    def raw(self, markdown: str) -> None:
        """Write Markdown that is already written."""
        if markdown.strip():
            self._block(markdown.strip("\n"))

    def _block(self, text: str, *, is_item: bool = False) -> None:
        if self._parts:
            gap = "\n" if is_item and self._after_item else "\n\n"
            self._parts.append(gap)
            self._length += len(gap)
        if self._pending_page:
            self.page_starts.append(self._length)
            self._pending_page = False
        self._parts.append(text)
        self._length += len(text)
        self._after_item = is_item
