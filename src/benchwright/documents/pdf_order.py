"""Puts the glyphs of one PDF line in reading order: by place where the file has them otherwise, and right to left."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# Narrower gaps are none, in shares of the size.
_WORD_SPACE = 0.12
_DISORDER = 0.3
_ONE_LINE = 0.7
_ENOUGH = 5
_HANGUL = re.compile(r"[가-힣]")
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u3041-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")
# In a line that runs from right to left, words of Latin letters and numbers with their signs still run to the right.
_RUN = re.compile(r"[<]?[LN](?:p{0,3}[LN])*%?")
# A word space behind Latin letters has no width where the direction turns.
_LATIN_BEFORE = re.compile(r"(?<=[A-Za-z0-9])(?=[\u0621-\u064a\u05d0-\u05ea])")
_STOP_FIRST = re.compile(r"[.,،؛:!؟](?=[\u0590-\u08ff].*[^.,،؛:!؟]$)")
_BULLET_LAST = re.compile(r"\s+([•·▪◦●○■□❖➢✓])$")
_BRACKETS = str.maketrans("()[]{}<>«»", ")(][}{><»«")


class Glyph(NamedTuple):
    """One character with its box; `is_made` is a space that the file does not have but pdfium supposes."""

    character: str
    left: float
    right: float
    bottom: float
    top: float
    place: int
    is_made: bool = False


def in_order(glyphs: Sequence[Glyph], size: float, *, word_space: float) -> list[Glyph]:
    """Return the glyphs of a line that runs to the right, in reading order and with the spaces that are meant.

    A file may write all Hangul of a line before its digits and signs, and set digits a little apart: pdfium then gives
    the pieces one after the other and supposes spaces between them. `word_space` is what divides the page's Hangul
    words, in shares of the size; 0 where that cannot be told.
    """
    inked = [glyph for glyph in glyphs if not glyph.character.isspace()]
    narrow = 0.9 * word_space
    if _goes_back(inked, size) or (word_space and _goes_back(glyphs, size)):
        return _spaced(sorted(inked, key=lambda glyph: glyph.left), narrow, size)
    return [
        glyph
        for place, glyph in enumerate(glyphs)
        if not (
            glyph.is_made and 0 < place < len(glyphs) - 1 and _is_close(glyphs[place - 1], glyphs[place + 1], narrow)
        )
    ]


def rows_in(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of what pdfium takes for one line by the lines they stand on, from the highest down."""
    inked = [glyph for glyph in glyphs if not glyph.character.isspace()]
    if not inked:
        return [list(glyphs)]
    size = median(glyph.top - glyph.bottom for glyph in inked)
    if not _goes_back(inked, size) or max(map(_middle, inked)) - min(map(_middle, inked)) < _ONE_LINE * size:
        return [list(glyphs)]
    rows: list[list[Glyph]] = []
    for glyph in glyphs:
        near = [row for row in rows if abs(_middle(row[0]) - _middle(glyph)) < 0.5 * size]
        if near:
            near[0].append(glyph)
        elif not glyph.character.isspace():
            rows.append([glyph])
    return sorted(rows, key=lambda row: -_middle(row[0]))


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _goes_back(glyphs: Sequence[Glyph], size: float) -> bool:
    return any(after.left < before.left - _DISORDER * size for before, after in pairwise(glyphs))


def word_space_of(rows: Iterable[Sequence[Glyph]]) -> float:
    """Return how wide the spaces between Hangul words of a page are, in shares of their size; 0 where few are seen."""
    gaps = [
        (after.left - before.right) / max(after.top - after.bottom, 1)
        for row in rows
        for before, after in pairwise(glyph for glyph in row if not glyph.character.isspace())
        if _HANGUL.match(before.character) and _HANGUL.match(after.character)
    ]
    words = [gap for gap in gaps if _WORD_SPACE < gap < 1]
    return median(words) if len(words) >= _ENOUGH else 0.0


def _spaced(glyphs: Sequence[Glyph], narrow: float, size: float) -> list[Glyph]:
    """Glyphs in order with a space in each gap that is one."""
    result: list[Glyph] = []
    for glyph in glyphs:
        before = result[-1] if result else None
        if (
            before is not None
            and glyph.left - before.right > _WORD_SPACE * size
            and not _is_close(before, glyph, narrow)
        ):
            result.append(Glyph(" ", before.right, glyph.left, before.bottom, before.top, glyph.place, is_made=True))
        result.append(glyph)
    return result


