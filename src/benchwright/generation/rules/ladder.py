"""Wrong numbers as good as the right one: same unit and roundness, the key at any rank, none true in the text."""

import hashlib
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import TypeVar

import numpy as np

from benchwright.text.numbers import parse_number

Item = TypeVar("Item")
OPTIONS = 4
_SCALE_WORD = re.compile(r"[^\d.,]+\Z")
_EAST = (("조", Decimal(10) ** 12), ("억", Decimal(10) ** 8), ("만", Decimal(10) ** 4), ("천", Decimal(10) ** 3))
_SMALL = 30
_GUESSED = frozenset(Decimal(2) ** power for power in range(5, 25)) | {
    Decimal(number) for number in (360, 365, 1440, 3600, 86400)
}
"""Powers of two, and an hour or a day in smaller units: among their neighbours they are guessed at once."""


# Periods that people set: 48 hours among 44, 52 and 56 is guessed at once, among 24, 36 and 72 it is not.
_SET_PERIODS: dict[str, tuple[int, ...]] = {
    "min": (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180),
    "h": (1, 2, 4, 6, 8, 12, 24, 36, 48, 72, 96, 120),
    "day": (1, 3, 5, 7, 10, 14, 21, 28, 30, 45, 60, 90, 120, 180, 365),
    "week": (1, 2, 3, 4, 6, 8, 12, 16, 26, 52),
    "month": (1, 2, 3, 6, 12, 18, 24, 36, 48, 60, 120),
}


