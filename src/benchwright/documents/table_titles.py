"""What a table is called and in which unit its numbers stand, from the lines around it."""

import re
from collections.abc import Sequence

from benchwright.records.document import Block

_CAPTION = re.compile(
    r"""\s*(?:\*\*|__|\[|<|〈|【|\()?\s*
    (?:table|tbl\.?|exhibit|schedule|tabelle|tableau|tabla|tabella|таблица|표|붙임|별표|表|جدول)
    \s*[\dA-Z一二三四五六七八九十IVX]*(?:[-.–]\d+)*\s*(?:\]|>|〉|】|\)|[.:：)]|\s|\*\*|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<title>[^*_].*?)\1[:：.]?\s*$", re.DOTALL)
_UNIT_PATTERNS = (
    re.compile(
        r"(?:단위|単位|单位|單位)\s*[:：]?\s*(?P<unit>[^()\[\]<>〉】\n]{1,30}?)\s*(?=[)\]>〉】,，;]|$)", re.MULTILINE
    ),
    re.compile(
        r"\b(?:units?|einheit|unité|unidad|unità)\s*[:：]\s*(?P<unit>[^()\[\]\n;]{1,40}?)\s*(?=[)\];]|$)", re.I | re.M
    ),
    re.compile(r"(?P<unit>[$€£¥₩]\s+in\s+(?:thousands|millions|billions))", re.IGNORECASE),
    re.compile(
        r"\b(?:(?:amounts?|figures?|values?|all)\s+)?(?:are\s+)?in\s+"
        r"(?P<unit>(?:(?:[A-Z]{3}|US\$|[$€£¥₩])\s+)?(?:(?:thousand|million|billion)(?=\s+(?:[A-Z]{3}\b|[$€£¥₩]))|thousands|millions|billions|trillions|hundreds|percent|per\s?cent)"
        r"(?:\s+(?:of\s+)?(?:(?:U\.?S\.?\s+)?dollars|[A-Z]{3}\b|US\$|[$€£¥₩]|euros?|pounds?|won|yen|people|persons|units|tons|tonnes))?)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\(\s*(?P<unit>(?:[A-Z]{3}|US\$|[$€£¥₩])\s*(?:'?000s?|[mM]illions?|[bB]illions?|[tT]housands?|m|mn|bn|k)?)\s*\)"
    ),
    re.compile(
        r"\bin\s+(?P<unit>USD|EUR|GBP|KRW|JPY|CNY|CHF|kg|tonnes|tons|hours|minutes|days|%)(?=\s*[)\],.;*]|\s*$)"
    ),
)
_LONGEST_CAPTION = 200
_UNIT_ONLY = re.compile(
    r"^[\s(\[<*_]*(?:단위|単位|单位|單位|units?|(?:(?:all\s+)?(?:amounts?|figures?|values?)\s+(?:are\s+)?)?in\s+(?:[A-Z]{3}\s+)?(?:thousand|million|billion)s?)\b.*$",
    re.IGNORECASE,
)


def table_title(text: str, blocks: Sequence[Block], index: int) -> str:
    """Return the title of the table that is block `index`, or will be: caption, bold line, else the nearest heading."""
    for before in _lines_before(text, blocks, index):
        if _CAPTION.match(before):
            return _plain(before)
        bold = _BOLD_LINE.match(before)
        if bold:
            return _plain(bold["title"])
        if not _UNIT_ONLY.match(before):
            break
    if index + 1 < len(blocks) and blocks[index + 1].kind == "paragraph":
        after = text[blocks[index + 1].start : blocks[index + 1].end]
        if len(after) <= _LONGEST_CAPTION and re.search(r"\d", after[:20]) and _CAPTION.match(after):
            return _plain(after)
    heading = next((block for block in reversed(blocks[:index]) if block.kind == "heading"), None)
    return _plain(text[heading.start : heading.end]) if heading else ""


def table_unit(text: str, blocks: Sequence[Block], index: int, *, title: str, header: str) -> str:
    """Return the unit that the title, the lines just above or below, or the header states for the whole table."""
    places = [title, *_lines_before(text, blocks, index)]
    if index + 1 < len(blocks) and blocks[index + 1].kind == "paragraph":
        after = text[blocks[index + 1].start : blocks[index + 1].end]
        if len(after) <= 80 and _UNIT_ONLY.match(after):
            places.append(after)
    for place in places:
        unit = stated_unit(place)
        if unit:
            return unit
    # In the header only a whole-table statement counts: "(USD)" over one column is that column's own.
    statement = _UNIT_PATTERNS[0].search(header) or _UNIT_PATTERNS[3].search(header)
    return statement["unit"].strip() if statement else ""


def stated_unit(line: str) -> str:
    """Return the unit that a short line states, such as `백만원` in "(단위: 백만원)", or nothing."""
    for pattern in _UNIT_PATTERNS:
        match = pattern.search(line)
        if match:
            return match["unit"].strip(" .,*_")
    return ""


def _lines_before(text: str, blocks: Sequence[Block], index: int) -> list[str]:
    """The short lines directly above, nearest first, at most two and not past a heading."""
    lines: list[str] = []
    for block in reversed(blocks[max(0, index - 2) : index]):
        if block.kind not in ("paragraph", "quote"):
            break
        block_text = text[block.start : block.end]
        last = block_text.rsplit("\n", 1)[-1].strip()
        if len(last) > _LONGEST_CAPTION:
            break
        lines.append(last)
    return lines


def _plain(title: str) -> str:
    return re.sub(r"\s+", " ", title.replace("**", "").replace("__", "").replace("`", "")).strip(" :：#")
