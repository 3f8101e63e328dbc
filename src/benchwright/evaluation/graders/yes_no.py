"""Marks yes-or-no answers: by their first word, a bare verb, or a statement that repeats the question."""

import re

from benchwright.evaluation.graders.normalise import content_words, shared_words, unmarked
from benchwright.evaluation.refusals import is_refusal, says_not_stated

LONGEST_KOREAN_VERDICT = 40
STEM = 6
LONGEST_STATEMENT, MOST_REPEATED = 150, 0.75
_NEGATION = re.compile(
    r"\b(?:not|never|no|cannot|forbidden|prohibited)\b|n't\b|지\s*(?:않|못|말)|없|안\s|아니|아닙|금지", re.I
)
_YES = re.compile(
    r"(?:yes|indeed|absolutely|certainly|of course|sure|definitely|yeah|yep|true|correct|예|네|물론\S*|당연\S*|맞습니다"
    r"|맞아요|그렇습니다|はい|是的?)(?![가-힣\w])",
    re.I,
)
_NO = re.compile(
    r"(?:no|nope|false|incorrect|아니요|아니오|아닙니다|그렇지\s*않\S*|いいえ|不是)(?![a-z])(?!\.?\s?\d)", re.I
)
_DEPENDS = re.compile(r"\bdepends?\b|^yes and no\b|경우에\s*따라|상황에\s*따라", re.I)
_IT = r"(?:they|it|he|she|you|we|i|one)"
_VERB = r"(?:may|can|do|does|is|are|must|should|will|has|have|was|were|did)"
_MAY = re.compile(rf"\W*{_IT}\s+{_VERB}\W*", re.I)
_MAY_NOT = re.compile(
    rf"\W*(?:{_IT}\s+(?:{_VERB}\s*n[o']t|cannot|won't)|not\s+(?:\w+\s+)?\w+|none)\W*",
    re.I,
)
_CAN_BE = re.compile(rf"\W*{_IT}\s+{_VERB}\s+\w+", re.I)
_PREDICATE = re.compile(
    r"(?:\b(?:is|are)(?:\s+not|n't)?|'s(?:\s+not)?)\s+(?:(?P<yes>possible|allowed|permitted|included|covered|required|needed|necessary)|(?:excluded|forbidden|prohibited|banned))"
    r"\b",
    re.I,
)
_ASKED_NOUN_KO = re.compile(r"([가-힣]{2,})(?:입니까|인가요|이에요|인지)")
_AT = re.compile(r"\b(?:in|on|at|during|before|after)\b", re.I)
_OF_IT = re.compile(rf"\W*{_IT}(?:'s|\b)", re.I)
_LIMITS = re.compile(r"\bbut\b|지만|\bonly\b|\bunless\b|\bif\b", re.I)
_OPPOSITES = (("무료", "유료"), ("필수", "선택"), ("의무", "자율"), ("공개", "비공개"))
_YES_KO = re.compile(r"수\s?있|(?<!불)가능[합하해]|^가능|허용|됩니다$|돼요$")
_NO_KO = re.compile(r"수\s?없|불가|안\s?됩|안\s?돼|금지|못\s?합|허용되지\s?않|되지\s?않")


def mark_yes_no(text: str, reference: str, question: str) -> tuple[float | None, str] | None:
    """Return the mark of a response; `None` where the reference is neither yes nor no."""
    answer = _first_word(reference)
    if answer is None:
        return None
    if _DEPENDS.search(text):
        return None, "says that it depends"
    said = _said(text)
    if said is not None:
        return float(said == answer), "answers yes or no"
    implied = None if is_refusal(text) else _implied(text, question)
    if implied is not None:
        return float(implied == answer), "repeats the question as a statement"
    if is_refusal(text) or says_not_stated(text):
        return 0.0, "says that it is not stated or not known"
    return None, "says neither yes nor no"


def _first_word(text: str) -> bool | None:
    plain = unmarked(text)
    if _YES.match(plain):
        return True
    return False if _NO.match(plain) else None


def _said(text: str) -> bool | None:
    plain = unmarked(text)
    if (first := _first_word(plain)) is not None:
        return first
    if _MAY.fullmatch(plain) or _MAY_NOT.fullmatch(plain):
        return _MAY.fullmatch(plain) is not None
    if len(plain) > LONGEST_KOREAN_VERDICT or re.search(r"[가-힣](?:지만|는데|만)\s", plain):
        return None
    is_yes, is_no = bool(_YES_KO.search(plain)), bool(_NO_KO.search(plain))
    return None if is_yes == is_no else is_yes


def _implied(text: str, question: str) -> bool | None:
    """Yes or no from a sentence that repeats a question: `Dogs may not be brought in.`"""
    if len(text) > LONGEST_STATEMENT or _NEGATION.search(question):
        return None
    asked, said = content_words(question), content_words(text)
    for one, other in (*_OPPOSITES, *((other, one) for one, other in _OPPOSITES)):
        if one in question and other in text and one not in text and not _NEGATION.search(text):
            return False
    if (noun := _ASKED_NOUN_KO.search(question)) is not None and noun[1] in text:
        behind = text[text.index(noun[1]) + len(noun[1]) :]
        if re.match(r"(?:입니다|이에요|예요|임|이다|로\s)", behind):
            return True
        if re.match(r"[가이]?\s?아[니닙]", behind):
            return False
    negations = len(_NEGATION.findall(re.sub(r"forbidden|prohibited", "", text) if _PREDICATE.search(text) else text))
    if (
        (found := _PREDICATE.search(text))
        and not (_AT.search(text, found.end()) and content_words(text[found.end() :]) - asked)
        and (asked & said or _share_stem(asked, said) or _OF_IT.match(text))
        and negations < 2
        and not _LIMITS.search(text)
    ):
        return (found["yes"] is not None) != bool(negations)
    if _CAN_BE.match(text) and asked & said and not negations and not _LIMITS.search(text):
        return True
    is_limited = negations > 1 or _LIMITS.search(text)
    return None if is_limited or len(shared_words(asked, said)) < MOST_REPEATED * len(asked) else not negations


def _share_stem(asked: frozenset[str], said: frozenset[str]) -> bool:
    """`cancelled` and `cancellation` begin alike."""
    return any(one[:STEM] == other[:STEM] for one in asked for other in said if min(len(one), len(other)) >= STEM)
