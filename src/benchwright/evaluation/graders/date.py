"""Grades answers that are a date, in whatever form: 12 March 2019, 2019-03-12, 3/12/2019, 2019년 3월 12일."""

import re
from dataclasses import dataclass

from benchwright.evaluation.graders.claims import answer_field, claimed, readable
from benchwright.evaluation.graders.normalise import unmarked
from benchwright.evaluation.graders.stances import Mention, settled
from benchwright.records import Question, Response, Score
from benchwright.text.dates import find_dates

Parts = tuple[int | None, int | None, int | None]
"""Year, month, day; `None` for what is not stated."""

_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?![\d/])")
_YEAR_MONTH = re.compile(r"(?<![\d.,/-])(1[0-9]{3}|20[0-9]{2})[-./](0?[1-9]|1[0-2])(?![\d/]|[.-]\d)")
_DIGITS_ALONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT_YEAR = re.compile(r"'(\d{2})\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)\.?")
_YEAR = re.compile(r"(?<![\d.,/$€£₩-])(1[0-9]{3}|20[0-9]{2}|21[0-4][0-9])(?:년도?)?(?![\d/]|[.,]\d|-\d|\s*%)")


_SHORT_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(?![\d/.-])")
_MONTH_SLASHED = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.](\d{4})(?![\d/.-])")
_SHORT_KOREAN = re.compile(r"(?<!\d)(\d{2})년\s?(\d{1,2})월\s?(\d{1,2})일")
_FIRST_TO_TWENTIETH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_TO_TWENTIETH = {word: day for day, word in enumerate(_FIRST_TO_TWENTIETH.split(), start=1)}
_DAY_WORDS = {
    **_TO_TWENTIETH,
    **{f"twenty-{word}": 20 + day for word, day in list(_TO_TWENTIETH.items())[:9]},
    "thirtieth": 30,
    "thirty-first": 31,
}
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_DAY_BEFORE = re.compile(rf"\b(?:the\s+)?({_DAYS})(?:\s+day)?(?:\s+of)?\s+(?=(?:{_MONTHS})\b)", re.I)
_DAY_AFTER = re.compile(rf"\b({_MONTHS})\s+(?:the\s+)?({_DAYS})\b", re.I)
_KO_MONTHS = {
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "유": 6, "육": 6, "칠": 7, "팔": 8, "구": 9, "시": 10, "십": 10,
    "십일": 11, "십이": 12,
}  # fmt: skip
_KO_SCALES = {"천": 1000, "백": 100, "십": 10}
_KO_YEAR = re.compile(r"(?<![가-힣])([이일]?천[일이삼사오육칠팔구십백]{0,6})\s?년")
SHORT_YEARS = 30
"""'29 is 2029, '31 is 1931."""
_ABBREVIATED_YEAR = re.compile(
    rf"\b((?:{_MONTHS}|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.?),?\s+'(\d{{2}})\b", re.I
)
_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_BELOW_HUNDRED = {word: number for number, word in enumerate(_BELOW_TWENTY.split())} | {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SMALL = "|".join(list(_BELOW_HUNDRED)[1:10])
_TEENS = "|".join(list(_BELOW_HUNDRED)[10:20])
_TENS = "|".join(list(_BELOW_HUNDRED)[20:])
_YEAR_WORDS = re.compile(
    rf"\b(?:(?:eighteen|nineteen|twenty)[\s-]+(?:{_TEENS}|(?:{_TENS})(?:[\s-]+(?:{_SMALL}))?|oh[\s-]+(?:{_SMALL}))"
    rf"|two\s+thousand(?:\s+(?:and\s+)?(?:{_TEENS}|(?:{_TENS})(?:[\s-](?:{_SMALL}))?|{_SMALL}))?)\b",
    re.I,
)
_KO_DAY = re.compile(
    r"(?<![가-힣])(십[일이]|[일이삼사오유육칠팔구시십])월\s?(?:(이십|삼십"
    r"|십)?([일이삼사오육칠팔구])?일(?![가-힣]{3}))?"
)


@dataclass(frozen=True)
class Date:
    """Full marks when the response states every part of the reference date; further parts do no harm."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "date"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response; not graded where the reference is no date or the response states several."""
        value, reason = mark_date(question, response.text)
        return Score(response_id=response.id, grader=self.name, value=value, reason=reason)


def whole_date(text: str) -> Parts | None:
    """Return the date that `text` is, and nothing else."""
    plain = unmarked(text).strip(" .")
    if year := re.fullmatch(r"(1[0-9]{3}|20[0-9]{2}|21[0-4][0-9])(?:년도?)?", plain):
        return int(year.group(1)), None, None
    if slashed := _SLASHED.fullmatch(plain):
        return _slashed(slashed)[0]
    found = find_dates(plain)
    if len(found) != 1:
        return None
    rest = (plain[: found[0].start] + plain[found[0].end :]).strip(" .,()")
    is_weekday = re.fullmatch(
        r"(?:on\s+)?(?:mon|tues?|wednes|thurs?|fri|satur|sun)day,?|[월화수목금토일]요?일?", rest, re.I
    )
    return (found[0].year, found[0].month, found[0].day) if not rest or is_weekday else None


def mark_date(question: Question, text: str) -> tuple[float | None, str]:
    """Return the mark and its reason."""
    text = readable(text)
    references = [parts for answer in (question.answer, *question.accepted) if (parts := whole_date(answer))]
    if not references:
        return None, "the reference is no date"
    plain = _in_digits(unmarked(answer_field(text)))
    if not plain:
        return 0.0, "empty answer"
    for part in dict.fromkeys((claimed(plain), plain)):
        stated = _stated(part, question.text)
        if stated:
            break
    else:
        return 0.0, "states no date"
    years = {year for _, year in [(0, int(found)) for found in _YEAR.findall(question.text)]}
    if len(years) == 1:
        # "On which day of 2024 …?" – "5 March": the year stands in the question.
        stated = [[(date[0] or next(iter(years)), *date[1:]) for date in readings] for readings in stated]
    right = [any(_fits(date, reference) for date in readings for reference in references) for readings in stated]
    if all(right):
        return 1.0, "states the reference date"
    if not any(right):
        if all(any(_is_part(date, reference) for date in readings for reference in references) for readings in stated):
            return None, "states only a part of the date"
        return 0.0, "states another date"
    # One date with every part beside a bare year is one answer with a remark; two such dates are two answers.
    full = [ok for ok, readings in zip(right, stated, strict=True) if _detail(readings[0]) == _detail(references[0])]
    if full and all(full) and _detail(references[0]) > 1:
        return 1.0, "states the reference date"
    return None, f"states {len(stated)} different dates"


def _in_digits(text: str) -> str:
    """Days and months in words as digits: `the seventh of June`, `시월 삼일`."""
    text = re.sub(r"\bsept\b", "Sep", text, flags=re.I)
    text = _ABBREVIATED_YEAR.sub(
        lambda match: f"{match[1]} {_century(int(match[2]))[int(match[2]) > SHORT_YEARS]}", text
    )
    text = _YEAR_WORDS.sub(_year_in_digits, text)
    text = _KO_YEAR.sub(lambda match: f"{_korean_year(match[1])}년", text)
    text = _DAY_BEFORE.sub(lambda match: f"{_DAY_WORDS[match[1].casefold()]} ", text)
    text = re.sub(rf"\b({_MONTHS})\s+of\s+(?=\d{{4}})", r"\1 ", text, flags=re.I)
    text = _DAY_AFTER.sub(lambda match: f"{match[1]} {_DAY_WORDS[match[2].casefold()]}", text)
    return _KO_DAY.sub(_korean_day, text)


def _korean_day(match: re.Match[str]) -> str:
    month = f"{_KO_MONTHS[match[1]]}월"
    if not (match[2] or match[3]):
        return month if match.group().endswith("월") else match.group()
    tens = {"이십": 20, "삼십": 30, "십": 10}.get(match[2] or "", 0)
    return f"{month} {tens + _KO_MONTHS.get(match[3] or '', 0)}일"


def _year_in_digits(match: re.Match[str]) -> str:
    """`nineteen eighty-seven` is 1987, `two thousand and four` 2004."""
    words = re.findall(r"[a-z]+", match.group().casefold())
    if "thousand" in words:
        return str(2000 + sum(_BELOW_HUNDRED.get(word, 0) for word in words[1:] if word not in ("thousand", "and")))
    return str(100 * _BELOW_HUNDRED[words[0]] + sum(_BELOW_HUNDRED.get(word, 0) for word in words[1:]))


def _korean_year(text: str) -> int:
    """이천십구 is 2019."""
    total, number = 0, 0
    for sign in text:
        if sign in _KO_SCALES:
            total, number = total + (number or 1) * _KO_SCALES[sign], 0
        else:
            number = "영일이삼사오육칠팔구".index(sign)
    return total + number


def _century(year: int) -> tuple[int, int]:
    return 2000 + year, 1900 + year


def _stated(text: str, question: str) -> list[list[Parts]]:
    """The dates of `text`, each with its readings (`03/12/2019` has two); those of the question yield to others."""
    found: list[tuple[int, int, list[Parts]]] = []
    for match in _SLASHED.finditer(text):
        found.append((match.start(), match.end(), _slashed(match)))
    for date in find_dates(text):
        if not any(start < date.end and date.start < end for start, end, _ in found):
            found.append((date.start, date.end, [(date.year, date.month, date.day)]))
    for match in _DIGITS_ALONE.finditer(text):
        year, month, day = (int(group) for group in match.groups())
        found.append((match.start(), match.end(), [(year, month, day)]))
    for match in _SHORT_YEAR.finditer(text):
        year, month, day = (int(group) for group in match.groups())
        found.append((match.start(), match.end(), [(2000 + year, month, day), (1900 + year, month, day)]))
    for match in _SHORT_KOREAN.finditer(text):
        year, month, day = (int(group) for group in match.groups())
        found.append((match.start(), match.end(), [(full, month, day) for full in _century(year)]))
    for match in _SHORT_SLASHED.finditer(text):
        first, second, year = (int(group) for group in match.groups())
        readings: list[Parts] = [(full, first, second) for full in _century(year) if first <= 12]
        readings += [(full, second, first) for full in _century(year) if second <= 12 and first != second]
        if readings:
            found.append((match.start(), match.end(), readings))
    for match in _YEAR_MONTH.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), [(int(match.group(1)), int(match.group(2)), None)]))
    for match in _YEAR.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), [(int(match.group(1)), None, None)]))
    for match in _MONTH_SLASHED.finditer(text):
        found.append((match.start(), match.end(), [(int(match.group(2)), int(match.group(1)), None)]))
    found = _settled(text, found, question)
    dates = [readings for _, _, readings in sorted(found, key=lambda each: each[0])]
    asked = {(d.year, d.month, d.day) for d in find_dates(question)}
    asked |= {(int(year), None, None) for year in _YEAR.findall(question)}
    fresh = [readings for readings in dates if readings[0] not in asked]
    unique = {tuple(readings): readings for readings in (fresh or dates)}
    return list(unique.values())


