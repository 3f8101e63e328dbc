"""Grades answers that are an amount: units, thousands, words for numbers, Korean 만 and 억, tolerance."""

import re
from dataclasses import dataclass
from decimal import Decimal

from benchwright.evaluation.graders.amounts import Amount, find_amounts, whole_amount
from benchwright.evaluation.graders.claims import claimed
from benchwright.evaluation.graders.normalise import unmarked
from benchwright.evaluation.graders.rewriting import is_fraction, rewritten
from benchwright.evaluation.refusals import is_refusal, says_not_stated
from benchwright.records import Question, Response, Score

WINDOW = 40
MOST_DECIMAL, GROUP = 1000, 3
_NOT_BEFORE = re.compile(r"(?:\bnot|n't|\brather\s+than|\binstead\s+of|\bunlike|\bno\s+longer)\s+(?:\w+\s+)?$", re.I)
_NOT_AFTER = re.compile(r"^\s*[가-힣]{0,3}?(?:이|가)?\s*(?:아니라|아닌|아니고|아닙니다|이\s*아)", re.I)
_SPAN = re.compile(
    r"\b(?:between|from)\s+\S{0,2}[\d.,]+\s*\S*\s+(?:and|to)\s+\S{0,2}\d|\d\S{0,3}에서\s*\d[\d.,]*\S{0,3}\s*사이", re.I
)
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
    references = [amount for answer in (question.answer, *question.accepted) if (amount := whole_amount(answer))]
    if not references:
        return None, "the reference is no amount"
    reads_fractions = references[0].dimension == "%" or is_fraction(question.answer)
    plain = rewritten(unmarked(text), reads_fractions=reads_fractions)
    if not plain:
        return 0.0, "empty answer"
    if _SPAN.search(plain) and not _SPAN.search(question.answer):
        return None, "states a range where one amount is asked"
    stated = stated_amounts(claimed(plain), references[0], question.text) or stated_amounts(
        plain, references[0], question.text
    )
    if not stated:
        if says_not_stated(plain) or is_refusal(plain):
            return 0.0, "says that it is not stated or not known"
        return 0.0, "states no number"
    right = [any(is_equal(amount, reference, tolerance) for reference in references) for amount in stated]
    if all(right):
        return 1.0, "states the reference amount"
    if not any(right):
        return 0.0, f"states {stated[0].value.normalize():f}"
    return None, f"states {len({a.base for a in stated})} different amounts"


def stated_amounts(text: str, reference: Amount, question: str) -> list[Amount]:
    """Return the amounts that can be meant as the answer: not negated, of a fitting unit, not the question's own."""
    if "=" in text:
        text = text[text.rindex("=") + 1 :] if find_amounts(text[text.rindex("=") + 1 :]) else text
    found = [amount for amount in find_amounts(text) if not _is_negated(text, amount)]
    found = _narrow(found, [a for a in found if not _is_ordinal_or_list_mark(text, a)])
    asked = {amount.value for amount in find_amounts(question)} | _years(question)
    found = _narrow(found, [a for a in found if a.value not in asked or is_equal(a, reference, 0.0)])
    if not _is_year(reference):
        found = _narrow(found, [a for a in found if not _looks_like_year(text, a)])
    counted = [a for a in found if a.noun and (a.noun == reference.noun or a.noun in question.casefold())]
    found = _narrow(found, counted)
    if reference.dimension:
        found = _narrow(found, [a for a in found if a.dimension == reference.dimension])
        found = _narrow(found, [a for a in found if a.dimension in ("", reference.dimension)])
    return found


def _before(text: str, amount: Amount) -> str:
    # A few words tell; the whole of a long answer would make each look quadratic.
    return text[max(0, amount.start - WINDOW) : amount.start]


def _after(text: str, amount: Amount) -> str:
    return text[amount.end : amount.end + WINDOW]


def _narrow(found: list[Amount], fewer: list[Amount]) -> list[Amount]:
    return fewer or found


def _is_negated(text: str, amount: Amount) -> bool:
    return bool(_NOT_BEFORE.search(_before(text, amount)) or _NOT_AFTER.match(_after(text, amount)))


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


def _years(text: str) -> set[Decimal]:
    return {Decimal(year) for year in re.findall(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)", text)}


def _is_year(amount: Amount) -> bool:
    return amount.value == int(amount.value) and 1500 <= amount.value <= 2199


def _looks_like_year(text: str, amount: Amount) -> bool:
    written = text[amount.start : amount.end]
    return bool(re.fullmatch(r"\s*(?:1[5-9]|20|21)\d\d\s*(?:년|년도)?", written)) and (
        amount.dimension == "months"
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
