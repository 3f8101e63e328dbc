"""Grades short answers in words: names, terms, yes or no, lists, "not stated"; sentences that hold the answer."""

import re
from dataclasses import dataclass

from benchwright.evaluation.graders import cues
from benchwright.evaluation.graders.claims import answer_field, claimed, readable, sentences_of
from benchwright.evaluation.graders.date_words import abbreviated
from benchwright.evaluation.graders.designations import designation, mark_designation
from benchwright.evaluation.graders.lists import is_dump, mark_list
from benchwright.evaluation.graders.names import korean_name, mark_korean_name, mark_name
from benchwright.evaluation.graders.normalise import (
    LEGAL_FORMS,
    TITLES_KO,
    content_words,
    find_answer,
    normalised,
    same,
    unmarked,
    without_title,
)
from benchwright.evaluation.graders.options import worded
from benchwright.evaluation.graders.places import mark_place
from benchwright.evaluation.graders.settling import settled
from benchwright.evaluation.graders.stances import Mention, stands_denied
from benchwright.evaluation.graders.token_f1 import token_f1
from benchwright.evaluation.graders.wording import OTHER_SCRIPT, reworded, surname_in, without_initials
from benchwright.evaluation.graders.yes_no import mark_yes_no
from benchwright.evaluation.refusals import is_refusal, says_not_stated
from benchwright.records import Question, Response, Score

LONG_REFERENCE = 8
"""From this many words on a reference is a sentence, and other wordings of it are to be expected."""
LONG_RESPONSE = 60
"""Above this many words a response that merely holds the reference somewhere has not said which words answer."""
EQUAL_F1, OTHER_F1 = 0.8, 0.5

_OR = re.compile(r"^[\"')\]*]*\s*(?:,\s*)?(?:or\b|/|또는|혹은|아니면)|^[\"')]*(?:이나|나)\s", re.I)
_OR_BEFORE = re.compile(
    r"(?:\bor\s+(?:maybe\s+|perhaps\s+|the\s+)?|/\s*|또는\s+|혹은\s+|아니면\s+|(?<=[가-힣])(?<![으었았였])(?:이나|나)\s+)[\"'(]*$",
    re.I,
)
_WITH_ANOTHER = re.compile(
    r",?\s+and\s+(?:his|her|their)\s+\w+\b|\s+and\s+(?:(?:Mr|Mrs|Ms|Dr|Prof)\.?\s+)?[A-Z][\w'-]+\s+[A-Z][\w'-]+(?!\s+(?:is|was|has|did|wr\w+|took|as)\b)(?=[^\w]*$|\s+[a-z])"
    r"|\s?(?:[가-힣]{2,4})?(?:과|와|및)\s[가-힣]{2,4}(?:\s[가-힣]{2,5}?)?(?:이|가|은|는|입니다)?(?:\s|$|\.)"
)
_TOGETHER = re.compile(r",?\s+(?:together|jointly|along)\s+with\b", re.I)
WINDOW = 60
_SOMEBODY_OF = re.compile(r"\ban?\s+[a-z]+\s+(?:of|to)\s+(?:[A-Z]\w*\s+)?\Z")
_OF_SOMEBODY = re.compile(r"'s\s+[a-z]+|의\s[가-힣]+(?:입니다|이다|가|이)?\W*\Z")
_TITLE_BEHIND = re.compile(rf"[가-힣]{{2,4}}\s(?!씨|님|선생)((?:부|전\s?|전임\s?)?(?:{TITLES_KO}))")
_SUBSECTION = re.compile(r"\s?\([0-9a-z]{1,2}\)")
_ASKS_PAST = re.compile(r"\b(?:was|were|did|had|used\s+to)\b|[었였했됐]|한\s(?:사람|곳|기관|인물)", re.I)
_NO_LONGER = re.compile(r"\b(?:used\s+to|formerly|previously)\b.*\bnow\b|\bno\s+longer\b", re.I | re.S)
_ONCE_KO = re.compile(r"[^.!?\n]{0,15}[가-힣]*[었였했됐](?:으나|지만|는데|고)[,\s]+(?:지금|현재|이제|올해|최근)")
_ONE_OF = re.compile(
    r"\S(?:와|과|이나|,)\s.*\s중(?:에)?\s?(?:하나|한\s?(?:곳|명|사람)|어느)|\bone of (?:the two|these)\b", re.I
)
_WHO = re.compile(r"\b[Ww]ho(?:m|se)?\b|누구|누가|사람은|인물은|분은")


