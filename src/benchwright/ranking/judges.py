"""Judges and people on one scale: agreement, confusion, calibration, separability, and what a judge over-rewards."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, NoPower
from benchwright.ranking.board import fit
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import Comparisons
from benchwright.records.leaderboard import Leaderboard
from benchwright.stats.agreement import cohen_kappa, confusion
from benchwright.stats.bradley_terry import ELO_PER_LOGIT, sigmoid

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


class CalibrationBin(Record):
    """Votes of people on pairs for which the judge's board predicts about `predicted`."""

    predicted: float
    observed: float
    votes: int


class OverRewarded(Record):
    """A style covariate that the judge rewards otherwise than people do, in log-odds per unit."""

    name: str
    judge: float
    people: float
    difference: float
    se: float
    p: float


class JudgeReport(Record):
    """One judge beside people."""

    judge: str
    judge_votes: int
    people_votes: int
    shared: int
    """Pairs of votes on the same prompt and models, one of the judge and one of a person."""
    agreement: float | None
    agreement_decided: float | None
    """Agreement where neither said tie."""
    kappa: float | None
    confusion: tuple[tuple[int, ...], ...]
    """Rows: people said first, tie, second; columns: the judge."""
    rank_correlation: float | None
    """Kendall's tau between both boards, over models that both rated."""
    separability_judge: float
    """Share of pairs of models that the judge's votes tell apart at the board's confidence."""
    separability_people: float
    calibration: tuple[CalibrationBin, ...] = ()
    over_rewarded: tuple[OverRewarded, ...] = ()
    rating_differences: dict[str, float] = {}
    """Judge's rating minus people's, by model: what the judge likes more than people do."""


def compare_judge(
    votes: Comparisons, judge: str, settings: FitSettings, *, judges: tuple[str, ...] = ()
) -> JudgeReport:
    """Set the votes of the voter named `judge` against those of all voters that are not among `judges`."""
    if votes.voter is None or judge not in votes.voter.names:
        known = ", ".join(votes.voter.names[:10]) if votes.voter else "there is no voter column"
        raise InputError(f"no votes by a judge `{judge}` (voters: {known}); name a voter of the votes")
    machine = {*judges, judge}
    codes = [at for at, name in enumerate(votes.voter.names) if name in machine]
    by_judge = votes.take(votes.voter.codes == votes.voter.names.index(judge))
    by_people = votes.take(~np.isin(votes.voter.codes, codes))
    if not len(by_people):
        raise NoPower("there are no votes by people to set the judge against")
    # A judge is one voter: its board is clustered by prompt at best.
    machine_board = fit(by_judge, replace(settings, intervals="auto", anchor=None))
    people_board = fit(by_people, replace(settings, anchor=None))
    table, decided = _shared(by_people, by_judge)
    total = float(table.sum())
    try:
        kappa = cohen_kappa(table)
    except NoPower:
        kappa = None
    judge_rating = {row.model: row.rating for row in machine_board.models}
    people_rating = {row.model: row.rating for row in people_board.models}
    both = sorted(judge_rating.keys() & people_rating.keys())
    return JudgeReport(
        judge=judge,
        judge_votes=len(by_judge),
        people_votes=len(by_people),
        shared=int(total),
        agreement=round(float(np.trace(table)) / total, 6) if total else None,
        agreement_decided=None if decided is None else round(decided, 6),
        kappa=None if kappa is None else round(kappa, 6),
        confusion=tuple(tuple(int(cell) for cell in row) for row in table.tolist()),
        rank_correlation=_kendall([judge_rating[name] for name in both], [people_rating[name] for name in both]),
        separability_judge=_separability(machine_board),
        separability_people=_separability(people_board),
        calibration=_calibration(by_people, judge_rating),
        over_rewarded=_over_rewarded(machine_board, people_board),
        rating_differences={name: round(judge_rating[name] - people_rating[name], 3) for name in both},
    )


