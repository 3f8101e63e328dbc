"""Every way in: the printed token, an invitation, a proxy's word, an OpenID provider; and what must not open."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from aiohttp import web

from arena_server import Running, running
from benchwright.arena.keys import open_keys
from benchwright.arena.pages import SITE
from benchwright.arena.settings import OpenIdSettings
from benchwright.errors import InputError
from benchwright.workflows.arena import renew_owner_token

AGENT = {"User-Agent": "a browser"}


async def invitation(arena: Running, uses: int = 1) -> str:
    async with arena.browser() as owner:
        return (await owner.post("/api/admin/invitations", {"uses": uses})).json()["code"]


async def test_a_new_owner_token_voids_the_old_address_and_ends_its_sessions(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        old = arena.arena.keys.owner_token
        assert (await owner.get("/api/me")).status_code == 200
        await renew_owner_token(arena.arena.settings.database)
        async with asyncio.timeout(20):
            while (await owner.get("/api/me")).status_code != 401:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        new = (await open_keys(arena.arena.database)).owner_token
        assert new != old
        async with httpx.AsyncClient(base_url=arena.address) as client:
            assert (await client.get(f"/?token={old}")).status_code == 401
            assert (await client.get(f"/?token={new}")).status_code == 303


async def test_a_mail_program_that_opens_the_address_uses_nothing_up(tmp_path: Path):
    async with running(tmp_path, site=SITE) as arena:
        code = await invitation(arena)
        async with httpx.AsyncClient(base_url=arena.address) as scanner:
            for _ in range(3):
                page = await scanner.get(f"/?invite={code}")
                assert "set-cookie" not in page.headers
                assert code in page.text
        async with arena.browser(f"invite={code}") as guest:
            assert not (await guest.get("/api/me")).json()["is_owner"]


async def test_whoever_is_in_already_uses_up_no_place_of_an_invitation(tmp_path: Path):
    async with running(tmp_path) as arena:
        code = await invitation(arena)
        async with arena.browser() as owner:
            await owner.client.post("/join", data={"code": code})
            assert (await owner.get("/api/me")).json()["is_owner"]
        async with arena.browser(f"invite={code}"):
            pass


async def test_an_invitation_sent_from_another_site_is_refused(tmp_path: Path):
    async with running(tmp_path) as arena:
        code = await invitation(arena, uses=9)
        async with httpx.AsyncClient(base_url=arena.address) as victim:
            for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
                assert (await victim.post("/join", data={"code": code}, headers=headers)).status_code == 403


async def test_the_whole_address_can_be_pasted(tmp_path: Path):
    async with running(tmp_path) as arena:
        code = await invitation(arena)
        async with httpx.AsyncClient(base_url=arena.address) as client:
            entered = await client.post("/join", data={"code": f" https://arena.example/?invite={code} "})
            assert entered.status_code == 303
            assert (await client.get("/api/me")).status_code == 200


async def test_guessed_invitations_open_nothing(tmp_path: Path):
    async with running(tmp_path, site=SITE) as arena:
        await invitation(arena)
        async with httpx.AsyncClient(base_url=arena.address) as client:
            for guess in ("", "0", "a" * 32, "%", "' OR 1=1 --", "é" * 40, "x" * 5_000):
                answer = await client.post("/join", data={"code": guess})
                assert answer.status_code == 401
                assert "set-cookie" not in answer.headers


async def test_a_page_without_a_session_shows_the_door_in_ones_language(tmp_path: Path):
    async with running(tmp_path, site=SITE) as arena, httpx.AsyncClient(base_url=arena.address) as client:
        shown = await client.get("/", headers={"Accept-Language": "ko"})
        assert shown.status_code == 401
        assert 'action="/join"' in shown.text
        assert 'lang="ko"' in shown.text
        assert (await client.get("/api/me")).headers["content-type"] == "application/json"


async def test_what_is_asked_for_in_a_door_never_becomes_markup(tmp_path: Path):
    async with running(tmp_path, site=SITE) as arena, httpx.AsyncClient(base_url=arena.address) as client:
        page = await client.get("/", params={"invite": '"><script>alert(1)</script>'})
        assert "<script>alert" not in page.text


async def test_a_proxys_word_signs_in_and_the_session_lasts(tmp_path: Path):
    async with running(tmp_path, trusted_header="X-User", trusted_proxies=("127.0.0.1",)) as arena:
        async with httpx.AsyncClient(base_url=arena.address, headers={"X-User": "kim@example.com"}) as kim:
            me = (await kim.get("/api/me")).json()
            kim.headers["X-CSRF-Token"] = me["csrf"]
            assert (await kim.post("/api/battles", json={"prompt": "hello"})).status_code == 200
            assert (await kim.get("/api/me")).json()["csrf"] == me["csrf"], "one session, not one a request"
            again = await kim.get("/api/me", headers={"X-User": "lee@example.com"})
            assert again.json()["voter"] != me["voter"], "another person at the same browser is another voter"
        async with httpx.AsyncClient(base_url=arena.address, headers={"X-User": "kim@example.com"}) as elsewhere:
            assert (await elsewhere.get("/api/me")).json()["voter"] == me["voter"]


async def test_a_new_person_who_asks_many_things_at_once_is_one_voter(tmp_path: Path):
    async with running(tmp_path, trusted_header="X-User", trusted_proxies=("127.0.0.1",)) as arena:
        async with httpx.AsyncClient(base_url=arena.address, headers={"X-User": "kim"}) as kim:
            answers = await asyncio.gather(*(kim.get("/api/me", headers={"Cookie": ""}) for _ in range(12)))
        assert len({answer.json()["voter"] for answer in answers}) == 1
        async with arena.browser() as owner:
            assert len((await owner.get("/api/admin/voters")).json()["voters"]) == 2


async def test_the_header_of_a_proxy_is_worth_nothing_from_elsewhere(tmp_path: Path):
    async with (
        running(tmp_path, trusted_header="X-User", trusted_proxies=("10.0.0.5",)) as arena,
        httpx.AsyncClient(base_url=arena.address, headers={"X-User": "owner"}) as liar,
    ):
        assert (await liar.get("/api/me")).status_code == 401


@dataclass
class Provider:
    """An OpenID provider on loopback that vouches for `mail`; what it says can be bent."""

    mail: str = "kim@example.com"
    bent: dict[str, Any] = field(default_factory=dict[str, Any])
    issuer: str = ""
    asked: dict[str, str] = field(default_factory=dict[str, str])
    forms: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def describe(self, _: web.Request) -> web.Response:
        return web.json_response(
            {"authorization_endpoint": f"{self.issuer}/authorize?tenant=1", "token_endpoint": f"{self.issuer}/token"}
        )

    async def token(self, request: web.Request) -> web.Response:
        self.forms.append(dict(await request.post()))
        claims = {
            "iss": self.issuer,
            "aud": "arena",
            "sub": "kim-1",
            "exp": int(time.time()) + 60,
            "nonce": self.asked["nonce"],
            "email": self.mail,
            "email_verified": True,
        } | self.bent
        parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({}, claims)]
        return web.json_response({"id_token": ".".join([*parts, "c2lnbmVk"])})


@asynccontextmanager
async def provider(**bent: Any) -> AsyncGenerator[Provider]:
    found = Provider(bent=bent)
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", found.describe)
    app.router.add_post("/token", found.token)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.issuer = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield found
    finally:
        await runner.cleanup()


async def returned(client: httpx.AsyncClient, known: Provider, **changed: str) -> httpx.Response:
    """Go to the provider and come back, as a browser would."""
    begun = await client.get("/openid/start")
    assert begun.status_code == 303
    known.asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    assert known.asked["tenant"] == "1"
    query = {"code": "abc", "state": known.asked["state"]} | changed
    return await client.get("/openid/return", params=query, headers={"Sec-Fetch-Site": "cross-site"})


def openid(known: Provider, *allowed: str) -> OpenIdSettings:
    return OpenIdSettings(known.issuer, "arena", "hush", allowed or ("example.com",))


async def test_an_openid_provider_signs_the_same_person_in_as_the_same_voter(tmp_path: Path):
    async with provider() as known, running(tmp_path, openid=openid(known)) as arena:
        voters: list[str] = []
        for _ in range(2):
            async with httpx.AsyncClient(base_url=arena.address, headers=AGENT) as client:
                entered = await returned(client, known)
                assert entered.status_code == 200
                voters.append((await client.get("/api/me")).json()["voter"])
        assert voters[0] == voters[1]
        assert known.forms[0]["code_verifier"]
        assert known.forms[0]["client_secret"] == "hush"
        async with arena.browser() as owner:
            assert "kim" not in (await owner.get("/api/admin/voters")).text


@pytest.mark.parametrize(
    ("bent", "status"),
    [
        ({"nonce": "another"}, 401),
        ({"aud": "somebody-else"}, 401),
        ({"iss": "https://evil.example"}, 401),
        ({"exp": 1}, 401),
        ({"sub": ""}, 401),
        ({"azp": "somebody-else"}, 401),
        ({"email": "kim@evil.example"}, 403),
        ({"email": "kim@example.com.evil.example"}, 403),
        ({"email_verified": False}, 403),
    ],
)
async def test_an_id_token_that_is_not_for_here_opens_nothing(bent: dict[str, Any], status: int, tmp_path: Path):
    async with (
        provider(**bent) as known,
        running(tmp_path, openid=openid(known)) as arena,
        httpx.AsyncClient(base_url=arena.address, headers=AGENT) as client,
    ):
        assert (await returned(client, known)).status_code == status
        assert (await client.get("/api/me")).status_code == 401


async def test_a_return_that_was_not_begun_in_this_browser_is_refused(tmp_path: Path):
    async with provider() as known, running(tmp_path, openid=openid(known)) as arena:
        async with httpx.AsyncClient(base_url=arena.address, headers=AGENT) as client:
            assert (await returned(client, known, state="another")).status_code == 401
            client.cookies.clear()
            assert (await client.get("/openid/return?code=abc&state=x")).status_code == 401
            assert (await client.get("/openid/return?error=access_denied")).status_code == 401
        assert not known.forms


async def test_a_provider_that_is_away_is_told_as_such(tmp_path: Path):
    gone = OpenIdSettings("http://127.0.0.1:9", "arena", allowed=("*",))
    async with running(tmp_path, openid=gone) as arena, httpx.AsyncClient(base_url=arena.address) as client:
        assert (await client.get("/openid/start")).status_code == 503


def test_a_provider_is_asked_over_https_only_and_whom_it_lets_in_must_be_said():
    with pytest.raises(InputError, match="https"):
        OpenIdSettings("http://login.example.com", "arena", allowed=("*",))
    with pytest.raises(InputError, match="openid-allow"):
        OpenIdSettings("https://login.example.com", "arena")
