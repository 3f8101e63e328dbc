"""The ballot: one click that may be undone, optional reasons, then Send, which is final, and only then the names."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from benchwright.arena.battle_view import BattleView
from benchwright.arena.battles import Battles
from benchwright.arena.candidates import cost_of
from benchwright.arena.errors import Conflict, Invalid, NotFound
from benchwright.arena.ledger import DIRECT_CHOICES
from benchwright.arena.style import style_of
from benchwright.arena.tags import Tags
from benchwright.arena.voters import Voter, checked_metadata, log_step
from benchwright.records import content_hash
from benchwright.store import votes_statements as q
from benchwright.store.votes import Step, VotesDatabase

Choice = Literal["a_much", "a", "tie", "b", "b_much", "both_good", "both_bad"]
Which = Literal["a", "b"]
Verdict = Literal["good", "bad"]
EVEN = frozenset({"tie", "both_good", "both_bad"})
"""What can be said of two answers that are the same."""
LONGEST_COMMENT = 4_000
LONGEST_WORD = 200
MOST_SPANS = 60


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpanMark(_Body):
    """Characters `start:end` of one side's text in one turn, marked good or bad, with a word on why."""

    side: Which
    turn: int = Field(ge=0, le=1_000)
    start: int = Field(ge=0, le=10_000_000)
    end: int = Field(ge=0, le=10_000_000)
    verdict: Verdict
    word: str = Field(default="", max_length=LONGEST_WORD)


class Ballot(_Body):
    """Everything that a voter sends."""

    choice: Choice
    tags: dict[Which, tuple[str, ...]] = {}
    spans: tuple[SpanMark, ...] = Field(default=(), max_length=MOST_SPANS)
    comment: str = Field(default="", max_length=LONGEST_COMMENT)
    ship: Literal["a", "b", "none"] | None = None
    metadata: dict[str, str] = {}


