"""Room for so many at once, given to those whose turn comes first: work that others wait for overtakes the rest."""

import asyncio
import heapq
from contextvars import ContextVar
from itertools import count

TURN: ContextVar[int] = ContextVar("turn", default=0)
"""The turn of the work under way: the lowest goes first. Tasks inherit it from whoever begins them."""


class Room:
    """A semaphore whose waiters go by their turn, and by their coming within one turn."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._coming = count()

    async def __aenter__(self) -> None:
        if self._free > 0:
            self._free -= 1
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (TURN.get(), next(self._coming), future))
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    def _leave(self) -> None:
        while self._waiting:
            future = heapq.heappop(self._waiting)[2]
            if not future.done():
                future.set_result(None)
                return
        self._free += 1
