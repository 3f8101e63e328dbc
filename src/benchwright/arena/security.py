"""The guard before every request: host, size, speed, session, CSRF; and the headers that every answer carries."""

import asyncio
import hmac
import ipaddress
import json
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.exceptions import HTTPException

from benchwright.arena.door import COOKIE, Door, Receive, Scope, Send, cookie_of
from benchwright.arena.errors import ArenaError, Invalid, NotAllowed, NotSignedIn, Told, TooLarge, TooMany, told_of
from benchwright.arena.settings import LOOPBACK, ArenaSettings
from benchwright.arena.voters import Session, Voters
from benchwright.errors import BenchwrightError, NotWritten

App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refusal = Callable[[Scope, int, Told], bytes]
"""A page that says in one sentence why not."""

CSRF_HEADER = b"x-csrf-token"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
BODY_TIMEOUT_S = 15.0
"""For the whole of a request's body."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")
MOST_BUCKETS = 20_000
MOST_STREAMS = 256
"""Open streams of events of one voter, or of one address that has not signed in."""

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

    def __init__(
        self, app: App, settings: ArenaSettings, voters: Voters, door: Door, refusal: Refusal | None = None
    ) -> None:
        self._app = app
        self._settings = settings
        self._voters = voters
        self._door = door
        self._refusal = refusal
        self._hosts = {*LOOPBACK, *(host.lower() for host in settings.hosts)}
        self._streams: Counter[str] = Counter()
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
            await refuse(scope, guarded, TooLarge(error.detail), self._refusal)
        except BenchwrightError as error:
            await refuse(scope, guarded, error, self._refusal)

    async def _check(self, scope: Scope, send: Send, receive: Receive) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        self._check_host(headers)
        address = self._address(scope, headers)
        if not self._requests.take(address):
            raise TooMany("too many requests; wait a minute", "too_many")
        session, cookie = await self._session(headers, scope)
        scope.setdefault("state", {})["session"] = session
        if cookie:
            send = _with_cookie(send, cookie)
        receive = self._bounded(receive, headers)
        if await self._door.opens(scope, receive, send, headers, session):
            return
        path: str = scope["path"]
        if session is None and not self._is_open(path):
            raise NotSignedIn(
                "sign in with the address that was printed at the start, or with your invitation", "not_signed_in"
            )
        if scope["method"] not in SAFE_METHODS:
            self._check_change(headers, session)
            self._check_rate(path, scope["method"], session, address)
        if path.startswith("/api/admin") and (session is None or not session.voter.is_owner):
            raise NotAllowed("only the owner of the arena may do this", "owner_only")
        if path.endswith(("/events", "/stream")):
            await self._stream(scope, receive, send, session.voter.cluster if session else address)
            return
        await self._app(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send, who: str) -> None:
        """A stream stays open; nobody may hold so many that others find no room."""
        if self._streams[who] >= MOST_STREAMS:
            raise TooMany(
                f"{MOST_STREAMS} pages of yours are open and live; close one", "pages_open", count=MOST_STREAMS
            )
        self._streams[who] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._streams[who] -= 1
            if not self._streams[who]:
                del self._streams[who]

    def _check_host(self, headers: dict[bytes, bytes]) -> None:
        host = _HOST.fullmatch(headers.get(b"host", b"").decode("latin-1").strip().lower())
        if host is None or host[1].strip("[]") not in self._hosts:
            raise Invalid("this address is not served here; the owner can allow it with `--allow-host`")

    def _address(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        direct = scope["client"][0] if scope.get("client") else ""
        if direct in self._settings.trusted_proxies and (forwarded := headers.get(b"x-forwarded-for")):
            direct = forwarded.decode("latin-1").rpartition(",")[2].strip()[:64]
        return neighbourhood(direct)

    async def _session(self, headers: dict[bytes, bytes], scope: Scope) -> tuple[Session | None, bytes]:
        """Who is signed in, and the cookie that keeps a session which a proxy's word has just begun."""
        agent = headers.get(b"user-agent", b"").decode("latin-1")
        cookie = cookie_of(headers.get(b"cookie", b""), COOKIE)
        session = await self._voters.session(cookie, agent) if cookie else None
        who = self._named_by_proxy(headers, scope)
        is_same = session is not None and (session.voter.is_owner or self._voters.is_named(session.voter, who))
        if not who or is_same:
            return session, b""
        if scope["method"] != "GET":
            return None, b""
        made = await self._voters.sign_in_named(f"proxy {who}", agent)
        return await self._voters.session(made, agent), self._door.session_cookie(made)

    def _named_by_proxy(self, headers: dict[bytes, bytes], scope: Scope) -> str:
        named = self._settings.trusted_header
        direct = scope["client"][0] if scope.get("client") else ""
        if not named or direct not in self._settings.trusted_proxies:
            return ""
        return headers.get(named.lower().encode(), b"").decode("utf-8", "replace").strip()[:500]

    def _is_open(self, path: str) -> bool:
        if path.startswith("/static/") or path == "/favicon.ico":
            return True
        board = ("/board", "/board/copy", "/api/board", "/api/board/events")
        return self._settings.public_board and path in board

    def _check_change(self, headers: dict[bytes, bytes], session: Session | None) -> None:
        given = headers.get(CSRF_HEADER, b"").decode("latin-1")
        if session is None or not _same(given, session.csrf):
            raise NotAllowed("the page is out of date (its X-CSRF-Token does not fit); load it again", "page_old")
        if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
            raise NotAllowed("this request comes from another site", "other_site")

    def _check_rate(self, path: str, method: str, session: Session | None, address: str) -> None:
        if method != "POST" or not path.startswith("/api/battles") or session is None:
            return
        if path.rstrip("/") == "/api/battles" or path.endswith(("/turns", "/regenerate", "/retry")):
            is_allowed = self._battles.take(session.voter.cluster) and self._battles_by_address.take(address)
            if not is_allowed:
                raise TooMany("that is many battles in a short time; wait a minute", "many_battles")

    def _bounded(self, receive: Receive, headers: dict[bytes, bytes]) -> Receive:
        most = self._settings.largest_body
        stated = headers.get(b"content-length", b"0")
        if stated.isdigit() and int(stated) > most:
            raise TooLarge(f"a request may have {most:,} bytes, not {int(stated):,}")
        seen = 0
        is_whole = False
        ends = time.monotonic() + BODY_TIMEOUT_S

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal seen, is_whole
            if is_whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(ends - time.monotonic(), 0.0))
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


def neighbourhood(address: str) -> str:
    """What is counted as one address: an IPv4 address, or the /64 of an IPv6 one, which is one customer's."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else address


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _with_cookie(send: Send, cookie: bytes) -> Send:
    async def with_cookie(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), (b"set-cookie", cookie)]
        await send(message)

    return with_cookie


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


async def refuse(scope: Scope, send: Send, error: BenchwrightError, page: Refusal | None = None) -> None:
    """Answer with the error: JSON under `/api`, elsewhere a page or, without one, a line of text."""
    status = status_of(error)
    told = told_of(error)
    if scope["path"].startswith("/api"):
        body, kind = json.dumps(told.as_json(), ensure_ascii=False).encode(), b"application/json"
    elif page is not None:
        body, kind = page(scope, status, told), b"text/html; charset=utf-8"
    else:
        body, kind = f"{told.text}\n".encode(), b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if status == 413:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
