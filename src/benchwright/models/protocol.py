"""What anything that answers has in common: one method, and three optional second ones."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from benchwright.records import Reply, Request


class Model(Protocol):
    """Anything that answers. `name` is `provider/name`, or the name of a variant in `benchwright.yaml`."""

    @property
    def name(self) -> str:
        """The name under which its responses are kept."""
        ...

    async def respond(self, request: Request) -> Reply:
        """Answer one request. Faults become a state of the reply; only a broken configuration is raised."""
        ...


@dataclass(frozen=True)
class Chunk:
    """One piece of an answer that is being written. The last chunk carries the whole `reply` and no new text."""

    text: str
    reply: Reply | None = None


@runtime_checkable
class StreamingModel(Model, Protocol):
    """A model whose answer can be read while it is written."""

    def stream(self, request: Request) -> AsyncIterator[Chunk]:
        """Yield the answer piece by piece; the last chunk holds the complete reply with its state and usage."""
        ...


@dataclass(frozen=True)
class TokenLogprob:
    """One token of an answer with its natural log-probability."""

    token: str
    logprob: float


@runtime_checkable
class LogprobModel(Model, Protocol):
    """A model that tells how sure it was of each token."""

    async def logprobs(self, request: Request) -> tuple[TokenLogprob, ...]:
        """Answer `request` and return the tokens of the answer with their log-probabilities; empty if not offered."""
        ...


@runtime_checkable
class EmbeddingModel(Protocol):
    """Turns texts into vectors of one length."""

    @property
    def name(self) -> str:
        """The name of the model, as `provider/name`."""
        ...

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, in the order given; each has the length 1."""
        ...
