"""Named variants: the same model with another system prompt, answering template or parameters is another candidate."""

import json
from dataclasses import dataclass, field
from typing import Any

from benchwright.records import Message, Request


@dataclass(frozen=True)
class Variant:
    """What a named variant changes in a request before it is sent."""

    parameters: dict[str, Any] = field(default_factory=dict)
    system: str = ""
    template: str = ""

    def settings(self, **others: str) -> dict[str, str]:
        """What it states, with `others`, as texts; what is empty is left out."""
        parameters = json.dumps(self.parameters, sort_keys=True) if self.parameters else ""
        stated = {**others, "parameters": parameters, "system": self.system, "template": self.template}
        return {name: value for name, value in stated.items() if value}

    def apply(self, request: Request) -> Request:
        """Put in the system prompt, write the last user turn by the template, and lay the parameters under the task's.

        What the variant states wins over what the task asks: the user compares exactly these settings.
        """
        if not (self.parameters or self.system or self.template):
            return request
        turns = list(request.messages)
        if self.template:
            last = max((i for i, turn in enumerate(turns) if turn.role == "user"), default=None)
            prompt = turns[last].content if last is not None else ""
            written = Message(role="user", content=fill(self.template, fields_of(request, prompt)))
            turns = [*turns, written] if last is None else [*turns[:last], written, *turns[last + 1 :]]
        if self.system:
            turns = [Message(role="system", content=self.system), *(turn for turn in turns if turn.role != "system")]
        parameters = {**request.parameters, **self.parameters}
        return request.model_copy(update={"messages": tuple(turns), "parameters": parameters})


def fields_of(request: Request, prompt: str = "") -> dict[str, str]:
    """The plain texts of a request: `prompt`, `question`, `choices` (one a line, lettered) and `passages`."""
    prompt = prompt or next((turn.content for turn in reversed(request.messages) if turn.role == "user"), "")
    choices = request.choices or (request.question.choices if request.question else ())
    return {
        "prompt": prompt,
        "question": request.question.text if request.question else prompt,
        "choices": "\n".join(f"{chr(65 + place)}. {choice}" for place, choice in enumerate(choices)),
        "passages": "\n\n".join(passage.text for passage in request.passages),
    }


def fill(template: str, fields: dict[str, str]) -> str:
    """Replace `{name}` of each field, in one pass: braces inside what is put in stay as they are."""
    pieces: list[str] = []
    rest = template
    while rest:
        at, name = min(
            ((found, name) for name in fields if (found := rest.find(f"{{{name}}}")) >= 0), default=(len(rest), "")
        )
        pieces.append(rest[:at])
        if name:
            pieces.append(fields[name])
        rest = rest[at + len(name) + 2 :] if name else ""
    return "".join(pieces)
