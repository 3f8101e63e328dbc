"""Which of two valid questions a reader would rather be asked: one in plain words, on a fact that matters."""

import re
from functools import lru_cache

from benchwright.records import Question

_BLANK = "____"
# Amounts, limits, deadlines, duties and results are what people look up.
_MATTERS = re.compile(
    r"[$€£₩%]|\b(?:must|shall|limits?|maximum|minimum|max|min|at (?:least|most)|up to|within|deadlines?|due|expir\w+"
    r"|fees?|prices?|costs?|fines?|penalt\w+|budgets?|revenues?|sales|profits?|loss|salar\w+|warrant\w+|notice|leave"
    r"|refund\w*|discounts?|approv\w+|responsib\w+|owner|chair\w*|manager|contact|effective|capacity|target"
    r"|days?|weeks?|months?|hours?)\b"
    r"|원|이내|이상|이하|기한|마감|한도|최대|최소|요금|가격|비용|예산|매출|이익|담당|책임|위원장|승인|의결|보증|휴가|환불|과태료|벌금|기간",
    re.IGNORECASE,
)
# `35.57046806`, `0x1F`, `a1b2c3d4`: exact, but nobody asks for it.
_TRIVIAL = re.compile(r"\d\.\d{4,}|0x[0-9a-f]+|[0-9a-f]{8,}|.*[/\\_].*", re.IGNORECASE)
BLANK_COSTS, MATTERS_GAINS, TRIVIAL_COSTS = 3, 2, 2


@lru_cache(maxsize=65536)
def _cost(text: str, answer: str) -> int:
    cost = BLANK_COSTS if _BLANK in text else 0
    if _TRIVIAL.search(answer):
        return cost + TRIVIAL_COSTS
    return cost - (MATTERS_GAINS if _MATTERS.search(f"{text} {answer}") else 0)


def cost(question: Question) -> int:
    """What choosing `question` costs beside another of its document, kind and section; the lower the better.

    The unit is one use of a rank: a blank goes before a plain question when the rank of its key was used
    more than three times less, so that ranks stay even.
    """
    return _cost(question.text, question.answer)
