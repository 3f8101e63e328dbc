"""Grade a run again, by rules or by judges, without a single call to its models."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchwright.errors import DamagedFolder, InputError, unknown_name
from benchwright.evaluation.board import board_of
from benchwright.evaluation.grader import Grader
from benchwright.evaluation.graders import ByForm, Choice, Clock, Date, Exact, Numeric, ShortText, TokenF1
from benchwright.evaluation.regrading import changed
from benchwright.models.config import load_config
from benchwright.models.journaled import CallSettings, open_by_settings
from benchwright.models.providers import require_language_models
from benchwright.records import Benchmark
from benchwright.store.benchmark import read_benchmark
from benchwright.store.lock import only_writer
from benchwright.store.runs import Run, marked_by, read_run
from benchwright.workflows.evaluate import DEFAULT_CONCURRENCY, Evaluation, graded
from benchwright.workflows.judges import grader_of

GRADERS: dict[str, Grader] = {
    grader.name: grader for grader in (ByForm(), Choice(), Exact(), Numeric(), Date(), Clock(), ShortText(), TokenF1())
}
"""The graders that need no model, by name."""


@dataclass(frozen=True)
class Opened:
    """A run with the benchmark that it was run on."""

    run: Run
    benchmark: Benchmark


def open_run(folder: Path | str, *, benchmark: Path | str | None = None) -> Opened:
    """Read the run in `folder` and its benchmark (from where the run says it is, or from `benchmark`).

    Errors: `InputError` where the benchmark is gone or another one lies in its place.
    """
    run = read_run(Path(folder))
    place = _place(run, benchmark)
    whole = read_benchmark(place)
    if whole.manifest.fingerprint != run.manifest.benchmark_fingerprint:
        asked = {response.question_id for response in run.responses}
        missing = asked - {question.id for question in whole.questions}
        if missing:
            raise InputError(
                f"the benchmark in {place} lacks {len(missing)} of the {len(asked)} questions that {folder} answered; "
                f"name the right one with `--benchmark DIR`"
            )
    return Opened(run, whole)


def _place(run: Run, benchmark: Path | str | None) -> Path:
    if benchmark is not None:
        return Path(benchmark)
    place = Path(run.manifest.benchmark)
    # A project folder that was moved as a whole keeps benchmark and run side by side.
    for candidate in (place, run.folder / place, run.folder.parent.parent / place):
        if candidate.is_dir():
            return candidate
    raise InputError(
        f"the benchmark of {run.folder} was {run.manifest.benchmark}, which is not there; "
        f"name it with `--benchmark DIR`"
    )


def grader_named(name: str) -> Grader:
    """Return the grader called `name`; `UnknownName` with close matches otherwise."""
    if name not in GRADERS:
        raise unknown_name("grader", name, GRADERS)
    return GRADERS[name]


async def grade(
    folder: Path | str,
    grader: str | Grader = "by_form",
    *,
    judges: Sequence[str] = (),
    judge_prompt: Path | None = None,
    benchmark: Path | str | None = None,
    calls: CallSettings | None = None,
) -> Evaluation:
    """Mark every response of the run in `folder` with `grader`, in place of what it said before, and return the board.

    `changed` of what is returned holds the answers whose mark is now another.
    Scores of other graders are kept. No candidate is called. With `judges`, they mark open answers and what the rules
    cannot read, and their marks become those of the run, which reports and boards show.
    """
    opened = open_run(folder, benchmark=benchmark)
    if not opened.run.responses:
        raise DamagedFolder(f"{folder} has no response to grade; continue it with `benchwright evaluate`")
    settings = calls or CallSettings()
    require_language_models(judges, load_config(settings.config))
    async with open_by_settings(judges, settings, stage="judge") as pool:
        named = grader_named(grader) if isinstance(grader, str) else grader
        marker = grader_of(judges, pool, judge_prompt) if judges else named
        workers = settings.concurrency or DEFAULT_CONCURRENCY
        with only_writer(opened.run.folder, waits=False):
            run = await graded(opened.run, opened.benchmark, marker, again=True, workers=workers)
            run = marked_by(run, marker.name) if judges else run
        spend = tuple(pool.spend())
    board = board_of(run, opened.benchmark, grader=marker.name)
    return Evaluation(run, opened.benchmark, board, spend, changed(opened.run, run, marker.name))
