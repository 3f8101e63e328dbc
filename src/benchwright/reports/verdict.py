"""The answer in sentences: who leads, how sure that is, and how far the number can be trusted."""

from dataclasses import dataclass

from benchwright.evaluation.board import BoardRow
from benchwright.records import CONDITIONS
from benchwright.reports.report import Report
from benchwright.reports.standing import ORACLE, Standing, role_of
from benchwright.reports.wording import joined, percent, points

SEEN: dict[str, str] = {
    "closed": "Shown nothing but the question",
    "passage": "Shown the cited passages",
    "document": "Shown the whole cited documents",
    "retrieval": "Shown what a search finds",
}
"""How a sentence on a condition begins."""


@dataclass(frozen=True)
class Verdict:
    """What a reader should take away. Model names stand between backticks."""

    headline: str
    lede: str
    sure: tuple[str, ...]
    trust: tuple[str, ...]


def verdict(report: Report) -> Verdict:
    """Return the answer of `report`."""
    main = report.main
    if not main.leaders:
        return Verdict("No answer was graded", "Nothing can be said of any model.", (), tuple(report.board.notes))
    return Verdict(_headline(main), _lede(main), _sure(report), _trust(report))


def _headline(main: Standing) -> str:
    names = [f"`{row.model}`" for row in main.leaders]
    if not main.beats_chance:
        return "No model is better than guessing"
    if not main.behind and len(names) > 1:
        return f"No model stands out: all {len(names)} are tied"
    if len(names) == 1:
        return f"{names[0]} leads" if main.behind else f"{names[0]} was measured, and nothing to compare it with"
    # Tied is not equal: the others may well be worse, these questions only do not show it.
    others = joined(names[1:]) if len(names) <= 4 else f"{len(names) - 1} others"
    return f"{names[0]} scores highest; {others} {'is' if len(names) == 2 else 'are'} not proven worse"


def _lede(main: Standing) -> str:
    best = main.leaders[0]
    score = best.tally.score
    assert score is not None  # `standing` keeps only rows with a score
    seen = SEEN.get(main.condition, f"Under `{main.condition}`")
    text = (
        f"{seen}, `{best.model}` scores {percent(score.estimate)} over {best.tally.graded} answers "
        f"({percent(score.confidence, 0)} interval {percent(score.low)} to {percent(score.high)}; "
        f"guessing would give {percent(best.chance)})."
    )
    if len(main.leaders) > 1:
        others = joined([f"`{row.model}` ({percent(row.score)})" for row in main.leaders[1:5]])
        text += f" These questions do not show that it is better than {others}; more documents and questions may."
    if main.behind:
        text += f" The next behind is `{main.behind[0].model}` with {percent(main.behind[0].score)}."
    return text


def _sure(report: Report) -> tuple[str, ...]:
    said: list[str] = []
    main = report.main
    tested = len(main.leaders) + len(main.behind)
    if main.behind:
        said.append(
            f"Of {tested} models, {len(main.behind)} {'is' if len(main.behind) == 1 else 'are'} behind the leader "
            f"by more than chance explains (paired on the same questions, documents as clusters, 5 % over all pairs)."
        )
    smallest = report.board.smallest_detectable_difference
    if smallest is not None:
        said.append(
            f"The smallest true difference between two models that this run would show 4 times in 5 is "
            f"{points(smallest)}. Models closer than that need more questions."
        )
    said += [_gain_sentence(report)] if report.board.gains else []
    return tuple(said)


def _gain_sentence(report: Report) -> str:
    leader = report.main.leaders[0].model
    gain = next((gain for gain in report.board.gains if gain.model == leader), None)
    if gain is None:
        return "The leader was not asked both with and without the passages, so its grounding gain is unknown."
    d = gain.difference
    reading = "it reads" if d.low > 0 else "reading cannot be told from not reading"
    return (
        f"Seeing the passages changes the score of `{leader}` by {points(d.estimate, is_signed=True)} "
        f"({points(d.low, is_signed=True)} to {points(d.high, is_signed=True)}): {reading}."
    )


def _trust(report: Report) -> tuple[str, ...]:
    cautions = [*report.board.notes]
    for row in report.main.shortcuts:
        cautions.append(
            f"`{row.model}` reads nothing and still gets {percent(row.score)} where guessing gives "
            f"{percent(row.chance)}: part of this benchmark can be answered from the questions alone."
        )
    if not report.main.shortcuts and any(role_of(row.model).startswith("baseline") for row in report.board.rows):
        cautions.append("No baseline that reads nothing is above chance: the options do not give the answers away.")
    if any(row.model == ORACLE for row in report.board.rows) and report.board.ceiling < 0.995:
        cautions.append(f"Even the oracle, which knows every answer, is marked {percent(report.board.ceiling)}.")
    problems = [finding for finding in report.set_findings if finding.status == "problem"]
    cautions += [f"{finding.code}: {finding.message}" for finding in problems[:3]]
    if not report.run.manifest.is_closed:
        cautions.append("The run was interrupted; the same `benchwright evaluate` command continues it.")
    written = [question.provenance.writer for question in report.benchmark.questions]
    if written and all(writer.startswith("rule:") for writer in written):
        cautions.append(
            "The questions were written by rule from the documents. They test whether stated facts are found and read "
            "rightly; a model that does well here has shown that, and no more."
        )
    return tuple(cautions)


def condition_sentence(condition: str) -> str:
    """Return what the model sees under `condition`."""
    return f"the model sees {CONDITIONS[condition]}" if condition in CONDITIONS else condition


def row_hint(row: BoardRow) -> str:
    """Return one row in words, for a screen reader."""
    score = row.tally.score
    if score is None:
        return f"{row.model}: nothing graded"
    return f"{row.model}: {percent(score.estimate)}, interval {percent(score.low)} to {percent(score.high)}"
