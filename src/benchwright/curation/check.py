"""What every check has in common: it looks at one question, or at the whole set, and reports findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from benchwright.records import Document, Finding, Passage, Question
from benchwright.records.finding import Effect, Grade, Status


@dataclass(frozen=True)
class Draft:
    """One question beside the documents it cites: what a `QuestionCheck` looks at."""

    question: Question
    documents: Mapping[str, Document]
    """By id; at least those the question cites."""
    needs_citation: bool = True
    """False for questions that people bring along without a source."""

    @cached_property
    def evidence(self) -> str:
        """The cited spans as the documents have them, one a line."""
        return "\n".join(citation.text for citation in self.question.citations)

    @cached_property
    def sources(self) -> tuple[Document, ...]:
        """The cited documents that are known, each once."""
        return tuple(self.documents[name] for name in self.question.document_ids if name in self.documents)


@dataclass(frozen=True)
class QuestionSet:
    """The questions of one benchmark together: what a `BenchmarkCheck` looks at."""

    questions: Sequence[Question]
    passages: Sequence[Passage] = ()


class QuestionCheck(Protocol):
    """Looks at one question. Its effect is `reject` or `flag`."""

    @property
    def code(self) -> str:
        """Stable: `CUR001` …"""
        ...

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report what is wrong with one question; nothing where nothing is."""
        ...


class BenchmarkCheck(Protocol):
    """Looks at the whole set. It rejects single questions (duplicates) or speaks of the whole (`set`)."""

    @property
    def code(self) -> str:
        """Stable: `CUR001` …"""
        ...

    def check(self, subject: QuestionSet) -> Iterable[Finding]:
        """Report what is wrong with the set, and what was looked at and found in order."""
        ...


@dataclass(frozen=True)
class Code:
    """One line of the table of codes: what it is called, what follows from it, what to do about it."""

    code: str
    name: str
    effect: Effect
    grade: Grade
    meaning: str
    action: str


def finding(
    code: Code,
    subject: str,
    message: str,
    *,
    evidence: str = "",
    status: Status = "problem",
    statistic: float | None = None,
    p: float | None = None,
    effect_size: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Finding:
    """Return the finding of the check `code` on `subject` (a question's id, or `benchmark`)."""
    return Finding(
        code=code.code,
        name=code.name,
        status=status,
        effect=code.effect,
        grade=code.grade,
        subject=subject,
        message=message,
        evidence=evidence[:500],
        action="" if status in ("passed", "no_power") else code.action,
        statistic=statistic,
        p=p,
        effect_size=effect_size,
        low=low,
        high=high,
    )
