"""Learns to tell what terse prompts ask for, and says how well: `python tools/prompt_categories.py`.

Multinomial logistic regression with a ridge, by accelerated gradient steps on the prompts' inner products. It learns
from `tools/prompt_categories/*.txt` and from the prompts that the rules were written on; never from those kept aside.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchwright.arena import prompt_letters
from benchwright.arena.prompt_categories import CATEGORIES, OTHER, category_of
from benchwright.arena.prompt_letters import PLACES, QUANTUM, places

HERE = Path(__file__).parent
LABELLED = HERE.parent / "tests" / "arena" / "data"
TARGET = Path(prompt_letters.__file__).with_name(prompt_letters.WEIGHTS)
RIDGE = 3e-4
STEPS = 200
Prompt = tuple[str, str]


def read(paths: Iterable[Path]) -> list[Prompt]:
    """The prompts of `paths` with their labels: a line `# label` stands above its prompts."""
    found: list[Prompt] = []
    label = ""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                label = line[2:]
            elif line:
                found.append((label, line))
    return found


def learnt_from() -> list[Prompt]:
    """All prompts that may be learnt from."""
    own = sorted((HERE / "prompt_categories").glob("*.txt"))
    return read([*own, *sorted(LABELLED.glob("prompts_*.txt")), *sorted(LABELLED.glob("typed_*.txt"))])


def learn(prompts: Sequence[Prompt]) -> NDArray[np.int8]:
    """The weight of each place for each category, in steps of `QUANTUM`."""
    rows = np.zeros((len(prompts), PLACES))
    for row, (_, text) in zip(rows, prompts, strict=True):
        at = places(text)
        row[at] = len(at) ** -0.5
    wanted = np.array([[label == name for name in CATEGORIES] for label, _ in prompts], dtype=np.float64)
    inner = rows @ rows.T
    steepest = 0.5 * float(np.linalg.norm(inner, 2)) / len(prompts) + RIDGE
    share = ahead = np.zeros_like(wanted)
    pace = 1.0
    for _ in range(STEPS):
        said = inner @ ahead
        chance = np.exp(said - said.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        after = ahead - ((chance - wanted) / len(prompts) + RIDGE * ahead) / steepest
        faster = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead, share, pace = after + (pace - 1) / faster * (after - share), after, faster
    return np.clip(np.rint(rows.T @ share / QUANTUM), -127, 127).astype(np.int8)


def main() -> None:
    """Learn, write the weights, and tell how the prompts kept aside are sorted."""
    prompts = learnt_from()
    np.save(TARGET, learn(prompts))
    print(f"learnt from {len(prompts)} prompts; {TARGET.name} has {TARGET.stat().st_size:,} bytes")
    print("kept aside     prompts  right   of the tasks found   of the told right")
    for name in ("heldout_en", "heldout_ko", "unseen_en", "unseen_ko"):
        sorted_ = [(label, category_of(text)) for label, text in read([LABELLED / f"{name}.txt"])]
        right = [label == found for label, found in sorted_]
        tasks = [label == found for label, found in sorted_ if label != OTHER]
        told = [label == found for label, found in sorted_ if found != OTHER]
        print(f"{name:14} {len(sorted_):7}  {np.mean(right):5.0%}   {np.mean(tasks):18.0%}   {np.mean(told):17.0%}")


if __name__ == "__main__":
    main()
