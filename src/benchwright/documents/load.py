"""Loads whatever a user names into documents; every file gets a status, and one bad file never stops the others."""

import os
import queue
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from benchwright.documents.formats import BY_SUFFIX, Format, find_format, is_zip
from benchwright.documents.gather import Found, Limits, check_unpacked, gather
from benchwright.documents.parsed import Parsed
from benchwright.documents.structure import structure_of
from benchwright.documents.worker import ReaderProcess, read_with
from benchwright.errors import DocumentRefused, NothingLoaded
from benchwright.records.document import Document, FileStatus, Heading, Page
from benchwright.text.language import detect_language

Progress = Callable[[int, int, str], None]
_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MARKS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class LoadResult:
    """The documents that were loaded, and what became of each file, both in the order of the files."""

    documents: tuple[Document, ...]
    files: tuple[FileStatus, ...]


def load(
    paths: str | Path | Sequence[str | Path], *, limits: Limits | None = None, progress: Progress | None = None
) -> LoadResult:
    """Load files, folders, globs, zips and https addresses into documents.

    `progress` is called with files done, files in all, and the path just finished. Raises `NothingLoaded` when no file
    became a document; `load_files` returns the statuses instead.
    """
    result = load_files(paths, limits=limits, progress=progress)
    if not result.documents:
        raise nothing_loaded(result.files)
    return result


def nothing_loaded(files: Sequence[FileStatus]) -> NothingLoaded:
    """Return the error for a load that gave no document, with the first reasons."""
    if not files:
        return NothingLoaded(
            "nothing to load: no file was found; name a file, a folder, a glob, a zip or an https address"
        )
    reasons = "; ".join(f"`{file.path}`: {file.reason}" for file in files[:3])
    more = f"; and {len(files) - 3} more" if len(files) > 3 else ""
    return NothingLoaded(f"none of {len(files)} file(s) could be loaded: {reasons}{more}")


def load_files(
    paths: str | Path | Sequence[str | Path], *, limits: Limits | None = None, progress: Progress | None = None
) -> LoadResult:
    """Load as `load` does, but return the statuses also where nothing could be loaded."""
    limits = limits or Limits()
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found = gather(given, limits)
    documents: list[Document] = []
    statuses: list[FileStatus] = []
    known: dict[str, str] = {}
    workers = max(1, min(os.cpu_count() or 1, 8, len(found)))
    with _Readers(workers, limits) as readers, ThreadPoolExecutor(workers) as pool:
        for done, (document, status) in enumerate(pool.map(readers.load_one, found), start=1):
            kept, status = _first_of_its_text(document, status, known)
            if kept is not None:
                documents.append(kept)
            statuses.append(status)
            if progress is not None:
                progress(done, len(found), status.path)
    return LoadResult(tuple(documents), tuple(statuses))


def _first_of_its_text(
    document: Document | None, status: FileStatus, known: dict[str, str]
) -> tuple[Document | None, FileStatus]:
    if document is None:
        return None, status
    if document.id in known:
        reason = f"same text as `{known[document.id]}`: kept once"
        return None, status.model_copy(update={"status": "warning", "reason": reason})
    known[document.id] = document.path
    return document, status


class _Readers:
    """Reader processes that are free, one for each thread; they are started when first needed."""

    def __init__(self, count: int, limits: Limits) -> None:
        self._limits = limits
        self._all = [ReaderProcess(timeout_s=limits.timeout_s) for _ in range(count)]
        self._free: queue.SimpleQueue[ReaderProcess] = queue.SimpleQueue()
        for process in self._all:
            self._free.put(process)

    def __enter__(self) -> "_Readers":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._all:
            process.close()

    def load_one(self, found: Found) -> tuple[Document | None, FileStatus]:
        """Return the document and status of one file; a refusal is a status, never an error."""
        try:
            data = found.read()
            name = _name_with_suffix(found, data)
            kind = find_format(data, name)
            parsed = self._parse(kind, data, name)
            document = to_document(parsed, path=found.path, format_name=kind.name, limits=self._limits)
        except DocumentRefused as refused:
            return None, FileStatus(path=found.path, status="refused", reason=str(refused), date=found.date)
        warning = "; ".join(part for part in (_misnamed(name, kind), parsed.warning) if part)
        return document, FileStatus(
            path=found.path,
            status="warning" if warning else "loaded",
            reason=warning,
            language=document.language,
            pages=len(document.pages) or None,
            characters=len(document.text),
            title=document.title,
            date=document.published or document.file_date or found.date,
            document_id=document.id,
        )

    def _parse(self, kind: Format, data: bytes, name: str) -> Parsed:
        if is_zip(data):
            check_unpacked(data, self._limits)
        if not kind.isolated:
            return read_with(kind.module, data, name)
        process = self._free.get()
        try:
            return process.read(kind.module, data, name)
        finally:
            self._free.put(process)


def _name_with_suffix(found: Found, data: bytes) -> str:
    """The name that tells the format; a web page rarely has a suffix."""
    if "://" not in found.path:
        return found.name
    name = PurePosixPath(urlsplit(found.path).path).name or "page"
    is_page = PurePosixPath(name).suffix.lower() not in BY_SUFFIX and b"<" in data[:200]
    return f"{name}.html" if is_page else name


def _misnamed(name: str, kind: Format) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    named = BY_SUFFIX.get(suffix)
    if named is None or named.module == kind.module or named.name == kind.name:
        return ""
    return f"named {suffix}, but the content is {kind.name}"


def to_document(parsed: Parsed, *, path: str, format_name: str, limits: Limits | None = None) -> Document:
    """Return the document of what a reader gave: structure, language, title and pages added."""
    limits = limits or Limits()
    text = parsed.text if parsed.text.isascii() else _LONE_SURROGATES.sub("", parsed.text)
    if not text.strip():
        raise DocumentRefused("empty: the file has no text")
    if len(text) > limits.characters:
        raise DocumentRefused(f"too large: {len(text):,} characters of text; the limit is {limits.characters:,}")
    headings, blocks, tables = structure_of(text)
    return Document(
        title=_title(parsed, headings, path),
        text=text,
        path=path,
        format=format_name,
        language=detect_language(text),
        headings=headings,
        blocks=blocks,
        tables=tables,
        pages=_pages(parsed.page_starts, len(text)),
        published=parsed.published,
        file_date=parsed.file_date,
    )


def _title(parsed: Parsed, headings: tuple[Heading, ...], path: str) -> str:
    if parsed.title.strip():
        return " ".join(parsed.title.split())
    # The first heading is the title when nothing above it is louder.
    first = next((heading for heading in headings if heading.level == 1), headings[0] if headings else None)
    if first is not None and first.text:
        return _MARKS.sub(r"\1", first.text).strip()
    return PurePosixPath(path).stem


def _pages(starts: tuple[int, ...], length: int) -> tuple[Page, ...]:
    edges = [*(min(start, length) for start in starts), length]
    return tuple(Page(number=number, start=start, end=end) for number, (start, end) in enumerate(pairwise(edges), 1))
