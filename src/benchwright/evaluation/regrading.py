"""What a grading says of single answers: which it could not read, and which it marks otherwise than before."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchwright.records import Response, Score
from benchwright.store.runs import Run

_DETAILS = re.compile(r"\s*(?::\s.*|(?<=\s)'.*)$", re.DOTALL)


@dataclass(frozen=True)
class Marked:
    """One answer with its mark, and the mark that the same grader gave before, if there was one."""

    response: Response
    score: Score
    before: Score | None = None


def ungraded(run: Run, grader: str) -> tuple[Marked, ...]:
    """Return the answers of `run` that `grader` could not read; refusals, cut answers and errors are none."""
    scores = run.scores_by(grader)
    answers = (response for response in run.responses if response.state == "ok")
    marked = ((response, scores.get(response.id)) for response in answers)
    return tuple(Marked(response, score) for response, score in marked if score is not None and score.value is None)


def changed(before: Run, after: Run, grader: str) -> tuple[Marked, ...]:
    """Return the answers that `grader` marks in `after` otherwise than in `before`."""
    old, new = before.scores_by(grader), after.scores_by(grader)
    return tuple(
        Marked(response, new[response.id], old[response.id])
        for response in after.responses
        if response.id in old and response.id in new and old[response.id].value != new[response.id].value
    )


def reasons(marked: Sequence[Marked]) -> list[tuple[str, int]]:
    """Return why answers were not graded, most frequent first: without the grader's name, counts and quotations."""
    told = (one.score.reason.split(": ", 1)[-1] for one in marked)
    return Counter(re.sub(r"\d+", "several", _DETAILS.sub("", reason)) for reason in told).most_common()


def mark_in_words(score: Score | None) -> str:
    """Return a mark as a person says it."""
    if score is None or score.value is None:
        return "not graded"
    return {1.0: "right", 0.0: "wrong"}.get(score.value, f"{score.value:.2f}")
