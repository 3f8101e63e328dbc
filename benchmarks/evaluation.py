"""Do the built-in models and the questions by rule behave: shortcuts, the ladder of holders, reading, speed.

Three sets of documents: the English and the Korean example documents, and invented registers in both languages (tables
and sentences with random names and numbers), with the shared documents as a fourth where they are there. All questions
are written by rule, as `benchwright generate` writes them.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from bars import Bar
from invented import registers

from benchwright.documents.load import load_files
from benchwright.documents.split import split
from benchwright.evaluation.metrics import clusters_of_question
from benchwright.generation.rules import DEFAULT_RULES, RULES
from benchwright.generation.selection import select
from benchwright.models.builtin import BASELINES, HOLDERS
from benchwright.records import Benchmark, BenchmarkManifest, Document, Passage, Question
from benchwright.stats.paired import paired_difference
from benchwright.store.benchmark import fingerprint
from benchwright.store.runs import Run
from benchwright.workflows.evaluate import evaluate

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "src/benchwright/demo/documents"
SHARED = Path(os.environ.get("BENCHWRIGHT_SHARED", ROOT / "../shared/data")) / "docs"
PERMUTATIONS = 100


def sets() -> Iterator[tuple[str, tuple[Document, ...]]]:
    """The sets of documents, by name."""
    yield "example documents, English", load_files(DEMO / "en").documents
    yield "example documents, Korean", load_files(DEMO / "ko").documents
    yield "invented registers", registers(documents=8, seed=11)
    if SHARED.is_dir():
        yield "shared documents", load_files(SHARED).documents


def questions_of(documents: Sequence[Document]) -> tuple[tuple[Question, ...], tuple[Passage, ...]]:
    """Every question that the default rules vouch for and that can stand together, and the passages."""
    passages: list[Passage] = []
    candidates: list[Question] = []
    for document in documents:
        own = split(document)
        passages += own
        for kind in DEFAULT_RULES:
            chance = np.random.default_rng([17, *document.id.encode()[:8]])
            candidates += RULES[kind].questions(document, own, chance=chance)
    return select(candidates, documents).questions, tuple(passages)


def whole() -> tuple[Benchmark, dict[str, int]]:
    """One benchmark of all sets, choice questions only, and how many each set gave."""
    documents: list[Document] = []
    passages: list[Passage] = []
    questions: list[Question] = []
    counts: dict[str, int] = {}
    for name, sources in sets():
        made, pieces = questions_of(sources)
        chosen = [question for question in made if question.form == "choice"]
        counts[name] = len(chosen)
        documents += sources
        passages += pieces
        questions += chosen
    manifest = BenchmarkManifest(name="all", version="0", fingerprint=fingerprint(questions))
    benchmark = Benchmark(
        manifest=manifest, questions=tuple(questions), documents=tuple(documents), passages=tuple(passages)
    )
    return benchmark, counts


def option_features(question: Question) -> np.ndarray:
    """What can be seen of each option without the question: length, form, digits, rank among its neighbours."""
    rows: list[list[float]] = []
    values = [float("".join(c for c in text if c.isdigit()) or -1) for text in question.choices]
    for place, text in enumerate(question.choices):
        rank = sum(value < values[place] for value in values)
        size = len(question.choices)
        others = [set(other.split()) for other in question.choices if other != text]
        own = set(text.split())
        rows.append(
            [
                len(text),
                len(text.split()),
                sum(c.isdigit() for c in text),
                sum(c.isupper() for c in text),
                sum(c in ".,%" for c in text),
                float(text[:1].isdigit()),
                float(text.rstrip("%").endswith("0")),
                float(text.rstrip("%").endswith("5")),
                float(place == 0),
                float(place == size - 1),
                float(rank == 0),
                float(rank == size - 1),
                rank / max(size - 1, 1),
                float(np.mean([len(own & other) for other in others])) if others else 0.0,
            ]
        )
    table = np.array(rows)
    # Seen from inside its question: an option is long or short beside the others.
    return table - table.mean(axis=0)


def fit(tables: Sequence[np.ndarray], keys: Sequence[int], *, ridge: float = 1.0, rounds: int = 60) -> np.ndarray:
    """Weights of a conditional logit (softmax over the options of a question), by gradient ascent with a ridge."""
    size = max(len(table) for table in tables)
    padded = np.zeros((len(tables), size, tables[0].shape[1]))
    mask = np.full((len(tables), size), -np.inf)
    for number, table in enumerate(tables):
        padded[number, : len(table)] = table
        mask[number, : len(table)] = 0.0
    chosen = padded[np.arange(len(tables)), list(keys)]
    weights = np.zeros(padded.shape[2])
    for _ in range(rounds):
        logits = padded @ weights + mask
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        expected = np.einsum("qo,qof->qf", shares, padded)
        gradient = (chosen - expected).sum(axis=0) - ridge * weights
        spread = np.einsum("qo,qof,qog->fg", shares, padded, padded) - expected.T @ expected
        weights = weights + np.linalg.solve(spread + ridge * np.eye(len(weights)), gradient)
    return weights


def cross_validated(tables: Sequence[np.ndarray], keys: np.ndarray, folds: np.ndarray, rounds: int) -> float:
    """Share of questions whose key a classifier of the other folds finds from the options alone."""
    right = 0
    for fold in np.unique(folds):
        inside = np.flatnonzero(folds != fold)
        weights = fit([tables[i] for i in inside], keys[inside].tolist(), rounds=rounds)
        right += sum(int(np.argmax(tables[i] @ weights)) == keys[i] for i in np.flatnonzero(folds == fold))
    return right / len(tables)


def options_only(questions: Sequence[Question], permutations: int) -> tuple[float, float]:
    """Accuracy of the options-only classifier, cross-validated by document, and its permutation p."""
    chance = np.random.default_rng(3)
    tables = [option_features(question) for question in questions]
    scale = np.vstack(tables).std(axis=0)
    tables = [table / np.where(scale > 0, scale, 1) for table in tables]
    keys = np.array([question.key for question in questions])
    documents = {name: i for i, name in enumerate(dict.fromkeys(q.document_ids[0] for q in questions))}
    fold_of = chance.permutation(len(documents)) % 5
    folds = np.array([fold_of[documents[question.document_ids[0]]] for question in questions])
    found = cross_validated(tables, keys, folds, 8)
    null = [
        cross_validated(tables, np.array([chance.integers(len(table)) for table in tables]), folds, 8)
        for _ in range(permutations)
    ]
    return found, (1 + sum(value >= found for value in null)) / (1 + permutations)


Marks = dict[str, dict[str, float]]


def closed_marks(run: Run) -> Marks:
    """What each model got for each question under `closed`."""
    given = run.scores_by("by_form")
    marks: Marks = {}
    for response in run.responses:
        if response.condition == "closed":
            marks.setdefault(response.model, {})[response.question_id] = given[response.id].value or 0.0
    return marks


def run(permutations: int = PERMUTATIONS) -> list[Bar]:
    """Measure every bar of built-in models and evaluation."""
    benchmark, counts = whole()
    names = [f"builtin/{name}" for name in (*BASELINES, *HOLDERS, "keyword", "bm25", "ngram", "oracle")]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        done = asyncio.run(evaluate(benchmark, names, runs=folder))
        seconds = time.perf_counter() - began
    size = len(benchmark.questions)
    shown = ", ".join(f"{count} {name}" for name, count in counts.items())
    bars = [Bar("multiple-choice questions by rule", f"{size} ({shown})", "≥ 1500 in ≥ 3 sets", size >= 1500)]
    marks = closed_marks(done.run)
    bars += _shortcuts(marks, benchmark.questions)
    accuracy, p = options_only(benchmark.questions, permutations)
    level = done.board.rows[0].chance
    bars.append(
        Bar(
            "options-only classifier",
            f"{accuracy:.3f} (chance {level:.3f}), p {p:.3f}",
            "finds nothing: p > .05",
            bool(p > 0.05),
        )
    )
    bars += _ladder(marks, benchmark.questions)
    gains = {gain.model: gain.difference for gain in done.board.gains}
    for name in ("keyword", "bm25", "ngram"):
        gain = gains[f"builtin/{name}"]
        text = f"{gain.estimate * 100:+.1f} points ({gain.low * 100:+.1f} to {gain.high * 100:+.1f})"
        bars.append(
            Bar(
                f"passage − closed, {name}",
                text,
                "≥ +25" if name == "bm25" else "",
                gain.estimate >= 0.25 if name == "bm25" else None,
            )
        )
    calls = len(done.run.responses)
    bars.append(
        Bar("built-in answers asked, graded and stored", f"{calls / seconds:.0f}/s ({calls} in {seconds:.1f} s)", "")
    )
    return bars


def _shortcuts(marks: Marks, questions: Sequence[Question]) -> list[Bar]:
    """How far each baseline lies above chance: clustered by document, against 1/options question by question."""
    labels = [clusters_of_question(question) for question in questions]
    chance = [1 / len(question.choices) for question in questions]
    bars: list[Bar] = []
    for name in BASELINES:
        values = [marks[f"builtin/{name}"][question.id] for question in questions]
        over = paired_difference(values, chance, labels)
        text = f"{np.mean(values):.3f}, {over.estimate * 100:+.1f} points over chance, at most {over.high * 100:+.1f}"
        bars.append(Bar(f"no-reading baseline `{name}`", text, "≤ +4.0", over.high <= 0.04))
    return bars


def _ladder(marks: Marks, questions: Sequence[Question]) -> list[Bar]:
    labels = [clusters_of_question(question) for question in questions]
    ladder = [[marks[f"builtin/{name}"][question.id] for question in questions] for name in HOLDERS]
    gaps = [paired_difference(large, small, labels) for small, large in pairwise(ladder)]
    worst = max(gap.p for gap in gaps)
    text = " < ".join(f"{np.mean(values):.3f}" for values in ladder)
    passed = worst < 0.05 and all(gap.estimate > 0 for gap in gaps)
    return [Bar("holders in their true order", f"{text}; largest p {worst:.1g}", "every gap p < .05", passed)]


if __name__ == "__main__":
    for bar in run():
        print(f"{bar.name}: {bar.measured} [{bar.target}] {bar.passed}")
