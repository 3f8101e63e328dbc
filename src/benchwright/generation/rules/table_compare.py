"""Questions that compare the rows of a table: which is highest, and what else holds for the highest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from benchwright.generation.rules.amounts import number_forms
from benchwright.generation.rules.context import quoted
from benchwright.generation.rules.entry import Entry
from benchwright.generation.rules.framing import Place, build_question, table_place, wording_language
from benchwright.generation.rules.ladder import frozen_chance, in_frozen_order
from benchwright.generation.rules.read_sheet import read_sheet
from benchwright.generation.rules.sheet import Column, Sheet
from benchwright.generation.rules.table_wording import (
    english_source,
    header_phrase,
    header_with_particle,
    is_period,
    korean_ask,
    korean_source,
    row_phrase,
    superlative,
)
from benchwright.records import Document, Passage, Question

_TEMPERATURE = re.compile(r"\btemp(?:eratures?)?(?:\b|_)|기온|온도|°C|℃", re.IGNORECASE)


@dataclass(frozen=True)
class TableCompare:
    """Which of four rows is highest or lowest in a column; what the other column says of the higher of two rows.

    Only columns of plain amounts in one unit, over rows of one kind without totals, parts or footnotes. Rows whose
    names already give their order (tiers, lengths of service) are left alone.
    """

    fewest_rows: int = 4
    most_a_table: int = 4
    """Questions offered on one table, from columns drawn at random."""

    @property
    def kind(self) -> str:
        """`table_compare`."""
        return "table_compare"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer at most two questions on each column that can be compared."""
        for table in document.tables:
            sheet = read_sheet(document, table)
            place = table_place(document, table)
            language = wording_language(document, document.text[table.start : table.end])
            if sheet is None or place is None or language is None or len(sheet.labels) < self.fewest_rows:
                continue
            yield from islice(self._on_table(document, sheet, place, language), self.most_a_table)

    def _on_table(self, document: Document, sheet: Sheet, place: Place, language: str) -> Iterator[Question]:
        # Which of four is highest is often known of the world; two steps seldom are: one of the former a table.
        has_extreme = False
        for column in in_frozen_order(sheet.columns, document.id, self.kind, str(sheet.table.start)):
            unit = sheet.unit_for(column)
            if _TEMPERATURE.search(column.header.text) and sheet.has_dated_rows:
                continue  # that June is warmer than November need not be read
            if unit is None or not sheet.is_comparable(column) or (column.is_monotone and sheet.has_ordered_labels):
                continue
            frozen = frozen_chance(document.id, self.kind, str(sheet.table.start), column.header.text)
            asker = _Asker(document, sheet, place, column, unit, language, frozen)
            yield from asker.property_of_the_higher()
            if not has_extreme:
                has_extreme = True
                yield from asker.extreme_of_four()


@dataclass(frozen=True)
class _Asker:
    document: Document
    sheet: Sheet
    place: Place
    column: Column
    unit: str
    language: str
    chance: np.random.Generator

    @property
    def _header(self) -> str:
        if self.language == "en":
            return header_phrase(self.column, self.unit, self.language)
        # A comparison needs no unit, and a particle after a bracket reads like a pronoun.
        header = header_phrase(self.column, "", self.language)
        return f"{header} 값" if is_period(self.column) else header

    def extreme_of_four(self) -> Iterator[Question]:
        """Which of four rows has the highest (or lowest) amount; the four are drawn at random, the key with them."""
        amounts = self.column.amounts
        rows = [i for i in range(len(amounts)) if i not in self.sheet.others]
        if len(rows) < 4:
            return
        four = sorted(rows[int(i)] for i in self.chance.permutation(len(rows))[:4])
        is_highest = bool(self.chance.integers(2))
        values = sorted((amounts[i].value for i in four), reverse=is_highest)
        if values[0] == values[1]:
            return
        key = next(i for i in four if amounts[i].value == values[0])
        labels = [self.sheet.labels[i] for i in four]
        said = f"{self.place.english()} {self.column.header.text}".casefold()
        if any(label.text.casefold() in said for label in labels):
            return
        word = superlative(self.column, self.language, is_highest=is_highest)
        header = self._header
        if self.language == "ko":
            highest = f"{header_with_particle(header, '이/가')} 가장 {word}"
            text = f"{korean_source(self.place)} 다음 중 {highest} 것은 무엇입니까?"
        else:
            text = f"According to {english_source(self.place)}, which of the following has the {word} {header} figure?"
        yield self._build(
            text,
            self.sheet.labels[key].text,
            [self.sheet.labels[key], *labels, *(self.column.entries[i] for i in four)],
            choices=[label.text for label in labels],
            note=f"computed: {'highest' if is_highest else 'lowest'}",
        )

    def property_of_the_higher(self) -> Iterator[Question]:
        """Two steps: of two named rows, find the higher, then read another column of it."""
        others = [
            other
            for other in self.sheet.columns
            if other is not self.column and self.sheet.unit_for(other) == "" and _can_tell_apart(other)
        ]
        if not others:
            return
        other = others[int(self.chance.integers(len(others)))]
        one, two = (int(i) for i in self.chance.permutation(len(self.sheet.labels))[:2])
        first, second = self.column.amounts[one].value, self.column.amounts[two].value
        texts = {other.entries[one].text.casefold(), other.entries[two].text.casefold()}
        if first == second or len(texts) == 1:
            return
        is_highest = bool(self.chance.integers(2))
        winner = one if (first > second) == is_highest else two
        value = other.entries[winner]
        cited = [value, other.header, self.column.header]
        cited += [entry for i in (one, two) for entry in (self.sheet.labels[i], self.column.entries[i])]
        yield self._build(
            self._pair_text(one, two, other, value, is_highest=is_highest),
            value.text,
            cited,
            accepted=number_forms(value.text) if other.amounts else (),
        )

    def _pair_text(self, one: int, two: int, other: Column, value: Entry, *, is_highest: bool) -> str:
        first, second = (row_phrase(self.sheet, self.sheet.labels[i], self.language) for i in (one, two))
        word = superlative(self.column, self.language, is_highest=is_highest, is_pair=True)
        header = self._header
        asked = quoted(other.header.text)
        if self.language == "ko":
            ask = korean_ask(other.header.text, value.text)
            return (
                f"{korean_source(self.place)} {header_with_particle(first, '과/와')} {second} 중 "
                f"{header_with_particle(header, '이/가')} 더 {word} 쪽의 {header_with_particle(asked, '은/는')} {ask}"
            )
        return (
            f"In {english_source(self.place)}, compare {first} and {second}: "
            f"what is given under {asked} for the one with the {word} {header} figure?"
        )

    def _build(
        self,
        text: str,
        answer: str,
        entries: Sequence[Entry],
        *,
        choices: Sequence[str] = (),
        accepted: Sequence[str] = (),
        note: str = "",
    ) -> Question:
        spans = [(entry.start, entry.end) for entry in [*entries, self.column.header]]
        return build_question(
            self.document,
            kind="table_compare",
            text=text,
            answer=answer,
            accepted=accepted,
            choices=choices,
            spans=spans,
            note=note,
            language=self.language,
        )


def _can_tell_apart(column: Column) -> bool:
    """Short plain cells, nearly all different, so that the answer is neither guessed nor disputed."""
    values = [entry.text.casefold() for entry in column.entries]
    return all(entry.is_plain and not entry.is_blank and len(entry.text) <= 60 for entry in column.entries) and len(
        set(values)
    ) >= max(3, 0.7 * len(values))
