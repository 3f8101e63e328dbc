import asyncio
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchwright.errors import NotWritten
from benchwright.records import Reply, Usage
from benchwright.store.journal import Journal, call_key, read_bill


async def test_an_answer_is_there_again_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "journal.sqlite"
    reply = Reply(text="한국어 ok", usage=Usage(input_tokens=3, output_tokens=4), cost_usd=0.25, parameters={"seed": 1})
    async with Journal(path) as journal:
        assert journal.get("k") is None
        await journal.add("k", reply, model="m", stage="write")
    async with Journal(path) as journal:
        assert journal.get("k") == reply
        assert [(row.stage, row.model, row.calls, row.cost_usd) for row in journal.bill()] == [("write", "m", 1, 0.25)]


async def test_the_newest_answer_counts_and_the_bill_keeps_both(tmp_path: Path) -> None:
    async with Journal(tmp_path / "j.sqlite") as journal:
        await journal.add("k", Reply(text="old", cost_usd=1), model="m")
        await journal.add("k", Reply(text="new", cost_usd=1), model="m")
        kept = journal.get("k")
        assert kept is not None
        assert kept.text == "new"
        assert journal.bill()[0].cost_usd == 2


async def test_answers_that_come_together_share_a_commit(tmp_path: Path) -> None:
    async with Journal(tmp_path / "j.sqlite") as journal:
        await asyncio.gather(*(journal.add(str(n), Reply(text="x"), model="m") for n in range(2000)))
        assert len(journal) == 2000
        assert journal.commits < 200


def test_the_key_tells_apart_what_was_asked() -> None:
    base = call_key(["address", {"messages": ["a"]}])
    assert base == call_key(["address", {"messages": ["a"]}])
    others = [
        call_key(["address", {"messages": ["b"]}]),
        call_key(["elsewhere", {"messages": ["a"]}]),
        call_key(["address", {"messages": ["a"]}], repeat=1),
        call_key(["address", {"messages": ["a"]}], attempt=1),
    ]
    assert len({base, *others}) == 5
    assert call_key("\u00e9") != call_key("e\u0301")


async def outcome_of(journal: Journal, key: str) -> str:
    try:
        await journal.add(key, Reply(text="x" * 1000), model="m")
    except NotWritten as error:
        return str(error)
    return "kept"


async def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    async with Journal(path) as journal:
        await journal.add("kept", Reply(text="kept"), model="m")
    with closing(sqlite3.connect(path)) as database:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
    async with Journal(path) as journal:
        # SQLite's own bound gives the very error of a full disk.
        journal.limit_pages(pages + 2)
        outcomes = [await outcome_of(journal, f"k{number}") for number in range(50)]
    assert outcomes[0] == "kept"
    assert re.search(r"full.*run the same command", outcomes[-1])
    async with Journal(path) as journal:
        kept = journal.get("kept")
        assert kept is not None
        assert kept.text == "kept"


async def test_a_path_that_cannot_be_written_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritten, match="nothing was sent"):
        async with Journal(tmp_path / "file" / "journal.sqlite"):
            pass


def test_a_read_only_folder_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    script = (
        "import asyncio, os, sys\n"
        "from pathlib import Path\n"
        "from benchwright.store.journal import Journal\n"
        "async def main():\n"
        "    async with Journal(Path('journal.sqlite')): pass\n"
        "os.chdir(sys.argv[1])\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: asyncio.run(main())\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    # Root may write anywhere: the child gives its rights up first.
    tmp_path.chmod(0o755)
    for parent in [tmp_path.parent, tmp_path.parent.parent]:
        parent.chmod(0o755)
    result = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False)
    assert result.stdout.startswith("NotWritten"), result.stdout + result.stderr
    assert "nothing was sent" in result.stdout


async def test_a_damaged_journal_is_said_by_name(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(NotWritten, match=r"journal\.sqlite.*not a database"):
        async with Journal(path):
            pass


def test_the_bill_of_a_journal_just_being_made_is_empty_and_that_of_another_file_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    sqlite3.connect(path).close()
    assert read_bill(path) == []
    path.write_bytes(b"this is no database, but a file of ours " * 40)
    with pytest.raises(NotWritten, match="move it away"):
        read_bill(path)
