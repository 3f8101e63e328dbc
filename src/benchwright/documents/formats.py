"""Which format a file is, from its first bytes and its suffix, and which reader takes it."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from benchwright.errors import DocumentRefused


@dataclass(frozen=True)
class Format:
    """A format: its name for people, the module that reads it, and whether that needs a process of its own."""

    name: str
    module: str
    isolated: bool = True


_BASE = "benchwright.documents."
_TEXT = Format("text", _BASE + "plain_text", isolated=False)
_MARKDOWN = Format("markdown", _BASE + "markdown", isolated=False)
_HTML = Format("html", _BASE + "html")
_PDF = Format("pdf", _BASE + "pdf")
_DOCX = Format("docx", _BASE + "word")
_PPTX = Format("pptx", _BASE + "slides")
_XLSX = Format("xlsx", _BASE + "sheets")
_CSV = Format("csv", _BASE + "csv_tables", isolated=False)
_EPUB = Format("epub", _BASE + "epub")
_ODT = Format("odt", _BASE + "odt")
_RTF = Format("rtf", _BASE + "rtf")
_EML = Format("eml", _BASE + "eml")
_NOTEBOOK = Format("notebook", _BASE + "notebook", isolated=False)
_PICTURE = Format("picture", _BASE + "pictures")

BY_SUFFIX: dict[str, Format] = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx"), _MARKDOWN),
    **dict.fromkeys((".txt", ".text", ".log", ".rst", ".adoc", ".org", ".tex", ".srt", ".vtt"), _TEXT),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _HTML),
    ".pdf": _PDF,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), _DOCX),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".potx"), _PPTX),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), _XLSX),
    ".xlsb": Format("xlsb", _BASE + "sheets"),
    ".xls": Format("xls", _BASE + "sheets"),
    ".ods": Format("ods", _BASE + "sheets"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), _CSV),
    ".epub": _EPUB,
    **dict.fromkeys((".odt", ".ott", ".fodt"), _ODT),
    ".odp": Format("odp", _BASE + "odt"),
    ".rtf": _RTF,
    **dict.fromkeys((".eml", ".mht", ".mhtml"), _EML),
    ".ipynb": _NOTEBOOK,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif"), _PICTURE),
    **{suffix: Format(suffix[1:], _BASE + "extra_formats") for suffix in (".hwp", ".hwpx", ".doc", ".msg", ".ppt")},
}
ARCHIVES = frozenset((".zip",))
MAILS = frozenset((".eml",))
"""Files that may hold other files beside their own text."""

_DRAWINGS = frozenset([".heic", ".svg", ".ico", ".psd", ".eps", ".ai", ".emf", ".wmf"])
_MEDIA = frozenset([".mp3", ".wav", ".m4a", ".flac", ".ogg", ".mp4", ".mov", ".avi", ".mkv", ".webm"])
_PACKED = frozenset([".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".zst"])
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGE_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM6")


def is_zip(data: bytes) -> bool:
    """Say whether the bytes begin like a zip file (an empty one included)."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def find_format(data: bytes, name: str) -> Format:
    """Return the format of a file; its first bytes count more than its suffix.

    Raises `DocumentRefused` for what is empty, protected, an image, a packed archive or no document at all.
    """
    suffix = PurePath(name).suffix.lower()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DocumentRefused("empty: the file has no content")
    by_content = _by_content(data, suffix)
    if by_content is not None:
        return by_content
    if suffix in _DRAWINGS:
        raise DocumentRefused(f"an image of a kind that is not read (`{suffix}`); save it as PNG, JPEG, TIFF or PDF")
    if BY_SUFFIX.get(suffix) is _PICTURE or data.startswith(_IMAGE_MAGIC):
        return _PICTURE
    if suffix in _MEDIA:
        raise DocumentRefused("binary: sound or film; give its transcript as text")
    if suffix in _PACKED:
        raise DocumentRefused(f"binary: a packed `{suffix}` archive; unpack it, or give a .zip")
    named = BY_SUFFIX.get(suffix, _TEXT)
    if named.name in ("pdf", "docx", "pptx", "xlsx", "xlsb", "ods", "epub", "odt", "odp", "hwpx") and suffix != ".fodt":
        raise DocumentRefused(f"corrupted: the content is no {named.name.upper()} although the name says so")
    if named.name in ("doc", "msg", "hwp", "ppt", "xls", "rtf"):
        # Old programs saved HTML or plain tables under these suffixes.
        return _HTML if _looks_like_html(data) else _TEXT
    return _HTML if named is _TEXT and suffix not in (".txt", ".log") and _looks_like_html(data) else named


def _by_content(data: bytes, suffix: str) -> Format | None:
    head = data[:1024]
    if b"%PDF-" in head:
        return _PDF
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return _RTF
    if is_zip(data):
        return _zipped(data, suffix)
    if data.startswith(_OLE):
        return _ole(data, suffix)
    return None


def _zipped(data: bytes, suffix: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DocumentRefused("corrupted: the file is cut off or damaged (its zip directory cannot be read)") from error
    for prefix, found in (("word/", _DOCX), ("ppt/", _PPTX)):
        if any(entry.startswith(prefix) for entry in names):
            return found
    if any(entry.startswith("xl/") for entry in names):
        return BY_SUFFIX[".xlsb"] if "xl/workbook.bin" in names else _XLSX
    for mark, found in (("epub", ".epub"), ("hwp", ".hwpx"), ("spreadsheet", ".ods"), ("presentation", ".odp")):
        if mark in kind:
            return BY_SUFFIX[found]
    if "opendocument" in kind:
        return _ODT
    if "META-INF/container.xml" in names:
        return _EPUB
    if suffix in BY_SUFFIX:
        raise DocumentRefused(f"corrupted: the zip inside this {suffix} file holds no such document")
    raise DocumentRefused("an archive inside another file type; give it the suffix .zip to have it opened")


def _ole(data: bytes, suffix: str) -> Format:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise DocumentRefused("password: the file is encrypted; save it without a password")
    if has("__substg1.0_") or has("__properties_version1.0"):
        return BY_SUFFIX[".msg"]
    if has("HwpSummaryInformation"):
        return BY_SUFFIX[".hwp"]
    if has("WordDocument"):
        return BY_SUFFIX[".doc"]
    if has("Workbook") or has("Book"):
        return BY_SUFFIX[".xls"]
    if has("PowerPoint Document"):
        return BY_SUFFIX[".ppt"]
    if suffix in (".hwp", ".doc", ".msg", ".xls", ".ppt"):
        return BY_SUFFIX[suffix]
    raise DocumentRefused("binary: an old compound file that is no known document")


def _looks_like_html(data: bytes) -> bool:
    head = data[:2048].lower()
    return b"<!doctype html" in head or b"<html" in head or (b"<body" in head) or (b"<table" in head)
