"""A loopback server in a process of its own, and what it has seen."""

import json
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def served_by(command: Sequence[str]) -> Iterator[str]:
    """Run `command`, whose first line is the base URL it serves at, until the caller goes on; yields that URL."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def ledger(url: str) -> dict[str, Any]:
    """What the server at `url` has seen."""
    with urllib.request.urlopen(url.removesuffix("/v1") + "/ledger") as response:
        return json.load(response)
