"""In a folder of several documents a question says which it is about: by a word of the title, or a name of its own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchwright.curation.check import Draft, finding
from benchwright.curation.codes import NAMES_NOTHING
from benchwright.records import Document, Finding
from benchwright.text.names import find_names
from benchwright.text.titles import subject_words
from benchwright.text.tokens import words

_MARKED = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z-]*\d[A-Za-z0-9-]*|[A-Za-z][a-z]+[A-Z]\w*|[A-Z]{2,})(?![A-Za-z0-9])"
)
"""Codes, models and abbreviations: `W7`, `MV`, `PostgreSQL`; no measures, such as `1km`."""

_SHORTEST = 2


@dataclass(frozen=True)
class NamesItsDocument:
    """`How many days does the tenant have?` can be answered from every lease of a folder, and says none of them."""

    documents: Sequence[Document] = field(default=(), repr=False)
    """All of the benchmark; with one, whoever asks can mean no other."""
    code: str = NAMES_NOTHING.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report a question that could be asked of any document."""
        if len(self.documents) < 2 or not subject.sources or any(self._is_named(subject, it) for it in subject.sources):
            return
        titles = " and ".join(repr(document.title) for document in subject.sources)
        yield finding(
            NAMES_NOTHING,
            subject.question.id,
            f"nothing in it says that it is about {titles}, and the benchmark has {len(self.documents)} documents",
            evidence=subject.question.text,
        )

    def _is_named(self, subject: Draft, document: Document) -> bool:
        subjects = {word for word in subject_words(document.title) if len(word) >= _SHORTEST and not word.isdigit()}
        if not any(word in document.text.casefold() for word in subjects):
            # The name of a file tells nobody what its document is about.
            return True
        asked = " ".join([subject.question.text, *subject.question.choices])
        if any(_names(word, other) for word in subjects for other in words(asked)):
            return True
        own = {re.sub(r"['’]s?$", "", name.text) for name in find_names(asked)} | set(_MARKED.findall(asked))
        return any(name in document.text for name in own)


def _names(subject: str, word: str) -> bool:
    """Whether a word of the question is one of the title: with a particle, in the plural, or as part of a compound."""
    if subject.isascii():
        return word[: max(4, len(subject) - 1)] == subject[: max(4, len(subject) - 1)]
    return subject in word or (len(word) > _SHORTEST and word[:-1] in subject) or (len(word) > 1 and word in subject)
