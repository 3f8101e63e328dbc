"""The whole of `generate --writer` with its checks, as a command against a loopback server.

The server is a process of its own and answers with the scripted model; the command is the real one.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from bars import Bar
from loopback_process import served_by

from benchwright.generation.near import Near
from benchwright.records import Passage

SYLLABLES = ("ka", "mo", "ri", "ten", "sol", "var", "lum", "pe", "dor", "nis", "gra", "tel", "bo", "min", "fa", "zu")
KO_SYLLABLES = ("가", "모", "리", "소", "바", "루", "페", "도", "니", "그", "테", "보", "미", "파", "주", "하")
CHECKED = ("--solver", "here/s1", "--solver", "here/s2", "--judge", "here/j")


def invented_sources(folder: Path, megabytes: float, files: int, *, seed: int = 0) -> Path:
    """Write prose of invented words with a figure in most sentences; every fifth file is Korean."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(seed)
    for number in range(files):
        syllables, stop = (KO_SYLLABLES, "다.") if number % 5 == 4 else (SYLLABLES, ".")
        words = ["".join(chance.choice(syllables, size=chance.integers(2, 6))) for _ in range(4000)]
        size, parts = 0, [f"# Register {number} of {words[0]}\n"]
        while size < megabytes * 1e6 / files:
            picks = chance.zipf(1.2, size=(20, 12)) % len(words)
            figures = chance.integers(10, 9999, size=20)
            told = [
                f"{' '.join(words[at] for at in row[:6])} {figure} {' '.join(words[at] for at in row[6:])}{stop}"
                for row, figure in zip(picks, figures, strict=True)
            ]
            told = [sentence[0].upper() + sentence[1:] for sentence in told]
            paragraphs = "\n\n".join(" ".join(told[at : at + 5]) for at in range(0, 20, 5))
            parts.append(f"## Part {len(parts)}\n\n{paragraphs}\n")
            size += len(parts[-1].encode())
        (folder / f"register-{number}.md").write_text("\n".join(parts), encoding="utf-8")
    return folder


def scripted_server(**faults: float) -> AbstractContextManager[str]:
    """A loopback server that answers every prompt as the scripted model does; yields its base URL."""
    return served_by([sys.executable, __file__, "serve", json.dumps(faults)])


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, seconds, processor seconds, megabytes at most, what it said."""

    code: int
    wall_s: float
    cpu_s: float
    megabytes: float
    said: str


def command(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the real command in `folder`."""
    source = str(Path(__file__).parents[1] / "src")
    said = (folder / "said.txt").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "benchwright", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": source},
        stdout=subprocess.DEVNULL,
        stderr=said,
    )


def ended(folder: Path, *arguments: str) -> Ended:
    """Run the real command to its end and measure it."""
    started = time.perf_counter()
    process = command(folder, *arguments)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    said = (folder / "said.txt").read_text(encoding="utf-8", errors="replace")
    return Ended(process.returncode, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def prepare(folder: Path, url: str, **settings: Any) -> Path:
    """A project folder whose models are all at `url`."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"endpoints": {"here": {"url": url, **settings.pop("endpoint", {})}}, **settings}
    (folder / "benchwright.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


def generate(sources: Path, questions: int, *more: str) -> list[str]:
    """The command that writes `questions` questions, checked by two solvers and a judge."""
    named = ["--writer", "here/w", *CHECKED, "--questions", str(questions)]
    return ["generate", str(sources), "-o", "made", *named, *more]


def serve(faults: dict[str, Any]) -> None:
    """Serve until ended."""
    import asyncio

    from benchwright.generation.scripted import scripted_answer
    from benchwright.models import loopback

    asyncio.run(loopback.serve(loopback.Faults(**faults), 0, scripted_answer))


def memory(megabytes: float, files: int, bar: int) -> Bar:
    """The most memory that the whole command takes."""
    with scripted_server() as url, tempfile.TemporaryDirectory() as place:
        sources = invented_sources(Path(place) / "sources", megabytes, files)
        writing = {"reach": {"single": 2, "cross_document": 1, "multi_hop": 1}}
        done = ended(prepare(Path(place) / "project", url, writing=writing), *generate(sources, 60))
    assert done.code == 0, done.said
    name = f"{megabytes:g} MB of sources, 60 questions written and checked: memory"
    told = f"{done.megabytes:.0f} MB, {done.wall_s:.0f} s"
    return Bar(name, told, f"≤ {bar} MB", done.megabytes <= bar)


EMBEDDED, NUMBERS, ABOUT_ONE_SUBJECT = 10_000, 1024, 4
"""Passages, numbers in the embedding of each, and passages that lie close to each other."""


def pairing() -> Iterator[Bar]:
    """What it takes to join passages by their embeddings, and whether those that belong together are joined."""
    chance = np.random.default_rng(0)
    subject = np.arange(EMBEDDED) // ABOUT_ONE_SUBJECT
    centres = chance.normal(size=(EMBEDDED // ABOUT_ONE_SUBJECT, NUMBERS)).astype(np.float32)
    vectors = centres[subject] + chance.normal(size=(EMBEDDED, NUMBERS)).astype(np.float32) / 2
    passages = [Passage(document_id=f"d{at % 200}", start=10 * at, end=10 * at + 1, text="x") for at in range(EMBEDDED)]
    started = time.process_time()
    pairs = Near(passages, vectors).pairs(across_documents=True)
    took = time.process_time() - started
    tracemalloc.start()
    Near(passages, vectors).pairs(across_documents=True)
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    name = f"{EMBEDDED} passages joined by embeddings of {NUMBERS} numbers"
    yield Bar(f"{name}: processor time", f"{took:.1f} s", "≤ 5 s", took <= 5)
    yield Bar("… memory beside the vectors", f"{most:.0f} MB", "≤ 150 MB", most <= 150)
    joined = {subject[pair.first] for pair in pairs if subject[pair.first] == subject[pair.second]}
    share = len(joined) / len(centres)
    yield Bar(
        f"… subjects of {ABOUT_ONE_SUBJECT} passages of which a pair is found", f"{share:.1%}", "≥ 95 %", share >= 0.95
    )
    strays = sum(subject[pair.first] != subject[pair.second] for pair in pairs) / len(pairs)
    yield Bar("… pairs of two subjects", f"{strays:.1%}", "≤ 1 %", strays <= 0.01)


def run() -> Iterator[Bar]:
    """Measure the whole chain, and the joining of passages by itself."""
    yield memory(0.5, 10, 200)
    yield memory(100, 200, 400)
    yield from pairing()


if __name__ == "__main__":
    serve(json.loads(sys.argv[2]))
