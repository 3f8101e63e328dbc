"""Which votes share an error, and the covariance that follows: by voter, by prompt, by both."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError
from benchwright.ranking.settings import FitSettings
from benchwright.records.comparison import Comparisons
from benchwright.stats.bradley_terry import at_least, widen_held
from benchwright.stats.clusters import (
    MIN_CLUSTERS,
    ClusterMeat,
    VoteScores,
    cluster_meat,
    count_clusters,
    positive_part,
    refuse_few_clusters,
    two_way_meat,
)
from benchwright.stats.tails import two_sided_quantile

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class ClusterChoice:
    """The columns to cluster by (`voter`, `prompt`), and what had to be said about the choice."""

    columns: tuple[str, ...]
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
    for name in asked:
        labels = columns[name]
        if labels is None:
            raise InputError(
                f"intervals clustered by {name} need a `{name}` column, and the votes have none; "
                f"name it with `--{name} COLUMN`, or use `--intervals vote`"
            )
        refuse_few_clusters(count_clusters(labels.codes), name)
    if settings.intervals != "auto":
        return ClusterChoice(asked)
    chosen: list[str] = []
    warnings: list[str] = []
    for name, labels in columns.items():
        if labels is None:
            continue
        count = count_clusters(labels.codes)
        if count == len(votes):
            # Nobody voted twice: per-vote intervals are the clustered ones.
            continue
        if count >= MIN_CLUSTERS:
            chosen.append(name)
        else:
            warnings.append(
                f"only {count} different {name}s: too few to cluster by, so votes that share a {name} count as "
                "independent and the intervals are too narrow if they are not"
            )
    return ClusterChoice(tuple(chosen), tuple(warnings))


def clustered_covariance(
    votes: Comparisons,
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
    columns = {"voter": votes.voter, "prompt": votes.prompt}
    codes = [labels.codes for name in choice.columns if (labels := columns[name]) is not None]
    found = two_way_meat(scores, codes[0], codes[1]) if len(codes) == 2 else cluster_meat(scores, codes[0])
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
        warnings=tuple(_lopsided(votes, found, choice)),
    )


def _own_quantile_factor(found: ClusterMeat) -> FloatArray:
    common = found.degrees_of_freedom
    own = found.own_degrees_of_freedom
    factor = np.ones(len(own))
    for at in np.flatnonzero(own < common):
        factor[at] = two_sided_quantile(0.95, float(own[at])) / two_sided_quantile(0.95, common)
    return factor


def _lopsided(votes: Comparisons, found: ClusterMeat, choice: ClusterChoice) -> list[str]:
    """Say where a few voters or prompts hold so many votes that the others hardly count."""
    said: list[str] = []
    columns = {"voter": votes.voter, "prompt": votes.prompt}
    for at, name in enumerate(choice.columns):
        labels = columns[name]
        if labels is None or found.overall[at] >= MIN_CLUSTERS:
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
