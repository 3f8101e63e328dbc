"""Writes docs/reference/cli.md and docs/reference/python.md out of the program itself: `python tools/reference.py`.

A test compares them with what is written there.
"""

import ast
import importlib
import inspect
import textwrap
from pathlib import Path

import click

import benchwright
from benchwright.cli.main import COMMANDS
from benchwright.cli.main import benchwright as root

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
WIDTH = 100


def cli_page() -> str:
    """Return the help of every command, as a terminal shows it."""
    parts = [
        "# The command line",
        "Written by `python tools/reference.py` out of the program's own help. Every command has `--help`; those with "
        "`--json` print the result on standard output and nothing else there. Exit codes: 0 done, 1 failed (one clear "
        "line on standard error), 2 wrong usage, 3 a threshold given by `--fail-under` was missed, 130 stopped by "
        "Ctrl-C.",
        _help(root, "benchwright"),
    ]
    for name in COMMANDS:
        command = importlib.import_module(COMMANDS[name][0]).command
        parts += [f"## benchwright {name}", _help(command, f"benchwright {name}")]
        if isinstance(command, click.Group):
            for inner in command.commands.values():
                parts.append(_help(inner, f"benchwright {name} {inner.name}"))
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    context.help_option_names = ["-h", "--help"]
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"```text\n{text}\n```"


def python_page() -> str:
    """Return what each public name is and takes, as its source says it."""
    parts = [
        "# Python",
        "Written by `python tools/reference.py` out of the docstrings. Everything here is imported from `benchwright`; "
        "`evaluate`, `grade` and `generate_by_model` are coroutines (`asyncio.run(evaluate(…))`). Every error raised "
        "on purpose is a `BenchwrightError` whose text is one line for a person.",
    ]
    for name in benchwright.__all__:
        found = getattr(benchwright, name)
        parts += [f"## {name}", f"```python\n{_declaration(found)}\n```", inspect.getdoc(found) or ""]
    return "\n\n".join(parts) + "\n"


def _declaration(found: object) -> str:
    """Return the head of a function, or the fields of a class, as the source has them."""
    assert inspect.isclass(found) or inspect.isfunction(found)
    source = textwrap.dedent(inspect.getsource(found))
    tree = ast.parse(source).body[0]
    if isinstance(tree, ast.ClassDef):
        fields = [ast.get_source_segment(source, item) or "" for item in tree.body if isinstance(item, ast.AnnAssign)]
        head = f"class {tree.name}({', '.join(ast.unparse(base) for base in tree.bases)}):"
        return "\n    ".join([head, *fields]) if fields else f"{head} ..."
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    lines = inspect.getsource(found).splitlines()
    first = tree.body[0].lineno - 1
    return textwrap.dedent("\n".join(lines[tree.lineno - 1 : first])).rstrip(":")


PAGES = {"cli.md": cli_page, "python.md": python_page}

if __name__ == "__main__":
    for file, page in PAGES.items():
        (REFERENCE / file).write_text(page(), encoding="utf-8")
