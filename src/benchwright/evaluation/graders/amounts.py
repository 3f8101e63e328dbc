"""Read amounts as people write them: 1,200 · 1.2 million · fourteen · 120만 · 3억 5천만 원 · 열네 개 · 35 %."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from benchwright.evaluation.graders.number_words import BELOW_HUNDRED
from benchwright.evaluation.graders.rewriting import is_fraction, rewritten

_SCALES: dict[str, int] = {
    "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "dozen": 12,
}  # fmt: skip
_NATIVE: dict[str, int] = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS: dict[str, int] = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40,
    "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_SINO = {sign: value for value, sign in enumerate("영일이삼사오육칠팔구")} | {"공": 0}
_SINO_SMALL = {"십": 10, "백": 100, "천": 1000}
_SINO_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_COUNTER = (
    "개월|시간|개|명|사람|분|살|번|대|마리|권|장|곳|층|가지|시|달|건|채|병|잔|자루|송이|그루|인|원|년|일|주|점|회|배|호|차례"
    "|석|세대|가구|동|필지|쪽|칸|켤레|벌|척|량|기|포기|통|자리|마디|편|곡|점|조각|그램|리터|킬로그램|평|도|세|박|초|주년|달러|유로"
    "|퍼센트|프로|킬로|미터|톤|헥타르"
)
_WORD = "|".join(
    [
        *sorted(BELOW_HUNDRED, key=len, reverse=True),
        r"a\s+hundred",
        r"a\s+thousand",
        r"a\s+million",
        r"a\s+billion",
        r"a\s+dozen",
        "hundred",
    ]
)
_SCALE_WORD = "hundred|thousand|million|billion|trillion|dozen|[mb]n|k|m|b"
_LARGE = "[만억조万億亿兆]"
_SINO_DIGIT = "[일이삼사오육칠팔구]"

# 3억 5천만, 120만, 8천5백, 5천 (원)
_SMALL = rf"(?:[천백십]\s?(?:\d{{1,3}}(?![\d,])|{_SINO_DIGIT})?\s?){{0,3}}"
_KOREAN = (
    rf"(?<![\d.,])(?:(?:{_DIGITS})\s?{_SMALL}{_LARGE}"
    rf"(?:\s?(?:(?:{_DIGITS})|{_SINO_DIGIT})\s?[천백십]?\s?[만억조]?){{0,6}}"
    rf"|\d\s?천(?:\s?\d\s?백)?(?:\s?\d\s?십)?\s?\d{{1,3}}(?![\d,])(?!\s?[백십만])"
    rf"|\d\s?[천백](?:\s?\d\s?[백십]){{1,2}}(?=\s?(?:{_COUNTER}|$|[^가-힣\d]))"
    rf"|(?:{_DIGITS})\s?[천백](?=\s?(?:{_COUNTER}|$|[^가-힣\d])))"
)
_SCALE = r"\s?(?:hundred|thousand|million|billion|trillion|dozen|mn|bn)\b|(?-i:[kKMB])(?![\w²³/])"
# one hundred and twenty, two and a half million
_WORDS = (
    rf"\b(?:{_WORD})\b(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}|{_SCALE_WORD})\b){{0,12}}"
    r"(?:\s+and\s+a\s+half(?:\s+(?:million|billion|thousand))?)?"
)
# Behind the counter the word ends, or a particle does: 오세린 is a name, and no 5세.
_WORD_ENDS = (
    r"(?:(?:이상|이하|이내|미만|정도|가량|동안|까지|부터|마다|쯤|씩|간|째|만|들|짜리|이나|밖에|뿐|당)?"
    r"(?:입니다|이다|이에요|예요|이었\S*|였\S*|이며|이고|이라\S*|인|임|은|는|이|가|을|를|의|에|에서|로|으로|와|과|도|만|뒤|후|전|반|요)?"
    r"(?![가-힣]))"
)
# 백이십만 (명), 삼억 오천만 (원)
_SINO_WORDS = (
    rf"(?<![가-힣\d])[일이삼사오육칠팔구십백천만억조]{{1,16}}"
    rf"(?:\s[일이삼사오육칠팔구십백천]{{1,8}}[만억조]){{0,3}}(?=\s?(?:{_COUNTER}){_WORD_ENDS}|[.\s]*$|입니다|이다)"
)
# 열네 (개), 스물다섯 (명)
_TENS, _UNITS_NATIVE = "|".join(_NATIVE_TENS), "|".join(sorted(_NATIVE, key=len, reverse=True))
_NATIVE_WORDS = (
    rf"(?<![가-힣\d])(?:(?:{_TENS})?\s?(?:{_UNITS_NATIVE})|(?:{_TENS}))"
    rf"(?=\s?(?:{_COUNTER}){_WORD_ENDS}|[.\s]*$|입니다|이다)"
)

_SHORT_SCALE = re.compile(r"\s?(?i:(mn|m|bn|b))(?!\w)")

_AMOUNT = re.compile(
    rf"""
    (?P<sign>(?:(?<![\w)])[-−]\s?|\bminus\s+|\bnegative\s+|마이너스\s*|영하\s*)?)
    (?P<money>[$€£¥₩]|(?:US)?\$|USD|EUR|KRW|GBP)?\s?
    (?:
      (?P<korean>{_KOREAN})
    | (?P<digits>(?<![\d.,/:])(?:{_DIGITS}))(?P<scale>{_SCALE})?
    | (?P<words>{_WORDS})
    | (?P<sino>{_SINO_WORDS})
    | (?P<native>{_NATIVE_WORDS})
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_UNITS: dict[str, tuple[str, str]] = {}
"""Written unit → (dimension, factor to the base unit as text)."""


def _name(dimension: str, factor: str, *words: str) -> None:
    _UNITS.update(dict.fromkeys(words, (dimension, factor)))


_name("%", "1", "%", "percent", "per cent", "pct", "퍼센트", "프로")
_name("%p", "1", "%p", "%포인트", "퍼센트포인트", "percentage points", "percentage point", "pp")
_name("KRW", "1", "원", "won", "₩", "krw")
_name("USD", "1", "$", "us$", "달러", "dollars", "dollar", "usd", "bucks")
_name("USD", "0.01", "cents", "cent", "센트")
_name("EUR", "1", "€", "유로", "euros", "euro", "eur")
_name("GBP", "1", "£", "파운드", "pounds", "gbp")
_name("JPY", "1", "¥", "엔", "yen", "jpy", "円")
_name("m/s", "0.2777777777777778", "km/h", "kph", "kmh", "kilometres per hour", "kilometers per hour", "킬로미터 매시")
_name("m/s", "0.44704", "mph", "miles per hour")
_name("m/s", "1", "m/s", "metres per second", "meters per second")
_name("m", "1000", "km", "kilometers", "kilometres", "kilometer", "kilometre", "킬로미터", "㎞")
_name("m", "1", "m", "meters", "metres", "meter", "metre", "미터")
_name("m", "0.01", "cm", "centimeters", "centimetres", "centimeter", "centimetre", "센티미터", "센티")
_name("m", "0.001", "mm", "millimeters", "millimetres", "millimeter", "millimetre", "밀리미터")
_name("m", "1609.344", "miles", "mile", "마일")
_name("m", "0.3048", "feet", "foot", "ft", "피트")
_name("g", "1000", "kg", "kilograms", "kilogram", "kilos", "kilo", "킬로그램")
_name("g", "1", "g", "grams", "gram", "그램")
_name("g", "0.001", "mg", "milligrams", "milligram", "밀리그램")
_name("g", "1000000", "t", "tons", "tonnes", "tonne", "ton", "톤")
_name("l", "1", "l", "liters", "litres", "liter", "litre", "리터")
_name("l", "1000", "m³", "㎥", "m3", "cubic metres", "cubic meters", "cubic metre", "cubic meter", "세제곱미터")
_name("l", "0.001", "ml", "milliliters", "millilitres", "밀리리터")
_name("s", "1", "seconds", "second", "초")
_name("s", "60", "minutes", "minute", "mins", "min", "분")
_name("s", "3600", "hours", "hour", "hrs", "hr", "h", "시간")
_name("s", "86400", "days", "day", "일")
_name("s", "604800", "weeks", "week", "주일", "주간", "주")
_name("months", "1", "months", "month", "개월", "달")
_name("months", "12", "years", "year", "yrs", "년간", "년")
_name("°C", "1", "°c", "℃", "degrees celsius", "도")
_name("°F", "1", "°f", "℉", "degrees fahrenheit", "fahrenheit")
_name("g", "453.59237", "pounds of weight", "lbs", "lb")
_name("m2", "1", "m²", "㎡", "m2", "제곱미터", "square metres", "square meters", "sqm")
_name("m2", "3.305785", "평")
_name("m2", "10000", "ha", "헥타르", "hectares", "hectare")
_name("m2", "1000000", "km²", "㎢", "km2", "제곱킬로미터", "square kilometres", "square kilometers")
_name("m2", "4046.8564224", "acres", "acre", "에이커")
_name("W", "1", "w", "watts", "watt", "와트")
_name("W", "1000", "kw", "kilowatts", "킬로와트")
_name("B", "1000000", "mb", "메가바이트")
_name("B", "1000000000", "gb", "기가바이트")

_UNIT = re.compile(
    r"(?:\s?-(?=[A-Za-z가-힣])|\s?)("
    + "|".join(re.escape(word) for word in sorted(_UNITS, key=len, reverse=True))
    + r")(?![A-Za-z])",
    re.IGNORECASE,
)


_BETWEEN = re.compile(r"\s*(?:,|and)?\s*")
_NOUN = re.compile(rf"\s?({_COUNTER}|[A-Za-z]+)")


@dataclass(frozen=True)
class Amount:
    """One amount: `value` in the unit it is written in; `dimension` is empty for a unit that is not known."""

    value: Decimal
    dimension: str
    factor: Decimal
    start: int
    end: int
    decimals: int
    noun: str = ""
    """What is counted: the word right behind, such as `rooms` or `개`."""

    @property
    def base(self) -> Decimal:
        """The value in the base unit of its dimension."""
        return self.value * self.factor


def find_amounts(text: str) -> list[Amount]:
    """Return the amounts in `text` in order. Codes, versions, clock times and telephone numbers are none."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text):
        if _is_part_of_code(text, match):
            continue
        value = _value(match)
        if value is None:
            continue
        end = match.end()
        unit = _UNIT.match(text, end)
        money = (match["money"] or "").casefold()
        dimension, factor = _UNITS.get(money, ("", "1"))
        if unit is not None:
            end = unit.end()
            if not money:
                dimension, factor = _UNITS[unit.group(1).casefold()]
        digits = match["digits"] or ""
        if money and digits and not match["scale"] and (short := _SHORT_SCALE.match(text, match.end())):
            value *= _SCALES[short.group(1).casefold()]  # $3.75m; without the sign m is a metre
            end = short.end()
        decimals = len(digits.partition(".")[2]) if not match["scale"] else 0
        value = -value if match["sign"] else value
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        noun = _NOUN.match(text, match.end())
        counted = noun.group(1).casefold() if noun else ""
        found.append(Amount(value, dimension, Decimal(factor), start, end, decimals, counted))
    return _compounds(found, text)


def _compounds(found: list[Amount], text: str) -> list[Amount]:
    """Join what is one amount in two units: `1 hour 30 minutes`, `2년 6개월`."""
    joined: list[Amount] = []
    for amount in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.dimension == amount.dimension
            and last.dimension in ("s", "months", "m")
            and amount.factor < last.factor
            and _BETWEEN.fullmatch(text[last.end : amount.start])
            and amount.base < last.factor
        ):
            value = (last.base + amount.base) / amount.factor
            joined[-1] = Amount(value, amount.dimension, amount.factor, last.start, amount.end, 0, amount.noun)
        else:
            joined.append(amount)
    return joined


def _is_part_of_code(text: str, match: re.Match[str]) -> bool:
    if not match["digits"]:
        return False
    start, end = match.start("digits"), match.end()
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalpha() and before[-1:].isascii():
        return True  # v2, B12, ISO9001
    if after[:1] in ".:-/" and after[1:2].isdigit() and (after[0] != "-" or _is_code_dash(text, start, end)):
        return True  # 1.2.3, 10:30, 3/4
    return before[-1:] in (":", "/") or (
        before[-1:] == "-" and before[:1].isalnum() and _is_code_dash(text, start, end)
    )


def _is_code_dash(text: str, start: int, end: int) -> bool:
    """`02-123-4567` and `2019-03-12` are codes; `10-12` is a range."""
    around = re.search(r"[\w-]*$", text[max(0, start - 20) : start])
    after = re.match(r"[\w-]*", text[end : end + 20])
    whole = (around.group() if around else "") + text[start:end] + (after.group() if after else "")
    return whole.count("-") > 1 or bool(re.search(r"[A-Za-z]-", whole))


def _value(match: re.Match[str]) -> Decimal | None:
    if match["korean"]:
        return _mixed(match["korean"], is_cut=not re.match(r"\s?[가-힣]", match.string[match.end() :]))
    if match["digits"]:
        scale = (match["scale"] or "").strip().casefold()
        return Decimal(match["digits"].replace(",", "")) * _SCALES.get(scale, 1)
    if match["words"]:
        return _english(match["words"])
    if match["sino"]:
        return _mixed(match["sino"])
    return _native(match["native"])


def _mixed(text: str, *, is_cut: bool = False) -> Decimal | None:
    """`3억 5천만`, `백이십만`, `1만 2천`; where nothing follows, `3억 5천` is 3억 5천만."""
    total, block, number = Decimal(0), Decimal(0), None
    for piece in re.findall(rf"{_DIGITS}|[가-힣万億亿兆]", text):
        if piece[0].isdigit():
            number = Decimal(piece.replace(",", ""))
        elif piece in _SINO:
            number = Decimal(_SINO[piece])
        elif piece in _SINO_SMALL:
            block += (1 if number is None else number) * _SINO_SMALL[piece]
            number = None
        elif piece in _SINO_LARGE:
            block += number or 0
            total += (block or 1) * _SINO_LARGE[piece]
            block, number = Decimal(0), None
        else:
            return None
    if is_cut and total >= _SINO_LARGE["억"] and number is None and text.rstrip()[-1:] in ("천", "백"):
        block *= _SINO_LARGE["만"]
    return total + block + (number or 0)


def _native(text: str) -> Decimal:
    text = text.replace(" ", "")
    tens = next((word for word in _NATIVE_TENS if text.startswith(word)), "")
    return Decimal(_NATIVE_TENS.get(tens, 0) + _NATIVE.get(text[len(tens) :], 0))


def _english(text: str) -> Decimal:
    total, block = Decimal(0), Decimal(0)
    words = text.casefold()
    half = re.search(r"\s+and\s+a\s+half(?:\s+(million|billion|thousand))?$", words)
    words = words[: half.start()] if half else words
    for word in re.findall(r"[a-z]+", words):
        if word in BELOW_HUNDRED:
            block += BELOW_HUNDRED[word]
        elif word == "hundred":
            block = (block or 1) * 100
        elif word == "dozen":
            block = (block or 1) * 12
        elif word in _SCALES:
            total += (block or 1) * _SCALES[word]
            block = Decimal(0)
    value = total + block
    if half:
        value = (value + Decimal("0.5")) * _SCALES.get(half.group(1) or "", 1)
    return value


_BEFORE = re.compile(
    r"(?:(?:about|approximately|approx\.?|around|some|nearly|almost|over|roughly|a\s+total\s+of|total(?:\s+of)?"
    r"|exactly"
    r"|약|대략|총|모두|전체|합계|무려|최대|최소|연|월|the|a|an)\s*)*",
    re.IGNORECASE,
)


_ASKED_UNIT = re.compile(
    r"\bhow\s+many\s+([a-z]+)\b|\bin\s+(kilomet\w+|met\w+|hours|minutes|days|kilograms|tonnes)\b", re.I
)


def in_unit_asked(amount: Amount, question: str) -> Amount:
    """Give a bare reference the unit that the question asks for: `14` to `How many days …` is 14 days."""
    found = _ASKED_UNIT.search(question)
    unit = _UNITS.get((found[1] or found[2]).casefold()) if found and not amount.dimension else None
    return amount if unit is None else replace(amount, dimension=unit[0], factor=Decimal(unit[1]))


def whole_amount(text: str) -> Amount | None:
    """Return the amount that `text` is, with at most its unit in words; `None` for names that hold a number."""
    plain = rewritten(text.strip(), reads_fractions=is_fraction(text))
    found = find_amounts(plain)
    if len(found) != 1:
        return None
    amount = found[0]
    rest = plain[amount.end :].strip(" .")
    if not _BEFORE.fullmatch(plain[: amount.start]) or len(rest.split()) > 3 or re.search(r"\d", rest):
        return None
    return amount
