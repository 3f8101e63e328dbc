"""Brings the tables of a votes database up to date, from any earlier version, with Alembic."""

import sqlite3
from pathlib import Path
from typing import Any

from benchwright.errors import NotWritten

MIGRATIONS = Path(__file__).parent / "migrations"


def head() -> str:
    """The newest version of the tables."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert found is not None, "there is at least the first migration"
    return found


def migrate_sqlite(path: Path, *, to: str = "head") -> None:
    """Bring the file at `path` to version `to`; raises `NotWritten` where it is no database or cannot be written."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DatabaseError

    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.begin() as connection:
            _upgrade(connection, to)
    except (DatabaseError, sqlite3.Error) as error:
        reason = getattr(error, "orig", None) or error
        raise NotWritten(
            f"the votes file `{path}` cannot be opened ({reason}); give another with `--database`"
        ) from error
    finally:
        engine.dispose()


async def migrate_postgres(address: str, *, to: str = "head") -> None:
    """Bring the PostgreSQL database at `address` to version `to`; several servers that start at once wait in line."""
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    engine = create_async_engine(address.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(5317204862)"))
            await connection.run_sync(_upgrade, to)
    finally:
        await engine.dispose()


def _upgrade(connection: Any, to: str) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(MIGRATIONS))

    def steps(revision: Any, _: Any) -> Any:
        return script._upgrade_revs(to, revision)  # pyright: ignore[reportPrivateUsage]

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=to) as environment:
        environment.configure(connection=connection, transactional_ddl=False, render_as_batch=True)
        environment.run_migrations()
