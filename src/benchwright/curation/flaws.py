"""Item-writing flaws that let a test-taker guess without reading (after Haladyna, Downing & Rodriguez 2002): for review."""
# ruff: noqa: E501 (a pattern reads better on one line)

import re
from collections.abc import Iterable
from dataclasses import dataclass

from benchwright.curation.check import Draft, finding
from benchwright.curation.codes import (
    ABSOLUTE_TERMS,
    ALL_OR_NONE,
    GRAMMATICAL_CUE,
    LONGEST_OPTION,
    ODD_ONE_OUT,
    REPEATED_STEM_WORD,
)
from benchwright.records import Finding, Question
from benchwright.text.particles import final_consonant
from benchwright.text.tokens import content_words, words


def _wrong(question: Question) -> list[str]:
    return [choice for choice in question.choices if choice != question.answer]


@dataclass(frozen=True)
class KeyIsNotLongest:
    """The right option is no longer than `ratio` times the longest wrong one; short options (figures, names) pass."""

    ratio: float = 1.5
    least_characters: int = 25
    code: str = LONGEST_OPTION.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report a key that stands out by its length."""
        question = subject.question
        wrong = _wrong(question)
        if not wrong or len(question.answer) < self.least_characters:
            return
        longest = max(len(choice) for choice in wrong)
        if len(question.answer) > self.ratio * longest:
            yield finding(
                LONGEST_OPTION,
                question.id,
                f"the right option has {len(question.answer)} characters, the longest wrong one {longest}",
                evidence=question.answer,
            )


_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|every|none|only|must|completely|totally|entirely|absolutely|impossible|certainly|under no circumstances)\b"
    r"|항상|언제나|절대|반드시|모든|전혀|결코|오직|무조건",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NoAbsoluteTerms:
    """Absolutes in at least half of the wrong options and not in the right one mark the wrong ones."""

    code: str = ABSOLUTE_TERMS.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report wrong options that speak in absolutes."""
        question = subject.question
        wrong = _wrong(question)
        absolute = [choice for choice in wrong if _ABSOLUTE.search(choice) and len(words(choice)) > 1]
        if wrong and len(absolute) * 2 >= len(wrong) and not _ABSOLUTE.search(question.answer):
            yield finding(
                ABSOLUTE_TERMS,
                question.id,
                f"{len(absolute)} of {len(wrong)} wrong options speak in absolutes, the right one does not",
                evidence=" | ".join(absolute),
            )


_ARTICLE_AT_END = re.compile(r"(?<![/\w])(an?)\s*(?:_{2,}|…|\.\.\.)?\s*[:?.]?\s*$", re.IGNORECASE)
_PARTICLE_AFTER_GAP = re.compile(r"_{2,}\s?(은|는|이|가|을|를|과|와|으로|로)(?=[\s,.?]|$)")
_AFTER_CONSONANT = frozenset({"은", "이", "을", "과", "으로"})


@dataclass(frozen=True)
class NoGrammaticalCue:
    """The article or particle beside the gap fits other options too, not the right one alone."""

    code: str = GRAMMATICAL_CUE.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report a question whose grammar gives the key away."""
        question = subject.question
        wrong = _wrong(question)
        cue = self._cue(question)
        if wrong and cue and _fits(question.answer, cue) and not any(_fits(choice, cue) for choice in wrong):
            yield finding(
                GRAMMATICAL_CUE, question.id, f"only the right option fits {cue!r}", evidence=question.text[-80:]
            )

    def _cue(self, question: Question) -> str:
        article = _ARTICLE_AT_END.search(question.text)
        particle = _PARTICLE_AFTER_GAP.search(question.text)
        return article[1].lower() if article else particle[1] if particle else ""


def _fits(option: str, cue: str) -> bool:
    if cue in ("a", "an"):
        begins_with_vowel = option[:1].lower() in "aeiou"
        return begins_with_vowel == (cue == "an")
    final = final_consonant(option)
    if final is None:
        return True
    if cue in ("으로", "로"):
        # ㄹ (index 8) takes 로 although it is a consonant.
        return (cue == "로") == (final in (0, 8))
    return (final != 0) == (cue in _AFTER_CONSONANT)


@dataclass(frozen=True)
class NoRepeatedStemWord:
    """A rare word of the question (five letters, or two syllables, at least) stands in the right option alone."""

    code: str = REPEATED_STEM_WORD.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report a key that repeats the question."""
        question = subject.question
        wrong = _wrong(question)
        if not wrong:
            return
        stem = {word for word in content_words(question.text) if len(word) >= (5 if word.isascii() else 2)}
        elsewhere = {word for choice in wrong for word in content_words(choice)}
        repeated = [word for word in content_words(question.answer) if word in stem and word not in elsewhere]
        if repeated:
            yield finding(
                REPEATED_STEM_WORD,
                question.id,
                f"only the right option repeats {repeated[0]!r} of the question",
                evidence=question.answer,
            )


_ALL_OR_NONE = re.compile(
    r"\W*(?:all|none|both|neither)(?: of)?(?: the| these)? ?(?:above|of them|of these|these|options|answers)?(?: are (?:correct|true))?\W*"
    r"|\W*(?:위|보기)?의?\s?(?:모두|전부)(?:\s?(?:맞다|옳다|해당|정답))?\W*|\W*(?:위|앞)의?\s?(?:[가-힣\d]+\s){0,3}(?:모두|전부|둘 다)\W*|\W*(?:모두|전부) (?:아님|아니다|틀리다)\W*|\W*(?:정답|해당)\s?(?:사항\s?)?없음\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NoAllOrNone:
    """No option is "all of the above" or "none of the above"."""

    code: str = ALL_OR_NONE.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report an option that speaks of the other options."""
        question = subject.question
        found = [choice for choice in question.choices if len(words(choice)) > 1 and _ALL_OR_NONE.fullmatch(choice)]
        if found:
            yield finding(ALL_OR_NONE, question.id, f"the option {found[0]!r} speaks of the others", evidence=found[0])


@dataclass(frozen=True)
class KeyIsNotOddOneOut:
    """The right option alone has digits, or alone has none."""

    code: str = ODD_ONE_OUT.code

    def check(self, subject: Draft) -> Iterable[Finding]:
        """Report a key that differs in form from every other option."""
        question = subject.question
        wrong = _wrong(question)
        if len(wrong) < 2:
            return
        has_digits = {any(character.isdigit() for character in choice) for choice in wrong}
        mine = any(character.isdigit() for character in question.answer)
        if has_digits == {not mine}:
            form = "has digits" if mine else "has no digits"
            yield finding(ODD_ONE_OUT, question.id, f"only the right option {form}", evidence=question.answer)
