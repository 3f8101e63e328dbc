"""Questions and answers that a document already holds: FAQ pairs as they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules.context import plain, quoted
from benchwright.generation.rules.framing import Span, build_question, document_name, wording_language
from benchwright.records import Block, Document, Passage, Question

_ASK = re.compile(
    r"(?:\*\*|__)?\s*(?:Q|Question|질문|문)\s?\d*\s?[.:：)]\s*(?:\*\*|__)?\s*(?P<ask>[^\n]+?)\s*(?:\*\*|__)?\s*", re.I
)
_ANSWER = re.compile(
    r"(?:\*\*|__)?\s*(?:A|Answer|답변|답)\s?\d*\s?[.:：)]\s*(?:\*\*|__)?\s*(?P<answer>\S(?:.|\n)*)", re.I
)
_BOLD_ASK = re.compile(r"(?:\*\*|__)(?P<ask>[^*\n]+\?)(?:\*\*|__)\s*")
_PLAIN_ASK = re.compile(r"(?P<ask>[A-Z][^\n?]*\?)\s*")
_PLACEHOLDER = re.compile(r"\[(?:insert|your|company|name|date)\b[^\]]*\](?!\()|\{\{|<your", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|Q\s?\d*[.:)]|질문\s?\d*[.:)])\s+")
_IS_QUESTION = re.compile(r".*(?:\?|？|나요|까요|습니까|인가요|가요)")
_DEPENDENT = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|their|he|she|his|her|here|above|below|such|then|else|also)\b"
    r"|이것|그것|저것|여기|위의|아래|이 제품|이 경우|그러면|그럼|그런|이런|그 밖",
    re.IGNORECASE,
)
_POINTS_AWAY = re.compile(
    r"(?:please )?(?:see|refer to|read|visit|check out)\b|.*(?:참고하|참조하|문의하)\S*\s*$|.*\]\(",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Pair:
    ask: str
    ask_span: Span
    answer_span: Span


@dataclass(frozen=True)
class Faq:
    """A question that the document asks and answers itself, in the form `open`.

    Pairs are marked by `Q:` and `A:`, by bold questions, by items that open with a question, or by headings that ask.

    Questions that lean on what stands around them ("Is it waterproof?") and answers that only point elsewhere are left.
    """

    longest_answer: int = 420
    """Characters."""

    @property
    def kind(self) -> str:
        """`faq`."""
        return "faq"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer the document's own pairs in reading order."""
        language = wording_language(document)
        name = document_name(document)
        if language is None or not name:
            return
        for pair in _pairs(document):
            answer = document.text[slice(*pair.answer_span)]
            if not self._stands_alone(pair.ask, answer):
                continue
            lead = f"{quoted(name)}에 따르면, " if language == "ko" else f"According to {quoted(name)}: "
            yield build_question(
                document,
                kind=self.kind,
                form="open",
                text=lead + pair.ask,
                answer=plain(answer),
                spans=[pair.answer_span, pair.ask_span],
                language=language,
            )

    def _stands_alone(self, ask: str, answer: str) -> bool:
        words = ask.split()
        if re.match(r"(?:Step|단계|STEP)\s?\d", ask) or re.search(
            r"(?:다면|라면|[으하]면|경우|때)(?:요|는)?\s?\?|고 했나요\s?\?", ask
        ):
            return False  # `… 발행했다면?` asks nothing by itself
        if len(words) < 3 or len(ask) > 200 or _DEPENDENT.search(ask) or _IS_QUESTION.fullmatch(ask) is None:
            return False
        if words[0].casefold() in ("and", "but", "so", "or", "what's", "why?", "그리고", "그런데"):
            return False
        if not 8 <= len(answer) <= self.longest_answer or _POINTS_AWAY.match(" ".join(answer.split())):
            return False
        if _PLACEHOLDER.search(answer):
            return False
        return len(answer.split()) >= 3 and not answer.rstrip().endswith((":", "?", "："))


def _pairs(document: Document) -> Iterator[_Pair]:
    blocks = [block for block in document.blocks if block.end > block.start]
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        after = blocks[index + 2] if index + 2 < len(blocks) else None
        pair = _in_one(document.text, block) or _in_two(document.text, block, following, after)
        if pair is not None:
            yield pair


def _in_one(text: str, block: Block) -> _Pair | None:
    """`Q: …` and `A: …` on the lines of one block, or a bold question above its answer."""
    if block.kind not in ("paragraph", "list_item"):
        return None
    first, _, rest = text[block.start : block.end].partition("\n")
    ask = _ASK.fullmatch(first) or _BOLD_ASK.fullmatch(first)
    if ask is None and block.kind == "list_item":
        ask = _PLAIN_ASK.fullmatch(first)  # `1. What is …?` with the answer on the lines below
    if ask is None or not rest.strip():
        return None
    answer = _ANSWER.fullmatch(rest)
    begin = block.start + len(first) + 1 + (answer.start("answer") if answer else len(rest) - len(rest.lstrip()))
    return _pair(text, block.start, ask, (begin, block.end))


def _in_two(text: str, block: Block, following: Block | None, after: Block | None) -> _Pair | None:
    """A question as heading, bold line or `Q:` paragraph; the answer is the whole paragraph that follows."""
    if following is None or following.kind != "paragraph":
        return None
    asked = text[block.start : block.end]
    given = text[following.start : following.end]
    marked = _ASK.fullmatch(asked)
    answer = _ANSWER.fullmatch(given)
    if marked and answer:
        return _pair(text, block.start, marked, (following.start + answer.start("answer"), following.end))
    if _ASK.match(given) or _BOLD_ASK.fullmatch(given.partition("\n")[0]):
        return None
    # An answer that goes on in a list or a second paragraph is not whole.
    ends_here = (
        after is None
        or after.kind == "heading"
        or _BOLD_ASK.fullmatch(text[after.start : after.end].partition("\n")[0])
    )
    if not ends_here:
        return None
    bold = _BOLD_ASK.fullmatch(asked)
    if bold and block.kind == "paragraph":
        return _pair(text, block.start, bold, (following.start, following.end))
    if block.kind == "heading" and asked.rstrip().endswith(("?", "？")):
        numbering = _NUMBERING.match(asked)
        start = block.start + (numbering.end() if numbering else 0)
        return _Pair(text[start : block.end], (start, block.end), (following.start, following.end))
    return None


def _pair(text: str, start: int, ask: re.Match[str], answer: Span) -> _Pair:
    span = (start + ask.start("ask"), start + ask.end("ask"))
    asked = text[slice(*span)].rstrip("*_ ")
    return _Pair(asked, (span[0], span[0] + len(asked)), answer)
