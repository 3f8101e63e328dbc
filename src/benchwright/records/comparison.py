"""Comparisons: votes and scores as columns of codes, ready to be ranked."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, unknown_name

IntArray = NDArray[np.integer[Any]]
FloatArray = NDArray[np.float64]

OUTCOMES: tuple[str, ...] = ("a", "b", "tie", "both_good", "both_bad", "a_much", "b_much")
"""What one comparison can say; `Comparisons.outcome` holds positions in this tuple."""

WIN, TIE, LOSS = 0, 1, 2
RELATIVE: NDArray[np.uint8] = np.array([WIN, LOSS, TIE, TIE, TIE, WIN, LOSS], dtype=np.uint8)
"""Outcome code → `WIN` (a is better), `TIE` or `LOSS`: what the relative fit reads."""

HASHED_ROWS = 1 << 16
"""Rows that are hashed together: small enough for the cache."""


@dataclass(frozen=True, eq=False)
class Labels:
    """A column of names, each stored once: row `r` says `names[codes[r]]`; code -1 says nothing.

    `noun` is what one name is called where the column's role is not the word for it. Where a name stands for several
    things at once (a question for the documents that it cites), `members` says which: 0 or 1, shape (names, things).
    """

    codes: IntArray
    names: tuple[str, ...]
    noun: str = ""
    members: FloatArray | None = None

    @classmethod
    def of(cls, values: Sequence[str | None]) -> "Labels":
        """Encode `values`; names are sorted, `None` and the empty string become -1."""
        names = sorted({value for value in values if value})
        code = {name: position for position, name in enumerate(names)}
        codes = np.array([code[value] if value else -1 for value in values], dtype=np.int32)
        return cls(codes, tuple(names))

    @classmethod
    def of_sets(cls, values: Sequence[Sequence[str]], *, noun: str) -> "Labels":
        """Encode rows that each belong to one or several things, called `noun`; sets are named by their things."""
        sets = [tuple(sorted(set(things))) for things in values]
        single = cls.of([" + ".join(things) for things in sets])
        if all(len(things) == 1 for things in sets):
            return replace(single, noun=noun)
        by_name = {" + ".join(things): things for things in sets}
        things = sorted({thing for each in sets for thing in each})
        members = np.array([[float(thing in by_name[name]) for thing in things] for name in single.names])
        return replace(single, noun=noun, members=members)

    def take(self, rows: NDArray[Any]) -> "Labels":
        """Keep `rows` (a mask or positions); the names stay as they are."""
        return replace(self, codes=self.codes[rows])


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Many comparisons of two models, one row each.

    `a` and `b` are positions in `models`, `outcome` positions in `OUTCOMES`. Optional columns are `None` when the
    source has none. A covariate is what `a` has more than `b` (length, list marks, …). `is_a_first` says that `a` was
    shown on the left; without it `a` counts as left. `propensity` is the probability with which the pair was drawn.
    """

    models: tuple[str, ...]
    a: IntArray
    b: IntArray
    outcome: IntArray
    weight: FloatArray | None = None
    voter: Labels | None = None
    prompt: Labels | None = None
    time: FloatArray | None = None
    """Seconds since 1970, UTC; NaN where unknown."""
    is_a_first: NDArray[np.bool_] | None = None
    propensity: FloatArray | None = None
    categories: Mapping[str, Labels] = field(default_factory=dict[str, Labels])
    covariates: Mapping[str, FloatArray] = field(default_factory=dict[str, FloatArray])

    def __post_init__(self) -> None:
        rows = len(self.a)
        columns = {"b": self.b, "outcome": self.outcome, **self._optional_columns()}
        for name, column in columns.items():
            if len(column) != rows:
                raise InputError(f"column `{name}` has {len(column)} rows, but `a` has {rows}; give them one length")
        if rows and (min(self.a.min(), self.b.min()) < 0 or max(self.a.max(), self.b.max()) >= len(self.models)):
            raise InputError(
                f"a model code lies outside 0..{len(self.models) - 1}, the {len(self.models)} known models"
            )
        if rows and (self.outcome.min() < 0 or self.outcome.max() >= len(OUTCOMES)):
            raise InputError(f"an outcome code lies outside 0..{len(OUTCOMES) - 1} ({', '.join(OUTCOMES)})")
        same = np.flatnonzero(self.a == self.b)
        if same.size:
            row = int(same[0])
            raise InputError(
                f"row {row + 1} compares `{self.models[int(self.a[row])]}` with itself "
                f"({same.size} such rows); drop them before ranking"
            )

    def _optional_columns(self) -> dict[str, NDArray[Any]]:
        found: dict[str, NDArray[Any]] = {}
        for name in ("weight", "time", "is_a_first", "propensity"):
            if (column := getattr(self, name)) is not None:
                found[name] = column
        for name, labels in {"voter": self.voter, "prompt": self.prompt, **self.categories}.items():
            if labels is not None:
                found[name] = labels.codes
        return found | dict(self.covariates)

    def __len__(self) -> int:
        return len(self.a)

    @property
    def relative(self) -> NDArray[np.uint8]:
        """Every outcome as `WIN`, `TIE` or `LOSS` of `a`."""
        return RELATIVE[self.outcome]

    def take(self, rows: NDArray[Any]) -> "Comparisons":
        """Keep `rows` (a mask or positions); models and names keep their codes."""

        def pick(column: NDArray[Any] | None) -> Any:
            return None if column is None else column[rows]

        return replace(
            self,
            a=self.a[rows],
            b=self.b[rows],
            outcome=self.outcome[rows],
            weight=pick(self.weight),
            voter=self.voter.take(rows) if self.voter else None,
            prompt=self.prompt.take(rows) if self.prompt else None,
            time=pick(self.time),
            is_a_first=pick(self.is_a_first),
            propensity=pick(self.propensity),
            categories={name: labels.take(rows) for name, labels in self.categories.items()},
            covariates={name: column[rows] for name, column in self.covariates.items()},
        )

    def seen_models_only(self) -> "Comparisons":
        """Forget models that no row mentions, and renumber the others."""
        seen = np.zeros(len(self.models), dtype=bool)
        seen[self.a] = True
        seen[self.b] = True
        if seen.all():
            return self
        code = np.cumsum(seen) - 1
        models = tuple(name for name, is_seen in zip(self.models, seen, strict=True) if is_seen)
        return replace(self, models=models, a=code[self.a], b=code[self.b])

    def fingerprint(self) -> str:
        """Return a hash of models, names and rows, whatever the order of the rows, as 64 hexadecimal digits.

        It tells whether two boards rest on the same data; it is no proof against somebody who forges rows.
        """
        columns: dict[str, NDArray[Any]] = {"a": self.a, "b": self.b, "outcome": self.outcome}
        columns |= self._optional_columns()
        digest = hashlib.blake2b(digest_size=32)
        digest.update("\0".join(self.models).encode())
        digest.update("\1".join(columns).encode())
        for labels in (self.voter, self.prompt, *self.categories.values()):
            if labels is not None:
                digest.update(b"\2" + "\0".join(labels.names).encode())
        digest.update(f"{len(self)} {_sum_of_rows(list(columns.values()))}".encode())
        return digest.hexdigest()

    @classmethod
    def of(
        cls,
        rows: Iterable[tuple[str, str, str]],
        *,
        voters: Sequence[str | None] | None = None,
        prompts: Sequence[str | None] | None = None,
        categories: Mapping[str, Sequence[str | None]] | None = None,
    ) -> "Comparisons":
        """Build from rows of (model a, model b, outcome); models are sorted by name.

        Raises `UnknownName` for an outcome that is not in `OUTCOMES`, `InputError` for a model against itself.
        """
        listed = list(rows)
        models = sorted({name for first, second, _ in listed for name in (first, second)})
        model_code = {name: position for position, name in enumerate(models)}
        outcome_code = {name: position for position, name in enumerate(OUTCOMES)}
        for _, _, outcome in listed:
            if outcome not in outcome_code:
                raise unknown_name("outcome", outcome, OUTCOMES)
        return cls(
            models=tuple(models),
            a=np.array([model_code[first] for first, _, _ in listed], dtype=np.int32),
            b=np.array([model_code[second] for _, second, _ in listed], dtype=np.int32),
            outcome=np.array([outcome_code[outcome] for _, _, outcome in listed], dtype=np.int8),
            voter=Labels.of(voters) if voters is not None else None,
            prompt=Labels.of(prompts) if prompts is not None else None,
            categories={name: Labels.of(values) for name, values in (categories or {}).items()},
        )


