"""benchwright.yaml: named models, endpoints, writers, judges, prices, the budget."""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from benchwright.errors import ConfigError
from benchwright.models.prices import Price
from benchwright.models.secrets import open_secret

FILE_NAME = "benchwright.yaml"

EndpointKind = Literal["openai", "openai-responses", "anthropic", "gemini"]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _refuse_open_secrets(url: str, headers: Mapping[str, str], query: Mapping[str, str]) -> None:
    if problem := open_secret(url, headers, query):
        raise ValueError(f"{problem}; write ${{NAME}} instead, which is read from the environment")


class EndpointConfig(_Section):
    """A place that serves models: a base URL, how it is spoken to, where its key is, and its limits."""

    url: str = Field(description="Base URL, such as http://localhost:8000/v1; ${NAME} is read")
    kind: EndpointKind = "openai"
    key: str = Field(default="", description="Name of the environment variable that holds the key; never the key")
    headers: dict[str, str] = Field(default={}, description="Further headers; ${NAME} is read from the environment")
    query: dict[str, str] = Field(
        default={}, description="Query parameters, such as Azure's api-version; ${NAME} as in headers"
    )
    concurrency: int | None = Field(default=None, ge=1, description="At most so many requests at once")
    requests_per_minute: float | None = Field(default=None, gt=0)
    tokens_per_minute: float | None = Field(default=None, gt=0)
    timeout_s: float = Field(default=300, gt=0, description="For one attempt")
    total_timeout_s: float = Field(default=900, gt=0, description="For one call with all its attempts")
    output_limit_parameter: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"

    @model_validator(mode="after")
    def _is_an_address(self) -> "EndpointConfig":
        if not re.match(r"https?://\S", self.url):
            raise ValueError("`url` is no address; write it whole, such as http://localhost:8000/v1")
        return self

    @model_validator(mode="after")
    def _secrets_are_named(self) -> "EndpointConfig":
        # Keys look like names now and then (`hf_…`, hexadecimal), so a name in small letters must be a variable's.
        is_name = re.fullmatch(r"[A-Z_][A-Z0-9_]*", self.key) or (self.key in os.environ)
        if self.key and not is_name:
            # The value is not repeated: it may be the key itself.
            raise ValueError(
                "`key` is the name of an environment variable in capitals, such as MY_API_KEY, not the key itself"
            )
        _refuse_open_secrets(self.url, self.headers, self.query)
        return self


class ModelConfig(_Section):
    """A named variant of a model, or an own application: a candidate like any other."""

    model: str = Field(description="provider/name, python:package.module:function, http(s)://… or replay:FILE")
    parameters: dict[str, Any] = Field(default={}, description="Sent as they stand: temperature, max_tokens, seed …")
    system: str = Field(default="", description="System prompt; replaces that of the task")
    template: str = Field(
        default="", description="Answering template with {prompt}, or with {question}, {choices} and {passages}"
    )
    version: str = Field(default="", description="Of an own application: change it, and its answers are asked anew")
    body: dict[str, Any] | None = Field(
        default=None, description="For http: the JSON sent, with {prompt}, {question} …"
    )
    answer: str = Field(default="", description="For http: where the text is in the JSON returned, as data.0.text")
    headers: dict[str, str] = Field(default={}, description="For http: ${NAME} is read from the environment")
    timeout_s: float = Field(default=300, gt=0, description="For http and python: for one attempt")
    total_timeout_s: float = Field(default=900, gt=0, description="For http and python: with all attempts")

    @model_validator(mode="after")
    def _secrets_are_named(self) -> "ModelConfig":
        is_address = self.model.startswith(("http:", "https:"))
        _refuse_open_secrets(self.model if is_address else "", self.headers, {})
        return self

    @model_validator(mode="after")
    def _template_has_known_fields(self) -> "ModelConfig":
        fields = set(re.findall(r"(?<!\{)\{([a-z_]+)\}(?!\})", self.template))
        known = {"prompt", "question", "choices", "passages"}
        if unknown := sorted(fields - known):
            raise ValueError(
                f"`template` has {{{unknown[0]}}}; known: {', '.join(f'{{{name}}}' for name in sorted(known))}"
            )
        if self.template and not fields & {"prompt", "question"}:
            raise ValueError("`template` holds neither {prompt} nor {question}: the model would not see the question")
        return self


