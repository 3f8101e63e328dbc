"""An arena that runs in a thread of its own, and a real browser that is signed in to it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from arena_server import recorded, running
from benchwright.arena.pages import SITE
from benchwright.arena.scripted import ScriptedModel
from benchwright.arena.suggestions import Suggestion, Suggestions

# A machine that is busy with other work is slow, not wrong.
expect.set_options(timeout=20_000)
ALPHA = (
    "## Short\n\nIt is **four weeks**. 둘째 문장입니다 🙂. Ask <script>document.title='owned'</script> again.\n\n"
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n![x](https://example.com/pixel.png)"
)
BETA = "1. The warranty is *four weeks* & a day.\n2. See `section 3` of [the terms](https://example.com/terms).\n"
PROMPT = "How long is the warranty?"
SUGGESTED = (
    Suggestion("0" * 16, PROMPT, "en", "other"),
    Suggestion("1" * 16, "보증 기간은 얼마나 되나요?", "ko", "other"),
)


@dataclass(frozen=True)
class Served:
    """Where the arena listens, and the key of its owner."""

    address: str
    token: str

    @property
    def door(self) -> str:
        """The address that signs the owner in."""
        return f"{self.address}/?token={self.token}"


def serve(folder: Path) -> Iterator[Served]:
    """Run an arena until the caller goes on; one model breaks off where the prompt asks for it."""
    failures = iter([True])

    def say_beta(prompt: str) -> str:
        if "break" in prompt and next(failures, False):
            raise OSError("the connection broke")
        if "same" in prompt:
            return ALPHA
        return BETA if "long" in prompt else f"Second: {prompt} " * 12

    models = {
        "lab/alpha-one": ScriptedModel("lab/alpha-one", lambda _: ALPHA, piece=9, pause_s=0.01),
        "lab/beta-two": ScriptedModel("lab/beta-two", say_beta, piece=9, pause_s=0.01),
    }
    ready, stop = threading.Event(), threading.Event()
    found: list[Served] = []

    async def run() -> None:
        reviewed = recorded(("lab/alpha-one", "lab/beta-two"), 3)
        async with running(folder, models=models, recorded=reviewed, site=SITE) as arena:
            arena.arena.suggestions = Suggestions({each.id: each for each in SUGGESTED})
            found.append(Served(arena.address, arena.arena.keys.owner_token))
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert ready.wait(60), "the arena did not start"
    yield found[0]
    stop.set()
    thread.join(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from serve(tmp_path_factory.mktemp("arena"))


@pytest.fixture
def opened(served: Served, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages signed in as the owner; nothing may go wrong in them, and nothing may be asked of elsewhere."""
    trouble: list[str] = []
    contexts = []

    def open_page(path: str = "/", *, width: int = 1400, language: str = "en", scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme=scheme,  # type: ignore[arg-type]
            has_touch=width < 600,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda line: trouble.append(line.text) if "Security Policy" in line.text else None)
        page.on("request", lambda asked: None if asked.url.startswith(served.address) else trouble.append(asked.url))
        page.goto(served.door)
        page.goto(f"{served.address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not trouble
