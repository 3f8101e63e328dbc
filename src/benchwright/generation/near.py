"""Passages related by the user's own embeddings: which lie close to each other, found without comparing all with all.

Passages are dealt to centres, and compared with those dealt to the same: time grows with the number of passages to the
power of one and a half. Some pairs are missed so; an order asks for a few of those that are found.
"""

from collections.abc import Sequence
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from benchwright.generation.related import MOST_PAIRS, Places, RelatedPair
from benchwright.records import Passage

LEAST_COSINE = 0.35
"""Pairs below this cosine, measured from the mean of all passages, are not related."""

FEW = 4
"""The mean is taken off the more, the more passages there are: of a few it is the passages themselves."""

CENTRES = 2
"""Centres that each passage is dealt to."""

BLOCK = 1024
"""So many passages at a centre are compared with each other at once, however many are dealt to it."""

NEIGHBOURS = 8
"""Pairs kept of each passage in a block."""


class Near:
    """Passages by their vectors; implements `Related`."""

    def __init__(self, passages: Sequence[Passage], vectors: NDArray[np.floating]) -> None:
        self._places = Places(passages)
        self._unit = _directions(vectors)

    def pairs(self, *, across_documents: bool) -> list[RelatedPair]:
        """Return pairs of passages that lie close, closest first, at most `MOST_PAIRS`."""
        found = [self._close(members, across_documents) for members in self._dealt()]
        size = len(self._unit)
        keys = np.concatenate([key for key, _ in found]) if found else np.zeros(0, np.int64)
        cosines = np.concatenate([cosine for _, cosine in found]) if found else np.zeros(0)
        keys, once = np.unique(keys, return_index=True)
        cosines = cosines[once].round(6)
        strongest = np.lexsort((keys, -cosines))[:MOST_PAIRS]
        return [
            RelatedPair(int(keys[at] // size), int(keys[at] % size), float(min(1.0, cosines[at]))) for at in strongest
        ]

    def _dealt(self) -> list[NDArray[np.int64]]:
        """Blocks of passages that are dealt to one centre; the centres are passages drawn by a fixed seed."""
        size = len(self._unit)
        count = ceil(sqrt(size) / 2)
        if count <= CENTRES:
            return [np.arange(size)] if size else []
        centres = self._unit[np.random.default_rng(0).choice(size, count, replace=False)]
        # A share at a time: the whole table of passages by centres is larger than the vectors of long documents.
        nearest = np.concatenate(
            [
                np.argpartition(-(self._unit[start : start + BLOCK] @ centres.T), CENTRES, axis=1)[:, :CENTRES]
                for start in range(0, size, BLOCK)
            ]
        )
        dealt = [np.flatnonzero((nearest == centre).any(axis=1)) for centre in range(count)]
        return [members[start : start + BLOCK] for members in dealt for start in range(0, len(members), BLOCK)]

    def _close(
        self, members: NDArray[np.int64], across_documents: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The pairs of a block that may be joined and lie close, as one number each, and their cosines."""
        cosines = self._unit[members] @ self._unit[members].T
        one, other = np.nonzero(np.triu(cosines, 1) >= LEAST_COSINE)
        may = self._places.may_pair(members[one], members[other], across_documents=across_documents)
        one, other = one[may], other[may]
        order = np.argsort(-cosines[one, other], kind="stable")
        one, other = one[order], other[order]
        kept = np.minimum(_turn(one), _turn(other)) < NEIGHBOURS
        one, other = one[kept], other[kept]
        return members[one] * np.int64(len(self._unit)) + members[other], cosines[one, other]


class Unread:
    """Stands for the pairs of an embedding that is not paid for yet: as many as there may be, in reading order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._size = len(passages)
        self._places = Places(passages)

    def pairs(self, *, across_documents: bool) -> list[RelatedPair]:
        """Return pairs that may be joined, however little they have to do with each other."""
        found: list[RelatedPair] = []
        for step in range(1, self._size):
            first = np.arange(self._size - step)
            may = self._places.may_pair(first, first + step, across_documents=across_documents)
            found += [RelatedPair(int(at), int(at) + step, 0.0) for at in first[may]]
            if len(found) >= min(MOST_PAIRS, 2 * self._size):
                break
        return found[:MOST_PAIRS]


def _directions(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Unit vectors from the mean: what all texts of a model have in common says nothing of two of them."""
    given = vectors.astype(np.float32)
    given /= np.maximum(np.linalg.norm(given, axis=1, keepdims=True), 1e-12)
    given -= given.mean(axis=0) * (len(given) / (len(given) + FEW)) if len(given) else 0
    given /= np.maximum(np.linalg.norm(given, axis=1, keepdims=True), 1e-12)
    return given


def _turn(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each value, how often it came before."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(values) else np.zeros(0, np.int64)
    turns = np.empty(len(values), np.int64)
    turns[order] = np.arange(len(values)) - np.repeat(starts, np.diff(np.r_[starts, len(values)]))
    return turns
