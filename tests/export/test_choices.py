"""Options in one cell, and the key as people name it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.export.choices import Choices, choices_in, folded, position_of

CITIES = ("Porto", "Madrid", "Rome")


@pytest.mark.parametrize(
    "cell",
    [
        "① Porto ② Madrid ③ Rome",
        "①Porto②Madrid③Rome",
        "A) Porto B) Madrid C) Rome",
        "a. Porto; b. Madrid; c. Rome",
        "(A) Porto\n(B) Madrid\n(C) Rome",
        "1) Porto\n2) Madrid\n3) Rome",
        "1. Porto 2. Madrid 3. Rome",
        "가. Porto 나. Madrid 다. Rome",
        "Porto|Madrid|Rome",
        "Porto; Madrid; Rome",
        "Porto\nMadrid\nRome",
        "Porto, Madrid, Rome",
        '["Porto", "Madrid", "Rome"]',
        '{"A": "Porto", "B": "Madrid", "C": "Rome"}',
        ["Porto", "Madrid", "Rome"],
        {"text": ["Porto", "Madrid", "Rome"], "label": ["A", "B", "C"]},
    ],
)
def test_options_are_told_apart_however_they_are_written(cell):
    assert choices_in(cell, "Madrid").texts == CITIES


@pytest.mark.parametrize("cell", ["1,200 euros, 1,300 euros", "A fine day", "Version 1.2 is out", "가나다"])
def test_a_text_that_only_looks_divided_stays_whole(cell):
    assert choices_in(cell, "B").texts == (cell,)


@pytest.mark.parametrize("key", ["Madrid", "madrid", "B", "b", "(B)", "B.", "B) Madrid", "②", "② Madrid"])
def test_a_key_is_found_by_text_letter_or_circle(key):
    assert position_of(key, Choices(CITIES), None) == 1


def test_a_plain_number_needs_a_label_or_to_be_told_where_counting_begins():
    assert position_of("2", Choices(CITIES), None) is None
    assert position_of("2", Choices(CITIES), 1) == 1
    assert position_of("2", Choices(CITIES), 0) == 2
    assert position_of("2", Choices(CITIES, ("1", "2", "3")), None) == 1
    assert position_of("2", Choices(("12", "2", "22")), None) == 1


@pytest.mark.parametrize("key", ["D", "4", "④", "Lisbon", "", "B or C"])
def test_a_key_that_names_nothing_is_none(key):
    assert position_of(key, Choices(CITIES), 1) is None


@given(st.lists(st.text(st.characters(categories=["Ll", "Lo"]), min_size=3), min_size=2, max_size=9, unique=True))
def test_labelled_options_come_back_whole_with_their_labels(texts):
    cell = "\n".join(f"{number}) {text}" for number, text in enumerate(texts, 1))
    found = choices_in(cell)
    assert found.texts == tuple(texts)
    assert found.labels == tuple(str(number) for number in range(1, len(texts) + 1))
    assert [position_of(str(number), found, None) for number in range(1, len(texts) + 1)] == list(range(len(texts)))


def test_labels_are_compared_folded():
    assert {folded(label) for label in ("③", "(3)", "3.", "3", "３")} == {"3"}
