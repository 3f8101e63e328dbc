"""Chance that is the same on every machine: a number drawn from a hash of what it stands for."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def share(*parts: str | int) -> float:
    """Return a number in [0, 1) that depends on nothing but `parts`."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def pick(items: Sequence[Item], *parts: str | int) -> Item:
    """Return one of `items`, each as likely as the others over many `parts`."""
    return items[int(share(*parts) * len(items))]
