"""Which part of a response is its answer: what follows "the answer is", else the whole."""

import re

_LEAD = re.compile(
    r"(?:(?:the|my|final|correct|right|short)\s+)*answer(?:\s+to\s+(?:this|the|your)\s+question)?\s*(?:is|:|=|would\s+be)\s*:?\s*"
    r"|\b(?:in\s+short|in\s+conclusion|therefore|to\s+conclude|so\s+in\s+total|in\s+total)\s*[,:]\s*"
    r"|(?:정답|최종\s*답|답|답변|결론)\s*(?:은|:|=)\s*|(?:따라서|그러므로|결론적으로|즉)\s*,?\s*|(?:答え|答案)\s*(?:は|是|:|：)\s*",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[^\d\s][.!?])\s+(?=[A-Z\"'(가-힣])|(?<=\d[.!?])\s+(?=[A-Z가-힣])|\n+")


def claimed(text: str) -> str:
    """Return the sentence that follows the last "the answer is" (or the like), else the whole text."""
    leads = list(_LEAD.finditer(text))
    for lead in reversed(leads):
        if tail := text[lead.end() :].strip():
            return _END.split(tail, maxsplit=1)[0].strip()
    return text


def sentences_of(text: str) -> list[str]:
    """Return the sentences and lines of a response."""
    return [piece.strip() for piece in _END.split(text) if piece.strip()]
