"""Grades answers that are an amount: units, thousands, words for numbers, Korean 만 and 억, tolerance."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from benchwright.evaluation.graders.amounts import Amount, find_amounts, in_unit_asked, whole_amount
from benchwright.evaluation.graders.claims import answer_field, claimed, periods, readable
from benchwright.evaluation.graders.normalise import unmarked
from benchwright.evaluation.graders.rewriting import in_celsius, is_fraction, rewritten
from benchwright.evaluation.graders.settling import settled
from benchwright.evaluation.graders.stances import Mention
from benchwright.evaluation.refusals import is_refusal, says_not_stated
from benchwright.records import Question, Response, Score
from benchwright.text.dates import find_dates

WINDOW = 40
MOST_DECIMAL, GROUP = 1000, 3
FUNCTION_WORD = 3
DAY = Decimal(86400)
"""Seconds; the 15th of a month may be asked by its number of days."""
MOST_PARTS = 4
NEARLY = 0.01
_LOSS = re.compile(r"\b(?:loss|deficit|decline|decrease|drop|fall|fell|lost|down|shrank)\b[^.,;]{0,25}$", re.I)
_LOSS_AFTER = re.compile(r"^[^.,;]{0,15}?(?:적자|손실|감소|하락|줄었|in the red|\bloss\b|deficit|decrease)", re.I)
_ONE_OF_TWO = re.compile(
    r"\d[\d,.]*\s*\S{0,3}\s*(?:\bor\b(?:\s+(?:maybe|perhaps|possibly|even))?|또는|혹은|이나|아니면|내지)\s*\S{0,3}\d",
    re.I,
)
_CHANGE = re.compile(
    r"\b(?:rose|grew|fell|rais\w+|increas\w+|cut|went\s+(?:up|down)|dropp\w+|declin\w+|climb\w+|lower\w+|reduc\w+|expand\w+|mov\w+"
    r"|chang\w+)\s+(?:\w+\s+)?from\b|\bfrom\b[^.]{1,20}\b(?:down|up)\s+to\b",
    re.I,
)
_DASHED = re.compile(r"(?<![\w.,-])[$€£]?(\d{1,3}(?:\.\d+)?)\s?-\s?[$€£]?(\d{1,3}(?:\.\d+)?)(?![\d.,-]*\d|-)")
_STRICT = re.compile(r"(?<!\bno )(?<!\bnot )\b(?:more|less|fewer)\s+than\s*\S{0,2}$", re.I)
_STRICT_AFTER = re.compile(r"^\s*[가-힣]{0,2}\s*(?:미만|초과|을?를?이?가?\s*넘|에?\s*못\s*미)")
_MORE = re.compile(
    r"(?:\bmore\s+than|\bover|\babove|\bat\s+least|\bexceed\w*|\bupwards?\s+of|[>≥]|최소|적어도)\s*\S{0,2}$", re.I
)
_LESS = re.compile(
    r"(?:\bless\s+than|\bfewer\s+than|\bunder|\bbelow|\bat\s+most|\bup\s+to|\bfalls?\s+short\s+of|[<≤]|최대)\s*\S{0,2}$",
    re.I,
)
_MORE_AFTER = re.compile(r"^\s*[가-힣]{0,2}\s*(?:대(?![가-힣])|이상|초과|을?를?이?가?\s*넘|(?:or|and)\s+more)")
_LESS_AFTER = re.compile(r"^\s*[가-힣]{0,2}\s*(?:이하|미만|에?\s*못\s*미|(?:or|and)\s+(?:less|fewer))")
_ASKS_MOST = re.compile(r"\bmaximum\b|\bhighest\b|\blimit\b|최대|최고|한도|상한", re.I)
_ASKS_LEAST = re.compile(r"\bminimum\b|\blowest\b|최소|최저|하한", re.I)
_AT_LEAST = re.compile(r"\bat\s+least\s*\S{0,2}$|최소\s*$", re.I)
_AT_MOST = re.compile(r"\bat\s+most\s*\S{0,2}$|최대\s*$", re.I)
_ASKS_DAYS = re.compile(r"\bhow\s+many\s+days\b|(?:며칠|몇\s?일)\s?(?:안|이내|내|간|동안|전|후|뒤|만|걸)|기간", re.I)
_CLOCK = re.compile(r"\A\W*(\d{1,2}):([0-5]\d)(?:\s?h(?:ours)?)?\W*\Z")
_RATE = re.compile(
    r"\bper\s+(hour|day|week|month|year)\b|(시간|하루|일|주|월|달|년|연)당(?=\s?\d|\s?[한두세네다여일아])", re.I
)
_RATES = {
    "hour": "hour", "day": r"\bday|daily", "week": "week", "month": "month", "year": "year|annual", "시간": "시간|매시",
    "하루": "하루|매일|일일",
    "일": "하루|매일|일일", "주": "주당|매주|주간", "월": "월|매달|매월", "달": "월|매달|매월",
    "년": "연간|매년|년", "연": "연간|매년|년",
}  # fmt: skip
_ROMAN = re.compile(r"[IVXLCDM]+")
_SPAN = re.compile(
    r"(?<![\d.,])\d[\d.,]*\s+to\s+\S{0,2}\d|\b(?:between|from)\s+\S{0,2}[\d.,]+\s*\S*\s+(?:and|to)\s+\S{0,2}\d|\d[\d.,]*\s?\S{0,3}\s?\S{0,2}에서\s*\d[\d.,]*\s?\S{0,5}\s?\S{0,3}\s*사이"
    r"|(?<![\d.,])\d[\d.,]*\s?[만천억조]*\s?[가-힣%]{0,2}\s?~\s?\d",
    re.I,
)
_WHOLE_SPAN = re.compile(rf"(?:{_SPAN.pattern})[\d.,]*\s?[^\s.,;]*", re.I)
_RANGE = re.compile(r"^\s*(?:-|–|~|to|or|and|에서|또는|이나|내지)\s*$", re.I)


@dataclass(frozen=True)
class Numeric:
    """Full marks when the response states the reference amount, in whatever unit and writing.

    `tolerance` is the relative difference that still counts as equal.
    """

    tolerance: float = 0.0

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "numeric"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response; not graded where the reference is no amount or the response states several."""
        value, reason = mark_amount(question, response.text, tolerance=self.tolerance)
        return Score(response_id=response.id, grader=self.name, value=value, reason=reason)


