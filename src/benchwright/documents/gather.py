"""Finds the files behind what a user named: a file, folder, glob, zip, https address, and what mails have attached."""

import glob
import io
import os
import re
import threading
import unicodedata
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from benchwright.documents.addresses import fetch
from benchwright.documents.formats import ARCHIVES, MAILS, is_zip
from benchwright.documents.worker import ReaderProcess
from benchwright.errors import DocumentRefused

# What editors and systems leave beside documents; nobody means these when naming a folder.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_MAIL_READER = "benchwright.documents.eml"
MOST_ATTACHED = 1_000
"""Attachments of one mail that are read; each takes reading the whole mail."""
_LEFTOVERS = frozenset(("thumbs.db", "desktop.ini", "__macosx"))


@dataclass(frozen=True)
class Limits:
    """What one file may cost: sizes in bytes and characters, time in seconds."""

    file_bytes: int = 200 * 1024**2
    unpacked_bytes: int = 1024**3
    characters: int = 50_000_000
    files: int = 100_000
    archive_depth: int = 2
    timeout_s: float = 120.0


@dataclass(frozen=True)
class Found:
    """One file that was found: its path for people, how to get its bytes, and its file date (ISO) where known."""

    path: str
    read: Callable[[], bytes]
    date: str = ""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path).name


class _Mails:
    """Reads what is attached to mails, in a process of its own: headers can be made that take hours."""

    def __init__(self, limits: Limits) -> None:
        self._process = ReaderProcess(timeout_s=limits.timeout_s)
        self._lock = threading.Lock()
        weakref.finalize(self, self._process.close)

    def call(self, function: str, *arguments: object) -> Any:
        """Call a function of the mails' reader."""
        with self._lock:
            return self._process.call(_MAIL_READER, function, *arguments)


def gather(paths: Sequence[str | Path], limits: Limits) -> list[Found]:
    """Return the files behind `paths`, in the order of `paths` and sorted by name within each.

    Paths in the result are relative to the folder, glob or file that was named, so that the same documents in another
    place give the same result; two different files of one name keep the names of their folders too.
    """
    found: list[tuple[Path | None, Found]] = []
    seen: set[str] = set()
    for given in paths:
        for location, item in _behind(str(given), limits):
            # Unlike `Path.resolve`, this gives an answer for a link that leads to itself.
            real = os.path.realpath(location) if location is not None else ""
            if real in seen:
                continue
            if real:
                seen.add(real)
            found.append((location, item))
    mails = _Mails(limits)
    unpacked = [
        (location, item)
        for location, packed in _distinct(found)
        for item in _unpacked(packed, limits, limits.archive_depth, mails)
    ]
    return [item for _, item in unpacked[: limits.files]] + [
        Found(item.path, _refusal(f"too many: only the first {limits.files:,} files are read"))
        for _, item in unpacked[limits.files :]
    ]


def read_archive(data: bytes, path: str, limits: Limits) -> list[Found]:
    """Return the files inside a zip, each with its path behind the zip's."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_leftover(_entry_name(entry))]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentRefused("corrupted: the zip is cut off or damaged") from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise DocumentRefused(f"too large: {unpacked:,} bytes unpacked; the limit is {limits.unpacked_bytes:,}")
    entries.sort(key=_entry_name)
    return [
        Found(f"{path}/{_entry_name(entry)}", _entry_reader(archive, entry, limits), _entry_date(entry))
        for entry in entries
    ]


def check_unpacked(data: bytes, limits: Limits) -> None:
    """Refuse a zipped document whose content is far larger than it may be (a zip bomb)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
            is_locked = any(entry.flag_bits & 1 for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentRefused("corrupted: the file is cut off or damaged (its zip directory cannot be read)") from error
    if is_locked:
        raise DocumentRefused("password: the file is encrypted; save it without a password")
    if sum(sizes) > limits.unpacked_bytes or (sum(sizes) > 100 * 1024**2 and sum(sizes) > 300 * len(data)):
        raise DocumentRefused(
            f"too large: {len(data):,} bytes unpack to {sum(sizes):,}; the limit is {limits.unpacked_bytes:,} "
            "and 300 times the packed size"
        )


def _behind(given: str, limits: Limits) -> Iterator[tuple[Path | None, Found]]:
    if "://" in given:
        name = PurePosixPath(given.split("?", 1)[0].split("#", 1)[0].split("://", 1)[1]).name
        yield (
            None,
            Found(given, lambda: fetch(given, limits.file_bytes), "") if name else Found(given, _refusal("no address")),
        )
        return
    path = Path(given).expanduser()
    if path.is_dir():
        closed: list[OSError] = []
        for inner in sorted(_walk(path, closed.append), key=lambda item: _sort_key(item.relative_to(path).as_posix())):
            shown = inner.relative_to(path).as_posix()
            if inner.is_symlink() and inner.exists() and not _is_inside(inner, path):
                reason = f"a link out of this folder, to {inner.resolve().as_posix()}; name that file to have it read"
                yield None, Found(_shown(shown), _refusal(reason))
            else:
                yield inner, _file(inner, shown, limits)
        for error in closed:
            shown = Path(error.filename).relative_to(path).as_posix()
            yield None, Found(_shown(shown), _refusal(f"not readable: this folder ({error.strerror})"))
    elif path.exists():
        yield path, _file(path, path.name, limits)
    elif glob.has_magic(given):
        base = Path(*_before_magic(path.parts))
        matched = sorted(glob.glob(str(path), recursive=True), key=_sort_key)
        if not matched:
            yield None, Found(given, _refusal("not found: the pattern matches no file"))
        for match in matched:
            inner = Path(match)
            if inner.is_file() and not _is_leftover(inner.name):
                yield inner, _file(inner, inner.relative_to(base).as_posix() if base.parts else match, limits)
    else:
        yield None, Found(given, _refusal("not found: no such file or folder"))


def _is_inside(link: Path, folder: Path) -> bool:
    """Whether a link leads to a file within `folder`: a folder by somebody else may hold links to anything of ours."""
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder))


