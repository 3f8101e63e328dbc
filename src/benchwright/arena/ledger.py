"""All durable votes of the arena in memory as columns, kept up to date from the database, ready to be ranked."""

import asyncio
import json
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.arena.keys import CLUSTER_DIGITS
from benchwright.arena.style import FEATURES
from benchwright.ranking.style_marks import relative_difference, tell_apart
from benchwright.records.comparison import OUTCOMES, RELATIVE, Comparisons, Labels
from benchwright.stats.count_cube import count_cube
from benchwright.store import votes_statements as q
from benchwright.store.votes import Row, VotesDatabase

PAGE = 5_000
COUNTED = "counted"
MAIN_MODES = ("battle", "review")
DIRECT_CHOICES = frozenset({"both_good", "both_bad"})


class Names:
    """Names to small numbers, in the order in which they are first seen."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._codes: dict[str, int] = {}

    def code(self, name: str) -> int:
        """The number of `name`; a new one where it is new."""
        if (found := self._codes.get(name)) is None:
            found = self._codes[name] = len(self.names)
            self.names.append(name)
        return found

    def known(self, name: str) -> int | None:
        """The number of `name`, if it was ever seen."""
        return self._codes.get(name)


@dataclass(frozen=True)
class Slice:
    """Which votes a board is made from; an empty field means all. `days`: not older than so many days."""

    category: str = ""
    language: str = ""
    tag: str = ""
    group: str = ""
    mode: str = ""
    days: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == Slice()


_COLUMNS: dict[str, str] = {
    "seq": "q",
    "cluster": "q",
    "prompt": "q",
    "at": "d",
    "propensity": "d",
    "a": "h",
    "b": "h",
    "outcome": "b",
    "mode": "b",
    "category": "h",
    "language": "h",
    "group": "h",
    "state": "b",
    "tags_a": "q",
    "tags_b": "q",
}
_DTYPES = {"q": np.int64, "d": np.float64, "h": np.int16, "b": np.int8, "f": np.float32}


@dataclass
class Ledger:
    """The votes by column, about 140 bytes each. `version` changes with every vote that comes, goes or changes."""

    models: Names = field(default_factory=Names)
    modes: Names = field(default_factory=Names)
    categories: Names = field(default_factory=Names)
    languages: Names = field(default_factory=Names)
    groups: Names = field(default_factory=Names)
    states: Names = field(default_factory=Names)
    tags: Names = field(default_factory=Names)
    version: int = 0
    last_log: int = 0
    sign_outs: int = 0
    """How often somebody's sessions were ended, by a deletion or a new owner's token, since this was opened."""
    counted: int = 0
    """Votes that the main board is made from."""
    _has_begun: bool = False
    _columns: dict[str, "array[Any]"] = field(default_factory=dict[str, "array[Any]"])
    _following: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._empty()
        self.states.code(COUNTED)

    def __len__(self) -> int:
        return len(self._columns["seq"])

    def column(self, name: str) -> NDArray[Any]:
        """A copy of one column: the ledger goes on growing while a board is fitted."""
        held = self._columns[name]
        return np.frombuffer(held.tobytes(), dtype=_DTYPES[held.typecode])

    async def follow(self, database: VotesDatabase) -> bool:
        """Take in what became durable since the last time; returns whether anything did.

        One at a time: two that read after the same last vote would both take in the next one.
        """
        async with self._following:
            return await self._take_in(database)

    async def _take_in(self, database: VotesDatabase) -> bool:
        before = self.version
        if not self._has_begun:
            # A new ledger reads the votes as they now stand; what was done to them before is in them.
            self.last_log = (await database.read(q.LAST_LOG))[0]["seq"]
            self._has_begun = True
        while rows := await database.read(q.LOG_AFTER, {"which_seq": self.last_log, "most": PAGE}):
            for row in rows:
                self.last_log = row["seq"]
                await self._apply(row, database)
        while rows := await database.read(q.VOTES_AFTER, {"which_seq": self._last(), "most": PAGE}):
            for row in rows:
                self._append(row)
            self.version += 1
            if len(rows) < PAGE:
                break
        if self.version != before:
            self.counted = int(self._main().sum()) if len(self) else 0
        return self.version != before

    def comparisons(self, chosen: Slice, *, now: float, is_named: bool = False) -> Comparisons:
        """Return the votes that count, in `chosen`, as columns for ranking.

        The main board holds blind votes only; `is_named` asks for those given side by side with names shown.
        """
        keep = self._main(is_named=is_named)
        for wanted, names, column in (
            (chosen.category, self.categories, "category"),
            (chosen.language, self.languages, "language"),
            (chosen.group, self.groups, "group"),
            (chosen.mode, self.modes, "mode"),
        ):
            if wanted:
                code = names.known(wanted)
                keep &= self.column(column) == (-1 if code is None else code)
        if chosen.tag:
            bit = self._bit(chosen.tag)
            keep &= ((self.column("tags_a") | self.column("tags_b")) & bit) != 0
        if chosen.days:
            keep &= self.column("at") >= now - chosen.days * 86_400
        rows = np.flatnonzero(keep)
        return Comparisons(
            models=tuple(self.models.names),
            a=self.column("a")[rows].astype(np.int32),
            b=self.column("b")[rows].astype(np.int32),
            outcome=self.column("outcome")[rows],
            voter=_labels(self.column("cluster")[rows]),
            prompt=_labels(self.column("prompt")[rows]),
            time=self.column("at")[rows],
            propensity=self.column("propensity")[rows],
            covariates=self._style(rows),
        )

    def cube(self, models: tuple[str, ...]) -> NDArray[np.float64]:
        """The blind votes among `models` counted into a cube (n, n, 3), in that order."""
        position = np.full(len(self.models.names) + 1, -1, dtype=np.int64)
        for at, name in enumerate(models):
            if (code := self.models.known(name)) is not None:
                position[code] = at
        a, b = position[self.column("a")], position[self.column("b")]
        keep = self._main() & (a >= 0) & (b >= 0)
        outcome = RELATIVE[self.column("outcome")[keep]]
        return count_cube(a[keep], b[keep], outcome, len(models))

    def main_rows(self) -> NDArray[np.intp]:
        """Positions of the votes of the main board."""
        return np.flatnonzero(self._main())

    def tag_mask(self, mask: int) -> list[str]:
        """The tags that a number in a column of tags stands for."""
        return [name for code, name in enumerate(self.tags.names[:62]) if mask >> code & 1]

    def _main(self, *, is_named: bool = False) -> NDArray[np.bool_]:
        modes = [code for code, name in enumerate(self.modes.names) if (name in MAIN_MODES) != is_named]
        two_sided = self.column("b") >= 0
        return np.isin(self.column("mode"), modes) & (self.column("state") == 0) & two_sided

    def _style(self, rows: NDArray[np.intp]) -> Mapping[str, NDArray[np.float64]]:
        found = {
            name: relative_difference(
                self.column(f"{name}_a")[rows].astype(np.float64), self.column(f"{name}_b")[rows].astype(np.float64)
            )
            for name in FEATURES
        }
        return tell_apart(found)

    def _empty(self) -> None:
        self._columns = {name: array(code) for name, code in _COLUMNS.items()}
        for feature in FEATURES:
            self._columns[f"{feature}_a"] = array("f")
            self._columns[f"{feature}_b"] = array("f")

    def _last(self) -> int:
        seq = self._columns["seq"]
        return seq[-1] if len(seq) else 0

    def _append(self, row: Row) -> None:
        style_a, style_b = json.loads(row["style"])
        values: dict[str, Any] = {
            "seq": row["seq"],
            "cluster": int(row["cluster"], 16),
            "prompt": int(row["prompt_key"], 16),
            "at": row["at"],
            "propensity": row["propensity"],
            "a": self.models.code(row["model_a"]),
            "b": self.models.code(row["model_b"]) if row["model_b"] else -1,
            "outcome": OUTCOMES.index(row["choice"]),
            "mode": self.modes.code(row["mode"]),
            "category": self.categories.code(row["category"]),
            "language": self.languages.code(row["language"]),
            "group": self.groups.code(row["voter_group"]),
            "state": self.states.code(row["state"]),
            "tags_a": self._mask(row["tags_a"]),
            "tags_b": self._mask(row["tags_b"]),
            **{f"{name}_a": style_a[at] for at, name in enumerate(FEATURES)},
            **{f"{name}_b": style_b[at] for at, name in enumerate(FEATURES)},
        }
        for name, column in self._columns.items():
            column.append(values[name])

    async def _apply(self, entry: Row, database: VotesDatabase) -> None:
        if entry["action"] == "withdrawn":
            seq = self._columns["seq"]
            number = int(json.loads(entry["detail"])["seq"])
            at = bisect_left(seq, number)
            if at < len(seq) and seq[at] == number:
                self._columns["state"][at] = self.states.code("withdrawn")
                self.version += 1
        elif entry["action"] == "token renewed":
            self.sign_outs += 1
        elif entry["action"] == "voter deleted":
            self.sign_outs += 1
            if len(self):
                # Clusters and keys of prompts have changed in the rows; reading all again is rare and simple.
                self._empty()
                self.version += 1

    def _mask(self, tags: str) -> int:
        mask = 0
        for tag in json.loads(tags):
            mask |= self._bit(tag)
        return mask

    def _bit(self, tag: str) -> int:
        code = self.tags.code(tag)
        # Beyond 62 different tags a column of bits is full; further ones can be read in the export.
        return 1 << code if code < 62 else 0


def _labels(values: NDArray[np.int64]) -> Labels:
    names, codes = np.unique(values, return_inverse=True)
    return Labels(codes.astype(np.int32), tuple(f"{int(name):0{CLUSTER_DIGITS}x}" for name in names))