@dataclass
class Ballots:
    """Takes ballots in, once each."""

    database: VotesDatabase
    battles: Battles
    tags: Tags

    async def choose(self, battle: str, choice: Choice | None, voter: Voter) -> None:
        """Keep the first step of the ballot, or take it back; it may be changed until the ballot is sent."""
        values = {"which_battle": battle, "which_cluster": voter.cluster, "choice": choice or ""}
        if await self.database.write(Step(q.SET_CHOICE, (values,))) == [0]:
            self.battles.check_open(await self.battles.view(battle, voter))
            raise Conflict("this battle has ended", "battle_ended")

    async def send(self, battle: str, ballot: Ballot, voter: Voter) -> dict[str, Any]:
        """Accept a ballot once and for all; returns the vote and who was who, when the vote is durable.

        The same ballot sent again gets the same answer; a different one for the same battle is refused.
        """
        view = await self.battles.view(battle, voter)
        body = content_hash(ballot.model_dump(mode="json"))
        if view.row["state"] == "voted":
            return await self._repeated(view, body)
        self.battles.check_open(view)
        if self.battles.streams.get(battle) is not None:
            raise Conflict("the answers are still being written; wait, or stop them, and then vote", "still_writing")
        self._check(ballot, view)
        row = self._row(ballot, view, voter, body)
        ending = {"which_battle": battle, "which_cluster": voter.cluster, "state": "voted"}
        changed = await self.database.write(
            Step(q.END_BATTLE, (ending,), must_change=True),
            Step(q.ADD_VOTE, (row,), is_vote=True),
            Step(q.SET_CHOICE_OF_VOTE, ({"which_battle": battle, "choice": ballot.choice},)),
            Step(q.ADD_SPAN, [_span(battle, at, mark, view) for at, mark in enumerate(ballot.spans)]),
        )
        if changed == [0]:
            return await self._repeated(await self.battles.view(battle, voter), body)
        return {"vote": battle, "reveal": reveal(view)}

    async def _repeated(self, view: BattleView, body: str) -> dict[str, Any]:
        votes = await self.database.read(q.VOTE, {"which_battle": view.id})
        if not votes or votes[0]["body_hash"] != body:
            raise Conflict("this battle has its vote; a vote can be withdrawn, but never changed", "voted_already")
        return {"vote": view.id, "reveal": reveal(view)}

    def _check(self, ballot: Ballot, view: BattleView) -> None:
        if len(view.sides) == 1 and ballot.choice not in DIRECT_CHOICES:
            raise Invalid("with one model a vote is `both_good` or `both_bad`: good or bad")
        if view.are_same and ballot.choice not in EVEN:
            raise Invalid(
                "both answers are the same, word for word: say equal, both good or both bad, or ask further",
                "same_answers",
            )
        for marked in ballot.tags.values():
            self.tags.check(marked)
        for mark in ballot.spans:
            text = view.texts(mark.side)[mark.turn] if mark.turn <= view.last_turn else ""
            if not 0 <= mark.start < mark.end <= len(text):
                raise Invalid(f"a span {mark.start}:{mark.end} lies outside the answer of {len(text)} characters")
        checked_metadata(ballot.metadata)

    def _row(self, ballot: Ballot, view: BattleView, voter: Voter, body: str) -> dict[str, Any]:
        has_leak = any(answer.leak for answer in view.answers.values())
        is_blind = view.row["mode"] in ("battle", "review")
        state = "counted" if view.is_complete else "incomplete"
        if has_leak and is_blind:
            state = "leaked"
        return {
            "battle": view.id,
            "at": time.time(),
            "cluster": voter.cluster,
            "voter_group": voter.group,
            "mode": view.row["mode"],
            "model_a": view.row["model_a"],
            "model_b": view.row["model_b"],
            "choice": ballot.choice,
            "tags_a": _json(sorted(set(ballot.tags.get("a", ())))),
            "tags_b": _json(sorted(set(ballot.tags.get("b", ())))),
            "comment": ballot.comment.replace("\0", ""),
            "ship": ballot.ship or "",
            "metadata": _json({**voter.metadata, **ballot.metadata}) if voter.consent else "{}",
            "propensity": view.row["propensity"],
            "prompt_key": view.row["prompt_key"],
            "category": view.row["category"],
            "language": view.row["language"],
            "style": _json([style_of(view.texts("a")), style_of(view.texts("b"))]),
            "state": state,
            "body_hash": body,
        }

    async def skip(self, battle: str, voter: Voter) -> None:
        """End a battle without a vote; nothing is revealed."""
        values = {"which_battle": battle, "which_cluster": voter.cluster, "state": "skipped"}
        if await self.database.write(Step(q.END_BATTLE, (values,))) == [0]:
            view = await self.battles.view(battle, voter)
            if view.row["state"] != "skipped":
                self.battles.check_open(view)
        self.battles.streams.stop(battle)

    async def withdraw(self, battle: str, voter: Voter) -> None:
        """Take a vote out of every board; it is kept as withdrawn."""
        votes = await self.database.read(q.VOTE, {"which_battle": battle})
        if not votes or votes[0]["cluster"] != voter.cluster:
            raise NotFound("there is no such vote")
        values = {"which_battle": battle, "which_cluster": voter.cluster}
        await self.database.write(
            Step(q.WITHDRAW, (values,), must_change=True),
            log_step("voter", "withdrawn", battle, seq=votes[0]["seq"]),
        )

    async def react(
        self, battle: str, voter: Voter, *, turn: int, side: Which, verdict: Verdict | None, word: str
    ) -> None:
        """Keep a reaction to one side of one turn, or take it back (`verdict` of `None`)."""
        view = await self.battles.view(battle, voter)
        self.battles.check_open(view)
        if (turn, side) not in view.answers:
            raise NotFound("there is no such answer")
        place = {"which_battle": battle, "which_turn": turn, "which_side": side}
        row = {"battle": battle, "turn": turn, "side": side, "verdict": verdict, "word": word, "at": time.time()}
        added = (Step(q.ADD_REACTION, (row,)),) if verdict else ()
        await self.database.write(Step(q.DROP_REACTION, (place,)), *added)


def reveal(view: BattleView) -> dict[str, Any]:
    """Who was who, and what the answers took; only for a battle that has its vote, or whose models were named."""
    return {side: _revealed(view, side) for side in view.sides}


def _revealed(view: BattleView, side: str) -> dict[str, Any]:
    rows = [view.answers[turn, side].row for turn in range(len(view.turns)) if (turn, side) in view.answers]
    return {
        "model": view.model(side),
        "latency_ms": _sum([row["latency_ms"] for row in rows]),
        "tokens": _sum([row["output_tokens"] for row in rows]),
        "cost_usd": cost_of([row["cost_usd"] for row in rows]),
    }


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _span(battle: str, number: int, mark: SpanMark, view: BattleView) -> Mapping[str, Any]:
    quote = view.texts(mark.side)[mark.turn][mark.start : mark.end]
    return {"battle": battle, "number": number, **mark.model_dump(), "quote": quote[:1_000]}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
