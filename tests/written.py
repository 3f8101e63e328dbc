"""Documents written in a test, with the structure the loader would find."""

from collections.abc import Iterable

import numpy as np

from benchwright.documents.structure import with_structure
from benchwright.generation.rules.rule import Rule
from benchwright.records import Document, Question


def written(text: str, *, title: str = "Price List 2026", language: str = "en") -> Document:
    return with_structure(Document(title=title, text=text, path="a.md", format="markdown", language=language))


def offered(rule: Rule, document: Document) -> list[Question]:
    return list(rule.questions(document, (), chance=np.random.default_rng(0)))


def texts(questions: Iterable[Question]) -> str:
    return "\n".join(question.text for question in questions)
