"""Push a benchmark folder to the Hugging Face Hub: only when asked, and private."""

import os
from pathlib import Path
from typing import Any, Protocol

from benchwright.errors import InputError, ModelError
from benchwright.store.benchmark import FILES, MANIFEST, README, read_benchmark

EXTRA = 'pip install "benchwright[hf]"'


class Hub(Protocol):
    """The part of `huggingface_hub.HfApi` that a push needs."""

    def create_repo(self, repo_id: str, *, repo_type: str, private: bool, exist_ok: bool) -> Any:
        """Make the repository, or leave the one that is there."""
        ...

    def repo_info(self, repo_id: str, *, repo_type: str) -> Any:
        """Tell what is there; its `private` counts."""
        ...

    def upload_folder(
        self, *, repo_id: str, repo_type: str, folder_path: Path, allow_patterns: list[str], commit_message: str
    ) -> Any:
        """Upload the files that match, as one commit."""
        ...


def push_benchmark(folder: Path, repository: str, *, hub: Hub | None = None) -> str:
    """Upload the benchmark in `folder` as the private dataset `repository`, and return its address.

    The files go as they lie: the README's header says which is which, so `load_dataset(repository, "questions")` reads
    them. Nothing else in the folder is uploaded.

    Raises:
        InputError: the name is no `owner/name`, the extra is not installed, or a public repository has this name.
        DamagedFolder: the folder holds no whole benchmark.
        ModelError: the Hub refuses; its words are in the text.
    """
    owner, slash, name = repository.partition("/")
    if not (owner and slash and name) or "/" in name:
        raise InputError(f"`{repository}` is no repository; write owner/name, such as my-team/warranty-benchmark")
    benchmark = read_benchmark(folder)
    hub = hub or _client()
    try:
        hub.create_repo(repository, repo_type="dataset", private=True, exist_ok=True)
        if not hub.repo_info(repository, repo_type="dataset").private:
            raise InputError(
                f"the dataset `{repository}` is there already and is public, so nothing was uploaded; "
                "make it private on the Hub, or choose another name"
            )
        hub.upload_folder(
            repo_id=repository,
            repo_type="dataset",
            folder_path=folder,
            allow_patterns=[*FILES, MANIFEST, README],
            commit_message=f"{len(benchmark.questions)} questions, fingerprint {benchmark.manifest.fingerprint[:12]}",
        )
    except OSError as error:
        # The client's errors are of the kind of `requests` or `httpx`, by its version; both are kinds of OSError …
        raise _refused(repository, error) from error
    except Exception as error:
        # … but for the latest, whose words are the same.
        if type(error).__module__.partition(".")[0] not in ("huggingface_hub", "httpx", "requests"):
            raise
        raise _refused(repository, error) from error
    return f"https://huggingface.co/datasets/{repository}"


def _refused(repository: str, error: Exception) -> ModelError:
    said = " ".join(str(error).split())[:300]
    for secret in {os.environ.get("HF_TOKEN", ""), os.environ.get("HUGGING_FACE_HUB_TOKEN", "")} - {""}:
        said = said.replace(secret, "…")
    return ModelError(
        f"the Hub refused `{repository}`: {said}; log in with `hf auth login` or set HF_TOKEN to a token that may write"
    )


def _client() -> Hub:
    try:
        from huggingface_hub import HfApi  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise InputError(f"pushing needs the client of the Hub: {EXTRA}") from error
    client: Hub = HfApi()
    return client
