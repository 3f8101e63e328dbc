"""A folder of documents becomes a benchmark whose questions language models wrote and checked."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchwright.curation import Curator
from benchwright.curation.curate import QUESTION_CHECKS
from benchwright.curation.naming import NamesItsDocument
from benchwright.curation.solver_findings import check_in_words, options_only_set_finding
from benchwright.curation.solving import ANSWERABLE, NAMES, OPTIONS_ONLY, Solvers
from benchwright.documents import Ocr, load, split_all
from benchwright.errors import ConfigError, InputError
from benchwright.evaluation.prompt import read_prompt
from benchwright.generation.order import Order
from benchwright.generation.plan import Plan, make_plan
from benchwright.generation.prompt import load_prompt
from benchwright.generation.related import RareTerms
from benchwright.generation.rewrite import Rewriter
from benchwright.generation.same_titles import told_apart
from benchwright.generation.shelf import Related, usable
from benchwright.generation.sources import Selected
from benchwright.generation.summarise import Summariser
from benchwright.generation.writer import ModelWriter
from benchwright.models.budget import Spend
from benchwright.models.config import load_config
from benchwright.models.journaled import CallSettings, ModelPool, open_by_settings
from benchwright.models.protocol import EmbeddingModel
from benchwright.models.providers import require_language_models
from benchwright.records import BenchmarkManifest, Document, FileStatus, Passages, Question, RejectedQuestion
from benchwright.store.benchmark import is_benchmark, read_benchmark, require_place_for_benchmark, write_benchmark
from benchwright.version import VERSION
from benchwright.workflows.embedding import EMBEDDING, embed, joins_passages, near_of
from benchwright.workflows.generated import Generated, Progress, assembled
from benchwright.workflows.judges import grader_of
from benchwright.workflows.ocr import ModelOcr
from benchwright.workflows.write_questions import RuleCheck, WrittenSet, write_questions

REPLACEABLE = ("write_single", "write_multi", "rewrite", "summarise")
"""The prompts that a user can replace."""


@dataclass(frozen=True)
class Writing:
    """Who writes and who checks, and with what.

    `prompts` replaces packaged prompts by files of the user, by the names in `REPLACEABLE`; `extra_schema` is a JSON
    Schema of own fields that each question gets; `checks` are codes of `curation.solving.NAMES`.
    """

    writers: Sequence[str]
    solvers: Sequence[str] = ()
    judges: Sequence[str] = ()
    rewriter: str = ""
    """Words each question better; needs solvers, who verify every new wording."""
    summariser: str = ""
    """Summarises each document for the writers."""
    embedder: str = ""
    """Embeds the passages, so that those that lie close are asked about together; shared terms join them without."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    prompts: Mapping[str, Path] = field(default_factory=dict)
    extra_schema: Mapping[str, Any] | None = None
    checks: frozenset[str] = frozenset(NAMES)


@dataclass(frozen=True)
class GeneratedByModel:
    """What was made, what it cost, and what went wrong on the way."""

    made: Generated
    spend: tuple[Spend, ...]
    failures: tuple[str, ...]
    rounds: int


def plan_for(
    paths: str | Path | Sequence[str | Path],
    order: Order,
    *,
    seed: int = 0,
    ocr: Ocr | None = None,
    related: Callable[[Selected], Related] = RareTerms,
) -> tuple[Plan, tuple[Document, ...], Passages, tuple[FileStatus, ...]]:
    """Load the documents and plan the questions, without any call.

    Returns:
        The plan, the documents, their passages, and the state of each file.
    """
    documents, passages, files = _loaded(paths, ocr, None)
    plan = make_plan(order, documents, passages, chance=np.random.default_rng(seed), related=related)
    return plan, documents, passages, files


def _loaded(
    paths: str | Path | Sequence[str | Path], ocr: Ocr | None, progress: Progress | None
) -> tuple[tuple[Document, ...], Passages, tuple[FileStatus, ...]]:
    tell = (lambda done, total, _path: progress("documents", done, total)) if progress else None
    loaded = load(paths, ocr=ocr, progress=tell)
    documents = told_apart(loaded.documents)
    return tuple(documents), split_all(documents), loaded.files


