"""Which part of a response is its answer: what follows "the answer is", else the whole."""

import json
import re
from collections.abc import Sequence
from typing import cast

from benchwright.evaluation.graders.normalise import THOUGHTS, content_words, shared_words, shortened

HEAD, TAIL = 1500, 2500
"""Of a very long answer its beginning and its end are read: there an answer stands, and reading stays quick."""
_ASKED_AGAIN = re.compile(
    r"\A\W*(?:Q|Question|질문|문제)\s*[:.)][^\n]{1,500}\n(?:[^\n]*\n){0,8}?\W*(?:A|Answer|답|답변|정답)\s*[:.)]\**\s*(?=\S)",
    re.IGNORECASE,
)
"""The question, told again before the answer."""
_RUN = re.compile(r"([^\w\s])\1{9,}|(\s)\2{9,}|(\w)\3{49,}")

_LEAD = re.compile(
    r"(?:(?:the|my|final|correct|right|short)\s+)*answer(?:\s+to\s+(?:this|the|your)\s+question)?\s*(?:is|:|="
    r"|would\s+be)\s*:?\s*"
    r"|\b(?:in\s+short|in\s+conclusion|therefore|to\s+conclude|so\s+in\s+total|in\s+total)\s*[,:]\s*"
    r"|(?:정답|최종\s*답|답|답변|결론)\s*(?:은|:|=)\s*|(?:따라서|그러므로|결론적으로|즉)\s*,?\s*|(?:答え"
    r"|答案)\s*(?:は|是|:|：)\s*",
    re.IGNORECASE,
)
_HEDGE_AFTER = re.compile(
    r",?\s*(?:\(?i\s+(?:think|believe|guess|suppose|assume)|if\s+i(?:'m|\s+am)\s+not\s+mistaken|i'm\s+(?:not\s+)?"
    r"(?:entirely\s+|fairly\s+|quite\s+)?(?:sure|certain)|probably|as\s+far\s+as\s+i\s+(?:know|can\s+tell))\W*\Z",
    re.IGNORECASE,
)
_HEDGE_BEFORE = re.compile(
    r"\A\W*(?:i\s+(?:think|believe|guess|suppose)|probably|most\s+likely|아마도?)\b\s*,?\s*(?:that\s+|it\s+(?:is|was)\s+|it's\s+)*",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[^\d\s][.!?])\s+(?=[A-Z\"'(가-힣])|(?<=\d[.!?])\s+(?=[A-Z가-힣])|\n+")


_JSON = re.compile(r"(?s)\A\s*(?:```\w*\s*)?([{\[].*[}\]])\s*(?:```)?\s*\Z")
_FIELDS = (
    "answer",
    "final_answer",
    "final answer",
    "choice",
    "option",
    "label",
    "letter",
    "response",
    "result",
    "정답",
    "답",
    "답변",
)
_FIELD = re.compile(
    rf"""["'](?:{"|".join(_FIELDS)})["']\s*:\s*(?:"(?P<text>(?:[^"\\]|\\.){{0,400}})"|(?P<bare>-?\d[\d.,]{{0,40}}(?<![.,])|true|false))""",
    re.IGNORECASE,
)


def answer_field(text: str) -> str:
    """The answer in a JSON object or list, be it damaged or behind a text; `text` itself where there is none."""
    whole = _JSON.search(text)
    if whole is not None:
        for written in (whole[1], whole[1].replace("'", '"')):
            try:
                return _answer_in(json.loads(written, strict=False)) or text
            except (ValueError, RecursionError):
                continue
    fields = list(_FIELD.finditer(text)) if "{" in text else []
    return fields[-1]["text"] or fields[-1]["bare"] if fields else text


def _answer_in(value: object) -> str:
    if isinstance(value, list):
        items = cast("list[object]", value)
        return str(items[0]) if len(items) == 1 else ""
    if isinstance(value, dict):
        fields = {str(key).casefold(): inner for key, inner in cast("dict[object, object]", value).items()}
        named = [fields[key] for key in _FIELDS if key in fields]
        if named and isinstance(named[0], str | int | float):
            return str(named[0])
    return ""


def readable(text: str) -> str:
    """Return what of `text` is read: without thoughts and long runs of one sign; the two ends of a very long text."""
    text = _ASKED_AGAIN.sub("", shortened(text))
    if len(text) <= HEAD + TAIL:
        return text
    # Of a looping letter two are left: one alone could pass for an option.
    short = _RUN.sub(r"\1\2\3\3", THOUGHTS.sub("", text))
    return short if len(short) <= HEAD + TAIL else f"{short[:HEAD]}\n{short[-TAIL:]}"


def claimed(text: str) -> str:
    """Return the sentence that follows the last "the answer is" (or the like), else the whole text."""
    text = _HEDGE_BEFORE.sub("", _HEDGE_AFTER.sub("", text)) or text
    leads = list(_LEAD.finditer(text))
    for lead in reversed(leads):
        if tail := text[lead.end() :].strip():
            return _END.split(tail, maxsplit=1)[0].strip()
    return text


def sentences_of(text: str) -> list[str]:
    """Return the sentences and lines of a response."""
    return [piece.strip() for piece in _END.split(text) if piece.strip()]


_JOINTS = re.compile(
    r"\n|[.;,](?=\s|$)|\b(?:and|but|while|whereas)\b|(?<=[고며])\s|(?<=[되하][어여])\s|지만|으나|는데", re.IGNORECASE
)
_QUESTION_WORDS = (
    "the a an of in on at to is are was were be been how many much what which when where who did does do long "
    "far it its by for from with has have had all total there 얼마 몇 언제 어디 무엇 누구 총 모두"
)
_ASKS = frozenset(_QUESTION_WORDS.split())
_COUNT = re.compile(r"(?!(?:1[5-9]|20|21)\d\d$)[\d.,]+%?")
"""Numbers are no words of a question, but for its year."""
LONGEST_CLAUSE = 200
_PERIOD = re.compile(
    r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweek(?:day|end)s?\b|\bq[1-4]\b"
    r"|\b(?:first|second|third|fourth)\s(?:quarter|half)\b|[월화수목금토일]요일|평일|주말|[1-4]\s?분기|[상하]반기"
    r"|(?<!\d)(?:1[0-2]|[1-9])월|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def nearest_to_question(text: str, spans: Sequence[tuple[int, int]], question: str) -> list[int]:
    """Return the places of the `spans` whose clause repeats most of the question; all of them where none stands out."""
    asked = _roots(question)
    shared = [len(shared_words(asked, _roots(clause_around(text, start, end)))) for start, end in spans]
    best = max(shared, default=0)
    return [at for at, count in enumerate(shared) if count == best]


def periods(text: str) -> frozenset[str]:
    """The years, months, quarters and days of the week that `text` names: they part two amounts of one thing."""
    return frozenset(found.group().casefold().removesuffix("s") for found in _PERIOD.finditer(text))


def gapped(text: str, spans: Sequence[tuple[int, int]], question: str) -> int | None:
    """Return the one of the `spans` whose clause adds a word of the question to those before it, which it leaves out.

    `Ghent hosted it once, Leuven twice` says of Leuven that it hosted it twice.
    """
    asked = _roots(question)
    own = [shared_words(asked, _roots(clause_around(text, start, end))) for start, end in spans]
    union = frozenset(word for words in own for word in words)
    before: frozenset[str] = frozenset()
    adding: list[int] = []
    for at, words in enumerate(own):
        if before and words - before and before | words == union:
            adding.append(at)
        before |= words
    return adding[0] if len(adding) == 1 and not any(own[at] for at in range(adding[0] + 1, len(own))) else None


def clause_around(text: str, start: int, end: int) -> str:
    """Return what stands in the clause of `text[start:end]` before and behind it."""
    before, after = text[max(0, start - LONGEST_CLAUSE) : start], text[end : end + LONGEST_CLAUSE]
    return f"{_JOINTS.split(before)[-1]} {_JOINTS.split(after)[0]}"


def _roots(text: str) -> frozenset[str]:
    return frozenset(word for word in content_words(text) if word not in _ASKS and not _COUNT.fullmatch(word))
