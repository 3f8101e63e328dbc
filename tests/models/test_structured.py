import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.shared_data import SHARED, requires_shared

from benchwright.models.structured import ask_for_object, find_object, read_object, schema_mistakes
from benchwright.records import Message, Reply, Request


def value_of(text: str, **asked: Any) -> dict[str, Any] | None:
    found = find_object(text, **asked)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('Here you are:\n```json\n{"a": [1, 2]}\n```\nBye {x}.', {"a": [1, 2]}),
        ('```\n{"a": "unclosed fence"}', {"a": "unclosed fence"}),
        ('<think>maybe {"a": 0}</think>{"a": 1}', {"a": 1}),
        ('{"a": 1}\nNo, wait: {"a": 2}', {"a": 2}),
        ('{"a": "line one\nline two"}', {"a": "line one\nline two"}),
        (r'{"a": "the \(x\) of \frac{1}{2}"}', {"a": r"the \(x\) of \frac{1}{2}"}),
        (r'{"a": "tab\tand \text{word} \(y\)"}', {"a": "tab\tand \\text{word} \\(y\\)"}),
        ('{"a": "he said "no" twice", "b": "x"}', {"a": 'he said "no" twice', "b": "x"}),
        ('{"a": `raw`, "b": "9"}', {"a": "raw", "b": "9"}),
        ('{"a": "never closed\n\n"b": "9"\n}', {"a": "never closed", "b": "9"}),
        ('{"a": "x", "b": 3,}', {"a": "x", "b": 3}),
        ("{'a': 'single', 'b': [1, 2]}", {"a": "single", "b": [1, 2]}),
        ('{"a": {"b": "}"}, "c": "{"}', {"a": {"b": "}"}, "c": "{"}),
        ('{"a": "코드 \\u00e9"}', {"a": "코드 é"}),
    ],
)
def test_the_object_is_read_through_what_is_around_it_and_wrong_with_it(text: str, value: dict[str, Any]) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no object here",
        "Answer: 24",
        r"The set $\{x : x > 0\}$ and \boxed{12}.",
        "a {placeholder} in braces",
        "f(x) = {1 if x else 2}",
        "```python\ndef f(): return {}\n```",
        '<think>{"a": 1}',
        "[1, 2, 3]",
        "{}",
        "{" * 5000,
        '{"a": ' * 2000,
    ],
)
def test_no_object_is_invented(text: str) -> None:
    assert find_object(text) is None
    assert find_object(text, required=("answer",)) is None


def test_a_value_that_is_cut_off_is_not_the_value() -> None:
    assert value_of('{"reason": "long", "answer": "The tow tru', required=("answer",)) is None


def test_of_a_list_that_is_cut_off_the_whole_items_are_read() -> None:
    text = '{"questions": [{"q": "one"}, {"q": "two"}, {"q": "thr'
    assert value_of(text) == {"questions": [{"q": "one"}, {"q": "two"}]}


def test_the_end_of_a_mathematical_answer_is_read_only_where_that_is_asked_for() -> None:
    text = r"So it is. The final answer is: $\boxed{\frac{1}{2}}$"
    assert find_object(text, required=("answer",)) is None
    found = find_object(text, required=("answer",), boxed="answer")
    assert found is not None
    assert (found.value, found.how) == ({"answer": r"\frac{1}{2}"}, "boxed")


SCHEMA = {
    "type": "object",
    "properties": {
        "answer": {"type": "string", "minLength": 1},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}, "minItems": 1},
    },
    "required": ["answer"],
    "$defs": {"item": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}},
}


@pytest.mark.parametrize(
    ("value", "mistake"),
    [
        ({"answer": "x", "score": 1}, ""),
        ({"answer": "x", "remark": "kept"}, ""),
        ({"answer": ""}, "the object.answer is too short"),
        ({"score": 0.5}, "the object lacks `answer`"),
        ({"answer": 4}, "the object.answer is int, not string"),
        ({"answer": "x", "score": 2}, "the object.score is 2, out of bounds"),
        ({"answer": "x", "score": True}, "the object.score is bool, not number"),
        ({"answer": "x", "items": []}, "the object.items has 0 items"),
        ({"answer": "x", "items": [{"n": 1}, {}]}, "the object.items[1] lacks `n`"),
    ],
)
def test_what_does_not_fit_the_schema_is_named(value: dict[str, Any], mistake: str) -> None:
    assert schema_mistakes(value, SCHEMA) == ([mistake] if mistake else [])


