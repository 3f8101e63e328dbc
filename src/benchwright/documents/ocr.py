"""Reads pages that are pictures: one protocol for whatever can (tesseract, a vision model); a page read is kept."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchwright.errors import BenchwrightError, DocumentRefused, NotWritten

DEFAULT_FOLDER = Path(".benchwright/ocr")
HOW = "needs OCR: add --ocr tesseract"
"""What a refusal says of pages that are pictures."""


@dataclass(frozen=True)
class PageImage:
    """One page as a PNG picture, upright as far as its file says so."""

    png: bytes


@dataclass(frozen=True)
class Recognised:
    """What tesseract says of a page: words with their places (hOCR), and the text, which alone has Korean spaces."""

    hocr: bytes
    text: str


class Ocr(Protocol):
    """Turns the picture of a page into text; an implementation is a frozen dataclass whose fields are its settings."""

    @property
    def name(self) -> str:
        """What reads and every setting that changes the text: a page read under this name is not read again."""
        ...

    @property
    def at_once(self) -> int:
        """How many pages it is to be given at the same time, each from a thread of its own."""
        ...

    def read_page(self, image: PageImage) -> str:
        """Return the page's text as Markdown, empty for a blank page.

        Raises `DocumentRefused` for a page that it cannot read; that page is named in the file's status, and the
        others go on. Any other `BenchwrightError` (a spent budget, a wrong key) ends the command; pages read are kept.
        """
        ...


@dataclass(frozen=True)
class Scan:
    """A file with pages that are pictures: what reading it with OCR would take."""

    path: str
    pages: int


@dataclass(frozen=True)
class PagesRead:
    """The Markdown of each page that was read, and why others were not."""

    texts: dict[int, str]
    failures: dict[int, str]


class PageReader:
    """Reads the pages of many files with one `Ocr`, so many at once as it takes; what is read lasts in `folder`."""

    def __init__(self, ocr: Ocr, folder: Path = DEFAULT_FOLDER) -> None:
        self._ocr = ocr
        self._folder = folder / hashlib.sha256(ocr.name.encode()).hexdigest()[:16]
        self._pool = ThreadPoolExecutor(max(1, ocr.at_once))
        self._room = threading.Semaphore(2 * max(1, ocr.at_once))
        self._is_stopped = False

    def stop(self) -> None:
        """Begin no further page."""
        self._is_stopped = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Stop, and wait for the pages that are being read."""
        self.stop()
        self._pool.shutdown()

    def read(
        self,
        data: bytes,
        pages: Sequence[int],
        draw: Callable[[int], PageImage],
        progress: Callable[[int, int], None],
    ) -> PagesRead:
        """Return the text of `pages` of the file `data`; `draw` gives the picture of a page that was not read before.

        `progress` is called with pages done and pages in all.
        """
        kept = self._folder / hashlib.sha256(data).hexdigest()
        texts: dict[int, str] = {}
        waiting: list[tuple[int, Future[str]]] = []
        for page in pages:
            known = kept / f"{page}.md"
            if known.is_file():
                texts[page] = known.read_text(encoding="utf-8")
                continue
            # Drawing waits for room: the pictures of a thousand pages do not fit into memory.
            self._room.acquire()
            future = self._started(known, draw, page)
            future.add_done_callback(lambda _: self._room.release())
            waiting.append((page, future))
        failures: dict[int, str] = {}
        for done, (page, future) in enumerate(waiting, start=len(texts) + 1):
            try:
                texts[page] = future.result()
            except DocumentRefused as refused:
                failures[page] = str(refused)
            except CancelledError:
                failures[page] = "stopped"
            progress(done, len(pages))
        return PagesRead(texts, failures)

    def _started(self, known: Path, draw: Callable[[int], PageImage], page: int) -> "Future[str]":
        try:
            if self._is_stopped:
                raise DocumentRefused("stopped before its pages were read")
            return self._pool.submit(self._read_one, known, draw(page))
        except (DocumentRefused, RuntimeError) as error:
            # The pool takes nothing more once another page ended the command.
            failed: Future[str] = Future()
            failed.set_exception(error if isinstance(error, DocumentRefused) else DocumentRefused("stopped"))
            return failed

    def _read_one(self, known: Path, image: PageImage) -> str:
        try:
            text = self._ocr.read_page(image)
            _keep(known, text)
        except DocumentRefused:
            raise
        except BenchwrightError:
            # No budget, no key, no room on the disk: the next page would fail too.
            self.stop()
            raise
        return text


def _keep(path: Path, text: str) -> None:
    """Write a page so that it is whole or not there."""
    half = path.with_suffix(f".{os.getpid()}.half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    except OSError as error:
        raise NotWritten(
            f"a page read by OCR could not be kept in `{path.parent}`: {error.strerror or error}; "
            "free some space, or run in a folder that can be written"
        ) from error


def page_list(pages: Iterable[int]) -> str:
    """Return page numbers for people: `3, 5–9 and 12`; long lists are cut."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:6]]
    if len(runs) > 6:
        return ", ".join(shown) + " …"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
