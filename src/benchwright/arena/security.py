"""The guard before every request: host, size, speed, session, CSRF; and the headers that every answer carries."""

import asyncio
import hmac
import ipaddress
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException

from benchwright.arena.errors import ArenaError, Invalid, NotAllowed, NotSignedIn, TooLarge, TooMany
from benchwright.arena.settings import LOOPBACK, ArenaSettings
from benchwright.arena.voters import Session, Voters
from benchwright.errors import BenchwrightError, NotWritten

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "benchwright_arena"
CSRF_HEADER = b"x-csrf-token"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
BODY_TIMEOUT_S = 15.0
MOST_BUCKETS = 20_000

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


@dataclass
class Buckets:
    """How much each voter or address may still ask for: a bucket that fills by `per_minute`, and holds a burst."""

    per_minute: float
    burst: float
    _left: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])

    def take(self, who: str) -> bool:
        """Take one from the bucket of `who`; `False` where it is empty."""
        now = time.monotonic()
        left, since = self._left.get(who, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.per_minute / 60.0)
        if len(self._left) >= MOST_BUCKETS:
            self._left = {name: kept for name, kept in self._left.items() if now - kept[1] < 60.0}
        self._left[who] = (left - 1.0 if left >= 1.0 else left, now)
        return left >= 1.0


def limits(settings: ArenaSettings) -> tuple[Buckets, Buckets, Buckets]:
    """The buckets for all requests of an address, battles of a voter, and battles of an address."""
    requests, battles = settings.requests_per_minute, settings.battles_per_minute
    return Buckets(requests, requests), Buckets(battles, battles), Buckets(4 * battles, 4 * battles)