async def generate_by_model(
    paths: str | Path | Sequence[str | Path],
    folder: str | Path,
    *,
    order: Order,
    writing: Writing,
    seed: int = 0,
    calls: CallSettings | None = None,
    ocr: Ocr | None = None,
    progress: Progress | None = None,
) -> GeneratedByModel:
    """Write the ordered questions on the documents at `paths` into the benchmark `folder`.

    Every call is in the journal before its answer is used: the same command continues after a crash, and an unchanged
    one makes no call.

    Raises:
        NothingLoaded: no file became a document.
        NothingKept: no question was left; the text tells the most common reason.
        UnknownName: a writer, solver or judge is no language model.
        NotWritten, DamagedFolder: `folder` cannot be written, or holds something else.
        ConfigError: a prompt does not exist.
        BudgetExceeded: the limit is reached; what is paid for is kept, and the same command continues.
    """
    if not writing.writers:
        raise InputError("no writer is named; name a model with `--writer`, or in benchwright.yaml under `writers`")
    if unknown := [name for name in writing.prompts if name not in REPLACEABLE]:
        raise ConfigError(f"there is no prompt `{unknown[0]}` to replace; there are {', '.join(REPLACEABLE)}")
    if writing.rewriter and not (writing.solvers and ANSWERABLE in writing.checks):
        raise InputError(
            "a new wording is verified or dropped, and nobody is named to verify it; name a solver with `--solver`, "
            "or in benchwright.yaml under `solvers`"
        )
    names = [*writing.writers, *writing.solvers, *writing.judges, *(name for _, name in _helpers(writing) if name)]
    calls = calls or CallSettings()
    require_language_models(names, load_config(calls.config))
    target = Path(folder)
    require_place_for_benchmark(target)
    documents, passages, files = _loaded(paths, ocr, progress)
    curator = Curator((*QUESTION_CHECKS, NamesItsDocument(documents)))
    by_id = {document.id: document for document in documents}
    async with open_by_settings(names, _without_what_is_spent(calls, ocr), stage="write") as pool:
        related = await _related(pool, passages, order, writing)
        plan = make_plan(order, documents, passages, chance=np.random.default_rng(seed), related=related)
        summariser = _summariser(pool, by_id, order, writing)
        written = await write_questions(
            plan,
            [_writer(pool, name, order, writing, seed) for name in writing.writers],
            documents=by_id,
            check=_check_with(curator, by_id),
            duplicates=lambda questions: curator.together(questions).rejected,
            solvers=solvers_of(pool, writing),
            rewriter=_rewriter(pool, writing),
            summariser=summariser,
            progress=(lambda done, total: progress("questions", done, total)) if progress else None,
        )
        spend = tuple(pool.spend())
    old = read_benchmark(target) if is_benchmark(target) else None
    findings = [*written.findings, *curator.each(written.questions, documents).findings]
    of_the_set = [options_only_set_finding(written.blind)] if OPTIONS_ONLY in writing.checks and writing.solvers else []
    benchmark = assembled(
        questions=written.questions,
        documents=documents,
        passages=passages,
        rejected=written.rejected,
        findings=findings,
        manifest=_manifest(target, order, writing, seed, plan, written, files),
        curator=curator,
        old=old,
    )
    benchmark = benchmark.model_copy(update={"findings": (*benchmark.findings, *of_the_set)})
    whole = write_benchmark(benchmark, target)
    codes = Counter(code for dropped in written.rejected for code in dropped.codes)
    made = Generated(whole, target, len(written.questions), {}, dict(sorted(codes.items())))
    failures = (*written.failures, *(summariser.failures if summariser is not None else ()))
    return GeneratedByModel(made, spend, failures, written.rounds)


def _without_what_is_spent(calls: CallSettings, ocr: Ocr | None) -> CallSettings:
    """The budget is the command's: what a vision model took to read the pages is gone from it."""
    limit = calls.budget_usd if calls.budget_usd is not None else load_config(calls.config).budget_usd
    if limit is None or not isinstance(ocr, ModelOcr):
        return calls
    return dataclasses.replace(calls, budget_usd=max(0.0, limit - ocr.spent_usd))


