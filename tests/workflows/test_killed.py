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

import pytest
import yaml
from tests.synthetic import synthetic_folder

import benchwright.demo
from benchwright.generation.scripted import scripted_answer
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.store.journal import Journal

CONCURRENCY = 8
KILLS = 3
"""Here; `benchmarks/chain_kills.py` kills more often."""
DEMO = Path(benchwright.demo.__file__).parent / "documents" / "en"
DOCUMENTS = tuple(str(DEMO / name) for name in ("customer-faq.md", "employee-handbook.md", "price-list-2025.md"))
QUESTIONS = ("questions.jsonl", "rejected.jsonl", "findings.jsonl")
ROWS = ("responses.jsonl", "scores.jsonl")


EVALUATE = ("evaluate", "houses", "-m", "here/m", "-c", "passage", "-o", "run")
JUDGED = ("evaluate", "made", "-m", "here/a", "-m", "here/b", "--judge", "here/k", "-c", "passage", "-o", "run")
GENERATE = (
    *("generate", *DOCUMENTS, "-o", "made", "--questions", "18", "--writer", "here/w"),
    *("--solver", "here/s1", "--solver", "here/s2", "--judge", "here/j"),
)
# The scripted models answer alike, and no judge is asked about two same answers.
UNLIKE = ("evaluate", "made", "-m", "here/a", "-m", "builtin/random", "-c", "passage", "-o", "unlike")
JUDGE = ("judge", "unlike", "--judge", "here/k", "-o", "votes/votes.jsonl")
Command = tuple[str, ...]


