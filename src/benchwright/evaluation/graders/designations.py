"""Compares what is named by a number: Article 14 is Art. 14, article fourteen, Article XIV, § 14; 제14조 is 14조."""

import re

from benchwright.evaluation.graders.amounts import whole_amount
from benchwright.evaluation.graders.normalise import unmarked

LEAST_OF_NOUN = 2
_NUMBER = (
    r"\d{1,4}|[ivxlc]{1,7}"
    r"|(?:[a-z]+ty-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen)|[a-z]+ty"
)
_ENGLISH = re.compile(
    rf"(?:the\s+)?(?P<noun>[A-Za-z]{{2,}}|§)\.?\s*(?:no\.?\s*|number\s+)?(?P<number>{_NUMBER})(?P<rest>[a-z])?(?![\w.-]*\w)",
    re.I,
)
_ORDINAL_KO = re.compile(
    r"제?\s?(?P<number>\d{1,4}|[일이삼사오육칠팔구십백]{1,7})\s?(?P<noun>조|항|호|장|절|관|편|차|회|기|권|단계|급|종|과|부|막)(?:의\s?(?P<rest>\d+))?(?!\w*[0-9])"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
Designation = tuple[str, int, str]
"""Noun, number, and a letter or further number behind."""


def designation(text: str) -> Designation | None:
    """Return what `text` is, if it is a noun with a number and nothing else."""
    plain = unmarked(text).strip(" .")
    for pattern in (_ENGLISH, _ORDINAL_KO):
        if (found := pattern.fullmatch(plain)) is not None:
            return _read(found)
    return None


def mark_designation(said: str, reference: str) -> tuple[float | None, str] | None:
    """Mark an answer by the number that it names; `None` where the reference is no designation."""
    wanted = designation(reference)
    if wanted is None:
        return None
    noun, number, rest = wanted
    named = [read for pattern in (_ENGLISH, _ORDINAL_KO) for m in pattern.finditer(said) if (read := _read(m))]
    alike = [each for each in named if _is_same_noun(each[0], noun)]
    if alike:
        is_right = {each[1:] == (number, rest) for each in alike}
        if len(is_right) > 1:
            return None, "names several numbers"
        return (1.0, "names the same number") if is_right.pop() else (0.0, "names another number")
    bare = re.fullmatch(rf"(?:the\s+)?({_NUMBER})(?:st|nd|rd|th)?", said.strip(" ."), re.I)
    if bare is not None and not rest:
        return (1.0, "the number alone") if _number(bare[1]) == number else (0.0, "another number")
    if named and any(each[1:] == (number, rest) for each in named):
        return None, "the number beside another noun"
    return None


def _read(match: re.Match[str]) -> Designation | None:
    number = _number(match["number"])
    return None if number is None else (match["noun"].casefold(), number, match["rest"] or "")


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    plain = text.casefold()
    if re.fullmatch(r"[ivxlc]+", plain):
        values = [_ROMAN[sign] for sign in plain]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < after else value for value, after in pairs)
    amount = whole_amount(text)
    return int(amount.value) if amount is not None else None


def _is_same_noun(said: str, noun: str) -> bool:
    if said == noun or said in ("no", "number") or (said == "§" and noun in ("article", "section")):
        return True
    stem = said.removesuffix("s")
    return len(stem) >= LEAST_OF_NOUN and said.isascii() and (noun.startswith(stem) or stem == noun)
