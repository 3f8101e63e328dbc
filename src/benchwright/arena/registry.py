"""Which models were ever shown, who added, paused or retired each: append-only, nothing can be unlisted."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from benchwright.arena.errors import Conflict, NotFound
from benchwright.store import votes_statements as q
from benchwright.store.votes import Step, VotesDatabase

Action = Literal["add", "pause", "resume", "retire"]
_ALLOWED: dict[str, tuple[str, ...]] = {
    "": ("add",),
    "add": ("pause", "retire"),
    "resume": ("pause", "retire"),
    "pause": ("resume", "retire"),
    "retire": ("add",),
}


@dataclass
class Registry:
    """The state of every model, read from the table's rows."""

    states: dict[str, str] = field(default_factory=dict[str, str])
    identities: dict[str, str] = field(default_factory=dict[str, str])
    history: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    _last: int = 0

    @property
    def active(self) -> tuple[str, ...]:
        """The models in the draw, by name."""
        return tuple(sorted(name for name, state in self.states.items() if state in ("add", "resume")))

    @property
    def all(self) -> tuple[str, ...]:
        """Every model ever shown."""
        return tuple(sorted(self.states))

    async def follow(self, database: VotesDatabase) -> bool:
        """Take in what another server may have entered; returns whether anything is new."""
        rows = [row for row in await database.read(q.REGISTRY) if row["seq"] > self._last]
        for row in rows:
            self._last = row["seq"]
            self.states[row["model"]] = row["action"]
            if row["identity"]:
                self.identities[row["model"]] = row["identity"]
            self.history.append(dict(row))
        return bool(rows)

    async def enter(self, database: VotesDatabase, models: Sequence[str], identities: Mapping[str, str]) -> None:
        """Add the models that are new, and note where a known name now means something else."""
        for name in models:
            identity = identities.get(name, name)
            if name not in self.states:
                await self._append(database, name, "add", identity, "start")
            elif identity != self.identities.get(name, identity):
                await self._append(database, name, self.states[name], identity, "changed at start")

    async def act(self, database: VotesDatabase, model: str, action: Action, actor: str) -> None:
        """Enter one act on one model; raises where it makes no sense."""
        state = self.states.get(model, "")
        if not state and action != "add":
            raise NotFound(f"there is no model `{model[:80]}` in the registry")
        if action not in _ALLOWED[state]:
            raise Conflict(f"`{model[:80]}` was last: {state}; now one can {' or '.join(_ALLOWED[state])} it")
        await self._append(database, model, action, self.identities.get(model, model), actor)

    async def _append(self, database: VotesDatabase, model: str, action: str, identity: str, actor: str) -> None:
        row = {"model": model, "action": action, "identity": identity, "actor": actor, "at": time.time()}
        await database.write(Step(q.ADD_REGISTRY, (row,)))
        await self.follow(database)
