"""How much reading a question takes: one sentence, several, or every source; and whether it is one question at all."""

import re
from collections.abc import Sequence

from benchwright.records import Passage, Question
from benchwright.text.dates import find_dates
from benchwright.text.fold import find_folded
from benchwright.text.numbers import find_quantities
from benchwright.text.sentences import sentences
from benchwright.text.tokens import content_words


def is_lookup(question: Question, source: Passage, calculation: str = "") -> bool:
    """Whether a question that was to be hard is answered by reading one sentence.

    Not counted: computed answers, what is not stated, and cases posed by the question whose answer no sentence says.
    """
    if question.difficulty != "hard" or calculation.strip() or question.kind in ("unanswerable", "open_ended"):
        return False
    touched = {
        (start, end)
        for start, end in statements(source.text)
        for citation in question.citations
        if source.start + start < citation.end and citation.start < source.start + end
    }
    if len(touched) > 1:
        return False
    evidence = " ".join(source.text[start:end] for start, end in touched)
    is_said = find_folded(question.answer.strip(" ."), evidence) is not None
    return is_said or question.kind not in POSED or shares_words(question.text, evidence) >= RESTATED


RESTATED = 0.6
"""From this share of its words in one sentence on, a question is that sentence turned round."""


def shares_words(asked: str, sentence: str) -> float:
    """Return the share of the content words of a question that begin like a word of a sentence."""
    held = {word[:4] for word in content_words(sentence)}
    own = [word[:4] for word in content_words(asked)]
    return sum(word in held for word in own) / len(own) if own else 0.0


_ASKING = r"(?:what|which|who|when|where|how|why)"
_TWO_QUESTIONS = re.compile(
    rf"\b{_ASKING}\b[^?]{{8,}}(?:,| )\s?and (?:(?:at|by|for|in|to) )?{_ASKING}\b"
    rf"|\b{_ASKING}\b[^?]{{8,}},\s?and (?:is|are|was|were|do|does|did|has|have|can|may|must|will) (?:it|they|the|an?)\b"
    r"|\brespectively\b|각각 (?:얼마|몇|무엇|언제|어디|누구)"
    r"|(?:무엇|누구|언제|어디|얼마|몇 [가-힣]+)"
    r"(?:(?:이|이고|이며|으로|며|고)?(?:이며|며|이고|고),?|인지(?:,|와|과|\s그리고))\s[^?]{6,}(?:는가|인가|니까|나요|까)\?"
    r"|(?:무엇|누구|언제|어디|얼마|어떻게|왜|어떤 [가-힣]+)[을를이가에로]? ?(?:[가-힣]+ )?[가-힣]*며,?\s[^?]{2,}"
    r"(?:무엇|누구|언제|어디|얼마|몇|어떻게)[^?]{0,20}\?",
    re.IGNORECASE,
)


def asks_twice(question: str) -> bool:
    """Whether a question is two questions joined by "and": its answer is then right in one half only, or a list."""
    return _TWO_QUESTIONS.search(question) is not None


def said_by_each(question: Question, sources: Sequence[Passage]) -> str:
    """Why a question joins nothing: every source that it quotes states its answer by itself."""
    answer = question.answer.strip(" .")
    if len(answer) < 2 or question.kind in ("true_false", "unanswerable"):
        return ""
    if all(find_folded(answer, text) is not None for text in _quoted(question, sources)):
        return "it was to join its sources, but each of them states the answer by itself"
    return ""


def _quoted(question: Question, sources: Sequence[Passage]) -> list[str]:
    """What a question quotes of each source."""
    return [
        " ".join(c.text for c in question.citations if c.document_id == s.document_id and s.start <= c.start < s.end)
        for s in sources
    ]


_PARTS = re.compile(r"\s*(?:,|;|/|·|\band\b|(?<=[가-힣])(?:와|과|이며|이고|하고)(?=\s)|그리고|및)\s*")


def sets_side_by_side(question: Question, sources: Sequence[Passage]) -> bool:
    """Whether an answer is a list of unlike things, each from a source of its own: `£62 and 45 centimetres`.

    Things that are alike (two wards, two amounts in euros) may be one answer to one question.
    """
    parts = [part.strip(" .") for part in _PARTS.split(re.sub(r"(?<=\d),(?=\d)", "", question.answer))]
    parts = [part for part in parts if len(part) > 1]
    if len(parts) < 2 or len({_sort_of(part) for part in parts}) < 2:
        return False
    quoted = [re.sub(r"(?<=\d),(?=\d)", "", text) for text in _quoted(question, sources)]
    held = [[place for place, text in enumerate(quoted) if find_folded(part, text) is not None] for part in parts]
    return all(len(places) == 1 for places in held) and len({place for (place,) in held}) > 1


def _sort_of(part: str) -> str:
    """What a part of an answer is: a date, a quantity in its unit, or words."""
    if find_dates(part):
        return "date"
    found = find_quantities(part)
    return f"in {found[0].unit}" if found else "words"


POSED = frozenset({"application", "counterfactual", "edge_case", "false_premise"})
"""Kinds that bring a case or a premise of their own, so that one rule and the case are two things to put together."""


def statements(text: str) -> list[tuple[int, int]]:
    """Spans of what a text states one by one: sentences, list items and table rows."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        at = start
        for line in text[start:end].split("\n"):
            if found and at > found[-1][0] and at > start and not _BEGINS_ITEM.match(line):
                found[-1] = (found[-1][0], at + len(line))
            elif line.strip():
                found.append((at, at + len(line)))
            at += len(line) + 1
    return found


_BEGINS_ITEM = re.compile(r"\s*(?:[-*•|#]|\d+[.)]\s)")
