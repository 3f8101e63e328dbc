"""Sign-in with an OpenID Connect provider (authorization code with PKCE): who the company knows may vote."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from benchwright.arena.errors import NotAllowed, NotSignedIn, Unavailable
from benchwright.arena.keys import Keys
from benchwright.arena.settings import OpenIdSettings, check_secure
from benchwright.errors import InputError

PATIENCE_S = 10.0
LIFE_S = 600.0
LEEWAY_S = 120.0
EVERYBODY = "*"


@dataclass
class OpenId:
    """Leads a browser to the provider and reads what it brings back.

    The ID token comes straight from the provider's token endpoint over TLS, which stands for its signature (OpenID
    Connect Core 1.0, 3.1.3.7, point 6); issuer, audience, time and nonce are checked.
    """

    settings: OpenIdSettings
    keys: Keys
    _known: dict[str, Any] = field(default_factory=dict[str, Any])

    async def start(self, back: str) -> tuple[str, str]:
        """Return where the browser is sent, and what it is to keep meanwhile in a signed cookie."""
        provider = await self._provider()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {
            "response_type": "code",
            "client_id": self.settings.client,
            "redirect_uri": back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": _encoded(hashlib.sha256(verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        kept = _encoded(json.dumps([state, nonce, verifier, time.time() + LIFE_S]).encode())
        place = str(provider["authorization_endpoint"])
        joint = "&" if "?" in place else "?"
        return f"{place}{joint}{urlencode(asked)}", f"{kept}.{self.keys.mac('openid', kept)}"

    async def finish(self, back: str, kept: str, code: str, state: str) -> str:
        """Return a name for the person that the provider vouches for; raises where it does not, or may not."""
        wanted_state, nonce, verifier = self._read(kept)
        if not secrets.compare_digest(state.encode("utf-8", "replace"), wanted_state.encode()):
            raise NotSignedIn("this sign-in was not begun in this browser; try again", "openid_again")
        provider = await self._provider()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self.settings.client,
            "code_verifier": verifier,
        }
        if self.settings.secret:
            form["client_secret"] = self.settings.secret
        answer = await self._ask("POST", str(provider["token_endpoint"]), form)
        claims = self._claims(str(answer.get("id_token", "")), nonce)
        self._check_allowed(claims)
        return f"openid {self.settings.issuer} {claims['sub']}"

    def _read(self, kept: str) -> tuple[str, str, str]:
        text, _, signature = kept.partition(".")
        if len(kept) > 2_000 or not self.keys.is_mac("openid", text, signature):
            raise NotSignedIn("this sign-in was not begun in this browser; try again", "openid_again")
        state, nonce, verifier, ends = json.loads(_decoded(text))
        if ends < time.time():
            raise NotSignedIn("the sign-in took too long; try again", "openid_again")
        return state, nonce, verifier

    def _claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        parts = token.split(".")
        try:
            claims: Any = json.loads(_decoded(parts[1])) if len(parts) == 3 else None
        except ValueError:
            claims = None
        if not isinstance(claims, dict) or not claims.get("sub"):
            raise NotSignedIn("the provider's answer holds no readable ID token")
        audience: Any = claims.get("aud", ())
        named: Sequence[Any] = audience if isinstance(audience, list) else [audience]
        is_ours = self.settings.client in named and claims.get("azp", self.settings.client) == self.settings.client
        is_theirs = str(claims.get("iss", "")).rstrip("/") == self.settings.issuer.rstrip("/")
        expires: Any = claims.get("exp")
        is_fresh = isinstance(expires, int | float) and expires > time.time() - LEEWAY_S
        if not (is_ours and is_theirs and is_fresh and claims.get("nonce") == nonce):
            raise NotSignedIn("the provider's ID token is not for this arena, or has ended")
        return claims

    def _check_allowed(self, claims: Mapping[str, Any]) -> None:
        if EVERYBODY in self.settings.allowed:
            return
        mail = str(claims.get("email", "")).casefold()
        # Some providers leave the claim out; what they say to be unverified anybody could have typed.
        is_verified = claims.get("email_verified", True) in (True, "true")
        allowed = {name.casefold().lstrip("@") for name in self.settings.allowed}
        if not mail or not is_verified or not ({mail, mail.rpartition("@")[2]} & allowed):
            raise NotAllowed(
                "the provider knows you, but the owner of this arena has not let this account in", "openid_stranger"
            )

    async def _provider(self) -> Mapping[str, Any]:
        if not self._known:
            place = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = await self._ask("GET", place)
            try:
                for name in ("authorization_endpoint", "token_endpoint"):
                    check_secure(str(found[name]))
            except (KeyError, InputError) as error:
                raise Unavailable("the OpenID provider does not describe itself as it should") from error
            self._known = dict(found)
        return self._known

    async def _ask(self, method: str, place: str, form: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.request(method, place, data=form, allow_redirects=False) as answer,
            ):
                found: Any = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Unavailable("the OpenID provider does not answer; try again") from error
        if answer.status != 200 or not isinstance(found, dict):
            raise NotSignedIn("the OpenID provider refused the sign-in; try again", "openid_again")
        return found


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
