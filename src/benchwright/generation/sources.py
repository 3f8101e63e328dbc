"""Sources of planned questions by position: passages and batches are made when it is their turn.

A hundred megabytes of documents have a hundred thousand passages, of which an order asks a few; the others are numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from benchwright.records import Passage

if TYPE_CHECKING:
    from benchwright.generation.plan import Batch

Sources = tuple[Passage, ...]
"""The passages that one call shows to a writer."""


@dataclass(frozen=True)
class Selected(Sequence[Passage]):
    """Some of `passages`, by position."""

    passages: Sequence[Passage]
    positions: Sequence[int]

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> "Selected": ...
    def __getitem__(self, index: int | slice) -> "Passage | Selected":
        if isinstance(index, slice):
            return Selected(self.passages, self.positions[index])
        return self.passages[self.positions[index]]

    def at(self, positions: Sequence[int]) -> "Selected":
        """Return those at `positions` of this selection."""
        return Selected(self.passages, [self.positions[position] for position in positions])


@dataclass(frozen=True)
class Groups(Sequence[Sources]):
    """Groups of passages that belong together, by position."""

    passages: Sequence[Passage]
    positions: Sequence[tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> Sources: ...
    @overload
    def __getitem__(self, index: slice) -> "Groups": ...
    def __getitem__(self, index: int | slice) -> "Sources | Groups":
        if isinstance(index, slice):
            return Groups(self.passages, self.positions[index])
        return tuple(self.passages[position] for position in self.positions[index])

    def at(self, positions: Sequence[int]) -> "Groups":
        """Return those at `positions` of these groups."""
        return Groups(self.passages, [self.positions[position] for position in positions])


@dataclass(frozen=True)
class Reserve(Sequence["Batch"]):
    """Batches without questions yet, for later rounds; `make` makes the one at a position."""

    size: int
    make: Callable[[int], "Batch"]

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> "Batch": ...
    @overload
    def __getitem__(self, index: slice) -> "tuple[Batch, ...]": ...
    def __getitem__(self, index: int | slice) -> "Batch | tuple[Batch, ...]":
        if isinstance(index, slice):
            return tuple(self.make(at) for at in range(self.size)[index])
        return self.make(range(self.size)[index])
