"""The arena's HTTP interface: battles, ballots, boards. Every answer is JSON or a stream of events."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from benchwright.arena.ballots import Ballot, Choice, Verdict, Which, reveal
from benchwright.arena.battle_view import BattleView
from benchwright.arena.battles import INTERRUPTED
from benchwright.arena.engine import Arena
from benchwright.arena.errors import Invalid, NotFound, NotSignedIn
from benchwright.arena.ledger import Slice
from benchwright.arena.rendering import as_html
from benchwright.arena.streams import LiveTurn
from benchwright.arena.voters import Session, Voter
from benchwright.store import votes_statements as q

HEARTBEAT_S = 15.0
router = APIRouter(prefix="/api")


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ConsentBody(_Body):
    """What a voter agrees to, and what they say of themselves."""

    version: str = Field(max_length=40)
    accepted: bool
    metadata: dict[str, str] = {}


class BattleBody(_Body):
    """How a battle begins."""

    mode: Literal["battle", "review", "side_by_side", "direct"] = "battle"
    prompt: str = ""
    suggestion: str = Field(default="", max_length=80)
    models: tuple[str, ...] = Field(default=(), max_length=2)


class PromptBody(_Body):
    """One more thing to ask."""

    prompt: str


class SideBody(_Body):
    """One side."""

    side: Which


class ChoiceBody(_Body):
    """The first step of the ballot; without a choice it is taken back."""

    choice: Choice | None = None


class ReactionBody(_Body):
    """A reaction to one side of one turn; without a verdict it is taken back."""

    turn: int = Field(ge=0, le=1_000)
    side: Which
    verdict: Verdict | None = None
    word: str = Field(default="", max_length=200)


# Asynchronous although they wait for nothing: the framework would send plain functions to a thread, 0.2 ms each.
async def arena_of(request: Request) -> Arena:
    """The arena that this server runs."""
    return cast(Arena, request.app.state.arena)


async def session_of(request: Request) -> Session:
    """Who is signed in; raises `NotSignedIn` where nobody is."""
    session: Session | None = request.scope.get("state", {}).get("session")
    if session is None:
        raise NotSignedIn(
            "sign in with the address that was printed at the start, or with your invitation", "not_signed_in"
        )
    return session


async def voter_of_request(request: Request) -> Voter:
    """The voter who is signed in."""
    return (await session_of(request)).voter


TheArena = Annotated[Arena, Depends(arena_of)]
TheVoter = Annotated[Voter, Depends(voter_of_request)]
BattleId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@router.get("/me")
async def me(request: Request, arena: TheArena) -> JSONResponse:
    """Say who is signed in, and the value that state-changing calls must carry."""
    session = await session_of(request)
    voter = session.voter
    return JSONResponse(
        {
            "voter": voter.pseudonym,
            "is_owner": voter.is_owner,
            "consent": voter.consent == arena.settings.consent_version,
            "consent_version": arena.settings.consent_version,
            "asked": list(arena.settings.asked_metadata),
            "metadata": dict(voter.metadata),
            "csrf": session.csrf,
        }
    )


@router.post("/consent")
async def consent(body: ConsentBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Keep the voter's consent, or take it back."""
    await arena.voters.consent(voter, version=body.version, is_accepted=body.accepted, metadata=body.metadata)
    return JSONResponse({"consent": body.accepted})


@router.get("/suggestions")
async def suggestions(arena: TheArena, voter: TheVoter, language: str = "") -> JSONResponse:
    """Offer a handful of prompts."""
    found = arena.suggestions.some(language)
    return JSONResponse({"suggestions": [{"id": s.id, "text": s.text, "category": s.category} for s in found]})


@router.get("/tags")
async def tags(arena: TheArena, voter: TheVoter) -> JSONResponse:
    """List the reason tags of the ballot."""
    return JSONResponse({"tags": [tag.as_json() for tag in arena.tags.known.values() if not tag.is_archived]})


@router.get("/models")
async def models(arena: TheArena, voter: TheVoter) -> JSONResponse:
    """List the models by name, for the modes in which they are named."""
    return JSONResponse({"models": [name for name in arena.registry.active if name in arena.battles.candidates.models]})


