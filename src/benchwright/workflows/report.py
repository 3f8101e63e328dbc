"""One or more runs on one benchmark become a report: one HTML file, and the table for the terminal."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

from benchwright.errors import InputError
from benchwright.records import Benchmark, RunManifest
from benchwright.reports.page import report_html
from benchwright.reports.report import Report, report_of
from benchwright.store.benchmark import is_benchmark, read_benchmark
from benchwright.store.runs import Run, read_run


def report(runs: Sequence[Path | str], *, benchmark: Path | str | None = None, grader: str | None = None) -> Report:
    """Gather what there is to say of `runs`, run folders on one benchmark.

    The benchmark is looked for where the run says it was, or in the folder `benchmark`.

    Errors: `InputError` where runs are on different benchmarks or answer the same thing twice; `DamagedFolder`.
    """
    if not runs:
        raise InputError("no run was named; `benchwright evaluate` makes one and says where it lies")
    read = [read_run(Path(folder)) for folder in runs]
    whole = read_benchmark(_benchmark_folder(read[0], benchmark))
    for run in read:
        if run.manifest.benchmark_fingerprint != whole.manifest.fingerprint:
            raise InputError(
                f"{run.folder} is a run on benchmark {run.manifest.benchmark_fingerprint[:12]}…, but "
                f"{whole.manifest.name} is {whole.manifest.fingerprint[:12]}…; evaluate again, or name its benchmark "
                f"with `--benchmark`"
            )
    return report_of(merged(read), whole, grader=grader)


def write_report(report: Report, path: Path | str, *, commands: Sequence[str] | None = None) -> Path:
    """Write `report` as one HTML file to `path` and return it; `commands` are the lines that repeat the work."""
    path = Path(path)
    page = report_html(report, commands=repeat_commands(report, path) if commands is None else commands)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    try:
        # A lone surrogate in a document must not cost the report.
        draft.write_bytes(page.encode("utf-8", "replace"))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def merged(runs: Sequence[Run]) -> Run:
    """Return `runs` as one; a model may answer under one condition in one of them only."""
    if len(runs) == 1:
        return runs[0]
    held = Counter(pair for run in runs for pair in {(r.model, r.condition) for r in run.responses})
    twice = next((pair for pair, count in held.items() if count > 1), None)
    if twice:
        raise InputError(
            f"two of the runs hold answers of `{twice[0]}` under `{twice[1]}`; make one report for each, or compare "
            f"them with `benchwright compare`"
        )
    graders = sorted({str(run.manifest.settings.get("grader")) for run in runs})
    if len(graders) > 1:
        raise InputError(f"the runs were graded by {' and '.join(graders)}; `benchwright grade` can grade them alike")
    return Run(
        folder=runs[0].folder,
        manifest=_joint_manifest([run.manifest for run in runs]),
        responses=tuple(response for run in runs for response in run.responses),
        scores=tuple(score for run in runs for score in run.scores),
        timings=tuple(timing for run in runs for timing in run.timings),
    )


def _joint_manifest(manifests: Sequence[RunManifest]) -> RunManifest:
    first = manifests[0]
    prompts = tuple(dict.fromkeys(manifest.prompt for manifest in manifests))
    return first.model_copy(
        update={
            "id": " + ".join(manifest.id for manifest in manifests),
            "models": tuple(dict.fromkeys(name for manifest in manifests for name in manifest.models)),
            "conditions": tuple(dict.fromkeys(name for manifest in manifests for name in manifest.conditions)),
            "repeats": max(manifest.repeats for manifest in manifests),
            "prompt": "\n\n<!-- another run was asked with -->\n\n".join(prompts),
            "is_closed": all(manifest.is_closed for manifest in manifests),
        }
    )


def _benchmark_folder(run: Run, named: Path | str | None) -> Path:
    if named is not None:
        return Path(named)
    stated = Path(run.manifest.benchmark)
    for folder in (stated, run.folder / stated, run.folder.parent / stated, run.folder.parent.parent / stated):
        if is_benchmark(folder):
            return folder
    raise InputError(
        f"{run.folder} was run on the benchmark `{run.manifest.benchmark}`, which is not there; "
        f"say where it is with `--benchmark DIR`"
    )


def repeat_commands(report: Report, path: Path) -> tuple[str, ...]:
    """Return the command lines that ask the same models the same questions and make this report."""
    manifest = report.run.manifest
    models = " ".join(f"-m {quote(model)}" for model in manifest.models)
    conditions = " ".join(f"-c {condition}" for condition in manifest.conditions)
    extra = (f" --repeats {manifest.repeats}" if manifest.repeats != 1 else "") + (
        f" --seed {manifest.seed}" if manifest.seed else ""
    )
    folder = report.run.folder
    return (
        *_generate_command(report.benchmark, manifest.benchmark),
        f"benchwright evaluate {quote(manifest.benchmark)} {models} {conditions}{extra} -o {quote(str(folder))}",
        f"benchwright report {quote(str(folder))} -o {quote(str(path))}",
    )


def _generate_command(benchmark: Benchmark, folder: str) -> tuple[str, ...]:
    """Return the line that wrote the benchmark by rule; `DOCS` stands for the files, whose place is not recorded."""
    settings = benchmark.manifest.settings
    if not all(writer.startswith("rule:") for writer in benchmark.manifest.writers):
        return ()
    asked = f" --questions {benchmark.manifest.asked}" if benchmark.manifest.asked is not None else ""
    seed = f" --seed {settings['seed']}" if settings.get("seed") else ""
    language = f" --language {settings['language']}" if settings.get("language") else ""
    return (f"benchwright generate DOCS -o {quote(folder)}{asked}{seed}{language}",)
