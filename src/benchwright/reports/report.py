"""Everything a report shows, gathered from one run and its benchmark; numbers come from the board and its tallies."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchwright.evaluation.board import Board, Gain, Marks, board_of, marks_of
from benchwright.records import Benchmark, Finding, RejectedQuestion, Score
from benchwright.reports.breakdown import PROPERTIES, Breakdown, breakdown
from benchwright.reports.coverage import Coverage, coverage
from benchwright.reports.standing import Standing, main_condition, standing
from benchwright.store.runs import Run


@dataclass(frozen=True)
class Report:
    """One report, ready to be drawn."""

    benchmark: Benchmark
    run: Run
    board: Board
    standings: tuple[Standing, ...]
    """One a condition; the first decides who leads."""
    breakdowns: tuple[Breakdown, ...] = field(repr=False)
    coverage: Coverage = field(repr=False)
    marks: Marks = field(repr=False)
    scores: Mapping[str, Score] = field(repr=False)

    @property
    def main(self) -> Standing:
        """The standing that decides who leads."""
        return self.standings[0]

    @property
    def models(self) -> tuple[str, ...]:
        """Every model with a response, best first under the condition that decides; the others behind."""
        rows = sorted(self.board.rows, key=lambda row: row.condition != self.main.condition)
        return tuple(dict.fromkeys(row.model for row in rows))

    @property
    def set_findings(self) -> tuple[Finding, ...]:
        """What the checks say of the benchmark as a whole, problems first."""
        order = ("problem", "no_power", "note", "passed", "not_run", "not_applicable")
        found = [finding for finding in self.benchmark.findings if finding.effect == "set"]
        return tuple(sorted(found, key=lambda finding: (order.index(finding.status), finding.code)))

    @property
    def gains(self) -> tuple[Gain, ...]:
        """Grounding gains, largest first."""
        return tuple(sorted(self.board.gains, key=lambda gain: -gain.difference.estimate))

    @property
    def rejected_by_code(self) -> tuple[tuple[str, int, tuple[RejectedQuestion, ...]], ...]:
        """Rejected questions under the code that came first, most frequent first: (code, count, questions)."""
        groups: dict[str, list[RejectedQuestion]] = {}
        for dropped in self.benchmark.rejected:
            groups.setdefault(dropped.codes[0] if dropped.codes else "(no code)", []).append(dropped)
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple((code, len(each), tuple(each)) for code, each in ordered)

    @property
    def flags(self) -> tuple[tuple[str, str, int], ...]:
        """Checks that sent questions to review: (code, name, questions)."""
        counts = Counter(
            (finding.code, finding.name)
            for finding in self.benchmark.findings
            if finding.effect == "flag" and finding.status == "problem"
        )
        return tuple((code, name, count) for (code, name), count in counts.most_common())


def report_of(run: Run, benchmark: Benchmark, *, grader: str | None = None) -> Report:
    """Return the report on `run`, by the marks of `grader` (default: the run's own)."""
    grader = grader or str(run.manifest.settings["grader"])
    board = board_of(run, benchmark, grader=grader)
    marks = marks_of(run, {question.id: question for question in benchmark.questions}, grader)
    # An interrupted run may not have come to every condition.
    graded = {row.condition for row in board.rows if row.score is not None}
    main = main_condition([name for name in run.manifest.conditions if name in graded] or run.manifest.conditions)
    conditions = (main, *(name for name in run.manifest.conditions if name != main))
    models = {c: [row.model for row in board.rows if row.condition == c] for c in conditions}
    return Report(
        benchmark=benchmark,
        run=run,
        board=board,
        standings=tuple(standing(board, condition) for condition in conditions),
        breakdowns=tuple(
            breakdown(marks, name, condition, models[condition]) for condition in conditions for name in PROPERTIES
        ),
        coverage=coverage(benchmark, run.manifest.conditions),
        marks=marks,
        scores=run.scores_by(grader),
    )
