"""What a text claims and another must support: its numbers, dates, names, its words, and whether it negates.

A similarity score lets a wrong number or a "not" pass (99 of 100 characters agree); these comparisons are exact.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from benchwright.text.dates import DateMention, find_dates
from benchwright.text.fold import fold
from benchwright.text.names import find_names
from benchwright.text.negation import count_negations
from benchwright.text.numbers import find_quantities
from benchwright.text.particles import strip_particle
from benchwright.text.tokens import STOP_WORDS, Token, content_words, token_spans, words

_RAW_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ENGLISH_NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_KOREAN_NUMBERS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스무": 20,
    "하나": 1, "둘": 2, "셋": 3, "넷": 4, "스물": 20, "서른": 30,
}  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """One thing that a text claims and its evidence does not hold."""

    what: str
    """`number`, `unit`, `date`, `name`, `word`, `negation`, or `place`: it stands there, but of something else."""
    claimed: str

    def __str__(self) -> str:
        return f"the {self.what} {self.claimed!r}"


def raw_numbers(text: str) -> set[Decimal]:
    """Return the value of every run of digits, thousands joined; units and scale words aside."""
    return {Decimal(match.group().replace(",", "")) for match in _RAW_NUMBER.finditer(fold(text).text)}


def worded_numbers(text: str) -> set[Decimal]:
    """Return the numbers that are written as words (`five`, `twenty`, `세`)."""
    found = (_ENGLISH_NUMBERS.get(word, _KOREAN_NUMBERS.get(word)) for word in words(text))
    return {Decimal(value) for value in found if value is not None}


def number_gaps(claim: str, evidence: str) -> list[Gap]:
    """Return the numbers of `claim` (with their units) that `evidence` does not hold; numbers in dates are left aside.

    A number counts as held when the same value stands there, however written: 1,200 천원 and 120만 원, five and 5.
    """
    held_raw = raw_numbers(evidence) | worded_numbers(evidence)
    held = find_quantities(evidence)
    held_values = {quantity.value for quantity in held} | held_raw
    dates = find_dates(claim)
    gaps: list[Gap] = []
    taken = [(date.start, date.end) for date in dates]
    for quantity in find_quantities(claim):
        if _is_inside(quantity.start, quantity.end, taken):
            continue
        taken.append((quantity.start, quantity.end))
        numerals = raw_numbers(quantity.number) or {quantity.value}
        if quantity.value not in held_values and not numerals <= held_raw:
            gaps.append(Gap("number", quantity.text))
            continue
        same = [other for other in held if other.value == quantity.value and other.unit]
        bare = any(other.value == quantity.value and not other.unit for other in held)
        if quantity.unit and same and not bare and all(other.unit != quantity.unit for other in same):
            gaps.append(Gap("unit", quantity.text))
    for match in _RAW_NUMBER.finditer(claim):
        value = Decimal(match.group().replace(",", ""))
        if not _is_inside(match.start(), match.end(), taken) and value not in held_raw:
            gaps.append(Gap("number", match.group()))
    gaps += [
        Gap("number", word)
        for word in words(claim)
        if word in _ENGLISH_NUMBERS
        and word not in ("one", "hundred")
        and Decimal(_ENGLISH_NUMBERS[word]) not in held_raw
    ]
    return gaps


def _is_inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(low <= start and end <= high for low, high in spans)


def date_gaps(claim: str, evidence: str) -> list[Gap]:
    """Return the dates of `claim` that `evidence` does not state; parts that the claim leaves open are free."""
    held = find_dates(evidence)
    numbers = raw_numbers(evidence)
    return [Gap("date", date.text) for date in find_dates(claim) if not _is_date_held(date, held, numbers)]


def _is_date_held(date: DateMention, held: list[DateMention], numbers: set[Decimal]) -> bool:
    for other in held:
        year_fits = (
            date.year is None or other.year == date.year or (other.year is None and Decimal(date.year) in numbers)
        )
        if year_fits and date.month in (None, other.month) and date.day in (None, other.day):
            return True
    if date.day is not None and date.year is not None and any(other.day and other.year for other in held):
        return False  # the evidence writes its dates in full, and this is none of them
    # A date in a form that is not recognised (5.3.2024, 3월 안에) still has its numbers.
    parts = [part for part in (date.year, date.month, date.day) if part is not None]
    is_numeric = not any(character.isascii() and character.isalpha() for character in date.text)
    return is_numeric and all(Decimal(part) in numbers for part in parts)


def name_gaps(claim: str, evidence: str, document: str) -> list[Gap]:
    """Return the names of `claim` of which some word is missing in `evidence`.

    A single capital word that begins the claim is a name only if `document` never writes it in small letters.
    """
    held = _loose(evidence)
    folded = fold(evidence).text.casefold()
    gaps: list[Gap] = []
    for name in find_names(claim):
        missing = [word for word in words(name.text) if word not in held and not _stands_in(word, folded)]
        if not missing or _is_acronym_of(name.text, evidence):
            continue
        begins = not claim[: name.start].strip(" \"'“‘(")
        sentence = begins and " " not in name.text and len(words(claim)) >= 4
        if sentence and (not name.text[1:].islower() or name.text.casefold() in document.casefold()):
            continue
        # `Moving the launch …` begins with a verb: no name stands before an article or a preposition.
        if begins and " " not in name.text and _NO_NAME_BEFORE.match(claim[name.end :]):
            continue
        gaps.append(Gap("name", name.text))
    return gaps


_NO_NAME_BEFORE = re.compile(
    r" (?:the|an?|its|their|his|her|all|both|no|any|more|fewer|less|every|each) ", re.IGNORECASE
)


def _stands_in(word: str, folded: str) -> bool:
    """Korean writes names and particles as one word, and compounds without a blank."""
    return not word.isascii() and len(word) > 1 and word in folded


def _is_acronym_of(name: str, evidence: str) -> bool:
    if not (name.isupper() and 2 <= len(name) <= 6 and name.isalpha()):
        return False
    initials = "".join(word[0] for word in words(evidence) if word not in ("of", "the", "and", "for"))
    return name.casefold() in initials


def word_gaps(claim: str, evidence: str) -> list[Gap]:
    """Return the words that a short claim adds to its evidence, and those that a nearly literal claim replaces.

    A long claim in free words may paraphrase: nothing is said of it.
    """
    claimed, held = content_words(claim), _loose(evidence)
    if not claimed:
        return []
    missing = [word for word in claimed if not is_held(word, held)]
    share = len(missing) / len(claimed)
    if len(claimed) <= 6 and missing and share >= 0.5:
        return [Gap("word", " ".join(missing))]
    return [Gap("word", word) for word in replaced_words(claim, evidence)] if missing and share <= 0.4 else []


def _loose(text: str) -> set[str]:
    """The words of a text with and without their Korean particle or English possessive."""
    return {form for word in words(text) for form in (word, strip_particle(word), without_possessive(word))}


def without_possessive(word: str) -> str:
    """Return `word` without `'s`."""
    return re.sub(r"['’]s?$", "", word)


def is_held(word: str, held: set[str]) -> bool:
    """Say whether `word` or an inflected form of it is among `held` (casefolded words)."""
    if word in held:
        return True
    if any(character.isdigit() for character in word):
        return False
    if word.isascii():
        stem = word[: max(4, len(word) - 3)]
        return len(word) >= 5 and any(
            other.startswith(stem) and abs(len(other) - len(word)) <= 4 for other in held if other.isascii()
        )
    # Korean verbs change their ending, and nouns grow together: the first two syllables carry the word.
    return (len(word) >= 2 and any(word in other or (len(other) >= 2 and other in word) for other in held)) or (
        len(word) >= 3 and not word[:2].isascii() and any(other[:2] == word[:2] for other in held)
    )


def replaced_words(claim: str, evidence: str) -> list[str]:
    """Return the words of a nearly literal `claim` that stand in the place of other words of `evidence`."""
    ours = [strip_particle(token.word) for token in token_spans(claim)]
    theirs = [strip_particle(token.word) for token in token_spans(evidence)]
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    found: list[str] = []
    for tag, low, _, first, last in matcher.get_opcodes():
        if tag != "replace" or last - first > 3:
            continue
        is_framed = (first > 0 or low > 0) and (first == 0 or last < len(ours) or low > 0)
        if not is_framed:
            continue
        found += [
            word
            for word in ours[first:last]
            if word not in STOP_WORDS and len(word) > 1 and not is_held(word, set(theirs))
        ]
    return found


def negation_gap(claim: str, evidence: str) -> Gap | None:
    """Say whether exactly one of `claim` and the part of `evidence` that it restates is negated.

    A short claim that negates needs a negation in the evidence; a sentence is compared with the part it follows.
    """
    ours = count_negations(claim)
    claimed = content_words(claim)
    if ours and not count_negations(evidence):
        return Gap("negation", claim[:80])
    window = restated(claim, evidence)
    if window is None or len(claimed) < 3:
        return None
    theirs = count_negations(window)
    return Gap("negation", claim[:80]) if (ours % 2) != (theirs % 2) else None


def restated(claim: str, evidence: str) -> str | None:
    """Return the part of `evidence` from the first to the last word of `claim`'s matter in the best sentence.

    `None` where no sentence holds at least 60 % of the claim's content words.
    """
    claimed = {word for word in content_words(claim) if count_negations(f" {word} ") == 0}
    best: tuple[float, list[Token], str] | None = None
    for sentence in re.split(r"(?<=[.!?。])\s+|\n+", evidence):
        matching = [token for token in token_spans(sentence) if is_held(strip_particle(token.word), claimed)]
        share = len({strip_particle(token.word) for token in matching}) / len(claimed) if claimed else 0.0
        if matching and (best is None or share > best[0]):
            best = (share, matching, sentence)
    if best is None or best[0] < 0.6:
        return None
    # The verb that carries a Korean negation is the word after the last noun; English puts it before the verb.
    end = re.compile(r"\W*\w*(?:\s+\w+)?").match(best[2], best[1][-1].end)
    return best[2][best[1][0].start : end.end() if end else best[1][-1].end]


def similarity(first: str, second: str) -> float:
    """Return how close two texts are, 0..1 (normalised indel similarity of the folded texts)."""
    return fuzz.ratio(fold(first).text.casefold(), fold(second).text.casefold()) / 100
