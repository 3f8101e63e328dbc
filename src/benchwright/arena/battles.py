"""A battle from the draw to its last turn: two hidden models, their answers, what may be seen before the vote."""

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from benchwright.arena.battle_view import SIDES, BattleView, read_battle
from benchwright.arena.candidates import Candidates
from benchwright.arena.category_model import CategoryModel
from benchwright.arena.errors import Conflict, Invalid, NotFound, TooMany
from benchwright.arena.identity import self_naming
from benchwright.arena.keys import Keys, new_battle
from benchwright.arena.matchmaking import PairTable
from benchwright.arena.prompt_categories import Categories
from benchwright.arena.prompt_checks import PromptChecks
from benchwright.arena.recorded import Recorded
from benchwright.arena.settings import ArenaSettings
from benchwright.arena.streams import Answer, LiveTurn, Side, Streams
from benchwright.arena.voters import Voter
from benchwright.records import Message, Reply
from benchwright.store import votes_statements as q
from benchwright.store.votes import Step, VotesDatabase
from benchwright.text.language import detect_language

Mode = Literal["battle", "review", "side_by_side", "direct"]
MOST_TURNS = 40
MOST_ATTEMPTS = 20
MOST_KINDS = 8_000
RULES = "rules"
INTERRUPTED = "the server was restarted while this was being written; try again"


