"""What is computed once for a document, however many rules ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from benchwright.records import Document

Result = TypeVar("Result")


def once_per_document(compute: Callable[[Document], Result]) -> Callable[[Document], Result]:
    """Remember what `compute` gave for the last few documents: every rule asks the same, and hashing a text is slow."""
    known: list[tuple[Document, Result]] = []

    @wraps(compute)
    def remembered(document: Document) -> Result:
        for other, result in known:
            if other is document:
                return result
        result = compute(document)
        known.append((document, result))
        del known[:-4]
        return result

    return remembered
