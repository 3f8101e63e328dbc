"""`kill -9` of whole commands at random points, many times: what they end with, and what they pay twice."""

import random
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bars import Bar
from chain_speed import WRITING, evaluate
from loopback_process import ledger
from models_chain import command, ended, generate, invented_sources, prepare, scripted_server

KILLS = 20
LATE_KILLS = 5
"""Of a command whose calls are all paid, while it reads them from the journal and writes the folder."""
CONCURRENCY = 16
LATENCY_S = 0.1


def kill_at_a_call(folder: Path, arguments: list[str], url: str, calls: int, chance: random.Random) -> bool:
    """Run the command until it has made a few of `calls` more calls, and kill it; false where it ended before."""
    target = ledger(url)["requests"] + chance.randint(0, calls)
    process = command(folder, *arguments)
    while process.poll() is None and ledger(url)["requests"] < target:
        time.sleep(0.005)
    time.sleep(2 * LATENCY_S * chance.random())
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def kill_at_a_moment(folder: Path, arguments: list[str], seconds: float, chance: random.Random) -> bool:
    """Run the command for a random part of `seconds`, and kill it; false where it ended before."""
    process = command(folder, *arguments)
    time.sleep(seconds * chance.random())
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def differing(one: Path, other: Path, names: tuple[str, ...]) -> list[str]:
    """The files of two folders whose bytes differ."""
    return [name for name in names if (one / name).read_bytes() != (other / name).read_bytes()]


def killed(calm: Path, rough: Path, arguments: list[str], url: str, made: str, names: tuple[str, ...]) -> Bar:
    """One command undisturbed in `calm`, and the same killed and continued in `rough`."""
    chance = random.Random(20261126)
    before = ledger(url)["requests"]
    done = ended(calm, *arguments)
    assert done.code == 0, done.said
    needed = ledger(url)["requests"] - before
    kills = 0
    while kills < KILLS and kill_at_a_call(rough, arguments, url, 2 * needed // KILLS, chance):
        kills += 1
    done = ended(rough, *arguments)
    assert done.code == 0, done.said
    again = ledger(url)["requests"] - before - 2 * needed
    paid = ledger(url)["requests"]
    seconds = ended(rough, *arguments).wall_s
    late = sum(kill_at_a_moment(rough, arguments, seconds, chance) for _ in range(LATE_KILLS))
    done = ended(rough, *arguments)
    assert done.code == 0, done.said
    unchanged = ledger(url)["requests"] - paid
    other = differing(calm / made, rough / made, names)
    told = (
        f"{again} of {needed} calls paid again after {kills} kills, {unchanged} after {late} late ones and an "
        f"unchanged rerun; {', '.join(other) or 'nothing'} differs"
    )
    passed = kills >= KILLS // 2 and 0 <= again <= kills * CONCURRENCY and unchanged == 0 and not other
    return Bar(
        f"{arguments[0]} killed at random points and continued", told, f"≤ {CONCURRENCY} a kill; 0; nothing", passed
    )


def run() -> Iterator[Bar]:
    """Kill both commands."""
    with scripted_server(latency_s=LATENCY_S, jitter_s=LATENCY_S) as url, tempfile.TemporaryDirectory() as place:
        sources = invented_sources(Path(place) / "sources", 0.3, 10)
        calm, rough = (prepare(Path(place) / name, url, writing=WRITING) for name in ("calm", "rough"))
        at = ("--concurrency", str(CONCURRENCY))
        written = ("questions.jsonl", "rejected.jsonl", "findings.jsonl", "documents.jsonl", "passages.jsonl")
        yield killed(calm, rough, generate(sources, 120, *at), url, "made", written)
        yield killed(calm, rough, evaluate(*at), url, "run", ("responses.jsonl", "scores.jsonl"))