def solvers_of(pool: ModelPool, writing: Writing) -> Solvers | None:
    """Return the checks by model, or `None` where no solver is named."""
    if not writing.solvers:
        return None
    models = tuple(pool.at("check")[name] for name in writing.solvers)
    grader = grader_of(writing.judges, pool.at("judge"))
    return Solvers(
        models,
        read_prompt(),
        grader,
        checks=writing.checks,
        parameters=writing.parameters,
        grades_open=bool(writing.judges),
    )


def _writer(pool: ModelPool, name: str, order: Order, writing: Writing, seed: int) -> ModelWriter:
    return ModelWriter(
        pool[name],
        order,
        seed=seed,
        parameters=writing.parameters,
        single=load_prompt("write_single", writing.prompts.get("write_single")),
        multi=load_prompt("write_multi", writing.prompts.get("write_multi")),
        extra_schema=writing.extra_schema,
    )


def _rewriter(pool: ModelPool, writing: Writing) -> Rewriter | None:
    if not writing.rewriter:
        return None
    prompt = load_prompt("rewrite", writing.prompts.get("rewrite"))
    return Rewriter(pool.at("rewrite")[writing.rewriter], writing.parameters, prompt)


def _summariser(
    pool: ModelPool, documents: Mapping[str, Document], order: Order, writing: Writing
) -> Summariser | None:
    if not writing.summariser:
        return None
    model = pool.at("summarise")[writing.summariser]
    prompt = load_prompt("summarise", writing.prompts.get("summarise"))
    return Summariser(model, documents, order.language, writing.parameters, prompt)


async def _related(
    pool: ModelPool, passages: Passages, order: Order, writing: Writing
) -> Callable[[Selected], Related]:
    """What relates passages: the embeddings of the user's own model, else rare terms that they share."""
    if not writing.embedder or not joins_passages(order):
        return RareTerms
    model = pool.at(EMBEDDING)[writing.embedder] if writing.embedder in pool else None
    if not isinstance(model, EmbeddingModel):
        raise ConfigError(f"`{writing.embedder}` gives no embeddings; name a model of an OpenAI-compatible endpoint")
    worth_asking = usable(passages)
    return near_of(worth_asking, await embed(worth_asking, model))


def _check_with(curator: Curator, documents: Mapping[str, Document]) -> RuleCheck:
    def check(question: Question) -> Question | RejectedQuestion:
        result = curator.each([question], [documents[name] for name in question.document_ids])
        return result.kept[0] if result.kept else result.rejected[0]

    return check


def _helpers(writing: Writing) -> list[tuple[str, str]]:
    return [("rewriter", writing.rewriter), ("summariser", writing.summariser), ("embedder", writing.embedder)]


def _most_often(rejected: Sequence[RejectedQuestion]) -> str:
    """Why questions were rejected, the two most frequent reasons by code and name."""
    codes = Counter(code for dropped in rejected for code in dropped.codes)
    said = ", ".join(f"{check_in_words(code)} ({code}) {count}" for code, count in codes.most_common(2))
    return f"; {len(rejected)} written ones were rejected, most often: {said}" if said else ""


def _manifest(
    target: Path,
    order: Order,
    writing: Writing,
    seed: int,
    plan: Plan,
    written: WrittenSet,
    files: Sequence[FileStatus],
) -> BenchmarkManifest:
    missing = order.questions - len(written.questions)
    shortfall = plan.shortfall
    if missing > 0:
        said = f"{missing} of {order.questions} questions are missing after {written.rounds} rounds"
        lacks = f" ({written.lacks})" if written.lacks else ""
        failed = f"; {len(written.failures)} calls gave no readable answer" if written.failures else ""
        rest = f"; {plan.shortfall}" if plan.shortfall else ""
        shortfall = f"{said}{lacks}{failed}{_most_often(written.rejected)}{rest}"
    return BenchmarkManifest(
        name=target.resolve().name,
        version=VERSION,
        fingerprint="",
        settings={
            "seed": seed,
            "order": order.model_dump_json(exclude_defaults=True),
            "writers": ",".join(writing.writers),
            "solvers": ",".join(writing.solvers),
            "judges": ",".join(writing.judges),
            **{role: name for role, name in _helpers(writing) if name},
            "checks": ",".join(sorted(writing.checks)) if writing.solvers else "",
        },
        asked=order.questions,
        shortfall=shortfall,
        files=tuple(files),
    )
