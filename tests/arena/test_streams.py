import asyncio
from pathlib import Path
from typing import Any

from arena_server import Browser, running
from benchwright.arena.scripted import ScriptedModel

LONG = "".join(f"word{number} " for number in range(200))


def pair(first: ScriptedModel, second: ScriptedModel | None = None) -> dict[str, Any]:
    second = second or ScriptedModel("lab/steady", lambda _: "steady answer")
    return {first.name: first, second.name: second}


class Halting(ScriptedModel):
    """Stops in the middle until it is told to go on, so that nothing hangs on how fast the machine is."""

    def __init__(self, name: str, say: Any, *, halts_after: int) -> None:
        super().__init__(name, say)
        object.__setattr__(self, "halts_after", halts_after)
        object.__setattr__(self, "halted", asyncio.Event())
        object.__setattr__(self, "go_on", asyncio.Event())

    async def stream(self, request: Any):
        said = 0
        async for chunk in super().stream(request):
            said += len(chunk.text)
            yield chunk
            if said >= self.halts_after and not self.halted.is_set():
                self.halted.set()
                await self.go_on.wait()


async def opened(voter: Browser) -> str:
    return (await voter.post("/api/battles", {"prompt": "go"})).json()["battle"]


async def sides(voter: Browser, battle: str) -> dict[str, Any]:
    return (await voter.get(f"/api/battles/{battle}")).json()["turns"][-1]["sides"]


async def test_no_token_is_lost_and_both_texts_are_whole(tmp_path: Path):
    models = pair(
        ScriptedModel("lab/talker", lambda _: LONG, piece=3), ScriptedModel("lab/other", lambda _: LONG[::-1])
    )
    async with running(tmp_path, models) as arena, arena.browser() as voter:
        battle = await opened(voter)
        events = await voter.events(f"/api/battles/{battle}/stream")
        said = {side: "".join(e["text"] for k, e in events if k == "token" and e["side"] == side) for side in "ab"}
        assert sorted(said.values()) == sorted([LONG, LONG[::-1]])


async def test_a_side_that_ended_first_is_not_shown_further_than_the_other(tmp_path: Path):
    quick = Halting("lab/quick", lambda _: "short", halts_after=10_000)
    slow = Halting("lab/slow", lambda _: LONG, halts_after=200)
    async with running(tmp_path, pair(quick, slow)) as arena, arena.browser() as voter:
        battle = await opened(voter)
        live = arena.arena.battles.streams.get(battle)
        await slow.halted.wait()
        async with asyncio.timeout(30):
            while live.shown < 5 or sum(side.state == "done" for side in live.sides.values()) < 1:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        during = await sides(voter, battle)
        assert sorted(len(side["text"]) for side in during.values()) == [5, 5], "the longer one waits for the shorter"
        assert {side["state"] for side in during.values()} == {"writing"}
        slow.go_on.set()
        shown = {"a": 0, "b": 0}
        for kind, event in await voter.events(f"/api/battles/{battle}/stream"):
            if kind == "token":
                shown[event["side"]] += len(event["text"])
        assert sorted(shown.values()) == [len("short"), len(LONG)]


async def test_a_side_that_breaks_is_told_at_once_and_the_other_goes_on(tmp_path: Path):
    broken = ScriptedModel("lab/broken", lambda _: LONG, fails_after=30)
    steady = ScriptedModel("lab/steady", lambda _: LONG, pause_s=0.002)
    async with running(tmp_path, pair(broken, steady)) as arena, arena.browser() as voter:
        battle = await opened(voter)
        events = await voter.events(f"/api/battles/{battle}/stream")
        states = {event["side"]: event["state"] for kind, event in events if kind == "side"}
        assert sorted(states.values()) == ["done", "failed"]
        whole = next(side for side, state in states.items() if state == "done")
        assert (await sides(voter, battle))[whole]["text"] == LONG
        assert (await voter.vote(battle)).status_code == 200
        await arena.caught_up()
        assert (await voter.get("/api/board")).json()["votes"] == 0, "a battle with a failed side is not counted"


async def test_a_retry_keeps_the_answer_of_the_other_side(tmp_path: Path):
    class Flaky(ScriptedModel):
        calls = 0

        async def stream(self, request: Any):
            type(self).calls += 1
            if type(self).calls == 1:
                raise OSError("gone")
            async for chunk in super().stream(request):
                yield chunk

    flaky = Flaky("lab/flaky", lambda _: "at last")
    count = iter(range(10))
    steady = ScriptedModel("lab/steady", lambda _: f"take {next(count)}")
    async with running(tmp_path, pair(flaky, steady)) as arena, arena.browser() as voter:
        battle = await voter.battle()
        state = await sides(voter, battle)
        failed = next(name for name, side in state.items() if side["state"] == "failed")
        assert (await voter.post(f"/api/battles/{battle}/retry", {"side": failed})).status_code == 200
        await voter.events(f"/api/battles/{battle}/stream")
        after = await sides(voter, battle)
        assert after[failed]["text"] == "at last"
        assert next(side["text"] for name, side in after.items() if name != failed) == "take 0"


