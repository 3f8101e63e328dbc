"""Read votes from CSV, JSONL and Parquet into codes: millions of rows in bounded memory, nothing guessed."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchwright.errors import InputError, UnknownName, unknown_name
from benchwright.ranking.columns import (
    FIRST_WORDS,
    OUTCOME_WORDS,
    ColumnNames,
    find_columns,
    one_hot_winner,
    pair_columns,
    refused_outcome,
)
from benchwright.ranking.csv_dialect import CsvDialect, csv_dialect, csv_error, with_one_kind_of_line_end
from benchwright.ranking.style_marks import (
    LENGTH_COLUMNS,
    SPOKEN,
    TEXT_COLUMNS,
    mark_expressions,
    relative_difference,
    spoken,
    tell_apart,
    text_expression,
)
from benchwright.records.comparison import OUTCOMES, Comparisons, Labels

FloatArray = NDArray[np.float64]

SEPARATOR_OF: dict[str, str] = {".csv": "", ".tsv": "\t"}
"""Ending → separator of the columns; empty where the header tells it."""
READERS: dict[str, str] = {
    ".jsonl": "read_json_auto({path}, format='newline_delimited')",
    ".ndjson": "read_json_auto({path}, format='newline_delimited')",
    ".json": "read_json_auto({path})",
    ".parquet": "read_parquet({path})",
}
MEMORY_LIMIT = "1GB"
MAX_WORDS = 5000
"""Different outcome words that are looked at; a column with more of them holds something else."""
EMPTY, UNKNOWN = -1, -2


@dataclass(frozen=True)
class ReadSettings:
    """What to read: roles of columns, slices, covariates, whether to count style marks, what to do with bad rows."""

    columns: ColumnNames = field(default_factory=ColumnNames)
    slices: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()
    """Columns that hold what a has more than b, or names `x` of which the file has `x_a` and `x_b`."""
    style: bool = False
    skip_invalid: bool = False


@dataclass(frozen=True, eq=False)
class VotesRead:
    """The votes, how many rows were looked at, what was dropped and why, and which column was taken for what."""

    votes: Comparisons
    rows: int
    dropped: dict[str, int]
    columns: dict[str, str]
    style: tuple[str, ...] = ()
    """Names of the style covariates that were found."""
    notes: tuple[str, ...] = ()
    """What was guessed of the files and should be checked."""


def read_votes(paths: Sequence[Path | str], settings: ReadSettings | None = None) -> VotesRead:
    """Read all files as one table of votes.

    Raises `InputError` for a file that cannot be read, a missing column, no rows, and, unless `skip_invalid`, for the
    first row with an unknown outcome, without a model, or with a model against itself; the row is named.
    """
    settings = settings or ReadSettings()
    try:
        # What does not fit in memory is set aside in a folder of its own, not beside the user's files.
        with (
            tempfile.TemporaryDirectory(prefix="benchwright-") as aside,
            duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "threads": 2, "temp_directory": aside}) as database,
        ):
            return _Table(database, [Path(path) for path in paths], settings, Path(aside)).read()
    except (duckdb.Error, UnicodeError) as error:
        reason = str(error).strip().splitlines()[0]
        raise InputError(f"{', '.join(str(path) for path in paths)} cannot be read as votes: {reason}") from error


def ending_of(path: Path) -> str:
    """Return the ending that says how `path` is read; raises where it cannot be."""
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    if not path.stat().st_size:
        raise InputError(f"{path} is empty")
    suffixes = [suffix.lower() for suffix in path.suffixes]
    ending = suffixes[-2] if suffixes[-1:] == [".gz"] and len(suffixes) > 1 else (suffixes or [""])[-1]
    known = (*SEPARATOR_OF, *READERS)
    if ending not in known:
        raise InputError(f"{path}: votes come as {', '.join(known)} (CSV and JSON also as .gz), not as `{ending}`")
    return ending


@dataclass(frozen=True)
class _Source:
    """One file with the names and types of its columns, and how the database reads it."""

    path: Path
    types: dict[str, str]
    aside: Path
    reader: str = ""
    dialect: CsvDialect | None = None
    skip_invalid: bool = False

    def refuse_repeated(self, wanted: Sequence[str]) -> None:
        """Raise where a column that is needed stands in the header twice: nobody can say which one is meant."""
        repeated = self.dialect.repeated if self.dialect else frozenset[str]()
        for name in wanted:
            if name.lower() in repeated:
                raise InputError(f"{self.path} has two columns called `{name}`; rename one of them")

    def execute(self, database: duckdb.DuckDBPyConnection, query: str) -> None:
        """Run `query`, whose `{reader}` is this file; what ordinary settings cannot read gets a second try."""
        if self.dialect is None:
            database.execute(query.replace("{reader}", self.reader))
            return
        try:
            database.execute(query.replace("{reader}", self.dialect.reader(skip_invalid=self.skip_invalid)))
        except duckdb.InvalidInputException as error:
            has_long_lines = "Maximum line size" in str(error)
            has_mixed_ends = "not possible to parse" in str(error) and not self.path.name.lower().endswith(".gz")
            if not (has_long_lines or has_mixed_ends):
                raise csv_error(self.path, str(error)) from error
            dialect = with_one_kind_of_line_end(self.dialect, self.aside) if has_mixed_ends else self.dialect
            reader = dialect.reader(skip_invalid=self.skip_invalid, has_long_lines=has_long_lines)
            try:
                database.execute(query.replace("{reader}", reader))
            except duckdb.InvalidInputException as again:
                raise csv_error(self.path, str(again)) from again


class _Table:
    """The files as one table of the columns that are needed, and their columns as codes and numbers."""

    def __init__(
        self, database: duckdb.DuckDBPyConnection, paths: list[Path], settings: ReadSettings, aside: Path
    ) -> None:
        self.database = database
        self.paths = paths
        self.settings = settings
        self.aside = aside
        self.malformed = 0
        self.notes: list[str] = []
        self.types: dict[str, str] = {}
        self.first_rows: list[int] = []
        self.roles: dict[str, str] = {}

    def read(self) -> VotesRead:
        """Load, encode, check, and put the columns together."""
        self._load()
        rows = int(self._one("select count(*) from votes")[0])
        if not rows:
            raise InputError(f"{', '.join(str(path) for path in self.paths)}: there is a header but no vote")
        models, a, b = self._models()
        outcome, problems = self._outcomes(models, a, b)
        bad = np.zeros(rows, dtype=bool)
        dropped: dict[str, int] = {"malformed line": self.malformed} if self.malformed else {}
        for reason, mask, known in problems:
            fresh = mask & ~bad
            if fresh.any():
                self._refuse(reason, int(np.flatnonzero(fresh)[0]), known)
                dropped[reason] = int(fresh.sum())
                bad |= fresh
        style = self._style() if self.settings.style else {}
        covariates = {name: self._covariate(name) for name in self.settings.covariates} | style
        votes = (
            Comparisons(
                models=tuple(models),
                a=np.where(bad, 0, a) if bad.any() else a,
                # A bad row is dropped below; until then it must not look like a model against itself.
                b=np.where(bad, min(1, len(models) - 1), b) if bad.any() else b,
                outcome=np.where(bad, 0, outcome),
                weight=self._number("weight"),
                voter=self._labels(self.roles["voter"]) if "voter" in self.roles else None,
                prompt=self._labels(self.roles["prompt"]) if "prompt" in self.roles else None,
                time=self._time(),
                is_a_first=self._position(),
                propensity=self._number("propensity"),
                categories={name: self._labels(self._present(name)) for name in self.settings.slices},
                covariates=covariates,
            )
            if not bad.all()
            else None
        )
        if votes is None:
            raise InputError(f"all {rows} rows are invalid ({_listed(dropped)}); nothing is left to rank")
        if bad.any():
            votes = votes.take(~bad)
        return VotesRead(
            votes.seen_models_only(), rows + self.malformed, dropped, self.roles, tuple(style), tuple(self.notes)
        )

    def _load(self) -> None:
        sources = [self._source(path) for path in self.paths]
        if not sources:
            raise InputError("name at least one votes file")
        self.types = sources[0].types
        self.roles = find_columns(self.settings.columns, list(self.types))
        made = (
            {self.roles["winner"]: one_hot_winner(list(self.types))} if self.roles["winner"] not in self.types else {}
        )
        wanted = list(dict.fromkeys([*self.roles.values(), *self._optional()]))
        spelled = {self.roles[role] for role in ("model_a", "model_b", "winner")}
        row = 0
        for position, source in enumerate(sources):
            source.refuse_repeated(wanted)
            missing = [name for name in wanted if name not in source.types and name not in made]
            if missing:
                raise InputError(
                    f"{source.path} has no column {', '.join(missing)}, which {self.paths[0]} has; give them alike"
                )
            columns = [
                f"{made[name] if name in made else _quoted(name)}{'::varchar' if name in spelled else ''}"
                f" as {_quoted(name)}"
                for name in wanted
            ]
            verb = "insert into votes" if position else "create temp table votes as"
            source.execute(self.database, f"{verb} select {', '.join(columns)} from {{reader}}")
            self.first_rows.append(row)
            row = int(self._one("select count(*) from votes")[0])
        # Lines that do not fit the header were left out by the reader, which counts them.
        self.malformed = self._malformed()

    def _source(self, path: Path) -> "_Source":
        ending = ending_of(path)
        if ending in SEPARATOR_OF:
            dialect = csv_dialect(path, aside=self.aside, separator=SEPARATOR_OF[ending])
            if dialect.encoding not in ("utf-8", "utf-8-sig"):
                self.notes.append(f"{path} is not UTF-8; it was read as {dialect.encoding}: check the names")
            types = dict.fromkeys(dialect.names, "VARCHAR")
            return _Source(path, types, self.aside, dialect=dialect, skip_invalid=self.settings.skip_invalid)
        reader = READERS[ending].format(path="'" + str(path).replace("'", "''") + "'")
        rows = self.database.execute(f"describe select * from {reader}").fetchall()
        return _Source(path, {str(row[0]): str(row[1]) for row in rows}, self.aside, reader=reader)

    def _malformed(self) -> int:
        if not self.settings.skip_invalid:
            return 0
        return int(self._one("select count(distinct (file_id, line)) from reject_errors")[0])

    def _optional(self) -> list[str]:
        present = list(self.types)
        names = [self._present(name) for name in self.settings.slices]
        for name in self.settings.covariates:
            both = pair_columns(name, present)
            names.extend(both or (self._present(name),))
        if self.settings.style:
            for stem in (*TEXT_COLUMNS, *LENGTH_COLUMNS):
                names.extend(pair_columns(stem, present) or ())
        return names

    def _present(self, name: str) -> str:
        match = next((column for column in self.types if column.lower() == name.lower()), None)
        if match is None:
            raise unknown_name("column", name, self.types)
        return match

    def _one(self, query: str, values: list[Any] | None = None) -> tuple[Any, ...]:
        row = self.database.execute(query, values or []).fetchone()
        if row is None:
            raise InputError("the votes changed while they were read; try again")
        return row

    def _column(self, expression: str, join: str = "") -> NDArray[Any]:
        query = f"select {expression} as value from votes {join}"
        if join:
            query += " order by votes.rowid"
        fetched: dict[str, Any] = self.database.execute(query).fetchnumpy()
        return fetched["value"]

    def _models(self) -> tuple[list[str], NDArray[Any], NDArray[Any]]:
        first, second = (_quoted(self.roles[role]) for role in ("model_a", "model_b"))
        found = self.database.execute(
            f"select name from (select distinct {first} as name from votes union select distinct {second} from votes)"
            " where name is not null order by name"
        ).fetchall()
        spellings = [str(row[0]) for row in found]
        models = sorted({name for spelling in spellings if (name := spelling.strip())})
        if len(models) < 2:
            raise InputError(
                f"the votes name {'one model only: ' + models[0] if models else 'no model'}; ranking needs two or more"
            )
        place = {name: position for position, name in enumerate(models)}
        kind = np.int16 if len(models) < 1 << 15 else np.int32
        code = np.array([*(place.get(spelling.strip(), -1) for spelling in spellings), -1], dtype=kind)
        a, b = self._coded(spellings, first, second)
        return models, code[a], code[b]

    def _coded(self, spellings: list[str], *columns: str) -> list[NDArray[Any]]:
        """Encode columns by positions in a list of spellings; what is not in it becomes -1."""
        listed = ", ".join("'" + name.replace("'", "''") + "'" for name in spellings)
        self.database.execute(f"create or replace temp type spelling as enum ({listed})")
        kind = "smallint" if len(spellings) < 1 << 15 else "integer"
        wanted = ", ".join(
            f"coalesce(enum_code(try_cast({column} as spelling))::{kind}, -1::{kind}) as c{position}"
            for position, column in enumerate(columns)
        )
        fetched: dict[str, Any] = self.database.execute(f"select {wanted} from votes").fetchnumpy()
        return [np.asarray(np.ma.filled(fetched[f"c{position}"], -1)) for position in range(len(columns))]

    def _outcomes(
        self, models: list[str], a: NDArray[Any], b: NDArray[Any]
    ) -> tuple[NDArray[Any], list[tuple[str, NDArray[np.bool_], str]]]:
        column = _quoted(self.roles["winner"])
        counted = self.database.execute(
            f"select {column} as word, count(*) from votes where word is not null group by word"
            f" order by count(*) desc, word limit {MAX_WORDS + 1}"
        ).fetchall()
        words = [str(row[0]) for row in counted[:MAX_WORDS]]
        code = self._coded(words, column)[0] if words else np.full(len(a), -1, dtype=np.int16)
        meaning = np.full(len(words) + 1, UNKNOWN if len(counted) > MAX_WORDS else EMPTY, dtype=np.int8)
        winner_model = np.full(len(words) + 1, -2, dtype=np.int32)
        place = {name: position for position, name in enumerate(models)}
        for position, word in enumerate(words):
            plain = word.strip()
            meaning[position] = UNKNOWN if plain else EMPTY
            if plain.lower() in OUTCOME_WORDS:
                meaning[position] = OUTCOMES.index(OUTCOME_WORDS[plain.lower()])
            elif plain in place:
                winner_model[position] = place[plain]
        outcome = meaning[code]
        if (winner_model >= 0).any():
            named = winner_model[code]
            outcome = np.where(named == a, OUTCOMES.index("a"), np.where(named == b, OUTCOMES.index("b"), outcome))
        known = ", ".join(OUTCOMES)
        return outcome.astype(np.int8), [
            ("a model is missing", (a < 0) | (b < 0), ""),
            ("a model against itself", (a == b) & (a >= 0), ""),
            ("no outcome", outcome == EMPTY, known),
            ("unknown outcome", outcome == UNKNOWN, known),
        ]

    def _refuse(self, reason: str, row: int, known: str) -> None:
        if self.settings.skip_invalid:
            return
        names = ", ".join(_quoted(self.roles[role]) + "::varchar" for role in ("model_a", "model_b", "winner"))
        a, b, word = self._one(f"select {names} from votes where rowid = ?", [row])
        said = f"`{a}` against `{b}`" if "model" in reason else f"`{word}`"
        hint = refused_outcome(str(word)) if known else ""
        error = UnknownName if reason == "unknown outcome" else InputError
        raise error(
            f"{self._where(row)}: {reason}: {said}{hint}; correct the file, or drop such rows: `--skip-invalid`"
        )

    def _where(self, row: int) -> str:
        file = max(at for at, first in enumerate(self.first_rows) if first <= row)
        return f"row {row - self.first_rows[file] + 1} of {self.paths[file]}"

    def _labels(self, column: str) -> Labels:
        """Encode a column with many different values by a join with its dictionary."""
        text = f"nullif(trim({_quoted(column)}::varchar), '')"
        self.database.execute(
            "create or replace temp table dictionary as select name, (row_number() over (order by name) - 1)::integer"
            f" as code from (select distinct {text} as name from votes) where name is not null"
        )
        codes = self._column("coalesce(code, -1)", f"left join dictionary on dictionary.name = {text}")
        names = self.database.execute("select name from dictionary order by code").fetchnumpy()["name"]
        return Labels(np.asarray(codes), tuple(str(name) for name in names))

    def _number(self, role: str) -> FloatArray | None:
        if role not in self.roles:
            return None
        return self._float(f"try_cast({_quoted(self.roles[role])} as double)")

    def _float(self, expression: str) -> FloatArray:
        values = self._column(expression)
        filled = np.ma.filled(values.astype(np.float64), np.nan) if np.ma.isMaskedArray(values) else values
        return np.asarray(filled, dtype=np.float64)

    def _time(self) -> FloatArray | None:
        if "time" not in self.roles:
            return None
        column = _quoted(self.roles["time"])
        seconds = self._float(
            f"coalesce(try_cast({column}::varchar as double), epoch(try_cast({column}::varchar as timestamp)))"
        )
        # Some sets log milliseconds; as seconds they would lie thousands of years ahead.
        return np.where(seconds > 1e11, seconds / 1000.0, seconds)

    def _position(self) -> NDArray[np.bool_] | None:
        if "position" not in self.roles:
            return None
        labels = self._labels(self.roles["position"])
        unknown = [name for name in labels.names if name.lower() not in FIRST_WORDS]
        if unknown:
            raise unknown_name("position of model a", unknown[0], FIRST_WORDS)
        first = np.array([*(FIRST_WORDS[name.lower()] for name in labels.names), True])
        return first[labels.codes]

    def _covariate(self, name: str) -> FloatArray:
        both = pair_columns(name, list(self.types))
        if both is None:
            return self._float(f"try_cast({_quoted(self._present(name))} as double)")
        first, second = (self._float(f"try_cast({_quoted(column)} as double)") for column in both)
        return first - second

    def _style(self) -> dict[str, FloatArray]:
        """Count length and marks in the answers; where there are no texts, take lengths that the file states."""
        present = list(self.types)
        texts = next((both for stem in TEXT_COLUMNS if (both := pair_columns(stem, present))), None)
        found: dict[str, FloatArray] = {}
        if texts is not None:
            self.database.create_function(SPOKEN, spoken, ["VARCHAR"], "VARCHAR")
            sides = [mark_expressions(text_expression(_quoted(column), self.types[column])) for column in texts]
            for name in sides[0]:
                found[name] = relative_difference(self._float(sides[0][name]), self._float(sides[1][name]))
        lengths = next((both for stem in LENGTH_COLUMNS if (both := pair_columns(stem, present))), None)
        if lengths is not None:
            first, second = (self._float(f"try_cast({_quoted(column)} as double)") for column in lengths)
            found["length"] = relative_difference(first, second)
        if not found:
            raise InputError(
                f"style control needs answers ({', '.join(f'{stem}_a/{stem}_b' for stem in TEXT_COLUMNS)}) or lengths "
                f"({', '.join(f'{stem}_a/{stem}_b' for stem in LENGTH_COLUMNS)}); the file has: {', '.join(present)}"
            )
        return tell_apart(found)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _listed(dropped: dict[str, int]) -> str:
    return ", ".join(f"{count} × {reason}" for reason, count in dropped.items())
