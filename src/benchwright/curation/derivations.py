"""Answers that stand nowhere but follow from table cells: computed again from the cited cells, never taken on trust.

A question declares its operation in `provenance.note` as `computed: OPERATION`, with one of `sum`, `sum of all rows`,
`difference`, `mean`, `highest`, `lowest`, `count above LIMIT`, `count below LIMIT`; it cites the header of the column, the
cells and their row labels. Operations over all rows must cite every row of the table (totals aside).
"""
# ruff: noqa: E501 (a pattern reads better on one line)

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchwright.records import Cell, Citation, Document, Question, Table
from benchwright.text.fold import fold

_DECLARED = re.compile(r"computed: (?P<operation>[a-z ]+?)(?: (?P<limit>\S*\d\S*(?: \S+)?))?\s*$")
_NUMBER = re.compile(
    r"(?P<sign>[-−])?\s*[^\d\s-]{0,4}\s?(?P<minus>[-−])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
)
_TOTAL = re.compile(
    r".*\b(?:total|sum|overall|average|mean|median|all|altogether|combined|consolidated)\b.*|.*(?:합계|총계|소계|누계|평균|전체|총합)|계|group|world",
    re.IGNORECASE,
)
_HIGHEST = re.compile(
    r"\b(?:highest|most|largest|biggest|greatest|longest|maximum|tallest|heaviest|latest|oldest|widest|fastest|dearest|deepest|top|higher|larger|more|longer|greater)\b"
    r"|(?:가장|제일|더)\s?(?:높|많|크|큰|길|긴|비싸|비싼|늦|무거|넓|빠|오래)|최대|최고|최다"
)
_LOWEST = re.compile(
    r"\b(?:lowest|least|smallest|fewest|shortest|minimum|lightest|earliest|youngest|narrowest|slowest|cheapest|lower|smaller|fewer|less|shorter)\b"
    r"|(?:가장|제일|더)\s?(?:낮|적|작|짧|싸|싼|저렴|이르|이른|가벼|좁|느)|최소|최저"
)
_OVER_ALL_ROWS = frozenset({"sum of all rows", "mean", "count above", "count below"})
_EXTREMES = frozenset({"highest", "lowest", "extreme"})
OPERATIONS = frozenset({"sum", "difference", *_OVER_ALL_ROWS, "highest", "lowest"})
"""The operations that can be declared and proven."""


@dataclass(frozen=True)
class Declaration:
    """What a question says of how its answer is worked out."""

    operation: str
    limit: str = ""


@dataclass(frozen=True)
class _Operands:
    table: Table
    column: int
    cited_rows: tuple[int, ...]


def declared(question: Question) -> Declaration | None:
    """Return the declared operation; a comparison among row labels counts as one even where it is not written out."""
    match = _DECLARED.search(question.provenance.note)
    if match:
        return Declaration(match["operation"].strip(), match["limit"] or "")
    if question.provenance.note.startswith("computed:"):
        return Declaration(question.provenance.note.removeprefix("computed:").strip())
    if question.kind == "table_compare" and len(question.choices) > 2:
        return Declaration("extreme")
    return Declaration("undeclared") if question.kind == "table_aggregate" else None


def derivation_error(question: Question, documents: Mapping[str, Document]) -> str:
    """Compute the answer again; say what is wrong, or nothing where it comes out."""
    declaration = declared(question)
    if declaration is None:
        return ""
    if declaration.operation not in OPERATIONS | {"extreme"}:
        return (
            f"the operation {declaration.operation!r} cannot be proven (known: {', '.join(sorted(OPERATIONS))}); "
            "declare one in the provenance"
        )
    document = documents.get(question.citations[0].document_id) if question.citations else None
    operands = _operands(question.citations, document) if document is not None else None
    if operands is None:
        return "the cited cells are not cells of one table under one cited column header"
    if declaration.operation in _EXTREMES:
        return _extreme_error(question, declaration.operation, operands)
    values = [_value(cell.text) for cell in _cells(operands) if cell.row in operands.cited_rows]
    numbers = [value for value in values if value is not None]
    if len(numbers) != len(values) or not numbers:
        return "a cited cell holds no single number"
    if declaration.operation in _OVER_ALL_ROWS and (missing := _uncited_rows(operands)):
        return f"the operation is over all rows, but the row {missing[0]!r} is not cited"
    return _number_error(question.answer, declaration, numbers)


