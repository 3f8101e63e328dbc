"""Find passages that are really related: they share rare terms (`near` finds those that embeddings relate).

A multi-hop question over two passages that have nothing to do with each other is two questions glued together. Passages
are related here when they share terms that few other passages use, weighted by inverse document frequency (Spärck
Jones, 1972) and normalised by length, so that a long passage is not related to everything.
"""

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.records import Passage
from benchwright.text.titles import subject_words
from benchwright.text.tokens import content_words

MOST_PASSAGES_PER_TERM = 12
"""A term in more passages than this joins nothing: it says what all of them are about."""

LEAST_SHARED_TERMS = 2

SHARES = 8
"""Pairs are weighed a share at a time: all of 100 MB of sources at once would be larger than the sources."""

MOST_PAIRS = 50_000
"""The strongest pairs that are kept; no order asks for more."""

LEAST_STRENGTH = {True: 0.07, False: 0.03}
"""Across documents, and within one: passages of one document share their subject anyhow.

Read on five sets of documents: pairs of unrelated documents stayed below .065, pairs that hold one another's
rule, figure or name lay above .08 (see docs/decisions/questions-by-model.md).
"""

LEAST_OF_ONE_SUBJECT = 0.035
"""Enough across documents whose titles name the same thing: the rules of a society and the minutes of its meeting."""

# Figures, dates and spans of time join nothing, in digits or in words (a report and a lease both know March, six months
# and the end of the year), and a Korean verb or adjective says what is done, not what it is done to. Nouns may end in
# the same syllables (진단서, 보고, 휴지, 기한), so those endings count only behind a stem of verbs.
_NO_MATTER = re.compile(
    r"\W*\d[\d.,%]*(?:st|nd|rd|th|[년월일원회명주세층]|개월|시간|만|억)?\W*"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:four|fif|six|seven|eigh|nine)teen|twenty|thirty"
    r"|forty|fifty|sixty|ninety|hundred|thousand|million|billion|first|second|third|half|double|twice"
    r"|january|february|march|april|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day|(?:day|week|month|year|hour|minute|date|time|period)s?|annual(?:ly)?|(?:dai|week|month|quarter|year)ly"
    r"|quarters?|cents?|percent|euros?|dollars?|pounds?|end|begin|start|full|equal|whole|parts?|due|paid|rates?"
    r"|[가-힣]|[가-힣]+(?:다|요|까|음|[은는을될된며던]|안에|전에|후에|중에|때에)"
    r"|[가-힣]*(?:하|되|있|없|않)[고게지]|[가-힣]*(?:해|하여|되어|면|에)서|[가-힣]+하여|[가-힣]{2,}(?<![기제권시])한|[가-힣]{2,}할"
)


@dataclass(frozen=True, slots=True)
class RelatedPair:
    """Two related passages by position, how strongly (0..1), and how many rare terms they share."""

    first: int
    second: int
    strength: float
    shared: int = 0


def related_by_terms(passages: Sequence[Passage], *, across_documents: bool) -> list[RelatedPair]:
    """Return pairs of passages that share rare terms, strongest first, at most `MOST_PAIRS`.

    Args:
        passages: Candidates, in reading order.
        across_documents: Pair passages of different documents; else passages of one document that do not touch.
    """
    return RareTerms(passages).pairs(across_documents=across_documents)


