"""Parts a text into clauses, and tells what of the question each repeats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchwright.evaluation.graders import cues
from benchwright.evaluation.graders.normalise import content_words, shared_words

LEAST_RESTATED, MOST_RESTATED = 2, 0.4
WORDS_BEFORE_COLON = 3


@dataclass(frozen=True)
class Clause:
    """One clause: where it stands, in which sentence, and what of the question it repeats."""

    start: int
    end: int
    sentence: int
    restated: frozenset[str] = frozenset()
    is_conclusion: bool = False
    is_restated: bool = False


def clauses_of(text: str, asked: str, known: Sequence[str]) -> list[Clause]:
    """Return the clauses of `text`; words of `known` answers do not restate the question `asked`."""
    question = content_words(asked) - {word for answer in known for word in content_words(answer)}
    superlatives = _superlatives(asked)
    asks_first = cues.ASKS_FIRST.search(asked) is not None
    found: list[Clause] = []
    for number, (start, end) in enumerate(_pieces(text, 0, len(text), cues.SENTENCE)):
        for begin, stop in _without_opening(text, _pieces(text, start, end, cues.CLAUSE)):
            words = text[begin:stop]
            restated = shared_words(question, content_words(words))
            is_first = asks_first and cues.FIRST.match(text, start, end) is not None
            is_most = bool(superlatives & _superlatives(words)) or (bool(superlatives) and cues.TOP.match(words))
            is_restated = is_first or (len(restated) >= max(LEAST_RESTATED, len(question) * MOST_RESTATED))
            found.append(
                Clause(begin, stop, number, restated, bool(is_most or cues.CONCLUDES.search(words)), is_restated)
            )
    return found


def clause_spans(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of `text` stand."""
    sentences = _pieces(text, 0, len(text), cues.SENTENCE)
    return [span for start, end in sentences for span in _pieces(text, start, end, cues.CLAUSE)]


def _superlatives(text: str) -> set[str]:
    found = {match.group().casefold() for match in cues.SUPERLATIVE.finditer(text)}
    return {"most" if word in ("가장", "제일") else word for word in found} - cues.NO_SUPERLATIVE


def _without_opening(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Part `After the audit, …` at its comma, and a sentence at its colon."""
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        cut = text.find(", ", start, end) if cues.OPENING.match(text, start, end) else -1
        colon = text.find(": ", start, end)
        if cut < 0 and len(text[start:colon].split()) >= WORDS_BEFORE_COLON and colon > 0:
            cut = colon  # `Host: X` stays one
        found += [(start, cut), (cut + 2, end)] if cut > 0 else [(start, end)]
    return found


def _pieces(text: str, start: int, end: int, joint: re.Pattern[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for match in joint.finditer(text, start, end):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    return [*found, (at, end)] if at < end else found
