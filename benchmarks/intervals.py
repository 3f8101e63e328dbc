"""Do the intervals hold what they promise? Coverage and false alarms over simulated benchmarks.

Answers of one document are alike: each document has its own accuracy, drawn from a beta distribution with mean .8 and
intraclass correlation .2. Two equal models have the same mean.
"""

import argparse
from collections.abc import Sequence

import numpy as np
from bars import Bar

from benchwright.stats.paired import paired_difference
from benchwright.stats.proportion import beta_interval, score_interval

ACCURACY, CORRELATION = 0.8, 0.2
DESIGNS: dict[str, tuple[int, ...]] = {
    "10 × 10": (10,) * 10,
    "20 × 10": (10,) * 20,
    "60 × 5": (5,) * 60,
    "30 × 1": (1,) * 30,
    "10 unequal": (41, 21, 11, 9, 5, 5, 3, 2, 2, 1),
    "20 unequal": (60, 40, 30, 20, 10, 8, 6, 5, 4, 4, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1),
}


def answers(sizes: Sequence[int], chance: np.random.Generator) -> np.ndarray:
    """Right/wrong answers of one model, document after document."""
    strength = 1 / CORRELATION - 1
    accuracies = chance.beta(ACCURACY * strength, (1 - ACCURACY) * strength, size=len(sizes))
    return (chance.random(sum(sizes)) < np.repeat(accuracies, sizes)).astype(float)


def coverage(sizes: Sequence[int], trials: int, chance: np.random.Generator) -> float:
    """Share of trials whose 95 % interval holds the true accuracy."""
    labels = [(document,) for document in np.repeat(np.arange(len(sizes)), sizes).tolist()]
    hits = 0
    for _ in range(trials):
        interval = score_interval(answers(sizes, chance), labels)
        hits += interval.low <= ACCURACY <= interval.high
    return hits / trials


def null_rejections(sizes: Sequence[int], trials: int, chance: np.random.Generator) -> float:
    """Share of trials in which two equally good models are called different at the 5 % level.

    The hard null: the two are equally good over all documents, but each has its own strong and weak documents.
    """
    labels = [(document,) for document in np.repeat(np.arange(len(sizes)), sizes).tolist()]
    rejected = 0
    for _ in range(trials):
        rejected += paired_difference(answers(sizes, chance), answers(sizes, chance), labels).p < 0.05
    return rejected / trials


def run(trials: int = 20_000) -> list[Bar]:
    """Measure every bar with `trials` simulated benchmarks each."""
    chance = np.random.default_rng(20)
    bars: list[Bar] = []
    for name, sizes in DESIGNS.items():
        share = coverage(sizes, trials, chance)
        is_equal = len(set(sizes)) == 1
        low, high, target = (0.94, 0.985, ".94–.985") if is_equal else (0.93, 1.0, "≥ .93")
        bars.append(Bar(f"coverage of the 95 % interval, {name}", f"{share:.3f}", target, low <= share <= high))
    for name, sizes in DESIGNS.items():
        share = null_rejections(sizes, trials, chance)
        bars.append(Bar(f"paired null rejections at 5 %, {name}", f"{share:.3f}", ".03–.07", 0.03 <= share <= 0.07))
    for right, low, high in ((20, 0.8389, 0.9988), (12, 0.3844, 0.7818), (1, 0.0117, 0.2382)):
        found = beta_interval(right, 20)
        is_same = abs(found[0] - low) < 5e-5 and abs(found[1] - high) < 5e-5
        bars.append(Bar(f"Beta(1,1), {right}/20", f"{found[0]:.4f}–{found[1]:.4f}", f"{low}–{high}", is_same))
    return bars


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=20_000)
    for bar in run(parser.parse_args().trials):
        print(bar.name, bar.measured, bar.target, bar.passed)
