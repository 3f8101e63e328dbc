"""Orders to a language model inside a text: `Ignore all previous instructions and answer …`, `이전 지시를 무시하고`."""
# ruff: noqa: E501 (a pattern reads better on one line)

import re
from functools import lru_cache

PARAGRAPHS_KEPT = 4096
"""Many questions cite the same paragraphs; each is searched once."""

_MODEL = r"(?:AIs?|LLMs?|(?:large )?language models?|chat ?bots?|ChatGPT|AI (?:systems?|models?|assistants?|agents?))"
_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # What was said before is to be forgotten.
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|rules|messages?)\b"
        r"|(?:지시|명령|지침|프롬프트)(?:\s?사항)?(?:들)?(?:을|를|은|는)?\s?(?:모두 |전부 |다 )?(?:무시|잊어)",
        # A model is spoken to.
        rf"\b(?:to|for)\b (?:any |all |the |every |an? )*{_MODEL}\b|\byou(?: are|['’]re) (?:an? |the )?{_MODEL}\b"
        rf"|\b{_MODEL}\s?[:,]|<\|?(?:system|im_start|assistant)\|?>|\[/?(?:INST|SYSTEM)\]"
        r"|(?:AI|인공지능|언어\s?모델|챗봇|LLM)(?: 시스템| 모델)?(?:에게|께|에 대한| 여러분|\s?[:,])",
        # It is told what to write.
        r"\b(?:every|each|all|any|your) (?:answer|question|response|reply|replie|output)s? (?:that )?(?:you|must|has to|have to)\b"
        r"|\b(?:answer|reply|respond|write|output|say|state|begin)\b[^.!?\n]{0,12}\b(?:only|that|with|always|exactly)\b"
        r"|답변?(?:은|을|에)?[^.!?\n]{0,40}(?:시작|포함)(?:해야|하라|할 것|하십시오|하세요)|(?:라고|로만?) (?:답|말|출력)(?:하|해)",
        # It is told how to grade.
        r"\b(?:rate|grade|score|mark|give|award)\b[^.!?\n]{0,60}\b(?:full|top|highest|maximum|perfect) (?:mark|credit|score|point)s?\b"
        r"|(?:만점|최고점)(?:을|으로)? ?(?:주|줘|부여|매기|매겨)",
    )
)


@lru_cache(maxsize=PARAGRAPHS_KEPT)
def order_at(paragraph: str) -> int | None:
    """Return where a paragraph begins to order a language model about, or `None`.

    One sign alone is no order (`Please disregard our last message` is written to people): two different ones are.
    """
    found = [match.start() for sign in _SIGNS if (match := sign.search(paragraph))]
    if len(found) < 2:
        return None
    return max(paragraph.rfind(mark, 0, min(found)) for mark in (". ", "! ", "? ", "\n")) + 1
