"""Reads plain text in any common encoding; lines that are plainly headings are marked as such."""

import re

from benchwright.documents.decode import decode
from benchwright.documents.parsed import Parsed

_CHAPTER = re.compile(
    r"(?:제\s?\d+\s?[편장절관]|第\s?[\d一二三四五六七八九十百]+\s?[編章節部编节]|"
    r"(?:chapter|section|part|article|appendix|annex)\s+[\dIVXA-Z]+\b)(?!.*[.。]$).{0,80}",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?=.*[A-Z].*[A-Z].*[A-Z])[^a-z\n|]{4,80}")
# Marks of lists, headings, tables and mail, and the ends of sentences.
_NO_TITLE = re.compile(r"^[\W\d_]|^(?:From|Subject|Date|To):|[.:;,!?。]$|[가-힣][다요]$|[|\t{}<>=]|https?:|\s{3,}")
_KOREAN_YEAR = re.compile(r"\A(?:(?:19|20)\d\d(?:학년도|년도?|회계연도|시즌)\s?)(?:\d{1,2}월\s?)?(?=[가-힣])")
_CODE_SUFFIXES = (
    ".py",
    ".js",
    ".ts",
    ".java",
    ".c",
    ".cpp",
    ".h",
    ".go",
    ".rs",
    ".sql",
    ".sh",
    ".json",
    ".yaml",
    ".yml",
    ".xml",
)


def read(data: bytes, name: str) -> Parsed:
    """Return the text; an underlined line, a chapter line or one in capitals between blank lines becomes a heading."""
    decoded = decode(data)
    text = decoded.text
    if name.lower().endswith(_CODE_SUFFIXES):
        fence = "````" if "```" in text else "```"
        return Parsed(text=f"{fence}\n{text.rstrip()}\n{fence}\n", warning=decoded.note)
    return Parsed(text=_with_headings(text), title=_title_line(text), warning=decoded.note)


def _title_line(text: str) -> str:
    """The first line where it stands alone as a title does: short, no sentence, nothing that numbers or marks it."""
    first, _, rest = text.lstrip("\ufeff \t\n").partition("\n")
    line = first.strip()
    if not rest.lstrip(" \t").startswith("\n") or not rest.strip():
        return ""
    # `2020년 10월 수출입 동향`: a year numbers no title.
    is_marked = _NO_TITLE.search(_KOREAN_YEAR.sub("", line))
    is_title = 4 <= len(line) <= 60 and not is_marked and not _CHAPTER.fullmatch(line)
    return line if is_title else ""


def _with_headings(text: str) -> str:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not 4 <= len(line) <= 90 or line[0] in " \t#":
            continue
        alone = (index == 0 or not lines[index - 1].strip()) and (
            index + 1 == len(lines) or not lines[index + 1].strip()
        )
        if index + 1 < len(lines) and _is_underlined(line, lines[index + 1]):
            is_title = index > 0 and lines[index - 1].strip() == lines[index + 1].strip()
            lines[index] = f"{'#' if is_title or lines[index + 1][0] in '*#' else '##'} {line}"
            lines[index + 1] = ""
            if is_title:
                lines[index - 1] = ""
            continue
        if alone and (_CHAPTER.fullmatch(line) or _is_capitals(line)):
            lines[index] = f"## {line}"
    return "\n".join(lines)


def _is_underlined(line: str, below: str) -> bool:
    """Whether a line is a heading of reStructuredText whose sign Markdown does not know."""
    signs = below.rstrip()
    is_rule = len(signs) >= 4 and signs[0] in '*#~^"+' and not signs.strip(signs[0])
    return is_rule and 0.9 * len(line) <= len(signs) <= 3 * len(line) and any(map(str.isalpha, line))


def _is_capitals(line: str) -> bool:
    return line.isupper() and line.isascii() and _CAPITALS.fullmatch(line) is not None and line[-1] not in ".,;"
