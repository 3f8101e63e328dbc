"""`benchwright generate`: a benchmark from documents."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from benchwright.cli.ocr import ocr_options

if TYPE_CHECKING:
    from benchwright.documents import Ocr
    from benchwright.models.config import Config
    from benchwright.models.journaled import CallSettings
    from benchwright.workflows.generated import Generated, Progress

MOST_NAMED = 5
"""Documents without a question that are named; the card counts every one."""


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("paths", nargs=-1, metavar="DOCS...")
@click.option("-o", "--out", "folder", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option("--questions", type=click.IntRange(min=1), help="How many; left out: all that can stand together.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Other seeds, other questions.")
@click.option("--kinds", help="Rules to use, separated by commas; left out: those whose questions hold up.")
@click.option("--language", help="Only documents in this language, such as `en` or `ko`.")
@click.option("--writer", "writers", multiple=True, help="A model that writes instead of the rules; again for more.")
@click.option("--solver", "solvers", multiple=True, help="A model that checks questions by solving them.")
@click.option("--judge", "judges", multiple=True, help="A model that grades the solvers' open answers.")
@click.option("--rewriter", help="A model that words each question better; the solvers verify every wording.")
@click.option("--summariser", help="A model that summarises each document as context for the writers.")
@click.option("--embedder", help="A model whose embeddings say which passages a question may join.")
@click.option("--by-rule", is_flag=True, help="Write by rule, whatever benchwright.yaml says.")
@click.option("--prompt", "prompts", multiple=True, metavar="NAME=FILE", help="Your own prompt: write_single …")
@click.option(
    "--schema", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON Schema of own fields."
)
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="[default: benchwright.yaml, if here]")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="Dollars this command may spend at most.")
@click.option("--concurrency", type=click.IntRange(1, 4096), help="Requests at a time per provider.")
@click.option("--fresh", is_flag=True, help="Ask again, whatever the journal holds.")
@ocr_options
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    paths: tuple[str, ...],
    folder: Path,
    questions: int | None,
    seed: int,
    kinds: str | None,
    language: str | None,
    as_json: bool,
    by_rule: bool,
    ocr: str,
    ocr_languages: str,
    **by_model: Any,
) -> None:
    """Write a benchmark of cited questions on DOCS: files, folders, globs, zips or https addresses.

    Without a writer no key, no network and no model is needed: questions are written by rule. With one (here or in
    benchwright.yaml), models write and check them, and every answer is kept: the same command continues. A folder that
    already holds a benchmark gains what is new.

    \b
    Example:  benchwright generate handbook/ -o my-benchmark --questions 200
              benchwright generate handbook/ -o my-benchmark --writer openai/gpt-5.1 --budget 3
    """
    from benchwright.models.config import load_config
    from benchwright.models.journaled import CallSettings, spend_lines
    from benchwright.workflows.ocr import ModelOcr, open_ocr

    config = load_config(by_model["config"])
    documents = paths or config.documents
    if not documents:
        raise click.UsageError("name the documents: files, folders, globs, zips or https addresses")
    writers = by_model["writers"] or config.writers
    writes_by_model = bool(writers) and not by_rule
    if writes_by_model and kinds is not None:
        raise click.UsageError("--kinds names rules; with a writer, kinds stand in benchwright.yaml under `writing`")
    concurrency = by_model["concurrency"] or config.concurrency
    calls = CallSettings(by_model["config"], by_model["budget"], by_model["fresh"], concurrency)
    with open_ocr(ocr or config.ocr, ocr_languages or config.ocr_languages, calls) as reader:
        if writes_by_model:
            by_model["writers"] = writers
            made = _by_model(documents, folder, config, questions, seed, language, reader, calls, by_model)
        else:
            from benchwright.workflows.generate import generate

            made = generate(
                documents,
                folder,
                questions=questions,
                seed=seed,
                kinds=[kind.strip() for kind in kinds.split(",") if kind.strip()] if kinds is not None else None,
                language=language,
                ocr=reader,
                progress=_progress(),
            )
        for line in spend_lines(reader.spend) if isinstance(reader, ModelOcr) else ():
            click.echo(line, err=True)
    if as_json:
        import json

        click.echo(json.dumps(summary(made), ensure_ascii=False, indent=2))
    else:
        _print(made, by_model=writes_by_model, has_candidates=bool(config.candidates))


def _by_model(
    documents: Sequence[str],
    folder: Path,
    config: Config,
    questions: int | None,
    seed: int,
    language: str | None,
    ocr: Ocr | None,
    calls: CallSettings,
    options: dict[str, Any],
) -> Generated:
    """Let models write; print what it cost on standard error."""
    import asyncio
    import json

    from benchwright.models.journaled import spend_lines
    from benchwright.workflows.generate_by_model import Writing, generate_by_model
    from benchwright.workflows.init import order_of

    order = order_of(config, questions=questions, language=language)
    prompts = dict(_named_file(each) for each in options["prompts"])
    schema = json.loads(options["schema"].read_text(encoding="utf-8")) if options["schema"] else None
    done = asyncio.run(
        generate_by_model(
            documents,
            folder,
            order=order,
            writing=Writing(
                writers=options["writers"],
                solvers=options["solvers"] or config.solvers,
                judges=options["judges"] or config.judges,
                rewriter=options["rewriter"] or config.rewriter,
                summariser=options["summariser"] or config.summariser,
                embedder=options["embedder"] or config.embedder,
                prompts=prompts,
                extra_schema=schema,
            ),
            seed=seed,
            calls=calls,
            ocr=ocr,
            progress=_progress(),
        )
    )
    for line in spend_lines(done.spend):
        click.echo(line, err=True)
    for failure in dict.fromkeys(done.failures):
        click.echo(f"a call gave nothing: {failure}", err=True)
    return done.made


def _named_file(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if not equals or not Path(path).is_file():
        raise click.UsageError(f"--prompt {text}: write NAME=FILE with a file that exists")
    return name, Path(path)


def summary(made: Generated) -> dict[str, object]:
    """Return the result as `--json` prints it."""
    benchmark = made.benchmark
    return {
        "benchmark": str(made.folder),
        "questions": len(benchmark.questions),
        "rejected": len(benchmark.rejected),
        "by_kind": benchmark.manifest.kinds,
        "by_language": benchmark.manifest.languages,
        "findings": [
            {"code": finding.code, "name": finding.name, "status": finding.status, "message": finding.message}
            for finding in benchmark.findings
            if finding.effect == "set"
        ],
        "asked": benchmark.manifest.asked,
        "available": made.available,
        "shortfall": benchmark.manifest.shortfall,
        "per_thousand_words": made.per_thousand_words,
        "rejected_by_code": made.rejected,
    }


def _print(made: Generated, *, by_model: bool, has_candidates: bool) -> None:
    from benchwright.curation.solver_findings import check_in_words
    from benchwright.store.card import STATES

    benchmark = made.benchmark
    kinds = ", ".join(f"{kind} {count}" for kind, count in benchmark.manifest.kinds.items())
    click.echo(f"{len(benchmark.questions)} questions on {len(benchmark.documents)} documents  ({kinds})")
    if made.before:
        click.echo(
            f"{made.before} of them were here before and stay: a folder only gains; choose a new one for other counts"
        )
    cited = {citation.document_id for question in benchmark.questions for citation in question.citations}
    if silent := [document.title or document.path for document in benchmark.documents if document.id not in cited]:
        more = f" and {len(silent) - MOST_NAMED} more" if len(silent) > MOST_NAMED else ""
        click.echo(
            f"no question on {len(silent)} of {len(benchmark.documents)} documents: {', '.join(silent[:MOST_NAMED])}"
            f"{more}  (README.md counts each)"
        )
    parts = Counter(tag for question in benchmark.questions for tag in question.tags if tag.startswith("part:"))
    if parts:
        click.echo(", ".join(f"{tag.replace(':', ' ')}: {count}" for tag, count in sorted(parts.items())))
    for status in benchmark.manifest.files:
        if status.status == "refused":
            click.echo(f"  refused: {status.path}: {status.reason}", err=True)
    if made.rejected:
        codes = ", ".join(f"{check_in_words(code)} ({code}) {count}" for code, count in made.rejected.items())
        click.echo(f"rejected by checks: {codes}; each with its reason in rejected.jsonl")
    for finding in benchmark.findings:
        if finding.effect == "set":
            state = STATES.get(finding.status, finding.status)
            click.echo(f"  {state}: {finding.name.replace('_', ' ')}: {finding.message}")
    if benchmark.manifest.shortfall:
        click.echo(f"fewer than asked for: {benchmark.manifest.shortfall}")
    folder = quote(str(made.folder))
    click.echo(f"written to {folder}")
    if by_model:
        click.echo(f"next:  benchwright review {folder}      # what the checks flagged, one by one")
    candidates = "" if has_candidates else " -m builtin/bm25"
    click.echo(f"next:  benchwright evaluate {folder}{candidates}")


def _progress() -> Progress | None:
    """A line on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int, total: int) -> None:
        click.echo(f"\r\x1b[2K{stage} {done}/{total}" if done < total else "\r\x1b[2K", err=True, nl=False)

    return show
