"""A running arena for tests: a real server on loopback, scripted models, and browsers' worth of signed-in clients."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from benchwright.arena.app import create_app
from benchwright.arena.engine import Arena, open_arena
from benchwright.arena.recorded import Recorded
from benchwright.arena.scripted import ScriptedModel
from benchwright.arena.server import make_server
from benchwright.arena.settings import ArenaSettings
from benchwright.records import Reply, Usage

SETTINGS = ArenaSettings(
    port=0, tick_s=0.01, pace=20_000, tail_s=0.05, battles_per_minute=6_000, requests_per_minute=60_000
)


def two_models() -> dict[str, Any]:
    """Two models whose answers tell them apart."""
    return {
        "lab/alpha-one": ScriptedModel("lab/alpha-one", lambda prompt: f"**First** answer to: {prompt}"),
        "lab/beta-two": ScriptedModel("lab/beta-two", lambda prompt: f"Second, longer answer to: {prompt} " * 3),
    }


def recorded(models: Sequence[str], questions: int) -> Recorded:
    """A run in which every model answered every question; the answer says which model it is of, by number."""
    prompts = {f"q{number}": f"question {number}?" for number in range(questions)}
    replies = {
        model: {
            name: Reply(text=f"answer number {at} to {prompt}", usage=Usage(output_tokens=8), latency_ms=5.0 * at)
            for name, prompt in prompts.items()
        }
        for at, model in enumerate(models)
    }
    return Recorded(prompts, replies)


@dataclass
class Browser:
    """A signed-in client that sends the CSRF value as a page would."""

    client: httpx.AsyncClient

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        return await self.client.post(path, json=body)

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def delete(self, path: str) -> httpx.Response:
        return await self.client.delete(path)

    async def events(self, path: str) -> list[tuple[str, dict[str, Any]]]:
        """Read a stream of events to its end."""
        text = (await self.client.get(path)).text
        found: list[tuple[str, dict[str, Any]]] = []
        for block in text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in lines:
                found.append((lines["event"], json.loads(lines["data"])))
        return found

    async def battle(self, prompt: str = "What is a cat?", **body: Any) -> str:
        """Open a battle and wait until both sides have been shown."""
        answer = await self.post("/api/battles", {"mode": "battle", "prompt": prompt, **body})
        assert answer.status_code == 200, answer.text
        battle: str = answer.json()["battle"]
        await self.events(f"/api/battles/{battle}/stream?turn=0")
        return battle

    async def vote(self, battle: str, choice: str = "a", **body: Any) -> httpx.Response:
        return await self.post(f"/api/battles/{battle}/ballot", {"choice": choice, **body})


@dataclass
class Running:
    """An arena that listens."""

    arena: Arena
    address: str

    @asynccontextmanager
    async def browser(self, query: str = "", **headers: str) -> AsyncGenerator[Browser]:
        """A new browser that signs in with `query` (the owner's token by default)."""
        query = query or f"token={self.arena.keys.owner_token}"
        async with httpx.AsyncClient(base_url=self.address, timeout=20, headers=headers) as client:
            name, _, value = query.partition("=")
            await (client.post("/join", data={"code": value}) if name == "invite" else client.get(f"/?{query}"))
            answer = await client.get("/api/me")
            assert answer.status_code == 200, answer.text
            client.headers["X-CSRF-Token"] = answer.json()["csrf"]
            yield Browser(client)

    @asynccontextmanager
    async def guest(self) -> AsyncGenerator[Browser]:
        """A new browser of somebody who was invited."""
        async with self.browser() as owner:
            made = await owner.post("/api/admin/invitations", {"label": "guest", "uses": 1})
        async with self.browser(f"invite={made.json()['code']}") as browser:
            yield browser

    async def caught_up(self) -> None:
        """Wait until the boards know every durable vote."""
        await self.arena.ledger.follow(self.arena.database)


@asynccontextmanager
async def running(folder: Path, models: dict[str, Any] | None = None, **changes: Any) -> AsyncGenerator[Running]:
    """Serve an arena with votes in `folder`; `changes` are settings, `recorded` a run to review, `site` the pages."""
    run = changes.pop("recorded", None)
    site = changes.pop("site", None)
    sorter = changes.pop("category_model", None)
    settings = replace(SETTINGS, **{"database": str(folder / "votes.sqlite"), **changes})
    named = two_models() if models is None else models
    arena = await open_arena(settings, named, recorded=run, category_model=sorter)
    server = make_server(create_app(arena, site), arena)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Running(arena, f"http://127.0.0.1:{port}")
    finally:
        server.stop()
        await serving
        await arena.close()
