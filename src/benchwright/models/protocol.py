"""What anything that answers has in common: one method."""

from typing import Protocol

from benchwright.records import Reply, Request


class Model(Protocol):
    """Anything that answers. `name` is `provider/name`, or the name of a variant in `benchwright.yaml`."""

    @property
    def name(self) -> str:
        """The name under which its responses are kept."""
        ...

    async def respond(self, request: Request) -> Reply:
        """Answer one request. Faults become a state of the reply; only a broken configuration is raised."""
        ...
