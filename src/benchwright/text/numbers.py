"""Numbers with their units: thousands, decimals, %, currencies, scale words, Korean 만/억/조."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

QuantityKind = Literal["count", "percent", "money", "measure"]

_CODES = (
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "NZD",
    "KRW",
    "JPY",
    "CNY",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "INR",
    "SGD",
    "HKD",
)
_CURRENCY_SIGNS = {
    "US$": "USD",
    "HK$": "HKD",
    "A$": "AUD",
    "C$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₩": "KRW",
    "￦": "KRW",
    "₹": "INR",
    **{f"{code} ": code for code in _CODES},
}
_CURRENCY_WORDS = {
    "USD": "USD", "dollars": "USD", "dollar": "USD", "달러": "USD", "불": "USD", "美元": "USD", "ドル": "USD",
    "EUR": "EUR", "euros": "EUR", "euro": "EUR", "유로": "EUR",
    "GBP": "GBP", "pounds sterling": "GBP", "파운드": "GBP",
    "KRW": "KRW", "won": "KRW", "원": "KRW",
    "JPY": "JPY", "yen": "JPY", "엔": "JPY", "円": "JPY",
    "CNY": "CNY", "yuan": "CNY", "위안": "CNY", "元": "CNY",
}  # fmt: skip
_PERCENT = {"%": "%", "％": "%", "percent": "%", "per cent": "%", "퍼센트": "%", "프로": "%"}
_POINTS = {
    "percentage points": "%p",
    "percentage point": "%p",
    "%포인트": "%p",
    "%p": "%p",
    "％p": "%p",
    "퍼센트포인트": "%p",
    "basis points": "bp",
}
_MEASURE_WORDS: dict[str, str] = {
    **dict.fromkeys(("km", "kilometres", "kilometers", "kilometre", "kilometer", "킬로미터", "㎞"), "km"),
    **dict.fromkeys(("m", "metres", "meters", "metre", "meter", "미터"), "m"),
    **dict.fromkeys(("cm", "centimetres", "centimeters", "센티미터", "㎝"), "cm"),
    **dict.fromkeys(("mm", "millimetres", "millimeters", "밀리미터", "㎜"), "mm"),
    **dict.fromkeys(("miles", "mile"), "mile"),
    **dict.fromkeys(("feet", "foot", "ft"), "ft"),
    **dict.fromkeys(("inches", "inch", "인치"), "inch"),
    **dict.fromkeys(("kg", "kilograms", "kilogram", "킬로그램", "㎏"), "kg"),
    **dict.fromkeys(("grams", "gram", "그램", "g"), "g"),
    **dict.fromkeys(("mg", "milligrams", "밀리그램", "㎎"), "mg"),
    **dict.fromkeys(("tonnes", "tons", "ton", "tonne", "톤"), "t"),
    **dict.fromkeys(("pounds", "lbs", "lb"), "lb"),
    **dict.fromkeys(("litres", "liters", "litre", "liter", "리터", "ℓ"), "l"),
    **dict.fromkeys(("ml", "millilitres", "milliliters", "밀리리터", "㎖"), "ml"),
    **dict.fromkeys(("hectares", "hectare", "ha", "헥타르"), "ha"),
    **dict.fromkeys(("acres", "acre", "에이커"), "acre"),
    **dict.fromkeys(("㎡", "m²", "m2", "square metres", "square meters", "제곱미터"), "m²"),
    **dict.fromkeys(("㎢", "km²", "km2", "square kilometres", "square kilometers", "제곱킬로미터"), "km²"),
    **dict.fromkeys(("square miles", "square mile"), "mile²"),
    **dict.fromkeys(("square feet", "square foot"), "ft²"),
    **dict.fromkeys(("평",), "평"),
    **dict.fromkeys(("°C", "℃", "degrees Celsius", "섭씨도"), "°C"),
    **dict.fromkeys(("°F", "℉", "degrees Fahrenheit"), "°F"),
    **dict.fromkeys(("degrees", "도"), "°"),
    **dict.fromkeys(("seconds", "second", "초"), "s"),
    **dict.fromkeys(("milliseconds", "millisecond", "ms", "밀리초"), "ms"),
    **dict.fromkeys(("minutes", "minute", "분", "min"), "min"),
    **dict.fromkeys(("hours", "hour", "시간"), "h"),
    **dict.fromkeys(("days", "day", "일간", "일"), "day"),
    **dict.fromkeys(("weeks", "week", "주간", "주일", "주"), "week"),
    **dict.fromkeys(("months", "month", "개월"), "month"),
    **dict.fromkeys(("years", "year", "년간", "년"), "year"),
    **dict.fromkeys(("KB", "kB", "kilobytes"), "kB"),
    **dict.fromkeys(("MB", "megabytes", "메가바이트"), "MB"),
    **dict.fromkeys(("GB", "gigabytes", "기가바이트"), "GB"),
    **dict.fromkeys(("TB", "terabytes", "테라바이트"), "TB"),
    **dict.fromkeys(("bytes", "byte", "바이트"), "byte"),
    **dict.fromkeys(("bits", "bit", "비트"), "bit"),
    **dict.fromkeys(("GHz",), "GHz"),
    **dict.fromkeys(("MHz",), "MHz"),
    **dict.fromkeys(("Hz",), "Hz"),
    **dict.fromkeys(("kWh",), "kWh"),
    **dict.fromkeys(("GWh",), "GWh"),
    **dict.fromkeys(("MW", "megawatts", "메가와트"), "MW"),
    **dict.fromkeys(("GW", "gigawatts", "기가와트"), "GW"),
    **dict.fromkeys(("kW", "kilowatts", "킬로와트"), "kW"),
    **dict.fromkeys(("W", "watts", "와트"), "W"),
    **dict.fromkeys(("km/h", "kph", "mph"), "speed"),
    **dict.fromkeys(("times", "배"), "times"),
    **dict.fromkeys(("barrels", "barrel", "배럴"), "barrel"),
    **dict.fromkeys(("bps",), "bps"),
}
# Korean counters: what they count is named by them (명: people), so the unit is the counter itself.
_COUNTERS_LIST = """
    명 인 개국 개사 개소 개교 개월 개 곳 건 대 채 척 마리 권 장 편 회 차례 번 가지 종 세대 가구 석 층 쪽 점 그루 벌
    병 잔 살 세 호 군데 쌍 판 위 人 名 個 件 台 回 本 冊 匹 枚 歳 つ 个 次 项 家 位 岁
