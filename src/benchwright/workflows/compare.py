"""Compare two runs, or two models of a run: the paired difference, and which questions make it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchwright.errors import InputError, NoPower, unknown_name
from benchwright.evaluation.board import marks_of
from benchwright.evaluation.metrics import Mark, by_question, difference
from benchwright.records import Question
from benchwright.stats.multiplicity import holm
from benchwright.stats.paired import Difference
from benchwright.workflows.grade import Opened, open_run

RIGHT = 0.5
"""A question counts as got right from this mean mark on."""


@dataclass(frozen=True)
class Comparison:
    """Model A against model B under one condition, on the questions that both have a mark for."""

    model_a: str
    model_b: str
    condition: str
    score_a: float
    score_b: float
    difference: Difference
    """B − A: above 0 where B is better."""
    p_holm: float
    """p after Holm's correction over all comparisons made together."""
    both: tuple[str, ...]
    only_a: tuple[str, ...]
    """Ids of the questions that only A got right."""
    only_b: tuple[str, ...]
    neither: tuple[str, ...]


@dataclass(frozen=True)
class Comparisons:
    """All comparisons of two runs, and the questions they speak of."""

    run_a: str
    run_b: str
    pairs: tuple[Comparison, ...]
    questions: Mapping[str, Question]


def compare(
    run_a: Path | str,
    run_b: Path | str,
    *,
    model_a: str | None = None,
    model_b: str | None = None,
    conditions: Sequence[str] = (),
    benchmark: Path | str | None = None,
    grader: str | None = None,
) -> Comparisons:
    """Compare the models of two runs on the same questions, under every condition that both have (or `conditions`).

    Without names, each model is compared with itself in the other run; two runs of one model each are compared
    whatever the names. The same run may be given twice with two names.

    Errors: `UnknownName` for a model a run does not have; `InputError` where nothing can be paired, or one would be
    compared with itself.
    """
    a, b = open_run(run_a, benchmark=benchmark), open_run(run_b, benchmark=benchmark)
    named = _names(a, b, model_a, model_b)
    if _is_same(a, b) and any(one == other for one, other in named):
        raise _with_itself(run_a, a, model_a or model_b)
    questions = {q.id: q for q in (*a.benchmark.questions, *b.benchmark.questions)}
    marks_a, marks_b = _marks(a, questions, grader), _marks(b, questions, grader)
    found: list[Comparison] = []
    for name_a, name_b in named:
        for condition in _conditions(a, b, conditions):
            one, other = marks_a.get((name_a, condition)), marks_b.get((name_b, condition))
            if one and other:
                try:
                    found.append(_compared(name_a, name_b, condition, one, other, questions))
                except NoPower:
                    continue
    if not found:
        raise InputError(f"{run_a} and {run_b} share no graded question under one condition: nothing can be paired")
    adjusted = holm([pair.difference.p for pair in found])
    pairs = tuple(_with_p(pair, float(p)) for pair, p in zip(found, adjusted, strict=True))
    return Comparisons(a.run.manifest.id, b.run.manifest.id, pairs, questions)


def _is_same(a: Opened, b: Opened) -> bool:
    return a.run.folder.resolve() == b.run.folder.resolve()


def _with_itself(run: Path | str, opened: Opened, model: str | None) -> InputError:
    named = f"`{model}` of {run}" if model else f"{run}"
    models = opened.run.manifest.models
    if len(models) < 2:
        return InputError(
            f"{named} would be compared with itself; give another run, this one has only `{', '.join(models)}`"
        )
    others = [name for name in models if name != model]
    first, second, *_ = (model, *others) if model else models
    return InputError(
        f"{named} would be compared with itself; give another run, or two models of this one: "
        f"`--model-a {first} --model-b {second}` (there are: {', '.join(models)})"
    )


def _marks(opened: Opened, questions: Mapping[str, Question], grader: str | None) -> dict[tuple[str, str], list[Mark]]:
    return marks_of(opened.run, questions, grader or str(opened.run.manifest.settings["grader"]))


def _names(a: Opened, b: Opened, model_a: str | None, model_b: str | None) -> list[tuple[str, str]]:
    have_a, have_b = a.run.manifest.models, b.run.manifest.models
    for name, have in ((model_a, have_a), (model_b, have_b)):
        if name is not None and name not in have:
            raise unknown_name("model in this run", name, have)
    if model_a is not None or model_b is not None:
        return [(model_a or str(model_b), model_b or str(model_a))]
    if shared := [name for name in have_a if name in have_b]:
        return [(name, name) for name in shared]
    if len(have_a) == len(have_b) == 1:
        return [(have_a[0], have_b[0])]
    raise InputError(
        f"the runs have no model in common ({', '.join(have_a)} and {', '.join(have_b)}); "
        f"name two with `--model-a` and `--model-b`"
    )


def _conditions(a: Opened, b: Opened, wanted: Sequence[str]) -> list[str]:
    shared = [name for name in a.run.manifest.conditions if name in b.run.manifest.conditions]
    for name in wanted:
        if name not in shared:
            raise unknown_name("condition of both runs", name, shared)
    return list(wanted) or shared


def _compared(
    name_a: str,
    name_b: str,
    condition: str,
    one: Sequence[Mark],
    other: Sequence[Mark],
    questions: Mapping[str, Question],
) -> Comparison:
    gap = difference(other, one, questions)
    a, b = by_question(one), by_question(other)
    shared = sorted(a.keys() & b.keys())
    right = {name: (a[name] >= RIGHT, b[name] >= RIGHT) for name in shared}
    parts = [
        tuple(name for name in shared if right[name] == pattern)
        for pattern in ((True, True), (True, False), (False, True), (False, False))
    ]
    return Comparison(
        model_a=name_a,
        model_b=name_b,
        condition=condition,
        score_a=sum(a[name] for name in shared) / len(shared),
        score_b=sum(b[name] for name in shared) / len(shared),
        difference=gap,
        p_holm=gap.p,
        both=parts[0],
        only_a=parts[1],
        only_b=parts[2],
        neither=parts[3],
    )


def _with_p(pair: Comparison, p: float) -> Comparison:
    return replace(pair, p_holm=p)
