"""Finds the labels of options in a text: B, (b), ②, 2번, 나, ㄴ, option two, the last one."""

import re
from collections.abc import Sequence

from benchwright.evaluation.graders.stances import Mention, declares

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SYLLABLES = "가나다라마바사아자차카타파하"
CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_CIRCLED = str.maketrans(
    {
        **{chr(0x2460 + i): f"({i + 1})번 " for i in range(20)},
        **dict(zip("㉠㉡㉢㉣㉤", "ㄱㄴㄷㄹㅁ", strict=True)),
        **dict(zip("㉮㉯㉰㉱㉲", "가나다라마", strict=True)),
    }
)
# The blank that keeps ② apart from a word, before a particle: ②가.
_PARTED = re.compile(r"번 (?=(?:은|는|이|가|을|를|와|과|로|의|도|입니다|이다)(?![가-힣]))")
_PLACES = (
    ("first", "one", "첫"),
    ("second", "two", "두"),
    ("third", "three", "세"),
    ("fourth", "four", "네"),
    ("fifth", "five", "다섯"),
)
_PLACE = re.compile(
    r"\b(?:the\s+)?(first|second|third|fourth|fifth|last)\s+(?:one|option|choice|answer|statement|sentence)\b"
    r"|\b(?:option|choice|answer)\s+(?:number\s+)?(one|two|three|four|five)\b"
    r"|(마지막)\s?(?:번째)?\s?(?:보기|선택지|항목)|(첫|두|세|네|다섯)\s?번째\s*(?:보기|선택지|항목|것|답)?",
    re.IGNORECASE,
)
_END_LABEL = re.compile(
    r"(?:\b(?:answer|option|choice)\s*(?:is|:)?|정답\s*(?:은|:))\s*\(?(?:([A-Z])"
    r"|(\d{1,2})\s*번)\)?\s*(?:번?입니다|번?이에요|번)?[.!]?\s*$"
)
# What follows a capital A or I that is a label and not a word.
_NO_WORD = re.compile(
    r"[)\]]?\s*(?:$|[.,:;!?)/|&-]|[가-힣]"
    r"|(?:is|and|or|was|would|it|because|since|as|seems|looks|appears|must|fits|matches|has)\b)"
)
_PARTICLE = (
    r"(?:입니다|이다|이에요|예요|이고|이며|인|일|이라고|라고|가|이|은|는|을|를|와|과|로|으로|임|요|이요|도|만|나|이나|뿐"
    r"|인데요?|이니|이라서|이므로)"
)


def circled_as_numbers(text: str) -> str:
    """Write ② as `(2)번` and ㉯ as 나."""
    return re.sub(r"번 번", "번", text.translate(_CIRCLED))


def places_as_labels(text: str, choices: Sequence[str]) -> str:
    """Write `the second option`, `option two` and `두 번째 보기` as the letter; unless options are worded so."""
    text = _PARTED.sub("번", text)
    if any(_PLACE.search(choice) for choice in choices):
        return text

    def letter(match: re.Match[str]) -> str:
        if match.group().casefold().startswith(("last", "the last")) or match.group().startswith("마지막"):
            return f"option {LATIN[len(choices) - 1]}"
        word = next(group for group in match.groups() if group).casefold()
        place = next(place for place, words in enumerate(_PLACES) if word in words)
        return f"option {LATIN[place]}" if place < len(choices) else match.group()

    return _PLACE.sub(letter, text)


def label_alone(text: str, choices: Sequence[str]) -> int | None:
    """Return the option whose label is all of `text`."""
    found = re.fullmatch(
        rf"(?:option|choice|answer|letter|보기|선택지)?\s*[^\w가-힣]*({_one_of(len(choices))})[)\]>'\".:,]*\s*(?:번)?\s*"
        r"(?:입니다|이다|이에요|예요|이요|요|임)?[.!]?",
        text.strip(),
        re.IGNORECASE,
    )
    if found is None:
        return None
    label = found.group(1)
    if label.isdigit() and _have_digits(choices) and not re.search(r"번|[(\[]", text):
        return None  # A bare number among options that are numbers is a text, not a label.
    return _index(label, len(choices))


def ends_beyond(text: str, count: int) -> bool:
    """Whether the text ends in a label behind the last option: `the answer is E` of four."""
    found = _END_LABEL.search(text)
    if found is None or count > len(LATIN):
        return False
    return int(found[2]) > count if found[2] else LATIN.find(found[1]) >= count


def find_labels(text: str, choices: Sequence[str]) -> list[Mention]:
    """Return the labels in `text`; those that may be words count only with a sign or where an answer is declared."""
    count = len(choices)
    pattern = re.compile(
        rf"(?<![\w'.\-])(?<!\d/)(?:(?P<word>options?|choices?|answers?|letters?|보기|선택지)\s*)?(?P<open>[(\[<'\"]*)"
        rf"(?P<label>{_one_of(count)})(?P<close>[)\]>'\"]*)(?P<ko>\s*번)?"
        rf"(?=$|[^0-9A-Za-z가-힣ㄱ-ㅎ']|{_PARTICLE}(?![가-힣]))",
        re.IGNORECASE,
    )
    is_word_of_option = {label for label in LATIN if any(re.search(rf"\S\s{label}\b", choice) for choice in choices)}
    found: list[Mention] = []
    for match in pattern.finditer(text):
        label = match["label"]
        index = _index(label, count)
        if index is None:
            continue
        has_sign = bool(match["word"] or match["close"] or match["ko"] or match["open"])
        if has_sign or _stands_as_label(text, match, label in is_word_of_option, choices):
            found.append(Mention(index, match.start("label"), match.end("label"), is_label=True))
    return found


def _stands_as_label(text: str, match: re.Match[str], is_word_of_option: bool, choices: Sequence[str]) -> bool:
    label, after = match["label"], text[match.end() : match.end() + 20]
    opens_line = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" -*>|")
    closes = re.match(r"\s*(?:[.,:;!|]|$|-\s|입니다|이다|이요|요)", after) is not None
    is_declared = declares(text, match.start())
    if label.isdigit():
        return not _have_digits(choices) and is_declared and closes
    if label.isascii() and label.isupper():
        if label in "AI" and not _NO_WORD.match(after):
            return False
        return not is_word_of_option or is_declared or (opens_line and closes)
    if label in CONSONANTS:
        return True
    return (is_declared or opens_line) and closes


def _one_of(count: int) -> str:
    latin = LATIN[:count] if count <= len(LATIN) else ""
    parts = [rf"[{latin}{latin.lower()}]"] if latin else []
    parts += [rf"(?:{'|'.join(str(n) for n in range(count, 0, -1))})"]
    if count <= len(SYLLABLES):
        parts += [rf"[{SYLLABLES[:count]}]", rf"[{CONSONANTS[:count]}]"]
    return "|".join(parts)


def _index(label: str, count: int) -> int | None:
    if label.isdigit():
        return int(label) - 1 if 1 <= int(label) <= count else None
    for row in (LATIN, SYLLABLES, CONSONANTS):
        place = row.find(label.upper())
        if place >= 0:
            return place if place < count else None
    return None


def _have_digits(choices: Sequence[str]) -> bool:
    return any(re.search(r"\d", choice) for choice in choices)
