"""What every rule has in common: it reads one document and offers questions, or none."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from benchwright.records import Document, Passage, Question


class Rule(Protocol):
    """Writes questions of one kind. Precision first: a rule that does not know offers nothing."""

    @property
    def kind(self) -> str:
        """The kind of its questions, such as `table_cell`."""
        ...

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer every question this rule can vouch for in `document`, in reading order."""
        ...
