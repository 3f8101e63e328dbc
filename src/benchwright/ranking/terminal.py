"""A ranking as a table in the terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchwright.ranking.judges import JudgeReport
from benchwright.ranking.ranking import Ranking
from benchwright.ranking.verdict import firmness, limits, verdict
from benchwright.records.leaderboard import Leaderboard


def print_ranking(ranking: Ranking, console: Console | None = None) -> None:
    """Print the board, what to beware of, and one paragraph for each companion."""
    out = console or Console(highlight=False, soft_wrap=False)
    board = ranking.board
    out.print(Text(verdict(board), style="bold"))
    if said := firmness(ranking):
        out.print(Text(said))
    votes = "1 vote" if board.votes == 1 else f"{board.votes:,} votes"
    out.print(f"{votes}, {len(board.models)} models · {board.method} · intervals {board.intervals}\n", style="dim")
    if board.dropped:
        listed = ", ".join(f"{reason} {count:,}" for reason, count in board.dropped_reasons.items())
        out.print(f"dropped rows: {board.dropped:,} ({listed})")
    out.print(_table(board))
    out.print(Text(_legend(board), style="dim"))
    for name, value in board.parameters.items():
        out.print(f"{name}: {value:.4g}")
    if board.covariates:
        out.print("what moves a vote beside the model (log-odds a unit; taken out of the ratings above):")
        for row in board.covariates:
            is_sure = row.low is not None and row.high is not None and (row.low > 0 or row.high < 0)
            doubt = "" if is_sure else ", perhaps nothing"
            out.print(Text(f"  {row.name}: {row.coefficient:+.3g} ± {row.se:.2g}{doubt}"))
    _print_top(ranking, out)
    if ranking.weighted:
        out.print("with your weights: " + ", ".join(f"{row.rank}. {row.model}" for row in ranking.weighted[:5]))
    if ranking.drift:
        moved = [row for row in ranking.drift.models if row.p < 0.05]
        names = ", ".join(f"{row.model} {row.change:+.0f} (p {row.p:.3g})" for row in moved[:5])
        out.print(f"change over time: {names or 'none that these votes can show'}")
    if ranking.audit:
        _print_audit(ranking, out)
    for judge in ranking.judges:
        _print_judge(judge, out)
    for row in ranking.best_of_n:
        out.print(
            Text(
                f"{row.maker}: best of {row.variants} is {row.best}, {row.rating:.0f}; having been chosen flatters it "
                f"by about {row.likely_luck:.0f} points (at most {row.luck:.0f}), so rather {row.corrected:.0f}"
            )
        )
    for warning in board.warnings:
        out.print(Text(f"note: {warning}", style="yellow"))


def _print_judge(judge: JudgeReport, out: Console) -> None:
    if judge.agreement is None:
        out.print(Text(f"judge {judge.judge}: it and people voted on no item in common"))
        return
    within, beyond = judge.agreement_interval, judge.kappa_interval
    said = f"judge {judge.judge}: agrees with people on {judge.agreement:.1%}"
    said += f" ({within[0]:.1%} to {within[1]:.1%})" if within else ""
    said += f" of {judge.shared:,} shared"
    if judge.kappa is not None:
        said += f", beyond chance κ {judge.kappa:.2f}" + (f" ({beyond[0]:.2f} to {beyond[1]:.2f})" if beyond else "")
    out.print(Text(said))


def _legend(board: Leaderboard) -> str:
    return (
        f"range: every rank that the votes cannot rule out for that model ({board.confidence:.0%}). "
        "100 points more mean about 64 wins in 100, 400 points 91. " + limits(board)
    )


def _table(board: Leaderboard) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("rank", "range", "rating", f"{board.confidence:.0%} interval", "votes", "wins"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("model", overflow="fold")
    has_groups = any(row.component > 1 for row in board.models)
    for row in board.models:
        flags = [flag for flag in row.flags if flag != "regularised"]
        group = f"group {row.component}: " if has_groups else ""
        table.add_row(
            str(row.rank),
            f"{row.rank_low}–{row.rank_high}",
            f"{row.rating:.0f}",
            f"{row.low:.0f}–{row.high:.0f}",
            f"{row.votes:,}",
            "" if row.win_rate is None else f"{row.win_rate:.0%}",
            Text(group + row.model + (f"  ({', '.join(flags)})" if flags else "")),
        )
    return table


def _print_top(ranking: Ranking, out: Console) -> None:
    if not ranking.neighbours:
        return
    top = ranking.neighbours[0]
    if top.votes_to_separate:
        out.print(
            Text(
                f"if {top.better} really leads {top.worse} by {top.gap:.0f} points, about {top.votes_to_separate:,} "
                "more votes between these two would show it"
            )
        )


def _print_audit(ranking: Ranking, out: Console) -> None:
    audit = ranking.audit
    if audit is None:
        return
    out.print(
        f"voter audit: {len(audit.flagged)} of {audit.audited:,} voters with 5 votes or more are flagged "
        f"({audit.rounds} {'round' if audit.rounds == 1 else 'rounds'})"
    )
    for voter in audit.flagged[:10]:
        what = f"{voter.behaviour} {voter.model}".strip()
        out.print(
            Text(f"  {voter.voter}: {what}, {voter.votes} votes, evidence 1 : {10 ** min(voter.log10_e, 12):,.0f}")
        )
