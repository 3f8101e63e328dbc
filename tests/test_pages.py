"""The project's own pages: links lead somewhere, commands exist, pictures are small."""

import re
from pathlib import Path

import pytest

from benchwright.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_exists(page):
    blocks = re.findall(r"```(?:sh|bash|console)?\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = re.findall(r"^(?:\$ )?benchwright ([a-z]+)", "\n".join(blocks), flags=re.MULTILINE)
    assert set(named) <= set(COMMANDS)


def test_the_first_screen_shows_both_commands():
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30])
    assert "$ make demo" in first
    assert "$ make test" in first


def test_every_folder_of_the_tree_is_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"│   [├└]── (\w+)/", text))
    there = {path.name for path in (ROOT / "src/benchwright").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert named
    assert named <= there


def test_pictures_are_small():
    assert all(path.stat().st_size < 300_000 for path in (ROOT / "docs/images").iterdir())
