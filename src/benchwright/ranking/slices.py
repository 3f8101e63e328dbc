"""Slices: one board a category, shrunk to the whole where thin, and a board for the reader's own weights over them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, NoPower, unknown_name
from benchwright.ranking.estimate import Estimate, estimate
from benchwright.ranking.level import rating_level
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import Comparisons
from benchwright.stats.bradley_terry import ELO_PER_LOGIT
from benchwright.stats.tails import chi_squared_quantile, two_sided_quantile

FloatArray = NDArray[np.float64]


class SliceRating(Record):
    """One model in one slice: `rating` is shrunk to the whole board by as much as it is uncertain."""

    model: str
    rating: float
    low: float
    high: float
    raw: float | None
    """Rating from the votes of the slice alone; `None` where the model has none there."""
    votes: int
    rank: int


class SliceBoard(Record):
    """The board of one value of one column."""

    column: str
    value: str
    votes: int
    spread: float
    """Estimated standard deviation, in points, of true differences between the slices of this column and the whole."""
    models: tuple[SliceRating, ...]


class WeightedRating(Record):
    """One model under the reader's weights over slices."""

    model: str
    rating: float
    low: float
    high: float
    rank: int
    rank_unweighted: int


MIN_SLICE_VOTES = 10
SURE_OF_SPREAD = 0.8
"""How sure one is that slices do not differ more than is assumed when they are pulled towards the whole."""


@dataclass(frozen=True, eq=False)
class _Part:
    """The fit of one slice beside the whole: `place` are its models, `variance` that of their deviations."""

    value: str
    votes: Comparisons
    place: NDArray[np.intp]
    strength: FloatArray
    deviation: FloatArray
    variance: FloatArray


def slice_boards(votes: Comparisons, whole: Estimate, settings: FitSettings, column: str) -> tuple[SliceBoard, ...]:
    """Fit every value of `column` and shrink it to `whole` by empirical Bayes; values with few votes are left out.

    Only the main component of the whole is ranked. True deviations of slices are taken as normal, with one variance
    for the column. Thin slices say little of it, and too small a variance would call them surer than they are: the
    one used is an upper bound (at `SURE_OF_SPREAD`), the one reported the estimate.
    Sources: Efron & Morris (1975); Viechtbauer (2007) for the variance and its bound by the profile of Q.
    """
    if column not in votes.categories:
        raise unknown_name("slice", column, votes.categories)
    labels = votes.categories[column]
    parts: list[_Part] = []
    for code, value in enumerate(labels.names):
        part = votes.take(labels.codes == code)
        if len(part) >= MIN_SLICE_VOTES:
            parts.append(_fitted(part, votes, whole, settings, value))
    if not parts:
        raise InputError(f"no value of `{column}` has {MIN_SLICE_VOTES} votes or more; slices would say nothing")
    spread, bound = _between(parts)
    return tuple(_slice_board(part, votes, whole, settings, column, spread, bound) for part in parts)


def _fitted(part: Comparisons, votes: Comparisons, whole: Estimate, settings: FitSettings, value: str) -> _Part:
    seen = part.seen_models_only()
    usable = tuple(name for name in settings.covariates if np.any(seen.covariates[name]))
    intervals = "auto" if settings.intervals in ("voter", "prompt", "two-way") else settings.intervals
    try:
        found = estimate(seen, replace(settings, covariates=usable, intervals=intervals))
    except NoPower:
        # Too thin for covariates or a tie model: the plain fit always ends.
        found = estimate(seen, FitSettings(both=settings.both, voter_cap=settings.voter_cap))
    place = np.array([votes.models.index(name) for name in seen.models])
    base = whole.strength[place]
    reach = two_sided_quantile(settings.confidence, found.degrees_of_freedom) / two_sided_quantile(settings.confidence)
    return _Part(
        value=value,
        votes=part,
        place=place,
        strength=found.strength + base.mean(),
        deviation=found.strength - (base - base.mean()),
        # With few clusters a normal interval of the same variance would be too short.
        variance=np.maximum(np.diag(found.covariance), 1e-9) * reach**2,
    )


