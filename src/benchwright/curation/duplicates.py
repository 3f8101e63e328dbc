"""Questions that ask the same twice: in the same words, or in nearly the same words about the same facts."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchwright.curation.answers import is_verdict
from benchwright.curation.check import QuestionSet, finding
from benchwright.curation.codes import EXACT_DUPLICATE, NEAR_DUPLICATE
from benchwright.records import Citation, Finding, Question
from benchwright.text.fold import fold
from benchwright.text.near_duplicates import near_duplicates
from benchwright.text.tokens import content_words, words


@dataclass(frozen=True)
class NoExactDuplicates:
    """The same words in the same order, letter case and punctuation aside; in a choice also the same options."""

    code: str = EXACT_DUPLICATE.code

    def check(self, subject: QuestionSet) -> Iterable[Finding]:
        """Report every question but the first of those that are the same."""
        first: dict[tuple[object, ...], Question] = {}
        for question in subject.questions:
            same = first.setdefault(_sameness(question), question)
            if same is not question:
                yield finding(EXACT_DUPLICATE, question.id, f"the same as {same.text!r}", evidence=question.text)


def _sameness(question: Question) -> tuple[object, ...]:
    spoken = tuple(words(question.text)) or fold(question.text).text
    options = frozenset(_folded(choice) for choice in question.choices)
    return spoken, options, _folded(question.answer) if not options else ""


def _folded(text: str) -> str:
    return fold(text).text.strip(" .").casefold()


@dataclass(frozen=True)
class NoNearDuplicates:
    """Nearly the same content words, the same numbers and signs, the same answer, and citations that overlap.

    `threshold` is the Jaccard similarity of the content words (0..1). The same words with another answer contradict
    each other: from `contradiction` on the later one is reported too, when both are short answers on the same span.
    """

    threshold: float = 0.6
    contradiction: float = 0.99
    code: str = NEAR_DUPLICATE.code

    def check(self, subject: QuestionSet) -> Iterable[Finding]:
        """Report the later of two questions that ask the same."""
        reported: set[int] = set()
        texts = [question.text for question in subject.questions]
        for pair in near_duplicates(texts, threshold=self.threshold):
            earlier, later = subject.questions[pair.first], subject.questions[pair.second]
            if pair.first in reported or pair.second in reported or _sameness(earlier) == _sameness(later):
                continue
            if self._asks_the_same(earlier, later, pair.similarity):
                reported.add(pair.second)
                yield finding(
                    NEAR_DUPLICATE,
                    later.id,
                    f"nearly the same as {earlier.text!r} (Jaccard {pair.similarity:.2f})",
                    evidence=later.text,
                    statistic=pair.similarity,
                )

    def _asks_the_same(self, earlier: Question, later: Question, similarity: float) -> bool:
        if not cite_the_same(earlier, later):
            return False
        if _folded(earlier.answer) == _folded(later.answer):
            return True
        return similarity >= self.contradiction and not earlier.choices and not later.choices


@dataclass(frozen=True)
class NoSameFact:
    """The same answer from the same cited words, asked in other words: models reword where rules repeat.

    `least_shared` is the Jaccard similarity of the content words (0..1) from which two such questions ask for one fact;
    below it, one sentence may well answer two. Yes, no, true, false and "not stated" are everybody's answers.
    """

    least_shared: float = 0.25
    code: str = NEAR_DUPLICATE.code

    def check(self, subject: QuestionSet) -> Iterable[Finding]:
        """Report the later of two questions that ask for one fact, where a model wrote at least one of them."""
        by_answer: dict[str, list[Question]] = {}
        for question in subject.questions:
            if question.form != "open" and not is_verdict(question.answer):
                by_answer.setdefault(_folded(question.answer), []).append(question)
        for answer, questions in by_answer.items():
            kept: list[Question] = []
            for later in questions:
                double = next((earlier for earlier in kept if self._is_same(earlier, later)), None)
                if double is None:
                    kept.append(later)
                    continue
                message = f"asks for the same fact ({answer!r}) as {double.text!r}"
                yield finding(NEAR_DUPLICATE, later.id, message, evidence=later.text)

    def _is_same(self, earlier: Question, later: Question) -> bool:
        if all(question.provenance.writer.startswith("rule:") for question in (earlier, later)):
            return False
        if not earlier.citations or not cite_the_same(earlier, later):
            return False
        one, other = set(content_words(earlier.text)), set(content_words(later.text))
        return len(one & other) >= self.least_shared * len(one | other)


def cite_the_same(first: Question, second: Question) -> bool:
    """Say whether two questions share a cited stretch of text, or both cite nothing."""
    if not first.citations or not second.citations:
        return not first.citations and not second.citations
    return any(_overlap(one, other) for one in first.citations for other in second.citations)


def _overlap(one: Citation, other: Citation) -> bool:
    return one.document_id == other.document_id and one.start < other.end and other.start < one.end
