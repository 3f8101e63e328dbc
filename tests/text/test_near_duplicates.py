import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchwright.text.near_duplicates import jaccard, near_duplicates
from benchwright.text.negation import count_negations
from benchwright.text.tokens import content_words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("How many rooms does the hotel have?", "how many ROOMS  has the hotel?"),
        ("When was the Elbe bridge opened?", "The Elbe bridge was opened when?"),
        ("한빛상사의 환불 기간은 며칠인가?", "한빛상사 환불 기간이 며칠인가요?"),
    ],
)
def test_another_wording_of_the_same_question_is_found(first: str, second: str) -> None:
    assert [(pair.first, pair.second) for pair in near_duplicates([first, second], threshold=0.6)] == [(0, 1)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What was the profit of the group in 2019?", "What was the profit of the group in 2020?"),
        ("제1조는 무엇을 정하는가?", "제2조는 무엇을 정하는가?"),
        ("Which release of the C++ compiler is required?", "Which release of the C# compiler is required?"),
        ("What does Plan A of the insurance cost?", "What does Plan B of the insurance cost?"),
        ("Which parts does the warranty cover?", "Which parts does the warranty not cover?"),
        ("Is version 1.2 of the driver supported?", "Is version 1.3 of the driver supported?"),
    ],
)
def test_what_differs_in_fact_is_kept_apart(first: str, second: str) -> None:
    assert near_duplicates([first, second], threshold=0.1) == []


def test_hashing_finds_what_comparing_every_pair_finds() -> None:
    chance = random.Random(4)
    vocabulary = [f"{a}{b}" for a in ("ka", "to", "mi", "re", "su", "no") for b in ("lan", "ber", "dor", "vit", "gem")]
    texts = [" ".join(chance.sample(vocabulary, 8)) for _ in range(300)]
    texts += [f"{text} {chance.choice(vocabulary)}" for text in texts[:100]]
    bags = [frozenset(content_words(text)) for text in texts]
    expected = {(i, j) for j in range(len(texts)) for i in range(j) if jaccard(bags[i], bags[j]) >= 0.7}
    assert len(expected) >= 100
    assert {(pair.first, pair.second) for pair in near_duplicates(texts, threshold=0.7)} == expected


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=6))
def test_a_text_is_a_duplicate_of_itself(texts: list[str]) -> None:
    pairs = {(pair.first, pair.second) for pair in near_duplicates([*texts, *texts])}
    assert all((i, i + len(texts)) in pairs for i in range(len(texts)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It does not cover glass and can't be renewed without notice.", 3),
        ("The notable northern knot.", 0),
        ("반품할 수 없으며 환불하지 않는다.", 2),
        ("안내문은 안전 교육에 포함된다.", 0),
        ("이 제품은 안 된다.", 1),
    ],
)
def test_negations_are_counted_as_words(text: str, count: int) -> None:
    assert count_negations(text) == count
