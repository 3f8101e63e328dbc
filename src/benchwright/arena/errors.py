"""What a request to the arena can be told instead of an answer; each knows its HTTP status."""

from benchwright.errors import BenchwrightError


class ArenaError(BenchwrightError):
    """A request that cannot be done, with one clear sentence for the person who made it."""

    status = 400


class NotSignedIn(ArenaError):
    """No session, or one that has ended."""

    status = 401


class NotAllowed(ArenaError):
    """Signed in, but not entitled."""

    status = 403


class NotFound(ArenaError):
    """No such battle, vote, model … for this voter."""

    status = 404


class Conflict(ArenaError):
    """The battle is no longer, or not yet, in a state for this."""

    status = 409


class TooLarge(ArenaError):
    """More than is accepted."""

    status = 413


class Invalid(ArenaError):
    """A value that cannot be meant."""

    status = 422


class TooMany(ArenaError):
    """Too many requests in too short a time."""

    status = 429


class Unavailable(ArenaError):
    """Something that must be asked first does not answer: a provider, a moderation service."""

    status = 503
