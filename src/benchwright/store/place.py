"""Whether a place can be written, known before anything is paid."""

import os
from pathlib import Path

from benchwright.errors import NotWritten


def require_writable(path: Path) -> None:
    """Refuse a file or folder that could not be written later; nothing is made.

    Raises:
        NotWritten: no file or folder can be made there.
    """
    there = next(place for place in (path, *path.absolute().parents) if place.exists())
    if not os.access(there, os.W_OK) or (there != path and not there.is_dir()):
        raise NotWritten(
            f"`{path}` could not be written (`{there}` is {'read-only' if there.is_dir() else 'a file'}); "
            f"nothing was sent. Choose another place with `-o`"
        )
