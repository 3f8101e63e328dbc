"""Evaluate models on a benchmark: ask every question under every condition, grade, and tally from the rows."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchwright.errors import InputError, NothingKept
from benchwright.evaluation.board import Board, board_of
from benchwright.evaluation.conditions import Context, check_conditions
from benchwright.evaluation.grader import Grader
from benchwright.evaluation.graders import ByForm
from benchwright.evaluation.prompt import AnsweringPrompt, read_prompt, titles_of
from benchwright.evaluation.refusals import is_refusal
from benchwright.evaluation.regrading import Marked
from benchwright.models.budget import Spend
from benchwright.models.config import load_config
from benchwright.models.journaled import CallSettings, open_by_settings
from benchwright.models.protocol import Model
from benchwright.models.providers import require_language_models
from benchwright.models.registry import resolve_model
from benchwright.records import Benchmark, Passage, Question, Reply, Request, Response, RunManifest, Score, Timing
from benchwright.store.benchmark import read_benchmark
from benchwright.store.lock import only_writer
from benchwright.store.runs import Run, RunWriter, close_run, marked_by, replace_scores, run_id, start_run
from benchwright.version import VERSION
from benchwright.workflows.judges import grader_of
from benchwright.workflows.together import together

DEFAULT_CONDITIONS = ("closed", "passage")
DEFAULT_CONCURRENCY = 32

Progress = Callable[[int, int], None]
"""Called with (done, total) after each response."""


@dataclass(frozen=True)
class Evaluation:
    """A finished run, the benchmark it was run on, and its board."""

    run: Run
    benchmark: Benchmark
    board: Board
    spend: tuple[Spend, ...] = ()
    """What this command paid, by model; nothing for built-in models."""
    changed: tuple[Marked, ...] = ()
    """The answers that are marked otherwise than before, where a run was graded again."""


@dataclass(frozen=True)
class _Task:
    model: Model
    question: Question
    condition: str
    repeat: int
    shown: tuple[Passage, ...]

    @property
    def response_id(self) -> str:
        return Response(
            model=self.model.name,
            question_id=self.question.id,
            condition=self.condition,
            repeat=self.repeat,
            text="",
        ).id


async def evaluate(
    benchmark: Benchmark | Path | str,
    models: Sequence[str | Model],
    *,
    conditions: Sequence[str] = DEFAULT_CONDITIONS,
    repeats: int = 1,
    seed: int = 0,
    runs: Path | str = "runs",
    folder: Path | str | None = None,
    prompt: Path | None = None,
    grader: Grader | None = None,
    judges: Sequence[str] = (),
    judge_prompt: Path | None = None,
    concurrency: int = DEFAULT_CONCURRENCY,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    calls: CallSettings | None = None,
) -> Evaluation:
    """Ask `models` every question of `benchmark` (a benchmark or its folder) under each of `conditions`, and grade.

    The run lies in `runs`/ID, or in `folder`. Its id is a hash of what shapes the answers: the same call continues an
    interrupted run, asks again only what failed in transport, and makes no call when nothing is missing. `calls` says
    how models outside this program are called: configuration, budget, journal, and whether old answers are ignored.
    `judges` mark open answers and what the rules cannot read; several are a panel.

    Errors: `UnknownName` for a model or condition that does not exist; `NothingKept` where no question can be asked.
    """
    where = str(benchmark) if isinstance(benchmark, str | Path) else benchmark.manifest.name
    whole = read_benchmark(Path(benchmark)) if isinstance(benchmark, str | Path) else benchmark
    if repeats < 1 or concurrency < 1:
        raise InputError(f"repeats and concurrency must be at least 1, not {repeats} and {concurrency}")
    asked = check_conditions(conditions)
    settings = calls or CallSettings(concurrency=concurrency)
    require_language_models(judges, load_config(settings.config))
    names = [*(model for model in models if isinstance(model, str)), *judges]
    async with open_by_settings(names, settings, stage="answer") as pool:
        candidates = _resolved(models, pool, whole, seed)
        written = read_prompt(prompt)
        marker = grader or grader_of(judges, pool.at("judge"), judge_prompt)
        manifest = _manifest(where, whole, candidates, asked, repeats, seed, written, parameters or {})
        place = Path(folder) if folder else Path(runs) / manifest.id
        tasks = list(_tasks(whole, candidates, asked, repeats))
        if not tasks:
            raise NothingKept(
                f"none of the {len(whole.questions)} questions can be asked under {', '.join(asked)}; "
                f"questions that cite no document can only be asked with `-c closed`"
            )
        asking = _Asking(written, titles_of(whole.documents), parameters or {}, marker)
        # Each model outside has its own gate; the workers must be enough for all of them together.
        workers = (settings.concurrency or concurrency) * max(1, len(pool))
        with only_writer(place, waits=False):
            kept = start_run(place, manifest)
            run = await _answer(kept, tasks, asking, workers=workers, progress=progress, is_fresh=settings.is_fresh)
            run = marked_by(await graded(run, whole, marker, workers=workers), marker.name)
        spend = tuple(pool.spend())
    return Evaluation(run, whole, board_of(run, whole, grader=marker.name), spend)


def _resolved(
    models: Sequence[str | Model], pool: Mapping[str, Model], benchmark: Benchmark, seed: int
) -> tuple[Model, ...]:
    def resolve(model: str | Model) -> Model:
        if not isinstance(model, str):
            return model
        return pool[model] if model in pool else resolve_model(model, documents=benchmark.documents, seed=seed)

    found = [resolve(model) for model in models]
    if not found:
        raise InputError("no model was named; name one with `-m`, such as `-m builtin/bm25`")
    return tuple({model.name: model for model in found}.values())


def _manifest(
    where: str,
    benchmark: Benchmark,
    models: Sequence[Model],
    conditions: Sequence[str],
    repeats: int,
    seed: int,
    prompt: AnsweringPrompt,
    parameters: Mapping[str, Any],
) -> RunManifest:
    manifest = RunManifest(
        id="",
        benchmark=where,
        benchmark_fingerprint=benchmark.manifest.fingerprint,
        models=tuple(model.name for model in models),
        conditions=tuple(conditions),
        repeats=repeats,
        seed=seed,
        version=VERSION,
        prompt=prompt.source,
        settings={"grader": ByForm().name, "parameters": dict(parameters)},
    )
    identity = [[question.id, list(question.choices)] for question in benchmark.questions]
    return manifest.model_copy(update={"id": run_id(manifest, [identity, [settings_of(model) for model in models]])})


def settings_of(model: Model) -> dict[str, Any]:
    """Return what shapes a model's answers besides its name, where it says so (`settings`)."""
    stated: object = getattr(model, "settings", None)
    return {str(key): str(value) for key, value in stated.items()} if isinstance(stated, Mapping) else {}


