"""The arena put together: its database, models, boards, and the clock that keeps boards and sampling up to date."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchwright.arena.ballots import Ballots
from benchwright.arena.battles import Battles
from benchwright.arena.boards import Boards
from benchwright.arena.candidates import Candidates, Library
from benchwright.arena.category_model import CategoryModel
from benchwright.arena.keys import Keys, open_keys
from benchwright.arena.ledger import Ledger
from benchwright.arena.matchmaking import PairTable, pair_table
from benchwright.arena.moderation import Moderation
from benchwright.arena.openid import OpenId
from benchwright.arena.prompt_categories import Categories
from benchwright.arena.prompt_checks import PromptChecks
from benchwright.arena.recorded import Recorded
from benchwright.arena.registry import Registry
from benchwright.arena.settings import ArenaSettings
from benchwright.arena.streams import Streams
from benchwright.arena.suggestions import Suggestions
from benchwright.arena.tags import Tags
from benchwright.arena.voters import Voters
from benchwright.errors import NotWritten
from benchwright.models.protocol import Model
from benchwright.store import votes_statements as q
from benchwright.store.votes import Step, VotesDatabase, open_votes

RESAMPLE_S = 1.0
"""How often the probabilities of pairs are worked out anew, at most."""


@dataclass
class Arena:
    """Everything behind the pages. Open it with `open_arena`."""

    settings: ArenaSettings
    database: VotesDatabase
    keys: Keys
    voters: Voters
    registry: Registry
    battles: Battles
    ballots: Ballots
    boards: Boards
    ledger: Ledger
    tags: Tags
    suggestions: Suggestions
    openid: OpenId | None = None
    benchmark_scores: Mapping[str, float] = field(default_factory=dict[str, float])
    """The score of each model on the benchmark, where a run is shown beside the people's votes."""
    sampling_rule: str = "active"
    pair_floor: float = 0.2
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    is_closing: bool = False
    _tail: "asyncio.Task[None] | None" = None
    _sampled: float = 0.0

    async def start(self) -> None:
        """Read the votes that are there, then follow new ones."""
        await self.ledger.follow(self.database)
        self.sampling_rule, self.pair_floor = self.settings.sampling, self.settings.pair_floor
        if rows := await self.database.read(q.SETTING, {"which_name": "sampling"}):
            chosen = json.loads(rows[0]["value"])
            self.sampling_rule, self.pair_floor = chosen["rule"], chosen["floor"]
        self.sample()
        self._tail = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Stop what is being written and end the connections; open ballots stay as they are in the database."""
        if self._tail is not None:
            self._tail.cancel()
            await asyncio.gather(self._tail, return_exceptions=True)
        await self.battles.close()
        await self.database.close()

    def tell_closing(self) -> None:
        """Let the streams of open pages end, so that the server need not wait for them."""
        self.is_closing = True
        self._announce()
        self.battles.streams.end()

    def _announce(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()

    def sample(self) -> None:
        """Work out how likely each pair is to be drawn next, from the votes so far."""
        self._sampled = time.monotonic()
        active = tuple(
            name
            for name in self.registry.active
            if name in self.battles.candidates.models and not self.battles.candidates.is_failing(name)
        )
        if len(active) < 2:
            active = tuple(name for name in self.registry.active if name in self.battles.candidates.models)
        recorded = tuple(name for name in self.battles.recorded.models if name in self.registry.active)
        self.battles.pairs = self._table(active)
        self.battles.review_pairs = self._table(recorded)
        self.battles.names = self.registry.all

    def _table(self, models: tuple[str, ...]) -> PairTable | None:
        if len(models) < 2:
            return None
        return pair_table(models, self.ledger.cube(models), floor=self.pair_floor, rule=self.sampling_rule)

    async def set_sampling(self, rule: str, floor: float) -> None:
        """Choose how pairs are drawn from now on; the choice outlives a restart."""
        value = json.dumps({"rule": rule, "floor": floor})
        await self.database.write(
            Step(q.DROP_SETTING, ({"which_name": "sampling"},)),
            Step(q.ADD_SETTING, ({"name": "sampling", "value": value},)),
        )
        self.sampling_rule, self.pair_floor = rule, floor
        self.sample()

    async def load_categories(self) -> None:
        """Read the owner's own categories again."""
        self.battles.categories = await _own_categories(self.database)
        self.battles.forget_kinds()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self.settings.tail_s)
            sign_outs = self.ledger.sign_outs
            try:
                has_changed = await self.ledger.follow(self.database)
                if await self.registry.follow(self.database):
                    self._sampled = 0.0
            except (NotWritten, OSError):
                continue  # The database is away for a moment; the next turn of the clock asks again.
            if self.ledger.sign_outs != sign_outs:
                self.voters.forget_sessions()
            if has_changed:
                self._announce()
            if time.monotonic() - self._sampled > RESAMPLE_S:
                self.sample()


async def open_arena(
    settings: ArenaSettings,
    models: Mapping[str, Model],
    *,
    library: Library | None = None,
    recorded: Recorded | None = None,
    suggestions: Suggestions | None = None,
    identities: Mapping[str, str] | None = None,
    benchmark_scores: Mapping[str, float] | None = None,
    category_model: Model | None = None,
) -> Arena:
    """Open the database, enter new models into the registry, and start to follow the votes."""
    database = await open_votes(settings.database)
    keys = await open_keys(database)
    recorded = recorded or Recorded()
    registry = Registry()
    await registry.follow(database)
    await registry.enter(database, sorted({*models, *recorded.models}), identities or {})
    tags = Tags()
    await tags.load(database)
    categories = await _own_categories(database)
    ledger = Ledger()
    moderation = Moderation(settings.moderation, settings.moderation_model) if settings.moderation else None
    battles = Battles(
        database,
        keys,
        settings,
        Candidates(models, library or Library()),
        Streams(settings),
        categories,
        recorded,
        PromptChecks(settings, moderation),
        category_model=CategoryModel(category_model) if category_model is not None else None,
    )
    arena = Arena(
        settings=settings,
        database=database,
        keys=keys,
        voters=Voters(database, keys, settings),
        registry=registry,
        battles=battles,
        ballots=Ballots(database, battles, tags),
        boards=Boards(ledger),
        ledger=ledger,
        tags=tags,
        suggestions=suggestions or Suggestions(),
        openid=OpenId(settings.openid, keys) if settings.openid is not None else None,
        benchmark_scores=benchmark_scores or {},
    )
    await arena.start()
    return arena


async def _own_categories(database: VotesDatabase) -> Categories:
    rows = await database.read(q.CATEGORIES)
    return Categories({row["key"]: tuple(json.loads(row["words"])) for row in rows if not row["is_archived"]})
