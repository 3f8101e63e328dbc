"""What comes back over the wire: answers, failures and their kinds, rate-limit headers, server-sent events."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, Protocol, cast

from benchwright.records import Reply, Request

Kind = Literal[
    "rate_limit",
    "overloaded",
    "server",
    "transport",
    "timeout",
    "garbage",
    "quota",
    "key",
    "unknown_model",
    "context_length",
    "content_filter",
    "bad_request",
]
RETRIED: frozenset[Kind] = frozenset({"rate_limit", "overloaded", "server", "transport", "timeout", "garbage"})
"""Failures that may pass; the others say the same the next time."""
CONFIGURATION: frozenset[Kind] = frozenset({"quota", "key", "unknown_model"})
"""Failures of the setting, not of one question: they stop the work with one line."""


@dataclass(frozen=True)
class Failure:
    """A call without an answer: what kind, in whose words, and how long the provider asks to wait."""

    kind: Kind
    message: str
    status: int = 0
    retry_after_s: float | None = None
    may_be_billed: bool = False
    """True where the request was sent and its fate is unknown."""


class Dialect(Protocol):
    """How one family of providers writes a request and reads an answer. Pure: no network, no clock."""

    @property
    def is_plain_text_read(self) -> bool:
        """True where an answer that is no JSON is the text itself, as an own application may send it."""
        ...

    @property
    def output_limit_name(self) -> str:
        """Name of the parameter that bounds the output, as users write it."""
        ...

    def path(self, model: str, *, stream: bool) -> str:
        """The path below the base URL, with a leading slash."""
        ...

    def headers(self, key: str) -> dict[str, str]:
        """The headers that carry `key`; empty for an empty key."""
        ...

    def body(self, model: str, request: Request, *, with_schema: bool, stream: bool) -> dict[str, Any]:
        """The JSON body; `request.parameters` go in as they stand."""
        ...

    def output_limit(self, body: Mapping[str, Any]) -> int | None:
        """The bound on output tokens that `body` states, if any."""
        ...

    def with_output_limit(self, body: Mapping[str, Any], tokens: int) -> dict[str, Any]:
        """A copy of `body` whose output is bounded by `tokens`."""
        ...

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of `body`: all of it but the model, the conversation and the streaming switch."""
        ...

    def read(self, payload: Mapping[str, Any]) -> Reply | Failure:
        """Read a complete answer (status 200)."""
        ...

    def assemble(self, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """Put the events of a stream together to the payload that `read` takes."""
        ...

    def text_of(self, event: Mapping[str, Any]) -> str:
        """The visible text that one event adds."""
        ...


_CONTEXT = re.compile(
    r"context.{0,3}(length|window|size)|maximum context|prompt is too long|too many (input )?tokens"
    r"|input (token count|is too long|length)|exceeds? the (available context|maximum number of tokens|model.s max)"
    r"|context_length_exceeded|string_above_max_length|reduce the length",
    re.IGNORECASE,
)
_FILTER = re.compile(
    r"content.?(filter|policy|management)|safety (system|polic)|flagged|moderation"
    r"|usage polic|blocked by|responsibleai",
    re.IGNORECASE,
)
_UNKNOWN_MODEL = re.compile(
    r"model_?not_?found|unknown_model|invalid model\b|model identifier is invalid|not a valid model|no such model"
    r"|model[ :`'\"][^.]{0,120}(does not exist|is not supported\. supported models|not found|doesn't exist)"
    r"|model[s]?[ :/`'\"][^ ]{0,120} (does not exist|is not found|not found)|try pulling it first|no endpoints found",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"(incorrect|invalid|missing|expired|no).{0,20}(api.?key|x-api-key|credential|auth token)|api.?key not valid"
    r"|api_key_invalid|unauthori[sz]ed|authentication",
    re.I,
)
_QUOTA = re.compile(
    r"insufficient.?(quota|balance|credit|fund)|billing_(hard_limit|not_active)|credit balance is too low"
    r"|out of credits",
    re.IGNORECASE,
)
_RETRY_DELAY = re.compile(r'"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"')
_SCHEMA = re.compile(
    r"response_?format|json_?schema|response_?schema|output_?config|output_?format|structured.?output|responseJsonSchema"
    r"|responseMimeType|response mime|grammar|guided|text\.format",
    re.IGNORECASE,
)


def is_about_schema(failure: Failure) -> bool:
    """Say whether the provider refuses the response format rather than the question."""
    return failure.kind in {"bad_request", "server"} and _SCHEMA.search(failure.message) is not None


def classify_failure(status: int, headers: Mapping[str, str], text: str, *, now: datetime | None = None) -> Failure:
    """Return what kind of failure an HTTP answer is, from its status, headers and body.

    `status` may be that of the body where a relay answers 200 with an error inside.
    """
    message, code = error_message(text)
    said = f"{code} {message}"
    wait = retry_after_s(headers, now=now)
    if wait is None and (delay := _RETRY_DELAY.search(text)):
        # Gemini says it in the body.
        wait = float(delay[1])
    return Failure(_kind(status, said), message or f"HTTP {status}", status, wait)


def _kind(status: int, said: str) -> Kind:
    if status == 402 or (status in {400, 403, 429} and _QUOTA.search(said)):
        return "quota"
    if status == 429:
        return "rate_limit"
    if status in {503, 529}:
        return "overloaded"
    if status >= 500 or status in {408, 409, 425}:
        return "server"
    if status in {401, 407}:
        return "key"
    if status == 403:
        return "content_filter" if _FILTER.search(said) else "key"
    if status == 404:
        return "unknown_model"
    if status == 413 or _CONTEXT.search(said):
        return "context_length"
    if _UNKNOWN_MODEL.search(said):
        return "unknown_model"
    if _FILTER.search(said):
        return "content_filter"
    if _KEY.search(said):
        return "key"
    return "bad_request"


def error_message(text: str) -> tuple[str, str]:
    """Return (message, code) of an error body: any of the known shapes, else the text itself, cut to one line."""
    try:
        body: Any = json.loads(text)
        if isinstance(body, str):
            body = json.loads(body)
    except ValueError:
        return _one_line(re.sub(r"<[^>]{0,500}>", " ", text[:4000])), ""
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, Mapping):
        return _one_line(str(body)), ""
    inner = body.get("error") or body
    if not isinstance(inner, Mapping):
        return _one_line(str(inner)), str(body.get("error_type", ""))
    message = inner.get("message") or inner.get("detail") or body.get("message") or body.get("detail") or ""
    details = inner.get("metadata")
    if isinstance(details, Mapping) and isinstance(details.get("raw"), str):
        message = f"{message}: {details['raw']}"
    if not isinstance(message, str):
        message = json.dumps(message, ensure_ascii=False)
    code = " ".join(str(inner[name]) for name in ("code", "type", "status", "innererror") if inner.get(name))
    return _one_line(message), code


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 300 else f"{line[:299]}…"


