"""Photograph the report of the demo for the README, and paste what the demo prints.

    python tools/demo/pictures.py DEMO_FOLDER [demo-output.txt]

Needs Chromium, playwright and pillow. DEMO_FOLDER is what `make demo` wrote; the text
file holds what it printed.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs/images"
WIDTH = 1140
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def photograph(page: Page, name: str, height: int) -> None:
    """Save what the window shows, in few colours, so that the file stays small."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.wait_for_timeout(200)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(96, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


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
    if len(sys.argv) > 2:
        paste(Path(sys.argv[2]).read_text(encoding="utf-8"))
