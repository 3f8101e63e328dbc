"""Who said it: a quotation word for word, its speaker asked; multiple choice only among at least four speakers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
from benchwright.generation.rules.ladder import OPTIONS, frozen_chance
from benchwright.generation.rules.once import once_per_document
from benchwright.records import Document, Passage, Question
from benchwright.text.particles import with_particle
from benchwright.text.sentences import sentences
from benchwright.text.speakers import Statement, find_statements
from benchwright.text.tokens import words

_LEAST_WORDS = {"en": 6, "ko": 4}


@once_per_document
def _statements(document: Document) -> list[tuple[ProseSentence, Statement]]:
    """The attributed quotations of the paragraphs, each with the stretch of text that holds quotation and speaker."""
    found: list[tuple[ProseSentence, Statement]] = []
    blocks = [(b.start, b.end) for b in document.blocks if b.kind in ("paragraph", "quote", "list_item")]
    for start, end in blocks or [(0, len(document.text))]:
        block = document.text[start:end]
        if not any(mark in block for mark in '“"'):
            continue
        spans = sentences(block)
        for statement in find_statements(block):
            low, high = statement.quote_start, statement.quote_start + len(statement.quote)
            low, high = min(low, statement.name_start), max(high, statement.name_start + len(statement.name))
            touched = [span for span in spans if span[0] < high and span[1] > low]
            if touched and high - low < 700:
                first, last = start + touched[0][0], start + touched[-1][1]
                text = plain(document.text[first:last])
                sentence = ProseSentence(first, last, text, sentence_language(text), section_of(document, first))
                found.append((sentence, replace(statement, quote=plain(statement.quote), name=plain(statement.name))))
    return found


@dataclass(frozen=True)
class SpeakerRule:
    """Asks who is quoted. The other options are the document's other speakers, so that each of them said something."""

    kind: str = "speaker"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each quotation whose speaker is named in full beside it."""
        statements = _statements(document)
        speakers = list(dict.fromkeys(statement.name for _, statement in statements))
        for sentence, statement in statements:
            if sentence.language not in _LEAST_WORDS:
                continue
            quote = statement.quote.strip().rstrip(",.")
            if len(words(quote)) < _LEAST_WORDS[sentence.language] or set(words(statement.name)) & set(words(quote)):
                continue
            text = _wording(document, sentence.language, quote)
            choices = _options(statement.name, speakers, text)
            question = ask(document, sentence, kind=self.kind, text=text, answer=statement.name, choices=choices)
            if question is not None:
                yield question


def _wording(document: Document, language: str, quote: str) -> str:
    title = document_title(document)
    inner = quoted(quote)
    if language == "ko":
        source = f"{quoted(title)}에서 " if title else ""
        said = (
            "라고"
            if quote.endswith(("다", "요", "까", "자", "죠", "오"))
            else with_particle(quote, "이라고/라고")[len(quote) :]
        )
        return f"{source}{inner}{said} 말한 사람은 누구입니까?"
    source = f" in {quoted(title)}" if title else ""
    return f"Who is quoted{source} as saying {inner}?"


def _options(name: str, speakers: list[str], text: str) -> tuple[str, ...]:
    """Four speakers where the document has four, else none: a short answer."""
    others = [other for other in speakers if not set(words(other)) & set(words(name))]
    if len(others) < OPTIONS - 1:
        return ()
    chance = frozen_chance("speaker", text, name)
    picked = [others[int(i)] for i in chance.permutation(len(others))[: OPTIONS - 1]]
    options = [*picked, name]
    return tuple(options[int(i)] for i in chance.permutation(len(options)))
