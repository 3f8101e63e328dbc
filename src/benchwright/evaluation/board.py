"""The board: every model under every condition, with intervals, ties, grounding gain, latency, tokens and cost."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchwright.errors import NoPower
from benchwright.evaluation.metrics import Mark, Tally, by_question, chance_level, difference, mark, tally
from benchwright.records import Benchmark, Question
from benchwright.stats.multiplicity import holm
from benchwright.stats.paired import Difference, tied_pairs
from benchwright.stats.power import detectable_from_error, smallest_detectable_difference
from benchwright.store.runs import Run

LEVEL = 0.05


@dataclass(frozen=True)
class BoardRow:
    """One model under one condition."""

    model: str
    condition: str
    tally: Tally
    tied_with: tuple[str, ...]
    """Models that cannot be told from it under this condition (paired, clustered, Holm)."""
    tied_with_best: bool
    """True for the best itself and for all that cannot be told from it."""
    cost_usd: float | None
    """`None` is "unknown"."""
    latency_ms: float | None
    """Median of one answer."""
    input_tokens: int | None
    output_tokens: int | None
    chance: float
    """What guessing would score on the questions it was asked."""

    @property
    def score(self) -> float | None:
        """The share right, refusals and truncated answers counting as not correct."""
        return self.tally.score.estimate if self.tally.score else None


@dataclass(frozen=True)
class Gain:
    """Grounding gain of one model: what seeing the cited passages adds, on the same questions."""

    model: str
    difference: Difference


@dataclass(frozen=True)
class Board:
    """What a run says, recomputed from its rows."""

    run: str
    grader: str
    rows: tuple[BoardRow, ...]
    """By condition, best first."""
    gains: tuple[Gain, ...]
    smallest_detectable_difference: float | None
    """The smallest true difference between two models that this run would show with 80 % power."""
    ceiling: float
    """What the oracle scored; 1 where it did not run."""
    notes: tuple[str, ...]
    """What a reader must know before believing the numbers."""

    def row(self, model: str, condition: str) -> BoardRow | None:
        """Return the row of `model` under `condition`, if it was run."""
        return next((row for row in self.rows if row.model == model and row.condition == condition), None)


Marks = dict[tuple[str, str], list[Mark]]


def marks_of(run: Run, questions: Mapping[str, Question], grader: str) -> Marks:
    """Return the marks of a run by (model, condition); responses to questions that are gone are left out."""
    scores = run.scores_by(grader)
    marks: Marks = {(model, condition): [] for condition in run.manifest.conditions for model in run.manifest.models}
    for response in run.responses:
        if response.question_id in questions:
            one = mark(questions[response.question_id], response, scores.get(response.id))
            marks.setdefault((response.model, response.condition), []).append(one)
    return {key: each for key, each in marks.items() if each}


def board_of(run: Run, benchmark: Benchmark, *, grader: str | None = None, confidence: float = 0.95) -> Board:
    """Return the board of `run` on `benchmark`, by the marks of `grader` (default: the run's own)."""
    grader = grader or str(run.manifest.settings["grader"])
    questions = {question.id: question for question in benchmark.questions}
    marks = marks_of(run, questions, grader)
    latency = {t.response_id: t.latency_ms for t in run.timings}
    rows: list[BoardRow] = []
    errors: list[tuple[float, int]] = []
    for condition in run.manifest.conditions:
        here = {model: each for (model, where), each in marks.items() if where == condition}
        tied, best, found = _ties(here, questions)
        errors += found
        rows += _rows(condition, here, tied, best, latency, confidence)
    gains = _gains(run.manifest.models, marks, questions, confidence)
    return Board(
        run=run.manifest.id,
        grader=grader,
        rows=tuple(rows),
        gains=gains,
        smallest_detectable_difference=_detectable(errors, questions.values()),
        ceiling=max(
            (row.score for row in rows if row.model == "builtin/oracle" and row.score is not None), default=1.0
        ),
        notes=_notes(rows),
    )


def _rows(
    condition: str,
    here: Mapping[str, Sequence[Mark]],
    tied: Mapping[str, tuple[str, ...]],
    best: str | None,
    latency: Mapping[str, float | None],
    confidence: float,
) -> list[BoardRow]:
    rows = [
        BoardRow(
            model=model,
            condition=condition,
            tally=tally(marks, confidence=confidence),
            tied_with=tied[model],
            tied_with_best=best is not None and (model == best or best in tied[model]),
            cost_usd=_sum(m.response.cost_usd for m in marks),
            latency_ms=_median(latency.get(m.response.id) for m in marks),
            input_tokens=_total(m.response.usage.input_tokens for m in marks),
            output_tokens=_total(m.response.usage.output_tokens for m in marks),
            chance=chance_level(m.question for m in marks),
        )
        for model, marks in here.items()
    ]
    return sorted(rows, key=lambda row: (-1.0 if row.score is None else -row.score - 1, row.model))


def _ties(
    here: Mapping[str, Sequence[Mark]], questions: Mapping[str, Question]
) -> tuple[dict[str, tuple[str, ...]], str | None, list[tuple[float, int]]]:
    """Return who is tied with whom, the best, and the standard error and clusters of each paired difference."""
    means = {model: by_question(marks) for model, marks in here.items()}
    scored = [model for model in here if means[model]]
    pairs = [(a, b) for i, a in enumerate(scored) for b in scored[i + 1 :] if means[a].keys() & means[b].keys()]
    found = [difference(here[a], here[b], questions) for a, b in pairs]
    adjusted = holm([each.p for each in found])
    tied = tied_pairs(list(here), [pair for pair, p in zip(pairs, adjusted, strict=True) if p > LEVEL])
    best = max(scored, key=lambda m: sum(means[m].values()) / len(means[m]), default=None)
    return tied, best, [(each.standard_error, each.clusters) for each in found if each.standard_error > 0]


def _gains(
    models: Iterable[str], marks: Marks, questions: Mapping[str, Question], confidence: float
) -> tuple[Gain, ...]:
    gains: list[Gain] = []
    for model in models:
        shown, closed = marks.get((model, "passage")), marks.get((model, "closed"))
        if shown and closed:
            try:
                gains.append(Gain(model, difference(shown, closed, questions, confidence=confidence)))
            except NoPower:
                continue
    return tuple(gains)


def _detectable(errors: Sequence[tuple[float, int]], questions: Iterable[Question]) -> float | None:
    """From the median observed error of a paired difference; without two models, from the number of questions."""
    if errors:
        ordered = sorted(errors)
        error, clusters = ordered[len(ordered) // 2]
        return detectable_from_error(error, clusters=clusters)
    count = len(list(questions))
    return smallest_detectable_difference(count) if count >= 2 else None


def _notes(rows: Sequence[BoardRow]) -> tuple[str, ...]:
    notes: list[str] = []
    for row in rows:
        counts = row.tally
        if counts.is_provisional:
            notes.append(
                f"{row.model} under {row.condition} is provisional: {counts.responses - counts.graded} of "
                f"{counts.responses} responses failed in transport or could not be graded"
            )
    notes += [row.tally.score.note for row in rows if row.tally.score and row.tally.score.note]
    return tuple(dict.fromkeys(notes))


def _sum(values: Iterable[float | None]) -> float | None:
    known = list(values)
    return None if any(value is None for value in known) else math.fsum(value or 0.0 for value in known)


def _total(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if any(value is None for value in known) else sum(value or 0 for value in known)


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
