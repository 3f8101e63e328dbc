"""Comparisons in, leaderboard out: the fit, its intervals, ranks, flags and pairs."""

from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError
from benchwright.ranking.estimate import Estimate, estimate
from benchwright.ranking.level import rating_level
from benchwright.ranking.settings import FitSettings
from benchwright.ranking.weights import weighted
from benchwright.records.comparison import OUTCOMES, RELATIVE, Comparisons
from benchwright.records.leaderboard import Coefficient, Leaderboard, ModelPair, RatedModel
from benchwright.stats.bradley_terry import ELO_PER_LOGIT, sigmoid
from benchwright.stats.count_cube import count_cube, fold_sides
from benchwright.stats.rank_ranges import RankRanges, rank_ranges
from benchwright.stats.tails import lower_tail, two_sided_quantile
from benchwright.version import VERSION

FloatArray = NDArray[np.float64]

THIN_VOTES = 10


def fit(comparisons: Comparisons, settings: FitSettings | None = None) -> Leaderboard:
    """Fit a leaderboard: ratings with intervals, ranks with ranges, pairs, flags and warnings.

    Rating = 1000 + 400/ln 10 × mean-centred log strength, unless `settings.anchor` moves the zero. The anchor moves
    all ratings alike; intervals stay those against the average model. Raises `InputError` for no votes at all.
    """
    settings = settings or FitSettings()
    votes, warnings, dropped = prepare(comparisons, settings)
    found = estimate(votes, settings)
    return leaderboard(
        votes,
        replace(found, warnings=(*warnings, *found.warnings)),
        settings,
        dropped=dropped,
        fingerprint=comparisons.fingerprint(),
    )


def prepare(comparisons: Comparisons, settings: FitSettings) -> tuple[Comparisons, tuple[str, ...], dict[str, int]]:
    """Return the votes that the relative fit reads, what to warn of, and the dropped rows by reason."""
    if not len(comparisons):
        raise InputError("there are no votes to rank; check the file, the filters and `--skip-invalid`")
    votes = comparisons
    dropped: dict[str, int] = {}
    if settings.both == "drop":
        is_both = np.isin(votes.outcome, [OUTCOMES.index("both_good"), OUTCOMES.index("both_bad")])
        if is_both.any():
            dropped["both good or both bad"] = int(is_both.sum())
            votes = votes.take(~is_both)
        if not len(votes):
            raise InputError("every vote says both_good or both_bad; without `--both drop` they count as ties")
    votes, warnings = weighted(votes, settings)
    return votes.seen_models_only(), warnings, dropped


def leaderboard(
    votes: Comparisons,
    found: Estimate,
    settings: FitSettings,
    *,
    dropped: dict[str, int],
    fingerprint: str,
) -> Leaderboard:
    """Turn an estimate into the lines of a board."""
    cube = count_cube(votes.a, votes.b, RELATIVE[votes.outcome], len(votes.models))
    shift = rating_level(votes, found, settings)
    rows = _rated_models(votes, found, settings, cube, shift)
    groups = int(found.component.max()) + 1
    warnings = list(found.warnings)
    if groups > 1:
        warnings.append(
            f"{groups} groups of models never met one another, not even through others: each is ranked apart, "
            "and ratings of different groups cannot be compared"
        )
    if held := [row.model for row in rows if "regularised" in row.flags]:
        warnings.append(
            f"wins and ties do not connect {len(held)} models both ways, so the votes alone give no finite ratings; "
            "they are held by half a tie against the mean each, and flagged"
        )
    chosen = {key: value for key, value in asdict(settings).items() if key not in ("anchor", "covariates")}
    return Leaderboard(
        method=settings.method,
        votes=len(votes),
        dropped=sum(dropped.values()),
        dropped_reasons=dropped,
        models=rows,
        covariates=_coefficients(found, settings),
        pairs=_pairs(votes, found, settings, cube),
        warnings=tuple(warnings),
        fingerprint=fingerprint,
        intervals=found.intervals,
        confidence=settings.confidence,
        parameters={name: _tidy(value) for name, value in found.parameters.items()},
        log_likelihood=None if found.log_likelihood is None else _tidy(found.log_likelihood),
        settings=chosen
        | {
            "anchor": None if settings.anchor is None else f"{settings.anchor[0]}={settings.anchor[1]:g}",
            "covariates": ",".join(settings.covariates) or None,
        },
        version=VERSION,
    )


