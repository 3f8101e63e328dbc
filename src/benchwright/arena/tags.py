"""Reason tags of the ballot: good and bad, per language, edited by the owner, archived but never deleted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchwright.arena.errors import Invalid
from benchwright.store import votes_statements as q
from benchwright.store.votes import Step, VotesDatabase

_DEFAULTS: dict[str, tuple[str, str, str]] = {
    "correct": ("good", "correct", "정확함"),
    "complete": ("good", "complete", "빠짐없음"),
    "clear": ("good", "clear", "명확함"),
    "follows_instructions": ("good", "follows instructions", "지시를 따름"),
    "grounded": ("good", "well grounded in the document", "문서에 근거함"),
    "good_tone": ("good", "good tone", "어조가 좋음"),
    "incorrect": ("bad", "incorrect", "틀림"),
    "invented": ("bad", "invented", "지어냄"),
    "superficial": ("bad", "superficial", "피상적임"),
    "too_long": ("bad", "too long", "너무 김"),
    "ignores_instructions": ("bad", "ignores instructions", "지시를 무시함"),
    "unsafe": ("bad", "unsafe", "안전하지 않음"),
}


@dataclass(frozen=True)
class Tag:
    """One reason; `labels` by language code."""

    key: str
    verdict: str
    labels: Mapping[str, str]
    is_archived: bool = False

    def as_json(self) -> dict[str, Any]:
        """What pages read."""
        return {"key": self.key, "verdict": self.verdict, "labels": dict(self.labels), "archived": self.is_archived}


DEFAULT_TAGS: tuple[Tag, ...] = tuple(
    Tag(key, verdict, {"en": en, "ko": ko}) for key, (verdict, en, ko) in _DEFAULTS.items()
)


@dataclass
class Tags:
    """The tags of this arena."""

    known: dict[str, Tag] = field(default_factory=lambda: {tag.key: tag for tag in DEFAULT_TAGS})

    def check(self, keys: Sequence[str]) -> None:
        """Raise `Invalid` for a tag that does not exist, with those that do."""
        for key in keys:
            if key not in self.known or self.known[key].is_archived:
                offered = ", ".join(tag.key for tag in self.known.values() if not tag.is_archived)
                raise Invalid(f"unknown tag `{key[:60]}` (known: {offered})")

    async def load(self, database: VotesDatabase) -> None:
        """Read the owner's tags over the defaults."""
        for row in await database.read(q.TAGS):
            labels = json.loads(row["labels"])
            self.known[row["key"]] = Tag(row["key"], row["verdict"], labels, bool(row["is_archived"]))

    async def put(self, database: VotesDatabase, tag: Tag) -> None:
        """Add a tag, or change its labels, or archive it; the key and what was voted with it stay."""
        old = self.known.get(tag.key)
        if old is not None and old.verdict != tag.verdict:
            raise Invalid(
                f"`{tag.key}` is a {old.verdict} reason and stays one; make a new tag instead",
                "tag_verdict",
                key=tag.key,
            )
        row = {
            "key": tag.key,
            "verdict": tag.verdict,
            "labels": json.dumps(dict(tag.labels), ensure_ascii=False),
            "is_archived": tag.is_archived,
            "position": list(self.known).index(tag.key) if old is not None else len(self.known),
        }
        await database.write(Step(q.DROP_TAG, ({"which_key": tag.key},)), Step(q.ADD_TAG, (row,)))
        self.known[tag.key] = tag
