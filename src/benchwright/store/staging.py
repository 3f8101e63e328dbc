"""Replace several files of a folder as one act: after a crash a reader sees all of the old files or all of the new.

New files are written to a hidden folder inside the target. One rename to `.commit` makes them count; from then on a
reader takes a file from `.commit` where it stands there, and the next writer finishes moving what a crash left.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

COMMIT = ".commit"
STAGING = ".writing-"


def current(folder: Path, name: str) -> Path:
    """Return where the file `name` of `folder` counts: in a commit not yet moved, else in its place."""
    committed = folder / COMMIT / name
    return committed if committed.exists() else folder / name


def replace_files(folder: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """Write all `files` (name → chunks of bytes) into `folder`, or none of them."""
    folder.mkdir(parents=True, exist_ok=True)
    finish(folder)
    staging = folder / f"{STAGING}{os.getpid()}"
    staging.mkdir()
    try:
        for name, chunks in files.items():
            _write_durably(staging / name, chunks)
        os.rename(staging, folder / COMMIT)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _sync(folder)
    finish(folder)


def finish(folder: Path) -> None:
    """Move what an interrupted writer committed, and drop what it did not commit."""
    commit = folder / COMMIT
    if commit.is_dir():
        for file in sorted(commit.iterdir()):
            os.replace(file, folder / file.name)
        commit.rmdir()
    for left in folder.glob(f"{STAGING}*"):
        shutil.rmtree(left)


def is_empty(folder: Path) -> bool:
    """Say whether nothing stands in `folder` but what an interrupted writer left."""
    return all(entry.name.startswith(STAGING) for entry in folder.iterdir())


def _write_durably(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