async def start(folder: Path, command: Command, *more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchwright", *command, *more, "--concurrency", str(CONCURRENCY)),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run_through(folder: Path, command: Command, *more: str) -> tuple[int | None, str]:
    process = await start(folder, command, *more)
    async with asyncio.timeout(120):
        _, errors = await process.communicate()
    return process.returncode, errors.decode()


def prepare(folder: Path, url: str, **more: object) -> Path:
    synthetic_folder(folder / "houses", documents=6, facts=10)
    settings = {"endpoints": {"here": {"url": url}}, "writing": {"forms": {"short": 1, "open": 1}}, **more}
    (folder / "benchwright.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


async def kill_until_through(folder: Path, command: Command, server: LoopbackServer, needed: int) -> int:
    """Kill the command at random calls and moments of them, then let it end; returns the number of kills."""
    chance = random.Random(20261124)
    kills = 0
    for _ in range(KILLS):
        process = await start(folder, command)
        target = server.ledger.requests + chance.randint(1, needed // KILLS)
        while server.ledger.requests < target and process.returncode is None:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.2 * chance.random())
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        await process.communicate()
    code, errors = await run_through(folder, command)
    assert code == 0, errors
    return kills


async def test_commands_killed_at_random_points_end_as_if_undisturbed_and_pay_again_only_what_was_under_way(
    tmp_path: Path,
) -> None:
    async with LoopbackServer(Faults(latency_s=0.15, jitter_s=0.1), answer=scripted_answer) as server:
        calm, rough = (prepare(tmp_path / name, server.url) for name in ("calm", "rough"))
        in_all = 0
        for command, made, files in ((GENERATE, "made", QUESTIONS), (JUDGED, "run", ROWS)):
            before = server.ledger.requests
            code, errors = await run_through(calm, command)
            assert code == 0, errors
            needed = server.ledger.requests - before
            kills = await kill_until_through(rough, command, server, needed)
            assert kills >= KILLS - 1
            # Each kill can lose what was under way, and no more.
            again = server.ledger.requests - before - 2 * needed
            assert 0 <= again <= kills * CONCURRENCY
            before = server.ledger.requests
            code, errors = await run_through(rough, command)
            assert code == 0, errors
            assert server.ledger.requests == before
            for name in files:
                assert (rough / made / name).read_bytes() == (calm / made / name).read_bytes(), name
            in_all += needed
    with closing(sqlite3.connect(rough / ".benchwright" / "journal.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    async with Journal(rough / ".benchwright" / "journal.sqlite") as journal:
        assert len(journal) == in_all


async def test_commands_among_faults_end_as_if_there_were_none(tmp_path: Path) -> None:
    async with LoopbackServer(answer=scripted_answer) as server:
        calm = prepare(tmp_path / "calm", server.url)
        for command in (GENERATE, JUDGED):
            code, errors = await run_through(calm, command)
            assert code == 0, errors
        needed = server.ledger.answered
    faults = Faults(garbage=0.02, rate_limited=0.05, server_error=0.03, hang=0.02, dropped=0.02, seed=4)
    async with LoopbackServer(faults, answer=scripted_answer) as server:
        rough = prepare(tmp_path / "rough", server.url, endpoints={"here": {"url": server.url, "timeout_s": 1}})
        for command in (GENERATE, JUDGED):
            code, errors = await run_through(rough, command)
            assert code == 0, errors
        assert server.ledger.answered == needed
        assert server.ledger.paid_again == 0
        assert server.ledger.outcomes["hang"] > 0
    for name in QUESTIONS:
        assert (rough / "made" / name).read_bytes() == (calm / "made" / name).read_bytes(), name
    for name in ROWS:
        assert (rough / "run" / name).read_bytes() == (calm / "run" / name).read_bytes(), name


async def test_a_budget_stops_the_command_cleanly_and_a_higher_one_continues_it(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(latency_s=0.01)) as server:
        price = {"here/m": {"input_per_million": 100, "output_per_million": 100}}
        folder = prepare(tmp_path, server.url, prices=price, output_limit=50)
        code, errors = await run_through(folder, EVALUATE, "--budget", "0.2")
        assert code == 1
        assert errors.splitlines()[-1].startswith("error: the next request to `here/m` may cost $")
        paid = server.ledger.answered
        assert 0 < paid < 60
        code, errors = await run_through(folder, EVALUATE, "--budget", "5")
        assert code == 0, errors
        assert server.ledger.paid_again == 0
        assert server.ledger.answered == 60
        rows = [json.loads(line) for line in (folder / "run" / "responses.jsonl").read_text().splitlines()]
        assert all(row["parameters"] == {"max_tokens": 50} and row["cost_usd"] > 0 for row in rows)


WRONG = {
    "a wrong key": (Faults(key="right"), {"key": "KEY_OF_HERE"}, "the key was refused"),
    "an unknown model": (Faults(models=("other",)), {}, "no model `"),
    "a dead endpoint": (Faults(), {"url": "http://127.0.0.1:9/v1"}, "nothing answers at http://127.0.0.1:9"),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_setting_ends_each_command_with_one_line_and_exit_code_1(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY_OF_HERE", "a-wrong-key-of-some-length")
    faults, endpoint, said = WRONG[wrong]
    async with LoopbackServer(answer=scripted_answer) as right:
        folder = prepare(tmp_path, right.url)
        for command in (GENERATE, JUDGED, UNLIKE):
            code, errors = await run_through(folder, command)
            assert code == 0, errors
    before = {path: path.read_bytes() for path in folder.rglob("*.jsonl")}
    async with LoopbackServer(faults, answer=scripted_answer) as server:
        prepare_wrongly(folder, {"url": server.url, **endpoint})
        for command in (GENERATE, JUDGED, JUDGE):
            more = () if command is JUDGE else ("--fresh",)
            code, errors = await run_through(folder, command, *more)
            assert code == 1, errors
            assert said in errors.splitlines()[-1]
            assert [line for line in errors.splitlines() if line.startswith("error")] == errors.splitlines()[-1:]
            assert "Traceback" not in errors
        assert server.ledger.answered == 0
    assert {path: path.read_bytes() for path in folder.rglob("*.jsonl")} == before


def prepare_wrongly(folder: Path, endpoint: dict[str, str]) -> None:
    settings = {"endpoints": {"here": endpoint}, "writing": {"forms": {"short": 1, "open": 1}}}
    (folder / "benchwright.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


async def test_a_place_that_cannot_be_written_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    async with LoopbackServer(answer=scripted_answer) as server:
        folder = prepare(tmp_path, server.url)
        (folder / "taken").write_text("a file stands where a folder is asked for")
        for command in (GENERATE, EVALUATE):
            code, errors = await run_through(folder, (*command, "-o", "taken/below"))
            assert code == 1
            assert errors.splitlines()[-1].startswith("error: ")
            assert "Traceback" not in errors
        code, errors = await run_through(folder, (*GENERATE, "-o", "taken"))
        assert code == 1
        assert "is a file, not a folder" in errors.splitlines()[-1]
        (folder / "other").mkdir()
        (folder / "other" / "letter.txt").write_text("no benchmark")
        code, errors = await run_through(folder, (*GENERATE, "-o", "other"))
        assert code == 1
        assert "other" in errors.splitlines()[-1]
        assert server.ledger.requests == 0


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
        code, after = await run_through(folder, EVALUATE)
        assert code == 0, after
        assert server.ledger.answered <= 60 + 32
