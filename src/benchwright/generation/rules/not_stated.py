"""Questions that the document does not answer, and as many controls as keep `not stated` from being a good guess."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchwright.generation.kinds import NOT_STATED
from benchwright.generation.rules.asking import ask, years_of
from benchwright.generation.rules.context import ProseSentence, document_title, quoted
from benchwright.generation.rules.ladder import OPTIONS, frozen_chance
from benchwright.generation.rules.number import NumberQuestion, askable_numbers, number_options, word_number
from benchwright.generation.rules.wording_en import BLANK
from benchwright.generation.rules.wording_en import with_blank as with_blank_en
from benchwright.generation.rules.wording_ko import with_blank as with_blank_ko
from benchwright.records import Document, Passage, Question
from benchwright.text.dates import DateMention
from benchwright.text.numbers import Quantity

_ALSO = {"en": ("The document does not say", "Not given in the document"), "ko": ("알 수 없음", "문서에 나오지 않음")}
# Of the future nobody can ask with a past year.
_OUTLOOK = re.compile(r"\b(?:expects?|plans?|forecasts?|will|aims?|targets?|budget)\b|계획|예상|전망|목표|예정|예산")
CONTROLS = 3
"""Answerable questions with the same option for each unanswerable one: then the option is right one time in four."""


@dataclass(frozen=True)
class _Fact:
    sentence: ProseSentence
    quantity: Quantity
    worded: NumberQuestion
    year: int
    can_move: bool
    """Whether the year dates the whole sentence, so that another year asks another thing."""


@dataclass(frozen=True)
class NotStatedRule:
    """Moves the year of a stated number to a year of which the document says nothing.

    Such a question can only be asked where context is shown: its tag is `needs:context`. For each there are three
    controls, answerable questions of the same shape in which the same option is wrong.
    """

    kind: str = "not_stated"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one unanswerable question for each three controls, the unanswerable ones first."""
        asked = [(fact, self._control(document, fact)) for fact in _facts(document)]
        controls = {fact: control for fact, control in asked if control is not None}
        facts = list(controls)
        # Which fact is moved depends on its own words alone, so that an edition changes nothing of it.
        facts.sort(key=lambda fact: frozen_chance("not stated", fact.worded.text).random())
        moved: dict[_Fact, Question] = {}
        for fact in facts:
            if len(moved) == len(facts) // (CONTROLS + 1):
                break
            unanswerable = self._unanswerable(document, fact) if fact.can_move else None
            if unanswerable is not None:
                moved[fact] = unanswerable
        yield from moved.values()
        yield from [controls[fact] for fact in facts if fact not in moved][: CONTROLS * len(moved)]

    def _unanswerable(self, document: Document, fact: _Fact) -> Question | None:
        language = fact.sentence.language
        year = _silent_year(document, fact.year)
        if year is None:
            return None
        # The title stands first and may hold the year too: the sentence's own is the last.
        before, _, after = fact.worded.text.rpartition(str(fact.year))
        text = f"{before}{year}{after}"
        options = number_options(replace(fact.worded, text=text), fact.quantity, fact.sentence, document)
        if not options:
            return None
        # The true number of the other year stays among the options: it is the tempting one.
        wrong = _without_one(options, keep=fact.worded.answer, text=text)
        return self._question(document, fact, text, NOT_STATED[language], (*wrong, NOT_STATED[language]))

    def _control(self, document: Document, fact: _Fact) -> Question | None:
        options = number_options(fact.worded, fact.quantity, fact.sentence, document)
        if not options:
            return None
        kept = _without_one(options, keep=fact.worded.answer, text=fact.worded.text)
        last = NOT_STATED[fact.sentence.language]
        return self._question(document, fact, fact.worded.text, fact.worded.answer, (*kept, last))

    def _question(
        self, document: Document, fact: _Fact, text: str, answer: str, choices: tuple[str, ...]
    ) -> Question | None:
        is_moved = answer == NOT_STATED[fact.sentence.language]
        question = ask(
            document,
            fact.sentence,
            kind=self.kind,
            text=text,
            answer=answer,
            choices=choices,
            accepted=_ALSO[fact.sentence.language] if is_moved else (),
            note="unanswerable" if is_moved else "control",
        )
        if question is None:
            return None
        return Question.model_validate({**question.model_dump(), "id": "", "tags": (*question.tags, "needs:context")})


def _facts(document: Document) -> Iterator[_Fact]:
    """The sentences that state a number beside a year: so the year alone does not tell which ones were moved."""
    for sentence, quantities in askable_numbers(document):
        mention = next((date for date in sentence.dates if date.year is not None), None)
        if mention is None or mention.year is None:
            continue
        worded = _worded(sentence, document, quantities[0])
        in_title = document_title(document).count(str(mention.year))
        can_move = _hangs_alone(sentence, mention) and worded.text.count(str(mention.year)) == in_title + 1
        yield _Fact(sentence, quantities[0], worded, mention.year, can_move)


def _hangs_alone(sentence: ProseSentence, mention: DateMention) -> bool:
    """True where one year dates the whole sentence, at its head or end: then another year asks another thing."""
    is_only = len(sentence.dates) == 1 and sentence.text.count(str(mention.year)) == 1
    if not is_only or mention.month is not None or _OUTLOOK.search(sentence.text):
        return False
    before, after = sentence.text[: mention.start], sentence.text[mention.end :]
    if sentence.language == "ko":
        return not re.match(r"[가-힣]*(?:대|생|기준|부터|까지|이후|이전|보다|대비|[1-4]분기)", after.strip())
    return bool(re.fullmatch(r"[Ii]n ", before)) or (before.endswith(" in ") and after.strip() == ".")


def _worded(sentence: ProseSentence, document: Document, quantity: Quantity) -> NumberQuestion:
    """The question on the number, which says that the answer may not be stated."""
    worded = word_number(sentence, document, quantity)
    title, text = document_title(document), sentence.text
    is_natural = BLANK not in worded.text
    if sentence.language == "ko":
        blank = with_blank_ko(text, quantity.start, quantity.end)
        source = f"{quoted(title)}에 따르면, " if title else ""
        asked = worded.text if is_natural else f"{source}빈칸에 들어갈 수치는 무엇입니까? “{blank}”"
        return replace(worded, text=f"{asked} 문서에서 알 수 없으면 그렇다고 한 보기를 고르십시오.")
    start, end = (quantity.start, quantity.end) if quantity.unit else (quantity.number_start, quantity.number_end)
    source = f"Going by {quoted(title)}, which" if title else "Which"
    asked = worded.text if is_natural else f"{source} figure belongs in the blank? “{with_blank_en(text, start, end)}”"
    return replace(worded, text=f"{asked} If the document does not say, choose the option that says so.")


def _silent_year(document: Document, year: int) -> int | None:
    """The nearest earlier year that the document never names, in no date and no number."""
    known = set(years_of(document))
    for other in range(year - 1, year - 9, -1):
        if other not in known and str(other) not in document.text:
            return other
    return None


def _without_one(options: Sequence[str], *, keep: str, text: str) -> tuple[str, ...]:
    """Leave out one option that is not `keep`, so that `not stated` can take the fourth place."""
    others = [option for option in options if option != keep]
    dropped = others[int(frozen_chance("leave out", text).integers(OPTIONS - 1))]
    return tuple(option for option in options if option != dropped)
