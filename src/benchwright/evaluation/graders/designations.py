"""Compares what is named by a number: Article 14 is Art. 14, article fourteen, Article XIV, § 14; 제14조 is 14조."""

import re
from dataclasses import dataclass

from benchwright.evaluation.graders.amounts import whole_amount
from benchwright.evaluation.graders.normalise import unmarked
from benchwright.evaluation.graders.rewriting import roman_number

LEAST_OF_NOUN, LEAST_ALONE = 2, 3
_TRANSLATED = {"조": "article", "항": "paragraph", "장": "chapter", "절": "section", "층": "floor"}
_NUMBER = (
    r"\d{1,4}(?:\.\d{1,3})*|[a-z][\s-]?\d{1,4}|[ivxlc]{1,7}"
    r"|(?:[a-z]{2,6}ty-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{2,6}teen)|[a-z]{2,6}ty"
)
_ENGLISH = re.compile(
    rf"(?:the\s+)?(?<![A-Za-z])(?P<noun>[A-Za-z]{{2,40}}|§)\.?\s*(?:no\.?\s*|number\s+)?(?P<number>{_NUMBER})(?:(?P<rest>[a-z])(?![a-z])|,?\s?(?:letter\s|lit\.\s?)?\((?P<inner>[a-z0-9]{{1,2}})\)|,\s?letter\s(?P<letter>[a-z]))?(?![\w.-]*\w)",
    re.I,
)
_NOUN_KO = "조|항|호|장|절|관|편|차|회|기|권|단계|급|종|과|부|막|층|호선|학년|등급|번지|호실"
_NATIVE = "열?(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)|열"
_ORDINAL_KO = re.compile(
    rf"(?:(?P<kind>[가-힣]{{1,4}})\s)?(?:제?\s?(?P<digits>\d{{1,4}})|제(?P<words>[일이삼사오육칠팔구십백]{{1,7}})"
    rf"|(?<![가-힣])(?P<floor>{_NATIVE}|[일이삼사오육칠팔구십]{{1,3}})(?=\s?층))\s?(?P<noun>{_NOUN_KO})(?:의\s?(?P<rest>\d+))?(?!\w*[0-9])"
)


@dataclass(frozen=True)
class Designation:
    """A noun and its number; `rest` is a letter or number behind, `kind` a word before: *지상* 12층."""

    noun: str
    number: str
    rest: str = ""
    kind: str = ""

    def is_number_of(self, other: "Designation") -> bool:
        """Whether both name the same number, and no word before parts them."""
        return (self.number, self.rest) == (other.number, other.rest) and self.kind in ("", other.kind)


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
    named = [read for pattern in (_ENGLISH, _ORDINAL_KO) for m in pattern.finditer(said) if (read := _read(m))]
    alike = [each for each in named if _is_same_noun(each.noun, wanted.noun)]
    fitting = [each for each in alike if each.kind in ("", wanted.kind)] or alike
    if fitting:
        if any(
            each.number == wanted.number and bool(each.rest) != bool(wanted.rest) and each.noun.isascii()
            for each in fitting
        ):
            return None, "more, or less, than the reference names"
        is_right = {each.is_number_of(wanted) for each in fitting}
        if len(is_right) > 1:
            return None, "names several numbers"
        return (1.0, "names the same number") if is_right.pop() else (0.0, "names another number")
    bare = re.fullmatch(rf"(?:the\s+)?({_NUMBER})(?:st|nd|rd|th)?(?:\s?\(([a-z0-9])\))?", said.strip(" ."), re.I)
    if bare is not None and (bare[2] or "").casefold() == wanted.rest:
        return (1.0, "the number alone") if _number(bare[1]) == wanted.number else (0.0, "another number")
    alone = re.findall(r"\d+", said)
    if alone == [wanted.number] and len(wanted.number) >= LEAST_ALONE and not named:
        return 1.0, "the number alone"  # TCP/8443
    if any(each.number == wanted.number for each in named):
        return None, "the number beside another noun"
    return None


def _read(match: re.Match[str]) -> Designation | None:
    groups = match.groupdict()
    number = _number(next(groups[name] for name in ("number", "digits", "words", "floor") if groups.get(name)))
    kind = groups.get("kind") or ""
    rest = next((groups[name] for name in ("rest", "inner", "letter") if groups.get(name)), "")
    return None if number is None else Designation(match["noun"].casefold(), number, rest.casefold(), kind)


def _number(text: str) -> str | None:
    """`14`, `fourteen` and `XIV` are 14; `b-12` is B12."""
    if text.isdigit():
        return str(int(text))
    if re.fullmatch(r"[\d.]+", text):
        return text
    if text[-1].isdigit():
        return re.sub(r"[\s-]", "", text).upper()
    if (roman := roman_number(text)) is not None:
        return str(roman)
    amount = whole_amount(text) or whole_amount(f"{text}개")
    return str(int(amount.value)) if amount is not None else None


def _is_same_noun(said: str, noun: str) -> bool:
    said, noun = _TRANSLATED.get(said, said), _TRANSLATED.get(noun, noun)
    if said == noun or said in ("no", "number") or (said == "§" and noun in ("article", "section")):
        return True
    stem = said.removesuffix("s")
    return len(stem) >= LEAST_OF_NOUN and said.isascii() and (noun.startswith(stem) or stem == noun)
