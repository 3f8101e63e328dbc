"""How somebody comes in: the printed token, an invitation, an OpenID provider. Each way ends in a new session."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchwright.arena.errors import Invalid, NotAllowed, NotSignedIn
from benchwright.arena.openid import OpenId
from benchwright.arena.settings import ArenaSettings
from benchwright.arena.voters import Session, Voters

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

COOKIE = "benchwright_arena"
OPENID_COOKIE = "benchwright_openid"
OPENID_START, OPENID_RETURN, JOIN = "/openid/start", "/openid/return", "/join"
VOID = "this address does not open the arena (any more); ask the owner for a new one"
ENTERED = b"""<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">
<title>Benchwright</title><p><a href="/">&rarr;</a></p>"""


@dataclass(frozen=True)
class Door:
    """Signs people in; what it does not know goes on to the pages."""

    settings: ArenaSettings
    voters: Voters
    openid: OpenId | None = None

    async def opens(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes], session: Session | None
    ) -> bool:
        """Answer a request to come in; returns whether it was one."""
        agent = headers.get(b"user-agent", b"").decode("latin-1")
        path, method = scope["path"], scope["method"]
        if method == "GET" and path == "/" and b"token=" in scope.get("query_string", b""):
            await self._with_token(scope, send, headers, agent)
            return True
        if method == "POST" and path == JOIN:
            await self._with_invitation(receive, send, headers, agent, session)
            return True
        if method == "GET" and self.openid is not None and path in (OPENID_START, OPENID_RETURN):
            await self._with_openid(self.openid, scope, send, headers, agent)
            return True
        return False

    async def _with_token(self, scope: Scope, send: Send, headers: dict[bytes, bytes], agent: str) -> None:
        given = _fields(scope.get("query_string", b""))
        cookie = await self.voters.sign_in_with_token(given.get("token", ""), agent)
        if cookie is None:
            raise NotSignedIn(VOID, "void")
        await _enter(send, headers, self.session_cookie(cookie))

    async def _with_invitation(
        self, receive: Receive, send: Send, headers: dict[bytes, bytes], agent: str, session: Session | None
    ) -> None:
        """Take an invitation from the page that shows it.

        Not from the bare address: mail programs open the addresses in a letter to look at them, and another site could
        send a browser there and so change who is signed in.
        """
        self._check_own_page(headers)
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        if session is None:
            cookie = await self.voters.sign_in_with_invitation(invitation_in(_fields(body).get("code", "")), agent)
            if cookie is None:
                raise NotSignedIn(VOID, "void")
            await _enter(send, headers, self.session_cookie(cookie))
            return
        # Whoever is in already needs none of the places of the invitation.
        await _enter(send, headers)

    def _check_own_page(self, headers: dict[bytes, bytes]) -> None:
        site = headers.get(b"sec-fetch-site", b"same-origin")
        origin = headers.get(b"origin", b"").decode("latin-1")
        host = headers.get(b"host", b"").decode("latin-1")
        if site not in (b"same-origin", b"none") or (origin not in ("", "null") and urlsplit(origin).netloc != host):
            raise NotAllowed("this request comes from another site", "other_site")

    async def _with_openid(
        self, openid: OpenId, scope: Scope, send: Send, headers: dict[bytes, bytes], agent: str
    ) -> None:
        host = headers.get(b"host", b"").decode("latin-1")
        back = f"{'https' if self.settings.is_https else 'http'}://{host}{OPENID_RETURN}"
        if scope["path"] == OPENID_START:
            place, kept = await openid.start(back)
            cookie = self._cookie(OPENID_COOKIE, kept, age_s=600, same_site="Lax", path="/openid")
            await _answer(send, 303, (b"location", place.encode()), (b"set-cookie", cookie))
            return
        given = _fields(scope.get("query_string", b""))
        if "error" in given or "code" not in given:
            raise NotSignedIn("the sign-in was not finished at the provider; try again", "openid_again")
        kept = cookie_of(headers.get(b"cookie", b""), OPENID_COOKIE)
        name = await openid.finish(back, kept, given["code"], given.get("state", ""))
        cookie = await self.voters.sign_in_named(name, agent)
        used = self._cookie(OPENID_COOKIE, "", age_s=0, same_site="Lax", path="/openid")
        await _enter(send, headers, self.session_cookie(cookie), used)

    def session_cookie(self, value: str) -> bytes:
        """The header that keeps a session in the browser."""
        return self._cookie(COOKIE, value, age_s=int(self.settings.session_days * 86_400), same_site="Strict")

    def _cookie(self, name: str, value: str, *, age_s: int, same_site: str, path: str = "/") -> bytes:
        secure = "; Secure" if self.settings.is_https else ""
        return f"{name}={value}; Path={path}; Max-Age={age_s}; HttpOnly; SameSite={same_site}{secure}".encode()


def cookie_of(header: bytes, name: str) -> str:
    """The value of one cookie in a request's header."""
    for pair in header.split(b";"):
        key, _, value = pair.strip().partition(b"=")
        if key == name.encode():
            return value.decode("latin-1")
    return ""


def invitation_in(text: str) -> str:
    """The code in what a person pasted: the code itself, or the whole address."""
    text = text.strip()
    return parse_qs(urlsplit(text).query).get("invite", [text])[0] if "invite=" in text else text


def _fields(encoded: bytes) -> dict[str, str]:
    try:
        return {name: values[0] for name, values in parse_qs(encoded.decode("latin-1"), max_num_fields=8).items()}
    except ValueError as error:
        raise Invalid("too many fields") from error


async def _enter(send: Send, headers: dict[bytes, bytes], *cookies: bytes) -> None:
    """Lead to the first page, now with a session."""
    kept = [(b"set-cookie", cookie) for cookie in cookies]
    if headers.get(b"sec-fetch-site", b"none") in (b"none", b"same-origin"):
        await _answer(send, 303, (b"location", b"/"), *kept)
    else:
        # Where another site led here, a redirect would not carry the new cookie along; a page of ours does.
        await _answer(send, 200, (b"content-type", b"text/html; charset=utf-8"), *kept, body=ENTERED)


async def _answer(send: Send, status: int, *headers: tuple[bytes, bytes], body: bytes = b"") -> None:
    sized = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": sized})
    await send({"type": "http.response.body", "body": body})
