"""Reads HWP, HWPX, DOC, PPT and MSG through kreuzberg (the extra `formats`); without it refuses with the pip line."""

import re
from pathlib import PurePath
from typing import Any

from benchwright.documents.decode import is_misread_utf16
from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import iso_date
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

_TYPES = {
    ".hwp": "application/x-hwp",
    ".hwpx": "application/haansofthwpx",
    ".doc": "application/msword",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_SIGNATURES = {
    ".msg": "__substg1.0_",
    ".hwp": "HwpSummaryInformation",
    ".doc": "WordDocument",
    ".ppt": "PowerPoint Document",
}
_NAMED = 5
# What a text in cp949 looks like once it was read as Latin-1: runs of accented capitals and signs.
_MOJIBAKE = re.compile(r"[\u00a1-\u00ff]{4,}")


def read(data: bytes, name: str) -> Parsed:
    """Return the text that kreuzberg finds; text it garbled is refused, never passed on."""
    try:
        import kreuzberg
    except ImportError:
        raise DocumentRefused(
            f"needs the extra `formats` for {PurePath(name).suffix or 'this format'}: "
            "pip install 'benchwright[formats]'"
        ) from None
    kind = _kind(data, name)
    try:
        result: Any = kreuzberg.extract_bytes_sync(data, _TYPES[kind])
    except kreuzberg.KreuzbergError as error:
        words = one_line(str(error))[:160]
        protected = "password" in words.lower() or "encrypt" in words.lower()
        raise DocumentRefused(f"{'password' if protected else 'corrupted'}: {words}") from error
    text = _repaired(str(result.content))
    if not text.strip():
        raise DocumentRefused("empty: no text was found in the file")
    about = result.metadata if isinstance(result.metadata, dict) else {}
    title = one_line(str(about.get("title") or about.get("subject") or ""))
    published = iso_date(about.get("date") or about.get("created_at")) if kind == ".msg" else ""
    attached = [one_line(str(name)) for name in about.get("attachments") or ()]
    more = ", …" if len(attached) > _NAMED else ""
    named = f"{len(attached)} attachment(s) not read: {', '.join(attached[:_NAMED])}{more}; save them beside the mail"
    return Parsed(
        _as_markdown(text),
        title=title,
        published=published,
        file_date=iso_date(about.get("modified_at")),
        warning=named if attached else "",
    )


def _kind(data: bytes, name: str) -> str:
    for kind, stream in _SIGNATURES.items():
        if stream.encode("utf-16-le") in data:
            return kind
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in _TYPES else ".doc"


def _repaired(text: str) -> str:
    """Undo a cp949 or cp932 text read as Latin-1 where that can be done exactly; else refuse it."""
    if is_misread_utf16(text):
        raise DocumentRefused("corrupted: its characters cannot be read; save it as DOCX, HWPX or PDF")
    suspicious = sum(len(run) for run in _MOJIBAKE.findall(text))
    if suspicious < 0.1 * max(len(text), 1):
        return text
    for encoding in ("cp949", "cp932"):
        for read_as in ("latin-1", "cp1252"):
            try:
                return text.encode(read_as).decode(encoding)
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
    raise DocumentRefused("corrupted: its characters cannot be read; save it as DOCX, HWPX or PDF")


def _as_markdown(text: str) -> str:
    writer = MarkdownWriter()
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        if "\n" in block or block.lstrip().startswith(("#", "|", "-")):
            writer.raw("\n".join(line.rstrip() for line in block.strip("\n").split("\n")))
        else:
            writer.paragraph(block)
    return writer.text
