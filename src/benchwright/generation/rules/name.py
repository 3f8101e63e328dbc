"""Names as short answers: `누가 …했습니까?`, `어느 은행이 …?` in Korean; English is off until it passes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules import wording_ko
from benchwright.generation.rules.asking import ask, natural
from benchwright.generation.rules.context import ProseSentence, prose_sentences
from benchwright.records import Document, Passage, Question
from benchwright.text.names import Name, find_names
from benchwright.text.tokens import content_words

_LEAST_MATTER = 5
_KO_ENDING = re.compile(
    r"(대학교|고등학교|중학교|초등학교|연구원|연구소|위원회|협회|학회|공사|공단|재단|은행|병원|박물관|"
    r"미술관|도서관|협동조합|진흥원|개발원|법원)\Z"
)
_KO_TITLE = re.compile(
    r"\s(?P<title>[가-힣]{0,8}(?:대표이사|대표|회장|사장|이사장|교수|박사|연구원|위원장|위원|장관|의원|시장"
    r"|지사|원장|소장|관장|국장|본부장|센터장|감독|선수|작가|총장|씨))(?=[은는이가]\s|께서\s)"
)


@dataclass(frozen=True)
class NameRule:
    """Asks for the person or organisation that a sentence is about: short answer, where it names one alone."""

    kind: str = "name"
    languages: tuple[str, ...] = ("ko",)

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each sentence whose subject is a name."""
        asked: set[str] = set()
        for sentence in prose_sentences(document):
            if sentence.language not in self.languages or any(mark in sentence.text for mark in '“"'):
                continue
            names = find_names(sentence.text)
            question = self._question(document, sentence, names)
            # The one that is the answer again and again is guessed.
            if question is not None and question.answer not in asked:
                asked.add(question.answer)
                yield question

    def _question(self, document: Document, sentence: ProseSentence, names: Sequence[Name]) -> Question | None:
        rest = sentence.text
        for name in names:
            if name.kind not in ("person", "organisation") or sentence.text.count(name.text) != 1:
                continue
            rest = sentence.text[: name.start] + sentence.text[name.end :]
            if len(set(content_words(rest))) < _LEAST_MATTER:
                continue
            worded = _korean(sentence, name) if sentence.language == "ko" else _english(sentence, name)
            if worded is None:
                continue
            text = natural(worded, document, sentence)
            return ask(document, sentence, kind=self.kind, text=text, answer=name.text)
        return None


def _korean(sentence: ProseSentence, name: Name) -> str | None:
    text = sentence.text
    # Only the subject of the whole sentence: nothing but names and places may stand before it.
    if len(text[: name.start].split()) > 4 or re.search(r"(?:고|며|지만|면서|는데|자|어|아|해)\s", text[: name.start]):
        return None
    title = _KO_TITLE.match(text, name.end)
    end = title.end() if title else name.end
    if not wording_ko.is_subject(text, end):
        return None
    if name.kind == "person":
        return wording_ko.who(text, name.start, end, "누가") if title else None
    if re.match(r"[은는]", text[end:]) and re.search(r"[가-힣)](?:이|가|은|는)\s", text[end + 1 :]):
        return None  # `SC은행은 조회가 따로 있다`: two subjects, of which only one may be asked with 이/가
    ending = _KO_ENDING.search(name.text)
    if ending is None or ending.group() == name.text:
        return None
    return wording_ko.who(text, name.start, name.end, wording_ko.with_subject_particle(f"어느 {ending.group()}"))


def _english(sentence: ProseSentence, name: Name) -> str | None:
    """`Who founded …?` where a person is the subject of a plain verb."""
    rest = re.match(r" (?!and |or |,)[a-z]+(?:ed|s|t|de|ld|n) .{15,}\.\Z", sentence.text[name.end :])
    if name.kind != "person" or name.start > 4 or rest is None or " " not in name.text:
        return None
    return f"Who{sentence.text[name.end :].removesuffix('.')}?"
