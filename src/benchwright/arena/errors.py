"""What a request to the arena can be told instead of an answer; each knows its HTTP status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchwright.errors import BenchwrightError, NotWritten


@dataclass(frozen=True)
class Told:
    """Why not: a sentence in English, and the code and values from which a page says it in another language."""

    text: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])

    def as_json(self) -> dict[str, Any]:
        """What the interface answers."""
        return {"error": self.text, "code": self.code, "values": dict(self.values)}


class ArenaError(BenchwrightError):
    """A request that cannot be done, with one clear sentence for the person who made it."""

    status = 400
    kind = "invalid"

    def __init__(self, text: str, code: str = "", **values: object) -> None:
        super().__init__(text)
        self.told = Told(text, code or self.kind, values)


class NotSignedIn(ArenaError):
    """No session, or one that has ended."""

    status = 401
    kind = "not_signed_in"


class NotAllowed(ArenaError):
    """Signed in, but not entitled."""

    status = 403
    kind = "not_allowed"


class NotFound(ArenaError):
    """No such battle, vote, model … for this voter."""

    status = 404
    kind = "not_found"


class Conflict(ArenaError):
    """The battle is no longer, or not yet, in a state for this."""

    status = 409
    kind = "conflict"


class TooLarge(ArenaError):
    """More than is accepted."""

    status = 413
    kind = "too_large"


class Invalid(ArenaError):
    """A value that cannot be meant."""

    status = 422
    kind = "invalid"


class TooMany(ArenaError):
    """Too many requests in too short a time."""

    status = 429
    kind = "too_many"


class Unavailable(ArenaError):
    """Something that must be asked first does not answer: a provider, a moderation service."""

    status = 503
    kind = "unavailable"


KIND_OF_STATUS = {kind.status: kind.kind for kind in ArenaError.__subclasses__()}


def told_of(error: BenchwrightError) -> Told:
    """What is told of any foreseen error."""
    if isinstance(error, ArenaError):
        return error.told
    return Told(str(error), Unavailable.kind if isinstance(error, NotWritten) else Invalid.kind)
