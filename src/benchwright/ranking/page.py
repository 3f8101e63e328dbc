"""A ranking as one self-contained HTML page: no network, light and dark, phone and desk."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from benchwright.charts import CHART_CSS, Interval, Series, bars, duel_table, interval_plot, line_chart
from benchwright.ranking.ranking import Ranking
from benchwright.ranking.slices import SliceBoard
from benchwright.ranking.verdict import firmness, limits, verdict
from benchwright.records.leaderboard import Leaderboard, RatedModel

HEAT_MODELS = 20
LONG = 40
"""Lines that a chart shows at most; the table holds them all."""
LINES = 6


def ranking_page(ranking: Ranking, *, title: str = "Leaderboard") -> str:
    """Return the page of `ranking`; the same ranking gives the same bytes."""
    board = ranking.board
    folder = files("benchwright.ranking") / "templates"
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        (folder / "ranking.html").read_text(encoding="utf-8")
    )
    shown = board.models[:HEAT_MODELS]
    return template.render(
        title=title,
        css=CHART_CSS + (folder / "ranking.css").read_text(encoding="utf-8"),
        script=(folder / "weights.js").read_text(encoding="utf-8"),
        ranking=ranking,
        board=board,
        lead=verdict(board),
        firmness=firmness(ranking),
        limits=limits(board),
        charted=LONG,
        ranks=[_rank_plot(group[:LONG]) for group in _groups(board)],
        interval_words=_interval_words(board),
        flag_words=_flag_words(board),
        forest=[_forest(group[:LONG]) for group in _groups(board)],
        covariates=_covariates(board),
        raw_rows=_raw_rows(ranking),
        best_of_n=ranking.best_of_n,
        heat=_heat(board, [row.model for row in shown]),
        heat_count=len(shown),
        votes=bars([row.model for row in shown], [row.votes for row in shown], title="Votes per model"),
        slices=[_slice(part) for part in ranking.slices],
        slice_data=_slice_data(ranking),
        drift=ranking.drift,
        drift_words=_drift_words(ranking),
        drift_plot=_drift_plot(ranking),
        audit=ranking.audit,
        without=_without(ranking),
        percent=_percent,
        between=_between,
    )


def _percent(share: float | None) -> str:
    if share is None:
        return ""
    if 0 <= share < 0.001:
        return "<\u00a00.1\u00a0%"
    return f"{100 * share:.0f}\u00a0%" if share >= 0.1 else f"{100 * share:.1f}\u00a0%"


def _between(bounds: tuple[float, float] | None, form: str = "") -> str:
    """Return an interval in brackets, as shares or in the `form` of each end; nothing where there is none."""
    if bounds is None:
        return ""
    low, high = (form % end if form else _percent(end) for end in bounds)
    return f" ({low} to {high})"


def _groups(board: Leaderboard) -> list[list[RatedModel]]:
    count = max((row.component for row in board.models), default=0)
    return [[row for row in board.models if row.component == group] for group in range(1, count + 1)]


def _interval_words(board: Leaderboard) -> str:
    if any(row.se_vote is not None for row in board.models):
        return (
            f"The wide bar is the {_percent(board.confidence)} interval, {board.intervals}; the thin bar is what it "
            "would be if every vote were independent, which is too narrow."
        )
    return f"The bar is the {_percent(board.confidence)} interval ({board.intervals})."


def _flag_words(board: Leaderboard) -> str:
    if any("regularised" in row.flags for row in board.models):
        return "Regularised: the votes alone give no finite rating, so half a tie against the mean holds it in place."
    return ""


def _forest(rows: Sequence[RatedModel]) -> str:
    drawn: list[Interval] = []
    for row in rows:
        note = f"{row.rating:.0f} ({row.low:.0f} to {row.high:.0f})"
        narrow = row.se_vote if row.se_vote is not None and row.se_vote < row.se else row.se
        reach = (row.high - row.low) / 2 * (narrow / row.se if row.se else 1.0)
        is_clustered = narrow < row.se
        drawn.append(
            Interval(
                label=f"{row.rank}. {row.model}",
                estimate=row.rating,
                low=row.rating - reach,
                high=row.rating + reach,
                note=note,
                wide_low=row.low if is_clustered else None,
                wide_high=row.high if is_clustered else None,
                is_flagged="regularised" in row.flags,
            )
        )
    return interval_plot(drawn, title="Ratings with intervals")


def _rank_plot(rows: Sequence[RatedModel]) -> str:
    drawn = [
        Interval(
            label=f"{row.rank}. {row.model}",
            estimate=row.rank,
            low=row.rank_low,
            high=row.rank_high,
            note=f"{row.rank_low}–{row.rank_high}",
            wide_low=row.rank_low_all,
            wide_high=row.rank_high_all,
            is_flagged="regularised" in row.flags,
        )
        for row in rows
    ]
    return interval_plot(drawn, title="Ranks that the votes do not rule out", is_whole=True)


def _covariates(board: Leaderboard) -> str:
    if not board.covariates:
        return ""
    rows = [
        Interval(
            label=row.name,
            estimate=row.coefficient,
            low=row.coefficient if row.low is None else row.low,
            high=row.coefficient if row.high is None else row.high,
            note=f"{row.coefficient:+.2g} ± {row.se:.2g}",
        )
        for row in board.covariates
    ]
    return interval_plot(rows, title="Style and side effects", reference=0.0, decimals=2)


def _raw_rows(ranking: Ranking) -> list[dict[str, Any]]:
    if ranking.raw is None:
        return []
    raw = {row.model: row for row in ranking.raw.models}
    return [
        {
            "model": row.model,
            "raw": raw[row.model].rating,
            "controlled": row.rating,
            # Adding 0 turns a change of -0.0 into one of 0.
            "change": round(row.rating - raw[row.model].rating) + 0,
            "rank_raw": raw[row.model].rank,
            "rank": row.rank,
        }
        for row in ranking.board.models
        if row.model in raw
    ]


def _heat(board: Leaderboard, names: list[str]) -> str:
    place = {name: at for at, name in enumerate(names)}
    shares: list[list[float | None]] = [[None] * len(names) for _ in names]
    for pair in board.pairs:
        if pair.win_rate is not None and pair.a in place and pair.b in place:
            shares[place[pair.a]][place[pair.b]] = pair.win_rate
            shares[place[pair.b]][place[pair.a]] = 1.0 - pair.win_rate
    return duel_table(names, shares, title="Share of votes won by the row against the column")


def _slice(part: SliceBoard) -> dict[str, Any]:
    rows = [
        Interval(
            label=f"{row.rank}. {row.model}",
            estimate=row.rating,
            low=row.low,
            high=row.high,
            note=f"{row.rating:.0f} · {row.votes:,} votes",
        )
        for row in part.models[:LONG]
    ]
    plot = interval_plot(rows, title=f"Ratings where {part.column} is {part.value}")
    return {"column": part.column, "value": part.value, "votes": part.votes, "spread": part.spread, "plot": plot}


def _slice_data(ranking: Ranking) -> str:
    columns = {part.column for part in ranking.slices}
    if len(columns) != 1 or len(ranking.slices) < 2:
        return ""
    total = sum(part.votes for part in ranking.slices)
    data = [
        {
            "value": part.value,
            "weight": ranking.weights.get(part.value, 0.0) if ranking.weights else part.votes / total,
            "ratings": [[row.model, round(row.rating, 2)] for row in part.models],
        }
        for part in ranking.slices
    ]
    largest = max(float(str(entry["weight"])) for entry in data) or 1.0
    if largest > 1:
        data = [{**entry, "weight": float(str(entry["weight"])) / largest} for entry in data]
    # Inside a script element only "</" could end it early.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _drift_words(ranking: Ranking) -> str:
    if ranking.drift is None:
        return ""
    moved = [row.model for row in ranking.drift.models if row.p < 0.05]
    if not moved:
        return "No model changed by more than chance explains."
    return f"{', '.join(moved[:5])} changed by more than chance explains."


def _drift_plot(ranking: Ranking) -> str:
    drift = ranking.drift
    if drift is None:
        return ""
    days = [datetime.fromtimestamp(start, tz=UTC).strftime("%Y-%m-%d") for start in drift.starts]
    series = [
        Series(
            label=f"{row.model} ({row.change:+.0f}, p {row.p:.2g})",
            x=list(range(len(row.ratings))),
            y=row.ratings,
            low=[rating - 1.96 * se for rating, se in zip(row.ratings, row.ses, strict=True)],
            high=[rating + 1.96 * se for rating, se in zip(row.ratings, row.ses, strict=True)],
        )
        for row in drift.models[:LINES]
    ]
    return line_chart(
        series, title="Ratings by window of time", x_labels=[(float(at), day) for at, day in enumerate(days)]
    )


def _without(ranking: Ranking) -> list[dict[str, Any]]:
    if ranking.audit is None or ranking.audit.without_flagged is None:
        return []
    before = {row.model: row.rating for row in ranking.board.models}
    return [
        {"rank": row.rank, "model": row.model, "before": before[row.model], "after": row.rating}
        for row in ranking.audit.without_flagged.models[:15]
        if row.model in before
    ]
