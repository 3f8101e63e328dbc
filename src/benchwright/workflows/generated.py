"""What a build is put together from and what it returns, whoever wrote the questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchwright.curation import Curator
from benchwright.records import (
    Benchmark,
    BenchmarkManifest,
    Document,
    Finding,
    Passage,
    Passages,
    Question,
    RejectedQuestion,
)

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, items done and items in all."""


@dataclass(frozen=True)
class Generated:
    """What `generate` made: the benchmark as its folder now holds it, and how the choice went."""

    benchmark: Benchmark
    folder: Path
    available: int
    """Questions that could have stood in it."""
    per_thousand_words: dict[str, float]
    rejected: dict[str, int]
    """Questions rejected in this build, by code."""
    before: int = 0
    """Questions that the folder held before; all of them stay."""


def assembled(
    *,
    questions: Sequence[Question],
    documents: Sequence[Document],
    passages: Sequence[Passage],
    rejected: Sequence[RejectedQuestion],
    findings: Sequence[Finding],
    manifest: BenchmarkManifest,
    curator: Curator,
    old: Benchmark | None,
) -> Benchmark:
    """Put the benchmark together; what is said of the whole set includes what the folder already holds."""
    before = old.questions if old is not None else ()
    all_questions = list({question.id: question for question in [*before, *questions]}.values())
    all_passages = passages
    if old is not None:
        all_passages = list({passage.id: passage for passage in [*old.passages, *passages]}.values())
    all_findings = [*(old.findings if old else ()), *findings]
    return Benchmark(
        manifest=manifest,
        questions=tuple(questions),
        documents=tuple(documents),
        passages=passages if isinstance(passages, Passages) else tuple(passages),
        rejected=tuple(rejected),
        findings=(*findings, *curator.whole(all_questions, all_passages, all_findings)),
    )
