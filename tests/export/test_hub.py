"""A push goes out only when asked, only private, and only with the benchmark's own files."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner
from tests.synthetic import synthetic_folder

from benchwright.cli.export import command
from benchwright.errors import InputError, ModelError
from benchwright.export.hub import push_benchmark


@dataclass
class FakeHub:
    """Stands for the Hub: remembers what it was asked, and what a repository holds."""

    endpoint: str = "https://huggingface.co"
    is_public: bool = False
    refusal: Exception | None = None
    created: dict[str, Any] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def create_repo(self, repo_id: str, **how: Any) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.created = {"repo_id": repo_id, **how}

    def repo_info(self, repo_id: str, **_: Any) -> SimpleNamespace:
        return SimpleNamespace(private=not self.is_public)

    def upload_folder(self, *, folder_path: Path, allow_patterns: list[str], **_: Any) -> None:
        self.files = {path.name for path in folder_path.iterdir() if path.name in allow_patterns}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    synthetic_folder(tmp_path / "houses", documents=2, facts=3)
    (tmp_path / "houses" / "notes.txt").write_text("for us alone")
    return tmp_path / "houses"


def test_it_is_private_and_holds_the_benchmark_and_nothing_else(folder: Path) -> None:
    hub = FakeHub()
    assert push_benchmark(folder, "team/houses", hub=hub) == "https://huggingface.co/datasets/team/houses"
    assert hub.created == {"repo_id": "team/houses", "repo_type": "dataset", "private": True, "exist_ok": True}
    assert {"questions.jsonl", "documents.jsonl", "manifest.json", "README.md"} <= hub.files
    assert "notes.txt" not in hub.files


def test_into_a_public_repository_nothing_goes(folder: Path) -> None:
    hub = FakeHub(is_public=True)
    with pytest.raises(InputError, match="is public, so nothing was uploaded"):
        push_benchmark(folder, "team/houses", hub=hub)
    assert hub.files == set()


def test_a_refusal_is_one_line_without_the_token(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret_of_mine")
    with pytest.raises(ModelError, match=r"cannot be reached \(401 for …\)") as caught:
        push_benchmark(folder, "team/houses", hub=FakeHub(refusal=OSError("401 for\nhf_secret_of_mine")))
    assert "hf_secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_name_of_a_repository_is_refused_before_anything_is_sent(folder: Path) -> None:
    for name in ("houses", "/houses", "team/", "team/a/b"):
        with pytest.raises(InputError, match="owner/name"):
            push_benchmark(folder, name, hub=FakeHub())


@pytest.fixture
def hub_server() -> Iterator[Callable[..., str]]:
    """Serves what the real client asks of the Hub, on loopback; `hub_server(status=403)` refuses with that status."""
    servers: list[ThreadingHTTPServer] = []

    def serve(*, status: int = 200, is_public: bool = False) -> str:
        class Handler(_HubHandler):
            refusal, is_open = (status, is_public)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


class _HubHandler(BaseHTTPRequestHandler):
    refusal = 200
    is_open = False
    asked: ClassVar[list[tuple[str, str]]] = []

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.asked.append((self.path, body))
        if self.refusal != 200:
            return self._send({"error": "not with this token"}, self.refusal)
        if "/preupload/" in self.path:
            files = [
                {"path": row["path"], "uploadMode": "regular", "shouldIgnore": False}
                for row in json.loads(body)["files"]
            ]
            return self._send({"files": files})
        if "/commit/" in self.path:
            return self._send(
                {"commitUrl": f"http://{self.headers['Host']}/datasets/team/houses/commit/a", "commitOid": "a" * 40}
            )
        if self.path == "/api/repos/create":
            return self._send({"url": f"http://{self.headers['Host']}/datasets/team/houses", "name": "team/houses"})
        return self._send(
            {"id": "team/houses", "private": not self.is_open, "sha": "b" * 40, "siblings": [], "tags": []}
        )

    def _send(self, value: object, status: int = 200) -> None:
        sent = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    do_GET = do_POST = _answer  # noqa: N815 (the names that the server of the standard library calls)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def push(folder: Path, endpoint: str, token: str = "hf_of_mine") -> tuple[int, str]:
    """The real command with the real client; returns its exit code and all that it said."""
    pytest.importorskip("huggingface_hub", reason="the client of the Hub is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "benchwright", "export", str(folder), "--push", "team/houses"],
        env={**os.environ, "HF_ENDPOINT": endpoint, "HF_HOME": str(folder.parent / "hf"), "HF_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_real_client_uploads_privately_and_nothing_else(folder: Path, hub_server: Callable[..., str]) -> None:
    endpoint = hub_server()
    _HubHandler.asked.clear()
    code, said = push(folder, endpoint)
    assert code == 0, said
    assert f"pushed, private: {endpoint}/datasets/team/houses" in said
    asked = dict(_HubHandler.asked)
    created = json.loads(asked["/api/repos/create"])
    assert created.get("private") is True or created.get("visibility") == "private"
    (commit,) = [body for path, body in _HubHandler.asked if "/commit/" in path]
    rows = [json.loads(line) for line in commit.splitlines()]
    files = {row["value"]["path"] for row in rows if row["key"] in ("file", "lfsFile")}
    assert {"questions.jsonl", "documents.jsonl", "manifest.json", "README.md"} <= files
    assert "notes.txt" not in files


def test_what_stops_a_push_is_one_line_with_the_way_out(folder: Path, hub_server: Callable[..., str]) -> None:
    for endpoint, token, words in (
        (hub_server(status=401), "hf_of_mine", "does not take the token"),
        (hub_server(status=403), "hf_of_mine", "use one that may write for `team`"),
        (hub_server(is_public=True), "hf_of_mine", "is public, so nothing was uploaded"),
        (hub_server(), "", "none is there; log in with `hf auth login`"),
        ("http://127.0.0.1:9", "hf_of_mine", "the Hub at http://127.0.0.1:9 cannot be reached"),
    ):
        code, said = push(folder, endpoint, token)
        assert code == 1, said
        assert words in said
        assert "hf_of_mine" not in said
        assert "Traceback" not in said
        assert len([line for line in said.splitlines() if line.startswith("error:")]) == 1


def test_the_command_asks_for_a_harness_or_a_push(folder: Path) -> None:
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 2
    assert "--push OWNER/NAME" in result.output
    assert CliRunner().invoke(command, [str(folder), "--to", "lm-eval"]).exit_code == 2
