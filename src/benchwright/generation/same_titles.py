"""Tell documents of one title apart: `Leave Policy (uk/leave.md)` and `Leave Policy (us/leave.md)`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from benchwright.records import Document


def told_apart(documents: Sequence[Document], *, known: Iterable[Document] = ()) -> list[Document]:
    """Return `documents`, each that shares its title with another one named with the end of its path behind it.

    A question says “According to “Leave Policy” …”: of two such policies it must say which. `known` are documents that
    a benchmark holds already; they keep their titles.
    """
    paths: dict[str, set[str]] = defaultdict(set)
    own = {document.id for document in documents}
    for document in [*documents, *(other for other in known if other.id not in own)]:
        paths[_folded(document.title)].add(document.path)
    return [_named(document, paths[_folded(document.title)]) for document in documents]


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _named(document: Document, paths: set[str]) -> Document:
    others = [path for path in paths if path != document.path]
    if not others or not document.title.strip():
        return document
    end = _own_end(document.path, others)
    return document.model_copy(update={"title": f"{document.title} ({end})"})


def _own_end(path: str, others: Sequence[str]) -> str:
    """The fewest last parts of `path` that no other path ends with."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    for count in range(1, len(parts) + 1):
        end = parts[-count:]
        if not any(PurePosixPath(other.replace("\\", "/")).parts[-count:] == end for other in others):
            return "/".join(end)
    return path


def parted_title(document: Document) -> tuple[str, str]:
    """The title as the file states it, and what `told_apart` put behind it: `Leave Policy` and ` (uk/leave.md)`."""
    opening = document.title.rfind(" (")
    end = document.title[opening + 2 : -1]
    if opening > 0 and document.title.endswith(")") and document.path.replace("\\", "/").endswith(end) and "." in end:
        return document.title[:opening], document.title[opening:]
    return document.title, ""
