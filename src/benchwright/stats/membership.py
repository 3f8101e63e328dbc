"""Clusters: questions that share a document are alike, so they count for less than as many independent ones.

A question that cites several documents belongs to several clusters. Two questions are *neighbours* when they share at
least one cluster, and a question is its own neighbour. With one cluster a question this is the ordinary cluster-robust
variance; with several it is the multiway one of Cameron, Gelbach and Miller (2011, Journal of Business & Economic
Statistics 29:238).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEW_CLUSTERS = 5
"""Below this many documents nothing can be said of documents that were not read."""


@dataclass(frozen=True, eq=False)
class Clusters:
    """Which observation belongs to which clusters.

    `group` gives each of n observations the number of its set of clusters, `members` is a 0/1 matrix of sets ×
    clusters. Two observations with the same set are stored once, so that thousands of observations stay cheap.
    """

    group: NDArray[np.intp]
    members: NDArray[np.float64]

    @property
    def observations(self) -> int:
        """How many observations there are."""
        return len(self.group)

    @property
    def count(self) -> int:
        """How many clusters there are."""
        return int(self.members.shape[1])

    @property
    def is_free_of_repeats(self) -> bool:
        """True where no cluster holds two observations."""
        sizes = np.bincount(self.group, minlength=len(self.members))
        return bool(np.all(sizes @ self.members <= 1))

    @property
    def kish_size(self) -> float:
        """Mean number of neighbours of an observation: Kish's Σm²/n where each has one cluster."""
        sizes = np.bincount(self.group, minlength=len(self.members)).astype(float)
        return float(sizes @ self._neighbours() @ sizes) / self.observations

    @property
    def effective_freedom(self) -> float:
        """Degrees of freedom that shrink when few clusters hold most observations; clusters − 1 when all are equal.

        The effective number of clusters is n / Kish's size. Source: Carter, Schnepel and Steigerwald (2017), Review
        of Economics and Statistics 99:698.
        """
        return self.observations / self.kish_size * (self.count - 1) / self.count

    def levelled_variance_of_sum(self, residuals: NDArray[np.float64]) -> float:
        """Like `variance_of_sum`, but each cluster is corrected for its own share of the mean.

        A large cluster pulls the mean towards itself and so hides its own deviation: its square is divided by 1 − m/n.
        Source: Bell and McCaffrey (2002), Survey Methodology 28:169. Where a question has several clusters, the plain
        correction is used.
        """
        if self.count < 2 or not self._is_one_way:
            return self.variance_of_sum(residuals)
        sums = np.bincount(self.group, weights=residuals, minlength=len(self.members)) @ self.members
        sizes = np.bincount(self.group, minlength=len(self.members)) @ self.members
        return float(np.sum(sums**2 / (1 - sizes / self.observations)))

    @property
    def _is_one_way(self) -> bool:
        return bool(np.all(self.members.sum(axis=1) == 1))

    def variance_of_sum(self, residuals: NDArray[np.float64]) -> float:
        """Return the robust variance of the sum of `residuals` (shape n), with the K/(K−1) correction.

        The multiway form can come out negative by chance; then the sums of each cluster are used, which count a
        shared pair once for each cluster it shares and cannot.
        """
        if self.count < 2:
            return float("nan")
        sums = np.bincount(self.group, weights=residuals, minlength=len(self.members))
        correction = self.count / (self.count - 1)
        each = float(np.sum((sums @ self.members) ** 2))
        if self._is_one_way:
            return correction * each
        shared = float(sums @ self._neighbours() @ sums)
        return correction * (shared if shared > 0 else each)

    def _neighbours(self) -> NDArray[np.float64]:
        return (self.members @ self.members.T > 0).astype(float)


def clusters_of(memberships: Sequence[Iterable[Hashable]]) -> Clusters:
    """Return the clusters of n observations, given the labels each belongs to.

    Errors: `ValueError` for an observation that belongs to no cluster.
    """
    sets = [frozenset(labels) for labels in memberships]
    if any(not labels for labels in sets):
        raise ValueError(f"observation {next(i for i, s in enumerate(sets) if not s)} belongs to no cluster")
    distinct = {labels: number for number, labels in enumerate(dict.fromkeys(sets))}
    columns = {label: number for number, label in enumerate(dict.fromkeys(label for s in distinct for label in s))}
    members = np.zeros((len(distinct), len(columns)))
    for labels, row in distinct.items():
        members[row, [columns[label] for label in labels]] = 1.0
    group = np.array([distinct[labels] for labels in sets], dtype=np.intp)
    return Clusters(group, members)
