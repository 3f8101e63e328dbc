"""`benchwright estimate`: calls, tokens, money, minutes and power of a planned benchmark, before anything is spent."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchwright.cli.ocr import ocr_options

if TYPE_CHECKING:
    from benchwright.workflows.estimate import Estimate


@click.command(epilog="Example:  benchwright estimate handbook/ --writer openai/gpt-5.1 -m anthropic/claude-haiku-4-5")
@click.argument("paths", nargs=-1, metavar="[DOCS]...")
@click.option("--questions", type=click.IntRange(min=1), help="How many; left out: as benchwright.yaml orders.")
@click.option("--writer", "writers", multiple=True, help="A model that writes; again for more.")
@click.option("--solver", "solvers", multiple=True, help="A model that checks questions by solving them.")
@click.option("--judge", "judges", multiple=True, help="A model that grades open answers.")
@click.option("--rewriter", default="", help="A model that words each question better.")
@click.option("--summariser", default="", help="A model that summarises each document for the writers.")
@click.option("--embedder", default="", help="A model whose embeddings say which passages a question may join.")
@click.option("-m", "--model", "models", multiple=True, help="A candidate; again for more.")
@click.option("-c", "--condition", "conditions", multiple=True, help="As in evaluate.  [default: closed, passage]")
@click.option("--repeats", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="[default: benchwright.yaml, if here]")
@ocr_options
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    paths: tuple[str, ...],
    questions: int | None,
    writers: tuple[str, ...],
    solvers: tuple[str, ...],
    judges: tuple[str, ...],
    rewriter: str,
    summariser: str,
    embedder: str,
    models: tuple[str, ...],
    conditions: tuple[str, ...],
    repeats: int,
    seed: int,
    config: Path | None,
    ocr: str,
    ocr_languages: str,
    as_json: bool,
) -> None:
    """Plan a benchmark on DOCS and count every call it would make; nothing is sent."""
    import dataclasses
    import json

    from benchwright.errors import NothingLoaded
    from benchwright.evaluation.conditions import check_conditions
    from benchwright.generation.near import Unread
    from benchwright.generation.related import RareTerms
    from benchwright.models.config import load_config
    from benchwright.models.providers import price_of
    from benchwright.store.journal import DEFAULT_PATH, read_bill
    from benchwright.workflows.estimate import Setting, estimate
    from benchwright.workflows.generate_by_model import plan_for
    from benchwright.workflows.init import order_of
    from benchwright.workflows.ocr import page_counter

    stated = load_config(config)
    documents = paths or stated.documents
    if not documents:
        raise click.UsageError("name the documents, or list them in benchwright.yaml under `documents`")
    order = order_of(stated, questions=questions)
    setting = Setting(
        writers=writers or stated.writers,
        solvers=solvers or stated.solvers,
        judges=judges or stated.judges,
        rewriter=rewriter or stated.rewriter,
        summariser=summariser or stated.summariser,
        embedder=embedder or stated.embedder,
        candidates=models or stated.candidates,
        conditions=check_conditions(conditions or ("closed", "passage")),
        repeats=repeats,
        concurrency=stated.concurrency,
    )
    named = ocr or stated.ocr
    reader, counter = page_counter(named, ocr_languages or stated.ocr_languages, stated)
    try:
        related = Unread if setting.embedder else RareTerms
        plan, loaded, passages, _ = plan_for(documents, order, seed=seed, ocr=reader, related=related)
    except NothingLoaded as error:
        if counter is None or not counter.pages:
            raise
        raise NothingLoaded(
            f"the documents are {counter.pages} pages to be read by OCR, and a plan needs their text; reading them is "
            f"{counter.pages} calls to `{named}`: run `benchwright documents --ocr {named}` first, then this again"
        ) from error
    if counter is not None:
        setting = dataclasses.replace(setting, ocr=named, pages=counter.pages)
    names = {*setting.writers, *setting.solvers, *setting.judges, *setting.candidates}
    names |= {name for name in (setting.rewriter, setting.summariser, setting.embedder, setting.ocr) if name}
    prices = {name: price_of(name, stated) for name in names if not name.startswith(("builtin/", "replay:"))}
    made = estimate(plan, loaded, setting, passages=passages, prices=prices, measured=read_bill(DEFAULT_PATH))
    if as_json:
        shown = dataclasses.asdict(made) | {"cost_usd": made.cost_usd, "most_usd": made.most_usd}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print(made)


def _print(made: "Estimate") -> None:
    from rich.console import Console
    from rich.table import Table

    for line in made.plan:
        click.echo(line)
    table = Table(title="nothing was sent; the plan would send, expected – at most:", title_justify="left")
    for name in ("stage", "model", "calls", "tokens in", "out", "$", "min"):
        table.add_column(name, justify="left" if name in ("stage", "model") else "right")
    for row in made.rows:
        calls = f"{row.calls:,}" if row.calls == row.most_calls else f"{row.calls:,} – {row.most_calls:,}"
        if row.cost_usd is None or row.most_usd is None:
            cost = "unknown"
        else:
            cost = f"{row.cost_usd:.2f}" if row.calls == row.most_calls else f"{row.cost_usd:.2f} – {row.most_usd:.2f}"
        tokens = (f"{row.input_tokens:,}", f"{row.output_tokens:,}")
        table.add_row(row.stage, row.model, calls, *tokens, cost, f"{row.minutes:.1f}")
    Console().print(table)
    if made.cost_usd is not None and made.most_usd is not None:
        click.echo(
            f"in all: ${made.cost_usd:.2f} expected; ${made.most_usd:.2f} if every round and repeat were needed, with "
            f"answers of the same length (the limit that holds is `--budget`)"
        )
    else:
        click.echo("in all: unknown, because a price is unknown; give it in benchwright.yaml under `prices`")
    if made.smallest_detectable_difference is not None:
        points = 100 * made.smallest_detectable_difference
        click.echo(
            f"{made.questions} questions on {made.documents} documents can show a difference of {points:.0f} points "
            f"between two models (80 % power)"
        )
    for line in made.assumptions:
        click.echo(f"assumed: {line}")
