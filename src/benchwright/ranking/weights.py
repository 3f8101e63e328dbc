"""What one vote counts: its own weight, the voter's cap, the inverse of the logged propensity."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError
from benchwright.ranking.settings import FitSettings
from benchwright.records.comparison import Comparisons
from benchwright.stats.robust import cap_weights, effective_size, propensity_weights

FloatArray = NDArray[np.float64]


def weighted(votes: Comparisons, settings: FitSettings) -> tuple[Comparisons, tuple[str, ...]]:
    """Return the votes with one weight each (none where all are 1), without rows of weight 0, and what to warn of."""
    factors: list[FloatArray] = []
    if votes.weight is not None:
        factors.append(_checked(votes.weight, "weight", low=0.0, high=np.inf))
    if settings.voter_cap is not None:
        if votes.voter is None:
            raise InputError("a cap on a voter's weight needs a `voter` column, and the votes have none")
        factors.append(cap_weights(votes.voter.codes, settings.voter_cap))
    if settings.reweight:
        if votes.propensity is None:
            raise InputError("reweighting needs a `propensity` column (the probability with which a pair was drawn)")
        factors.append(propensity_weights(_checked(votes.propensity, "propensity", low=1e-12, high=1.0)))
    if not factors:
        return votes, ()
    weight = np.prod(factors, axis=0)
    if not weight.sum():
        raise InputError("every vote has weight 0; check the weight column")
    kept = replace(votes, weight=weight)
    if not weight.all():
        kept = kept.take(weight > 0)
    size = effective_size(weight)
    return kept, (f"weighted: {len(kept)} votes say as much as {size:.0f} of equal weight",)


def _checked(column: FloatArray, what: str, *, low: float, high: float) -> FloatArray:
    with np.errstate(invalid="ignore"):
        wrong = np.flatnonzero(~(np.isfinite(column) & (column >= low) & (column <= high)))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(
            f"{what} {column[row]} in row {row + 1} is not possible ({wrong.size} such rows); "
            f"a {what} lies in {low:g}..{high:g}"
        )
    return column
