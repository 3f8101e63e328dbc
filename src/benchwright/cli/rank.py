"""`benchwright rank`: votes, or the scores of runs, become a leaderboard that says how far to trust it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from benchwright.workflows.rank import RankSettings

METHODS = ("bradley-terry", "rao-kupper", "davidson", "grounded", "five-point", "elo")
INTERVALS = (
    "auto",
    "vote",
    "voter",
    "prompt",
    "two-way",
    "model",
    "bootstrap",
    "bootstrap-voter",
    "bootstrap-prompt",
)
ROLES = ("model-a", "model-b", "winner", "voter", "prompt", "weight", "time", "position", "propensity")


def _column_options(function: Callable[..., None]) -> Callable[..., None]:
    for role in reversed(ROLES):
        help_text = f"Column that holds {role}, if its name is not a usual one."
        function = click.option(f"--{role}", metavar="COLUMN", default="", help=help_text)(function)
    return function


@click.command("rank")
@click.argument("votes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The whole result as JSON on stdout.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write one self-contained page.")
@click.option("--method", type=click.Choice(METHODS), default="bradley-terry", show_default=True)
@click.option(
    "--intervals", type=click.Choice(INTERVALS), default="auto", show_default=True, help="What shares errors."
)
@click.option("--confidence", type=float, default=0.95, show_default=True)
@click.option("--anchor", metavar="MODEL=RATING", help="Give this model this rating; all others move along.")
@click.option(
    "--both", type=click.Choice(("tie", "drop")), default="tie", show_default=True, help="both_good, both_bad."
)
@click.option("--style", is_flag=True, help="Control for length and Markdown marks of the answers.")
@click.option(
    "--covariate", "covariates", multiple=True, metavar="NAME", help="Control for a column (or NAME_a, NAME_b)."
)
@click.option("--side", is_flag=True, help="Control for an advantage of the left place.")
@click.option("--ridge", type=float, default=0.0, help="Shrink covariates by this penalty.  [default: not at all]")
@click.option("--slice", "slices", multiple=True, metavar="COLUMN", help="A board for every value of this column.")
@click.option("--weights", metavar="VALUE=SHARE,…", help="Your own weights over the values of the slice.")
@click.option("--windows", type=int, default=0, metavar="N", help="Test for change over N windows of time.")
@click.option("--audit", is_flag=True, help="Look for voters who vote as no honest voter would.")
@click.option("--judge", "judges", multiple=True, metavar="VOTER", help="This voter is a model: set it against people.")
@click.option("--variants", multiple=True, metavar="MAKER=MODEL,…", help="Variants among which a maker chose its best.")
@click.option("--neighbours", type=int, default=5, show_default=True, help="Pairs from the top to test for fragility.")
@click.option("--voter-cap", type=float, metavar="N", help="Let no voter count for more than N votes.")
@click.option("--reweight", is_flag=True, help="Weigh by the inverse of the propensity column.")
@click.option("--skip-invalid", is_flag=True, help="Drop rows that cannot be read, and count them.")
@click.option("--seed", type=int, default=0, show_default=True, help="For rank ranges and the bootstrap.")
@_column_options
def command(votes: tuple[Path, ...], as_json: bool, html: Path | None, **options: object) -> None:
    """Rank the models of VOTES: CSV, JSONL or Parquet files with model_a, model_b, winner; or run folders.

    \b
    Example:  benchwright rank votes.csv --html board.html
              benchwright rank votes.parquet --style --slice language --audit
    """
    # Every system solved here is small: waking more threads costs more than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from benchwright.workflows.rank import rank

    found = rank(votes, _settings(options))
    if html is not None:
        from benchwright.ranking.page import ranking_page

        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(ranking_page(found), encoding="utf-8", newline="\n")
    if as_json:
        from benchwright.ranking.ranking import ranking_json

        click.echo(ranking_json(found))
        return
    from benchwright.ranking.terminal import print_ranking

    print_ranking(found)
    if html is not None:
        click.echo(f"page: {html}")


def _settings(options: dict[str, object]) -> "RankSettings":
    from benchwright.ranking.columns import ColumnNames
    from benchwright.ranking.read import ReadSettings
    from benchwright.ranking.settings import FitSettings
    from benchwright.workflows.rank import RankSettings

    def given(name: str) -> str:
        return str(options[name] or "")

    def several(name: str) -> tuple[str, ...]:
        value = options[name]
        return tuple(str(entry) for entry in value) if isinstance(value, tuple) else ()

    cap = options["voter_cap"]
    fit = FitSettings(
        method=given("method"),  # pyright: ignore[reportArgumentType] checked by FitSettings
        both=given("both"),  # pyright: ignore[reportArgumentType]
        intervals=given("intervals"),  # pyright: ignore[reportArgumentType]
        side=bool(options["side"]),
        ridge=float(given("ridge") or 0),
        reweight=bool(options["reweight"]),
        voter_cap=None if cap is None else float(str(cap)),
        anchor=_anchor(given("anchor")),
        confidence=float(given("confidence")),
        seed=int(given("seed") or 0),
    )
    read = ReadSettings(
        columns=ColumnNames(**{role.replace("-", "_"): given(role.replace("-", "_")) for role in ROLES}),
        slices=several("slices"),
        covariates=several("covariates"),
        style=bool(options["style"]),
        skip_invalid=bool(options["skip_invalid"]),
    )
    return RankSettings(
        read=read,
        fit=fit,
        weights=_weights(given("weights")),
        neighbours=max(int(given("neighbours") or 0), 0),
        windows=int(given("windows") or 0),
        judges=several("judges"),
        variants=_variants(several("variants")),
        audit=bool(options["audit"]),
    )


def _anchor(said: str) -> tuple[str, float] | None:
    if not said:
        return None
    name, _, rating = said.rpartition("=")
    try:
        return (name, float(rating)) if name else _wrong("--anchor", said, "MODEL=RATING, as in gpt-4=1000")
    except ValueError:
        return _wrong("--anchor", said, "MODEL=RATING, as in gpt-4=1000")


def _weights(said: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for entry in filter(None, said.split(",")):
        name, _, share = entry.rpartition("=")
        try:
            weights[name.strip()] = float(share)
        except ValueError:
            _wrong("--weights", entry, "VALUE=SHARE,… as in coding=2,writing=1")
    return weights


def _variants(said: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    variants: dict[str, tuple[str, ...]] = {}
    for entry in said:
        maker, _, names = entry.partition("=")
        if not maker or not names:
            _wrong("--variants", entry, "MAKER=MODEL,MODEL,…")
        variants[maker] = tuple(name.strip() for name in names.split(",") if name.strip())
    return variants


def _wrong(option: str, said: str, shape: str) -> None:
    raise click.BadParameter(f"`{said}` cannot be read; it takes {shape}", param_hint=option)
