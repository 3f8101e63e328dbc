"""What solvers' answers say of a question: answerable, ambiguous, known anyway, a source too many, options that tell.

A right answer is worth nothing where guessing gives it. Every verdict on options counts how likely guessing alone would
have been to do as well, and says `no_power` where too few solvers were asked to tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from benchwright.curation.codes import CODES
from benchwright.evaluation.graders.last_line import last_line
from benchwright.evaluation.graders.normalise import normalised
from benchwright.evaluation.graders.picks import pick_option
from benchwright.evaluation.refusals import is_refusal, says_not_stated
from benchwright.records import Finding, Question
from benchwright.stats.tails import binomial_tail

ANSWERABLE = "CUR101"
CLOSED_BOOK = "CUR102"
ROUND_TRIP = "CUR103"
AMBIGUOUS = "CUR104"
HOP_NEEDED = "CUR105"
OPTIONS_ONLY = "CUR106"
STANDALONE = "CUR107"

NAMES = {
    ANSWERABLE: "answerable from its source",
    CLOSED_BOOK: "known without the document",
    ROUND_TRIP: "found again in the whole document",
    AMBIGUOUS: "one supported answer",
    HOP_NEEDED: "every source needed",
    OPTIONS_ONLY: "not given away by its options",
    STANDALONE: "understandable alone",
}
"""The checks by code."""


def check_in_words(code: str) -> str:
    """Return the name of a check for a person: `citation not found` for CUR002."""
    return NAMES.get(code) or next((each.name.replace("_", " ") for each in CODES if each.code == code), "rule")


DOCUMENT_DEPENDENT = "document-dependent"
KNOWN = "known to the model"

GUESSED = 0.1
"""Right answers that guessing gives with a higher probability than this show nothing."""

LEAST_FOR_THE_SET = 30

WHOLE = 0.9
"""From this score on nothing of the key is missing: of four rubric points not even the one that a source would give."""


@dataclass(frozen=True)
class Solved:
    """What one solver answered under one view of the sources. `score` is `None` where it could not be graded.

    `said` is the answer as far as two solvers' answers can be compared: the option picked, or the folded words.
    """

    solver: str
    text: str
    score: float | None
    said: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the answer agrees with the key, of an open answer at least in half of it."""
        return self.score is not None and self.score >= 0.5

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the key is missing: most of an open answer is easily said without the document."""
        return self.score is not None and self.score >= WHOLE


def said_option(text: str, question: Question) -> str:
    """Return what an answer says, in a form by which two answers are the same; empty for none at all."""
    if says_not_stated(text) or is_refusal(text):
        return ""
    if question.choices:
        pick = pick_option(last_line(text) or text, question.choices, question.text)
        return question.choices[pick.index] if pick.index is not None else ""
    return normalised(text)[:200] if question.form == "short" else ""


def guessing(right: int, asked: int, options: int) -> float:
    """Return the probability that `asked` guesses among `options` give at least `right` right answers."""
    chance = 1 / options
    return sum(comb(asked, k) * chance**k * (1 - chance) ** (asked - k) for k in range(right, asked + 1))


def beats_guessing(solved: Sequence[Solved], options: int) -> bool:
    """Whether so many right answers would hardly come from guessing; without options nobody guesses right."""
    right = sum(answer.is_whole for answer in solved)
    return right > 0 and (options < 2 or guessing(right, len(solved), options) <= GUESSED)


def answerable_finding(question: Question, solved: Sequence[Solved]) -> Finding:
    """Most solvers must reach the key. One solver alone, or half of them, can be wrong: that is for a person to see.

    If a single solver could drop a question, a weak one would keep the easy ones only.
    """
    graded = [answer for answer in solved if answer.score is not None]
    if len(graded) * 2 <= len(solved) or not graded:
        message = f"only {len(graded)} of {len(solved)} solvers could be graded"
        # A solver that names two options, or hedges, says something of the question: a person must look.
        status = "problem" if any(answer.text.strip() for answer in solved) else "not_run"
        return solver_finding(question, ANSWERABLE, status, "flag", message, evidence_of(solved))
    right = sum(answer.is_right for answer in graded)
    message = f"{right} of {len(graded)} solvers reach the key from the source"
    if right * 2 > len(graded):
        return solver_finding(question, ANSWERABLE, "passed", "reject", message, evidence_of(solved))
    effect = "flag" if len(graded) == 1 or right * 2 == len(graded) else "reject"
    return solver_finding(question, ANSWERABLE, "problem", effect, message, evidence_of(solved))


def ambiguity_finding(question: Question, solved: Sequence[Solved]) -> Finding:
    """Two solvers that agree on one other answer support it; one alone is a slip, and saying nothing is no answer."""
    others: dict[str, int] = {}
    for answer in solved:
        if answer.score is not None and not answer.is_right and answer.said:
            others[answer.said] = others.get(answer.said, 0) + 1
    agreed = max(others.values(), default=0)
    if agreed >= 2 or (agreed and sum(answer.is_right for answer in solved) == agreed):
        message = f"{agreed} of {len(solved)} solvers agree on another answer than the key"
        return solver_finding(question, AMBIGUOUS, "problem", "flag", message, evidence_of(solved))
    return solver_finding(question, AMBIGUOUS, "passed", "flag", "no second answer has support")


def known_by(question: Question, closed: Sequence[Solved]) -> frozenset[str]:
    """Return the solvers that know the answer without the document, as far as guessing does not explain it."""
    if not beats_guessing(closed, len(question.choices)):
        return frozenset()
    return frozenset(answer.solver for answer in closed if answer.is_whole)


def closed_book_finding(question: Question, closed: Sequence[Solved]) -> Finding:
    """Say who answers right with nothing shown."""
    right = [answer.solver for answer in closed if answer.is_whole]
    if not right:
        return solver_finding(question, CLOSED_BOOK, "passed", "flag", "no solver knows it without the document")
    message = f"{', '.join(right)} answered right without the document"
    if not beats_guessing(closed, len(question.choices)):
        message += f", as guessing among {len(question.choices)} options would"
        return solver_finding(question, CLOSED_BOOK, "no_power", "flag", message, evidence_of(closed))
    return solver_finding(question, CLOSED_BOOK, "note", "flag", message, evidence_of(closed))


def hop_finding(question: Question, solved: Sequence[Solved], source: str, *, options: int) -> Finding:
    """A source is not needed where most solvers answer right without it, more often than guessing explains."""
    graded = [answer for answer in solved if answer.score is not None]
    if not solved:
        message = "no source can be shown to be needed: every solver answers right without any"
        return solver_finding(question, HOP_NEEDED, "problem", "flag", message)
    if not graded:
        message = f"without {source} no answer could be graded"
        return solver_finding(question, HOP_NEEDED, "no_power", "flag", message, evidence_of(solved))
    right = sum(answer.is_whole for answer in graded)
    if right * 2 <= len(graded):
        return solver_finding(question, HOP_NEEDED, "passed", "reject", "no source can be left out")
    message = f"{source} is not needed: without it {right} of {len(graded)} solvers answer right"
    if beats_guessing(graded, options):
        return solver_finding(question, HOP_NEEDED, "problem", "reject", message, evidence_of(solved))
    message = f"{message}, as guessing among {options} options would"
    return solver_finding(question, HOP_NEEDED, "problem", "flag", message, evidence_of(solved))


def options_only_finding(question: Question, solved: Sequence[Solved]) -> Finding:
    """The options alone give the key away where the solvers choose it more often than guessing explains."""
    right = sum(answer.is_right for answer in solved)
    if beats_guessing(solved, len(question.choices)):
        message = f"{right} of {len(solved)} solvers chose the key from the options alone"
        return solver_finding(question, OPTIONS_ONLY, "problem", "flag", message, evidence_of(solved))
    message = "the options alone do not give the key away"
    return solver_finding(question, OPTIONS_ONLY, "passed", "flag", message)


def options_only_set_finding(blind: Sequence[tuple[Question, Sequence[Solved]]]) -> Finding:
    """Say of the whole set whether a solver that sees only the options beats chance.

    An exact binomial test for each solver, one-sided at 5 %, corrected for their number (Bonferroni); the sum of
    chances that differ between questions is taken at their mean, which makes the test a little too strict.
    """
    asked: dict[str, list[tuple[bool, float]]] = {}
    for question, solved in blind:
        for answer in solved:
            if answer.score is not None:
                asked.setdefault(answer.solver, []).append((answer.is_right, 1 / len(question.choices)))
    counts = {name: rows for name, rows in asked.items() if len(rows) >= LEAST_FOR_THE_SET}
    if not counts:
        most = max(map(len, asked.values()), default=0)
        message = f"only {most} multiple-choice questions were tried; {LEAST_FOR_THE_SET} are needed"
        return _set_finding("no_power" if most else "not_applicable", message, None, None)
    tested: list[tuple[float, str, float, float]] = []
    for name, rows in counts.items():
        right, chance = sum(is_right for is_right, _ in rows), sum(chance for _, chance in rows) / len(rows)
        p = binomial_tail(right, len(rows), chance)
        tested.append((min(1.0, p * len(counts)), name, right / len(rows), chance))
    p, name, share, chance = min(tested)
    message = f"{name} chose the key in {share:.0%} from the options alone; chance is {chance:.0%}"
    return _set_finding("problem" if p < 0.05 else "passed", message, share, p)


def _set_finding(status: Any, message: str, statistic: float | None, p: float | None) -> Finding:
    return Finding(
        code=OPTIONS_ONLY,
        name=NAMES[OPTIONS_ONLY],
        status=status,
        effect="set",
        grade="B",
        subject="benchmark",
        message=message,
        statistic=statistic,
        p=p,
    )


def evidence_of(solved: Sequence[Solved]) -> str:
    """Return who said what, shortened."""
    return " | ".join(f"{answer.solver}: {' '.join(answer.text.split())[:160]}" for answer in solved)


def solver_finding(
    question: Question, code: str, status: Any, effect: Any, message: str, evidence: str = ""
) -> Finding:
    """Return one finding of a check by models; its grade is B, since the solvers may share the writer's mistakes."""
    return Finding(
        code=code,
        name=NAMES[code],
        status=status,
        effect=effect,
        grade="B",
        subject=question.id,
        message=message,
        evidence=evidence,
    )
