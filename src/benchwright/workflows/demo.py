"""The main job on the example documents: a benchmark, built-in models ranked on it, and a report, in seconds."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from benchwright.errors import InputError
from benchwright.reports.report import Report
from benchwright.workflows.evaluate import evaluate
from benchwright.workflows.generate import generate
from benchwright.workflows.report import report, write_report

QUESTIONS = 300
MODELS = (
    "builtin/random",
    "builtin/longest",
    "builtin/overlap",
    "builtin/keyword",
    "builtin/bm25",
    "builtin/holder-50",
    "builtin/oracle",
)
"""Two or more of each sort: what reads nothing, what reads, what remembers, and what knows."""
CONDITIONS = ("closed", "passage")

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is."""


@dataclass(frozen=True)
class Demo:
    """What the demo left on disk, and the report in memory."""

    documents: Path
    benchmark: Path
    run: Path
    page: Path
    report: Report


async def demo(folder: Path | str = "benchwright-demo", *, progress: Progress | None = None) -> Demo:
    """Run the whole chain on the example documents inside `folder`; run again, it finds its work done.

    Errors: `DamagedFolder` or `InputError` where `folder` holds something else.
    """
    place = Path(folder)
    if place.is_dir() and any(place.iterdir()) and not (place / "documents").is_dir():
        raise InputError(f"{place} holds other files; choose a new or empty folder with `-o`")
    tell = progress or (lambda stage, done, total: None)
    documents = copy_documents(place / "documents")
    generate(documents, place / "benchmark", questions=QUESTIONS, name="Benchwright demo", progress=tell)
    evaluation = await evaluate(
        place / "benchmark",
        MODELS,
        conditions=CONDITIONS,
        folder=place / "run",
        progress=lambda done, total: tell("answers", done, total),
    )
    found = report([evaluation.run.folder], benchmark=place / "benchmark")
    commands = (
        f"benchwright generate {documents} -o {place / 'benchmark'} --questions {QUESTIONS}",
        f"benchwright evaluate {place / 'benchmark'} {' '.join(f'-m {model}' for model in MODELS)} -o {place / 'run'}",
        f"benchwright report {place / 'run'} -o {place / 'report.html'}",
    )
    page = write_report(found, place / "report.html", commands=commands)
    return Demo(documents, place / "benchmark", place / "run", page, found)


def copy_documents(folder: Path) -> Path:
    """Copy the example documents into `folder` and return it."""
    with resources.as_file(resources.files("benchwright.demo").joinpath("documents")) as source:
        # Not `copytree`: it tries every file before it says, all at once, that the disk is full.
        for file in sorted(path for path in source.rglob("*") if path.is_file()):
            copy = folder / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
    return folder
