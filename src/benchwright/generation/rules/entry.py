"""One cell of a table, or one item of a list, without its emphasis marks: text, exact span, amount."""

import re
from dataclasses import dataclass
from functools import cached_property

from benchwright.generation.rules.amounts import BLANK, Amount, read_amount
from benchwright.records import Cell

_FOOTNOTE = re.compile(r"[*†‡§]|(?<![A-Za-z㎡])[¹²³⁴-⁹]|\[\w{1,2}\]|(?<=\S)\s?\d\)$|\^")
_MARKUP = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|ico)\b|\]\s?[(\[]|<[^>]+>|https?://|`|\*\*|__|\\|�|^[◦•▪■□○●ㅇ·]\s?|\(gh\b"
)


def clean_span(text: str, start: int) -> tuple[str, int, int]:
    """Return `text` without the emphasis marks and spaces around it, and its span when `text` begins at `start`."""
    left, right = 0, len(text)
    while True:
        while left < right and text[left] in " \t":
            left += 1
        while right > left and text[right - 1] in " \t":
            right -= 1
        mark = next((mark for mark in ("**", "__", "`", "*", "_") if _is_wrapped(text[left:right], mark)), "")
        if not mark:
            return text[left:right], start + left, start + right
        left, right = left + len(mark), right - len(mark)


def _is_wrapped(text: str, mark: str) -> bool:
    """Whether one pair of `mark` stands around all of `text`, and none inside it."""
    size = len(mark)
    inside = text[size:-size]
    return len(text) > 2 * size and text.startswith(mark) and text.endswith(mark) and mark not in inside


@dataclass(frozen=True)
class Entry:
    """One cell without emphasis marks: its text, its exact span, and the amount it states, if it states one."""

    text: str
    start: int
    end: int
    is_code: bool = False
    """Set as code (`2000`): a sign, not a quantity."""

    @classmethod
    def of(cls, cell: Cell) -> "Entry":
        """Read `cell`."""
        return cls(*clean_span(cell.text, cell.start), is_code=cell.text.strip(" *_").startswith("`"))

    @cached_property
    def amount(self) -> Amount | None:
        """The amount, or `None`."""
        return read_amount(self.text)

    @property
    def is_blank(self) -> bool:
        """Whether the cell states no value."""
        return BLANK.fullmatch(self.text) is not None

    @property
    def is_plain(self) -> bool:
        """Free of links, tags and footnote marks, on one line."""
        return not (_MARKUP.search(self.text) or _FOOTNOTE.search(self.text) or "\n" in self.text)
