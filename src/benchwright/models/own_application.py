"""Your own application as a candidate: a Python function (`python:`) or an HTTP service with a small template."""

import asyncio
import importlib
import inspect
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchwright.errors import ConfigError, unknown_name
from benchwright.models.gate import Gate
from benchwright.models.secrets import hidden, in_environment, spellings
from benchwright.models.turns import Room
from benchwright.models.variants import Variant, fields_of, fill
from benchwright.models.wire import Failure
from benchwright.records import Reply, Request

DEFAULT_BODY = {"question": "{prompt}"}
_ANSWER_FIELDS = ("answer", "text", "output", "response", "content", "result")
_PREFIX = "python:"


@dataclass(frozen=True)
class HttpTemplate:
    """The dialect of an own HTTP service: `template` is the JSON sent, `answer` the place of the text in the JSON back.

    Texts of the template may hold {prompt}, {question}, {choices}, {passages}. Without `answer`, the usual fields are
    looked for (`answer`, `text`, `output` …), and an answer that is no JSON is the text itself.
    """

    template: Mapping[str, Any] = field(default_factory=lambda: dict(DEFAULT_BODY))
    answer: str = ""
    output_limit_name: str = ""
    is_plain_text_read: bool = True

    def path(self, model: str, *, stream: bool) -> str:
        """The address is the whole address."""
        return ""

    def headers(self, key: str) -> dict[str, str]:
        """A bearer token, where a key variable is given."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def body(self, model: str, request: Request, *, with_schema: bool, stream: bool) -> dict[str, Any]:
        """The template with its fields filled; parameters are laid over it as they stand."""
        return {**_filled(dict(self.template), fields_of(request)), **request.parameters}

    def output_limit(self, body: Mapping[str, Any]) -> int | None:
        """An own application has no such parameter."""
        return None

    def with_output_limit(self, body: Mapping[str, Any], tokens: int) -> dict[str, Any]:
        """Nothing is put into an own application's request."""
        return dict(body)

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """What the template states beside the texts of the request."""
        return {name: body[name] for name, value in self.template.items() if name in body and not _has_field(value)}

    def read(self, payload: Mapping[str, Any]) -> Reply | Failure:
        """The text at `answer`, or in the first of the usual fields."""
        for path in [self.answer] if self.answer else _ANSWER_FIELDS:
            found = value_at(payload, path)
            if found is not None:
                return Reply(text=found if isinstance(found, str) else json.dumps(found, ensure_ascii=False))
        looked = (
            f"`{self.answer}`" if self.answer else f"field {', '.join(_ANSWER_FIELDS[:-1])} or {_ANSWER_FIELDS[-1]}"
        )
        has = ", ".join(map(str, payload)) or "nothing"
        return Failure("garbage", f"the answer has no {looked}, it has {has}; say where the text is: `answer:`", 200)

    def assemble(self, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """Join the texts of all events, each read as an answer."""
        name = self.answer.split(".")[0] or "answer"
        if self.answer.count("."):
            return dict(next(iter(reversed(list(events))), {}))
        return {name: "".join(self.text_of(event) for event in events)}

    def text_of(self, event: Mapping[str, Any]) -> str:
        """The text of one event."""
        read = self.read(event)
        return read.text if isinstance(read, Reply) else ""


def value_at(payload: Any, path: str) -> Any:
    """Follow a dotted path such as `data.0.text`; `None` where it leads nowhere."""
    for step in path.split("."):
        if isinstance(payload, Mapping):
            payload = payload.get(step)
        elif isinstance(payload, list) and re.fullmatch(r"-?\d+", step) and -len(payload) <= int(step) < len(payload):
            payload = payload[int(step)]
        else:
            return None
    return payload


@dataclass(frozen=True)
class PythonModel:
    """A Python function, plain or async. It is called with what its parameters are named for.

    Known names: `prompt`, `question`, `choices`, `passages`, `messages`, `parameters`, `request`. A single parameter
    with another name gets the prompt. It returns the text, or a `Reply`.
    """

    name: str
    address: str
    function: Callable[..., Any]
    gate: Gate
    variant: Variant = field(default_factory=Variant)
    version: str = ""
    timeout_s: float = 300

    @property
    def settings(self) -> Mapping[str, str]:
        """What shapes its answers besides its name."""
        return self.variant.settings(model=self.address, version=self.version)

    @property
    def room(self) -> Room:
        """That of its gate."""
        return self.gate.room

    def identity(self, request: Request) -> object:
        """The function's address, its version, and all that it can see."""
        return [self.address, self.version, self._seen(self.variant.apply(request))]

    async def respond(self, request: Request) -> Reply:
        """Call the function; what it raises becomes the reason of an `error`."""
        request = self.variant.apply(request)
        values: dict[str, Any] = {
            **fields_of(request),
            "choices": list(request.choices or (request.question.choices if request.question else ())),
            "passages": [passage.text for passage in request.passages],
            "messages": [turn.model_dump() for turn in request.messages],
            "parameters": dict(request.parameters),
            "request": request,
        }
        names = list(inspect.signature(self.function).parameters)
        arguments = {name: values[name] for name in names if name in values} or {names[0]: values["prompt"]}
        async with self.gate.enter():
            started = time.monotonic()
            try:
                async with asyncio.timeout(self.timeout_s):
                    if inspect.iscoroutinefunction(self.function):
                        answer: Any = await self.function(**arguments)
                    else:
                        answer = await asyncio.to_thread(self.function, **arguments)
            except TimeoutError:
                return Reply(text="", state="error", reason=f"timeout: no answer within {self.timeout_s:g} s")
            except Exception as error:  # noqa: BLE001 — whatever a user's function raises is a fact about the candidate
                said = hidden(f"application: {type(error).__name__}: {error}", spellings(in_environment()))
                return Reply(text="", state="error", reason=said[:300])
            latency_ms = (time.monotonic() - started) * 1000
        if isinstance(answer, Reply):
            return answer
        if not isinstance(answer, str):
            return Reply(text="", state="error", reason=f"application: returned {type(answer).__name__}, not text")
        return Reply(text=answer, latency_ms=latency_ms, parameters=dict(request.parameters))

    def _seen(self, request: Request) -> object:
        return [
            [[turn.role, turn.content] for turn in request.messages],
            request.parameters,
            request.question.id if request.question else "",
            [passage.id for passage in request.passages],
            *([request.images] if request.images else []),
        ]


def load_function(address: str) -> Callable[..., Any]:
    """Import the function that `python:package.module:function` names.

    Raises:
        ConfigError: the address cannot be read, the module cannot be imported, or the function takes no argument.
        UnknownName: the module has no such function.
    """
    module_name, _, function_name = address.removeprefix(_PREFIX).partition(":")
    if not module_name or not function_name:
        raise ConfigError(f"`{address}` is not of the form python:package.module:function")
    if (here := os.getcwd()) not in sys.path:
        # As with `python -m`: one's own file lies where one works. Last, so that it hides no installed module.
        sys.path.append(here)
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise ConfigError(
            f"`{address}`: cannot import `{module_name}` ({error}); is it in this folder or on PYTHONPATH?"
        ) from error
    function = getattr(module, function_name, None)
    if function is None:
        known = [name for name in vars(module) if callable(getattr(module, name)) and not name.startswith("_")]
        raise unknown_name(f"function of `{module_name}`", function_name, known)
    if not callable(function) or not inspect.signature(function).parameters:
        raise ConfigError(f"`{address}` is no function with at least one parameter")
    return function


def _filled(value: Any, fields: dict[str, str]) -> Any:
    if isinstance(value, str):
        return fill(value, fields)
    if isinstance(value, Mapping):
        return {name: _filled(item, fields) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, fields) for item in value]
    return value


def _has_field(value: Any) -> bool:
    return re.search(r"\{(prompt|question|choices|passages)\}", json.dumps(value)) is not None
