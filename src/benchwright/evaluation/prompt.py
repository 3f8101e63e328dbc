"""The answering prompt: one visible, replaceable file, from which every request is written."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from benchwright.errors import InputError
from benchwright.records import Document, Message, Passage, Question

PARTS: dict[str, frozenset[str]] = {
    "system": frozenset(),
    "context": frozenset({"context"}),
    "document": frozenset({"fence", "title", "text"}),
    "choice": frozenset({"question", "choices"}),
    "short": frozenset({"question"}),
    "open": frozenset({"question"}),
}
"""The parts of the file, and what must be filled in in each."""

PLACE = re.compile(r"\{(\w+)\}")
PART = re.compile(r"^# +(\w+) *$", re.MULTILINE)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class AnsweringPrompt:
    """The parts of the prompt file, and the file's whole text as the run records it."""

    source: str
    parts: Mapping[str, str]

    def messages(
        self, question: Question, passages: Sequence[Passage], titles: Mapping[str, str]
    ) -> tuple[Message, ...]:
        """Return what a model is sent for `question` when it may see `passages`; `titles` by document id."""
        asked = _fill(self.parts[question.form], question=question.text, choices=listed(question.choices))
        if passages:
            context = "\n\n".join(self._document(passage, titles) for passage in passages)
            asked = f"{_fill(self.parts['context'], context=context)}\n\n{asked}"
        system = (Message(role="system", content=self.parts["system"]),) if self.parts["system"] else ()
        return (*system, Message(role="user", content=asked))

    def _document(self, passage: Passage, titles: Mapping[str, str]) -> str:
        # A text cannot hold the hash of itself, so nothing in it can close the fence.
        fence = hashlib.sha256(passage.shown.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        document = titles.get(passage.document_id, "")
        title = " › ".join(filter(None, (document, *(part for part in passage.section if part != document))))
        return _fill(self.parts["document"], fence=fence, title=" ".join(title.split()), text=passage.shown)


def read_prompt(path: Path | None = None) -> AnsweringPrompt:
    """Read the prompt file at `path`, or the one that comes with Benchwright.

    Errors: `InputError` for a missing, unknown or incomplete part, with its name.
    """
    if path is None:
        source = resources.files("benchwright.evaluation").joinpath("prompts/answer.md").read_text(encoding="utf-8")
    else:
        source = path.read_text(encoding="utf-8")
    return parse_prompt(source, where=str(path or "answer.md"))


def parse_prompt(source: str, *, where: str = "the prompt") -> AnsweringPrompt:
    """Return the prompt written in `source`; see `read_prompt`."""
    text = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    pieces = PART.split(text)
    parts = {name: body.strip() for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    if missing := [name for name in PARTS if name not in parts]:
        raise InputError(f"{where} has no part `# {missing[0]}`; the parts are {', '.join(PARTS)}")
    if unknown := [name for name in parts if name not in PARTS]:
        raise InputError(f"{where} has an unknown part `# {unknown[0]}`; the parts are {', '.join(PARTS)}")
    for name, places in PARTS.items():
        found = set(PLACE.findall(parts[name]))
        if lost := places - found:
            raise InputError(f"part `# {name}` of {where} never uses {{{min(lost)}}}; put it where it belongs")
        if extra := found - places:
            raise InputError(f"part `# {name}` of {where} uses {{{min(extra)}}}, which has no meaning there")
    return AnsweringPrompt(source, parts)


def _fill(template: str, **values: str) -> str:
    # One pass: a `{choices}` inside a question or a document stays what it is.
    return PLACE.sub(lambda place: values[place.group(1)], template)


def listed(choices: Sequence[str]) -> str:
    """Return the options, each under its letter, as models and judges see them."""
    labels = LETTERS if len(choices) <= len(LETTERS) else [str(number) for number in range(1, len(choices) + 1)]
    return "\n".join(f"{label}. {choice}" for label, choice in zip(labels, choices, strict=False))


def titles_of(documents: Sequence[Document]) -> dict[str, str]:
    """Return the title of each document by its id."""
    return {document.id: document.title for document in documents}