def _before_magic(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _walk(folder: Path, on_closed: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=on_closed):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        for name in files:
            if not _is_leftover(name):
                yield Path(parent) / name


def _is_leftover(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") or part.lower() in _LEFTOVERS for part in parts) or parts[-1].startswith("~$")


def _sort_key(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _file(path: Path, shown: str, limits: Limits) -> Found:
    def read() -> bytes:
        if not path.exists():
            raise DocumentRefused("not found: a link that leads nowhere")
        if not path.is_file():
            raise DocumentRefused("binary: a device or pipe, not a file")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise DocumentRefused(f"too large: {size:,} bytes; the limit is {limits.file_bytes:,}")
        try:
            return path.read_bytes()
        except OSError as error:
            raise DocumentRefused(f"not readable: {error.strerror or error}") from error

    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    except (OSError, ValueError, OverflowError):
        modified = ""
    return Found(_shown(shown), read, modified)


def _shown(path: str) -> str:
    """A path that can be printed and stored: a name on disk may hold bytes that are no text, and line breaks."""
    return unicodedata.normalize("NFC", _CONTROLS.sub(" ", os.fsencode(path).decode("utf-8", "replace")))


def _distinct(found: list[tuple[Path | None, Found]]) -> list[tuple[Path | None, Found]]:
    """Put the folder's name before paths that two different files share."""
    counts: dict[str, int] = {}
    for _, item in found:
        counts[item.path] = counts.get(item.path, 0) + 1
    result: list[tuple[Path | None, Found]] = []
    taken: dict[str, int] = {}
    for location, item in found:
        path = item.path
        if counts[path] > 1 and location is not None:
            steps = len(PurePosixPath(path).parts) + 1
            path = PurePosixPath(*location.absolute().parts[-steps:]).as_posix()
        taken[path] = taken.get(path, 0) + 1
        if taken[path] > 1:
            path = f"{path} ({taken[path]})"
        result.append((location, Found(path, item.read, item.date)))
    return result


def _unpacked(item: Found, limits: Limits, depth: int, mails: _Mails) -> Iterator[Found]:
    """The file itself, what is inside it when it is a zip, or it and what is attached when it is a mail."""
    suffix = PurePosixPath(item.name).suffix.lower()
    if suffix not in ARCHIVES:
        yield item
        if suffix in MAILS and depth:
            for attached in _attached(item, mails):
                yield from _unpacked(attached, limits, depth - 1, mails)
        return
    try:
        data = item.read()
        if not is_zip(data):
            raise DocumentRefused("corrupted: the content is no zip although the name says so")
        if depth == 0:
            raise DocumentRefused(f"a zip inside a zip, more than {limits.archive_depth} deep; unpack it first")
        inside = read_archive(data, item.path, limits)
        if not inside:
            raise DocumentRefused("empty: the zip holds no file")
    except DocumentRefused as refused:
        yield Found(item.path, _refusal(str(refused)), item.date)
        return
    for inner in inside:
        yield from _unpacked(inner, limits, depth - 1, mails)


def _attached(mail: Found, mails: _Mails) -> list[Found]:
    """What is attached to a mail, each with its path behind the mail's; it is decoded again when it is read."""
    try:
        names: list[str] = mails.call("attachments", mail.read())
    except DocumentRefused:
        # The mail itself is refused, with the reason.
        return []
    counts: dict[str, int] = {}
    found: list[Found] = []
    for index, name in enumerate(names[:MOST_ATTACHED]):
        counts[name] = counts.get(name, 0) + 1
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        shown = name if counts[name] == 1 else f"{stem} ({counts[name]}){suffix}"
        found.append(Found(f"{mail.path}/{_shown(shown)}", partial(_attachment, mails, mail, index), mail.date))
    if len(names) > MOST_ATTACHED:
        said = f"too many: only the first {MOST_ATTACHED:,} of {len(names):,} attachments are read"
        found.append(Found(f"{mail.path}/attachment {MOST_ATTACHED + 1}", _refusal(said), mail.date))
    return found


def _attachment(mails: _Mails, mail: Found, index: int) -> bytes:
    content: bytes = mails.call("attachment", mail.read(), index)
    return content


def _refusal(reason: str) -> Callable[[], bytes]:
    def read() -> bytes:
        raise DocumentRefused(reason)

    return read


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The name inside a zip: UTF-8 where the zip says so, else the Korean or Japanese that Windows wrote."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("ascii", "utf-8", "cp949", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return unicodedata.normalize("NFC", "/".join(parts)) or "unnamed"


def _entry_date(entry: zipfile.ZipInfo) -> str:
    year, month, day = entry.date_time[:3]
    # 1980-01-01 is what a zip says when it was told no time.
    return "" if (year, month, day) == (1980, 1, 1) else f"{year:04d}-{month:02d}-{day:02d}"


def _entry_reader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> Callable[[], bytes]:
    def read() -> bytes:
        if entry.flag_bits & 1:
            raise DocumentRefused("password: the zip is encrypted; unpack it first")
        if entry.file_size > limits.file_bytes:
            raise DocumentRefused(f"too large: {entry.file_size:,} bytes unpacked; the limit is {limits.file_bytes:,}")
        try:
            return archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise DocumentRefused("corrupted: this file inside the zip is damaged") from error

    return read
