"""Models with memory: an answer is looked up in the journal first, and kept there before anyone uses it."""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import ModelError, unknown_name
from benchwright.models.budget import Budget, Spend
from benchwright.models.client import ApiModel
from benchwright.models.config import Config, load_config
from benchwright.models.protocol import Chunk, Model, StreamingModel
from benchwright.models.providers import Answerer, is_external, open_connections, open_model
from benchwright.models.replay import ReplayModel
from benchwright.models.vectors import unpacked
from benchwright.records import Reply, Request, Usage
from benchwright.store.journal import DEFAULT_PATH, Journal, call_key

GRACE_S = 60.0
"""How long the end of the work waits for answers that are already paid for."""


@dataclass
class _Shared:
    """What all models of one command share."""

    journal: Journal | None
    budget: Budget
    is_fresh: bool
    spend: dict[tuple[str, str], Spend] = field(default_factory=dict)
    under_way: dict[str, asyncio.Task[Reply]] = field(default_factory=dict)
    asked_now: set[str] = field(default_factory=set)

    def row(self, stage: str, model: str) -> Spend:
        return self.spend.setdefault((stage, model), Spend(stage, model))


@dataclass(frozen=True)
class JournaledModel:
    """A model whose answers are kept: asked before, it is not asked again; asked twice at once, it is asked once."""

    inner: Answerer
    stage: str
    shared: _Shared

    @property
    def name(self) -> str:
        """The name of the model itself."""
        return self.inner.name

    @property
    def settings(self) -> Mapping[str, str]:
        """What shapes its answers besides its name."""
        return self.inner.settings

    async def respond(self, request: Request) -> Reply:
        """Return the kept answer, else ask, keep and return it.

        Being cancelled does not lose a paid answer: the call goes on and is kept while the command ends.
        """
        key = call_key(self.inner.identity(request), repeat=request.repeat, attempt=request.attempt)
        if (kept := self._kept(key)) is not None:
            return kept
        call = self.shared.under_way.get(key)
        if call is None:
            call = asyncio.create_task(self._ask(key, request))
            self.shared.under_way[key] = call
            call.add_done_callback(lambda done: self._ended(key, done))
        return await asyncio.shield(call)

    async def stream(self, request: Request) -> AsyncIterator[Chunk]:
        """Yield the answer as it is written, or the kept one whole; it is kept before the last chunk is given."""
        key = call_key(self.inner.identity(request), repeat=request.repeat, attempt=request.attempt)
        kept = self._kept(key)
        if kept is not None or not isinstance(self.inner, StreamingModel):
            reply = kept or await self.respond(request)
            yield Chunk(reply.text)
            yield Chunk("", reply)
            return
        async for chunk in self.inner.stream(request):
            if chunk.reply is not None:
                await self._keep(key, _texts(request), chunk.reply)
            yield chunk

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, kept before it is used.

        Raises:
            ModelError: the model is no embedding model of an OpenAI-compatible endpoint, or gives no vectors.
        """
        if not isinstance(self.inner, ApiModel):
            raise ModelError(f"`{self.name}` gives no embeddings; name a model of an OpenAI-compatible endpoint")
        key = call_key(self.inner.embedding_identity(texts))
        reply = self._kept(key)
        if reply is None:
            async with self.inner.room:
                reply = await self.inner.embeddings(texts)
                await self._keep(key, texts, reply)
        return unpacked(reply.text)

    def _kept(self, key: str) -> Reply | None:
        if self.shared.journal is None or (self.shared.is_fresh and key not in self.shared.asked_now):
            return None
        reply = self.shared.journal.get(key)
        if reply is not None:
            self.shared.row(self.stage, self.name).from_journal += 1
        return reply

    def _ended(self, key: str, call: asyncio.Task[Reply]) -> None:
        self.shared.under_way.pop(key, None)
        if not call.cancelled():
            # Whoever asked may have gone; an error that nobody reads is still read once.
            call.exception()

    async def _ask(self, key: str, request: Request) -> Reply:
        # Until the answer is durable its place stays taken: a kill loses no more calls than may be under way at once.
        async with self.inner.room:
            reply = await self.inner.respond(request)
            await self._keep(key, _texts(request), reply)
        return reply

    async def _keep(self, key: str, sent: Sequence[str], reply: Reply) -> None:
        if reply.usage != Usage() or reply.state != "error":
            self.shared.row(self.stage, self.name).add(reply.usage, reply.cost_usd)
        if self.shared.journal is not None and is_lasting(reply):
            characters = sum(map(len, sent))
            await self.shared.journal.add(key, reply, model=self.name, stage=self.stage, characters=characters)
            self.shared.asked_now.add(key)


def _texts(request: Request) -> list[str]:
    return [message.content for message in request.messages]


def is_lasting(reply: Reply) -> bool:
    """Say whether asking again would say the same: an answer, or an error that lies in the question itself."""
    return reply.state != "error" or reply.reason.startswith("context length")


class ModelPool(Mapping[str, Model]):
    """The open models of one command, by name. `at(stage)` gives the same models with their spend under that stage."""

    def __init__(self, models: Mapping[str, Answerer | ReplayModel], shared: _Shared, stage: str) -> None:
        self._models = models
        self._shared = shared
        self._stage = stage

    def __getitem__(self, name: str) -> Model:
        model = self._models[name]
        return model if isinstance(model, ReplayModel) else JournaledModel(model, self._stage, self._shared)

    def __iter__(self) -> Iterator[str]:
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)

    def at(self, stage: str) -> "ModelPool":
        """The same models, their spend counted under `stage`."""
        return ModelPool(self._models, self._shared, stage)

    @property
    def budget(self) -> Budget:
        """The budget that all share."""
        return self._shared.budget

    def spend(self) -> list[Spend]:
        """What was paid so far in this command, by stage and model."""
        return [row for _, row in sorted(self._shared.spend.items())]


@dataclass(frozen=True)
class CallSettings:
    """How a command calls models: `--config`, `--budget`, `--fresh`, `--concurrency`, and where its journal lies."""

    config: Path | None = None
    """`None` is the `benchwright.yaml` of the current folder, if there is one."""
    budget_usd: float | None = None
    is_fresh: bool = False
    concurrency: int | None = None
    journal: Path = DEFAULT_PATH


@asynccontextmanager
async def open_by_settings(
    names: Sequence[str], settings: CallSettings, *, stage: str = ""
) -> AsyncGenerator[ModelPool]:
    """Open the models that `names` mean outside this program, with journal and budget; the others are left out.

    The journal is opened only where a model needs it.
    """
    config = load_config(settings.config)
    outside = [name for name in names if is_external(name, config)]
    for name in names:
        if "/" not in name and name not in outside and get_close_matches(name, config.models):
            raise unknown_name("model", name, config.models)
    budget = Budget(settings.budget_usd if settings.budget_usd is not None else config.budget_usd)
    async with AsyncExitStack() as stack:
        journal = await stack.enter_async_context(Journal(settings.journal)) if outside else None
        pool = open_models(
            outside,
            config,
            journal=journal,
            budget=budget,
            concurrency=settings.concurrency,
            is_fresh=settings.is_fresh,
            stage=stage,
        )
        yield await stack.enter_async_context(pool)


@asynccontextmanager
async def open_models(
    names: Sequence[str],
    config: Config | None = None,
    *,
    journal: Journal | None = None,
    budget: Budget | None = None,
    concurrency: int | None = None,
    is_fresh: bool = False,
    stage: str = "",
) -> AsyncGenerator[ModelPool]:
    """Open `names` with one session, one gate a provider and key, the journal and the budget; every workflow uses this.

    At the end, calls under way are waited for (at most `GRACE_S`) so that their answers are kept.

    Raises:
        UnknownName, ConfigError, ModelError: a name or its setting cannot be meant; nothing has been sent then.
    """
    config = config or Config()
    budget = budget or Budget(config.budget_usd)
    shared = _Shared(journal, budget, is_fresh)
    async with AsyncExitStack() as stack:
        connections = await open_connections(stack, concurrency or config.concurrency)
        models = {name: open_model(name, config, connections, budget) for name in dict.fromkeys(names)}
        try:
            yield ModelPool(models, shared, stage)
        finally:
            for gate in connections.gates.values():
                gate.close()
            await _settle(list(shared.under_way.values()))


async def _settle(calls: list[asyncio.Task[Reply]]) -> None:
    """Wait for the calls that have been sent; those still queued at a closed gate end at once."""
    if not calls:
        return
    _, late = await asyncio.wait(calls, timeout=GRACE_S)
    for call in late:
        call.cancel()
    # Their outcome was reported where they were asked; here it only must not be left unread.
    await asyncio.gather(*calls, return_exceptions=True)


def spend_lines(rows: Sequence[Spend]) -> list[str]:
    """The bill of a command as lines for a person; an unknown price is called unknown."""
    lines: list[str] = []
    for row in rows:
        cost = "price unknown" if row.cost_usd is None else f"${row.cost_usd:.4f}"
        kept = f", {row.from_journal} from the journal" if row.from_journal else ""
        where = f"{row.stage}: " if row.stage else ""
        lines.append(
            f"{where}{row.model}: {row.calls} calls{kept}, "
            f"{row.input_tokens:,} tokens in, {row.output_tokens:,} out, {cost}"
        )
    known = [row.cost_usd for row in rows if row.cost_usd is not None]
    if len(rows) > 1 and known:
        unknown = "" if len(known) == len(rows) else " and what is unknown"
        lines.append(f"in all: ${math.fsum(known):.4f}{unknown}")
    return lines
