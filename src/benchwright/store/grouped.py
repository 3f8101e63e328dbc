"""Grouped durable writes: one thread writes, and all that waits at one moment shares one commit."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from benchwright.errors import NotWritten

LARGEST_GROUP = 512
Asked = TypeVar("Asked")
Done = TypeVar("Done")


@dataclass(frozen=True)
class _Entry(Generic[Asked, Done]):
    asked: Asked
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[Done]"


class GroupedWriter(Generic[Asked, Done]):
    """A thread that hands whatever waits to `commit`, which says of each one what came of it, in order.

    `at_end` runs in that thread after the last group.
    """

    def __init__(
        self, name: str, commit: Callable[[Sequence[Asked]], Sequence[Done | NotWritten]], at_end: Callable[[], None]
    ) -> None:
        self._commit = commit
        self._at_end = at_end
        self._queue: queue.SimpleQueue[_Entry[Asked, Done] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, asked: Asked) -> "asyncio.Future[Done]":
        """Have `asked` written; what is returned is done when that is durable, or holds `NotWritten`."""
        loop = asyncio.get_running_loop()
        entry = _Entry[Asked, Done](asked, loop, loop.create_future())
        self._queue.put(entry)
        return entry.done

    async def close(self) -> None:
        """Write what was accepted, and end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        for group in self._groups():
            outcome = self._commit([entry.asked for entry in group])
            loops: dict[asyncio.AbstractEventLoop, list[tuple[_Entry[Asked, Done], Done | NotWritten]]] = {}
            for entry, result in zip(group, outcome, strict=True):
                loops.setdefault(entry.loop, []).append((entry, result))
            for loop, told in loops.items():
                # One call a loop and group: a call across threads costs more than the writing of a row.
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_tell, told)
        self._at_end()

    def _groups(self) -> Iterator[list[_Entry[Asked, Done]]]:
        """Yield whatever waits, together; ends after the closing mark."""
        while True:
            entry = self._queue.get()
            group: list[_Entry[Asked, Done]] = []
            while entry is not None:
                group.append(entry)
                if len(group) >= LARGEST_GROUP:
                    break
                try:
                    entry = self._queue.get_nowait()
                except queue.Empty:
                    break
            if group:
                yield group
            if entry is None:
                return


def _tell(told: Sequence[tuple[_Entry[Asked, Done], Done | NotWritten]]) -> None:
    for entry, result in told:
        if entry.done.done():
            continue
        if isinstance(result, NotWritten):
            entry.done.set_exception(result)
        else:
            entry.done.set_result(result)


def connect_durably(path: Path) -> sqlite3.Connection:
    """Open the SQLite file at `path` for threads, with a commit that has reached the disk before it returns.

    Errors: `sqlite3.Error` where it cannot be opened; no connection is left behind then.
    """
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
