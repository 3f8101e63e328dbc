"""Which votes share an error, and the covariance that follows: by voter, by prompt, by both."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError
from benchwright.ranking.settings import FitSettings
from benchwright.records.comparison import Comparisons, Labels
from benchwright.stats.bradley_terry import at_least, widen_held
from benchwright.stats.clusters import (
    MIN_CLUSTERS,
    ClusterMeat,
    VoteScores,
    cluster_meat,
    count_clusters,
    count_overlapping,
    overlapping_meat,
    positive_part,
    refuse_few_clusters,
    two_way_meat,
)
from benchwright.stats.tails import two_sided_quantile

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class ClusterChoice:
    """The columns to cluster by, by what they hold (voters, prompts, documents), and what had to be said of that."""

    columns: Mapping[str, Labels]
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What a board says of its intervals."""
        return f"clustered by {' and '.join(self.columns)}"


@dataclass(frozen=True, eq=False)
class Clustered:
    """A clustered covariance, its degrees of freedom, and who rests on too few clusters, by column."""

    covariance: FloatArray
    degrees_of_freedom: float
    few: Mapping[str, NDArray[np.bool_]]
    warnings: tuple[str, ...]


def choose_clusters(votes: Comparisons, settings: FitSettings) -> ClusterChoice:
    """Choose the columns to cluster by.

    What was asked for and cannot be done is an error; `auto` leaves a column out and says so.
    """
    columns = {"voter": votes.voter, "prompt": votes.prompt}
    asked = {"voter": ("voter",), "prompt": ("prompt",), "two-way": ("voter", "prompt")}.get(settings.intervals, ())
    chosen: dict[str, Labels] = {}
    for role in asked:
        labels = columns[role]
        if labels is None:
            raise InputError(
                f"intervals clustered by {role} need a `{role}` column, and the votes have none; "
                f"name it with `--{role} COLUMN`, or use `--intervals vote`"
            )
        name = labels.noun or role
        refuse_few_clusters(_count(labels), name)
        chosen[name] = labels
    if settings.intervals != "auto":
        return ClusterChoice(chosen)
    warnings: list[str] = []
    for role, labels in columns.items():
        if labels is None:
            continue
        name, count = labels.noun or role, _count(labels)
        if count == len(votes):
            # Nobody voted twice: per-vote intervals are the clustered ones.
            continue
        if count >= MIN_CLUSTERS:
            chosen[name] = labels
        else:
            warnings.append(
                f"only {count} different {name}s: too few to cluster by, so votes that share a {name} count as "
                "independent and the intervals are too narrow if they are not"
            )
    return ClusterChoice(chosen, tuple(warnings))


def _count(labels: Labels) -> int:
    if labels.members is None:
        return count_clusters(labels.codes)
    return count_overlapping(labels.codes, labels.members)


def clustered_covariance(
    scores: VoteScores,
    choice: ClusterChoice,
    bread: FloatArray,
    per_vote: FloatArray,
    is_map: NDArray[np.bool_],
) -> Clustered:
    """Return the sandwich over clusters, wide enough for every parameter.

    No variance is smaller than that of independent votes (`per_vote`): where all votes on a model are by one voter,
    their sum of scores is 0 by the fit itself, and a plain sandwich would call the model certain. A parameter whose own
    votes come from fewer clusters than the board has gets the wider t quantile of its own degrees of freedom.
    """
    found = _meat(scores, tuple(choice.columns.values()))
    held = np.zeros(len(bread), dtype=bool)
    held[: len(is_map)] = is_map
    covariance = widen_held(positive_part(bread @ found.meat @ bread), bread, held)
    covariance = at_least(covariance, np.diag(per_vote))
    wider = _own_quantile_factor(found)
    n = scores.n_models
    return Clustered(
        covariance=covariance * wider[:, None] * wider[None, :],
        degrees_of_freedom=found.degrees_of_freedom,
        few={name: found.effective[at, :n] < MIN_CLUSTERS for at, name in enumerate(choice.columns)},
        warnings=tuple(_lopsided(found, choice)),
    )


def _meat(scores: VoteScores, columns: tuple[Labels, ...]) -> ClusterMeat:
    first, *others = columns
    if others:
        return two_way_meat(scores, first.codes, others[0].codes)
    if first.members is not None:
        return overlapping_meat(scores, first.codes, first.members)
    return cluster_meat(scores, first.codes)


def _own_quantile_factor(found: ClusterMeat) -> FloatArray:
    common = found.degrees_of_freedom
    own = found.own_degrees_of_freedom
    factor = np.ones(len(own))
    for at in np.flatnonzero(own < common):
        factor[at] = two_sided_quantile(0.95, float(own[at])) / two_sided_quantile(0.95, common)
    return factor


def _lopsided(found: ClusterMeat, choice: ClusterChoice) -> list[str]:
    """Say where a few voters or prompts hold so many votes that the others hardly count."""
    said: list[str] = []
    for at, (name, labels) in enumerate(choice.columns.items()):
        if found.overall[at] >= MIN_CLUSTERS:
            continue
        known = labels.codes[labels.codes >= 0]
        counts = np.bincount(known)
        most = int(np.argmax(counts))
        hint = "; `--voter-cap N` limits what one voter counts" if name == "voter" else ""
        said.append(
            f"{found.count[at]} {name}s count like {found.overall[at]:.1f}, because a few hold most votes "
            f"(`{labels.names[most]}` {counts[most] / len(labels.codes):.0%}): the intervals are as wide as that "
            f"makes them{hint}"
        )
    return said
