"""Reads CSV and TSV: delimiter and encoding found from the content, lines above the table kept as title and unit."""

import csv
import io
from collections import Counter
from pathlib import PurePath

from benchwright.documents.decode import decode
from benchwright.documents.parsed import Parsed
from benchwright.documents.tables import write_sheet
from benchwright.documents.writing import MarkdownWriter
from benchwright.errors import DocumentRefused

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200


def read(data: bytes, name: str) -> Parsed:
    """Return the file as one table under its name."""
    decoded = decode(data)
    text = decoded.text
    delimiter = _delimiter(text, name)
    csv.field_size_limit(2**31 - 1)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise DocumentRefused(f"corrupted: no CSV ({error})") from error
    writer = MarkdownWriter()
    title = PurePath(name).stem
    writer.heading(title, 1)
    write_sheet(writer, rows)
    return Parsed(text=writer.text, title=title, warning=decoded.note)


def _delimiter(text: str, name: str) -> str:
    """The delimiter that divides most rows into the same number of fields."""
    if text.startswith("sep=") and len(text) > 4:
        return text[4]
    lines = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])

    def agreement(delimiter: str) -> tuple[int, int]:
        rows = [len(row) for row in csv.reader(io.StringIO(lines), delimiter=delimiter) if row]
        counts = Counter(width for width in rows if width > 1)
        if not counts:
            return (0, 0)
        width, times = counts.most_common(1)[0]
        return (times, width)

    csv.field_size_limit(2**31 - 1)
    best = max(_DELIMITERS, key=agreement)
    if agreement(best) == (0, 0):
        return "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    return best
