"""From comparisons and settings to strengths with their covariance, whatever the method."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, unknown_name
from benchwright.ranking.settings import FitSettings
from benchwright.records.comparison import RELATIVE, Comparisons
from benchwright.stats.bradley_terry import StrengthFit, fit_bradley_terry, sigmoid, widen_held
from benchwright.stats.clusters import MIN_CLUSTERS, VoteScores, cluster_meat, refuse_few_clusters, two_way_meat
from benchwright.stats.count_cube import count_cube

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Estimate:
    """Log strengths, mean 0 in every component, with everything a board says about them.

    `covariance_vote` is the covariance as if votes were independent, where `covariance` is clustered.
    """

    strength: FloatArray
    covariance: FloatArray
    component: NDArray[np.intp]
    is_map: NDArray[np.bool_]
    degrees_of_freedom: float
    intervals: str
    log_likelihood: float | None
    covariance_vote: FloatArray | None = None
    coefficients: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    parameters: Mapping[str, float] = field(default_factory=dict[str, float])
    warnings: tuple[str, ...] = ()


def estimate(votes: Comparisons, settings: FitSettings) -> Estimate:
    """Fit `votes` by the method of `settings`."""
    cube = count_cube(votes.a, votes.b, RELATIVE[votes.outcome], len(votes.models), weight=votes.weight)
    squared = None
    if votes.weight is not None:
        squared = count_cube(votes.a, votes.b, RELATIVE[votes.outcome], len(votes.models), weight=votes.weight**2)
    fit = fit_bradley_terry(cube, squared_cube=squared)
    clusters, warnings = choose_clusters(votes, settings)
    if not clusters:
        free = max(len(votes) - len(votes.models) + 1, 1)
        return Estimate(
            strength=fit.strength,
            covariance=fit.bread if settings.intervals == "model" else fit.covariance,
            component=fit.component,
            is_map=fit.is_map,
            degrees_of_freedom=float(free),
            intervals="from the model" if settings.intervals == "model" else "per vote",
            log_likelihood=fit.log_likelihood,
            warnings=warnings,
        )
    return _clustered(votes, fit, clusters, warnings)


def choose_clusters(votes: Comparisons, settings: FitSettings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns to cluster by (`voter`, `prompt`) and what had to be said about the choice.

    What was asked for and cannot be done is an error; `auto` leaves a column out and says so.
    """
    columns = {"voter": votes.voter, "prompt": votes.prompt}
    asked = {"voter": ("voter",), "prompt": ("prompt",), "two-way": ("voter", "prompt")}.get(settings.intervals, ())
    for name in asked:
        labels = columns[name]
        if labels is None:
            raise InputError(
                f"intervals clustered by {name} need a `{name}` column, and the votes have none; "
                f"name it with `--{name} COLUMN`, or use `--intervals vote`"
            )
        refuse_few_clusters(len(np.unique(labels.codes)), name)
    if settings.intervals != "auto":
        return asked, ()
    chosen: list[str] = []
    warnings: list[str] = []
    for name, labels in columns.items():
        if labels is None:
            continue
        count = len(np.unique(labels.codes))
        if count >= MIN_CLUSTERS:
            chosen.append(name)
        else:
            warnings.append(
                f"only {count} different {name}s: too few to cluster by, so votes that share a {name} count as "
                "independent and the intervals are too narrow if they are not"
            )
    return tuple(chosen), tuple(warnings)


def _clustered(votes: Comparisons, fit: StrengthFit, clusters: tuple[str, ...], warnings: tuple[str, ...]) -> Estimate:
    score = 1.0 - 0.5 * RELATIVE[votes.outcome]
    residual = score - sigmoid(fit.strength[votes.a] - fit.strength[votes.b])
    if votes.weight is not None:
        residual *= votes.weight
    scores = VoteScores(votes.a, votes.b, residual, -residual, np.zeros((len(votes), 0)), len(votes.models))
    meat, count = clustered_meat(votes, scores, clusters)
    covariance = widen_held(fit.bread @ meat @ fit.bread, fit.bread, fit.is_map)
    return Estimate(
        strength=fit.strength,
        covariance=covariance,
        covariance_vote=fit.covariance,
        component=fit.component,
        is_map=fit.is_map,
        degrees_of_freedom=float(count - 1),
        intervals=f"clustered by {' and '.join(clusters)}",
        log_likelihood=fit.log_likelihood,
        warnings=warnings,
    )


def clustered_meat(votes: Comparisons, scores: VoteScores, clusters: tuple[str, ...]) -> tuple[FloatArray, int]:
    """Return the meat clustered by one or two columns, and the (smaller) number of clusters."""
    labels = {"voter": votes.voter, "prompt": votes.prompt}
    codes = [column.codes for name in clusters if (column := labels[name]) is not None]
    if len(codes) == 2:
        return two_way_meat(scores, codes[0], codes[1])
    return cluster_meat(scores, codes[0])


def check_covariates(votes: Comparisons, names: tuple[str, ...]) -> None:
    """Raise where a covariate is unknown or not a number in every row."""
    for name in names:
        if name not in votes.covariates:
            raise unknown_name("covariate", name, votes.covariates)
        wrong = np.flatnonzero(~np.isfinite(votes.covariates[name]))
        if wrong.size:
            raise InputError(
                f"covariate `{name}` is not a number in row {int(wrong[0]) + 1} ({wrong.size} such rows); "
                "fill them, or leave the covariate out"
            )
