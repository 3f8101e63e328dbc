"""Embed passages with the user's own model, so that those that lie close can be asked about together."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import ModelError
from benchwright.generation.near import Near
from benchwright.generation.order import Order, weighted
from benchwright.generation.sources import Selected
from benchwright.models.protocol import EmbeddingModel
from benchwright.records import Passage
from benchwright.workflows.together import together

EMBEDDING = "embed"
"""The stage under which embeddings are paid for."""

TEXTS_A_CALL = 32
"""What the strictest of the usual servers takes at once."""


def joins_passages(order: Order) -> bool:
    """Whether an order asks for questions over several passages at all."""
    return any(weighted(part.reach).keys() - {"single"} for part in order.numbered.values())


def embedding_calls(passages: Sequence[Passage]) -> Iterator[list[str]]:
    """The texts of each call: passages of one document, so that another document changes no call that is paid for."""
    texts: list[str] = []
    document = ""
    for passage in passages:
        if texts and (len(texts) == TEXTS_A_CALL or passage.document_id != document):
            yield texts
            texts = []
        document = passage.document_id
        texts.append(passage.text)
    if texts:
        yield texts


async def embed(passages: Sequence[Passage], model: EmbeddingModel) -> NDArray[np.float32]:
    """Return a vector for each passage.

    Raises:
        ModelError: the endpoint gives none.
    """
    calls = list(embedding_calls(passages))
    vectors = await together([model.embed(texts) for texts in calls])
    lengths = {each.shape[1] for each in vectors}
    if len(lengths) > 1:
        raise ModelError(f"`{model.name}` gave vectors of {' and '.join(map(str, sorted(lengths)))} numbers")
    return np.concatenate(vectors) if vectors else np.zeros((0, 1), np.float32)


def near_of(passages: Selected, vectors: NDArray[np.float32]) -> Callable[[Selected], Near]:
    """Return what relates a selection of `passages` by their vectors."""
    row = {position: number for number, position in enumerate(passages.positions)}
    return lambda chosen: Near(chosen, vectors[[row[position] for position in chosen.positions]])
