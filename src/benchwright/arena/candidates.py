"""The models in the draw: how each is asked, with the conversation so far and, where there are documents, passages."""

import math
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import cast

from benchwright.models.protocol import Chunk, Model, StreamingModel
from benchwright.records import Message, Passage, Request
from benchwright.text.bm25 import Bm25

FOUND = 6
"""How many passages a prompt is given."""
FAILURES = 3
REST_S = 60.0


@dataclass(frozen=True)
class Library:
    """The passages of the documents, searched once a prompt; readers and own applications are given what it finds."""

    passages: tuple[Passage, ...] = ()
    _search: list[Bm25] = field(default_factory=list[Bm25])

    def find(self, prompt: str) -> tuple[Passage, ...]:
        """The passages that fit `prompt` best."""
        if not self.passages:
            return ()
        if not self._search:
            self._search.append(Bm25([passage.shown for passage in self.passages]))
        return tuple(self.passages[index] for index, _ in self._search[0].search(prompt, FOUND))


@dataclass
class Candidates:
    """The models by name, and which of them have failed of late."""

    models: Mapping[str, Model]
    library: Library = field(default_factory=Library)
    parameters: Mapping[str, object] = field(default_factory=dict[str, object])
    _failures: dict[str, tuple[int, float]] = field(default_factory=dict[str, tuple[int, float]])

    async def answer(
        self, name: str, conversation: Sequence[Message], *, attempt: int, battle: str
    ) -> AsyncGenerator[Chunk]:
        """Yield the answer of model `name` to the last message of `conversation`, piece by piece."""
        model = self.models[name]
        request = Request(
            messages=tuple(conversation),
            parameters=dict(self.parameters),
            passages=self.library.find(conversation[-1].content),
            attempt=attempt,
        )
        if isinstance(model, StreamingModel):
            # A generator, by the protocol's own words: closing it ends the call to the provider.
            async with aclosing(cast("AsyncGenerator[Chunk]", model.stream(request))) as chunks:
                async for chunk in chunks:
                    yield chunk
            return
        reply = await model.respond(request)
        yield Chunk(reply.text)
        yield Chunk("", reply)

    def ended(self, name: str, *, is_good: bool) -> None:
        """Remember how a call to `name` ended."""
        failures, _ = self._failures.get(name, (0, 0.0))
        self._failures[name] = (0 if is_good else failures + 1, time.monotonic())

    def is_failing(self, name: str) -> bool:
        """Whether the last three calls to `name` all failed, the last within a minute: it rests until then."""
        failures, last = self._failures.get(name, (0, 0.0))
        return failures >= FAILURES and time.monotonic() - last < REST_S


def cost_of(values: Sequence[float | None]) -> float | None:
    """The sum of costs; unknown where one of them is."""
    known = [value for value in values if value is not None]
    return math.fsum(known) if len(known) == len(values) else None