@dataclass(frozen=True)
class ShortText:
    """Full marks when the response says the reference, alone or in a sentence; not graded where it hedges."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "short"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response."""
        value, reason = mark_short(question, response.text)
        return Score(response_id=response.id, grader=self.name, value=value, reason=reason)


def mark_short(question: Question, text: str) -> tuple[float | None, str]:
    """Return the mark and its reason."""
    text = readable(text)
    references = [answer for answer in (question.answer, *question.accepted) if answer.strip()]
    if not references:
        return None, "the question has no reference"
    plain = unmarked(answer_field(text))
    if not normalised(plain):
        return 0.0, "empty answer"
    if is_not_stated(question):
        return (1.0, "equals the reference") if same(plain, question.answer) else _mark_not_stated(plain)
    marks = [_mark_one(question, plain, reference) for reference in references]
    # Busan is not Seoul, though 서울 is accepted too: one reference stands in the script of the response.
    kept = [found for found in marks if found[1] != OTHER_SCRIPT] or marks
    return max(kept, key=lambda found: (found[0] is not None and found[0] > 0, found[0] is None))


def is_not_stated(question: Question) -> bool:
    """Whether the right answer is that the documents do not state it."""
    return question.kind in ("not_stated", "unanswerable") or says_not_stated(question.answer)


def _mark_not_stated(text: str) -> tuple[float | None, str]:
    if says_not_stated(text):
        return 1.0, "says that it is not stated"
    return 0.0, "declines to answer" if is_refusal(text) else "states an answer where there is none"


def _mark_one(question: Question, text: str, reference: str) -> tuple[float | None, str]:
    if same(text, reference) or same(claimed(text), reference):
        return 1.0, "equals the reference"
    if (polar := mark_yes_no(claimed(text), reference, question.text)) is not None:
        return polar
    if says_not_stated(text) or is_refusal(text):
        return 0.0, "says that it is not stated or not known"
    if len(normalised(reference).split()) >= LONG_REFERENCE:
        return _mark_sentence(text, reference)
    is_person = _is_person(question, reference)
    if _ONE_OF.search(text) and not _ONE_OF.search(reference):
        return None, "names the reference as one of several"
    if (place := mark_place(text, reference, question.text)) is not None:
        return place
    for wording in _wordings(reference, is_person=is_person):
        if (held := _mark_held(question, text, wording)) is not None:
            return held
    said = claimed(text)
    readings = (
        lambda: mark_designation(said, reference),
        lambda: mark_list(text, reference, question.text),
        lambda: mark_name(said, reference) if is_person else None,
        lambda: mark_korean_name(said, reference) if is_person else None,
        lambda: reworded(text, reference, is_person=is_person),
    )
    for read in readings:
        if (mark := read()) is not None:
            return mark
    surname = surname_in(text, reference) if is_person else None
    if surname and (held := _mark_held(question, text, surname)) is not None:
        return held
    return 0.0, "differs from the reference"


def _wordings(reference: str, *, is_person: bool) -> list[str]:
    """The reference, and what of it nobody need say: titles, initials, the legal form of a company; `Apr.` of April."""
    wordings = [
        reference,
        without_title(reference),
        without_initials(reference),
        abbreviated(reference),
        " ".join(LEGAL_FORMS.sub(" ", reference).split()),
    ]
    if is_person and (parts := korean_name(reference)) is not None:
        wordings.append(parts[0])
    return list(dict.fromkeys(wording for wording in wordings if wording))


def _mark_sentence(text: str, reference: str) -> tuple[float | None, str]:
    if find_answer(normalised(reference), normalised(text)):
        return 1.0, "holds the reference"
    if set(re.findall(r"\d+", normalised(reference))) - set(re.findall(r"\d+", normalised(text))):
        return 0.0, "a number of the reference is missing"
    shared = token_f1(text, reference)
    if shared >= EQUAL_F1:
        return 1.0, f"nearly the reference (F1 {shared:.2f})"
    if shared <= OTHER_F1:
        return 0.0, f"another text (F1 {shared:.2f})"
    return None, f"partly the reference (F1 {shared:.2f}): a judge must read it"


