"""Citations must stand in their document word for word; a close quotation is repaired, any other is refused.

Close is not enough: a quotation with another number, name or negation is 99 % alike and says something else. So the
span that `rapidfuzz` aligns (partial ratio, Indel distance) is compared word by word before it replaces the quotation.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from benchwright.curation.check import Draft, finding
from benchwright.curation.codes import CITATION_NOT_FOUND, CITATION_REPAIRED, CITES_AN_ORDER, NO_CITATION
from benchwright.records import Citation, Document, Finding, Question
from benchwright.text.fold import find_folded
from benchwright.text.negation import count_negations
from benchwright.text.steering import order_at
from benchwright.text.tokens import STOP_WORDS, Token, token_spans

_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3,})\s*")
_EDGES = re.compile(r"^[\s\"'“”‘’「」«»]+|[\s\"'“”‘’「」«»]+$")


@dataclass(frozen=True)
class CitationsStand:
    """Every citation is an exact span of a known document; questions without one are refused where one is needed."""

    code: str = CITATION_NOT_FOUND.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report the citations that do not stand where they say."""
        question = subject.question
        if not question.citations and subject.needs_citation:
            yield finding(NO_CITATION, question.id, "the question cites no document")
        for citation in question.citations:
            document = subject.documents.get(citation.document_id)
            if document is None:
                yield finding(
                    CITATION_NOT_FOUND,
                    question.id,
                    f"it cites a document that is not there ({citation.document_id[:12]}…)",
                )
            elif not is_exact(citation, document):
                yield finding(
                    CITATION_NOT_FOUND,
                    question.id,
                    f"the quotation does not stand in {document.title!r}",
                    evidence=citation.text,
                )


_NEAR = 3000
"""Characters around a citation in which an order is looked for: about what a writer was shown with it."""


@dataclass(frozen=True)
class NoOrderIsFollowed:
    """Nothing rests on words of a document that order a language model about, or says what they order it to say."""

    code: str = CITES_AN_ORDER.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report the first order that a question cites or follows."""
        question = subject.question
        said = "\n".join([question.text, question.answer, *question.choices])
        for citation in question.citations:
            if (document := subject.documents.get(citation.document_id)) is None:
                continue
            for start, end in _orders_near(document.text, citation):
                order = document.text[start:end]
                cites = citation.start < end and start < citation.end
                rest = document.text[:start] + document.text[end:]
                if cites or any(words in said and words not in rest for words in _to_be_said(order)):
                    message = "it rests on" if cites else "it says what it was told by"
                    yield finding(
                        CITES_AN_ORDER,
                        question.id,
                        f"{message} words of the document that order a language model about",
                        evidence=order,
                    )
                    return


def _orders_near(text: str, citation: Citation) -> Iterable[tuple[int, int]]:
    """The spans around a citation that order a language model about."""
    at = max(0, text.rfind("\n\n", 0, max(0, citation.start - _NEAR)))
    last = min(len(text), citation.end + _NEAR)
    while at < last:
        end = text.find("\n\n", at + 2)
        end = end if end >= 0 else len(text)
        if (begins := order_at(text[at:end])) is not None:
            yield at + begins, end
        at = end


_TO_BE_SAID = re.compile(r"[\"“‘「『'](?P<quoted>[^\"”’」』'\n]{6,})[\"”’」』']|\b(?P<word>[A-Z]{5,}\d*)\b")


def _to_be_said(order: str) -> set[str]:
    """What an order wants to be said: its quotations, and its words in capitals."""
    return {match["quoted"] or match["word"] for match in _TO_BE_SAID.finditer(order)}


def is_exact(citation: Citation, document: Document) -> bool:
    """Say whether the document has exactly the cited characters at the cited place."""
    return bool(citation.text) and document.text[citation.start : citation.end] == citation.text


@dataclass(frozen=True)
class Repair:
    """Replaces quotations that are close to their document by the true spans.

    `least_similarity` (0..1) is the partial ratio below which a quotation is not looked at any further.
    """

    least_similarity: float = 0.88

    def repaired(self, question: Question, documents: Mapping[str, Document]) -> tuple[Question, tuple[Finding, ...]]:
        """Return `question` with true spans where they were found, and one finding a repaired citation."""
        citations: list[Citation] = []
        before: list[str] = []
        for citation in question.citations:
            document = documents.get(citation.document_id)
            if document is None or is_exact(citation, document):
                citations.append(citation)
                continue
            spans = self.find(citation.text, document.text)
            if not spans:
                citations.append(citation)
                continue
            before.append(citation.text)
            citations += [_citation(document, start, end) for start, end in spans]
        if not before:
            return question, ()
        changed = Question.model_validate({**question.model_dump(exclude={"id"}), "citations": citations})
        notes = [
            finding(
                CITATION_REPAIRED,
                changed.id,
                "the quotation was replaced by the true span",
                evidence=text,
                status="note",
            )
            for text in before
        ]
        return changed, tuple(notes)

    def find(self, quotation: str, text: str) -> list[tuple[int, int]]:
        """Return the true spans of `quotation` in `text`, one for each part between ellipses; empty if one fails."""
        parts = [part for part in (_EDGES.sub("", piece) for piece in _ELLIPSIS.split(quotation)) if part]
        spans: list[tuple[int, int]] = []
        after = 0
        for part in parts:
            span = find_folded(part, text, start=after) or self._closest(part, text)
            if span is None:
                return []
            spans.append(span)
            after = span[1]
        return spans

    def _closest(self, part: str, text: str) -> tuple[int, int] | None:
        if len(part) < 15:
            return None
        aligned = fuzz.partial_ratio_alignment(part, text, score_cutoff=self.least_similarity * 100)
        if aligned is None or len(part) > len(text):
            return None
        start, end = _whole_words(text, aligned.dest_start, aligned.dest_end)
        return (start, end) if says_the_same(part, text[start:end]) else None


def _citation(document: Document, start: int, end: int) -> Citation:
    return Citation(document_id=document.id, start=start, end=end, text=document.text[start:end])


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span that begins or ends inside a word, and trim the blanks at its ends."""
    while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def says_the_same(quotation: str, span: str) -> bool:
    """Say whether two texts differ in misspellings and words of grammar only: no number, name, negation or matter."""
    if count_negations(quotation) != count_negations(span):
        return False
    ours, theirs = token_spans(quotation), token_spans(span)
    matcher = SequenceMatcher(None, [token.word for token in theirs], [token.word for token in ours], autojunk=False)
    return all(
        _is_harmless(_written(span, theirs[low:high]), _written(quotation, ours[first:last]))
        for tag, low, high, first, last in matcher.get_opcodes()
        if tag != "equal"
    )


def _written(text: str, tokens: list[Token]) -> list[str]:
    return [text[token.start : token.end] for token in tokens]


def _is_harmless(theirs: list[str], ours: list[str]) -> bool:
    if "".join(theirs).casefold() == "".join(ours).casefold():
        return True
    if len(theirs) == len(ours):
        return all(_is_misspelling(a, b) for a, b in zip(theirs, ours, strict=True))
    return all(word.casefold() in STOP_WORDS and len(word) < 5 for word in [*theirs, *ours])


def _is_misspelling(first: str, second: str) -> bool:
    """One slip in a word of small letters that is long enough to be told from its neighbours."""
    if first.casefold() == second.casefold():
        return True
    if not (first.isalpha() and second.isalpha()) or first[0].isupper() or second[0].isupper():
        return False
    return min(len(first), len(second)) >= 6 and fuzz.ratio(first, second) >= 85