def test_the_object_that_fits_is_preferred_to_one_that_does_not() -> None:
    text = 'Example: {"answer": 1}. Mine: {"answer": "yes"} Note: {"done": true}'
    assert value_of(text, schema=SCHEMA) == {"answer": "yes"}


@given(
    st.dictionaries(
        st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=8),
        st.one_of(
            st.text(max_size=30), st.integers(-1000, 1000), st.booleans(), st.lists(st.text(max_size=5), max_size=3)
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["", "Sure!\n", "```json\n", "### Answer\n"]),
    st.sampled_from(["", "\n```", "\nHope this helps.", "</s></s>"]),
)
def test_whole_json_comes_back_as_it_was(value: dict[str, Any], before: str, after: str) -> None:
    assert value_of(before + json.dumps(value, ensure_ascii=False) + after) == value


@given(st.text(alphabet='{}[]":,\\`\n ansewr1', max_size=400))
def test_any_text_is_read_in_time_and_without_an_error(text: str) -> None:
    started = time.monotonic()
    find_object(text, required=("answer",), boxed="answer")
    assert time.monotonic() - started < 1


@requires_shared
def test_of_the_messy_outputs_every_whole_answer_is_read_none_is_slow_and_none_is_invented() -> None:
    path = SHARED / "llm_outputs" / "messy_json_outputs.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    slowest, objects, with_box, invented = 0.0, 0, 0, 0
    for row in rows:
        started = time.monotonic()
        found = find_object(row["output"], required=("answer",), boxed="answer")
        slowest = max(slowest, time.monotonic() - started)
        with_box += found is not None
        objects += found is not None and found.how != "boxed"
        is_absent = row["kind"] in {"no_object", "empty"}
        invented += is_absent and (found is not None or find_object(row["output"]) is not None)
    assert slowest < 1
    assert invented == 0
    # 155 outputs hold an object with an answer, one of them cut off inside it; six more end with a boxed answer.
    assert objects == 154
    assert with_box >= 160


class Drafts(BaseModel):
    questions: list[str]
    count: int = 0


def test_an_object_of_a_class_is_read_with_its_conversions_or_the_reason_is_told() -> None:
    assert read_object('So: {"questions": ["a"], "count": "3"}', Drafts).value == Drafts(questions=["a"], count=3)
    assert read_object('{"questions": "a"}', Drafts).reason.startswith(
        "the object in the answer does not fit: `questions`"
    )
    assert read_object("none", Drafts).reason == "no object of the asked form in the answer"
    assert read_object(" ", Drafts).reason == "the answer is empty"


class Scripted:
    name = "scripted"

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.attempts: list[int] = []

    async def respond(self, request: Request) -> Reply:
        self.attempts.append(request.attempt)
        return Reply(text=self.texts[request.attempt])


REQUEST = Request(messages=(Message(role="user", content="?"),), response_schema=SCHEMA)


async def test_a_malformed_answer_is_asked_again_at_most_twice() -> None:
    model = Scripted("no", '{"answer": 3}', '{"answer": "yes"}')
    asked = await ask_for_object(model, REQUEST)
    assert asked.found is not None
    assert asked.found.value == {"answer": "yes"}
    assert model.attempts == [0, 1, 2]
    asked = await ask_for_object(Scripted("no", "no", "no"), REQUEST)
    assert asked.found is None
    assert asked.reason == "no object of the asked form in the answer (3 attempts)"


async def test_an_object_with_a_mistake_of_meaning_is_asked_again_and_the_mistake_kept() -> None:
    model = Scripted('{"answer": "a"}', '{"answer": "a"}', '{"answer": "a"}')
    asked = await ask_for_object(model, REQUEST, mistake=lambda value: "always wrong" if value else "")
    assert asked.reason == "always wrong (3 attempts)"
