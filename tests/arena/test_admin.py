import asyncio
import csv
import io
import json
from pathlib import Path

import duckdb
import httpx
import pytest

from arena_server import recorded, running
from benchwright.arena.exports import _safe_cell
from benchwright.errors import UnknownName
from benchwright.records import Question
from benchwright.workflows.arena import forget_voter

MODELS = ("lab/one", "lab/two", "lab/three")


async def test_a_paused_model_is_drawn_no_more_and_its_history_stays(tmp_path: Path):
    async with running(tmp_path, {}, recorded=recorded(MODELS, 4)) as arena, arena.browser() as owner:
        assert (await owner.post("/api/admin/models", {"name": "lab/two", "action": "pause"})).status_code == 200
        for _ in range(10):
            battle = (await owner.post("/api/battles", {"mode": "review"})).json()["battle"]
            revealed = (await owner.vote(battle)).json()["reveal"]
            assert "lab/two" not in {side["model"] for side in revealed.values()}
        listed = (await owner.get("/api/admin/models")).json()
        assert {row["name"]: row["state"] for row in listed["models"]}["lab/two"] == "paused"
        assert [row["action"] for row in listed["history"] if row["model"] == "lab/two"] == ["add", "pause"]


async def test_a_model_cannot_be_resumed_that_was_never_paused(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        assert (await owner.post("/api/admin/models", {"name": "lab/alpha-one", "action": "resume"})).status_code == 409
        assert (await owner.post("/api/admin/models", {"name": "lab/nobody", "action": "pause"})).status_code == 404


async def test_an_archived_tag_takes_no_new_votes_and_keeps_the_old(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        assert (await owner.vote(await owner.battle(), "a", tags={"a": ["correct"]})).status_code == 200
        body = {"key": "correct", "verdict": "good", "labels": {"en": "right"}, "archived": True}
        assert (await owner.post("/api/admin/tags", body)).status_code == 200
        assert (await owner.vote(await owner.battle(), "a", tags={"a": ["correct"]})).status_code == 422
        await arena.caught_up()
        assert (await owner.get("/api/board?tag=correct")).json()["votes"] == 1


async def test_the_owners_category_sorts_prompts_from_now_on(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        body = {"key": "warranty", "labels": {"en": "Warranty"}, "words": ["warranty", "보증"]}
        assert (await owner.post("/api/admin/categories", body)).status_code == 200
        await owner.vote(await owner.battle("How long is the warranty?"))
        await arena.caught_up()
        assert (await owner.get("/api/board?category=warranty")).json()["votes"] == 1


async def test_an_invitation_opens_as_often_as_it_says(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        made = (await owner.post("/api/admin/invitations", {"label": "team", "group": "support", "uses": 1})).json()
        async with arena.browser(f"invite={made['code']}") as guest:
            assert not (await guest.get("/api/me")).json()["is_owner"]
        async with httpx.AsyncClient(base_url=arena.address) as late:
            assert (await late.post("/join", data={"code": made["code"]})).status_code == 401


async def test_exports_hold_every_vote_and_texts_only_when_asked(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        await owner.vote(await owner.battle("A secret prompt"), "a_much", comment="=SUM(A1)", tags={"a": ["clear"]})
        await owner.vote(await owner.battle(), "both_bad")
        bare = await owner.get("/api/admin/export?format=csv")
        assert "secret" not in bare.text
        rows = list(csv.DictReader(io.StringIO(bare.text)))
        assert [row["winner"] for row in rows] == ["a_much", "both_bad"]
        lines = (await owner.get("/api/admin/export?format=jsonl&texts=1")).text.splitlines()
        assert json.loads(lines[0])["prompt_text"] == "A secret prompt"
        with_texts = list(csv.DictReader(io.StringIO((await owner.get("/api/admin/export?format=csv&texts=1")).text)))
        assert with_texts[0]["comment"] == "'=SUM(A1)"
        table = tmp_path / "votes.parquet"
        table.write_bytes((await owner.get("/api/admin/export?format=parquet")).content)
        assert duckdb.sql(f"select count(*) from '{table}'").fetchall() == [(2,)]


async def test_a_battle_with_a_reason_becomes_a_question_for_review(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        await owner.vote(await owner.battle("What is a cat?"), "a", tags={"a": ["correct"]})
        await owner.vote(await owner.battle("What is a dog?"), "a")
        lines = (await owner.get("/api/admin/export/questions")).text.splitlines()
        assert [Question.model_validate_json(line).text for line in lines] == ["What is a cat?"]


async def test_why_tells_the_reasons_spans_and_battles_behind_wins(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        battle = await owner.battle("Prompt to read")
        span = {"side": "a", "turn": 0, "start": 0, "end": 5, "verdict": "good", "word": "apt"}
        revealed = (await owner.vote(battle, "a", tags={"a": ["clear"]}, spans=[span])).json()["reveal"]
        await arena.caught_up()
        why = (await owner.client.get("/api/why", params={"model": revealed["a"]["model"]})).json()
        assert why["wins"]["reasons"] == [{"tag": "clear", "votes": 1}]
        assert why["wins"]["battles"][0]["prompt"] == "Prompt to read"
        assert why["spans"]["good"][0]["word"] == "apt"
        loser = (await owner.client.get("/api/why", params={"model": revealed["b"]["model"]})).json()
        assert loser["winners"] == [{"tag": "clear", "votes": 1}]
        assert [(row["votes"], row["losses"]) for row in loser["categories"]] == [(1, 1)]
        async with arena.guest() as guest:
            seen = await guest.client.get("/api/why", params={"model": revealed["a"]["model"]})
            assert "Prompt to read" not in seen.text
            assert seen.json()["wins"]["reasons"] == [{"tag": "clear", "votes": 1}]


async def test_the_sampling_rule_is_shown_and_outlives_a_restart(tmp_path: Path):
    run = recorded(MODELS, 4)
    async with running(tmp_path, {}, recorded=run) as arena, arena.browser() as owner:
        await owner.post("/api/admin/sampling", {"rule": "uniform", "floor": 0.5})
    async with running(tmp_path, {}, recorded=run) as arena, arena.browser() as owner:
        shown = (await owner.get("/api/admin/sampling")).json()
        assert shown["rule"] == "uniform"
        assert (
            sum(pair["probability"] for pair in shown["pairs"]) == 1.0
            or abs(sum(pair["probability"] for pair in shown["pairs"]) - 1.0) < 1e-9
        )


async def test_an_audit_without_enough_votes_says_so(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        found = (await owner.get("/api/admin/audit")).json()
        assert found["audit"] is None
        assert "votes" in found["note"]


async def test_blind_votes_are_labels_in_the_columns_of_a_judge(tmp_path: Path):
    async with running(tmp_path, recorded=recorded(MODELS, 4)) as arena, arena.browser() as owner:
        review = (await owner.post("/api/battles", {"mode": "review"})).json()["battle"]
        await owner.vote(review, "b_much", comment="it is right")
        await owner.vote(await owner.battle("What is a cat?"), "both_bad")
        named = await owner.battle(mode="side_by_side", models=["lab/alpha-one", "lab/beta-two"])
        await owner.vote(named, "a")
        lines = (await owner.get("/api/admin/export/labels")).text.splitlines()
        first, second = (json.loads(line) for line in lines)
        assert (first["winner"], first["reason"]) == ("b", "it is right")
        assert first["question_id"].startswith("q")
        assert first["response_a"].startswith("answer number")
        assert (second["winner"], second["choice"], second["question_id"]) == ("tie", "both_bad", "")


async def test_a_reaction_to_one_turn_is_shown_again_and_exported(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        battle = await owner.battle()
        await owner.post(f"/api/battles/{battle}/reactions", {"turn": 0, "side": "b", "verdict": "bad", "word": "dull"})
        sides = (await owner.get(f"/api/battles/{battle}")).json()["turns"][0]["sides"]
        assert sides["b"]["reaction"] == "bad"
        assert "reaction" not in sides["a"]
        await owner.vote(battle, "a")
        row = json.loads((await owner.get("/api/admin/export?format=jsonl&texts=1")).text)
        assert json.loads(row["reactions"]) == [{"turn": 0, "side": "b", "verdict": "bad", "word": "dull"}]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =1+1", "＝1+1", "\t=1", "\n=1"])
def test_no_cell_runs_as_a_formula(cell: str):
    assert _safe_cell(cell).startswith("'")
    assert _safe_cell("a=1") == "a=1"
    assert _safe_cell(-1.5) == -1.5


async def test_a_voter_is_forgotten_by_one_command_beside_the_running_server(tmp_path: Path):
    async with running(tmp_path) as arena, arena.guest() as guest, arena.browser() as owner:
        await guest.vote(await guest.battle("zebra-in-the-pantry"), "a")
        await arena.caught_up()
        name = (await guest.get("/api/me")).json()["voter"]
        database = str(tmp_path / "votes.sqlite")
        assert await forget_voter(database, name) == {"votes": 1, "battles": 1}
        async with asyncio.timeout(30):
            while (await guest.get("/api/me")).status_code != 401:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert "zebra" not in (await owner.get("/api/admin/export?format=jsonl&texts=1")).text
        with pytest.raises(UnknownName, match="owner"):
            await forget_voter(database, "voter-nobody")


async def test_a_flagged_prompt_is_listed_and_left_out_of_what_is_asked_again(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        battle = await owner.battle("What is a cat?")
        await owner.vote(battle, "a", tags={"a": ["correct"]})
        flagged = await owner.post("/api/admin/prompts", {"battle": battle, "flag": "a test"})
        assert flagged.status_code == 200
        assert (await owner.get(f"/api/battles/{battle}")).json()["flag"] == "a test"
        listed = (await owner.get("/api/admin/prompts")).json()["prompts"]
        assert [(row["id"], row["flag"]) for row in listed] == [(battle, "a test")]
        assert not (await owner.get("/api/admin/export/questions")).text
        assert not (await owner.get("/api/admin/export/labels")).text
        await arena.caught_up()
        assert (await owner.get("/api/board?kind=live")).json()["votes"] == 1, "a flag takes no vote off the board"
        await owner.post("/api/admin/prompts", {"battle": battle, "flag": ""})
        assert not (await owner.get("/api/admin/prompts")).json()["prompts"]
        assert (await owner.get("/api/admin/export/questions")).text
        async with arena.guest() as guest:
            own = await guest.battle("What is a dog?")
            await owner.post("/api/admin/prompts", {"battle": own, "flag": "odd"})
            assert (await guest.get(f"/api/battles/{own}")).json()["flag"] == ""


async def test_why_tells_what_is_said_of_a_model_more_often_than_of_the_others(tmp_path: Path):
    async with running(tmp_path, {}, recorded=recorded(MODELS[:3], 30)) as arena, arena.browser() as owner:
        for _ in range(40):
            battle = (await owner.post("/api/battles", {"mode": "review"})).json()["battle"]
            sides = (await owner.get(f"/api/battles/{battle}")).json()["turns"][0]["sides"]
            first = {side: "answer number 0" in sides[side]["text"] for side in "ab"}
            tags = {side: ["too_long" if first[side] else "clear"] for side in "ab"}
            assert (await owner.vote(battle, "tie", tags=tags, comment="so so")).status_code == 200
        await arena.caught_up()
        why = (await owner.client.get("/api/why", params={"model": MODELS[0]})).json()
        assert [(row["tag"], row["clear"], row["others"]) for row in why["said"] if row["tag"] == "too_long"] == [
            ("too_long", "more", 0)
        ]
        assert {row["clear"] for row in why["said"]} == {"more", "less"}
        assert why["comments"][0]["result"] == "tie"
        assert (await owner.client.get("/api/why", params={"model": MODELS[2]})).json()["ties"]["votes"] > 0