def _is_close(before: Glyph, after: Glyph, narrow: float) -> bool:
    """Whether two neighbours of different scripts are only set apart, without a space."""
    mixed = bool(_EAST_ASIAN.match(before.character)) != bool(_EAST_ASIAN.match(after.character))
    wide = before if _EAST_ASIAN.match(before.character) else after
    return mixed and after.left - before.right < narrow * (wide.top - wide.bottom)


def runs_right_to_left(text: Iterable[str]) -> bool:
    """Say whether a line reads from the right: its Arabic or Hebrew letters are at least as many as its others."""
    joined = "".join(text)
    letters = len(_RIGHT_TO_LEFT.findall(joined))
    return letters > 0 and letters >= len(_LATIN.findall(joined))


def right_to_left_text(glyphs: Sequence[Glyph], size: float) -> str:
    """Return the logical text of glyphs in a line that is read from the right, from their places alone."""
    units = _units(glyphs, size)
    kinds = "".join(_kind(unit[0]) for unit in units)
    runs = _joined_runs(kinds)
    parts: list[str] = []
    end = len(units)
    for start, stop in reversed(runs):
        parts.extend(reversed(units[stop:end]))
        parts.append("".join(units[start:stop]))
        end = start
    parts.extend(reversed(units[:end]))
    return _with_ends_in_place(_with_true_brackets(parts))


def _units(glyphs: Sequence[Glyph], size: float) -> list[str]:
    """What is seen from left to right: letters with the marks on them, ligatures whole, and a space for each gap."""
    inked = [glyph for glyph in glyphs if not glyph.character.isspace()]
    bases: list[tuple[Glyph, str]] = []
    marks: list[Glyph] = []
    for glyph in inked:
        if unicodedata.category(glyph.character) == "Mn" and glyph.character > "\u0530":
            marks.append(glyph)
        elif bases and _share_box(bases[-1][0], glyph):
            # The letters of one ligature: pdfium gives them in the order in which they are read.
            bases[-1] = (bases[-1][0], bases[-1][1] + glyph.character)
        else:
            bases.append((glyph, glyph.character))
    bases.sort(key=lambda base: base[0].left)
    texts = [text for _, text in bases]
    for mark in marks:
        centre = (mark.left + mark.right) / 2
        nearest = min(
            range(len(bases)), key=lambda n: abs((bases[n][0].left + bases[n][0].right) / 2 - centre), default=-1
        )
        if nearest >= 0:
            texts[nearest] += mark.character
    units: list[str] = []
    for place, text in enumerate(texts):
        if place and bases[place][0].left - bases[place - 1][0].right > _WORD_SPACE * size:
            units.append(" ")
        units.append(text)
    return units


def _share_box(one: Glyph, other: Glyph) -> bool:
    return abs(one.left - other.left) < 0.01 and abs(one.right - other.right) < 0.01


def _kind(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.bidirectional(character) in ("EN", "AN"):
        return "N"
    if unicodedata.bidirectional(character) == "L":
        return "L"
    if character in "%‰°":
        return "%"
    if character in "$€£¥₩₪":
        return "<"
    return "p" if character in ".,:;/\\-–_@&+'’#=" else "o"


def _joined_runs(kinds: str) -> list[tuple[int, int]]:
    """The stretches that run to the right; Latin words with a space between them are one."""
    runs: list[tuple[int, int]] = []
    for found in _RUN.finditer(kinds):
        start, stop = found.span()
        if runs:
            before, end = runs[-1]
            has_letters = "L" in kinds[before:end] and "L" in found[0]
            if has_letters and kinds[end:start] in (" ", "p "):
                runs[-1] = (before, stop)
                continue
        runs.append((start, stop))
    return runs


def _with_true_brackets(parts: Sequence[str]) -> str:
    """Some files store a bracket as it looks, others as it is meant; the first one of a line opens."""
    text = _LATIN_BEFORE.sub(" ", "".join(parts))
    first = next((character for character in text if character in "()[]"), "")
    if first in (")", "]") and any(opening in text for opening in "(["):
        return text.translate(_BRACKETS)
    return text


def _with_ends_in_place(text: str) -> str:
    """A line set as if it ran to the right has its full stop in front and its bullet behind."""
    bullet = _BULLET_LAST.search(text)
    mark, text = (f"{bullet[1]} ", text[: bullet.start()]) if bullet else ("", text)
    return mark + (text[1:] + text[0] if _STOP_FIRST.match(text) else text)
