"""The votes database: SQLite in a file, or PostgreSQL by address; a write is answered when it is durable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.sql.expression import ClauseElement

from benchwright.errors import InputError

Row = Mapping[str, Any]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One statement with its parameters; several sets of parameters run it once each.

    `must_change`: where it changes no row, the steps after it are left out. That is how a write asks a question and
    acts on the answer in one transaction.
    """

    statement: ClauseElement
    rows: Sequence[Values] = ({},)
    must_change: bool = False
    is_vote: bool = False
    """Inserts into `votes` or `log`: such writes are put in one order over all server processes."""


class VotesDatabase(Protocol):
    """What the arena needs of a database."""

    @property
    def address(self) -> str:
        """Where it lies, without a password."""
        ...

    async def write(self, *steps: Step) -> list[int]:
        """Do `steps` as one transaction; return, when it is durable, how many rows each changed (fewer where stopped).

        Raises `NotWritten` where the database cannot be written.
        """
        ...

    async def read(self, statement: ClauseElement, values: Values | None = None) -> list[Row]:
        """Return the rows that `statement` selects, as durable writes left them."""
        ...

    async def close(self) -> None:
        """End the connections; what was accepted is written first."""
        ...


def is_postgres(address: str) -> bool:
    """Whether `address` names a PostgreSQL server rather than a file."""
    return address.startswith(("postgresql://", "postgres://", "postgresql+asyncpg://"))


async def open_votes(address: str) -> VotesDatabase:
    """Open the votes database at `address` (a file name or `postgresql://…`), bringing its tables up to date.

    Errors: `InputError` for an address of another kind; `NotWritten` where it cannot be opened.
    """
    if is_postgres(address):
        from benchwright.store.votes_postgres import open_postgres

        return await open_postgres(address)
    if "://" in address and not address.startswith("sqlite:///"):
        scheme = address.partition("://")[0]
        raise InputError(f"a votes database is a file or postgresql://…, not `{scheme}://…`")
    from benchwright.store.votes_sqlite import open_sqlite

    return await open_sqlite(address.removeprefix("sqlite:///"))