def _keys(votes: Comparisons) -> tuple[IntArray, IntArray]:
    """Return (item, said): the prompt with the unordered pair, and the outcome for the first by code."""
    n = len(votes.models)
    swapped = votes.a > votes.b
    low, high = np.where(swapped, votes.b, votes.a).astype(np.intp), np.where(swapped, votes.a, votes.b)
    said = np.where(swapped, 2 - votes.relative.astype(np.intp), votes.relative)
    prompt = np.zeros(len(votes), dtype=np.intp) if votes.prompt is None else votes.prompt.codes.astype(np.intp)
    return (prompt * n + low) * n + high, said


def _shared(people: Comparisons, judge: Comparisons) -> tuple[FloatArray, float | None]:
    """Return people × judge over votes on the same item (each person's vote against the judge's first one there)."""
    if people.prompt is None:
        return np.zeros((3, 3)), None
    item_people, said_people = _keys(people)
    item_judge, said_judge = _keys(judge)
    unique, first = np.unique(item_judge, return_index=True)
    at = np.searchsorted(unique, item_people)
    found = (at < len(unique)) & (unique[np.minimum(at, len(unique) - 1)] == item_people)
    table = confusion(said_people[found], said_judge[first[at[found]]], 3)
    sure = table[0, 0] + table[0, 2] + table[2, 0] + table[2, 2]
    return table, float((table[0, 0] + table[2, 2]) / sure) if sure else None


def _separability(board: Leaderboard) -> float:
    """Share of comparable pairs of which one model is better at the board's confidence."""
    edge = 0.5 + board.confidence / 2
    known = [pair.p_a_better for pair in board.pairs if pair.p_a_better is not None]
    return round(sum(p > edge or p < 1 - edge for p in known) / len(known), 6) if known else 0.0


def _kendall(first: list[float], second: list[float]) -> float | None:
    if len(first) < 3:
        return None
    one, two = np.array(first), np.array(second)
    upper = np.triu_indices(len(first), 1)
    signs = np.sign(one[:, None] - one)[upper] * np.sign(two[:, None] - two)[upper]
    return round(float(signs.mean()), 6)


def _calibration(people: Comparisons, judge_rating: dict[str, float]) -> tuple[CalibrationBin, ...]:
    """How often people prefer the model that the judge's board favours, by how much it favours it."""
    rating = np.array([judge_rating.get(name, np.nan) for name in people.models])
    gap = (rating[people.a] - rating[people.b]) / float(ELO_PER_LOGIT)
    known = np.isfinite(gap)
    expected = sigmoid(np.abs(gap[known]))
    score = np.array([1.0, 0.5, 0.0])[people.relative[known]]
    favoured = np.where(gap[known] >= 0, score, 1.0 - score)
    bins: list[CalibrationBin] = []
    for low, high in ((0.5, 0.55), (0.55, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (expected >= low) & (expected < high)
        if inside.any():
            bins.append(
                CalibrationBin(
                    predicted=round(float(expected[inside].mean()), 6),
                    observed=round(float(favoured[inside].mean()), 6),
                    votes=int(inside.sum()),
                )
            )
    return tuple(bins)


def _over_rewarded(judge: Leaderboard, people: Leaderboard) -> tuple[OverRewarded, ...]:
    human = {row.name: row for row in people.covariates}
    rows: list[OverRewarded] = []
    for row in judge.covariates:
        if row.name not in human:
            continue
        other = human[row.name]
        difference = row.coefficient - other.coefficient
        se = float(np.hypot(row.se, other.se))
        rows.append(
            OverRewarded(
                name=row.name,
                judge=row.coefficient,
                people=other.coefficient,
                difference=round(difference, 9),
                se=round(se, 9),
                p=round(2 * NormalDist().cdf(-abs(difference) / se), 9) if se else 1.0,
            )
        )
    return tuple(rows)
