"""The whole chain with language models, without a key: init → estimate → generate → review → evaluate → report.

The models are a scripted one behind a real HTTP server on this machine. Two commands are killed on the way (SIGKILL)
and run again: nothing is paid twice. With a key, only the names of the models change.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchwright.generation.scripted import scripted_answer
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.store.journal import read_bill
from benchwright.workflows.demo import copy_documents

BENCHWRIGHT = [sys.executable, "-m", "benchwright"]


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    work = target / "models"
    work.mkdir(parents=True)
    copy_documents(work / "documents")
    with serving() as url:
        run(work, "init", "documents/en", "--brief", "9 short-answer questions", *models())
        with (work / "benchwright.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\nendpoints: {{here: {{url: '{url}'}}}}\n")
        print(run(work, "estimate").splitlines()[0])
        killed_on_the_way(work, ["generate", "-o", "benchmark"], after_calls=6)
        run(work, "generate", "-o", "benchmark")
        run(work, "review", "benchmark", typed="y\ny\nn\n")
        killed_on_the_way(work, ["evaluate", "benchmark", "-o", "run", "-c", "passage"], after_calls=45)
        run(work, "evaluate", "benchmark", "-o", "run", "-c", "passage")
        before = paid(work)
        run(work, "generate", "-o", "again")
        run(work, "evaluate", "benchmark", "-o", "run", "-c", "passage")
        run(work, "report", "run", "-o", "report.html")
    print(f"calls paid again by a rerun: {paid(work) - before}")
    print(f"report: {work / 'report.html'}")


def models() -> list[str]:
    roles = {"--writer": "here/writer", "--solver": "here/solver", "--judge": "here/judge", "-m": "here/candidate"}
    return [*(part for pair in roles.items() for part in pair), "-m", "builtin/bm25"]


def run(folder: Path, *arguments: str, typed: str = "") -> str:
    done = subprocess.run([*BENCHWRIGHT, *arguments], cwd=folder, input=typed, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def killed_on_the_way(folder: Path, arguments: list[str], *, after_calls: int) -> None:
    with subprocess.Popen([*BENCHWRIGHT, *arguments], cwd=folder, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and paid(folder) < after_calls:
            time.sleep(0.02)
        process.kill()
    print(f"killed: {arguments[0]}, after {paid(folder)} calls were kept")


def paid(folder: Path) -> int:
    return sum(row.calls for row in read_bill(folder / ".benchwright" / "journal.sqlite"))


class serving:  # noqa: N801 — reads as what it does
    """A model server of our own on loopback, in a thread."""

    def __enter__(self) -> str:
        import asyncio

        self._loop = asyncio.new_event_loop()
        self._server = LoopbackServer(Faults(latency_s=0.05), answer=scripted_answer)
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._server.__aenter__(), self._loop).result()
        return self._server.url

    def __exit__(self, *_: object) -> None:
        import asyncio

        asyncio.run_coroutine_threadsafe(self._server.__aexit__(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
