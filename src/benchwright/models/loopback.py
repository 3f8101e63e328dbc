"""A model server of our own on loopback: OpenAI-compatible over real HTTP, with every fault to order.

For tests and measurements, and to try a whole chain without a key: `python -m benchwright.models.loopback --port 8801`.
What it answers is a function from messages and schema to text; which request meets which fault depends on the seed,
the request and how often it came, never on the order in which requests arrive.
"""

import argparse
import asyncio
import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from aiohttp import web

from benchwright.models.loopback_answers import answer_from_prompt

Answering = Callable[[Sequence[Mapping[str, str]], Mapping[str, Any] | None], str]
"""From messages (`role`, `content`) and the response schema, if one is asked, to the text of the answer."""

GARBAGE = '<html><body><h1>502</h1> upstream says: {"choices": [{"mess'


@dataclass(frozen=True)
class Faults:
    """What goes wrong, and how often: shares of all requests from 0 to 1, and times in seconds."""

    latency_s: float = 0.0
    jitter_s: float = 0.0
    rate_limited: float = 0.0
    retry_after_s: float = 0.0
    """Sent with each 429 where it is above 0."""
    limited_from_s: float = 0.0
    limited_for_s: float = 0.0
    """A window, counted from the first request, in which every request gets 429."""
    server_error: float = 0.0
    garbage: float = 0.0
    """A 200 whose body is no JSON."""
    malformed: float = 0.0
    """A proper answer whose text is cut in the middle, so that no object can be read from it."""
    truncated: float = 0.0
    """An answer that ends with `length`."""
    hang: float = 0.0
    hang_s: float = 3600.0
    dropped: float = 0.0
    """The connection is closed without an answer."""
    refusal: float = 0.0
    knows_schema: bool = True
    """False: a request with `response_format` gets 400, as older servers do."""
    key: str = ""
    """Where set, another key gets 401."""
    models: tuple[str, ...] = ()
    """Where set, another model gets 404."""
    shutdown_date: str = ""
    """Stated for each model in the list of models."""
    seed: int = 0


@dataclass
class Ledger:
    """What the server has seen."""

    requests: int = 0
    answered: int = 0
    paid_again: int = 0
    """Answers to a request that had been answered before."""
    most_at_once: int = 0
    outcomes: Counter[str] = field(default_factory=Counter[str])
    arrivals: list[tuple[float, int]] = field(default_factory=list)
    """(seconds since the first request, status) of each request."""


_Giving = Callable[[web.Request, Mapping[str, Any], str], Awaitable[web.StreamResponse]]
"""From a request, its JSON and a fault that shapes the answer, to the answer."""


