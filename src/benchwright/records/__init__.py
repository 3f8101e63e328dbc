"""The values that flow through Benchwright: document, passage, question, benchmark, run, response, score, finding."""

from benchwright.records.base import Record, canonical_json, content_hash
from benchwright.records.benchmark import Benchmark, BenchmarkManifest
from benchwright.records.document import Block, Cell, Document, FileStatus, Heading, Page, Passage, Table
from benchwright.records.finding import Finding
from benchwright.records.passages import Passages, Span
from benchwright.records.question import Citation, Provenance, Question, RejectedQuestion
from benchwright.records.run import CONDITIONS, Message, Reply, Request, Response, RunManifest, Score, Timing, Usage

__all__ = [
    "CONDITIONS",
    "Benchmark",
    "BenchmarkManifest",
    "Block",
    "Cell",
    "Citation",
    "Document",
    "FileStatus",
    "Finding",
    "Heading",
    "Message",
    "Page",
    "Passage",
    "Passages",
    "Provenance",
    "Question",
    "Record",
    "RejectedQuestion",
    "Reply",
    "Request",
    "Response",
    "RunManifest",
    "Score",
    "Span",
    "Table",
    "Timing",
    "Usage",
    "canonical_json",
    "content_hash",
]
