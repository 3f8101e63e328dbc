"""Everything one command says of some votes: the board, and what stands beside it."""

import json
from typing import Any

from benchwright.ranking.audit import VoterAudit
from benchwright.ranking.drift import Drift
from benchwright.ranking.judges import JudgeReport
from benchwright.ranking.robustness import BestOfN, Neighbours
from benchwright.ranking.slices import SliceBoard, WeightedRating
from benchwright.records.base import Record
from benchwright.records.leaderboard import Leaderboard


class Ranking(Record):
    """A board with its companions; what was not asked for is empty."""

    board: Leaderboard
    raw: Leaderboard | None = None
    """The board without style control, where `board` has it."""
    columns: dict[str, str] = {}
    """Which column of the file was taken for what."""
    neighbours: tuple[Neighbours, ...] = ()
    slices: tuple[SliceBoard, ...] = ()
    weighted: tuple[WeightedRating, ...] = ()
    weights: dict[str, float] = {}
    drift: Drift | None = None
    audit: VoterAudit | None = None
    judges: tuple[JudgeReport, ...] = ()
    best_of_n: tuple[BestOfN, ...] = ()


def ranking_json(ranking: Ranking) -> str:
    """Return the JSON of `--json`: the board's own fields on top, its companions beside them."""
    said: dict[str, Any] = ranking.board.model_dump(mode="json")
    said |= ranking.model_dump(mode="json", exclude={"board", "raw"})
    said["raw_models"] = [] if ranking.raw is None else [row.model_dump(mode="json") for row in ranking.raw.models]
    return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False)
