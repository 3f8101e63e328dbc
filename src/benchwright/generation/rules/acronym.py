"""What an acronym stands for, where the text itself writes it out: `Sallow Valley Water Authority (SVWA)`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules.asking import ask
from benchwright.generation.rules.context import (
    ProseSentence,
    document_title,
    plain,
    quoted,
    section_of,
    sentence_language,
)
from benchwright.records import Document, Passage, Question
from benchwright.text.sentences import sentences

_SHORT = re.compile(r"\((?P<short>[A-Z][A-Za-z&-]{1,8})s?\)")
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "&", "with", "by", "as"})
_WORD = re.compile(r"[\w'’]+|&")
_EVERYDAY_LIST = """
    USA US UK EU UN AI PDF HTML CSV URL API CEO CFO GDP FAQ TV DNA NASA HTTP CPU JSON XML SQL IT PC GUI DNS URI VAT RAM
    USB OS HR QA IMF WHO NATO VPN ISP SSD HDD NYC LAN WAN IP DVD CD ID FBI CIA NBA GPS SMS ATM AM PM NGO IRC FTP SSH LED
"""
_EVERYDAY = frozenset(_EVERYDAY_LIST.split())


def expansion_before(text: str, end: int, short: str) -> str | None:
    """Return the words before `text[end:]` whose initials spell `short`, or `None` where they do not exactly."""
    letters = [letter.upper() for letter in short if letter.isalpha()]
    if sum(letter.isupper() for letter in short) < 2 or len(letters) < 2:
        return None
    parts = list(_WORD.finditer(text, max(0, end - 120), end))
    at, first = len(letters) - 1, None
    for match in reversed(parts):
        gap = text[match.end() : first if first is not None else end]
        if re.search(r"[.;:()“”\"]", gap.strip()) or (gap.strip(" -,/") and first is not None):
            return None
        word = match.group()
        if word[0].upper() == letters[at] and not (word.lower() in _SMALL_WORDS and word[0].islower()):
            first = match.start()
            at -= 1
            if at < 0:
                break
        elif word.lower() in _SMALL_WORDS and first is not None:
            first = match.start()
        else:
            return None
    if at >= 0 or first is None:
        return None
    return text[first:end].strip(" ,-")


@dataclass(frozen=True)
class AcronymRule:
    """Asks in a short answer what an acronym stands for; English, the first place that writes it out."""

    kind: str = "acronym"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each acronym that the document writes out once."""
        seen: set[str] = set()
        blocks = [(b.start, b.end) for b in document.blocks if b.kind in ("paragraph", "quote", "list_item")]
        for start, end in blocks or [(0, len(document.text))]:
            block = document.text[start:end]
            if "(" not in block:
                continue
            for low, high in sentences(block):
                text = plain(block[low:high])
                language = sentence_language(text)
                section = section_of(document, start + low)
                sentence = ProseSentence(start + low, start + high, text, language, section)
                question = self._question(document, sentence, seen) if language == "en" else None
                if question is not None:
                    yield question

    def _question(self, document: Document, sentence: ProseSentence, seen: set[str]) -> Question | None:
        for match in _SHORT.finditer(sentence.text):
            short = match["short"]
            expansion = expansion_before(sentence.text, match.start(), short)
            if expansion is None or short in seen or short in _EVERYDAY:
                continue
            seen.add(short)
            if document.text.count(expansion) > 3 and short not in document.text.replace(f"({short})", ""):
                continue
            title = document_title(document)
            if not title:
                return None  # the same letters stand for other words elsewhere
            text = f"What does the abbreviation {quoted(short)} stand for in {quoted(title)}?"
            return ask(document, sentence, kind=self.kind, text=text, answer=expansion)
        return None
