"""Many marks become one number with an interval: the score of a model, and its grounding gain."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.records import Question, Response, Score
from benchwright.stats.paired import Difference, paired_difference
from benchwright.stats.proportion import Interval, score_interval

PROVISIONAL_SHARE = 0.02
"""Above this share of transport errors and ungraded responses a score is provisional."""

NOT_TRANSPORT = ("context length", "content filter")
"""Reasons of the state `error` that are the model's own and count as not correct."""


@dataclass(frozen=True)
class Mark:
    """What one response is worth. `value` is `None` where it leaves the denominator."""

    question: Question
    response: Response
    value: float | None
    is_answered: bool
    """False for refusals, truncated answers and errors."""


def mark(question: Question, response: Response, score: Score | None) -> Mark:
    """Return what `response` to `question` is worth, see `worth`."""
    is_answered = response.state not in ("error", "refusal", "truncated")
    return Mark(question, response, worth(response, score), is_answered=is_answered)


def worth(response: Response, score: Score | None) -> float | None:
    """Return 0 for a refusal, a truncated answer and an error of the model's own, `None` for a transport error."""
    if response.state == "error":
        return 0.0 if response.reason.casefold().startswith(NOT_TRANSPORT) else None
    if response.state in ("refusal", "truncated"):
        return 0.0
    return score.value if score is not None else None


def clusters_of_question(question: Question) -> tuple[str, ...]:
    """Return the documents that `question` rests on; one that cites none stands alone."""
    return question.document_ids or (f"question {question.id}",)


@dataclass(frozen=True)
class Tally:
    """The score of one model under one condition, with every count that qualifies it."""

    questions: int
    responses: int
    graded: int
    """Responses in the denominator of `score`."""
    errors: int
    refusals: int
    truncated: int
    ungraded: int
    score: Interval | None
    """`None` where nothing is in the denominator."""
    score_answered: float | None
    is_provisional: bool


def tally(marks: Sequence[Mark], *, confidence: float = 0.95) -> Tally:
    """Return the score of the model whose `marks` these are, clustered by document."""
    counted = [(m.question, m.value) for m in marks if m.value is not None]
    answered = [m.value for m in marks if m.value is not None and m.is_answered]
    lost = len(marks) - len(counted)
    interval = None
    if counted:
        interval = score_interval(
            [value for _, value in counted],
            [clusters_of_question(question) for question, _ in counted],
            confidence=confidence,
        )
    return Tally(
        questions=len({m.question.id for m in marks}),
        responses=len(marks),
        graded=len(counted),
        errors=sum(m.response.state == "error" for m in marks),
        refusals=sum(m.response.state == "refusal" for m in marks),
        truncated=sum(m.response.state == "truncated" for m in marks),
        ungraded=sum(m.is_answered and m.value is None for m in marks),
        score=interval,
        score_answered=float(np.mean(answered)) if answered else None,
        is_provisional=lost > PROVISIONAL_SHARE * len(marks),
    )


def by_question(marks: Iterable[Mark]) -> dict[str, float]:
    """Return the mean mark of each question over its repeats; questions without a mark are left out."""
    values: dict[str, list[float]] = {}
    for one in marks:
        if one.value is not None:
            values.setdefault(one.question.id, []).append(one.value)
    return {name: sum(each) / len(each) for name, each in values.items()}


def difference(
    first: Iterable[Mark], second: Iterable[Mark], questions: Mapping[str, Question], *, confidence: float = 0.95
) -> Difference:
    """Return first − second over the questions that both have a mark for; `NoPower` where there is none."""
    a, b = by_question(first), by_question(second)
    shared = [name for name in a if name in b]
    return paired_difference(
        [a[name] for name in shared],
        [b[name] for name in shared],
        [clusters_of_question(questions[name]) for name in shared],
        confidence=confidence,
    )


def chance_level(questions: Iterable[Question]) -> float:
    """Return what guessing scores: the mean of 1/options, 0 for a question without options."""
    return _mean(questions, lambda q: 1 / len(q.choices) if q.form == "choice" else 0.0)


def _mean(questions: Iterable[Question], value: Callable[[Question], float]) -> float:
    values = [value(question) for question in questions]
    return float(np.mean(values)) if values else 0.0
