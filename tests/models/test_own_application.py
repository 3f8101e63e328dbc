import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.models.test_client import Handler

from benchwright.errors import ConfigError, InputError, UnknownName
from benchwright.models.config import Config, ModelConfig
from benchwright.models.journaled import open_models
from benchwright.models.own_application import load_function, value_at
from benchwright.models.replay import load_answers
from benchwright.records import Message, Provenance, Question, Reply, Request
from benchwright.store.journal import Journal

QUESTION = Question(
    form="choice",
    kind="number",
    text="How many lifts?",
    choices=("7", "9"),
    answer="7",
    language="en",
    provenance=Provenance(writer="person"),
)
REQUEST = Request(
    messages=(Message(role="user", content="Full prompt: how many lifts?"),),
    question=QUESTION,
    choices=QUESTION.choices,
)


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "my_rag.py").write_text(
        "import time\n"
        "calls = []\n"
        "def plain(text):\n    calls.append(text)\n    return f'got {text}'\n"
        "async def named(question, choices):\n    return f'{question} {choices}'\n"
        "def slow(prompt):\n    time.sleep(0.2)\n    return 'done'\n"
        "def broken(prompt):\n    raise KeyError('index')\n"
        "def wrong(prompt):\n    return 7\n"
        "def nothing():\n    return ''\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("my_rag", None)
    return "my_rag"


async def ask(name: str, config: Config | None = None, journal: Journal | None = None) -> Reply:
    async with open_models([name], config, journal=journal) as models:
        return await models[name].respond(REQUEST)


async def test_a_function_is_called_with_what_its_parameters_are_named_for(application: str) -> None:
    assert (await ask(f"python:{application}:plain")).text == "got Full prompt: how many lifts?"
    assert (await ask(f"python:{application}:named")).text == "How many lifts? ['7', '9']"


async def test_a_plain_function_does_not_hold_the_others_up(application: str) -> None:
    name = f"python:{application}:slow"
    started = time.monotonic()
    async with open_models([name]) as models:
        requests = [REQUEST.model_copy(update={"repeat": number}) for number in range(4)]
        await asyncio.gather(*(models[name].respond(request) for request in requests))
    assert time.monotonic() - started < 0.7


async def test_what_a_function_raises_is_the_reason_of_an_error(application: str) -> None:
    reply = await ask(f"python:{application}:broken")
    assert (reply.state, reply.reason) == ("error", "application: KeyError: 'index'")
    assert (await ask(f"python:{application}:wrong")).reason == "application: returned int, not text"


async def test_a_function_that_is_not_there_is_named(application: str) -> None:
    with pytest.raises(UnknownName, match="did you mean `plain`"):
        await ask(f"python:{application}:plan")
    with pytest.raises(ConfigError, match="cannot import `no_such_module`"):
        await ask("python:no_such_module:f")
    with pytest.raises(ConfigError, match="at least one parameter"):
        await ask(f"python:{application}:nothing")
    with pytest.raises(ConfigError, match="not of the form"):
        await ask("python:just_a_name")


async def test_another_version_of_an_application_is_asked_anew(application: str, tmp_path: Path) -> None:
    async with Journal(tmp_path / "j.sqlite") as journal:
        for version in ("1", "1", "2"):
            model = ModelConfig(model=f"python:{application}:plain", version=version)
            await ask("mine", Config(models={"mine": model}), journal)
        assert len(sys.modules[application].calls) == 2
        assert len(journal) == 2


async def test_an_http_service_is_a_candidate_by_template() -> None:
    seen: list[Any] = []

    async def serve(request: web.Request) -> web.Response:
        seen.append((await request.json(), request.headers.get("X-Team")))
        return web.json_response({"data": [{"text": "seven"}], "sources": []})

    async with Handler(serve) as url:
        body = {"q": "{question}", "nested": {"options": "{choices}"}, "top_k": 5}
        model = ModelConfig(model=f"{url}/ask", body=body, answer="data.0.text", headers={"X-Team": "a"})
        reply = await ask("bot", Config(models={"bot": model}))
    assert reply.text == "seven"
    assert seen == [({"q": "How many lifts?", "nested": {"options": "A. 7\nB. 9"}, "top_k": 5}, "a")]
    assert reply.parameters == {"top_k": 5}


async def test_an_http_service_needs_no_entry() -> None:
    async def as_json(request: web.Request) -> web.Response:
        return web.json_response({"answer": (await request.json())["question"]})

    async def as_text(request: web.Request) -> web.Response:
        return web.Response(text="plain text")

    async with Handler(as_json) as url:
        assert (await ask(f"{url}/a")).text == "Full prompt: how many lifts?"
        assert (await ask(f"http:{url}/a")).text == "Full prompt: how many lifts?"
    async with Handler(as_text) as url:
        assert (await ask(f"{url}/a")).text == "plain text"


async def test_a_variable_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEAM_KEY", raising=False)
    model = ModelConfig(model="http://127.0.0.1:9/a", headers={"Authorization": "Bearer ${TEAM_KEY}"})
    with pytest.raises(ConfigError, match="needs the environment variable `TEAM_KEY`"):
        await ask("bot", Config(models={"bot": model}))


def test_a_path_that_leads_nowhere_is_nothing() -> None:
    payload = {"a": [{"b": "x"}]}
    assert value_at(payload, "a.0.b") == "x"
    assert value_at(payload, "a.-1.b") == "x"
    assert value_at(payload, "a.1.b") is None
    assert value_at(payload, "a.b") is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{{"question_id": "{id}", "text": "seven"}}\n\n'),
        ("a.csv", "question_id,text\n{id},seven\n"),
        ("a.jsonl", '{{"id": "{id}", "answer": "seven", "repeat": 0}}\n'),
    ],
)
async def test_recorded_answers_are_given_back_by_question(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text.format(id=QUESTION.id), encoding="utf-8")
    model = f"replay:{tmp_path / name}"
    assert (await ask(model)).text == "seven"
    async with open_models([model]) as models:
        other = QUESTION.model_copy(update={"id": "f" * 64})
        reply = await models[model].respond(REQUEST.model_copy(update={"question": other}))
    assert (reply.state, reply.reason) == ("error", "no recorded answer for question ffffffffffff…")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no answers in it"),
        ("{", r":1: not JSON"),
        ('{"question_id": "a"}', r":1: no `text`"),
        ('{"text": "a"}', r":1: no `question_id`"),
        ('{"id": "a", "text": "1"}\n{"id": "a", "text": "2"}', r":2: a second, different answer"),
        ("[1]", r":1: a JSON object is expected"),
    ],
)
def test_a_recording_that_cannot_be_meant_is_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_answers(path)


async def test_another_place_of_the_answer_is_read_anew_not_from_the_journal(tmp_path: Path) -> None:
    async def both(request: web.Request) -> web.Response:
        return web.json_response({"draft": "seven", "final": "nine"})

    app = web.Application()
    app.router.add_post("/ask", both)
    async with TestServer(app) as server, Journal(tmp_path / "journal.sqlite") as journal:
        address = str(server.make_url("/ask"))
        texts = [
            (await ask("bot", Config(models={"bot": ModelConfig(model=address, answer=place)}), journal)).text
            for place in ("draft", "final")
        ]
    assert texts == ["seven", "nine"]


def test_a_function_is_found_in_the_folder_where_one_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app_beside_me.py").write_text("def answer(prompt):\n    return 'here'\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert load_function("python:app_beside_me:answer")("?") == "here"
