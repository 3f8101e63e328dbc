import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.text.tokens import content_words, token_spans, words


@given(st.text())
def test_token_spans_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for token in token_spans(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@pytest.mark.parametrize(
    ("one", "other"), [("C++", "C#"), ("2019", "2020"), ("제1조", "제2조"), ("3.5", "35"), ("C", "C++")]
)
def test_what_differs_in_a_sign_or_digit_stays_apart(one: str, other: str) -> None:
    assert words(one) != words(other)
    assert len(words(one)) == 1


def test_thousands_signs_initials_and_case_are_folded() -> None:
    assert words("The U.S. sold 1,234.5 CAFÉS") == ["the", "us", "sold", "1234.5", "cafés"]


def test_scripts_with_vowel_marks_keep_their_words_whole() -> None:
    assert words("हिन्दी में") == ["हिन्दी", "में"]
    assert words("العَرَبِيَّة") == ["العَرَبِيَّة"]


def test_ideographs_count_one_by_one_and_katakana_as_words() -> None:
    assert words("東京タワーへ") == ["東", "京", "タワー", "へ"]


def test_content_words_lose_particles_and_stop_words() -> None:
    assert content_words("서울은 한국의 수도이다 and the capital") == ["서울", "한국", "수도", "capital"]
