"""Options that give nothing away: drawn so that each could be the key as well as any other."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


def option_groups(values: Sequence[str], *, chance: np.random.Generator, size: int = 4) -> list[tuple[int, ...]]:
    """Split the positions of `values` into groups of `size` with different values, at random.

    Every question about a member of a group shows the whole group. So each value stands in the options as often as its
    neighbours do, and no reader of the other questions can tell the key by how often it occurs. Positions that fill no
    group are left out.
    """
    first: dict[str, int] = {}
    for position in chance.permutation(len(values)):
        folded = " ".join(values[int(position)].casefold().split())
        first.setdefault(folded, int(position))
    positions = list(first.values())
    return [tuple(positions[i : i + size]) for i in range(0, len(positions) - size + 1, size)]


def family(
    draw: Callable[[], Item], show: Callable[[Item], str], *, size: int = 4, attempts: int = 40
) -> list[tuple[Item, str]]:
    """Draw `size` items of one family whose texts differ; fewer where `attempts` draws do not suffice.

    When the question is about any one of them, the others are options of exactly its kind: a sum of other rows, a
    difference of other pairs. The key is then no nearer to the middle than chance has it.
    """
    items: dict[str, Item] = {}
    for _ in range(attempts):
        item = draw()
        items.setdefault(show(item), item)
        if len(items) == size:
            break
    return [(item, text) for text, item in items.items()]