class RareTerms:
    """Which passages share which rare terms, in columns: four bytes a term, so that 100 MB of sources fit."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        numbers, sizes = array("I"), array("I")
        places = Places()
        for passage in passages:
            found = _terms(passage.text)
            numbers.extend(found)
            sizes.append(len(found))
            places.add(passage)
        self._places = places
        self._same_subject = places.same_subject()
        term = np.frombuffer(numbers, np.uint32) if numbers else np.zeros(0, np.uint32)
        known, counts = _counted(term)
        weight = np.log(len(sizes) / counts)
        rare = (counts >= 2) & (counts <= MOST_PASSAGES_PER_TERM)
        self._length = np.ones(len(sizes))
        holders: list[NDArray[np.int32]] = []
        ranks: list[NDArray[np.int32]] = []
        start = 0
        # Passage by passage: whole columns of eight bytes a term would be larger than the sources themselves.
        for position, size in enumerate(sizes):
            rank = np.searchsorted(known, term[start : start + size])
            start += size
            self._length[position] = np.sqrt((weight[rank] ** 2).sum()) or 1.0
            ranks.append(rank[rare[rank]].astype(np.int32))
            holders.append(np.full(len(ranks[-1]), position, np.int32))
        rank, holder = (np.concatenate(part) if part else np.zeros(0, np.int32) for part in (ranks, holders))
        self._holders = holder[np.argsort(rank, kind="stable")]
        self._counts = counts[rare]
        self._weights = weight[rare]

    def pairs(self, *, across_documents: bool) -> list[RelatedPair]:
        """Return the related pairs by position, as `related_by_terms` does."""
        kept = [self._strong(share, across_documents) for share in range(SHARES)]
        first, second, strength, shared = (np.concatenate([part[column] for part in kept]) for column in range(4))
        strongest = np.lexsort((second, first, -strength.round(9)))[:MOST_PAIRS]
        return [RelatedPair(int(first[at]), int(second[at]), float(strength[at]), int(shared[at])) for at in strongest]

    def _strong(
        self, share: int, across_documents: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        """Return the strong pairs (first, second, strength, shared terms) among a share of the first passages."""
        parts = [self._allowed(*part, share, across_documents) for part in self._together()]
        first, second, weight = (np.concatenate([part[column] for part in parts]) for column in range(3))
        size = len(self._length)
        keys, place, shared = np.unique(first * np.int64(size) + second, return_inverse=True, return_counts=True)
        first, second = np.divmod(keys, size)
        strength = np.bincount(place, weight, minlength=len(keys)) / (self._length[first] * self._length[second])
        least = np.full(len(keys), LEAST_STRENGTH[across_documents])
        if across_documents and len(self._same_subject):
            least[np.isin(self._places.pair_keys(first, second), self._same_subject)] = LEAST_OF_ONE_SUBJECT
        enough = np.flatnonzero((shared >= LEAST_SHARED_TERMS) & (strength >= least))
        return first[enough], second[enough], strength[enough], shared[enough]

    def _together(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]]:
        """All pairs of holders of one term (first, second, squared weight), for terms of one count at a time."""
        starts = np.cumsum(self._counts) - self._counts
        for count in range(2, MOST_PASSAGES_PER_TERM + 1):
            of_count = np.flatnonzero(self._counts == count)
            holders = self._holders[starts[of_count][:, None] + np.arange(count)]
            for one in range(count):
                for other in range(one + 1, count):
                    yield holders[:, one], holders[:, other], self._weights[of_count] ** 2

    def _allowed(
        self,
        first: NDArray[np.int32],
        second: NDArray[np.int32],
        weight: NDArray[np.float64],
        share: int,
        across_documents: bool,
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        mine = first % SHARES == share
        first, second, weight = first[mine], second[mine], weight[mine]
        may = self._places.may_pair(first, second, across_documents=across_documents)
        return first[may], second[may], weight[may]


class Places:
    """In which document each passage lies and where, in columns."""

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._documents, self._starts, self._ends = array("q"), array("q"), array("q")
        self._named: dict[str, list[int]] = {}
        """By word of a title, the documents that have it there."""
        for passage in passages:
            self.add(passage)

    def add(self, passage: Passage) -> None:
        """Add the next passage."""
        is_new = passage.document_id not in self._numbers
        number = self._numbers.setdefault(passage.document_id, len(self._numbers))
        if is_new and passage.section:
            for word in subject_words(passage.section[0]):
                if not _NO_MATTER.fullmatch(word):
                    self._named.setdefault(word, []).append(number)
        self._documents.append(number)
        self._starts.append(passage.start)
        self._ends.append(passage.end)

    def same_subject(self) -> NDArray[np.int64]:
        """The pairs of documents, as keys, whose titles share a word that few titles have."""
        few = min(MOST_PASSAGES_PER_TERM, max(3, len(self._numbers) // 2))
        keys = {
            one * len(self._numbers) + other
            for holders in self._named.values()
            if 2 <= len(holders) <= few
            for one in holders
            for other in holders
            if one != other
        }
        return np.array(sorted(keys), np.int64)

    def pair_keys(self, first: NDArray[np.integer[Any]], second: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """The key of the documents of each pair of passages."""
        document = np.array(self._documents)
        return document[first] * len(self._numbers) + document[second]

    def may_pair(
        self, first: NDArray[np.integer[Any]], second: NDArray[np.integer[Any]], *, across_documents: bool
    ) -> NDArray[np.bool_]:
        """Say for each pair, the first before the second, whether a question may join them."""
        document, start, end = (np.array(each) for each in (self._documents, self._starts, self._ends))
        if across_documents:
            return document[first] != document[second]
        # Neighbours are one text cut in two: a question over both needs no second hop.
        return (document[first] == document[second]) & (start[second] - end[first] > 2)


def _counted(term: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """As `np.unique(term, return_counts=True)`, a sixteenth at a time: sorting them all at once copies them all."""
    parts = [np.unique(term[term >> 28 == part], return_counts=True) for part in range(16)]
    return np.concatenate([known for known, _ in parts]), np.concatenate([counts for _, counts in parts])


def _terms(text: str) -> list[int]:
    """The distinct content words as numbers: of a million words, about a hundred share theirs with another."""
    return sorted({_number(word) for word in content_words(text) if not _NO_MATTER.fullmatch(word)})


@lru_cache(maxsize=65536)
def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))
