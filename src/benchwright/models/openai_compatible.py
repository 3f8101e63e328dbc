"""OpenAI's chat completions, and everything that speaks the same: vLLM, Ollama, LM Studio, llama.cpp, OpenRouter …"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchwright.models.protocol import TokenLogprob
from benchwright.models.wire import Failure, block, blocks, tokens
from benchwright.records import Reply, Request, Usage

_LIMITS = ("max_completion_tokens", "max_tokens")
_NOT_PARAMETERS = {"model", "messages", "stream", "stream_options"}


@dataclass(frozen=True)
class ChatCompletions:
    """The dialect of `POST /chat/completions`.

    `output_limit_name` is `max_completion_tokens` at OpenAI itself and `max_tokens` nearly everywhere else.
    """

    output_limit_name: str = "max_tokens"
    is_plain_text_read: bool = False

    def path(self, model: str, *, stream: bool) -> str:
        """One path for every model."""
        return "/chat/completions"

    def headers(self, key: str) -> dict[str, str]:
        """A bearer token."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def body(self, model: str, request: Request, *, with_schema: bool, stream: bool) -> dict[str, Any]:
        """Messages as they are, parameters as they stand, the schema as `response_format`."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": turn.role, "content": turn.content} for turn in request.messages],
            **request.parameters,
        }
        if request.images:
            last = body["messages"][-1]
            last["content"] = [{"type": "text", "text": last["content"]}, *map(_picture, request.images)]
        if with_schema and request.response_schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {
                    "name": "answer",
                    "schema": request.response_schema,
                    "strict": is_strict(request.response_schema),
                },
            }
        if stream:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return body

    def output_limit(self, body: Mapping[str, Any]) -> int | None:
        """Either of the two names."""
        return next((found for name in _LIMITS if (found := tokens(body.get(name))) is not None), None)

    def with_output_limit(self, body: Mapping[str, Any], tokens: int) -> dict[str, Any]:
        """Change the name that is there, else use the endpoint's."""
        name = next((name for name in _LIMITS if name in body), self.output_limit_name)
        return {**body, name: tokens}

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """All but model, messages and streaming; the schema by its type alone, it is part of the request."""
        shown = {name: value for name, value in body.items() if name not in _NOT_PARAMETERS}
        if "response_format" in shown:
            shown["response_format"] = block(shown["response_format"]).get("type", "")
        return shown

    def read(self, payload: Mapping[str, Any]) -> Reply | Failure:
        """Read text, finish reason, refusal, usage and the mean log-probability."""
        choices = blocks(payload.get("choices"))
        if not choices:
            return Failure("garbage", "an answer without `choices`", 200)
        choice = choices[0]
        if inner := block(choice.get("error")):
            return Failure("server", str(inner.get("message", "the provider broke off")), 502)
        message = block(choice.get("message"))
        finish = str(choice.get("finish_reason") or "")
        if not message and not finish:
            return Failure("garbage", "an answer without a message", 200)
        if finish == "error":
            return Failure("server", "the provider broke off (finish reason `error`)", 502)
        text = _text(message.get("content"))
        refusal = message.get("refusal")
        state, reason = "ok", ""
        if finish in {"length", "max_tokens", "model_length"}:
            state, reason = "truncated", "output limit"
        elif finish in {"content_filter", "content_filtered", "safety"}:
            state, reason = "refusal", "content filter"
        elif isinstance(refusal, str) and refusal:
            state, reason, text = "refusal", "the model refused", text or refusal
        return Reply(
            text=text,
            state=state,
            reason=reason,
            usage=_usage(block(payload.get("usage"))),
            finish_reason=finish,
            logprob=_mean([token.logprob for token in token_logprobs(payload)]),
        )

    def text_of(self, event: Mapping[str, Any]) -> str:
        """The delta's content."""
        choices = blocks(event.get("choices"))
        return _text(block(choices[0].get("delta")).get("content")) if choices else ""

    def assemble(self, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """Join the deltas; finish reason and usage come in the last events."""
        text, refusal, finish, usage = "", "", "", {}
        seen = False
        for event in events:
            usage = block(event.get("usage")) or usage
            for choice in blocks(event.get("choices"))[:1]:
                seen = True
                delta = block(choice.get("delta"))
                text += _text(delta.get("content"))
                refusal += _text(delta.get("refusal"))
                finish = str(choice.get("finish_reason") or finish)
        if not seen:
            return {}
        message = {"content": text, "refusal": refusal or None}
        return {"choices": [{"message": message, "finish_reason": finish}], "usage": dict(usage)}


def token_logprobs(payload: Mapping[str, Any]) -> tuple[TokenLogprob, ...]:
    """The tokens of the first choice with their log-probabilities; empty where the provider sent none."""
    choices = blocks(payload.get("choices"))
    content = block(choices[0].get("logprobs")).get("content") if choices else None
    return tuple(
        TokenLogprob(str(item.get("token", "")), float(item["logprob"]))
        for item in blocks(content)
        if isinstance(item.get("logprob"), (int, float))
    )


def is_strict(schema: Mapping[str, Any]) -> bool:
    """Say whether OpenAI's strict mode takes `schema`: every object closed and every property required."""
    properties = block(schema.get("properties"))
    if schema.get("type") == "object" or properties:
        if schema.get("additionalProperties") is not False:
            return False
        if set(properties) != set(schema.get("required") or ()):
            return False
    below = [*properties.values(), *block(schema.get("$defs")).values(), schema.get("items")]
    below += [item for name in ("anyOf", "allOf", "oneOf") for item in schema.get(name) or ()]
    return all(is_strict(block(item)) for item in below if item)


def _picture(png: str) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{png}"}}


def _text(content: object) -> str:
    """Content is a string, or a list of parts of which those of type text count."""
    if isinstance(content, str):
        return content
    return "".join(str(part.get("text") or "") for part in blocks(content) if part.get("type", "text") == "text")


def _usage(usage: Mapping[str, Any]) -> Usage:
    details = block(usage.get("completion_tokens_details"))
    cached = tokens(block(usage.get("prompt_tokens_details")).get("cached_tokens"))
    return Usage(
        input_tokens=tokens(usage.get("prompt_tokens")),
        output_tokens=tokens(usage.get("completion_tokens")),
        reasoning_tokens=tokens(details.get("reasoning_tokens")),
        cached_tokens=cached if cached is not None else tokens(usage.get("cached_tokens")),
    )


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
