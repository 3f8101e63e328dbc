"""Bring rare ways of writing an amount to a usual one: 1.200,50 · 1 200 000 · 1'200 · two thirds · 3분의 2 · 1h30."""

import re
from collections.abc import Callable
from decimal import Decimal

from benchwright.evaluation.graders.number_words import BELOW_HUNDRED

_GROUPED_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}(?:[. \u00a0']\d{3})+),(\d{1,2})(?!\d)")
_DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])(\d+),(\d{1,2})(?=\s?(?:[%€$£¥°℃]|EUR|euros?|kr|zł|유로|달러|(?:km|cm|mm|m|kg|g|l|t|h|ha)\b))"
)
_PRIMED = re.compile(r"(?<![\d.,])\d{1,3}(?:'\d{3})+(?!\d)")
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_HOURS_MINUTES = re.compile(r"\b(\d{1,2})\s?h\s?(\d{2})(?:\s?m(?:in)?)?(?![\d\w])", re.IGNORECASE)
_AN_HOUR = re.compile(r"\b(half\s+an|an?)\s+(hour|day|week|month|year|minute)\b", re.IGNORECASE)
_HALVES = {"hour": "30 minutes", "day": "12 hours", "year": "6 months", "minute": "30 seconds"}
_RATED = re.compile(
    r"(?:\d\S*|euros?|dollars?|won|times|pounds?|cents?|once|twice|million|billion|thousand|%|percent)\s+$", re.I
)
_QUARTERS = re.compile(r"\b(?:(an?|one|three)[\s-])?quarters?(?:[\s-]of[\s-]an)?[\s-]hours?\b", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"(\d+(?:\.\d+)?)\s*(°\s?C|℃|degrees(?:\s+celsius)?)?\s+below\s+zero", re.I)
_HALF_LATER = re.compile(
    r"(?P<number>\d+)\s?(?P<unit>시간|년|개월|배|헥타르|톤|리터|킬로|미터)\s?반(?=$|[^가-힣]|이[에었며고다]|입|정도|쯤|으로|가량)"
    r"|(?P<word>\d+) (?P<noun>hour|year)s?\s+and\s+a\s+half",
    re.I,
)
_SINO = {sign: number for number, sign in enumerate("일이삼사오육칠팔구십", start=1)}
_KO_FRACTION = re.compile(r"(?<![가-힣\d])(\d+|[이삼사오육칠팔구십])\s?분의\s?(\d+|[일이삼사오육칠팔구])(?!\d)")
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,3})\s?[/⁄]\s?(\d{1,3})(?![\d/])")
_SLASHED_UNIT = re.compile(
    r"(?<![\d/.])(\d{1,2})\s?/\s?(\d{1,2})(?=\s?(?:시간|킬로|미터|리터|hours?|miles?|km|kg|lit|met(?:er|re))\w*)",
    re.IGNORECASE,
)
_OTHER_DEGREES = re.compile(r"(-?\d+(?:\.\d+)?)\s?(?:(°\s?F|℉|degrees\s+Fahrenheit)|K\b|kelvins?\b)")
_POINT_KO = re.compile(
    r"(?<![가-힣])([일이삼사오육칠팔구십백]{1,6})\s?점\s?([영일이삼사오육칠팔구]{1,4})(?=\s?(?:퍼센트|프로|%|도|킬로|미터|배|점|톤))"
)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_WORDED = re.compile(rf"\b({'|'.join(_COUNTS)})[\s-]({'|'.join(_PARTS)})s?\b", re.IGNORECASE)
_DIGIT_WORDS = {word: str(number) for word, number in BELOW_HUNDRED.items() if number < 10}
_DIGIT = "|".join(_DIGIT_WORDS)
_SPOKEN_POINT = re.compile(
    rf"\b(?P<whole>(?:[a-z]+-)?(?:[a-z]+))\s+point\s+(?P<decimals>(?:{_DIGIT})(?:[\s-]+(?:{_DIGIT}))*)\b",
    re.IGNORECASE,
)
_SPOKEN_HALF = re.compile(
    r"\b(?P<whole>(?:[a-z]+-)?(?:[a-z]+)|\d+)\s+and\s+a\s+half(?=\s*(?:%|percent|per\s+cent|[a-z]*met(?:er|re)"
    r"|kilo|km|kg|ton|lit(?:er|re)|point))",
    re.IGNORECASE,
)
# two and a half million, three and three quarter million, 4 ¾ hours
_AND_PARTS = re.compile(
    r"\b(?P<whole>(?:[a-z]+-)?[a-z]+|\d+)\s+(?:and\s+)?(?P<count>a|an|one|two|three)[\s-]+(?P<part>half|third|quarter)s?"
    r"(?=[\s-]+(?:million|billion|thousand|hours?|years?|percent|per\s+cent|%|tons?|tonnes?|kilos?|met(?:er|re)s?|miles?))",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"\b(?P<part>[a-z]+|\d{1,3})\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?|of\s+every)\s+(?P<whole>[a-z]+|\d{1,3})\b(?!\s?%)",
    re.IGNORECASE,
)
_NATIVE_COUNT = {
    word: count
    for count, words in enumerate(
        ("한 하나", "두 둘", "세 셋", "네 넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"), start=1
    )
    for word in words.split()
}
_COUNTED_KO = r"\s?(?:명|개|사람|곳|가구)?"
_NATIVE_NUMBER = rf"\d{{1,3}}|{'|'.join(sorted(_NATIVE_COUNT, key=len, reverse=True))}"
_OF_KO = re.compile(
    rf"(?<![가-힣\d])(?P<whole>{_NATIVE_NUMBER}){_COUNTED_KO}\s?중\s?(?:에\s?)?"
    rf"(?P<part>{_NATIVE_NUMBER}){_COUNTED_KO}(?![\d가-힣]{{3}})"
)
_POWER = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:×|x|\*|·|\\times|\\cdot)\s*10\s*(?:\^|\*\*)\s*\{?([+-]?\d{1,2})\}?"
    r"|(\d(?:\.\d+)?)[eE]\+?(\d{1,2})\b"
)
_UNDER_BRACKETS = re.compile(
    r"(?<![\w.])([$€£¥₩]?)\s?\((\d[\d,.]*)\)(?=\s*(?:million|billion|thousand|[$€£¥₩]|[A-Z]{3}\b|euros?"
    r"|dollars?|백만|억|만|원|$))"
)
# 천 백 오십 석: one number, told with blanks.
_PARTED_SINO = re.compile(
    r"(?<![가-힣])[일이삼사오육칠팔구]?[천백십만억](?:\s?(?!일(?![일이삼사오육칠팔구십백천만억]))[일이삼사오육칠팔구십백천만억]{1,3}){1,8}"
    r"(?![가-힣]*[을를은는](?![가-힣]))"
)
_DAYS_IN_WORDS = "하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘"
_NATIVE_DAYS = {
    day: number
    for number, day in enumerate(_DAYS_IN_WORDS.split(), start=1)
} | {"보름": 15, "스무날": 20}  # fmt: skip
_DAYS_KO = re.compile(
    rf"(?<![가-힣])(?!하루\s)(열)?({'|'.join(_NATIVE_DAYS)})(?=$|[^가-힣]|[이가은는을를의간]|까지|이내|동안|정도|전|입니다)"
)
_NATIVE_HOURS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5}
_NATIVE_HALF = re.compile(
    rf"(?<![가-힣])({'|'.join(_NATIVE_HOURS)})\s?시간\s?반(?=$|[^가-힣]|이[에었며고다]|입|정도|쯤|으로|가량)"
)


