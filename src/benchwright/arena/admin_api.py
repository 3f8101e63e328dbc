"""What only the owner may ask and do: models, tags, categories, voters, invitations, exports, the voter audit."""

import json
import re
import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from benchwright.arena.api import TheArena, TheVoter
from benchwright.arena.errors import Invalid, NotFound
from benchwright.arena.ledger import Slice
from benchwright.arena.prompt_categories import CATEGORIES
from benchwright.arena.registry import Action
from benchwright.arena.tags import Tag
from benchwright.arena.voters import log_step
from benchwright.ranking.audit import audit
from benchwright.ranking.board import fit
from benchwright.ranking.settings import FitSettings
from benchwright.store import votes_statements as q
from benchwright.store.votes import Step

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LEAST_AUDITED = 20
router = APIRouter(prefix="/api")


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelBody(_Body):
    """One act on one model."""

    name: str = Field(min_length=1, max_length=200)
    action: Action


class TagBody(_Body):
    """A reason tag."""

    key: str
    verdict: Literal["good", "bad"]
    labels: dict[str, str]
    archived: bool = False


class CategoryBody(_Body):
    """One of the owner's own categories, told by words."""

    key: str
    labels: dict[str, str] = {}
    words: tuple[str, ...] = Field(max_length=200)
    archived: bool = False


class InvitationBody(_Body):
    """An invitation for one or several people."""

    label: str = Field(default="", max_length=200)
    group: str = Field(default="", max_length=60)
    uses: int = Field(default=1, ge=1, le=1_000)
    days: float = Field(default=14, gt=0, le=366)


class RevokeBody(_Body):
    """Which invitation is to open nothing more."""

    id: str = Field(max_length=64)


class FlagBody(_Body):
    """A prompt that the owner or a filter has flagged; an empty flag takes it off the list."""

    battle: str = Field(pattern="^[0-9a-f]{32}$")
    flag: str = Field(default="", max_length=200)


class SamplingBody(_Body):
    """The sampling rule."""

    rule: Literal["active", "uniform"]
    floor: float = Field(gt=0, le=1)


@router.get("/admin/models")
async def admin_models(arena: TheArena) -> JSONResponse:
    """Every model ever shown, its state and its history."""
    registry = arena.registry
    return JSONResponse(
        {
            "models": [
                {
                    "name": name,
                    "state": {"add": "active", "resume": "active", "pause": "paused", "retire": "retired"}[state],
                    "identity": registry.identities.get(name, ""),
                    "can_answer": name in arena.battles.candidates.models,
                    "is_failing": arena.battles.candidates.is_failing(name),
                }
                for name, state in sorted(registry.states.items())
            ],
            "history": registry.history[-500:],
        }
    )


