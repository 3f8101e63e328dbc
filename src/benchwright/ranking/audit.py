"""Voter audit: who votes as no honest voter would, what that looks like, and how well voters agree."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, NoPower
from benchwright.ranking.board import fit
from benchwright.ranking.estimate import estimate
from benchwright.ranking.settings import FitSettings
from benchwright.records.base import Record
from benchwright.records.comparison import LOSS, TIE, WIN, Comparisons, Labels
from benchwright.records.leaderboard import Leaderboard
from benchwright.stats.agreement import count_ratings, krippendorff_alpha
from benchwright.stats.bradley_terry import ELO_PER_LOGIT
from benchwright.stats.eprocess import (
    ALPHA,
    BEHAVIOURS,
    Audit,
    Habits,
    audit_voters,
    gap_with_ties,
    outcome_chances,
    spread_of_habit,
)


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
    rounds: int = 1
    """How often all voters were looked at, each time against the board without those flagged before."""
    is_settled: bool = True
    """False where the last round still changed who is flagged."""
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
MAX_ROUNDS = 8


def audit(votes: Comparisons, board: Leaderboard, settings: FitSettings) -> VoterAudit:
    """Audit every voter against `board`, drop the flagged from it, and look again until the flags stay the same.

    Bad voters bend the board that they are compared with, and widen what counts as a habit; without them the others
    show. Every round looks at all voters, so that one who was flagged against the bent board may go free. `votes` are
    those that `board` was fitted to, their weights already worked out. Raises `InputError` without a voter column.
    """
    if votes.voter is None:
        raise InputError("a voter audit needs a `voter` column, and the votes have none; name it with `--voter COLUMN`")
    counts = np.bincount(votes.voter.codes[votes.voter.codes >= 0], minlength=len(votes.voter.names))
    audited = np.flatnonzero(counts >= MIN_VOTES)
    strength = _strengths(votes, {row.model: row.rating / float(ELO_PER_LOGIT) for row in board.models})
    is_kept = np.ones(len(votes), dtype=bool)
    found, habits = _look(votes, votes.voter, strength, is_kept, audited)
    rounds, is_settled = 1, not found.is_flagged.any()
    is_kept = ~np.isin(votes.voter.codes, np.flatnonzero(found.is_flagged))
    while not is_settled and rounds < MAX_ROUNDS and is_kept.any():
        kept = votes.take(is_kept).seen_models_only()
        try:
            again = estimate(kept, replace(settings, intervals="model"))
        except NoPower:
            # Without the flagged the votes are too few for this method: what was found so far stands.
            break
        before = found.is_flagged
        strength = _strengths(votes, dict(zip(kept.models, again.strength.tolist(), strict=True)))
        found, habits = _look(votes, votes.voter, strength, is_kept, audited)
        rounds, is_settled = rounds + 1, bool((found.is_flagged == before).all())
        is_kept = ~np.isin(votes.voter.codes, np.flatnonzero(found.is_flagged))
    flagged = _named(votes, votes.voter, found)
    notes = _notes(len(flagged), len(audited), rounds, is_settled)
    without = None
    if flagged and is_kept.any():
        try:
            without = _without(votes.take(is_kept), settings)
        except NoPower as error:
            notes.append(f"the votes of the others are too few for a board of their own: {error}")
    return VoterAudit(
        voters=len(counts),
        audited=len(audited),
        flagged=flagged,
        rounds=rounds,
        is_settled=is_settled,
        alpha=ALPHA,
        tie_habit=round(habits.tie, 6),
        side_habit=round(habits.side, 6),
        without_flagged=without,
        agreement=_agreement(votes),
        notes=tuple(notes),
    )


def _look(
    votes: Comparisons,
    voter: Labels,
    strength: NDArray[np.float64],
    is_kept: NDArray[np.bool_],
    audited: NDArray[np.intp],
) -> tuple[Audit, Habits]:
    """Audit all voters once; ties and habits are those of the votes in `is_kept`, (votes,)."""
    gap = strength[votes.a] - strength[votes.b]
    relative = votes.relative
    tie_share = _ties_between_equals(gap[is_kept], relative[is_kept])
    chances = outcome_chances(gap_with_ties(gap, tie_share), tie_share)
    honest = audited[np.isin(audited, voter.codes[is_kept])]
    habits = _habits(votes.take(is_kept), chances[is_kept], honest)
    found = audit_voters(
        voter.codes,
        votes.a,
        votes.b,
        relative,
        chances,
        n_voters=len(voter.names),
        is_a_first=votes.is_a_first,
        eligible=audited,
        habits=habits,
        moment=_moments(votes),
    )
    return found, habits


def _moments(votes: Comparisons) -> NDArray[np.float64]:
    """Return when each vote was given; without times, an order by prompt and pair, whatever the order of the rows.

    The bets may be placed in any order that does not depend on what was said.
    """
    if votes.time is not None:
        return votes.time
    n = len(votes.models)
    prompt = np.zeros(len(votes), dtype=np.int64) if votes.prompt is None else votes.prompt.codes.astype(np.int64)
    # Shuffled by a hash (Knuth's multiplier), so that no model comes first in every voter's votes.
    place = ((prompt * n + votes.a) * n + votes.b).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (place >> np.uint64(11)).astype(np.float64)


def _named(votes: Comparisons, voter: Labels, found: Audit) -> tuple[FlaggedVoter, ...]:
    """Return the flagged voters by name, the strongest evidence first."""
    suspects = np.flatnonzero(found.is_flagged)
    rows = [
        FlaggedVoter(
            voter=voter.names[who],
            votes=int(found.votes[who]),
            behaviour=BEHAVIOURS[int(found.behaviour[who])],
            model=votes.models[int(found.model[who])] if found.model[who] >= 0 else "",
            log10_e=round(float(found.log_e[who]) / float(np.log(10)), 3),
        )
        for who in suspects
    ]
    return tuple(sorted(rows, key=lambda row: (-row.log10_e, row.voter)))


def _without(kept: Comparisons, settings: FitSettings) -> Leaderboard:
    """Fit the board of the voters that are left, on the anchor of the whole board if it is still among them."""
    seen = kept.seen_models_only()
    has_anchor = settings.anchor is not None and settings.anchor[0] in seen.models
    # Caps and propensities are in the weights already.
    plain = replace(settings, voter_cap=None, reweight=False, anchor=settings.anchor if has_anchor else None)
    return fit(kept, plain)


def _notes(flagged: int, audited: int, rounds: int, is_settled: bool) -> list[str]:
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
    if rounds > 1:
        notes.append(
            f"all voters were looked at {rounds} times, each time against the board without those flagged before, "
            + ("until the flags stayed the same" if is_settled else "and the flags had not settled by then")
        )
    return notes


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


def _strengths(votes: Comparisons, known: dict[str, float]) -> NDArray[np.float64]:
    """Return log strengths in the order of `votes.models`, (models,); a model that is not known stands at the mean."""
    mean = float(np.mean(list(known.values())))
    return np.array([known.get(name, mean) - mean for name in votes.models])


def _ties_between_equals(gap: NDArray[np.float64], relative: NDArray[np.uint8]) -> float:
    """Return the share of ties at gap 0 under which the ties seen are as many as those expected."""
    seen = float((relative == TIE).mean())
    # As many different gaps as pairs of models, however many votes.
    each, count = np.unique(np.abs(gap), return_counts=True)
    low, high = 0.0, 0.999
    for _ in range(40):
        middle = 0.5 * (low + high)
        if float(np.average(outcome_chances(gap_with_ties(each, middle), middle)[:, TIE], weights=count)) < seen:
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
