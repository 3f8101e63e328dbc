"""Answers that a run recorded, as battles: blind review needs no model and no network."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from benchwright.arena.errors import Conflict
from benchwright.errors import InputError
from benchwright.records import Reply
from benchwright.store.benchmark import read_benchmark
from benchwright.store.runs import Run, read_run


@dataclass(frozen=True)
class Item:
    """One question with the recorded answers of two models, in the order in which they are shown."""

    prompt: str
    source: str
    first: Reply
    second: Reply


@dataclass(frozen=True)
class Recorded:
    """Prompt and recorded replies by question and model."""

    prompts: Mapping[str, str] = field(default_factory=dict[str, str])
    replies: Mapping[str, Mapping[str, Reply]] = field(default_factory=dict[str, Mapping[str, Reply]])
    """Model → question id → reply."""
    _shared: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict[tuple[str, str], tuple[str, ...]])

    @property
    def models(self) -> tuple[str, ...]:
        """The models that answered, by name."""
        return tuple(sorted(self.replies))

    def pick(self, first: str, second: str) -> Item:
        """Return a question that both models answered, by lot; one with two different answers where there is any."""
        shared = self._questions(first, second)
        if not shared:
            raise Conflict("the recorded run holds no question that both drawn models answered", "no_shared_question")
        name = secrets.choice(shared)
        return Item(self.prompts[name], name, self.replies[first][name], self.replies[second][name])

    def has_shared(self) -> bool:
        """Whether any two models answered one question."""
        return any(self._questions(first, second) for first, second in combinations(self.models, 2))

    def _questions(self, first: str, second: str) -> tuple[str, ...]:
        key = (first, second) if first < second else (second, first)
        if (found := self._shared.get(key)) is None:
            one, other = self.replies.get(first, {}), self.replies.get(second, {})
            both = sorted(one.keys() & other.keys())
            apart = [name for name in both if one[name].text.split() != other[name].text.split()]
            found = self._shared[key] = tuple(apart or both)
        return found


def recorded_run(folder: Path, benchmark: Path | None = None, *, condition: str = "") -> Recorded:
    """Read the run in `folder` for blind review; questions come from its benchmark (or from `benchmark`).

    `condition`: which condition's answers are shown; without it, the one with most answers. Errors and empty answers
    are left out. Raises `InputError` where no two models answered one question.
    """
    run = read_run(folder)
    whole = read_benchmark(_benchmark_of(run, folder, benchmark))
    asked = {question.id: question for question in whole.questions}
    chosen = condition or _fullest(run)
    latency = {timing.response_id: timing.latency_ms for timing in run.timings}
    replies: dict[str, dict[str, Reply]] = {}
    prompts: dict[str, str] = {}
    for response in run.responses:
        question = asked.get(response.question_id)
        is_shown = response.condition == chosen and response.repeat == 0 and response.text.strip()
        if question is None or not is_shown or response.state == "error":
            continue
        prompts[question.id] = _prompt(question.text, question.choices)
        replies.setdefault(response.model, {})[question.id] = Reply(
            text=response.text,
            state=response.state,
            reason=response.reason,
            usage=response.usage,
            cost_usd=response.cost_usd,
            latency_ms=latency.get(response.id),
        )
    found = Recorded(prompts, replies)
    if not found.has_shared():
        raise InputError(f"{folder}: no question was answered by two models under `{chosen}`; review needs two")
    return found


def _benchmark_of(run: Run, folder: Path, given: Path | None) -> Path:
    if given is not None:
        return given
    for place in (Path(run.manifest.benchmark), folder.parent.parent / run.manifest.benchmark):
        if place.is_dir():
            return place
    raise InputError(
        f"the run in {folder} was made from benchmark `{run.manifest.benchmark}`, which is not there; "
        f"name it with `--benchmark`"
    )


def _fullest(run: Run) -> str:
    counts: dict[str, int] = {}
    for response in run.responses:
        counts[response.condition] = counts.get(response.condition, 0) + 1
    return max(sorted(counts), key=lambda name: counts[name]) if counts else ""


def _prompt(text: str, choices: Sequence[str]) -> str:
    if not choices:
        return text
    return text + "\n\n" + "\n".join(f"{chr(65 + at)}. {choice}" for at, choice in enumerate(choices))
