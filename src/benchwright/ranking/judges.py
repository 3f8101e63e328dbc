"""Judges and people on one scale: agreement, confusion, calibration, separability, and what a judge over-rewards."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, NoPower
from benchwright.ranking.board import prepare
from benchwright.ranking.estimate import SCORES, Estimate, estimate
from benchwright.ranking.level import MEAN_RATING
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import Comparisons
from benchwright.stats.agreement import cohen_kappa
from benchwright.stats.bradley_terry import ELO_PER_LOGIT, sigmoid
from benchwright.stats.jackknife import deal_into_groups, jackknife_interval, jackknife_share
from benchwright.stats.tails import two_sided_quantile

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
Bounds = tuple[float, float] | None
"""Low and high; `None` where there are too few items to say."""

BIN_EDGES = (0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1.01)


class CalibrationBin(Record):
    """Votes of people on pairs for which the judge's board predicts about `predicted`."""

    predicted: float
    observed: float
    interval: Bounds = None
    """Of `observed`."""
    votes: int


class OverRewarded(Record):
    """A style covariate that the judge rewards otherwise than people do, in log-odds per unit."""

    name: str
    judge: float
    people: float
    difference: float
    interval: Bounds = None
    """Of the difference; it holds 0 where the votes do not show any."""


class JudgeReport(Record):
    """One judge beside people. Intervals are at the board's confidence and count items, not votes, as independent."""

    judge: str
    judge_votes: int
    people_votes: int
    shared: int
    """Pairs of votes on the same prompt and models, one of the judge and one of a person."""
    agreement: float | None
    agreement_interval: Bounds = None
    agreement_decided: float | None
    """Agreement where neither said tie."""
    agreement_decided_interval: Bounds = None
    kappa: float | None
    kappa_interval: Bounds = None
    confusion: tuple[tuple[int, ...], ...]
    """Rows: people said first, tie, second; columns: the judge."""
    rank_correlation: float | None
    """Kendall's tau between both boards, over models that both rated."""
    rank_correlation_interval: Bounds = None
    separability_judge: float
    """Share of pairs of models that the judge's votes tell apart at the board's confidence."""
    separability_judge_interval: Bounds = None
    separability_people: float
    separability_people_interval: Bounds = None
    calibration: tuple[CalibrationBin, ...] = ()
    over_rewarded: tuple[OverRewarded, ...] = ()
    rating_differences: dict[str, float] = {}
    """Judge's rating minus people's, by model: what the judge likes more than people do."""


def compare_judge(
    votes: Comparisons, judge: str, settings: FitSettings, *, judges: tuple[str, ...] = ()
) -> JudgeReport:
    """Set the votes of the voter named `judge` against those of all voters that are not among `judges`.

    Intervals leave out groups of items (prompts), votes of the judge and of people together, and compute everything
    again; without at least five items there are none. Raises `InputError` for an unknown judge, `NoPower` without
    votes by people.
    """
    by_people, by_judge = _sides(votes, judge, judges)
    machine, people = _rated(by_judge, settings), _rated(by_people, settings)
    table = _shared(by_people, by_judge)
    found = _numbers(by_people, by_judge, machine, people, machine)
    spread = _Spread(by_people, by_judge, machine, settings)
    share, about = spread.share, spread.interval
    both = sorted(machine.rating.keys() & people.rating.keys())
    return JudgeReport(
        judge=judge,
        judge_votes=len(by_judge),
        people_votes=len(by_people),
        shared=int(table.sum()),
        agreement=_known(found, "agreement"),
        agreement_interval=share("agreement", found),
        agreement_decided=_known(found, "agreement_decided"),
        agreement_decided_interval=share("agreement_decided", found),
        kappa=_known(found, "kappa"),
        kappa_interval=about("kappa", found, -1.0, 1.0),
        confusion=tuple(tuple(int(cell) for cell in row) for row in table.tolist()),
        rank_correlation=_known(found, "rank_correlation"),
        rank_correlation_interval=about("rank_correlation", found, -1.0, 1.0),
        separability_judge=_known(found, "separability_judge") or 0.0,
        separability_judge_interval=about("separability_judge", found, 0.0, 1.0),
        separability_people=_known(found, "separability_people") or 0.0,
        separability_people_interval=about("separability_people", found, 0.0, 1.0),
        calibration=_calibration(by_people, machine, found, spread),
        over_rewarded=_over_rewarded(machine, people, found, spread),
        rating_differences={name: round(machine.rating[name] - people.rating[name], 3) for name in both},
    )


