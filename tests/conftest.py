"""One real browser for the tests that look at pages."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from accessibility import axe_source

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Before anybody imports numpy: threads of two workers on two cores wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium for one module: while it is open its event loop runs, and no coroutine test could share the process.

    Without a Chromium the test is skipped, saying so; in CI it fails instead.
    """
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        missing = "no Chromium on the path: `apt-get install chromium`"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    return axe_source(tmp_path_factory.mktemp("axe"))
