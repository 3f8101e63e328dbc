import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from benchwright.errors import BudgetExceeded, ModelError
from benchwright.models.budget import Budget
from benchwright.models.config import Config, EndpointConfig, ModelConfig
from benchwright.models.journaled import JournaledModel, open_models
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.models.prices import Price
from benchwright.models.protocol import EmbeddingModel, StreamingModel
from benchwright.records import Message, Reply, Request
from benchwright.store.journal import Journal

SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]}


def question(number: int, **fields: Any) -> Request:
    return Request(messages=(Message(role="user", content=f"House {number} has 7 lifts. How many lifts?"),), **fields)


def config_of(server: LoopbackServer, **settings: Any) -> Config:
    return Config(endpoints={"here": EndpointConfig(url=server.url, **{"timeout_s": 5, **settings})})


async def ask(server: LoopbackServer, request: Request, **settings: Any) -> Reply:
    async with open_models(["here/m"], config_of(server, **settings)) as models:
        return await models["here/m"].respond(request)


async def test_five_hundred_calls_among_faults_end_complete_and_as_without_faults(tmp_path: Path) -> None:
    """The fault bar of the model layer: nothing lost, the same texts, and no answer paid twice."""

    async def texts(faults: Faults) -> tuple[list[str], LoopbackServer]:
        async with LoopbackServer(faults) as server, Journal(tmp_path / f"{faults.seed}.sqlite") as journal:
            config = config_of(server, timeout_s=0.5)
            async with open_models(["here/m"], config, journal=journal, concurrency=64) as models:
                replies = await asyncio.gather(*(models["here/m"].respond(question(n)) for n in range(500)))
            assert [reply.state for reply in replies] == ["ok"] * 500
            return [reply.text for reply in replies], server

    calm, _ = await texts(Faults(seed=1))
    rough, server = await texts(
        Faults(latency_s=0.01, garbage=0.01, rate_limited=0.05, server_error=0.02, hang=0.01, dropped=0.01, seed=2)
    )
    assert rough == calm
    assert server.ledger.paid_again == 0
    assert {"garbage", "rate_limited", "server_error", "hang", "dropped"} <= set(server.ledger.outcomes)


async def test_an_endpoint_that_knows_no_schema_is_asked_without_from_then_on() -> None:
    async with LoopbackServer(Faults(knows_schema=False)) as server:
        async with open_models(["here/m"], config_of(server)) as models:
            for number in range(3):
                reply = await models["here/m"].respond(question(number, response_schema=SCHEMA))
                assert reply.state == "ok"
                assert "response_format" not in reply.parameters
        assert server.ledger.requests == 4


async def test_the_schema_goes_out_where_it_is_known() -> None:
    async with LoopbackServer() as server:
        reply = await ask(server, question(1, response_schema=SCHEMA))
        assert set(json.loads(reply.text)) == {"answer"}
        assert reply.parameters == {"response_format": "json_schema"}


async def test_a_truncated_answer_is_asked_once_with_more_room() -> None:
    async with LoopbackServer(answer=lambda messages, schema: "word " * 20) as server:
        reply = await ask(server, question(1, parameters={"max_tokens": 10}))
        assert (reply.state, reply.parameters["max_tokens"]) == ("ok", 40)
        assert server.ledger.requests == 2
        assert reply.usage.output_tokens == 37
    async with LoopbackServer(answer=lambda messages, schema: "word " * 200) as server:
        reply = await ask(server, question(1, parameters={"max_tokens": 10}))
        assert (reply.state, reply.reason) == ("truncated", "output limit")
        assert server.ledger.requests == 2


async def test_a_truncated_answer_without_a_limit_of_ours_is_not_asked_again() -> None:
    async with LoopbackServer(Faults(truncated=1)) as server:
        reply = await ask(server, question(1))
        assert reply.state == "truncated"
        assert server.ledger.requests == 1


async def test_a_refusal_is_a_state_and_is_kept(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(refusal=1)) as server, Journal(tmp_path / "j.sqlite") as journal:
        for _ in range(2):
            async with open_models(["here/m"], config_of(server), journal=journal) as models:
                reply = await models["here/m"].respond(question(1))
            assert (reply.state, reply.reason) == ("refusal", "content filter")
        assert server.ledger.requests == 1


