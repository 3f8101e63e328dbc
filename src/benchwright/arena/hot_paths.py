"""The three requests that make a vote (draw, open, send) without the framework between: a third of its time."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from benchwright.arena.api import BattleBody, battle_state_of, open_battle_for
from benchwright.arena.ballots import Ballot
from benchwright.arena.engine import Arena
from benchwright.arena.errors import ArenaError, Invalid
from benchwright.arena.security import App, Receive, Scope, Send, refuse
from benchwright.arena.voters import Voter

_BATTLE = re.compile(r"/api/battles(?:/([0-9a-f]{32})(/ballot)?)?")
Parsed = TypeVar("Parsed")
Act = Callable[[bytes, Voter], Awaitable[dict[str, Any]]]


class HotPaths:
    """Answers what it knows as the framework would, from the same functions, and passes on the rest."""

    def __init__(self, app: App, arena: Arena) -> None:
        self._app = app
        self._arena = arena

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        session = scope.get("state", {}).get("session")
        act = self._act(scope) if scope["type"] == "http" and session is not None else None
        if act is None or session is None:
            await self._app(scope, receive, send)
            return
        try:
            body = await _read(receive)
            if body is None:
                return
            answer = await act(body, session.voter)
        except ArenaError as error:
            await refuse(scope, send, error)
            return
        await _send_json(send, answer)

    def _act(self, scope: Scope) -> Act | None:
        found = _BATTLE.fullmatch(scope["path"])
        if found is None:
            return None
        battle, is_ballot = found.groups()
        method = scope["method"]
        if battle is None:
            return self._open if method == "POST" else None
        if is_ballot:
            return (lambda body, voter: self._ballot(battle, body, voter)) if method == "POST" else None
        return (lambda _, voter: battle_state_of(self._arena, battle, voter)) if method == "GET" else None

    async def _open(self, body: bytes, voter: Voter) -> dict[str, Any]:
        return await open_battle_for(self._arena, _parsed(BattleBody.model_validate_json, body), voter)

    async def _ballot(self, battle: str, body: bytes, voter: Voter) -> dict[str, Any]:
        return await self._arena.ballots.send(battle, _parsed(Ballot.model_validate_json, body), voter)


def _parsed(parse: Callable[[bytes], Parsed], body: bytes) -> Parsed:
    try:
        return parse(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])[:120]
        raise Invalid(f"{place}: {first['msg']}" if place else first["msg"]) from error


async def _read(receive: Receive) -> bytes | None:
    """The whole body; `None` where the client has gone."""
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(pieces)


async def _send_json(send: Send, answer: dict[str, Any]) -> None:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
