"""Votes in an SQLite file: one thread writes, and all writes that wait at one moment share one durable commit."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.expression import ClauseElement

from benchwright.errors import NotWritten
from benchwright.store.grouped import GroupedWriter, connect_durably
from benchwright.store.votes import Row, Step, Values

_DIALECT = sqlite.dialect(paramstyle="qmark")


_Steps = tuple[Step, ...]


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
        self._writer_statements = _Statements()
        self._reader_statements = _Statements()
        try:
            with ExitStack() as opened:
                writer = opened.enter_context(closing(self._connect()))
                self._reader = self._connect()
                opened.pop_all()
        except sqlite3.Error as error:
            raise NotWritten(f"the votes file `{path}` cannot be opened ({error}); make its folder writable") from error
        self._reader.row_factory = sqlite3.Row
        self._writer = GroupedWriter[_Steps, list[int]](
            "votes", lambda group: self._commit(writer, group), lambda: _fold(writer)
        )

    @property
    def address(self) -> str:
        """The file's path."""
        return str(self.path)

    async def write(self, *steps: Step) -> list[int]:
        """Do `steps` as one act; see `VotesDatabase`."""
        return await asyncio.shield(self._writer.put(steps))

    async def read(self, statement: ClauseElement, values: Values | None = None) -> list[Row]:
        """Return the selected rows; a row is looked up in some 20 µs, which is less than a change of thread."""
        compiled = self._reader_statements[statement]
        cursor = self._reader.execute(compiled.text, compiled.parameters(values or {}))
        return [dict(row) for row in cursor.fetchall()]

    async def close(self) -> None:
        """Write what was accepted, fold the write-ahead log into the file, and end."""
        await self._writer.close()
        self._reader.close()

    def _connect(self) -> sqlite3.Connection:
        connection = connect_durably(self.path)
        # What a person asks to have deleted is overwritten, not only unlinked.
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _commit(self, connection: sqlite3.Connection, group: Sequence[_Steps]) -> Sequence[list[int] | NotWritten]:
        """Write the group in one transaction; where that fails, each act alone, so that one bad write hurts one."""
        together = self._try(connection, group)
        if not isinstance(together, sqlite3.Error):
            return together
        found: list[list[int] | NotWritten] = []
        for steps in group:
            alone = self._try(connection, [steps])
            found.append(self._explain(alone) if isinstance(alone, sqlite3.Error) else alone[0])
        return found

    def _try(self, connection: sqlite3.Connection, group: Sequence[_Steps]) -> list[list[int]] | sqlite3.Error:
        try:
            connection.execute("BEGIN IMMEDIATE")
            changed = [list(self._run(connection, steps)) for steps in group]
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            return error
        self.commits += 1
        return changed

    def _run(self, connection: sqlite3.Connection, steps: _Steps) -> Iterator[int]:
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


def _fold(connection: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file, and end."""
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        pass  # Another process still reads; its own end will fold the log.
    connection.close()


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
