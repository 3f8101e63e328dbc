"""Intervals for one model's score: Wilson with clusters, for right/wrong answers and for part marks."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchwright.errors import NoPower
from benchwright.stats.membership import FEW_CLUSTERS, Clusters, clusters_of

FLOOR_CORRELATION = 0.1
"""Least correlation assumed between two questions on one document when the design effect is estimated."""
BETA_LIMIT = 100
"""Below this many independent right/wrong answers the Beta(1,1) interval is used."""


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval, and the settings and data it came from."""

    estimate: float
    low: float
    high: float
    confidence: float
    method: str
    """`wilson` or `beta`."""
    observations: int
    clusters: int
    design_effect: float
    is_general: bool
    """False where there are too few documents to speak of others; then the interval holds for these alone."""
    note: str = ""


def beta_interval(right: int, total: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the equal-tailed interval of Beta(1 + right, 1 + wrong): a flat prior, for independent answers.

    Source: Bowyer, Aitchison and Ivanova (2025), "Don't use the CLT in LLM evals with fewer than a few hundred
    datapoints", arXiv:2503.01747.
    """
    from scipy.special import betaincinv

    if not 0 <= right <= total or total == 0:
        raise ValueError(f"{right} right of {total} is no proportion")
    tail = (1 - confidence) / 2
    wrong = total - right
    return float(betaincinv(1 + right, 1 + wrong, tail)), float(betaincinv(1 + right, 1 + wrong, 1 - tail))


def wilson_interval(share: float, effective: float, *, quantile: float) -> tuple[float, float]:
    """Return Wilson's score interval of `share` at `effective` answers, for a two-sided `quantile` (z or t).

    Source: Wilson (1927), Journal of the American Statistical Association 22:209; with an effective sample size,
    Korn and Graubard (1998), Survey Methodology 24:193.
    """
    square = quantile * quantile
    centre = (share + square / (2 * effective)) / (1 + square / effective)
    half = (
        quantile
        / (1 + square / effective)
        * np.sqrt(share * (1 - share) / effective + square / (4 * effective * effective))
    )
    # The ends touch 0 and 1 exactly when every answer is wrong or right; rounding must not push them past.
    low = 0.0 if share == 0 else max(0.0, float(centre - half))
    high = 1.0 if share == 1 else min(1.0, float(centre + half))
    return low, high


def difference_interval(
    right: int, total: int, other_right: int, other_total: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the interval of `right / total - other_right / other_total` for two independent samples.

    Source: Newcombe (1998), Statistics in Medicine 17:873, method 10, from the two score intervals.
    """
    from scipy.special import ndtri

    quantile = float(ndtri((1 + confidence) / 2))
    share, other = right / total, other_right / other_total
    low, high = wilson_interval(share, total, quantile=quantile)
    other_low, other_high = wilson_interval(other, other_total, quantile=quantile)
    below = ((share - low) ** 2 + (other_high - other) ** 2) ** 0.5
    above = ((high - share) ** 2 + (other - other_low) ** 2) ** 0.5
    return share - other - below, share - other + above


def score_interval(
    values: ArrayLike, memberships: Sequence[Iterable[Hashable]] | None = None, *, confidence: float = 0.95
) -> Interval:
    """Return the mean of `values` (shape n, each 0..1) with an interval that knows which share a document.

    `memberships` names, for each value, the documents it rests on (several count in each); without it every value
    stands alone. The interval is Wilson's with as many independent right/wrong answers as would have the variance of
    this mean, a t quantile with clusters − 1 degrees of freedom and the floor 1 + (m_K − 1)·0.1 on the design effect,
    where m_K = Σm²/n is Kish's cluster size; Beta(1,1) only for right/wrong where no document repeats and n < 100.
    Part marks spread less than right and wrong with the same mean, and count for more answers.
    With fewer than five documents that repeat, the interval treats the documents as fixed and says so.

    Errors: `NoPower` when there is nothing to average.
    """
    data = np.asarray(values, dtype=float)
    if data.size == 0:
        raise NoPower("no graded answer: there is nothing to average")
    if np.any((data < 0) | (data > 1)) or np.any(np.isnan(data)):
        raise ValueError("scores must lie between 0 and 1")
    labels = [[i] for i in range(len(data))] if memberships is None else [tuple(m) for m in memberships]
    if len(labels) != len(data):
        raise ValueError(f"{len(data)} scores but {len(labels)} memberships")
    return _interval(data, clusters_of(labels), confidence)


def _interval(data: NDArray[np.float64], clusters: Clusters, confidence: float) -> Interval:
    is_binary = bool(np.all((data == 0) | (data == 1)))
    is_independent = clusters.is_free_of_repeats
    is_general, note = True, ""
    if clusters.count < FEW_CLUSTERS:
        is_general, note = False, few_documents(clusters.count)
        clusters = clusters_of([[i] for i in range(len(data))])
    estimate, count = float(data.mean()), clusters.count
    if is_binary and is_independent and len(data) < BETA_LIMIT:
        low, high = beta_interval(int(data.sum()), len(data), confidence=confidence)
        # Where all are wrong, or all right, an equal-tailed interval would leave out its own estimate.
        low, high = min(low, estimate), max(high, estimate)
        return Interval(estimate, low, high, confidence, "beta", len(data), count, 1.0, is_general, note)
    effect = design_effect(data, clusters)
    effective = len(data) / effect * _answers_each(data)
    low, high = wilson_interval(estimate, effective, quantile=t_quantile(confidence, count - 1))
    return Interval(estimate, low, high, confidence, "wilson", len(data), count, effect, is_general, note)


def _answers_each(values: NDArray[np.float64]) -> float:
    """Return how many right/wrong answers with the same mean one of `values` is worth; 1 where they do not vary."""
    share, spread = float(values.mean()), float(values.var())
    return share * (1 - share) / spread if spread > 0 else 1.0


def design_effect(values: NDArray[np.float64], clusters: Clusters) -> float:
    """Return how many times larger the variance of the mean of `values` is than without clusters.

    Never below 1 + (m_K − 1)·0.1: with few documents the estimate itself is too uncertain to be trusted when small.
    Source: Kish (1965), Survey Sampling.
    """
    floor = 1 + (clusters.kish_size - 1) * FLOOR_CORRELATION
    independent = float(values.var()) * len(values)
    if independent <= 0 or clusters.count < 2:
        return floor
    return max(floor, clusters.variance_of_sum(values - values.mean()) / independent)


def t_quantile(confidence: float, freedom: float) -> float:
    """Return the two-sided Student t quantile; infinite where there is no degree of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + confidence / 2)) if freedom > 0 else float("inf")


def few_documents(count: int) -> str:
    """Return the sentence that a result on fewer than five documents must carry."""
    noun = "document" if count == 1 else "documents"
    return f"only {count} {noun}: no claim beyond these documents can be made"
