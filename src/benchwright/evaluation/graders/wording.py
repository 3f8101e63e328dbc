"""Other wordings of a reference in words: initials, slips of spelling, another order, a part of it, another script."""

import re
from difflib import SequenceMatcher

from benchwright.evaluation.graders.claims import claimed, sentences_of
from benchwright.evaluation.graders.names import PARTICLES
from benchwright.evaluation.graders.normalise import (
    TITLES,
    begins_like,
    content_words,
    dictionary_form,
    normalised,
    stems,
    without_title,
)

_ARROW = re.compile(r"→|->|=>")
LONGEST_TEXT = 2000
OTHER_SCRIPT = "in another script than the reference"
GAP = 2
LEAST_SHORT_FORM, LEAST_JOINED = 3, 5
LEAST_NEARLY, NEARLY = 12, 0.88
_BEFORE_SURNAME = rf"(?:(?:{'|'.join(sorted(PARTICLES))})\s+)*"
LEAST_LETTERS = 6
FEW_WORDS = 5
_DENIES = re.compile(
    r"\b(?:not|never|no|neither|nor|without|instead|rather|unlike|except)\b|n't\b|아니|아닌|아닙|않|없|대신|말고", re.I
)
# Words whose order carries the sense: from Oslo to Bergen is not from Bergen to Oslo.
_ORDERED = "to from than before after between over under not and or by with without for against per via into vs"
_RELATES = frozenset(_ORDERED.split())
_RELATES_KO = re.compile(r"(?:에서|까지|보다|부터|에게|와|과|및|또는|이나)$")
_VERB_ENDS = re.compile(
    r"(?:하기|해야|한다|합니다|하는|함|하고|하여|해|기|다|는다|습니다|니다|어야|아야|여야|어|아|여|었다|는|고|세요|으세요|십시오|으십시오)?[.!]?\Z"
)
_FUNCTION = frozenset(["the", "a", "an", "of", "in", "on", "at", "is", "are", "was", "were", "it", "its", "be"])


def reworded(text: str, reference: str, *, is_person: bool) -> tuple[float | None, str] | None:
    """Return the mark of a response that words the reference otherwise; `None` where it does not."""
    said = claimed(text)[:LONGEST_TEXT]
    wanted = _words(without_title(reference))
    numbers = re.findall(r"\d+", reference)
    if not wanted or not set(re.findall(r"\d+", said)) <= set(numbers):
        return None
    is_whole = sorted(re.findall(r"\d+", said)) == sorted(numbers)
    if (arrow := _ARROW.search(reference)) and not _keeps_direction(said, reference, arrow):
        return 0.0, "the other way round"
    given = _words(without_title(said))
    if is_whole and len(wanted) > 1 and not _DENIES.search(said) and _holds_all(said, wanted):
        return 1.0, "all words of the reference"
    if is_whole and len(wanted) > 1 and content_words(said) == content_words(reference) and not set(wanted) & _RELATES:
        return 1.0, "the words of the reference"
    if is_whole and not _DENIES.search(said) and _does_the_same(said, reference):
        return 1.0, "the same act in another form of the verb"
    if (slip := _slip(_spelt(given), _spelt(wanted))) is not None:
        return slip
    if not is_person and not reference.isascii() and len(given) <= FEW_WORDS and _is_part_joined(given, wanted):
        return None, "only a part of the reference"
    if _is_nearly(said, reference):
        return None, "nearly the reference, or another name"
    # `plywood` of marine plywood may do; the first name of a person does not, but that of Johannes of Torun.
    is_first_name = is_person and bool(given) and not _forms(given[-1]) & _forms(wanted[-1]) and " of " not in reference
    is_part = 0 < len(given) < len(wanted) and len(given) <= FEW_WORDS
    is_part = is_part and all(any(_forms(word) & _forms(want) for want in wanted) for word in given)
    if is_part and not is_first_name and not _DENIES.search(said):
        return None, "only a part of the reference"
    if len(given) <= FEW_WORDS and given and _is_other_script(said, reference):
        return None, OTHER_SCRIPT
    return None


def _keeps_direction(said: str, reference: str, arrow: re.Match[str]) -> bool:
    """Whether what stands before and behind the arrow of the reference is said in that order, where both are said."""
    places = [said.find(end.strip()) for end in (reference[: arrow.start()], reference[arrow.end() :])]
    return -1 in places or places[0] < places[1]


def surname_in(text: str, reference: str) -> str | None:
    """Return the surname of `reference` where `text` holds it with no other first name before it."""
    names = re.findall(r"[^\W\d_][\w'’-]+", TITLES.sub("", reference))
    if len(names) < 2 or not reference.isascii():
        return None
    surname = names[-1]
    for found in re.finditer(
        rf"(?:(?P<before>[A-Z][\w'’-]*)\.?\s+)?{_BEFORE_SURNAME}\b{re.escape(surname)}\b", text[:LONGEST_TEXT]
    ):
        before = found["before"]
        if before is None or TITLES.fullmatch(f"{before} ") or before in names or len(before) == 1:
            return surname
    return None


