"""Wall clock and processor time of whole commands: `generate` with its checks, then `evaluate` with a judge.

The bar counts every request that the server saw. A stage is a call that waits for another one: `generate` has eleven on
its longest way (write, stand-alone, answerable and its judgement, closed book and its judgement, two hops and theirs,
options alone), `evaluate` two. Rounds that refill what was rejected are not counted, though they wait for each other.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bars import Bar
from loopback_process import ledger
from models_chain import Ended, ended, generate, invented_sources, prepare, scripted_server

from models import measured

CANDIDATES = ("here/a", "here/b", "here/c", "here/d")
STAGES = {"generate": 11, "evaluate": 2}
WRITING = {"reach": {"single": 2, "cross_document": 1, "multi_hop": 1}, "forms": {"choice": 2, "short": 1, "open": 1}}


def evaluate(*more: str, judge: str = "here/k") -> list[str]:
    """The command that asks four models everything that was made, closed-book and with the passages, and judges."""
    named = [part for name in CANDIDATES for part in ("-m", name)]
    return ["evaluate", "made", *named, "--judge", judge, "-c", "closed", "-c", "passage", "-o", "run", *more]


def measure(questions: int, concurrency: int, latency_s: float) -> Iterator[Bar]:
    """Both commands at one concurrency, and a bare client that sends as many requests."""
    with scripted_server(latency_s=latency_s) as url, tempfile.TemporaryDirectory() as place:
        sources = invented_sources(Path(place) / "sources", 0.5, 20)
        folder = prepare(Path(place) / "project", url, writing=WRITING)
        at = ("--concurrency", str(concurrency))
        for command in (generate(sources, questions, *at), evaluate(*at)):
            before = ledger(url)["requests"]
            busy = os.getloadavg()[0]
            done = ended(folder, *command)
            assert done.code == 0, done.said
            requests = ledger(url)["requests"] - before
            yield from bars(command[0], done, requests, concurrency, latency_s, busy)
            bare = measured(url, requests, concurrency, "bare")
            name = f"… a bare client that sends {requests} requests"
            yield Bar(name, f"{bare['wall']:.2f} s, {bare['cpu'] / requests * 1000:.2f} ms", "for comparison")


def bars(command: str, done: Ended, requests: int, concurrency: int, latency_s: float, busy: float) -> Iterator[Bar]:
    """What the command may take, and what it took. `busy` is how many processes wanted a processor before it began."""
    floor, stages = requests * latency_s / concurrency, STAGES[command]
    most = 1.15 * floor + stages * latency_s + 1
    name = f"{command}, {requests} calls of {latency_s:g} s, {concurrency}-way"
    told = f"{done.wall_s:.2f} s, {done.wall_s / floor:.2f} × its calls alone (load before: {busy:.1f})"
    yield Bar(f"{name}: wall", told, f"≤ {most:.2f} s", done.wall_s <= most)
    each = done.cpu_s / requests * 1000
    yield Bar(f"{name}: processor time a request", f"{each:.2f} ms", "≤ 2 ms", each <= 2)


def run() -> Iterator[Bar]:
    """Measure at both concurrencies."""
    yield from measure(400, 64, 0.2)
    yield from measure(1000, 256, 0.5)
