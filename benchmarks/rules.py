"""Questions by rule, what a machine can judge of them: shortcuts, key positions, ranks, yield, speed.

`python benchmarks/run.py rules` reads the demo documents and invented registers; `BENCHWRIGHT_CORPUS=FOLDER` names
other documents. Shortcuts are sought in prose and structure together, as a benchmark holds them.
Validity is judged by readers: docs/decisions/ holds what they found.
"""

import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from bars import Bar
from invented import registers

from benchwright.documents.load import load
from benchwright.generation.rules import DEFAULT_RULES, RULES
from benchwright.generation.selection import select
from benchwright.records import Document, Question
from benchwright.text.numbers import find_quantities, parse_number
from benchwright.text.tokens import content_words, words

ROOT = Path(__file__).resolve().parents[1]
INVENTED, SEED = 8, 2
"""Registers beside the demo's documents, and the seed they are drawn with: enough for 300 questions a language."""
Said = dict[tuple[str, ...], Counter[str]]
ENOUGH = 300
MARGIN = 3.0
"""Standard errors that a share may lie beyond its bar before too small a sample counts as a miss."""


SHARED = Path(os.environ.get("BENCHWRIGHT_SHARED", ROOT / "../shared/data")) / "docs"
"""Documents by others, where they lie beside this checkout."""


def corpus() -> list[Document]:
    """The documents named by BENCHWRIGHT_CORPUS (several folders joined by `:`), else those of every machine."""
    named = [Path(part) for part in os.environ.get("BENCHWRIGHT_CORPUS", "").split(":") if part]
    if named:
        return [document for folder in named for document in load(folder).documents]
    return [*load(ROOT / "src/benchwright/demo/documents").documents, *registers(INVENTED, seed=SEED)]


def offered(documents: list[Document]) -> tuple[list[Question], float]:
    """All that the default rules offer, and the processor seconds it took."""
    begun = time.process_time()
    found = [
        question
        for document in documents
        for kind in DEFAULT_RULES
        for question in RULES[kind].questions(document, [], chance=np.random.default_rng(0))
    ]
    return found, time.process_time() - begun


def longest(question: Question, _: Said) -> str:
    """The longest option, the last of equals."""
    return max(reversed(question.choices), key=len)


def most_overlap(question: Question, _: Said) -> str:
    """The option that shares most characters' pairs and words with the stem."""
    stem = Counter(words(question.text)) + Counter(re.findall(r"\d", question.text))

    def shared(option: str) -> int:
        return sum(stem[word] for word in [*words(option), *re.findall(r"\d", option)])

    return max(question.choices, key=shared)


def reads_the_others(question: Question, others: Said) -> str:
    """The option that stands most often in the stems and options of the set's other questions of its document."""
    own = Counter(words(" ".join((question.text, *question.choices))))
    said = others[question.document_ids]
    return max(question.choices, key=lambda option: sum(said[word] - own[word] for word in content_words(option)))


def _said(questions: list[Question]) -> Said:
    """How often each word stands in the stems and options, by document."""
    said: Said = defaultdict(Counter)
    for question in questions:
        said[question.document_ids].update(words(" ".join((question.text, *question.choices))))
    return said


def features(question: Question) -> np.ndarray:
    """What the options alone show of each option: length, rank, distance from the middle, roundness, last digit."""
    values = [float(parse_number(q[0].number) or 0) if (q := find_quantities(c)) else 0.0 for c in question.choices]
    order, middle = np.argsort(np.argsort(values)), float(np.mean(values))
    scale = max(abs(v - middle) for v in values) or 1.0
    rows: list[list[float]] = []
    for i, choice in enumerate(question.choices):
        digits = re.sub(r"\D", "", choice)
        zeros = len(digits) - len(digits.rstrip("0"))
        rank = [float(order[i] == r) for r in range(4)]
        last = int(digits[-1]) if digits else 0
        rows.append(
            [len(choice), *rank, abs(values[i] - middle) / scale, zeros, float(last == 5), float(last % 2 == 0)]
        )
    return np.array(rows)