@dataclass
class Battles:
    """Draws battles, has them answered, and tells their state."""

    database: VotesDatabase
    keys: Keys
    settings: ArenaSettings
    candidates: Candidates
    streams: Streams
    categories: Categories
    recorded: Recorded
    checks: PromptChecks
    category_model: CategoryModel | None = None
    pairs: PairTable | None = None
    review_pairs: PairTable | None = None
    names: tuple[str, ...] = ()
    """Every model of the arena: an answer that calls itself by one of these names is flagged."""
    _kinds: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    _leaks: dict[str, str] = field(default_factory=dict[str, str])
    _writing: dict[str, int] = field(default_factory=dict[str, int])
    _beside: set["asyncio.Task[None]"] = field(default_factory=set["asyncio.Task[None]"])

    async def open(
        self,
        voter: Voter,
        *,
        mode: Mode,
        prompt: str = "",
        source: str = "typed",
        models: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Start a battle: draw the pair (or take the named models), keep it, and have both sides begin to answer."""
        if mode == "review":
            return await self._open_review(voter)
        self._check_room(voter)
        prompt, flag = await self.checks.accepted(prompt)
        if mode == "battle":
            model_a, model_b, propensity, rule = self._drawn(self.pairs)
        else:
            model_a, model_b = self._named(mode, models)
            propensity, rule = 1.0, "named"
        row = self._row(voter, mode, prompt, source, model_a, model_b, propensity, rule) | {"flag": flag}
        battle = row["id"]
        await self.database.write(Step(q.ADD_BATTLE, (row,)), _turn(battle, 0, prompt))
        sides = SIDES if model_b else SIDES[:1]
        self._begin(battle, 0, {s: row[f"model_{s}"] for s in sides}, [Message(role="user", content=prompt)], voter)
        self._sort_by_model(battle, prompt)
        return {"battle": battle, "mode": mode, "turn": 0, "prompt": prompt, "sides": list(sides)}

    async def _open_review(self, voter: Voter) -> dict[str, Any]:
        model_a, model_b, propensity, rule = self._drawn(self.review_pairs)
        item = self.recorded.pick(model_a, model_b)
        row = self._row(voter, "review", item.prompt, item.source, model_a, model_b, propensity, rule)
        battle = row["id"]
        answers = [
            self._answer_row(battle, 0, Side(side, 0, text, "done", reply, reply.latency_ms, leak=self._leak(text)))
            for side, reply in zip(SIDES, (item.first, item.second), strict=True)
            for text in (reply.text,)
        ]
        await self.database.write(
            Step(q.ADD_BATTLE, (row,)), _turn(battle, 0, item.prompt), Step(q.ADD_RESPONSE, answers)
        )
        return {"battle": battle, "mode": "review", "turn": 0, "prompt": item.prompt, "sides": list(SIDES)}

    def _row(
        self,
        voter: Voter,
        mode: Mode,
        prompt: str,
        source: str,
        model_a: str,
        model_b: str,
        propensity: float,
        rule: str,
    ) -> dict[str, Any]:
        category, language = self._kind_of(prompt)
        return {
            "id": new_battle(),
            "mode": mode,
            "cluster": voter.cluster,
            "created": time.time(),
            "prompt": prompt,
            "prompt_key": self.keys.prompt_key(prompt),
            "source": source,
            "model_a": model_a,
            "model_b": model_b,
            "propensity": propensity,
            "rule": rule,
            "category": category,
            "language": language,
            "state": "open",
            "choice": "",
            "flag": "",
            "sorted_by": RULES,
        }

    def _sort_by_model(self, battle: str, prompt: str) -> None:
        """Ask the model for the category while the answers are written; where it is silent, the rules' stands."""
        sorter = self.category_model
        if sorter is None:
            return

        async def sort() -> None:
            category = await sorter.of(prompt, self.categories.names)
            if category is not None:
                values = {"which_battle": battle, "category": category, "sorted_by": sorter.model.name}
                await self.database.write(Step(q.SORT_BATTLE, (values,)))

        task = asyncio.create_task(sort())
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def close(self) -> None:
        """End what is being written and sorted."""
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self.streams.close()

    def _kind_of(self, prompt: str) -> tuple[str, str]:
        """Category and language of a prompt; remembered, because suggestions and recorded questions come again."""
        if (found := self._kinds.get(prompt)) is None:
            found = self.categories.of(prompt), detect_language(prompt)
            if len(self._kinds) >= MOST_KINDS:
                self._kinds.clear()
            self._kinds[prompt] = found
        return found

    def forget_kinds(self) -> None:
        """The categories have changed: tell prompts apart anew."""
        self._kinds.clear()

    def _leak(self, text: str) -> str:
        """How a recorded answer names itself; remembered, because each is shown many times."""
        if (found := self._leaks.get(text)) is None:
            if len(self._leaks) >= MOST_KINDS:
                self._leaks.clear()
            found = self._leaks[text] = self_naming(text, self.names)
        return found

    def _drawn(self, table: PairTable | None) -> tuple[str, str, float, str]:
        if table is None or not len(table.probability):
            raise Conflict("fewer than two models are in the draw; the owner adds some on the admin page", "few_models")
        chance = secrets.SystemRandom()
        first, second, probability = table.draw(chance.random())
        if chance.random() < 0.5:
            first, second = second, first
        return first, second, probability, table.rule

    def _named(self, mode: Mode, models: Sequence[str]) -> tuple[str, str]:
        wanted = 1 if mode == "direct" else 2
        if len(models) != wanted or len(set(models)) != wanted:
            raise Invalid(f"name {'one model' if wanted == 1 else 'two different models'} in `models`")
        for name in models:
            if name not in self.candidates.models:
                raise NotFound("one of the named models is not in this arena", "no_model")
        return models[0], models[1] if wanted == 2 else ""

    def _check_room(self, voter: Voter) -> None:
        if self._writing.get(voter.cluster, 0) >= self.settings.open_streams:
            most = self.settings.open_streams
            raise TooMany(f"{most} answers are being written for you; wait for one, or stop it", "no_room", count=most)

    def _begin(
        self,
        battle: str,
        turn: int,
        models: Mapping[str, str],
        conversations: Sequence[Message] | Mapping[str, Sequence[Message]],
        voter: Voter,
        *,
        attempts: Mapping[str, int] | None = None,
        kept: Sequence[Side] = (),
    ) -> None:
        attempts = attempts or {}
        sides = {side: Side(side, attempts.get(side, 0)) for side in models} | {side.name: side for side in kept}
        live = LiveTurn(battle, turn, dict(sorted(sides.items())))
        answers: dict[str, Answer] = {}
        asked: dict[str, str] = {}
        for side, name in models.items():
            said = conversations[side] if isinstance(conversations, Mapping) else conversations
            asked[side] = said[-1].content
            answers[side] = partial(self.candidates.answer, name, said, attempt=attempts.get(side, 0), battle=battle)
        self._writing[voter.cluster] = self._writing.get(voter.cluster, 0) + 1
        self.streams.start(live, answers, partial(self._keep, battle, turn, models, asked))
        asyncio.gather(*live.tasks, return_exceptions=True).add_done_callback(lambda _: self._freed(voter.cluster))

    def _freed(self, cluster: str) -> None:
        left = self._writing.get(cluster, 1) - 1
        if left > 0:
            self._writing[cluster] = left
        else:
            self._writing.pop(cluster, None)

    async def _keep(
        self, battle: str, turn: int, models: Mapping[str, str], asked: Mapping[str, str], side: Side
    ) -> None:
        if not side.is_stopped:
            self.candidates.ended(models[side.name], is_good=side.state != "failed")
        row = self._answer_row(battle, turn, side, asked=asked[side.name])
        await self.database.write(Step(q.ADD_ANSWER, (row,)))

    def _answer_row(self, battle: str, turn: int, side: Side, *, asked: str = "") -> dict[str, Any]:
        reply = side.reply or Reply(text=side.text)
        text = side.text.replace("\0", "\ufffd")
        leak = self_naming(text, self.names, prompt=asked) if side.leak is None else side.leak
        return {
            "battle": battle,
            "turn": turn,
            "side": side.name,
            "attempt": side.attempt,
            "text": text,
            "state": "error" if side.state == "failed" else reply.state,
            "reason": reply.reason,
            "latency_ms": side.latency_ms if reply.latency_ms is None else reply.latency_ms,
            "input_tokens": reply.usage.input_tokens,
            "output_tokens": reply.usage.output_tokens,
            "cost_usd": reply.cost_usd,
            "leak": leak,
        }

    async def view(self, battle: str, voter: Voter) -> BattleView:
        """Read a battle of this voter; raises `NotFound` for another's, as for one that does not exist."""
        view = await read_battle(self.database, battle)
        if view.row["cluster"] != voter.cluster:
            raise NotFound("there is no such battle", "no_battle")
        return view

    def check_open(self, view: BattleView) -> None:
        """Raise `Conflict` where a battle takes nothing more."""
        if view.row["state"] != "open":
            raise Conflict("this battle has ended", "battle_ended")

    async def add_turn(self, battle: str, prompt: str, voter: Voter) -> int:
        """Ask both models one thing more; returns the number of the turn."""
        self._check_room(voter)
        prompt, flag = await self.checks.accepted(prompt)
        view = await self._idle(battle, voter)
        if view.row["mode"] == "review":
            raise Conflict("a review shows recorded answers; it has no further turns", "review_fixed")
        if not view.is_complete:
            raise Conflict("a side has failed; try it again before you go on", "side_failed")
        if len(view.turns) >= MOST_TURNS:
            raise Conflict(f"a battle has at most {MOST_TURNS} turns", "most_turns", count=MOST_TURNS)
        turn = len(view.turns)
        flagged = (Step(q.FLAG_BATTLE, ({"which_battle": battle, "flag": flag},)),) if flag else ()
        asked = {"battle": battle, "turn": turn, "prompt": prompt, "created": time.time()}
        if (await self.database.write(Step(q.ADD_FURTHER_TURN, (asked,), must_change=True), *flagged))[0] == 0:
            raise NotFound("there is no such battle", "no_battle")
        said = {side: [*view.conversation(side, turn), Message(role="user", content=prompt)] for side in view.sides}
        self._begin(battle, turn, {side: view.model(side) for side in view.sides}, said, voter)
        return turn

    async def write_again(self, battle: str, voter: Voter, *, side: str = "") -> None:
        """Have the newest turn answered again: by both sides, or by one while the other's answer stands."""
        view = await self._idle(battle, voter)
        if view.row["mode"] == "review":
            raise Conflict("a review shows recorded answers; they cannot be written again", "review_fixed")
        self._check_room(voter)
        chosen = (side,) if side else view.sides
        if side and side not in view.sides:
            raise Invalid(f"`side` is one of {', '.join(view.sides)}")
        turn = view.last_turn
        attempts = {s: view.answers[turn, s].attempt + 1 if (turn, s) in view.answers else 0 for s in view.sides}
        if max(attempts.values()) > MOST_ATTEMPTS:
            raise TooMany(
                f"a turn can be answered again {MOST_ATTEMPTS} times at most", "most_attempts", count=MOST_ATTEMPTS
            )
        kept: list[Side] = []
        for other in view.sides:
            if other not in chosen:
                answer = view.answers.get((turn, other))
                if answer is None or answer.state == "error":
                    chosen = (*chosen, other)
                else:
                    kept.append(Side(other, answer.attempt, answer.text, "done", is_given=True))
        said = {s: [*view.conversation(s, turn), Message(role="user", content=view.turns[turn])] for s in chosen}
        self._begin(battle, turn, {s: view.model(s) for s in chosen}, said, voter, attempts=attempts, kept=kept)

    async def stop(self, battle: str, voter: Voter) -> bool:
        """End the writing; what was written stays."""
        await self.view(battle, voter)
        return self.streams.stop(battle)

    async def _idle(self, battle: str, voter: Voter) -> BattleView:
        view = await self.view(battle, voter)
        self.check_open(view)
        if self.streams.get(battle) is not None:
            raise Conflict("the answers are still being written; wait, or stop them", "still_writing")
        return view

    async def events(self, battle: str, turn: int, voter: Voter) -> AsyncGenerator[dict[str, Any]]:
        """Yield what the page is to show of a turn: tokens of both sides, then how each ended, then the end."""
        live = self.streams.get(battle)
        if live is None or live.turn != turn:
            view = await self.view(battle, voter)
            for side in view.sides:
                answer = view.answers.get((turn, side))
                if answer is not None and answer.state != "error":
                    yield {"event": "token", "side": side, "text": answer.text}
                is_failed = answer is None or answer.state == "error"
                yield {"event": "side", "side": side, "state": "failed" if is_failed else "done"}
            yield {"event": "end", "texts": {side: view.texts(side)[turn] for side in view.sides}}
            return
        sent = dict.fromkeys(live.sides, 0)
        told: set[str] = set()
        while True:
            pulse, is_over = live.pulse, live.is_over
            for side in live.sides.values():
                text = live.visible(side.name)
                if len(text) > sent[side.name]:
                    yield {"event": "token", "side": side.name, "text": text[sent[side.name] :]}
                    sent[side.name] = len(text)
            for side in live.sides.values():
                if side.name not in told and (side.state == "failed" or is_over):
                    told.add(side.name)
                    yield {"event": "side", "side": side.name, "state": side.state}
            if is_over:
                yield {"event": "end", "texts": {name: side.text for name, side in live.sides.items()}}
                return
            yield {"event": "flush"}
            await pulse.wait()
            if self.streams.is_ended:
                return


def _turn(battle: str, turn: int, prompt: str) -> Step:
    return Step(q.ADD_TURN, ({"battle": battle, "turn": turn, "prompt": prompt, "created": time.time()},))
