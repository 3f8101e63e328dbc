"""Drift: do strengths change over time? A board a window, and a test a model with its p value corrected for looking."""

import numpy as np

from benchwright.errors import InputError, NoPower
from benchwright.ranking.estimate import estimate
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import Comparisons
from benchwright.stats.bradley_terry import ELO_PER_LOGIT
from benchwright.stats.multiplicity import holm, welch_test


class ModelDrift(Record):
    """One model over the windows; `p` is Holm-adjusted over models, `change` is last minus first, in points."""

    model: str
    ratings: tuple[float, ...]
    ses: tuple[float, ...]
    change: float
    p: float


class Drift(Record):
    """Windows of equally many votes, by first and last moment (seconds since 1970); surest change first."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    models: tuple[ModelDrift, ...]
    note: str = "A voter who votes in several windows makes this test more cautious, not less"


MIN_WINDOW_VOTES = 30


def drift(votes: Comparisons, settings: FitSettings, *, windows: int = 4) -> Drift:
    """Fit `windows` windows of equally many votes and test every model seen in all of them for change.

    Welch's test of equal means over the model's window strengths, relative to the models seen in every window: unlike
    chi-squared it knows how few voters or prompts a window's standard errors rest on. Source: Welch (1951).
    """
    if votes.time is None:
        raise InputError("drift needs a `time` column, and the votes have none; name it with `--time COLUMN`")
    known = np.flatnonzero(np.isfinite(votes.time))
    if windows < 2:
        raise InputError(f"drift needs 2 windows or more, not {windows}")
    if len(known) < windows * MIN_WINDOW_VOTES:
        raise NoPower(
            f"{len(known)} votes with a time are too few for {windows} windows (at least {MIN_WINDOW_VOTES} each); "
            "use fewer windows, or collect more votes"
        )
    # Votes of one moment stay together, so that the order of the rows does not matter.
    time = votes.time[known]
    cuts = np.sort(time)[[len(time) * at // windows for at in range(1, windows)]]
    window = np.searchsorted(cuts, time, side="right")
    if int(np.bincount(window, minlength=windows).min()) < MIN_WINDOW_VOTES:
        raise NoPower(
            f"{len(np.unique(time))} different times do not give {windows} windows of {MIN_WINDOW_VOTES} votes or "
            "more; use fewer windows"
        )
    parts = [votes.take(known[window == at]) for at in range(windows)]
    boards = [(part.seen_models_only(), part) for part in parts]
    common = [name for name in votes.models if all(name in seen.models for seen, _ in boards)]
    if len(common) < 2:
        raise NoPower("fewer than two models have votes in every window, so change cannot be told from a new field")
    strengths, errors, freedom = [], [], []
    for seen, _ in boards:
        found = estimate(seen, settings)
        place = [seen.models.index(name) for name in common]
        centre = np.eye(len(place)) - 1.0 / len(place)
        strengths.append(centre @ found.strength[place])
        errors.append(np.sqrt(np.maximum(np.diag(centre @ found.covariance[np.ix_(place, place)] @ centre), 1e-12)))
        freedom.append(found.degrees_of_freedom)
    value, se = np.array(strengths), np.array(errors)
    p = holm(welch_test(value, se, np.array(freedom)))
    points = float(ELO_PER_LOGIT)
    rows = [
        ModelDrift(
            model=name,
            ratings=tuple(round(1000 + points * float(x), 6) for x in value[:, at]),
            ses=tuple(round(points * float(x), 6) for x in se[:, at]),
            change=round(points * float(value[-1, at] - value[0, at]), 6),
            p=round(float(p[at]), 9),
        )
        for at, name in enumerate(common)
    ]
    times = [part.time for part in parts if part.time is not None]
    return Drift(
        starts=tuple(float(time.min()) for time in times),
        ends=tuple(float(time.max()) for time in times),
        models=tuple(sorted(rows, key=lambda row: (row.p, row.model))),
    )
