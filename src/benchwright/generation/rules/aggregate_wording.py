"""Sentences that ask for a sum, a difference, a mean or a count over table rows, in English and in Korean."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchwright.generation.rules.framing import Place
from benchwright.generation.rules.sheet import Column, Sheet
from benchwright.generation.rules.table_wording import (
    english_source,
    header_phrase,
    header_with_particle,
    is_period,
    korean_source,
    row_phrase,
)


@dataclass(frozen=True)
class AggregateWording:
    """Words for one column of one table."""

    sheet: Sheet
    place: Place
    column: Column
    unit: str
    language: str

    @property
    def _source(self) -> str:
        return korean_source(self.place) if self.language == "ko" else english_source(self.place)

    @property
    def _header(self) -> str:
        header = header_phrase(self.column, self.unit, self.language)
        return f"{header} 값" if self.language == "ko" and is_period(self.column) else header

    def _names(self, rows: Sequence[int]) -> list[str]:
        return [row_phrase(self.sheet, self.sheet.labels[i], self.language) for i in rows]

    @property
    def _all(self) -> str:
        """All rows, with a word that keeps the total row out."""
        if self.language == "ko":
            return "합계 행을 뺀 모든 행" if self.sheet.has_total else "모든 행"
        return "all rows except the total" if self.sheet.has_total else "all rows"

    def sum_of(self, rows: Sequence[int]) -> str:
        """What named rows add up to."""
        names = self._names(rows)
        if self.language == "ko":
            listed = ", ".join(names[:-1])
            joined = f"{header_with_particle(listed, '과/와')} {names[-1]}"
            figures = header_with_particle(self._header, "을/를")
            return f"{self._source} {joined}의 {figures} 모두 더하면 얼마입니까?"
        joined = " and ".join(names) if len(names) == 2 else f"{', '.join(names[:-1])} and {names[-1]}"
        return f"According to {self._source}, what is the sum of the {self._header} figures for {joined}?"

    def sum_of_all(self) -> str:
        """What the column adds up to."""
        if self.language == "ko":
            figures = header_with_particle(self._header, "을/를")
            return f"{self._source} {self._all}의 {figures} 더하면 얼마입니까?"
        return f"In {self._source}, what do the {self._header} figures of {self._all} add up to?"

    def mean(self) -> str:
        """The arithmetic mean of the column."""
        if self.language == "ko":
            return f"{self._source} {self._all}의 {self._header} 평균은 얼마입니까?"
        return f"In {self._source}, what is the average of the {self._header} figures over {self._all}?"

    def difference(self, rows: Sequence[int]) -> str:
        """How far apart two named rows are."""
        one, two = self._names(rows)
        if self.language == "ko":
            both = f"{header_with_particle(one, '과/와')} {two}"
            return f"{self._source} {both}의 {self._header} 차이는 얼마입니까?"
        figures = f"the {self._header} figures for {one} and {two}"
        return f"According to {self._source}, what is the difference between {figures}?"

    def how_many(self, limit: str, *, is_above: bool) -> str:
        """How many rows lie beyond a limit."""
        if self.language == "ko":
            beyond = f"{header_with_particle(limit, '을/를')} 넘는" if is_above else f"{limit}보다 작은"
            rows = "행은 모두 몇 개입니까?" + (" (합계 행 제외)" if self.sheet.has_total else "")
            return f"{self._source} {header_with_particle(self._header, '이/가')} {beyond} {rows}"
        beyond = "above" if is_above else "below"
        but = ", not counting the total" if self.sheet.has_total else ""
        return f"In how many rows of {self._source} is the {self._header} figure {beyond} {limit}{but}?"
