"""Which OCR a name means, `tesseract` or a vision model such as `openai/gpt-5.4-mini`, for every command that loads."""

import asyncio
import base64
import re
import threading
from collections.abc import Coroutine, Generator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from benchwright.documents import Ocr, tesseract
from benchwright.documents.ocr import PageImage
from benchwright.errors import DocumentRefused, InputError, unknown_name
from benchwright.models.budget import Spend
from benchwright.models.config import Config, load_config
from benchwright.models.journaled import CallSettings, ModelPool, open_by_settings
from benchwright.models.prompt import Prompt, language_name, read_prompt
from benchwright.models.providers import is_external
from benchwright.records import Message, Reply, Request

KNOWN = ("tesseract", "provider/model")
STAGE = "ocr"
MOST_PAGES_AT_ONCE = 16
"""Each page under way is a picture in memory."""

_WHOLE_FENCE = re.compile(r"\s*```\w*\n(.*?)\n?```\s*", re.DOTALL)
Result = TypeVar("Result")


@dataclass(frozen=True)
class ModelOcr:
    """A vision model that copies pages. Every page is a call through gate, budget and journal, like any other."""

    model: str
    languages: str
    settings: CallSettings
    at_once: int
    prompt: Prompt
    _work: "_Work" = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """The model, the languages and the prompt: with another of these a page is read anew."""
        return self.name_of(self.model, self.languages, self.prompt)

    @staticmethod
    def name_of(model: str, languages: str, prompt: Prompt) -> str:
        """The name of such an OCR."""
        return f"{model} {languages} {prompt.hash}"

    @property
    def spend(self) -> tuple[Spend, ...]:
        """What the pages cost so far."""
        return self._work.spend

    @property
    def spent_usd(self) -> float:
        """What of the budget the pages took."""
        return self._work.spent_usd

    def read_page(self, image: PageImage) -> str:
        """Return the page as Markdown."""
        reply = self._work.run(self._work.ask(self.model, self.request(image), self.settings))
        if reply.state != "ok":
            raise DocumentRefused(f"{self.model} could not read it ({reply.state}: {reply.reason})")
        fenced = _WHOLE_FENCE.fullmatch(reply.text)
        text = (fenced[1] if fenced else reply.text).strip()
        return "" if text == "[blank]" else text

    def request(self, image: PageImage) -> Request:
        """Return what is sent for one page."""
        picture = base64.b64encode(image.png).decode()
        return Request(messages=transcribe_messages(self.prompt, self.languages), images=(picture,))


def transcribe_messages(prompt: Prompt, languages: str = "") -> tuple[Message, ...]:
    """Return the words that go with each page."""
    named = ", ".join(language_name(code.strip()) for code in languages.split(",") if code.strip())
    return prompt.fill(languages=f" It is in {named}." if named else "")


@dataclass
class PageCounter:
    """Stands in for a vision model where nothing is sent: pages that it read before are there, others are counted."""

    name: str
    at_once: int = 1
    pages: int = 0

    def read_page(self, image: PageImage) -> str:
        """Count the page."""
        self.pages += 1
        raise DocumentRefused("not read yet")


class _Work:
    """A thread with a loop of its own: pages are read from many threads, models answer in one loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="ocr", daemon=True)
        self._stack = AsyncExitStack()
        self._pool: asyncio.Task[ModelPool] | None = None
        self.spend: tuple[Spend, ...] = ()
        self.spent_usd = 0.0

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run `work` in the loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def ask(self, model: str, request: Request, settings: CallSettings) -> Reply:
        """Ask through one pool, which is opened with the first page."""
        if self._pool is None:
            opening = self._stack.enter_async_context(open_by_settings([model], settings, stage=STAGE))
            self._pool = asyncio.create_task(opening)
        pool = await asyncio.shield(self._pool)
        try:
            return await pool[model].respond(request)
        finally:
            self.spend, self.spent_usd = tuple(pool.spend()), pool.budget.spent_usd

    def __enter__(self) -> "_Work":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def open_ocr(name: str, languages: str = "", calls: CallSettings | None = None) -> Generator[Ocr | None]:
    """Give what `--ocr NAME` means while the command loads documents; `None` where no name is given.

    Raises:
        InputError: tesseract is not installed or lacks a language, or languages are given without a name.
        UnknownName: neither tesseract nor a model has this name.
    """
    settings = calls or CallSettings()
    if not is_model(name, config := load_config(settings.config)):
        yield find_ocr(name, languages)
        return
    at_once = min(settings.concurrency or config.concurrency, MOST_PAGES_AT_ONCE)
    with _Work() as work:
        yield ModelOcr(name, languages, settings, at_once, load_transcribe_prompt(), work)


def page_counter(name: str, languages: str, config: Config) -> tuple[Ocr | None, PageCounter | None]:
    """Return what an estimate loads documents with; for a vision model a counter, which is also the second."""
    if not is_model(name, config):
        return find_ocr(name, languages), None
    counter = PageCounter(ModelOcr.name_of(name, languages, load_transcribe_prompt()))
    return counter, counter


def is_model(name: str, config: Config) -> bool:
    """Say whether `name` is a model rather than a program."""
    return bool(name) and is_external(name, config)


def load_transcribe_prompt(replacement: Path | None = None) -> Prompt:
    """Return the prompt that a vision model gets with each page."""
    blanks = frozenset({"languages"})
    return read_prompt(
        "benchwright.documents.prompts", "transcribe", blanks=blanks, needed=frozenset(), replacement=replacement
    )


def find_ocr(name: str, languages: str = "") -> Ocr | None:
    """Return the program that `--ocr NAME` means; nothing where no name is given."""
    if not name:
        if languages:
            raise InputError("--ocr-languages says in which languages to read; say with what: --ocr tesseract")
        return None
    if name == "tesseract":
        return tesseract(languages)
    raise unknown_name("OCR", name, KNOWN)
