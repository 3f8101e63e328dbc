"""Every operation of the interface under generated requests: whatever is sent, no answer is a 500."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings, strategies

from arena_server import running
from benchwright.arena.app import create_routes

ENDLESS = {"/api/board/events"}
ENDS_THE_SESSION = {("DELETE", "/api/me")}
EXAMPLES = 6


@dataclass
class Target:
    """A running server, how to reach it, and its description."""

    address: str
    headers: dict[str, str]
    battle: str
    schema: Any


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    ready, over = threading.Event(), threading.Event()
    found: list[Target] = []

    async def serve() -> None:
        folder = tmp_path_factory.mktemp("arena")
        async with running(folder, open_streams=1_000) as arena, arena.browser() as owner:
            cookie = owner.client.cookies["benchwright_arena"]
            headers = {
                "X-CSRF-Token": owner.client.headers["X-CSRF-Token"],
                "Cookie": f"benchwright_arena={cookie}",
                "User-Agent": owner.client.headers["User-Agent"],
            }
            schema = schemathesis.openapi.from_dict(create_routes(arena.arena).openapi())
            found.append(Target(arena.address, headers, await owner.battle(), schema))
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(60)
    yield found[0]
    over.set()
    thread.join()


def test_no_generated_request_is_answered_with_500(target: Target):
    tried: dict[str, int] = {}
    for result in target.schema.get_all_operations():
        operation = result.ok()
        if operation.path in ENDLESS or (operation.method.upper(), operation.path) in ENDS_THE_SESSION:
            continue

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), is_known=strategies.booleans())
        def ask(case: Any, is_known: bool) -> None:
            if is_known and "battle" in (case.path_parameters or {}):
                case.path_parameters["battle"] = target.battle
            answer = case.call(base_url=target.address, headers=target.headers)
            name = f"{case.operation.method.upper()} {case.operation.path}"
            tried[name] = tried.get(name, 0) + 1
            assert answer.status_code < 500, f"{name} → {answer.status_code} {answer.text[:300]} for {case.body!r}"

        ask()
    assert len(tried) > 30