def mark_amount(question: Question, text: str, *, tolerance: float = 0.0) -> tuple[float | None, str]:
    """Return the mark and its reason."""
    text = readable(text)
    references = [amount for answer in (question.answer, *question.accepted) if (amount := whole_amount(answer))]
    if not references:
        return None, "the reference is no amount"
    references = [in_unit_asked(amount, question.text) for amount in references]
    reads_fractions = references[0].dimension == "%" or is_fraction(question.answer)
    plain = rewritten(unmarked(answer_field(text)), reads_fractions=reads_fractions)
    if not plain:
        return 0.0, "empty answer"
    if references[0].dimension == "s":
        plain = _CLOCK.sub(r"\1 hours \2 minutes", plain)
    if references[0].dimension == "°C":
        plain = in_celsius(plain, references[0].decimals)
    if not leaves_open(question.answer) and leaves_open(claimed(plain)) and _are_several(claimed(plain), references[0]):
        beside = _WHOLE_SPAN.sub(" ", claimed(plain))
        if leaves_open(beside) or not _is_stated(beside, references[0]):
            return None, "names two amounts and leaves it open"
        plain = beside
    said = behind_equals(claimed(plain))
    stated = stated_amounts(said, references[0], question.text)
    if not stated:
        said = behind_equals(plain)
        stated = stated_amounts(said, references[0], question.text)
    if not stated:
        if says_not_stated(plain) or is_refusal(plain):
            return 0.0, "says that it is not stated or not known"
        if _ROMAN.fullmatch(plain.strip(" .")):
            return None, "a Roman numeral"
        return 0.0, "states no number"
    # Each amount knows where it stands in `said`: what is around it is read there.
    stated = [_signed(said, amount, references[0]) for amount in stated]
    return _mark_stated(question, said, stated, references, tolerance)


