"""What the loopback server answers by default: the best sentence of the prompt, in the form that is asked for."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_CHOICE = re.compile(r"^\s*\(?([A-J])[).:]\s+(\S.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]?")
_WORD = re.compile(r"\w+")


def answer_from_prompt(messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any] | None) -> str:
    """Answer from the text of the prompt alone, always the same to the same prompt.

    Choices are answered with the letter whose words the rest of the prompt has most of, other questions with the
    sentence nearest to the last question, and a schema with an object that fits it.
    """
    prompt = "\n".join(turn["content"] for turn in messages if turn["role"] != "system")
    if schema is not None:
        return json.dumps(_value(schema, prompt, ""), ensure_ascii=False)
    return _best_choice(prompt) or _best_sentence(prompt)


def _best_choice(prompt: str) -> str:
    choices = _CHOICE.findall(prompt)
    if len(choices) < 2:
        return ""
    rest = set(_WORD.findall(_CHOICE.sub("", prompt).casefold()))
    scores = [(_share(_WORD.findall(text.casefold()), rest), letter) for letter, text in choices]
    return max(scores, key=lambda scored: scored[0])[1]


def _share(words: list[str], of: set[str]) -> float:
    return sum(word in of for word in words) / len(words) if words else 0.0


def _best_sentence(prompt: str) -> str:
    sentences = [match.group().strip() for match in _SENTENCE.finditer(prompt) if match.group().strip()]
    asked = [sentence for sentence in sentences if sentence.endswith(("?", "？"))]
    wanted = set(_WORD.findall((asked or sentences or [""])[-1].casefold()))
    told = [sentence for sentence in sentences if not sentence.endswith(("?", "？"))]
    return max(
        told, key=lambda sentence: len(wanted & set(_WORD.findall(sentence.casefold()))), default="I do not know."
    )


def _value(schema: Mapping[str, Any], prompt: str, name: str) -> Any:
    """A value of the asked form: strings come from the prompt, numbers are 1, lists have what they must have."""
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        return {key: _value(below, prompt, key) for key, below in schema.get("properties", {}).items()}
    if kind == "array":
        sentences = [m.group().strip() for m in _SENTENCE.finditer(prompt) if len(m.group().strip()) > 3] or ["none"]
        count = max(1, schema.get("minItems", 1))
        item = schema.get("items", {"type": "string"})
        if item.get("type") == "string":
            return [sentences[place % len(sentences)] for place in range(count)]
        return [_value(item, prompt, name) for _ in range(count)]
    if kind == "boolean":
        return True
    if kind in {"integer", "number"}:
        return max(1, schema.get("minimum", 1))
    return _best_choice(prompt) or _best_sentence(prompt)
