"""Slices: one board a category, shrunk to the whole where thin, and a board for the reader's own weights over them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, NoPower, unknown_name
from benchwright.ranking.estimate import Estimate, estimate
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import Comparisons
from benchwright.stats.bradley_terry import ELO_PER_LOGIT

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
    """Estimated standard deviation, in rating points, of true differences between this slice and the whole."""
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


def slice_boards(votes: Comparisons, whole: Estimate, settings: FitSettings, column: str) -> tuple[SliceBoard, ...]:
    """Fit every value of `column` and shrink it to `whole` by empirical Bayes; values with few votes are left out.

    Only the main component of the whole is ranked. True deviations of a slice are taken as normal, with a variance
    found by the method of moments. Source: Efron & Morris (1975); DerSimonian & Laird (1986) for the moments.
    """
    if column not in votes.categories:
        raise unknown_name("slice", column, votes.categories)
    labels = votes.categories[column]
    boards: list[SliceBoard] = []
    for code, value in enumerate(labels.names):
        part = votes.take(labels.codes == code)
        if len(part) >= MIN_SLICE_VOTES:
            boards.append(_slice_board(part, votes, whole, settings, column, value))
    if not boards:
        raise InputError(f"no value of `{column}` has {MIN_SLICE_VOTES} votes or more; slices would say nothing")
    return tuple(boards)


def _slice_board(
    part: Comparisons, votes: Comparisons, whole: Estimate, settings: FitSettings, column: str, value: str
) -> SliceBoard:
    seen = part.seen_models_only()
    usable = tuple(name for name in settings.covariates if np.any(seen.covariates[name]))
    intervals = "auto" if settings.intervals in ("voter", "prompt", "two-way") else settings.intervals
    try:
        found = estimate(seen, replace(settings, covariates=usable, intervals=intervals))
    except NoPower:
        # Too thin for covariates or a tie model: the plain fit always ends.
        found = estimate(seen, FitSettings(both=settings.both, voter_cap=settings.voter_cap))
    place = np.array([votes.models.index(name) for name in seen.models])
    base = whole.strength[place] - whole.strength[place].mean()
    variance = np.maximum(np.diag(found.covariance), 1e-9)
    deviation = found.strength - base
    between = _between(deviation, variance)
    pull = between / (between + variance)
    shrunk = whole.strength.copy()
    spread = np.sqrt(np.diag(whole.covariance) + between)
    # What the slice knows replaces what the whole would guess, in proportion to its precision.
    shrunk[place] = whole.strength[place] + pull * deviation
    spread[place] = np.sqrt(pull * variance + (1 - pull) ** 2 * np.diag(whole.covariance)[place])
    raw: dict[int, float] = dict(
        zip(place.tolist(), (found.strength + whole.strength[place].mean()).tolist(), strict=True)
    )
    played = np.bincount(part.a, minlength=len(votes.models)) + np.bincount(part.b, minlength=len(votes.models))
    # Models that never met the others have no place among them, in a slice as in the whole.
    ranked = np.flatnonzero(whole.component == 0).tolist()
    order = sorted(ranked, key=lambda at: (-shrunk[at], votes.models[at]))
    return SliceBoard(
        column=column,
        value=value,
        votes=len(part),
        spread=_points(np.sqrt(between)),
        models=tuple(
            SliceRating(
                model=votes.models[at],
                rating=_points(shrunk[at], 1000),
                low=_points(shrunk[at] - 1.96 * spread[at], 1000),
                high=_points(shrunk[at] + 1.96 * spread[at], 1000),
                raw=_points(raw[at], 1000) if at in raw else None,
                votes=int(played[at]),
                rank=rank,
            )
            for rank, at in enumerate(order, start=1)
        ),
    )


def _between(deviation: FloatArray, variance: FloatArray) -> float:
    """Return the variance of true deviations by the method of moments, at least 0."""
    weight = 1.0 / variance
    mean = float((weight * deviation).sum() / weight.sum())
    q = float((weight * (deviation - mean) ** 2).sum())
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max((q - (len(deviation) - 1)) / scale, 0.0) if scale > 0 else 0.0


def weigh_slices(boards: tuple[SliceBoard, ...], weights: Mapping[str, float]) -> tuple[WeightedRating, ...]:
    """Return the board for the reader's own weights over the slices: a weighted mean of ratings, with its interval."""
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
    variance: dict[str, float] = {}
    for name, weight in weights.items():
        for row in known[name].models:
            rating[row.model] = rating.get(row.model, 0.0) + weight / total * row.rating
            se = (row.high - row.low) / (2 * 1.96)
            # Slices share the whole they are shrunk to, so their errors are not independent: add them up fully.
            variance[row.model] = variance.get(row.model, 0.0) + weight / total * se
    plain: dict[str, float] = {}
    for board in boards:
        for row in board.models:
            plain[row.model] = plain.get(row.model, 0.0) + board.votes * row.rating
    before = {name: rank for rank, name in enumerate(sorted(plain, key=lambda name: (-plain[name], name)), start=1)}
    return tuple(
        WeightedRating(
            model=name,
            rating=round(rating[name], 6),
            low=round(rating[name] - 1.96 * variance[name], 6),
            high=round(rating[name] + 1.96 * variance[name], 6),
            rank=rank,
            rank_unweighted=before[name],
        )
        for rank, name in enumerate(sorted(rating, key=lambda name: (-rating[name], name)), start=1)
    )


def _points(logits: float, base: float = 0.0) -> float:
    return round(base + float(ELO_PER_LOGIT) * float(logits), 6)