class Guard:
    """ASGI middleware: nothing reaches a route of the arena without it."""

    def __init__(self, app: App, settings: ArenaSettings, voters: Voters) -> None:
        self._app = app
        self._settings = settings
        self._voters = voters
        self._requests, self._battles, self._battles_by_address = limits(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with one sentence on why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        guarded = _with_headers(send, is_https=self._settings.is_https)
        try:
            await self._check(scope, guarded, receive)
        except HTTPException as error:
            await refuse(scope, guarded, TooLarge(error.detail))
        except BenchwrightError as error:
            await refuse(scope, guarded, error)

    async def _check(self, scope: Scope, send: Send, receive: Receive) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        self._check_host(headers)
        address = self._address(scope, headers)
        if not self._requests.take(address):
            raise TooMany("too many requests; wait a minute")
        agent = headers.get(b"user-agent", b"").decode("latin-1")
        if await self._signs_in(scope, send, agent):
            return
        session = await self._session(headers, scope, agent, send)
        scope.setdefault("state", {})["session"] = session
        path: str = scope["path"]
        if session is None and not self._is_open(path):
            raise NotSignedIn("sign in with the address that was printed at the start, or with your invitation")
        if scope["method"] not in SAFE_METHODS:
            self._check_change(headers, session)
            self._check_rate(path, scope["method"], session, address)
        if path.startswith("/api/admin") and (session is None or not session.voter.is_owner):
            raise NotAllowed("only the owner of the arena may do this")
        await self._app(scope, self._bounded(receive, headers), send)

    def _check_host(self, headers: dict[bytes, bytes]) -> None:
        host = headers.get(b"host", b"").decode("latin-1").strip().lower()
        name = host[: host.rfind("]") + 1] if host.startswith("[") else host.partition(":")[0]
        if name.strip("[]") not in {*LOOPBACK, *self._settings.hosts}:
            raise Invalid("this address is not served here; the owner can allow it with `--allow-host`")

    def _address(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        direct = scope["client"][0] if scope.get("client") else ""
        if direct in self._settings.trusted_proxies and (forwarded := headers.get(b"x-forwarded-for")):
            return forwarded.decode("latin-1").rpartition(",")[2].strip()[:64]
        try:
            parsed = ipaddress.ip_address(direct)
        except ValueError:
            return direct
        # One customer of a provider has a whole /64 of IPv6 addresses.
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else direct

    async def _signs_in(self, scope: Scope, send: Send, agent: str) -> bool:
        """Exchange `?token=` or `?invite=` for a session; returns whether the request was that."""
        query: bytes = scope.get("query_string", b"")
        if scope["method"] != "GET" or not (b"token=" in query or b"invite=" in query) or scope["path"] != "/":
            return False
        given = parse_qs(query.decode("latin-1"), max_num_fields=8)
        if "token" in given:
            cookie = await self._voters.sign_in_with_token(given["token"][0], agent)
        elif "invite" in given:
            cookie = await self._voters.sign_in_with_invitation(given["invite"][0], agent)
        else:
            return False
        if cookie is None:
            raise NotSignedIn("this address does not open the arena (any more); ask the owner for a new one")
        await _redirect(send, "/", self._cookie(cookie))
        return True

    def _cookie(self, value: str) -> bytes:
        age = int(self._settings.session_days * 86_400)
        secure = "; Secure" if self._settings.is_https else ""
        return f"{COOKIE}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}".encode()

    async def _session(self, headers: dict[bytes, bytes], scope: Scope, agent: str, send: Send) -> Session | None:
        cookie = _cookie_of(headers.get(b"cookie", b""))
        if cookie and (session := await self._voters.session(cookie, agent)) is not None:
            return session
        named = self._settings.trusted_header
        direct = scope["client"][0] if scope.get("client") else ""
        if named and direct in self._settings.trusted_proxies:
            who = headers.get(named.lower().encode(), b"").decode("utf-8", "replace").strip()
            if who and scope["method"] == "GET":
                made = await self._voters.sign_in_named(who, agent)
                scope.setdefault("state", {})["set_cookie"] = self._cookie(made)
                return await self._voters.session(made, agent)
        return None

    def _is_open(self, path: str) -> bool:
        if path.startswith("/static/") or path in ("/favicon.ico", "/healthz"):
            return True
        board = ("/board", "/api/board", "/api/board/events")
        return self._settings.public_board and path in board

    def _check_change(self, headers: dict[bytes, bytes], session: Session | None) -> None:
        given = headers.get(CSRF_HEADER, b"").decode("latin-1")
        if session is None or not _same(given, session.csrf):
            raise NotAllowed("the page is out of date (its X-CSRF-Token does not fit); load it again")
        if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
            raise NotAllowed("this request comes from another site")

    def _check_rate(self, path: str, method: str, session: Session | None, address: str) -> None:
        if method != "POST" or not path.startswith("/api/battles") or session is None:
            return
        if path.rstrip("/") == "/api/battles" or path.endswith(("/turns", "/regenerate", "/retry")):
            is_allowed = self._battles.take(session.voter.cluster) and self._battles_by_address.take(address)
            if not is_allowed:
                raise TooMany("that is many battles in a short time; wait a minute")

    def _bounded(self, receive: Receive, headers: dict[bytes, bytes]) -> Receive:
        most = self._settings.largest_body
        stated = headers.get(b"content-length", b"0")
        if stated.isdigit() and int(stated) > most:
            raise TooLarge(f"a request may have {most:,} bytes, not {int(stated):,}")
        seen = 0
        is_whole = False

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal seen, is_whole
            if is_whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), BODY_TIMEOUT_S)
            except TimeoutError:
                # A client that dribbles its body is let go.
                return {"type": "http.disconnect"}
            seen += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if seen > most:
                # In the framework's own words: it would turn any other error while reading into a 400.
                raise HTTPException(413, f"a request may have {most:,} bytes")
            return message

        return bounded


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _cookie_of(header: bytes) -> str:
    for pair in header.split(b";"):
        name, _, value = pair.strip().partition(b"=")
        if name == COOKIE.encode():
            return value.decode("latin-1")
    return ""


def _with_headers(send: Send, *, is_https: bool) -> Send:
    async def guarded(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = [*message.get("headers", []), *HEADERS]
            if not any(name == b"cache-control" for name, _ in own):
                own.append((b"cache-control", b"no-store"))
            if is_https:
                own.append((b"strict-transport-security", b"max-age=31536000"))
            message["headers"] = own
        await send(message)

    return guarded


def status_of(error: BenchwrightError) -> int:
    """The HTTP status of an error; a full disk or a database that is away passes, and a client may try again."""
    if isinstance(error, ArenaError):
        return error.status
    return 503 if isinstance(error, NotWritten) else 422


async def refuse(scope: Scope, send: Send, error: BenchwrightError) -> None:
    """Answer with the error: JSON under `/api`, a line of text elsewhere."""
    status = status_of(error)
    is_api = scope["path"].startswith("/api")
    text = str(error)
    body = json.dumps({"error": text}, ensure_ascii=False).encode() if is_api else f"{text}\n".encode()
    kind = b"application/json" if is_api else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if status == 413:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _redirect(send: Send, place: str, cookie: bytes) -> None:
    headers = [(b"location", place.encode()), (b"set-cookie", cookie), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
