"""What explains a board over HTTP: reasons of a model, what moves preference, where people and benchmark disagree."""

import json
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from benchwright.arena.api import BattleId, TheArena, TheVoter
from benchwright.arena.battle_view import read_battle
from benchwright.arena.errors import NotFound
from benchwright.arena.why import Why
from benchwright.store import votes_statements as q

router = APIRouter(prefix="/api")


@router.get("/why")
async def why(arena: TheArena, voter: TheVoter, model: Annotated[str, Query(max_length=200)]) -> JSONResponse:
    """Reasons, spans and battles behind the wins and losses of a model."""
    if model not in arena.registry.states:
        raise NotFound("there is no such model in the registry")
    return JSONResponse(await Why(arena.ledger, arena.database).of(model, has_texts=voter.is_owner))


@router.get("/preferences")
async def preferences(arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Which attributes move preference, with coefficients."""
    return JSONResponse(Why(arena.ledger, arena.database).preferences())


@router.get("/disagreements")
async def disagreements(arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Where people and the benchmark disagree."""
    board = await arena.boards.board("raw")
    found = await Why(arena.ledger, arena.database).disagreements(
        arena.benchmark_scores, board["models"], has_texts=voter.is_owner
    )
    return JSONResponse(found)


@router.get("/battles/{battle}/public")
async def read_voted_battle(battle: BattleId, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """A voted battle to read, as the pages on "why" link to it: texts, names, the choice and its reasons; no voter."""
    rows = await arena.database.read(q.VOTE, {"which_battle": battle})
    if not rows or not (voter.is_owner or rows[0]["cluster"] == voter.cluster):
        raise NotFound("there is no such battle")
    view = await read_battle(arena.database, battle)
    spans = await arena.database.read(q.SPANS, {"which_battle": battle})
    vote = rows[0]
    return JSONResponse(
        {
            "battle": battle,
            "flag": view.row["flag"] if voter.is_owner else "",
            "turns": [{"prompt": p, **{s: view.texts(s)[at] for s in view.sides}} for at, p in enumerate(view.turns)],
            "models": {side: view.model(side) for side in view.sides},
            "choice": vote["choice"],
            "state": vote["state"],
            "tags": {side: json.loads(vote[f"tags_{side}"]) for side in ("a", "b")},
            "comment": vote["comment"],
            "spans": [{name: span[name] for name in span if name not in ("battle", "number")} for span in spans],
        }
    )
