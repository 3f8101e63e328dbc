"""Kinds that are off unless asked for: too few of their questions were valid. Kept to be improved, and measured."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules.asking import ask, cloze
from benchwright.generation.rules.context import (
    ProseSentence,
    document_title,
    occurs_in,
    plain,
    prose_sentences,
    quoted,
)
from benchwright.generation.rules.ladder import OPTIONS, frozen_chance
from benchwright.generation.rules.name import NameRule
from benchwright.generation.rules.number import askable_quantities, word_number
from benchwright.records import Citation, Document, Passage, Question
from benchwright.text.names import find_names

_EN_DEFINITION = re.compile(
    r"(?:An?|The)? ?(?P<term>[A-Za-z][\w -]{2,40}?) (?:is|are) (?P<what>(?:an?|the) [^.]{25,200})\."
)
_KO_DEFINITION = re.compile(
    r"(?P<term>[가-힣A-Za-z0-9 ]{2,20}?)(?:이란|란|은|는) (?P<what>[^.]{12,150}(?:을|를) (?:말한다|뜻한다|의미한다))\."
)
_BEING = re.compile(r"(?P<name>[A-Z][\w&'’-]+(?: [A-Z][\w&'’-]+)+) (?P<said>(?:was|is) [^.,;:“”]{12,90})\.")


def _among(answer: str, others: Sequence[str], *parts: str) -> tuple[str, ...]:
    """`answer` among three of the `others` at a random place; empty where there are not three."""
    pool = [other for other in dict.fromkeys(others) if not occurs_in(other, answer) and not occurs_in(answer, other)]
    if len(pool) < OPTIONS - 1:
        return ()
    chance = frozen_chance(*parts, answer)
    options = [*(pool[int(i)] for i in chance.permutation(len(pool))[: OPTIONS - 1]), answer]
    return tuple(options[int(i)] for i in chance.permutation(OPTIONS))


@dataclass(frozen=True)
class NameChoiceRule:
    """The questions of `name` as multiple choice among the document's other names: most can be told by their fame."""

    kind: str = "name_choice"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer the name questions for which the document has three more names of one kind."""
        names = find_names(document.text)
        for question in NameRule(self.kind, ("ko", "en")).questions(document, passages, chance=chance):
            kinds = {name.kind for name in names if name.text == question.answer}
            others = [name.text for name in names if name.kind in kinds]
            choices = _among(question.answer, others, self.kind, question.text)
            if choices:
                changed = {"id": "", "form": "choice", "choices": choices}
                yield Question.model_validate({**question.model_dump(), **changed})


@dataclass(frozen=True)
class DefinitionRule:
    """Asks which term a definition belongs to: often several terms fit, or the definition is common knowledge."""

    kind: str = "definition"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each sentence that defines a term."""
        title = document_title(document)
        for sentence in prose_sentences(document):
            form = _KO_DEFINITION if sentence.language == "ko" else _EN_DEFINITION
            match = form.fullmatch(sentence.text)
            if match is None:
                continue
            if sentence.language == "ko":
                source = f"{quoted(title)}에서 " if title else ""
                text = f"{source}다음과 같이 정의된 말은 무엇입니까? {quoted(match['what'])}"
            else:
                source = f" in {quoted(title)}" if title else ""
                text = f"Which term is defined{source} as {quoted(match['what'])}?"
            question = ask(document, sentence, kind=self.kind, text=text, answer=match["term"].strip())
            if question is not None:
                yield question


@dataclass(frozen=True)
class TermClozeRule:
    """Blanks a name inside a sentence: several words fit most blanks, so that few questions have one answer."""

    kind: str = "term_cloze"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one blank for each sentence that holds a name."""
        for sentence in prose_sentences(document):
            for name in find_names(sentence.text):
                if name.start == 0 or sentence.text.count(name.text) != 1:
                    continue
                text = cloze(sentence, document, name.start, name.end, "term")
                question = ask(document, sentence, kind=self.kind, text=text, answer=name.text)
                if question is not None:
                    yield question
                    break


@dataclass(frozen=True)
class SectionRule:
    """Asks in which section a sentence stands: nobody wants to know, and the words of the heading give it away."""

    kind: str = "which_section"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each section that has three others beside it."""
        headings = list(dict.fromkeys(plain(heading.text) for heading in document.headings if heading.level > 1))
        seen: set[str] = set()
        title = document_title(document)
        for sentence in prose_sentences(document):
            own = plain(sentence.section[-1]) if sentence.section else ""
            if own not in headings or own in seen or occurs_in(own, sentence.text):
                continue
            choices = _among(own, headings, self.kind, sentence.text)
            if not choices:
                continue
            seen.add(own)
            text = _which_section(sentence, title)
            bare = ProseSentence(sentence.start, sentence.end, sentence.text, sentence.language)
            question = ask(document, bare, kind=self.kind, text=text, answer=own, choices=choices)
            if question is not None:
                yield question


def _which_section(sentence: ProseSentence, title: str) -> str:
    if sentence.language == "ko":
        source = f"{quoted(title)}에서 " if title else ""
        return f"{source}다음 문장이 들어 있는 부분의 제목은 무엇입니까? {quoted(sentence.text)}"
    source = f" of {quoted(title)}" if title else ""
    return f"Which section{source} says {quoted(sentence.text)}"


@dataclass(frozen=True)
class BridgedRule:
    """Two steps: a number asked of what another sentence describes. The name rarely stands for one thing alone."""

    kind: str = "bridged"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one English question for each pair of sentences bridged by a name."""
        sentences = [sentence for sentence in prose_sentences(document) if sentence.language == "en"]
        for first in sentences:
            being = _BEING.fullmatch(first.text)
            if being is None:
                continue
            for second in sentences:
                question = self._question(document, first, second, being)
                if question is not None:
                    yield question
                    break

    def _question(
        self, document: Document, first: ProseSentence, second: ProseSentence, being: re.Match[str]
    ) -> Question | None:
        name = being["name"]
        if second.start == first.start or second.text.count(name) != 1:
            return None
        for quantity in askable_quantities(second, document)[:1]:
            worded = word_number(second, document, quantity)
            if name not in worded.text:
                continue
            text = worded.text.replace(name, f"what {being['said']}", 1)
            question = ask(document, second, kind=self.kind, text=text, answer=worded.answer)
            if question is None or occurs_in(name, text):
                return None
            span = document.text[first.start : first.end]
            bridge = Citation(document_id=document.id, start=first.start, end=first.end, text=span)
            cited = (*question.citations, bridge)
            return Question.model_validate({**question.model_dump(), "id": "", "citations": cited})
        return None
