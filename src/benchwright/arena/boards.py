"""Boards from the votes as they stand: the live one at once; clustered, style-controlled, sliced ones kept a while."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from benchwright.arena.ledger import Ledger, Slice
from benchwright.errors import NoPower
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
    _heavy: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Slices can be asked for without end; one is fitted at a time, so that voters keep the other core."""

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
        if kind == "live":
            board = await self._fit(kind, chosen, is_named=is_named, now=now)
        else:
            async with self._heavy:
                board = await self._fit(kind, chosen, is_named=is_named, now=now)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = _Kept(board, version, time.monotonic())
        return board

    async def _fit(self, kind: Kind, chosen: Slice, *, is_named: bool, now: float) -> dict[str, Any]:
        votes = self.ledger.comparisons(chosen, now=now, is_named=is_named)
        return await asyncio.to_thread(board_of, votes, kind, now=now, counted=self.ledger.counted)


def board_of(votes: Comparisons, kind: Kind, *, now: float, counted: int) -> dict[str, Any]:
    """Fit one board and say beside it what it cannot say."""
    stamp = {"votes": len(votes), "votes_in_all": counted, "as_of": now, "kind": kind}
    if not len(votes):
        return {**stamp, "models": [], "pairs": [], "covariates": [], **_told([Unsaid("no_votes")])}
    settings = FitSettings(intervals="vote" if kind == "live" else "auto")
    kept, warnings, dropped = prepare(votes, settings)
    if kind == "style" and len(votes) > 10 * len(votes.covariates):
        settings = replace(settings, covariates=told_apart(kept, settings))
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
        **_told(cannot_say(found, votes, kind, has_style=bool(settings.covariates))),
    }


def told_apart(votes: Comparisons, settings: FitSettings) -> tuple[str, ...]:
    """The covariates that these votes can tell from the models and from each other; all of them where they can.

    A model that always writes as long as it does gives its length no chance to be told from its strength.
    """
    names = tuple(votes.covariates)
    if not names or _is_told(votes, replace(settings, covariates=names)):
        return names
    found: tuple[str, ...] = ()
    for name in names:
        if _is_told(votes, replace(settings, covariates=(*found, name))):
            found = (*found, name)
    return found


def _is_told(votes: Comparisons, settings: FitSettings) -> bool:
    try:
        estimate(votes, settings)
    except NoPower:
        return False
    return True


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


@dataclass(frozen=True)
class Unsaid:
    """One thing that a board cannot say: a code that pages translate, and the values of its sentence."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict[str, str | int])

    @property
    def text(self) -> str:
        """The sentence in English."""
        return UNSAID[self.code].format_map(dict(self.values))


UNSAID: Mapping[str, str] = {
    "no_votes": "there are no votes yet",
    "few_votes": "{votes} votes are few: ranks can still change with every vote",
    "one_voter": "it speaks for one voter, not for your people",
    "few_voters": "it speaks for {voters} voters, not for your people",
    "few_prompts": "it speaks for {prompts} prompts; other tasks may rank the models otherwise",
    "open_lead": "it does not tell which of {models} is best: each may hold rank 1",
    "look": "longer or more formatted answers may be preferred for their look: see the style-controlled board",
    "no_style": "too few votes, or answers all alike in style: style could not be taken into account",
    "low_level": "in {share} of the battles both answers were called bad: the best may not be good",
    "preference": "it says what people prefer, not what is correct: compare it with a benchmark",
}


def _told(unsaid: Sequence[Unsaid]) -> dict[str, Any]:
    return {
        "cannot_say": [each.text for each in unsaid],
        "unsaid": [{"code": each.code, "values": dict(each.values)} for each in unsaid],
    }


def cannot_say(board: Leaderboard, votes: Comparisons, kind: Kind, *, has_style: bool) -> list[Unsaid]:
    """What a reader might take from this board that its votes do not carry."""
    said: list[Unsaid] = []
    if board.votes < FEW_VOTES:
        said.append(Unsaid("few_votes", {"votes": board.votes}))
    if votes.voter is not None and (voters := len(votes.voter.names)) < 5:
        said.append(Unsaid("few_voters", {"voters": voters}) if voters > 1 else Unsaid("one_voter"))
    if votes.prompt is not None and len(votes.prompt.names) < 20:
        said.append(Unsaid("few_prompts", {"prompts": len(votes.prompt.names)}))
    rows = [row for row in board.models if row.component == 1]
    if len(rows) > 1 and rows[1].rank_low == 1:
        tied = [row.model for row in rows if row.rank_low == 1]
        said.append(Unsaid("open_lead", {"models": ", ".join(tied[:5])}))
    if kind != "style":
        said.append(Unsaid("look"))
    elif not has_style:
        said.append(Unsaid("no_style"))
    bad = Counter(votes.outcome.tolist()).get(OUTCOMES.index("both_bad"), 0)
    if board.votes and bad / board.votes > 0.2:
        said.append(Unsaid("low_level", {"share": f"{bad / board.votes:.0%}"}))
    said.append(Unsaid("preference"))
    return said