@router.post("/battles")
async def open_battle(body: BattleBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Draw a battle and have both sides begin."""
    return JSONResponse(await open_battle_for(arena, body, voter))


async def open_battle_for(arena: Arena, body: BattleBody, voter: Voter) -> dict[str, Any]:
    """Open a battle for `voter` on the typed or the suggested prompt."""
    prompt, source = body.prompt, "typed"
    if body.suggestion:
        suggestion = arena.suggestions.known.get(body.suggestion)
        if suggestion is None:
            raise NotFound("there is no such suggestion")
        prompt, source = suggestion.text, suggestion.id
    return await arena.battles.open(voter, mode=body.mode, prompt=prompt, source=source, models=body.models)


@router.get("/battles/{battle}")
async def battle_state(battle: BattleId, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """The whole state of a battle, as a page needs it after a reload or a restart; no names before the vote."""
    return JSONResponse(await battle_state_of(arena, battle, voter))


async def battle_state_of(arena: Arena, battle: str, voter: Voter) -> dict[str, Any]:
    """The state of a battle of `voter`."""
    view = await arena.battles.view(battle, voter)
    row = view.row
    live = arena.battles.streams.get(battle)
    state: dict[str, Any] = {
        "battle": view.id,
        "mode": row["mode"],
        "state": row["state"],
        "prompt": row["prompt"],
        "sides": list(view.sides),
        "turns": [await _turn_state(view, turn, live) for turn in range(len(view.turns))],
        "are_same": view.are_same,
        "flag": row["flag"] if voter.is_owner else "",
        "choice": row["choice"] or None,
        "vote": None,
        "reveal": None,
    }
    for reaction in await arena.database.read(q.REACTIONS, {"which_battle": battle}) if view.has_reactions else ():
        state["turns"][reaction["turn"]]["sides"][reaction["side"]]["reaction"] = reaction["verdict"]
    if row["mode"] in ("side_by_side", "direct"):
        state["models"] = {side: view.model(side) for side in view.sides}
    if row["state"] == "voted":
        votes = await arena.database.read(q.VOTE, {"which_battle": battle})
        state["vote"] = {"id": battle, "choice": votes[0]["choice"], "state": votes[0]["state"]} if votes else None
        state["reveal"] = reveal(view)
    return state


async def _turn_state(view: BattleView, turn: int, live: LiveTurn | None) -> dict[str, Any]:
    sides: dict[str, Any] = {}
    live = live if live is not None and live.turn == turn else None
    for side in view.sides:
        answer = view.answers.get((turn, side))
        if live is not None:
            text = live.visible(side)
            # While one side is written, both say so: which ended first stays hidden.
            sides[side] = {"state": "writing", "text": text, "html": ""}
        elif answer is None:
            sides[side] = {"state": "failed", "text": "", "html": "", "reason": INTERRUPTED}
        else:
            is_failed = answer.state == "error"
            text = "" if is_failed else answer.text
            sides[side] = {"state": "failed" if is_failed else "done", "text": text, "html": await as_html(text)}
    return {"turn": turn, "prompt": view.turns[turn], "sides": sides, "writing": live is not None}


@router.get("/battles/{battle}/stream")
async def stream(
    battle: BattleId, arena: TheArena, voter: TheVoter, turn: Annotated[int, Query(ge=0, le=1_000)] = 0
) -> StreamingResponse:
    """Send the answers of a turn as they are written, both sides at one pace."""
    view = await arena.battles.view(battle, voter)
    if turn > view.last_turn:
        raise NotFound("there is no such turn")
    return events(_stream(arena, battle, turn, voter))


async def _stream(arena: Arena, battle: str, turn: int, voter: Voter) -> AsyncGenerator[bytes]:
    waiting: list[bytes] = []
    async for event in arena.battles.events(battle, turn, voter):
        kind = event.pop("event")
        if kind == "flush":
            if waiting:
                yield b"".join(waiting)
                waiting.clear()
            continue
        if kind == "end":
            event = {"html": {side: await as_html(text) for side, text in event["texts"].items()}}
        waiting.append(_event(kind, event))
    if waiting:
        yield b"".join(waiting)


def _event(kind: str, data: Mapping[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def events(pieces: AsyncGenerator[bytes]) -> StreamingResponse:
    """A stream of server-sent events that no proxy may hold back."""
    return StreamingResponse(
        pieces, media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"}
    )


@router.post("/battles/{battle}/turns")
async def add_turn(battle: BattleId, body: PromptBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Ask both models one thing more."""
    return JSONResponse({"turn": await arena.battles.add_turn(battle, body.prompt, voter)})


@router.post("/battles/{battle}/stop")
async def stop(battle: BattleId, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """End the writing; what was written stays."""
    return JSONResponse({"stopped": await arena.battles.stop(battle, voter)})


@router.post("/battles/{battle}/regenerate")
async def regenerate(battle: BattleId, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Have both sides answer the newest turn again."""
    await arena.battles.write_again(battle, voter)
    return JSONResponse({"writing": True})


@router.post("/battles/{battle}/retry")
async def retry(battle: BattleId, body: SideBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Have one side answer the newest turn again; the other's answer stands."""
    await arena.battles.write_again(battle, voter, side=body.side)
    return JSONResponse({"writing": True})


@router.post("/battles/{battle}/choice")
async def choose(battle: BattleId, body: ChoiceBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Keep the first step of the ballot."""
    await arena.ballots.choose(battle, body.choice, voter)
    return JSONResponse({"choice": body.choice})


@router.post("/battles/{battle}/ballot")
async def send_ballot(battle: BattleId, body: Ballot, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Accept the ballot, and say who was who."""
    return JSONResponse(await arena.ballots.send(battle, body, voter))


@router.post("/battles/{battle}/skip")
async def skip(battle: BattleId, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """End the battle without a vote."""
    await arena.ballots.skip(battle, voter)
    return JSONResponse({"skipped": True})


@router.post("/battles/{battle}/reactions")
async def react(battle: BattleId, body: ReactionBody, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Keep a reaction to one side of one turn."""
    await arena.ballots.react(
        battle, voter, turn=body.turn, side=body.side, verdict=body.verdict, word=body.word.replace("\0", "")
    )
    return JSONResponse({"reaction": body.verdict})


@router.get("/votes")
async def my_votes(arena: TheArena, voter: TheVoter) -> JSONResponse:
    """The voter's own latest votes."""
    rows = await arena.database.read(q.VOTES_OF, {"which_cluster": voter.cluster, "most": 200})
    return JSONResponse(
        {"votes": [{"vote": row["battle"], **{k: row[k] for k in ("at", "choice", "state")}} for row in rows]}
    )


@router.delete("/votes/{battle}")
async def withdraw(battle: BattleId, arena: TheArena, voter: TheVoter) -> JSONResponse:
    """Withdraw a vote."""
    await arena.ballots.withdraw(battle, voter)
    return JSONResponse({"withdrawn": True})


@router.get("/board")
async def board(
    arena: TheArena,
    kind: Literal["live", "raw", "style"] = "raw",
    category: str = "",
    language: str = "",
    tag: str = "",
    group: str = "",
    mode: str = "",
    days: Annotated[int, Query(ge=0, le=100_000)] = 0,
    named: bool = False,
) -> JSONResponse:
    """The leaderboard of the votes as they stand, or of a slice of them."""
    if group and not group.isprintable():
        raise Invalid("a group is a line of text")
    chosen = Slice(category=category, language=language, tag=tag, group=group, mode=mode, days=days)
    return JSONResponse(await arena.boards.board(kind, chosen, is_named=named))


@router.get("/board/slices")
async def board_slices(arena: TheArena, voter: TheVoter) -> JSONResponse:
    """What the votes can be sliced by."""
    ledger = arena.ledger
    return JSONResponse(
        {
            "categories": sorted(ledger.categories.names),
            "languages": sorted(ledger.languages.names),
            "tags": [tag.as_json() for tag in arena.tags.known.values()],
            "groups": sorted(name for name in ledger.groups.names if name),
            "modes": sorted(ledger.modes.names),
        }
    )


@router.get("/board/events")
async def board_events(request: Request, arena: TheArena) -> StreamingResponse:
    """Tell open pages that the board has changed."""
    return events(_board_events(arena))


async def _board_events(arena: Arena) -> AsyncGenerator[bytes]:
    told = -1
    while not arena.is_closing:
        changed = arena.changed
        if arena.ledger.version != told:
            told = arena.ledger.version
            yield _event("board", {"votes": arena.ledger.counted})
        try:
            await asyncio.wait_for(changed.wait(), HEARTBEAT_S)
        except TimeoutError:
            # A comment line keeps proxies from closing, and tells a server whose page is gone.
            yield b": still here\n\n"
