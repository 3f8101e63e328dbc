"""Voter audit: an anytime-valid e-process that asks of each voter whether an honest one could vote like this."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.stats.bradley_terry import sigmoid

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]

BEHAVIOURS: tuple[str, ...] = (
    "random",
    "random without ties",
    "random among three",
    "inverted",
    "always left",
    "always right",
    "always tie",
    "one model only",
)
SHARES = np.array([0.3, 0.1, 0.12, 0.22, 0.08, 0.08, 0.04, 0.06])
"""How much of the starting capital bets on each behaviour; they add to 1."""
FIRMNESS = 0.95
"""How surely a voter of a fixed habit follows it; the rest is honest voting."""
ALPHA = 0.01


NODES = 5
"""Points of the quadrature over one habit."""
MOST_SPREAD = 2.0


@dataclass(frozen=True)
class Habits:
    """How much honest voters differ in what is no fault, as standard deviations in log-odds.

    `tie`: how readily one says tie; `side`: how much one leans to the left or right answer.
    """

    tie: float = 0.0
    side: float = 0.0


NO_HABITS = Habits()


@dataclass(frozen=True, eq=False)
class Audit:
    """For every voter: the largest log e-value reached, the behaviour that it speaks for, and whether it is flagged.

    `model` is the favoured model where the behaviour is `one model only`, else -1.
    """

    log_e: FloatArray
    behaviour: NDArray[np.intp]
    model: NDArray[np.intp]
    votes: NDArray[np.intp]
    is_flagged: NDArray[np.bool_]


def outcome_chances(gap: FloatArray, tie_share: float) -> FloatArray:
    """Return P(win, tie, loss) of an honest vote, (votes, 3), by Davidson's model with this many ties at gap 0."""
    nu = 2.0 * tie_share / max(1.0 - tie_share, 1e-9)
    half = np.exp(0.5 * np.clip(gap, -40, 40))
    odds = np.stack([half, np.full(len(gap), nu), 1.0 / half], axis=1)
    return odds / odds.sum(axis=1, keepdims=True)


def gap_with_ties(gap: FloatArray, tie_share: float) -> FloatArray:
    """Return Davidson's gaps, (votes,), at which each pair has the expected score that a fit with half wins gives it.

    Such a fit (`gap`, log-odds) reads a tie as half a win and so draws models closer together than `outcome_chances`
    means them: at 20 % ties by a fifth.
    """
    nu = 2.0 * tie_share / max(1.0 - tie_share, 1e-9)
    share = sigmoid(np.clip(gap, -30, 30))
    lean = nu * (share - 0.5)
    # The root of (win + tie / 2) / (win + tie + loss) = share in e^(gap / 2).
    return 2.0 * np.log((lean + np.sqrt(lean**2 + 4.0 * share * (1.0 - share))) / (2.0 * (1.0 - share)))


def audit_voters(
    voter: IntArray,
    a: IntArray,
    b: IntArray,
    relative: IntArray,
    chances: FloatArray,
    *,
    n_voters: int,
    is_a_first: NDArray[np.bool_] | None = None,
    alpha: float = ALPHA,
    eligible: IntArray | None = None,
    habits: Habits = NO_HABITS,
    moment: FloatArray | None = None,
) -> Audit:
    """Bet against every voter's honesty, vote by vote in the order given, or by `moment` (votes,).

    Votes of one moment (or of an unknown one, NaN, which come last) have no order among them: the capital is looked at
    after all of them. So the result does not depend on the order of the rows where moments are given.

    `chances` (votes, 3) is the probability of win, tie and loss for an honest voter of middling habits; an honest
    voter's own habits are normal around that with the spread of `habits`, so that the honest side of the bet is a
    mixture too. The capital is a mixture over
    behaviours (and, for one model only, over the models that the voter met); where it ever exceeds 1 / `alpha` the
    voter is flagged. An honest voter's capital is a martingale, so at most a share `alpha` of honest voters is flagged,
    whenever one looks (Ville's inequality). Source: Shafer (2021); Ramdas et al. (2023), Game-theoretic statistics.
    """
    order = np.argsort(voter, kind="stable") if moment is None else np.lexsort((moment, voter))
    if eligible is not None:
        order = order[np.isin(voter[order], eligible)]
    order = order[voter[order] >= 0]
    honest = np.maximum(chances[order], 1e-12)
    said = relative[order].astype(np.intp)
    first = np.ones(len(order), dtype=bool) if is_a_first is None else is_a_first[order]
    seen = honest[np.arange(len(order)), said]
    log_fixed = np.log(np.maximum(_fixed_bets(honest, said, first), 1e-300))
    tilts, shares = _tilts(habits)
    start = np.flatnonzero(np.r_[True, np.diff(voter[order]) != 0])
    found = Audit(
        log_e=np.zeros(n_voters),
        behaviour=np.zeros(n_voters, dtype=np.intp),
        model=np.full(n_voters, -1, dtype=np.intp),
        votes=np.bincount(voter[voter >= 0], minlength=n_voters).astype(np.intp),
        is_flagged=np.zeros(n_voters, dtype=bool),
    )
    if not len(order):
        return found
    left, right = a[order], b[order]
    is_told = np.ones(len(order), dtype=bool)
    if moment is not None:
        when = moment[order]
        is_told[:-1] = (voter[order][1:] != voter[order][:-1]) | (when[1:] > when[:-1])
        is_told[:-1] |= np.isnan(when[1:]) & ~np.isnan(when[:-1])
    for begin, end in zip(start, [*start[1:], len(order)], strict=True):
        rows = slice(begin, end)
        who = int(voter[order[begin]])
        log_e, behaviour, model = _capital(
            log_fixed[rows],
            left[rows],
            right[rows],
            said[rows],
            seen[rows],
            _log_honest(honest[rows], said[rows], first[rows], tilts, shares),
            is_told[rows],
        )
        found.log_e[who], found.behaviour[who], found.model[who] = log_e, behaviour, model
        found.is_flagged[who] = log_e >= np.log(1.0 / alpha)
    return found


