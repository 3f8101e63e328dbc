"""Korean that was wrapped at a fixed width: lines that end inside a word, inside a sentence, or as a heading."""

import re
from collections import Counter

from benchwright.records import Document

_BREAK = re.compile(r"([가-힣]+|\d)[ \t]*\n[ \t]*([가-힣]+)")
_WORD = re.compile(r"[가-힣]+")
# A particle, an ending or a counter begins no line of its own: the word before it was broken.
_BOUND_LIST = """
    을 를 은 는 의 에 에서 에게 로 으로 와 과 도 만 고 며 나 여 서 인 명 원 회 개 년 월 일 조 항 호 다 라 하여 하고 하며
    하는 하지 한다 된다 되어 되는 이다 이며 이고
"""
_BOUND = frozenset(_BOUND_LIST.split())
# `입력 2024.03.05 11:28`: the line above a news item.
_DATELINE = re.compile(r"(?:기사\s?)?(?:입력|등록|승인|수정|게재|작성|발행|송고)(?:일시?|시각)?\s?[:：]?\s?20\d\d\D")
_LEAST = 2
_LONG_LINE = 20
_LONGEST_HEADING = 22
_ENDS = re.compile(r"(?:[.!?:;…。)\]}”’」』|>*_`]|다|요|음|함|됨|것|등)\s*\Z")
# A line that leads on: a particle or a connecting ending.
_LEADS_ON = re.compile(
    r"(?:[,·및의은는이가을를에로와과고며면서]|또는|또한|하여|에서|까지|부터|이상|이하|경우|때|때에)\Z"
)


def breaks_words(document: Document) -> Counter[str] | None:
    """The words of a document whose lines break inside words; `None` where they break at spaces, or nowhere."""
    breaks = [(left, right) for left, right in _BREAK.findall(document.text) if not left.isdigit()]
    if len(breaks) < _LEAST:
        return None
    known = Counter(_WORD.findall(document.text))
    # The pieces stand in the text by being broken: only a second time makes them words.
    inside = sum(known[left + right] > 0 and not (known[left] > 1 and known[right] > 1) for left, right in breaks)
    inside += sum(right in _BOUND for _, right in breaks)
    return known if inside >= _LEAST and 20 * inside >= len(breaks) else None


def unwrapped(raw: str, known: Counter[str]) -> str | None:
    """`raw` on one line: broken words joined, whole ones kept apart; `None` where it cannot be told which they are."""
    unsure = False

    def join(match: re.Match[str]) -> str:
        nonlocal unsure
        left, right = match.groups()
        is_one = right in _BOUND or known[left + right] > 0
        are_two = right not in _BOUND and known[left] > 1 and known[right] > 1
        unsure = unsure or is_one == are_two
        return left + right if is_one else f"{left} {right}"

    text = _BREAK.sub(join, raw)
    return None if unsure else text


def heading_end(raw: str) -> int:
    """Where the sentence begins that `raw` holds behind a heading on a short line of its own; 0 where there is none."""
    first, _, rest = raw.partition("\n")
    line = first.strip()
    if rest and _DATELINE.match(line):
        return len(first) + 1 + len(rest) - len(rest.lstrip())
    if not rest or len(line) > _LONGEST_HEADING or 2 * len(line) > len(rest.partition("\n")[0].strip()):
        return 0
    if _ENDS.search(line) or _LEADS_ON.search(line) or _WORD.search(line) is None:
        return 0
    return len(first) + 1 + len(rest) - len(rest.lstrip())


def is_continued(document: Document, start: int) -> bool:
    """Whether the paragraph at `start` goes on with a sentence that the paragraph before it left open."""
    before = document.text[max(0, start - 300) : start].rstrip()
    line = before[before.rfind("\n") + 1 :].strip()
    is_prose = len(line) >= _LONG_LINE and line[0] not in "#|-*>" and _WORD.search(line) is not None
    return is_prose and _ENDS.search(line) is None
