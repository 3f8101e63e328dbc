"""Intervals by leaving out groups of items, for any statistic that can be computed again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchwright.stats.proportion import wilson_interval
from benchwright.stats.tails import two_sided_quantile

FloatArray = NDArray[np.float64]

GROUPS = 20
"""Groups that items are dealt into: enough for a t quantile near the normal, few enough to refit a board for each."""
MIN_GROUPS = 5


def deal_into_groups(item: NDArray[np.integer], *, rng: np.random.Generator) -> NDArray[np.intp] | None:
    """Return a group for each row, (rows,), so that rows of one item stay together; `None` below five items."""
    items, codes = np.unique(item, return_inverse=True)
    if len(items) < MIN_GROUPS:
        return None
    return (rng.permutation(len(items)) % min(len(items), GROUPS))[codes].astype(np.intp)


def jackknife_error(left_out: Sequence[float]) -> float:
    """Return the standard error of a statistic from its values without each group in turn; NaN if one is undefined.

    Source: Kott (2001), The delete-a-group jackknife, Journal of Official Statistics 17:521.
    """
    values = np.array(left_out, dtype=np.float64)
    return float(np.sqrt((len(values) - 1) / len(values) * ((values - values.mean()) ** 2).sum()))


def jackknife_interval(
    value: float, left_out: Sequence[float], *, confidence: float, low: float = -np.inf, high: float = np.inf
) -> tuple[float, float] | None:
    """Return t limits with groups − 1 degrees of freedom, cut to `low`..`high`; `None` where it is undefined."""
    half = two_sided_quantile(confidence, len(left_out) - 1.0) * jackknife_error(left_out)
    return (max(low, value - half), min(high, value + half)) if np.isfinite(value + half) else None


def jackknife_share(
    share: float, left_out: Sequence[float], items: int, *, confidence: float
) -> tuple[float, float] | None:
    """Return Wilson's limits of a share, at as many independent answers as its error says; `None` where undefined.

    A share of 0 or 1 has no error of its own: then each of the `items` counts as one answer.
    """
    error = jackknife_error(left_out)
    if not np.isfinite(share + error) or not items:
        return None
    effective = share * (1.0 - share) / error**2 if error > 0 else float(items)
    return wilson_interval(share, max(effective, 1.0), quantile=two_sided_quantile(confidence, len(left_out) - 1.0))
