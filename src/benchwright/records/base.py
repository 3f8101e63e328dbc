"""Frozen values, canonical JSON and content hashes: what every record is made of."""

import hashlib
import json
import unicodedata
from typing import Any

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value, equal by content, that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normalised(key): _normalised(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normalised(item) for item in value]
    return value


def canonical_json(value: Any) -> str:
    """Return the one JSON text of `value`: NFC strings, sorted keys, no white space; NaN is refused."""
    text = _dumped(value)
    # Every part of a normalised text is normalised: only texts that are not, which are rare, are taken apart.
    return text if unicodedata.is_normalized("NFC", text) else _dumped(_normalised(value))


# One encoder for all: `json.dumps` would make a new one each time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _dumped(value: Any) -> str:
    return _ENCODER.encode(value)


def content_hash(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of `value`, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
