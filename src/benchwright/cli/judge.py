"""`benchwright judge`: judges compare the answers of a run two at a time; their votes can be ranked."""

import asyncio
import json
from pathlib import Path

import click

from benchwright.cli.progress import Progress


@click.command("judge")
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option("--judge", "judges", multiple=True, help="A model that judges; again for more.  [default: config]")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Votes file (JSON lines) to write.")
@click.option("-c", "--condition", default="", help="Which answers to compare, where there are several conditions.")
@click.option("--pairs", type=click.IntRange(min=1), help="At most so many pairs a question.  [default: all]")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="For drawing pairs and sides.")
@click.option("--prompt", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Your judge_pair prompt.")
@click.option("--benchmark", type=click.Path(path_type=Path), help="Where the benchmark lies, if it was moved.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="[default: benchwright.yaml, if here]")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="Dollars this command may spend at most.")
@click.option("--concurrency", type=click.IntRange(1, 4096), help="Requests at a time per provider.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    runs: tuple[Path, ...],
    judges: tuple[str, ...],
    out: Path,
    condition: str,
    pairs: int | None,
    seed: int,
    prompt: Path | None,
    benchmark: Path | None,
    config: Path | None,
    budget: float | None,
    concurrency: int | None,
    as_json: bool,
) -> None:
    """Compare the answers of RUN's models two at a time, each pair in both orders, and write the votes.

    A win counts only where both orders agree; otherwise the vote is a tie. `benchwright rank` ranks the votes.

    \b
    Example:  benchwright judge runs/3f0c9a71d2e4b856 --judge openai/gpt-5.1 -c passage -o votes.jsonl
              benchwright rank votes.jsonl
    """
    from benchwright.models.config import load_config
    from benchwright.models.journaled import CallSettings, spend_lines
    from benchwright.store.place import require_writable
    from benchwright.workflows.judging import judge_pairs, write_votes

    stated = load_config(config)
    require_writable(out)
    done = asyncio.run(
        judge_pairs(
            runs,
            judges or stated.judges,
            condition=condition,
            pairs_per_question=pairs,
            seed=seed,
            prompt=prompt,
            benchmark=benchmark,
            calls=CallSettings(config, budget, False, concurrency),
            progress=Progress("pairs"),
        )
    )
    write_votes(done, out)
    for line in spend_lines(done.spend):
        click.echo(line, err=True)
    counts = {"votes": len(done.votes), "consistent": done.consistent, "unread": len(done.unread), "file": str(out)}
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
        return
    turned = len(done.votes) - done.consistent
    click.echo(f"{len(done.votes)} votes → {out}; in {turned} the two orders disagreed and count as ties")
    if done.unread:
        click.echo(f"{len(done.unread)} pairs could not be judged → {out.with_suffix('.unread.jsonl')}")
    click.echo(f"→ benchwright rank {out}")
