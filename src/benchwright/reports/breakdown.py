"""Accuracy by kind, document, language and form: where a model is good and where it is not."""

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
    """Values of the property, most questions first."""
    questions: tuple[int, ...]
    """Questions with that value, in the order of `rows`."""
    models: tuple[str, ...]
    cells: tuple[tuple[Tally | None, ...], ...]
    """`cells[row][model]`; `None` where the model was asked nothing."""


PROPERTIES: dict[str, Callable[[Question], str]] = {
    "kind": lambda question: question.kind,
    "document": lambda question: question.document or "(no document)",
    "language": lambda question: language_name(question.language),
    "form": lambda question: question.form,
}
"""What a board is broken down by, and how a question says it."""


def breakdown(marks: Marks, name: str, condition: str, models: Sequence[str]) -> Breakdown:
    """Return the accuracy of `models` under `condition` for each value of the property `name`."""
    value_of = PROPERTIES[name]
    by_value: dict[str, dict[str, list[Mark]]] = {}
    for model in models:
        for mark in marks.get((model, condition), ()):
            by_value.setdefault(value_of(mark.question), {}).setdefault(model, []).append(mark)
    counts = {
        value: len({mark.question.id for each in found.values() for mark in each}) for value, found in by_value.items()
    }
    rows = sorted(by_value, key=lambda value: (-counts[value], value))
    cells = [[tally(by_value[row][model]) if model in by_value[row] else None for model in models] for row in rows]
    return Breakdown(
        name=name,
        condition=condition,
        rows=tuple(rows),
        questions=tuple(counts[row] for row in rows),
        models=tuple(models),
        cells=tuple(tuple(row) for row in cells),
    )
