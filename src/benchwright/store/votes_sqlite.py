"""Votes in an SQLite file: one thread writes, and all writes that wait at one moment share one durable commit."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.expression import ClauseElement

from benchwright.errors import NotWritten
from benchwright.store.votes import Row, Step, Values

LARGEST_GROUP = 512
_DIALECT = sqlite.dialect(paramstyle="qmark")


@dataclass
class _Entry:
    steps: tuple[Step, ...]
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[list[int]]"
    changed: list[int]


@dataclass(frozen=True)
class _Compiled:
    text: str
    names: tuple[str, ...]
    defaults: dict[str, Any]

    def parameters(self, values: Values) -> tuple[Any, ...]:
        return tuple(values[name] if name in values else self.defaults[name] for name in self.names)


class _Statements:
    """Statements by identity, compiled to text once: they are built when modules load and live as long as those."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[ClauseElement, _Compiled]] = {}

    def __getitem__(self, statement: ClauseElement) -> _Compiled:
        found = self._known.get(id(statement))
        if found is not None and found[0] is statement:
            return found[1]
        compiled: Any = statement.compile(dialect=_DIALECT)
        names = tuple(compiled.positiontup or ())
        made = _Compiled(str(compiled), names, dict(compiled.params))
        if len(self._known) < 500:
            self._known[id(statement)] = (statement, made)
        return made


class SqliteVotes:
    """A votes file that is open. `open_sqlite` makes one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.commits = 0
        self._queue: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._writer_statements = _Statements()
        self._reader_statements = _Statements()
        self._failure = ""
        try:
            writer = self._connect()
            self._reader = self._connect()
        except sqlite3.Error as error:
            raise NotWritten(f"the votes file `{path}` cannot be opened ({error}); make its folder writable") from error
        self._reader.row_factory = sqlite3.Row
        self._thread = threading.Thread(target=self._write, args=(writer,), name="votes", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """The file's path."""
        return str(self.path)

    async def write(self, *steps: Step) -> list[int]:
        """Do `steps` as one act; see `VotesDatabase`."""
        if self._failure:
            raise NotWritten(self._failure)
        loop = asyncio.get_running_loop()
        entry = _Entry(steps, loop, loop.create_future(), [])
        self._queue.put(entry)
        return await asyncio.shield(entry.done)

    async def read(self, statement: ClauseElement, values: Values | None = None) -> list[Row]:
        """Return the selected rows; a row is looked up in some 20 µs, which is less than a change of thread."""
        compiled = self._reader_statements[statement]
        cursor = self._reader.execute(compiled.text, compiled.parameters(values or {}))
        return [dict(row) for row in cursor.fetchall()]

    async def close(self) -> None:
        """Write what was accepted, fold the write-ahead log into the file, and end."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        self._reader.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: the commit has reached the disk before the voter is told.
        connection.execute("PRAGMA synchronous = FULL")
        # What a person asks to have deleted is overwritten, not only unlinked.
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _write(self, connection: sqlite3.Connection) -> None:
        for group in self._groups():
            outcome = self._commit(connection, group)
            for loop, call in _answers(group, outcome):
                if not loop.is_closed():
                    loop.call_soon_threadsafe(call)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            pass  # Another process still reads; its own end will fold the log.
        connection.close()

    def _commit(self, connection: sqlite3.Connection, group: list[_Entry]) -> list[NotWritten | None]:
        """Write the group in one transaction; where that fails, each entry alone, so that one bad write hurts one."""
        if self._try(connection, group) is None:
            return [None] * len(group)
        found: list[NotWritten | None] = []
        for entry in group:
            error = self._try(connection, [entry])
            found.append(None if error is None else self._explain(error))
        return found

    def _try(self, connection: sqlite3.Connection, group: list[_Entry]) -> sqlite3.Error | None:
        try:
            connection.execute("BEGIN IMMEDIATE")
            for entry in group:
                entry.changed = list(self._run(connection, entry.steps))
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            return error
        self.commits += 1
        return None

    def _run(self, connection: sqlite3.Connection, steps: tuple[Step, ...]) -> Iterator[int]:
        for step in steps:
            compiled = self._writer_statements[step.statement]
            changed = 0
            for values in step.rows:
                changed += max(connection.execute(compiled.text, compiled.parameters(values)).rowcount, 0)
            yield changed
            if step.must_change and not changed:
                return

    def _explain(self, error: sqlite3.Error) -> NotWritten:
        text = f"the votes file `{self.path}` cannot be written ({error}); votes accepted before this are safe"
        if isinstance(error, sqlite3.OperationalError) and "locked" not in str(error):
            text += ". Make room on the disk and start the arena again"
        return NotWritten(text)

    def _groups(self) -> Iterator[list[_Entry]]:
        """Yield whatever waits, together; ends after the closing mark."""
        while True:
            entry = self._queue.get()
            group: list[_Entry] = []
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


def _answers(
    group: list[_Entry], outcome: list[NotWritten | None]
) -> Iterator[tuple[asyncio.AbstractEventLoop, Callable[[], None]]]:
    """One call for each event loop that tells every waiting write of the group how it went."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[_Entry, NotWritten | None]]] = {}
    for entry, failure in zip(group, outcome, strict=True):
        loops.setdefault(entry.loop, []).append((entry, failure))
    for loop, told in loops.items():
        yield loop, lambda told=told: _tell(told)


def _tell(told: list[tuple[_Entry, NotWritten | None]]) -> None:
    for entry, failure in told:
        if entry.done.done():
            continue
        if failure is None:
            entry.done.set_result(entry.changed)
        else:
            entry.done.set_exception(failure)


async def open_sqlite(path: str) -> SqliteVotes:
    """Open or make the votes file at `path`."""
    from benchwright.store.migrate_votes import migrate_sqlite

    place = Path(path).expanduser()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"the folder of the votes file `{place}` cannot be made ({error.strerror})") from error
    await asyncio.to_thread(migrate_sqlite, place)
    return SqliteVotes(place)
