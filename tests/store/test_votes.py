import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, inspect, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from benchwright.errors import InputError, NotWritten
from benchwright.store import votes_schema as tables
from benchwright.store import votes_statements as q
from benchwright.store.migrate_votes import head, migrate_postgres, migrate_sqlite
from benchwright.store.votes import Step, VotesDatabase, open_votes
from benchwright.store.votes_postgres import without_password
from postgres_server import postgres, postgres_server

OLD_BATTLE = {
    column.name: 0.5 if column.name in ("created", "propensity") else "x" for column in tables.battles.columns
}


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "votes.sqlite")
        return
    with postgres() as server:
        yield server


def setting(name: str, value: str = "1") -> Step:
    return Step(q.ADD_SETTING, ({"name": name, "value": value},))


async def value(database: VotesDatabase, name: str) -> list[str]:
    return [row["value"] for row in await database.read(q.SETTING, {"which_name": name})]


async def test_what_was_answered_is_there_after_opening_again(address: str):
    database = await open_votes(address)
    await asyncio.gather(*(database.write(setting(f"s{number}")) for number in range(200)))
    await database.close()
    database = await open_votes(address)
    assert len(await database.read(select(tables.settings.c.name))) == 200
    await database.close()


async def test_one_bad_write_does_not_take_its_group_with_it(address: str):
    database = await open_votes(address)
    await database.write(setting("taken"))
    results = await asyncio.gather(
        *(database.write(setting(name)) for name in ("one", "taken", "two")), return_exceptions=True
    )
    assert [type(result) for result in results] == [list, NotWritten, list]
    assert await value(database, "two") == ["1"]
    await database.close()


async def test_a_step_that_changes_nothing_stops_the_steps_after_it(address: str):
    database = await open_votes(address)
    drop = Step(q.DROP_SETTING, ({"which_name": "absent"},), must_change=True)
    assert await database.write(drop, setting("never")) == [0]
    assert await value(database, "never") == []
    await database.close()


async def test_steps_are_one_act(address: str):
    database = await open_votes(address)
    await database.write(setting("taken"))
    with pytest.raises(NotWritten):
        await database.write(setting("first"), setting("taken"))
    assert await value(database, "first") == []
    await database.close()


async def test_migrations_make_exactly_the_tables_that_the_code_names(tmp_path: Path):
    path = tmp_path / "votes.sqlite"
    migrate_sqlite(path, to="0001")
    migrate_sqlite(path)
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    found = inspect(engine)
    made = {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}
    made.pop("alembic_version")
    assert made == {name: {c.name for c in table.columns} for name, table in tables.METADATA.tables.items()}


async def test_migrating_keeps_what_an_older_file_holds(tmp_path: Path):
    path = tmp_path / "votes.sqlite"
    migrate_sqlite(path, to="0001")
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(insert(tables.settings).values(name="old", value="kept"))
        old = [name for name in OLD_BATTLE if name != "sorted_by"]
        columns, values = ", ".join(old), ", ".join(f":{name}" for name in old)
        connection.execute(text(f"insert into battles ({columns}) values ({values})"), OLD_BATTLE)
    database = await open_votes(str(path))
    assert await value(database, "old") == ["kept"]
    assert [row["sorted_by"] for row in await database.read(select(tables.battles.c.sorted_by))] == ["rules"]
    await database.close()
    with engine.begin() as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalar() == head()


async def test_an_older_postgres_database_is_brought_up_to_date_with_what_it_holds():
    with postgres() as address:
        await migrate_postgres(address, to="0001")
        engine = create_async_engine(address.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
        async with engine.begin() as connection:
            old = [name for name in OLD_BATTLE if name != "sorted_by"]
            columns, values = ", ".join(old), ", ".join(f":{name}" for name in old)
            await connection.execute(text(f"insert into battles ({columns}) values ({values})"), OLD_BATTLE)
        first, second = await asyncio.gather(open_votes(address), open_votes(address))
        assert [row["sorted_by"] for row in await first.read(select(tables.battles.c.sorted_by))] == ["rules"]
        await asyncio.gather(first.close(), second.close())
        async with engine.connect() as connection:
            found = await connection.run_sync(
                lambda plain: {
                    name: {column["name"] for column in inspect(plain).get_columns(name)}
                    for name in inspect(plain).get_table_names()
                }
            )
        await engine.dispose()
        found.pop("alembic_version")
        assert found == {name: {c.name for c in table.columns} for name, table in tables.METADATA.tables.items()}


async def test_a_postgres_that_breaks_off_is_a_foreseen_error_and_the_writer_goes_on():
    import psutil

    with postgres_server() as server:
        database = await open_votes(server.get_uri())
        await database.write(setting("before"))
        whole = psutil.Process(server.get_pid())
        for process in [whole, *whole.children(recursive=True)]:
            process.kill()
        psutil.wait_procs([whole], timeout=10)
        answers = await asyncio.gather(
            database.write(setting("lost")), database.read(select(tables.settings.c.name)), return_exceptions=True
        )
        assert {type(answer) for answer in answers} == {NotWritten}
        await asyncio.to_thread(server.ensure_postgres_running)
        async with asyncio.timeout(60):
            while not await _is_written(database, "after"):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        assert await value(database, "before") == ["1"]
        await database.close()


async def _is_written(database: VotesDatabase, name: str) -> bool:
    try:
        await database.write(setting(name))
    except NotWritten:
        return bool(await value(database, name))
    return True


async def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("these are notes, not votes\n" * 100)
    with pytest.raises(NotWritten, match=r"notes\.txt"):
        await open_votes(str(path))


async def test_an_address_of_another_kind_is_refused():
    with pytest.raises(InputError, match="mysql"):
        await open_votes("mysql://localhost/votes")


def test_a_password_is_never_shown():
    assert without_password("postgresql://me:secret@host/votes?x=1") == "postgresql://me:…@host/votes"


async def test_two_servers_on_one_postgres_see_every_vote_in_one_order():
    with postgres() as address:
        first, second = await asyncio.gather(open_votes(address), open_votes(address))

        def line(number: int) -> Step:
            row = {"at": 0.0, "actor": "t", "action": "x", "subject": str(number), "detail": "{}"}
            return Step(q.ADD_LOG, (row,), is_vote=True)

        seen: list[int] = []

        async def watch() -> None:
            while len(seen) < 400:
                rows = await first.read(q.LOG_AFTER, {"which_seq": seen[-1] if seen else 0, "most": 50})
                seen.extend(row["seq"] for row in rows)
                await asyncio.sleep(0)

        watching = asyncio.create_task(watch())
        await asyncio.gather(*((first, second)[n % 2].write(line(n)) for n in range(400)))
        # A number that became visible after a higher one would be skipped by a reader that asks for what is newer.
        await asyncio.wait_for(watching, 20)
        assert len(set(seen)) == 400
        await asyncio.gather(first.close(), second.close())
