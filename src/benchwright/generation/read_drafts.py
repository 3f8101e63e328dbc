"""Read the drafts out of what a writer sent, each by itself: one that cannot be read costs the others nothing.

Small models rename fields, send a list where an object was asked for, or write quotes as bare strings. What such a
reply means is plain, and it is paid for; what is not plain (an answer `2` beside four options) stays unread.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from benchwright.generation.draft import Draft
from benchwright.models.structured import find_object

NAMES: dict[str, tuple[str, ...]] = {
    "question": ("question_text", "stem", "질문", "문제"),
    "options": ("choices", "선택지", "보기"),
    "answer": ("correct_answer", "correct_option", "correct", "정답", "답"),
    "quotes": ("quote", "citations", "citation", "evidence", "인용"),
    "accepted": ("accepted_answers", "also_accepted"),
    "reasoning": ("explanation", "rationale", "thought_process"),
    "text": ("quote", "sentence", "content"),
    "source": ("source_id", "id"),
}
"""Other names under which writers send a field; the asked name goes before."""


@dataclass(frozen=True)
class Unread:
    """A draft that cannot be meant, as it was sent, with the reason."""

    sent: str
    reason: str


@dataclass(frozen=True)
class DraftsRead:
    """What a reply holds. `reason` is set where it holds no list of drafts at all."""

    drafts: tuple[Draft | Unread, ...] = ()
    reason: str = ""
    is_cut: bool = False
    """Whether the reply ends before its object does."""

    @property
    def is_worth_asking_again(self) -> bool:
        """Whether the reply is broken as a whole, not just in one draft among others."""
        unread = sum(isinstance(draft, Unread) for draft in self.drafts)
        return bool(self.reason) or self.is_cut or (unread > 0 and unread == len(self.drafts))


def read_drafts(text: str, slots: int) -> DraftsRead:
    """Return the drafts of one reply for `slots` planned questions, in the order sent."""
    found = find_object(text, required=("questions",), accept=lambda value: isinstance(value["questions"], list))
    sent = found.value["questions"] if found is not None else _bare_list(text) or _single(text, slots)
    if sent is None:
        return DraftsRead(reason="no list of questions in the answer" if text.strip() else "the answer is empty")
    drafts = tuple(_draft(item, place, slots, len(sent)) for place, item in enumerate(sent))
    return DraftsRead(drafts, is_cut=found is not None and not found.is_complete)


_LIST = re.compile(r"\[\s*\{.*\}\s*\]", re.DOTALL)


def _bare_list(text: str) -> list[Any] | None:
    """The drafts of a reply that left the outer object out; `None` where there is no such list."""
    found = _LIST.search(text)
    try:
        sent: Any = json.loads(found[0], strict=False) if found else None
    except ValueError:
        return None
    is_drafts = isinstance(sent, list) and all(
        isinstance(item, dict) and {"question", *NAMES["question"]} & item.keys() for item in sent
    )
    return sent if is_drafts else None


def _single(text: str, slots: int) -> list[Any] | None:
    """The one draft of a reply that sent it without the list around it."""
    found = (
        find_object(text, accept=lambda value: bool({"question", *NAMES["question"]} & value.keys()))
        if slots == 1
        else None
    )
    return [found.value] if found is not None and found.is_complete else None


def _draft(item: Any, place: int, slots: int, sent: int) -> Draft | Unread:
    if not isinstance(item, Mapping):
        return Unread(str(item)[:500], f"it is {type(item).__name__}, not an object")
    values = {name: _field(item, name) for name in Draft.model_fields if _field(item, name) is not None}
    # As many drafts as slots, in order: what they belong to is plain without a number.
    number = re.search(r"\d+", str(values.get("slot", place + 1 if sent == slots else "")))
    values["slot"] = int(number[0]) if number else 1 if slots == 1 else 0
    values["options"] = _listed(values.get("options"))
    values["accepted"] = _listed(values.get("accepted"))
    values["rubric"] = "\n".join(_listed(values.get("rubric")))
    values["quotes"] = [_quote(quote) for quote in _listed(values.get("quotes"), keeps=True)]
    for name in ("answer", "question", "reasoning", "calculation"):
        if isinstance(values.get(name), int | float):
            values[name] = str(values[name])
    try:
        return Draft.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        return Unread(json.dumps(item, ensure_ascii=False)[:2000], f"`{where}`: {first['msg']}")


def _field(item: Mapping[str, Any], name: str) -> Any:
    return next((item[key] for key in (name, *NAMES.get(name, ())) if item.get(key) is not None), None)


def _listed(value: Any, *, keeps: bool = False) -> list[Any]:
    """A value as the list it stands for: options by letter, a single string, nothing. `keeps` leaves items as sent."""
    if value is None or value == "":
        return []
    if isinstance(value, Mapping):
        value = [value] if keeps else list(value.values())
    items = list(value) if isinstance(value, list | tuple) else [value]
    return items if keeps else [_text(item) for item in items if item is not None]


def _text(item: Any) -> str:
    if isinstance(item, Mapping):
        return str(_field(item, "text") or item.get("option") or item.get("point") or "")
    return str(item)


def _quote(sent: Any) -> Any:
    if isinstance(sent, str):
        return {"source": 0, "text": sent}
    if isinstance(sent, Mapping):
        number = re.search(r"\d+", str(_field(sent, "source") or ""))
        return {"source": int(number[0]) if number else 0, "text": _text(sent)}
    return sent