def retry_after_s(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds that `Retry-After` (seconds or a date) or `retry-after-ms` asks to wait; `None` where neither stands."""
    lowered = {name.lower(): value for name, value in headers.items()}
    milliseconds = lowered.get("retry-after-ms", "")
    if re.fullmatch(r"\d+(\.\d+)?", milliseconds):
        return float(milliseconds) / 1000
    value = lowered.get("retry-after", "").strip()
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())


def read_answer(dialect: Dialect, status: int, headers: Mapping[str, str], text: str) -> Reply | Failure:
    """Read one whole HTTP answer: a reply with its state, or a failure with its kind."""
    if status != 200:
        return classify_failure(status, headers, text)
    if _is_event_stream(headers, text):
        events = list(events_of(text.splitlines()))
        payload: Any = dialect.assemble(events) if events else None
        if error := next((event for event in events if event.get("error")), None):
            # Some relays report the output limit as an error beside a last chunk that ends with `length`.
            answer = dialect.read(payload) if payload else None
            if isinstance(answer, Reply) and answer.state == "truncated":
                return answer
            return _error_inside(error, headers)
    else:
        try:
            payload = json.loads(text)
        except ValueError:
            if dialect.is_plain_text_read:
                return Reply(text=text)
            return Failure("garbage", f"not JSON: {_one_line(text[:200])!r}", status)
    if not isinstance(payload, Mapping):
        return Failure("garbage", f"not a JSON object: {_one_line(text[:200])!r}", status)
    if payload.get("error"):
        return _error_inside(payload, headers)
    return dialect.read(payload)


def _is_event_stream(headers: Mapping[str, str], text: str) -> bool:
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return kind.startswith("text/event-stream") or text.startswith(("data:", "event:"))


def _error_inside(payload: Mapping[str, Any], headers: Mapping[str, str]) -> Failure:
    """A relay's 200 with an error in it: the code inside counts."""
    error = payload["error"]
    code = error.get("code") if isinstance(error, Mapping) else None
    status = int(code) if isinstance(code, (int, str)) and str(code).isdigit() else 502
    return classify_failure(status, headers, json.dumps(payload))


def events_of(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a stream of server-sent events; comments, keep-alives and `[DONE]` are passed over."""
    for line in lines:
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if not data or data == "[DONE]":
            continue
        try:
            event: Any = json.loads(data)
        except ValueError:
            continue
        if isinstance(event, dict):
            yield cast("dict[str, Any]", event)


def tokens(value: object) -> int | None:
    """A token count as a provider gave it; `None` where it is no whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def block(value: object) -> Mapping[str, Any]:
    """`value` where it is an object, else an empty one: providers leave parts out or send null."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def blocks(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list; empty where `value` is no list."""
    return [block(item) for item in cast("list[Any]", value)] if isinstance(value, list) else []
