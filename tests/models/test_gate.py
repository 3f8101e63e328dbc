import asyncio
import random
import time

import pytest

from benchwright.models.config import Config, EndpointConfig
from benchwright.models.gate import Gate, Rate
from benchwright.models.journaled import open_models
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.records import Message, Request


def question(number: int) -> Request:
    return Request(messages=(Message(role="user", content=f"Number {number} is odd. Is it?"),))


async def test_no_more_pass_than_the_ceiling() -> None:
    gate = Gate(3)
    most = 0

    async def pass_through() -> None:
        nonlocal most
        async with gate.enter() as leave:
            most = max(most, gate.under_way)
            await asyncio.sleep(0.001)
            gate.succeeded(leave)

    await asyncio.gather(*(pass_through() for _ in range(20)))
    assert most == 3
    assert gate.under_way == 0


async def test_one_wave_of_rejections_halves_the_width_once_and_answers_widen_it_again() -> None:
    gate = Gate(16)
    async with gate.enter() as first, gate.enter() as second:
        gate.rejected(first, None)
        gate.rejected(second, None)
    assert gate.width == 8
    for _ in range(200):
        async with gate.enter() as leave:
            gate.succeeded(leave)
    assert gate.width == 16


async def test_retry_after_holds_every_new_send_and_then_one_goes_first() -> None:
    gate = Gate(8, chance=random.Random(0))
    async with gate.enter() as leave:
        gate.rejected(leave, 0.2)
    started = time.monotonic()
    together: list[int] = []

    async def send() -> None:
        async with gate.enter() as leave:
            together.append(gate.under_way)
            await asyncio.sleep(0.01)
            gate.succeeded(leave)

    await asyncio.gather(*(send() for _ in range(5)))
    assert time.monotonic() - started >= 0.2
    assert together[0] == 1
    assert max(together) > 1


async def test_a_cancelled_wait_gives_its_place_back() -> None:
    gate = Gate(1)
    async with gate.enter():
        waiting = asyncio.create_task(gate.enter().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(1), gate.enter():
        assert gate.under_way == 1


def test_a_rate_counts_any_window_of_a_minute() -> None:
    rate = Rate(3)
    for at in (0, 1, 2):
        assert rate.wait_s(1, at) == 0
        rate.spend(1, at)
    assert rate.wait_s(1, 10) == 50
    assert rate.wait_s(1, 60) == 0
    assert rate.wait_s(2, 60) == 1


def test_a_request_larger_than_the_limit_goes_when_the_window_is_empty() -> None:
    rate = Rate(100)
    assert rate.wait_s(500, 0) == 0
    rate.spend(500, 0)
    assert rate.wait_s(1, 1) == 59


async def test_a_window_of_429_costs_at_most_three_calls_after_the_first_wave() -> None:
    faults = Faults(latency_s=0.02, limited_from_s=0.1, limited_for_s=1.0, retry_after_s=1)
    async with LoopbackServer(faults) as server:
        config = Config(endpoints={"here": EndpointConfig(url=server.url)})
        async with open_models(["here/m"], config, concurrency=20) as models:
            replies = await asyncio.gather(*(models["here/m"].respond(question(n)) for n in range(400)))
    assert all(reply.state == "ok" for reply in replies)
    rejected = sorted(at for at, status in server.ledger.arrivals if status == 429)
    # The first wave is what had left before the first rejection could be read.
    assert len([at for at in rejected if at > rejected[0] + 0.1]) <= 3
    assert server.ledger.paid_again == 0


async def test_the_account_limit_of_requests_a_minute_is_kept() -> None:
    async with LoopbackServer() as server:
        config = Config(endpoints={"here": EndpointConfig(url=server.url, requests_per_minute=5)})
        async with open_models(["here/m"], config) as models:
            calls = [asyncio.create_task(models["here/m"].respond(question(n))) for n in range(8)]
            await asyncio.wait(calls, timeout=0.5)
            assert server.ledger.requests == 5
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