def _tasks(benchmark: Benchmark, models: Sequence[Model], conditions: Sequence[str], repeats: int) -> Iterator[_Task]:
    context = Context(benchmark)
    for condition in conditions:
        for question in benchmark.questions:
            shown = context.shown(question, condition)
            if shown is None:
                continue
            for repeat in range(repeats):
                for model in models:
                    yield _Task(model, question, condition, repeat, shown)


async def _answer(
    run: Run,
    tasks: Sequence[_Task],
    asking: "_Asking",
    *,
    workers: int,
    progress: Progress | None,
    is_fresh: bool = False,
) -> Run:
    """Ask what is missing (`is_fresh`: everything), `workers` at a time, grade each answer as it comes, and close."""
    done = set[str]() if is_fresh else {response.id for response in run.responses if response.state != "error"}
    missing = [task for task in tasks if task.response_id not in done]
    if not missing and run.manifest.is_closed:
        return run
    report = progress or (lambda finished, total: None)
    finished = len(tasks) - len(missing)
    report(finished, len(tasks))
    waiting = iter(missing)
    with RunWriter(run.folder) as writer:

        async def work() -> None:
            nonlocal finished
            for task in waiting:
                response, timing = await asking.ask(task)
                writer.response(response, timing)
                if response.state != "error":
                    writer.score(await asking.grader.grade(task.question, response))
                finished += 1
                report(finished, len(tasks))
                # A model that never waits would otherwise keep the other workers from their turn.
                await asyncio.sleep(0)

        await together([work() for _ in range(min(workers, len(missing)))])
    return close_run(run.folder)


@dataclass(frozen=True)
class _Asking:
    """How a task becomes a request."""

    prompt: AnsweringPrompt
    titles: Mapping[str, str]
    parameters: Mapping[str, Any]
    grader: Grader

    async def ask(self, task: _Task) -> tuple[Response, Timing]:
        """Ask one question once."""
        request = Request(
            messages=self.prompt.messages(task.question, task.shown, self.titles),
            parameters=dict(self.parameters),
            question=task.question,
            passages=task.shown,
            choices=task.question.choices,
            repeat=task.repeat,
        )
        started, clock = datetime.now(UTC).isoformat(timespec="milliseconds"), time.perf_counter()
        reply = await task.model.respond(request)
        latency_ms = reply.latency_ms if reply.latency_ms is not None else (time.perf_counter() - clock) * 1000
        response = _response(task, reply)
        return response, Timing(response_id=response.id, latency_ms=latency_ms, started=started, retries=reply.retries)


def _response(task: _Task, reply: Reply) -> Response:
    state, reason = reply.state, reply.reason
    if state == "ok" and is_refusal(reply.text):
        state, reason = "refusal", "the text declines to answer"
    return Response(
        model=task.model.name,
        question_id=task.question.id,
        condition=task.condition,
        repeat=task.repeat,
        text=reply.text,
        state=state,
        reason=reason,
        usage=reply.usage,
        cost_usd=reply.cost_usd,
        parameters=reply.parameters,
    )


async def graded(run: Run, benchmark: Benchmark, grader: Grader, *, again: bool = False, workers: int = 1) -> Run:
    """Return `run` with a score of `grader` for every response; those already scored only when `again`.

    Up to `workers` responses are marked at a time, which shortens the wait for judges.
    """
    questions = {question.id: question for question in benchmark.questions}
    seen = {} if again else run.scores_by(grader.name)
    todo = [r for r in run.responses if r.state != "error" and r.id not in seen and r.question_id in questions]
    if not todo:
        return run
    scores: list[Score] = []
    waiting = iter(todo)

    async def work() -> None:
        for response in waiting:
            scores.append(await grader.grade(questions[response.question_id], response))

    await together([work() for _ in range(min(workers, len(todo)))])
    return replace_scores(run, scores)
