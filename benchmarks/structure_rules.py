"""Questions from structure: speed, yield, and whether anything but reading finds the key.

Documents: the demo's own; shortcuts are sought in invented registers as well, for the demo alone has too few choices.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bars import Bar
from invented import registers

import benchwright.demo
from benchwright.documents.load import load_files
from benchwright.generation.rules.article import Article
from benchwright.generation.rules.faq import Faq
from benchwright.generation.rules.key_value import KeyValue
from benchwright.generation.rules.procedure import Procedure
from benchwright.generation.rules.rule import Rule
from benchwright.generation.rules.table_aggregate import TableAggregate
from benchwright.generation.rules.table_cell import TableCell
from benchwright.generation.rules.table_compare import TableCompare
from benchwright.generation.selection import deal_keys, key_rank, select
from benchwright.records import Document, Question
from benchwright.text.tokens import words

RULES: tuple[Rule, ...] = (TableCell(), TableCompare(), TableAggregate(), KeyValue(), Faq(), Procedure(), Article())
DEMO = Path(benchwright.demo.__file__).parent / "documents"
LIMIT = 0.32
REGISTERS = 6
Guess = Callable[[Question], np.ndarray]


@dataclass(frozen=True)
class Shortcut:
    """How often a guess without reading meets the key."""

    name: str
    rate: float
    questions: int

    def bar(self, language: str) -> Bar:
        target = f"≤ {LIMIT} on ≥ 300 questions"
        passed = self.rate <= LIMIT if self.questions >= 300 else None
        return Bar(f"{language}: {self.name}", f"{self.rate:.3f} of {self.questions}", target, passed)


def candidates(documents: Sequence[Document]) -> list[Question]:
    chance = np.random.default_rng(0)
    return [
        question for document in documents for rule in RULES for question in rule.questions(document, (), chance=chance)
    ]


def rate(questions: Sequence[Question], guess: Guess) -> float:
    """The expected share of hits; ties are broken evenly."""
    hits = 0.0
    for question in questions:
        scores = guess(question)
        best = np.flatnonzero(scores == scores.max())
        hits += (question.key in best) / len(best)
    return hits / max(len(questions), 1)


def longest(question: Question) -> np.ndarray:
    return np.array([len(choice) for choice in question.choices], dtype=float)


def overlap(question: Question) -> np.ndarray:
    stem = set(words(question.text))
    return np.array([len(stem & set(words(choice))) for choice in question.choices], dtype=float)


def seen_elsewhere(questions: Sequence[Question]) -> Guess:
    """How often each option stands in the other questions of its document."""
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for question in questions:
        texts[question.document_ids[0]].append(
            (question.id, f"{question.text} {' | '.join(question.choices)}".casefold())
        )

    def guess(question: Question) -> np.ndarray:
        others = [text for other, text in texts[question.document_ids[0]] if other != question.id]
        return np.array([sum(choice.casefold() in text for text in others) for choice in question.choices], dtype=float)

    return guess


def _features(question: Question) -> np.ndarray:
    """What options show by themselves: place, length, rank, digits, and hashed character triples."""
    rows = np.zeros((len(question.choices), 300))
    lengths = np.argsort(np.argsort([len(choice) for choice in question.choices]))
    order = np.argsort(
        np.argsort([float("".join(c for c in choice if c.isdigit()) or -1) for choice in question.choices])
    )
    for i, choice in enumerate(question.choices):
        rows[i, min(i, 5)] = 1
        rows[i, 6 + min(int(lengths[i]), 5)] = 1
        rows[i, 12 + min(int(order[i]), 5)] = 1
        rows[i, 18] = any(c.isdigit() for c in choice)
        for j in range(len(choice) - 2):
            rows[i, 20 + sum(ord(c) * 31**k for k, c in enumerate(choice[j : j + 3])) % 280] += 1
    return rows - rows.mean(axis=0)


def trained(questions: Sequence[Question], *, folds: int = 5, seed: int = 0) -> float:
    """Hits of a conditional logit on the options alone, trained on other documents' and other folds' questions."""
    rows = [_features(question) for question in questions]
    keys = np.array([question.key for question in questions])
    part = np.random.default_rng(seed).integers(folds, size=len(questions))
    hits = 0
    for fold in range(folds):
        weights = np.zeros(300)
        train = np.flatnonzero(part != fold)
        for _ in range(60):
            step = -0.02 * weights
            for i in train:
                odds = np.exp(rows[i] @ weights - (rows[i] @ weights).max())
                step += (rows[i][keys[i]] - odds @ rows[i] / odds.sum()) / len(train) * 4
            weights += step
        hits += sum(int(np.argmax(rows[i] @ weights) == keys[i]) for i in np.flatnonzero(part == fold))
    return hits / max(len(questions), 1)


def _positions(language: str, choice: Sequence[Question]) -> list[Bar]:
    positions = Counter(question.key for question in choice)
    shares = [positions[i] / len(choice) for i in range(4)]
    numeric = [rank for rank in map(key_rank, choice) if rank is not None]
    ranks = [Counter(numeric)[i] / max(len(numeric), 1) for i in range(1, 5)]
    return [
        Bar(
            f"{language}: key positions",
            " ".join(f"{s:.2f}" for s in shares),
            ".20–.30",
            all(0.2 <= s <= 0.3 for s in shares),
        ),
        Bar(
            f"{language}: key's rank among numbers",
            f"{' '.join(f'{r:.2f}' for r in ranks)} of {len(numeric)}",
            ".18–.32",
            all(0.18 <= r <= 0.32 for r in ranks),
        ),
    ]


def shortcuts(language: str, questions: Sequence[Question]) -> list[Bar]:
    choice = [question for question in questions if question.form == "choice" and len(question.choices) == 4]
    elsewhere = seen_elsewhere(questions)
    found = [
        Shortcut("longest option", rate(choice, longest), len(choice)),
        Shortcut("most word overlap", rate(choice, overlap), len(choice)),
        Shortcut("option seen most in other questions", rate(choice, elsewhere), len(choice)),
        Shortcut("option seen least in other questions", rate(choice, lambda q: -elsewhere(q)), len(choice)),
        Shortcut("classifier on options alone", trained(choice), len(choice)),
    ]
    return [*(shortcut.bar(language) for shortcut in found), *_positions(language, choice)]


def speed(documents: Sequence[Document]) -> Bar:
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    rounds = 3
    start = time.process_time()
    for _ in range(rounds):
        candidates(documents)
    measured = size * rounds / (time.process_time() - start)
    return Bar("structure rules, MB of text a second a core", f"{measured:.2f}", "≥ 0.3", measured >= 0.3)


def run() -> list[Bar]:
    documents = load_files([DEMO]).documents
    bars = [speed(documents)]
    for language in ("en", "ko"):
        mine = [document for document in documents if document.language == language]
        selection = select(candidates(mine), mine)
        kinds = ", ".join(f"{kind} {rate:g}" for kind, rate in selection.per_thousand_words.items())
        bars.append(Bar(f"{language}: questions per 1000 words, {selection.available} in all", kinds, "—"))
        # Shortcuts are sought in everything the rules offer; a selection shows each set of options at most twice.
        wider = [*mine, *(register for register in registers(REGISTERS, seed=4) if register.language == language)]
        bars += shortcuts(language, deal_keys(candidates(wider), chance=np.random.default_rng(1)))
        few = select(candidates(mine), mine, count=200).questions
        alike = Counter(frozenset(question.choices) for question in few if question.choices)
        bars.append(
            Bar(
                f"{language}: most questions with the same options, of 200",
                str(max(alike.values())),
                "≤ 2",
                max(alike.values()) <= 2,
            )
        )
    return bars


if __name__ == "__main__":
    for bar in run():
        print(f"{bar.name:60} {bar.measured:40} {bar.target:30} {bar.passed}")
