"""The answer in sentences: who leads, how sure that is, and how far the number can be trusted."""

from collections import Counter
from dataclasses import dataclass

from benchwright.evaluation.board import BoardRow
from benchwright.records import CONDITIONS
from benchwright.reports.report import Report
from benchwright.reports.standing import ORACLE, Standing, role_of
from benchwright.reports.wording import joined, kind_name, money, percent, points

SEEN: dict[str, str] = {
    "closed": "Shown nothing but the question",
    "passage": "Shown the cited passages",
    "document": "Shown the whole cited documents",
    "retrieval": "Shown what a search finds",
}
"""How a sentence on a condition begins."""


ENOUGH = 10
"""A kind with fewer questions is not called strong or weak."""
NOTHING_SHOWN = 0.5
"""A smallest visible difference from here on is no help to anyone: the sentence says so instead of the number."""


@dataclass(frozen=True)
class Verdict:
    """What a reader should take away. Model names stand between backticks."""

    headline: str
    lede: str
    decide: tuple[str, ...]
    sure: tuple[str, ...]
    trust: tuple[str, ...]


def verdict(report: Report) -> Verdict:
    """Return the answer of `report`."""
    main = report.main
    if not main.leaders:
        return Verdict("No answer was graded", _nothing(report), (), (), _trust(report))
    return Verdict(_headline(main), _lede(main), _decide(report), _sure(report), _trust(report))


def _headline(main: Standing) -> str:
    names = [f"`{row.model}`" for row in main.leaders]
    if not main.beats_chance:
        return "No model is better than guessing"
    if not main.behind and len(names) > 1:
        return f"No model stands out: all {len(names)} are tied"
    if len(names) == 1:
        return f"{names[0]} leads" if main.behind else f"{names[0]} was measured, with nothing to compare it with"
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


def _decide(report: Report) -> tuple[str, ...]:
    """Say what follows for a choice: whom to take, what it is good and bad at, what reading is worth to it."""
    said = [_choice(report.main), _strength(report), _gain_sentence(report) if report.board.gains else ""]
    return tuple(line for line in said if line)


def _choice(main: Standing) -> str:
    leaders = main.leaders
    if not main.beats_chance:
        return "Take none of these models for this work on the strength of these numbers."
    if len(leaders) == 1:
        return f"If right answers decide, take `{leaders[0].model}`." if main.behind else ""
    text = f"On right answers alone, nothing decides among these {len(leaders)}: choose by cost, speed or policy."
    priced = [row for row in leaders if row.cost_usd is not None and row.tally.responses]
    if len(priced) == len(leaders) and any(row.cost_usd for row in priced):
        cheap = min(priced, key=_cost_of_a_thousand)
        dear = max(priced, key=_cost_of_a_thousand)
        low, high = money(_cost_of_a_thousand(cheap)), money(_cost_of_a_thousand(dear))
        if low == high:
            text += f" A thousand answers cost {low} from each."
        else:
            text += f" A thousand answers cost {low} from `{cheap.model}` and {high} from `{dear.model}`."
    return text


def _cost_of_a_thousand(row: BoardRow) -> float:
    return (row.cost_usd or 0.0) * 1000 / row.tally.responses


def _strength(report: Report) -> str:
    """Name the kinds of question on which the leader is best and worst, where they differ clearly."""
    leader = report.main.leaders[0].model
    found = next((b for b in report.breakdowns if b.name == "kind" and b.condition == report.main.condition), None)
    if found is None or leader not in found.models:
        return ""
    place = found.models.index(leader)
    ranked = sorted(
        (score.estimate, kind_name(kind), score)
        for kind, count, cells in zip(found.rows, found.questions, found.cells, strict=True)
        if count >= ENOUGH and (cell := cells[place]) and (score := cell.score)
    )
    if len(ranked) < 2 or ranked[0][2].high >= ranked[-1][2].low:
        return ""
    weak = [f"{name} ({percent(share, 0)})" for share, name, score in ranked if score.high < ranked[-1][2].low][:3]
    strong = [f"{name} ({percent(share, 0)})" for share, name, score in ranked if score.low > ranked[0][2].high][:-4:-1]
    return f"`{leader}` is strongest on: {', '.join(strong)}. It is weakest on: {', '.join(weak)}."


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
    if smallest is not None and smallest >= NOTHING_SHOWN:
        said.append("With so few questions hardly any difference between two models could be shown; ask more.")
    elif smallest is not None:
        said.append(
            f"A true difference of {points(smallest)} between two models would show in 4 of 5 runs like this one. "
            f"Models closer than that need more questions."
        )
    return tuple(said)


