"""Cut passages into what a reader weighs: sentences, list items, table rows that know their header and heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Return the units of `passages` in reading order."""
    found: list[Unit] = []
    for number, passage in enumerate(passages):
        above, header = " ".join(passage.section), ()
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            if text.startswith("#"):
                above, header = text.lstrip("# "), ()
                found.append(Unit(above, number))
            elif text.startswith("|"):
                rows = [row for row in text.splitlines() if not _RULE.fullmatch(row.strip())]
                for row in rows:
                    cells = cells_of(row)
                    if not header:
                        header = cells
                    else:
                        found.append(Unit(row.strip(), number, f"{above} {' '.join(header)}", header, cells))
            else:
                header = ()
                found.append(Unit(re.sub(r"^(?:[-*+>]\s+)+", "", text).strip(), number, above))
    return [unit for unit in found if unit.text]


def cells_of(row: str) -> tuple[str, ...]:
    """Return the cells of one table row written with pipes."""
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))
