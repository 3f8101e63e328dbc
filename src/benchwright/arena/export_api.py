"""What the owner may take away: votes as files, questions for review, labels for judges."""

import json
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from benchwright.arena.api import TheArena
from benchwright.arena.battle_view import BattleView, read_battle
from benchwright.arena.engine import Arena
from benchwright.arena.errors import Invalid
from benchwright.arena.exports import FORMATS, export_votes, label_from, question_from
from benchwright.store import votes_statements as q
from benchwright.store.votes import Row

router = APIRouter(prefix="/api")


@router.get("/admin/export")
async def export(
    arena: TheArena,
    kind: Annotated[str, Query(alias="format", max_length=20)] = "csv",
    texts: bool = False,
) -> StreamingResponse:
    """All votes as a file."""
    if kind not in FORMATS:
        raise Invalid(f"unknown format `{kind}` (known: {', '.join(FORMATS)})")
    name = f"votes{'-with-texts' if texts else ''}.{kind}"
    return StreamingResponse(
        export_votes(arena.database, kind, has_texts=texts),
        media_type=FORMATS[kind],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@router.get("/admin/export/questions")
async def export_questions(arena: TheArena) -> StreamingResponse:
    """Battles whose winner has a reason, as questions for review (JSONL that `benchwright import` reads)."""
    return StreamingResponse(_questions(arena), media_type="application/x-ndjson")


@router.get("/admin/export/labels")
async def export_labels(arena: TheArena) -> StreamingResponse:
    """Blind votes with their answers, in the columns that `benchwright judge` writes: labels to hold judges against."""
    return StreamingResponse(_labels(arena), media_type="application/x-ndjson")


async def _voted(arena: Arena) -> AsyncGenerator[tuple[BattleView, Row]]:
    """The votes with their battles; a flagged prompt may hold what nobody should ask again."""
    last = 0
    while page := await arena.database.read(q.VOTE_PAGE, {"which_seq": last, "most": 500}):
        last = page[-1]["seq"]
        for vote in page:
            view = await read_battle(arena.database, vote["battle"])
            if not view.row["flag"]:
                yield view, vote


async def _questions(arena: Arena) -> AsyncGenerator[bytes]:
    seen: set[str] = set()
    async for view, vote in _voted(arena):
        question = question_from(view, vote)
        if question is not None and question.id not in seen:
            seen.add(question.id)
            yield (question.model_dump_json() + "\n").encode()


async def _labels(arena: Arena) -> AsyncGenerator[bytes]:
    async for view, vote in _voted(arena):
        if (label := label_from(view, vote)) is not None:
            yield (json.dumps(label, ensure_ascii=False) + "\n").encode()
