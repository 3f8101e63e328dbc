"""One measured bar: what was asked, what came out, and whether it holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One line of `make bench`. `passed` is `None` where the row informs and judges nothing (a peer's figure, say)."""

    name: str
    measured: str
    target: str
    passed: bool | None = None
