"""Accuracy by kind, document, language, form and difficulty: where a model is good and where it is not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchwright.evaluation.metrics import Mark, Tally, tally
from benchwright.records import Question
from benchwright.reports.wording import language_name

Marks = Mapping[tuple[str, str], Sequence[Mark]]


@dataclass(frozen=True)
class Breakdown:
    """One property of questions crossed with the models, under one condition."""

    name: str
    condition: str
    rows: tuple[str, ...]
    """Values of the property, most questions first; difficulties from easy to hard."""
    questions: tuple[int, ...]
    """Questions with that value, in the order of `rows`."""
    models: tuple[str, ...]
    cells: tuple[tuple[Tally | None, ...], ...]
    """`cells[row][model]`; `None` where the model was asked nothing."""


DIFFICULTY = "difficulty"
"""As it was ordered; the scores beside it are how difficult the questions turned out to be."""

_LEVELS = ("easy", "medium", "hard")

PROPERTIES: dict[str, Callable[[Question], str]] = {
    "kind": lambda question: question.kind,
    "document": lambda question: question.document or "(no document)",
    "language": lambda question: language_name(question.language),
    "form": lambda question: question.form,
    DIFFICULTY: lambda question: question.difficulty,
}
"""What a board is broken down by, and how a question says it; a question that says nothing stands in no row."""


def breakdown(marks: Marks, name: str, condition: str, models: Sequence[str]) -> Breakdown:
    """Return the accuracy of `models` under `condition` for each value of the property `name`."""
    value_of = PROPERTIES[name]
    by_value: dict[str, dict[str, list[Mark]]] = {}
    for model in models:
        for mark in marks.get((model, condition), ()):
            if value := value_of(mark.question):
                by_value.setdefault(value, {}).setdefault(model, []).append(mark)
    counts = {
        value: len({mark.question.id for each in found.values() for mark in each}) for value, found in by_value.items()
    }
    levels = {level: place for place, level in enumerate(_LEVELS)} if name == DIFFICULTY else {}
    rows = sorted(by_value, key=lambda value: (levels.get(value, len(levels)), -counts[value], value))
    cells = [[tally(by_value[row][model]) if model in by_value[row] else None for model in models] for row in rows]
    return Breakdown(
        name=name,
        condition=condition,
        rows=tuple(rows),
        questions=tuple(counts[row] for row in rows),
        models=tuple(models),
        cells=tuple(tuple(row) for row in cells),
    )


def measured(found: Breakdown) -> str:
    """Say in one line how difficult the questions of each ordered difficulty turned out to be, over all models."""
    said: list[str] = []
    for level, count, cells in zip(found.rows, found.questions, found.cells, strict=True):
        scores = [(cell.score.estimate, cell.graded) for cell in cells if cell and cell.score]
        graded = sum(weight for _, weight in scores)
        if graded:
            share = sum(score * weight for score, weight in scores) / graded
            noun = "question" if count == 1 else "questions"
            said.append(f"ordered {level}: {share * 100:.0f} % right over all models ({count} {noun})")
    return "; ".join(said) + "." if said else ""
