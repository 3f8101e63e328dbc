"""No key reaches an error, an answer, the journal or a manifest, however hard one tries."""

import json
from pathlib import Path

import pytest
import yaml
from aiohttp import web

from benchwright.errors import ConfigError, ModelError
from benchwright.models.config import Config, EndpointConfig, ModelConfig, load_config
from benchwright.models.journaled import open_models
from benchwright.models.secrets import hidden, shown_address, spellings
from benchwright.records import Message, Request
from benchwright.store.journal import Journal

KEY = "sk-live/4f9a8b7c6d5e+Zz"
ASK = Request(messages=(Message(role="user", content="How many lifts?"),))


class Echo:
    """A server that repeats all it was sent, as badly written gateways do."""

    def __init__(self, status: int, padding: int = 0) -> None:
        self.status, self.padding = status, padding
        self.url = ""

    async def __aenter__(self) -> "Echo":
        app = web.Application()
        app.router.add_post("/{tail:.*}", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        said = "x" * self.padding + f"{dict(request.headers)} {request.rel_url} {json.dumps(dict(request.query))}"
        body = {"error": {"message": said}} if self.status != 200 else {"choices": [{"message": {"content": said}}]}
        return web.json_response(body, status=self.status)


@pytest.mark.parametrize("padding", range(0, 300, 37))
async def test_a_server_that_repeats_the_key_does_not_get_it_into_an_error(
    padding: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HERE_KEY", KEY)
    async with Echo(401, padding) as server:
        config = Config(endpoints={"here": EndpointConfig(url=server.url, key="HERE_KEY")})
        async with open_models(["here/m"], config) as models:
            with pytest.raises(ModelError) as caught:
                await models["here/m"].respond(ASK)
    # Not even a part of it, where the message is cut to one line.
    assert not any(KEY[start : start + 8] in str(caught.value) for start in range(len(KEY) - 8))


async def test_neither_journal_nor_answer_hold_a_key_from_header_address_or_parameter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HERE_KEY", KEY)
    async with Echo(200) as server:
        config = Config(
            endpoints={
                "here": EndpointConfig(
                    url=server.url.replace("://", "://user:${HERE_KEY}@").replace("/v1", "/v1/${HERE_KEY}"),
                    headers={"api-key": "${HERE_KEY}"},
                    query={"token": "${HERE_KEY}", "api-version": "1"},
                )
            }
        )
        monkeypatch.setenv("HERE_KEY", KEY.replace("/", "-"))
        secret = KEY.replace("/", "-")
        async with (
            Journal(tmp_path / "journal.sqlite") as journal,
            open_models(["here/m"], config, journal=journal) as models,
        ):
            reply = await models["here/m"].respond(ASK)
    assert reply.state == "ok"
    assert "api-version" in reply.text
    assert secret not in reply.text
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert secret.encode() not in kept


async def test_an_exception_of_an_own_function_does_not_bring_a_key_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_API_KEY", KEY)
    async with open_models(["python:tests.models.test_secrets:failing"], Config()) as models:
        reply = await models["python:tests.models.test_secrets:failing"].respond(ASK)
    assert reply.state == "error"
    assert "refused" in reply.reason
    assert KEY not in reply.reason


def failing(prompt: str) -> str:
    raise ValueError(f"{KEY} refused")


@pytest.mark.parametrize(
    "written",
    [
        {"endpoints": {"here": {"url": "https://h/v1", "key": KEY}}},
        {"endpoints": {"here": {"url": "https://h/v1", "key": "hf_AbCdEfGhIjKlMnOp"}}},
        {"endpoints": {"here": {"url": "https://h/v1", "key": "0a1b2c3d4e5f60718293a4b5"}}},
        {"endpoints": {"here": {"url": "https://h/v1", "api_key": KEY}}},
        {"endpoints": {"here": {"url": KEY}}},
        {"endpoints": {"here": {"url": f"https://me:{KEY[8:]}@h/v1"}}},
        {"endpoints": {"here": {"url": "https://h/v1?api_key=0a1b2c3d4e5f"}}},
        {"endpoints": {"here": {"url": "https://h/v1", "headers": f"Bearer {KEY}"}}},
        {"endpoints": {"here": {"url": "https://h/v1", "headers": {"Authorization": f"Bearer {KEY}"}}}},
        {"endpoints": {"here": {"url": "https://h/v1", "query": {"key": KEY}}}},
        {"models": {"bot": {"model": "https://h/ask?token=0a1b2c3d4e5f"}}},
        {"models": {"bot": {"model": "https://h/ask", "headers": {"x-api-key": KEY}}}},
    ],
)
def test_a_key_in_the_file_by_mistake_is_refused_and_not_repeated(written: object, tmp_path: Path) -> None:
    path = tmp_path / "benchwright.yaml"
    path.write_text(yaml.safe_dump(written), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    secrets = [KEY, KEY[8:], "hf_AbCdEfGhIjKlMnOp", "0a1b2c3d4e5f"]
    assert not any(secret in str(caught.value) for secret in secrets)


def test_what_is_no_secret_stays_allowed() -> None:
    EndpointConfig(url="https://h/v1", headers={"X-Team": "research"}, query={"api-version": "2024-10-21"})
    ModelConfig(model="https://h/ask?mode=short", headers={"Authorization": "Bearer ${BOT_TOKEN}"})


async def test_an_address_with_a_secret_is_no_name_of_a_model() -> None:
    with pytest.raises(ConfigError, match=r"\$\{NAME\}") as caught:
        async with open_models(["https://h/ask?token=0a1b2c3d4e5f"], Config()):
            pass
    assert "0a1b2c3d4e5f" not in str(caught.value)


def test_a_secret_is_found_in_every_spelling_and_an_address_is_shown_without_any() -> None:
    known = spellings({f"Bearer {KEY}"})
    for text in (KEY, json.dumps({"k": KEY}), KEY.replace("/", "\\/"), "sk-live%2F4f9a8b7c6d5e%2BZz"):
        assert "4f9a8b7c6d5e" not in hidden(text, known)
    assert shown_address("https://me:pw@host:8000/v1?token=abc") == "https://host:8000/v1"
