"""Loads whatever a user names into documents; every file gets a status, and one bad file never stops the others."""

import os
import queue
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from benchwright.documents.formats import BY_SUFFIX, Format, find_format, is_zip
from benchwright.documents.gather import Found, Limits, check_unpacked, gather
from benchwright.documents.ocr import Ocr, PageReader, Scan, page_list
from benchwright.documents.parsed import Parsed
from benchwright.documents.structure import structure_of
from benchwright.documents.title_words import names_nothing
from benchwright.documents.worker import ReaderProcess, read_with
from benchwright.errors import DocumentRefused, NothingLoaded
from benchwright.records.document import Document, FileStatus, Heading, Page
from benchwright.text.language import detect_language

Progress = Callable[[int, int, str], None]
DRAWING = "benchwright.documents.pictures"
"""The module that draws pages; it needs the picture library and runs in a reader's process."""
_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")
_WORKBOOKS = ("xlsx", "xls", "xlsb", "ods")
_MARKS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class LoadResult:
    """The documents that were loaded, and what became of each file, both in the order of the files."""

    documents: tuple[Document, ...]
    files: tuple[FileStatus, ...]
    scans: tuple[Scan, ...] = ()
    """Files with pages that are pictures and were not read; with `ocr`, only those it could not read."""


def load(
    paths: str | Path | Sequence[str | Path],
    *,
    limits: Limits | None = None,
    ocr: Ocr | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """Load files, folders, globs, zips and https addresses into documents.

    `ocr` reads pages that are pictures, such as `tesseract()`; without it they are refused. `progress` is called with
    files done, files in all, and the path just finished, or the page that OCR has just read. Raises `NothingLoaded`
    when no file became a document; `load_files` returns the statuses instead.
    """
    result = load_files(paths, limits=limits, ocr=ocr, progress=progress)
    if not result.documents:
        raise nothing_loaded(result.files)
    return result


def nothing_loaded(files: Sequence[FileStatus]) -> NothingLoaded:
    """Return the error for a load that gave no document, with the first reasons."""
    if not files:
        return NothingLoaded("nothing to load: what was named holds no file; name a folder with documents in it")
    reasons = "; ".join(f"`{file.path}`: {file.reason}" for file in files[:3])
    more = f"; and {len(files) - 3} more" if len(files) > 3 else ""
    counted = f"none of {len(files)} files could be loaded: " if len(files) > 1 else ""
    return NothingLoaded(f"{counted}{reasons}{more}")


def load_files(
    paths: str | Path | Sequence[str | Path],
    *,
    limits: Limits | None = None,
    ocr: Ocr | None = None,
    progress: Progress | None = None,
) -> LoadResult:
    """Load as `load` does, but return the statuses also where nothing could be loaded."""
    limits = limits or Limits()
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found = gather(given, limits)
    documents: list[Document] = []
    statuses: list[FileStatus] = []
    scans: list[Scan] = []
    known: dict[str, str] = {}
    workers = max(1, min(os.cpu_count() or 1, 8, len(found)))
    telling = _Telling(progress, len(found))
    with _Readers(workers, limits, ocr, telling) as readers, ThreadPoolExecutor(workers) as pool:
        try:
            for document, status, unread in pool.map(readers.load_one, found):
                kept, status = _first_of_its_text(document, status, known)
                if kept is not None:
                    documents.append(kept)
                statuses.append(status)
                if unread:
                    scans.append(Scan(status.path, unread))
                telling.file(status.path)
        except BaseException:
            # Leaving waits for the files that are being read: let it not begin their next pages.
            readers.stop()
            raise
    return LoadResult(tuple(documents), tuple(statuses), tuple(scans))


class _Telling:
    """Tells of files and pages from whatever thread they end in, one at a time."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self._lock = threading.Lock()

    def file(self, path: str) -> None:
        with self._lock:
            self._done += 1
            self._tell(path)

    def page(self, path: str, done: int, total: int) -> None:
        with self._lock:
            self._tell(f"{path}: page {done} of {total}")

    def _tell(self, words: str) -> None:
        if self._progress is not None:
            self._progress(self._done, self._total, words)


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

    def __init__(self, count: int, limits: Limits, ocr: Ocr | None, telling: _Telling) -> None:
        self._limits = limits
        self._telling = telling
        self._pages = PageReader(ocr) if ocr is not None else None
        self._all = [ReaderProcess(timeout_s=limits.timeout_s) for _ in range(count)]
        self._free: queue.SimpleQueue[ReaderProcess] = queue.SimpleQueue()
        for process in self._all:
            self._free.put(process)

    def __enter__(self) -> "_Readers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pages is not None:
            self._pages.close()
        for process in self._all:
            process.close()

    def stop(self) -> None:
        """Begin no further page of OCR."""
        if self._pages is not None:
            self._pages.stop()

    def load_one(self, found: Found) -> tuple[Document | None, FileStatus, int]:
        """Return the document and status of one file, and how many pages are unread pictures.

        A refusal is a status, never an error.
        """
        unread = 0
        try:
            data = found.read()
            name = _name_with_suffix(found, data)
            kind = find_format(data, name)
            parsed = self._parse(kind, data, name)
            if parsed.unread_pages and self._pages is not None:
                parsed = self._with_ocr(kind, data, name, parsed.unread_pages, self._pages, found.path)
            unread = len(parsed.unread_pages)
            if unread and not parsed.text.strip():
                raise DocumentRefused(parsed.warning)
            document = to_document(parsed, path=found.path, format_name=kind.name, limits=self._limits)
        except DocumentRefused as refused:
            return None, FileStatus(path=found.path, status="refused", reason=str(refused), date=found.date), unread
        warning = "; ".join(part for part in (_misnamed(name, kind), parsed.warning) if part)
        status = FileStatus(
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
        return document, status, unread

    def _parse(self, kind: Format, data: bytes, name: str) -> Parsed:
        if is_zip(data):
            check_unpacked(data, self._limits)
        if not kind.isolated:
            return read_with(kind.module, data, name)
        return self._in_process(kind.module, "read", data, name)

    def _in_process(self, module: str, function: str, *arguments: object) -> Any:
        process = self._free.get()
        try:
            return process.call(module, function, *arguments)
        finally:
            self._free.put(process)

    def _with_ocr(
        self, kind: Format, data: bytes, name: str, pages: tuple[int, ...], reader: PageReader, path: str
    ) -> Parsed:
        """What the file gives with its pictures read; pages that could not be read are named."""
        done = reader.read(
            data,
            pages,
            lambda page: self._in_process(DRAWING, "draw", data, page),
            lambda count, total: self._telling.page(path, count, total),
        )
        parsed: Parsed = self._in_process(kind.module, "read_with_pages", data, name, done.texts)
        if not done.failures:
            return parsed
        reasons = list(dict.fromkeys(done.failures.values()))
        said = f"page {page_list(done.failures)} not read by OCR: {'; '.join(reasons[:2])}"
        return replace(
            parsed,
            unread_pages=tuple(done.failures),
            warning="; ".join(part for part in (parsed.warning, said) if part),
        )


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
        title=_title(parsed, headings, path, is_workbook=format_name in _WORKBOOKS),
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


def _title(parsed: Parsed, headings: tuple[Heading, ...], path: str, *, is_workbook: bool = False) -> str:
    stated = " ".join(parsed.title.split())
    stem = PurePosixPath(path).stem.strip() or path
    if stated and stated != stem and not names_nothing(stated):
        return stated
    if is_workbook and len(headings) > 1:
        return stem  # several sheets: the first is not what the others belong to
    # The first heading is the title when nothing above it is louder.
    telling = [heading for heading in headings if not names_nothing(heading.text)]
    first = next((heading for heading in telling if heading.level == 1), telling[0] if telling else None)
    return _MARKS.sub(r"\1", first.text).strip() if first is not None else stem


def _pages(starts: tuple[int, ...], length: int) -> tuple[Page, ...]:
    edges = [*(min(start, length) for start in starts), length]
    return tuple(Page(number=number, start=start, end=end) for number, (start, end) in enumerate(pairwise(edges), 1))
