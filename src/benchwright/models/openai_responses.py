"""OpenAI's Responses API, for models that answer nowhere else: `kind: openai-responses` in `benchwright.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchwright.models.openai_compatible import is_strict
from benchwright.models.wire import Failure, block, blocks, classify_failure, tokens
from benchwright.records import Reply, Request, Usage

_NOT_PARAMETERS = {"model", "input", "stream"}


@dataclass(frozen=True)
class Responses:
    """The dialect of `POST /responses`. Nothing is stored at the provider unless `store: true` is asked."""

    output_limit_name: str = "max_output_tokens"
    is_plain_text_read: bool = False

    def path(self, model: str, *, stream: bool) -> str:
        """One path for every model."""
        return "/responses"

    def headers(self, key: str) -> dict[str, str]:
        """A bearer token."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def body(self, model: str, request: Request, *, with_schema: bool, stream: bool) -> dict[str, Any]:
        """Messages as input; `reasoning_effort` and `max_tokens` under the names this API has for them."""
        given = dict(request.parameters)
        body: dict[str, Any] = {
            "model": model,
            "input": [{"role": turn.role, "content": turn.content} for turn in request.messages],
        }
        if request.images:
            last = body["input"][-1]
            pictures = [{"type": "input_image", "image_url": f"data:image/png;base64,{png}"} for png in request.images]
            last["content"] = [{"type": "input_text", "text": last["content"]}, *pictures]
        for name in ("max_tokens", "max_completion_tokens"):
            if name in given:
                body["max_output_tokens"] = given.pop(name)
        if "reasoning_effort" in given:
            body["reasoning"] = {"effort": given.pop("reasoning_effort")}
        body |= given
        if with_schema and request.response_schema is not None:
            schema = request.response_schema
            form = {"type": "json_schema", "name": "answer", "schema": schema, "strict": is_strict(schema)}
            body["text"] = {**block(body.get("text")), "format": form}
        if stream:
            body["stream"] = True
        return body

    def output_limit(self, body: Mapping[str, Any]) -> int | None:
        """`max_output_tokens`; it bounds reasoning too."""
        return tokens(body.get("max_output_tokens"))

    def with_output_limit(self, body: Mapping[str, Any], tokens: int) -> dict[str, Any]:
        """Set `max_output_tokens`."""
        return {**body, "max_output_tokens": tokens}

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """All but model, input and streaming; the schema by its type."""
        shown = {name: value for name, value in body.items() if name not in _NOT_PARAMETERS}
        if form := block(block(shown.get("text")).get("format")):
            shown["text"] = {**block(shown["text"]), "format": form.get("type", "")}
        return shown

    def read(self, payload: Mapping[str, Any]) -> Reply | Failure:
        """Join the text parts of the messages; tool calls and reasoning are not text."""
        if "output" not in payload and "status" not in payload:
            return Failure("garbage", "an answer without `output`", 200)
        parts = [
            part
            for item in blocks(payload.get("output"))
            if item.get("type") == "message"
            for part in blocks(item.get("content"))
        ]
        text = "".join(str(part.get("text") or "") for part in parts if part.get("type") == "output_text")
        refusal = "".join(str(part.get("refusal") or "") for part in parts if part.get("type") == "refusal")
        status = str(payload.get("status") or "")
        why = str(block(payload.get("incomplete_details")).get("reason") or "")
        if status in {"failed", "cancelled"}:
            return classify_failure(502, {}, f"the provider reports `{status}`")
        state, reason = "ok", ""
        if status == "incomplete" and why == "content_filter":
            state, reason = "refusal", "content filter"
        elif status == "incomplete":
            state, reason = "truncated", "output limit"
        elif refusal:
            state, reason, text = "refusal", "the model refused", text or refusal
        return Reply(text=text, state=state, reason=reason, usage=_usage(payload), finish_reason=why or status)

    def text_of(self, event: Mapping[str, Any]) -> str:
        """The delta of a text event."""
        return str(event.get("delta") or "") if event.get("type") == "response.output_text.delta" else ""

    def assemble(self, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The closing event holds the whole response."""
        for event in events:
            if event.get("type") in {"response.completed", "response.incomplete", "response.failed"}:
                return dict(block(event.get("response")))
        return {}


def _usage(payload: Mapping[str, Any]) -> Usage:
    usage = block(payload.get("usage"))
    return Usage(
        input_tokens=tokens(usage.get("input_tokens")),
        output_tokens=tokens(usage.get("output_tokens")),
        reasoning_tokens=tokens(block(usage.get("output_tokens_details")).get("reasoning_tokens")),
        cached_tokens=tokens(block(usage.get("input_tokens_details")).get("cached_tokens")),
    )
