"""Answers that a writer computed from figures of several quotes: computed again, with every figure found in a citation.

A writer declares its arithmetic on the last line of `provenance.note`, as `calculated: (240 - 180) * 12`.
"""

import ast
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from benchwright.curation.claims import raw_numbers, worded_numbers
from benchwright.records import Question
from benchwright.text.clock import hours
from benchwright.text.numbers import find_quantities
from benchwright.text.tokens import words

_DECLARED = re.compile(r"^calculated: (?P<expression>.+)$", re.MULTILINE)

CONSTANTS = frozenset(Decimal(value) for value in (1, 2, 7, 10, 12, 24, 30, 52, 60, 100, 365, 1000, 10000, 1000000))
"""Figures that need no source: counts of days, months, minutes, percent and scales."""

PARTS_OF_A_YEAR = frozenset(Decimal(value) for value in (3, 4))
"""Months of a quarter and quarters of a year: need no source where quarters are spoken of."""

_SPEAKS_OF_QUARTERS = re.compile(r"\bquarter(?:s|ly)?\b|분기", re.IGNORECASE)

SCALES = (0, -2, 3, 4, 6, 8, 9, -3, -4, -6, -8, -9)
"""Powers of ten between a figure in a source and in arithmetic: 5 % as 0.05, "21만원" as 210000, "1.95bn" as 1950."""

TOLERANCE = Decimal("0.005")
"""Relative: answers are rounded."""

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_UNIT = re.compile(
    r"[£$€¥₩₤]\s?(?=\d)|(?<=[\d)])\s?(?:[A-Za-z²³°℃]+(?:/[A-Za-z]+)?|(?![천만억조])[가-힣]+)(?=\s*(?:[-+*/)]|$))"
)
"""What small models leave beside figures in arithmetic: `2년 / 2`, `£48 + 2 * £32`. 만 and 천 are no units."""

LONGEST = 200
"""Longer arithmetic is no exam question, and is not parsed."""

_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}


def declared_calculation(question: Question) -> str | None:
    """Return the arithmetic that the writer declared, or `None`."""
    match = _DECLARED.search(question.provenance.note)
    return match["expression"].strip() if match else None


def calculation_error(question: Question) -> str:
    """Compute the declared arithmetic again; say what is wrong, or nothing where it comes out and is grounded.

    Every figure must stand in a citation or in the question (the case that it poses), unless it is one of `CONSTANTS`
    or, where quarters are spoken of, of `PARTS_OF_A_YEAR`.
    """
    expression = declared_calculation(question)
    if expression is None:
        return ""
    try:
        result, figures = _computed(expression)
    except (SyntaxError, ValueError, InvalidOperation, ZeroDivisionError, RecursionError):
        return f"the calculation {expression[:80]!r} is no arithmetic with + - * / and plain numbers"
    evidence = "\n".join([question.text, *(citation.text for citation in question.citations)])
    held = (
        raw_numbers(evidence)
        | worded_numbers(evidence)
        | _denominators(evidence)
        | hours(evidence)
        | {found.value for found in find_quantities(evidence)}
    )
    given = CONSTANTS | PARTS_OF_A_YEAR if _SPEAKS_OF_QUARTERS.search(evidence) else CONSTANTS
    shares = {Decimal(match[1]) for match in _PERCENT.finditer(evidence)}
    parts = {whole * share / 100 for whole in held for share in shares}
    unfounded = [figure for figure in figures - given if not _is_held(figure, held) and figure not in parts]
    if unfounded:
        return f"the figure {unfounded[0].normalize():f} of the calculation stands in no citation"
    answer = question.answer
    stated = raw_numbers(answer) | {found.value for found in find_quantities(answer)} | hours(answer)
    stated |= worded_numbers(answer)
    # `On the same day` is what 28 - 4 * 7 shows: an answer without a figure is left to the solvers.
    if (stated or question.kind == "numeric") and not any(_is_near(value, result) for value in stated):
        return f"the answer is {question.answer!r}, but {expression} gives {result.normalize():f}"
    return ""


_DENOMINATORS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}


def _denominators(evidence: str) -> set[Decimal]:
    """The figures of fractions in words: two thirds are 2 / 3."""
    found = (_DENOMINATORS.get(word) or _DENOMINATORS.get(word.removesuffix("s")) for word in words(evidence))
    return {Decimal(figure) for figure in found if figure}


def _is_held(figure: Decimal, held: set[Decimal]) -> bool:
    """Whether a figure stands there in some scale, or the percentage of which it is the factor: 1.05 for 5 %."""
    return any(figure.scaleb(-k) in held for k in SCALES) or (
        Decimal(0) < figure < Decimal(3) and abs(figure - 1) * 100 in held
    )


def _is_near(stated: Decimal, result: Decimal) -> bool:
    if abs(stated - result) <= TOLERANCE * max(abs(result), Decimal(1)) or abs(stated - abs(result)) <= TOLERANCE:
        return True
    # Votes, people and hours begun come whole: of 53 papers two thirds are 36.
    return stated == stated.to_integral_value() and 0 < stated - result < 1


def _computed(expression: str) -> tuple[Decimal, set[Decimal]]:
    """The value of an arithmetic expression, and the figures in it."""
    if len(expression) > LONGEST:
        raise ValueError(expression)
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", expression).replace("×", "*").replace("÷", "/").replace("−", "-")
    plain = _PERCENT.sub(r"(\1/100)", plain.split("=")[0])
    plain = _UNIT.sub("", plain)
    figures: set[Decimal] = set()

    def value(node: ast.expr) -> Decimal:
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
            return _OPERATIONS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            figure = Decimal(str(node.value))
            figures.add(figure)
            return figure
        raise ValueError(expression)

    return value(ast.parse(plain.strip(), mode="eval").body), figures
