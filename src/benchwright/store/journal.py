"""The journal: every model call ever paid for, by content, durable before anyone uses the answer."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchwright.errors import NotWritten
from benchwright.records import Reply
from benchwright.store.grouped import GroupedWriter, connect_durably

DEFAULT_PATH = Path(".benchwright/journal.sqlite")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    stage TEXT NOT NULL,
    model TEXT NOT NULL,
    reply TEXT NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    reasoning_tokens INTEGER,
    cost_usd REAL,
    characters INTEGER,
    written TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE INDEX IF NOT EXISTS calls_by_key ON calls (key, id);
"""
_INSERT = """
INSERT INTO calls (key, stage, model, reply, input_tokens, output_tokens, reasoning_tokens, cost_usd, characters)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_Row = tuple[Any, ...]


def call_key(identity: object, *, repeat: int = 0, attempt: int = 0) -> str:
    """Return the SHA-256 under which a call is kept: what was asked of whom, the repeat and the attempt.

    Text is hashed code point by code point, not normalised: two writings of one text are two questions to a model.
    """
    asked = json.dumps([identity, repeat, attempt], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(asked.encode()).hexdigest()


@dataclass(frozen=True)
class Bill:
    """What the journal knows of one model in one stage, over all commands. `unpriced` calls have no known cost."""

    stage: str
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    unpriced: int
    characters: int
    """Sent in those calls whose input tokens the provider counted."""


class Journal:
    """An SQLite file that is appended to. Use as an async context manager.

    One thread writes; all answers that wait at one moment share one durable commit. An answer that replaces another
    (`--fresh`) is appended too: the newest counts, and the bill keeps both.
    """

    def __init__(self, path: Path = DEFAULT_PATH) -> None:
        self.path = path
        self.commits = 0
        self._writer: GroupedWriter[_Row, None] | None = None
        self._reader: sqlite3.Connection | None = None
        self._failure: str = ""
        self._most_pages: int | None = None

    async def __aenter__(self) -> "Journal":
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with ExitStack() as opened:
                writer = opened.enter_context(closing(connect_durably(self.path)))
                writer.executescript(_SCHEMA)
                # A write that changes nothing, so that a read-only folder or file is known before anything is paid.
                writer.execute("PRAGMA user_version = 1")
                self._reader = connect_durably(self.path)
                opened.pop_all()
        except (OSError, sqlite3.Error) as error:
            raise NotWritten(
                f"the journal `{self.path}` cannot be written ({_reason(error)}); nothing was sent. "
                f"Make the folder writable and room on its disk, or run in another one"
            ) from error
        self._writer = GroupedWriter("journal", lambda rows: self._commit(writer, rows), writer.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._writer is not None:
            await self._writer.close()
        if self._reader is not None:
            self._reader.close()

    def get(self, key: str) -> Reply | None:
        """Return the newest answer kept under `key`, or `None`."""
        row = self._read().execute("SELECT reply FROM calls WHERE key = ? ORDER BY id DESC LIMIT 1", (key,)).fetchone()
        return None if row is None else Reply.model_validate_json(row[0])

    async def add(self, key: str, reply: Reply, *, model: str, stage: str = "", characters: int | None = None) -> None:
        """Keep `reply` under `key`; returns when it is durable. `characters` is how many were sent.

        Raises:
            NotWritten: the disk is full, or the file can no longer be written.
        """
        if self._failure:
            raise NotWritten(self._failure)
        usage = reply.usage
        row = (
            *(key, stage, model, reply.model_dump_json(exclude_defaults=True)),
            *(usage.input_tokens, usage.output_tokens, usage.reasoning_tokens, reply.cost_usd, characters),
        )
        assert self._writer is not None, "the journal is used inside `async with`"
        await self._writer.put(row)

    def limit_pages(self, pages: int) -> None:
        """Let the file grow to at most `pages` pages; beyond that it behaves as on a full disk."""
        self._most_pages = pages

    def bill(self) -> list[Bill]:
        """What was paid, by stage and model, over the life of the journal."""
        return _bill(self._read())

    def __len__(self) -> int:
        return self._read().execute("SELECT count(*) FROM calls").fetchone()[0]

    def _read(self) -> sqlite3.Connection:
        assert self._reader is not None, "the journal is used inside `async with`"
        return self._reader

    def _commit(self, connection: sqlite3.Connection, rows: Sequence[_Row]) -> Sequence[NotWritten | None]:
        try:
            if self._most_pages is not None:
                connection.execute(f"PRAGMA max_page_count = {self._most_pages}")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_INSERT, rows)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._failure = (
                f"the journal `{self.path}` cannot be written ({_reason(error)}); answers kept before this are "
                f"safe. Make room, then run the same command: it goes on from there"
            )
            return [NotWritten(self._failure) for _ in rows]
        self.commits += 1
        return [None] * len(rows)


def _reason(error: BaseException) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def read_bill(path: Path) -> list[Bill]:
    """Return the bill of the journal at `path` without opening it for writing; empty where there is none."""
    if not path.is_file():
        return []
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        # A journal that another command is just making has no table yet.
        is_made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchone() is not None
        return _bill(connection) if is_made else []
    except sqlite3.DatabaseError as error:
        raise NotWritten(f"the journal `{path}` cannot be read ({error}); move it away to begin a new one") from error
    finally:
        connection.close()


def _bill(connection: sqlite3.Connection) -> list[Bill]:
    rows = connection.execute(
        "SELECT stage, model, count(*), total(input_tokens), total(output_tokens), total(cost_usd),"
        " sum(cost_usd IS NULL), total(CASE WHEN input_tokens THEN characters END)"
        " FROM calls GROUP BY stage, model ORDER BY stage, model"
    )
    return [
        Bill(stage, model, calls, int(sent), int(got), float(cost), int(unpriced), int(characters))
        for stage, model, calls, sent, got, cost, unpriced, characters in rows
    ]
