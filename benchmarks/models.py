"""Calling models: wall time, processor time and memory against a loopback server, rate limits, faults, kills.

The server is the project's own (`python -m benchwright.models.loopback`), in a process of its own, over real HTTP.
"""

import asyncio
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import aiohttp
from bars import Bar
from loopback_process import ledger, served_by

from benchwright.errors import BudgetExceeded
from benchwright.models.budget import Budget
from benchwright.models.config import Config, EndpointConfig
from benchwright.models.journaled import open_models
from benchwright.models.prices import Price
from benchwright.models.structured import find_object
from benchwright.records import Message, Reply, Request
from benchwright.store.journal import Journal

PASSAGE = "The house has seven lifts and four gardens, and it was built by the harbour company. " * 12
SHARED = Path(os.environ.get("BENCHWRIGHT_SHARED", Path(__file__).parents[1] / "../shared/data")).resolve()


def question(number: int) -> Request:
    """One request with about a kilobyte of text."""
    return Request(messages=(Message(role="user", content=f"{PASSAGE}\nNumber {number}: how many lifts?"),))


def server(**faults: float) -> AbstractContextManager[str]:
    """A loopback server in a process of its own; yields its base URL."""
    options = [part for name, value in faults.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    return served_by([sys.executable, "-m", "benchwright.models.loopback", *options])


def config_of(url: str, **settings: Any) -> Config:
    """One endpoint, `here`."""
    return Config(endpoints={"here": EndpointConfig(url=url, **settings)})


async def ask(url: str, count: int, concurrency: int, journal: Path, **settings: Any) -> list[Reply]:
    """Ask `count` questions through gate, budget and journal."""
    config = config_of(url, **settings)
    async with (
        Journal(journal) as kept,
        open_models(["here/m"], config, journal=kept, concurrency=concurrency) as models,
    ):
        return list(await asyncio.gather(*(models["here/m"].respond(question(n)) for n in range(count))))


async def ask_bare(url: str, count: int, concurrency: int) -> None:
    """The same calls by a bare client: no journal, no gate, nothing read."""
    room = asyncio.Semaphore(concurrency)

    async def one(session: aiohttp.ClientSession, number: int) -> None:
        messages = [turn.model_dump() for turn in question(number).messages]
        async with room, session.post(f"{url}/chat/completions", json={"model": "m", "messages": messages}) as response:
            await response.json()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(one(session, number) for number in range(count)))


def measured(url: str, count: int, concurrency: int, how: str) -> dict[str, float]:
    """Run `ask` or `ask_bare` in a process of its own; returns wall and processor seconds and megabytes."""
    command = [sys.executable, __file__, how, url, str(count), str(concurrency)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _child(how: str, url: str, count: int, concurrency: int) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        if how == "bare":
            asyncio.run(ask_bare(url, count, concurrency))
        else:
            replies = asyncio.run(ask(url, count, concurrency, Path(folder) / "journal.sqlite"))
            assert all(reply.state == "ok" for reply in replies)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "megabytes": used}))


def speed(concurrency: int, count: int, latency_s: float) -> list[Bar]:
    """Wall and processor time at one concurrency, with a bare client beside it."""
    with server(latency=latency_s) as url:
        ours = measured(url, count, concurrency, "ours")
    with server(latency=latency_s) as url:
        bare = measured(url, count, concurrency, "bare")
    bound = 1.15 * count * latency_s / concurrency + latency_s + 1
    name = f"{count} calls, {latency_s:g} s latency, {concurrency}-way"
    cpu_ms, bare_ms = (1000 * side["cpu"] / count for side in (ours, bare))
    return [
        Bar(f"{name}: wall", f"{ours['wall']:.2f} s", f"≤ {bound:.2f} s", ours["wall"] <= bound),
        Bar(f"{name}: processor time a request", f"{cpu_ms:.2f} ms", "≤ 2 ms", cpu_ms <= 2),
        Bar(f"{name}: memory", f"{ours['megabytes']:.0f} MB", "≤ 200 MB", ours["megabytes"] <= 200),
        Bar(f"{name}: a bare aiohttp client", f"{bare['wall']:.2f} s, {bare_ms:.2f} ms", "for comparison"),
    ]


