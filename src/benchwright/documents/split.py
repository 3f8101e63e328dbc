"""Passages: headings, then paragraphs, then sentences within a token target, as exact spans."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchwright.errors import InputError
from benchwright.records import Block, Document, Heading, Passage, Passages, Span, Table
from benchwright.text.sentences import sentences

DEFAULT_TARGET_TOKENS = 320
# A piece that cannot be divided by sense (a table, a code block) may pass the target by this factor.
_WHOLE_FACTOR = 2.0
# A passage shorter than this share of the target goes on into a subsection.
_SMALL_SHARE = 0.25


@dataclass(frozen=True)
class _Piece:
    """A span that is never divided further, with its size; `level` is above 0 for a heading."""

    start: int
    end: int
    tokens: float
    level: int = 0


def split(document: Document, *, target_tokens: int = DEFAULT_TARGET_TOKENS) -> tuple[Passage, ...]:
    """Return the passages of `document` in order: `document.text[p.start:p.end] == p.text` for each.

    A passage begins at a heading or paragraph where it can, ends with a sentence where it must, and stays near
    `target_tokens` (an estimate: about four Latin letters or one and a half Chinese, Japanese or Korean characters a
    token). Tables and code stay whole up to twice the target and are then divided between lines.
    """
    return tuple(Passages([(document, _spans(document, target_tokens))]))


def split_all(documents: Iterable[Document], *, target_tokens: int = DEFAULT_TARGET_TOKENS) -> Passages:
    """Return the passages of all `documents`, as `split` gives them, without holding their texts a second time."""
    return Passages((document, _spans(document, target_tokens)) for document in documents)


def _spans(document: Document, target_tokens: int) -> Iterator[Span]:
    if target_tokens < 16:
        raise InputError(f"target_tokens={target_tokens} is too small for a passage; use 16 or more")
    pieces = list(_pieces(document, target_tokens))
    return _placed(document, _packed(pieces, target_tokens))


def estimate_tokens(text: str) -> float:
    """Return about how many tokens a language model would see in `text`, without a tokenizer."""
    if text.isascii():
        return len(text) / 4
    # Three UTF-8 bytes a character mean Chinese, Japanese or Korean, where a token holds far fewer characters.
    extra = (len(text.encode("utf-8", "surrogatepass")) - len(text)) / 2
    return max(len(text) - extra, 0) / 4 + extra / 1.5


def _pieces(document: Document, target: int) -> Iterator[_Piece]:
    """The blocks with their marks, divided where one alone is too long."""
    text = document.text
    bounds = [_with_marks(text, block) for block in document.blocks] or [(0, len(text))]
    kinds = [(block.kind, block.level) for block in document.blocks] or [("paragraph", 0)]
    previous = 0
    for (start, end), (kind, level) in zip(bounds, kinds, strict=True):
        start = max(start, previous)
        if end <= start:
            continue
        previous = end
        tokens = estimate_tokens(text[start:end])
        whole = kind in ("table", "code")
        if tokens <= target * (_WHOLE_FACTOR if whole else 1.0):
            yield _Piece(start, end, tokens, level if kind == "heading" else 0)
        else:
            yield from _divided(text, start, end, target, by_line=whole)


def _with_marks(text: str, block: Block) -> tuple[int, int]:
    """Widen a block's span to whole lines, so that `# `, `- ` and fences stay with it."""
    start = text.rfind("\n", 0, block.start) + 1
    end = text.find("\n", block.end)
    end = len(text) if end < 0 else end
    if block.kind == "code" and text.startswith(("```", "~~~"), text.rfind("\n", 0, max(start - 1, 0)) + 1):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
        following = text.find("\n", end + 1)
        following = len(text) if following < 0 else following
        if text[end + 1 : following].strip().startswith(("```", "~~~")):
            end = following
    elif block.kind == "heading" and not text.startswith("#", _first_visible(text, start, end)):
        following = text.find("\n", end + 1)
        following = len(text) if following < 0 else following
        if text[end + 1 : following].strip(" \t=-") == "":
            end = following
    start = _first_visible(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _first_visible(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _divided(text: str, start: int, end: int, target: int, *, by_line: bool) -> Iterator[_Piece]:
    part = text[start:end]
    spans = list(_line_spans(part)) if by_line else sentences(part)
    for first, last in spans:
        tokens = estimate_tokens(part[first:last])
        if tokens <= target:
            yield _Piece(start + first, start + last, tokens)
        else:
            yield from _cut(text, start + first, start + last, target)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            first = start + line.index(body)
            yield first, first + len(body)
        start += len(line)


def _cut(text: str, start: int, end: int, target: int) -> Iterator[_Piece]:
    """Cut a sentence that is too long: at white space where there is some, never inside a character a reader sees."""
    while start < end:
        size = max(8, int(target * len(text[start:end]) / max(estimate_tokens(text[start:end]), 1)))
        stop = min(start + size, end)
        if stop < end:
            space = max(text.rfind(" ", start + size // 2, stop), text.rfind("\n", start + size // 2, stop))
            stop = space if space > start else _whole_character(text, stop, end)
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield _Piece(start, last, estimate_tokens(text[start:last]))
        start = _first_visible(text, stop, end)


def _whole_character(text: str, stop: int, end: int) -> int:
    while stop < end and (
        unicodedata.category(text[stop]) in ("Mn", "Mc", "Me", "Cf", "Sk") or text[stop - 1] == "\u200d"
    ):
        stop += 1
    return stop


def _packed(pieces: list[_Piece], target: int) -> Iterator[tuple[int, int]]:
    """Join neighbouring pieces up to the target; a heading begins a passage and is never its end."""
    current: list[_Piece] = []
    tokens = 0.0
    for piece in pieces:
        if current and not _belongs(current, tokens, piece, target):
            carried = _trailing_headings(current)
            kept = current[: len(current) - len(carried)]
            if kept:
                yield kept[0].start, kept[-1].end
                current = carried
                tokens = sum(heading.tokens for heading in carried)
        current.append(piece)
        tokens += piece.tokens
    if current:
        yield current[0].start, current[-1].end


def _belongs(current: list[_Piece], tokens: float, piece: _Piece, target: int) -> bool:
    if all(held.level for held in current):
        return True
    if tokens + piece.tokens > target:
        return False
    if piece.level == 0:
        return True
    first = current[0].level
    return tokens < _SMALL_SHARE * target and first > 0 and piece.level > first


def _trailing_headings(current: list[_Piece]) -> list[_Piece]:
    position = len(current)
    while position > 0 and current[position - 1].level:
        position -= 1
    return current[position:]


def _placed(document: Document, spans: Iterable[tuple[int, int]]) -> Iterator[Span]:
    text, headings, pages, tables = document.text, document.headings, document.pages, document.tables
    next_heading = page = table = 0
    path: list[Heading] = []
    for start, end in spans:
        # A passage that opens with its heading belongs to that heading's section, although the mark `#` comes first.
        opening = start + len(text[start : start + 12]) - len(text[start : start + 12].lstrip("# \t"))
        while next_heading < len(headings) and headings[next_heading].start <= opening:
            heading = headings[next_heading]
            path = [above for above in path if above.level < heading.level]
            path.append(heading)
            next_heading += 1
        while page + 1 < len(pages) and pages[page + 1].start <= start:
            page += 1
        while table < len(tables) and tables[table].end <= start:
            table += 1
        yield Span(
            start,
            end,
            section=tuple(heading.text for heading in path),
            page=pages[page].number if pages else None,
            table_head=_head_above(text, tables[table], start) if table < len(tables) else "",
        )


def _head_above(text: str, table: Table, start: int) -> str:
    """Title and header lines of a table in whose rows a passage begins at `start`; empty where it begins elsewhere."""
    header = [cell for cell in table.cells if cell.row == -1]
    first_cell = next((cell.start for cell in table.cells if cell.row >= 0), table.end)
    first_row = text.rfind("\n", 0, first_cell) + 1
    if not header or not first_row <= start < table.end:
        # Before the first row, the passage holds the header itself.
        return ""
    head = text[text.rfind("\n", 0, header[0].start) + 1 : first_row].rstrip()
    unit = f" ({table.unit})" if table.unit and table.unit not in table.title else ""
    title = f"{table.title}{unit}".strip()
    return f"{title}\n\n{head}" if title else head
