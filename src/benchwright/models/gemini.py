"""Google's Gemini API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from benchwright.models.wire import Failure, block, blocks, tokens
from benchwright.records import Reply, Request, Usage

_TOP_LEVEL = {"safetySettings", "tools", "toolConfig", "cachedContent", "labels", "serviceTier"}
_NAMES = {
    "max_tokens": "maxOutputTokens",
    "max_completion_tokens": "maxOutputTokens",
    "top_p": "topP",
    "top_k": "topK",
    "logprobs": "responseLogprobs",
    "top_logprobs": "logprobs",
    "presence_penalty": "presencePenalty",
    "frequency_penalty": "frequencyPenalty",
}
_BUDGETS = {"none": 0, "minimal": 1024, "low": 1024, "medium": 8192, "high": 24576}
_FILTERED = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "IMAGE_SAFETY"}


@dataclass(frozen=True)
class GenerateContent:
    """The dialect of `POST /models/NAME:generateContent`. Common parameter names are put into this API's words."""

    output_limit_name: str = "maxOutputTokens"
    is_plain_text_read: bool = False

    def path(self, model: str, *, stream: bool) -> str:
        """The model is part of the path."""
        verb = "streamGenerateContent?alt=sse" if stream else "generateContent"
        return f"/models/{quote(model, safe='/-_.')}:{verb}"

    def headers(self, key: str) -> dict[str, str]:
        """The key in a header, never in the address."""
        return {"x-goog-api-key": key} if key else {}

    def body(self, model: str, request: Request, *, with_schema: bool, stream: bool) -> dict[str, Any]:
        """Turns as `contents`, system turns as `systemInstruction`, parameters in `generationConfig`."""
        top = {name: value for name, value in request.parameters.items() if name in _TOP_LEVEL}
        config: dict[str, Any] = {}
        for name, value in request.parameters.items():
            if name == "stop":
                config["stopSequences"] = [value] if isinstance(value, str) else value
            elif name == "reasoning_effort":
                config["thinkingConfig"] = {**block(config.get("thinkingConfig")), **_thinking(model, value)}
            elif name not in _TOP_LEVEL:
                config[_NAMES.get(name, name)] = value
        if with_schema and request.response_schema is not None:
            config |= {"responseMimeType": "application/json", "responseJsonSchema": request.response_schema}
        roles = {"user": "user", "assistant": "model"}
        body: dict[str, Any] = {
            "contents": [
                {"role": roles[turn.role], "parts": [{"text": turn.content}]}
                for turn in request.messages
                if turn.role != "system"
            ],
            **top,
        }
        pictures = [{"inlineData": {"mimeType": "image/png", "data": png}} for png in request.images]
        if pictures:
            body["contents"][-1]["parts"][:0] = pictures
        if system := [{"text": turn.content} for turn in request.messages if turn.role == "system"]:
            body["systemInstruction"] = {"parts": system}
        if config:
            body["generationConfig"] = config
        return body

    def output_limit(self, body: Mapping[str, Any]) -> int | None:
        """`maxOutputTokens`; it bounds thoughts too."""
        return tokens(block(body.get("generationConfig")).get("maxOutputTokens"))

    def with_output_limit(self, body: Mapping[str, Any], tokens: int) -> dict[str, Any]:
        """Set `maxOutputTokens`."""
        return {**body, "generationConfig": {**block(body.get("generationConfig")), "maxOutputTokens": tokens}}

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The generation settings and the other top-level switches; the schema by its type."""
        shown = {name: value for name, value in body.items() if name in _TOP_LEVEL}
        shown |= block(body.get("generationConfig"))
        if "responseJsonSchema" in shown:
            shown["responseJsonSchema"] = "json_schema"
        return shown

    def read(self, payload: Mapping[str, Any]) -> Reply | Failure:
        """Join the text parts of the first candidate; thoughts are not text."""
        candidates = blocks(payload.get("candidates"))
        usage = _usage(block(payload.get("usageMetadata")))
        if not candidates:
            blocked = block(payload.get("promptFeedback")).get("blockReason")
            if blocked:
                return Reply(text="", state="refusal", reason="content filter", usage=usage, finish_reason=str(blocked))
            return Failure("garbage", "an answer without `candidates`", 200)
        finish = str(candidates[0].get("finishReason") or "")
        parts = blocks(block(candidates[0].get("content")).get("parts"))
        text = "".join(str(part.get("text") or "") for part in parts if not part.get("thought"))
        state, reason = "ok", ""
        if finish == "MAX_TOKENS":
            state, reason = "truncated", "output limit"
        elif finish in _FILTERED:
            state, reason = "refusal", "content filter"
        elif finish not in {"", "STOP", "FINISH_REASON_UNSPECIFIED"} and not text:
            return Failure("server", f"the provider broke off (finish reason `{finish}`)", 502)
        mean = candidates[0].get("avgLogprobs")
        return Reply(
            text=text,
            state=state,
            reason=reason,
            usage=usage,
            finish_reason=finish,
            logprob=float(mean) if isinstance(mean, (int, float)) else None,
        )

    def text_of(self, event: Mapping[str, Any]) -> str:
        """The text parts of one event."""
        candidates = blocks(event.get("candidates"))
        parts = blocks(block(candidates[0].get("content")).get("parts")) if candidates else []
        return "".join(str(part.get("text") or "") for part in parts if not part.get("thought"))

    def assemble(self, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """Each event is an answer of its own with the next part; the last one has finish reason and usage."""
        text, whole = "", dict[str, Any]()
        finish, seen = "", False
        for event in events:
            text += self.text_of(event)
            whole |= event
            for candidate in blocks(event.get("candidates"))[:1]:
                seen = True
                finish = str(candidate.get("finishReason") or finish)
        if seen:
            whole["candidates"] = [{"content": {"parts": [{"text": text}]}, "finishReason": finish}]
        return whole


def _thinking(model: str, effort: object) -> dict[str, Any]:
    """Gemini 3 takes levels; 2.5 only a budget of tokens, for which these are Google's own equivalents."""
    budget = _BUDGETS.get(str(effort))
    return {"thinkingBudget": budget} if "gemini-2.5" in model and budget is not None else {"thinkingLevel": effort}


def _usage(usage: Mapping[str, Any]) -> Usage:
    """Gemini counts thoughts apart from candidates; both are billed as output."""
    thoughts = tokens(usage.get("thoughtsTokenCount"))
    visible = tokens(usage.get("candidatesTokenCount"))
    output = None if visible is None and thoughts is None else (visible or 0) + (thoughts or 0)
    return Usage(
        input_tokens=tokens(usage.get("promptTokenCount")),
        output_tokens=output,
        reasoning_tokens=thoughts,
        cached_tokens=tokens(usage.get("cachedContentTokenCount")),
    )
