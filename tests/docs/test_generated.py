"""The pages that the program writes about itself are what it says today."""

import runpy
from pathlib import Path

import click
import pytest

from benchwright.cli.main import COMMANDS, LazyGroup

ROOT = Path(__file__).parents[2]
TOOL = runpy.run_path(str(ROOT / "tools/reference.py"))


@pytest.mark.parametrize("file", ["cli.md", "python.md"])
def test_a_generated_page_is_current(file: str) -> None:
    written = (ROOT / "docs/reference" / file).read_text(encoding="utf-8")
    assert written == TOOL["PAGES"][file](), "run `python tools/reference.py`"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example(name: str) -> None:
    command = LazyGroup().get_command(click.Context(click.Command("x")), name)
    assert command is not None
    if not isinstance(command, click.Group):
        assert "Example:" in command.get_help(click.Context(command))


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_has_one_name_in_every_command(name: str) -> None:
    command = LazyGroup().get_command(click.Context(click.Command("x")), name)
    assert command is not None
    long_names = {"-o": "--out", "-m": "--model", "-c": "--condition"}
    for option in command.params:
        for short, long in long_names.items():
            if short in option.opts:
                assert long in option.opts