def rate_limit() -> Bar:
    """Four seconds of 429 with `Retry-After: 4` at concurrency 20."""
    with (
        server(latency=0.2, limited_from=1, limited_for=4, retry_after=4) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        replies = asyncio.run(ask(url, 400, 20, Path(folder) / "j.sqlite"))
        seen = ledger(url)
    rejected = sorted(at for at, status in seen["arrivals"] if status == 429)
    # The first wave left before its first rejection could be read.
    later = sum(at > rejected[0] + 0.2 for at in rejected)
    whole = all(reply.state == "ok" for reply in replies) and seen["paid_again"] == 0
    told = f"{later} after a first wave of {len(rejected) - later}; {len(replies)} of 400 answered"
    return Bar("a window of 429 with Retry-After: rejected calls", told, "≤ 3, nothing lost", later <= 3 and whole)


def faults() -> Bar:
    """500 calls among garbage, 429, 500, hangs and dropped connections."""
    with tempfile.TemporaryDirectory() as folder:
        with server(latency=0.1) as url:
            calm = asyncio.run(ask(url, 500, 64, Path(folder) / "calm.sqlite"))
        rough_faults = {"garbage": 0.01, "rate_limited": 0.05, "server_error": 0.02, "hang": 0.01, "dropped": 0.01}
        started = time.perf_counter()
        with server(latency=0.1, **rough_faults, seed=5) as url:
            rough = asyncio.run(ask(url, 500, 64, Path(folder) / "rough.sqlite", timeout_s=3))
            again = ledger(url)["paid_again"]
        wall = time.perf_counter() - started
    same = [reply.text for reply in calm] == [reply.text for reply in rough]
    whole = sum(reply.state == "ok" for reply in rough)
    told = f"{whole} answered, the same texts: {same}, paid twice: {again}, {wall:.0f} s"
    return Bar("500 calls among 10 % faults", told, "500, the same texts, 0", same and again == 0)


def kills(times: int = 20) -> Bar:
    """The same work killed with SIGKILL at random calls, then continued to its end."""
    chance = random.Random(7)
    concurrency, count = 16, 400
    with server(latency=0.1, jitter=0.1) as url, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite"
        killed = 0
        for _ in range(times):
            command = [sys.executable, __file__, "kept", url, str(count), str(concurrency), str(path)]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
                target = ledger(url)["requests"] + chance.randint(1, 24)
                while process.poll() is None and ledger(url)["requests"] < target:
                    time.sleep(0.01)
                time.sleep(0.1 * chance.random())
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    killed += 1
        replies = asyncio.run(ask(url, count, concurrency, path))
        paid = ledger(url)["requests"]
        asyncio.run(ask(url, count, concurrency, path))
        rerun = ledger(url)["requests"] - paid
    told = f"{paid - count} of {count} calls paid again after {killed} kills, {rerun} in an unchanged rerun"
    passed = len(replies) == count and paid - count <= killed * concurrency and rerun == 0 and killed > times // 2
    return Bar("killed at random calls and continued", told, f"≤ {concurrency} a kill; 0", passed)


def money() -> Bar:
    """A budget that is reached at 64-way."""

    async def spend(url: str) -> tuple[float, int, int]:
        config = config_of(url).model_copy(
            update={"prices": {"here/m": Price(input_per_million=5, output_per_million=20)}, "output_limit": 60}
        )
        budget = Budget(2.0)
        async with open_models(["here/m"], config, budget=budget, concurrency=64) as models:
            calls = [models["here/m"].respond(question(n)) for n in range(2000)]
            outcomes = await asyncio.gather(*calls, return_exceptions=True)
        return (
            budget.spent_usd,
            sum(isinstance(o, Reply) for o in outcomes),
            sum(isinstance(o, BudgetExceeded) for o in outcomes),
        )

    with server(latency=0.02, jitter=0.02) as url:
        spent, answered, refused = asyncio.run(spend(url))
    told = f"${spent:.4f} of $2.00, {answered} answered, {refused} not sent"
    return Bar("a budget at 64-way", told, "≤ $2.00, > $1.95", 1.95 < spent <= 2.0 and refused > 0)


def messy() -> list[Bar]:
    """Objects in 250 real outputs."""
    path = SHARED / "llm_outputs" / "messy_json_outputs.jsonl"
    if not path.is_file():
        return [Bar("objects in messy outputs", "the shared data is not here", "≥ 160 of 250")]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    slowest, objects, boxed, invented = 0.0, 0, 0, 0
    for row in rows:
        started = time.perf_counter()
        found = find_object(row["output"], required=("answer",), boxed="answer")
        slowest = max(slowest, time.perf_counter() - started)
        objects += found is not None and found.how != "boxed"
        boxed += found is not None and found.how == "boxed"
        invented += row["kind"] in {"no_object", "empty"} and (
            found is not None or find_object(row["output"]) is not None
        )
    told = f"{objects} objects + {boxed} boxed answers (155 objects with an answer are there, one cut inside it)"
    return [
        Bar("answers in 250 messy outputs", told, "≥ 160; json-repair alone 152", objects + boxed >= 160),
        Bar("… the slowest of them", f"{slowest * 1000:.0f} ms", "≤ 1 s", slowest <= 1),
        Bar("… objects where there is none", str(invented), "0", invented == 0),
    ]


def run() -> list[Bar]:
    """Measure every bar of the model layer."""
    return [*speed(64, 2000, 0.2), *speed(256, 5000, 0.5), rate_limit(), faults(), kills(), money(), *messy()]


if __name__ == "__main__":
    if sys.argv[1] == "kept":
        asyncio.run(ask(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5])))
    else:
        _child(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
