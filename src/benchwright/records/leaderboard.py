"""A leaderboard: ratings with intervals and rank ranges, the method, all settings and a fingerprint of the data."""

from benchwright.records.base import Record


class RatedModel(Record):
    """One line of a leaderboard; ratings on the Elo scale (400 points are odds of 10 to 1)."""

    model: str
    rating: float
    low: float
    high: float
    se: float
    rank: int
    """Position by rating inside its component, from 1."""
    rank_low: int
    """Best rank that the data allow for this model, at the board's confidence."""
    rank_high: int
    """Worst rank that the data allow for this model."""
    votes: int
    flags: tuple[str, ...] = ()
    """`undefeated`, `winless`, `all ties`, `regularised` (the data alone give no finite rating), `thin` (under 10
    votes), `few voters`, `few prompts` (its votes come from fewer than 5, so its interval is wide)."""
    rank_low_all: int | None = None
    """Best rank in a set of ranges that holds for all models at once."""
    rank_high_all: int | None = None
    p_best: float | None = None
    """Probability of being the strongest of its component."""
    wins: int = 0
    ties: int = 0
    losses: int = 0
    win_rate: float | None = None
    """Wins and half of the ties over votes, against whomever it met."""
    se_vote: float | None = None
    """Standard error as if all votes were independent, where a clustered one is in `se`."""
    component: int = 1
    """Models of different components never met, not even through others: their ratings cannot be compared."""


class Coefficient(Record):
    """What one unit more of a covariate does to the log-odds of being preferred."""

    name: str
    coefficient: float
    se: float
    low: float | None = None
    high: float | None = None


class ModelPair(Record):
    """Two models: how often they met, who won, and what the whole board says of them."""

    a: str
    b: str
    votes: int
    win_rate: float | None
    """Wins of `a` and half of the ties over votes; `None` where they never met."""
    p_a_better: float | None
    """Probability that `a` is the stronger one; `None` where their components are not connected."""
    p_a_wins: float | None = None
    """Expected share of wins of `a` against `b`."""
    p_a_wins_low: float | None = None
    p_a_wins_high: float | None = None


class Leaderboard(Record):
    """The result of one fit; the same data, version and settings give the same content."""

    method: str
    votes: int
    dropped: int = 0
    models: tuple[RatedModel, ...]
    covariates: tuple[Coefficient, ...] = ()
    pairs: tuple[ModelPair, ...] = ()
    warnings: tuple[str, ...] = ()
    fingerprint: str
    intervals: str = "per vote"
    """What the intervals take into account: `per vote`, `clustered by voter`, `clustered by voter and prompt`, …"""
    confidence: float = 0.95
    parameters: dict[str, float] = {}
    """Other fitted numbers, by name: the side effect, the tie width, …"""
    log_likelihood: float | None = None
    settings: dict[str, str | int | float | bool | None] = {}
    dropped_reasons: dict[str, int] = {}
    version: str = ""
