from pathlib import Path

from arena_server import running
from benchwright.arena.recorded import Recorded
from benchwright.arena.scripted import ScriptedModel
from benchwright.records import Reply


async def test_a_battle_shows_no_name_before_the_vote_and_both_after(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle()
        state = await voter.get(f"/api/battles/{battle}")
        assert "alpha" not in state.text
        assert "beta" not in state.text
        answer = await voter.vote(battle, tags={"a": ["correct"], "b": ["superficial"]})
        assert answer.status_code == 200
        assert {side["model"] for side in answer.json()["reveal"].values()} == {"lab/alpha-one", "lab/beta-two"}


async def test_a_vote_reaches_the_board(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        names = (await voter.vote(await voter.battle())).json()["reveal"]
        await arena.caught_up()
        board = (await voter.get("/api/board")).json()
        assert board["votes"] == 1
        assert board["models"][0]["model"] == names["a"]["model"]


async def test_the_same_ballot_twice_is_one_vote_and_another_is_refused(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle()
        first, again, other = [await voter.vote(battle, choice) for choice in ("a", "a", "b")]
        assert first.json() == again.json()
        assert other.status_code == 409
        await arena.caught_up()
        assert len(arena.arena.ledger) == 1


async def test_both_sides_end_together_in_the_stream(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        opened = await voter.post("/api/battles", {"mode": "battle", "prompt": "Hello"})
        events = await voter.events(f"/api/battles/{opened.json()['battle']}/stream?turn=0")
        kinds = [kind for kind, _ in events]
        assert kinds[-3:] == ["side", "side", "end"]
        assert set(kinds[:-3]) == {"token"}


async def test_an_open_ballot_survives_a_restart(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle()
        await voter.post(f"/api/battles/{battle}/choice", {"choice": "b_much"})
    async with running(tmp_path) as arena, arena.browser() as voter:
        state = (await voter.get(f"/api/battles/{battle}")).json()
        assert state["choice"] == "b_much"
        assert all(side["state"] == "done" for side in state["turns"][0]["sides"].values())
        assert (await voter.vote(battle, "b_much")).status_code == 200


async def test_between_two_same_answers_there_is_nothing_to_prefer(tmp_path: Path):
    models = {
        "lab/one-a": ScriptedModel("lab/one-a", lambda prompt: f"About  {prompt}"),
        "lab/two-b": ScriptedModel("lab/two-b", lambda prompt: f"About {prompt}" + "!" * ("apart" in prompt)),
    }
    async with running(tmp_path, models) as arena, arena.browser() as voter:
        battle = await voter.battle("cats")
        assert (await voter.get(f"/api/battles/{battle}")).json()["are_same"]
        refused = await voter.vote(battle, "a")
        assert (refused.status_code, refused.json()["code"]) == (422, "same_answers")
        assert (await voter.vote(battle, "both_good")).status_code == 200
        battle = await voter.battle("cats")
        await voter.post(f"/api/battles/{battle}/turns", {"prompt": "set them apart"})
        await voter.events(f"/api/battles/{battle}/stream?turn=1")
        assert not (await voter.get(f"/api/battles/{battle}")).json()["are_same"]
        assert (await voter.vote(battle, "a")).status_code == 200


def test_a_review_shows_questions_whose_answers_differ():
    replies = {
        "x/a": {"q1": Reply(text="same"), "q2": Reply(text="one")},
        "x/b": {"q1": Reply(text="same"), "q2": Reply(text="two")},
    }
    run = Recorded({"q1": "first?", "q2": "second?"}, replies)
    assert {run.pick("x/a", "x/b").source for _ in range(30)} == {"q2"}
    alike = Recorded({"q1": "first?"}, {name: {"q1": Reply(text="same")} for name in replies})
    assert alike.pick("x/a", "x/b").source == "q1"
