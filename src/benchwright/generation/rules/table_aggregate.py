"""Questions whose answer is worked out from several cells: sums, differences, counts over a limit, means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import cast

import numpy as np

from benchwright.generation.rules.aggregate_wording import AggregateWording
from benchwright.generation.rules.amounts import number_forms, write_amount
from benchwright.generation.rules.entry import Entry
from benchwright.generation.rules.framing import Place, build_question, table_place, wording_language
from benchwright.generation.rules.ladder import frozen_chance, in_frozen_order
from benchwright.generation.rules.options import family
from benchwright.generation.rules.read_sheet import read_sheet
from benchwright.generation.rules.sheet import Column, Sheet
from benchwright.records import Document, Passage, Question

Rows = tuple[int, ...]


@dataclass(frozen=True)
class TableAggregate:
    """True multi-step questions: the answer stands nowhere, and this program has computed it from the cited cells.

    Sums and differences are multiple choice where the same operation on other rows gives three other amounts. Totals
    are never among the rows. Percentages, prices, temperatures and the like are not summed; mixed units, ranges,
    footnotes, blanks, nested rows and repeated labels make the rule hold back.
    """

    fewest_rows: int = 4
    most_rows: int = 16
    """Longer columns are not added up as a whole."""
    most_a_table: int = 6
    """Questions offered on one table, from columns drawn at random."""

    @property
    def kind(self) -> str:
        """`table_aggregate`."""
        return "table_aggregate"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question of each sensible operation on each column of amounts."""
        for table in document.tables:
            sheet = read_sheet(document, table)
            place = table_place(document, table)
            language = wording_language(document, document.text[table.start : table.end])
            if sheet is None or place is None or language is None or len(sheet.labels) < self.fewest_rows:
                continue
            yield from islice(self._on_table(document, sheet, place, language), self.most_a_table)

    def _on_table(self, document: Document, sheet: Sheet, place: Place, language: str) -> Iterator[Question]:
        for column in in_frozen_order(sheet.columns, document.id, self.kind, str(sheet.table.start)):
            unit = sheet.unit_for(column)
            if unit is None or not sheet.is_comparable(column):
                continue
            wording = AggregateWording(sheet, place, column, unit, language)
            frozen = frozen_chance(document.id, self.kind, str(sheet.table.start), column.header.text)
            worker = _Worker(document, sheet, column, wording, language, frozen)
            is_additive = sheet.is_additive(column)
            if is_additive:
                yield from worker.sum_of_some()
            if "%" not in column.header.text + column.amounts[0].unit + unit and not column.amounts[0].has_sign:
                yield from worker.difference_of_two()
            yield from self._over_all_rows(worker, is_additive=is_additive)

    def _over_all_rows(self, worker: "_Worker", *, is_additive: bool) -> Iterator[Question]:
        """One question that takes every row: two of them could not stand in one benchmark."""
        rows = len(worker.sheet.labels)
        ways = [worker.how_many_beyond] if rows <= 2 * self.most_rows else []
        ways += [worker.mean_or_sum_of_all] if is_additive and rows <= self.most_rows else []
        for ask in in_frozen_order(ways, worker.document.id, worker.column.header.text):
            asked = list(ask())
            if asked:
                yield from asked
                return


