from decimal import Decimal

import pytest

from benchwright.generation.rules.amounts import number_forms, read_amount, write_amount


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234.50", "1234.50", ""),
        ("€14.50", "14.50", "€"),
        ("EUR 150", "150", "EUR"),
        ("-5.6%", "-5.6", "%"),
        ("12,500원", "12500", "원"),
        ("62㎡", "62", "㎡"),
        ("2 working days", "2", "working days"),
    ],
)
def test_an_exact_amount_is_read_with_its_unit(text: str, value: str, unit: str) -> None:
    amount = read_amount(text)
    assert amount is not None
    assert (amount.value, amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "4–5",
        "12*",
        "5¹",
        "about 20",
        "25℃ 이하",
        "~30",
        "n/a",
        "-",
        "",
        "007",
        "880-1101",
        "1.2.3",
        "30 or more",
        "22~49dB",
        "1 590",
        "3,4",
    ],
)
def test_ranges_bounds_footnotes_and_codes_are_not_amounts(text: str) -> None:
    assert read_amount(text) is None


def test_a_sum_is_written_like_its_cells() -> None:
    like = read_amount("€1,014.50")
    assert like is not None
    assert write_amount(Decimal("2030"), like, decimals=2, is_grouped=True) == "€2,030.00"


def test_an_amount_may_be_answered_without_separators_or_unit() -> None:
    assert set(number_forms("1,200 kg")) == {"1200 kg", "1,200", "1200"}
