"""A vision model reads scanned pages: through the journal, once a page, within the budget, counted by the estimate."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw

from benchwright.cli.documents import command as documents_command
from benchwright.cli.estimate import command as estimate_command
from benchwright.documents import load_files
from benchwright.errors import BudgetExceeded, NothingLoaded
from benchwright.models.anthropic import Messages
from benchwright.models.gemini import GenerateContent
from benchwright.models.journaled import CallSettings
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.models.openai_compatible import ChatCompletions
from benchwright.models.openai_responses import Responses
from benchwright.records import Message, Request
from benchwright.workflows.ocr import open_ocr

PAGE = "# Returns\n\nGoods can be returned within 30 days of delivery, and the carrier is paid by the shop."


def scanned(path: Path, pages: int) -> None:
    drawn = [Image.new("L", (600, 800), 255) for _ in range(pages)]
    for number, page in enumerate(drawn):
        ImageDraw.Draw(page).text((50, 50), f"page {number}", fill=0)
    drawn[0].save(path, save_all=True, append_images=drawn[1:], format="PDF")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    scanned(tmp_path / "docs" / "scan.pdf", 5)
    return tmp_path


def configure(folder: Path, url: str, **prices: float) -> Path:
    path = folder / "benchwright.yaml"
    price = {"prices": {"here/v": prices}} if prices else {}
    path.write_text(json.dumps({"endpoints": {"here": {"url": url}}, **price}), encoding="utf-8")
    return path


def read(messages: object, schema: object) -> str:
    text = json.dumps(messages)
    assert "Copy this page. It is in English." in text
    return f"```markdown\n{PAGE} {text[text.index('[picture') + 9 :][:8]}\n```"


async def test_each_page_is_paid_once_and_a_rerun_reads_what_is_kept(folder: Path) -> None:
    import asyncio

    async with LoopbackServer(Faults(rate_limited=0.1, dropped=0.1, seed=2), answer=read) as server:
        configure(folder, server.url)

        def load_twice() -> list[str]:
            texts: list[str] = []
            for _ in range(2):
                with open_ocr("here/v", "en") as ocr:
                    found = load_files(folder / "docs", ocr=ocr)
                texts.append(found.documents[0].text)
            return texts

        first, second = await asyncio.to_thread(load_twice)
        assert server.ledger.answered == 5
        assert server.ledger.paid_again == 0
        assert first == second
        assert first.count("Goods can be returned within 30 days") == 5
        assert "```" not in first
        # The journal has them too: without the kept pages nothing is paid either.
        for page in (folder / ".benchwright" / "ocr").rglob("*.md"):
            page.unlink()
        assert await asyncio.to_thread(load_twice) == [first, second]
        assert server.ledger.answered == 5


async def test_a_budget_ends_the_reading_and_a_higher_one_goes_on(folder: Path) -> None:
    import asyncio

    async with LoopbackServer(answer=read) as server:
        configure(folder, server.url, input_per_million=1, output_per_million=1)

        def run(budget: float) -> int:
            with open_ocr("here/v", "en", CallSettings(budget_usd=budget, concurrency=1)) as ocr:
                return len(load_files(folder / "docs", ocr=ocr).documents)

        with pytest.raises(BudgetExceeded):
            await asyncio.to_thread(run, 0.056)
        paid = server.ledger.answered
        assert 0 < paid < 5
        assert await asyncio.to_thread(run, 1.0) == 1
        assert server.ledger.answered == 5


async def test_the_estimate_counts_pages_and_sends_nothing(folder: Path) -> None:
    import asyncio

    (folder / "docs" / "a.md").write_text(
        "# Fees\n\n" + "The mooring fee comes to 40 euros for members of the club. " * 9
    )
    async with LoopbackServer(answer=read) as server:
        configure(folder, server.url)
        options = ["docs", "--writer", "here/w", "--questions", "2", "--ocr", "here/v", "--ocr-languages", "en"]
        result = await asyncio.to_thread(CliRunner().invoke, estimate_command, [*options, "--json"])
        assert result.exit_code == 0, result.output
        rows = {row["stage"]: row for row in json.loads(result.output)["rows"]}
        assert (rows["ocr"]["calls"], rows["ocr"]["most_calls"], rows["ocr"]["model"]) == (5, 5, "here/v")
        assert server.ledger.requests == 0
        done = await asyncio.to_thread(
            CliRunner().invoke, documents_command, ["docs", "--ocr", "here/v", "--ocr-languages", "en"]
        )
        assert done.exit_code == 0, done.output
        assert server.ledger.answered == 5
        result = await asyncio.to_thread(CliRunner().invoke, estimate_command, [*options, "--json"])
        assert "ocr" not in {row["stage"] for row in json.loads(result.output)["rows"]}
        (folder / "docs" / "a.md").unlink()
        other = [*options[:-2], "--ocr-languages", "ko"]
        result = await asyncio.to_thread(CliRunner().invoke, estimate_command, other)
        assert isinstance(result.exception, NothingLoaded)
        assert "5 calls to `here/v`" in str(result.exception)


def test_a_picture_goes_out_as_each_provider_wants_it() -> None:
    buffer = io.BytesIO()
    Image.new("L", (2, 2)).save(buffer, format="PNG")
    request = Request(messages=(Message(role="user", content="Copy this page."),), images=("iVBORw0=",))
    chat = ChatCompletions().body("m", request, with_schema=False, stream=False)["messages"][0]["content"]
    assert chat[0] == {"type": "text", "text": "Copy this page."}
    assert chat[1]["image_url"]["url"] == "data:image/png;base64,iVBORw0="
    claude = Messages().body("m", request, with_schema=False, stream=False)["messages"][0]["content"]
    assert claude[0]["source"] == {"type": "base64", "media_type": "image/png", "data": "iVBORw0="}
    assert claude[1] == {"type": "text", "text": "Copy this page."}
    gemini = GenerateContent().body("m", request, with_schema=False, stream=False)["contents"][0]["parts"]
    assert gemini[0] == {"inlineData": {"mimeType": "image/png", "data": "iVBORw0="}}
    responses = Responses().body("m", request, with_schema=False, stream=False)["input"][0]["content"]
    assert responses[1] == {"type": "input_image", "image_url": "data:image/png;base64,iVBORw0="}


def test_gemini_2_5_gets_a_budget_where_later_ones_get_a_level() -> None:
    request = Request(messages=(), parameters={"reasoning_effort": "low"})
    for model, thinking in (
        ("gemini-2.5-flash", {"thinkingBudget": 1024}),
        ("gemini-3.8-flash", {"thinkingLevel": "low"}),
    ):
        body = GenerateContent().body(model, request, with_schema=False, stream=False)
        assert body["generationConfig"]["thinkingConfig"] == thinking
