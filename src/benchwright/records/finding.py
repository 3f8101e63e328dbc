"""A finding: the result of one check on a question, a run, a model or a benchmark."""

from typing import Literal

from benchwright.records.base import Record

Status = Literal["problem", "note", "passed", "no_power", "not_applicable", "not_run"]
Effect = Literal["reject", "flag", "set"]
Grade = Literal["A", "B", "C"]


class Finding(Record):
    """What one check found.

    `grade` is the strength of the evidence: A exact by design, B under a stated assumption, C screening. `effect` is
    what follows: `reject` drops one question, `flag` sends one to review, `set` speaks of the whole benchmark.
    """

    code: str
    """Stable: CUR001 … curation, INT001 … integrity, MET001 … meta-evaluation."""
    name: str
    status: Status
    effect: Effect
    grade: Grade
    subject: str
    """Id of the question, run or model; `benchmark` for the whole."""
    message: str
    evidence: str = ""
    action: str = ""
    statistic: float | None = None
    p: float | None = None
    effect_size: float | None = None
    low: float | None = None
    high: float | None = None
    smallest_detectable: float | None = None
