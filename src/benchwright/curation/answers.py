"""The answer must follow from its citation: numbers, dates and names exactly, negation too, and the gist of the words."""
# ruff: noqa: E501 (a pattern reads better on one line)

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchwright.curation.calculations import calculation_error, declared_calculation
from benchwright.curation.check import Draft, finding
from benchwright.curation.claims import (
    Gap,
    date_gaps,
    name_gaps,
    negation_gap,
    number_gaps,
    without_possessive,
    word_gaps,
)
from benchwright.curation.codes import ANSWER_NEGATED, ANSWER_NOT_CITED, DERIVATION_WRONG
from benchwright.curation.derivations import declared, derivation_error
from benchwright.curation.derived_dates import is_derived, is_derived_month
from benchwright.curation.misplaced import belongs_elsewhere, lacks_sign, turned_word
from benchwright.generation.kinds import NOT_STATED, TRUE_FALSE
from benchwright.records import Document, Finding
from benchwright.text.dates import find_dates
from benchwright.text.fold import fold
from benchwright.text.tokens import words

# Answers that judge the question instead of quoting: nothing of them stands in a citation.
_VERDICT = re.compile(
    r"yes|no|true|false|correct|incorrect|not (?:stated|mentioned|given|specified)|(?:it |this )?is not (?:stated|mentioned)"
    r"|cannot be (?:determined|answered).*|unknown|none|neither|both|all|each"
    r"|예|네|아니오|아니요|참|거짓|맞다|틀리다|명시되지 않음|언급되지 않음|언급 없음|알 수 없음|없음|둘 다|모두|문서에 없음|나와 있지 않음",
    re.IGNORECASE,
)
_AGREED = frozenset(word.casefold() for words in (NOT_STATED.values(), *TRUE_FALSE.values()) for word in words)
"""What writers are told to answer where the source does not tell, and to true-or-false questions, in every language."""

REASONED = frozenset(
    {"analytical", "application", "clarification", "conceptual", "counterfactual", "edge_case", "false_premise"}
    | {"open_ended"}
)
"""Kinds whose answer follows from the source without standing there: a model wrote it in words of its own."""


def is_verdict(answer: str) -> bool:
    """Say whether an answer is yes, no, true, false, "not stated" or the like."""
    plain = fold(answer).text.strip(" .!?\"'")
    return plain.casefold() in _AGREED or _VERDICT.fullmatch(plain) is not None


def is_literal(claim: str, evidence: str) -> bool:
    """Say whether `evidence` holds the words of `claim` one after the other, particles and letter case aside."""
    ours, theirs = words(claim), words(evidence)
    if not ours:
        return fold(claim).text.strip() in fold(evidence).text
    last = len(ours) - 1
    for start in range(len(theirs) - last):
        window = theirs[start : start + len(ours)]
        if window[:last] == ours[:last] and _ends_alike(window[last], ours[last]):
            return True
    # Scripts without blanks, and Korean compounds, hold an answer inside one word.
    return not claim.isascii() and not _has_digit(claim) and fold(claim).text.strip() in fold(evidence).text


def _ends_alike(held: str, word: str) -> bool:
    if held == word or without_possessive(held) == word:
        return True
    return not held[-1:].isascii() and held.startswith(word) and not held[len(word) : len(word) + 1].isdigit()


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


_LABEL = re.compile(
    r"\b(?:clause|section|article|paragraph|rule|chapter|part|no\.|table|annex|schedule) \d+(?:\.\d+)*(?:\(\w+\))*"
    r"|제\s?\d+\s?(?:조|항|호|장|절|관)(?:의\s?\d+)?|(?<![\d.])\d+(?:\.\d+)+항",
    re.IGNORECASE,
)


def _without_labels(answer: str, sources: Sequence[Document]) -> str:
    """An answer without the names of clauses (`clause 5.1`, 제7조): what they say is cited, where they stand is not.

    A clause whose number the document does not have stays in.
    """
    held = "\n".join(source.text for source in sources)
    return _LABEL.sub(
        lambda label: "" if all(f in held for f in re.findall(r"\d[\d.]*", label[0])) else label[0], answer
    )


def _follows(gap: Gap, answer: str, posed: str) -> bool:
    """Whether a date that stands nowhere is one of the case moved by a period of the rule (`14 days`, 석 달)."""
    if gap.what == "date":
        return any(is_derived(claimed, posed) for claimed in find_dates(gap.claimed))
    return gap.what == "number" and is_derived_month(gap.claimed, answer, posed)


@dataclass(frozen=True)
class AnswerIsCited:
    """The numbers, dates and names of the answer stand in the citation, and so does the gist of a short answer.

    Answers that are computed from cells (a declared derivation) are recomputed instead.
    """

    code: str = ANSWER_NOT_CITED.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report what the answer claims beyond its citation."""
        question = subject.question
        if not question.citations or is_verdict(question.answer):
            return
        if declared(question):
            problem = derivation_error(question, subject.documents)
            if problem:
                yield finding(DERIVATION_WRONG, question.id, problem, evidence=subject.evidence)
            return
        if declared_calculation(question):
            problem = calculation_error(question)
            if problem:
                yield finding(DERIVATION_WRONG, question.id, problem, evidence=subject.evidence)
            return
        gaps = self.gaps(subject)
        if gaps:
            yield finding(
                ANSWER_NOT_CITED,
                question.id,
                f"the citation does not hold {', '.join(str(gap) for gap in gaps)} of the answer {question.answer!r}",
                evidence=subject.evidence,
            )

    def gaps(self, subject: Draft) -> list[Gap]:
        """Return what the citation lacks; an answer that stands there word for word lacks nothing."""
        answer, evidence = subject.question.answer, subject.evidence
        if is_literal(answer, evidence) and not lacks_sign(answer, evidence):
            is_other = subject.question.language == "en" and not subject.question.provenance.writer.startswith("rule:")
            if is_other and belongs_elsewhere(answer, subject.question.text, evidence):
                return [Gap("place", answer)]
            return []
        if subject.question.kind in REASONED:
            # The case that the question poses is evidence too, and free words are for the solvers to judge.
            posed = f"{subject.question.text}\n{evidence}"
            gaps = [*number_gaps(_without_labels(answer, subject.sources), posed), *date_gaps(answer, posed)]
            return [gap for gap in gaps if not _follows(gap, answer, posed)]
        text = "\n".join(source.text for source in subject.sources)
        exact = [*number_gaps(answer, evidence), *date_gaps(answer, evidence), *name_gaps(answer, evidence, text)]
        if subject.question.kind == "numeric":
            # The last day of a period may be asked for as well as its length.
            exact = [gap for gap in exact if not _follows(gap, answer, f"{subject.question.text}\n{evidence}")]
        turned = turned_word(answer, evidence)
        return exact or ([Gap("word", turned)] if turned else word_gaps(answer, evidence))


@dataclass(frozen=True)
class AnswerIsNotNegated:
    """The answer and the part of the citation that it restates agree in whether they negate."""

    code: str = ANSWER_NEGATED.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report an answer that says the opposite of its citation."""
        question = subject.question
        if not question.citations or is_verdict(question.answer) or declared(question):
            return
        # What follows from a rule often denies what the rule says (`no, the limit is passed`): solvers judge that.
        if question.kind in REASONED:
            return
        if is_literal(question.answer, subject.evidence):
            return
        if negation_gap(question.answer, subject.evidence) is not None:
            yield finding(
                ANSWER_NEGATED,
                question.id,
                f"the answer {question.answer!r} and its citation differ in a negation",
                evidence=subject.evidence,
            )
