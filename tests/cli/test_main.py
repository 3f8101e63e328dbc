import errno
import os
import signal
import subprocess
import sys
import time

import pytest

from benchwright.cli.main import refused


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


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no space is left on the disk: runs/x; make room and give the same command again"),
        (errno.EROFS, "not allowed to write or read: runs/x; choose a place that is yours"),
        (errno.EFBIG, "a file may not grow so large here: runs/x"),
        (errno.ENOTDIR, "Not a directory: runs/x"),
    ],
)
def test_what_the_operating_system_refuses_is_said_with_the_way_out(number: int, said: str) -> None:
    assert refused(OSError(number, os.strerror(number), "runs/x")).startswith(said)


def test_ctrl_c_leaves_no_traceback_at_any_moment_of_the_start() -> None:
    for delay_s in (0.0, 0.02, 0.05, 0.1, 0.2, 0.4):
        with subprocess.Popen(
            [sys.executable, "-c", "import benchwright.cli.start as s; print(1, flush=True); s.start()", "doctor"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay_s)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        assert b"Traceback" not in errors, errors.decode()
