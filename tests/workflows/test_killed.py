"""Kills the real command with SIGKILL at random points and continues it, until it is through."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import yaml
from tests.synthetic import synthetic_folder

from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.store.journal import Journal

CONCURRENCY = 8
KILLS = 5
"""Here; `benchmarks/models.py` kills more often."""
ROWS = ("responses.jsonl", "scores.jsonl")


async def start(folder: Path, *more: str) -> asyncio.subprocess.Process:
    command = ["evaluate", "houses", "-m", "here/m", "-c", "passage", "-o", "run", "--concurrency", str(CONCURRENCY)]
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchwright", *command, *more),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run_through(folder: Path, *more: str) -> tuple[int | None, str]:
    process = await start(folder, *more)
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    return process.returncode, errors.decode()


def prepare(folder: Path, url: str, **more: object) -> Path:
    synthetic_folder(folder / "houses", documents=6, facts=10)
    settings = {"endpoints": {"here": {"url": url}}, **more}
    (folder / "benchwright.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


async def test_a_command_killed_at_random_points_ends_as_if_undisturbed_and_pays_again_only_what_was_under_way(
    tmp_path: Path,
) -> None:
    chance = random.Random(20261124)
    async with LoopbackServer(Faults(latency_s=0.15, jitter_s=0.1)) as server:
        calm = prepare(tmp_path / "calm", server.url)
        code, errors = await run_through(calm)
        assert code == 0, errors
        asked = server.ledger.requests
        rough = prepare(tmp_path / "rough", server.url.replace("127.0.0.1", "localhost"))
        server.ledger.requests = server.ledger.answered = 0
        kills = 0
        for _ in range(KILLS):
            process = await start(rough)
            # At a random call of this attempt, and a random moment of that call.
            target = server.ledger.requests + chance.randint(1, 12)
            while server.ledger.requests < target and process.returncode is None:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.2 * chance.random())
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            await process.communicate()
        assert kills >= KILLS // 2
        code, errors = await run_through(rough)
        assert code == 0, errors
        # Each kill can lose what was under way, and no more.
        assert asked <= server.ledger.requests <= asked + kills * CONCURRENCY
        before = server.ledger.requests
        code, errors = await run_through(rough)
        assert code == 0, errors
        assert server.ledger.requests == before
    for name in ROWS:
        assert (rough / "run" / name).read_bytes() == (calm / "run" / name).read_bytes()
    with closing(sqlite3.connect(rough / ".benchwright" / "journal.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    async with Journal(rough / ".benchwright" / "journal.sqlite") as journal:
        assert len(journal) == asked


async def test_a_budget_stops_the_command_cleanly_and_a_higher_one_continues_it(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(latency_s=0.01)) as server:
        price = {"here/m": {"input_per_million": 100, "output_per_million": 100}}
        folder = prepare(tmp_path, server.url, prices=price, output_limit=50)
        code, errors = await run_through(folder, "--budget", "0.2")
        assert code == 1
        assert errors.splitlines()[-1].startswith("error: the next request to `here/m` may cost $")
        paid = server.ledger.answered
        assert 0 < paid < 60
        code, errors = await run_through(folder, "--budget", "5")
        assert code == 0, errors
        assert server.ledger.paid_again == 0
        assert server.ledger.answered == 60
        rows = [json.loads(line) for line in (folder / "run" / "responses.jsonl").read_text().splitlines()]
        assert all(row["parameters"] == {"max_tokens": 50} and row["cost_usd"] > 0 for row in rows)


async def test_a_wrong_setting_ends_with_one_line_and_exit_code_1(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(models=("other",))) as server:
        code, errors = await run_through(prepare(tmp_path, server.url))
    assert code == 1
    assert "no model `m` there" in errors.splitlines()[-1]
    assert "Traceback" not in errors


async def test_a_full_disk_ends_with_one_line_and_keeps_what_was_kept(tmp_path: Path) -> None:
    async with LoopbackServer() as server:
        folder = prepare(tmp_path, server.url)
        (folder / ".benchwright").mkdir()
        # A file of a size that the operating system refuses to pass stands for the full disk.
        process = await asyncio.create_subprocess_exec(
            *("bash", "-c", 'ulimit -f 48; exec "$0" "$@"', sys.executable, "-m", "benchwright"),
            *("evaluate", "houses", "-m", "here/m", "-c", "passage", "-o", "run"),
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(60):
            _, errors = await process.communicate()
        assert process.returncode == 1, errors.decode()
        assert b"Traceback" not in errors
        assert errors.decode().splitlines()[-1].startswith("error:")
        code, after = await run_through(folder)
        assert code == 0, after
        assert server.ledger.answered <= 60 + 32
