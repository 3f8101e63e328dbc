"""A benchmark: questions, the documents and passages they cite, what was rejected, and how it was made."""

from pydantic import Field

from benchwright.records.base import Record
from benchwright.records.document import Document, FileStatus, Passage
from benchwright.records.finding import Finding
from benchwright.records.passages import Passages
from benchwright.records.question import Question, RejectedQuestion


class BenchmarkManifest(Record):
    """How a benchmark was made; no wall clock, so that the same input gives the same bytes."""

    name: str
    version: str
    """Version of Benchwright that wrote it."""
    fingerprint: str
    """Hash of the sorted question ids."""
    settings: dict[str, str | int | float | bool | None] = {}
    writers: dict[str, int] = {}
    """Questions kept, by writer."""
    languages: dict[str, int] = {}
    kinds: dict[str, int] = {}
    asked: int | None = None
    """How many questions were asked for; `None` for all there are."""
    shortfall: str = ""
    """Why fewer came, in plain words."""
    files: tuple[FileStatus, ...] = ()
    rows: dict[str, int] = {}
    """Rows of each file of the folder, by file name."""


class Benchmark(Record):
    """A whole benchmark in memory, as its folder holds it."""

    manifest: BenchmarkManifest
    questions: tuple[Question, ...] = Field(repr=False)
    documents: tuple[Document, ...] = Field(default=(), repr=False)
    passages: Passages | tuple[Passage, ...] = Field(default=(), repr=False)
    rejected: tuple[RejectedQuestion, ...] = Field(default=(), repr=False)
    findings: tuple[Finding, ...] = Field(default=(), repr=False)
