"""Votes in PostgreSQL: a pool for reading, a task that writes in groups, one order of votes over all servers."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.dialects.postgresql import asyncpg as asyncpg_dialect
from sqlalchemy.sql.expression import ClauseElement

from benchwright.errors import InputError, NotWritten
from benchwright.store.votes import Row, Step, Values

if TYPE_CHECKING:
    import asyncpg

LARGEST_GROUP = 256
READERS = 4
VOTES_LOCK = 5_317_204_861
"""Held while a group with votes is written: numbers of votes become visible in the order in which they are given."""

_DIALECT = asyncpg_dialect.dialect(paramstyle="numeric_dollar")
_PATIENCE_S = 60.0


class _Waiting:
    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        self.done: asyncio.Future[list[int]] = asyncio.get_running_loop().create_future()


class PostgresVotes:
    """An open PostgreSQL database. `open_postgres` makes one."""

    def __init__(self, pool: "asyncpg.Pool", address: str) -> None:
        self._pool = pool
        self._address = address
        self._compiled: dict[int, tuple[ClauseElement, str, tuple[str, ...], dict[str, Any]]] = {}
        self._queue: asyncio.Queue[_Waiting | None] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    @property
    def address(self) -> str:
        """The address without its password."""
        return self._address

    async def write(self, *steps: Step) -> list[int]:
        """Do `steps` as one transaction; see `VotesDatabase`."""
        entry = _Waiting(steps)
        self._queue.put_nowait(entry)
        return await asyncio.shield(entry.done)

    async def read(self, statement: ClauseElement, values: Values | None = None) -> list[Row]:
        """Return the selected rows; raises `NotWritten` where the server is away."""
        text, names, defaults = self._text(statement)
        try:
            rows = await self._pool.fetch(text, *_parameters(names, defaults, values or {}))
        except _faults() as error:
            raise NotWritten(f"the database {self._address} did not answer ({_reason(error)})") from error
        return [dict(row) for row in rows]

    async def close(self) -> None:
        """Write what was accepted, then end the connections."""
        self._queue.put_nowait(None)
        await self._writer
        await self._pool.close()

    def _text(self, statement: ClauseElement) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        found = self._compiled.get(id(statement))
        if found is not None and found[0] is statement:
            return found[1:]
        compiled: Any = statement.compile(dialect=_DIALECT)
        made = (str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params))
        if len(self._compiled) < 500:
            self._compiled[id(statement)] = (statement, *made)
        return made

    async def _write(self) -> None:
        while (first := await self._queue.get()) is not None:
            group, is_closing = [first], False
            while len(group) < LARGEST_GROUP and not self._queue.empty():
                entry = self._queue.get_nowait()
                if entry is None:
                    is_closing = True
                    break
                group.append(entry)
            await self._commit(group)
            if is_closing:
                return

    async def _commit(self, group: list[_Waiting]) -> None:
        failure = await self._try(group)
        if failure is None:
            return
        for entry in group:
            alone = await self._try([entry]) if len(group) > 1 else failure
            if alone is not None and not entry.done.done():
                entry.done.set_exception(alone)

    async def _try(self, group: list[_Waiting]) -> NotWritten | None:
        try:
            async with self._pool.acquire(timeout=_PATIENCE_S) as connection, connection.transaction():
                if any(step.is_vote for entry in group for step in entry.steps):
                    await connection.execute(f"SELECT pg_advisory_xact_lock({VOTES_LOCK})")
                changed = await self._run(connection, group)
        except _faults() as error:
            return NotWritten(f"the database {self._address} did not take a write ({_reason(error)})")
        for entry, rows in zip(group, changed, strict=True):
            if not entry.done.done():
                entry.done.set_result(rows)
        return None

    async def _run(self, connection: Any, group: list[_Waiting]) -> list[list[int]]:
        """Do the first step of every write, then the second …: what many insert alike goes in one round trip."""
        counts: list[list[int]] = [[] for _ in group]
        going = list(range(len(group)))
        while going := [
            at for at in going if len(counts[at]) < len(group[at].steps) and not _is_stopped(group[at], counts[at])
        ]:
            inserts: dict[str, list[tuple[Any, ...]]] = {}
            for at in going:
                step = group[at].steps[len(counts[at])]
                text, names, defaults = self._text(step.statement)
                rows = [tuple(_parameters(names, defaults, values)) for values in step.rows]
                if text.startswith("INSERT") and not step.must_change:
                    inserts.setdefault(text, []).extend(rows)
                    counts[at].append(len(rows))
                    continue
                changed = 0
                for row in rows:
                    status = cast(str, await connection.execute(text, *row))
                    changed += int(status.rpartition(" ")[2])
                counts[at].append(changed)
            for text, rows in inserts.items():
                await connection.executemany(text, rows)
        return counts


def _faults() -> tuple[type[Exception], ...]:
    """What a statement can end with; a connection that breaks in the middle shows as a fault inside the client."""
    import asyncpg

    return (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        OSError,
        TimeoutError,
    )


def _is_stopped(entry: _Waiting, counts: list[int]) -> bool:
    return bool(counts) and counts[-1] == 0 and entry.steps[len(counts) - 1].must_change


def _parameters(names: tuple[str, ...], defaults: dict[str, Any], values: Values) -> list[Any]:
    return [values[name] if name in values else defaults[name] for name in names]


async def open_postgres(address: str) -> PostgresVotes:
    """Open the PostgreSQL database at `address`, bringing its tables up to date.

    Errors: `InputError` without the extra `postgres`; `NotWritten` where the server does not answer.
    """
    try:
        import asyncpg
    except ImportError as error:
        raise InputError("PostgreSQL needs one more package: pip install 'benchwright[postgres]'") from error
    from benchwright.store.migrate_votes import migrate_postgres

    # While the server is away each request says so; the pool would print a traceback at each of its own attempts.
    logging.getLogger("asyncpg.pool").setLevel(logging.ERROR)

    plain = address.replace("postgresql+asyncpg://", "postgresql://", 1)
    shown = without_password(plain)
    try:
        await migrate_postgres(plain)
        pool = await asyncpg.create_pool(plain, min_size=2, max_size=READERS + 1, timeout=10, reset=_as_it_is)
    except (asyncpg.PostgresError, OSError, TimeoutError) as error:
        raise NotWritten(f"the database {shown} cannot be opened ({_reason(error)})") from error
    return PostgresVotes(pool, shown)


def without_password(address: str) -> str:
    """`address` as it may be shown: the password becomes `…`."""
    scheme, _, rest = address.partition("://")
    credentials, at, place = rest.rpartition("@")
    user, colon, _ = credentials.partition(":")
    return f"{scheme}://{user}{':…' if colon else ''}{at}{place.partition('?')[0]}"


async def _as_it_is(_: Any) -> None:
    """Nothing is set on a connection, so nothing is reset: the usual reset would be a round trip for every read."""


def _reason(error: BaseException) -> str:
    # The first line alone: the details that follow may quote what a person wrote.
    return (str(error).splitlines() or [type(error).__name__])[0]
