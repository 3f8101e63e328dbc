"""Look at the surroundings: which keys and servers are there, whether each model answers, and what to do otherwise."""

import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchwright.errors import BenchwrightError
from benchwright.evaluation.graders.judge import Judge
from benchwright.evaluation.judge_cases import JudgeReport, examine_judge
from benchwright.evaluation.pairwise import PairJudge
from benchwright.models.budget import Budget
from benchwright.models.config import Config, EndpointConfig, load_config
from benchwright.models.journaled import CallSettings, open_by_settings, open_models
from benchwright.models.lifecycle import shutdown_of
from benchwright.models.listed import Row, list_models, told_of
from benchwright.models.protocol import EmbeddingModel
from benchwright.models.providers import LOCAL, PROVIDERS, key_of, price_of, require_language_models
from benchwright.records import Message, Request

PROBE = Request(messages=(Message(role="user", content="Answer with the one word: ready"),))
SERVER_BOUND_S = 2.0
MODEL_BOUND_S = 60.0


@dataclass(frozen=True)
class KeyState:
    """One provider's key: the variable, and whether it is set. The key itself is never read out."""

    provider: str
    variable: str
    is_set: bool


@dataclass(frozen=True)
class ServerState:
    """One server without a key, on this machine or stated in the configuration; `models` is what it says it serves."""

    provider: str
    url: str
    is_found: bool
    models: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class ModelState:
    """One model: whether it answers (`None`: not asked), in what time, at what price, and what is announced of it."""

    name: str
    target: str
    is_answering: bool | None
    problem: str
    latency_ms: float | None
    price: str
    shutdown: str
    listed: str = ""
    """What else the provider's own list of models says of it."""


@dataclass(frozen=True)
class Diagnosis:
    """All that was found, and what to do about it."""

    config: str
    keys: tuple[KeyState, ...]
    servers: tuple[ServerState, ...]
    models: tuple[ModelState, ...]
    advice: tuple[str, ...]

    @property
    def is_healthy(self) -> bool:
        """True where every model that was asked has answered."""
        return all(model.is_answering is not False for model in self.models)


async def diagnose(config: Path | None = None, models: Sequence[str] = (), *, asks: bool = True) -> Diagnosis:
    """Look for keys and servers, and send one short question to each of `models` (default: all that are configured).

    Raises:
        ConfigError: the configuration cannot be meant.
    """
    settings = load_config(config)
    names = list(models) or _configured(settings)
    keys = tuple(
        KeyState(provider, place.key, bool(key_of(place)))
        for provider, place in {**PROVIDERS, **settings.endpoints}.items()
        if place.key and provider != "openai-responses"
    )
    servers = await _servers({name: PROVIDERS[name] for name in LOCAL} | settings.endpoints)
    lists = await _lists(names, settings) if asks else {}
    states = tuple(await asyncio.gather(*(_model(name, settings, lists, asks=asks) for name in names)))
    where = str(config) if config else ("benchwright.yaml" if settings != Config() else "")
    return Diagnosis(where, keys, servers, states, tuple(_advice(keys, servers, states)))


async def examine(judge: str, settings: CallSettings) -> JudgeReport:
    """Run a judge against the answers that must not fool it."""
    require_language_models([judge], load_config(settings.config))
    async with open_by_settings([judge], settings, stage="doctor") as pool:
        return await examine_judge(Judge(pool[judge]), pairs=PairJudge(pool[judge]))


def _configured(config: Config) -> list[str]:
    named = [*config.models, *config.writers, *config.solvers, *config.judges, *config.candidates]
    named += [name for name in (config.rewriter, config.summariser, config.embedder, config.ocr) if name]
    return [name for name in dict.fromkeys(named) if not name.startswith("builtin/") and name != "tesseract"]


async def _servers(places: Mapping[str, EndpointConfig]) -> tuple[ServerState, ...]:
    timeout = aiohttp.ClientTimeout(total=SERVER_BOUND_S)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        open_places = {name: place for name, place in places.items() if not place.key}
        return tuple(await asyncio.gather(*(_server(session, name, place) for name, place in open_places.items())))


