import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.shared_data import SHARED, requires_shared

from benchwright.models.anthropic import Messages
from benchwright.models.gemini import GenerateContent
from benchwright.models.openai_compatible import ChatCompletions, is_strict
from benchwright.models.openai_responses import Responses
from benchwright.models.wire import Dialect, Failure, classify_failure, is_about_schema, read_answer, retry_after_s
from benchwright.records import Message, Reply, Request

PAYLOADS = SHARED / "llm_outputs" / "provider_payloads.jsonl"


def dialect_of(url: str) -> Dialect:
    if "googleapis" in url:
        return GenerateContent()
    if "anthropic" in url:
        return Messages()
    return Responses() if url.endswith("/responses") else ChatCompletions()


def read_row(row: dict[str, Any]) -> Reply | Failure:
    headers = {name: values[0] for name, values in row["headers"].items()}
    body = row["body"]
    text = body if isinstance(body, str) else json.dumps(body)
    return read_answer(dialect_of(row["url"]), row["status"], headers, text)


@requires_shared
def test_every_recorded_payload_is_classified() -> None:
    rows = [json.loads(line) for line in PAYLOADS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 53
    for number, row in enumerate(rows):
        answer = read_row(row)
        said = f"payload {number}: {answer}"
        if row["status"] == 200:
            assert isinstance(answer, Reply), said
            expected = "ok"
            if "length" in row["tags"]:
                expected = "truncated"
            elif "content_filter" in row["tags"]:
                expected = "refusal"
            assert answer.state == expected, said
            assert answer.usage.input_tokens is not None, said
            continue
        assert isinstance(answer, Failure), said
        assert answer.message, said
        text = json.dumps(row["body"]).lower()
        if row["status"] == 429:
            assert answer.kind == "rate_limit", said
        elif row["status"] == 404 or any(
            sign in text for sign in ("model_not_found", "identifier is invalid", "nonexistent")
        ):
            assert answer.kind == "unknown_model", said
        else:
            assert answer.kind == "bad_request", said


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (
            400,
            {"error": {"message": "This model's maximum context length is 8192 tokens", "code": "x"}},
            "context_length",
        ),
        (400, {"error": {"message": "too long", "code": "context_length_exceeded"}}, "context_length"),
        (400, {"type": "error", "error": {"message": "prompt is too long: 210000 tokens > 200000"}}, "context_length"),
        (400, {"error": {"message": "The input token count (1200000) exceeds the maximum"}}, "context_length"),
        (400, {"error": {"message": "the request exceeds the available context size"}}, "context_length"),
        (
            400,
            {"error": {"message": "filtered by content management policy", "code": "content_filter"}},
            "content_filter",
        ),
        (400, {"error": {"message": "API key not valid. Please pass a valid API key."}}, "key"),
        (401, {"error": {"message": "Incorrect API key provided"}}, "key"),
        (403, {"error": {"message": "no access"}}, "key"),
        (403, {"error": {"message": "your input was flagged"}}, "content_filter"),
        (402, {"error": {"message": "pay"}}, "quota"),
        (429, {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}, "quota"),
        (429, {"error": {"message": "You exceeded your current quota", "status": "RESOURCE_EXHAUSTED"}}, "rate_limit"),
        (404, {"error": {"message": "model 'llama9' not found, try pulling it first"}}, "unknown_model"),
        (400, {"error": {"message": "temperature: must be at most 1"}}, "bad_request"),
        (529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, "overloaded"),
        (503, "<html>busy</html>", "overloaded"),
        (500, "", "server"),
        (408, "", "server"),
    ],
)
def test_a_failure_is_named_for_its_cause(status: int, body: Any, kind: str) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    assert classify_failure(status, {}, text).kind == kind


def test_an_error_inside_a_200_is_a_failure_of_the_code_inside() -> None:
    answer = read_answer(ChatCompletions(), 200, {}, json.dumps({"error": {"code": 429, "message": "slow down"}}))
    assert isinstance(answer, Failure)
    assert answer.kind == "rate_limit"


