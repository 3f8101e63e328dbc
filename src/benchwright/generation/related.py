"""Find passages that are really related: they share rare terms, or lie close in the user's own embedding space.

A multi-hop question over two passages that have nothing to do with each other is two questions glued together. Passages
are related here when they share terms that few other passages use, weighted by inverse document frequency (Spärck
Jones, 1972) and normalised by length, so that a long passage is not related to everything.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchwright.records import Passage
from benchwright.text.tokens import content_words

MOST_PASSAGES_PER_TERM = 12
"""A term in more passages than this joins nothing: it says what all of them are about."""

LEAST_SHARED_TERMS = 2


@dataclass(frozen=True)
class RelatedPair:
    """Two related passages by position, how strongly (0..1), and the terms they share, rarest first."""

    first: int
    second: int
    strength: float
    shared: tuple[str, ...]


def related_by_terms(passages: Sequence[Passage], *, across_documents: bool) -> list[RelatedPair]:
    """Return pairs of passages that share rare terms, strongest first.

    Args:
        passages: Candidates, in reading order.
        across_documents: Pair passages of different documents; else passages of one document that do not touch.
    """
    terms = [set(content_words(passage.text)) for passage in passages]
    holders: dict[str, list[int]] = defaultdict(list)
    for position, words in enumerate(terms):
        for word in words:
            holders[word].append(position)
    weight = {word: math.log(len(passages) / len(at)) for word, at in holders.items()}
    length = [math.sqrt(sum(weight[word] ** 2 for word in words)) or 1.0 for words in terms]
    strength: dict[tuple[int, int], float] = defaultdict(float)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for word, at in sorted(holders.items()):
        if not 2 <= len(at) <= MOST_PASSAGES_PER_TERM:
            continue
        for pair in combinations(at, 2):
            if _may_pair(passages[pair[0]], passages[pair[1]], across_documents):
                strength[pair] += weight[word] ** 2 / (length[pair[0]] * length[pair[1]])
                shared[pair].append(word)
    pairs = [
        RelatedPair(*pair, value, tuple(sorted(shared[pair], key=lambda word: (-weight[word], word))))
        for pair, value in strength.items()
        if len(shared[pair]) >= LEAST_SHARED_TERMS
    ]
    return sorted(pairs, key=lambda pair: (-pair.strength, pair.first, pair.second))


def related_by_embedding(
    passages: Sequence[Passage], vectors: NDArray[np.float64], *, across_documents: bool, least_cosine: float = 0.5
) -> list[RelatedPair]:
    """Return pairs of passages whose embeddings lie close, closest first.

    Args:
        passages: Candidates, in reading order.
        vectors: One row a passage, shape (passages, dimensions), from the user's own endpoint.
        across_documents: As in `related_by_terms`.
        least_cosine: Pairs below this cosine are not related.
    """
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    pairs: list[RelatedPair] = []
    for first in range(len(passages)):
        cosines = unit[first + 1 :] @ unit[first]
        for offset in np.flatnonzero(cosines >= least_cosine):
            second = first + 1 + int(offset)
            if _may_pair(passages[first], passages[second], across_documents):
                pairs.append(RelatedPair(first, second, float(cosines[offset]), ()))
    return sorted(pairs, key=lambda pair: (-pair.strength, pair.first, pair.second))


def _may_pair(first: Passage, second: Passage, across_documents: bool) -> bool:
    if across_documents:
        return first.document_id != second.document_id
    # Neighbours are one text cut in two: a question over both needs no second hop.
    return first.document_id == second.document_id and second.start - first.end > 2