async def _server(session: aiohttp.ClientSession, provider: str, place: EndpointConfig) -> ServerState:
    try:
        async with session.get(f"{place.url.rstrip('/')}/models") as response:
            if response.status != 200:
                return ServerState(provider, place.url, True, problem=f"HTTP {response.status} at /models")
            listed = (await response.json(content_type=None)).get("data", [])
            return ServerState(provider, place.url, True, tuple(sorted(str(row["id"]) for row in listed)))
    except (aiohttp.ClientError, OSError, TimeoutError):
        return ServerState(provider, place.url, False, problem="nothing answers")
    except (ValueError, AttributeError, KeyError, TypeError):
        return ServerState(provider, place.url, True, problem="something else answers there")


def _target(name: str, config: Config) -> str:
    return config.models[name].model if name in config.models else name


async def _lists(names: Sequence[str], config: Config) -> dict[str, list[Row]]:
    """The lists of models of the providers of `names`, by provider."""
    wanted = dict.fromkeys(_target(name, config).partition("/")[0] for name in names)
    places = {**PROVIDERS, **config.endpoints}
    asked = {name: places[name] for name in wanted if name in places}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SERVER_BOUND_S)) as session:
        lists = await asyncio.gather(*(list_models(session, place) for place in asked.values()))
    return dict(zip(asked, lists, strict=True))


async def _model(name: str, config: Config, lists: Mapping[str, list[Row]], *, asks: bool) -> ModelState:
    target = _target(name, config)
    provider, _, model = target.partition("/")
    is_app = target.startswith(("python:", "http:", "https:", "replay:"))
    price = None if is_app else price_of(name, config)
    shown = "own application" if is_app else (str(price) if price is not None else "unknown")
    kind = {**PROVIDERS, **config.endpoints}.get(provider, PROVIDERS["openai"]).kind
    end, listed = told_of(kind, model, lists.get(provider, []))
    shutdown = "" if is_app else end or shutdown_of(provider, model)
    is_answering, problem, latency_ms = None, "", None
    if asks and not target.startswith("replay:"):
        is_answering, problem, latency_ms = await _ask(name, config)
    return ModelState(name, target, is_answering, problem, latency_ms, shown, shutdown, listed)


async def _ask(name: str, config: Config) -> tuple[bool, str, float | None]:
    """Send one short question; without the journal, since the question is whether it answers now."""
    try:
        async with asyncio.timeout(MODEL_BOUND_S), open_models([name], config, budget=Budget()) as models:
            model = models[name]
            if name == config.embedder and isinstance(model, EmbeddingModel):
                started = time.perf_counter()
                await model.embed([PROBE.messages[0].content])
                return True, "", (time.perf_counter() - started) * 1000
            reply = await model.respond(PROBE)
    except TimeoutError:
        return False, f"no answer within {MODEL_BOUND_S:g} s", None
    except BenchwrightError as error:
        # Which model is said beside it.
        return False, re.sub(rf"^`{re.escape(name)}`:? ?(?:at )?", "", str(error)), None
    return reply.state != "error", reply.reason if reply.state == "error" else "", reply.latency_ms


def _advice(keys: Sequence[KeyState], servers: Sequence[ServerState], models: Sequence[ModelState]) -> list[str]:
    advice: list[str] = []
    if ending := [model.name for model in models if model.shutdown]:
        advice.append(f"choose successors of {', '.join(ending)} for what must last")
    if unpriced := [model.name for model in models if model.price == "unknown" and model.is_answering is not False]:
        advice.append(
            f"to use `--budget`, give the price of {', '.join(unpriced)} under `prices:` in benchwright.yaml (0 for a "
            "model of your own)"
        )
    found = [server for server in servers if server.models]
    if not models and found:
        server = found[0]
        advice.append(f"try: benchwright evaluate BENCHMARK -m {server.provider}/{server.models[0]}")
    elif not models and not any(key.is_set for key in keys):
        advice.append(
            "no key and no local server: `benchwright generate` and the models `builtin/…` need none; "
            "for a language model set a key, such as OPENAI_API_KEY, or start a server, such as `ollama serve`"
        )
    elif not models:
        ready = ", ".join(f"{key.provider}/…" for key in keys if key.is_set)
        advice.append(f"keys are set for {ready}; ask one model with `benchwright doctor -m PROVIDER/NAME`")
    return advice