def _gain_sentence(report: Report) -> str:
    leader = report.main.leaders[0].model
    gain = next((gain for gain in report.board.gains if gain.model == leader), None)
    if gain is None:
        return ""
    d = gain.difference
    span = f"{d.low * 100:+.1f} to {d.high * 100:+.1f}"
    if d.low > 0:
        return (
            f"Seeing the source is worth {points(d.estimate, is_signed=True)} to `{leader}` ({span}): "
            f"give it your documents."
        )
    return (
        f"Seeing the source changes the score of `{leader}` by {points(d.estimate, is_signed=True)} ({span}): "
        f"that it reads cannot be shown here."
    )


def _trust(report: Report) -> tuple[str, ...]:
    said_below = [*_unfinished(report), *_provisional(report), *_outdone(report)]
    cautions = [*said_below, *(note for note in report.board.notes if "provisional" not in note)]
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
    written = [question.provenance.writer for question in report.benchmark.questions]
    if written and all(writer.startswith("rule:") for writer in written):
        cautions.append(
            "The questions were written by rule from the documents. They test whether stated facts are found and read "
            "rightly; a model that does well here has shown that, and no more."
        )
    return tuple(cautions)


def _unfinished(report: Report) -> list[str]:
    if report.run.manifest.is_closed:
        return []
    reached = len({response.question_id for response in report.run.responses})
    return [
        f"The run was interrupted: {reached} of {len(report.benchmark.questions)} questions were asked so far. "
        f"The same `benchwright evaluate` command continues it."
    ]


def _provisional(report: Report) -> list[str]:
    """Sum up the rows that lost too many answers; each says how many in its own line of the board."""
    rows = [row for row in report.board.rows if row.tally.is_provisional]
    if not rows:
        return []
    worst = max(rows, key=lambda row: 1 - row.tally.graded / row.tally.responses)
    lost = worst.tally.responses - worst.tally.graded
    return [
        f"{len(rows)} of {len(report.board.rows)} rows of the board are provisional (*): more than 2 % of the "
        f"responses failed on the way or could not be graded; the most, {lost} of {worst.tally.responses}, "
        f"of `{worst.model}` under `{worst.condition}`."
    ]


def _nothing(report: Report) -> str:
    """Say why nothing can be said."""
    failed = [response.reason for response in report.run.responses if response.state == "error"]
    if not failed:
        return "Nothing can be said of any model."
    reason, count = Counter(failed).most_common(1)[0]
    return (
        f"{len(failed):,} of {len(report.run.responses):,} requests failed, most with: {reason or 'no reason'} "
        f"({count:,}). `benchwright doctor` says which models answer; the same `benchwright evaluate` "
        f"command asks again."
    )


def _outdone(report: Report) -> list[str]:
    """Name built-in models without understanding that the leader does not clearly pass."""
    leader = report.main.leaders[0] if report.main.leaders else None
    if leader is None or role_of(leader.model):
        return []
    rows = [row for row in report.board.rows if row.condition == leader.condition and row.score is not None]
    equals = [row for row in rows if role_of(row.model).startswith(("reader", "baseline"))]
    return [
        f"`{row.model}`, which only compares words, gets {percent(row.score)}: "
        f"`{leader.model}` is not shown to be better."
        for row in equals
        if row.model in leader.tied_with or (row.score or 0) > (leader.score or 0)
    ]


def condition_sentence(condition: str) -> str:
    """Return what the model sees under `condition`."""
    return f"the model sees {CONDITIONS[condition]}" if condition in CONDITIONS else condition


def row_hint(row: BoardRow) -> str:
    """Return one row in words, for a screen reader."""
    score = row.tally.score
    if score is None:
        return f"{row.model}: nothing graded"
    return f"{row.model}: {percent(score.estimate)}, interval {percent(score.low)} to {percent(score.high)}"
