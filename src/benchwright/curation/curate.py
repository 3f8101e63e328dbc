"""Sort questions into kept and rejected by the checks, with every finding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchwright.curation.answers import AnswerIsCited, AnswerIsNotNegated
from benchwright.curation.balance import WHOLE, KeyPositionsAreEven, LongestIsNotTheKey, SectionsAreCovered
from benchwright.curation.check import BenchmarkCheck, Draft, QuestionCheck, QuestionSet, finding
from benchwright.curation.citations import CitationsStand, NoOrderIsFollowed, Repair
from benchwright.curation.codes import REVIEW_QUEUE
from benchwright.curation.duplicates import NoExactDuplicates, NoNearDuplicates, NoSameFact
from benchwright.curation.flaws import (
    KeyIsNotLongest,
    KeyIsNotOddOneOut,
    NoAbsoluteTerms,
    NoAllOrNone,
    NoGrammaticalCue,
    NoRepeatedStemWord,
)
from benchwright.curation.wording import AnswerIsNotInQuestion, IsWhole, StandsAlone
from benchwright.records import Document, Finding, Passage, Question, RejectedQuestion

QUESTION_CHECKS: tuple[QuestionCheck, ...] = (
    IsWhole(),
    CitationsStand(),
    NoOrderIsFollowed(),
    AnswerIsCited(),
    AnswerIsNotNegated(),
    AnswerIsNotInQuestion(),
    StandsAlone(),
    KeyIsNotLongest(),
    NoAbsoluteTerms(),
    NoGrammaticalCue(),
    NoRepeatedStemWord(),
    NoAllOrNone(),
    KeyIsNotOddOneOut(),
)
"""What looks at one question, in order."""

DUPLICATE_CHECKS: tuple[BenchmarkCheck, ...] = (NoExactDuplicates(), NoNearDuplicates(), NoSameFact())
"""What compares the questions with each other and rejects the later of two."""

SET_CHECKS: tuple[BenchmarkCheck, ...] = (KeyPositionsAreEven(), LongestIsNotTheKey(), SectionsAreCovered())
"""What speaks of the whole set."""


@dataclass(frozen=True)
class Curated:
    """What became of the questions: `kept` and `rejected` together are all that came in."""

    kept: tuple[Question, ...]
    rejected: tuple[RejectedQuestion, ...]
    findings: tuple[Finding, ...]
    """Flags and notes on kept questions, and the problems of rejected ones."""


@dataclass(frozen=True)
class Curator:
    """Runs the checks. `needs_citation` is false for questions that people bring along without a source."""

    question_checks: Sequence[QuestionCheck] = QUESTION_CHECKS
    duplicate_checks: Sequence[BenchmarkCheck] = DUPLICATE_CHECKS
    set_checks: Sequence[BenchmarkCheck] = SET_CHECKS
    repair: Repair = field(default_factory=Repair)
    needs_citation: bool = True

    def each(self, questions: Iterable[Question], documents: Iterable[Document]) -> Curated:
        """Check every question by itself; citations that are close to their document are repaired first."""
        known = {document.id: document for document in documents}
        kept: list[Question] = []
        rejected: list[RejectedQuestion] = []
        findings: list[Finding] = []
        for question in questions:
            repaired, notes = self.repair.repaired(question, known)
            subject = Draft(repaired, known, needs_citation=self.needs_citation)
            found = [*notes, *(each for check in self.question_checks for each in check.check(subject))]
            findings += found
            problems = [each for each in found if each.effect == "reject" and each.status == "problem"]
            if problems:
                rejected.append(rejection(repaired, problems))
            else:
                kept.append(repaired)
        return Curated(tuple(kept), tuple(rejected), tuple(findings))

    def together(self, questions: Sequence[Question], *, already: Sequence[Question] = ()) -> Curated:
        """Drop the questions that ask what an earlier one, or one of `already`, asks."""
        present = {question.id for question in already}
        fresh = [question for question in questions if question.id not in present]
        findings: list[Finding] = []
        gone: dict[str, list[Finding]] = {}
        for check in self.duplicate_checks:
            standing = [*already, *(question for question in fresh if question.id not in gone)]
            for each in check.check(QuestionSet(standing)):
                if each.subject not in present:
                    findings.append(each)
                    gone.setdefault(each.subject, []).append(each)
        return Curated(
            tuple(question for question in questions if question.id not in gone),
            tuple(rejection(question, gone[question.id]) for question in fresh if question.id in gone),
            tuple(findings),
        )

    def whole(
        self, questions: Sequence[Question], passages: Sequence[Passage], findings: Iterable[Finding] = ()
    ) -> tuple[Finding, ...]:
        """Return what the finished set shows; `findings` on its questions are counted for the review queue."""
        subject = QuestionSet(questions, passages)
        found = [each for check in self.set_checks for each in check.check(subject)]
        queue = review_queue(findings, {question.id for question in questions})
        message = f"{len(queue)} of {len(questions)} questions carry two or more flags"
        return (
            *found,
            finding(REVIEW_QUEUE, WHOLE, message, status="note" if queue else "passed", statistic=len(queue)),
        )


def rejection(question: Question, problems: Sequence[Finding]) -> RejectedQuestion:
    """Return `question` as rejected for `problems`."""
    return RejectedQuestion(
        question=question,
        codes=tuple(dict.fromkeys(problem.code for problem in problems)),
        reasons=tuple(problem.message for problem in problems),
    )


def review_queue(findings: Iterable[Finding], questions: set[str], *, fewest: int = 2) -> tuple[str, ...]:
    """Return the ids of the `questions` that carry at least `fewest` flags, the most flagged first."""
    flags: dict[str, set[str]] = {}
    for each in findings:
        if each.effect == "flag" and each.status == "problem" and each.subject in questions:
            flags.setdefault(each.subject, set()).add(each.code)
    queue = [subject for subject, codes in flags.items() if len(codes) >= fewest]
    return tuple(sorted(queue, key=lambda subject: (-len(flags[subject]), subject)))
