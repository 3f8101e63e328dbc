"""Questions on lines that pair a key with a value: `Address: …`, `담당자: …`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchwright.generation.rules.amounts import number_forms
from benchwright.generation.rules.context import plain, quoted, section_of
from benchwright.generation.rules.framing import (
    Place,
    Span,
    build_question,
    content,
    document_name,
    section_place,
    wording_language,
)
from benchwright.generation.rules.table_wording import header_with_particle, korean_ask
from benchwright.records import Document, Passage, Question

_LINE = re.compile(
    r"[ \t]*(?:[-*•·○▪■□ㅇ※]\s+)?(?:[가-하][.)]\s+)?(?P<mark>\*\*|__)?(?P<key>[^\W\d_][^:：*_`|\n]{1,39}?)"
    r"(?:(?:\*\*|__)\s?[:：]|[:：](?:\*\*|__)|\s?[:：])[ \t]+(?P<value>[^\n]+?)[ \t]*"
)
_NO_KEY = re.compile(
    r"(?:units?|notes?|source|warning|caution|example|e\.g|tip|hint|see(?: also)?|q|a|question|answer"
    r"|(?:figure|fig|table)\.?\s?\d*|important"
    r"|remark|todo|usage|default|returns?|type|raises|args|parameters?|fixed|added|changed|feat|fix|chore|docs"
    r"|re|fwd|nb|ps|links?"
    r"|단위|참고|주의|주|출처|예|예시|비고|질문|답변|답|문|그림|표|자료|경고|팁|알림)",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|their|he|she|his|her|we|our|you|your|here|there|above|below"
    r"|following|see)\b"
    r"|위의|아래|다음과|이것|그것|여기|해당",
    re.IGNORECASE,
)
# What follows describes the key or reports a change; it states no fact by itself.
_DESCRIBES = re.compile(
    r"(?:an?|to|by|for|if|when|is|are|use[ds]?|only|same|whether|how|what|which|where|upgrade|update|fix|add"
    r"|remove|support|allow"
    r"|improve|follow|make|returns?|(?:choose|select|enter|click|press|show|display|give|enable|disable|specify"
    r"|define|determine|describe|indicate|control|contain|provide|set)s?)\b|.*(?:#\d+|CVE-|\bv?\d+\.\d+\.\d+\b)",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:change ?-?log|changes|release notes|history|contributors|authors|credits)\b|변경\s?이력",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:Letter )?[A-Z]:?\Z|Index\b", re.IGNORECASE)
_VERSION = re.compile(r"\d+\.\d+\.\d+")
# An entry of a list of works, not a key: `Heiberg, J. L.: …, Teubner, Leipzig, 1898`.
_WORK = re.compile(r"^[A-Z][\w'’-]+, (?:[A-Z]\.[ -]?)+|\b(?:ISBN|eds?\.|pp\.|vol\.)|, (?:1[5-9]|20)\d\d\Z")
_KNOWN_KEY = re.compile(
    r"\b(?:address|place|venue|location|room|chair|chairman|minutes|secretary|author|contact|manager|owner"
    r"|responsible|organi[sz]er|host"
    r"|editor|publisher|manufacturer|country|city|department|provider|officer|lead|deputy|head|director|client"
    r"|customer|supplier|licen[cs]e"
    r"|holder|bank|court|insurer|landlord|tenant|capital|currency|headquarters|seat|colou?r|material|category)\b"
    r"|(?:주소|장소|위치|소재지|담당|담당자|위원장|의장|작성자|대표|대표자|책임자|관리자|주최|주관|후원|기관"
    r"|병원|은행|부서|제조사|제조원"
    r"|원산지|발행처|발행인|발행기관|문의처|접수처|법원|통화|사회자|강사|저자|감독|임대인|임차인|시공사|참석자"
    r"|색상|재질|용도)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-Z][\w.'’&-]*(?: (?:[A-Z][\w.'’&-]*|of|de|von|van|and|the|&)){1,4}",
)

_JUST_BESIDE = re.compile(r"[.!?;|`<>\[\]{}]|://")
_SHORT = 5
_KO_BIDS = re.compile(r"(?:체크|확인|주의|금지|필수|가능|권장|불가)\Z")
_LONGEST_COMMON = 2
"""Words that a value in small letters may have."""


@dataclass(frozen=True)
class _Pair:
    key: str
    value: str
    key_span: Span
    value_span: Span
    parent: str = ""
    """The item of a list that it stands under: `Churn rate` of which segment."""


@dataclass(frozen=True)
class KeyValue:
    """The value that stands after a key, asked with the section and the document it stands in.

    Only in groups of at least three such lines, with short values that state something definite (a number, a date, an
    address, a name), under a heading that the document has once.
    """

    longest_value: int = 70
    smallest_group: int = 3
    """Two lines with colons are prose as often as they are a form."""
    least_share: float = 0.4
    """Of a list of headlines a few have a colon: these are no pairs."""

    @property
    def kind(self) -> str:
        """`key_value`."""
        return "key_value"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question a line."""
        language = wording_language(document)
        if language is None or not document_name(document) or _CHANGES.search(document.title):
            return
        for section, (pairs, items) in _by_section(document).items():
            place = section_place(document, section)
            if place is None or len(pairs) < self.smallest_group or len(pairs) < self.least_share * items:
                continue
            if _VERSION.search(place.section) or _INDEX.match(place.section):
                continue
            counts = Counter((pair.parent, pair.key.casefold()) for pair in pairs)
            for pair in pairs:
                if counts[pair.parent, pair.key.casefold()] == 1 and self._is_definite(pair, place):
                    yield self._build(document, place, pair, language)

    def _is_definite(self, pair: _Pair, place: Place) -> bool:
        key, value = pair.key, pair.value
        if _WORK.search(key) or _WORK.search(value):
            return False
        if re.match(r"(?:[가-하]|\d{1,2})[.)]", key):
            return False
        if key[0].islower() or _DESCRIBES.match(value) or _unbalanced(key) or _unbalanced(value):
            return False
        if _NO_KEY.fullmatch(key) or len(key.split()) > 5 or _POINTING.search(f"{key} {value}"):
            return False
        if (
            not 2 <= len(value) <= self.longest_value
            or len(value.split()) > 10
            or re.search(r"[.!?;]\s|[`<>|\[\]{}=]|://", value)
        ):
            return False
        if value.endswith((".", "!", "?", ":", ",", "다", "요")) and not re.search(
            r"(?:Ltd|Inc|Co|etc|p\.m|a\.m)\.$", value
        ):
            return False
        if _JUST_BESIDE.search(pair.parent) or len(pair.parent) > self.longest_value:
            return False
        if value.casefold() in f"{key} {place.english()}".casefold():
            return False
        known = content(key) | content(place.english())
        if re.search(r"[가-힣]", key) and (_retells(key, value) or _KO_BIDS.search(key)):
            return False
        numbers = re.findall(r"\d+", value)
        if len(value) <= _SHORT and numbers and set(numbers) <= set(re.findall(r"\d+", f"{key} {place.english()}")):
            return False  # `3년치` under `최근 3년`
        if re.search(r"\s[-–—]\s", value) and not numbers:
            return False  # `Ada Brandt - Passed`: two things
        if 2 * len(content(value) & known) >= max(len(content(value)), 1):
            return False
        # `LOCATION: full path to …` tells what the key means, `Colour: blue` tells a value.
        tells_value = not value[0].islower() or len(value.split()) <= _LONGEST_COMMON
        return bool(re.search(r"\d|@", value) or _NAME.fullmatch(value) or (_KNOWN_KEY.search(key) and tells_value))

    def _build(self, document: Document, place: Place, pair: _Pair, language: str) -> Question:
        name = quoted(pair.key)
        if language == "ko":
            korean_place = place.korean() + (f"의 {quoted(pair.parent)}" if pair.parent else "")
            ask = korean_ask(pair.key, pair.value)
            if ask == "무엇입니까?" or not _KNOWN_KEY.search(pair.key):
                text = f"{korean_place}에서 {name} 항목에 적힌 내용은 무엇입니까?"
            else:
                text = f"{korean_place}에 적힌 {header_with_particle(name, '은/는')} {ask}"
        else:
            below = f" under {quoted(pair.parent)}" if pair.parent else ""
            text = f"What does {place.english()} state for {name}{below}?"
        return build_question(
            document,
            kind=self.kind,
            text=text,
            answer=pair.value,
            accepted=number_forms(pair.value, needs_unit=True),
            spans=[pair.value_span, pair.key_span],
            language=language,
        )


