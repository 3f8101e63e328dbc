"""From comparisons and settings to strengths with their covariance, whatever the method."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, unknown_name
from benchwright.ranking.clustering import ClusterChoice, choose_clusters, clustered_covariance
from benchwright.ranking.settings import FitSettings
from benchwright.records.comparison import OUTCOMES, TIE, Comparisons, Labels
from benchwright.stats.bootstrap import bootstrap_by_cluster, bootstrap_by_vote
from benchwright.stats.bradley_terry import ELO_PER_LOGIT, StrengthFit, at_least, fit_bradley_terry, sigmoid
from benchwright.stats.clusters import VoteScores
from benchwright.stats.count_cube import count_cube
from benchwright.stats.elo import elo_over_orders
from benchwright.stats.style import StyleFit, fit_with_covariates
from benchwright.stats.tie_models import (
    DAVIDSON,
    FIVE_POINT,
    RAO_KUPPER,
    TieFit,
    TieModel,
    fit_tie_model,
    grounded_model,
)

FloatArray = NDArray[np.float64]

SIDE = "side"
SCORES: FloatArray = np.array([1.0, 0.5, 0.0])


@dataclass(frozen=True, eq=False)
class Estimate:
    """Log strengths, mean 0 in every component, with everything a board says about them.

    `covariance_vote` is the covariance as if votes were independent, where `covariance` is clustered.
    `coefficients` are (value, standard error) by name.
    """

    strength: FloatArray
    covariance: FloatArray
    component: NDArray[np.intp]
    is_map: NDArray[np.bool_]
    degrees_of_freedom: float
    intervals: str
    log_likelihood: float | None = None
    covariance_vote: FloatArray | None = None
    coefficients: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    parameters: Mapping[str, float] = field(default_factory=dict[str, float])
    few_clusters: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict[str, NDArray[np.bool_]])
    """By column: the models whose votes come from fewer voters (or prompts) than an interval needs."""
    warnings: tuple[str, ...] = ()


def estimate(votes: Comparisons, settings: FitSettings) -> Estimate:
    """Fit `votes` by the method of `settings`."""
    if settings.method == "elo":
        return _elo(votes, settings)
    if settings.intervals.startswith("bootstrap"):
        return _bootstrapped(votes, settings)
    if settings.method != "bradley-terry":
        return _tie_model(votes, settings)
    if settings.covariates or settings.side:
        return _style(votes, settings)
    return _plain(votes, settings)


def _plain(votes: Comparisons, settings: FitSettings) -> Estimate:
    n = len(votes.models)
    relative = votes.relative
    cube = count_cube(votes.a, votes.b, relative, n, weight=votes.weight)
    squared = None if votes.weight is None else count_cube(votes.a, votes.b, relative, n, weight=votes.weight**2)
    fit = fit_bradley_terry(cube, squared_cube=squared)
    found = Estimate(
        strength=fit.strength,
        covariance=fit.covariance,
        component=fit.component,
        is_map=fit.is_map,
        degrees_of_freedom=_free(votes, n),
        intervals="per vote",
        log_likelihood=fit.log_likelihood,
    )
    if settings.intervals == "model":
        return replace(found, covariance=fit.bread, intervals="from the model")
    choice = choose_clusters(votes, settings)
    if not choice.columns:
        return replace(found, warnings=choice.warnings)
    residual = SCORES[relative] - sigmoid(fit.strength[votes.a] - fit.strength[votes.b])
    if votes.weight is not None:
        residual *= votes.weight
    scores = VoteScores(votes.a, votes.b, residual, -residual, np.zeros((len(votes), 0)), n, votes.weight)
    return _clustered(found, scores, fit, choice)


def _style(votes: Comparisons, settings: FitSettings) -> Estimate:
    check_covariates(votes, settings.covariates)
    n = len(votes.models)
    columns = [np.asarray(votes.covariates[name], dtype=np.float64) for name in settings.covariates]
    names = settings.covariates
    if settings.side:
        columns.append(_side(votes))
        names = (*names, SIDE)
    score = _score(votes)
    fit = fit_with_covariates(
        votes.a, votes.b, score, columns, n, weight=votes.weight, ridge=settings.ridge, names=names
    )
    found = Estimate(
        strength=fit.strength,
        covariance=fit.covariance[:n, :n],
        component=fit.component,
        is_map=fit.is_map,
        degrees_of_freedom=_free(votes, n + len(columns)),
        intervals="per vote",
        log_likelihood=fit.log_likelihood,
        coefficients=_named(names, fit, fit.covariance),
    )
    if settings.intervals == "model":
        return replace(
            found,
            covariance=fit.bread[:n, :n],
            coefficients=_named(names, fit, fit.bread),
            intervals="from the model",
        )
    choice = choose_clusters(votes, settings)
    if not choice.columns:
        return replace(found, warnings=choice.warnings)
    eta = fit.strength[votes.a] - fit.strength[votes.b]
    for value, column in zip(fit.coefficient, columns, strict=True):
        eta += value * column
    residual = score - sigmoid(eta)
    if votes.weight is not None:
        residual *= votes.weight
    extra = np.stack([residual * column for column in columns], axis=1)
    scores = VoteScores(votes.a, votes.b, residual, -residual, extra, n, votes.weight)
    return _clustered(found, scores, fit, choice)


def _named(names: tuple[str, ...], fit: StyleFit, covariance: FloatArray) -> dict[str, tuple[float, float]]:
    errors = np.sqrt(np.maximum(np.diag(covariance)[len(fit.strength) :], 0.0))
    return {name: (float(value), float(se)) for name, value, se in zip(names, fit.coefficient, errors, strict=True)}


def _score(votes: Comparisons) -> FloatArray:
    return SCORES[votes.relative]


def _side(votes: Comparisons) -> FloatArray:
    if votes.is_a_first is None:
        return np.ones(len(votes))
    return np.where(votes.is_a_first, 1.0, -1.0)


def _tie_model(votes: Comparisons, settings: FitSettings) -> Estimate:
    n = len(votes.models)
    model = _model_of(votes, settings)
    outcome = _categories(model)[votes.outcome]
    a, b = votes.a, votes.b
    if settings.side and votes.is_a_first is not None:
        swap = ~votes.is_a_first
        mirror = {"a": "b", "b": "a", "a_much": "b_much", "b_much": "a_much"}
        mirrored = np.array([model.outcomes.index(mirror.get(name, name)) for name in model.outcomes])
        a, b = np.where(swap, votes.b, votes.a), np.where(swap, votes.a, votes.b)
        outcome = np.where(swap, mirrored[outcome], outcome)
    shape = len(model.outcomes)
    cube = count_cube(a, b, outcome, n, n_outcomes=shape, weight=votes.weight)
    squared = None
    if votes.weight is not None:
        squared = count_cube(a, b, outcome, n, n_outcomes=shape, weight=votes.weight**2)
    fit = fit_tie_model(cube, model, squared_cube=squared, side=settings.side)
    parameters = dict(fit.parameters)
    side = {}
    if settings.side:
        value = parameters.pop("side")
        side = {SIDE: (value, float(np.sqrt(fit.covariance[-1, -1])))}
    if model.is_grounded:
        parameters["ground_rating"] = 1000.0 - float(ELO_PER_LOGIT) * fit.level
    found = Estimate(
        strength=fit.strength,
        covariance=fit.covariance[:n, :n],
        component=fit.component,
        is_map=fit.is_map,
        degrees_of_freedom=_free(votes, n + len(fit.extra)),
        intervals="per vote",
        log_likelihood=fit.log_likelihood,
        coefficients=side,
        parameters=parameters,
    )
    if settings.intervals == "model":
        return replace(found, covariance=fit.bread[:n, :n], intervals="from the model")
    choice = choose_clusters(votes, settings)
    if not choice.columns:
        return replace(found, warnings=choice.warnings)
    scored = fit.cell_scores[fit.cell[a, b], outcome]
    if votes.weight is not None:
        scored *= votes.weight[:, None]
    scores = VoteScores(a, b, scored[:, 0], scored[:, 1], scored[:, 2:], n, votes.weight)
    return _clustered(found, scores, fit, choice)


def _model_of(votes: Comparisons, settings: FitSettings) -> TieModel:
    if settings.method == "grounded":
        return grounded_model(has_both_good=bool((votes.outcome == OUTCOMES.index("both_good")).any()))
    return {"rao-kupper": RAO_KUPPER, "davidson": DAVIDSON, "five-point": FIVE_POINT}[settings.method]


def _categories(model: TieModel) -> NDArray[np.intp]:
    """Outcome code → position among the outcomes that `model` tells apart."""
    coarser = {"a_much": "a", "b_much": "b", "both_good": "tie", "both_bad": "tie"}
    known = model.outcomes
    return np.array([known.index(name if name in known else coarser[name]) for name in OUTCOMES])


def _clustered(
    found: Estimate,
    scores: VoteScores,
    fit: StrengthFit | StyleFit | TieFit,
    choice: ClusterChoice,
) -> Estimate:
    """Return `found` with the clustered covariance in place of the per-vote one."""
    n = scores.n_models
    clustered = clustered_covariance(scores, choice, fit.bread, fit.covariance, fit.is_map)
    errors = np.sqrt(np.maximum(np.diag(clustered.covariance)[n:], 0.0))
    names = list(found.coefficients)
    # Further parameters of a tie model stand before the side effect, the only one that is reported as a coefficient.
    errors = errors[len(errors) - len(names) :]
    return replace(
        found,
        covariance=clustered.covariance[:n, :n],
        covariance_vote=found.covariance,
        coefficients={name: (found.coefficients[name][0], float(se)) for name, se in zip(names, errors, strict=True)},
        degrees_of_freedom=clustered.degrees_of_freedom,
        intervals=choice.words,
        few_clusters=clustered.few,
        warnings=(*found.warnings, *choice.warnings, *clustered.warnings),
    )


def _bootstrapped(votes: Comparisons, settings: FitSettings) -> Estimate:
    by = settings.intervals.removeprefix("bootstrap").removeprefix("-")
    votes = _in_one_order(votes, by)
    plain = _plain(votes, replace(settings, intervals="vote"))
    rng = np.random.default_rng(settings.seed)
    if not by and votes.weight is None:
        cube = count_cube(votes.a, votes.b, votes.relative, len(votes.models))
        drawn = bootstrap_by_vote(cube, plain.strength, rng=rng, resamples=settings.resamples)
    else:
        labels = _labels(votes, by)
        if by:
            choose_clusters(votes, replace(settings, intervals="voter" if by == "voter" else "prompt"))
        if labels is not None and labels.members is not None:
            raise InputError(
                f"the bootstrap resamples whole {labels.noun}s, and some votes belong to several; "
                "use `--intervals auto`"
            )
        codes = np.arange(len(votes)) if labels is None else labels.codes
        drawn = bootstrap_by_cluster(
            votes.a,
            votes.b,
            votes.relative,
            codes,
            plain.strength,
            rng=rng,
            resamples=settings.resamples,
            weight=votes.weight,
        )
    centred = drawn - drawn.mean(axis=0)
    covariance = centred.T @ centred / (len(drawn) - 1)
    covariance[plain.component[:, None] != plain.component[None, :]] = 0.0
    if by:
        # All votes on a model by one voter go or stay together, so that resampling alone would call it certain.
        covariance = at_least(covariance, np.diag(plain.covariance))
    return replace(
        plain,
        covariance=covariance,
        covariance_vote=plain.covariance if by else None,
        degrees_of_freedom=np.inf,
        intervals=f"bootstrap by {by or 'vote'} ({settings.resamples} resamples)",
    )


def _labels(votes: Comparisons, by: str) -> Labels | None:
    return {"voter": votes.voter, "prompt": votes.prompt}.get(by)


def _in_one_order(votes: Comparisons, by: str) -> Comparisons:
    """Return the votes sorted by what the bootstrap reads, so that a seed draws the same whatever their order was."""
    labels = _labels(votes, by)
    keys: list[NDArray[Any]] = [votes.relative, votes.b, votes.a]
    if votes.weight is not None:
        keys.insert(0, votes.weight)
    if labels is not None:
        keys.append(labels.codes)
    return votes.take(np.lexsort(keys)) if labels is not None or votes.weight is not None else votes


def _elo(votes: Comparisons, settings: FitSettings) -> Estimate:
    n = len(votes.models)
    order = slice(None) if votes.time is None else np.argsort(votes.time, kind="stable")
    score = _score(votes)
    found = elo_over_orders(votes.a[order], votes.b[order], score[order], n, rng=np.random.default_rng(settings.seed))
    strength = (found.rating - found.rating.mean()) / ELO_PER_LOGIT
    return Estimate(
        strength=strength,
        covariance=np.diag((found.spread / ELO_PER_LOGIT) ** 2),
        component=np.zeros(n, dtype=np.intp),
        is_map=np.zeros(n, dtype=bool),
        degrees_of_freedom=np.inf,
        intervals=f"spread over {found.orders} other orders of the same votes",
        warnings=(
            f"online Elo depends on the order of the votes: reordering alone moves a rating by up to "
            f"{float((found.high - found.low).max()):.0f} points; its intervals show only that, not sampling error",
        ),
    )


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


def _free(votes: Comparisons, parameters: int) -> float:
    """Residual degrees of freedom: votes (effective ones, where weighted) less what was fitted.

    Without ties a vote's variance follows from its mean, so no variance is estimated and the normal holds.
    """
    if not (votes.relative == TIE).any():
        return np.inf
    size = float(len(votes))
    if votes.weight is not None:
        size = float(votes.weight.sum() ** 2 / (votes.weight**2).sum())
    return max(size - parameters + 1.0, 1.0)
