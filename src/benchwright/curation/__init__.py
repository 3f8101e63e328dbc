"""Keep the good questions: grounding, leaks, duplicates, item flaws, shortcuts, coverage."""

from benchwright.curation.check import BenchmarkCheck, Code, Draft, QuestionCheck, QuestionSet
from benchwright.curation.codes import CODES
from benchwright.curation.curate import Curated, Curator, review_queue

__all__ = [
    "CODES",
    "BenchmarkCheck",
    "Code",
    "Curated",
    "Curator",
    "Draft",
    "QuestionCheck",
    "QuestionSet",
    "review_queue",
]
