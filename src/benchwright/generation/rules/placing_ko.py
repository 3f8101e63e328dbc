"""Where a Korean sentence stands: title, the day of a news item, and the article or the section it speaks under."""

import re

from benchwright.generation.rules.clauses import article_at
from benchwright.generation.rules.once import once_per_document
from benchwright.records import Document

_STATED_DAY = re.compile(
    r"(?:입력|등록|승인|게재|발행|작성|배포|송고|보도)(?:일자?|일시|시각)?[^\d\n]{0,8}"
    r"(?P<year>20\d\d)\s?[.년/-]\s?(?P<month>\d{1,2})\s?[.월/-]\s?(?P<day>\d{1,2})"
)
# A line that holds a day and nothing else, as news items have it.
_DAY_LINE = re.compile(
    r"^[ \t]*(?P<year>20\d\d)(?:-|/|\.|\. )(?P<month>\d{1,2})(?:-|/|\.|\. )(?P<day>\d{1,2})\.?"
    r"(?:[ \t]+\d{1,2}:\d\d(?::\d\d)?)?[ \t]*$",
    re.MULTILINE,
)
_EDGE = 400
_NUMBERING = re.compile(r"\A(?:[\dIVX]+(?:[.-]\d+)*[.):]?|[가-하][.)])\s+")
_LONGEST_HEADING = 40
_SAYS_NOTHING = re.compile(
    r"(?:개요|소개|서론|본론|결론|본문|내용|요약|설명|정의|배경|기타|참고|주의(?: ?사항)?|각주|같이 보기|외부 링크|목차"
    r"|역사)\Z"
)
# What is reckoned from the day on which it was written, so that this day makes it plain.
OF_ITS_DAY = re.compile(
    r"(?:^|(?<=[\s(]))(?:오늘|어제|내일|올해|올|금년|작년|지난해|재작년|내년|지난\s?달|이달|내달|다음\s?달|지난|오는|"
    r"상반기|하반기|[1-4]분기)(?=[\s,.)\d]|은|는|이|가|을|를|의|에|도|로|부터|까지|보다|대비)"
)
BARE_DAY = re.compile(
    r"(?<![월\d]\s)(?<![월\d])\b(?:[12]?\d|3[01])일(?=[\s,(]|에|부터|까지|\s)(?!\s?(?:간|동안|"
    r"이내|안에|이상|이하|전|후|까지의 기간|여행|이용|일정|과정|코스|숙박|연속|교육|체험|무료|대여))"
)
_BARE_MONTH = re.compile(r"(?<!년 )(?<!년)(?<!\d)(?:1[0-2]|[1-9])월")


@once_per_document
def stated_day(document: Document) -> str:
    """The day on which `document` says it was published (`2024년 11월 28일`); empty where it does not say."""
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", document.published[:10])
    if iso:
        return f"{iso[1]}년 {int(iso[2])}월 {int(iso[3])}일"
    head = document.text[:_EDGE]
    found = _STATED_DAY.search(head) or _STATED_DAY.search(document.text[-_EDGE:]) or _DAY_LINE.search(head)
    return f"{found['year']}년 {int(found['month'])}월 {int(found['day'])}일" if found else ""


def speaks_of_its_day(text: str) -> bool:
    """Whether `text` can be placed in time only by the day on which it was published."""
    return any(pattern.search(text) for pattern in (OF_ITS_DAY, BARE_DAY, _BARE_MONTH))


@once_per_document
def _headings(document: Document) -> list[str]:
    return [heading.text for heading in document.headings]


def place_inside(document: Document, title: str, text: str, start: int, section: tuple[str, ...]) -> str:
    """What stands behind the title: the day, and the article, or the section that the sentence does not name."""
    day = stated_day(document)
    dated = f"({day})" if day and day not in title and speaks_of_its_day(text) else ""
    article = article_at(document, start)
    if article:
        return f"{dated} {article}"
    heading = " ".join(_NUMBERING.sub("", section[-1].strip("*_`# ¶")).split()) if section else ""
    is_unique = bool(section) and _headings(document).count(section[-1]) == 1
    if (
        not is_unique
        or not 2 <= len(heading) <= _LONGEST_HEADING
        or heading in title
        or heading in text
        or title in heading
        or _SAYS_NOTHING.match(heading)
        or re.search(r"[“”\"`<>|\[\]{}]", heading)
    ):
        return dated
    return f"{dated}의 “{heading}” 부분"