@dataclass(frozen=True)
class _Worker:
    document: Document
    sheet: Sheet
    column: Column
    wording: AggregateWording
    language: str
    chance: np.random.Generator

    @property
    def _values(self) -> tuple[Decimal, ...]:
        return self.column.values

    def _written(self, value: Decimal, *, decimals: int | None = None) -> str:
        column = self.column
        places = column.decimals if decimals is None else decimals
        return write_amount(value, column.amounts[0], decimals=places, is_grouped=column.is_grouped)

    def _draw(self, size: int) -> Rows:
        return tuple(sorted(int(i) for i in self.chance.permutation(len(self._values))[:size]))

    def sum_of_some(self) -> Iterator[Question]:
        """The sum over two or three named rows; the options are sums over as many other rows."""
        size = 2 if len(self._values) < 6 or bool(self.chance.integers(2)) else 3

        def show(rows: Rows) -> str:
            return self._written(sum((self._values[i] for i in rows), Decimal(0)))

        drawn = family(lambda: self._draw(size), show)
        if len(drawn) == 4:
            rows, answer = drawn[int(self.chance.integers(4))]
            if answer not in {entry.text for entry in self.column.entries}:
                yield from self._build(
                    self.wording.sum_of(rows), answer, rows, choices=[text for _, text in drawn], note="sum"
                )

    def difference_of_two(self) -> Iterator[Question]:
        """The difference between two named rows; the options are differences of other pairs."""

        def show(rows: Rows) -> str:
            return self._written(abs(self._values[rows[0]] - self._values[rows[1]]))

        pairs = [rows for rows, _ in family(lambda: self._draw(2), show, size=6, attempts=16)]
        shown = [(rows, show(rows)) for rows in pairs if self._values[rows[0]] != self._values[rows[1]]][:4]
        if len(shown) == 4:
            rows, answer = shown[int(self.chance.integers(4))]
            yield from self._build(
                self.wording.difference(rows), answer, rows, choices=[text for _, text in shown], note="difference"
            )

    def mean_or_sum_of_all(self) -> Iterator[Question]:
        """The mean of all rows where it comes out exactly, else their sum; neither where a total row gives it away."""
        values = self._values
        if self.sheet.has_total or self.sheet.others:
            return
        rows = tuple(range(len(values)))
        total = sum(values, Decimal(0))
        decimals = self.column.decimals
        mean = total / len(values)
        rounded = round(mean, decimals + 1)
        if rounded == mean and bool(self.chance.integers(2)):
            places = decimals if round(mean, decimals) == mean else decimals + 1
            yield from self._build(self.wording.mean(), self._written(mean, decimals=places), rows, note="mean")
        else:
            yield from self._build(self.wording.sum_of_all(), self._written(total), rows, note="sum of all rows")

    def how_many_beyond(self) -> Iterator[Question]:
        """How many rows lie above (or below) a round limit that no row meets exactly."""
        values = sorted(self._values)
        if len(values) < 5 or len(set(values)) < 4:
            return
        rank = int(self.chance.integers(2, len(values) - 1))
        places = self.column.decimals
        limit = _round_between(values[rank - 1], values[rank], places)
        if limit is None:
            return
        is_above = bool(self.chance.integers(2))
        count = sum(value > limit if is_above else value < limit for value in self._values)
        decimals = max(0, -cast(int, limit.as_tuple().exponent))
        shown = self._written(limit, decimals=decimals)
        rows = tuple(range(len(values)))
        text = self.wording.how_many(shown, is_above=is_above)
        yield from self._build(
            text, str(count), rows, note=f"count {'above' if is_above else 'below'} {shown}", is_count=True
        )

    def _build(
        self,
        text: str,
        answer: str,
        rows: Rows,
        *,
        note: str,
        choices: Sequence[str] = (),
        is_count: bool = False,
    ) -> Iterator[Question]:
        if answer in text and re.search(rf"(?<![\d.,]){re.escape(answer)}(?![\d.,])", text):
            return
        cited: list[Entry] = [entry for i in rows for entry in (self.column.entries[i], self.sheet.labels[i])]
        yield build_question(
            self.document,
            kind="table_aggregate",
            text=text,
            answer=answer,
            accepted=() if choices or is_count else number_forms(answer),
            choices=choices,
            spans=[(entry.start, entry.end) for entry in [*cited, self.column.header]],
            language=self.language,
            note=f"computed: {note}",
        )


def _round_between(low: Decimal, high: Decimal, decimals: int) -> Decimal | None:
    """The roundest number strictly between `low` and `high` with at most `decimals` decimals, if there is one."""
    for exponent in range(9, -1 - decimals, -1):
        for step in (Decimal(5), Decimal(1)):
            unit = step * Decimal(10) ** exponent
            candidate = (low / unit).to_integral_value(rounding="ROUND_FLOOR") * unit + unit
            if low < candidate < high:
                return Decimal(int(candidate)) if candidate == int(candidate) else candidate.normalize()
    return None
