"""`kill -9` of the server, and of PostgreSQL, while votes come in: reduced here, in full in benchmarks/arena.py."""

import sqlite3
from contextlib import closing
from pathlib import Path

import arena


def test_every_acknowledged_vote_survives_kill_9_once(tmp_path: Path):
    (bar,) = arena.killed(votes=240, kills=2)
    assert bar.passed, bar.measured


def test_the_file_is_whole_after_a_kill(tmp_path: Path):
    import asyncio

    database = str(tmp_path / "votes.sqlite")
    asyncio.run(arena._killed(database, 60, 1))
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        orphans = "select count(*) from votes v left join battles b on b.id = v.battle where b.state is not 'voted'"
        assert connection.execute(orphans).fetchone() == (0,)
