"""Robustness of a board: votes that would swap neighbours, votes that would separate them, luck of the best of N."""

from itertools import islice, pairwise

import numpy as np

from benchwright.errors import InputError, unknown_name
from benchwright.ranking.estimate import Estimate
from benchwright.ranking.level import rating_level
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import Comparisons
from benchwright.stats.bradley_terry import ELO_PER_LOGIT, fit_bradley_terry
from benchwright.stats.count_cube import count_cube
from benchwright.stats.fragility import votes_to_separate, votes_to_swap
from benchwright.stats.multiplicity import luck_of_the_best
from benchwright.stats.tails import two_sided_quantile


class Neighbours(Record):
    """Two models next to each other: how fragile their order is, and what it would take to be sure of it."""

    better: str
    worse: str
    gap: float
    gap_low: float
    gap_high: float
    removed_to_swap: int | None
    """Removing this many votes puts the worse one above (verified; fewer may do). `None`: not within half of them.
    0: on the plain board (no weights, no style) it stands above already."""
    share_to_swap: float | None
    votes_to_separate: int | None
    """About this many more direct votes would show the gap, if it is real, four times in five; 0: it is shown."""


class BestOfN(Record):
    """The best of a maker's variants: how much of its rating luck alone explains if they were all equally good."""

    maker: str
    variants: int
    best: str
    rating: float
    luck: float
    """Points that the best of so many variants gains on average if all are equally good: the most luck can explain."""
    likely_luck: float
    """The same if they differ by as much as their ratings suggest."""
    corrected: float
    """Rating less the likely luck."""


def neighbours(
    votes: Comparisons, found: Estimate, settings: FitSettings, *, first: int | None = None
) -> tuple[Neighbours, ...]:
    """Look at the pairs of neighbours of the main component from the top, all of them or the `first` so many.

    Fragility is that of the plain board (ties as half wins, no covariates); gaps and intervals are those of the board.
    """
    cube = count_cube(votes.a, votes.b, votes.relative, len(votes.models))
    plain = fit_bradley_terry(cube)
    members = np.flatnonzero(found.component == 0)
    order = sorted(members.tolist(), key=lambda at: (-found.strength[at], votes.models[at]))
    reach = two_sided_quantile(settings.confidence, found.degrees_of_freedom)
    points = float(ELO_PER_LOGIT)
    rows: list[Neighbours] = []
    for better, worse in islice(pairwise(order), first):
        gap = float(found.strength[better] - found.strength[worse])
        variance = _gap_variance(found.covariance, better, worse)
        model_variance = _gap_variance(plain.bread, better, worse)
        fragile = None
        if plain.strength[better] > plain.strength[worse]:
            fragile = votes_to_swap(cube, plain, better, worse)
        half = reach * float(np.sqrt(variance))
        rows.append(
            Neighbours(
                better=votes.models[better],
                worse=votes.models[worse],
                gap=round(points * gap, 6),
                gap_low=round(points * (gap - half), 6),
                gap_high=round(points * (gap + half), 6),
                removed_to_swap=fragile.removed if fragile else 0,
                share_to_swap=fragile.share if fragile else 0.0,
                votes_to_separate=0
                if gap > half
                else votes_to_separate(
                    gap, variance, confidence=settings.confidence, inflation=max(1.0, variance / model_variance)
                ),
            )
        )
    return tuple(rows)


def _gap_variance(covariance: np.ndarray, i: int, j: int) -> float:
    return max(float(covariance[i, i] + covariance[j, j] - 2 * covariance[i, j]), 1e-12)


def best_of_n(
    votes: Comparisons, found: Estimate, variants: dict[str, tuple[str, ...]], settings: FitSettings
) -> tuple[BestOfN, ...]:
    """Correct the best variant of every maker for having been chosen among several. Needs two variants or more each."""
    rows: list[BestOfN] = []
    level = rating_level(votes, found, settings)
    for maker, names in sorted(variants.items()):
        for name in names:
            if name not in votes.models:
                raise unknown_name(f"variant of {maker}", name, votes.models)
        if len(names) < 2:
            raise InputError(f"`{maker}` has {len(names)} variant; a correction for choosing needs two or more")
        place = [votes.models.index(name) for name in names]
        luck, likely = luck_of_the_best(
            found.strength[place], found.covariance[np.ix_(place, place)], rng=np.random.default_rng(settings.seed)
        )
        best = max(place, key=lambda at: float(found.strength[at]))
        rating = float(level[best]) + float(ELO_PER_LOGIT) * float(found.strength[best])
        gained, likely = float(ELO_PER_LOGIT) * luck, float(ELO_PER_LOGIT) * max(likely, 0.0)
        rows.append(
            BestOfN(
                maker=maker,
                variants=len(names),
                best=votes.models[best],
                rating=round(rating, 6),
                luck=round(gained, 6),
                likely_luck=round(likely, 6),
                corrected=round(rating - likely, 6),
            )
        )
    return tuple(rows)