@pytest.mark.parametrize("text", ["", "<html>", "[]", "null", "{}", '{"choices": []}', '{"choices": [{}]}', '"x"'])
@pytest.mark.parametrize("dialect", [ChatCompletions(), Responses(), Messages(), GenerateContent()])
def test_a_200_without_an_answer_is_garbage(dialect: Dialect, text: str) -> None:
    answer = read_answer(dialect, 200, {}, text)
    assert isinstance(answer, Failure)
    assert answer.kind == "garbage"


def test_retry_after_is_read_as_seconds_and_as_a_date() -> None:
    now = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
    assert retry_after_s({"Retry-After": "7"}) == 7
    assert retry_after_s({"retry-after-ms": "250"}) == 0.25
    assert retry_after_s({"Retry-After": "Tue, 24 Nov 2026 12:00:30 GMT"}, now=now) == 30
    assert retry_after_s({"Retry-After": "Tue, 24 Nov 2026 11:00:00 GMT"}, now=now) == 0
    assert retry_after_s({"Retry-After": "soon"}) is None
    assert retry_after_s({}) is None
    gemini = json.dumps({"error": {"message": "quota", "details": [{"retryDelay": "34.5s"}]}})
    assert classify_failure(429, {}, gemini).retry_after_s == 34.5


REQUEST = Request(
    messages=(Message(role="system", content="Be short."), Message(role="user", content="Why?")),
    parameters={"temperature": 0, "max_tokens": 50, "stop": "END", "reasoning_effort": "low"},
    response_schema={"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
)


def test_openai_gets_parameters_as_they_stand() -> None:
    body = ChatCompletions().body("m", REQUEST, with_schema=True, stream=False)
    assert body["temperature"] == 0
    assert body["stop"] == "END"
    assert body["reasoning_effort"] == "low"
    assert body["response_format"]["json_schema"]["strict"] is False
    assert set(ChatCompletions().effective(body)) == {*REQUEST.parameters, "response_format"}


def test_anthropic_gets_its_own_names() -> None:
    body = Messages().body("m", REQUEST, with_schema=True, stream=False)
    assert body["system"] == "Be short."
    assert body["messages"] == [{"role": "user", "content": "Why?"}]
    assert body["max_tokens"] == 50
    assert body["stop_sequences"] == ["END"]
    assert body["output_config"]["effort"] == "low"
    assert body["output_config"]["format"]["type"] == "json_schema"
    assert "stop" not in body


def test_anthropic_states_the_limit_it_puts_in() -> None:
    body = Messages().body("m", Request(messages=REQUEST.messages), with_schema=True, stream=False)
    assert Messages().effective(body) == {"max_tokens": 4096}


def test_gemini_gets_its_own_names() -> None:
    body = GenerateContent().body("m", REQUEST, with_schema=True, stream=False)
    assert body["systemInstruction"] == {"parts": [{"text": "Be short."}]}
    config = body["generationConfig"]
    assert config["maxOutputTokens"] == 50
    assert config["stopSequences"] == ["END"]
    assert config["thinkingConfig"] == {"thinkingLevel": "low"}
    assert config["responseMimeType"] == "application/json"


@pytest.mark.parametrize("dialect", [ChatCompletions(), Responses(), Messages(), GenerateContent()])
def test_the_output_limit_can_be_set_and_read(dialect: Dialect) -> None:
    body = dialect.body("m", Request(messages=REQUEST.messages), with_schema=False, stream=False)
    assert dialect.output_limit(dialect.with_output_limit(body, 77)) == 77


def test_anthropic_states_are_read() -> None:
    def read(stop: str) -> Reply:
        payload = {
            "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "So."}],
            "stop_reason": stop,
            "usage": {"input_tokens": 5, "cache_read_input_tokens": 10, "output_tokens": 3},
        }
        answer = Messages().read(payload)
        assert isinstance(answer, Reply)
        return answer

    assert read("end_turn").text == "So."
    assert read("end_turn").usage.input_tokens == 15
    assert read("max_tokens").state == "truncated"
    assert read("refusal").state == "refusal"
    assert read("model_context_window_exceeded").reason == "context length"


def test_gemini_thoughts_are_billed_but_not_read() -> None:
    answer = GenerateContent().read(
        {
            "candidates": [
                {"content": {"parts": [{"text": "hm", "thought": True}, {"text": "Yes"}]}, "finishReason": "STOP"}
            ],
            "usageMetadata": {"promptTokenCount": 4, "candidatesTokenCount": 1, "thoughtsTokenCount": 9},
        }
    )
    assert isinstance(answer, Reply)
    assert answer.text == "Yes"
    assert answer.usage.output_tokens == 10
    assert answer.usage.reasoning_tokens == 9


def test_a_blocked_gemini_prompt_is_a_refusal() -> None:
    answer = GenerateContent().read({"promptFeedback": {"blockReason": "SAFETY"}})
    assert isinstance(answer, Reply)
    assert answer.state == "refusal"


def test_an_openai_refusal_is_a_refusal() -> None:
    answer = ChatCompletions().read(
        {"choices": [{"message": {"content": None, "refusal": "I cannot."}, "finish_reason": "stop"}]}
    )
    assert isinstance(answer, Reply)
    assert (answer.state, answer.text) == ("refusal", "I cannot.")


def test_a_stream_is_assembled_in_every_dialect() -> None:
    def read(dialect: Dialect, events: list[dict[str, Any]]) -> Reply:
        text = "".join(f"event: x\ndata: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n"
        answer = read_answer(dialect, 200, {"Content-Type": "text/event-stream"}, text)
        assert isinstance(answer, Reply), answer
        return answer

    openai = [
        {"choices": [{"delta": {"content": "Hel"}}]},
        {"choices": [{"delta": {"content": "lo"}, "finish_reason": "length"}]},
        {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}},
    ]
    anthropic = [
        {"type": "message_start", "message": {"usage": {"input_tokens": 1, "output_tokens": 1}}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hel"}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "lo"}},
        {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}, "usage": {"output_tokens": 2}},
    ]
    gemini = [
        {"candidates": [{"content": {"parts": [{"text": "Hel"}]}}]},
        {
            "candidates": [{"content": {"parts": [{"text": "lo"}]}, "finishReason": "MAX_TOKENS"}],
            "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 2},
        },
    ]
    whole = {
        "status": "incomplete",
        "incomplete_details": {"reason": "max_output_tokens"},
        "output": [{"type": "message", "content": [{"type": "output_text", "text": "Hello"}]}],
        "usage": {"input_tokens": 1, "output_tokens": 2},
    }
    responses = [
        {"type": "response.output_text.delta", "delta": "Hello"},
        {"type": "response.incomplete", "response": whole},
    ]
    for dialect, events in [
        (ChatCompletions(), openai),
        (Messages(), anthropic),
        (GenerateContent(), gemini),
        (Responses(), responses),
    ]:
        answer = read(dialect, events)
        assert (answer.text, answer.state) == ("Hello", "truncated")
        assert (answer.usage.input_tokens, answer.usage.output_tokens) == (1, 2)


def test_strict_mode_is_asked_only_for_closed_schemas() -> None:
    closed = {
        "type": "object",
        "properties": {"a": {"type": "array", "items": {"type": "string"}}},
        "required": ["a"],
        "additionalProperties": False,
    }
    assert is_strict(closed)
    assert not is_strict({**closed, "required": []})
    assert not is_strict({**closed, "properties": {"a": {"type": "object", "properties": {"b": {}}}}})


def test_a_refused_response_format_is_told_from_a_bad_request() -> None:
    refused = json.dumps({"error": {"message": "response_format json_schema is not supported"}})
    assert is_about_schema(classify_failure(400, {}, refused))
    assert not is_about_schema(classify_failure(400, {}, json.dumps({"error": {"message": "bad temperature"}})))
