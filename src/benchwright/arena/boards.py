"""Boards from the votes as they stand: the live one at once; clustered, style-controlled, sliced ones kept a while."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from benchwright.arena.ledger import Ledger, Slice
from benchwright.ranking.board import leaderboard, prepare
from benchwright.ranking.estimate import estimate
from benchwright.ranking.robustness import neighbours
from benchwright.ranking.settings import FitSettings
from benchwright.records.comparison import OUTCOMES, Comparisons
from benchwright.records.leaderboard import Leaderboard

Kind = Literal["live", "raw", "style"]
MOST_KEPT = 64
SHOWN_NEIGHBOURS = 6
FEW_VOTES = 30
KEEP_S: dict[str, float] = {"live": 0.25, "raw": 2.0, "style": 3.0}
"""How long a board may stand after new votes came in: the live one is refitted at once, the heavy ones at rest."""


@dataclass
class _Kept:
    board: dict[str, Any]
    version: int
    made: float


@dataclass
class Boards:
    """Fits boards in a thread beside the server, one fit of a kind at a time, and keeps them until votes change."""

    ledger: Ledger
    _kept: dict[tuple[str, Slice, bool], _Kept] = field(default_factory=dict[tuple[str, Slice, bool], _Kept])
    _under_way: dict[tuple[str, Slice, bool], "asyncio.Task[dict[str, Any]]"] = field(
        default_factory=dict[tuple[str, Slice, bool], "asyncio.Task[dict[str, Any]]"]
    )

    async def board(self, kind: Kind = "raw", chosen: Slice | None = None, *, is_named: bool = False) -> dict[str, Any]:
        """Return a board with the number of votes and the time it stands for."""
        key = (kind, chosen or Slice(), is_named)
        kept = self._kept.get(key)
        is_rolling = bool(key[1].days) and kept is not None and time.monotonic() - kept.made > 60
        if kept is not None and not is_rolling:
            is_fresh = kept.version == self.ledger.version or time.monotonic() - kept.made < KEEP_S[kind]
            if is_fresh:
                return kept.board
        if (task := self._under_way.get(key)) is None:
            task = self._under_way[key] = asyncio.create_task(self._make(key))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(task)

    async def _make(self, key: tuple[Kind, Slice, bool]) -> dict[str, Any]:
        kind, chosen, is_named = key
        version, now = self.ledger.version, time.time()
        votes = self.ledger.comparisons(chosen, now=now, is_named=is_named)
        board = await asyncio.to_thread(board_of, votes, kind, now=now, counted=self.ledger.counted)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = _Kept(board, version, time.monotonic())
        return board


def board_of(votes: Comparisons, kind: Kind, *, now: float, counted: int) -> dict[str, Any]:
    """Fit one board and say beside it what it cannot say."""
    stamp = {"votes": len(votes), "votes_in_all": counted, "as_of": now, "kind": kind}
    if not len(votes):
        return {**stamp, "models": [], "pairs": [], "covariates": [], "cannot_say": ["there are no votes yet"]}
    settings = FitSettings(intervals="vote" if kind == "live" else "auto")
    if kind == "style" and votes.covariates and len(votes) > 10 * len(votes.covariates):
        settings = replace(settings, covariates=tuple(votes.covariates))
    kept, warnings, dropped = prepare(votes, settings)
    estimated = estimate(kept, settings)
    found = leaderboard(
        kept,
        replace(estimated, warnings=(*warnings, *estimated.warnings)),
        settings,
        dropped=dropped,
        fingerprint=votes.fingerprint(),
    )
    # Who would change places, and what it would take to be sure: at rest only, it refits many times.
    beside = () if kind == "live" else neighbours(kept, estimated, settings, first=SHOWN_NEIGHBOURS)
    levels = absolute_levels(votes)
    body = found.model_dump(mode="json")
    for row in body["models"]:
        row["level"] = levels.get(row["model"])
    return {
        **body,
        **stamp,
        "neighbours": [row.model_dump(mode="json") for row in beside],
        "cannot_say": cannot_say(found, votes, kind, has_style=bool(settings.covariates)),
    }


def absolute_levels(votes: Comparisons) -> dict[str, dict[str, float | int]]:
    """By model: in how many of its battles people said that both were good, or both bad; the absolute level."""
    levels: dict[str, dict[str, float | int]] = {}
    good = votes.outcome == OUTCOMES.index("both_good")
    bad = votes.outcome == OUTCOMES.index("both_bad")
    for code, name in enumerate(votes.models):
        mine = (votes.a == code) | (votes.b == code)
        battles = int(mine.sum())
        if battles:
            both_good, both_bad = int((mine & good).sum()), int((mine & bad).sum())
            levels[name] = {
                "battles": battles,
                "both_good": both_good,
                "both_bad": both_bad,
                "both_bad_share": both_bad / battles,
            }
    return levels


def cannot_say(board: Leaderboard, votes: Comparisons, kind: Kind, *, has_style: bool) -> list[str]:
    """What a reader might take from this board that its votes do not carry."""
    said: list[str] = []
    if board.votes < FEW_VOTES:
        said.append(f"{board.votes} votes are few: ranks can still change with every vote")
    if votes.voter is not None and (voters := len(votes.voter.names)) < 5:
        said.append(f"it speaks for {voters} voter{'s' if voters > 1 else ''}, not for your people")
    if votes.prompt is not None and len(votes.prompt.names) < 20:
        said.append(f"it speaks for {len(votes.prompt.names)} prompts; other tasks may rank the models otherwise")
    rows = [row for row in board.models if row.component == 1]
    if len(rows) > 1 and rows[1].rank_low == 1:
        tied = [row.model for row in rows if row.rank_low == 1]
        said.append(f"it does not tell which of {', '.join(tied[:5])} is best: each may hold rank 1")
    if kind != "style":
        said.append("longer or more formatted answers may be preferred for their look: see the style-controlled board")
    elif not has_style:
        said.append("too few votes, or answers all alike in style: style could not be taken into account")
    outcomes = Counter(votes.outcome.tolist())
    bad = outcomes.get(OUTCOMES.index("both_bad"), 0)
    if board.votes and bad / board.votes > 0.2:
        said.append(f"in {bad / board.votes:.0%} of the battles both answers were called bad: the best may not be good")
    said.append("it says what people prefer, not what is correct: compare it with a benchmark")
    return said
