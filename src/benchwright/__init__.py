"""Benchwright: which model is right for my work, and how far can I trust the answer?

The public API. Names are looked up on first use (PEP 562), because the command line lives in this package and must
start at once; see docs/decisions/001-foundations.md. `evaluate`, `grade` and `generate_by_model` are coroutines.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from benchwright.version import VERSION

if TYPE_CHECKING:
    from benchwright.documents import load, split
    from benchwright.errors import BenchwrightError
    from benchwright.models.protocol import Model
    from benchwright.models.registry import resolve_model
    from benchwright.records import (
        Benchmark,
        Citation,
        Document,
        Finding,
        Message,
        Passage,
        Question,
        Reply,
        Request,
        Response,
        Score,
    )
    from benchwright.store.benchmark import read_benchmark, write_benchmark
    from benchwright.workflows.compare import compare
    from benchwright.workflows.evaluate import evaluate
    from benchwright.workflows.generate import generate
    from benchwright.workflows.generate_by_model import generate_by_model
    from benchwright.workflows.grade import grade
    from benchwright.workflows.import_questions import import_questions
    from benchwright.workflows.rank import rank
    from benchwright.workflows.report import report, write_report

__version__ = VERSION

_HOME = {
    "Benchmark": "records",
    "BenchwrightError": "errors",
    "Citation": "records",
    "Document": "records",
    "Finding": "records",
    "Message": "records",
    "Model": "models.protocol",
    "Passage": "records",
    "Question": "records",
    "Reply": "records",
    "Request": "records",
    "Response": "records",
    "Score": "records",
    "compare": "workflows.compare",
    "evaluate": "workflows.evaluate",
    "generate": "workflows.generate",
    "generate_by_model": "workflows.generate_by_model",
    "grade": "workflows.grade",
    "import_questions": "workflows.import_questions",
    "load": "documents",
    "rank": "workflows.rank",
    "read_benchmark": "store.benchmark",
    "report": "workflows.report",
    "resolve_model": "models.registry",
    "split": "documents",
    "write_benchmark": "store.benchmark",
    "write_report": "workflows.report",
}

__all__ = [
    "Benchmark",
    "BenchwrightError",
    "Citation",
    "Document",
    "Finding",
    "Message",
    "Model",
    "Passage",
    "Question",
    "Reply",
    "Request",
    "Response",
    "Score",
    "compare",
    "evaluate",
    "generate",
    "generate_by_model",
    "grade",
    "import_questions",
    "load",
    "rank",
    "read_benchmark",
    "report",
    "resolve_model",
    "split",
    "write_benchmark",
    "write_report",
]


def __getattr__(name: str) -> object:
    """Import a public name from where it lives, the first time it is asked for."""
    if name in _HOME:
        return getattr(import_module(f"benchwright.{_HOME[name]}"), name)
    raise AttributeError(f"module 'benchwright' has no attribute {name!r}; its names are {', '.join(__all__)}")


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
