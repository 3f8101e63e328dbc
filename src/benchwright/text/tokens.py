"""Cut a text into words in any script: `C++`, `C#`, `2019`, `제1조` and `3.5` each stay one word."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from benchwright.text.fold import fold
from benchwright.text.particles import strip_particle

# Letters, digits and the marks that Python's \w leaves out (Arabic, Hebrew and Indic vowels, combining accents).
_IN_WORD = r"\w\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff" + (
    r"\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u109d\u3099\u309a"
)
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = r"\u3041-\u309f"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)+(?![\d_]|\.\w))"
    rf"|(?P<sign>(?<![{_IN_WORD}])[A-Za-z](?:\+\+|\+|#)(?![{_IN_WORD}]))"
    rf"|(?P<initials>(?<![{_IN_WORD}])(?:[A-Za-z]\.){{2,}}(?:[A-Za-z](?![{_IN_WORD}]))?)"
    rf"|(?P<ideograph>[{_HAN}{_KANA}][\u3099\u309a]?)"
    rf"|(?P<word>[^\W{_HAN}{_KANA}](?:[{_IN_WORD}'’](?<![{_HAN}{_KANA}'’])|['’](?=[^\W\d_]))*)"
    rf"|(?P<percent>[%％‰])"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

_STOP_WORDS_LIST = """
    a about above after again against all also although always am among an and any are as at be because been before
    being below between both but by can cannot could did do does doing done during each either else ever every few
    for from further get gets got had has have having he hence her here hers herself him himself his how however i
    if in into is it its itself just least less let like made make many may me might more most much must my myself
    near neither never no nor not now of off often on once one only or other our ours out over own per rather s same
    she should since so some such t than that the their theirs them themselves then there therefore these they this
    those through thus to too toward under until up upon us very via was we well were what when where whether which
    while who whom whose why will with within without would yet you your yours 것 수 등 및 또는 그리고 그러나 하지만
    또한 이 그 저 이런 그런 있다 없다 하다 되다 있는 없는 하는 되는 위해 위한 대한 대해 통해 따라 때문 경우 무엇
    어느 어떤 누구 언제 어디 몇 얼마 다음 중 더 약
"""
STOP_WORDS = frozenset(_STOP_WORDS_LIST.split())
"""Words that carry grammar rather than matter, English and Korean."""


@dataclass(frozen=True)
class Token:
    """One word as an exact span: `text[start:end]`; `word` is its folded form, by which words are compared."""

    word: str
    start: int
    end: int


# Texts repeat their words, and a question, its options and its sentence are each read by many rules and checks.
@lru_cache(maxsize=65536)
def _folded_word(kind: str | None, text: str) -> str:
    word = text.casefold() if text.isascii() else fold(text).text.casefold().strip()
    if kind == "number":
        return word.replace(",", "") if _THOUSANDS.fullmatch(word) else word
    if kind == "initials":
        return word.replace(".", "")
    return word.replace("_", " ").strip() if kind == "word" else word


def token_spans(text: str) -> list[Token]:
    """Return the words of `text` with their exact spans. Ideographs and hiragana count one by one."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = _folded_word(match.lastgroup, match.group())
        if word:
            found.append(Token(word, match.start(), match.end()))
    return found


def words(text: str) -> list[str]:
    """Return the case-folded words of `text`; `1,234` and `1234` are the same word, `2019` and `2020` are not."""
    return list(_kept_words(text)) if len(text) <= _KEPT_LENGTH else _words(text)


def has_words(text: str, least: int) -> bool:
    """Say whether `text` has at least `least` words, reading no further than needed."""
    found = (_folded_word(match.lastgroup, match.group()) for match in _TOKEN.finditer(text))
    return sum(1 for _ in islice(filter(None, found), least)) == least


def _words(text: str) -> list[str]:
    return [word for match in _TOKEN.finditer(text) if (word := _folded_word(match.lastgroup, match[0]))]


_KEPT_LENGTH = 1000


@lru_cache(maxsize=4096)
def _kept_words(text: str) -> tuple[str, ...]:
    return tuple(_words(text))


def content_words(text: str) -> list[str]:
    """Return the words that carry matter: no stop words, Korean particles taken off."""
    return [stem for word in words(text) if (stem := strip_particle(word)) not in STOP_WORDS]
