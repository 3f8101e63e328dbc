"""Dates as a file states them, brought to ISO form; what is no date stays unsaid."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:\d{2}|T|Z|\b)")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_DAY_NAMED = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_NAMED_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")


def iso_date(value: object) -> str:
    """Return the date that `value` states as `YYYY-MM-DD`, or nothing.

    Reads ISO 8601, `2024.3.15`, `2024년 3월 15일`, `15 March 2024`, `March 15, 2024`, PDF dates and e-mail dates. Day
    and month as bare numbers (`3/4/2024`) are refused: which is which cannot be known.
    """
    isoformat = getattr(value, "isoformat", None)
    if callable(isoformat):
        return str(isoformat())[:10]
    text = str(value or "").strip()
    found = _YEAR_FIRST.search(text) or _COMPACT.match(text)
    if found:
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    for pattern, order in ((_DAY_NAMED, (3, 2, 1)), (_NAMED_DAY, (3, 1, 2))):
        named = pattern.search(text)
        month = _MONTHS.get(named[order[1]][:3].lower()) if named else None
        if named and month:
            return _valid(int(named[order[0]]), month, int(named[order[2]]))
    return ""


def mail_date(header: str) -> str:
    """Return the day that an e-mail's `Date` header states, in the sender's own time zone, or nothing."""
    try:
        return parsedate_to_datetime(header).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return iso_date(header)


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if 1500 <= year <= 2200 else ""
    except ValueError:
        return ""
