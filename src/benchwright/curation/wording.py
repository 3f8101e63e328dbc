"""The question must be whole, must not hold its own answer, and must be understood by someone who sees nothing else."""
# ruff: noqa: E501 (a pattern reads better on one line)

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from benchwright.curation.answers import is_verdict
from benchwright.curation.check import Draft, finding
from benchwright.curation.codes import ANSWER_IN_QUESTION, MALFORMED, UNSEEN_CONTEXT
from benchwright.curation.pointers import pointer
from benchwright.records import Finding, Question
from benchwright.text.dates import find_dates
from benchwright.text.fold import fold
from benchwright.text.numbers import find_quantities
from benchwright.text.particles import strip_particle
from benchwright.text.tokens import content_words, words


@dataclass(frozen=True)
class IsWhole:
    """Text, answer and, in a choice, at least two options that differ in more than spelling."""

    code: str = MALFORMED.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report what is missing or twice."""
        problem = self.problem(subject.question)
        if problem:
            yield finding(MALFORMED, subject.question.id, problem, evidence=subject.question.text)

    def problem(self, question: Question) -> str:
        """Say what is wrong, or nothing."""
        if not words(question.text):
            return "the question has no text"
        if not question.answer.strip():
            return "the question has no answer"
        if question.form != "choice":
            return ""
        if len(question.choices) < 2:
            return f"a choice needs at least two options, this has {len(question.choices)}"
        if any(not choice.strip() for choice in question.choices):
            return "one option is empty"
        seen: dict[str, str] = {}
        for choice in question.choices:
            form = same_form(choice)
            if form in seen:
                return f"the options {seen[form]!r} and {choice!r} say the same"
            seen[form] = choice
        return ""


def same_form(text: str) -> str:
    """Return the form by which two options count as the same: spacing, final stop and digit grouping aside."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", fold(text).text).strip(" .;,")


@dataclass(frozen=True)
class AnswerIsNotInQuestion:
    """The words of the answer do not stand in the question, unless the question offers them as alternatives."""

    code: str = ANSWER_IN_QUESTION.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report a question that gives its answer away."""
        question = subject.question
        if is_verdict(question.answer):
            return
        if leaks(question.answer, question.text) and not _offers_alternatives(question):
            yield finding(
                ANSWER_IN_QUESTION,
                question.id,
                f"the answer {question.answer!r} stands in the question",
                evidence=question.text,
            )


_BARE_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_TOLD = re.compile(r"\b(?:answer|key|hint)\s*(?:is|:|=)|(?:정답|답|힌트)\s*(?:은|는|:|=)", re.IGNORECASE)


def leaks(answer: str, text: str) -> bool:
    """Say whether `text` holds the matter of `answer`: its words in a row, or all of its content words.

    A bare number is not told by a date that happens to hold it: the 12 of "12 March" is not the answer 12.

    One digit alone is no leak (the 3 of "Level 3" is not the answer 3) unless the text says that it is the answer.
    """
    if _BARE_NUMBER.fullmatch(answer.strip()):
        text = _without_dates(text)
    ours, theirs = _stems(answer), _stems(text)
    if not ours:
        folded = fold(answer).text.strip()
        return len(folded) > 1 and folded in fold(text).text
    if all(len(word) == 1 for word in ours) and not (_TOLD.search(text) and ours[0].isdigit()):
        # Single letters, digits, and scripts written without blanks: only the whole run counts.
        folded = fold(answer).text.strip().casefold()
        if len(folded) > 1 and not folded.isascii() and folded in fold(text).text.casefold():
            return True
        is_run = len(folded) > 2 and re.search(
            rf"(?<!\w){re.escape(folded)}(?![0-9A-Za-z_])", fold(text).text.casefold()
        )
        return bool(is_run) or _is_same_quantity(answer, text)
    if any(theirs[start : start + len(ours)] == ours for start in range(len(theirs) - len(ours) + 1)):
        return True
    if _is_same_quantity(answer, text):
        return True
    if any(character.isdigit() for character in answer):
        # 31 May and 1 May share their words with 31 March: dates and figures leak as a whole or not at all.
        return False
    matter = content_words(answer)
    held = set(content_words(text))
    return len(matter) >= 2 and all(word in held for word in matter)


def _without_dates(text: str) -> str:
    for date in reversed(find_dates(text)):
        text = f"{text[: date.start]} … {text[date.end :]}"
    return text


@lru_cache(maxsize=4096)
def _stems(text: str) -> list[str]:
    return [strip_particle(word) for word in words(text)]


def _is_same_quantity(answer: str, text: str) -> bool:
    asked = find_quantities(answer)
    if len(asked) != 1 or asked[0].text.strip() != answer.strip() or not asked[0].unit:
        return False
    return any(other.value == asked[0].value and other.unit == asked[0].unit for other in find_quantities(text))


def _offers_alternatives(question: Question) -> bool:
    """Whether the question itself names the things to choose from: `Which is larger, A or B?`."""
    named = [choice for choice in question.choices if choice != question.answer and leaks(choice, question.text)]
    if named:
        return True
    answer = re.escape(fold(question.answer).text.strip())
    text = fold(question.text).text
    return (
        bool(answer)
        and re.search(
            rf"{answer}(?:,[^?]*)? (?:or|and) |(?:\bor|\bbetween|\band|또는|혹은) (?:the )?{answer}|{answer}(?:와|과|,| 또는| 혹은)[^?]* (?:중|가운데)|(?:와|과|,) {answer}[^?]{{0,12}}(?:중|가운데)",
            text,
            re.IGNORECASE,
        )
        is not None
    )


@dataclass(frozen=True)
class StandsAlone:
    """The question points at nothing that its reader does not see: no pronoun, "this table", "위 표", relative time."""

    code: str = UNSEEN_CONTEXT.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report the words that need a context."""
        question = subject.question
        words_found = pointer(question.text, has_choices=bool(question.choices))
        if words_found:
            yield finding(
                UNSEEN_CONTEXT,
                question.id,
                f"{words_found!r} needs a context that the reader does not see",
                evidence=question.text,
            )
