"""Votes as files: CSV, JSONL, Parquet that `benchwright rank` reads; battles with reasons as questions for review."""

import asyncio
import csv
import io
import json
import tempfile
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchwright.arena.battle_view import BattleView
from benchwright.arena.errors import Invalid
from benchwright.arena.ledger import MAIN_MODES
from benchwright.arena.style import FEATURES
from benchwright.records import Provenance, Question
from benchwright.store import votes_statements as q
from benchwright.store.votes import Row, VotesDatabase
from benchwright.text.language import UNKNOWN

PAGE = 2_000
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


async def export_votes(database: VotesDatabase, kind: str, *, has_texts: bool) -> AsyncGenerator[bytes]:
    """Yield the votes as a file of `kind`, oldest first; with prompts, answers and comments where `has_texts`.

    Every vote is in it with its `state`; a board is made from those that say `counted`.
    """
    if kind not in FORMATS:
        raise Invalid(f"unknown format `{kind[:20]}` (known: {', '.join(FORMATS)})")
    if kind == "parquet":
        with tempfile.TemporaryDirectory(prefix="benchwright-export-") as folder:
            yield await _parquet(database, Path(folder), has_texts=has_texts)
        return
    is_first = True
    async for rows in _pages(database, has_texts=has_texts):
        if kind == "jsonl":
            yield "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
            continue
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        if is_first:
            writer.writeheader()
            is_first = False
        writer.writerows({name: _safe_cell(value) for name, value in row.items()} for row in rows)
        yield text.getvalue().encode()


async def _pages(database: VotesDatabase, *, has_texts: bool) -> AsyncGenerator[list[dict[str, Any]]]:
    last = 0
    while page := await database.read(q.VOTE_PAGE, {"which_seq": last, "most": PAGE}):
        last = page[-1]["seq"]
        rows = [_vote(row) for row in page]
        if has_texts:
            for row, source in zip(rows, page, strict=True):
                row |= await _texts(database, source)
        yield rows


def _vote(row: Row) -> dict[str, Any]:
    style_a, style_b = json.loads(row["style"])
    return {
        "battle": row["battle"],
        "model_a": row["model_a"],
        "model_b": row["model_b"],
        "winner": row["choice"],
        "state": row["state"],
        "mode": row["mode"],
        "time": row["at"],
        "voter": row["cluster"],
        "voter_group": row["voter_group"],
        "prompt_id": row["prompt_key"],
        "category": row["category"],
        "sorted_by": row["sorted_by"],
        "language": row["language"],
        "propensity": row["propensity"],
        "sampling": row["rule"],
        "tags_a": ",".join(json.loads(row["tags_a"])),
        "tags_b": ",".join(json.loads(row["tags_b"])),
        "ship": row["ship"],
        **{f"{name}_a": style_a[at] for at, name in enumerate(FEATURES)},
        **{f"{name}_b": style_b[at] for at, name in enumerate(FEATURES)},
    }


async def _texts(database: VotesDatabase, row: Row) -> dict[str, str]:
    answers: dict[str, dict[int, str]] = {"a": {}, "b": {}}
    for response in await database.read(q.RESPONSES, {"which_battle": row["battle"]}):
        answers[response["side"]][response["turn"]] = response["text"]
    spans = await database.read(q.SPANS, {"which_battle": row["battle"]})
    marked = [{name: span[name] for name in span if name not in ("battle", "number")} for span in spans]
    reacted = await database.read(q.REACTIONS, {"which_battle": row["battle"]})
    reactions = [{name: each[name] for name in ("turn", "side", "verdict", "word")} for each in reacted]
    return {
        "prompt_text": row["prompt"],
        "response_a": "\n\n".join(answers["a"].values()),
        "response_b": "\n\n".join(answers["b"].values()),
        "comment": row["comment"],
        "metadata": row["metadata"],
        "spans": json.dumps(marked, ensure_ascii=False),
        "reactions": json.dumps(reactions, ensure_ascii=False),
    }


async def _parquet(database: VotesDatabase, folder: Path, *, has_texts: bool) -> bytes:
    lines, table = folder / "votes.jsonl", folder / "votes.parquet"
    count = 0
    with lines.open("w", encoding="utf-8") as file:
        async for rows in _pages(database, has_texts=has_texts):
            count += len(rows)
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if not count:
        raise Invalid("there are no votes to export yet")

    def convert() -> bytes:
        import duckdb

        with duckdb.connect() as connection:
            source = connection.read_json(str(lines), format="newline_delimited", sample_size=-1)
            source.write_parquet(str(table))
        return table.read_bytes()

    return await asyncio.to_thread(convert)


def _safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet would run as a formula is quoted; some trim blanks before they look."""
    if isinstance(value, str) and value and (value.lstrip()[:1] in FORMULA or value[0] in "\t\r\n"):
        return f"'{value}"
    return value


def label_from(view: BattleView, vote: Row) -> dict[str, Any] | None:
    """A blind vote in the columns that `benchwright judge` writes: judges and people can be laid side by side."""
    if vote["state"] != "counted" or vote["mode"] not in MAIN_MODES or len(view.turns) != 1:
        return None
    winner = vote["choice"].removesuffix("_much")
    return {
        "question_id": view.row["source"] if vote["mode"] == "review" else "",
        "model_a": vote["model_a"],
        "model_b": vote["model_b"],
        "winner": winner if winner in ("a", "b") else "tie",
        "choice": vote["choice"],
        "voter": vote["cluster"],
        "question": view.turns[0],
        "response_a": view.texts("a")[0],
        "response_b": view.texts("b")[0],
        "tags_a": json.loads(vote["tags_a"]),
        "tags_b": json.loads(vote["tags_b"]),
        "reason": vote["comment"],
    }


def question_from(view: BattleView, vote: Row) -> Question | None:
    """A battle whose winner has a reason, as an open question for review; `None` where there is no such reason."""
    side = vote["choice"].removesuffix("_much")
    if side not in ("a", "b") or vote["state"] != "counted" or len(view.turns) != 1:
        return None
    reasons = [*json.loads(vote[f"tags_{side}"]), *([vote["comment"]] if vote["comment"] else [])]
    answer = view.texts(side)[0]
    if not reasons or not answer.strip():
        return None
    day = datetime.fromtimestamp(vote["at"], UTC).date().isoformat()
    return Question(
        form="open",
        kind="arena",
        text=view.turns[0],
        answer=answer,
        language=view.row["language"] or UNKNOWN,
        tags=("arena", view.row["category"]),
        provenance=Provenance(writer="person", note=f"preferred in a battle of {day}: {'; '.join(reasons)}"),
    )
