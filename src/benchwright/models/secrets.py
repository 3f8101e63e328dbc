"""Keeps keys, tokens and passwords out of every text that is shown or kept: errors, answers, the journal, manifests."""

import base64
import json
import os
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from benchwright.errors import ConfigError

SHORTEST = 6
"""A shorter secret is no secret, and taking it out of texts would tear ordinary words apart."""

_SECRET_VARIABLE = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$", re.IGNORECASE)
_SECRET_NAME = re.compile(
    r"^(proxy-)?authorization$|cookie|pass(word|wd)?$|secret|signature$|^(sig|code|auth)$|(^|[_-])(key|token)$|apikey$",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"\$\{(\w+)\}")


def names_a_secret(name: str) -> bool:
    """Say whether a header or query parameter of this name carries a secret: `api-key`, `Authorization`, `token` …"""
    return _SECRET_NAME.search(name) is not None


def open_secret(url: str, headers: Mapping[str, str], query: Mapping[str, str]) -> str:
    """Where a secret is written in the open, in words that do not repeat it; empty where none is.

    `${NAME}` is fine everywhere: what is written in a file, or recorded in a run, is then only the variable's name.
    """
    address = urlsplit(url)
    if address.password and not _VARIABLE.search(unquote(address.password)):
        return "the address holds a password"
    named = [("header", headers.items()), ("query parameter", [*query.items(), *parse_qsl(address.query)])]
    for kind, pairs in named:
        for name, value in pairs:
            if names_a_secret(name) and len(value) >= SHORTEST and not _VARIABLE.search(value):
                return f"the {kind} `{name}` holds a secret"
    return ""


def expand_variables(text: str, *, of: str) -> str:
    """Replace `${NAME}` from the environment.

    Raises:
        ConfigError: a variable is not set.
    """

    def read(match: re.Match[str]) -> str:
        value = os.environ.get(match[1])
        if value is None:
            raise ConfigError(f"`{of}` needs the environment variable `{match[1]}`, which is not set")
        return value

    return _VARIABLE.sub(read, text)


def in_environment() -> frozenset[str]:
    """The values of all variables whose names say that they are secret."""
    return frozenset(value.strip() for name, value in os.environ.items() if _SECRET_VARIABLE.search(name))


def in_address(url: str) -> frozenset[str]:
    """The password and the secret parameters of an address."""
    address = urlsplit(url)
    found = {value for name, value in parse_qsl(address.query) if names_a_secret(name)}
    if address.password:
        user = unquote(address.username or "")
        found |= {unquote(address.password), base64.b64encode(f"{user}:{unquote(address.password)}".encode()).decode()}
    return frozenset(found)


def shown_address(url: str) -> str:
    """An address for a person: without user, password and parameters."""
    address = urlsplit(url)
    return urlunsplit((address.scheme, address.netloc.rpartition("@")[2], address.path, "", ""))


def spellings(secrets: Iterable[str]) -> tuple[str, ...]:
    """Every way in which the other side may repeat a secret: plain, in JSON, in an address; the longest first."""
    found: set[str] = set()
    for secret in secrets:
        # "Bearer KEY" is repeated with and without its first word.
        for part in {secret, secret.rpartition(" ")[2]}:
            if len(part) >= SHORTEST:
                found |= {part, quote(part, safe=""), json.dumps(part)[1:-1], part.replace("/", "\\/")}
    return tuple(sorted(found, key=lambda each: (-len(each), each)))


def hidden(text: str, secrets: Iterable[str]) -> str:
    """`text` with each of `secrets` (from `spellings`) replaced by an ellipsis."""
    for secret in secrets:
        if secret in text:
            text = text.replace(secret, "…")
    return text
