"""Voter audit: who votes as no honest voter would, what that looks like, and how well voters agree."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, NoPower
from benchwright.ranking.board import fit
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import TIE, Comparisons
from benchwright.records.leaderboard import Leaderboard
from benchwright.stats.agreement import count_ratings, krippendorff_alpha
from benchwright.stats.bradley_terry import ELO_PER_LOGIT
from benchwright.stats.eprocess import ALPHA, BEHAVIOURS, audit_voters, outcome_chances


class FlaggedVoter(Record):
    """One voter whose votes an honest voter would hardly give: the e-value is the evidence, 100 is the threshold."""

    voter: str
    votes: int
    behaviour: str
    model: str = ""
    """The favoured model, where the behaviour is `one model only`."""
    log10_e: float


class VoterAudit(Record):
    """The audit of all voters; nothing is deleted, the board without flagged voters stands beside."""

    voters: int
    audited: int
    """Voters with enough votes to be told anything about."""
    flagged: tuple[FlaggedVoter, ...]
    alpha: float
    """An honest voter is flagged with at most this probability, if the board describes honest voters."""
    without_flagged: Leaderboard | None = None
    agreement: float | None = None
    """Krippendorff's nominal alpha over the same pair of answers rated by several voters."""
    notes: tuple[str, ...] = ()


MIN_VOTES = 5


def audit(votes: Comparisons, board: Leaderboard, settings: FitSettings) -> VoterAudit:
    """Audit every voter against `board`, and fit the board again without those that are flagged."""
    if votes.voter is None:
        raise InputError("a voter audit needs a `voter` column, and the votes have none; name it with `--voter COLUMN`")
    strength = _strengths(votes, board)
    gap = strength[votes.a] - strength[votes.b]
    relative = votes.relative
    counts = np.bincount(votes.voter.codes[votes.voter.codes >= 0], minlength=len(votes.voter.names))
    found = audit_voters(
        votes.voter.codes,
        votes.a,
        votes.b,
        relative,
        outcome_chances(gap, _ties_between_equals(gap, relative)),
        n_voters=len(votes.voter.names),
        is_a_first=votes.is_a_first,
        eligible=np.flatnonzero(counts >= MIN_VOTES),
    )
    suspects = np.flatnonzero(found.is_flagged)
    flagged = tuple(
        FlaggedVoter(
            voter=votes.voter.names[who],
            votes=int(found.votes[who]),
            behaviour=BEHAVIOURS[int(found.behaviour[who])],
            model=votes.models[int(found.model[who])] if found.model[who] >= 0 else "",
            log10_e=round(float(found.log_e[who]) / float(np.log(10)), 3),
        )
        for who in suspects[np.argsort(-found.log_e[suspects], kind="stable")]
    )
    kept = votes.take(~np.isin(votes.voter.codes, suspects))
    return VoterAudit(
        voters=len(votes.voter.names),
        audited=int((counts >= MIN_VOTES).sum()),
        flagged=flagged,
        alpha=ALPHA,
        without_flagged=fit(kept, replace(settings, anchor=None)) if flagged and len(kept) else None,
        agreement=_agreement(votes),
        notes=(
            "a flag is evidence, not proof: a voter of unusual taste looks like one who votes against the board",
            "a voter who is honest except for promoting one model is hardly detectable (about 1 in 10); a cap on each "
            "voter's weight (`--voter-cap 20`) limits what such a voter can do",
        ),
    )


def _strengths(votes: Comparisons, board: Leaderboard) -> NDArray[np.float64]:
    rating = {row.model: row.rating for row in board.models}
    mean = float(np.mean([row.rating for row in board.models]))
    return np.array([(rating.get(name, mean) - mean) / ELO_PER_LOGIT for name in votes.models])


def _ties_between_equals(gap: NDArray[np.float64], relative: NDArray[np.uint8]) -> float:
    """Return the share of ties at gap 0 under which the ties seen are as many as those expected."""
    seen = float((relative == TIE).mean())
    sample = gap[:: max(1, len(gap) // 20_000)]
    low, high = 0.0, 0.999
    for _ in range(40):
        middle = 0.5 * (low + high)
        if float(outcome_chances(sample, middle)[:, 1].mean()) < seen:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _agreement(votes: Comparisons) -> float | None:
    """Alpha over items: the same prompt and the same two models, whoever stood left."""
    if votes.prompt is None:
        return None
    n = len(votes.models)
    swapped = votes.a > votes.b
    low, high = np.where(swapped, votes.b, votes.a).astype(np.int64), np.where(swapped, votes.a, votes.b)
    said = np.where(swapped, 2 - votes.relative.astype(np.int64), votes.relative)
    item = (votes.prompt.codes.astype(np.int64) * n + low) * n + high
    known = votes.prompt.codes >= 0
    try:
        return round(krippendorff_alpha(count_ratings(item[known], said[known], 3)), 6)
    except NoPower:
        return None
