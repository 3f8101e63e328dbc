import json
from pathlib import Path

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner

from benchwright.cli.doctor import command
from benchwright.errors import ModelError
from benchwright.generation.scripted import scripted_answer
from benchwright.models.journaled import CallSettings
from benchwright.models.lifecycle import listed_shutdown, shutdown_of
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.workflows.doctor import diagnose, examine


def written(folder: Path, **settings: object) -> Path:
    path = folder / "benchwright.yaml"
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return path


async def test_it_tells_servers_keys_prices_and_who_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROQ_API_KEY", "gsk-secret-value")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    async with LoopbackServer(Faults(models=("good",))) as server:
        config = written(
            tmp_path,
            endpoints={"here": {"url": server.url}, "dead": {"url": "http://127.0.0.1:9/v1"}},
            models={"fast": {"model": "here/good"}},
            writers=["fast", "here/bad", "openai/gpt-4o"],
            prices={"here/good": {"input_per_million": 1, "output_per_million": 2}},
        )
        found = await diagnose(config)
    keys = {key.provider: key.is_set for key in found.keys}
    assert keys["groq"]
    assert not keys["openai"]
    servers = {state.provider: state for state in found.servers}
    assert servers["here"].models == ("good",)
    assert not servers["dead"].is_found
    models = {model.name: model for model in found.models}
    assert models["fast"].is_answering
    assert models["fast"].price == "$1 in, $2 out per million tokens"
    assert models["fast"].latency_ms is not None
    assert "no model `bad` there" in models["here/bad"].problem
    assert models["here/bad"].price == "unknown"
    assert "OPENAI_API_KEY" in models["openai/gpt-4o"].problem
    assert not found.is_healthy
    assert "gsk-secret-value" not in repr(found)


async def test_nothing_found_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchwright.models.providers import PROVIDERS

    for place in PROVIDERS.values():
        if place.key:
            monkeypatch.delenv(place.key, raising=False)
    found = await diagnose(written(tmp_path))
    assert found.is_healthy
    if not any(server.is_found for server in found.servers):
        assert "builtin/" in found.advice[0]


async def test_nothing_is_sent_where_that_is_asked(tmp_path: Path) -> None:
    async with LoopbackServer() as server:
        config = written(tmp_path, endpoints={"here": {"url": server.url}}, candidates=["here/m"])
        found = await diagnose(config, asks=False)
        assert found.models[0].is_answering is None
        assert server.ledger.requests == 0


def test_announced_shutdowns_are_told() -> None:
    assert shutdown_of("anthropic", "claude-3-opus-20240229").startswith("was shut down on 2026-01-05")
    assert "shut down on 2026-12-01" in shutdown_of("gemini", "gemini-2.5-pro")
    assert "shut down on 2026-12-11" in shutdown_of("openai", "gpt-5-mini")
    assert shutdown_of("openai", "gpt-5.4-mini") == ""
    assert shutdown_of("ollama", "llama3.1:8b") == ""


def test_the_command_ends_with_1_where_a_model_is_silent(tmp_path: Path) -> None:
    config = written(tmp_path, endpoints={"dead": {"url": "http://127.0.0.1:9/v1"}}, candidates=["dead/m"])
    result = CliRunner().invoke(command, ["--config", str(config)])
    assert isinstance(result.exception, ModelError)
    assert "SILENT" in result.output
    assert "nothing answers at http://127.0.0.1:9/v1" in result.output
    result = CliRunner().invoke(command, ["--config", str(config), "--no-ask", "--json"])
    assert json.loads(result.output)["models"][0]["is_answering"] is None


async def test_a_judge_is_run_against_the_answers_that_must_not_fool_it(tmp_path: Path) -> None:
    async with LoopbackServer(answer=scripted_answer) as server:
        config = written(tmp_path, endpoints={"here": {"url": server.url}})
        settings = CallSettings(config, journal=tmp_path / "journal.sqlite")
        report = await examine("here/m", settings)
        asked = server.ledger.requests
        assert report.judge == "judge:here/m"
        assert report.cases > 50
        await examine("here/m", settings)
        assert server.ledger.requests == asked


async def test_a_shutdown_that_the_providers_list_states_is_told(tmp_path: Path) -> None:
    async with LoopbackServer(Faults(models=("old",), shutdown_date="2031-05-01")) as server:
        config = written(tmp_path, endpoints={"here": {"url": server.url}}, writers=["here/old"])
        found = await diagnose(config)
    assert found.models[0].shutdown == "will be shut down on 2031-05-01, by its provider's list"
    assert listed_shutdown({"shutdown_date": 1935359999}) == "will be shut down on 2031-04-30, by its provider's list"
    assert listed_shutdown({"id": "m", "shutdown_date": None}) == ""


async def test_the_lists_of_anthropic_and_gemini_say_what_they_state_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []

    async def claude(request: web.Request) -> web.Response:
        asked.append(dict(request.headers))
        return web.json_response({"data": [{"id": "claude-next-20300101", "created_at": "2030-01-01T00:00:00Z"}]})

    async def gemini(request: web.Request) -> web.Response:
        asked.append(dict(request.headers))
        rows = [
            {"name": "models/gemini-old", "description": "An old model which was deprecated on July 12, 2029."},
            {"name": "models/gemini-new", "description": "Our most capable model."},
        ]
        return web.json_response({"models": rows})

    app = web.Application()
    app.router.add_get("/a/models", claude)
    app.router.add_get("/g/models", gemini)
    server = TestServer(app)
    await server.start_server()
    monkeypatch.setenv("KEY_OF_A", "key-a")
    monkeypatch.setenv("KEY_OF_G", "key-g")
    endpoints = {
        "a": {"url": str(server.make_url("/a")), "kind": "anthropic", "key": "KEY_OF_A"},
        "g": {"url": str(server.make_url("/g")), "kind": "gemini", "key": "KEY_OF_G"},
    }
    names = ["a/claude-next", "a/claude-gone", "g/gemini-old", "g/gemini-new"]
    try:
        found = await diagnose(written(tmp_path, endpoints=endpoints, candidates=names))
    finally:
        await server.close()
    told = {model.name: (model.shutdown, model.listed) for model in found.models}
    assert told["a/claude-next"] == ("", "in its provider's list, of 2030-01-01; the list states no end")
    assert told["a/claude-gone"] == ("", "not in its provider's list of models")
    assert "deprecated on July 12, 2029" in told["g/gemini-old"][0]
    assert told["g/gemini-new"] == ("", "in its provider's list; the list states no end")
    assert {headers.get("x-api-key") or headers.get("x-goog-api-key") for headers in asked} == {"key-a", "key-g"}


def test_what_it_prints_is_no_wider_than_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endpoints = {f"place-{number}": {"url": f"http://127.0.0.1:{number}/v1"} for number in range(9, 14)}
    written(tmp_path, endpoints=endpoints, candidates=["place-9/m", "openai/gpt-4o", "anthropic/claude-opus-4-1"])
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command, [], env={"COLUMNS": "80"})
    assert max(map(len, result.output.splitlines())) <= 80
    assert "place-9/m: SILENT" in result.output
