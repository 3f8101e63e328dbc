"""Years and dates in running text: `In which year …?`, `언제 …?`, with neighbouring years or days as options."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from benchwright.generation.rules import wording_en, wording_en_in_place, wording_ko
from benchwright.generation.rules.askable import is_quoted
from benchwright.generation.rules.asking import ask, cloze, dates_of, in_place, natural, subject_added, years_of
from benchwright.generation.rules.context import ProseSentence, prose_sentences, softened
from benchwright.generation.rules.ladder import OPTIONS, frozen_chance, year_ladder
from benchwright.records import Document, Passage, Question
from benchwright.text.dates import DateMention

_MONTH_LIST = "January February March April May June July August September October November December"
_MONTHS = _MONTH_LIST.split()
_RANGE = re.compile(r"\s?(?:-|–|—|~|/|to \d|부터|까지|and \d|~)")
_KO_AFTER_YEAR = re.compile(
    r"\s?(?:대|생|도|산|형|식|판|학년|기준|말|초|[1-4]분기|상반기|하반기|전후|이후|이전|이래|부터|까지|에서"
    r"|대비|보다|과|와|및|,|·|들어|봄|여름|가을|겨울|\(|현재"
    r"|3[·.]1|6[·.]25|4[·.]19|5[·.]18|한국\s?전쟁|광복|해방|갑오|을미|을사"
    r"|[^,.]{0,12}(?:월드컵|올림픽|아시안컵|아시안게임|총선|대선|지방선거|시즌|회계연도))"
)
# `1963년 보물로 지정됐으며, 62년 만에 국보로 승격했다`: reckoned from the day of the news.
_KO_YEARS_SINCE = re.compile(r"\d년\s?만에")
# `trade grew after the ban on ivory in 1989`: the year of the ban, not of the growth.
_EN_OF_ANOTHER = re.compile(r"\w (?:after|before|since|following|until|when|because|than) \D+\Z")
_EN_BEFORE_YEAR = re.compile(r"(?:\b[Ii]n|\b[Oo]n|\bof|[Ss]ince|[Uu]ntil|\b[Bb]y) \Z")


@dataclass(frozen=True)
class YearRule:
    """Asks for a year that stands once in the document: four years, the right one at any rank."""

    kind: str = "year"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each sentence with a single year."""
        for found in prose_sentences(document):
            sentence = subject_added(found, document) if found.dates else None
            question = self._question(document, sentence) if sentence else None
            if question is not None:
                yield question

    def _question(self, document: Document, sentence: ProseSentence) -> Question | None:
        years = [mention for mention in sentence.dates if mention.year is not None]
        if len(years) != 1 or years[0].month is not None:
            return None
        mention = years[0]
        if mention.year is None or years_of(document)[mention.year] > 1 or not _is_whole(mention, sentence):
            return None
        suffix = "년" if mention.text.rstrip().endswith("년") else ""
        answer = f"{mention.year}{suffix}"
        text = _year_wording(sentence, document, mention)
        known = years_of(document)
        published = [int(document.published[:4])] if document.published[:4].isdigit() else []
        latest = max([*known.keys(), *published]) + 2
        ladder = year_ladder(mention.year, taken=known, chance=frozen_chance("year", text, answer), latest=latest)
        choices = tuple(f"{year}{suffix}" for year in ladder) if ladder else ()
        accepted = (str(mention.year),) if suffix else ()
        return ask(document, sentence, kind=self.kind, text=text, answer=answer, choices=choices, accepted=accepted)


def _is_whole(mention: DateMention, sentence: ProseSentence) -> bool:
    """False where the year is part of a range, a decade, a comparison or a name."""
    before, after = sentence.text[: mention.start], sentence.text[mention.end :]
    if _RANGE.match(after) or re.search(r"(?:[-–—~/]|\bbetween|\bfrom|\d{4} (?:to|and)|\bFY|분기) ?\Z", before):
        return False
    if before.count("(") > before.count(")"):
        return False  # an aside
    if sentence.language == "ko" and is_quoted(before):
        return False
    if sentence.language == "ko":
        return not _KO_AFTER_YEAR.match(after) and not _KO_YEARS_SINCE.search(sentence.text)
    return bool(_EN_BEFORE_YEAR.search(before)) and not re.match(r"s\b|['’]|\s(?:to|and|or) \d| [A-Z]", after)


def _year_wording(sentence: ProseSentence, document: Document, mention: DateMention) -> str:
    text = sentence.text
    if sentence.language == "en" and _EN_OF_ANOTHER.search(text[: mention.start]):
        return cloze(sentence, document, mention.start, mention.end, "year")
    if sentence.language == "ko":
        asked = wording_ko.which_year(text, mention.start, mention.end)
    else:
        asked = _asked_in_english(text, document, mention, "In which year")
    if asked:
        return natural(asked, document, sentence)
    return _placed(sentence, document, mention, "which year") or cloze(
        sentence, document, mention.start, mention.end, "year"
    )


