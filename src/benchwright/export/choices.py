"""The options of a question as people write them into one cell, and the key as they name it."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LABELS: tuple[tuple[str, ...], ...] = (
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
    tuple("ABCDEFGHIJ"),
    tuple("abcdefghij"),
    tuple(str(number) for number in range(1, 11)),
    tuple("가나다라마바사아자차"),
)
_KEY = re.compile(r"\(?([A-Ja-j가-하①-⑩]|\d{1,2})\)?[.):]?")
_LETTERS = "abcdefghij"


@dataclass(frozen=True)
class Choices:
    """Options in order; `labels` are what the cell itself calls them, folded (empty where it does not)."""

    texts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def choices_in(value: Any, answer: str = "") -> Choices:
    """Return the options in `value`: a list, `{"text": […], "label": […]}`, letters to texts, or one text.

    In a text they are told apart by their labels (`① … ②`, `A) … B)`), by lines, `|` or `;`, and by commas only where
    `answer` is one of the parts. A text that cannot be divided is one option. Raises `json.JSONDecodeError`.
    """
    if isinstance(value, str) and re.match(r"\s*[\[{]\s*[\"\]}]", value):
        value = json.loads(value)
    if isinstance(value, Mapping):
        texts, labels = value.get("text"), value.get("label")
        if not isinstance(texts, list):
            labels, texts = list(value), list(value.values())
        return Choices(_stripped(texts), tuple(map(folded, _stripped(labels or ()))))
    if isinstance(value, (list, tuple)):
        return Choices(_stripped(value))
    text = "" if value is None else str(value).strip()
    return _labelled(text) or Choices(_divided(text, answer))


def folded(label: str) -> str:
    """Return a label in the form in which two are compared: `③`, `(3)` and `３.` are `3`."""
    match = _KEY.fullmatch(label.strip())
    return unicodedata.normalize("NFKC", match[1] if match else label.strip()).casefold()


def position_of(answer: str, choices: Choices, count_from: int | None) -> int | None:
    """Return the place of the option that `answer` names by text, label, letter or number; `None` where it names none.

    A plain number needs labels, or `count_from` (what the first option is called), which wins; `①` is the first.
    """
    if answer in choices.texts:
        return choices.texts.index(answer)
    name = folded(answer)
    if answer.isdecimal() and count_from is not None:
        return _within(int(answer) - count_from, choices)
    if name in choices.labels:
        return choices.labels.index(name)
    # `B) Madrid` in full.
    rest = re.sub(r"^\s*(?:[①-⑩]|\(?(?:[A-Ja-j가-하]|\d{1,2})[.):])\s*", "", answer)
    same = [
        place for place, text in enumerate(choices.texts) if text.casefold() in (answer.casefold(), rest.casefold())
    ]
    if len(same) == 1:
        return same[0]
    if len(name) == 1 and name in _LETTERS:
        return _within(_LETTERS.index(name), choices)
    is_circled = answer.strip()[:1] in _LABELS[0]
    return _within(int(name) - 1, choices) if is_circled and name.isdecimal() else None


def _within(place: int, choices: Choices) -> int | None:
    return place if 0 <= place < len(choices.texts) else None


def _stripped(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(each).strip() for each in values)


def _labelled(text: str) -> Choices | None:
    """Cut `text` before each label of a row of labels that begins it: ① ② ③, A) B) C), 1. 2. 3."""
    for labels in _LABELS:
        starts: list[re.Match[str]] = []
        for label in labels:
            end = "" if label in _LABELS[0] else r"\s*[.):\]]"
            sign = re.compile(rf"(?:^|(?<=[\s;,|/]))[(\[]?{label}{end}\s*" if end else rf"{label}\s*")
            found = sign.search(text, starts[-1].end() if starts else 0)
            if found is None or (not starts and found.start() > 0):
                break
            starts.append(found)
        if len(starts) > 1:
            ends = [*(match.start() for match in starts[1:]), len(text)]
            parts = [text[match.end() : end].strip(" \t\r\n;,|/") for match, end in zip(starts, ends, strict=True)]
            if all(parts):
                return Choices(tuple(parts), tuple(folded(label) for label in labels[: len(parts)]))
    return None


def _divided(text: str, answer: str) -> tuple[str, ...]:
    for divider in ("\n", "|", ";"):
        if divider in text:
            return tuple(part.strip() for part in text.split(divider) if part.strip())
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    return parts if answer in parts else (text,) if text else ()
