"""Compare texts by what they say: Unicode forms, white space, hyphens and quotation marks folded, with the way back."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_HYPHENS = "‐‑‒–—―−﹘﹣－"
_SINGLE_QUOTES = "‘’‚‛′ʼ＇`´"
_DOUBLE_QUOTES = "“”„‟″«»＂「」『』"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_PLAIN = {
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_INVISIBLE, ""),
    "…": "...",
}
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670" + (
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
# Single blanks, plain ASCII, Hangul syllables and common ideographs need no work unless a mark or a jamo follows them.
_JAMO = "\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb"
_TO_FOLD = re.compile(
    rf"(?P<hyphenated>(?<=[^\W\d_])[-‐]\r?\n[ \t]*(?=[a-zà-ÿ]))|(?P<blank>(?:(?! )\s|\s\s)\s*)|"
    rf"[{_JAMO}][{_JAMO}{_MARKS}]*"
    rf"|[^\s][{_MARKS}\u11a8-\u11ff]+|[`]|[^\x00-\x7f가-힣一-鿿ぁ-ゖァ-ヺ]"
)


@dataclass(frozen=True)
class Folded:
    """A folded text and, for each of its characters (and its end), the offset it comes from in the original."""

    text: str
    origin: Sequence[int]
    """`len(text) + 1` offsets, never decreasing."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that folds to `text[start:end]`."""
        if end <= start:
            return self.origin[start], self.origin[start]
        first, last = self.origin[start], self.origin[end]
        # Several folded characters can come from one (`…` → `...`): a span that ends inside takes it whole.
        if end < len(self.text) and self.origin[end - 1] == last:
            last = self.origin[bisect_right(self.origin, last)]
        return first, last


def _fold_one(cluster: str) -> str:
    if cluster in _PLAIN:
        return _PLAIN[cluster]
    decomposition = unicodedata.decomposition(cluster) if len(cluster) == 1 else ""
    if decomposition.startswith("<super>"):
        # 10² must not become 102: a changed number would look grounded.
        return "^" + unicodedata.normalize("NFKC", cluster)
    if decomposition.startswith("<fraction>"):
        return " " + unicodedata.normalize("NFKC", cluster).replace("⁄", "/")
    return "".join(_PLAIN.get(character, character) for character in unicodedata.normalize("NFKC", cluster))


def fold(text: str, *, join_hyphenated: bool = False) -> Folded:
    """Fold Unicode compatibility forms (NFKC), white space, hyphens, dashes and quotation marks of `text`.

    Runs of white space become one blank, invisible characters vanish, superscripts keep a `^`. Letter case stays.
    With `join_hyphenated` a hyphen at the end of a line is taken out (`exam-⏎ple` → `example`).
    """
    parts: list[str] = []
    origin = array("I")
    done = 0
    for match in _TO_FOLD.finditer(text):
        start, end = match.span()
        parts.append(text[done:start])
        origin.extend(range(done, start))
        if match["hyphenated"] is not None:
            piece = "" if join_hyphenated else "-"
        elif match["blank"] is not None:
            piece = " "
        else:
            piece = _fold_one(match.group())
        parts.append(piece)
        origin.extend([start] * len(piece))
        done = end
    parts.append(text[done:])
    origin.extend(range(done, len(text) + 1))
    return _squeeze("".join(parts), origin)


def _squeeze(text: str, origin: "array[int]") -> Folded:
    """Join blanks that folding brought together (such as `a`, no-break space, blank)."""
    if "  " not in text:
        return Folded(text, origin)
    keep = [i for i, character in enumerate(text) if not (character == " " and i and text[i - 1] == " ")]
    return Folded("".join(text[i] for i in keep), array("I", [*(origin[i] for i in keep), origin[-1]]))


# A folded book is several times the book: few are kept, in four bytes an offset.
@lru_cache(maxsize=16)
def _folded(text: str, join_hyphenated: bool, ignore_case: bool) -> Folded:
    folded = fold(text, join_hyphenated=join_hyphenated)
    # `lower` can change the length of a few characters (İ); those texts keep their case rather than lose their offsets.
    lowered = folded.text.lower() if ignore_case else folded.text
    return Folded(lowered, folded.origin) if len(lowered) == len(folded.text) else folded


def find_folded(needle: str, haystack: str, *, start: int = 0, ignore_case: bool = False) -> tuple[int, int] | None:
    """Return the first exact span of `haystack`, from `start` on, that says `needle` once both are folded, or `None`.

    Numbers, letters and signs must agree; only the foldings of `fold` (and a hyphen at a line's end) are forgiven.
    """
    exact = haystack.find(needle, start) if needle else -1
    if exact >= 0:
        return exact, exact + len(needle)
    for join_hyphenated in (False, True):
        sought = _folded(needle, join_hyphenated, ignore_case).text.strip()
        if not sought:
            return None
        folded = _folded(haystack, join_hyphenated, ignore_case)
        from_here = bisect_right(folded.origin, start - 1)
        found = folded.text.find(sought, from_here)
        if found >= 0:
            return folded.span(found, found + len(sought))
    return None
