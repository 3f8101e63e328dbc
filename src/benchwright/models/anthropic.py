"""Anthropic's messages API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchwright.models.wire import Failure, block, blocks, tokens
from benchwright.records import Reply, Request, Usage

DEFAULT_OUTPUT_LIMIT = 4096
"""Anthropic requires a limit; this one goes out, and is recorded, where the user gave none."""

_NOT_PARAMETERS = {"model", "messages", "system", "stream"}


@dataclass(frozen=True)
class Messages:
    """The dialect of `POST /messages`."""

    output_limit_name: str = "max_tokens"
    is_plain_text_read: bool = False
    version: str = "2023-06-01"

    def path(self, model: str, *, stream: bool) -> str:
        """One path for every model."""
        return "/messages"

    def headers(self, key: str) -> dict[str, str]:
        """The key and the version of the interface."""
        return {"anthropic-version": self.version, **({"x-api-key": key} if key else {})}

    def body(self, model: str, request: Request, *, with_schema: bool, stream: bool) -> dict[str, Any]:
        """System turns go to `system`; `stop` and `reasoning_effort` under the names this API has for them."""
        given = dict(request.parameters)
        system = "\n\n".join(turn.content for turn in request.messages if turn.role == "system")
        body: dict[str, Any] = {
            "model": model,
            "max_tokens": given.pop("max_completion_tokens", DEFAULT_OUTPUT_LIMIT),
            "messages": [{"role": t.role, "content": t.content} for t in request.messages if t.role != "system"],
        }
        if request.images:
            last = body["messages"][-1]
            last["content"] = [*map(_picture, request.images), {"type": "text", "text": last["content"]}]
        if system:
            body["system"] = system
        if "stop" in given:
            stop = given.pop("stop")
            body["stop_sequences"] = [stop] if isinstance(stop, str) else stop
        output: dict[str, Any] = {}
        if "reasoning_effort" in given:
            output["effort"] = given.pop("reasoning_effort")
        if with_schema and request.response_schema is not None:
            output["format"] = {"type": "json_schema", "schema": request.response_schema}
        if output:
            given["output_config"] = {**block(given.get("output_config")), **output}
        body |= given
        if stream:
            body["stream"] = True
        return body

    def output_limit(self, body: Mapping[str, Any]) -> int | None:
        """`max_tokens`; it bounds thinking too."""
        return tokens(body.get("max_tokens"))

    def with_output_limit(self, body: Mapping[str, Any], tokens: int) -> dict[str, Any]:
        """Set `max_tokens`."""
        return {**body, "max_tokens": tokens}

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """All but model, messages, system and streaming; the schema by its type."""
        shown = {name: value for name, value in body.items() if name not in _NOT_PARAMETERS}
        if form := block(block(shown.get("output_config")).get("format")):
            shown["output_config"] = {**block(shown["output_config"]), "format": form.get("type", "")}
        return shown

    def read(self, payload: Mapping[str, Any]) -> Reply | Failure:
        """Join the text blocks; thinking is not text."""
        if not isinstance(payload.get("content"), list):
            return Failure("garbage", "an answer without `content`", 200)
        text = "".join(str(part.get("text") or "") for part in blocks(payload["content"]) if part.get("type") == "text")
        finish = str(payload.get("stop_reason") or "")
        state, reason = "ok", ""
        if finish == "max_tokens":
            state, reason = "truncated", "output limit"
        elif finish == "model_context_window_exceeded":
            state, reason = "truncated", "context length"
        elif finish == "refusal":
            state, reason = "refusal", "content filter"
        return Reply(text=text, state=state, reason=reason, usage=_usage(payload), finish_reason=finish)

    def text_of(self, event: Mapping[str, Any]) -> str:
        """The text of a text delta."""
        delta = block(event.get("delta"))
        return str(delta.get("text") or "") if delta.get("type") == "text_delta" else ""

    def assemble(self, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """`message_start` opens with the input's usage, `message_delta` closes with the output's."""
        text, finish, usage = "", None, {}
        seen = False
        for event in events:
            seen = seen or event.get("type") == "message_start"
            usage = {**usage, **block(block(event.get("message")).get("usage")), **block(event.get("usage"))}
            text += self.text_of(event)
            finish = block(event.get("delta")).get("stop_reason") or finish
        if not seen:
            return {}
        return {"content": [{"type": "text", "text": text}], "stop_reason": finish, "usage": usage}


def _picture(png: str) -> dict[str, Any]:
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": png}}


def _usage(payload: Mapping[str, Any]) -> Usage:
    """Anthropic counts cached input apart from `input_tokens`; here input is the whole."""
    usage = block(payload.get("usage"))
    cached = tokens(usage.get("cache_read_input_tokens"))
    whole = tokens(usage.get("input_tokens"))
    if whole is not None:
        whole += (cached or 0) + (tokens(usage.get("cache_creation_input_tokens")) or 0)
    return Usage(input_tokens=whole, output_tokens=tokens(usage.get("output_tokens")), cached_tokens=cached)
