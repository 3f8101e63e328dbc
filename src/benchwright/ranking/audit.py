"""Voter audit: who votes as no honest voter would, what that looks like, and how well voters agree."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, NoPower
from benchwright.ranking.board import fit
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import LOSS, TIE, WIN, Comparisons
from benchwright.records.leaderboard import Leaderboard
from benchwright.stats.agreement import count_ratings, krippendorff_alpha
from benchwright.stats.bradley_terry import ELO_PER_LOGIT
from benchwright.stats.eprocess import ALPHA, BEHAVIOURS, Habits, audit_voters, outcome_chances, spread_of_habit


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
    tie_habit: float
    """How much voters differ in saying tie, as a standard deviation in log-odds; nobody is flagged for that alone."""
    side_habit: float
    """The same for leaning to the left or right answer."""
    without_flagged: Leaderboard | None = None
    agreement: float | None = None
    """Krippendorff's nominal alpha over the same pair of answers rated by several voters."""
    notes: tuple[str, ...] = ()


MIN_VOTES = 5
MIN_VOTERS = 20
"""Voters from which their habits are estimated; with fewer, `ASSUMED` stands in."""
ASSUMED = Habits(tie=1.0, side=0.5)
MANY_FLAGGED = 0.1


def audit(votes: Comparisons, board: Leaderboard, settings: FitSettings) -> VoterAudit:
    """Audit every voter against `board`, and fit the board again without those that are flagged."""
    if votes.voter is None:
        raise InputError("a voter audit needs a `voter` column, and the votes have none; name it with `--voter COLUMN`")
    strength = _strengths(votes, board)
    gap = strength[votes.a] - strength[votes.b]
    relative = votes.relative
    counts = np.bincount(votes.voter.codes[votes.voter.codes >= 0], minlength=len(votes.voter.names))
    chances = outcome_chances(gap, _ties_between_equals(gap, relative))
    habits = _habits(votes, chances, np.flatnonzero(counts >= MIN_VOTES))
    found = audit_voters(
        votes.voter.codes,
        votes.a,
        votes.b,
        relative,
        chances,
        n_voters=len(votes.voter.names),
        is_a_first=votes.is_a_first,
        eligible=np.flatnonzero(counts >= MIN_VOTES),
        habits=habits,
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
        tie_habit=round(habits.tie, 6),
        side_habit=round(habits.side, 6),
        without_flagged=fit(kept, replace(settings, anchor=None)) if flagged and len(kept) else None,
        agreement=_agreement(votes),
        notes=_notes(len(flagged), int((counts >= MIN_VOTES).sum())),
    )


def _notes(flagged: int, audited: int) -> tuple[str, ...]:
    notes = [
        "a flag is evidence, not proof: a voter of unusual taste looks like one who votes against the board",
        "a voter who is honest except for promoting one model is hardly detectable (about 1 in 10); a cap on each "
        "voter's weight (`--voter-cap 20`) limits what such a voter can do",
    ]
    if audited < MIN_VOTERS:
        notes.insert(
            0,
            f"{audited} voters are too few to learn how much honest ones differ, so usual habits are assumed; "
            "and with so few, each voter shapes the board that they are compared with",
        )
    if flagged > max(1.0, MANY_FLAGGED * audited):
        notes.insert(
            0,
            f"{flagged} of {audited} is more than a few: that so many cheat is less likely than that tastes differ, "
            "or that one board does not describe these voters; look at some of their votes before you drop any",
        )
    return tuple(notes)


def _habits(votes: Comparisons, chances: NDArray[np.float64], audited: NDArray[np.intp]) -> Habits:
    """Estimate how much voters differ in saying tie, and in leaning to a side, from the voters that are audited."""
    if votes.voter is None or len(audited) < MIN_VOTERS:
        return ASSUMED
    known = votes.voter.codes >= 0
    voter, size = votes.voter.codes[known], len(votes.voter.names)
    relative, chances = votes.relative[known], chances[known]
    is_first = np.ones(len(voter), dtype=bool) if votes.is_a_first is None else votes.is_a_first[known]

    def spread(is_seen: NDArray[np.bool_], chance: NDArray[np.float64]) -> float:
        told = [is_seen.astype(np.float64), chance, chance * (1.0 - chance)]
        sums = [np.bincount(voter, weights=column, minlength=size).astype(np.float64)[audited] for column in told]
        return spread_of_habit(*sums)

    left = np.where(is_first, chances[:, WIN], chances[:, LOSS])
    decided = relative != TIE
    # Ties are a habit of their own: the side is what is said where a side is taken.
    share = np.where(decided, left / (1.0 - chances[:, TIE]), 0.0)
    return Habits(
        tie=spread(relative == TIE, chances[:, TIE]),
        side=spread(decided & ((relative == WIN) == is_first), share),
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