def _does_the_same(said: str, reference: str) -> bool:
    """`밸브를 열어야 합니다` and `밸브 열기` for 밸브를 연다: the same words and the root of the verb."""
    *words, verb = normalised(reference).split()
    if not words or not verb.endswith("다") or len(said.split()) > len(words) + FEW_WORDS:
        return False
    root = dictionary_form(verb)[:-1]
    root = root[:-1] if len(root) > 1 and root.endswith("하") else root
    given = normalised(said).split()
    rest = content_words(" ".join(words))
    return rest <= content_words(said) and any(begins_like(w, root) and _VERB_ENDS.match(w, len(root)) for w in given)


def _is_nearly(said: str, reference: str) -> bool:
    """`Halverson Marine` for Halvorsen Marine: as many words, most letters in place."""
    one, other = normalised(said), normalised(reference)
    is_comparable = other.isascii() and len(other) >= LEAST_NEARLY and len(one.split()) == len(other.split())
    return is_comparable and SequenceMatcher(None, one, other).ratio() >= NEARLY


def _is_part_joined(given: list[str], wanted: list[str]) -> bool:
    """내일저축계좌 and 내일계좌 of 청년 내일 저축 계좌: a half of it without blanks, or a short form."""
    said, whole = "".join(given), "".join(wanted)
    if len(wanted) == 1 and len(whole) < LEAST_JOINED:
        return False
    left = iter(whole)
    is_short_form = (
        (len(wanted) > 1 or said[:1] == whole[:1])
        and len(said) >= LEAST_SHORT_FORM
        and all(sign in left for sign in said)
    )
    return said != whole and (is_short_form or (said in whole and len(said) * 2 >= len(whole)))


def _words(text: str) -> list[str]:
    return [word for word in normalised(text).split() if word not in _FUNCTION]


def _spelt(words: list[str]) -> str:
    return " ".join(word for word in words if len(word) > 1)


def _forms(word: str) -> set[str]:
    if word.isascii():
        return {word, word.removesuffix("s"), word.removesuffix("es")} - {""}
    return stems(word) | {word.removesuffix("인")}


def _holds_all(text: str, wanted: list[str]) -> bool:
    """Whether one sentence holds all words close together; never where their order carries the sense."""
    if any(word in _RELATES or _RELATES_KO.search(word) for word in wanted):
        return False
    for sentence in sentences_of(text):
        words = _words(sentence)
        places = [[at for at, word in enumerate(words) if _forms(word) & _forms(want)] for want in wanted]
        if not all(places):
            continue
        for first in places[0]:
            nearest = [min(row, key=lambda at: abs(at - first)) for row in places]
            between = words[min(nearest) : max(nearest) + 1]
            if len(between) <= len(wanted) + GAP and not (set(between) & _RELATES):
                return True
    return False


def _slip(given: str, wanted: str) -> tuple[float | None, str] | None:
    """Two letters swapped or one doubled is a slip; another letter may be another word."""
    if not (given.isascii() and wanted.isascii()) or len(wanted) < LEAST_LETTERS or abs(len(given) - len(wanted)) > 1:
        return None
    if given == wanted or re.search(r"\d", given + wanted):
        return None  # of a code each sign counts
    pairs = zip(given, wanted, strict=False)
    start = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(given), len(wanted)))
    if given[:start] + given[start : start + 2][::-1] + given[start + 2 :] == wanted:
        return 1.0, "two letters swapped"
    longer, shorter = (given, wanted) if len(given) > len(wanted) else (wanted, given)
    if len(longer) > len(shorter) and longer[:start] + longer[start + 1 :] == shorter:
        if start and longer[start] == longer[start - 1]:
            return 1.0, "a letter doubled or left single"
        return None, "a slip of spelling, or another word"
    if len(given) == len(wanted) and given[start + 1 :] == wanted[start + 1 :]:
        return None, "a slip of spelling, or another word"
    return None


def _is_other_script(given: str, wanted: str) -> bool:
    hangul, latin = r"[가-힣]", r"[A-Za-z]{2}"
    one = bool(re.search(hangul, wanted)) and not re.search(latin, wanted)
    other = bool(re.search(latin, wanted)) and not re.search(hangul, wanted)
    if one:
        return bool(re.search(latin, given)) and not re.search(hangul, given)
    return other and bool(re.search(hangul, given)) and not re.search(latin, given)


def without_initials(reference: str) -> str:
    """`Ingrid M. Solheim` → `Ingrid Solheim`."""
    return re.sub(r"(?<=[a-z])\s+(?:[A-Z]\.\s*)+(?=[A-Z])", " ", reference)