def is_fraction(text: str) -> bool:
    """Whether `text` is a fraction such as `3분의 2`, `2/3` or `two thirds`, with little beside it."""
    found = _KO_FRACTION.search(text) or _SLASHED.search(text) or _WORDED.search(text)
    return found is not None and len(text) - len(found.group()) <= 12


def rewritten(text: str, *, reads_fractions: bool = False) -> str:
    """Return `text` with its numbers in plain writing; with `reads_fractions` also `1/4` and `a quarter`."""
    text = _spelt_out(text)
    text = _GROUPED_COMMA.sub(lambda match: f"{re.sub(r'[^0-9]', '', match[1])}.{match[2]}", text)
    text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    text = _PRIMED.sub(lambda match: match.group().replace("'", ""), text)
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = _HOURS_MINUTES.sub(r"\1 hours \2 minutes", text)
    text = _DAYS_KO.sub(lambda match: f"{10 * bool(match[1]) + _NATIVE_DAYS[match[2]]}일", text)
    text = _NATIVE_HALF.sub(lambda match: f"{_NATIVE_HOURS[match[1]]}시간 30분", text)
    text = re.sub(r"\b(?:a|one) fortnight\b", "2 weeks", text, flags=re.IGNORECASE)
    text = _QUARTERS.sub(lambda match: f"{15 * _COUNTS[(match[1] or 'a').casefold()]} minutes", text)
    text = _AN_HOUR.sub(_counted_hour, text)
    text = _HALF_LATER.sub(_half_more, text)
    text = _BELOW_ZERO.sub(lambda match: f"-{match[1]}{match[2] or ''}", text)
    text = _SLASHED_UNIT.sub(lambda match: _decimal(int(match[1]), int(match[2])), text)
    if reads_fractions:
        text = text.replace("절반", "0.5")
        text = _OUT_OF.sub(lambda match: _share(match, _whole_number), text)
        text = _OF_KO.sub(lambda match: _share(match, _native_number), text)
        text = _KO_FRACTION.sub(lambda match: _decimal(_number(match[2]), _number(match[1])), text)
        text = _SLASHED.sub(lambda match: _decimal(int(match[1]), int(match[2])), text)
        text = _WORDED.sub(lambda match: _decimal(_COUNTS[match[1].casefold()], _PARTS[match[2].casefold()]), text)
    return text


