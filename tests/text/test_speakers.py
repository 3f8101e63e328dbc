import time

import pytest

from benchwright.text.speakers import find_statements


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The gauges in our cellar show rust,” said Maria Lindholm.", "Maria Lindholm"),
        ("“The gauges in our cellar show rust,” Maria Lindholm, the director, said.", "Maria Lindholm"),
        ("Maria Lindholm said: “The gauges in our cellar show rust.”", "Maria Lindholm"),
        ("김하늘 사장은 “맑은 물은 정직한 계기에서 나온다”고 말했다.", "김하늘"),
        ("솔골 이장 박한들 씨는 “맑은 물은 정직한 계기에서 나온다”고 요청했다.", "박한들"),
        ("“맑은 물은 정직한 계기에서 나온다”라고 김하늘 사장은 강조했다.", "김하늘"),
    ],
)
def test_the_speaker_beside_a_quotation_is_found(text: str, name: str) -> None:
    (statement,) = find_statements(text)
    assert statement.name == name
    assert text[statement.quote_start :].startswith(statement.quote)


@pytest.mark.parametrize(
    "text", ["“The gauges in our cellar show rust,” she said.", "The “gauges” of Maria Lindholm said nothing."]
)
def test_a_quotation_without_a_named_speaker_is_left_alone(text: str) -> None:
    assert find_statements(text) == []


def test_a_word_without_end_is_no_name_that_takes_minutes() -> None:
    started = time.process_time()
    assert find_statements("A" * 100_000) == []
    assert time.process_time() - started < 5
