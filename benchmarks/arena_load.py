"""An arena server in a process of its own with recorded answers of twenty models, and voters who come over HTTP."""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

MODELS = tuple(f"lab/model-{number:02d}" for number in range(20))
_NUMBER = re.compile(r"answer number (\d+) ")


def serve(database: str, port: int, sampling: str = "active") -> None:
    """Serve until SIGTERM; prints the address."""
    from benchwright.arena.app import create_app
    from benchwright.arena.engine import open_arena
    from benchwright.arena.recorded import Recorded
    from benchwright.arena.scripted import ScriptedModel
    from benchwright.arena.server import make_server
    from benchwright.arena.settings import ArenaSettings
    from benchwright.records import Reply, Usage

    prompts = {f"q{number}": f"question {number} about the warranty of product {number}?" for number in range(400)}
    replies = {
        model: {
            name: Reply(text=f"answer number {at} to {asked}", usage=Usage(output_tokens=9))
            for name, asked in prompts.items()
        }
        for at, model in enumerate(MODELS)
    }
    slow = {
        name: ScriptedModel(name, lambda _: "".join(f"word{n} " for n in range(300)), piece=7, pause_s=0.05)
        for name in ("lab/slow-one", "lab/slow-two")
    }
    settings = ArenaSettings(
        port=port,
        database=database,
        sampling=sampling,
        battles_per_minute=1e9,
        requests_per_minute=1e9,
        open_streams=1_000,
    )

    async def run() -> None:
        arena = await open_arena(settings, slow, recorded=Recorded(prompts, replies))
        server = make_server(create_app(arena), arena)
        print(arena.keys.owner_token, flush=True)
        await server.serve()
        await arena.close()

    asyncio.run(run())


@dataclass
class Server:
    """A server process."""

    process: "subprocess.Popen[str]"
    address: str
    token: str

    def memory_mb(self) -> float:
        """Resident memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]

    def stop(self, *, is_killed: bool = False) -> None:
        """End it, or kill it."""
        (self.process.kill if is_killed else self.process.terminate)()
        self.process.wait(timeout=20)
        if self.process.stdout is not None:
            self.process.stdout.close()


def start(database: str, port: int, sampling: str = "active") -> Server:
    """Start a server and wait until it listens."""
    command = [sys.executable, __file__, "serve", database, str(port), sampling]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    token = process.stdout.readline().strip()
    import socket

    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    return Server(process, f"http://127.0.0.1:{port}", token)


def free_port() -> int:
    """A port that is free now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@asynccontextmanager
async def browser(server: Server) -> AsyncGenerator[aiohttp.ClientSession]:
    """A signed-in session that sends the CSRF value."""
    jar = aiohttp.CookieJar(unsafe=True)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(server.address, cookie_jar=jar, connector=connector) as session:
        async with session.get("/", params={"token": server.token}) as _:
            pass
        async with session.get("/api/me") as answer:
            session.headers["X-CSRF-Token"] = (await answer.json())["csrf"]
        yield session


@dataclass
class Tally:
    """What the voters saw."""

    acknowledged: list[str] = field(default_factory=list)
    request_ms: list[float] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    started: float = 0.0
    ended: float = 0.0

    @property
    def votes_per_s(self) -> float:
        return len(self.acknowledged) / (self.ended - self.started)

    def p(self, share: float) -> float:
        return float(np.quantile(self.request_ms, share))


Judge = Callable[[int, int], str]


async def vote_many(
    session: aiohttp.ClientSession, votes: int, *, concurrency: int, judge: Judge, tally: Tally | None = None
) -> Tally:
    """Cast `votes` whole votes: draw a battle, open the ballot, post it; `judge` is told which models it sees."""
    tally = tally or Tally()
    left = iter(range(votes))
    tally.started = time.perf_counter()

    async def ask(method: str, path: str, body: Any = None) -> Any:
        clock = time.perf_counter()
        async with session.request(method, path, json=body) as answer:
            said = await answer.json()
        tally.request_ms.append((time.perf_counter() - clock) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {said}")
        return said

    async def voter() -> None:
        for _ in left:
            battle = (await ask("POST", "/api/battles", {"mode": "review"}))["battle"]
            state = await ask("GET", f"/api/battles/{battle}")
            sides = state["turns"][0]["sides"]
            a, b = (int(_NUMBER.search(sides[side]["text"])[1]) for side in "ab")  # type: ignore[index]
            await ask("POST", f"/api/battles/{battle}/ballot", {"choice": judge(a, b), "tags": {"a": ["clear"]}})
            tally.acknowledged.append(battle)
            tally.pairs.append((a, b))

    try:
        await asyncio.gather(*(voter() for _ in range(concurrency)))
    finally:
        tally.ended = time.perf_counter()
    return tally


def by_strength(strength: np.ndarray, rng: np.random.Generator) -> Judge:
    """A voter from a Bradley–Terry model."""

    def judge(a: int, b: int) -> str:
        return "a" if rng.random() < 1 / (1 + np.exp(strength[b] - strength[a])) else "b"

    return judge


if __name__ == "__main__" and sys.argv[1:2] == ["serve"]:
    serve(sys.argv[2], int(sys.argv[3]), *sys.argv[4:5])
