"""Run folders: responses, scores and timings, appended as they come and sorted when the run closes."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar

from pydantic import ValidationError

from benchwright.errors import DamagedFolder, InputError
from benchwright.records import Record, Response, RunManifest, Score, Timing, content_hash
from benchwright.store.benchmark import is_benchmark

MANIFEST = "manifest.json"
RESPONSES = "responses.jsonl"
SCORES = "scores.jsonl"
TIMINGS = "timings.jsonl"

SomeRecord = TypeVar("SomeRecord", bound=Record)


@dataclass(frozen=True)
class Run:
    """A whole run in memory. Every total is recomputed from these rows."""

    folder: Path
    manifest: RunManifest
    # Not shown: asyncio writes the result of a finished task out when it puts the handler of Ctrl-C back.
    responses: tuple[Response, ...] = field(repr=False)
    scores: tuple[Score, ...] = field(repr=False)
    timings: tuple[Timing, ...] = field(repr=False)

    def scores_by(self, grader: str) -> dict[str, Score]:
        """Return the scores that `grader` gave, by response id."""
        return {score.response_id: score for score in self.scores if score.grader == grader}


@dataclass
class RunWriter:
    """Appends rows to a run folder that is still open. Use it as a context manager."""

    folder: Path
    _files: dict[str, IO[str]] = field(default_factory=dict[str, IO[str]])

    def response(self, response: Response, timing: Timing) -> None:
        """Append one response and its timing; both are with the operating system when this returns."""
        # The timing first: a response without one would be kept for ever, a timing without a response is replaced.
        self._append(TIMINGS, timing)
        self._append(RESPONSES, response)

    def score(self, score: Score) -> None:
        """Append one score."""
        self._append(SCORES, score)

    def _append(self, name: str, record: Record) -> None:
        if name not in self._files:
            path = self.folder / name
            _cut_torn_line(path)
            self._files[name] = path.open("a", encoding="utf-8", newline="\n")
        self._files[name].write(_line(record))
        self._files[name].flush()

    def __enter__(self) -> "RunWriter":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        self._files.clear()


def run_id(manifest: RunManifest, identity: object) -> str:
    """Return the id of a run: a hash of what shapes its answers, so that the same command continues the same run.

    `identity` is whatever else decides what is asked (option order, the settings of each model).
    """
    shaped = manifest.model_dump(exclude={"id", "is_closed", "benchmark", "version"})
    return content_hash([shaped, identity])[:16]


def start_run(folder: Path, manifest: RunManifest) -> Run:
    """Make the run folder, or return what is already in it.

    Errors: `InputError` where the folder holds another run or something that is no run.
    """
    if (folder / MANIFEST).is_file():
        run = read_run(folder)
        if run.manifest.id != manifest.id:
            raise InputError(
                f"{folder} holds run {run.manifest.id}, and this command would be run {manifest.id}; "
                f"give another folder with `-o`"
            )
        return run
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(f"{folder} is not empty and holds no run; give another folder with `-o`")
    folder.mkdir(parents=True, exist_ok=True)
    _write_whole(folder / MANIFEST, json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n")
    return Run(folder, manifest, (), (), ())


def close_run(folder: Path) -> Run:
    """Sort the rows of a run, each id once (the latest), mark it closed and return it."""
    run = read_run(folder)
    _replace_rows(folder / RESPONSES, run.responses)
    _replace_rows(folder / SCORES, run.scores)
    _replace_rows(folder / TIMINGS, run.timings)
    closed = run.manifest.model_copy(update={"is_closed": True})
    _write_whole(folder / MANIFEST, json.dumps(closed.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n")
    return Run(folder, closed, run.responses, run.scores, run.timings)


def replace_scores(run: Run, scores: Iterable[Score]) -> Run:
    """Write `scores` in place of those of the same grader for the same response, and return the run."""
    merged = {(score.response_id, score.grader): score for score in (*run.scores, *scores)}
    ordered = tuple(merged[key] for key in sorted(merged))
    _replace_rows(run.folder / SCORES, ordered)
    return Run(run.folder, run.manifest, run.responses, ordered, run.timings)


def marked_by(run: Run, grader: str) -> Run:
    """Return the run with `grader` as the one whose scores count, and keep that in its manifest."""
    if run.manifest.settings.get("grader") == grader:
        return run
    manifest = run.manifest.model_copy(update={"settings": {**run.manifest.settings, "grader": grader}})
    text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    _write_whole(run.folder / MANIFEST, text)
    return Run(run.folder, manifest, run.responses, run.scores, run.timings)


def read_run(folder: Path) -> Run:
    """Read the run in `folder`. A last line torn by an interruption is left out; any other damage is refused.

    Errors: `DamagedFolder` with file and line.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise DamagedFolder(f"{folder} is not a run: it has no {MANIFEST}; `benchwright evaluate` makes one")
    if is_benchmark(folder):
        raise DamagedFolder(
            f"{folder} is a benchmark, not a run; `benchwright evaluate {folder} -m MODEL` asks models its questions"
        )
    try:
        manifest = RunManifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise DamagedFolder(f"{folder} is not a run: {path}: {_first_fault(error)}") from error
    responses = _rows(folder / RESPONSES, Response, _response_key)
    scores = _rows(folder / SCORES, Score, lambda score: (score.response_id, score.grader))
    timings = _rows(folder / TIMINGS, Timing, lambda timing: (timing.response_id,))
    known = {response.id for response in responses}
    # Scores and timings whose response was torn off are answered again.
    return Run(
        folder,
        manifest,
        responses,
        tuple(score for score in scores if score.response_id in known),
        tuple(timing for timing in timings if timing.response_id in known),
    )


def _response_key(response: Response) -> tuple[str | int, ...]:
    return response.model, response.condition, response.question_id, response.repeat


def _rows(
    path: Path, kind: type[SomeRecord], key: Callable[[SomeRecord], tuple[str | int, ...]]
) -> tuple[SomeRecord, ...]:
    if not path.is_file():
        return ()
    found: dict[tuple[str | int, ...], SomeRecord] = {}
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = kind.model_validate_json(line)
        except ValidationError as error:
            if number == len(lines):
                break  # Without a line end: the interruption fell into this line.
            raise DamagedFolder(f"{path}, line {number}: {_first_fault(error)}") from error
        found[key(row)] = row
    return tuple(found[name] for name in sorted(found))


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where}: {fault['msg']}" if where else fault["msg"]


def _cut_torn_line(path: Path) -> None:
    """Drop what follows the last line end, so that the next row begins a line of its own."""
    if not path.is_file():
        return
    with path.open("rb+") as file:
        content = file.read()
        if content and not content.endswith(b"\n"):
            file.truncate(content.rfind(b"\n") + 1)


def _line(record: Record) -> str:
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")) + "\n"


def _replace_rows(path: Path, rows: Sequence[Record]) -> None:
    _write_whole(path, "".join(_line(row) for row in rows))


def _write_whole(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
