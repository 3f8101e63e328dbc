"""How much reading a question takes: one sentence, several, or every source; and whether it is one question at all."""

import re
from collections.abc import Sequence

from benchwright.records import Passage, Question
from benchwright.text.fold import find_folded
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
    r"|(?:무엇|누구|언제|어디|얼마|몇 [가-힣]+)(?:이|인지|이고|이며|으로|며|고)?(?:이며|며|이고|고|인지),?\s[^?]{6,}"
    r"(?:는가|인가|니까|나요|까)\?"
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
    quoted = [
        " ".join(c.text for c in question.citations if c.document_id == s.document_id and s.start <= c.start < s.end)
        for s in sources
    ]
    if all(find_folded(answer, text) is not None for text in quoted):
        return "it was to join its sources, but each of them states the answer by itself"
    return ""


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