def _fixed_bets(honest: FloatArray, said: NDArray[np.intp], first: NDArray[np.bool_]) -> FloatArray:
    """Return the probability of what was said under each behaviour that names no model, (votes, 7)."""
    rows = np.arange(len(said))
    tie = honest[:, 1]
    even = np.stack([0.5 * (1 - tie), tie, 0.5 * (1 - tie)], axis=1)
    left = np.where(first, 0, 2)
    honest_part = (1.0 - FIRMNESS) * honest[rows, said]
    return np.stack(
        [
            even[rows, said],
            np.where(said == 1, 0.02, 0.49),
            np.full(len(said), 1.0 / 3.0),
            honest[rows, 2 - said],
            FIRMNESS * (said == left) + honest_part,
            FIRMNESS * (said == 2 - left) + honest_part,
            FIRMNESS * (said == 1) + honest_part,
        ],
        axis=1,
    )


def _tilts(habits: Habits) -> tuple[FloatArray, FloatArray]:
    """Return factors on the odds of (left, tie, right) for a grid of habits, (grid, 3), and the share of each."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    one, single = np.zeros(1), np.ones(1)
    tie, tie_share = (habits.tie * nodes, weights / weights.sum()) if habits.tie else (one, single)
    side, side_share = (habits.side * nodes, weights / weights.sum()) if habits.side else (one, single)
    grid = np.array([[np.exp(0.5 * lean), np.exp(ready), np.exp(-0.5 * lean)] for ready in tie for lean in side])
    return grid, np.outer(tie_share, side_share).ravel()


def _log_honest(
    honest: FloatArray, said: NDArray[np.intp], first: NDArray[np.bool_], tilts: FloatArray, shares: FloatArray
) -> FloatArray:
    """Return the log probability of all votes up to each one for an honest voter of unknown habits, (votes,)."""
    factors = np.where(first[:, None, None], tilts, tilts[:, ::-1])
    odds = honest[:, None, :] * factors
    chance = odds[np.arange(len(said)), :, said] / odds.sum(axis=2)
    logs = np.cumsum(np.log(np.maximum(chance, 1e-300)), axis=0) + np.log(shares)
    top = logs.max(axis=1)
    return top + np.log(np.exp(logs - top[:, None]).sum(axis=1))


def _capital(
    log_fixed: FloatArray,
    a: IntArray,
    b: IntArray,
    said: NDArray[np.intp],
    seen: FloatArray,
    log_honest: FloatArray,
    is_told: NDArray[np.bool_],
) -> tuple[float, int, int]:
    """Return one voter's largest log capital after a row of `is_told`, and the behaviour (and model) that led then."""
    models = np.unique(np.concatenate([a, b]))
    # Betting on one model says something only of votes where that model takes part.
    wins = np.where(a[:, None] == models, 0, np.where(b[:, None] == models, 2, -1))
    bet = np.where(wins >= 0, FIRMNESS * (said[:, None] == wins) + (1 - FIRMNESS) * seen[:, None], seen[:, None])
    logs = np.cumsum(np.hstack([log_fixed, np.log(np.maximum(bet, 1e-300))]), axis=0)
    logs += np.log(np.concatenate([SHARES[:-1], np.full(len(models), SHARES[-1] / len(models))]))
    logs -= log_honest[:, None]
    top = logs.max(axis=1)
    capital = top + np.log(np.exp(logs - top[:, None]).sum(axis=1))
    when = int(np.argmax(np.where(is_told, capital, -np.inf)))
    winner = int(np.argmax(logs[when]))
    fixed = log_fixed.shape[1]
    return (
        float(capital[when]),
        min(winner, fixed),
        int(models[winner - fixed]) if winner >= fixed else -1,
    )


def spread_of_habit(seen: FloatArray, expected: FloatArray, variance: FloatArray) -> float:
    """Return how much voters differ in a habit, in log-odds, from counts a voter: seen, expected and their variance.

    A voter whose log-odds lie h above the crowd's is expected to show h × variance more. The spread is the one under
    which half of the voters lie within .674 standard deviations: that the other half may do what it likes keeps bad
    voters from hiding behind their own habits.
    """
    told = variance > 0
    gap, own = np.abs(seen - expected)[told], variance[told]
    if not len(gap):
        return 0.0
    low, high = 0.0, MOST_SPREAD
    for _ in range(40):
        middle = 0.5 * (low + high)
        if float(np.median(gap / np.sqrt(own + (middle * own) ** 2))) > 0.6745:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high) if low else 0.0
