"""Reads rich text (RTF): paragraphs, tables and characters of any code page."""

import codecs
import re
from dataclasses import dataclass, replace

from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import iso_date
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<line>[\r\n]+)|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SILENT = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr footerf "
    b"listtable listoverridetable rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl "
    b"fldinst filetbl revtbl bkmkstart bkmkend shppict nonshppict mmathPr pgdsctbl objdata blipuid".split()
)
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"tab": " ", b"line": " ", b"emspace": " ", b"enspace": " ", b"~": "\u00a0", b"_": "-",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_FONT = re.compile(rb"\\f(\d+)[^{}]*?\\fcharset(\d+)")
_CREATED = re.compile(rb"\\(?:revtim|creatim)\\yr(\d+)\\mo(\d+)\\dy(\d+)")
# A style whose name or outline level makes a heading: `{\s1 … heading 1;}`.
_STYLE = re.compile(rb"\{(?:\\\*)?\\s(\d+) ?((?:\\[a-zA-Z]+-?\d* ?|\{[^{}]*\})*)([^\\{};]*);\}")
_HEADING_NAME = re.compile(
    rb"(?:heading|title|\xc1\xa6\xb8\xf1|\xfc?berschrift|titre|t\xedtulo|titolo)\s*(\d)?", re.IGNORECASE
)
_OUTLINE = re.compile(rb"\\outlinelevel([0-8])")
_DEEPEST = 2000


@dataclass(frozen=True)
class _State:
    """What a group inherits: whether it is silent, its code page, and how many characters stand in for one `\\u`."""

    is_silent: bool = False
    encoding: str = "cp1252"
    stand_ins: int = 1


def read(data: bytes, name: str) -> Parsed:
    """Return the body's text; headers, footers and pictures are left out."""
    if data.rstrip(b"\x00 \r\n\t").endswith(b"}") is False and data.count(b"{") > data.count(b"}") + 1:
        warning = "the file is cut off: its end is missing"
    else:
        warning = ""
    reader = _Reader(data)
    reader.run()
    created = _CREATED.search(data)
    day = iso_date("-".join(part.decode() for part in created.groups())) if created else ""
    return Parsed(reader.writer.text, file_date=day, warning=warning)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.writer = MarkdownWriter()
        self._data = data
        page = re.search(rb"\\ansicpg(\d+)", data[:4000])
        self._state = _State(encoding=_known(f"cp{int(page[1])}") if page else "cp1252")
        self._default = self._state.encoding
        self._fonts = {int(number): _CHARSETS.get(int(kind), "") for number, kind in _FONT.findall(data)}
        self._styles = _heading_styles(data)
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._text: list[str] = []
        self._row: list[str] = []
        self._rows: list[list[str]] = []
        self._outline = 0
        self._in_table = False
        self._skip = 0
        self._surrogate = 0

    def run(self) -> None:
        for token in _TOKEN.finditer(self._data):
            kind = token.lastgroup
            if kind == "open":
                self._settle()
                if len(self._stack) > _DEEPEST:
                    raise DocumentRefused("corrupted: its groups are nested too deeply")
                self._stack.append(self._state)
            elif kind == "close":
                self._settle()
                self._state = self._stack.pop() if self._stack else _State(encoding=self._default)
            elif kind == "text":
                self._take(token["text"])
            elif kind == "hex":
                self._take(bytes([int(token["hex"], 16)]))
            elif token["sign"] is not None:
                self._sign(token["sign"])
            elif token["word"] is not None:
                self._word(token["word"], int(token["number"]) if token["number"] else None)
        self._end_paragraph()
        self._end_table()

    def _take(self, raw: bytes) -> None:
        if self._state.is_silent:
            return
        if self._skip:
            skipped = min(self._skip, len(raw))
            self._skip -= skipped
            raw = raw[skipped:]
        self._bytes.extend(raw)

    def _settle(self) -> None:
        """Decode the bytes so far: a character of two bytes may come as two escapes."""
        if self._bytes:
            self._text.append(self._bytes.decode(self._state.encoding, "ignore"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        if not self._state.is_silent:
            self._settle()
            self._text.append(text)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._state = replace(self._state, is_silent=True)
        elif sign in (b"\\", b"{", b"}"):
            self._take(sign)
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])
        elif sign in (b"\n", b"\r"):
            self._end_paragraph()

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"bin":
            return
        if word in _SILENT:
            self._settle()
            self._state = replace(self._state, is_silent=True)
        elif word == b"u" and number is not None:
            self._unicode(number % 65536)
        elif word == b"uc":
            self._state = replace(self._state, stand_ins=max(0, number or 0))
        elif word == b"f" and number is not None:
            self._settle()
            self._state = replace(self._state, encoding=self._fonts.get(number) or self._default)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif not self._state.is_silent:
            self._layout(word, number)

    def _layout(self, word: bytes, number: int | None) -> None:
        if word in (b"par", b"sect", b"page"):
            self._end_paragraph()
        elif word == b"pard":
            self._in_table, self._outline = False, 0
        elif word == b"intbl":
            self._in_table = True
        elif word == b"s":
            self._outline = self._outline or self._styles.get(number or 0, 0)
        elif word == b"outlinelevel":
            self._outline = (number or 0) + 1
        elif word in (b"cell", b"nestcell"):
            self._row.append(self._paragraph())
        elif word in (b"row", b"nestrow"):
            if any(self._row):
                self._rows.append(self._row)
            self._row = []
        elif word == b"plain":
            self._settle()
            self._state = replace(self._state, encoding=self._default)

    def _unicode(self, unit: int) -> None:
        self._skip = 0
        if 0xD800 <= unit < 0xDC00:
            self._surrogate = unit
        elif 0xDC00 <= unit < 0xE000:
            if self._surrogate:
                self._say(chr(0x10000 + ((self._surrogate - 0xD800) << 10) + unit - 0xDC00))
            self._surrogate = 0
        else:
            self._say(chr(unit))
        self._skip = 0 if self._state.is_silent else self._state.stand_ins

    def _paragraph(self) -> str:
        self._settle()
        text = one_line("".join(self._text))
        self._text.clear()
        return text

    def _end_paragraph(self) -> None:
        if self._in_table or self._row:
            # A line break inside a cell; a cell ends with its own mark.
            self._say(" ")
            return
        text = self._paragraph()
        if not text:
            return
        self._end_table()
        if 0 < self._outline <= 6 and len(text) <= 200:
            self.writer.heading(text, self._outline)
        elif text.startswith(("•", "·", "▪")):
            self.writer.item(text[1:])
        else:
            self.writer.paragraph(text)

    def _end_table(self) -> None:
        if self._row:
            self._rows.append(self._row)
            self._row = []
        if self._rows:
            self.writer.table(self._rows)
            self._rows = []


def _heading_styles(data: bytes) -> dict[int, int]:
    """The numbers of the styles that are headings, with their levels."""
    start = data.find(b"{\\stylesheet")
    styles: dict[int, int] = {}
    for number, settings, name in _STYLE.findall(data[start : start + 200_000] if start >= 0 else b""):
        named, outline = _HEADING_NAME.fullmatch(name.strip()), _OUTLINE.search(settings)
        if named or outline:
            styles[int(number)] = int(named[1] or 1) if named else int(outline[1]) + 1 if outline else 1
    return styles


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