def _rated_models(
    votes: Comparisons, found: Estimate, settings: FitSettings, cube: FloatArray, shift: FloatArray
) -> tuple[RatedModel, ...]:
    wins_of, ties_of = fold_sides(cube)
    wins, losses, ties = wins_of.sum(axis=1), wins_of.sum(axis=0), ties_of.sum(axis=1)
    played = wins + losses + ties
    se = np.sqrt(np.maximum(np.diag(found.covariance), 0.0))
    se_vote = None if found.covariance_vote is None else np.sqrt(np.maximum(np.diag(found.covariance_vote), 0.0))
    margin = np.where(
        found.is_map,
        two_sided_quantile(settings.confidence),
        two_sided_quantile(settings.confidence, found.degrees_of_freedom),
    )
    rows: list[RatedModel] = []
    for group in range(int(found.component.max()) + 1):
        members = np.flatnonzero(found.component == group)
        ranges = _ranges(found, members, settings)
        # Equal strengths differ in their last bits: the name decides then, not they.
        order = sorted(
            range(len(members)), key=lambda at: (-_tidy(float(found.strength[members[at]])), votes.models[members[at]])
        )
        for rank, at in enumerate(order, start=1):
            model = int(members[at])
            rating = shift[model] + ELO_PER_LOGIT * found.strength[model]
            half = ELO_PER_LOGIT * margin[model] * se[model]
            rows.append(
                RatedModel(
                    model=votes.models[model],
                    rating=_tidy(rating),
                    low=_tidy(rating - half),
                    high=_tidy(rating + half),
                    se=_tidy(ELO_PER_LOGIT * se[model]),
                    rank=rank,
                    rank_low=min(rank, int(ranges.low[at])),
                    rank_high=max(rank, int(ranges.high[at])),
                    rank_low_all=min(rank, int(ranges.low_all[at])),
                    rank_high_all=max(rank, int(ranges.high_all[at])),
                    p_best=_tidy(ranges.p_best[at]),
                    votes=int(played[model]),
                    wins=int(wins[model]),
                    ties=int(ties[model]),
                    losses=int(losses[model]),
                    win_rate=_tidy((wins[model] + 0.5 * ties[model]) / played[model]),
                    se_vote=None if se_vote is None else _tidy(ELO_PER_LOGIT * se_vote[model]),
                    component=group + 1,
                    flags=(
                        *_flags(wins[model], ties[model], losses[model], bool(found.is_map[model])),
                        *(f"few {name}s" for name, is_few in found.few_clusters.items() if is_few[model]),
                    ),
                )
            )
    return tuple(rows)


def _ranges(found: Estimate, members: NDArray[np.intp], settings: FitSettings) -> RankRanges:
    return rank_ranges(
        found.strength[members],
        found.covariance[np.ix_(members, members)],
        rng=np.random.default_rng(settings.seed),
        confidence=settings.confidence,
        degrees_of_freedom=np.inf if found.is_map[members].any() else found.degrees_of_freedom,
    )


def _flags(wins: float, ties: float, losses: float, is_held: bool) -> tuple[str, ...]:
    flags: list[str] = []
    if not losses and not ties:
        flags.append("undefeated")
    if not wins and not ties:
        flags.append("winless")
    if not wins and not losses:
        flags.append("all ties")
    if is_held:
        flags.append("regularised")
    if wins + ties + losses < THIN_VOTES:
        flags.append("thin")
    return tuple(flags)


def _coefficients(found: Estimate, settings: FitSettings) -> tuple[Coefficient, ...]:
    reach = two_sided_quantile(settings.confidence, found.degrees_of_freedom)
    return tuple(
        Coefficient(
            name=name,
            coefficient=_tidy(value),
            se=_tidy(se),
            low=_tidy(value - reach * se),
            high=_tidy(value + reach * se),
        )
        for name, (value, se) in found.coefficients.items()
    )


def _pairs(votes: Comparisons, found: Estimate, settings: FitSettings, cube: FloatArray) -> tuple[ModelPair, ...]:
    wins, ties = fold_sides(cube)
    met = wins + wins.T + ties
    gap = found.strength[:, None] - found.strength[None, :]
    variance = np.diag(found.covariance)
    se = np.sqrt(np.maximum(variance[:, None] + variance[None, :] - 2 * found.covariance, 1e-300))
    degrees = np.inf if found.is_map.any() else found.degrees_of_freedom
    reach = two_sided_quantile(settings.confidence, degrees)
    better = lower_tail(gap / se, degrees)
    win, low, high = sigmoid(gap), sigmoid(gap - reach * se), sigmoid(gap + reach * se)
    rows: list[ModelPair] = []
    for i, j in zip(*np.triu_indices(len(votes.models), 1), strict=True):
        share = (wins[i, j] + 0.5 * ties[i, j]) / met[i, j] if met[i, j] else None
        comparable = found.component[i] == found.component[j]
        rows.append(
            ModelPair(
                a=votes.models[i],
                b=votes.models[j],
                votes=int(met[i, j]),
                win_rate=None if share is None else _tidy(share),
                p_a_better=_tidy(better[i, j]) if comparable else None,
                p_a_wins=_tidy(win[i, j]) if comparable else None,
                p_a_wins_low=_tidy(low[i, j]) if comparable else None,
                p_a_wins_high=_tidy(high[i, j]) if comparable else None,
            )
        )
    return tuple(rows)


def _tidy(value: float) -> float:
    """Round away what differs between machines and orders of the rows, and turn -0.0 into 0.0."""
    return round(float(value), 6) + 0.0
