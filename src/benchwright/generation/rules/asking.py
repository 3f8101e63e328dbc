"""Build a finished question from one sentence: its source named, its sentence cited, its options frozen."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from benchwright.generation.rules import wording_en, wording_ko
from benchwright.generation.rules.context import (
    ProseSentence,
    according_to,
    document_title,
    occurs_in,
    plain,
    quoted,
    softened,
    with_subject,
)
from benchwright.generation.rules.framing import build_question
from benchwright.generation.rules.once import once_per_document
from benchwright.generation.rules.placing_ko import place_inside
from benchwright.records import Document, Question
from benchwright.text.dates import DateMention, find_dates
from benchwright.text.numbers import Quantity, find_quantities

_THING = re.compile(r"\s?([^\W\d_]+)")
_NEAR = 400  # characters: about the passage a reader has before the eyes
_SMALL = 30
CLOZE_HEAD = {
    "number": ("Which number", "빈칸에 들어갈 수"),
    "quantity": ("Which figure", "빈칸에 들어갈 수치"),
    "year": ("Which year", "빈칸에 들어갈 연도"),
    "date": ("Which date", "빈칸에 들어갈 날짜"),
    "name": ("Which name", "빈칸에 들어갈 이름"),
    "term": ("Which term", "빈칸에 들어갈 말"),
}
"""What a fill-in-the-blank question asks for, in English and Korean."""


def thing_of(quantity: Quantity, text: str) -> str:
    """What a quantity counts: its unit, or the word behind a bare number."""
    following = _THING.match(text, quantity.end)  # no slice: the text of a book is long
    return quantity.unit or (following[1].casefold() if following else "")


@once_per_document
def things_of(document: Document) -> Counter[tuple[Decimal, str]]:
    """How often each number of each thing stands in `document`: what stands twice is given away by other questions."""
    return Counter((quantity.value, thing_of(quantity, document.text)) for quantity in _quantities(document))


@once_per_document
def _quantities(document: Document) -> list[Quantity]:
    return sorted(find_quantities(document.text), key=_begin)


def values_near(document: Document, sentence: ProseSentence, quantity: Quantity) -> set[Decimal]:
    """The numbers that no wrong option may be: all near the sentence, and those of the same unit anywhere."""
    found = _quantities(document)
    first = bisect_left(found, sentence.start - _NEAR, key=_begin)
    last = bisect_right(found, sentence.end + _NEAR, key=_begin)
    near = {other.value for other in found[first:last]}
    return near | _values_of_units(document)[quantity.unit] if quantity.unit and quantity.value >= _SMALL else near


def _begin(quantity: Quantity) -> int:
    return quantity.start


@once_per_document
def _values_of_units(document: Document) -> dict[str, set[Decimal]]:
    values: dict[str, set[Decimal]] = defaultdict(set)
    for quantity in _quantities(document):
        values[quantity.unit].add(quantity.value)
    return values


@once_per_document
def dates_of(document: Document) -> list[DateMention]:
    """The dates of the whole text of `document`."""
    return find_dates(document.text)


@once_per_document
def years_of(document: Document) -> Counter[int]:
    """How often each year stands in `document`."""
    return Counter(date.year for date in dates_of(document) if date.year is not None)


def _place(document: Document, sentence: ProseSentence) -> str:
    title = document_title(document)
    return place_inside(document, title, sentence.text, sentence.start, sentence.section) if title else ""


def natural(question: str, document: Document, sentence: ProseSentence) -> str:
    """Put the source before a natural question: `According to “Title”, how many …?`."""
    language = sentence.language
    source = according_to(document, language, _place(document, sentence) if language == "ko" else "")
    if not source:
        return question
    return source + (question if language == "ko" else question[0].lower() + question[1:])


def in_place(asked: str, text: str, document: Document) -> str:
    """Put the source before a sentence that asks in place, its first letter small where it is no name's."""
    source = according_to(document, "en")
    if not source:
        return asked
    soft = softened(text, document)
    if soft is None:
        return f"{source.removesuffix(', ')}: {asked}"
    return source + wording_en.lower_first(soft[0] + asked[1:])


def cloze(sentence: ProseSentence, document: Document, start: int, end: int, what: str) -> str:
    """Ask to fill in the blank for `start:end` of the sentence, naming the document."""
    english, korean = CLOZE_HEAD[what]
    title = document_title(document)
    if sentence.language == "ko":
        text = wording_ko.with_blank(sentence.text, start, end)
        pair = "은" if korean.endswith(("름", "말")) else "는"
        where = f"{quoted(title)}{_place(document, sentence)}"
        place = f"다음은 {where}의 한 문장입니다. " if title else ""
        return f"{place}{korean}{pair} 무엇입니까? “{text}”"
    text = wording_en.with_blank(sentence.text, start, end)
    place = f" from {quoted(title)}" if title else ""
    return f"{english} completes this sentence{place}? “{text}”"


def ask(
    document: Document,
    sentence: ProseSentence,
    *,
    kind: str,
    text: str,
    answer: str,
    choices: Sequence[str] = (),
    accepted: Sequence[str] = (),
    note: str = "",
) -> Question | None:
    """Return the question, cited to its sentence; `None` where title or question give the answer."""
    titles = [plain(document.title), *map(plain, sentence.section)]
    if any(form in text for form in (answer, *accepted)) or occurs_in(answer, text, *titles):
        return None
    return build_question(
        document,
        kind=kind,
        text=text,
        answer=answer,
        spans=[(sentence.start, sentence.end)],
        language=sentence.language,
        choices=choices,
        accepted=accepted,
        note=note,
    )


def subject_added(sentence: ProseSentence, document: Document) -> ProseSentence | None:
    """The sentence with its dropped Korean subject put in, read again; `None` if none is known."""
    text = with_subject(sentence, document)
    if text is None or text == sentence.text:
        return sentence if text else None
    return ProseSentence(
        sentence.start,
        sentence.end,
        text,
        sentence.language,
        sentence.section,
        sentence.opens_block,
        tuple(find_quantities(text)),
        tuple(find_dates(text)),
    )
