"""Benchwright: which model is right for my work, and how far can I trust the answer?

import asyncio
from benchwright import evaluate, generate, report, write_report

generate("handbook/", "my-benchmark", questions=200)
evaluation = asyncio.run(evaluate("my-benchmark", ["builtin/bm25", "builtin/random"]))
write_report(report([evaluation.run.folder], benchmark="my-benchmark"), "report.html")
"""

import importlib
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
    from benchwright.store.runs import Run, read_run
    from benchwright.workflows.compare import compare
    from benchwright.workflows.evaluate import evaluate
    from benchwright.workflows.generate import generate
    from benchwright.workflows.grade import grade
    from benchwright.workflows.import_questions import import_questions
    from benchwright.workflows.report import report, write_report

__version__ = VERSION

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
    "Run",
    "Score",
    "__version__",
    "compare",
    "evaluate",
    "generate",
    "grade",
    "import_questions",
    "load",
    "read_benchmark",
    "read_run",
    "report",
    "resolve_model",
    "split",
    "write_benchmark",
    "write_report",
]

# Looked up on first use: the command line lives in this package and must start at once.
_HOMES = {
    "documents": ("load", "split"),
    "errors": ("BenchwrightError",),
    "models.protocol": ("Model",),
    "models.registry": ("resolve_model",),
    "records": (
        "Benchmark", "Citation", "Document", "Finding", "Message", "Passage", "Question", "Reply", "Request",
        "Response", "Score",
    ),
    "store.benchmark": ("read_benchmark", "write_benchmark"),
    "store.runs": ("Run", "read_run"),
    "workflows.compare": ("compare",),
    "workflows.evaluate": ("evaluate",),
    "workflows.generate": ("generate",),
    "workflows.grade": ("grade",),
    "workflows.import_questions": ("import_questions",),
    "workflows.report": ("report", "write_report"),
}  # fmt: skip


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"benchwright.{module}"), name)
    raise AttributeError(f"module `benchwright` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
