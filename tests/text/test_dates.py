import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.text.dates import find_dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on March 5, 2024.", "2024-03-05"),
        ("the 3rd of April 2020", "2020-04-03"),
        ("in May 2021", "2021-05"),
        ("in 1999,", "1999"),
        ("2024-03-05", "2024-03-05"),
        ("2024. 3. 5.", "2024-03-05"),
        ("2024년 3월 5일에", "2024-03-05"),
        ("2019년에는", "2019"),
        ("3월 7일", "--03-07"),
        ("1998年3月", "1998-03"),
    ],
)
def test_a_date_is_read_as_written(text: str, iso: str) -> None:
    assert [date.iso for date in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text", ["20년간", "1999 sheep", "in 2000 tons of it", "version 2024-03", "March 2024-05", "yesterday"]
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text) == []


@given(st.text(alphabet="0123456789년월일 -/.MarchJune,in"))
def test_spans_are_exact_and_apart(text: str) -> None:
    end = 0
    for date in find_dates(text):
        assert date.start >= end
        assert text[date.start : date.end] == date.text
        end = date.end