@router.post("/admin/models")
async def act_on_model(body: ModelBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Add, pause, resume or retire a model."""
    await arena.registry.act(arena.database, body.name, body.action, voter.id)
    arena.sample()
    return JSONResponse({"name": body.name, "state": arena.registry.states[body.name]})


@router.get("/admin/tags")
async def admin_tags(arena: TheArena) -> JSONResponse:
    """All reason tags, archived ones too."""
    return JSONResponse({"tags": [tag.as_json() for tag in arena.tags.known.values()]})


@router.post("/admin/tags")
async def put_tag(body: TagBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Add a tag, change its labels, or archive it."""
    _check_key(body.key)
    labels = {name[:10]: label[:80] for name, label in body.labels.items()}
    await arena.tags.put(arena.database, Tag(body.key, body.verdict, labels, body.archived))
    await arena.database.write(log_step(voter.id, "tag", body.key, archived=body.archived))
    return JSONResponse({"tag": arena.tags.known[body.key].as_json()})


@router.get("/admin/categories")
async def admin_categories(arena: TheArena) -> JSONResponse:
    """The categories that come with the arena, and the owner's own."""
    rows = await arena.database.read(q.CATEGORIES)
    own = [
        {
            "key": row["key"],
            "labels": json.loads(row["labels"]),
            "words": json.loads(row["words"]),
            "archived": bool(row["is_archived"]),
        }
        for row in rows
    ]
    return JSONResponse({"built_in": list(CATEGORIES), "own": own})


@router.post("/admin/categories")
async def put_category(body: CategoryBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Add or change one of the owner's categories; prompts are sorted by it from now on."""
    _check_key(body.key)
    if body.key in CATEGORIES:
        raise Invalid(
            f"`{body.key}` is a category that comes with the arena; choose another name",
            "category_built_in",
            key=body.key,
        )
    row = {
        "key": body.key,
        "labels": json.dumps(dict(body.labels), ensure_ascii=False),
        "words": json.dumps([word[:100] for word in body.words], ensure_ascii=False),
        "is_archived": body.archived,
    }
    await arena.database.write(
        Step(q.DROP_CATEGORY, ({"which_key": body.key},)),
        Step(q.ADD_CATEGORY, (row,)),
        log_step(voter.id, "category", body.key),
    )
    await arena.load_categories()
    return JSONResponse({"category": body.key})


@router.get("/admin/voters")
async def admin_voters(arena: TheArena) -> JSONResponse:
    """The voters by pseudonym, with how many votes each has."""
    counts = {row["cluster"]: row for row in await arena.database.read(q.COUNTS_BY_VOTER)}
    found: list[dict[str, Any]] = []
    for row in await arena.database.read(q.VOTERS):
        count = counts.get(row["cluster"])
        found.append(
            {
                "id": row["id"],
                "pseudonym": row["pseudonym"],
                "is_owner": bool(row["is_owner"]),
                "group": row["voter_group"],
                "consent": row["consent"],
                "created": row["created"],
                "votes": count["votes"] if count else 0,
                "latest": count["latest"] if count else None,
            }
        )
    return JSONResponse({"voters": found})


@router.delete("/admin/voters/{voter_id}")
async def delete_voter(voter_id: Annotated[str, Path(max_length=64)], arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Delete a voter's data for good."""
    return JSONResponse({"deleted": await arena.voters.delete(voter, voter_id)})


@router.delete("/me")
async def delete_me(arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Delete the signed-in voter's own data for good."""
    return JSONResponse({"deleted": await arena.voters.delete(voter, voter.id)})


@router.get("/admin/invitations")
async def invitations(arena: TheArena) -> JSONResponse:
    """The invitations, without their codes."""
    rows = await arena.database.read(q.INVITATIONS)
    now = time.time()
    return JSONResponse(
        {
            "invitations": [
                {
                    "id": row["code_hash"],
                    "label": row["label"],
                    "group": row["voter_group"],
                    "uses_left": row["uses_left"],
                    "expires": row["expires"],
                    "is_open": row["uses_left"] > 0 and row["expires"] > now,
                }
                for row in rows
            ]
        }
    )


@router.post("/admin/invitations")
async def invite(body: InvitationBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Make an invitation; its address is shown once."""
    code = await arena.voters.invite(voter, label=body.label, group=body.group, uses=body.uses, days=body.days)
    return JSONResponse({"code": code, "path": f"/?invite={code}", "uses": body.uses, "days": body.days})


@router.post("/admin/invitations/revoke")
async def revoke(body: RevokeBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Let an invitation open nothing more."""
    await arena.voters.revoke_invitation(voter, body.id)
    return JSONResponse({"revoked": True})


@router.get("/admin/prompts")
async def flagged_prompts(arena: TheArena) -> JSONResponse:
    """The prompts that a filter or the owner has flagged, and those whose answers named themselves."""
    flagged = [{**row, "kind": "flag"} for row in await arena.database.read(q.FLAGGED)]
    leaked = [
        {"id": row["id"], "prompt": row["prompt"], "created": row["created"], "flag": row["leak"], "kind": "leak"}
        for row in await arena.database.read(q.LEAKED)
    ]
    return JSONResponse({"prompts": flagged + leaked})


@router.post("/admin/prompts")
async def flag_prompt(body: FlagBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Flag a prompt, or take it off the list."""
    changed = await arena.database.write(
        Step(q.FLAG_BATTLE, ({"which_battle": body.battle, "flag": body.flag},), must_change=True),
        log_step(voter.id, "prompt flagged" if body.flag else "prompt cleared", body.battle),
    )
    if changed == [0]:
        raise NotFound("there is no such battle")
    return JSONResponse({"flag": body.flag})


@router.get("/admin/sampling")
async def sampling(arena: TheArena) -> JSONResponse:
    """The sampling rule and the probability of every pair now."""
    table = arena.battles.pairs or arena.battles.review_pairs
    pairs: list[dict[str, Any]] = []
    if table is not None:
        pairs = [
            {"a": table.models[i], "b": table.models[j], "probability": float(p)}
            for i, j, p in zip(table.first, table.second, table.probability, strict=True)
        ]
    return JSONResponse({"rule": arena.sampling_rule, "floor": arena.pair_floor, "pairs": pairs})


@router.post("/admin/sampling")
async def set_sampling(body: SamplingBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Choose the sampling rule and the share that is spread evenly over all pairs."""
    await arena.set_sampling(body.rule, body.floor)
    await arena.database.write(log_step(voter.id, "sampling", body.rule, floor=body.floor))
    return JSONResponse({"rule": body.rule, "floor": body.floor})


@router.get("/admin/audit")
async def voter_audit(arena: TheArena) -> JSONResponse:
    """Who votes as no honest voter would, and the log of what was done."""
    log = [dict(row) for row in await arena.database.read(q.RECENT_LOG, {"most": 300})]
    votes = arena.ledger.comparisons(Slice(), now=time.time())
    if len(votes) < LEAST_AUDITED:
        return JSONResponse({"audit": None, "note": f"an audit needs {LEAST_AUDITED} votes or more", "log": log})
    settings = FitSettings(intervals="vote")
    found = audit(votes.seen_models_only(), fit(votes, settings), settings)
    names = {row["cluster"]: row["pseudonym"] for row in await arena.database.read(q.VOTERS)}
    said = found.model_dump(mode="json")
    for row in said["flagged"]:
        row["pseudonym"] = names.get(row["voter"], "deleted voter")
    return JSONResponse({"audit": said, "note": "", "log": log})


def _check_key(key: str) -> None:
    if not KEY.fullmatch(key):
        raise Invalid(
            "a key is of small letters, digits and _, begins with a letter and has at most 40 characters", "key_form"
        )
