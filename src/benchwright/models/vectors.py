"""Embeddings as text, as the journal keeps them: in half precision, which moves a cosine by less than a thousandth."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import ModelError
from benchwright.models.wire import Failure, classify_failure
from benchwright.records import Reply, Usage


def read_vectors(status: int, headers: Mapping[str, str], text: str, *, count: int) -> Reply | Failure:
    """Read what an OpenAI-compatible `/embeddings` sent for `count` texts: a reply whose text holds the vectors."""
    if status != 200:
        return classify_failure(status, headers, text)
    try:
        answer: Any = json.loads(text)
        rows = sorted(answer["data"], key=lambda row: int(row["index"]))
        vectors = np.array([row["embedding"] for row in rows], np.float64)
        tokens = (answer.get("usage") or {}).get("prompt_tokens")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Failure("garbage", f"embeddings that cannot be read ({error})")
    if vectors.ndim != 2 or len(vectors) != count or not np.isfinite(vectors).all():
        return Failure("garbage", f"{len(vectors)} vectors for {count} texts")
    return Reply(text=packed(vectors), usage=Usage(input_tokens=tokens if isinstance(tokens, int) else None))


def packed(vectors: NDArray[np.floating]) -> str:
    """Return vectors as text."""
    # Of unit length: half precision ends at 65,504, and only directions are compared.
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return f"{vectors.shape[1]}:{base64.b64encode(unit.astype('<f2').tobytes()).decode('ascii')}"


def unpacked(text: str) -> NDArray[np.float32]:
    """Return the vectors of a packed text, each of length 1.

    Raises:
        ModelError: the text is not one that `packed` wrote.
    """
    length, colon, data = text.partition(":")
    if not colon or not length.isdigit():
        raise ModelError("the journal holds no embeddings where some were kept; ask again with `--fresh`")
    return np.frombuffer(base64.b64decode(data), "<f2").reshape(-1, int(length)).astype(np.float32)
