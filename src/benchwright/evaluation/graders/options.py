"""Finds the options of a question in a text: by their wording, their amount, their name, or their own words."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from benchwright.evaluation.graders.amounts import Amount, find_amounts, in_unit_asked, whole_amount
from benchwright.evaluation.graders.clauses import clause_spans
from benchwright.evaluation.graders.clock import Moment, find_moments, whole_moment
from benchwright.evaluation.graders.cues import DENYING
from benchwright.evaluation.graders.normalise import (
    ENDS_KO,
    LEGAL_FORMS,
    TITLES,
    begins_like,
    content_words,
    dictionary_form,
    normalised,
    shared_words,
)
from benchwright.evaluation.graders.numeric import is_equal
from benchwright.evaluation.graders.rewriting import rewritten
from benchwright.evaluation.graders.stances import Mention

FEW_WORDS = 5
CLOSE, APART = 0.86, 0.15
_LINKS = frozenset(["first", "then", "also", "just"])


def find_options(text: str, choices: Sequence[str], asked: str = "") -> list[Mention]:
    """Return where `text` names options; the longer wording hides the shorter within."""
    moments = _moments(tuple(choices), asked)
    amounts = _amounts(tuple(choices), asked)
    found = worded(text, choices)
    if moments:
        return _merged(_timed(text, moments), found)
    if amounts:
        return _merged(_stated(text, amounts), found)
    found = _merged(found, _surnamed(text, choices))
    return _merged(found, _by_words(text, choices, {mention.key for mention in found}))


def nearest_option(text: str, choices: Sequence[str]) -> int | None:
    """For a reply of a few words: the one option that holds them all, or that it misspells."""
    plain = normalised(TITLES.sub("", text))
    words = content_words(text) - _LINKS
    if DENYING.search(text) and not any(DENYING.search(choice) for choice in choices):
        return None
    if not words or len(plain.split()) > FEW_WORDS + max(len(choice.split()) for choice in choices):
        return None
    contents = [content_words(choice) for choice in choices]
    if len(plain.split()) <= FEW_WORDS:
        holders = [index for index, content in enumerate(contents) if words <= content]
        if len(holders) == 1:
            return holders[0]
    if re.search(r"\d", plain) or any(re.search(r"\d", choice) for choice in choices):
        return None
    if not plain.isascii():
        return None
    likeness = sorted(
        ((SequenceMatcher(None, plain, normalised(choice)).ratio(), index) for index, choice in enumerate(choices)),
        reverse=True,
    )
    if likeness[0][0] >= CLOSE and likeness[0][0] - likeness[1][0] >= APART:
        return likeness[0][1]
    return None


def _merged(found: list[Mention], further: list[Mention]) -> list[Mention]:
    """`found`, and of `further` what does not lie over it."""
    return found + [m for m in further if not any(m.start < other.end and other.start < m.end for other in found)]


@lru_cache(maxsize=512)
def _amounts(choices: tuple[str, ...], asked: str = "") -> tuple[Amount | None, ...]:
    """The amounts that the options are; nothing where fewer than most of them are: `free` may stand among prices."""
    amounts = (whole_amount(choice) for choice in choices)
    found = tuple(amount and in_unit_asked(amount, asked) for amount in amounts)
    return found if sum(amount is not None for amount in found) * 2 > len(found) else ()


@lru_cache(maxsize=512)
def _moments(choices: tuple[str, ...], asked: str = "") -> tuple[Moment, ...]:
    """The times of day that the options are; nothing where one of them is none."""
    found = tuple(moment for choice in choices if (moment := whole_moment(choice, asked)) is not None)
    return found if len(found) == len(choices) else ()


# As many as the options of the questions that are under way at once.
@lru_cache(maxsize=4096)
def _pattern(choice: str) -> re.Pattern[str] | None:
    """A pattern of the wording of an option in running text: signs, blanks, articles and case aside."""
    words = normalised(choice).split()
    if not words:
        return None
    joiner = r"[\W_]{0,3}" if not choice.isascii() else r"[\W_]{1,3}(?:(?:the|an?)\s+)?"
    body = joiner.join(_spelt_either_way(re.escape(word)) for word in words)
    first, last = words[0][0], words[-1][-1]
    before = r"(?<![\w.])" if first.isascii() else r"(?<![0-9A-Za-z가-힣])"
    before = r"(?<![\d.])(?<!\d,)" if first.isdigit() else before
    after = r"(?!\w)(?!\.\d)" if last.isascii() else ""
    after = r"(?![0-9A-Za-z_+#])(?!\.\d)" if last.isascii() and last.isalnum() else after
    after = ENDS_KO if "가" <= last <= "힣" else after
    return re.compile(before + body + after, re.IGNORECASE)


def _spelt_either_way(word: str) -> str:
    word = re.sub(r"iz(?=ation|ed|es|e$|ing)", "i[sz]", word)
    word = re.sub(r"(?<=[a-z]{3})ter(?=s?$)", "t(?:er|re)", word)
    return re.sub(r"(?<=[a-z]{3})or(?=s?$)", "ou?r", word)


def worded(text: str, choices: Sequence[str]) -> list[Mention]:
    """Return where the wording of one of `choices` stands; the longer hides the shorter within."""
    found: list[Mention] = []
    for index in sorted(range(len(choices)), key=lambda i: -len(normalised(choices[i]))):
        if (pattern := _pattern(choices[index])) is not None:
            found = _merged(found, [Mention(index, *match.span()) for match in pattern.finditer(text)])
    return found


def _stated(text: str, amounts: Sequence[Amount | None]) -> list[Mention]:
    found: list[Mention] = []
    for stated in find_amounts(text):
        equal = [index for index, amount in enumerate(amounts) if amount and is_equal(stated, amount, 0.0)]
        if len(equal) == 1:
            found.append(Mention(equal[0], stated.start, stated.end))
    return found


def _timed(text: str, moments: Sequence[Moment]) -> list[Mention]:
    """Where `text` says a time of day that is one option and no other."""
    found: list[Mention] = []
    for start, end, said in find_moments(text):
        same = [index for index, moment in enumerate(moments) if said.is_same(moment)]
        if len(same) == 1:
            found.append(Mention(same[0], start, end))
    return found


def in_plain_amounts(text: str, choices: Sequence[str]) -> str:
    """Where the options are amounts, `text` with its amounts in plain writing."""
    amounts = _amounts(tuple(choices))
    return rewritten(text, reads_fractions=all(a is None or a.dimension == "%" for a in amounts)) if amounts else text


def _surnamed(text: str, choices: Sequence[str]) -> list[Mention]:
    """Persons and companies: by the name without title or legal form, or by a surname that no other option has."""
    bare = [normalised(TITLES.sub("", choice)).split() for choice in choices]
    lasts = [name[-1] if name else "" for name in bare]
    found: list[Mention] = []
    for index, choice in enumerate(choices):
        name = " ".join(LEGAL_FORMS.sub(" ", TITLES.sub("", choice)).split())
        has_title = bool(name) and normalised(name) != normalised(choice)
        is_person = TITLES.search(choice) is not None or bool(re.fullmatch(r"(?:[A-Z][\w'’.-]+\s?){2,3}", choice))
        if has_title and (pattern := _pattern(name)) is not None:
            found += [Mention(index, *match.span()) for match in pattern.finditer(text)]
        last = lasts[index]
        if is_person and last.isascii() and lasts.count(last) == 1:
            spans = re.finditer(rf"(?<![\w.]){re.escape(last)}(?!\w)", text, re.IGNORECASE)
            found = _merged(found, [Mention(index, *match.span()) for match in spans])
    return found


def _by_words(text: str, choices: Sequence[str], named: set[int]) -> list[Mention]:
    """Options all of whose words stand in one clause, in whatever order and form."""
    found: list[Mention] = []
    contents = [content_words(choice) for choice in choices]
    for start, end in clause_spans(text):
        words = content_words(text[start:end])
        held = [
            index
            for index, content in enumerate(contents)
            if index not in named and len(content) > 1 and _holds(words, content, choices[index])
        ]
        widest = [i for i in held if not any(contents[i] < contents[j] for j in held)]
        for index in widest:
            first, last = _extent(text[start:end], contents[index])
            if DENYING.search(text[start + first : start + last]) and not DENYING.search(choices[index]):
                continue
            found.append(Mention(index, start + first, start + last))
    return found


def find_heads(text: str, choices: Sequence[str]) -> list[Mention]:
    """Return where the last word of an option stands that no other option holds: `fog` of `Thick fog`."""
    words = [normalised(choice).split() for choice in choices]
    found: list[Mention] = []
    for index, own in enumerate(words):
        if len(own) < 2 or any(own[-1] in other for at, other in enumerate(words) if at != index):
            continue
        if (pattern := _pattern(own[-1])) is not None and not own[-1].isdigit():
            found = _merged(found, [Mention(index, *match.span()) for match in pattern.finditer(text)])
    return found


def _extent(line: str, content: frozenset[str]) -> tuple[int, int]:
    places = [
        match.span() for match in re.finditer(r"\w[\w'-]*", line) if shared_words(content, content_words(match.group()))
    ]
    return (places[0][0], places[-1][1]) if places else (0, len(line))


def _holds(words: frozenset[str], content: frozenset[str], choice: str) -> bool:
    """Whether all words of an option are there; of a Korean verb the root is enough: 적는다, 적어야."""
    last = normalised(choice).split()[-1]
    if not last.endswith("다") or last.isascii():
        return shared_words(content, words) == content
    rest = content_words(choice.rstrip(" .").rpartition(" ")[0])
    root = dictionary_form(last)[:-1]
    root = root[:-1] if len(root) > 1 else root
    return bool(rest) and rest <= words and any(begins_like(word, root) for word in words)
