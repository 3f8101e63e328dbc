"""Dates that follow from others: a date of the case or the source, moved by a period that stands there too."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from benchwright.text.dates import DateMention, find_dates

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40,
    "sixty": 60, "ninety": 90, "한": 1, "두": 2, "석": 3, "세": 3, "넉": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "보름": 15,
}  # fmt: skip
_PERIOD = re.compile(
    rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})(?:[ -](?:working |calendar |full )?|\s?)"
    r"(?P<unit>days?\b|weeks?\b|months?\b|years?\b|일(?!부터)|주(?!년)|개월|달|년(?!\s?\d))",
    re.IGNORECASE,
)
_UNITS = (("day", "일"), ("week", "주"), ("month", "개월", "달"), ("year", "년"))
_MONTH_ALONE = re.compile(r"(?<![\d년.])(?P<month>1[0-2]|[1-9])월(?!\s?\d)")

_NEXT = (
    (re.compile(r"\b(?:next|following) day\b|다음\s?날|이튿날", re.IGNORECASE), (1, 0)),
    (re.compile(r"\b(?:next|following) month\b|다음\s?달|익월", re.IGNORECASE), (0, 1)),
    (re.compile(r"\b(?:next|following) year\b|다음\s?해|이듬해", re.IGNORECASE), (0, 12)),
)
_HALF = re.compile(r"\b(?:half|halves|halved)\b|1/2|절반|반으로|2분의 1", re.IGNORECASE)
"""A rule that halves a period gives the half of each."""

_LEAP_YEAR = 2024
"""Stands in where no year is stated; which year it is moves a date by a day at most."""

Moment = tuple[int | None, int, int]
"""Year where one is stated, month, day."""


def is_derived(claimed: DateMention, evidence: str) -> bool:
    """Whether a date is one of `evidence` moved by periods stated there, a day more or less (counted in or not)."""
    return any(
        claimed.month in (None, month)
        and claimed.day in (None, day)
        and (claimed.year == year or None in (claimed.year, year))
        for year, month, day in _reached(evidence)
    )


def is_derived_month(number: str, claim: str, evidence: str) -> bool:
    """Whether a bare `9월` of a claim is the month of a date that follows."""
    months = {match["month"] for match in _MONTH_ALONE.finditer(claim)}
    return number in months and any(month == int(number) for _, month, _ in _reached(evidence))


def _reached(evidence: str) -> Iterator[Moment]:
    periods = _periods(evidence)
    steps = [*periods, *((d + e, m + n) for (d, m), (e, n) in combinations(periods, 2))]
    for known in find_dates(evidence):
        if known.month is None:
            continue
        start = date(known.year or _LEAP_YEAR, known.month, known.day or 1)
        for days, months in steps:
            for sign in (1, -1):
                moved = _moved(start, sign * days, sign * months)
                if moved is None:
                    continue
                for near in (moved - timedelta(1), moved, moved + timedelta(1)):
                    yield (near.year if known.year else None, near.month, near.day)


def _periods(evidence: str) -> list[tuple[int, int]]:
    """The periods that a text states, as days and months."""
    found: list[tuple[int, int]] = []
    # The `8일` of `6월 8일` is no period.
    for mention in reversed(find_dates(evidence)):
        evidence = f"{evidence[: mention.start]},{evidence[mention.end :]}"
    found += [period for words, period in _NEXT if words.search(evidence)]
    for match in _PERIOD.finditer(evidence):
        count = int(match["count"]) if match["count"].isdigit() else _WORDS[match["count"].lower()]
        unit = match["unit"].lower()
        days, weeks, months, years = (any(unit.startswith(name) for name in names) for names in _UNITS)
        found.append((count * (days + 7 * weeks), count * (months + 12 * years)))
    if _HALF.search(evidence):
        found += [(days // 2, months // 2) for days, months in found if days % 2 == months % 2 == 0]
    return list(dict.fromkeys(found))[:12]


def _moved(start: date, days: int, months: int) -> date | None:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 < year < 9998:
        return None
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days)
