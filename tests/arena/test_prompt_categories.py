"""Categories against 522 prompts labelled by hand in two languages: tidy, as typed, and kept aside from the rules."""

from collections import Counter
from pathlib import Path

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


@pytest.mark.parametrize("language", ["en", "ko"])
def test_where_the_rules_are_not_sure_they_say_other(language: str):
    """On prompts that no rule was written for: seldom wrong, though often silent (a third is told)."""
    told = [(label, found) for label, text in labelled(language, "heldout") if (found := category_of(text)) != OTHER]
    assert len(told) >= 10
    assert sum(label == found for label, found in told) / len(told) >= 0.75


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
