"""Find texts that say nearly the same, by MinHash and then exact Jaccard (Broder 1997), but differ in no fact.

`2019` and `2020`, `제1조` and `제2조`, `C++` and `C#`, `covered` and `not covered` make texts different, whatever else
they share: only texts with equal numbers, codes, signs and negations are compared at all.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH  # pyright: ignore[reportAttributeAccessIssue] (compiled, without stubs)

from benchwright.text.negation import count_negations
from benchwright.text.tokens import STOP_WORDS, content_words, words

_PERMUTATIONS = 128
_BANDS = 64
_KO_ENDING = re.compile(
    r"(?:습니까|는가요?|은가요?|인가요?|이었는가|입니까|합니까|됩니까|하나요?|되나요?|나요|까요|일까|하는지|는지|하는가|되는가)$"
)
_BRUTE_FORCE = 64
"""Groups up to this size are compared pair by pair: exact, and faster than hashing."""


@dataclass(frozen=True)
class NearDuplicate:
    """Two texts by their positions, `first < second`, with the Jaccard similarity of their sets of content words."""

    first: int
    second: int
    similarity: float


def near_duplicates(texts: Sequence[str], *, threshold: float = 0.7) -> list[NearDuplicate]:
    """Return the pairs of `texts` whose content words have a Jaccard similarity of at least `threshold` (0..1).

    Order of words, letter case, punctuation, particles and words of grammar do not count. Deterministic.
    """
    bags = [frozenset(stem for word in content_words(text) if (stem := _stem(word))) for text in texts]
    groups: dict[tuple[frozenset[str], int], list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        groups[(distinguishing_words(text), count_negations(text))].append(position)
    found = [pair for group in groups.values() for pair in _pairs(group, bags, threshold)]
    return sorted(found, key=lambda pair: (pair.second, pair.first))


def distinguishing_words(text: str) -> frozenset[str]:
    """Return the words that no similarity may bridge: with a digit, a sign (`C++`) or a single letter (`Plan B`)."""
    return frozenset(
        word
        for word in words(text)
        if any(not character.isalpha() and character not in "'’" for character in word)
        or (len(word) == 1 and word.isascii() and word not in STOP_WORDS)
    )


def _stem(word: str) -> str:
    """Take off the plural of an English word and the question's ending of a Korean one: `몇 권인가`, `몇 권입니까`."""
    if word.isascii() and word.isalpha() and len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return _KO_ENDING.sub("", word) if "가" <= word[-1:] <= "힣" else word


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of common members, 1.0 for two empty sets."""
    union = len(first | second)
    return len(first & second) / union if union else 1.0


def _pairs(group: list[int], bags: list[frozenset[str]], threshold: float) -> list[NearDuplicate]:
    if len(group) <= _BRUTE_FORCE:
        candidates = [(first, second) for at, second in enumerate(group) for first in group[:at]]
    else:
        candidates = _hashed_candidates(group, bags, threshold)
    scored = [NearDuplicate(first, second, jaccard(bags[first], bags[second])) for first, second in candidates]
    return [pair for pair in scored if pair.similarity >= threshold]


def _hashed_candidates(group: list[int], bags: list[frozenset[str]], threshold: float) -> list[tuple[int, int]]:
    # 64 bands of 2 rows find a pair of similarity .6 with probability 1 - 1e-12; the exact test removes the excess.
    index = RMinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    candidates: list[tuple[int, int]] = []
    for position in group:
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=1)
        sketch.update(sorted(bags[position]))
        candidates += [(int(earlier), position) for earlier in index.query(sketch)]
        index.insert(position, sketch)
    return candidates
