"""Compares names of persons by their parts: given names, particles, surname, titles, in either order."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from benchwright.evaluation.graders.normalise import TITLES, TITLES_KO, normalised, unaccented

PARTICLES = frozenset(
    [
        "of",
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "du",
        "le",
        "la",
        "ten",
        "ter",
        "af",
        "av",
        "bin",
        "ibn",
        "al",
        "el",
        "dos",
        "das",
    ]
)
MOST_WORDS = 6
KOREAN_NAME = 3
MOST_PARTS = 2
ALIKE = 0.7
_ENDING_KO = re.compile(
    r"(?:씨|님)?(?:입니다|이에요|예요|이다|이었습니다|였습니다|이라고\s?합니다|이|가|은|는|을|를|께서|임|요)?[.!]?$"
)
_NAME_KO = re.compile(r"[가-힣]{2,4}")
_TITLE_KO = re.compile(r"\S*(?:장|사|원|수|관|표|독|자|가|무|리|임|인|생|치|목|총재|대통령|총리)")


@dataclass(frozen=True)
class Name:
    """The parts of a name in Latin script, in small letters without accents."""

    given: tuple[str, ...]
    particles: tuple[str, ...]
    surname: str


def read_name(text: str) -> Name | None:
    """Return the parts of a name; `None` for what is none in Latin script."""
    plain = re.sub(r"\b(al|el|bin|ibn|abu)-(?=\w)", r"\1 ", TITLES.sub("", unaccented(text)), flags=re.I).strip(" .")
    plain = re.sub(r"\Aan?\s+", "", plain, flags=re.I)
    turned = re.fullmatch(r"((?:[\w'’-]+\s)*[\w'’-]+),\s*([\w'’.\s-]+)", plain)
    plain = f"{turned[2]} {turned[1]}" if turned else plain
    words = [word.strip(".'").casefold() for word in re.split(r"[\s.]+", plain) if word.strip(".'")]
    if not words or len(words) > MOST_WORDS or any(not re.fullmatch(r"[a-z][a-z'’-]*", word) for word in words):
        return None
    *before, surname = words
    return Name(
        tuple(word for word in before if word not in PARTICLES),
        tuple(word for word in before if word in PARTICLES),
        surname,
    )


def mark_name(said: str, reference: str) -> tuple[float | None, str] | None:
    """Mark a name against another in Latin script; `None` where this tells nothing."""
    title = _title_of(reference)
    if title and normalised(said) == title:
        return None, "the title without the name"
    one, other = read_name(said), read_name(reference)
    if one is None or other is None or not other.given:
        return None
    if one.particles and one.particles != other.particles:
        return None
    left = iter(other.given)
    has_given = all(any(_may_stand_for(word, full) for full in left) for word in one.given)
    if one.surname == other.surname and has_given:
        return 1.0, "another way to write the name"
    if one.surname == other.surname and one.given and _is_like(one.given[0], other.given[0]):
        return None, "a first name much like it"
    apart = _letters_apart(" ".join((*one.given, one.surname)), " ".join((*other.given, other.surname)))
    return (None, "one letter of the name apart") if apart == 1 and one.given else None


def _is_like(one: str, other: str) -> bool:
    """Yousef may be Yusuf."""
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _title_of(reference: str) -> str:
    found = TITLES.match(reference)
    return normalised(found.group()) if found and found.start() == 0 else ""


def _letters_apart(one: str, other: str) -> int:
    """1 where one letter is another, is missing or is too much; else more, or 0."""
    if one == other:
        return 0
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, wanted = one[start:], other[start:]
    return 1 if wanted == rest[1:] or rest == wanted[1:] or rest[1:] == wanted[1:] else 2


def _may_stand_for(word: str, full: str) -> bool:
    return word == full or (1 in (len(word), len(full)) and word[0] == full[0])


def korean_name(reference: str) -> tuple[str, str] | None:
    """Return name and title of `김도현 이사장` and of `이사장 김도현`."""
    words = reference.split()
    if len(words) < 2 or not all(_NAME_KO.match(word) for word in words):
        return None
    for name, titles in ((words[0], words[1:]), (words[-1], words[:-1])):
        if _NAME_KO.fullmatch(name) and len(name) in (2, 3, 4) and _is_title_of(titles[-1], name):
            return name, titles[-1]
    return None


def _is_title_of(title: str, name: str) -> bool:
    return bool(_TITLE_KO.fullmatch(title)) and (len(name) == KOREAN_NAME or not _TITLE_KO.fullmatch(name))


def mark_korean_name(said: str, reference: str) -> tuple[float | None, str] | None:
    """Mark a short answer against a name with its title; `None` where this tells nothing."""
    parts = korean_name(reference)
    if parts is None:
        parts = (reference, "") if re.fullmatch(r"[가-힣]{3}", reference) else None
    whole = normalised(said)
    if parts is None or not whole or len(whole.split()) > MOST_PARTS:
        return None
    marks = [_mark_korean(plain, *parts) for plain in dict.fromkeys((whole, _ENDING_KO.sub("", whole))) if plain]
    return max((mark for mark in marks if mark), key=lambda mark: mark[0] or 0.0, default=None)


def _mark_korean(plain: str, name: str, title: str) -> tuple[float | None, str] | None:
    if plain == name or (title and plain in (f"{title} {name}", f"{name} {title}", f"{name}{title}")):
        return 1.0, "the name without, or with, its title"
    if title and plain.replace(" ", "") in (f"{name[0]}{title}", title):
        return None, "the title, or surname and title"
    if not title and re.fullmatch(rf"{name[0]}\s?(?:{TITLES_KO})", plain):
        return None, "the title, or surname and title"
    alone = plain.removesuffix(title).removeprefix(title).strip() if title else plain
    if alone != name and len(alone) == len(name) and _jamo_apart(alone, name) == 1:
        return 0.0, "one letter of the name apart"
    return None


def _jamo_apart(one: str, other: str) -> int:
    first, second = unicodedata.normalize("NFD", one), unicodedata.normalize("NFD", other)
    if len(first) != len(second):
        return len(first)
    return sum(a != b for a, b in zip(first, second, strict=True))
