import asyncio
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from arena_server import recorded, running
from benchwright.arena.boards import KEEP_S, board_of
from benchwright.arena.settings import ArenaSettings
from benchwright.records.comparison import Comparisons
from benchwright.store.votes import Row, VotesDatabase
from postgres_server import postgres

MODELS = ("lab/one", "lab/two", "lab/three", "lab/four")


async def votes(browser, count: int, seed: int = 0) -> None:
    """The model with the lower number is better, three times in four."""
    rng = random.Random(seed)
    for _ in range(count):
        battle = (await browser.post("/api/battles", {"mode": "review"})).json()["battle"]
        sides = (await browser.get(f"/api/battles/{battle}")).json()["turns"][0]["sides"]
        a, b = (int(sides[side]["text"].split()[2]) for side in "ab")
        better, worse = ("a", "b") if a < b else ("b", "a")
        assert (await browser.vote(battle, better if rng.random() < 0.75 else worse)).status_code == 200


def test_the_clocks_between_a_vote_and_the_live_board_leave_half_a_second_for_the_work():
    """What a machine under load adds is measured in benchmarks/arena.py."""
    assert ArenaSettings().tail_s + KEEP_S["live"] <= 0.5


async def test_a_vote_comes_to_the_live_board_by_itself(tmp_path: Path):
    async with running(tmp_path, {}, recorded=recorded(MODELS, 9)) as arena, arena.browser() as voter:
        await votes(voter, 1)
        async with asyncio.timeout(30):
            while (await voter.get("/api/board?kind=live")).json()["votes"] != 1:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


class DistantDatabase:
    """A database that is not at hand: others get their turn while it answers."""

    def __init__(self, database: VotesDatabase) -> None:
        self.database = database

    async def read(self, *asked: Any) -> list[Row]:
        rows = await self.database.read(*asked)
        await asyncio.sleep(0)
        return rows


async def test_a_vote_is_taken_in_once_however_many_look_at_the_same_time(tmp_path: Path):
    # The tail sleeps through the test, so that only these five read what is new.
    async with running(tmp_path, {}, recorded=recorded(MODELS, 9), tail_s=60) as arena, arena.browser() as voter:
        await votes(voter, 3)
        distant: Any = DistantDatabase(arena.arena.database)
        await asyncio.gather(*(arena.arena.ledger.follow(distant) for _ in range(5)))
        assert len(arena.arena.ledger) == 3


async def test_open_pages_are_told_of_a_vote(tmp_path: Path):
    async with running(tmp_path, {}, recorded=recorded(MODELS, 9)) as arena, arena.browser() as voter:
        async with voter.client.stream("GET", "/api/board/events") as stream:
            lines = stream.aiter_lines()
            seen: list[str] = []

            async def read() -> None:
                async for line in lines:
                    if line.startswith("data"):
                        seen.append(line)
                    if len(seen) == 2:
                        return

            reading = asyncio.create_task(read())
            async with asyncio.timeout(30):
                while not seen:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                await votes(voter, 1)
                await reading
        assert seen == ['data: {"votes": 0}', 'data: {"votes": 1}']


async def test_the_board_finds_the_order_and_stamps_its_votes(tmp_path: Path):
    async with running(tmp_path, {}, recorded=recorded(MODELS, 30)) as arena, arena.browser() as voter:
        await votes(voter, 150)
        await arena.caught_up()
        for kind in ("live", "raw", "style"):
            board = (await voter.get(f"/api/board?kind={kind}")).json()
            assert board["votes"] == 150
            assert board["kind"] == kind
            assert board["cannot_say"]
        assert board["models"][0]["model"] in MODELS[:2]
        sliced = (await voter.get("/api/board?language=ko")).json()
        assert sliced["votes"] == 0