class Config(_Section):
    """The whole of `benchwright.yaml`. Everything may be left out."""

    models: dict[str, ModelConfig] = {}
    endpoints: dict[str, EndpointConfig] = {}
    documents: tuple[str, ...] = Field(default=(), description="Files, folders or globs that questions are made from")
    ocr: str = Field(default="", description="As --ocr: what reads pages that are pictures, tesseract or a model")
    ocr_languages: str = Field(default="", description="As --ocr-languages, for example ko,en")
    writing: dict[str, Any] = Field(
        default={}, description="The order: questions, kinds, forms, reach, difficulty, options, language, topics …"
    )
    writers: tuple[str, ...] = Field(default=(), description="Models that write questions")
    solvers: tuple[str, ...] = Field(default=(), description="Models that check questions by solving them")
    judges: tuple[str, ...] = Field(default=(), description="Models that grade and compare answers")
    rewriter: str = Field(default="", description="Model that words each question better; the solvers verify it")
    summariser: str = Field(default="", description="Model that summarises each document as context for the writers")
    embedder: str = Field(
        default="", description="Model whose embeddings say which passages a question may join; by shared terms without"
    )
    candidates: tuple[str, ...] = Field(default=(), description="Models that are evaluated where -m is not given")
    prices: dict[str, Price] = Field(default={}, description="provider/name → US dollars per million tokens")
    budget_usd: float | None = Field(default=None, gt=0, description="As --budget")
    output_limit: int = Field(default=4096, gt=0, description="With a budget: tokens where a request states no limit")
    concurrency: int = Field(default=32, ge=1, le=4096, description="As --concurrency: requests at once per provider")


def find_config(start: Path | None = None) -> Path | None:
    """Return the `benchwright.yaml` of the folder `start` (default: the current one), if there is one."""
    path = (start or Path.cwd()) / FILE_NAME
    return path if path.is_file() else None


def load_config(path: Path | None = None) -> Config:
    """Read `path`, or the `benchwright.yaml` of the current folder, or, where there is none, the defaults.

    Raises:
        ConfigError: what is written cannot be meant; names file, line and field, and the close names.
    """
    path = path or find_config()
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8")
        data: Any = yaml.safe_load(text)
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; leave `--config` out to run without one") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}{_yaml_place(error)}: not readable as YAML: {_yaml_problem(error)}") from error
    if data is None:
        return Config()
    if not isinstance(data, Mapping):
        raise ConfigError(f"{path}:1: a mapping with `models:`, `endpoints:` … is expected, not {type(data).__name__}")
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(_explain(path, cast("yaml.Node", tree), error)) from error


def _yaml_place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f":{mark.line + 1}" if mark is not None else ""


def _yaml_problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error)


def _explain(path: Path, tree: yaml.Node, error: ValidationError) -> str:
    """One line: file, line, field, what is wrong with it, the close names; further mistakes are counted."""
    mistakes = error.errors(include_url=False)
    # A misspelt field also makes the right one missing: the spelling is the mistake.
    first = next((mistake for mistake in mistakes if mistake["type"] == "extra_forbidden"), mistakes[0])
    # A step such as `[key]` or the name of a union's member has no place in the file.
    place = [str(step) for step in first["loc"] if step != "[key]"]
    line = _line_of(tree, place)
    field = ".".join(place) or "the file"
    if first["type"] == "extra_forbidden":
        known = _fields_at(place[:-1])
        close = get_close_matches(place[-1], known, n=1, cutoff=0.5)
        hint = f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(known)}"
        what = f"unknown field `{field}`; {hint}"
    else:
        said = first["msg"].removeprefix("Value error, ")
        shown = first["input"]
        # What stands at an endpoint or a header is not repeated: it may be a key in the wrong place.
        may_show = place[:1] != ["endpoints"] and "headers" not in place and isinstance(shown, (str, int, float, bool))
        value = f" (it is {shown!r})" if may_show else ""
        what = f"`{field}`: {said[0].lower()}{said[1:]}{value}"
    more = f" (and {len(mistakes) - 1} more)" if len(mistakes) > 1 else ""
    return f"{path}:{line}: {what}{more}"


def _line(node: yaml.Node | None) -> int:
    mark = node.start_mark if node is not None else None
    return mark.line + 1 if mark is not None else 1


def _line_of(node: yaml.Node | None, place: list[str]) -> int:
    """The line, from 1, of the deepest part of `place` that the file has."""
    line = _line(node)
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if str(key.value) == step), None)
            if found is None:
                return line
            line, node = _line(found[0]), found[1]
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = _line(node)
        else:
            return line
    return line


def _fields_at(place: list[str]) -> list[str]:
    """The fields that the section at `place` knows."""
    if not place:
        return sorted(Config.model_fields)
    sections: dict[str, type[BaseModel]] = {"models": ModelConfig, "endpoints": EndpointConfig, "prices": Price}
    return sorted(sections[place[0]].model_fields) if place[0] in sections else []