def _mark_stated(
    question: Question, text: str, stated: list[Amount], references: list[Amount], tolerance: float
) -> tuple[float | None, str]:
    bases = list(dict.fromkeys(amount.base for amount in stated))
    mentions = [Mention(bases.index(amount.base), amount.start, _with_counter(text, amount)) for amount in stated]
    settling = settled(text, mentions, question.text, known=(question.answer, *question.accepted), takes_nearest=True)
    if settling.mention is not None:
        said = [amount for amount in stated if amount.base == bases[settling.mention.key]]
    else:
        said = [amount for amount in stated if bases.index(amount.base) not in settling.denied]
    right = [any(is_equal(amount, reference, tolerance) for reference in references) for amount in said]
    if said and all(right):
        if not _STRICT_AFTER.search(question.answer) and any(_is_strict(text, a) for a in said):
            return None, "states only a bound of the amount"
        if any(_is_other_limit(text, amount, question.text) for amount in said):
            return None, "states the other limit: `at least` of a maximum"
        if all(_is_place(text, amount) for amount in said):
            return None, "states a place in an order, not a count"
        if (rate := _RATE.search(text)) and not _is_rate_of(rate, f"{question.text} {question.answer}"):
            return None, "states the amount by another unit of time"
        return 1.0, "states the reference amount"
    if not any(right):
        if said and (converted := _mark_converted(said[0], references[0])) is not None:
            return converted
        if references[0].dimension == "s" and any(amount.noun == "times" for amount in said):
            return None, "states a rate"
        if any(_sums_up(text, reference) for reference in references):
            return None, "states the parts of the amount without their sum"
        if said and any(_is_of_other_scale(amount, references[0]) for amount in said):
            return None, "states the digits of the reference, perhaps by 만 or 억"
        if said and all(_is_bound(text, amount, references[0], question.text) for amount in said):
            return None, "states only a bound of the amount"
        return 0.0, f"states {said[0].value.normalize():f}" if said else "denies the amount that it states"
    return None, f"states {len({a.base for a in said})} different amounts"


def behind_equals(text: str) -> str:
    """Return what stands behind the last `=` where that is an amount: the result of a sum."""
    result = text.rpartition("=")[2]
    return result if find_amounts(result) else text


def stated_amounts(text: str, reference: Amount, question: str) -> list[Amount]:
    """Return the amounts that can be meant as the answer: not negated, of a fitting unit, not the question's own."""
    found = find_amounts(text)
    if reference.dimension and (reference.factor != DAY or _ASKS_DAYS.search(question)):
        found = [a for a in found if not _is_day_of_month(text, a)]
    found = _narrow(found, [a for a in found if not _is_ordinal_or_list_mark(text, a)])
    asked = {amount.value for amount in find_amounts(question)} | _years(question)
    found = _narrow(found, [a for a in found if a.value not in asked or is_equal(a, reference, 0.0)])
    if not _is_year(reference) and reference.dimension != "months":
        found = _narrow(found, [a for a in found if not _looks_like_year(text, a)])
    counted = [a for a in found if a.noun and (a.noun == reference.noun or _is_asked(a.noun, question))]
    period = periods(question)
    if not period & periods(text) or len(periods(text)) == 1:
        found = _narrow(found, counted)  # else `3,102 employees in 2021, 3,417 in 2022` would lose the second
    if reference.dimension:
        found = _narrow(found, [a for a in found if a.dimension == reference.dimension])
        found = _narrow(found, [a for a in found if a.dimension in ("", reference.dimension)])
    return found


def _signed(text: str, amount: Amount, reference: Amount) -> Amount:
    """A loss of 4 where the reference is −4 is −4."""
    if reference.value >= 0 or amount.value <= 0:
        return amount
    is_loss = (
        _in_brackets(text, amount) or _LOSS.search(_before(text, amount)) or _LOSS_AFTER.match(_after(text, amount))
    )
    return replace(amount, value=-amount.value) if is_loss else amount


def _in_brackets(text: str, amount: Amount) -> bool:
    """Accounts write a loss in brackets; so only where that is the whole answer."""
    return bool(re.fullmatch(r"\([^()]*\)", text.strip(" .")))


