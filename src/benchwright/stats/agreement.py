"""Agreement between raters beyond chance: Cohen's kappa, Fleiss' kappa, Krippendorff's alpha."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import NoPower

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]


def confusion(first: IntArray, second: IntArray, n_categories: int) -> FloatArray:
    """Return how often `first` said row and `second` said column, shape (categories, categories)."""
    cells = np.bincount(first.astype(np.intp) * n_categories + second, minlength=n_categories * n_categories)
    return cells.astype(np.float64).reshape(n_categories, n_categories)


def cohen_kappa(table: FloatArray) -> float:
    """Return Cohen's kappa of a confusion table. Source: Cohen (1960). Raises `NoPower` where chance explains all."""
    total = float(table.sum())
    if not total:
        raise NoPower("no item was rated by both, so their agreement cannot be told")
    seen = float(np.trace(table)) / total
    chance = float((table.sum(axis=0) * table.sum(axis=1)).sum()) / total**2
    if chance >= 1.0:
        raise NoPower("both raters gave one and the same answer throughout: agreement beyond chance is undefined")
    return (seen - chance) / (1.0 - chance)


def fleiss_kappa(counts: FloatArray) -> float:
    """Return Fleiss' kappa of counts (items, categories), every item rated equally often. Source: Fleiss (1971)."""
    raters = counts.sum(axis=1)
    if not len(counts) or raters.min() != raters.max() or raters[0] < 2:
        raise NoPower("Fleiss' kappa needs items that were all rated by the same number, two or more; use Krippendorff")
    m = float(raters[0])
    seen = float(((counts**2).sum(axis=1) - m).mean()) / (m * (m - 1.0))
    chance = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    if chance >= 1.0:
        raise NoPower("every rating is the same: agreement beyond chance is undefined")
    return (seen - chance) / (1.0 - chance)


def krippendorff_alpha(counts: FloatArray, *, distance: FloatArray | None = None) -> float:
    """Return Krippendorff's alpha of counts (items, categories); items rated once say nothing and are left out.

    `distance` (categories, categories) is 0 on the diagonal; without it categories are nominal.
    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability.
    """
    k = counts.shape[1]
    apart = 1.0 - np.eye(k) if distance is None else distance
    raters = counts.sum(axis=1)
    pairable = counts[raters >= 2]
    if not len(pairable):
        raise NoPower("no item was rated twice, so agreement cannot be told")
    share = 1.0 / (pairable.sum(axis=1) - 1.0)
    together = np.einsum("ik,il,i->kl", pairable, pairable, share) - np.diag((pairable * share[:, None]).sum(axis=0))
    marginal = together.sum(axis=1)
    total = float(marginal.sum())
    expected = float((np.outer(marginal, marginal) * apart).sum()) / (total - 1.0)
    if not expected:
        raise NoPower("every rating is the same: agreement beyond chance is undefined")
    return 1.0 - float((together * apart).sum()) / expected


def count_ratings(item: IntArray, category: IntArray, n_categories: int) -> FloatArray:
    """Return how often each item got each category, shape (items, categories); items are numbered without gaps."""
    _, items = np.unique(item, return_inverse=True)
    size = int(items.max()) + 1 if len(items) else 0
    cells = np.bincount(items * n_categories + category, minlength=size * n_categories)
    return cells.astype(np.float64).reshape(size, n_categories)
