"""Why a model wins or loses: reasons, marked spans, battles to read; and where people and a benchmark disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.arena.ledger import Ledger, Slice
from benchwright.arena.reasons import beside_others, by_category, counted
from benchwright.errors import NoPower
from benchwright.records.comparison import LOSS, RELATIVE, WIN, Comparisons
from benchwright.stats.style import StyleFit, fit_with_covariates
from benchwright.store import votes_statements as q
from benchwright.store.votes import VotesDatabase

EXAMPLES = 8
LEAST_FOR_REASONS = 20
MOST_TAGS = 16
Z = 1.959964


@dataclass(frozen=True)
class Why:
    """Answers "why" from the votes in memory, with the texts from the database."""

    ledger: Ledger
    database: VotesDatabase

    async def of(self, model: str, *, has_texts: bool = True) -> dict[str, Any]:
        """Reasons, spans, comments and example battles behind the wins and losses of `model`.

        Without `has_texts` only what can be counted: other people's prompts, words and comments stay private.
        """
        code = self.ledger.models.known(model)
        rows = self._rows(code) if code is not None else np.zeros(0, dtype=np.intp)
        is_a = self.ledger.column("a")[rows] == code
        outcome = RELATIVE[self.ledger.column("outcome")[rows]]
        won = np.where(is_a, outcome == WIN, outcome == LOSS)
        lost = np.where(is_a, outcome == LOSS, outcome == WIN)
        own = np.where(is_a, self.ledger.column("tags_a")[rows], self.ledger.column("tags_b")[rows])
        other = np.where(is_a, self.ledger.column("tags_b")[rows], self.ledger.column("tags_a")[rows])
        battles = await self._latest(model) if has_texts else {"won": [], "lost": [], "said": []}
        return {
            "model": model,
            "votes": len(rows),
            "wins": {"votes": int(won.sum()), "reasons": counted(own[won], self.ledger), "battles": battles["won"]},
            "losses": {
                "votes": int(lost.sum()),
                "reasons": counted(own[lost], self.ledger),
                "battles": battles["lost"],
            },
            "winners": counted(other[lost], self.ledger),
            "said": beside_others(self.ledger, code) if code is not None else [],
            "categories": by_category(self.ledger, code) if code is not None else [],
            "comments": battles["said"],
            "ties": {"votes": int(len(rows) - won.sum() - lost.sum())},
            "spans": await self._spans(model) if has_texts else {"good": [], "bad": []},
        }

    def _rows(self, code: int) -> NDArray[np.intp]:
        rows = self.ledger.main_rows()
        a, b = self.ledger.column("a")[rows], self.ledger.column("b")[rows]
        return rows[(a == code) | (b == code)]

    async def _latest(self, model: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {"won": [], "lost": [], "said": []}
        for row in await self.database.read(q.EXAMPLES_OF, {"which_model": model, "most": 400}):
            side = "a" if row["model_a"] == model else "b"
            winner = row["choice"].removesuffix("_much")
            other = row["model_b"] if side == "a" else row["model_a"]
            example = _example(row, side=side, against=other)
            if row["comment"] and len(found["said"]) < EXAMPLES:
                found["said"].append(example)
            if winner in ("a", "b"):
                kept = found["won" if winner == side else "lost"]
                if len(kept) < EXAMPLES:
                    kept.append(example)
        return found

    async def _spans(self, model: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {"good": [], "bad": []}
        for row in await self.database.read(q.SPANS_OF, {"which_model": model, "most": 200}):
            kept = found[row["verdict"]]
            if len(kept) < 4 * EXAMPLES:
                kept.append({"quote": row["quote"], "word": row["word"], "battle": row["battle"]})
        return found

    def preferences(self) -> dict[str, Any]:
        """Which attributes move preference: log-odds for a tag or style mark that one side has and the other has not.

        One Bradley–Terry fit of all blind votes with tags (as marked) and style (relative difference) as covariates.
        It says what goes with being preferred, not what causes it: voters mark what they already prefer.
        """
        votes = self.ledger.comparisons(Slice(), now=0.0)
        if len(votes) < LEAST_FOR_REASONS:
            return _no_preferences(votes, f"at least {LEAST_FOR_REASONS} votes are needed", "few_votes")
        columns = dict(votes.covariates) | self._tag_columns()
        names = tuple(name for name, column in columns.items() if np.count_nonzero(column) >= LEAST_FOR_REASONS / 4)
        if not names:
            return _no_preferences(votes, "no attribute was marked often enough", "few_marks")
        seen = votes.seen_models_only()
        fit, names, left_out = _fit_told_apart(seen, columns, names)
        if fit is None:
            return _no_preferences(votes, "these votes cannot tell the attributes apart", "alike")
        se = np.sqrt(np.maximum(np.diag(fit.covariance)[len(seen.models) :], 0.0))
        found = [
            {
                "name": name,
                "kind": "style" if name in votes.covariates else "tag",
                "coefficient": float(value),
                "low": float(value - Z * error),
                "high": float(value + Z * error),
            }
            for value, name, error in sorted(
                zip(fit.coefficient.tolist(), names, se.tolist(), strict=True), key=lambda row: -abs(row[0])
            )
        ]
        return {"votes": len(votes), "attributes": found, "left_out": list(left_out), "note": ""}

    def _tag_columns(self) -> dict[str, NDArray[np.float64]]:
        rows = self.ledger.main_rows()
        a, b = self.ledger.column("tags_a")[rows], self.ledger.column("tags_b")[rows]
        found: dict[str, NDArray[np.float64]] = {}
        for code, tag in enumerate(self.ledger.tags.names[:MOST_TAGS]):
            bit = 1 << code
            found[tag] = ((a & bit) > 0).astype(np.float64) - ((b & bit) > 0)
        return found

    async def disagreements(
        self, benchmark: Mapping[str, float], ratings: Sequence[Mapping[str, Any]], *, has_texts: bool = True
    ) -> dict[str, Any]:
        """Where people and the benchmark disagree: models by the difference of their two ranks, with battles to read.

        `benchmark` is the score of each model there; `ratings` the rows of the people's board.
        """
        shared = [row for row in ratings if row["model"] in benchmark]
        by_people = sorted(shared, key=lambda row: -row["rating"])
        by_test = sorted(shared, key=lambda row: -benchmark[row["model"]])
        rows: list[dict[str, Any]] = []
        for rank, row in enumerate(by_people, start=1):
            name = row["model"]
            test_rank = by_test.index(row) + 1
            examples = await self._latest(name) if has_texts else {"won": [], "lost": []}
            rows.append(
                {
                    "model": name,
                    "rank_people": rank,
                    "rank_people_low": row["rank_low"],
                    "rank_people_high": row["rank_high"],
                    "rank_benchmark": test_rank,
                    "score": benchmark[name],
                    "rating": row["rating"],
                    "is_clear": not row["rank_low"] <= test_rank <= row["rank_high"],
                    "battles": examples["won"] if rank < test_rank else examples["lost"],
                }
            )
        rows.sort(key=lambda row: -abs(row["rank_people"] - row["rank_benchmark"]))
        return {"models": rows, "compared": len(shared)}


def _no_preferences(votes: Comparisons, note: str, code: str) -> dict[str, Any]:
    return {"votes": len(votes), "attributes": [], "note": note, "code": code}


def _fit_told_apart(
    votes: Comparisons, columns: Mapping[str, NDArray[np.float64]], names: tuple[str, ...]
) -> tuple[StyleFit | None, tuple[str, ...], tuple[str, ...]]:
    """Fit with all attributes or, where some repeat others, with those that can be told apart, the commonest first."""
    score = np.array([1.0, 0.5, 0.0])[votes.relative]

    def fitted(chosen: tuple[str, ...]) -> StyleFit | None:
        try:
            # A light penalty: a tag that was only ever given to winners has no finite coefficient.
            return fit_with_covariates(
                votes.a, votes.b, score, [columns[each] for each in chosen], len(votes.models), ridge=1.0, names=chosen
            )
        except NoPower:
            return None

    if (whole := fitted(names)) is not None:
        return whole, names, ()
    best: StyleFit | None = None
    kept: tuple[str, ...] = ()
    for name in sorted(names, key=lambda each: -np.count_nonzero(columns[each])):
        if (found := fitted((*kept, name))) is not None:
            best, kept = found, (*kept, name)
    return best, kept, tuple(name for name in names if name not in kept)


def _example(row: Mapping[str, Any], *, side: str, against: str) -> dict[str, Any]:
    winner = row["choice"].removesuffix("_much")
    return {
        "result": "tie" if winner not in ("a", "b") else "won" if winner == side else "lost",
        "battle": row["battle"],
        "prompt": row["prompt"][:400],
        "against": against,
        "choice": row["choice"],
        "comment": row["comment"],
        "category": row["category"],
    }
