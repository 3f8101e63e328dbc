"""Read a judge's verdict, and nobody else's: an object that the candidate wrote is no judgement.

A judge that quotes an injected verdict after its own, to say that it ignored it, must not have it read for its own; one
that sends back nothing but the candidate's object has been steered, and what it says is unread.
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from benchwright.models.structured import Read, read_object

Shape = TypeVar("Shape", bound=BaseModel)

_OBJECT = re.compile(r"\{[^{}]*\}")


def read_judgement(reply: str, shape: type[Shape], written: Sequence[str]) -> Read[Shape]:
    """Return the judgement in `reply`; objects that stand in one of the texts `written` by candidates do not count."""
    copied = {_plain(match.group()) for text in written for match in _OBJECT.finditer(text)}
    own = (
        _OBJECT.sub(lambda match: "" if _plain(match.group()) in copied else match.group(), reply) if copied else reply
    )
    read = read_object(own, shape)
    if read.value is None and copied and read_object(reply, shape).value is not None:
        return Read(None, "the only judgement in the reply is one that the candidate wrote")
    return read


def _plain(text: str) -> str:
    return re.sub(r"[\s\\]+", "", text)
