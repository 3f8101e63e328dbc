"""Each known attack on the arena, tried over HTTP against a running server."""

import asyncio
import re
from contextlib import AsyncExitStack
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from arena_server import recorded, running
from benchwright.arena import security, server
from benchwright.arena.pages import SITE
from benchwright.arena.rendering import as_html
from benchwright.arena.scripted import ScriptedModel
from benchwright.web.markdown import render_markdown

SCRIPTS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "![x](https://evil.example/pixel.png)",
    "[click](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    '<svg onload="alert(1)">',
    "<iframe src=//evil.example></iframe>",
    '"><script>alert(1)</script>',
    "```html\n<script>alert(1)</script>\n```",
    "<style>*{background:url(https://evil.example)}</style>",
)


@pytest.mark.parametrize("attack", SCRIPTS)
async def test_a_script_in_an_answer_never_becomes_markup(attack: str, tmp_path: Path):
    models = {name: ScriptedModel(name, lambda _: f"Hello {attack}") for name in ("lab/one-a", "lab/two-b")}
    async with running(tmp_path, models) as arena, arena.browser() as voter:
        battle = await voter.battle(attack)
        state = (await voter.get(f"/api/battles/{battle}")).json()
        html = state["turns"][0]["sides"]["a"]["html"]
        lowered = html.lower().replace("&lt;", "§")
        for forbidden in ("<script", "<img", "<svg", "<iframe", "<style", 'href="javascript:', 'href="data:'):
            assert forbidden not in lowered


