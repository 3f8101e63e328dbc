"""Questions on one cell of a table: where a named row meets a named column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules.amounts import number_forms
from benchwright.generation.rules.entry import Entry
from benchwright.generation.rules.framing import Place, build_question, content, table_place, wording_language
from benchwright.generation.rules.guessed_cells_ko import is_guessed
from benchwright.generation.rules.ladder import frozen_chance
from benchwright.generation.rules.options import option_groups
from benchwright.generation.rules.read_sheet import read_sheet
from benchwright.generation.rules.sheet import Column, Sheet
from benchwright.generation.rules.table_wording import cell_question
from benchwright.records import Document, Passage, Question

# What is left over: the last code of every list.
_REST = re.compile(r"기타|그\s?외|그\s?밖|나머지|others?|misc(?:ellaneous)?|rest", re.IGNORECASE)
# A cell that sends the reader elsewhere states nothing.
_POINTS_AWAY = re.compile(
    r"(?:참조|참고|상동|〃)\s*[)）.]?\Z|\bsee (?:above|below|also|section|table|note)|\A(?:same as|ditto)\b", re.I
)
_YES_NO = re.compile(
    r"(?:yes|no)\b.*|true|false|[ynxo✓✗✔✘○×●]|free|included|예|아니오|아니요|있음|없음|가능|불가|불가능|필요|불필요|유|무|해당"
    r"|포함|미포함|면제|무료",
    re.IGNORECASE,
)
_TELLING_PART = 4
"""Letters that label and value have to share at the beginning of a word: `util.cpp` tests `utility functions`."""
_SIGN = re.compile(r"[a-z][a-z0-9_./<>*-]*")
_CUT_SHORT = re.compile(r"(?:…|\.\.\.)\Z")
_EXAMPLE = re.compile(r"\be\.g\.|\betc\b|\bfor example\b|예를 들어", re.IGNORECASE)


@dataclass(frozen=True)
class TableCell:
    """Row × column, with the table's title and unit.

    Options are the other cells of the same column, in groups that stay together; without four different values of one
    kind the answer is written. Constant columns, yes/no columns, blank, footnoted and long cells are left alone.
    """

    longest_answer: int = 60
    """Characters."""
    most_words_to_write: int = 6
    """Longer cells are only asked with options: nobody writes a description word for word."""
    most_a_column: int = 8
    """Questions offered on one column."""
    most_a_group: int = 2
    """Questions offered with the same four options: who has solved more of them need not read for the next."""

    @property
    def kind(self) -> str:
        """`table_cell`."""
        return "table_cell"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer questions on the cells of each table that has named rows and columns."""
        for table in document.tables:
            sheet = read_sheet(document, table)
            place = table_place(document, table)
            language = wording_language(document, document.text[table.start : table.end])
            if sheet is None or place is None or language is None:
                continue
            for column in sheet.columns:
                unit = sheet.unit_for(column)
                if language == "ko" and is_guessed(sheet, column):
                    continue
                if _describes_signs(sheet, column):
                    continue
                if unit is not None and _is_telling(column) and not column.follows(sheet.labels):
                    yield from self._on_column(document, sheet, place, column, unit, language)

    def _on_column(
        self,
        document: Document,
        sheet: Sheet,
        place: Place,
        column: Column,
        unit: str,
        language: str,
    ) -> Iterator[Question]:
        chance = frozen_chance(document.id, self.kind, str(sheet.table.start), column.header.text)
        # Of a long table some rows, from all over it, are looked at.
        drawn = sorted(int(i) for i in chance.permutation(len(sheet.labels))[: 2 * self.most_a_column])
        rows = [i for i in drawn if self._can_ask(sheet.labels[i], column.entries[i], column)]
        # Where each row is another aspect, the kind of answer alone would tell the key.
        has_unit = bool(column.amounts) and bool(column.amounts[0].unit)
        is_alike = not sheet.units and (has_unit or (sheet.has_like_rows and not sheet.has_units_in_labels))
        # Of rows named in order (PX-20, PX-40, PX-90) the last has the most.
        follows = sheet.has_ordered_labels and (column.is_monotone or not any(e.amount for e in column.entries))
        groups = _groups(column, rows, chance) if is_alike and not follows else []
        options = {row: tuple(column.entries[i].text for i in group) for group in groups for row in group}
        # A written answer must not be read off the options of its neighbours: where some have options, all have.
        asked = sorted(row for group in groups for row in group[: self.most_a_group]) if options else rows
        step = -(-len(asked) // self.most_a_column) or 1
        for row in asked[::step]:
            label, value = sheet.labels[row], column.entries[row]
            if row not in options and len(value.text.split()) > self.most_words_to_write:
                continue
            row_unit = sheet.row_unit(row, column)
            if row_unit is None:
                continue
            yield build_question(
                document,
                kind=self.kind,
                text=cell_question(sheet, place, label, column, value, unit or row_unit, language),
                answer=value.text,
                accepted=number_forms(value.text) if column.amounts and row not in options else (),
                choices=options.get(row, ()),
                spans=[(entry.start, entry.end) for entry in (value, label, column.header)],
                language=language,
            )

    def _can_ask(self, label: Entry, value: Entry, column: Column) -> bool:
        if value.is_blank or not value.is_plain or not label.is_plain or _YES_NO.fullmatch(value.text):
            return False
        if _POINTS_AWAY.search(value.text) or _EXAMPLE.search(value.text) or _REST.fullmatch(value.text):
            return False
        if _CUT_SHORT.search(label.text) or _CUT_SHORT.search(value.text):
            return False
        if label.text.casefold() == column.header.text.casefold():
            return False  # the diagonal of a matrix
        if len(value.text) > self.longest_answer or len(label.text) > 80:
            return False
        known = f"{label.text} {column.header.text}".casefold()
        if value.text.casefold() in known or content(value.text) & (content(label.text) | content(column.header.text)):
            return False
        if _abbreviates(label.text, value.text):
            return False
        # `BodyTimeoutError` gives `ERR_BODY_TIMEOUT` away.
        return not any(
            one.startswith(other) or other.startswith(one)
            for one in _parts(label.text)
            for other in _parts(value.text)
            if min(len(one), len(other)) >= _TELLING_PART
        )


def _describes_signs(sheet: Sheet, column: Column) -> bool:
    """Whether the column tells what commands or parameters do: `chmod`, `Utility to change permissions`."""
    return not column.amounts and all(_SIGN.fullmatch(label.text) for label in sheet.labels)


def _abbreviates(label: str, value: str) -> bool:
    """Whether a short label can be read off the value: `UMi` and `Ursa Minor`."""
    short, full = label.casefold(), value.casefold()
    if not 2 <= len(short) <= 5 or not short.isalpha() or not full.startswith(short[0]):
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)


def _parts(text: str) -> set[str]:
    """The beginnings of the words, also of those inside names such as `camelCase` and `SNAKE_CASE`."""
    return {part.casefold()[:5] for part in re.findall(r"[A-Z]?[a-z]{3,}|[A-Z]{4,}", text)}


def _is_telling(column: Column) -> bool:
    """Mostly different values: with few of them the answer is easily guessed."""
    values = [entry.text.casefold() for entry in column.entries if not entry.is_blank]
    different = len(set(values))
    return different >= (2 if column.amounts else 3) and different >= (0.6 if column.amounts else 0.7) * len(values)


def _groups(column: Column, rows: Sequence[int], chance: np.random.Generator) -> list[tuple[int, ...]]:
    if any(column.entries[row].amount is not None for row in rows) and not column.amounts:
        return []
    groups = option_groups([column.entries[row].text for row in rows], chance=chance)
    return [tuple(rows[i] for i in group) for group in groups]