def options_only(questions: list[Question]) -> float:
    """Accuracy, in five folds by document, of a conditional logit on `features`."""
    if len(questions) < 20:
        return float("nan")
    x = np.stack([features(question) for question in questions])
    x = (x - x.mean((0, 1))) / (x.std((0, 1)) + 1e-9)
    x -= x.mean(1, keepdims=True)
    key = np.array([question.key or 0 for question in questions])
    fold = np.random.default_rng(0).permutation(len(questions)) % 5
    right = 0
    for held in range(5):
        train, test = fold != held, fold == held
        weights = np.zeros(x.shape[2])
        for _ in range(300):
            score = x[train] @ weights
            share = np.exp(score - score.max(1, keepdims=True))
            share /= share.sum(1, keepdims=True)
            share[np.arange(train.sum()), key[train]] -= 1
            weights -= 0.3 * (np.einsum("qo,qof->f", share, x[train]) / train.sum() + 0.01 * weights)
        right += int(((x[test] @ weights).argmax(1) == key[test]).sum())
    return right / len(questions)


def _bar(name: str, share: float, count: int, low: float | None, high: float) -> Bar:
    error = (0.25 * 0.75 / max(count, 1)) ** 0.5
    slack = 0.0 if count >= ENOUGH else MARGIN * error
    passed = (low is None or share >= low - slack) and share <= high + slack
    target = f"≤ {high:.2f}" if low is None else f"{low:.2f}–{high:.2f}"
    note = "" if count >= ENOUGH else f" (only {count} questions, ± {1.96 * error:.2f})"
    return Bar(name, f"{share:.3f}{note}", target, passed)


def shortcut_bars(questions: list[Question], language: str) -> list[Bar]:
    """What readers without the documents make of the multiple-choice questions of one language."""
    choice = [question for question in questions if question.form == "choice" and question.language == language]
    if not choice:
        return [Bar(f"{language}: multiple-choice questions", "0", f"≥ {ENOUGH}", None)]
    readers: dict[str, Callable[[Question, Said], str]] = {
        "longest option": longest,
        "most word overlap": most_overlap,
        "reader of the other questions": reads_the_others,
    }
    said = _said(questions)
    bars = [Bar(f"{language}: multiple-choice questions", str(len(choice)), f"≥ {ENOUGH} to judge", None)]
    for name, reader in readers.items():
        share = sum(reader(question, said) == question.answer for question in choice) / len(choice)
        bars.append(_bar(f"{language}: {name}", share, len(choice), None, 0.32))
    bars.append(_bar(f"{language}: options-only classifier", options_only(choice), len(choice), None, 0.32))
    keys = Counter(question.key for question in choice)
    bars += [_bar(f"{language}: key at {'ABCD'[i]}", keys[i] / len(choice), len(choice), 0.20, 0.30) for i in range(4)]
    ranked = [q for q in choice if q.kind in ("number", "quantity", "year") and len(q.choices) == 4]
    ranks = Counter(_rank(question) for question in ranked)
    for rank in range(4):
        share = ranks[rank] / max(len(ranked), 1)
        bars.append(_bar(f"{language}: key is number {rank + 1} of 4 by size", share, len(ranked), 0.18, 0.32))
    return bars


def _rank(question: Question) -> int:
    values = [float(parse_number(find_quantities(option)[0].number) or 0) for option in question.choices]
    return sum(value < values[question.key or 0] for value in values)


def speed(name: str, documents: list[Document], *, is_judged: bool) -> tuple[Bar, list[Question]]:
    """How much text the default rules read in a second of one core, and what they offered."""
    offered(documents)  # patterns are compiled once
    found, seconds = offered([document.model_copy() for document in documents])
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    rate = size / max(seconds, 1e-9)
    told = f"{rate:.2f} MB ({size:.2f} MB, {len(found) / size / 1000:.1f} candidates a kB)"
    bar = Bar(
        f"all default rules on {name}, text a second a core", told, "≥ 0.30 MB", rate >= 0.3 if is_judged else None
    )
    return bar, found


def run() -> list[Bar]:
    """Return the bars of the default rules on the corpus; speed is judged on documents that others wrote."""
    documents = corpus()
    dense, found = speed("the dense example documents", documents, is_judged=not SHARED.is_dir())
    ordinary = [speed("ordinary documents", list(load(SHARED).documents), is_judged=True)[0]] if SHARED.is_dir() else []
    chosen = list(select(found, documents).questions)
    thousand = sum(len(words(document.text)) for document in documents) / 1000
    kinds = Counter(question.kind for question in chosen)
    rates = ", ".join(f"{kind} {count / thousand:.1f}" for kind, count in sorted(kinds.items()))
    return [
        *ordinary,
        dense,
        Bar("questions per 1000 words, by kind", rates, "reported", None),
        *shortcut_bars(chosen, "en"),
        *shortcut_bars(chosen, "ko"),
    ]
