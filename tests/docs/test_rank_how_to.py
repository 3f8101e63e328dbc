import re
from pathlib import Path

from click.testing import CliRunner

from benchwright.cli.rank import command

PAGE = (Path(__file__).parents[2] / "docs/how-to/rank.md").read_text(encoding="utf-8")


def test_the_python_example_runs_and_prints_a_board(capsys) -> None:
    for example in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(example, "docs/how-to/rank.md", "exec"), {})
    assert "('x', 1000.0, 1, " in capsys.readouterr().out


def test_every_option_that_the_page_names_exists() -> None:
    shown = CliRunner().invoke(command, ["--help"]).output
    named = set(re.findall(r"--[a-z][a-z-]+", PAGE)) - {"--help"}
    assert named
    assert not {option for option in named if option not in shown}
