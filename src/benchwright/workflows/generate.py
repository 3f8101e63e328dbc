"""A folder of documents becomes a benchmark: load, write questions by rule, check, choose, write the folder."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchwright.curation import Curator
from benchwright.documents import Ocr, load, split
from benchwright.errors import InputError, NothingKept, unknown_name
from benchwright.generation.rules import DEFAULT_RULES, RULES
from benchwright.generation.rules.rule import Rule
from benchwright.generation.same_titles import told_apart
from benchwright.generation.selection import Selection, select
from benchwright.records import (
    Benchmark,
    BenchmarkManifest,
    Document,
    Finding,
    Passage,
    Provenance,
    Question,
    RejectedQuestion,
)
from benchwright.store.benchmark import is_benchmark, read_benchmark, require_place_for_benchmark, write_benchmark
from benchwright.version import VERSION
from benchwright.workflows.generated import Generated, Progress, assembled


@dataclass(frozen=True)
class _Checked:
    candidates: list[Question]
    rejected: list[RejectedQuestion]
    findings: list[Finding]


def generate(
    paths: str | Path | Sequence[str | Path],
    folder: str | Path,
    *,
    questions: int | None = None,
    seed: int = 0,
    kinds: Sequence[str] | None = None,
    language: str | None = None,
    name: str | None = None,
    ocr: Ocr | None = None,
    progress: Progress | None = None,
) -> Generated:
    """Write a benchmark of `questions` questions (or all there are) on the documents at `paths` into `folder`.

    `kinds` are names of rules, by default those whose questions hold up; `language` (ISO 639-1) keeps the documents in
    that language; `ocr`, such as `tesseract()`, reads pages that are pictures. The same documents and seed give the
    same bytes; a folder that holds a benchmark gains what is new.

    Raises:
        NothingLoaded: no file became a document.
        NothingKept: no question was left; the text says at which stage.
        UnknownName: a kind does not exist.
        DamagedFolder: `folder` holds something else.
    """
    target = Path(folder)
    if questions is not None and questions < 1:
        raise InputError(f"{questions} questions cannot be written; ask for 1 or more, or leave the number out")
    rules = _rules(kinds)
    tell = progress or _silent
    require_place_for_benchmark(target)
    old = read_benchmark(target) if is_benchmark(target) else None
    loaded = load(paths, ocr=ocr, progress=lambda done, total, _path: tell("documents", done, total))
    kept = _in_language(loaded.documents, language)
    documents = told_apart(kept, known=old.documents if old is not None else ())
    passages = {document.id: split(document) for document in documents}
    curator = Curator()
    checked = _write_and_check(documents, passages, rules, seed, curator, tell)
    chosen, doubles = _choose(checked.candidates, documents, questions, seed, curator, old)
    rejected = [*doubles, *checked.rejected]
    if not chosen.questions:
        raise NothingKept(
            f"no question is left of {len(checked.candidates)} that passed the checks: all are duplicates"
        )
    benchmark = assembled(
        questions=chosen.questions,
        documents=documents,
        passages=[passage for spans in passages.values() for passage in spans],
        rejected=rejected,
        findings=_of(checked.findings, [*chosen.questions, *(dropped.question for dropped in rejected)]),
        manifest=BenchmarkManifest(
            name=name or target.resolve().name,
            version=VERSION,
            fingerprint="",
            settings={
                "seed": seed,
                "kinds": ",".join(rule.kind for rule in rules),
                "language": language,
                "candidates": len(checked.candidates) + len(checked.rejected),
            },
            asked=questions,
            shortfall=chosen.shortfall,
            files=loaded.files,
        ),
        curator=curator,
        old=old,
    )
    written = write_benchmark(benchmark, target)
    counts = Counter(code for dropped in rejected for code in dropped.codes)
    return Generated(
        written,
        target,
        chosen.available,
        chosen.per_thousand_words,
        dict(sorted(counts.items())),
        before=len(old.questions) if old is not None else 0,
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


def _rules(kinds: Sequence[str] | None) -> list[Rule]:
    wanted = list(DEFAULT_RULES) if kinds is None else list(dict.fromkeys(kinds))
    for kind in wanted:
        if kind not in RULES:
            raise unknown_name("kind", kind, RULES)
    if not wanted:
        raise InputError(f"no kind of question is named; name some of {', '.join(sorted(RULES))}")
    return [RULES[kind] for kind in wanted]


def _in_language(documents: Sequence[Document], language: str | None) -> list[Document]:
    if language is None:
        return list(documents)
    kept = [document for document in documents if document.language == language]
    if not kept:
        found = ", ".join(f"{code} {count}" for code, count in Counter(d.language for d in documents).items())
        raise NothingKept(f"none of {len(documents)} documents is in the language `{language}` (found: {found})")
    return kept


def _write_and_check(
    documents: Sequence[Document],
    passages: dict[str, tuple[Passage, ...]],
    rules: Sequence[Rule],
    seed: int,
    curator: Curator,
    tell: Progress,
) -> _Checked:
    """Run every rule on every document and keep what passes the checks, in order of documents and rules."""
    checked = _Checked([], [], [])
    for done, document in enumerate(documents, 1):
        written = list(candidates(document, passages[document.id], rules, seed=seed))
        result = curator.each(written, [document])
        checked.candidates.extend(result.kept)
        checked.rejected.extend(result.rejected)
        checked.findings.extend(result.findings)
        tell("questions", done, len(documents))
    if not checked.candidates and not checked.rejected:
        raise NothingKept(
            "no rule found a fact it can vouch for in what was given; add documents with tables, numbers, dates, "
            "clauses or questions and answers, name other rules (`--kinds`), or let a model write (`--writer`)"
        )
    if not checked.candidates:
        codes = Counter(code for dropped in checked.rejected for code in dropped.codes)
        said = ", ".join(f"{code} {count}" for code, count in codes.most_common(3))
        raise NothingKept(f"the checks rejected all {len(checked.rejected)} questions ({said})")
    return checked


def candidates(
    document: Document, passages: Sequence[Passage], rules: Iterable[Rule], *, seed: int = 0
) -> Iterable[Question]:
    """Yield what the rules offer on one document; the chance depends on seed, document and rule alone."""
    for rule in rules:
        stream = np.random.SeedSequence([seed, int(document.id[:16], 16), *rule.kind.encode()])
        seeded: dict[Provenance, Provenance] = {}
        for question in rule.questions(document, passages, chance=np.random.default_rng(stream)):
            written = question.provenance
            if written not in seeded:
                seeded[written] = written.model_copy(update={"seed": seed})
            yield question.model_copy(update={"provenance": seeded[written]})


def _choose(
    offered: Sequence[Question],
    documents: Sequence[Document],
    count: int | None,
    seed: int,
    curator: Curator,
    old: Benchmark | None,
) -> tuple[Selection, list[RejectedQuestion]]:
    """Choose, drop what asks the same as another, and choose again until nothing is dropped."""
    already = old.questions if old is not None else ()
    refused = _dropped_by_person(old)
    remaining = [question for question in offered if question.id not in refused]
    rejected: list[RejectedQuestion] = []
    while True:
        chosen = select(remaining, documents, count=count, seed=seed)
        curated = curator.together(chosen.questions, already=already)
        if not curated.rejected:
            return chosen, rejected
        rejected += curated.rejected
        gone = {dropped.question.id for dropped in curated.rejected}
        remaining = [question for question in remaining if question.id not in gone]


def _dropped_by_person(old: Benchmark | None) -> set[str]:
    """What a review dropped does not come back."""
    if old is None:
        return set()
    return {
        dropped.question.id for dropped in old.rejected if not any(code.startswith("CUR") for code in dropped.codes)
    }


def _of(findings: Iterable[Finding], questions: Iterable[Question]) -> list[Finding]:
    subjects = {question.id for question in questions}
    return [finding for finding in findings if finding.subject in subjects]
