"""A scripted language model: answers every prompt of ours in the asked form, from the prompt's own text.

It lets the whole chain (write, check, answer, judge) run over real HTTP against the loopback server, with no key and no
network. What it writes is plain but true: figures taken from sentences of the source, quoted exactly.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benchwright.generation.kinds import NOT_STATED, TRUE_FALSE
from benchwright.models.loopback_answers import answer_from_prompt
from benchwright.records import Reply, Request
from benchwright.text.numbers import Quantity, find_quantities
from benchwright.text.sentences import sentences
from benchwright.text.tokens import content_words

_FENCE = re.compile(
    r"<(?P<tag>[a-z_]+)-(?P<hash>[0-9a-f]{8})(?P<attributes>[^>]*)>\n(?P<text>.*?)\n</(?P=tag)-(?P=hash)>", re.DOTALL
)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_SLOT = re.compile(
    r"^(?P<number>\d+)\. kind (?P<kind>\w+), form (?P<form>\w+)\b[^\n]*? (?P<level>easy|medium|hard):", re.MULTILINE
)
_BLANK = re.compile(r"“([^“”]*)____([^“”]*)”")
_OPTIONS = re.compile(r"with (\d+) options")


@dataclass(frozen=True)
class ScriptedModel:
    """The scripted model without a server; implements `Model`."""

    name: str = "scripted/writer"

    async def respond(self, request: Request) -> Reply:
        """Answer from the prompt alone."""
        turns = [{"role": message.role, "content": message.content} for message in request.messages]
        return Reply(text=scripted_answer(turns, request.response_schema))


SUMMARY_WORDS = 105


def scripted_answer(messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any] | None) -> str:
    """Answer one prompt: the same prompt, the same answer."""
    prompt = messages[-1]["content"]
    asked = set(schema.get("properties", {})) if schema else set[str]()
    fences = [_Fence(match) for match in _FENCE.finditer(prompt)]
    if "questions" in asked:
        return _as_json({"questions": _write(prompt, [fence for fence in fences if fence.tag == "source"])})
    if asked == {"summary"}:
        return _as_json({"summary": _summary([fence for fence in fences if fence.tag == "source"])})
    if asked == {"question"}:
        return _as_json({"question": _reworded({fence.tag: fence.text for fence in fences})})
    if "credit" in asked:
        return _as_json(_judge({fence.tag: fence.text for fence in fences}))
    if "winner" in asked:
        return _as_json(_compare({fence.tag: fence.text for fence in fences}))
    if "standalone" in asked:
        return _as_json({"reason": "It names its document.", "standalone": True})
    if "quote" in asked:
        return _as_json(_prove({fence.tag: fence.text for fence in fences}))
    return _solve(prompt) or answer_from_prompt(messages, schema)


def _solve(prompt: str) -> str:
    """Answer a question of our own making from whatever stands in the prompt; nothing for other questions."""
    blanks = _BLANK.findall(prompt)
    if not blanks:
        return "not stated" if "audited" in prompt else "명시되어 있지 않음" if "감사인" in prompt else ""
    values = [_filled(before, after, prompt) for before, after in blanks]
    if not all(values):
        return "I do not know."
    if len(values) == 1:
        answer = values[0]
    else:
        found = [find_quantities(value) for value in values]
        answer = _plain(sum((each[0].value for each in found if each), Decimal(0)))
    if stated := _STATED.search(prompt):
        words = TRUE_FALSE["en" if stated["en"] else "ko"]
        answer = words[0 if (stated["en"] or stated["ko"]) == answer else 1]
    elif len(values) == 1 and prompt.endswith("Answer in a few sentences."):
        answer = f"{blanks[0][0]}{answer}{blanks[0][1]}"
    choice = re.search(rf"^([A-J])\. {re.escape(answer)}$", prompt, re.MULTILINE)
    return f"{choice[1]}. {answer}" if choice else answer


def _filled(before: str, after: str, prompt: str) -> str:
    found = re.search(rf"{re.escape(before)}([^“”\n_]{{1,60}}?){re.escape(after)}", prompt)
    return found[1] if found else ""


def _prove(parts: Mapping[str, str]) -> dict[str, str]:
    for before, after in _BLANK.findall(parts.get("question", "")):
        value = _filled(before, after, parts.get("document", ""))
        if value:
            return {"answer": value, "quote": f"{before}{value}{after}"}
    return {"answer": "not stated", "quote": ""}


def _summary(sources: Sequence["_Fence"]) -> str:
    """The title and the beginning, as long as a model would write it."""
    title = sources[0].attributes.get("title", "") if sources else ""
    said = [word for source in sources for word in source.text.split()]
    return f"{title}: {' '.join(said[: min(SUMMARY_WORDS, len(said) * 2 // 3)])}"


def _reworded(parts: Mapping[str, str]) -> str:
    """Our own wording turned round; any other question unchanged."""
    asked = parts.get("question", "").split("\n")[0]
    own = re.fullmatch(r"Which figure completes (“.*”) in (.*)\?", asked)
    if own is not None:
        return f"In {own[2]}, which figure completes {own[1]}?"
    return re.sub(r"^What is the sum of (the figure .*)\?$", r"Added up, what do \1 give?", asked)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Fence:
    """One marked stretch of a prompt."""

    def __init__(self, match: re.Match[str]) -> None:
        self.tag = match["tag"]
        self.text = match["text"]
        self.attributes = dict(_ATTRIBUTE.findall(match["attributes"]))


def _write(prompt: str, sources: Sequence[_Fence]) -> list[dict[str, Any]]:
    language = "ko" if "in Korean." in prompt else "en"
    written: list[dict[str, Any]] = []
    facts = [list(_facts(source.text)) for source in sources]
    asked = prompt.partition("Already asked of these sources")[2]
    if asked and facts:
        facts[0] = [(text, figure) for text, figure in facts[0] if _cut(text, figure) not in asked]
    for slot in _SLOT.finditer(prompt):
        number = int(slot["number"])
        if len(sources) > 1:
            draft = _two_step(sources, facts, slot, prompt, language)
        elif slot["level"] == "hard" and len(facts[0]) > 1:
            # Two figures of one source: what is asked as hard must not be read off one sentence.
            turned = facts[0][1:] + facts[0][:1]
            draft = _two_step([sources[0], sources[0]], [facts[0], turned], slot, prompt, language)
        else:
            draft = _one_step(sources, facts, number, slot, prompt, language)
        if slot["kind"] == "unanswerable" and len(sources) == 1:
            draft = _one_step(sources, facts, number, slot, prompt, language)
        if draft is not None and slot["kind"] == "true_false":
            draft = _as_statement(draft, language)
        if draft is not None:
            written.append({"slot": number, "accepted": [], "rubric": "", "calculation": "", **draft})
    return written


def _as_statement(draft: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A drafted question as a statement, of which about every second is false."""
    is_true = hashlib.sha256(draft["question"].encode()).digest()[0] % 2 == 0
    value: str = draft["answer"]
    if not is_true:
        figure = find_quantities(value)[0]
        step = max(Decimal(1), (abs(figure.value) / 10).to_integral_value())
        value = value.replace(figure.number, _plain(figure.value + step))
    asked: str = draft["question"]
    if language == "ko":
        stated = re.sub(r"의 빈칸에 들어갈 수치는 무엇인가\?$", "의 빈칸에 들어갈 수치는", asked)
        stated = re.sub(r"를 더하면 얼마인가\?$", "를 더한 값은", stated)
        question = f"{stated} {value}이다. 참인가, 거짓인가?"
    else:
        stated = re.sub(r"^Which figure completes (“.*”) in (.*)\?$", r"the figure that completes \1 in \2", asked)
        stated = re.sub(r"^What is (the sum of .*)\?$", r"\1", stated)
        question = f"True or false: {stated} is {value}."
    verdict = TRUE_FALSE[language][0 if is_true else 1]
    return {**draft, "question": question, "options": list(TRUE_FALSE[language]), "answer": verdict, "calculation": ""}


