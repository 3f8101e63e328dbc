"""What is ordered from a writer: how many questions, of which kinds, forms and reach, in which language."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

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
DEFAULT_FORMS: dict[Form, float] = {"choice": 2.0, "short": 1.0, "open": 0.5}
DEFAULT_REACH: dict[Reach, float] = {"single": 3.0, "multi_hop": 1.0, "cross_document": 1.0}

OF_ONE_SOURCE = frozenset({"unanswerable", "true_false"})
"""What one passage does not state, its neighbour may; and whether a statement needs each of two sources cannot be
tested by leaving one out, since half of the guesses at it are right."""


def _as_mix(written: object) -> object:
    """One name, or a list of them, is a mix in equal parts."""
    if isinstance(written, str):
        return {written: 1.0}
    if isinstance(written, (list, tuple)):
        return dict.fromkeys(cast("Sequence[str]", written), 1.0)
    return written


# A mix may be written as weights, `{factual: 2, numeric: 1}`, and also as `[factual, numeric]` or `factual`.
Kinds = Annotated[dict[str, float], BeforeValidator(_as_mix, json_schema_input_type=dict[str, float] | list[str] | str)]
Forms = Annotated[
    dict[Form, float], BeforeValidator(_as_mix, json_schema_input_type=dict[Form, float] | list[Form] | Form)
]
Reaches = Annotated[
    dict[Reach, float], BeforeValidator(_as_mix, json_schema_input_type=dict[Reach, float] | list[Reach] | Reach)
]
Difficulties = Annotated[
    dict[Difficulty, float],
    BeforeValidator(_as_mix, json_schema_input_type=dict[Difficulty, float] | list[Difficulty] | Difficulty),
]


class Part(Record):
    """So many questions of one sort. Mixes are weights: `{"factual": 2, "numeric": 1}` asks for two to one."""

    questions: int = Field(default=50, ge=1)
    forms: Forms = Field(default_factory=lambda: dict(DEFAULT_FORMS))
    reach: Reaches = Field(default_factory=lambda: dict(DEFAULT_REACH))
    kinds: Kinds = Field(default_factory=lambda read: _usual_kinds(read.get("forms"), read.get("reach")))
    difficulty: Difficulties = Field(default_factory=lambda: {"easy": 1.0, "medium": 2.0, "hard": 2.0})
    options: int = Field(default=4, ge=2, le=10)
    topics: str = ""
    """What the questions should be about, in the user's words; empty for everything."""

    @model_validator(mode="before")
    @classmethod
    def _statements_are_asked_of_one_source(cls, written: Any) -> Any:
        """Where kinds are named that need one source, and no reach is, enough is asked of one."""
        if not isinstance(written, Mapping) or "kinds" not in written or "reach" in written:
            return written
        values = dict(cast("Mapping[str, Any]", written))
        kinds = _as_mix(values["kinds"])
        bound = _share(cast("Mapping[str, float]", kinds), OF_ONE_SOURCE) if isinstance(kinds, Mapping) else 0.0
        if bound > _share(DEFAULT_REACH, {"single"}):
            free = (1 - bound) / 2
            values["reach"] = {"single": bound, **({"multi_hop": free, "cross_document": free} if free else {})}
        return values

    @field_validator("kinds", "forms", "reach", "difficulty")
    @classmethod
    def _some_weight(cls, mix: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        if info.field_name == "kinds":
            for name in mix:
                kind_named(name)
        if any(weight < 0 for weight in mix.values()) or not sum(mix.values()) > 0:
            raise ValueError(f"weights must not be negative, and one must be above 0: {mix}")
        return mix

    @model_validator(mode="after")
    def _some_kind_fits_some_form(self) -> "Part":
        asked = weighted(self.forms)
        for name in weighted(self.kinds):
            if not asked.keys() & set(KINDS[name].forms):
                raise ValueError(
                    f"questions of the kind `{name}` come as {' or '.join(KINDS[name].forms)}, "
                    f"but only {' and '.join(sorted(asked))} are ordered"
                )
        return self

    @model_validator(mode="after")
    def _what_needs_one_source_has_one(self) -> "Part":
        bound = _share(self.kinds, OF_ONE_SOURCE)
        single = _share(self.reach, {"single"})
        if bound > single + 1e-9:
            named = " and ".join(f"`{name}`" for name in weighted(self.kinds) if name in OF_ONE_SOURCE)
            raise ValueError(
                f"{named} questions are asked of one passage, and {bound:.0%} of these questions are such, but only "
                f"{single:.0%} are ordered with the reach `single`; order more of that reach, or other kinds"
            )
        return self

    @property
    def label(self) -> str:
        """A few words that tell a part from the others: what it states and its neighbours may not."""
        said = [_said(getattr(self, name), self.questions) for name in _LABELLED if name in self.model_fields_set]
        if weighted(self.kinds).keys() <= OF_ONE_SOURCE:
            said = [words for words in said if words != "single"]
        options = f"with {self.options} options" if "options" in self.model_fields_set else ""
        about = f"on {self.topics}" if self.topics else ""
        return " ".join(filter(None, [str(self.questions), *said, options, about]))


_LABELLED = ("difficulty", "reach", "kinds", "forms")


def _said(mix: Mapping[str, float], questions: int) -> str:
    """The names of a mix, with their numbers where the weights are such; nothing where there are too many to read."""
    asked = weighted(mix)
    if len(asked) > 3:
        return ""
    is_count = len(asked) > 1 and sum(asked.values()) == questions and all(w == int(w) for w in asked.values())
    if is_count:
        return f"({', '.join(f'{int(weight)} {name}' for name, weight in asked.items())})"
    return " and ".join(asked)


class Order(Part):
    """An order for written questions: of one sort, or of several `parts` with their own counts."""

    language: str = ""
    """ISO 639-1 code of the questions; empty for the language of each document."""
    per_call: int = Field(default=3, ge=1, le=10)
    """Questions asked for in one call over the same sources."""
    instructions: str = ""
    """Further instructions to the writer, in the user's words."""
    parts: tuple[Part, ...] = ()
    """Each with its own count; what a part leaves out is as it stands in the order. `questions` is then their sum."""

    @model_validator(mode="before")
    @classmethod
    def _parts_take_what_they_leave_out(cls, written: Any) -> Any:
        if not isinstance(written, Mapping) or not written.get("parts"):
            return written
        values = dict(cast("Mapping[str, Any]", written))
        parts: Any = values["parts"]
        if not isinstance(parts, (list, tuple)):
            return values
        shared = {name: values[name] for name in Part.model_fields if name in values and name != "questions"}
        values["parts"] = [
            {**shared, **each} if isinstance(each, Mapping) else each for each in cast("Sequence[Any]", parts)
        ]
        counts: list[Any] = [
            cast("Mapping[str, Any]", each).get("questions") if isinstance(each, Mapping) else None
            for each in values["parts"]
        ]
        if any(count is None for count in counts):
            raise ValueError("each of the `parts` says how many `questions` it has")
        if all(isinstance(count, int) for count in counts):
            total = sum(counts)
            if values.setdefault("questions", total) != total:
                raise ValueError(
                    f"`questions` is {values['questions']}, but the parts add up to {total}; leave `questions` out"
                )
        return values

    @property
    def numbered(self) -> dict[int, Part]:
        """The parts by number, from 1; an order without parts is its only part, with the number 0."""
        return dict(enumerate(self.parts, start=1)) or {0: self}

    def of_size(self, questions: int) -> "Order":
        """Return the order for another number of questions, its parts in proportion."""
        if not self.parts:
            return self.model_copy(update={"questions": questions})
        counts = apportion(questions, {place: part.questions for place, part in enumerate(self.parts)})
        parts = tuple(
            part.model_copy(update={"questions": counts[place]})
            for place, part in enumerate(self.parts)
            if counts[place]
        )
        return self.model_copy(update={"questions": questions, "parts": parts})


def _usual_kinds(forms: Mapping[Form, float] | None, reach: Mapping[Reach, float] | None) -> dict[str, float]:
    """The usual kinds that can be asked at that reach, so mixed that the forms come as they are ordered."""
    kinds = dict(DEFAULT_KINDS)
    if reach is not None and _share(kinds, OF_ONE_SOURCE) > _share(reach, {"single"}):
        kinds = {name: weight for name, weight in kinds.items() if name not in OF_ONE_SOURCE}
    if forms is None or forms == DEFAULT_FORMS:
        return kinds
    if len(weighted(forms)) == 1:
        return {name: weight for name, weight in kinds.items() if weighted(forms).keys() & set(KINDS[name].forms)}
    scale = sum(kinds.values())
    mixed = dict.fromkeys(kinds, 0.0)
    for form in weighted(forms):
        # Each form's share goes to the kinds that come in it: four essays need four questions that can be essays.
        fitting = [name for name in kinds if form in KINDS[name].forms]
        for name in fitting:
            mixed[name] += _share(forms, {form}) * scale * kinds[name] / sum(kinds[other] for other in fitting)
    return {name: round(weight, 2) for name, weight in mixed.items() if weight > 0}


Name = TypeVar("Name")


def weighted(mix: Mapping[Name, float]) -> dict[Name, float]:
    """Return the entries of a mix that are asked for at all."""
    return {name: weight for name, weight in mix.items() if weight > 0}


def _share(mix: Mapping[Any, Any], names: "frozenset[str] | set[str]") -> float:
    """Which part of a mix falls on `names`; what is no number is refused later, where its field is read."""
    numbers = {name: float(weight) for name, weight in mix.items() if isinstance(weight, (int, float))}
    total = sum(numbers.values())
    return sum(weight for name, weight in numbers.items() if name in names) / total if total > 0 else 0.0


def apportion(total: int, weights: Mapping[Name, float]) -> dict[Name, int]:
    """Split `total` into whole parts in proportion to `weights` (largest remainder; ties go to the earlier name)."""
    scale = sum(weights.values())
    exact = {name: total * weight / scale for name, weight in weights.items()}
    parts = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: -(exact[name] - parts[name]))
    for name in by_remainder[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
