"""Full-text search without a model: Okapi BM25 over passages, in any script."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from benchwright.text.tokens import content_words


def search_terms(text: str) -> list[str]:
    """Return what BM25 counts: content words, and for Korean, Chinese and Japanese their character pairs too.

    Pairs find `개인정보` in `개인정보보호법`, and words in scripts that are written without blanks.
    """
    terms: list[str] = []
    previous = ""
    for word in content_words(text):
        terms.append(word)
        if len(word) > 2 and "가" <= word[0] <= "힣":
            terms.extend(word[i : i + 2] for i in range(len(word) - 1))
        single = len(word) == 1 and word > "\u3040"
        if single and previous:
            terms.append(previous + word)
        previous = word if single else ""
    return terms


K1, B = 1.2, 0.75


def ranked_once(passages: Sequence[str], query: str) -> list[int]:
    """Return the positions of the passages that share a term with `query`, best first, without making an index.

    For texts that are searched once or twice. A term is found inside longer words too, which no index of words does.
    """
    terms = list(dict.fromkeys(search_terms(query)))
    if not terms or not passages:
        return []
    folded = [passage.casefold() for passage in passages]
    times = np.array([[text.count(term) for term in terms] for text in folded], dtype=np.float64)
    lengths = np.array([len(text) for text in folded], dtype=np.float64)
    holding = (times > 0).sum(axis=0)
    idf = np.log(1 + (len(passages) - holding + 0.5) / (holding + 0.5))
    norm = K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean())))
    scores = (idf * times * (K1 + 1) / (times + norm[:, None])).sum(axis=1)
    return [int(at) for at in np.argsort(-scores, kind="stable") if scores[at] > 0]


class Bm25:
    """An index of passages (Robertson & Zaragoza 2009), with the idf of Lucene, which is never negative."""

    def __init__(self, passages: Sequence[str], *, k1: float = K1, b: float = B) -> None:
        counts = [Counter(search_terms(passage)) for passage in passages]
        lengths = np.array([count.total() for count in counts], dtype=np.float64)
        mean = float(lengths.mean()) if len(counts) and lengths.any() else 1.0
        norm = k1 * (1 - b + b * lengths / mean)
        postings: dict[str, list[tuple[int, int]]] = {}
        for index, count in enumerate(counts):
            for term, times in count.items():
                postings.setdefault(term, []).append((index, times))
        self._size = len(counts)
        self._weights: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for term, rows in postings.items():
            at = np.array([row[0] for row in rows])
            times = np.array([row[1] for row in rows], dtype=np.float64)
            idf = float(np.log(1 + (self._size - len(rows) + 0.5) / (len(rows) + 0.5)))
            self._weights[term] = (at, idf * times * (k1 + 1) / (times + norm[at]))

    def scores(self, query: str) -> np.ndarray:
        """Return the score of every passage for `query`; 0 where no term is shared."""
        total = np.zeros(self._size)
        for term in dict.fromkeys(search_terms(query)):
            if term in self._weights:
                at, weight = self._weights[term]
                total[at] += weight
        return total

    def search(self, query: str, k: int) -> list[tuple[int, float]]:
        """Return the `k` best passages as (index, score), best first; none that share no term."""
        scores = self.scores(query)
        order = np.lexsort((np.arange(self._size), -scores))[:k]
        return [(int(index), float(scores[index])) for index in order if scores[index] > 0]
