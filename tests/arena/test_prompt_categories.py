"""Categories against 738 prompts labelled by hand in two languages: tidy, as typed, and two sets kept aside."""

import importlib.util
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchwright.arena.prompt_categories import CATEGORIES, OTHER, Categories, category_of

DATA = Path(__file__).parent / "data"


def labelled(language: str, which: str = "prompts") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    label = ""
    for line in (DATA / f"{which}_{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            label = line[2:]
        elif line:
            rows.append((label, line))
    return rows


def accuracy(language: str, which: str = "prompts") -> float:
    rows = labelled(language, which)
    return sum(category_of(text) == label for label, text in rows) / len(rows)


def test_the_labelled_prompts_are_many_and_in_known_categories():
    rows = labelled("en") + labelled("ko")
    assert len(rows) >= 200
    assert set(Counter(label for label, _ in rows)) == set(CATEGORIES)


@pytest.mark.parametrize(("language", "least"), [("en", 0.8), ("ko", 0.8)])
def test_categories_are_right_for_most_prompts(language: str, least: float):
    assert accuracy(language) >= least


@pytest.mark.parametrize("language", ["en", "ko"])
def test_prompts_as_people_type_them_are_sorted_too(language: str):
    assert accuracy(language, "typed") >= 0.9


@pytest.mark.parametrize(("language", "found", "right"), [("en", 0.5, 0.75), ("ko", 0.35, 0.65)])
def test_of_terse_prompts_that_nothing_was_learnt_from_some_are_found_and_most_that_are_told_are_right(
    language: str, found: float, right: float
):
    rows = [(label, category_of(text)) for name in ("heldout", "unseen") for label, text in labelled(language, name)]
    assert len(rows) >= 150
    tasks = [label == said for label, said in rows if label != OTHER]
    told = [label == said for label, said in rows if said != OTHER]
    assert sum(tasks) / len(tasks) >= found
    assert sum(told) / len(told) >= right


def test_the_weights_are_those_that_the_tool_learns():
    path = Path(__file__).parents[2] / "tools" / "prompt_categories.py"
    spec = importlib.util.spec_from_file_location("learning", path)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    kept = np.load(tool.TARGET).astype(int)
    # Another machine adds in another order: a weight may fall on the other side of a rounding.
    assert np.abs(kept - tool.learn(tool.learnt_from())).max() <= 1
    aside = {
        text for name in ("heldout", "unseen") for language in ("en", "ko") for _, text in labelled(language, name)
    }
    assert not aside & {text for _, text in tool.learnt_from()}


def test_a_pasted_text_does_not_outweigh_the_instruction():
    pasted = "def f(x):\n    return x\n" * 60
    assert category_of(f"Summarize what this module is for.\n\n{pasted}") in ("summarising", "coding")
    assert category_of("Summarize this article.\n\n" + "The recipe needs flour and water. " * 80) == "summarising"


def test_the_owners_words_come_first():
    own = Categories({"warranty": ("warranty", "보증")})
    assert own.of("Translate our warranty terms") == "warranty"
    assert own.of("Translate this") == "translation"


def test_an_empty_prompt_is_other():
    assert category_of("  ") == OTHER
