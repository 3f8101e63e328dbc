"""Let a model word a question better; its answer and citations stay, and what cannot be verified is dropped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchwright.generation.prompt import load_prompt
from benchwright.models.prompt import Prompt, fenced, language_name
from benchwright.models.protocol import Model
from benchwright.models.structured import ask_for_object
from benchwright.records import Passage, Question, Request
from benchwright.text.language import other_language
from benchwright.text.tokens import words

REWRITTEN = "rewritten"
"""The tag of a question whose wording is not its writer's own."""

_SCHEMA = {
    "type": "object",
    "properties": {"question": {"type": "string"}},
    "required": ["question"],
    "additionalProperties": False,
}
_FIGURE = re.compile(r"\d[\d.,:/-]*")


@dataclass(frozen=True)
class Rewriter:
    """Asks one model for a better wording. What it gives back still has to pass every check of a new question."""

    model: Model
    parameters: Mapping[str, Any] = field(default_factory=dict)
    prompt: Prompt = field(default_factory=lambda: load_prompt("rewrite"))

    async def rewrite(self, question: Question, sources: Sequence[Passage]) -> Question | None:
        """Return `question` in better words, or `None` where it is good as it is or the model gave nothing usable."""
        asked = await ask_for_object(self.model, self.request(question, sources))
        text = str(asked.found.value["question"]).strip() if asked.found is not None else ""
        if not text or text == question.text or unlike(question, text):
            return None
        written = question.provenance
        note = "\n".join(
            part for part in (written.note, f"rewritten by {self.model.name} from: {question.text}") if part
        )
        changed = {
            "text": text,
            "tags": (*question.tags, REWRITTEN),
            "provenance": written.model_copy(update={"note": note}),
        }
        return Question.model_validate({**dict(question), **changed, "id": ""})

    def request(self, question: Question, sources: Sequence[Passage]) -> Request:
        """Return what is sent for one question; the estimate counts its characters without sending."""
        options = "\n".join(question.choices)
        messages = self.prompt.fill(
            language=language_name(question.language),
            source="\n\n".join(fenced(source.text) for source in sources),
            question=fenced(f"{question.text}\n{options}".strip(), tag="question"),
            answer=fenced(question.answer, tag="answer"),
        )
        return Request(messages=messages, parameters=dict(self.parameters), response_schema=_SCHEMA)


def unlike(question: Question, text: str) -> str:
    """Say what in a new wording cannot be the same question; nothing where no rule sees a difference."""
    if written := other_language(text, question.language):
        return f"it is written in `{written}`"
    before, after = (sorted(_FIGURE.findall(each)) for each in (question.text, text))
    if before != after:
        return f"its figures changed from {', '.join(before) or 'none'} to {', '.join(after) or 'none'}"
    answer = words(question.answer)
    if len(answer) > 1 and _holds(words(text), answer) and not _holds(words(question.text), answer):
        return "it now contains its answer"
    if len(text) > 2 * len(question.text) + 80:
        return "it is more than twice as long"
    return ""


def _holds(text: Sequence[str], part: Sequence[str]) -> bool:
    return any(list(text[start : start + len(part)]) == list(part) for start in range(len(text) - len(part) + 1))
