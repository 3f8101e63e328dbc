"""From a name to a model: providers with their addresses, own applications, recorded answers, named variants."""

import asyncio
import os
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from benchwright.errors import ConfigError, ModelError, UnknownName, unknown_name
from benchwright.models.anthropic import Messages
from benchwright.models.budget import Budget
from benchwright.models.client import ApiModel, unknown_price
from benchwright.models.config import Config, EndpointConfig, ModelConfig
from benchwright.models.endpoint import Endpoint
from benchwright.models.gate import Gate
from benchwright.models.gemini import GenerateContent
from benchwright.models.openai_compatible import ChatCompletions
from benchwright.models.openai_responses import Responses
from benchwright.models.own_application import (
    DEFAULT_BODY,
    HttpTemplate,
    PythonModel,
    load_function,
)
from benchwright.models.prices import Price, PriceList, catalogue_entry
from benchwright.models.replay import ReplayModel, load_answers
from benchwright.models.secrets import expand_variables, in_address, in_environment, open_secret, spellings
from benchwright.models.turns import Room
from benchwright.models.variants import Variant
from benchwright.models.wire import Dialect
from benchwright.records import Reply, Request


def _openai_compatible(url: str, key: str = "") -> EndpointConfig:
    return EndpointConfig(url=url, key=key)