_STATED = re.compile(
    r"^True or false: .* is (?P<en>[^\n]+)\.$|[는은] (?P<ko>[^\n]+?)이다\. 참인가, 거짓인가\?$", re.MULTILINE
)


def _facts(text: str) -> list[tuple[str, Quantity]]:
    """Sentences of a source with the one figure they state; sentences with several are left alone."""
    found: list[tuple[str, Quantity]] = []
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        quantities = find_quantities(sentence)
        is_prose = sentence[:1].isalpha() and sentence[-1:] in ".!?다" and not set(sentence) & set("|\n“”*#")
        if len(quantities) == 1 and 30 <= len(sentence) <= 300 and is_prose:
            found.append((sentence, quantities[0]))
    return found


def _cut(sentence: str, figure: Quantity) -> str:
    return sentence[: figure.start] + "____" + sentence[figure.end :]


def _one_step(
    sources: Sequence[_Fence],
    facts: Sequence[Sequence[tuple[str, Quantity]]],
    number: int,
    slot: re.Match[str],
    prompt: str,
    language: str,
) -> dict[str, Any] | None:
    source = sources[0]
    if len(facts[0]) < number:
        return None
    sentence, figure = facts[0][number - 1]
    title = source.attributes.get("document", "")
    cut = _cut(sentence, figure)
    value = sentence[figure.start : figure.end]
    asked = (
        f"「{title}」에 실린 “{cut}”의 빈칸에 들어갈 수치는 무엇인가?"
        if language == "ko"
        else f"Which figure completes “{cut}” in {title}?"
    )
    draft: dict[str, Any] = {
        "reasoning": "The sentence states the figure.",
        "question": asked,
        "options": [],
        "answer": value,
        "quotes": [{"source": 1, "text": sentence}],
    }
    if slot["kind"] == "unanswerable":
        topic = " ".join(content_words(sentence)[:3])
        draft["question"] = (
            f"「{title}」에 따르면 {topic}의 감사인은 누구인가?"
            if language == "ko"
            else f"According to {title}, who audited the figures on {topic}?"
        )
        draft["answer"] = NOT_STATED[language]
        value = draft["answer"]
    if slot["form"] == "choice":
        draft["options"] = _options(value, figure, _options_asked(prompt, slot))
    if slot["form"] == "open":
        draft["answer"] = sentence
        draft["rubric"] = sentence
    return draft


