"""From a model's name to the model: `builtin/bm25`, `provider/name`, or a variant of `benchwright.yaml`.

A provider is one line of `PROVIDERS`: its prefix, and the function that builds its models, imported when it is asked
for. The function gets the name behind the prefix and the `Surroundings`.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, cast

from benchwright.errors import UnknownName, unknown_name
from benchwright.models.builtin.names import BUILTIN_NAMES
from benchwright.models.protocol import Model
from benchwright.records import Document


@dataclass(frozen=True)
class Surroundings:
    """What a model may be built from besides its name."""

    documents: tuple[Document, ...] = ()
    """The documents of the benchmark, for models that remember some of them."""
    seed: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What `benchwright.yaml` says of this model."""


Build = Callable[[str, Surroundings], Model]

PROVIDERS: dict[str, str] = {
    "builtin": "benchwright.models.builtin:build",
}
"""Prefix → `module:function`."""


def resolve_model(
    name: str, *, documents: Sequence[Document] = (), seed: int = 0, settings: Mapping[str, Any] | None = None
) -> Model:
    """Return the model called `name`.

    Errors: `UnknownName` with close matches for a provider or built-in model that does not exist.
    """
    provider, slash, rest = name.partition("/")
    if not slash or provider not in PROVIDERS:
        raise _unknown(name)
    module, _, function = PROVIDERS[provider].partition(":")
    build = cast(Build, getattr(importlib.import_module(module), function))
    return build(rest, Surroundings(tuple(documents), seed, settings or {}))


def _unknown(name: str) -> UnknownName:
    # Late: the providers bring the HTTP client with them, and only a wrong name needs their list here.
    from benchwright.models.providers import PROVIDERS as OUTSIDE

    known = [*(f"builtin/{model}" for model in BUILTIN_NAMES)]
    known += [f"{provider}/…" for provider in (*PROVIDERS, *OUTSIDE) if provider != "builtin"]
    provider, slash, model = name.partition("/")
    if slash and (close := get_close_matches(provider, [*PROVIDERS, *OUTSIDE], n=1)) and close[0] != provider:
        return UnknownName(f"unknown model `{name}`; did you mean `{close[0]}/{model}`? (known: {', '.join(known)})")
    if name in BUILTIN_NAMES:
        return UnknownName(f"unknown model `{name}`; did you mean `builtin/{name}`?")
    return unknown_name("model", name, known)
