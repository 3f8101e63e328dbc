from decimal import Decimal

import pytest

from benchwright.text.clock import hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 21:30 to 7:00", {"21.5", "7"}),
        ("until 3 pm or 11.30", {"15"}),
        ("at 2:15 p.m.", {"14.25"}),
        ("오전 9시부터 오후 1시 30분까지", {"9", "13.5"}),
        ("9 hours 30 minutes", {"9.5", "570"}),
        ("3시간 15분", {"3.25", "195"}),
        ("a ratio of 4:120, 3시간", set[str]()),
    ],
)
def test_times_and_spans_are_hours(text: str, expected: set[str]) -> None:
    assert hours(text) == {Decimal(each) for each in expected}