async def test_votes_with_names_shown_stay_off_the_main_board(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle(mode="side_by_side", models=["lab/alpha-one", "lab/beta-two"])
        assert (await voter.get(f"/api/battles/{battle}")).json()["models"]["a"] == "lab/alpha-one"
        await voter.vote(battle, "b")
        direct = await voter.battle(mode="direct", models=["lab/beta-two"])
        assert (await voter.vote(direct, "a")).status_code == 422
        assert (await voter.vote(direct, "both_good")).status_code == 200
        await arena.caught_up()
        assert (await voter.get("/api/board")).json()["votes"] == 0
        assert (await voter.get("/api/board?named=true")).json()["votes"] == 1


async def test_the_probability_of_each_pair_is_stored_with_the_vote(tmp_path: Path):
    async with running(tmp_path, {}, recorded=recorded(MODELS, 9), sampling="uniform") as arena:
        async with arena.browser() as voter:
            await votes(voter, 3)
        await arena.caught_up()
        assert arena.arena.ledger.column("propensity").tolist() == pytest.approx([1 / 6] * 3)


def test_levels_tell_both_bad_from_a_tie():
    rows = [("x", "y", "both_bad")] * 6 + [("x", "y", "tie")] * 2 + [("x", "y", "both_good")] * 2
    board = board_of(Comparisons.of(rows), "live", now=0.0, counted=10)
    assert board["models"][0]["level"] == {"battles": 10, "both_good": 2, "both_bad": 6, "both_bad_share": 0.6}
    assert any("both answers were called bad" in line for line in board["cannot_say"])


async def test_two_servers_on_one_postgres_show_one_board_and_know_one_sign_in(tmp_path: Path):
    run = recorded(MODELS, 9)
    with postgres() as address:
        async with (
            running(tmp_path, {}, recorded=run, database=address) as first,
            running(tmp_path, {}, recorded=run, database=address) as second,
            first.browser() as here,
            second.browser() as there,
        ):
            await asyncio.gather(votes(here, 12), votes(there, 12, seed=1))
            battle = (await here.post("/api/battles", {"mode": "review"})).json()["battle"]
            answers = await asyncio.gather(here.vote(battle, "a"), there.vote(battle, "a"))
            assert [answer.status_code for answer in answers] == [200, 200]
            await asyncio.gather(first.caught_up(), second.caught_up())
            boards = [(await browser.get("/api/board?kind=live")).json() for browser in (here, there)]
            assert [board["votes"] for board in boards] == [25, 25]
            assert [row["rating"] for row in boards[0]["models"]] == [row["rating"] for row in boards[1]["models"]]


def alike_in_style(count: int = 200) -> Comparisons:
    """Every model writes as long as it always does: its length cannot be told from its strength."""
    rng = random.Random(0)
    lengths = {f"m{at}": float(at) for at in range(4)}
    rows = [(*rng.sample(sorted(lengths), 2), rng.choice(["a", "b", "tie"])) for _ in range(count)]
    votes = Comparisons.of(rows)
    names = votes.models
    length = np.array([lengths[names[a]] - lengths[names[b]] for a, b in zip(votes.a, votes.b, strict=True)])
    lists = np.array([rng.choice([-1.0, 0.0, 1.0]) for _ in rows])
    return replace(votes, covariates={"length": length, "lists": lists})


def test_a_style_that_votes_cannot_tell_from_the_models_is_left_out_and_the_board_stands():
    board = board_of(alike_in_style(), "style", now=0.0, counted=200)
    assert len(board["models"]) == 4
    assert [row["name"] for row in board["covariates"]] == ["lists"]


async def test_reasons_that_always_come_together_leave_the_why_page_standing(tmp_path: Path):
    async with running(tmp_path, {}, recorded=recorded(MODELS, 9)) as arena, arena.browser() as voter:
        for number in range(40):
            battle = (await voter.post("/api/battles", {"mode": "review"})).json()["battle"]
            choice = "ab"[number % 3 % 2]
            await voter.vote(battle, choice, tags={choice: ["correct", "clear"]})
        await arena.caught_up()
        found = await voter.get("/api/preferences")
        assert found.status_code == 200
        told = {row["name"] for row in found.json()["attributes"]} | set(found.json()["left_out"])
        assert {"correct", "clear"} <= told
        assert found.json()["left_out"]
