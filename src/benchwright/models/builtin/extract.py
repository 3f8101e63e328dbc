"""Find, in the sentence a reader chose, the words that a question asks for."""

import re

from benchwright.models.builtin.units import Unit
from benchwright.text.dates import find_dates
from benchwright.text.names import find_names
from benchwright.text.numbers import find_quantities
from benchwright.text.particles import strip_particle
from benchwright.text.tokens import content_words

BLANK = re.compile(r"_{2,}|\[\s*blank\s*\]|\(\s{2,}\)")
_DATE = re.compile(
    r"\bwhen\b|\b(?:what|which)\s+(?:\w+\s+)?(?:date|day|year|month)\b|언제|몇\s*(?:년|월|일(?!\s*동안))|날짜|연도",
    re.I,
)
_NUMBER = re.compile(
    r"\bhow\s+(?:many|much|long|far|old|large|big|tall|high|often|fast)\b|\b(?:what|which)\s+(?:\w+\s+){0,2}(?:number|percentage|percent|amount|price|cost|share|rate|total|sum|fee|value|size|figure)\b|얼마|몇|비율|금액|가격|수치|합계",
    re.I,
)
_WHO = re.compile(
    r"\bwho(?:m|se)?\b|\bwhich\s+(?:person|company|organi[sz]ation)\b|누구|누가|어느\s*(?:회사|기관)|이름", re.I
)
_STANDS_FOR = re.compile(r"stands?\s+for|abbreviat|acronym|full\s+(?:form|name)|약자|줄임말|무엇의\s*약", re.I)


def answer_from(question: str, unit: Unit, following: Unit | None) -> str:
    """Return the number, date, name, cell or words of `unit` that `question` most likely asks for."""
    for find in (_cell, _filled_blank, _expansion, _value_of_key, _date, _number, _name):
        if found := find(question, unit):
            return found
    if unit.text.rstrip(" *").endswith("?") and following is not None:
        return following.text
    return unit.text


def _new(question: str, candidates: list[str]) -> str:
    """The first candidate that the question does not already hold."""
    return next((found for found in candidates if found and found.casefold() not in question.casefold()), "")


def _cell(question: str, unit: Unit) -> str:
    if not unit.cells:
        return ""
    asked = set(content_words(question))
    best, value = 0, ""
    for name, cell in zip(unit.header, unit.cells, strict=False):
        shared = len(asked & set(content_words(name)))
        if shared > best and cell.casefold() not in question.casefold():
            best, value = shared, cell
    return value or _new(question, list(unit.cells[1:]))


def _filled_blank(question: str, unit: Unit) -> str:
    """Where the question is the sentence with a blank: what stands between the same neighbours."""
    blank = BLANK.search(question)
    if blank is None:
        return ""
    before, after = question[: blank.start()].split(), question[blank.end() :].split()
    for left in range(min(4, len(before)), -1, -1):
        for right in range(min(4, len(after)), -1, -1):
            if not left and not right:
                continue
            head = r"\s+".join(re.escape(word) for word in before[len(before) - left :])
            tail = r"\s*".join(re.escape(word) for word in after[:right])
            found = re.search(rf"{head}\s*(.+?)\s*{tail}" if tail else rf"{head}\s*(\S+)", unit.text)
            if found and len(found.group(1)) <= 80:
                return found.group(1).strip(" .,;:")
    return ""


def _expansion(question: str, unit: Unit) -> str:
    if not _STANDS_FOR.search(question):
        return ""
    for short in re.findall(r"\b[A-Z][A-Za-z]*[A-Z]\w*\b", question):
        if found := re.search(rf"((?:[\w&'-]+\s+){{1,8}})\(\s*{short}\b", unit.text):
            return _initials(found.group(1).split(), short)
        if found := re.search(rf"\b{short}\s*\(([^)]+)\)", unit.text):
            return found.group(1)
    return ""


def _initials(words: list[str], short: str) -> str:
    """The last words whose capitals spell `short`, else all of them."""
    for count in range(1, len(words) + 1):
        if "".join(w[0] for w in words[-count:] if w[0].isupper()).casefold() == short.casefold():
            return " ".join(words[-count:])
    return " ".join(words)


def _value_of_key(question: str, unit: Unit) -> str:
    found = re.match(r"[*_]*([^:：|]{2,60}?)[*_]*\s*[:：]\s*[*_]*\s*(\S.*)$", unit.text, re.DOTALL)
    if found is None:
        return ""
    key = {strip_particle(word) for word in content_words(found.group(1))}
    asked = {strip_particle(word) for word in content_words(question)}
    return found.group(2).strip(" *_") if key and key <= asked and len(found.group(2)) <= 200 else ""


def _date(question: str, unit: Unit) -> str:
    return _new(question, [date.text for date in find_dates(unit.text)]) if _DATE.search(question) else ""


def _number(question: str, unit: Unit) -> str:
    if not _NUMBER.search(question):
        return ""
    found = find_quantities(unit.text)
    asked = {strip_particle(word) for word in content_words(question)}
    # The number whose neighbours the question names, before one that merely comes first.
    found.sort(key=lambda q: -len(asked & set(map(strip_particle, content_words(unit.text[q.end : q.end + 20])))))
    return _new(question, [quantity.text for quantity in found])


def _name(question: str, unit: Unit) -> str:
    return _new(question, [name.text for name in find_names(unit.text)]) if _WHO.search(question) else ""