def _is_strict(text: str, amount: Amount) -> bool:
    return bool(_STRICT.search(_before(text, amount)) or _STRICT_AFTER.match(_after(text, amount)))


def _is_bound(text: str, amount: Amount, reference: Amount, asked: str) -> bool:
    """Whether the text says only `more than a million` of 1.2 million; asked for a limit, `up to 5` says it."""
    before, after = _before(text, amount), _after(text, amount)
    if _ASKS_MOST.search(asked) or _ASKS_LEAST.search(asked):
        return False
    if _MORE.search(before) or _MORE_AFTER.match(after):
        return amount.base < reference.base
    if _LESS.search(before) or _LESS_AFTER.match(after):
        return amount.base > reference.base
    return False


def _sums_up(text: str, reference: Amount) -> bool:
    """Whether the amounts of `text` are the parts of the reference: `7,300 adults and 5,180 children`."""
    parts = [a for a in find_amounts(text) if a.dimension in ("", reference.dimension)]
    return 1 < len(parts) <= MOST_PARTS and sum(part.value for part in parts) == reference.value


def _is_other_limit(text: str, amount: Amount, asked: str) -> bool:
    before = _before(text, amount)
    return bool(
        (_ASKS_MOST.search(asked) and _AT_LEAST.search(before))
        or (_ASKS_LEAST.search(asked) and _AT_MOST.search(before))
    )


def leaves_open(text: str) -> bool:
    """Whether `text` gives two amounts for one: a range, or one *or* another."""
    if _CHANGE.search(text):
        return False
    if _SPAN.search(text) or _ONE_OF_TWO.search(text):
        return True
    return any(float(found[1]) < float(found[2]) for found in _DASHED.finditer(text))


def _are_several(text: str, reference: Amount) -> bool:
    """Whether two amounts that may answer stand there: `3 years or 60,000 km` is one of each; `5 to 7` is no 200."""
    fitting = {amount.base for amount in find_amounts(text) if amount.dimension in ("", reference.dimension)}
    if not reference.dimension:
        return not fitting or min(fitting) <= reference.base <= max(fitting)
    return len(fitting) > 1 and min(fitting) <= reference.base <= max(fitting)


def _is_stated(text: str, reference: Amount) -> bool:
    """Whether an amount of the dimension asked stands in `text`."""
    return any(amount.dimension == reference.dimension for amount in find_amounts(text))


def _is_asked(noun: str, question: str) -> bool:
    """Whether the question asks for what is counted; `of` and `the` count nothing."""
    if noun.isascii():
        return len(noun) > FUNCTION_WORD and re.search(rf"\b{re.escape(noun)}", question.casefold()) is not None
    return noun in question


def _before(text: str, amount: Amount) -> str:
    # A few words tell; the whole of a long answer would make each look quadratic.
    return text[max(0, amount.start - WINDOW) : amount.start]


def _after(text: str, amount: Amount) -> str:
    return text[amount.end : amount.end + WINDOW]


def _narrow(found: list[Amount], fewer: list[Amount]) -> list[Amount]:
    return fewer or found


def _is_of_other_scale(amount: Amount, reference: Amount) -> bool:
    """`150` for 150만 원: a table may count by 만."""
    is_bare = not amount.dimension and not amount.noun
    return is_bare and amount.value != 0 and reference.value / amount.value in (10**4, 10**8)


def _mark_converted(amount: Amount, reference: Amount) -> tuple[float | None, str] | None:
    """An amount in another system of units is right to the digits that it gives: 1,389 lb for 630 kg."""
    if not amount.dimension or amount.dimension != reference.dimension:
        return None
    ratio = reference.factor / amount.factor
    if ratio.normalize().as_tuple().digits == (1,) or amount.dimension not in ("m", "g", "l", "m2"):
        return None
    given = (reference.value * ratio).quantize(Decimal(1).scaleb(-amount.decimals))
    if given != amount.value:
        is_near = is_close(amount.value, reference.value * ratio, NEARLY)
        return (None, "the amount in another unit, roughly") if is_near else None
    digits = len(amount.value.normalize().as_tuple().digits)
    return (1.0, "the amount in another unit") if digits >= GROUP else (None, "the amount in another unit, roughly")