def _two_step(
    sources: Sequence[_Fence],
    facts: Sequence[Sequence[tuple[str, Quantity]]],
    slot: re.Match[str],
    prompt: str,
    language: str,
) -> dict[str, Any] | None:
    number = int(slot["number"])
    if slot["kind"] == "unanswerable" or any(len(found) < number for found in facts):
        return None
    (first, one), (second, two) = facts[0][number - 1], facts[1][number - 1]
    cuts = [_cut(first, one), _cut(second, two)]
    total = one.value + two.value
    titles = [source.attributes.get("document", "") for source in sources]
    if language == "ko":
        places = [f"「{title}」에 실린 “{cut}”의 빈칸 수치" for title, cut in zip(titles, cuts, strict=True)]
        asked = f"{places[0]}와 {places[1]}를 더하면 얼마인가?"
    else:
        places = [f"the figure that completes “{cut}” in {title}" for title, cut in zip(titles, cuts, strict=True)]
        asked = f"What is the sum of {places[0]} and {places[1]}?"
    return {
        "reasoning": "Each sentence states one of the two figures.",
        "question": asked,
        "options": _sums(total, _options_asked(prompt, slot)) if slot["form"] == "choice" else [],
        "answer": _plain(total),
        "rubric": _plain(total),
        "calculation": f"{_plain(one.value)} + {_plain(two.value)}",
        "quotes": [{"source": 1, "text": first}, {"source": len(set(map(id, sources))), "text": second}],
    }


def _options_asked(prompt: str, slot: re.Match[str]) -> int:
    line = prompt[slot.start() : prompt.find("\n", slot.start()) % (len(prompt) + 1)]
    options = _OPTIONS.search(line)
    return int(options[1]) if options else 2 if "true_false" in line else 4


def _sums(total: Decimal, count: int) -> list[str]:
    step = max(Decimal(1), (abs(total) / 10).to_integral_value())
    return [_plain(total + (place - 1) * step) for place in range(count)]


def _options(right: str, figure: Quantity, count: int) -> list[str]:
    """The right option among figures of the same form; where it lies is drawn from the figure itself."""
    start = int(hashlib.sha256(figure.number.encode()).hexdigest(), 16) % count
    step = max(Decimal(1), (abs(figure.value) / 10).to_integral_value())
    values = [figure.value + (place - start) * step for place in range(count)]
    others = [
        right.replace(figure.number, _plain(value)) if figure.number in right else _plain(value) for value in values
    ]
    return list(dict.fromkeys(right if place == start else other for place, other in enumerate(others)))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _judge(parts: Mapping[str, str]) -> dict[str, Any]:
    reference = set(content_words(parts.get("reference", "").split("\nAlso right:")[0]))
    answer = set(content_words(parts.get("answer", "")))
    share = len(reference & answer) / len(reference) if reference else 0.0
    padded = len(answer) > 6 * max(1, len(reference))
    credit = 0.0 if padded or share < 0.5 else 1.0 if share > 0.9 else 0.5
    return {"reason": f"{share:.0%} of the reference's words stand in the answer.", "credit": credit}


def _compare(parts: Mapping[str, str]) -> dict[str, Any]:
    question = set(content_words(parts.get("question", "")))
    a, b = (len(question & set(content_words(parts.get(name, "")))) for name in ("answer_a", "answer_b"))
    return {"reason": "By words shared with the question.", "winner": "tie" if a == b else "a" if a > b else "b"}
