"""Scores become comparisons: on every question, each model against each other one that answered it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from benchwright.errors import InputError
from benchwright.evaluation.metrics import worth
from benchwright.records.comparison import OUTCOMES, Comparisons, Labels
from benchwright.store.runs import Run


def comparisons_of_runs(
    runs: Sequence[Run], *, documents: Mapping[str, tuple[str, ...]] | None = None, grader: str | None = None
) -> Comparisons:
    """Return one comparison for every two models and every question, condition and repeat that both were scored on.

    The higher score wins, equal scores tie; a refusal or a cut answer counts 0; transport errors and ungraded answers
    are left out. `documents` says on which documents each question (by id) rests; then comparisons that share one lie
    in one cluster, without it those on one question do. Raises `InputError` where no two models can be compared.
    """
    if not runs:
        raise InputError("no run was named")
    chosen = grader or _main_grader(runs)
    marks: dict[tuple[str, str, int], dict[str, float]] = defaultdict(dict)
    for run in runs:
        scores = run.scores_by(chosen)
        for response in run.responses:
            value = worth(response, scores.get(response.id))
            if value is not None:
                marks[(response.question_id, response.condition, response.repeat)][response.model] = value
    models = sorted({model for given in marks.values() for model in given})
    if len(models) < 2:
        raise InputError(
            f"the runs hold graded answers of {len(models)} model(s) by `{chosen}`; ranking needs two or more"
        )
    code = {name: position for position, name in enumerate(models)}
    a, b, outcome, question, condition = [], [], [], [], []
    for (question_id, where, _), given in sorted(marks.items()):
        names = sorted(given)
        for first, one in enumerate(names):
            for other in names[first + 1 :]:
                a.append(code[one])
                b.append(code[other])
                gap = given[one] - given[other]
                outcome.append(OUTCOMES.index("a" if gap > 0 else "b" if gap < 0 else "tie"))
                question.append(question_id)
                condition.append(where)
    if not a:
        raise InputError("no two models were graded on the same question, so their scores cannot be compared")
    return Comparisons(
        models=tuple(models),
        a=np.array(a, dtype=np.int32),
        b=np.array(b, dtype=np.int32),
        outcome=np.array(outcome, dtype=np.int8),
        prompt=Labels.of_sets(
            [(each,) if documents is None else documents.get(each, (f"question {each}",)) for each in question],
            noun="question" if documents is None else "document",
        ),
        categories={"condition": Labels.of(condition)},
    )


def _main_grader(runs: Sequence[Run]) -> str:
    """Return the grader whose marks the runs themselves go by, else the one that marked most."""
    own = {run.manifest.settings.get("grader") for run in runs}
    if len(own) == 1 and isinstance(name := own.pop(), str):
        return name
    counts: dict[str, int] = defaultdict(int)
    for run in runs:
        for score in run.scores:
            counts[score.grader] += 1
    if not counts:
        raise InputError("the runs hold no scores; mark them first with `benchwright grade`")
    return min(counts, key=lambda name: (-counts[name], name))
