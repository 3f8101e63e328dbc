"""`benchwright compare`: the paired difference of two runs, and the questions that make it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchwright.errors import ThresholdMissed

if TYPE_CHECKING:
    from benchwright.workflows.compare import Comparison, Comparisons


@click.command("compare")
@click.argument("run_a", type=click.Path(path_type=Path))
@click.argument("run_b", type=click.Path(path_type=Path))
@click.option("--model-a", help="The model of RUN_A; needed where the runs have none in common.")
@click.option("--model-b", help="The model of RUN_B.")
@click.option("-c", "--condition", "conditions", multiple=True, help="Only these.  [default: all that both have]")
@click.option("--benchmark", type=click.Path(path_type=Path), help="Where the benchmark lies, if it was moved.")
@click.option("--show", type=click.IntRange(min=0), default=5, show_default=True, help="Questions listed on each side.")
@click.option("--fail-under", type=float, help="Exit 3 if a lower bound of B − A is below (for instance -0.02).")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    run_a: Path,
    run_b: Path,
    model_a: str | None,
    model_b: str | None,
    conditions: tuple[str, ...],
    benchmark: Path | None,
    show: int,
    fail_under: float | None,
    as_json: bool,
) -> None:
    """Compare RUN_B with RUN_A on the same questions: B − A with interval and p.

    \b
    Example:  benchwright compare runs/before runs/after --fail-under -0.02
              benchwright compare runs/X runs/X --model-a builtin/bm25 --model-b builtin/keyword
    """
    from benchwright.workflows.compare import compare

    found = compare(run_a, run_b, model_a=model_a, model_b=model_b, conditions=conditions, benchmark=benchmark)
    if as_json:
        click.echo(json.dumps(comparisons_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found, show)
    if fail_under is not None:
        worse = [pair for pair in found.pairs if pair.difference.low < fail_under]
        if worse:
            named = ", ".join(f"{pair.model_b} under {pair.condition} {pair.difference.low:+.3f}" for pair in worse)
            raise ThresholdMissed(f"below {fail_under:+} on the lower bound of B − A: {named}")


def comparisons_json(found: "Comparisons") -> dict[str, Any]:
    """Return what `--json` prints."""
    return {"run_a": found.run_a, "run_b": found.run_b, "comparisons": [_pair_json(pair) for pair in found.pairs]}


def _pair_json(pair: "Comparison") -> dict[str, Any]:
    gap = pair.difference
    return {
        "model_a": pair.model_a,
        "model_b": pair.model_b,
        "condition": pair.condition,
        "questions": gap.observations,
        "score_a": pair.score_a,
        "score_b": pair.score_b,
        "difference": gap.estimate,
        "low": gap.low,
        "high": gap.high,
        "p": gap.p,
        "p_holm": pair.p_holm,
        "mcnemar_p": gap.mcnemar_p,
        "both": list(pair.both),
        "only_a": list(pair.only_a),
        "only_b": list(pair.only_b),
        "neither": list(pair.neither),
        "note": gap.note,
    }


def _print(found: "Comparisons", show: int) -> None:
    for pair in found.pairs:
        gap = pair.difference
        names = pair.model_a if pair.model_a == pair.model_b else f"{pair.model_b} against {pair.model_a}"
        click.echo(f"{names} · {pair.condition} · {gap.observations} questions")
        click.echo(f"  A {pair.score_a * 100:.1f}   B {pair.score_b * 100:.1f}")
        p_exact = "" if gap.mcnemar_p is None else f", McNemar p {gap.mcnemar_p:.3g}"
        click.echo(
            f"  B − A {gap.estimate * 100:+.1f} points ({gap.low * 100:+.1f} to {gap.high * 100:+.1f}), "
            f"p {gap.p:.3g} (Holm {pair.p_holm:.3g}{p_exact})"
        )
        click.echo(
            f"  right: both {len(pair.both)}, only A {len(pair.only_a)}, only B {len(pair.only_b)}, "
            f"neither {len(pair.neither)}"
        )
        for side, ids in (("A", pair.only_a), ("B", pair.only_b)):
            for name in ids[:show]:
                click.echo(f"    only {side}: {name[:12]} {found.questions[name].text[:90]}")
        if gap.note:
            click.echo(f"  note: {gap.note}")
