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
        address = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\w+")
        found = next(filter(None, map(address.search, process.stdout)), None)
        assert found
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        base = found[0].partition("/?")[0]
        with pytest.raises(urllib.error.HTTPError, match="401"):
            opener.open(f"{base}/api/me", timeout=60)
        request = urllib.request.Request(f"{base}/?{found[0].partition('?')[2]}")
        opener.open(request, timeout=60).read()
        with opener.open(f"{base}/api/models", timeout=60) as answer:
            assert "builtin/bm25" in json.loads(answer.read())["models"]
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
        assert "stopped" in process.stdout.read()
        assert (tmp_path / "votes.sqlite").is_file()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_whom_a_provider_may_let_in_must_be_said(tmp_path: Path):
    process = start(tmp_path, "--openid", "https://login.example.com", "--openid-client", "arena")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "--openid-allow" in said


def test_nobody_of_that_pseudonym_is_told(tmp_path: Path):
    process = start(tmp_path, "--forget", "voter-nobody")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "voter-nobody" in said


def test_a_wider_address_without_an_allowed_name_is_refused(tmp_path: Path):
    process = start(tmp_path, "--host", "0.0.0.0")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "--allow-host" in said
