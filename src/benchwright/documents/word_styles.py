"""What Word's styles and numbering mean for a paragraph: a heading level, a list label."""

import re
from dataclasses import dataclass

from benchwright.documents.ooxml import Element, attribute, child, local

_HEADING_NAME = re.compile(r"(?:heading|제목|見出し|标题|標題|überschrift|titre|título|titolo)\s*(\d)", re.IGNORECASE)
_KOREAN_ORDER = "가나다라마바사아자차카타파하"


@dataclass(frozen=True)
class Style:
    """A paragraph's role: `level` above 0 is a heading; `numbering` is (list, depth) where the style numbers it."""

    level: int = 0
    is_title: bool = False
    numbering: tuple[str, int] | None = None


class Styles:
    """The styles of one document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        elements = [e for e in root if local(e) == "style"] if root is not None else []
        self._elements = {attribute(element, "styleId"): element for element in elements}
        self._styles: dict[str, Style] = {}
        self.has_headings = False

    def of(self, properties: Element | None) -> Style:
        """Return the style of a paragraph with its properties."""
        named = child(properties, "pStyle")
        style = self._resolve(attribute(named, "val"), 0) if named is not None else Style()
        outline = child(properties, "outlineLvl")
        level = _level(outline) if outline is not None else style.level
        if level or style.is_title:
            self.has_headings = True
        return Style(level, style.is_title, style.numbering)

    def _resolve(self, name: str, depth: int) -> Style:
        if name in self._styles:
            return self._styles[name]
        element = self._elements.get(name)
        if element is None or depth > 20:
            found = _HEADING_NAME.fullmatch(name)
            return Style(int(found[1]) if found else 0, name.lower() == "title")
        base = child(element, "basedOn")
        inherited = self._resolve(attribute(base, "val"), depth + 1) if base is not None else Style()
        shown = child(element, "name")
        label = attribute(shown, "val") if shown is not None else name
        heading = _HEADING_NAME.fullmatch(label)
        outline = child(element, "pPr", "outlineLvl")
        level = int(heading[1]) if heading else _level(outline) if outline is not None else inherited.level
        numbering = _numbering_of(child(element, "pPr"), inherited.numbering)
        style = Style(min(level, 6), label.lower() in ("title", "제목", "표제") or inherited.is_title, numbering)
        self._styles[name] = style
        return style


class Numbering:
    """The lists of one document, counting as Word does."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        abstract = {attribute(e, "abstractNumId"): _levels(e) for e in root if local(e) == "abstractNum"}
        for element in root:
            reference = child(element, "abstractNumId")
            if local(element) == "num" and reference is not None:
                self._levels[attribute(element, "numId")] = abstract.get(attribute(reference, "val"), {})

    def next_label(self, properties: Element | None, inherited: tuple[str, int] | None) -> tuple[str, int, bool]:
        """Return label, depth and whether it is a bullet for the next paragraph; an empty label is no list."""
        numbering = _numbering_of(properties, inherited)
        if numbering is None or numbering[0] in ("", "0"):
            return "", 0, False
        number, depth = numbering
        levels = self._levels.get(number, {})
        kind, pattern, start = levels.get(depth, ("bullet", "", 1))
        counts = self._counts.setdefault(number, [None] * 10)
        held = counts[depth]
        counts[depth] = start if held is None else held + 1
        counts[depth + 1 :] = [None] * (9 - depth)
        if kind in ("bullet", "none"):
            return ("-" if kind == "bullet" else ""), depth, kind == "bullet"

        def written(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            value = counts[level]
            return _written(value if value is not None else 1, levels.get(level, ("decimal", "", 1))[0])

        return re.sub(r"%(\d)", written, pattern).strip() or "-", depth, not pattern.strip()


def _levels(abstract: Element) -> dict[int, tuple[str, str, int]]:
    found: dict[int, tuple[str, str, int]] = {}
    for element in abstract:
        if local(element) != "lvl":
            continue
        values = {local(inner): attribute(inner, "val") for inner in element}
        depth = attribute(element, "ilvl")
        start = values.get("start", "1")
        if depth.isdigit():
            found[min(int(depth), 9)] = (
                values.get("numFmt", "decimal"),
                values.get("lvlText", ""),
                int(start) if start.isdigit() else 1,
            )
    return found


def _numbering_of(properties: Element | None, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    stated = child(properties, "numPr")
    if stated is None:
        return inherited
    number, level = child(stated, "numId"), child(stated, "ilvl")
    depth = attribute(level, "val") if level is not None else ""
    held = inherited or ("", 0)
    return (
        attribute(number, "val") if number is not None else held[0],
        min(int(depth), 8) if depth.isdigit() else held[1],
    )


def _level(outline: Element) -> int:
    value = attribute(outline, "val")
    return min(int(value) + 1, 6) if value.isdigit() and int(value) < 9 else 0


def _written(value: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("ganada", "chosung"):
        return _KOREAN_ORDER[(value - 1) % len(_KOREAN_ORDER)]
    if kind == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    return str(value)


def _roman(value: int) -> str:
    written = ""
    for size, mark in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while value >= size:
            written, value = written + mark, value - size
    return written