def _sum_of_rows(columns: Sequence[NDArray[Any]]) -> str:
    """Return two sums over rows of a hash of each, modulo 2⁶⁴, so that the order of the rows does not matter.

    The hash is the finalizer of SplitMix64. Source: Steele, Lea & Flood (2014), Fast splittable random generators.
    """
    first, second = 0, 0
    for start in range(0, len(columns[0]) if columns else 0, HASHED_ROWS):
        part = slice(start, start + HASHED_ROWS)
        row = np.zeros(len(columns[0][part]), dtype=np.uint64)
        for column in columns:
            is_code = column.dtype.kind in "iub"
            # Adding 0 makes −0.0 and 0.0 the same bits.
            row ^= (column[part].astype(np.int64) if is_code else column[part].astype(np.float64) + 0.0).view(np.uint64)
            _mix(row)
        first += int(row.sum())
        _mix(row)
        second += int(row.sum())
    return f"{first % 2**64} {second % 2**64}"


def _mix(row: NDArray[np.uint64]) -> None:
    row += np.uint64(0x9E3779B97F4A7C15)
    row ^= row >> np.uint64(30)
    row *= np.uint64(0xBF58476D1CE4E5B9)
    row ^= row >> np.uint64(27)
    row *= np.uint64(0x94D049BB133111EB)
    row ^= row >> np.uint64(31)