def _placed(sentence: ProseSentence, document: Document, mention: DateMention, asking: str) -> str | None:
    if sentence.language != "en":
        return None
    text = wording_en.trimmed(sentence.text, mention.end)
    placed = wording_en_in_place.time_in_place(text, mention.start, mention.end, asking)
    return in_place(placed, text, document) if placed else None


def _asked_in_english(text: str, document: Document, mention: DateMention, asking: str) -> str | None:
    soft = softened(wording_en.trimmed(text, mention.end), document)
    return wording_en.which_year(soft, mention.start, mention.end, asking=asking) if soft else None


@dataclass(frozen=True)
class DateRule:
    """Asks for a full date: four dates evenly apart, written alike, the right one at any rank."""

    kind: str = "date"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each sentence with a single full date."""
        dates = dates_of(document)
        known = {mention.iso for mention in dates}
        counts = [mention.iso for mention in dates]
        for found in prose_sentences(document):
            sentence = subject_added(found, document) if found.dates else None
            full = [mention for mention in sentence.dates if mention.day and mention.year] if sentence else []
            if sentence is None or len(full) != 1 or len(sentence.dates) != 1 or counts.count(full[0].iso) != 1:
                continue
            question = self._question(document, sentence, full[0], known)
            if question is not None:
                yield question

    def _question(
        self, document: Document, sentence: ProseSentence, mention: DateMention, known: set[str]
    ) -> Question | None:
        text, start, end = sentence.text, mention.start, mention.end
        if (mention.month, mention.day) in ((12, 31), (1, 1)):
            return None  # the ends of a year are guessed
        if sentence.language == "ko" and is_quoted(text[:start]):
            return None
        is_begun = sentence.language == "ko" and text[end:].startswith("부터") and "까지" not in text[end:]
        is_ended = sentence.language == "ko" and text[end:].startswith("까지")
        if (_RANGE.match(text[end:]) and not is_begun and not is_ended) or re.search(
            r"(?:[-–—~]|\bfrom|\bbetween) ?\Z", text[:start]
        ):
            return None
        if sentence.language == "ko":
            asked = wording_ko.when(text, start, end)
        else:
            asked = _asked_in_english(text, document, mention, "On which date")
        placed = None if asked else _placed(sentence, document, mention, "which date")
        worded = natural(asked, document, sentence) if asked else placed
        worded = worded or cloze(sentence, document, start, end, "date")
        choices = _date_ladder(mention, known, worded)
        return ask(document, sentence, kind=self.kind, text=worded, answer=mention.text, choices=choices)


def _date_ladder(mention: DateMention, known: set[str], text: str) -> tuple[str, ...]:
    if mention.year is None or mention.month is None or mention.day is None:
        return ()
    try:
        day = date(mention.year, mention.month, mention.day)
    except ValueError:
        return ()
    chance = frozen_chance("date", text, mention.text)
    rank = int(chance.integers(OPTIONS))
    steps = (1, 2, 3, 5, 7, 14, 21, 30)
    for i in chance.permutation(len(steps)):
        days = [day + timedelta(days=(place - rank) * steps[int(i)]) for place in range(OPTIONS)]
        texts = [_write_date(mention, other) for other in days]
        is_free = not any(other.isoformat() in known and other != day for other in days)
        if is_free and texts[rank] == mention.text and len(set(texts)) == OPTIONS and None not in texts:
            return tuple(text for text in texts if text is not None)
    return ()


def _write_date(mention: DateMention, day: date) -> str | None:
    """Write `day` as `mention` is written, or `None` for a form that cannot be copied."""
    for form in (
        f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
        f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
        f"{_MONTHS[day.month - 1][:3]}. {day.day}, {day.year}",
        f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}",
        f"{day.year}년 {day.month}월 {day.day}일",
        day.isoformat(),
        f"{day.year}. {day.month}. {day.day}",
    ):
        if _shape(form) == _shape(mention.text):
            return form
    return None


def _shape(text: str) -> str:
    """Digits as 0, a month as long or short: two dates of one shape are written alike."""

    def month(match: re.Match[str]) -> str:
        # May is its own short form; `Sept` is like no other month and is not copied.
        return "L" if len(match.group()) > 4 or match.group() in ("May", "June", "July") else "S"

    return re.sub(r"[A-Z][a-z]+", month, re.sub(r"\d+", "0", text))
