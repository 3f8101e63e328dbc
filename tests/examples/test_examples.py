"""Every example runs as a reader would run it, and the code blocks of the documentation with it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchwright.workflows.demo import copy_documents

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
SAYS = {
    "documents_to_report.py": "report: ",
    "your_own_model.py": "own/first-in-text",
    "read_a_benchmark.py": "cited: ",
    "models_write_and_answer.py": "calls paid again by a rerun: 0",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("examples")


def run(arguments, **settings):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", env=environment, **settings
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_runs_and_says_what_it_promises(path, out):
    assert SAYS[path.name] in run([str(path), str(out)])


def test_the_commands_of_the_quickstart_do_what_it_says(tmp_path):
    page = (ROOT / "docs/quickstart.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    commands = [line.split() for line in lines if line.startswith("benchwright ")]
    assert [command[1] for command in commands] == ["demo", "documents", "generate", "evaluate", "report"]
    # `demo` itself has its own test; here only what the later lines need of it.
    copy_documents(tmp_path / "benchwright-demo/documents")
    for command in commands[1:]:
        assert run(["-m", *command], cwd=tmp_path)
    assert (tmp_path / "report.html").is_file()


def test_the_python_of_the_quickstart_runs(tmp_path):
    page = (ROOT / "docs/quickstart.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    copy_documents(tmp_path / "benchwright-demo/documents")
    run(["-c", code], cwd=tmp_path)
    assert (tmp_path / "report.html").is_file()