"""
_COUNTERS = tuple(_COUNTERS_LIST.split())
_POWERS = {
    "십": 1, "백": 2, "천": 3, "만": 4, "십만": 5, "백만": 6, "천만": 7, "억": 8, "십억": 9, "백억": 10, "천억": 11,
    "조": 12, "万": 4, "億": 8, "亿": 8, "兆": 12, "thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9,
    "trillion": 12,
}  # fmt: skip
_SCALES = {word: Decimal(10) ** power for word, power in _POWERS.items()}


def _any(words: dict[str, str] | dict[str, Decimal] | tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?"
_EAST_SCALE = _any([word for word in _SCALES if not word.isascii()])
_WEST_SCALE = _any([word for word in _SCALES if word.isascii()])
_ASCII_UNIT = _any(
    [w for w in (*_PERCENT, *_POINTS, *_CURRENCY_WORDS, *_MEASURE_WORDS) if w[-1].isascii() and w[-1].isalpha()]
)
_SIGN_UNIT = _any(
    [
        w
        for w in (*_PERCENT, *_POINTS, *_MEASURE_WORDS)
        if not (w[-1].isascii() and w[-1].isalpha()) and not "가" <= w[-1] <= "힣"
    ]
)
_EAST_UNIT = _any(
    [
        w
        for w in (*_PERCENT, *_POINTS, *_CURRENCY_WORDS, *_MEASURE_WORDS)
        if "가" <= w[-1] <= "힣" or w[-1] in "円元ドル"
    ]
    + list(_COUNTERS)
)
_QUANTITY = re.compile(
    # What a number can begin with; most places in a text are passed over at once.
    r"(?=[\d\-−$€£¥₩￦₹A-Z])"
    rf"(?<![\w.,/#])(?P<sign>{_any(_CURRENCY_SIGNS)})?\s?(?P<minus>(?<![\w\d)])[-−])?"
    rf"(?P<number>(?:{_PLAIN})(?:(?=\s?(?:{_EAST_SCALE}))\s?(?:{_EAST_SCALE})(?:\s?(?:{_PLAIN})\s?(?:{_EAST_SCALE}))*(?:\s?(?:{_PLAIN})(?=\s?(?:{_EAST_UNIT}|{_SIGN_UNIT}|km|kg|cm|mm|m|t)))?"
    rf"|[ -](?:{_WEST_SCALE})\b|(?<=\d)(?:[kKMBT]|bn|mn)(?![A-Za-z0-9_]))?)"
    rf"(?:\s?여(?=[\s가-힣]))?"
    rf"(?P<unit>\s?(?:{_SIGN_UNIT})|[ -]?(?:{_ASCII_UNIT})(?![A-Za-z0-9_/])|\s?(?:{_EAST_UNIT}))?",
)
# `3분의 2` is a fraction: neither three minutes nor two of anything.
_FRACTION = re.compile(r"\d+\s?분의\s?\d")
_FRACTION_BEFORE = re.compile(r"\d분의\s?\Z")
_PIECE = re.compile(rf"({_PLAIN})\s?-?({_EAST_SCALE}|{_WEST_SCALE}|bn|mn|[kKMBT](?!\w))?")
_LETTER_SCALES = {
    "k": Decimal(10) ** 3,
    "K": Decimal(10) ** 3,
    "M": Decimal(10) ** 6,
    "B": Decimal(10) ** 9,
    "T": Decimal(10) ** 12,
}
_UNITS: dict[str, tuple[str, QuantityKind]] = {
    **{word: (unit, "measure") for word, unit in _MEASURE_WORDS.items()},
    **{word: (word, "count") for word in _COUNTERS},
    **{word: (unit, "money") for word, unit in _CURRENCY_WORDS.items()},
    **{word: (unit, "percent") for word, unit in (_PERCENT | _POINTS).items()},
}


@dataclass(frozen=True)
class Quantity:
    """One number with its unit as an exact span: `text` is all of it, `number` the digits and scale words alone."""

    value: Decimal
    unit: str
    """`%`, an ISO 4217 code, an SI sign, a Korean counter (`명`), or empty."""
    start: int
    end: int
    text: str
    kind: QuantityKind
    number: str = ""
    number_start: int = 0

    @property
    def number_end(self) -> int:
        """Where `number` ends."""
        return self.number_start + len(self.number)


def parse_number(text: str) -> Decimal | None:
    """Return the value of one written number (`1,234.5`, `3.2 million`, `1억 2000만`), or `None`."""
    total = Decimal(0)
    position = 0
    stripped = text.strip()
    negative = stripped[:1] in ("-", "−")
    stripped = stripped.lstrip("-−")
    while position < len(stripped):
        match = _PIECE.match(stripped, position)
        if match is None:
            return None
        scale = match[2]
        factor = _SCALES.get(scale, _LETTER_SCALES.get(scale)) if scale else Decimal(1)
        total += Decimal(match[1].replace(",", "")) * (factor or Decimal(1))
        position = match.end()
        while position < len(stripped) and stripped[position].isspace():
            position += 1
    return (-total if negative else total) if stripped else None


def find_quantities(text: str) -> list[Quantity]:
    """Return the numbers of `text` in reading order, each with the unit written beside it.

    Digits inside a word or code (`B2B`, `v1.2`, `2024-03-05`, `192.168.0.1`, `10:30`) are no quantity.
    """
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        if _is_part_of_code(text, match):
            continue
        number, sign, unit_text = match["number"], match["sign"], (match["unit"] or "").strip(" -")
        value = parse_number(number)
        if value is None:
            continue
        unit, kind = _UNITS.get(unit_text, ("", "count"))
        if sign:
            unit, kind = _CURRENCY_SIGNS[sign], "money"
        start = match.start("sign") if sign else match.start("minus") if match["minus"] else match.start("number")
        end = match.end("unit") if unit_text else match.end("number")
        value = -value if match["minus"] else value
        number_start = match.start("minus") if match["minus"] else match.start("number")
        found.append(
            Quantity(
                value, unit, start, end, text[start:end], kind, text[number_start : match.end("number")], number_start
            )
        )
    return found


def _is_part_of_code(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    first = match.start("number")
    if _FRACTION.match(text, first) or _FRACTION_BEFORE.search(text[max(0, first - 6) : first]):
        return True
    before, after = text[max(0, match.start("number") - 2) : match.start("number")], text[end : end + 2]
    if before[-1:] == "-" and before[:1].isalnum():
        return True
    joined = after[:1] in (".", ",", "-", "/", ":", "–") and after[1:2].isdigit()
    if joined and match["unit"] is None:
        return True
    letter_follows = after[:1].isascii() and (after[:1].isalpha() or after[:1] == "_")
    return (
        (letter_follows and match["unit"] is None)
        or before[-1:] in (":", "_", "^", "~", "=")
        or after[:1] in ("^", "_")
    )