def _sides(votes: Comparisons, judge: str, judges: tuple[str, ...]) -> tuple[Comparisons, Comparisons]:
    """Return the votes of people and those of the judge."""
    if votes.voter is None or judge not in votes.voter.names:
        known = ", ".join(votes.voter.names[:10]) if votes.voter else "there is no voter column"
        raise InputError(f"no votes by a judge `{judge}` (voters: {known}); name a voter of the votes")
    machine = {*judges, judge}
    codes = [at for at, name in enumerate(votes.voter.names) if name in machine]
    by_people = votes.take(~np.isin(votes.voter.codes, codes))
    if not len(by_people):
        raise NoPower("there are no votes by people to set the judge against")
    return by_people, votes.take(votes.voter.codes == votes.voter.names.index(judge))


@dataclass(frozen=True, eq=False)
class _Side:
    """The board of one side: ratings and style coefficients by name, and the share of pairs that it tells apart."""

    rating: dict[str, float]
    coefficient: dict[str, float]
    separability: float


def _rated(votes: Comparisons, settings: FitSettings) -> _Side:
    # A judge is one voter: its board is clustered by prompt at best.
    plain = replace(settings, intervals="auto", anchor=None)
    seen, _, _ = prepare(votes, plain)
    found = estimate(seen, plain)
    points = MEAN_RATING + float(ELO_PER_LOGIT) * found.strength
    return _Side(
        rating=dict(zip(seen.models, points.tolist(), strict=True)),
        coefficient={name: value for name, (value, _) in found.coefficients.items()},
        separability=_separability(found, settings.confidence),
    )


def _numbers(
    by_people: Comparisons, by_judge: Comparisons, machine: _Side, people: _Side, scale: _Side
) -> dict[str, float]:
    """Return everything that gets an interval, NaN where undefined; `scale` bins the calibration."""
    table = _shared(by_people, by_judge)
    total, sure = float(table.sum()), float(table[np.ix_([0, 2], [0, 2])].sum())
    found = {
        "agreement": float(np.trace(table)) / total if total else np.nan,
        "agreement_decided": float(table[0, 0] + table[2, 2]) / sure if sure else np.nan,
        "kappa": _kappa(table),
        "rank_correlation": _kendall(machine.rating, people.rating),
        "separability_judge": machine.separability,
        "separability_people": people.separability,
    }
    for name in machine.coefficient.keys() & people.coefficient.keys():
        found[f"more {name}"] = machine.coefficient[name] - people.coefficient[name]
    expected, favoured = _favoured(by_people, scale)
    for at, inside in enumerate(_bins(expected)):
        found[f"bin {at}"] = float(favoured[inside].mean()) if inside.any() else np.nan
    return found


class _Spread:
    """How far each number moves when groups of items are left out."""

    def __init__(self, by_people: Comparisons, by_judge: Comparisons, scale: _Side, settings: FitSettings) -> None:
        self.confidence = settings.confidence
        self.items = 0
        self.left_out: list[dict[str, float]] = []
        if by_people.prompt is None or by_judge.prompt is None:
            return
        both = np.concatenate([by_people.prompt.codes, by_judge.prompt.codes])
        group = deal_into_groups(both, rng=np.random.default_rng(settings.seed))
        if group is None:
            return
        self.items = len(np.intersect1d(by_people.prompt.codes, by_judge.prompt.codes))
        of_people, of_judge = group[: len(by_people)], group[len(by_people) :]
        for left in range(int(group.max()) + 1):
            people, judge = by_people.take(of_people != left), by_judge.take(of_judge != left)
            try:
                said = _numbers(people, judge, _rated(judge, settings), _rated(people, settings), scale)
            except (InputError, NoPower):
                # What a group carries alone has no known spread.
                said = {}
            self.left_out.append(said)

    def values(self, name: str) -> list[float]:
        """Return the number without each group."""
        return [said.get(name, np.nan) for said in self.left_out]

    def interval(self, name: str, found: dict[str, float], low: float = -np.inf, high: float = np.inf) -> Bounds:
        """Return the interval of a number that lies in `low`..`high`."""
        if not self.left_out:
            return None
        return _rounded(
            jackknife_interval(found[name], self.values(name), confidence=self.confidence, low=low, high=high)
        )

    def share(self, name: str, found: dict[str, float], items: int | None = None) -> Bounds:
        """Return the interval of a share over the shared items, or over `items`."""
        if not self.left_out:
            return None
        count = self.items if items is None else items
        return _rounded(jackknife_share(found[name], self.values(name), count, confidence=self.confidence))


def _rounded(bounds: Bounds) -> Bounds:
    return None if bounds is None else (round(bounds[0], 6), round(bounds[1], 6))


def _known(found: dict[str, float], name: str) -> float | None:
    return round(found[name], 6) if np.isfinite(found[name]) else None


