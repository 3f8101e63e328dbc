import pytest

from benchwright.errors import ConfigError
from benchwright.generation.brief import read_brief


def test_the_example_brief_is_read_whole() -> None:
    brief = read_brief("120 hard multiple-choice questions on the warranty rules, in Korean, under 3 dollars")
    assert brief.budget_usd == 3
    order = brief.order
    assert order.questions == 120
    assert set(order.difficulty) == {"hard"}
    assert set(order.forms) == {"choice"}
    assert order.language == "ko"
    assert order.topics == "the warranty rules"
    assert all(weight > 0 for weight in order.kinds.values())


def test_a_korean_brief_is_read_whole() -> None:
    brief = read_brief("보증 규정에 대한 어려운 객관식 50문항, 3달러 이하로")
    assert brief.budget_usd == 3
    assert brief.order.questions == 50
    assert brief.order.topics == "보증 규정"
    assert set(brief.order.difficulty) == {"hard"}


def test_reach_kinds_and_options_are_read() -> None:
    order = read_brief("40 multi-hop and cross-document numeric questions with 5 options").order
    assert set(order.reach) == {"multi_hop", "cross_document"}
    assert set(order.kinds) == {"numeric"}
    assert order.options == 5


@pytest.mark.parametrize(
    ("text", "named"), [("20 questions with images", "images"), ("30 easy crossword puzzles", "crossword puzzles")]
)
def test_what_cannot_be_done_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        read_brief(text)


def test_two_languages_are_two_benchmarks() -> None:
    with pytest.raises(ConfigError, match="2 languages"):
        read_brief("20 questions in Korean, in English")
