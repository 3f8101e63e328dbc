"""How a leaderboard is fitted: every choice, with the default that is right for votes of unknown kind."""

from dataclasses import dataclass
from typing import Literal, get_args

from benchwright.errors import InputError, unknown_name

Method = Literal["bradley-terry", "rao-kupper", "davidson", "grounded", "five-point", "elo"]
Intervals = Literal[
    "auto", "vote", "voter", "prompt", "two-way", "model", "bootstrap", "bootstrap-voter", "bootstrap-prompt"
]
BothIs = Literal["tie", "drop"]


@dataclass(frozen=True)
class FitSettings:
    """The settings of one fit.

    `both`: whether "both good" and "both bad" count as ties or are left out of the relative fit. `intervals`: what
    shares an error; `auto` clusters by voter and prompt where those columns exist; `model` trusts the model itself.
    `covariates`: names of style columns to control for; `side`: also fit an advantage of the left place.
    `ridge`: penalty on the covariates' coefficients, 0 for none. `reweight`: use the logged propensities.
    `voter_cap`: the most votes one voter counts for. `anchor`: a model and the rating that it is given.
    """

    method: Method = "bradley-terry"
    both: BothIs = "tie"
    intervals: Intervals = "auto"
    covariates: tuple[str, ...] = ()
    side: bool = False
    ridge: float = 0.0
    reweight: bool = False
    voter_cap: float | None = None
    anchor: tuple[str, float] | None = None
    confidence: float = 0.95
    resamples: int = 500
    seed: int = 0

    def __post_init__(self) -> None:
        for value, kind, what in (
            (self.method, Method, "method"),
            (self.intervals, Intervals, "kind of intervals"),
            (self.both, BothIs, "reading of both_good and both_bad"),
        ):
            if value not in get_args(kind):
                raise unknown_name(what, value, get_args(kind))
        if self.method != "bradley-terry" and (self.covariates or self.intervals.startswith("bootstrap")):
            raise InputError(
                f"style control and the bootstrap go with the bradley-terry method, not with {self.method}; "
                "drop `--method`, or drop the covariates and `--intervals bootstrap`"
            )
        if self.intervals.startswith("bootstrap") and (self.covariates or self.side):
            raise InputError("the bootstrap refits a plain board; with style control use `--intervals auto`")
        if not 0.5 <= self.confidence < 1:
            raise InputError(f"confidence must lie in 0.5..1, not {self.confidence}; 0.95 is usual")
        if self.ridge < 0:
            raise InputError(f"the ridge penalty cannot be negative ({self.ridge}); 0 shrinks nothing")
        if self.voter_cap is not None and self.voter_cap <= 0:
            raise InputError(f"a voter's cap must be above 0, not {self.voter_cap}")