def _keys(votes: Comparisons) -> tuple[IntArray, IntArray]:
    """Return (item, said): the prompt with the unordered pair, and the outcome for the first by code."""
    n = len(votes.models)
    swapped = votes.a > votes.b
    low, high = np.where(swapped, votes.b, votes.a).astype(np.intp), np.where(swapped, votes.a, votes.b)
    said = np.where(swapped, 2 - votes.relative.astype(np.intp), votes.relative)
    prompt = np.zeros(len(votes), dtype=np.intp) if votes.prompt is None else votes.prompt.codes.astype(np.intp)
    return (prompt * n + low) * n + high, said


def _shared(people: Comparisons, judge: Comparisons) -> FloatArray:
    """Return people × judge over all pairs of votes on the same item, (3, 3)."""
    if people.prompt is None or judge.prompt is None:
        return np.zeros((3, 3))
    item_people, said_people = _keys(people)
    item_judge, said_judge = _keys(judge)
    items, place = np.unique(np.concatenate([item_people, item_judge]), return_inverse=True)
    count_people, count_judge = (
        np.bincount(at * 3 + said, minlength=3 * len(items)).reshape(-1, 3).astype(np.float64)
        for at, said in ((place[: len(people)], said_people), (place[len(people) :], said_judge))
    )
    return count_people.T @ count_judge


def _kappa(table: FloatArray) -> float:
    try:
        return cohen_kappa(table)
    except NoPower:
        return float("nan")


def _separability(found: Estimate, confidence: float) -> float:
    """Share of comparable pairs of which one model is better at this confidence; NaN without any pair."""
    i, j = np.triu_indices(len(found.strength), 1)
    met = found.component[i] == found.component[j]
    i, j = i[met], j[met]
    if not len(i):
        return float("nan")
    variance = np.diag(found.covariance)
    se = np.sqrt(np.maximum(variance[i] + variance[j] - 2 * found.covariance[i, j], 0.0))
    degrees = np.inf if found.is_map.any() else found.degrees_of_freedom
    return float((np.abs(found.strength[i] - found.strength[j]) > two_sided_quantile(confidence, degrees) * se).mean())


def _kendall(first: dict[str, float], second: dict[str, float]) -> float:
    """Return Kendall's tau over the models that both rated; NaN for fewer than three."""
    both = sorted(first.keys() & second.keys())
    if len(both) < 3:
        return float("nan")
    one, two = np.array([first[name] for name in both]), np.array([second[name] for name in both])
    upper = np.triu_indices(len(both), 1)
    signs = np.sign((one[:, None] - one)[upper].round(6)) * np.sign((two[:, None] - two)[upper].round(6))
    return float(signs.mean())


def _favoured(people: Comparisons, scale: _Side) -> tuple[FloatArray, FloatArray]:
    """Return for each vote of people the share that the judge's board expects for its favourite, and what it got.

    NaN where the board does not know a model; both of shape (votes,).
    """
    rating = np.array([scale.rating.get(name, np.nan) for name in people.models])
    gap = (rating[people.a] - rating[people.b]) / float(ELO_PER_LOGIT)
    score = SCORES[people.relative]
    return sigmoid(np.abs(gap)), np.where(gap >= 0, score, 1.0 - score)


def _bins(expected: FloatArray) -> list[NDArray[np.bool_]]:
    return [(expected >= low) & (expected < high) for low, high in pairwise(BIN_EDGES)]


def _calibration(
    people: Comparisons, machine: _Side, found: dict[str, float], spread: _Spread
) -> tuple[CalibrationBin, ...]:
    """How often people prefer the model that the judge's board favours, by how much it favours it."""
    expected, _ = _favoured(people, machine)
    rows: list[CalibrationBin] = []
    for at, inside in enumerate(_bins(expected)):
        if inside.any():
            items = 0 if people.prompt is None else len(np.unique(people.prompt.codes[inside]))
            rows.append(
                CalibrationBin(
                    predicted=round(float(expected[inside].mean()), 6),
                    observed=round(found[f"bin {at}"], 6),
                    interval=spread.share(f"bin {at}", found, items),
                    votes=int(inside.sum()),
                )
            )
    return tuple(rows)


def _over_rewarded(machine: _Side, people: _Side, found: dict[str, float], spread: _Spread) -> tuple[OverRewarded, ...]:
    return tuple(
        OverRewarded(
            name=name,
            judge=round(machine.coefficient[name], 6),
            people=round(people.coefficient[name], 6),
            difference=round(found[f"more {name}"], 6),
            interval=spread.interval(f"more {name}", found),
        )
        for name in machine.coefficient
        if name in people.coefficient
    )