def _slice_board(
    part: _Part,
    votes: Comparisons,
    whole: Estimate,
    settings: FitSettings,
    column: str,
    spread: float,
    bound: float,
) -> SliceBoard:
    place = part.place
    pull = bound / (bound + part.variance)
    shrunk = whole.strength.copy()
    se = np.sqrt(np.diag(whole.covariance) + bound)
    # What the slice knows replaces what the whole would guess, in proportion to its precision.
    shrunk[place] = whole.strength[place] + pull * part.deviation
    se[place] = np.sqrt(pull * part.variance + (1 - pull) ** 2 * np.diag(whole.covariance)[place])
    raw: dict[int, float] = dict(zip(place.tolist(), part.strength.tolist(), strict=True))
    n = len(votes.models)
    played = np.bincount(part.votes.a, minlength=n) + np.bincount(part.votes.b, minlength=n)
    reach = two_sided_quantile(settings.confidence)
    level = rating_level(votes, whole, settings)
    # Models that never met the others have no place among them, in a slice as in the whole.
    ranked = np.flatnonzero(whole.component == 0).tolist()
    order = sorted(ranked, key=lambda at: (-shrunk[at], votes.models[at]))
    return SliceBoard(
        column=column,
        value=part.value,
        votes=len(part.votes),
        spread=_points(np.sqrt(spread)),
        models=tuple(
            SliceRating(
                model=votes.models[at],
                rating=_points(shrunk[at], level[at]),
                low=_points(shrunk[at] - reach * se[at], level[at]),
                high=_points(shrunk[at] + reach * se[at], level[at]),
                raw=_points(raw[at], level[at]) if at in raw else None,
                votes=int(played[at]),
                rank=rank,
            )
            for rank, at in enumerate(order, start=1)
        ),
    )


def _between(parts: list[_Part]) -> tuple[float, float]:
    """Return the variance of true deviations over all slices, and the bound that it hardly exceeds."""
    freedom = sum(len(part.deviation) - 1 for part in parts)
    if freedom < 1:
        return 0.0, 0.0
    bound = chi_squared_quantile(1 - SURE_OF_SPREAD, freedom)
    return _variance_where(parts, float(freedom)), _variance_where(parts, bound)


def _variance_where(parts: list[_Part], target: float) -> float:
    """Return the variance under which Cochran's Q of all deviations is `target`; 0 where it is less without any."""
    low, high = 0.0, 1.0
    while _q(parts, high) > target and high < 1e4:
        high *= 4
    if _q(parts, 0.0) <= target:
        return 0.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _q(parts, middle) > target else (low, middle)
    return 0.5 * (low + high)


def _q(parts: list[_Part], between: float) -> float:
    total = 0.0
    for part in parts:
        weight = 1.0 / (part.variance + between)
        mean = float((weight * part.deviation).sum() / weight.sum())
        total += float((weight * (part.deviation - mean) ** 2).sum())
    return total


def weigh_slices(boards: tuple[SliceBoard, ...], weights: Mapping[str, float]) -> tuple[WeightedRating, ...]:
    """Return the board for the reader's own weights over the slices: a weighted mean of ratings, with its interval.

    Slices share the whole that they are shrunk to, so their errors are not independent: interval lengths are averaged,
    as if they were one and the same error.
    """
    known = {board.value: board for board in boards}
    for name, weight in weights.items():
        if name not in known:
            raise unknown_name("slice to weigh", name, known)
        if weight < 0 or not np.isfinite(weight):
            raise InputError(f"the weight of `{name}` cannot be {weight}; weights are 0 or more")
    total = sum(weights.values())
    if not total:
        raise InputError("all weights are 0; give at least one slice some weight")
    rating: dict[str, float] = {}
    reach: dict[str, float] = {}
    for name, weight in weights.items():
        for row in known[name].models:
            rating[row.model] = rating.get(row.model, 0.0) + weight / total * row.rating
            reach[row.model] = reach.get(row.model, 0.0) + weight / total * (row.high - row.low) / 2
    plain: dict[str, float] = {}
    for board in boards:
        for row in board.models:
            plain[row.model] = plain.get(row.model, 0.0) + board.votes * row.rating
    before = {name: rank for rank, name in enumerate(sorted(plain, key=lambda name: (-plain[name], name)), start=1)}
    return tuple(
        WeightedRating(
            model=name,
            rating=round(rating[name], 6),
            low=round(rating[name] - reach[name], 6),
            high=round(rating[name] + reach[name], 6),
            rank=rank,
            rank_unweighted=before[name],
        )
        for rank, name in enumerate(sorted(rating, key=lambda name: (-rating[name], name)), start=1)
    )


def _points(logits: float, base: float = 0.0) -> float:
    return round(float(base) + float(ELO_PER_LOGIT) * float(logits), 6)