def _retells(key: str, value: str) -> bool:
    """Whether a Korean value is mostly made of the syllables of its key: 주관연구기관 – 연구를 주관하는 기관."""
    syllables = set(re.findall(r"[가-힣]", key))
    return len(syllables) > 3 and 4 * len(syllables & set(value)) >= 3 * len(syllables)


def _unbalanced(text: str) -> bool:
    return text.count("(") != text.count(")") or text.count('"') % 2 == 1


def _by_section(document: Document) -> dict[tuple[str, ...], tuple[list[_Pair], int]]:
    """The pairs of each section, each with the item that it stands under, and the number of the section's items."""
    found: dict[tuple[str, ...], tuple[list[_Pair], int]] = {}
    above: dict[int, str] = {}
    for block in document.blocks:
        if block.kind == "heading":
            above = {}
        if block.kind not in ("paragraph", "list_item"):
            continue
        pairs = _pairs(document.text, block.start, block.end)
        parent = ""
        if block.kind == "list_item":
            parent = above.get(block.level - 1, "") if block.level else ""
            above = {level: text for level, text in above.items() if level < block.level}
            above[block.level] = plain(document.text[block.start : block.end].split("\n")[0]).rstrip(": ")
        section = section_of(document, block.start)
        known, items = found.get(section, ([], 0))
        known.extend(replace(pair, parent=parent) for pair in pairs)
        found[section] = (known, items + (block.kind == "list_item" or bool(pairs)))
    return found


def _pairs(text: str, start: int, end: int) -> list[_Pair]:
    """The key–value lines of a block; none unless each of its lines is one."""
    pairs: list[_Pair] = []
    position = start
    if text.startswith(("<!--", "<"), start):
        return []
    for line in text[start:end].split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            return []
        key = (position + match.start("key"), position + match.end("key"))
        value = match["value"].rstrip(" \\")
        begin = position + match.start("value")
        told = plain(value).strip("*_")
        pairs.append(_Pair(text[slice(*key)], told, key, (begin, begin + len(value))))
        position += len(line) + 1
    return pairs
