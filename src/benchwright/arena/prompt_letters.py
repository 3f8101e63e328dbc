"""What a terse prompt asks for, told by its letters and words: a small model learnt from prompts of our own.

`python tools/prompt_categories.py` learns it anew from the prompts beside it.
"""

import re
import zlib
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

WEIGHTS = "prompt_letters.npy"
PLACES = 8192
"""Letters and words share so many places (hashing: Weinberger et al. 2009); two in one place cost little."""
QUANTUM = 0.1
"""What one step of a stored weight stands for."""
SURE = 0.3
"""The least probability at which a category is told; at this one four of five that were told were right."""
LONGEST_RUN = 4
_PIECE = re.compile(r"\w+|[^\w\s]")


def likely(text: str, categories: tuple[str, ...]) -> str | None:
    """The likeliest of `categories` for `text`; `None` where none is likely enough."""
    weights = _weights()
    at = places(text)
    if not at:
        return None
    said = weights[at].sum(axis=0) * (QUANTUM / len(at) ** 0.5)
    chance = np.exp(said - said.max())
    best = int(chance.argmax())
    return categories[best] if chance[best] >= SURE * chance.sum() else None


def places(text: str) -> list[int]:
    """Where the runs of one to four letters, the words, pairs of words, and the first and last word of `text` stand."""
    words = _PIECE.findall(re.sub(r"\d+", "0", text.casefold()))
    found: set[str] = set()
    for word in words:
        edged = f" {word} "
        found.update(
            edged[start : start + length]
            for length in range(1, LONGEST_RUN + 1)
            for start in range(len(edged) - length + 1)
        )
        found.add(f"={word}")
    found.update(f"{first} {second}" for first, second in pairwise(words))
    if words:
        found.update((f"^{words[0]}", f"${words[-1]}"))
    return sorted({zlib.crc32(piece.encode("utf-8", "replace")) % PLACES for piece in found})


@cache
def _weights() -> NDArray[np.float32]:
    with (resources.files("benchwright.arena") / WEIGHTS).open("rb") as file:
        return np.load(file).astype(np.float32)
