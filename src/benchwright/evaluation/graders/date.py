"""Grades answers that are a date, in whatever form: 12 March 2019, 2019-03-12, 3/12/2019, 2019년 3월 12일."""

import re
from dataclasses import dataclass

from benchwright.evaluation.graders.claims import claimed
from benchwright.evaluation.graders.normalise import unmarked
from benchwright.records import Question, Response, Score
from benchwright.text.dates import find_dates

Parts = tuple[int | None, int | None, int | None]
"""Year, month, day; `None` for what is not stated."""

_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?![\d/])")
_YEAR_MONTH = re.compile(r"(?<![\d.,/-])(1[0-9]{3}|20[0-9]{2})[-./](0?[1-9]|1[0-2])(?![\d/]|[.-]\d)")
_DIGITS_ALONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT_YEAR = re.compile(r"'(\d{2})\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)\.?")
_YEAR = re.compile(r"(?<![\d.,/$€£₩-])(1[0-9]{3}|20[0-9]{2}|21[0-4][0-9])(?:년도?)?(?![\d/]|[.,]\d|-\d|\s*%)")


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
    references = [parts for answer in (question.answer, *question.accepted) if (parts := whole_date(answer))]
    if not references:
        return None, "the reference is no date"
    plain = unmarked(text)
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
    for match in _YEAR_MONTH.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), [(int(match.group(1)), int(match.group(2)), None)]))
    for match in _YEAR.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), [(int(match.group(1)), None, None)]))
    found = [each for each in found if not _is_negated(text, each[0], each[1])]
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


def _is_negated(text: str, start: int, end: int) -> bool:
    before = re.search(
        r"(?:\bnot|n't|\brather\s+than|\binstead\s+of)\s+(?:(?:in|on|until)\s+)?$",
        text[max(0, start - 40) : start],
        re.I,
    )
    return bool(before or re.match(r"\s*(?:이|가)?\s*(?:아니라|아닌|아니고|아닙)", text[end : end + 40]))


def _fits(stated: Parts, reference: Parts) -> bool:
    return all(want is None or have == want for have, want in zip(stated, reference, strict=True))


def _is_part(stated: Parts, reference: Parts) -> bool:
    """Whether nothing in `stated` contradicts the reference, of which something is missing."""
    return all(have is None or have == want for have, want in zip(stated, reference, strict=True)) and any(stated)


def _detail(parts: Parts) -> int:
    return sum(part is not None for part in parts)
