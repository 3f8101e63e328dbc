"""Candidates that need no model: they answer with what the documents say, one at length, one in three points.

They are there so that an arena can be tried at once: the built-in readers often quote the same one sentence, and two
answers that are alike teach nobody to vote.
"""

from dataclasses import dataclass
from typing import Literal

from benchwright.records import Passage, Reply, Request
from benchwright.text.bm25 import Bm25
from benchwright.text.language import detect_language
from benchwright.text.sentences import sentences

LONGEST = 1_600
_NOTHING = {"en": "The documents say nothing that fits.", "ko": "문서에 맞는 내용이 없습니다."}


@dataclass(frozen=True)
class Excerpt:
    """Answers with the passage found first (`section`), or with the three sentences that fit best (`points`)."""

    manner: Literal["section", "points"]

    @property
    def name(self) -> str:
        """`example/` and the manner."""
        return f"example/{self.manner}"

    async def respond(self, request: Request) -> Reply:
        """Quote the passages that came with the request."""
        prompt = request.messages[-1].content
        if not request.passages:
            return Reply(text=_NOTHING.get(detect_language(prompt), _NOTHING["en"]), cost_usd=0.0)
        text = _section(request.passages[0]) if self.manner == "section" else _points(prompt, request.passages)
        return Reply(text=text, cost_usd=0.0)


def _section(passage: Passage) -> str:
    text = passage.text[:LONGEST].strip()
    has_heading = text.startswith("#") or not passage.section
    return text if has_heading else f"**{passage.section[-1]}**\n\n{text}"


def _points(prompt: str, passages: tuple[Passage, ...]) -> str:
    said = [
        sentence
        for passage in passages
        for sentence in (passage.text[start:end].strip() for start, end in sentences(passage.text))
        if len(sentence) > 20 and not sentence.startswith(("|", "#"))
    ]
    found = Bm25(said).search(prompt, 3) if said else []
    return "\n".join(f"- {said[at].removeprefix('- ')}" for at, _ in sorted(found)) or _section(passages[0])


EXCERPTS = (Excerpt("section"), Excerpt("points"))
