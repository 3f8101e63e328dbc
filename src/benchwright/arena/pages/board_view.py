"""A leaderboard as the page shows it: intervals on one axis, who wins against whom, what would overturn it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup

from benchwright.charts import Reference, forest_axis, forest_row, heat_map
from benchwright.charts.theme import ticks
from benchwright.web import Locale

MOST_IN_MATRIX = 30


@dataclass(frozen=True)
class OwnRow:
    """One model under the reader's own weights of the categories."""

    model: str
    rating: float
    low: float
    high: float


@dataclass(frozen=True)
class BoardView:
    """What the template asks of a board; `board` is what `/api/board` answers."""

    board: Mapping[str, Any]
    t: Locale

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The models, groups that never met one after the other."""
        return sorted(self.board["models"], key=lambda row: (row["component"], row["rank"]))

    @cached_property
    def domain(self) -> tuple[float, float]:
        """From the lowest to the highest end of any interval."""
        low = min((row["low"] for row in self.rows), default=900.0)
        high = max((row["high"] for row in self.rows), default=1100.0)
        return (low, high) if high > low else (low - 1, high + 1)

    @property
    def when(self) -> str:
        """Time of the board, to the second."""
        return datetime.fromtimestamp(self.board["as_of"], UTC).strftime("%Y-%m-%d %H:%M:%S UTC")

    def flag(self, name: str) -> str:
        """A remark on a model in the reader's language; one that is not translated as it is."""
        said = self.t(f"flag.{name}")
        return name if said == f"flag.{name}" else said

    def unsaid(self) -> list[str]:
        """What the board cannot say, in the reader's language where the sentence is translated."""
        found: list[str] = []
        for each, english in zip(self.board["unsaid"], self.board["cannot_say"], strict=True):
            key = f"unsaid.{each['code']}"
            said = self.t(key, **each["values"])
            found.append(english if said == key else said)
        return found

    def axis(self) -> Markup:
        """The axis above the intervals."""
        marks = [(tick, f"{tick:g}") for tick in ticks(*self.domain, count=4)]
        return Markup(forest_axis(marks, domain=self.domain))

    def interval(self, row: Mapping[str, Any]) -> Markup:
        """One model's rating with its interval."""
        label = self.t(
            "board.interval_said",
            model=row["model"],
            rating=f"{row['rating']:.0f}",
            low=f"{row['low']:.0f}",
            high=f"{row['high']:.0f}",
        )
        middle = (Reference(1000.0, ""),) if self.domain[0] < 1000 < self.domain[1] else ()
        drawn = forest_row(
            row["rating"],
            min(row["low"], row["rating"]),
            max(row["high"], row["rating"]),
            domain=self.domain,
            references=middle,
            label=label,
            is_strong=row["rank_low"] == 1,
        )
        return Markup(drawn)

    def matrix(self) -> Markup:
        """How often the model of the row was preferred to that of the column."""
        names = [row["model"] for row in self.rows][:MOST_IN_MATRIX]
        place = {name: at for at, name in enumerate(names)}
        shares = [[math.nan] * len(names) for _ in names]
        counts = [[0] * len(names) for _ in names]
        for pair in self.board["pairs"]:
            i, j = place.get(pair["a"]), place.get(pair["b"])
            if i is None or j is None or pair["win_rate"] is None:
                continue
            shares[i][j], shares[j][i] = pair["win_rate"], 1 - pair["win_rate"]
            counts[i][j] = counts[j][i] = pair["votes"]
        texts = [["" if math.isnan(share) else f"{100 * share:.0f}" for share in row] for row in shares]
        hints = [
            [
                self.t("board.matrix_hint", a=a, b=b, share=texts[i][j] or "–", votes=counts[i][j])
                for j, b in enumerate(names)
            ]
            for i, a in enumerate(names)
        ]
        numbered = [f"{at}. {name}" for at, name in enumerate(names, start=1)]
        columns = [f"{at}" for at in range(1, len(names) + 1)]
        return Markup(
            heat_map(shares, rows=numbered, columns=columns, texts=texts, hints=hints, label=self.t("board.matrix"))
        )


def weighted(boards: Mapping[str, Mapping[str, Any]], weights: Mapping[str, float]) -> Sequence[OwnRow]:
    """Return the models by the weighted mean of their ratings on the boards of the categories.

    Only models that every weighted category rates; the boards' errors are taken as independent.
    """
    total = sum(weights.values())
    rated = {name: {row["model"]: row for row in board["models"]} for name, board in boards.items()}
    shared = set.intersection(*(set(rows) for rows in rated.values())) if rated else set[str]()
    found: list[OwnRow] = []
    for model in shared:
        rating = sum(weights[name] * rows[model]["rating"] for name, rows in rated.items()) / total
        error = math.sqrt(sum((weights[name] * rows[model]["se"]) ** 2 for name, rows in rated.items())) / total
        found.append(OwnRow(model, rating, rating - 1.96 * error, rating + 1.96 * error))
    return tuple(sorted(found, key=lambda row: (-row.rating, row.model)))
