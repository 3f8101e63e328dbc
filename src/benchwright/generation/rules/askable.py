"""Which numbers of a sentence are worth asking: counts and measures that nothing else in it gives away."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from benchwright.generation.rules.context import ProseSentence
from benchwright.text.numbers import Quantity

_KNOWN_PERIODS = frozenset(
    (Decimal(value), unit) for value, unit in ((40, "h"), (24, "h"), (8, "h"), (7, "day"), (12, "month"))
)
"""Hours of a week or a day, days of a week, months of a year: known where `per week` and the like follow."""

_EACH = re.compile(r"\s(?:per|an?|each|every) (?:week|day|year)\b")
_CLOSE = Decimal("0.02")
"""Two numbers that differ by this share are the same, rounded."""

_SMALLEST_AGE = 13
"""`19세` is an age, `2세` a king."""

_LAST_DAY = 31
"""No day of a month is later: 90일까지 is a period."""
_MOST_COUNTED = 12
"""Of a longer list nobody counts the names."""

# What it is added to was said before; an exponent.
_ADDED_BEFORE = re.compile(r"\b(?:additional|extra|further|other) \Z|\d\s?[−-]\Z")
# Nothing that is so.
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


def is_askable(
    quantity: Quantity, sentence: ProseSentence, *, is_repeated: bool, smallest: int, titled: Sequence[Quantity] = ()
) -> bool:
    """Whether a number counts or measures something that only who reads the sentence knows.

    Args:
        quantity: The number.
        sentence: Where it stands.
        is_repeated: Whether the document says it elsewhere too.
        smallest: Whole numbers below this are guessed.
        titled: Numbers in the title that the question will name.
    """
    before, after = sentence.text[: quantity.start], sentence.text[quantity.end :]
    # `2.7%` is no guess, small as it is; `2%` is.
    is_guessed = quantity.value < smallest and not (quantity.unit and "." in quantity.number)
    if is_guessed or is_repeated or _is_of_a_date(quantity, sentence):
        return False
    if _HYPOTHETICAL.search(sentence.text) or _is_name_or_range(quantity, before, after):
        return False
    if (quantity.value, quantity.unit) in _KNOWN_PERIODS and _EACH.match(after):
        return False
    if _is_told_otherwise(quantity, sentence, titled) or _is_counted_out(quantity, after) or is_quoted(before):
        return False
    if sentence.language == "ko":
        return _is_askable_in_korean(quantity, sentence.text, before, after)
    return _is_askable_in_english(quantity, before, after)


def _is_of_a_date(quantity: Quantity, sentence: ProseSentence) -> bool:
    if any(quantity.start < date.end and quantity.end > date.start for date in sentence.dates):
        return True
    has_form_of_a_year = not quantity.unit and "," not in quantity.number and len(quantity.number) == 4
    return has_form_of_a_year and 1000 <= quantity.value <= 2150


def _is_name_or_range(quantity: Quantity, before: str, after: str) -> bool:
    """Whether the signs around a number make it a code, an exponent, an end of a range or a part of a sum."""
    if _ADDED_BEFORE.search(before) or before.rstrip().endswith(("'", "’", "®", "™")):
        return True
    if quantity.number.startswith("0") and not quantity.number.startswith("0."):
        return True
    if re.match(r"[·∙⋅][A-Za-z]", after):
        return True  # `76.5㎏·m`: the unit goes on
    return bool(_RANGE_BEFORE.search(before) or _RANGE_AFTER.match(after) or _NOT_A_COUNT.match(after))


def _is_askable_in_english(quantity: Quantity, before: str, after: str) -> bool:
    is_long = "." in quantity.number or re.search(r"\d{5}", quantity.number)
    if not quantity.unit and is_long and " " not in quantity.number:
        return False  # a version, a patch, a score: no count of things
    named = _NAME_BEFORE.search(before) and not _FUNCTION_BEFORE.search(before)
    if named and quantity.kind != "money":
        return False
    return bool(quantity.unit) or bool(re.match(r"\s[a-z]{3,}", after))


def _is_askable_in_korean(quantity: Quantity, text: str, before: str, after: str) -> bool:
    if _is_time_in_korean(quantity, before, after) or _is_known_in_korean(quantity, text, before, after):
        return False
    if re.search(r"\d\s?[조억만천]\s?\Z", before):
        return False  # `1만 3000여 점` is one number
    if not before.strip() and after.startswith("의") and not re.search(r"[은는]\s", after):
        return False  # what it tells of was said before
    if before.count("(") > before.count(")"):
        return False  # an aside, or a gloss of the word before it
    if quantity.text.endswith("도") and not _DEGREES.search(before):
        return False  # `RFC 9110도`: also
    if quantity.unit == "대" and _is_age_or_rank(quantity, after):
        return False
    if after.startswith((" 만점", "만점")) or not _KO_BEHIND_UNIT.match(after):
        return False
    is_period = quantity.unit == "day" and quantity.value > _LAST_DAY
    is_other = not is_period and _KO_AFTER.match(text[quantity.number_end :]) is not None
    return bool(quantity.unit) and not is_other and not _is_rank(quantity, before)


def _is_time_in_korean(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a number is a year, or belongs to a time of day or a length of time that goes on around it."""
    if quantity.unit == "year" and 1000 <= quantity.value <= 2150:
        return True
    if quantity.unit == "min" and re.search(r"\d시\s?\Z", before):
        return True
    return _is_part_of_a_time(quantity, before, after) or _is_reckoned_from_now(quantity, before, after)


def _is_known_in_korean(quantity: Quantity, text: str, before: str, after: str) -> bool:
    """Whether everybody knows a number, or the sentence says it twice."""
    if re.match(r"\s?시\s?[·ㆍ,]\s?도", after):
        return True  # how many provinces there are
    if quantity.unit == "%" and quantity.value in (0, 100):
        return True  # 100% 신뢰: a figure of speech as often as a figure
    return _is_listed(quantity, before, after) or _is_spelt(quantity, text)


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


def _is_part_of_a_time(quantity: Quantity, before: str, after: str) -> bool:
    """`1시간 31분`, `2년 6개월` are one length of time."""
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


def _is_age_or_rank(quantity: Quantity, after: str) -> bool:
    """`20대`, `3대 성장 산업` are no vehicles; `소방차 31대가` are."""
    is_round = quantity.value < 100 and quantity.value % 10 == 0
    return is_round or (quantity.value < 13 and after.startswith(" "))


_SINO = " 일이삼사오육칠팔구"


def _is_spelt(quantity: Quantity, text: str) -> bool:
    """True where the sentence says the number in words too: 십삼도 has thirteen provinces."""
    if not 10 < quantity.value < 100 or quantity.value != int(quantity.value):
        return False
    tens, ones = divmod(int(quantity.value), 10)
    return f"{_SINO[tens].strip() if tens > 1 else ''}십{_SINO[ones].strip()}" in text


def _is_counted_out(quantity: Quantity, after: str) -> bool:
    """`4 coordinates, top, bottom, left, right`: who counts the parts need not read."""
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
        return False
    return quantity.unit in _KO_RANK_UNITS or before.rstrip().endswith("제") or before.endswith(("No.", "표 ", "그림 "))
