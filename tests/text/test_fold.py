from hypothesis import given
from hypothesis import strategies as st

from benchwright.text.fold import find_folded, fold


@given(st.text())
def test_every_folded_character_knows_its_origin(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert all(a <= b for a, b in zip(folded.origin, folded.origin[1:], strict=False))
    assert folded.origin[-1] == len(text)


@given(st.text(min_size=1), st.text(), st.text())
def test_a_text_is_found_in_a_longer_one_at_a_span_that_says_it(needle: str, before: str, after: str) -> None:
    span = find_folded(needle, before + needle + after)
    assert span is not None
    start, end = span
    assert (before + needle + after)[start:end] == needle


def test_quotes_dashes_blanks_and_ligatures_are_forgiven() -> None:
    original = "He said: “the well‑known\u00a0 \n oﬃce” closed."
    span = find_folded('"the well-known office"', original)
    assert span is not None
    assert original[slice(*span)] == "“the well‑known\u00a0 \n oﬃce”"


def test_a_word_cut_at_a_line_end_is_found_whole() -> None:
    assert find_folded("an example", "This is an exam-\nple here.") == (8, 20)


def test_decomposed_korean_equals_composed_korean() -> None:
    assert fold("\u1100\u1161\u11a8").text == "각"


def test_a_changed_number_is_not_found() -> None:
    assert find_folded("102 people", "10² people") is None
    assert find_folded("2019", "in 2020") is None


def test_a_span_that_ends_inside_an_ellipsis_takes_it_whole() -> None:
    assert find_folded("a.", "a…b") == (0, 2)


def test_case_counts_unless_told_otherwise() -> None:
    assert find_folded("APPLE", "an apple") is None
    assert find_folded("APPLE", "an apple", ignore_case=True) == (3, 8)