def frozen_chance(*parts: str) -> np.random.Generator:
    """Return a generator that depends on `parts` alone.

    Options drawn from it are the same in every edition of a benchmark: a question issued again with new distractors
    gives its key away, as what the two editions share.
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def in_frozen_order(items: Sequence[Item], *parts: str) -> list[Item]:
    """Return `items` in a random order that depends on `parts` alone."""
    if len(items) < 2:
        return list(items)
    return [items[int(i)] for i in frozen_chance(*parts).permutation(len(items))]


def number_ladder(
    number: str,
    *,
    taken: Collection[Decimal],
    chance: np.random.Generator,
    low: Decimal = Decimal(0),
    high: Decimal | None = None,
) -> tuple[str, ...] | None:
    """Return four numbers in rising order, written as `number` is, one of them `number` itself.

    They are evenly spaced, equally round if possible, between `low` and `high`; no other one is in `taken` (the
    values that stand in the text). The rank of `number` is drawn uniformly; `None` where some rank would be impossible,
    whatever was drawn, so that no rank is favoured.
    """
    value = parse_number(number)
    if value is None or value <= 0 or value in _GUESSED:
        return None
    rank = int(chance.integers(OPTIONS))
    ladders = [ladder for ladder in _ladders(value, number) if ladder[0] > low and (high is None or ladder[-1] <= high)]
    unit = _unit(number)
    second_best: tuple[str, ...] | None = None
    for i in chance.permutation(len(ladders)):
        ladder = ladders[int(i)]
        values = ladder[OPTIONS - 1 - rank : 2 * OPTIONS - 1 - rank]
        if any(other in taken and other != value for other in values):
            continue
        is_even = len({_roundness(other, unit) for other in values}) == 1
        if second_best is not None and not is_even:
            continue
        written = [write_like(number, other) for other in ladder]
        texts = tuple(text for text in written if text is not None)
        if len(set(texts)) < len(ladder) or texts[OPTIONS - 1] != number:
            continue
        chosen = texts[OPTIONS - 1 - rank : 2 * OPTIONS - 1 - rank]
        # Equally round ladders first: 1,100 beside 1,200 rather than 1,000.
        if is_even:
            return chosen
        if not _stands_out(value, values):
            second_best = chosen
    return second_best


def period_ladder(
    number: str, unit: str, *, taken: Collection[Decimal], chance: np.random.Generator
) -> tuple[str, ...] | None:
    """Return four periods that people set, the right one at a random rank; `None` where `number` is no such period.

    An empty tuple where it is one, but some rank would be impossible: then no fair options exist.
    """
    value = parse_number(number)
    periods = [Decimal(period) for period in _SET_PERIODS.get(unit, ())]
    if value is None or value not in periods:
        return None
    place, rank = periods.index(value), int(chance.integers(OPTIONS))
    if place < OPTIONS - 1 or place + OPTIONS > len(periods):
        return ()
    values = periods[place - rank : place - rank + OPTIONS]
    if any(other in taken and other != value for other in values):
        return ()
    return tuple(str(other) for other in values) if number == str(value) else ()


def year_ladder(
    year: int, *, taken: Collection[int], chance: np.random.Generator, latest: int = 2100
) -> tuple[str, ...] | None:
    """Return four years in rising order, evenly spaced, `year` at a uniformly random rank.

    `None` where the last of them could lie after `latest`: a reader would strike out the future.
    """
    rank = int(chance.integers(OPTIONS))
    near = (1, 2, 3) if year > 1900 else (2, 3, 4, 5, 7)
    room = [step for step in near if year + 3 * step <= latest]
    for i in chance.permutation(len(room)):
        years = [year + (place - rank) * room[int(i)] for place in range(OPTIONS)]
        if not any(other in taken and other != year for other in years):
            return tuple(str(other) for other in years)
    return None


def _unit(number: str) -> Decimal:
    """The last place that `number` states: .1 for 3.5, 100 for 1,200, 100 million for 12억."""
    pieces = re.findall(r"[\d.,]+\s?[^\d.,\s]*", number)
    last = pieces[-1] if pieces else number
    digits = re.match(r"[\d.,]+", last)
    written = digits.group().replace(",", "").rstrip(".") if digits else "1"
    amount = parse_number(last.strip())
    scale = (amount / Decimal(written)) if amount and Decimal(written) else Decimal(1)
    if "." in written and written.partition(".")[2].strip("0"):  # `$20.00` is as round as `$20`
        return scale * Decimal(10) ** -len(written.split(".")[1])
    whole = written.partition(".")[0]
    return scale * Decimal(10) ** (len(whole) - len(whole.rstrip("0")))


def _ladders(value: Decimal, number: str) -> list[tuple[Decimal, ...]]:
    """Seven numbers each, `value` in the middle: every rank of a four-step ladder can be cut from them."""
    unit = _unit(number)
    if value < _SMALL and value == int(value) and "." not in number:
        return [_even(value, Decimal(step)) for step in (1, 2, 3) if step <= max(value / 4, 1)]
    if value < 4 * unit:
        return []  # 100, 2,000: nothing equally round lies three steps below: the roundest option would be the key
    last_place = [unit * 5, unit] if (value / unit) % 5 == 0 else [unit]
    for place in last_place:
        first, last = max(int(value / 24 / place), 1), int(value / 4 / place)
        if last >= first:
            return [_even(value, place * k) for k in range(first, last + 1, max(1, (last - first) // 12))]
    return []


def _even(value: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    return tuple(value + i * step for i in range(1 - OPTIONS, OPTIONS))


def _stands_out(value: Decimal, values: Sequence[Decimal]) -> bool:
    """True where the key alone is a multiple of five or ten: 10 among 8, 9 and 11."""
    return any(
        value % round_number == 0 and not any(other % round_number == 0 for other in values if other != value)
        for round_number in (5, 10)
    )


def _roundness(value: Decimal, unit: Decimal) -> tuple[int, bool]:
    """Trailing zeros, and whether the last stated digit is a five."""
    scaled = int((value * 1000 / unit).to_integral_value())
    digits = str(scaled).rstrip("0")
    zeros = len(str(scaled)) - len(digits)
    return min(zeros, 4), digits.endswith("5")


def write_like(number: str, value: Decimal) -> str | None:
    """Write `value` as `number` is written (separators, decimals, scale words), or `None` where that cannot be done."""
    if value <= 0:
        return None
    east = [word for word, _ in _EAST if word in number]
    if len(east) > 1 or (east and re.search(r"\d\s*\Z", number)):
        return _write_east(number, value)
    scale_word = _SCALE_WORD.search(number.strip())
    suffix = scale_word.group() if scale_word else ""
    scale = parse_number(f"1{suffix}") if suffix else Decimal(1)
    if scale is None:
        return None
    digits = number[: len(number) - len(suffix)] if suffix else number
    decimals = len(digits.split(".")[1]) if "." in digits else 0
    lead = value / scale
    if lead != round(lead, decimals):
        return None
    separated = "," in digits or len(digits.split(".")[0]) < 4
    return (f"{lead:,.{decimals}f}" if separated else f"{lead:.{decimals}f}") + suffix


def _write_east(number: str, value: Decimal) -> str | None:
    """`1억 2,000만`, `5만 3천`: each part with its own scale word and the blanks between them as before."""
    pieces = re.findall(r"([\d,.]+)(\s?)([조억만천]?)(\s*)", number)
    rest = value
    out: list[str] = []
    for digits, gap, word, space in pieces:
        scale = dict(_EAST).get(word, Decimal(1))
        part, rest = divmod(rest, scale)
        if part == 0 or "." in digits:
            return None
        out.append((f"{part:,f}" if "," in digits else f"{part:f}") + gap + word + space)
    return "".join(out) if rest == 0 else None
