"""Prompts that a voter can take instead of typing one: questions of the benchmark, or asked of the documents."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchwright.arena.prompt_categories import category_of
from benchwright.records import Document, Question
from benchwright.text.language import detect_language

SHOWN = 6
SHORTEST_TOPIC = 8
"""“Research” or “People” asks nothing by itself."""
_ASKS: dict[str, str] = {
    "en": "What should I know about “{heading}”?",
    "ko": "‘{heading}’에 대해 무엇을 알아야 하나요?",
}


@dataclass(frozen=True)
class Suggestion:
    """One prompt that is offered."""

    id: str
    text: str
    language: str
    category: str


@dataclass(frozen=True)
class Suggestions:
    """What is offered, by id."""

    known: Mapping[str, Suggestion] = field(default_factory=dict[str, Suggestion])

    def some(self, language: str = "") -> list[Suggestion]:
        """A handful by lot, in `language` where there are any."""
        fitting = [found for found in self.known.values() if found.language == language] or list(self.known.values())
        return secrets.SystemRandom().sample(fitting, min(SHOWN, len(fitting)))


def suggestions_from(questions: Sequence[Question], documents: Sequence[Document]) -> Suggestions:
    """Offer the questions (without their options), and one prompt for each heading of the documents."""
    texts: dict[str, str] = {}
    for question in questions:
        if question.form != "choice" and "___" not in question.text:
            texts[question.text] = question.language
    for document in documents:
        ask = _ASKS.get(document.language, _ASKS["en"])
        for heading in document.headings:
            if heading.level >= 2 and 4 <= len(heading.text) <= 60 and heading.text != document.title:
                is_question = heading.text.rstrip().endswith(("?", "？"))
                topic = _topic(heading.text)
                if is_question or len(topic) >= SHORTEST_TOPIC:
                    texts[heading.text if is_question else ask.format(heading=topic)] = document.language
    found: dict[str, Suggestion] = {}
    for text, language in texts.items():
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        found[name] = Suggestion(name, text, language or detect_language(text), category_of(text))
    return Suggestions(found)


def _topic(heading: str) -> str:
    """The matter of a heading, without the number of its article or section."""
    numbered = re.fullmatch(
        r"(?:Article|Section|Item|§)\s*\d+[.:]?\s*\(?(.+?)\)?|제\d+조\s*\((.+)\)", heading.strip(" .:")
    )
    return next(filter(None, numbered.groups())) if numbered else heading.strip(" .:")
