import subprocess
import sys


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchwright", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_help_lists_where_to_start() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert "benchwright demo" in result.stdout


def test_an_unknown_command_is_wrong_usage() -> None:
    result = run("demmo")
    assert result.returncode == 2
    assert "No such command 'demmo'" in result.stderr
