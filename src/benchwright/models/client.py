"""One call to a model over HTTP: through the gate, within the budget, with retries, a fall-back and more room."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

from benchwright.errors import BudgetExceeded, ConfigError, ModelError
from benchwright.models.budget import Budget
from benchwright.models.endpoint import Endpoint
from benchwright.models.gate import Pass
from benchwright.models.openai_compatible import token_logprobs
from benchwright.models.prices import Price, PriceList
from benchwright.models.protocol import Chunk, TokenLogprob
from benchwright.models.retries import Experience, Retries
from benchwright.models.turns import Room
from benchwright.models.variants import Variant
from benchwright.models.vectors import read_vectors
from benchwright.models.wire import Dialect, Failure, events_of, is_about_schema, read_answer
from benchwright.records import Reply, Request, Usage

MORE_ROOM = 4
"""A truncated answer is asked for once more with so many times the output limit."""
PICTURE_TOKENS = 1_500
MOST_PICTURE_TOKENS = 50_000
"""A picture as providers count it, ordinarily and at most (small models at OpenAI multiply theirs by 33)."""
_PICTURE = re.compile(r"[A-Za-z0-9+/]{2000,}={0,2}")


class _Attempt(Protocol):
    """Sends a body once."""

    async def __call__(self, body: dict[str, Any], deadline: float, *, is_first: bool) -> Reply | Failure: ...


@dataclass
class _Paid:
    """What the attempts of one call cost together."""

    usage: Usage = field(default_factory=Usage)
    cost_usd: float | None = 0.0
    retries: int = 0
    latency_ms: float | None = None
    """Of the attempt that was answered, without waiting at the gate."""

    def add(self, usage: Usage, cost_usd: float | None) -> None:
        self.usage = Usage(
            **{
                name: None if now is None and before is None else (now or 0) + (before or 0)
                for name in Usage.model_fields
                for now, before in [(getattr(usage, name), getattr(self.usage, name))]
            }
        )
        self.cost_usd = None if cost_usd is None or self.cost_usd is None else self.cost_usd + cost_usd


@dataclass(frozen=True)
class ApiModel:
    """A model behind an HTTP interface. `model` is what the provider calls it."""

    name: str
    model: str
    endpoint: Endpoint
    dialect: Dialect
    budget: Budget
    variant: Variant = field(default_factory=Variant)
    price: Price | PriceList | None = None
    output_limit: int | None = None
    """Put into requests that state none, where a budget needs every request bounded."""
    version: str = ""
    experience: Experience = field(default_factory=Experience)

    @property
    def settings(self) -> Mapping[str, str]:
        """What shapes its answers besides its name."""
        return self.variant.settings(model=self.model, version=self.version)

    @property
    def _retries(self) -> Retries:
        is_own = hasattr(self.dialect, "answer")
        return Retries(self.name, self.model, self.endpoint, self.experience, is_own)

    @property
    def room(self) -> Room:
        """That of its gate."""
        return self.endpoint.gate.room

    def identity(self, request: Request) -> object:
        """What this request asks of whom, as the journal keys it: address, body, and the version of an own app."""
        body = self._body(self.variant.apply(request), with_schema=True)
        place = getattr(self.dialect, "answer", "")
        return [self._recorded_address(), body, self.version, *([place] if place else [])]

    async def respond(self, request: Request) -> Reply:
        """Answer one request: a reply in one of the four states.

        Raises:
            ModelError: wrong key, unknown model, no credit, or an endpoint that nobody answers at.
            BudgetExceeded: the next attempt could pass the limit.
        """
        request = self.variant.apply(request)
        paid = _Paid()
        body, answer = await self._with_schema_or_without(request, paid)
        if isinstance(answer, Reply) and answer.state == "truncated" and answer.reason == "output limit":
            body, answer = await self._with_more_room(body, answer, paid)
        return self._finish(answer, body, paid)

    async def stream(self, request: Request) -> AsyncIterator[Chunk]:
        """Yield the answer as it is written; before the first word faults are retried, after it they end the answer."""
        request = self.variant.apply(request)
        paid = _Paid()
        body = self._body(request, with_schema=not self.experience.refuses_schema, stream=True)
        deadline, failures = None, 0
        while True:
            seen: list[str] = []
            async with self.endpoint.gate.enter(self._size(body), is_retry=paid.retries > 0) as leave:
                deadline = deadline or time.monotonic() + self.endpoint.config.total_timeout_s
                reservation = await self._reserve(body)
                answer: Reply | Failure = Failure("transport", "the reader went away", may_be_billed=True)
                sent = time.monotonic()
                try:
                    async for piece in self._read_stream(body):
                        if isinstance(piece, str):
                            seen.append(piece)
                            yield Chunk(piece)
                        else:
                            answer = piece
                            paid.latency_ms = (time.monotonic() - sent) * 1000
                finally:
                    self.budget.settle(reservation, self._cost(answer, paid))
                self._tell_gate(leave, answer)
            failures += 1
            if isinstance(answer, Reply):
                break
            if seen or not await self._retries.may_retry(answer, failures, deadline):
                break
            paid.retries += 1
        reply = self._finish(answer, body, paid)
        if isinstance(answer, Failure) and seen:
            reply = reply.model_copy(update={"text": "".join(seen)})
        yield Chunk("", reply)

    async def logprobs(self, request: Request) -> tuple[TokenLogprob, ...]:
        """Answer `request` with `logprobs` asked for, and return its tokens; empty where the provider sends none."""
        request = self.variant.apply(request)
        request = request.model_copy(update={"parameters": {**request.parameters, "logprobs": True}})
        body = self._body(request, with_schema=False)
        async with self.endpoint.gate.enter(self._size(body)):
            reservation = await self._reserve(body)
            sent = await self._post(self._address(stream=False), body, self.endpoint.config.timeout_s)
            answer = sent if isinstance(sent, Failure) else read_answer(self.dialect, *sent)
            self.budget.settle(reservation, self._cost(answer, _Paid()))
        if isinstance(answer, Failure) or isinstance(sent, Failure):
            return ()
        return token_logprobs(json.loads(sent[2]))

    def embedding_identity(self, texts: Sequence[str]) -> object:
        """What a request for embeddings asks of whom, as the journal keys it."""
        return [self._recorded("/embeddings"), self._embedding_body(texts), self.version]

    async def embeddings(self, texts: Sequence[str]) -> Reply:
        """Return a reply whose text holds a vector for each text, packed (OpenAI-compatible endpoints).

        Raises:
            ModelError: the endpoint gave no vectors.
        """
        if not self.endpoint.config.kind.startswith("openai"):
            raise ConfigError(
                f"`{self.name}`: embeddings are asked of an OpenAI-compatible endpoint, and this one speaks "
                f"`{self.endpoint.config.kind}`; name another under `embedder:`"
            )
        address = _joined(self.endpoint.base or self.endpoint.config.url, "/embeddings", self.endpoint.query)

        async def attempt(body: dict[str, Any], deadline: float, *, is_first: bool) -> Reply | Failure:
            sent = await self._post(address, body, self._patience_s(deadline, is_first=is_first))
            return sent if isinstance(sent, Failure) else read_vectors(*sent, count=len(texts))

        paid = _Paid()
        answer = await self._call(self._embedding_body(texts), paid, attempt)
        if isinstance(answer, Failure):
            raise ModelError(f"`{self.name}` gave no embeddings: {self.endpoint.clean(answer.message)}")
        self.experience.has_answered = True
        cost = paid.cost_usd if self.price is not None else None
        return answer.model_copy(update={"usage": paid.usage, "cost_usd": cost, "retries": paid.retries})

    def _embedding_body(self, texts: Sequence[str]) -> dict[str, Any]:
        return {"model": self.model, "input": list(texts), **self.variant.parameters}

    async def _with_schema_or_without(self, request: Request, paid: _Paid) -> tuple[dict[str, Any], Reply | Failure]:
        """Ask with the response schema; where the endpoint does not know that, ask without, now and from now on."""
        with_schema = request.response_schema is not None and not self.experience.refuses_schema
        body = self._body(request, with_schema=with_schema)
        answer = await self._call(body, paid)
        if with_schema and isinstance(answer, Failure) and is_about_schema(answer):
            self.experience.refuses_schema = True
            body = self._body(request, with_schema=False)
            answer = await self._call(body, paid)
        return body, answer

    async def _with_more_room(
        self, body: dict[str, Any], first: Reply, paid: _Paid
    ) -> tuple[dict[str, Any], Reply | Failure]:
        """Ask a truncated answer once more where a limit of ours cut it; the first one stays where that fails."""
        limit = self.dialect.output_limit(body)
        if limit is None:
            return body, first
        wider = self.dialect.with_output_limit(body, limit * MORE_ROOM)
        try:
            second = await self._call(wider, paid)
        except BudgetExceeded:
            # The first answer is paid; the next request will say that the money is gone.
            return body, first
        return (wider, second) if isinstance(second, Reply) else (body, first)

    async def _call(self, body: dict[str, Any], paid: _Paid, attempt: "_Attempt | None" = None) -> Reply | Failure:
        """Send `body` until there is an answer, or a failure that will not pass, or no time left."""
        deadline, failures = None, 0
        while True:
            async with self.endpoint.gate.enter(self._size(body), is_retry=failures > 0) as leave:
                deadline = deadline or time.monotonic() + self.endpoint.config.total_timeout_s
                reservation = await self._reserve(body)
                answer: Reply | Failure = Failure("transport", "cut off", may_be_billed=True)
                sent = time.monotonic()
                try:
                    answer = await (attempt or self._attempt)(body, deadline, is_first=failures == 0)
                    paid.latency_ms = (time.monotonic() - sent) * 1000
                finally:
                    self.budget.settle(reservation, self._cost(answer, paid))
                self._tell_gate(leave, answer)
            if isinstance(answer, Reply):
                return answer
            failures += answer.kind != "rate_limit"
            if not await self._retries.may_retry(answer, failures, deadline):
                return answer
            paid.retries += 1

    async def _attempt(self, body: dict[str, Any], deadline: float, *, is_first: bool) -> Reply | Failure:
        sent = await self._post(self._address(stream=False), body, self._patience_s(deadline, is_first=is_first))
        return sent if isinstance(sent, Failure) else read_answer(self.dialect, *sent)

    def _patience_s(self, deadline: float, *, is_first: bool) -> float:
        left = max(0.1, deadline - time.monotonic())
        return self.endpoint.health.patience_s(min(self.endpoint.config.timeout_s, left), is_first=is_first)

    async def _post(
        self, address: str, body: Mapping[str, Any], patience_s: float
    ) -> tuple[int, Mapping[str, str], str] | Failure:
        """Send once; returns (status, headers, text), or the failure of the transport."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(patience_s):
                async with self._open(address, body) as response:
                    text = await response.text(encoding="utf-8", errors="replace")
        except TimeoutError:
            return Failure("timeout", f"no answer within {patience_s:g} s", may_be_billed=True)
        except aiohttp.ClientConnectorError as error:
            return Failure("transport", f"cannot connect: {error.os_error.strerror or error}")
        except (aiohttp.ClientError, ConnectionError) as error:
            return Failure(
                "transport", f"the connection broke: {str(error) or type(error).__name__}", may_be_billed=True
            )
        self.endpoint.health.answered(time.monotonic() - started)
        return response.status, response.headers, self.endpoint.clean(text)

    async def _read_stream(self, body: dict[str, Any]) -> AsyncIterator[str | Reply | Failure]:
        """Yield pieces of text, then the reply or the failure."""
        events: list[dict[str, Any]] = []
        try:
            async with asyncio.timeout(self.endpoint.config.timeout_s):
                async with self._open(self._address(stream=True), body) as response:
                    if response.status != 200 or "event-stream" not in response.headers.get("Content-Type", ""):
                        text = self.endpoint.clean(await response.text(encoding="utf-8", errors="replace"))
                        self.endpoint.health.answered(0)
                        answer = read_answer(self.dialect, response.status, response.headers, text)
                        if isinstance(answer, Reply) and answer.text:
                            yield answer.text
                        yield answer
                        return
                    async for raw in response.content:
                        for event in events_of([raw.decode("utf-8", "replace")]):
                            events.append(event)
                            if piece := self.dialect.text_of(event):
                                yield piece
        except TimeoutError:
            yield Failure("timeout", f"no end within {self.endpoint.config.timeout_s:g} s", may_be_billed=True)
            return
        except aiohttp.ClientConnectorError as error:
            yield Failure("transport", f"cannot connect: {error.os_error.strerror or error}")
            return
        except (aiohttp.ClientError, ConnectionError, ValueError) as error:
            yield Failure("transport", f"the stream broke: {str(error) or type(error).__name__}", may_be_billed=True)
            return
        self.endpoint.health.answered(0)
        text = "".join(f"data: {json.dumps(event)}\n" for event in events)
        yield read_answer(self.dialect, 200, {"content-type": "text/event-stream"}, text)

    def _open(self, address: str, body: Mapping[str, Any]) -> "aiohttp.client._RequestContextManager":  # pyright: ignore[reportPrivateUsage]
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        headers = {
            "Content-Type": "application/json",
            **self.dialect.headers(self.endpoint.key),
            **self.endpoint.headers,
        }
        proxy = self.endpoint.proxy
        return self.endpoint.session.post(address, data=data, headers=headers, allow_redirects=False, proxy=proxy)

    def _body(self, request: Request, *, with_schema: bool, stream: bool = False) -> dict[str, Any]:
        body = self.dialect.body(self.model, request, with_schema=with_schema, stream=stream)
        if self.output_limit is not None and self.dialect.output_limit(body) is None:
            body = self.dialect.with_output_limit(body, self.output_limit)
        return body

    def _address(self, *, stream: bool) -> str:
        base = self.endpoint.base or self.endpoint.config.url
        return _joined(base, self.dialect.path(self.model, stream=stream), self.endpoint.query)

    def _recorded_address(self) -> str:
        return self._recorded(self.dialect.path(self.model, stream=False))

    def _recorded(self, path: str) -> str:
        """The address as it is written in the settings: another key is still the same question."""
        query = "&".join(f"{name}={value}" for name, value in self.endpoint.config.query.items())
        return _joined(self.endpoint.config.url, path, query)

    def _size(self, body: Mapping[str, Any]) -> float:
        """About how many tokens a request takes from the account's limit a minute; nothing where none is stated."""
        if not self.endpoint.gate.counts_tokens:
            return 0.0
        text, pictures = _without_pictures(str(body))
        return len(text) / 4 + pictures * PICTURE_TOKENS + (self.dialect.output_limit(body) or 0)

    async def _reserve(self, body: Mapping[str, Any]) -> Any:
        if self.budget.limit_usd is None:
            return await self.budget.reserve(self.name, 0.0)
        if self.price is None:
            raise ConfigError(unknown_price(self.name))
        # A token is at least one byte, so bytes bound tokens from above.
        text, pictures = _without_pictures(json.dumps(body, ensure_ascii=False))
        most_input = len(text.encode("utf-8", "surrogatepass")) + 64 + pictures * MOST_PICTURE_TOKENS
        limit = self.dialect.output_limit(body) or 0
        return await self.budget.reserve(self.name, self.price.bound_usd(most_input, limit))

    def _cost(self, answer: Reply | Failure, paid: _Paid) -> float | None:
        """What one attempt cost; also adds it to `paid`. An attempt that was turned away costs nothing."""
        if isinstance(answer, Failure):
            if not answer.may_be_billed and answer.kind != "garbage":
                return 0.0
            return None if self.price is not None else 0.0
        cost = self.price.cost_usd(answer.usage) if self.price is not None else None
        paid.add(answer.usage, cost)
        return cost

    def _tell_gate(self, leave: Pass, answer: Reply | Failure) -> None:
        if isinstance(answer, Reply):
            self.endpoint.gate.succeeded(leave)
        elif answer.kind in {"rate_limit", "overloaded"}:
            self.endpoint.gate.rejected(leave, answer.retry_after_s)

    def _finish(self, answer: Reply | Failure, body: dict[str, Any], paid: _Paid) -> Reply:
        """The reply with what it cost in all, how long it took, and the parameters that went over the wire."""
        facts: dict[str, Any] = {
            "usage": paid.usage,
            "cost_usd": paid.cost_usd if self.price is not None else None,
            "latency_ms": paid.latency_ms,
            "parameters": self.dialect.effective(body),
            "retries": paid.retries,
        }
        if isinstance(answer, Reply):
            self.experience.has_answered = True
            return answer.model_copy(update={**facts, "text": self.endpoint.clean(answer.text)})
        self._retries.stop_if_all_are_refused(answer)
        said = self.endpoint.clean(answer.message)
        if answer.kind == "content_filter":
            return Reply(text="", state="refusal", reason="content filter", finish_reason=said, **facts)
        words = answer.kind.replace("_", " ")
        return Reply(text="", state="error", reason=f"{words}: {said}", **facts)


def _without_pictures(text: str) -> tuple[str, int]:
    """A body without its pictures, and how many they are: their bytes say nothing of their tokens."""
    return _PICTURE.subn("", text) if len(text) > 4000 else (text, 0)


def _joined(base: str, path: str, query: str) -> str:
    address = base.rstrip("/") + path
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def unknown_price(name: str) -> str:
    """The message for a model without a price where a budget is set."""
    return (
        f"the price of `{name}` is unknown, so a budget cannot be kept; "
        f"give it in benchwright.yaml under `prices:` (0 for a model of your own), or leave `--budget` out"
    )
