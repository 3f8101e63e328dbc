"""Words that turn a statement round, in English and Korean: what must agree when two texts are to say the same."""

import re

# Whole words in English; in Korean the stems of 않다, 없다, 못하다, 아니다, 말다 and the Sino-Korean words of refusal.
# `관계없이` and its like deny nothing.
_NEGATION = re.compile(
    r"\b(?:no|not|never|neither|nor|none|nobody|nothing|nowhere|without|cannot|except|excluding|excludes?|excluded|unless"
    r"|forbidden|prohibited|unable|refuses?|refused|rarely|hardly)\b"
    r"|n['’]t\b"
    r"|않|(?<!관계)(?<!상관)(?<!틀림)(?<!빠짐)(?<!어김)없|못(?=\s|하|한|할|했|해)|아니(?=다|하|한|었|며|고|라|면|ㄴ)|아닌|아닙|(?<![가-힣])안(?=\s)|지\s?마|지\s?말"
    r"|불가|금지|제외|(?<![가-힣])미(?=포함|적용|제공|지급|해당|보장|허용)|(?<![가-힣])비(?=공개|적용|해당|대상)",
    re.IGNORECASE,
)


def find_negations(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words that negate, in reading order."""
    return [match.span() for match in _NEGATION.finditer(text)]


def count_negations(text: str) -> int:
    """Return how many words of `text` negate."""
    return len(find_negations(text))