def _mark_held(question: Question, text: str, reference: str) -> tuple[float | None, str] | None:
    """Mark a response that holds the reference as whole words; `None` where it does not."""
    part = claimed(text)
    mentions = worded(part, (reference,))
    if not mentions:
        part, mentions = text, worded(text, (reference,))
    if not mentions:
        return None
    settling = settled(part, mentions, question.text, known=(reference,))
    if settling.mention is None and settling.stance is None:
        if settling.denied:
            return 0.0, "names the reference to deny it"
        if _NO_LONGER.search(part):
            return 0.0, "tells that it was the reference once"
        if content_words(part[: mentions[0].start]):
            return None, "tells of the reference only"
    if _is_person(question, reference) and any(_WITH_ANOTHER.match(part[m.end :]) for m in mentions):
        return None, "names the reference together with another"
    if any(_TOGETHER.match(part[m.end :]) and not content_words(part[: m.start]) for m in mentions):
        return None, "names the reference together with another"
    if _is_person(question, reference) and all(_is_related(part, m) for m in mentions):
        return 0.0, "names somebody related to the reference"
    if _is_person(question, reference) and (parts := korean_name(question.answer)) is not None:
        titles = [found[1] for m in mentions if (found := _TITLE_BEHIND.match(part[m.start :]))]
        if titles and not any(parts[1].endswith(title) for title in titles):
            return None, "names the reference with another title"
    kept = [m for m in mentions if not stands_denied(part, m)]
    # The slash before a path is part of it.
    slashes = "/" if reference.lstrip().startswith("/") else ""
    if any(
        _OR.match(part[m.end :]) or _OR_BEFORE.search(part[max(0, m.start - 40) : m.start].rstrip(slashes))
        for m in kept
    ):
        return None, "names the reference as one of several"
    if kept and cues.ASKS_WINNER.search(question.text) and all(_is_beaten(part, m) for m in kept):
        return 0.0, "names the reference as beaten"
    if kept and all(_was_once(part, m, question.text) for m in kept):
        return 0.0, "tells that it was the reference once"
    if kept and designation(reference) is not None and all(_SUBSECTION.match(part[m.end :]) for m in kept):
        return None, "more than the reference names"
    if is_dump(text, normalised(part), reference):
        return None, "names the reference among several"
    if len(part.split()) > LONG_RESPONSE:
        ends = (sentences_of(text)[0], sentences_of(text)[-1])
        if not any(worded(end, (reference,)) for end in ends):
            return None, "a long text that holds the reference without saying that it is the answer"
    return 1.0, "holds the reference"


def _was_once(text: str, mention: Mention, asked: str) -> bool:
    """Whether the text says to a question on the present what was, and what is now: `대전에 있었으나 지금은 …`."""
    if _ASKS_PAST.search(asked):
        return False
    return bool(_ONCE_KO.match(text[mention.end :][: 2 * WINDOW]))


def _is_beaten(text: str, mention: Mention) -> bool:
    """Whether somebody else is told to have won against what is named."""
    before = text[max(0, mention.start - WINDOW) : mention.start]
    return bool(cues.BEATEN_BEFORE.search(before) or cues.BEATEN_AFTER.match(text[mention.end :][:WINDOW]))


def _is_related(text: str, mention: Mention) -> bool:
    """Whether `a pupil of X`, `X's deputy` or `X의 제자` is told, who is not X."""
    return bool(_SOMEBODY_OF.search(text[: mention.start][-WINDOW:]) or _OF_SOMEBODY.match(text[mention.end :]))


def _is_person(question: Question, reference: str) -> bool:
    """Whether a person is asked for: by `who`, or by a reference with a title."""
    return asks_for_person(question) or without_title(reference) != reference.strip()


def asks_for_person(question: Question) -> bool:
    """Whether the question asks who it is."""
    return bool(_WHO.search(question.text)) or question.kind in ("speaker", "who_said")
