from pathlib import Path

import pytest

from arena_server import running
from benchwright.arena.personal_data import find_personal_data, mask_personal_data

SECRET = "zebra-in-the-pantry"


async def test_deleting_a_voter_takes_every_text_from_the_file_and_leaves_the_vote(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner, arena.guest() as guest:
        await guest.post("/api/consent", {"version": "1", "accepted": True, "metadata": {"role": SECRET}})
        battle = await guest.battle(f"Tell me about the {SECRET}")
        span = {"side": "a", "turn": 0, "start": 0, "end": 4, "verdict": "bad", "word": SECRET}
        assert (await guest.vote(battle, "a", comment=SECRET, spans=[span])).status_code == 200
        await owner.vote(await owner.battle(), "b")
        await arena.caught_up()
        before = (await owner.get("/api/board")).json()
        cluster = arena.arena.ledger.column("cluster").tolist()
        voters = (await owner.get("/api/admin/voters")).json()["voters"]
        target = next(row["id"] for row in voters if not row["is_owner"])
        assert (await owner.delete(f"/api/admin/voters/{target}")).json() == {"deleted": {"votes": 1, "battles": 1}}
        assert (await guest.get("/api/me")).status_code == 401
        await arena.caught_up()
        after = (await owner.get("/api/board?kind=live")).json()
        assert after["votes"] == before["votes"] == 2
        assert after["fingerprint"] != before["fingerprint"]
        assert set(arena.arena.ledger.column("cluster").tolist()) != set(cluster)
        log = (await owner.get("/api/admin/audit")).json()["log"]
        assert any(line["action"] == "voter deleted" for line in log)
        assert target not in str(log[:1])
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert SECRET.encode() not in content


async def test_a_voter_can_delete_themselves(tmp_path: Path):
    async with running(tmp_path) as arena, arena.guest() as guest:
        await guest.vote(await guest.battle())
        assert (await guest.delete("/api/me")).status_code == 200
        assert (await guest.get("/api/me")).status_code == 401


async def test_metadata_is_kept_only_with_consent(tmp_path: Path):
    async with running(tmp_path) as arena, arena.guest() as guest, arena.browser() as owner:
        await guest.vote(await guest.battle(), metadata={"role": "pilot"})
        assert "pilot" not in (await owner.get("/api/admin/export?format=jsonl&texts=1")).text
        await guest.post("/api/consent", {"version": "1", "accepted": True, "metadata": {"role": "sailor"}})
        await guest.vote(await guest.battle())
        assert "sailor" in (await owner.get("/api/admin/export?format=jsonl&texts=1")).text


async def test_a_withdrawn_vote_leaves_the_board_and_stays_in_the_export(tmp_path: Path):
    async with running(tmp_path) as arena, arena.browser() as owner:
        battle = await owner.battle()
        await owner.vote(battle)
        await arena.caught_up()
        assert (await owner.delete(f"/api/votes/{battle}")).status_code == 200
        await arena.caught_up()
        assert (await owner.get("/api/board?kind=live")).json()["votes"] == 0
        assert "withdrawn" in (await owner.get("/api/admin/export?format=csv")).text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to anna.b@example.org today", "e-mail address"),
        ("call +49 170 1234567 now", "telephone number"),
        ("전화는 010-1234-5678입니다", "telephone number"),
        ("my card is 4111 1111 1111 1111", "payment card"),
        ("pay to DE89 3704 0044 0532 0130 00", "bank account"),
        ("주민번호 900101-1234567", "resident number"),
        ("SSN 123-45-6789", "social security number"),
        ("key sk-abcdefghijklmnopqrstuvwx", "secret key"),
    ],
)
def test_personal_data_is_found_and_masked(text: str, kind: str):
    assert [found.kind for found in find_personal_data(text)] == [kind]
    assert f"[{kind}]" in mask_personal_data(text)


@pytest.mark.parametrize(
    "text",
    ["order 4111 1111 1111 1112", "version 1.2.3-4567", "in 2019-2020 we sold 1,234,567", "pi is 3.14159265358979323"],
)
def test_ordinary_numbers_are_no_personal_data(text: str):
    assert find_personal_data(text) == []


async def test_a_prompt_with_personal_data_is_masked_before_a_model_sees_it(tmp_path: Path):
    async with running(tmp_path, personal_data="mask") as arena, arena.browser() as voter:
        battle = await voter.battle("write to anna.b@example.org")
        assert "anna.b" not in (await voter.get(f"/api/battles/{battle}")).text
        assert len((await voter.get("/api/admin/prompts")).json()["prompts"]) == 1
    async with running(tmp_path / "strict", personal_data="refuse") as arena, arena.browser() as voter:
        assert (await voter.post("/api/battles", {"prompt": "mail anna.b@example.org"})).status_code == 422
