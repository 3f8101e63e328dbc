"""Draws a report as one HTML file that asks nothing of the network and escapes all it shows."""

import base64
import hashlib
import json
import math
import re
from collections.abc import Sequence
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from benchwright.charts import Reference, forest_axis, forest_row, heat_map
from benchwright.curation.codes import CODES
from benchwright.evaluation.board import BoardRow, Gain
from benchwright.reports.breakdown import Breakdown, measured
from benchwright.reports.coverage import Coverage
from benchwright.reports.question_rows import question_rows
from benchwright.reports.report import Report
from benchwright.reports.standing import ORACLE, Standing, letters_in_short, role_of
from benchwright.reports.verdict import condition_sentence, row_hint, verdict
from benchwright.reports.wording import (
    duration,
    interval_text,
    kind_name,
    language_name,
    money,
    not_answered,
    percent,
    points,
    tokens,
)
from benchwright.version import VERSION

PERCENT_TICKS = tuple((tick / 100, f"{tick} %") for tick in (0, 25, 50, 75, 100))
SHOWN_REJECTED = 40
"""Rejected questions shown for each code; the rest lie in `rejected.jsonl`."""


def report_html(report: Report, *, commands: Sequence[str] = ()) -> str:
    """Return the page; `commands` are the lines that repeat the work.

    Documents, questions and answers are hostile data: everything is escaped, the script builds text nodes only, and
    the page's own policy forbids any other script and every outside request.
    """
    environment = Environment(
        loader=PackageLoader("benchwright.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(ticks=ticks, percent=percent, points=points, duration=duration, language=language_name)
    environment.filters.update(measured=measured)
    environment.filters.update(
        interval=interval_text, money=money, tokens=tokens, unanswered=not_answered, letters=letters_in_short
    )
    data = question_rows(
        report.benchmark,
        report.marks,
        report.scores,
        models=report.models,
        conditions=[standing.condition for standing in report.standings],
    )
    script = _asset("report.js")
    return environment.get_template("report.html").render(
        report=report,
        verdict=verdict(report),
        commands=commands,
        version=VERSION,
        style=Markup(_asset("report.css")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=script_json(data),
        shown_rejected=SHOWN_REJECTED,
        sections=_sections(report),
        draw=Drawing(report),
        role_of=role_of,
        codes={code.code: code for code in CODES},
        condition_sentence=condition_sentence,
    )


class Drawing:
    """The charts of one report, as the template asks for them."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def row(self, row: BoardRow, standing: Standing) -> Markup:
        """Draw one row of the leaderboard."""
        score = row.tally.score
        if score is None:
            return Markup("")
        is_leader = any(row is leader for leader in standing.leaders)
        low, high = min(score.low, score.estimate), max(score.high, score.estimate)
        svg = forest_row(
            score.estimate, low, high, references=self._references(row), label=row_hint(row), is_strong=is_leader
        )
        return Markup(svg)

    def axis(self, standing: Standing) -> Markup:
        """Draw the axis of the leaderboard, chance and ceiling named."""
        rows = [*standing.leaders, *standing.behind]
        return Markup(forest_axis(PERCENT_TICKS, references=self._references(rows[0]) if rows else ()))

    def _references(self, row: BoardRow) -> tuple[Reference, ...]:
        chance = Reference(row.chance, f"chance {percent(row.chance, 0)}")
        if not any(each.model == ORACLE for each in self._report.board.rows):
            return (chance,)
        return chance, Reference(self._report.board.ceiling, f"ceiling {percent(self._report.board.ceiling, 0)}")

    def gain(self, gain: Gain) -> Markup:
        """Draw one row of the grounding gains."""
        d = gain.difference
        label = f"{gain.model}: {points(d.estimate, is_signed=True)}"
        zero = (Reference(0.0, "no gain", is_dashed=False),)
        return Markup(
            forest_row(
                d.estimate,
                min(d.low, d.estimate),
                max(d.high, d.estimate),
                domain=self._gain_domain,
                references=zero,
                label=label,
                is_strong=d.low > 0,
            )
        )

    @property
    def _gain_domain(self) -> tuple[float, float]:
        lowest = min(gain.difference.low for gain in self._report.board.gains)
        return (-0.25 if lowest > -0.25 else -1.0), 1.0

    def gain_axis(self) -> Markup:
        """Draw the axis of the grounding gains."""
        ticks = [(tick / 100, f"{tick:+d}" if tick else "0") for tick in (-100, -50, 0, 25, 50, 75, 100)]
        return Markup(forest_axis(ticks, domain=self._gain_domain))

    def breakdown(self, found: Breakdown) -> Markup:
        """Draw the accuracy of every model on every row of `found`."""
        values, texts, hints = [], [], []
        for name, count, cells in zip(found.rows, found.questions, found.cells, strict=True):
            scores = [cell.score if cell else None for cell in cells]
            values.append([score.estimate if score else math.nan for score in scores])
            texts.append([f"{score.estimate * 100:.0f}" if score else "–" for score in scores])
            hints.append(
                [
                    f"{model} on {name}: "
                    + (
                        f"{percent(score.estimate)} ({percent(score.low)} to {percent(score.high)}), {count} questions"
                        if score
                        else "nothing graded"
                    )
                    for model, score in zip(found.models, scores, strict=True)
                ]
            )
        say = kind_name if found.name == "kind" else str
        rows = [f"{say(name)} · {count}" for name, count in zip(found.rows, found.questions, strict=True)]
        label = f"Accuracy in percent by {found.name}, under {found.condition}"
        # A click on a cell of these two opens its questions below.
        targets = (
            [[json.dumps([found.name, name, found.condition, model]) for model in found.models] for name in found.rows]
            if found.name in ("kind", "document")
            else None
        )
        return Markup(
            heat_map(values, rows=rows, columns=found.models, texts=texts, hints=hints, targets=targets, label=label)
        )

    def coverage(self, found: Coverage) -> Markup:
        """Draw how many questions stand on each document and kind; empty cells are outlined."""
        most = max((count for row in found.counts for count in row), default=0)
        values = [[count / most if count else math.nan for count in row] for row in found.counts]
        texts = [[str(count) if count else "0" for count in row] for row in found.counts]
        kinds = [kind_name(kind) for kind in found.kinds]
        label = "Questions by document and kind"
        return Markup(heat_map(values, rows=found.documents, columns=kinds, texts=texts, label=label))


def _sections(report: Report) -> list[tuple[str, str]]:
    sections = [("answer", "Answer"), ("leaderboard", "Leaderboard")]
    sections += [("gain", "Grounding gain")] if report.board.gains else []
    sections += [("where", "Where"), ("untested", "Not tested"), ("rejected", "Rejected")]
    return [*sections, ("questions", "Questions"), ("made", "How it was made")]


def ticks(text: str) -> Markup:
    """Return `text` escaped, with what stands between backticks as code."""
    parts = re.split(r"`([^`]*)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def script_json(data: Any) -> Markup:
    """Return `data` as JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def _asset(name: str) -> str:
    return resources.files("benchwright.reports").joinpath("templates", name).read_text(encoding="utf-8")