def _slashed(match: re.Match[str]) -> list[Parts]:
    first, second, year = (int(group) for group in match.groups())
    readings: list[Parts] = []
    if first <= 12:
        readings.append((year, first, second))
    if second <= 12 and (second, first) != (first, second):
        readings.append((year, second, first))
    return readings or [(year, None, None)]


def _settled(text: str, found: list[tuple[int, int, list[Parts]]], question: str) -> list[tuple[int, int, list[Parts]]]:
    """The dates that `text` may settle on: one, or those it neither denies nor tells apart."""
    keys = list(dict.fromkeys(tuple(readings) for _, _, readings in found))
    mentions = [Mention(keys.index(tuple(readings)), start, end) for start, end, readings in found]
    settling = settled(text, mentions, question, least_restated=1)
    if settling.mention is not None:
        return [each for each in found if keys.index(tuple(each[2])) == settling.mention.key]
    return [each for each in found if keys.index(tuple(each[2])) not in settling.denied]


def _fits(stated: Parts, reference: Parts) -> bool:
    return all(want is None or have == want for have, want in zip(stated, reference, strict=True))


def _is_part(stated: Parts, reference: Parts) -> bool:
    """Whether nothing in `stated` contradicts the reference, of which something is missing."""
    return all(have is None or have == want for have, want in zip(stated, reference, strict=True)) and any(stated)


def _detail(parts: Parts) -> int:
    return sum(part is not None for part in parts)
