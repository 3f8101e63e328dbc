"""Counts of length and Markdown marks of an answer, as style control and `why` read them."""

import re
from collections.abc import Sequence

from benchwright.ranking.style_marks import MARKS

_PATTERNS = {name: re.compile(pattern) for name, pattern in MARKS.items()}
FEATURES: tuple[str, ...] = ("length", *_PATTERNS)


def style_of(texts: Sequence[str]) -> list[int]:
    """The counts of `FEATURES` over all `texts` of one side."""
    return [
        sum(len(text) for text in texts),
        *(sum(1 for text in texts for _ in pattern.finditer(text)) for pattern in _PATTERNS.values()),
    ]
