"""Photograph the report of the demo and a battle of the arena for the README, and paste what the demo prints.

    python tools/demo/pictures.py DEMO_FOLDER [demo-output.txt]

Needs Chromium, playwright and pillow. DEMO_FOLDER is what `make demo` wrote; the text
file holds what it printed.
"""

import re
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs/images"
WIDTH = 1140
QUESTION = "Can a logger freeze into the ice?"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def photograph(page: Page, name: str, height: int) -> None:
    """Save what the window shows, in few colours, so that the file stays small."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.wait_for_timeout(200)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(128, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def main(report: Path) -> None:
    """Take both pictures of `report`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 1400}, device_scale_factor=1.25)
        page.goto(report.resolve().as_uri())
        top = "document.querySelectorAll('#leaderboard h3')[1].getBoundingClientRect().top"
        photograph(page, "report", int(page.evaluate(top)))
        page.select_option("#f-kind", "table_cell")
        page.locator(".q summary").nth(1).click()
        page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
        page.evaluate("document.querySelector('#filters').scrollIntoView()")
        photograph(page, "question", 1000)
        browser.close()


def battle() -> None:
    """Take the picture of a battle: an arena on the example documents, one question, the first half of a vote."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, "-m", "benchwright", "arena", "--port", "0"]
        arena = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            assert arena.stdout is not None
            address = next(found.group() for line in arena.stdout if (found := re.search(r"http://\S+", line)))
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, device_scale_factor=1.25)
            page.goto(address)
            page.locator("textarea").first.fill(QUESTION)
            page.locator("textarea").first.press("Control+Enter")
            page.locator("legend", has_text="Which answer is better?").wait_for(timeout=30_000)
            page.keyboard.press("1")
            page.evaluate("window.scrollTo(0, 0)")
            photograph(page, "arena", 1060)
            browser.close()
        finally:
            arena.terminate()
            arena.wait(20)


def paste(printed: str) -> None:
    """Replace what `make demo` prints in the README by `printed`."""
    readme = ROOT / "README.md"
    shown = printed[: printed.index("Now yours:")].rstrip().replace("\u00a0", " ")
    shown = "\n".join(line.rstrip() for line in shown.splitlines())
    text = readme.read_text(encoding="utf-8")
    readme.write_text(
        re.sub(r"(?<=\$ make demo\n).*?(?=\n\n\$ make test)", lambda _: shown, text, flags=re.DOTALL), encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "report.html")
    battle()
    if len(sys.argv) > 2:
        paste(Path(sys.argv[2]).read_text(encoding="utf-8"))