def _with_counter(text: str, amount: Amount) -> int:
    """Where the amount ends with what it counts: a denial stands behind 1,150석."""
    counter = re.compile(rf"\s?{re.escape(amount.noun)}").match(text, amount.end)
    return counter.end() if counter and amount.noun and not amount.noun.isascii() else amount.end


def _is_rate_of(rate: re.Match[str], asked: str) -> bool:
    """Whether what is counted `per day` or `하루` is asked so, or no unit of time is asked."""
    unit = (rate[1] or rate[2]).casefold()
    words = _RATES.get(unit, unit)
    is_asked_by_time = re.search("|".join(_RATES.values()), asked, re.I) is not None
    return re.search(words, asked, re.I) is not None or not is_asked_by_time


def _is_place(text: str, amount: Amount) -> bool:
    """Whether an amount is told as `14th` or `14번째`."""
    return bool(re.match(r"(?:st|nd|rd|th)\b|\s?번째", _after(text, amount)))


def _is_ordinal_or_list_mark(text: str, amount: Amount) -> bool:
    after = _after(text, amount)
    at_line_start = _before(text, amount).rpartition("\n")[2].strip() == ""
    is_mark = at_line_start and bool(re.match(r"[.)]\s+\S", after))
    return (
        is_mark
        or bool(re.match(r"(?:st|nd|rd|th)\b|조|항|호|쪽|페이지|장(?!\w)", after))
        or bool(
            re.search(
                r"(?:section|article|chapter|page|table|figure|item|clause|step|제)\s*$", _before(text, amount), re.I
            )
        )
    )


def _is_day_of_month(text: str, amount: Amount) -> bool:
    """Whether an amount is the day of a date: 15 January is no 15 minutes."""
    dates = [date for date in find_dates(text) if date.day is not None and date.start <= amount.start < date.end]
    return any(date.day == amount.value for date in dates)


def _years(text: str) -> set[Decimal]:
    return {Decimal(year) for year in re.findall(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)", text)}


def _is_year(amount: Amount) -> bool:
    return amount.value == int(amount.value) and 1500 <= amount.value <= 2199


def _looks_like_year(text: str, amount: Amount) -> bool:
    written = text[amount.start : amount.end]
    return bool(re.fullmatch(r"\s*(?:1[5-9]|20|21)\d\d\s*(?:년|년도)?", written)) and (
        amount.dimension == "months"
        or not amount.noun
        or bool(re.search(r"\b(?:in|since|by|of|from|until|year)\s*$", _before(text, amount), re.I))
    )


def is_close(one: Decimal, other: Decimal, tolerance: float) -> bool:
    """Whether two values differ by no more than `tolerance`, relative to `other`."""
    return one == other or abs(one - other) <= Decimal(str(max(tolerance, 1e-9))) * abs(other)


def is_equal(amount: Amount, reference: Amount, tolerance: float) -> bool:
    """Whether two amounts are the same; a unit that one of them leaves out does not part them."""
    if amount.dimension and reference.dimension and amount.dimension != reference.dimension:
        return False
    if reference.dimension == "%" and not amount.dimension and 0 < amount.value < 1:
        # 0.25 and a quarter are 25 %.
        return is_close(amount.value * 100, reference.value, tolerance) or amount.value == reference.value
    if amount.dimension == "%" and not reference.dimension and 0 < reference.value < 1:
        return is_close(amount.value / 100, reference.value, tolerance)
    both = bool(amount.dimension and reference.dimension)
    one, other = (amount.base, reference.base) if both else (amount.value, reference.value)
    if is_close(one, other, tolerance):
        return True
    # `1.200` people are 1,200 where the dot parts thousands.
    if reference.value >= MOST_DECIMAL and amount.decimals == GROUP and is_close(one * 1000, other, tolerance):
        return True
    # 33.33 says all that 33.3 says.
    finer = amount.decimals > reference.decimals >= 1 and amount.factor == reference.factor
    return finer and round(amount.value, reference.decimals) == reference.value
