"""Times of the day, and spans of hours and minutes, as numbers of hours: `21:30`, `3 pm`, `오후 1시 30분`."""

import re
from decimal import Decimal

_COLON = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])(?:\s?(?P<half>[ap])\.?m\b)?", re.IGNORECASE
)
_HALF_DAY = re.compile(r"(?<![\d:.])(?P<hour>1[0-2]|[1-9])(?P<minute>)\s?(?P<half>[ap])\.?m\b", re.IGNORECASE)
_KOREAN = re.compile(r"(?P<half>오전|오후)?\s?(?<!\d)(?P<hour>\d{1,2})시(?!간)(?:\s?(?P<minute>\d{1,2})분)?")
_SPAN = re.compile(
    r"(?P<hour>\d+)\s?(?:hours?|h\b|시간)(?:\s(?:and\s)?|\s?)(?P<minute>\d{1,2})\s?(?:minutes?|min\b|m\b|분)"
)


def hours(text: str) -> set[Decimal]:
    """Return every time and span of `text` in hours, the time of an afternoon as 12 to 24; a span in minutes too."""
    found: set[Decimal] = set()
    for pattern in (_COLON, _HALF_DAY, _KOREAN):
        for match in pattern.finditer(text):
            is_after_noon = (match["half"] or "").lower() in ("p", "오후") and int(match["hour"]) < 12
            found.add(_in_hours(match["hour"], match["minute"]) + (12 if is_after_noon else 0))
    for match in _SPAN.finditer(text):
        span = _in_hours(match["hour"], match["minute"])
        found |= {span, span * 60}
    return found


def _in_hours(hour: str, minute: str | None) -> Decimal:
    return Decimal(hour) + Decimal(minute or 0) / 60