async def test_stop_keeps_what_was_written_and_the_vote_counts(tmp_path: Path):
    endless = ScriptedModel("lab/endless", lambda _: "on and on ", never_ends=True, pause_s=0.01)
    other = ScriptedModel("lab/other", lambda _: "so it goes ", never_ends=True, pause_s=0.01)
    async with running(tmp_path, pair(endless, other)) as arena, arena.browser() as voter:
        battle = await opened(voter)
        async with asyncio.timeout(30):
            while not all(side["text"] for side in (await sides(voter, battle)).values()):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        early = await voter.vote(battle)
        assert early.status_code == 409
        assert (await voter.post(f"/api/battles/{battle}/stop")).json()["stopped"]
        await voter.events(f"/api/battles/{battle}/stream")
        assert all(side["text"] for side in (await sides(voter, battle)).values())
        assert (await voter.vote(battle)).status_code == 200


async def test_stop_does_not_tell_which_model_is_quicker(tmp_path: Path):
    quick = ScriptedModel("lab/quick", lambda _: LONG)
    slow = Halting("lab/slow", lambda _: LONG, halts_after=60)
    async with running(tmp_path, pair(quick, slow)) as arena, arena.browser() as voter:
        battle = await opened(voter)
        live = arena.arena.battles.streams.get(battle)
        await slow.halted.wait()
        async with asyncio.timeout(30):
            while live.shown < 60 or {side.state for side in live.sides.values()} != {"writing", "done"}:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await voter.post(f"/api/battles/{battle}/stop")
        events = await voter.events(f"/api/battles/{battle}/stream")
        assert {event["state"] for kind, event in events if kind == "side"} == {"done"}
        stopped = await sides(voter, battle)
        assert len({len(side["text"]) for side in stopped.values()}) == 1
        assert (await voter.vote(battle, "tie")).status_code == 200


async def test_a_battle_that_was_stopped_before_a_word_does_not_count(tmp_path: Path):
    quick = ScriptedModel("lab/quick", lambda _: LONG)
    hanging = ScriptedModel("lab/hanging", lambda _: "", never_ends=True)
    async with running(tmp_path, pair(quick, hanging)) as arena, arena.browser() as voter:
        battle = await opened(voter)
        live = arena.arena.battles.streams.get(battle)
        async with asyncio.timeout(30):
            while {side.state for side in live.sides.values()} != {"writing", "done"}:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await voter.post(f"/api/battles/{battle}/stop")
        await voter.events(f"/api/battles/{battle}/stream")
        assert {side["state"] for side in (await sides(voter, battle)).values()} == {"failed"}
        await voter.vote(battle, "a")
        await arena.caught_up()
        assert (await voter.get("/api/board?kind=live")).json()["votes"] == 0


async def test_a_model_that_hangs_fails_alone_and_blocks_nobody(tmp_path: Path):
    hanging = ScriptedModel("lab/hanging", lambda _: "", never_ends=True)
    async with (
        running(tmp_path, pair(hanging), first_words_timeout_s=1.5, side_timeout_s=60.0) as arena,
        arena.browser() as voter,
    ):
        battle = await opened(voter)
        assert (await asyncio.wait_for(voter.get("/api/me"), 30)).status_code == 200
        events = await asyncio.wait_for(voter.events(f"/api/battles/{battle}/stream"), 40)
        assert sorted(event["state"] for kind, event in events if kind == "side") == ["done", "failed"]


async def test_a_flood_is_cut_and_marked(tmp_path: Path):
    flood = ScriptedModel("lab/flood", lambda _: "x" * 5_000, piece=500, never_ends=True)
    async with running(tmp_path, pair(flood), longest_answer=20_000, pace=2_000_000) as arena, arena.browser() as voter:
        battle = await opened(voter)
        await asyncio.wait_for(voter.events(f"/api/battles/{battle}/stream"), 60)
        assert max(len(side["text"]) for side in (await sides(voter, battle)).values()) == 20_000


async def test_a_further_turn_sees_the_conversation_so_far(tmp_path: Path):
    class Counting(ScriptedModel):
        async def stream(self, request: Any):
            seen = len(request.messages)
            async for chunk in ScriptedModel(self.name, lambda _: f"{seen} messages").stream(request):
                yield chunk

    models = {name: Counting(name, str) for name in ("lab/one-x", "lab/two-y")}
    async with running(tmp_path, models) as arena, arena.browser() as voter:
        battle = await voter.battle()
        assert (await voter.post(f"/api/battles/{battle}/turns", {"prompt": "and then?"})).json() == {"turn": 1}
        await voter.events(f"/api/battles/{battle}/stream?turn=1")
        assert {side["text"] for side in (await sides(voter, battle)).values()} == {"3 messages"}


async def test_a_voter_may_have_only_so_many_answers_written_at_once(tmp_path: Path):
    slow = ScriptedModel("lab/slow", lambda _: LONG, pause_s=0.05)
    async with running(tmp_path, pair(slow), open_streams=2) as arena, arena.browser() as voter:
        codes = [(await voter.post("/api/battles", {"prompt": "go"})).status_code for _ in range(3)]
        assert codes == [200, 200, 429]


async def test_a_stream_that_has_ended_can_be_read_again(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle()
        again = await voter.events(f"/api/battles/{battle}/stream?turn=0")
        assert [kind for kind, _ in again][-1] == "end"
        assert {kind for kind, _ in again} == {"token", "side", "end"}