async def test_nothing_is_put_into_a_request() -> None:
    seen: list[Mapping[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(await request.json())
        return web.json_response({"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]})

    async with Handler(answer) as url:
        config = Config(endpoints={"here": EndpointConfig(url=url)})
        async with open_models(["here/m"], config) as models:
            await models["here/m"].respond(question(1, parameters={"temperature": 0.3, "seed": 7, "top_k": 4}))
    assert set(seen[0]) == {"model", "messages", "temperature", "seed", "top_k"}


async def test_a_wrong_key_is_one_line_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERE_KEY", "sk-secret-123456")
    async with LoopbackServer(Faults(key="another")) as server:
        with pytest.raises(ModelError, match=r"the key was refused .*correct the key in `HERE_KEY`") as caught:
            await ask(server, question(1), key="HERE_KEY")
        assert server.ledger.requests == 1
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_key_that_the_other_side_repeats_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERE_KEY", "sk-secret-123456")

    async def answer(request: web.Request) -> web.Response:
        text = f"Invalid API key: {request.headers['Authorization']}"
        return web.json_response({"error": {"message": text}}, status=401)

    async with Handler(answer) as url:
        config = Config(endpoints={"here": EndpointConfig(url=url, key="HERE_KEY")})
        async with open_models(["here/m"], config) as models:
            assert "secret" not in repr(models["here/m"])
            with pytest.raises(ModelError) as caught:
                await models["here/m"].respond(question(1))
    assert "secret" not in str(caught.value)


async def test_a_missing_key_is_named_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="`openai/gpt-4o` needs a key: set the environment variable `OPENAI_API_KEY`"):
        async with open_models(["openai/gpt-4o"]):
            pass


async def test_an_unknown_model_is_one_line() -> None:
    async with LoopbackServer(Faults(models=("other",))) as server:
        with pytest.raises(ModelError, match="no model `m` there"):
            await ask(server, question(1))
        assert server.ledger.requests == 1


async def test_a_dead_endpoint_is_one_line_soon() -> None:
    config = Config(endpoints={"here": EndpointConfig(url="http://127.0.0.1:9/v1")})
    async with asyncio.timeout(10), open_models(["here/m"], config) as models:
        with pytest.raises(ModelError, match=r"nothing answers at http://127.0.0.1:9/v1 .*start the server"):
            await models["here/m"].respond(question(1))


async def test_an_endpoint_that_is_none_is_one_line() -> None:
    async with LoopbackServer(Faults(garbage=1)) as server:
        with pytest.raises(ModelError, match="its answers cannot be read"):
            async with asyncio.timeout(60):
                await ask(server, question(1))


async def test_every_request_refused_as_bad_is_an_error_of_the_reply_and_stops_the_work_early() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"error": {"message": "temperature: must be at most 1"}}, status=400)

    async with Handler(answer) as url:
        config = Config(endpoints={"here": EndpointConfig(url=url)})
        async with open_models(["here/m"], config, concurrency=1) as models:
            reply = await models["here/m"].respond(question(0))
            assert reply.state == "error"
            assert reply.reason == "bad request: temperature: must be at most 1"
            for number in range(1, 4):
                await models["here/m"].respond(question(number))
            with pytest.raises(ModelError, match=r"every request so far was refused .*temperature"):
                await models["here/m"].respond(question(4))


async def test_a_long_wait_asked_for_stops_the_work_with_the_figure() -> None:
    async with LoopbackServer(Faults(rate_limited=1, retry_after_s=3600)) as server:
        with pytest.raises(ModelError, match="asks to wait 3600 s"):
            await ask(server, question(1))


async def test_a_call_ends_at_its_total_time() -> None:
    async with LoopbackServer(Faults(hang=1)) as server:
        reply = await ask(server, question(1), timeout_s=0.2, total_timeout_s=0.5)
    assert reply.state == "error"
    assert reply.reason.startswith("timeout: no answer within")


async def test_an_error_of_transport_is_asked_again_by_the_next_command(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(hang=1)) as server, Journal(tmp_path / "j.sqlite") as journal:
        for _ in range(2):
            config = config_of(server, timeout_s=0.1, total_timeout_s=0.1)
            async with open_models(["here/m"], config, journal=journal) as models:
                assert (await models["here/m"].respond(question(1))).state == "error"
        assert server.ledger.requests >= 2
        assert len(journal) == 0


async def test_an_unchanged_rerun_makes_no_call_and_fresh_asks_again(tmp_path: Path) -> None:
    async with LoopbackServer() as server, Journal(tmp_path / "j.sqlite") as journal:

        async def run(*, is_fresh: bool = False) -> list[Reply]:
            config = config_of(server)
            async with open_models(["here/m"], config, journal=journal, is_fresh=is_fresh) as models:
                return await asyncio.gather(*(models["here/m"].respond(question(n)) for n in range(20)))

        first = await run()
        assert await run() == first
        assert server.ledger.requests == 20
        await run(is_fresh=True)
        assert server.ledger.requests == 40
        await run()
        assert server.ledger.requests == 40


async def test_what_changes_an_answer_is_asked_anew(tmp_path: Path) -> None:
    async with LoopbackServer() as server, Journal(tmp_path / "j.sqlite") as journal:
        async with open_models(["here/m", "here/n"], config_of(server), journal=journal) as models:
            for request in [
                question(1),
                question(2),
                question(1, parameters={"temperature": 1}),
                question(1, repeat=1),
                question(1, attempt=1),
                question(1, response_schema=SCHEMA),
            ]:
                await models["here/m"].respond(request)
            await models["here/n"].respond(question(1))
        assert server.ledger.requests == 7


async def test_the_same_question_at_once_is_paid_once(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(latency_s=0.05)) as server, Journal(tmp_path / "j.sqlite") as journal:
        async with open_models(["here/m"], config_of(server), journal=journal) as models:
            replies = await asyncio.gather(*(models["here/m"].respond(question(1)) for _ in range(10)))
        assert server.ledger.requests == 1
        assert len(set(map(Reply.model_dump_json, replies))) == 1


async def test_an_answer_under_way_is_kept_when_the_work_stops(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(latency_s=0.3)) as server, Journal(tmp_path / "j.sqlite") as journal:
        async with open_models(["here/m"], config_of(server), journal=journal, concurrency=4) as models:
            calls = [asyncio.create_task(models["here/m"].respond(question(n))) for n in range(8)]
            await asyncio.sleep(0.1)
            for call in calls:
                call.cancel()
        assert server.ledger.requests == 4
        assert len(journal) == 4


async def test_when_the_money_is_gone_the_answers_so_far_are_kept_and_a_higher_limit_goes_on(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(latency_s=0.01)) as server, Journal(tmp_path / "j.sqlite") as journal:
        config = config_of(server).model_copy(
            update={"prices": {"here/m": Price(input_per_million=100, output_per_million=100)}, "output_limit": 50}
        )

        async def run(limit_usd: float) -> int:
            async with open_models(["here/m"], config, journal=journal, budget=Budget(limit_usd)) as models:
                calls = [models["here/m"].respond(question(n)) for n in range(40)]
                outcomes = await asyncio.gather(*calls, return_exceptions=True)
            return sum(isinstance(outcome, BudgetExceeded) for outcome in outcomes)

        assert await run(0.05) > 0
        paid = server.ledger.answered
        assert len(journal) == paid > 0
        assert await run(1.0) == 0
        assert server.ledger.answered == 40
        assert server.ledger.paid_again == 0


async def test_an_answer_can_be_read_while_it_is_written_and_is_kept(tmp_path: Path) -> None:
    text = "a long answer in many pieces " * 10
    async with LoopbackServer(answer=lambda m, s: text) as server, Journal(tmp_path / "j.sqlite") as journal:
        async with open_models(["here/m"], config_of(server), journal=journal) as models:
            model = models["here/m"]
            assert isinstance(model, StreamingModel)
            chunks = [chunk async for chunk in model.stream(question(1))]
            assert len(chunks) > 5
            assert "".join(chunk.text for chunk in chunks) == text
            reply = chunks[-1].reply
            assert reply is not None
            assert (reply.text, reply.state) == (text, "ok")
            assert reply.usage.output_tokens is not None
            again = [chunk async for chunk in model.stream(question(1))]
            assert [chunk.text for chunk in again] == [text, ""]
        assert server.ledger.requests == 1


async def test_faults_before_the_first_word_of_a_stream_are_retried() -> None:
    faults = Faults(server_error=0.6, seed=3)
    async with LoopbackServer(faults) as server, open_models(["here/m"], config_of(server)) as models:
        model = models["here/m"]
        assert isinstance(model, StreamingModel)
        chunks = [chunk async for chunk in model.stream(question(5))]
    assert chunks[-1].reply is not None
    assert chunks[-1].reply.state == "ok"


async def test_embeddings_come_in_the_order_of_the_texts() -> None:
    async with LoopbackServer() as server, open_models(["here/m"], config_of(server)) as models:
        model = models["here/m"]
        assert isinstance(model, JournaledModel)
        assert isinstance(model, EmbeddingModel)
        one, other, same = await model.embed(["red house", "blue sea", "red house"])
        assert one.tolist() == same.tolist() != other.tolist()


async def test_a_variant_changes_prompt_system_and_parameters() -> None:
    variant = ModelConfig(
        model="here/m", parameters={"temperature": 0.7}, system="Be kind.", template="{prompt}\nThink first."
    )
    seen: list[Mapping[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(await request.json())
        return web.json_response({"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]})

    async with Handler(answer) as url:
        config = Config(endpoints={"here": EndpointConfig(url=url)}, models={"kind": variant})
        async with open_models(["kind"], config) as models:
            messages = (Message(role="system", content="Be short."), Message(role="user", content="Why {question}?"))
            reply = await models["kind"].respond(Request(messages=messages, parameters={"temperature": 0, "seed": 1}))
            assert models["kind"].name == "kind"
    assert seen[0]["messages"] == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Why {question}?\nThink first."},
    ]
    assert reply.parameters == {"temperature": 0.7, "seed": 1}


class Handler:
    """One path of a server on loopback, for answers that the loopback server does not give."""

    def __init__(self, answer: Any) -> None:
        self._app = web.Application()
        self._app.router.add_post("/{path:.*}", answer)
        self._runner = web.AppRunner(self._app, access_log=None)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