PROVIDERS: dict[str, EndpointConfig] = {
    "openai": EndpointConfig(
        url="https://api.openai.com/v1", key="OPENAI_API_KEY", output_limit_parameter="max_completion_tokens"
    ),
    "openai-responses": EndpointConfig(url="https://api.openai.com/v1", key="OPENAI_API_KEY", kind="openai-responses"),
    "anthropic": EndpointConfig(url="https://api.anthropic.com/v1", key="ANTHROPIC_API_KEY", kind="anthropic"),
    "gemini": EndpointConfig(
        url="https://generativelanguage.googleapis.com/v1beta", key="GEMINI_API_KEY", kind="gemini"
    ),
    "openrouter": _openai_compatible("https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
    "groq": _openai_compatible("https://api.groq.com/openai/v1", "GROQ_API_KEY"),
    "mistral": _openai_compatible("https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
    "deepseek": _openai_compatible("https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"),
    "together": _openai_compatible("https://api.together.xyz/v1", "TOGETHER_API_KEY"),
    "fireworks": _openai_compatible("https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY"),
    "cerebras": _openai_compatible("https://api.cerebras.ai/v1", "CEREBRAS_API_KEY"),
    "xai": _openai_compatible("https://api.x.ai/v1", "XAI_API_KEY"),
    "huggingface": _openai_compatible("https://router.huggingface.co/v1", "HF_TOKEN"),
    "ollama": _openai_compatible("http://localhost:11434/v1"),
    "lmstudio": _openai_compatible("http://localhost:1234/v1"),
    "vllm": _openai_compatible("http://localhost:8000/v1"),
    "sglang": _openai_compatible("http://localhost:30000/v1"),
    "llamacpp": _openai_compatible("http://localhost:8080/v1"),
    "tgi": _openai_compatible("http://localhost:3000/v1"),
}
"""Providers that need no entry under `endpoints:`; an entry of the same name replaces one."""

LOCAL = ("ollama", "lmstudio", "vllm", "sglang", "llamacpp", "tgi")
_PREFIXES = ("python:", "http:", "https:", "replay:")


class Answerer(Protocol):
    """A model from outside: what it is asked can be told apart by content, so that no answer is paid twice."""

    @property
    def name(self) -> str:
        """The name under which its responses are kept."""
        ...

    @property
    def settings(self) -> Mapping[str, str]:
        """What shapes its answers besides its name, for the identity of a run."""
        ...

    @property
    def room(self) -> Room:
        """Bounds the calls that are under way or answered and not yet durable."""
        ...

    def identity(self, request: Request) -> object:
        """What `request` asks of whom, as the journal keys it."""
        ...

    async def respond(self, request: Request) -> Reply:
        """Answer one request."""
        ...


@dataclass
class Connections:
    """What the models of one command share: one pooled session, and one gate per provider and key."""

    session: aiohttp.ClientSession
    concurrency: int = 32
    gates: dict[tuple[str, str], Gate] = field(default_factory=dict)
    endpoints: dict[tuple[str, str], Endpoint] = field(default_factory=dict)

    def gate(self, place: str, key: str, settings: EndpointConfig) -> Gate:
        """The gate of `place` and `key`; made when it is first asked for."""
        return self.gates.setdefault(
            (place, key),
            Gate(
                min(self.concurrency, settings.concurrency or self.concurrency),
                requests_per_minute=settings.requests_per_minute,
                tokens_per_minute=settings.tokens_per_minute,
            ),
        )


async def open_connections(stack: AsyncExitStack, concurrency: int) -> Connections:
    """Open the pooled session; it is closed with `stack`. The gates bound what is under way, so the pool does not."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=30, loop=asyncio.get_running_loop())
    session = await stack.enter_async_context(
        aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=True,
            headers={"User-Agent": "benchwright"},
        )
    )
    return Connections(session, concurrency)


def is_external(name: str, config: Config) -> bool:
    """Say whether `name` is a model that this module opens: a variant, a provider's model, an app or a recording."""
    return (
        name in config.models
        or name.startswith(_PREFIXES)
        or name.partition("/")[0] in {**PROVIDERS, **config.endpoints}
    )


def require_language_models(names: Iterable[str], config: Config) -> None:
    """Refuse a writer, solver or judge that is none.

    Raises:
        UnknownName: no such variant, endpoint or provider; lists those there are.
    """
    for name in names:
        if name.startswith("builtin/"):
            raise UnknownName(
                f"`{name}` is built in and cannot write, check or judge; name a language model, such as `openai/gpt-5`"
            )
        if not is_external(name, config):
            known = (*config.models, *(f"{provider}/…" for provider in (*config.endpoints, *PROVIDERS)))
            raise unknown_name("language model", name, known)


def open_model(name: str, config: Config, connections: Connections, budget: Budget) -> Answerer | ReplayModel:
    """Return the model that `name` means: a variant of `benchwright.yaml`, else `provider/name`, else an own app.

    Raises:
        UnknownName: no such variant or provider; lists the close ones.
        ModelError: its key is not in the environment.
        ConfigError: the address of an own application cannot be meant, or a budget meets an unknown price.
    """
    _refuse_secret_in_name(name)
    settings = config.models.get(name) or ModelConfig(model=name)
    target = settings.model
    variant = Variant(settings.parameters, settings.system, settings.template)
    if target.startswith("replay:"):
        return ReplayModel(name, load_answers(Path(target.removeprefix("replay:")).expanduser()))
    if target.startswith("python:"):
        gate = connections.gate(target, "", EndpointConfig(url="http://localhost"))
        return PythonModel(name, target, load_function(target), gate, variant, settings.version, settings.timeout_s)
    if target.startswith(("http:", "https:")):
        return _open_http(name, settings, variant, connections, budget)
    provider, _, model = target.partition("/")
    places = {**PROVIDERS, **config.endpoints}
    if provider not in places or not model:
        raise unknown_name("model", name, [*config.models, *(f"{place}/…" for place in places), *_PREFIXES])
    place = places[provider]
    endpoint = _endpoint(provider, place, connections, name)
    price = price_of(name, config)
    if budget.limit_usd is not None and price is None:
        raise ConfigError(unknown_price(target))
    limit = config.output_limit if budget.limit_usd is not None else None
    return ApiModel(name, model, endpoint, dialect_of(place), budget, variant, price, limit)


def _refuse_secret_in_name(name: str) -> None:
    address = name.removeprefix("http:") if name.startswith(("http:http:", "http:https:")) else name
    if address.startswith(("http://", "https://")) and (problem := open_secret(address, {}, {})):
        raise ConfigError(
            f"{problem}, and the name of a model is recorded; give the model a name in benchwright.yaml and write "
            f"${{NAME}} for the secret, which is read from the environment"
        )


def price_of(name: str, config: Config) -> Price | PriceList | None:
    """The price of a variant or a `provider/name`: the user's, else the catalogue's, else `None`, unknown."""
    target = config.models[name].model if name in config.models else name
    for key in (name, target):
        if key in config.prices:
            return config.prices[key]
    provider, _, model = target.partition("/")
    if provider in config.endpoints:
        # The user's own endpoint has its own prices, whatever the catalogue says of a provider of that name.
        return None
    entry = catalogue_entry(provider.removesuffix("-responses"), model)
    return entry.prices if entry is not None else None


def key_of(settings: EndpointConfig) -> str:
    """The key that the environment holds for an endpoint; empty where it needs none or has none."""
    return os.environ.get(settings.key, "").strip() if settings.key else ""


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for `url` (`HTTPS_PROXY`, `NO_PROXY` …), looked up once, not a request."""
    address = urlsplit(url)
    if proxy_bypass(address.hostname or ""):
        return None
    return getproxies().get(address.scheme)


def _endpoint(provider: str, settings: EndpointConfig, connections: Connections, name: str) -> Endpoint:
    key = key_of(settings)
    if settings.key and not key:
        raise ModelError(f"`{name}` needs a key: set the environment variable `{settings.key}`")
    place = (settings.url, key)
    if place not in connections.endpoints:
        connections.endpoints[place] = _made(provider, settings, key, settings.headers, connections)
    return connections.endpoints[place]


def _made(
    name: str, settings: EndpointConfig, key: str, stated: Mapping[str, str], connections: Connections
) -> Endpoint:
    """An endpoint with the variables of its address, parameters and headers read from the environment."""
    base = expand_variables(settings.url, of=name)
    headers = {header: expand_variables(value, of=name) for header, value in stated.items()}
    values = {each: expand_variables(value, of=name) for each, value in settings.query.items()}
    read = {value for each, value in headers.items() if "${" in stated[each]}
    read |= {value for each, value in values.items() if "${" in settings.query[each]}
    secrets = spellings({key, *read, *in_address(base), *in_environment()})
    return Endpoint(
        name,
        settings,
        key,
        headers,
        connections.gate(settings.url, key, settings),
        connections.session,
        proxy_for(base),
        base=base,
        query=urlencode(values),
        secrets=secrets,
    )


def dialect_of(settings: EndpointConfig) -> Dialect:
    """How an endpoint is spoken to."""
    dialects: Mapping[str, Dialect] = {
        "openai": ChatCompletions(settings.output_limit_parameter),
        "openai-responses": Responses(),
        "anthropic": Messages(),
        "gemini": GenerateContent(),
    }
    return dialects[settings.kind]


def _open_http(
    name: str, settings: ModelConfig, variant: Variant, connections: Connections, budget: Budget
) -> ApiModel:
    """An own HTTP service: its address is `http(s)://…`, also written `http:http://…`."""
    target = settings.model
    url = target.removeprefix("http:") if target.startswith(("http:http:", "http:https:")) else target
    if not url.startswith(("http://", "https://")):
        raise ConfigError(f"`{target}` is not an address; write http://host/path")
    place = EndpointConfig(url=url, timeout_s=settings.timeout_s, total_timeout_s=settings.total_timeout_s)
    endpoint = _made(name, place, "", settings.headers, connections)
    dialect = HttpTemplate(settings.body if settings.body is not None else dict(DEFAULT_BODY), settings.answer)
    # An own application sends no bill that could be read; a budget neither counts nor stops it.
    return ApiModel(name, url, endpoint, dialect, Budget(), variant, version=settings.version)
