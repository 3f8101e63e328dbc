from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.text.numbers import find_quantities, parse_number


def found(text: str) -> list[tuple[str, str]]:
    return [(str(quantity.value.normalize()), quantity.unit) for quantity in find_quantities(text)]


@given(st.text(alphabet="0123456789.,% $-만억천 원kmbillion\n"))
def test_spans_are_exact_for_any_text(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert text[quantity.number_start : quantity.number_end] == quantity.number


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_do_not_change_the_value(value: int) -> None:
    assert parse_number(f"{value:,}") == parse_number(str(value)) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$3.5 billion", "3500000000", "USD"),
        ("12.5%", "12.5", "%"),
        ("2.1 percentage points", "2.1", "%p"),
        ("1,200 km", "1200", "km"),
        ("1조 2,000억 원", "1200000000000", "KRW"),
        ("5만 3천 명", "53000", "명"),
        ("1천500명", "1500", "명"),
        ("2만3천500원", "23500", "KRW"),
        ("30만㎡", "300000", "m²"),
        ("-5°C", "-5", "°C"),
        ("US$20", "20", "USD"),
        ("3개월", "3", "개월"),
        ("EUR 480", "480", "EUR"),
    ],
)
def test_a_written_quantity_has_this_value_and_unit(text: str, value: str, unit: str) -> None:
    (quantity,) = find_quantities(f"About {text} here")
    assert (quantity.value, quantity.unit, quantity.text) == (Decimal(value), unit, text)


@pytest.mark.parametrize("text", ["v1.2", "B2B", "2024-03-05", "192.168.0.1", "10:30", "제3조", "x_12", "COVID-19"])
def test_digits_in_codes_are_no_quantity(text: str) -> None:
    assert found(text) == []


def test_what_is_no_number_has_no_value() -> None:
    assert parse_number("many") is None
    assert parse_number("") is None


def test_a_particle_behind_a_latin_unit_hides_nothing() -> None:
    assert found("관로 38km를 교체했다") == [("38", "km")]
