"""Cut passages into what a reader weighs: sentences, list items, table rows that know their header and heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from benchwright.records import Passage
from benchwright.text.sentences import sentences

_RULE = re.compile(r"^\|?[\s:|-]+\|?$")


@dataclass(frozen=True)
class Unit:
    """One sentence, list item or table row of a passage."""

    text: str
    passage: int
    context: str = ""
    """The headings above it, and the header of its table."""
    header: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    is_heading: bool = False


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Return the units of `passages` in reading order."""
    return [
        replace(unit, passage=number)
        for number, passage in enumerate(passages)
        for unit in _cut(passage.text, " ".join(passage.section))
    ]


@lru_cache(maxsize=512)
def _cut(text: str, above: str) -> tuple[Unit, ...]:
    """The units of one passage below the headings `above`. Every reader cuts the same passages, so they are kept."""
    found: list[Unit] = []
    header: tuple[str, ...] = ()
    for start, end in sentences(text):
        piece = text[start:end]
        if piece.startswith("|"):
            for row in piece.splitlines():
                if _RULE.fullmatch(row.strip()):
                    continue
                cells = cells_of(row)
                if header:
                    found.append(Unit(row.strip(), 0, f"{above} {' '.join(header)}", header, cells))
                header = header or cells
            continue
        header = ()
        if piece.startswith("#"):
            above = piece.lstrip("# ")
            found.append(Unit(above, 0, is_heading=True))
        else:
            found.append(Unit(re.sub(r"^(?:[-*+>]\s+)+", "", piece).strip(), 0, above))
    return tuple(unit for unit in found if unit.text)


def cells_of(row: str) -> tuple[str, ...]:
    """Return the cells of one table row written with pipes."""
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))
