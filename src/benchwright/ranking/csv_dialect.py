"""How a CSV file is written: encoding, separator, header, found before a vote is read, so that errors name a line."""

import codecs
import csv
import gzip
import itertools
import re
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from benchwright.documents.decode import decode
from benchwright.errors import DocumentRefused, InputError

SAMPLE = 1 << 20
CHUNK = 1 << 22
SEPARATORS = (",", ";", "\t", "|")
LONG_LINE = 1 << 26
"""Bytes of the longest row that is read at a second try; the first try is made for rows of ordinary length."""


@dataclass(frozen=True)
class CsvDialect:
    """One CSV file, ready to be read: where it lies in UTF-8, how it is separated, what its columns are called."""

    path: Path
    separator: str
    names: tuple[str, ...]
    """Names of the columns; a repeated one gets a number, so that all differ."""
    repeated: frozenset[str]
    skipped_lines: int
    """Empty lines and comments before the header."""
    encoding: str

    def reader(self, *, skip_invalid: bool, has_long_lines: bool = False) -> str:
        """Return the SQL that reads the file as text, refusing lines that do not fit the header or leaving them out."""
        columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in self.names)
        options = [
            "auto_detect=false",
            "header=true",
            f"skip={self.skipped_lines}",
            f"columns={{{columns}}}",
            f"delim={_literal(self.separator)}",
            "quote='\"'",
            "escape='\"'",
            "store_rejects=true" if skip_invalid else "ignore_errors=false",
        ]
        if has_long_lines:
            options.append(f"max_line_size={LONG_LINE}")
        return f"read_csv({_literal(str(self.path))}, {', '.join(options)})"


def csv_dialect(path: Path, *, aside: Path, separator: str = "") -> CsvDialect:
    """Look at `path` (`.csv` or `.tsv`, perhaps `.gz`); one that is not UTF-8 is written again as UTF-8 in `aside`.

    Raises `InputError` for bytes that are no text, with the line where they stand.
    """
    sample = _sample(path)
    encoding = "utf-8"
    if not path.name.lower().endswith(".gz"):
        encoding = _encoding(path, sample)
        if encoding not in ("utf-8", "utf-8-sig"):
            path = _in_utf8(path, encoding, aside)
            sample = _sample(path)
    lines = sample.decode("utf-8-sig", errors="replace").splitlines(keepends=True)
    skipped = sum(1 for _ in itertools.takewhile(lambda line: not line.strip() or line.startswith("#"), lines))
    head = lines[skipped : skipped + 1000]
    if not head:
        raise InputError(f"{path} holds no header; votes need columns model_a, model_b and winner")
    found = separator or _separator(head[0])
    names, repeated = _names(next(csv.reader(head, delimiter=found)))
    return CsvDialect(path, found, names, repeated, skipped, encoding)


def with_one_kind_of_line_end(dialect: CsvDialect, aside: Path) -> CsvDialect:
    """Return the dialect of a copy in `aside` whose lines all end alike: files glued together often mix them."""
    return replace(dialect, path=_in_utf8(dialect.path, "utf-8-sig", aside))


def csv_error(path: Path, said: str) -> InputError:
    """Say in plain words what the database said of a line of `path` that it cannot read."""
    # What follows are hints at the database's own options, which would only be taken for the reason.
    said = re.split(r"\n\s*Possible (?:fixes|solution)", said, maxsplit=1, flags=re.IGNORECASE)[0]
    line = re.search(r"CSV Error on Line: (\d+)", said)
    where = f"line {line[1]} of {path}" if line else str(path)
    fields = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if fields:
        found = "more" if int(fields[2]) > int(fields[1]) else fields[2]
        what = f"has {found} fields where the header has {fields[1]}"
    elif "unterminated quote" in said:
        what = 'opens a quotation mark (") that is never closed'
    elif "quote" in said.lower():
        what = "has a quotation mark inside a field that does not begin with one"
    elif "Maximum line size" in said:
        what = f"is longer than {LONG_LINE >> 20} MB"
    else:
        what = f"cannot be read: {said.strip().splitlines()[-1]}"
    return InputError(f"{where} {what}; correct the file, or drop such rows: `--skip-invalid`")


def _sample(path: Path) -> bytes:
    try:
        if path.name.lower().endswith(".gz"):
            with gzip.open(path) as packed:
                return packed.read(SAMPLE)
        with path.open("rb") as plain:
            return plain.read(SAMPLE)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def _encoding(path: Path, sample: bytes) -> str:
    """Return the encoding of the whole file, which is read once for it."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b""
    lines = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            at = chunk.find(b"\0")
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return _other_encoding(path, sample + before[-SAMPLE:] + chunk[:SAMPLE], lines, error)
            if at >= 0:
                line = lines + 1 + chunk[:at].count(b"\n")
                raise InputError(f"line {line} of {path} holds a NUL byte, which no text has; export the file again")
            lines += chunk.count(b"\n")
            before = chunk
    return "utf-8"


def _other_encoding(path: Path, seen: bytes, lines: int, error: UnicodeDecodeError) -> str:
    try:
        return decode(seen[: seen.rfind(b"\n") + 1] or seen).encoding
    except DocumentRefused as refused:
        line = lines + 1 + error.object[: error.start].count(b"\n")
        raise InputError(f"{path} is no text from about line {line} on ({refused}); save it as UTF-8") from refused


def _in_utf8(path: Path, encoding: str, aside: Path) -> Path:
    written = aside / f"{path.stem}-utf8-{len(list(aside.iterdir()))}.csv"
    try:
        with path.open(encoding=encoding) as old, written.open("w", encoding="utf-8", newline="") as new:
            while text := old.read(CHUNK):
                new.write(text)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} looks like {encoding}, but not to its end ({error}); save it as UTF-8") from error
    return written


def _separator(header: str) -> str:
    """Return the separator that the header holds most often outside quotation marks; a comma where it holds none."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(SEPARATORS, key=bare.count)


def _names(header: list[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    plain = [name.strip() or f"column {position}" for position, name in enumerate(header, start=1)]
    counts = Counter(name.lower() for name in plain)
    seen: Counter[str] = Counter()
    names: list[str] = []
    for name in plain:
        seen[name.lower()] += 1
        names.append(name if seen[name.lower()] == 1 else f"{name} ({seen[name.lower()]})")
    return tuple(names), frozenset(name for name, count in counts.items() if count > 1)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