def _number_error(answer: str, declaration: Declaration, values: Sequence[Decimal]) -> str:
    stated = _value(answer)
    limit = _value(declaration.limit)
    result = _result(declaration.operation, values, limit)
    if result is None:
        return f"{declaration.operation} cannot be computed from {len(values)} cells"
    if stated is None or stated != result:
        return f"the answer is {answer!r}, but {declaration.operation} of the cited cells gives {result.normalize():f}"
    return ""


def _result(operation: str, values: Sequence[Decimal], limit: Decimal | None) -> Decimal | None:
    if operation in ("sum", "sum of all rows"):
        return sum(values, Decimal(0))
    if operation == "difference":
        return abs(values[0] - values[1]) if len(values) == 2 else None
    if operation == "mean":
        return sum(values, Decimal(0)) / len(values)
    if limit is None:
        return None
    return Decimal(sum(value > limit if operation == "count above" else value < limit for value in values))


def _extreme_error(question: Question, operation: str, operands: _Operands) -> str:
    """Check that the answer is the label of the row with the extreme amount among the rows that are options."""
    wanted = {_plain(choice) for choice in question.choices} or {_plain(question.answer)}
    labels = {
        cell.row: _plain(cell.text) for cell in operands.table.cells if _plain(cell.text) in wanted and cell.row >= 0
    }
    amounts: dict[str, Decimal] = {}
    for cell in _cells(operands):
        value = _value(cell.text)
        if cell.row in labels and cell.row in operands.cited_rows and value is not None:
            amounts[labels[cell.row]] = value
    if len(amounts) < 2 or not wanted <= set(amounts):
        return "not every option is a cited row with an amount"
    direction = operation if operation != "extreme" else _direction(question.text)
    ordered = sorted(amounts.values())
    best = {"highest": [ordered[-1]], "lowest": [ordered[0]]}.get(direction, [ordered[0], ordered[-1]])
    stated = amounts[_plain(question.answer)]
    if stated not in best or ordered.count(stated) > 1:
        return f"the answer {question.answer!r} has {stated}, which is not the {direction or 'highest or lowest'} of the options"
    return ""


def _direction(text: str) -> str:
    high, low = _HIGHEST.search(text), _LOWEST.search(text)
    if bool(high) == bool(low):
        return ""
    return "highest" if high else "lowest"


def _operands(citations: Sequence[Citation], document: Document) -> _Operands | None:
    first = citations[0]
    table = next((table for table in document.tables if table.start <= first.start < table.end), None)
    if table is None:
        return None
    cited = [cell for cell in table.cells if any(_overlap(cell, citation) for citation in citations)]
    headers = [cell.column for cell in cited if cell.row == -1]
    if not headers:
        return None
    # Where the header of the labels is cited too, the column of amounts is the one whose cited cells are numbers.
    by_column = {
        column: [cell for cell in cited if cell.column == column and cell.row >= 0] for column in dict.fromkeys(headers)
    }
    filled = {
        column: cells
        for column, cells in by_column.items()
        if cells and all(_value(cell.text) is not None for cell in cells)
    }
    if not filled:
        return None
    column = max(filled, key=lambda name: len(filled[name]))
    return _Operands(table, column, tuple(cell.row for cell in filled[column]))


def _overlap(cell: Cell, citation: Citation) -> bool:
    return cell.start <= citation.start and citation.end <= cell.end and citation.end > citation.start


def _cells(operands: _Operands) -> list[Cell]:
    return [cell for cell in operands.table.cells if cell.column == operands.column and cell.row >= 0]


def _uncited_rows(operands: _Operands) -> list[str]:
    labels = {cell.row: cell.text for cell in reversed(operands.table.cells) if cell.row >= 0}
    return [
        labels.get(cell.row, "")
        for cell in _cells(operands)
        if cell.row not in operands.cited_rows
        and _value(cell.text) is not None
        and not any(_TOTAL.fullmatch(_plain(other.text)) for other in operands.table.cells if other.row == cell.row)
    ]


def _plain(text: str) -> str:
    return fold(text).text.strip(" *_`").casefold()


def _value(text: str) -> Decimal | None:
    """Return the one number that `text` holds, its sign kept and its unit aside; `None` for none or several."""
    found = list(_NUMBER.finditer(fold(text).text))
    if len(found) != 1:
        return None
    value = Decimal(found[0]["digits"].replace(",", ""))
    return -value if found[0]["sign"] or found[0]["minus"] else value
