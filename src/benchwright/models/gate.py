"""Rate limits: one gate per provider and key decides when the next request may leave.

Concurrency follows additive increase, multiplicative decrease (Chiu & Jain 1989, as TCP does): it starts at its
ceiling, halves when the provider says "too many", and grows back by one a round. `Retry-After` holds every new send of
the gate, and after a hold one request goes ahead to see whether the way is free.
"""

import asyncio
import random
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from benchwright.models.turns import Room

WINDOW_S = 60.0


@dataclass
class Rate:
    """At most `limit` units in any window of 60 seconds; a limit of `None` never waits."""

    limit: float | None
    spent: deque[tuple[float, float]] = field(default_factory=deque)
    total: float = 0.0

    def wait_s(self, amount: float, now: float) -> float:
        """Seconds until `amount` more fits; something larger than the limit goes when the window is empty."""
        if self.limit is None:
            return 0.0
        while self.spent and self.spent[0][0] <= now - WINDOW_S:
            self.total -= self.spent.popleft()[1]
        if self.total + amount <= self.limit or not self.spent:
            return 0.0
        over, freed = self.total + amount - self.limit, 0.0
        for at, units in self.spent:
            freed += units
            if freed >= over:
                return at + WINDOW_S - now
        return self.spent[-1][0] + WINDOW_S - now

    def spend(self, amount: float, now: float) -> None:
        """Count `amount` at `now`."""
        if self.limit is not None:
            self.spent.append((now, amount))
            self.total += amount


@dataclass
class Pass:
    """Leave to send one request; `generation` tells which decrease it was sent after."""

    generation: int
    is_probe: bool


class Gate:
    """Decides when a request may leave; one for all that share a provider and a key.

    `ceiling` bounds the requests under way. `requests_per_minute` and `tokens_per_minute` are the account's limits
    where the user states them. `chance` spreads the waits.
    """

    def __init__(
        self,
        ceiling: int,
        *,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self.ceiling = ceiling
        self.room = Room(ceiling)
        """For whoever keeps answers: held until an answer is durable, it bounds what a kill can lose."""
        self.width = float(ceiling)
        self.under_way = 0
        self._requests = Rate(requests_per_minute)
        self._tokens = Rate(tokens_per_minute)
        self._chance = chance or random.Random()
        self._waiting: deque[tuple[asyncio.Future[Pass], float]] = deque()
        self._hold_until = 0.0
        self._generation = 0
        self._is_probing = False
        self._must_probe = False
        self._is_closed = False
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    @property
    def counts_tokens(self) -> bool:
        """Whether the account's limit of tokens is stated, so that the size of a request matters."""
        return self._tokens.limit is not None

    @asynccontextmanager
    async def enter(self, tokens: float = 0.0, *, is_retry: bool = False) -> AsyncGenerator[Pass]:
        """Wait until a request of about `tokens` tokens may leave. A retry goes before new requests."""
        leave = await self._wait(tokens, is_retry)
        try:
            yield leave
        finally:
            self.under_way -= 1
            if leave.is_probe:
                # Whatever came of it: if it was turned away, `rejected` has set the next hold.
                self._is_probing = False
            self._pump()

    def succeeded(self, leave: Pass) -> None:
        """Widen the gate by one request a round, up to the ceiling."""
        if self.width < self.ceiling:
            self.width = min(self.ceiling, self.width + 1 / self.width)

    def rejected(self, leave: Pass, retry_after_s: float | None) -> None:
        """Halve the width, once a wave, and hold all new sends for as long as the provider asks."""
        if leave.generation == self._generation:
            self._generation += 1
            self.width = max(1.0, self.width / 2)
        if retry_after_s:
            now = asyncio.get_running_loop().time()
            # A little later than asked: the provider's clock starts when it answers, and the clocks differ.
            until = now + retry_after_s + 0.05 + 0.1 * self._chance.random()
            if until > self._hold_until:
                self._hold_until = until
            self._is_probing = False
            self._must_probe = True

    def backoff_s(self, attempt: int) -> float:
        """A wait before repeat number `attempt` (from 0): 0.5 s doubling to 30 s, drawn between half and whole."""
        return min(30.0, 0.5 * 2**attempt) * (0.5 + 0.5 * self._chance.random())

    def close(self) -> None:
        """Let nothing more through: whoever waits is cancelled, what is under way goes on."""
        self._is_closed = True
        for future, _ in self._waiting:
            future.cancel()
        self._waiting.clear()

    async def _wait(self, tokens: float, is_retry: bool) -> Pass:
        if self._is_closed:
            raise asyncio.CancelledError("the work has ended")
        future: asyncio.Future[Pass] = asyncio.get_running_loop().create_future()
        if is_retry:
            self._waiting.appendleft((future, tokens))
        else:
            self._waiting.append((future, tokens))
        self._pump()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.under_way -= 1
                self._is_probing = self._is_probing and not future.result().is_probe
            self._pump()
            raise

    def _pump(self) -> None:
        """Let through whoever may go now; where only time stands in the way, come back then."""
        now = asyncio.get_running_loop().time()
        while self._waiting:
            future, tokens = self._waiting[0]
            if future.done():
                self._waiting.popleft()
                continue
            if self._is_probing or self.under_way >= max(1, int(self.width)):
                return
            if now < self._hold_until:
                self._come_back(self._hold_until)
                return
            wait = max(self._requests.wait_s(1, now), self._tokens.wait_s(tokens, now))
            if wait > 0:
                self._come_back(now + wait)
                return
            self._waiting.popleft()
            self._requests.spend(1, now)
            self._tokens.spend(tokens, now)
            self.under_way += 1
            self._is_probing, self._must_probe = self._must_probe, False
            future.set_result(Pass(self._generation, self._is_probing))

    def _come_back(self, at: float) -> None:
        loop = asyncio.get_running_loop()
        if self._timer is not None and self._timer_at <= at and self._timer_at > loop.time():
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = at
        self._timer = loop.call_at(at, self._pump_from_timer)

    def _pump_from_timer(self) -> None:
        self._timer = None
        self._pump()
