import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest


def start(folder: Path, *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchwright", "arena", "--port", "0", *options]
    source = str(Path(__file__).parents[2] / "src")
    environment = {**os.environ, "PYTHONPATH": source}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_answers_and_ends_cleanly(number: signal.Signals, tmp_path: Path):
    process = start(tmp_path)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\w+", line)
        assert found, line
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        base = found[0].partition("/?")[0]
        with pytest.raises(urllib.error.HTTPError, match="401"):
            opener.open(f"{base}/api/me", timeout=10)
        request = urllib.request.Request(f"{base}/?{found[0].partition('?')[2]}")
        try:
            opener.open(request, timeout=10).read()
        except urllib.error.HTTPError as error:
            error.close()  # Without the pages the address itself holds nothing; the session is there all the same.
        with opener.open(f"{base}/api/models", timeout=10) as answer:
            assert "builtin/bm25" in json.loads(answer.read())["models"]
        process.send_signal(number)
        assert process.wait(timeout=15) == 0
        assert "stopped" in process.stdout.read()
        assert (tmp_path / "votes.sqlite").is_file()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_a_wider_address_without_an_allowed_name_is_refused(tmp_path: Path):
    process = start(tmp_path, "--host", "0.0.0.0")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "--allow-host" in said
