"""Push a benchmark folder to the Hugging Face Hub: only when asked, and private."""

import os
from pathlib import Path
from typing import Any, Protocol

from benchwright.errors import InputError, ModelError
from benchwright.store.benchmark import FILES, MANIFEST, README, read_benchmark

EXTRA = 'pip install "benchwright[hf]"'
LOG_IN = "log in with `hf auth login`, or set HF_TOKEN to a token that may write"


class Hub(Protocol):
    """The part of `huggingface_hub.HfApi` that a push needs."""

    endpoint: str
    """The address of the Hub; `HF_ENDPOINT` names another."""

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
        InputError: the name is no `owner/name`, the extra is not installed, there is no token, or a public repository
            has this name.
        DamagedFolder: the folder holds no whole benchmark.
        ModelError: the Hub refuses or cannot be reached; its words are in the text.
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
    except _failures() as error:
        raise _refused(repository, hub.endpoint, error) from error
    return f"{hub.endpoint}/datasets/{repository}"


def _failures() -> tuple[type[Exception], ...]:
    """What the client raises: its own errors, and those of the library it sends with, whichever that is by now."""
    try:
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError
    except ImportError:
        return (OSError,)
    return (OSError, HFValidationError, *(base for base in HfHubHTTPError.__bases__ if issubclass(base, Exception)))


def _refused(repository: str, endpoint: str, error: Exception) -> ModelError:
    """One line that says what happened and the way out, without the token."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    said = " ".join(str(getattr(error, "server_message", None) or error).split())[:300]
    for secret in {os.environ.get("HF_TOKEN", ""), os.environ.get("HUGGING_FACE_HUB_TOKEN", "")} - {""}:
        said = said.replace(secret, "…")
    if status == 401:
        return ModelError(f"the Hub does not take the token ({said}); {LOG_IN}")
    if status == 403:
        owner = repository.partition("/")[0]
        return ModelError(f"the token may not write to `{repository}` ({said}); use one that may write for `{owner}`")
    if status is None and not isinstance(error, ValueError):
        return ModelError(
            f"the Hub at {endpoint} cannot be reached ({said}); run the same command again when it can be"
        )
    return ModelError(f"the Hub refused `{repository}`: {f'{status}, ' if status else ''}{said}")


def _client() -> Hub:
    # The client reports its use to the Hub unless told otherwise.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from huggingface_hub import HfApi, get_token
    except ImportError as error:
        raise InputError(f"pushing needs the client of the Hub: {EXTRA}") from error
    if not get_token():
        raise InputError(f"pushing needs a token of the Hub, and none is there; {LOG_IN}")
    client: Hub = HfApi()
    return client
