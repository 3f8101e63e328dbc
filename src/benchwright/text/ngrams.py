"""N-grams of words or characters, and how much two texts share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def ngrams(items: Sequence[Item], n: int) -> list[tuple[Item, ...]]:
    """Return the runs of `n` neighbours in `items`, in order; empty where there are fewer than `n`."""
    if n < 1:
        raise ValueError(f"an n-gram has at least one item, not {n}")
    return [tuple(items[i : i + n]) for i in range(len(items) - n + 1)]


def character_ngrams(text: str, n: int) -> list[str]:
    """Return the runs of `n` characters of `text`, in order."""
    if n < 1:
        raise ValueError(f"an n-gram has at least one character, not {n}")
    return [text[i : i + n] for i in range(len(text) - n + 1)]


def jaccard(one: Iterable[object], other: Iterable[object]) -> float:
    """Return |A ∩ B| / |A ∪ B| of two collections as sets; two empty ones are alike (1.0)."""
    first, second = set(one), set(other)
    union = len(first | second)
    return len(first & second) / union if union else 1.0


def containment(part: Iterable[object], whole: Iterable[object]) -> float:
    """Return the share of `part`, counted with repeats, that is also in `whole`; an empty part is contained (1.0)."""
    wanted, there = Counter(part), Counter(whole)
    total = wanted.total()
    return (wanted & there).total() / total if total else 1.0
