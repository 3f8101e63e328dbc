"""Brings dates in words to digits: the seventh of June, nineteen eighty-seven, 이천십구년 사월 오일, 15 Mai."""

import calendar
import re

from benchwright.evaluation.graders.number_words import BELOW_HUNDRED

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
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH_NUMBERS = {month: number for number, month in enumerate(MONTHS.split("|"), start=1)}
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_FOREIGN_MONTHS = {
    word: month.capitalize()
    for month, words in zip(
        MONTHS.split("|"),
        (
            "januar janvier enero gennaio janeiro januari",
            "februar fevrier febrero febbraio fevereiro februari",
            "marz mars marzo março maart", "avril abril aprile", "mai mayo maggio maio mei",
            "juni juin junio giugno junho",
            "juli juillet julio luglio julho", "aout agosto augustus", "septembre septiembre settembre setembro",
            "oktober octobre octubre ottobre outubro", "novembre noviembre novembro",
            "dezember decembre diciembre dicembre dezembro",
        ),
        strict=True,
    )
    for word in words.split()
}  # fmt: skip
_FOREIGN_MONTH = re.compile(
    rf"(?<=\d)(?:(?:er|º|\.)?\s(?:de\s)?)({'|'.join(_FOREIGN_MONTHS)})\b(?:\sde(?=\s\d))?", re.IGNORECASE
)
_DAYS = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_DAY_BEFORE = re.compile(rf"\b(?:the\s+)?({_DAYS})(?:\s+day)?(?:\s+of)?\s+(?=(?:{MONTHS})\b)", re.I)
_DAY_AFTER = re.compile(rf"\b({MONTHS})\s+(?:the\s+)?({_DAYS})\b", re.I)
_KO_MONTHS = {
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "유": 6, "육": 6, "칠": 7, "팔": 8, "구": 9, "시": 10, "십": 10,
    "십일": 11, "십이": 12,
}  # fmt: skip
_KO_DIGITS = {sign: value for value, sign in enumerate("영일이삼사오육칠팔구")}
_KO_SCALES = {"천": 1000, "백": 100, "십": 10}
_KO_YEAR = re.compile(r"(?<![가-힣])([이일]?천[일이삼사오육칠팔구십백]{0,6})\s?년")
SHORT_YEARS = 30
"""'29 is 2029, '31 is 1931."""
_ABBREVIATED_YEAR = re.compile(
    rf"\b((?:{MONTHS}|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.?),?\s+'(\d{{2}})\b", re.I
)
_SMALL = "|".join(list(BELOW_HUNDRED)[1:10])
_TEENS = "|".join(list(BELOW_HUNDRED)[10:20])
_TENS = "|".join(list(BELOW_HUNDRED)[20:])
_YEAR_WORDS = re.compile(
    rf"\b(?:(?:eighteen|nineteen|twenty)[\s-]+(?:{_TEENS}|(?:{_TENS})(?:[\s-]+(?:{_SMALL}))?|oh[\s-]+(?:{_SMALL}))"
    rf"|two\s+thousand(?:\s+(?:and\s+)?(?:{_TEENS}|(?:{_TENS})(?:[\s-](?:{_SMALL}))?|{_SMALL}))?)\b",
    re.I,
)
_KO_DAY = re.compile(
    r"(?<![가-힣])(십[일이]|[일이삼사오유육칠팔구시십])월\s?(?:(이십|삼십"
    r"|십)?([일이삼사오육칠팔구])?일(?![가-힣]{3}))?"
)


def in_digits(text: str) -> str:
    """Return `text` with its days, months and years in digits."""
    text = _FOREIGN_MONTH.sub(lambda match: f" {_FOREIGN_MONTHS[match[1].casefold()]}", text)
    text = re.sub(r"\bsept\b", "Sep", text, flags=re.I)
    text = _ABBREVIATED_YEAR.sub(
        lambda match: f"{match[1]} {century(int(match[2]))[int(match[2]) > SHORT_YEARS]}", text
    )
    text = re.sub(rf"\blast\s+day\s+of\s+({MONTHS})\s+(\d{{4}})\b", _last_day, text, flags=re.I)
    text = re.sub(r"'(\d{2})년", lambda match: f"{century(int(match[1]))[int(match[1]) > SHORT_YEARS]}년", text)
    text = _YEAR_WORDS.sub(_year_in_digits, text)
    text = _KO_YEAR.sub(lambda match: f"{_korean_year(match[1])}년", text)
    text = _DAY_BEFORE.sub(lambda match: f"{_DAY_WORDS[match[1].casefold()]} ", text)
    text = re.sub(rf"\b({MONTHS})\s+of\s+(?=\d{{4}})", r"\1 ", text, flags=re.I)
    text = _DAY_AFTER.sub(lambda match: f"{match[1]} {_DAY_WORDS[match[2].casefold()]}", text)
    return _KO_DAY.sub(_korean_day, text)


def _korean_day(match: re.Match[str]) -> str:
    month = f"{_KO_MONTHS[match[1]]}월"
    if not (match[2] or match[3]):
        return month if match.group().endswith("월") else match.group()
    tens = {"이십": 20, "삼십": 30, "십": 10}.get(match[2] or "", 0)
    return f"{month} {tens + _KO_MONTHS.get(match[3] or '', 0)}일"


def _last_day(match: re.Match[str]) -> str:
    month = _MONTH_NUMBERS[match[1].casefold()]
    return f"{calendar.monthrange(int(match[2]), month)[1]} {match[1]} {match[2]}"


def _year_in_digits(match: re.Match[str]) -> str:
    """`nineteen eighty-seven` is 1987, `two thousand and four` 2004."""
    words = re.findall(r"[a-z]+", match.group().casefold())
    if "thousand" in words:
        return str(2000 + sum(BELOW_HUNDRED.get(word, 0) for word in words[1:] if word not in ("thousand", "and")))
    return str(100 * BELOW_HUNDRED[words[0]] + sum(BELOW_HUNDRED.get(word, 0) for word in words[1:]))


def _korean_year(text: str) -> int:
    """이천십구 is 2019."""
    total, number = 0, 0
    for sign in text:
        if sign in _KO_SCALES:
            total, number = total + (number or 1) * _KO_SCALES[sign], 0
        else:
            number = _KO_DIGITS[sign]
    return total + number


def century(year: int) -> tuple[int, int]:
    """The full years that a year of two digits may mean."""
    return 2000 + year, 1900 + year


def month_number(name: str) -> int:
    """Which month of the year `name` is."""
    return _MONTH_NUMBERS[name.casefold()]


def abbreviated(name: str) -> str:
    """`Apr` of April and `Sat` of Saturday; other words stay."""
    is_named = name.casefold() in _MONTH_NUMBERS or name.casefold() in _WEEKDAYS
    return name[:3] if is_named else name
