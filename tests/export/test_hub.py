"""A push goes out only when asked, only private, and only with the benchmark's own files."""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from tests.synthetic import synthetic_folder

from benchwright.cli.export import command
from benchwright.errors import InputError, ModelError
from benchwright.export.hub import push_benchmark


@dataclass
class FakeHub:
    """Stands for the Hub: remembers what it was asked, and what a repository holds."""

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
    with pytest.raises(ModelError, match="the Hub refused `team/houses`: 401 for …; log in") as caught:
        push_benchmark(folder, "team/houses", hub=FakeHub(refusal=OSError("401 for\nhf_secret_of_mine")))
    assert "hf_secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_name_of_a_repository_is_refused_before_anything_is_sent(folder: Path) -> None:
    for name in ("houses", "/houses", "team/", "team/a/b"):
        with pytest.raises(InputError, match="owner/name"):
            push_benchmark(folder, name, hub=FakeHub())


def test_the_command_asks_for_a_harness_or_a_push(folder: Path) -> None:
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 2
    assert "--push OWNER/NAME" in result.output
    assert CliRunner().invoke(command, [str(folder), "--to", "lm-eval"]).exit_code == 2
