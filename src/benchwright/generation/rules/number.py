"""Counts and quantities in running text: `How many people …?`, `매출 얼마를 …?`, or a blank, with options."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np

from benchwright.generation.rules import wording_en, wording_en_in_place, wording_ko
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

_KNOWN_PERIODS = frozenset(
    (Decimal(value), unit) for value, unit in ((40, "h"), (24, "h"), (8, "h"), (7, "day"), (12, "month"))
)
_EACH = re.compile(r"\s(?:per|an?|each|every) (?:week|day|year)\b")
_SMALLEST, _SMALLEST_OF_A_LAW = 4, 2
_MOST_NUMBERS = 4
_CLOSE = Decimal("0.02")
_SMALLEST_AGE = 13
_LAST_DAY = 31
"""No day of a month is later: 90일까지 is a period."""
_MOST_COUNTED = 12
_HYPOTHETICAL = re.compile(r"\b[Ii]f\b.*\b(?:would|might|could)\b|\b(?:would|might|could)\b.*\bif\b")
# What a number stands beside when it is a name, a version, a rank or a part of a range.
_NAME_BEFORE = re.compile(
    r"(?:[A-Z][\w&'’-]*|[Nn]o\.|[Nn]umber|[Vv]ersion|[Pp]ages?|[Cc]hapter|[Ss]ection|[Ll]ine|[Rr]oute|"
    r"[Ll]evel|[Ss]tep|[Ii]tem|[Tt]ype|[Cc]lass|[Gg]rade|[Pp]ort|[Pp]hase|#|§)\s\Z"
)
_FUNCTION_BEFORE = re.compile(
    r"(?:^|[\s(])(?:In|On|At|By|From|With|To|Of|For|Over|About|Around|Some|Nearly|Almost|Approximately|"
    r"Roughly|Only|Up to|More than|Less than|Fewer than|At least|Under|Between|All|The|And|A|"
    r"USD|EUR|GBP|CAD|AUD|KRW|JPY|CHF|Rs)\.?\s\Z"
)
_RANGE_BEFORE = re.compile(
    r"\b(?:between|from) [^,.;]{1,30} (?:and|to) (?:[A-Z]{3} ?)?\Z|\d\s?[가-힣%A-Za-z]{1,6}(?:부터|에서)\s?\Z|"
    r"(?:\bbetween|\d,?\s?(?:%|percent)?\s?(?:-|–|—|~|∼|to|and|or|부터|에서|내지)\s?[$€£]?|[/×x*])\s?\Z"
)
_RANGE_AFTER = re.compile(
    r"\s?(?:-|–|—|~|∼|/|×)\s?[$€£]?\d|\s?(?:to|and|or) (?:[$€£]?\d|an? (?:hour|day|week|month|year|half)\b)|"
    r"(?:여|부터|에서|내지)\s?(?:약 )?\d|-|\s?x\s?\d|\sx\s"
)
_NOT_A_COUNT = re.compile(
    r"\s?(?:st|nd|rd|th|s|class|series)\b|\s?[A-Z]|[:/]|\s?(?:a\.m|p\.m|am|pm|AM|PM|o['’]clock|BC|AD|B\.C|A\.D)\b"
)
_KO_RANK_UNITS = frozenset({"차", "호", "등", "번", "도", "위", "층", "년", "세"})
_KO_BEHIND_UNIT = re.compile(
    r"[\s,.)·]|은|는|이(?![가-힣])|이(?:다|며|고|었|라|나|자|란|지|므)|가|을|를|의|에|도|로|으로|와|과|만|까지|부터|마다|씩|당|보다|다\b|인|였|며|고|나|"
    r"미만|초과|간|쯤|정도|가량|짜리|뿐|안에|내에|입"
)
_KO_AFTER = re.compile(
    r"\s?(?:대(?![를가,로의 ]|와)|세기|번째|학년|학기|주년|층|호선|시(?!간)|월"
    r"|일(?!간|\s?(?:이내|이상|이하|미만|전|동안|내에|안에|범위)|이\s?(?:경과|지[난나])|을\s?(?:경과|초과|넘)|입니다|이다|이며)"
    r"|조\b|항|차례|번길|단계|급"
    r"|등급|순위)"
)


def _is_askable(
    quantity: Quantity, sentence: ProseSentence, *, is_repeated: bool, smallest: int, titled: Sequence[Quantity] = ()
) -> bool:
    text = sentence.text
    before, after = text[: quantity.start], text[quantity.end :]
    # `2.7%` is no guess, small as it is; `2%` is.
    is_guessed = quantity.value < smallest and not (quantity.unit and "." in quantity.number)
    if is_guessed or is_repeated:
        return False
    if any(quantity.start < date.end and quantity.end > date.start for date in sentence.dates):
        return False
    if re.search(r"\b(?:additional|extra|further|other) \Z|\d\s?[−-]\Z", before) or _HYPOTHETICAL.search(text):
        return False  # what they are added to was said before; an exponent; nothing that is so
    if before.rstrip().endswith(("'", "’", "®", "™")):
        return False
    if _RANGE_BEFORE.search(before) or _RANGE_AFTER.match(after) or _NOT_A_COUNT.match(after):
        return False
    if (quantity.value, quantity.unit) in _KNOWN_PERIODS and _EACH.match(after):
        return False
    is_year = (
        not quantity.unit
        and 1000 <= quantity.value <= 2150
        and "," not in quantity.number
        and len(quantity.number) == 4
    )
    if is_year or (quantity.number.startswith("0") and not quantity.number.startswith("0.")):
        return False
    if re.match(r"[·∙⋅][A-Za-z]", after):
        return False  # `76.5㎏·m`: the unit goes on
    if _is_told_otherwise(quantity, sentence, titled) or _is_counted_out(quantity, after):
        return False
    if is_quoted(before):
        return False  # inside the words of somebody, or the name of a law or a work
    if sentence.language == "ko":
        if quantity.unit == "year" and 1000 <= quantity.value <= 2150:
            return False
        if quantity.unit == "min" and re.search(r"\d시\s?\Z", before):
            return False
        if re.search(r"\d\s?[조억만천]\s?\Z", before):
            return False  # `1만 3000여 점` is one number
        if not before.strip() and after.startswith("의") and not re.search(r"[은는]\s", after):
            return False  # what it tells of was said before
        if before.count("(") > before.count(")"):
            return False  # an aside, or a gloss of the word before it
        if re.match(r"\s?시\s?[·ㆍ,]\s?도", after):
            return False  # how many provinces there are is known
        if quantity.text.endswith("도") and not _DEGREES.search(before):
            return False  # `RFC 9110도`: also
        if _is_part_of_a_time(quantity, before, after) or _is_reckoned_from_now(quantity, before, after):
            return False
        if _is_listed(quantity, before, after):
            return False
        if quantity.unit == "%" and quantity.value in (0, 100):
            return False  # 100% 신뢰: a figure of speech as often as a figure
        if (quantity.unit == "대" and _is_age_or_rank(quantity, after)) or _is_spelt(quantity, text):
            return False
        if after.startswith((" 만점", "만점")) or not _KO_BEHIND_UNIT.match(after):
            return False
        is_period = quantity.unit == "day" and quantity.value > _LAST_DAY
        is_other = not is_period and _KO_AFTER.match(text[quantity.number_end :]) is not None
        return bool(quantity.unit) and not is_other and not _is_rank(quantity, before)
    if (
        not quantity.unit
        and ("." in quantity.number or re.search(r"\d{5}", quantity.number))
        and " " not in quantity.number
    ):
        return False  # a version, a patch, a score: no count of things
    named = _NAME_BEFORE.search(before) and not _FUNCTION_BEFORE.search(before)
    if named and quantity.kind != "money":
        return False
    return bool(quantity.unit) or bool(re.match(r"\s[a-z]{3,}", after))


def _is_told_otherwise(quantity: Quantity, sentence: ProseSentence, titled: Sequence[Quantity] = ()) -> bool:
    """True where other numbers give this one: a sum, a difference, a product, the rest of 100 %.

    They stand in the sentence, or in the title that the question names (`titled`).
    """
    before, after = sentence.text[: quantity.start], sentence.text[quantity.end :]
    if re.match(r"\s?\([^)]*\d", after) or re.search(r"\d[^().]{0,25}\([^)\d]*\Z", before):
        return True  # the same in another unit
    if _RESTATED.match(after):
        return True  # `4.6 hours per pay period (equivalent to 15 days per year)`
    others = [other.value for other in sentence.quantities if other is not quantity and other.value]
    if quantity.kind == "percent" and _is_share_of(quantity, sentence.text):
        return True
    if any(abs(told.value - other) == quantity.value for told in titled for other in others):
        return True
    times = [other.value for other in sentence.quantities if other is not quantity and other.unit == "times"]
    if any(abs(many * other - quantity.value) <= quantity.value * _CLOSE for many in times for other in others):
        return True  # `401.6㎢로 2.9㎢인 여의도의 138배`
    if quantity.unit == "year" and re.match(r"\s?만에", after) and sentence.dates:
        return True  # `2006년 11월 착공해 10여년 만에`, in news of 2015
    if quantity.unit == "year" and sum(date.year is not None for date in sentence.dates) > 1:
        return True
    if quantity.kind == "percent" and any(quantity.value + other == 100 for other in others):
        return True
    sums = [sum(some, Decimal(0)) for size in (2, 3) for some in combinations(others, size)]
    pairs = [value for a, b in combinations(others, 2) for value in (abs(a - b), a * b, max(a, b) / min(a, b))]
    rests = [max(some) * 2 - sum(some, Decimal(0)) for some in combinations(others, 3)]
    return quantity.value in sums or quantity.value in pairs or quantity.value in rests


_RESTATED = re.compile(r"[^.;()]{0,30}\((?:equivalent|equal|i\.e\.|that is|about|approximately|roughly)\b[^)]*\d")
_FRACTION = re.compile(r"(?<![\d/,])(\d[\d,]*)\s?(?:/|of|out of)\s?(\d[\d,]*)(?![\d/])")


def _is_share_of(quantity: Quantity, text: str) -> bool:
    """`58.3% of the stocks (134/230)`: who divides need not read."""
    half = Decimal(5).scaleb(-1 - len(quantity.number.partition(".")[2]))
    fractions = [[Decimal(part.replace(",", "")) for part in found] for found in _FRACTION.findall(text)]
    return any(whole and abs(part * 100 / whole - quantity.value) <= half for part, whole in fractions)


# `1시간 31분`, `2년 6개월` are one length of time.
def _is_part_of_a_time(quantity: Quantity, before: str, after: str) -> bool:
    if quantity.unit not in _TIMES:
        return False
    return bool(_TIME_BEFORE.search(before) or _TIME_AFTER.match(after))


_DEGREES = re.compile(r"온도|기온|수온|체온|영하|영상|섭씨|각도|경사|위도|경도|북위|남위|동경|서경|기울|회전")
_TIMES = ("year", "month", "week", "day", "h", "min", "s")
_TIME_BEFORE = re.compile(r"(?<!\d)\d{1,3}\s?(?:년|개월|주|일|시간|분)\s?\Z")
_TIME_AFTER = re.compile(r"\s?\d{1,2}\s?(?:개월|주|일|시간|분|초)(?![가-힣]{2,}보)")
_SINCE_THEN = re.compile(r"이\s(?:넘|지났|지난|흘렀|됐|되었|다 되)|\s?(?:넘게|째|여째|가까이)(?=[\s,.])")


def _is_reckoned_from_now(quantity: Quantity, before: str, after: str) -> bool:
    """`역사가 40년이 넘었다`: true on the day it was written."""
    is_since = _SINCE_THEN.match(after) is not None or re.search(r"[가-힣]\s지\s?\Z", before) is not None
    return quantity.unit in ("year", "month") and is_since


def _is_listed(quantity: Quantity, before: str, after: str) -> bool:
    """`제천, 충주, 단양, 문경 등 4개 시·군`: who counts the names need not read, be they before it or in brackets."""
    if quantity.value > _MOST_COUNTED or quantity.kind != "count":
        return False
    if re.match(r"\s?[가-힣]*\s중\s[^,.]{1,20}[을를]\s(?:제외|뺀)", after):
        return True  # `5개 나라 중 일본을 제외한 4개`
    listed = re.split(r"[가-힣][은는]\s|\.\s", before)[-1]
    inside = re.match(r"\s?[가-힣·\s]{0,12}\(([^)]*)\)", after)
    told = [len(re.findall(r"[,·]", listed)) + 1 if re.search(r"[,·]", listed) else 0]
    told += [len(re.findall(r"[,·]", inside[1])) + 1] if inside else []
    return int(quantity.value) in told


# `20대`, `3대 성장 산업` are no vehicles; `소방차 31대가` are.
def _is_age_or_rank(quantity: Quantity, after: str) -> bool:
    is_round = quantity.value < 100 and quantity.value % 10 == 0
    return is_round or (quantity.value < 13 and after.startswith(" "))


_SINO = " 일이삼사오육칠팔구"


def _is_spelt(quantity: Quantity, text: str) -> bool:
    """True where the sentence says the number in words too: 십삼도 has thirteen provinces."""
    if not 10 < quantity.value < 100 or quantity.value != int(quantity.value):
        return False
    tens, ones = divmod(int(quantity.value), 10)
    return f"{_SINO[tens].strip() if tens > 1 else ''}십{_SINO[ones].strip()}" in text


# `4 coordinates, top, bottom, left, right`: who counts the parts need not read.
def _is_counted_out(quantity: Quantity, after: str) -> bool:
    if quantity.value > _MOST_COUNTED or quantity.kind != "count":
        return False
    return len(re.findall(r",| and | or ", after)) >= quantity.value - 1


def is_quoted(before: str) -> bool:
    """True inside the words of somebody, or the quoted name of a law, a work or a notice."""
    return before.count('"') % 2 == 1 or any(
        before.count(opening) > before.count(closing) for opening, closing in ("‘’", "“”", "「」", "『』", "《》")
    )


def _is_rank(quantity: Quantity, before: str) -> bool:
    if quantity.unit == "세" and quantity.value >= _SMALLEST_AGE:
        return False  # 19세 is an age, 2세 a king
    return quantity.unit in _KO_RANK_UNITS or before.rstrip().endswith("제") or before.endswith(("No.", "표 ", "그림 "))


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
        if _is_askable(quantity, sentence, is_repeated=is_repeated(quantity), smallest=smallest, titled=titled)
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
# Periods that everybody sets: a week, two, a month; a day, two, three.
# Sizes of a memory are powers of two.
_USUAL = {
    "GB": (2, 4, 8, 16),
    "MB": (2, 4, 8, 16),
    "TB": (2, 4, 8, 16),
    "day": (7, 10, 14, 15, 30, 60, 90),
    "h": (24, 48, 72),
    "min": (10, 15, 20, 30, 45, 60, 90),
    "month": (3, 6, 12, 18, 24, 36),
}


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
