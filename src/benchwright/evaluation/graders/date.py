"""Grades answers that are a date, in whatever form: 12 March 2019, 2019-03-12, 3/12/2019, 2019년 3월 12일."""

import re
from dataclasses import dataclass

from benchwright.evaluation.graders.claims import answer_field, claimed, readable
from benchwright.evaluation.graders.date_words import MONTHS, century, in_digits, month_number
from benchwright.evaluation.graders.normalise import unmarked
from benchwright.evaluation.graders.rewriting import roman_number
from benchwright.evaluation.graders.settling import settled
from benchwright.evaluation.graders.stances import Mention
from benchwright.records import Question, Response, Score
from benchwright.text.dates import find_dates

_RELATIVE = re.compile(
    r"\b(?:last|next|this)\s+(?:year|month|week)|\b(?:years?|months?|weeks?|days?)\s+(?:later|ago|after)"
    r"|작년|재작년|내년|올해|지난해|지난달|다음\s?달|(?:년|개월|달|주|일)\s?(?:뒤|후|전)|(?:뒤|후|전)\s?\d+\s?(?:년|개월|달|주|일)",
    re.IGNORECASE,
)
Parts = tuple[int | None, int | None, int | None]
"""Year, month, day; `None` for what is not stated."""

_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])")
_YEAR_MONTH = re.compile(r"(?<![\d.,/-])(1[0-9]{3}|20[0-9]{2})[-./](0?[1-9]|1[0-2])(?![\d/]|[.-]\d)")
_DIGITS_ALONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_SPACED_YEAR = re.compile(r"(?<![\d.])(\d{2})\.\s(\d{1,2})\.\s(\d{1,2})(?!\d)")
_SHORT_YEAR = re.compile(r"'(\d{2})\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)\.?")
_YEAR = re.compile(r"(?<![\d.,/$€£₩-])(1[0-9]{3}|20[0-9]{2}|21[0-4][0-9])(?:년도?)?(?![\d/]|[.,]\d|-\d|\s*%)")


_SHORT_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(?![\d/.-])")
_MONTH_SLASHED = re.compile(r"(?<![\d/.-])(0?[1-9]|1[0-2])[/.](\d{4})(?![\d/.-])")
_SHORT_KOREAN = re.compile(r"(?<!\d)(\d{2})년\s?(\d{1,2})월(?:\s?(\d{1,2})일)?")
_YEARLESS = re.compile(
    rf"\b(?P<month>{MONTHS})\b|(?<!\d)(?P<month_ko>1[0-2]|[1-9])월|\bthe\s(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\b"
    r"|(?<![\d/.-])(?P<first>[0-3]?\d)(?:[/-]|\.\s?)(?P<second>[0-3]?\d)(?![\d/-])",
    re.IGNORECASE,
)
LEAST_ROMAN = 1000


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
    plain = in_digits(unmarked(answer_field(text)))
    if not plain:
        return 0.0, "empty answer"
    if (year := roman_number(plain.strip(" ."))) is not None and year > LEAST_ROMAN:
        plain = str(year)
    for part in dict.fromkeys((claimed(plain), plain)):
        stated = _stated(part, question.text)
        if stated:
            break
    else:
        return (None, "a date told from another") if _RELATIVE.search(plain) else (0.0, "states no date")
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
    for match in (*_SHORT_YEAR.finditer(text), *_SPACED_YEAR.finditer(text)):
        year, month, day = (int(group) for group in match.groups())
        found.append((match.start(), match.end(), [(2000 + year, month, day), (1900 + year, month, day)]))
    for match in _SHORT_KOREAN.finditer(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
        found.append((match.start(), match.end(), [(full, month, day) for full in century(year)]))
    for match in _SHORT_SLASHED.finditer(text):
        first, second, year = (int(group) for group in match.groups())
        readings: list[Parts] = [(full, first, second) for full in century(year) if first <= 12]
        readings += [(full, second, first) for full in century(year) if second <= 12 and first != second]
        readings += [(full, second, year) for full in century(first) if second <= 12 and 1 <= year <= 31]
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
    found = _settled(text, _joined(found or _yearless(text)), question)
    dates = [readings for _, _, readings in sorted(found, key=lambda each: each[0])]
    asked = {(d.year, d.month, d.day) for d in find_dates(question)}
    asked |= {(int(year), None, None) for year in _YEAR.findall(question)}
    fresh = [readings for readings in dates if readings[0] not in asked]
    unique = {tuple(readings): readings for readings in (fresh or dates)}
    return list(unique.values())


def _yearless(text: str) -> list[tuple[int, int, list[Parts]]]:
    """What is told without a year: a month alone, `10/5`, `10. 5.`, and a day alone, `the 9th`."""
    found: list[tuple[int, int, list[Parts]]] = []
    for match in _YEARLESS.finditer(text):
        if match["month"]:
            readings: list[Parts] = [(None, month_number(match["month"]), None)]
        elif match["month_ko"]:
            readings = [(None, int(match["month_ko"]), None)]
        elif match["day"]:
            readings = [(None, None, int(match["day"]))]
        else:
            first, second = int(match["first"]), int(match["second"])
            readings = [(None, month, day) for month, day in ((first, second), (second, first)) if month <= 12]
        found.append((match.start(), match.end(), readings))
    return [each for each in found if each[2]]


def _slashed(match: re.Match[str]) -> list[Parts]:
    first, second, year = (int(group) for group in match.groups())
    readings: list[Parts] = []
    if first <= 12:
        readings.append((year, first, second))
    if second <= 12 and (second, first) != (first, second):
        readings.append((year, second, first))
    return readings or [(year, None, None)]


def _joined(found: list[tuple[int, int, list[Parts]]]) -> list[tuple[int, int, list[Parts]]]:
    """A year and a day told apart are one date: `in 1962, on the first of October`."""
    if len(found) != 2 or any(len(readings) != 1 for _, _, readings in found):
        return found
    one, other = found[0][2][0], found[1][2][0]
    if any(a is not None and b is not None for a, b in zip(one, other, strict=True)):
        return found
    year, month, day = (a if a is not None else b for a, b in zip(one, other, strict=True))
    return [(min(found[0][0], found[1][0]), max(found[0][1], found[1][1]), [(year, month, day)])]


def _settled(text: str, found: list[tuple[int, int, list[Parts]]], question: str) -> list[tuple[int, int, list[Parts]]]:
    """The dates that `text` may settle on: one, or those it neither denies nor tells apart."""
    keys = list(dict.fromkeys(tuple(readings) for _, _, readings in found))
    mentions = [Mention(keys.index(tuple(readings)), start, end) for start, end, readings in found]
    settling = settled(text, mentions, question, takes_nearest=True)
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
