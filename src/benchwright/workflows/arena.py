"""Run the arena: find its models, documents and recorded answers, open its database, serve it until it is stopped."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from statistics import fmean
from typing import Any

from benchwright.arena.app import create_app
from benchwright.arena.candidates import Library
from benchwright.arena.engine import Arena, open_arena
from benchwright.arena.excerpts import EXCERPTS
from benchwright.arena.keys import open_keys
from benchwright.arena.pages import SITE
from benchwright.arena.recorded import Recorded, recorded_run
from benchwright.arena.server import make_server
from benchwright.arena.settings import ArenaSettings
from benchwright.arena.suggestions import suggestions_from
from benchwright.arena.voters import Voters
from benchwright.documents import load, split
from benchwright.errors import InputError
from benchwright.models.config import Config, load_config
from benchwright.models.journaled import CallSettings, open_models
from benchwright.models.protocol import Model
from benchwright.models.registry import resolve_model
from benchwright.records import Document, Passage, Question, content_hash
from benchwright.store.benchmark import read_benchmark
from benchwright.store.runs import read_run
from benchwright.store.votes import open_votes
from benchwright.workflows.ocr import open_ocr

DEFAULT_MODELS = ("builtin/bm25", "example/section", "example/points")
"""Of the built-in readers one: nine times in ten they quote the same sentence, and there is nothing to compare."""


@dataclass(frozen=True)
class Served:
    """What an arena is made from, besides its settings."""

    models: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    benchmark: Path | None = None
    run: Path | None = None
    config: Path | None = None
    category_model: str = ""
    ocr: str = ""
    ocr_languages: str = ""


async def arena(settings: ArenaSettings, served: Served, *, say: Callable[[str], None] = lambda _: None) -> None:
    """Serve until SIGINT or SIGTERM; `say` is told the address once the server listens.

    Raises `InputError` where nothing can be compared or the port is taken.
    """
    config = load_config(served.config)
    async with AsyncExitStack() as stack:
        opened = await open_with_models(stack, settings, served, config)
        server = make_server(create_app(opened, SITE), opened)
        socket = _listen(server.config, settings)
        say(_address(settings, opened, socket.getsockname()[1]))
        try:
            await server.serve(sockets=[socket])
        finally:
            await opened.close()


async def open_with_models(stack: AsyncExitStack, settings: ArenaSettings, served: Served, config: Config) -> Arena:
    """Open the arena with the models and documents that `served` or the configuration names."""
    documents, passages, questions = _material(served, config)
    recorded = recorded_run(served.run, served.benchmark) if served.run is not None else Recorded()
    names = served.models or config.candidates or tuple(config.models)
    if not names and served.run is None:
        names = DEFAULT_MODELS
    models = await _models(stack, names, config, documents)
    sorter = served.category_model
    sorters = await _models(stack, [sorter], config, documents) if sorter else {}
    if len(models) < 2 and len(recorded.models) < 2:
        raise InputError(f"an arena compares at least two models, and {len(models)} was named; add one with `-m`")
    return await open_arena(
        settings,
        models,
        library=Library(passages),
        recorded=recorded,
        suggestions=suggestions_from(questions, documents),
        identities={name: _identity(name, config) for name in models},
        benchmark_scores=_scores(served.run),
        category_model=sorters.get(sorter),
    )


async def forget_voter(database: str, pseudonym: str) -> dict[str, int]:
    """Delete what is kept of a voter; a server that runs on the same database notices within a second.

    Returns how many votes and battles were made unlinkable. Raises `UnknownName` where nobody has this pseudonym.
    """
    opened = await open_votes(database)
    try:
        voters = Voters(opened, await open_keys(opened), ArenaSettings(database=database))
        return await voters.delete_named(pseudonym)
    finally:
        await opened.close()


async def renew_owner_token(database: str) -> None:
    """Make the owner's printed address void and sign the owner out everywhere; the next start prints a new one."""
    opened = await open_votes(database)
    try:
        await Voters(opened, await open_keys(opened), ArenaSettings(database=database)).renew_owner_token()
    finally:
        await opened.close()


def _scores(run: Path | None) -> Mapping[str, float]:
    """The mean score of each model in the run over all conditions: what people may disagree with."""
    if run is None:
        return {}
    recorded = read_run(run)
    value = {score.response_id: score.value for score in recorded.scores if score.value is not None}
    by_model: dict[str, list[float]] = {}
    for response in recorded.responses:
        if response.id in value:
            by_model.setdefault(response.model, []).append(value[response.id])
    return {model: fmean(values) for model, values in by_model.items()}


def _material(served: Served, config: Config) -> tuple[tuple[Document, ...], tuple[Passage, ...], tuple[Question, ...]]:
    if served.benchmark is not None:
        whole = read_benchmark(served.benchmark)
        passages = tuple(whole.passages) or tuple(p for document in whole.documents for p in split(document))
        return whole.documents, passages, whole.questions
    named: Sequence[str] = served.documents or config.documents
    with resources.as_file(resources.files("benchwright.demo") / "documents") as folder:
        calls = CallSettings(served.config)
        with open_ocr(served.ocr or config.ocr, served.ocr_languages or config.ocr_languages, calls) as ocr:
            found = load(list(named) or [folder], ocr=ocr).documents
    return found, tuple(passage for document in found for passage in split(document)), ()


async def _models(
    stack: AsyncExitStack, names: Sequence[str], config: Config, documents: Sequence[Document]
) -> Mapping[str, Model]:
    builtin = [name for name in names if name.startswith("builtin/") and name not in config.models]
    found: dict[str, Model] = {name: resolve_model(name, documents=documents) for name in builtin}
    found |= {model.name: model for model in EXCERPTS if model.name in names and model.name not in config.models}
    outside = [name for name in names if name not in found]
    if outside:
        # No journal: a voter who asks again is to see a new answer, and every answer is kept in the votes database.
        found.update(await stack.enter_async_context(open_models(outside, config)))
    return found


def _identity(name: str, config: Config) -> str:
    variant = config.models.get(name)
    if variant is None:
        return name
    return f"{variant.model} {content_hash(variant.model_dump(mode='json'))[:12]}"


def _listen(config: Any, settings: ArenaSettings) -> Any:
    import socket

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise InputError(
            f"port {settings.port} on {settings.host} is not free ({error.strerror}); choose another with `--port`"
        ) from error
    listener.listen(config.backlog)
    return listener


def _address(settings: ArenaSettings, opened: Arena, port: int) -> str:
    scheme = "https" if settings.is_https else "http"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{scheme}://{host}:{port}/?token={opened.keys.owner_token}"
