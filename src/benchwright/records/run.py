"""A run: requests to models, their responses, and the scores graders gave."""

from typing import Any, Literal

from pydantic import model_validator

from benchwright.records.base import Record, content_hash
from benchwright.records.document import Passage
from benchwright.records.question import Question

State = Literal["ok", "refusal", "truncated", "error"]
Role = Literal["system", "user", "assistant"]

CONDITIONS: dict[str, str] = {
    "closed": "the question alone",
    "passage": "the cited passages",
    "document": "the whole cited documents",
    "retrieval": "the passages that a search finds",
}
"""What a model may see, by name."""


class Message(Record):
    """One turn of a conversation."""

    role: Role
    content: str


class Request(Record):
    """What a model is asked.

    `messages` is all that an API model gets. `question`, `passages` and `choices` are for built-in models and own
    applications, which read plain values; `parameters` are sent as they stand and nothing is added to them.
    """

    messages: tuple[Message, ...]
    parameters: dict[str, Any] = {}
    question: Question | None = None
    passages: tuple[Passage, ...] = ()
    choices: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    """PNG pictures in base64, shown with the last turn of the user."""
    response_schema: dict[str, Any] | None = None
    repeat: int = 0
    attempt: int = 0


class Usage(Record):
    """Tokens as the provider counted them; `None` where it did not say."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None


class Reply(Record):
    """What a model returned for one request, before it belongs to a run."""

    text: str
    state: State = "ok"
    reason: str = ""
    """Why the state is not `ok`: content filter, context length, transport, …"""
    usage: Usage = Usage()
    cost_usd: float | None = None
    """`None` is "unknown", never 0."""
    latency_ms: float | None = None
    parameters: dict[str, Any] = {}
    """The effective parameters: what really went over the wire."""
    finish_reason: str = ""
    logprob: float | None = None
    """Mean log-probability of the output tokens, where the provider offers it."""
    retries: int = 0
    """Attempts that came to nothing before this answer."""


class Response(Record):
    """What a model returned for one question under one condition. Latency lies in `timings.jsonl`, by `id`."""

    id: str = ""
    model: str
    question_id: str
    condition: str
    repeat: int = 0
    text: str
    state: State = "ok"
    reason: str = ""
    usage: Usage = Usage()
    cost_usd: float | None = None
    parameters: dict[str, Any] = {}

    @model_validator(mode="after")
    def _identify(self) -> "Response":
        expected = content_hash([self.model, self.question_id, self.condition, self.repeat])
        if self.id and self.id != expected:
            raise ValueError(f"response id {self.id[:12]}… does not belong to its model, question and condition")
        object.__setattr__(self, "id", expected)
        return self


class Timing(Record):
    """Wall-clock facts of one response, kept apart from hashed content."""

    response_id: str
    latency_ms: float | None
    started: str = ""
    retries: int = 0


class Score(Record):
    """What one grader says of one response.

    `value` runs from 0 (wrong) to 1 (right). `None` is "not graded", never "wrong".
    """

    response_id: str
    grader: str
    value: float | None
    reason: str = ""


class RunManifest(Record):
    """One execution: models × questions × conditions × repeats, and every setting that shaped it."""

    id: str
    benchmark: str
    benchmark_fingerprint: str
    models: tuple[str, ...]
    conditions: tuple[str, ...]
    repeats: int = 1
    seed: int = 0
    version: str
    prompt: str = ""
    """The answering prompt as it was sent, whole."""
    settings: dict[str, Any] = {}
    is_closed: bool = False
    """True once every response is in and the rows are sorted."""
