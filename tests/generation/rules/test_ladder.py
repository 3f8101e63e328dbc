from collections import Counter
from decimal import Decimal

import pytest

from benchwright.generation.rules.ladder import frozen_chance, number_ladder, period_ladder, write_like, year_ladder
from benchwright.text.numbers import parse_number


@pytest.mark.parametrize(
    "number", ["7", "12", "250", "1,200", "3.5", "47", "12,345", "3.5 million", "5만 3천", "150만", "1천500"]
)
def test_the_key_has_any_rank_equally_often(number: str) -> None:
    ranks: Counter[int] = Counter()
    for seed in range(400):
        ladder = number_ladder(number, taken=(), chance=frozen_chance(number, str(seed)))
        assert ladder is not None
        values = [parse_number(step) for step in ladder]
        assert values == sorted(values, key=lambda value: value or 0)
        ranks[ladder.index(number)] += 1
    assert all(60 <= ranks[rank] <= 140 for rank in range(4))


def test_no_other_option_is_true_in_the_text() -> None:
    taken = {Decimal(value) for value in range(1, 40, 2)} | {Decimal(12)}
    for seed in range(50):
        ladder = number_ladder("12", taken=taken, chance=frozen_chance(str(seed)))
        assert ladder is None or not {Decimal(step) for step in ladder if step != "12"} & taken


def test_no_ladder_where_a_rank_would_be_impossible() -> None:
    assert number_ladder("99%"[:-1], taken=(), chance=frozen_chance("a"), high=Decimal(100)) is None
    assert number_ladder("2", taken=(), chance=frozen_chance("a")) is None
    assert number_ladder("1,000", taken=(), chance=frozen_chance("a")) is None
    assert number_ladder("0.3", taken=(), chance=frozen_chance("a")) is None


def test_options_are_frozen_by_content() -> None:
    one = number_ladder("1,200", taken=(), chance=frozen_chance("same question"))
    assert one == number_ladder("1,200", taken=(), chance=frozen_chance("same question"))


@pytest.mark.parametrize(
    ("number", "value", "written"),
    [
        ("1,200", "13000", "13,000"),
        ("1200", "1300", "1300"),
        ("3.5 million", "4000000", "4.0 million"),
        ("1억 2,000만", "134000000", "1억 3,400만"),
        ("5만 3천", "50000", None),
        ("35억", "3600000000", "36억"),
        ("35억", "3650000000", None),
    ],
)
def test_numbers_are_written_alike_or_not_at_all(number: str, value: str, written: str | None) -> None:
    assert write_like(number, Decimal(value)) == written


def test_years_stay_out_of_the_future_and_of_the_text() -> None:
    for seed in range(50):
        ladder = year_ladder(2020, taken={2019}, chance=frozen_chance(str(seed)), latest=2024)
        assert ladder is None or (max(map(int, ladder)) <= 2024 and "2019" not in ladder)
    assert year_ladder(2024, taken=(), chance=frozen_chance("x"), latest=2026) is None


def test_the_key_is_never_the_only_round_number() -> None:
    for value in range(10, 30, 5):
        for draw in range(20):
            ladder = number_ladder(str(value), taken=(), chance=frozen_chance(str(draw)))
            assert ladder is None or any(int(other) % 5 == 0 for other in ladder if other != str(value))


def test_powers_of_two_get_no_ladder() -> None:
    assert number_ladder("64", taken=(), chance=frozen_chance("any")) is None


def test_a_period_that_people_set_stands_among_such_periods() -> None:
    ranks: Counter[int] = Counter()
    for seed in range(400):
        ladder = period_ladder("48", "h", taken=(), chance=frozen_chance("48 hours", str(seed)))
        assert ladder is not None
        assert set(ladder) <= {"8", "12", "24", "36", "48", "72", "96", "120"}
        ranks[ladder.index("48")] += 1
    assert all(60 <= ranks[rank] <= 140 for rank in range(4))


def test_a_period_at_the_end_of_those_that_people_set_has_no_options() -> None:
    assert period_ladder("2", "day", taken=(), chance=frozen_chance("a")) is None
    assert period_ladder("1", "day", taken=(), chance=frozen_chance("a")) == ()
    assert period_ladder("41", "year", taken=(), chance=frozen_chance("a")) is None


def test_a_price_without_cents_has_options_without_cents() -> None:
    for seed in range(20):
        ladder = number_ladder("20.00", taken=(), chance=frozen_chance("20.00", str(seed)))
        assert ladder is None or all(step.endswith(".00") for step in ladder)
