"""The numbered articles of Korean laws, contracts and rule books, by which a question says where a sentence stands."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from benchwright.generation.rules.once import once_per_document
from benchwright.records import Document

_ARTICLE = re.compile(r"^[#*>\- \t]*(?P<name>제\s?\d+\s?조(?:\s?의\s?\d+)?)(?=[\s((【\[]|\*\*|$)", re.MULTILINE)
# What stands behind the articles, and amends or explains them, is no longer in the last one.
_END = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:부\s{0,8}칙|\[?별\s?[표지첨]|.{0,40}비용추계|신\s?[·ㆍ・]?\s?구\s?조문)", re.MULTILINE
)
_FEWEST = 3
_SPARSEST = 4
_LONGEST = 6000


def are_in_order(names: Sequence[str]) -> bool:
    """Whether article names follow each other as in one law: each higher than the last, few left out."""
    numbers = [tuple(int(number) for number in re.findall(r"\d+", name)) for name in names]
    if not numbers or any(one >= other for one, other in pairwise(numbers)):
        return False
    return numbers[-1][0] - numbers[0][0] < _SPARSEST * len(numbers)


def _fill(articles: Sequence[tuple[int, str]], end: int) -> bool:
    """Whether the articles make up the text: none is longer than an article gets."""
    starts = [start for start, _ in articles]
    return all(after - before <= _LONGEST for before, after in pairwise([*starts, end]))


@once_per_document
def _articles(document: Document) -> tuple[list[int], list[str]]:
    """Where each article begins, and its name; no name for an article that the document numbers twice."""
    if "제" not in document.text:
        return [], []
    found = [(match.start(), re.sub(r"\s", "", match["name"])) for match in _ARTICLE.finditer(document.text)]
    end = supplement_start(document)
    own = [(start, name) for start, name in found if start < end]
    if (
        len(own) < _FEWEST
        or not are_in_order([name for _, name in own])
        or not _fill(own, min(end, len(document.text)))
    ):
        return [], []  # a text that quotes articles of several laws is in none of them
    times = Counter(name for _, name in found)
    marks = [(start, name if times[name] == 1 else "") for start, name in found]
    marks += [(match.start(), "") for match in _END.finditer(document.text) if match.start() > found[0][0]]
    marks.sort()
    return [start for start, _ in marks], [name for _, name in marks]


def article_at(document: Document, position: int) -> str:
    """`제70조` where `position` lies in an article that the document numbers once; empty elsewhere."""
    starts, names = _articles(document)
    place = bisect_right(starts, position)
    return names[place - 1] if place else ""


_SUPPLEMENT = re.compile(r"^[ \t]*(?:#{1,6}[ \t]*)?(?:[가-힣]{2}[ \t]+)?부\s{0,8}칙(?=[\s<(]|$)", re.MULTILINE)


@once_per_document
def supplement_start(document: Document) -> int:
    """Where the supplementary provisions (부칙) of a law begin, which number their articles anew; else its end."""
    found = _SUPPLEMENT.search(document.text) if "칙" in document.text else None
    return found.start() if found else len(document.text)


@once_per_document
def _is_amended(document: Document) -> bool:
    return len(_SUPPLEMENT.findall(document.text)) > 1


def is_amendment(document: Document, position: int) -> bool:
    """Whether `position` lies in one of several supplements: each says anew when “this law” comes into force."""
    return position >= supplement_start(document) and _is_amended(document)
