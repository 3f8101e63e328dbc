"""Loads documents and says what became of each file: what `benchwright documents` shows."""

from collections.abc import Sequence
from pathlib import Path

from benchwright.documents import Limits, LoadResult, Ocr, load_files
from benchwright.documents.load import Progress, nothing_loaded

__all__ = ["Limits", "LoadResult", "inspect_documents", "nothing_loaded"]


def inspect_documents(
    paths: Sequence[str | Path],
    *,
    limits: Limits | None = None,
    ocr: Ocr | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """Load `paths` and return documents and statuses, also where no file could be loaded."""
    return load_files(paths, limits=limits, ocr=ocr, progress=progress)
