"""Find where a quotation stands in its source: exactly, or close enough to repair it to the true span."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from benchwright.text.fold import find_folded
from benchwright.text.negation import count_negations

ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}|…+)\s*")

LEAST_SIMILARITY = 85.0
"""Below this partial ratio (0..100) a quotation is invented, not misspelt."""

LEAST_CHARACTERS = 2


@dataclass(frozen=True)
class Located:
    """One unbroken piece of a quotation: its span in the source, and how alike the two are (100 = verbatim)."""

    start: int
    end: int
    similarity: float


def locate_quote(quote: str, source: str) -> tuple[Located, ...]:
    """Return the spans of `source` that `quote` copies, one for each piece between ellipses.

    A verbatim piece (Unicode, white-space, hyphen and quotation-mark differences aside) is found first; else the most
    similar stretch is taken, widened to whole words, unless it has another figure, name or negation: whoever misread
    those has not read the source. An empty tuple means that a piece does not stand in the source.
    """
    pieces = [piece.strip().strip("\"'“”‘’「」『』") for piece in ELLIPSIS.split(quote)]
    pieces = [piece for piece in pieces if len(piece) >= LEAST_CHARACTERS]
    located = [_locate_piece(piece, source) for piece in pieces]
    found = [piece for piece in located if piece is not None]
    return tuple(found) if found and len(found) == len(located) else ()


def _locate_piece(piece: str, source: str) -> Located | None:
    exact = find_folded(piece, source)
    if exact is not None:
        return Located(exact[0], exact[1], 100.0)
    if len(piece) < 12:
        # A short string is similar to something everywhere; only verbatim counts.
        return None
    best = fuzz.partial_ratio_alignment(piece, source, score_cutoff=LEAST_SIMILARITY)
    if best is None:
        return None
    start, end = _whole_words(source, best.dest_start, best.dest_end)
    return Located(start, end, best.score) if _keeps_the_facts(piece, source[start:end]) else None


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Þ]\w+")


def _keeps_the_facts(quote: str, span: str) -> bool:
    """Whether a span has the figures and names of a misspelt quote, and negates as often."""
    if count_negations(quote) != count_negations(span):
        return False
    figures = set(_FIGURE.findall(span))
    return set(_FIGURE.findall(quote)) <= figures and all(
        fuzz.partial_ratio(name, span) >= LEAST_SIMILARITY for name in _NAME.findall(quote)
    )


def _whole_words(source: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and source[start - 1].isalnum() and source[start].isalnum():
        start -= 1
    while end < len(source) and source[end - 1].isalnum() and source[end].isalnum():
        end += 1
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end
