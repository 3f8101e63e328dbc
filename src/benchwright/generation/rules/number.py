"""Counts and quantities in running text: `How many people …?`, `매출 얼마를 …?`, or a blank, with options."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from benchwright.generation.rules import wording_en, wording_en_in_place, wording_ko
from benchwright.generation.rules.askable import is_askable
from benchwright.generation.rules.asking import (
    ask,
    cloze,
    in_place,
    natural,
    subject_added,
    thing_of,
    things_of,
    values_near,
)
from benchwright.generation.rules.clauses import article_at
from benchwright.generation.rules.context import ProseSentence, document_title, prose_sentences, softened
from benchwright.generation.rules.ladder import frozen_chance, number_ladder, period_ladder
from benchwright.generation.rules.once import once_per_document
from benchwright.generation.rules.verbs_en import lacks_main_verb
from benchwright.records import Document, Passage, Question
from benchwright.text.numbers import Quantity, find_quantities

_SMALLEST, _SMALLEST_OF_A_LAW = 4, 2
"""Smaller numbers are guessed."""

_MOST_NUMBERS = 4
"""Of a sentence with more of them nobody can tell which one is meant."""


def _numbers_beside_dates(sentence: ProseSentence) -> int:
    """How many numbers stand in the sentence; in Korean those of a date (2012년 2월 16일) are one date, not three."""
    if sentence.language != "ko":
        return len(sentence.quantities)
    return sum(
        not any(quantity.start < date.end and quantity.end > date.start for date in sentence.dates)
        for quantity in sentence.quantities
    )


def askable_quantities(sentence: ProseSentence, document: Document) -> list[Quantity]:
    """The numbers of a sentence that may be asked: said once in the document, no part of a range.

    A law sets the same period in many articles: there a number may recur, because the question names its article.
    """
    if not 1 <= _numbers_beside_dates(sentence) <= _MOST_NUMBERS:
        return []
    counts = things_of(document)
    may_recur = bool(article_at(document, sentence.start))

    # A written answer among few small numbers is no guess where the term or the period is what the article is for.
    smallest = _SMALLEST_OF_A_LAW if may_recur else _SMALLEST

    def is_repeated(quantity: Quantity) -> bool:
        if may_recur:
            return sum(other.value == quantity.value for other in sentence.quantities) > 1
        return counts[quantity.value, thing_of(quantity, sentence.text)] > 1

    titled = _title_quantities(document) if sentence.language == "ko" else ()
    return [
        quantity
        for quantity in sentence.quantities
        if is_askable(quantity, sentence, is_repeated=is_repeated(quantity), smallest=smallest, titled=titled)
    ]


@once_per_document
def _title_quantities(document: Document) -> tuple[Quantity, ...]:
    return tuple(find_quantities(document_title(document)))


@once_per_document
def askable_numbers(document: Document) -> list[tuple[ProseSentence, list[Quantity]]]:
    """The sentences with numbers that may be asked, their Korean subject put in, and those numbers."""
    found = (subject_added(sentence, document) for sentence in prose_sentences(document) if sentence.quantities)
    read = [(sentence, askable_quantities(sentence, document)) for sentence in found if sentence is not None]
    return [(sentence, quantities) for sentence, quantities in read if quantities]


def is_count(quantity: Quantity) -> bool:
    """True for people and things, false for shares, money and measures."""
    return quantity.kind == "count"


@dataclass(frozen=True)
class NumberQuestion:
    """How one number of one sentence is asked: the text, the answer as the options write it, the same without unit."""

    text: str
    answer: str
    bare: str
    suffix: str
    prefix: str = ""


def word_number(sentence: ProseSentence, document: Document, quantity: Quantity) -> NumberQuestion:
    """Word the question on `quantity`: natural where the sentence has a plain shape, else a blank."""
    text = sentence.text
    if sentence.language == "ko":
        asked = None
        if quantity.kind == "money":
            asked = wording_ko.how_much(text, quantity.start, quantity.end)
        elif quantity.unit:
            asked = wording_ko.how_many(text, quantity.number_start, quantity.number_end, quantity.end)
        span = (quantity.start, quantity.end)
    else:
        text = wording_en.trimmed(text, quantity.end)
        soft = softened(text, document)
        has_unit = bool(quantity.unit)
        span = (quantity.start, quantity.end) if has_unit else (quantity.number_start, quantity.number_end)
        asked = _asked_in_english(soft, quantity, *span) if soft else None
    answer = sentence.text[slice(*span)]
    shift = quantity.number_start - span[0]
    prefix, suffix = answer[:shift], answer[shift + len(quantity.number) :]
    if asked:
        return NumberQuestion(natural(asked, document, sentence), answer, quantity.number, suffix, prefix)
    is_cut = text != sentence.text and lacks_main_verb(text)  # the verb stood behind what was left out
    placed = _asked_in_place(text, quantity, *span) if sentence.language == "en" and not is_cut else None
    if placed:
        return NumberQuestion(in_place(placed, text, document), answer, quantity.number, suffix, prefix)
    what = "number" if is_count(quantity) else "quantity"
    return NumberQuestion(cloze(sentence, document, *span, what), answer, quantity.number, suffix, prefix)


def _asked_in_english(text: str, quantity: Quantity, start: int, end: int) -> str | None:
    if quantity.unit:
        return wording_en.ask_quantity(text, quantity, start, end)
    return wording_en.how_many(text, start, end)


def _asked_in_place(text: str, quantity: Quantity, start: int, end: int) -> str | None:
    if quantity.unit:
        return wording_en_in_place.quantity_in_place(text, quantity, start, end)
    return wording_en_in_place.count_in_place(text, start, end)


def _is_between(quantity: Quantity, sentence: ProseSentence) -> bool:
    """True where the sentence tells the highest or lowest of the same measure: options beyond it are no options."""
    same = sum(other.unit == quantity.unit for other in sentence.quantities)
    return same > 1 and re.search(r"가장|최고|최저|최대|최소|평균", sentence.text) is not None


_RECORD = re.compile(
    r"\b(?:(?:hott|cold|warm|high|low|tall|deep|long|short|large|bigg|small)est (?:\w+ )?(?:ever|on record|recorded)"
    r"|one of (?:its|the) (?:\w+est)|record(?:-breaking| high| low)|all-time)\b"
)


_USUAL = {
    "GB": (2, 4, 8, 16),
    "MB": (2, 4, 8, 16),
    "TB": (2, 4, 8, 16),
    "day": (7, 10, 14, 15, 30, 60, 90),
    "h": (24, 48, 72),
    "min": (10, 15, 20, 30, 45, 60, 90),
    "month": (3, 6, 12, 18, 24, 36),
}
"""Periods that everybody sets (a week, two, a month; a day, two, three), and sizes of a memory, powers of two."""


def _is_usual(quantity: Quantity) -> bool:
    return int(quantity.value) in _USUAL.get(quantity.unit, ())


def number_options(
    worded: NumberQuestion, quantity: Quantity, sentence: ProseSentence, document: Document
) -> tuple[str, ...]:
    """Four options with the key at a uniformly random rank; none where no fair ladder exists."""
    chance = frozen_chance("number", worded.text, worded.answer)
    if sentence.language == "ko" and (_is_between(quantity, sentence) or _is_usual(quantity)):
        return ()
    if sentence.language == "en" and _RECORD.search(sentence.text):
        return ()  # the hottest of four is picked
    high = Decimal(100) if quantity.kind == "percent" and quantity.value <= 100 else None
    taken = values_near(document, sentence, quantity)
    ladder = period_ladder(worded.bare, quantity.unit, taken=taken, chance=chance)
    if ladder is None:
        ladder = number_ladder(worded.bare, taken=taken, chance=chance, high=high)
    return tuple(f"{worded.prefix}{step}{worded.suffix}" for step in ladder) if ladder else ()


def _questions(document: Document, kind: str, *, counts: bool) -> Iterator[Question]:
    for sentence, quantities in askable_numbers(document):
        for quantity in quantities:
            if is_count(quantity) is not counts:
                continue
            worded = word_number(sentence, document, quantity)
            choices = number_options(worded, quantity, sentence, document)
            question = ask(document, sentence, kind=kind, text=worded.text, answer=worded.answer, choices=choices)
            if question is not None:
                yield question
                break


@dataclass(frozen=True)
class NumberRule:
    """Asks for a count of people or things: multiple choice on a ladder, short where no fair ladder exists."""

    kind: str = "number"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each sentence with a count."""
        return _questions(document, self.kind, counts=True)


@dataclass(frozen=True)
class QuantityRule:
    """Asks for a share, a sum of money or a measure: multiple choice on a ladder, short where no fair ladder exists."""

    kind: str = "quantity"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each sentence with a quantity."""
        return _questions(document, self.kind, counts=False)
