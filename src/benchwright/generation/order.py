"""What is ordered from a writer: how many questions, of which kinds, forms and reach, in which language."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from benchwright.generation.kinds import KINDS, kind_named
from benchwright.records import Record
from benchwright.records.question import Form

Reach = Literal["single", "multi_hop", "cross_document"]
Difficulty = Literal["easy", "medium", "hard"]

DEFAULT_KINDS = {
    "factual": 3.0,
    "numeric": 2.0,
    "conceptual": 2.0,
    "analytical": 2.0,
    "application": 2.0,
    "edge_case": 1.0,
    "clarification": 1.0,
    "unanswerable": 1.0,
}


class Order(Record):
    """An order for written questions. Mixes are weights: `{"factual": 2, "numeric": 1}` asks for two to one."""

    questions: int = Field(default=50, ge=1)
    kinds: dict[str, float] = Field(default_factory=lambda: dict(DEFAULT_KINDS))
    forms: dict[Form, float] = Field(default_factory=lambda: {"choice": 2.0, "short": 1.0, "open": 0.5})
    reach: dict[Reach, float] = Field(default_factory=lambda: {"single": 3.0, "multi_hop": 1.0, "cross_document": 1.0})
    difficulty: dict[Difficulty, float] = Field(default_factory=lambda: {"easy": 1.0, "medium": 2.0, "hard": 2.0})
    options: int = Field(default=4, ge=2, le=10)
    language: str = ""
    """ISO 639-1 code of the questions; empty for the language of each document."""
    per_call: int = Field(default=3, ge=1, le=10)
    """Questions asked for in one call over the same sources."""
    topics: str = ""
    """What the questions should be about, in the user's words; empty for everything."""
    instructions: str = ""
    """Further instructions to the writer, in the user's words."""

    @field_validator("kinds")
    @classmethod
    def _known_kinds(cls, kinds: dict[str, float]) -> dict[str, float]:
        for name in kinds:
            kind_named(name)
        return kinds

    @field_validator("kinds", "forms", "reach", "difficulty")
    @classmethod
    def _some_weight(cls, mix: dict[str, float]) -> dict[str, float]:
        if any(weight < 0 for weight in mix.values()) or not sum(mix.values()) > 0:
            raise ValueError(f"weights must not be negative, and one must be above 0: {mix}")
        return mix

    @model_validator(mode="after")
    def _some_kind_fits_some_form(self) -> "Order":
        asked = {form for form, weight in self.forms.items() if weight > 0}
        for name, weight in self.kinds.items():
            if weight > 0 and not asked & set(KINDS[name].forms):
                raise ValueError(
                    f"questions of the kind `{name}` come as {' or '.join(KINDS[name].forms)}, "
                    f"but only {' and '.join(sorted(asked))} are ordered"
                )
        return self


Name = TypeVar("Name")


def weighted(mix: Mapping[Name, float]) -> dict[Name, float]:
    """Return the entries of a mix that are asked for at all."""
    return {name: weight for name, weight in mix.items() if weight > 0}


def apportion(total: int, weights: Mapping[Name, float]) -> dict[Name, int]:
    """Split `total` into whole parts in proportion to `weights` (largest remainder; ties go to the earlier name)."""
    scale = sum(weights.values())
    exact = {name: total * weight / scale for name, weight in weights.items()}
    parts = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: -(exact[name] - parts[name]))
    for name in by_remainder[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