def _spelt_out(text: str) -> str:
    """Numbers that are told aloud or as powers: `one point two`, `1.2 × 10^6`, `(4.3) million`, `천 백 오십`."""
    text = _SPOKEN_POINT.sub(_pointed, text)
    text = _AND_PARTS.sub(_and_parts, text)
    text = _SPOKEN_HALF.sub(_and_a_half, text)
    text = _POWER.sub(_powered, text)
    text = _POINT_KO.sub(
        lambda match: f"{_sino(match[1])}.{''.join(str('영일이삼사오육칠팔구'.index(c)) for c in match[2])}", text
    )
    text = _UNDER_BRACKETS.sub(r"-\1\2", text)
    return _PARTED_SINO.sub(lambda match: match.group().replace(" ", ""), text)


def _whole_number(words: str) -> int | None:
    """`sixty-two` is 62: up to 99 in words, or digits."""
    if words.isdigit():
        return int(words)
    total = 0
    for word in words.casefold().split("-"):
        if word not in BELOW_HUNDRED:
            return None
        total += BELOW_HUNDRED[word]
    return total


def _pointed(match: re.Match[str]) -> str:
    whole = _whole_number(match["whole"])
    decimals = "".join(_DIGIT_WORDS[word] for word in re.split(r"[\s-]+", match["decimals"].casefold()))
    return match.group() if whole is None else f"{whole}.{decimals}"


def _and_a_half(match: re.Match[str]) -> str:
    whole = _whole_number(match["whole"])
    return match.group() if whole is None else f"{whole}.5"


def _and_parts(match: re.Match[str]) -> str:
    whole = _whole_number(match["whole"])
    share = Decimal(_COUNTS[match["count"].casefold()]) / _PARTS[match["part"].casefold()]
    return match.group() if whole is None else f"{(whole + share).normalize():f}"


def _native_number(word: str) -> int | None:
    return int(word) if word.isdigit() else _NATIVE_COUNT.get(word)


def _share(match: re.Match[str], read: Callable[[str], int | None]) -> str:
    part, whole = read(match["part"]), read(match["whole"])
    return match.group() if part is None or not whole or part > whole else _decimal(part, whole)


def _powered(match: re.Match[str]) -> str:
    number, power = match[1] or match[3], int(match[2] or match[4])
    return f"{Decimal(number).scaleb(power):f}"


def _counted_hour(match: re.Match[str]) -> str:
    if _RATED.search(match.string[max(0, match.start() - 20) : match.start()]):
        return match.group()  # 45 euros a month
    if match[1].casefold().startswith("half"):
        return _HALVES.get(match[2].casefold(), match.group())
    return f"1 {match[2]}"


def _half_more(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match['number']}.5{match['unit']}"
    return f"{match['word']}.5 {match['noun']}s"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _SINO[text]


def _decimal(part: int, whole: int) -> str:
    return f"{Decimal(part) / Decimal(whole):.12f}" if whole else "0"


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_number(text: str) -> int | None:
    """Return what a Roman numeral says: XIV is 14."""
    plain = text.casefold()
    if not re.fullmatch(r"[ivxlcdm]+", plain):
        return None
    values = [_ROMAN[sign] for sign in plain]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def in_celsius(text: str, decimals: int) -> str:
    """Write degrees Fahrenheit and kelvins as degrees Celsius."""

    def celsius(match: re.Match[str]) -> str:
        value = Decimal(match[1])
        value = (value - 32) / Decimal("1.8") if match[2] else value - Decimal("273.15")
        return f"{round(value, decimals):f} °C"

    return _OTHER_DEGREES.sub(celsius, text)


def _sino(text: str) -> int:
    """육십삼 is 63."""
    total, number = 0, 0
    for sign in text:
        if sign in "십백":
            total, number = total + (number or 1) * (10 if sign == "십" else 100), 0
        else:
            number = _SINO[sign]
    return total + number
