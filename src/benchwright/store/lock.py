"""One writer at a time in a folder: two commands that add to the same benchmark or run do not tear it."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchwright.errors import InputError


@contextmanager
def only_writer(folder: Path, *, waits: bool) -> Generator[None]:
    """Hold `folder` (made if missing) for this command alone; nothing is left in it, and a crash lets go.

    Errors: `InputError` where `folder` is a file, or another command holds it and this one does not wait (`waits`).
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file, not a folder; choose another folder with `-o`")
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError as held:
            raise InputError(
                f"another command is writing into {folder}; wait until it ends, or give another folder with `-o`"
            ) from held
        except OSError:
            pass  # A file system without locks, such as some network drives: as before there were any.
        yield
    finally:
        with suppress(OSError):
            os.close(handle)
