"""Answers that are lists: do they hold every item of the reference, or only list candidates?"""

import re

from benchwright.evaluation.graders.normalise import content_words, find_answer, normalised, unmarked
from benchwright.text.particles import split_particle

FEWEST_LISTED, LONGEST_ITEM, FEWEST_TOKENS = 3, 4, 6
_ITEMS = re.compile(r"\s*(?:,(?!\d{3}(?!\d))|[;·、/|]|\n|(?<=\s)(?:and|or)(?=\s))\s*(?:\d{1,2}[.)]|[-*•])?\s*")
_AND = re.compile(r"\band\b|&|\b및\b|그리고")
_ASKS_PLACE = re.compile(r"\bwhere\b|어디", re.I)
_SAYS = re.compile(r"(?:다|요|음|임|함|됨|까)[.!]?\Z")
_LIST = re.compile(r"\s*(?:(?<!\d),|,(?!\d{3}(?!\d))|;|·|、|\band\b|\b및\b|그리고|&)\s*")


def is_dump(text: str, part: str, reference: str) -> bool:
    """Whether the response lists candidates, of which the reference is one, and says of none that it is the answer."""
    if len(_LIST.split(reference)) > 1 or "\n" in reference:
        return False
    listed = re.sub(r"\A[^:\n]{0,40}:\s", "", unmarked(text))
    items = _items(listed)
    if len(items) >= FEWEST_LISTED and all(len(item.split()) <= LONGEST_ITEM for item in items):
        return sum(bool(find_answer(normalised(reference), normalised(item))) for item in items) == 1
    tokens = listed.split()
    if len(tokens) < max(FEWEST_TOKENS, 3 * len(reference.split())):
        return False
    if not re.search(r"[가-힣]", part):
        return all(token[:1].isupper() or not token[:1].isalpha() for token in tokens)
    return not any(split_particle(token.strip(".,"))[1] or _SAYS.search(token) for token in tokens)


def mark_list(text: str, reference: str, asked: str) -> tuple[float | None, str] | None:
    """Mark a response against a list of things; `None` where the reference is none."""
    items = [normalised(item) for item in _LIST.split(reference) if item.strip()]
    if len(items) < 2:
        return None
    plain, words, named = normalised(text), content_words(text), _items(unmarked(text))
    is_part = len(named) < len(items) and all(any(content_words(n) <= content_words(i) for i in items) for n in named)
    if is_part and _ASKS_PLACE.search(asked) and not _AND.search(reference):
        return None, "a part of the place"  # Riverside Centre of Hall 3, Riverside Centre
    if any(re.search(r"\d", item) for item in items):
        # 3,980 in April and 4,310 in May: each number stands beside its own words.
        pieces = [content_words(piece) for piece in named]
        parted = [item for item in items if not any(content_words(item) <= piece for piece in pieces)]
        return (0.0, f"lacks {parted[0]!r}") if parted else (1.0, "holds every item of the reference")
    missing = [item for item in items if not find_answer(item, plain) and not content_words(item) <= words]
    if missing:
        return 0.0, f"lacks {missing[0]!r}"
    if len(named) > len(items) and all(len(item.split()) <= LONGEST_ITEM for item in named):
        return None, "names more than the reference"
    return 1.0, "holds every item of the reference"


def _items(text: str) -> list[str]:
    return [item for item in _ITEMS.split(text) if item.strip(" .")]
