"""Bring rare ways of writing an amount to a usual one: 1.200,50 · 1 200 000 · 1'200 · two thirds · 3분의 2 · 1h30."""

import re
from decimal import Decimal

_GROUPED_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}(?:[. \u00a0']\d{3})+),(\d{1,2})(?!\d)")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?=\s?(?:[%€$£¥]|EUR|euros?|kr|zł|유로|달러))")
_PRIMED = re.compile(r"(?<![\d.,])\d{1,3}(?:'\d{3})+(?!\d)")
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_HOURS_MINUTES = re.compile(r"\b(\d{1,2})\s?h\s?(\d{2})(?![\d\w])", re.IGNORECASE)
_AN_HOUR = re.compile(r"\b(half\s+an|an?)\s+(hour|day|week|month|year|minute)\b", re.IGNORECASE)
_HALVES = {"hour": "30 minutes", "day": "12 hours", "year": "6 months", "minute": "30 seconds"}
_BELOW_ZERO = re.compile(
    r"(\d+(?:\.\d+)?)\s*(°\s?C|℃|degrees(?:\s+celsius)?)?\s+below\s+zero|영하\s*(\d+(?:\.\d+)?)", re.I
)
_HALF_LATER = re.compile(
    r"(?P<number>\d+)\s?(?P<unit>시간|년|개월|배)\s?반(?![가-힣])|(?P<word>\d+) (?P<noun>hour|year)s?\s+and\s+a\s+half",
    re.I,
)
_SINO = {sign: number for number, sign in enumerate("일이삼사오육칠팔구십", start=1)}
_KO_FRACTION = re.compile(r"(?<![가-힣\d])(\d+|[이삼사오육칠팔구십])\s?분의\s?(\d+|[일이삼사오육칠팔구])(?!\d)")
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,3})\s?[/⁄]\s?(\d{1,3})(?![\d/])")
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_WORDED = re.compile(rf"\b({'|'.join(_COUNTS)})[\s-]({'|'.join(_PARTS)})s?\b", re.IGNORECASE)
_NATIVE_HOURS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5}
_NATIVE_HALF = re.compile(rf"(?<![가-힣])({'|'.join(_NATIVE_HOURS)})\s?시간\s?반(?![가-힣])")


def is_fraction(text: str) -> bool:
    """Whether `text` is a fraction such as `3분의 2`, `2/3` or `two thirds`, with little beside it."""
    found = _KO_FRACTION.search(text) or _SLASHED.search(text) or _WORDED.search(text)
    return found is not None and len(text) - len(found.group()) <= 12


def rewritten(text: str, *, reads_fractions: bool = False) -> str:
    """Return `text` with its numbers in plain writing; with `reads_fractions` also `1/4` and `a quarter`."""
    text = _GROUPED_COMMA.sub(lambda match: f"{re.sub(r'[^0-9]', '', match[1])}.{match[2]}", text)
    text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    text = _PRIMED.sub(lambda match: match.group().replace("'", ""), text)
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = _HOURS_MINUTES.sub(r"\1 hours \2 minutes", text)
    text = _NATIVE_HALF.sub(lambda match: f"{_NATIVE_HOURS[match[1]]}시간 30분", text)
    text = re.sub(r"\b(?:a|one) fortnight\b", "2 weeks", text, flags=re.IGNORECASE)
    text = _AN_HOUR.sub(_counted_hour, text)
    text = _HALF_LATER.sub(_half_more, text)
    text = _BELOW_ZERO.sub(lambda match: f"-{match[1] or match[3]}{match[2] or ''}", text)
    if reads_fractions:
        text = text.replace("절반", "0.5")
        text = _KO_FRACTION.sub(lambda match: _decimal(_number(match[2]), _number(match[1])), text)
        text = _SLASHED.sub(lambda match: _decimal(int(match[1]), int(match[2])), text)
        text = _WORDED.sub(lambda match: _decimal(_COUNTS[match[1].casefold()], _PARTS[match[2].casefold()]), text)
    return text


def _counted_hour(match: re.Match[str]) -> str:
    if match[1].casefold().startswith("half"):
        return _HALVES.get(match[2].casefold(), match.group())
    return f"1 {match[2]}"


def _half_more(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match['number']}.5{match['unit']}"
    return f"{match['word']}.5 {match['noun']}s"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _SINO[text]


def _decimal(part: int, whole: int) -> str:
    return f"{Decimal(part) / Decimal(whole):.12f}" if whole else "0"
