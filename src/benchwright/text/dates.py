"""Dates in running text: years, months and days in English, Korean, Japanese and Chinese, and ISO form."""

import re
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = (
    r"(?P<{0}>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b)\.?"
)
_YEAR = r"(?P<{0}>1[0-9]{{3}}|20[0-9]{{2}}|21[0-4][0-9])"
_NOT_IN_NUMBER = r"(?<![\w.,$€£¥₩/-])"
_END = r"(?![\w/]|[.,]\d|-\d)"

_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form)
    for form in (
        # 2024-03-05, 2024/3/5, 2024. 3. 5.
        rf"(?<![\w.,/-]){_YEAR.format('y')}(?P<s>-|/|\. ?)(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>[12][0-9]|3[01]|"
        rf"0?[1-9])(?!\d|[-/.]\d)",
        # 2024년 3월 5일, 2024年3月5日; parts may be missing from the right or the left
        rf"(?<![\d.,]){_YEAR.format('y')}\s?[년年](?!\s?(?:간|동안|만(?=에|\s|으로)|째|여(?![가-힣])|차(?![가-힣])))"
        r"(?:\s?(?P<m>1[0-2]|0?[1-9])\s?[월月](?:\s?(?P<d>[12][0-9]|3[01]|0?[1-9])\s?[일日](?!간))?)?",
        r"(?<![\d.,])(?P<m>1[0-2]|0?[1-9])\s?[월月]\s?(?P<d>[12][0-9]|3[01]|0?[1-9])\s?[일日](?!간)",
        # March 5, 2024; 5 March 2024; March 2024; March 5
        rf"\b{_MONTH.format('m')} (?P<d>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?,? {_YEAR.format('y')}{_END}",
        rf"{_NOT_IN_NUMBER}(?P<d>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|"
        rf"th)?(?: of)? {_MONTH.format('m')},? {_YEAR.format('y')}{_END}",
        rf"\b{_MONTH.format('m')},? {_YEAR.format('y')}{_END}",
        rf"\b{_MONTH.format('m')} (?P<d>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?{_END}",
        rf"{_NOT_IN_NUMBER}(?P<d>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)? (?:of )?{_MONTH.format('m')}(?!\w)",
    )
)
_ANY_YEAR = re.compile(r"[12]\d{3}")
_ANY_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
# A bare year needs a word before it that years follow; 1999 sheep are no year.
_BARE_YEAR = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Bb]efore|[Aa]fter|[Ff]rom|[Dd]uring|[Yy]ear|of|to|and|[Ee]arly|"
    r"[Ll]ate|[Mm]id|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|[Ff]iscal)[ -]"
    rf"{_YEAR.format('y')}(?![\w/%°]|[.,:]\d|-\d| (?:[a-z]+s\b|million|billion|thousand|percent|per cent))"
)


@dataclass(frozen=True)
class DateMention:
    """One date as an exact span; the parts that the text does not state are `None`."""

    start: int
    end: int
    text: str
    year: int | None
    month: int | None
    day: int | None

    @property
    def iso(self) -> str:
        """`2024-03-05`, `2024-03`, `2024`, or `--03-05` where the year is not stated."""
        year = f"{self.year:04d}" if self.year is not None else "-"
        return "-".join([year, *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])


def _mention(match: re.Match[str]) -> DateMention | None:
    groups = match.groupdict()
    year, month, day = groups.get("y"), groups.get("m"), groups.get("d")
    number = _MONTHS[month.lower()] if month and month[0].isalpha() else int(month) if month else None
    if number == 2 and day and int(day) > 29:
        return None
    start = match.start() if "m" in groups else match.start("y")
    end = match.end()
    text = match.string[start:end]
    return DateMention(start, end, text, int(year) if year else None, number, int(day) if day else None)


def _worthwhile(text: str) -> list[re.Pattern[str]]:
    """The forms whose telling sign stands in `text` at all: most sentences have none."""
    eastern = "년" in text or "年" in text or "월" in text or "月" in text
    western = _ANY_MONTH.search(text) is not None
    if _ANY_YEAR.search(text) is None:
        return [*(_FORMS[2:3] if eastern else ()), *(_FORMS[6:] if western else ())]
    return [_FORMS[0], *(_FORMS[1:3] if eastern else ()), *(_FORMS[3:] if western else ()), _BARE_YEAR]


def find_dates(text: str) -> list[DateMention]:
    """Return the dates of `text` in reading order, the longest reading of each place. Relative dates are not dates."""
    found: list[DateMention] = []
    taken = bytearray(len(text) + 1)
    for form in _worthwhile(text):
        for match in form.finditer(text):
            mention = _mention(match)
            if mention is None or taken.find(1, mention.start, mention.end) >= 0:
                continue
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)
