"""Summaries of documents, given to writers as context: what the passage belongs to, in a hundred words."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchwright.generation.prompt import load_prompt
from benchwright.models.prompt import Prompt, fenced, language_name
from benchwright.models.protocol import Model
from benchwright.models.structured import ask_for_object
from benchwright.records import Document, Request

LONGEST_TEXT = 24_000
"""Characters of a document that its summary is made from; of a longer one its beginning, and all its headings."""

LONGEST_SUMMARY = 1_500

_SCHEMA = {
    "type": "object",
    "properties": {"summary": {"type": "string"}},
    "required": ["summary"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Summariser:
    """Summarises each document once, when it is first needed. One without a summary is written about without."""

    model: Model
    documents: Mapping[str, Document]
    language: str = ""
    """As the order has it; empty for the language of each document."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    prompt: Prompt = field(default_factory=lambda: load_prompt("summarise"))
    failures: list[str] = field(default_factory=list[str])
    _under_way: dict[str, "asyncio.Task[str]"] = field(default_factory=dict, repr=False)

    async def of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the summaries of these documents, by id."""
        wanted = list(dict.fromkeys(names))
        for name in wanted:
            if name not in self._under_way:
                self._under_way[name] = asyncio.create_task(self._summarise(self.documents[name]))
        texts = await asyncio.gather(*(asyncio.shield(self._under_way[name]) for name in wanted))
        return {name: text for name, text in zip(wanted, texts, strict=True) if text}

    def request(self, document: Document) -> Request:
        """Return what is sent for one document; the estimate counts its characters without sending."""
        messages = self.prompt.fill(
            language=language_name(self.language or document.language),
            source=fenced(_excerpt(document), title=document.title),
        )
        return Request(messages=messages, parameters=dict(self.parameters), response_schema=_SCHEMA)

    async def _summarise(self, document: Document) -> str:
        asked = await ask_for_object(self.model, self.request(document))
        if asked.found is None:
            self.failures.append(f"{self.model.name}: no summary of `{document.title}`: {asked.reason}")
            return ""
        return " ".join(str(asked.found.value["summary"]).split())[:LONGEST_SUMMARY]


def _excerpt(document: Document) -> str:
    if len(document.text) <= LONGEST_TEXT:
        return document.text
    headings = "\n".join(f"{'#' * heading.level} {heading.text}" for heading in document.headings)[: LONGEST_TEXT // 4]
    return f"{document.text[: LONGEST_TEXT - len(headings)]}\n…\n{headings}"
