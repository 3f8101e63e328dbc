import pytest

from benchwright.text.ngrams import character_ngrams, containment, jaccard, ngrams


def test_ngrams_are_the_runs_of_neighbours() -> None:
    assert ngrams(["a", "b", "c"], 2) == [("a", "b"), ("b", "c")]
    assert ngrams(["a"], 2) == []
    assert character_ngrams("서울시", 2) == ["서울", "울시"]


def test_overlap_counts_what_is_shared() -> None:
    assert jaccard("ab", "bc") == pytest.approx(1 / 3)
    assert containment(["a", "a"], ["a"]) == 0.5
    assert jaccard([], []) == containment([], []) == 1.0


def test_an_ngram_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="not 0"):
        ngrams(["a"], 0)