async def test_json_with_markup_in_prompt_comment_and_tag_is_never_served_as_html(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle("<script>alert(1)</script>")
        sent = await voter.vote(battle, "a", comment="<script>alert(2)</script>")
        assert sent.headers["content-type"] == "application/json"
        bad = await voter.vote(await voter.battle(), "a", tags={"a": ["<script>"]})
        assert bad.status_code == 422
        assert bad.headers["x-content-type-options"] == "nosniff"


async def test_every_answer_forbids_inline_script_frames_and_other_sites(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        for path in ("/api/me", "/api/board", "/nothing-here"):
            policy = (await voter.get(path)).headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe-inline" not in policy
            assert "frame-ancestors 'none'" in policy


async def test_a_change_without_the_csrf_value_is_refused(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        for wrong in ("", "0" * 64, "é"):
            voter.client.headers["X-CSRF-Token"] = wrong.encode("latin-1").decode("latin-1") if wrong != "é" else "x"
            answer = await voter.post("/api/battles", {"prompt": "x"})
            assert answer.status_code == 403


async def test_a_form_from_another_site_is_refused_even_with_the_value(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        answer = await voter.client.post("/api/battles", json={"prompt": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403


async def test_a_session_planted_before_sign_in_is_not_taken_over(tmp_path: Path):
    async with running(tmp_path) as arena:
        planted = "attacker.0000"
        async with httpx.AsyncClient(base_url=arena.address, cookies={"benchwright_arena": planted}) as victim:
            answer = await victim.get(f"/?token={arena.arena.keys.owner_token}")
            assert planted not in answer.headers["set-cookie"]
            cookie = answer.headers["set-cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            again = await victim.get(f"/?token={arena.arena.keys.owner_token}")
            assert again.headers["set-cookie"] != cookie
        async with httpx.AsyncClient(base_url=arena.address, cookies={"benchwright_arena": planted}) as attacker:
            assert (await attacker.get("/api/me")).status_code == 401


async def test_a_stolen_cookie_is_worth_nothing_in_another_browser(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        cookie = voter.client.cookies["benchwright_arena"]
        stolen = {"Cookie": f"benchwright_arena={cookie}"}
        async with httpx.AsyncClient(base_url=arena.address, headers={**stolen, "User-Agent": "other"}) as thief:
            assert (await thief.get("/api/me")).status_code == 401


async def test_a_forged_signature_opens_nothing(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        name, _, signature = voter.client.cookies["benchwright_arena"].partition(".")
        for forged in (f"{name}.{signature[:-1]}0", f"{name}.", f"{name}x.{signature}", "." * 100, "a" * 5000):
            async with httpx.AsyncClient(base_url=arena.address) as client:
                answer = await client.get("/api/me", headers={"Cookie": f"benchwright_arena={forged}"})
                assert answer.status_code in (401, 200 if forged == f"{name}.{signature}" else 401)


async def test_nobody_sees_or_votes_on_the_battle_of_another(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner, arena.guest() as guest:
        battle = await owner.battle()
        assert (await guest.get(f"/api/battles/{battle}")).status_code == 404
        assert (await guest.vote(battle)).status_code == 404
        assert (await guest.post(f"/api/battles/{battle}/choice", {"choice": "a"})).status_code == 404
        assert (await guest.post(f"/api/battles/{battle}/skip")).status_code == 404
        assert (await guest.get(f"/api/battles/{battle}/stream")).status_code == 404
        assert (await owner.vote(battle)).status_code == 200
        assert (await guest.delete(f"/api/votes/{battle}")).status_code == 404


async def test_a_vote_on_a_battle_that_the_server_did_not_issue_is_refused(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        assert (await voter.vote("0" * 32)).status_code == 404
        assert (await voter.vote("not-an-id")).status_code in (404, 422)


async def test_a_replayed_vote_counts_once_however_many_arrive_together(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle()
        answers = await asyncio.gather(*(voter.vote(battle, "a") for _ in range(20)))
        assert {answer.status_code for answer in answers} == {200}
        others = await asyncio.gather(*(voter.vote(battle, "b") for _ in range(5)))
        assert {answer.status_code for answer in others} == {409}
        await arena.caught_up()
        assert len(arena.arena.ledger) == 1


async def test_a_guest_cannot_use_the_owners_interface(tmp_path: Path):
    async with running(tmp_path) as arena, arena.guest() as guest:
        for path in ("models", "voters", "invitations", "audit", "export", "prompts", "sampling"):
            assert (await guest.get(f"/api/admin/{path}")).status_code == 403
        assert (await guest.post("/api/admin/models", {"name": "x", "action": "add"})).status_code == 403


INJECTIONS = (
    "' OR 1=1 --",
    "'; DROP TABLE votes; --",
    "\\'; SELECT 1",
    "%27%20OR",
    "a\r\nSet-Cookie: x=1",
    "\U0001f600",
)


@pytest.mark.parametrize("attack", INJECTIONS)
async def test_sql_and_header_injection_change_nothing(attack: str, tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle(attack)
        answer = await voter.vote(battle, "a", comment=attack, metadata={"role": attack})
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        for query in ("category", "language", "tag", "group"):
            found = await voter.client.get("/api/board", params={query: attack})
            assert found.status_code in (200, 422)
        await arena.caught_up()
        assert len(arena.arena.ledger) == 1


async def test_a_prompt_of_ten_megabytes_is_refused(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:

        async def dribble():
            for _ in range(100):
                yield b"x" * 100_000

        for content in (b"x" * 10_000_000, dribble()):
            try:
                answer = await voter.client.post("/api/battles", content=content)
            except httpx.TransportError:
                continue  # The server hung up while the rest was still being sent.
            assert answer.status_code == 413
        assert (await voter.get("/api/me")).status_code == 200


async def test_a_client_that_dribbles_its_head_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "HEAD_TIMEOUT_S", 0.3)
    async with running(tmp_path) as arena:
        host, port = arena.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        closed = asyncio.create_task(reader.read())
        for letter in b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaa":
            if closed.done():
                break
            writer.write(bytes([letter]))
            await asyncio.sleep(0.02)
        try:
            said = await asyncio.wait_for(closed, 30)
        except ConnectionResetError:
            said = b""  # A letter was still on its way when the server hung up.
        assert said == b""
        writer.close()


async def test_an_endless_head_is_cut_off(tmp_path: Path):
    async with running(tmp_path) as arena:
        host, port = arena.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Long: " + b"a" * 200_000)
        try:
            said = await asyncio.wait_for(reader.read(), 30)
        except ConnectionResetError:
            said = b""
        assert said == b""
        writer.close()


async def test_text_that_is_no_unicode_is_refused(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        for body in (b'{"prompt":"\\ud800"}', b'{"prompt":"\xff"}', b'{"prompt":"a\\u0000b"}', b"[1", b""):
            assert (await voter.client.post("/api/battles", content=body)).status_code == 422


async def test_a_foreign_host_name_is_not_served(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        for host in ("evil.example", "evil.example:8321", "127.0.0.1.evil.example", "127.0.0.1:1@evil.example", ""):
            answer = await voter.client.get("/api/me", headers={"Host": host})
            assert answer.status_code == 422 if host else answer.status_code in (400, 422)


async def test_a_flood_of_battles_is_slowed_by_voter(tmp_path: Path):
    async with running(tmp_path, battles_per_minute=3.0) as arena, arena.browser() as voter:
        codes = [(await voter.post("/api/battles", {"prompt": "hello"})).status_code for _ in range(5)]
        assert codes.count(429) >= 2


async def test_links_in_answers_carry_no_referrer_and_pictures_are_left_out():
    html = render_markdown("[a](https://example.org) ![b](https://example.org/b.png)")
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "<img" not in html


async def test_no_key_and_no_token_appears_in_any_answer(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        secret = arena.arena.keys.secret.hex()
        for path in ("/api/me", "/api/board", "/api/admin/models", "/api/admin/audit", "/api/admin/voters"):
            text = (await voter.get(path)).text
            assert secret not in text
            assert arena.arena.keys.owner_token not in text


EVIL = "<img src=x onerror=alert(1)>"


async def test_a_script_in_a_model_tag_group_or_comment_is_text_on_every_page(tmp_path: Path):
    models = (f"lab/{EVIL}", "lab/\"onmouseover='alert(1)'", "lab/a?b#c%2f..")
    async with running(tmp_path, {}, recorded=recorded(models, 9), site=SITE) as arena, arena.browser() as owner:
        labels = {"en": EVIL, "ko": EVIL}
        await owner.post("/api/admin/tags", {"key": "evil", "verdict": "bad", "labels": labels})
        made = (await owner.post("/api/admin/invitations", {"label": EVIL, "group": EVIL})).json()
        async with arena.browser(f"invite={made['code']}") as guest:
            for number in range(6):
                battle = (await guest.post("/api/battles", {"mode": "review"})).json()["battle"]
                await guest.vote(battle, "ab"[number % 2], tags={"a": ["evil"]}, comment=EVIL)
        await arena.caught_up()
        board = await owner.get("/board")
        addresses = re.findall(r'href="(/why/[^"]+)"', board.text)
        assert len(addresses) == 3
        for path in ("/", "/review", "/board", "/board?kind=style", "/board/copy", "/admin", "/privacy", *addresses):
            page = await owner.get(unescape(path))
            assert page.status_code == 200, path
            assert "<img" not in page.text
            assert not re.search(r"<[^>]*\sonmouseover=", page.text.replace("&#34;", "").replace("&quot;", "")), path


async def test_of_two_different_ballots_at_once_one_is_the_vote(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle()
        answers = await asyncio.gather(*(voter.vote(battle, choice) for choice in ("a", "b") * 6))
        kept = (await voter.get(f"/api/battles/{battle}")).json()["vote"]["choice"]
        for choice, answer in zip(("a", "b") * 6, answers, strict=True):
            assert answer.status_code == (200 if choice == kept else 409)


async def test_a_withdrawn_vote_is_not_revived_by_sending_it_again(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as voter:
        battle = await voter.battle()
        await voter.vote(battle, "a")
        await voter.delete(f"/api/votes/{battle}")
        assert (await voter.vote(battle, "b")).status_code == 409
        await voter.vote(battle, "a")
        await arena.caught_up()
        assert (await voter.get("/api/board?kind=live")).json()["votes"] == 0


async def test_nobody_holds_more_live_pages_than_his_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(security, "MOST_STREAMS", 24)
    async with running(tmp_path) as arena, arena.browser() as voter, AsyncExitStack() as stack:
        for _ in range(security.MOST_STREAMS):
            answer = await stack.enter_async_context(voter.client.stream("GET", "/api/board/events"))
            assert answer.status_code == 200
        assert (await voter.get("/api/board/events")).status_code == 429
        async with arena.guest() as guest:
            answer = await stack.enter_async_context(guest.client.stream("GET", "/api/board/events"))
            assert answer.status_code == 200, "another voter still finds room"


async def test_a_client_that_dribbles_its_body_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(security, "BODY_TIMEOUT_S", 0.3)
    async with running(tmp_path) as arena, arena.browser() as voter:

        async def dribble():
            for _ in range(200):
                yield b" "
                await asyncio.sleep(0.05)
            yield b"{}"

        try:
            answer = await voter.client.post("/api/battles", content=dribble())
            assert answer.status_code >= 400
        except httpx.TransportError:
            pass  # The server hung up.


async def test_what_is_written_for_a_voter_who_is_deleted_meanwhile_is_not_kept(tmp_path: Path):
    started, go_on = asyncio.Event(), asyncio.Event()

    class Waiting(ScriptedModel):
        async def stream(self, request: Any):
            started.set()
            await go_on.wait()
            async for chunk in super().stream(request):
                yield chunk

    models = {name: Waiting(name, lambda _: "zebra-in-the-pantry") for name in ("lab/one-a", "lab/two-b")}
    async with running(tmp_path, models) as arena, arena.guest() as guest:
        battle = (await guest.post("/api/battles", {"prompt": "hello"})).json()["battle"]
        live = arena.arena.battles.streams.get(battle)
        await started.wait()
        assert (await guest.delete("/api/me")).status_code == 200
        go_on.set()
        await asyncio.gather(*live.tasks)
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"zebra" not in content


async def test_an_invitation_page_and_a_static_file_reach_no_other_file(tmp_path: Path):
    async with running(tmp_path, site=SITE) as arena, arena.browser() as voter:
        for path in ("../routes.py", "..%2froutes.py", "%2e%2e/%2e%2e/settings.py", "arena.css%00.js", "routes.py"):
            assert (await voter.get(f"/static/x/{path}")).status_code in (400, 404), path


@pytest.mark.parametrize("host", ["[", "[::1", "a b", "x" * 5_000, "é", "localhost:999999", "@", "//"])
async def test_a_host_that_cannot_be_read_is_refused_with_a_page(host: str, tmp_path: Path):
    async with running(tmp_path, site=SITE) as arena:
        place, port = arena.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(place, int(port))
        writer.write(b"GET / HTTP/1.1\r\nHost: " + host.encode() + b"\r\nConnection: close\r\n\r\n")
        said = await asyncio.wait_for(reader.read(), 30)
        assert said.split(b" ")[1] in (b"400", b"422")
        writer.close()


@pytest.mark.parametrize(
    "query", ["&" * 3_000, "a=&" * 300, "token=&" * 20, "token=%ff&invite=%00", "lang=" + "x" * 9_000]
)
async def test_a_query_that_nobody_would_ask_is_no_failure(query: str, tmp_path: Path):
    async with running(tmp_path, site=SITE) as arena, httpx.AsyncClient(base_url=arena.address) as client:
        for path in ("/", "/board", "/openid/return", "/nothing"):
            assert (await client.get(f"{path}?{query}")).status_code < 500


async def test_one_address_cannot_take_all_connections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "MOST_OF_ONE_ADDRESS", 5)
    ask = b"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    async with running(tmp_path) as arena:
        port = int(arena.address.rpartition(":")[2])
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(ask)
        said = await asyncio.wait_for(reader.read(), 30)
        assert said.startswith(b"HTTP/1.1 429 ")
        assert b"too many connections" in said
        writer.close()
        # Those that are in go on, and a place that is given back can be taken.
        held[0][1].write(ask)
        assert (await asyncio.wait_for(held[0][0].readuntil(b"\r\n"), 30)).startswith(b"HTTP/1.1 401 ")
        held[1][1].close()
        await held[1][1].wait_closed()
        async with asyncio.timeout(30):
            said = b""
            while not said.startswith(b"HTTP/1.1 401 "):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(ask)
                said = await reader.readuntil(b"\r\n")
                writer.close()
        for _, writer in held:
            writer.close()


async def test_a_trusted_proxy_brings_everybodys_connections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "MOST_OF_ONE_ADDRESS", 2)
    async with running(tmp_path, trusted_proxies=("127.0.0.1",)) as arena:
        port = int(arena.address.rpartition(":")[2])
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(8)]
        for reader, writer in held:
            writer.write(b"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert (await asyncio.wait_for(reader.readline(), 30)).startswith(b"HTTP/1.1 401 ")
            writer.close()


def test_a_customer_of_ipv6_is_one_address():
    connections = server.Connections(2)
    assert connections.enter("2001:db8::1")
    assert connections.enter("2001:db8::2")
    assert not connections.enter("2001:db8::3")
    assert connections.enter("2001:db8:0:1::1")
    connections.leave("2001:db8::1")
    assert connections.enter("2001:db8::9")


async def test_behind_a_proxy_too_a_customer_of_ipv6_has_one_share(tmp_path: Path):
    async with running(tmp_path, trusted_proxies=("127.0.0.1",), requests_per_minute=5.0) as arena:
        async with httpx.AsyncClient(base_url=arena.address) as client:
            codes = [
                (await client.get("/api/me", headers={"X-Forwarded-For": f"2001:db8::{number}"})).status_code
                for number in range(9)
            ]
        assert codes.count(429) >= 3


async def test_an_answer_that_is_slow_to_read_as_markdown_holds_up_nobody():
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    task = asyncio.create_task(others())
    await as_html("[" * 40_000)
    task.cancel()
    assert turns > 1
