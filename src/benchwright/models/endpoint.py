"""A place that serves models: its address, key, gate and session, and what is known of its health."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

from benchwright.models.config import EndpointConfig
from benchwright.models.gate import Gate
from benchwright.models.secrets import hidden, shown_address


@dataclass
class Health:
    """What is known of an endpoint from the calls so far."""

    answers: int = 0
    slowest_s: float = 0.0
    unreachable_since: float | None = None

    def answered(self, seconds: float) -> None:
        """Count an answer of any status."""
        self.answers += 1
        self.slowest_s = max(self.slowest_s, seconds)
        self.unreachable_since = None

    def patience_s(self, bound_s: float, *, is_first: bool) -> float:
        """How long to wait for one attempt.

        A first attempt that takes far longer than every call so far hangs; a second one may take its whole time.
        """
        if is_first and self.answers >= 20:
            return min(bound_s, max(30.0, 8 * self.slowest_s))
        return bound_s


@dataclass(frozen=True)
class Endpoint:
    """A place that serves models, with its key, its gate and the session that all share."""

    provider: str
    config: EndpointConfig
    key: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    gate: Gate
    session: aiohttp.ClientSession
    proxy: str | None = None
    health: Health = field(default_factory=Health)
    base: str = field(default="", repr=False)
    """The address with its variables read; `config.url` is what is shown and recorded."""
    query: str = field(default="", repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def place(self) -> str:
        """The address for a person."""
        return shown_address(self.config.url)

    def clean(self, text: str) -> str:
        """`text` without keys, in case the other side repeats what it was sent."""
        return hidden(text, self.secrets)
