"""Recall of planted faults and false rejections of good questions, as tests and benchmarks measure them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tests.curation.good_questions import documents_and_questions
from tests.curation.mutators import QUESTION_FAULTS, SET_FAULTS, remade, wrong_result
from tests.curation.table_documents import table_documents

from benchwright.curation import Curator
from benchwright.documents import split
from benchwright.generation.rules.rule import Rule
from benchwright.generation.rules.table_aggregate import TableAggregate
from benchwright.generation.rules.table_compare import TableCompare
from benchwright.records import Document, Question


@dataclass(frozen=True)
class Recall:
    """Plants of one fault class and how many of them were rejected."""

    planted: int
    rejected: int
    missed: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Share rejected."""
        return self.rejected / self.planted


def recall(fault: str, *, fresh: bool) -> Recall:
    """Plant `fault` in every good question it fits, and count what is rejected."""
    curator = Curator()
    planted, missed = 0, []
    for document, questions in documents_and_questions(fresh=fresh):
        for question in questions:
            for plant in QUESTION_FAULTS[fault](question, document) if fault in QUESTION_FAULTS else ():
                planted += 1
                missed += [] if curator.each([plant], [document]).rejected else [f"{plant.text} → {plant.answer}"]
            for plant in SET_FAULTS[fault](question, document) if fault in SET_FAULTS else ():
                planted += 1
                found = curator.together([*questions, plant]).rejected
                missed += [] if plant.id in {dropped.question.id for dropped in found} else [plant.text]
    return Recall(planted, planted - len(missed), tuple(missed))


def computed_questions(*, fresh: bool, seeds: int = 6) -> Iterator[tuple[Document, Question]]:
    """Yield questions whose answers are computed from tables."""
    rules: tuple[Rule, ...] = (TableAggregate(), TableCompare())
    for document in table_documents(fresh=fresh):
        seen: dict[str, Question] = {}
        for seed in range(seeds):
            for rule in rules:
                for question in rule.questions(document, split(document), chance=np.random.default_rng(seed)):
                    seen.setdefault(question.id, question)
        for question in seen.values():
            yield document, question


def computed_recall(*, fresh: bool) -> Recall:
    """Plant wrong results in computed answers."""
    curator = Curator()
    plants = [
        (doc, plant) for doc, question in computed_questions(fresh=fresh) for plant in wrong_result(question, doc)
    ]
    missed = [plant for document, plant in plants if not curator.each([plant], [document]).rejected]
    return Recall(len(plants), len(plants) - len(missed), tuple(f"{plant.text} → {plant.answer}" for plant in missed))


def good_in_other_clothes() -> Iterator[tuple[Document, list[Question]]]:
    """Yield every good question as it is and in forms that are as good: quotation marks, spacing, full sentences."""
    for document, questions in documents_and_questions():
        yield document, questions
        yield document, [_requoted(question) for question in questions]
        quoting = {"choices": (), "form": "open"}
        yield document, [remade(question, answer=question.citations[0].text, **quoting) for question in questions]


def _requoted(question: Question) -> Question:
    """The same citation as a person types it: other quotation marks, wider spaces."""
    citation = question.citations[0]
    text = citation.text.replace(" ", "  ", 1).replace('"', "“", 1).replace("'", "’")
    return remade(question, citations=(citation.model_copy(update={"text": text, "end": citation.start + len(text)}),))


@dataclass(frozen=True)
class FalseRejections:
    """Good questions and how many of them were rejected."""

    questions: int
    rejected: int
    reasons: tuple[str, ...]

    @property
    def rate(self) -> float:
        """Share rejected."""
        return self.rejected / self.questions


def false_rejections() -> FalseRejections:
    """Check good questions, one by one and together."""
    curator = Curator()
    count, reasons = 0, []
    for document, questions in good_in_other_clothes():
        count += len(questions)
        dropped = list(curator.each(questions, [document]).rejected)
        reasons += [f"{each.codes}: {each.reasons[0]} ({each.question.text})" for each in dropped]
    for _, questions in documents_and_questions():
        reasons += [f"{each.codes}: {each.reasons[0]}" for each in curator.together(questions).rejected]
    for fresh in (False, True):
        for document, question in computed_questions(fresh=fresh):
            count += 1
            dropped = list(curator.each([question], [document]).rejected)
            reasons += [f"{each.codes}: {each.reasons[0]} ({each.question.text})" for each in dropped]
    return FalseRejections(count, len(reasons), tuple(reasons))