class LoopbackServer:
    """Serves on 127.0.0.1 while it is open: `async with LoopbackServer() as server: … server.url`."""

    def __init__(self, faults: Faults | None = None, *, answer: Answering = answer_from_prompt, port: int = 0) -> None:
        self.faults = faults or Faults()
        self.ledger = Ledger()
        self.url = ""
        self._answer = answer
        self._port = port
        self._times_seen: Counter[str] = Counter()
        self._answered: set[str] = set()
        self._at_once = 0
        self._first: float | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "LoopbackServer":
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_post("/v1/embeddings", self._embed)
        app.router.add_get("/v1/models", self._list)
        app.router.add_get("/ledger", self._show)
        # Hanging requests end with the server, not a minute later.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=2048)
        await site.start()
        address: Any = self._runner.addresses[0]
        self.url = f"http://127.0.0.1:{address[1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self._give)

    async def _embed(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self._give_vectors)

    async def _serve(self, request: web.Request, give: "_Giving") -> web.StreamResponse:
        self._first = time.monotonic() if self._first is None else self._first
        arrived = time.monotonic() - self._first
        self._at_once += 1
        self.ledger.requests += 1
        self.ledger.most_at_once = max(self.ledger.most_at_once, self._at_once)
        try:
            raw = await request.read()
            response = await self._respond(request, raw, arrived, give)
            self.ledger.arrivals.append((arrived, response.status))
            return response
        finally:
            self._at_once -= 1

    async def _respond(self, request: web.Request, raw: bytes, arrived: float, give: "_Giving") -> web.StreamResponse:
        faults = self.faults
        asked = json.loads(raw)
        digest = hashlib.sha256(raw).hexdigest()
        self._times_seen[digest] += 1
        chance = random.Random(f"{faults.seed}:{digest}:{self._times_seen[digest]}")
        refused = self._turned_away(request, asked)
        if refused is not None:
            return refused
        fault = self._fault(chance)
        if faults.limited_from_s <= arrived < faults.limited_from_s + faults.limited_for_s:
            fault = "rate_limited"
        if fault == "rate_limited":
            self.ledger.outcomes[fault] += 1
            headers = {"Retry-After": f"{faults.retry_after_s:g}"} if faults.retry_after_s else {}
            return _error(429, "rate_limit_exceeded", "too many requests", headers)
        await asyncio.sleep(faults.latency_s + faults.jitter_s * chance.random())
        self.ledger.outcomes[fault or "answered"] += 1
        if fault == "server_error":
            return _error(500, "server_error", "something broke")
        if fault == "garbage":
            return web.Response(text=GARBAGE, content_type="text/html")
        if fault == "hang":
            await asyncio.sleep(faults.hang_s)
        if fault in {"dropped", "hang"}:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=499)
        self.ledger.answered += 1
        self.ledger.paid_again += digest in self._answered
        self._answered.add(digest)
        return await give(request, asked, fault)

    def _turned_away(self, request: web.Request, asked: Mapping[str, Any]) -> web.Response | None:
        faults = self.faults
        if faults.key and request.headers.get("Authorization") != f"Bearer {faults.key}":
            self.ledger.outcomes["wrong key"] += 1
            return _error(401, "invalid_api_key", "Incorrect API key provided.")
        if faults.models and asked.get("model") not in faults.models:
            self.ledger.outcomes["unknown model"] += 1
            return _error(404, "model_not_found", f"The model `{asked.get('model')}` does not exist.")
        if not faults.knows_schema and "response_format" in asked:
            self.ledger.outcomes["no schema"] += 1
            return _error(400, "invalid_request_error", "response_format of type json_schema is not supported")
        return None

    def _fault(self, chance: random.Random) -> str:
        drawn = chance.random()
        for name in ("rate_limited", "server_error", "garbage", "malformed", "truncated", "hang", "dropped", "refusal"):
            drawn -= getattr(self.faults, name)
            if drawn < 0:
                return name
        return ""

    async def _give(self, request: web.Request, asked: Mapping[str, Any], fault: str) -> web.StreamResponse:
        schema = ((asked.get("response_format") or {}).get("json_schema") or {}).get("schema")
        turns = [{"role": turn["role"], "content": _words_of(turn["content"])} for turn in asked["messages"]]
        text = self._answer(turns, schema)
        limit = asked.get("max_completion_tokens") or asked.get("max_tokens")
        finish = "stop"
        if fault == "refusal":
            text, finish = "", "content_filter"
        elif fault == "malformed":
            text = text[: len(text) // 2]
        elif fault == "truncated" or (limit is not None and len(text) > 4 * limit):
            text, finish = text[: min(len(text) // 2, 4 * (limit or len(text)))], "length"
        read = sum(len(turn["content"]) for turn in turns) // 4 + 1
        written = len(text) // 4 + 1
        usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        if asked.get("stream"):
            return await _stream(request, asked, text, finish, usage)
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        body = {"id": "loopback", "object": "chat.completion", "model": asked.get("model"), "choices": [choice]}
        return web.json_response({**body, "usage": usage})

    async def _give_vectors(self, request: web.Request, asked: Mapping[str, Any], fault: str) -> web.StreamResponse:
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        rows = [{"index": place, "embedding": _vector(text)} for place, text in enumerate(texts)]
        return web.json_response({"data": rows, "usage": {"prompt_tokens": sum(map(len, texts)) // 4}})

    async def _list(self, request: web.Request) -> web.Response:
        stated = {"shutdown_date": self.faults.shutdown_date} if self.faults.shutdown_date else {}
        rows = [{"id": name, **stated} for name in self.faults.models or ("loopback",)]
        return web.json_response({"object": "list", "data": rows})

    async def _show(self, request: web.Request) -> web.Response:
        ledger = self.ledger
        shown = {f.name: getattr(ledger, f.name) for f in fields(ledger)}
        return web.json_response(shown)


def _words_of(content: str | Sequence[Mapping[str, Any]]) -> str:
    """The text of a turn; a picture is shown to the answering function by the hash of its bytes."""
    if isinstance(content, str):
        return content
    parts = [
        part.get("text") or f"[picture {hashlib.sha256(json.dumps(part).encode()).hexdigest()[:8]}]" for part in content
    ]
    return "\n".join(parts)


async def _stream(
    request: web.Request, asked: Mapping[str, Any], text: str, finish: str, usage: Mapping[str, int]
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    model = asked.get("model")
    for start in range(0, len(text), 24):
        choice = {"index": 0, "delta": {"content": text[start : start + 24]}, "finish_reason": None}
        await _send(response, {"object": "chat.completion.chunk", "model": model, "choices": [choice]})
    await _send(response, {"model": model, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    await _send(response, {"model": model, "choices": [], "usage": usage})
    await response.write(b"data: [DONE]\n\n")
    return response


async def _send(response: web.StreamResponse, event: Mapping[str, Any]) -> None:
    await response.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())


def _error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status, headers=headers)


def _vector(text: str) -> list[float]:
    """Numbers that say which words a text has: texts that share words are near each other."""
    vector = [0.0] * 256
    for word in text.casefold().split():
        vector[hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()[0]] += 1.0
    length = sum(value * value for value in vector) ** 0.5 or 1.0
    return [value / length for value in vector]


async def serve(faults: Faults, port: int, answer: Answering = answer_from_prompt) -> None:
    """Serve until cancelled, and say where in one line."""
    async with LoopbackServer(faults, answer=answer, port=port) as server:
        print(server.url, flush=True)
        await asyncio.Event().wait()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the server from the command line; each fault is an option."""
    parser = argparse.ArgumentParser(prog="python -m benchwright.models.loopback", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one; the address is printed")
    names = {option.name for option in fields(Faults)}
    for option in fields(Faults):
        short = option.name.removesuffix("_s")
        flag = "--" + (option.name if short in names else short).replace("_", "-")
        default: Any = option.default
        if isinstance(default, bool):
            parser.add_argument(flag, dest=option.name, action=argparse.BooleanOptionalAction, default=default)
        elif isinstance(default, tuple):
            parser.add_argument(flag, dest=option.name, action="append", default=[])
        else:
            parser.add_argument(flag, dest=option.name, type=type(default), default=default)
    given = vars(parser.parse_args(arguments))
    port = given.pop("port")
    given["models"] = tuple(given["models"])
    try:
        asyncio.run(serve(Faults(**given), port))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
