import pytest

from benchwright.curation.derivations import derivation_error
from benchwright.documents import with_structure
from benchwright.records import Citation, Document, Provenance, Question

TEXT = """# Sales

## Sales by shop

| Shop | Sales (t) |
|---|---:|
| Alba | 1,200 |
| Bern | 800 |
| Cork | 950 |
| Total | 2,950 |
"""
DOCUMENT = with_structure(Document(title="Sales", text=TEXT, path="s.md", format="markdown", language="en"))


def cite(*texts: str) -> tuple[Citation, ...]:
    starts = [TEXT.index(text, TEXT.index("| Shop")) for text in texts]
    return tuple(
        Citation(document_id=DOCUMENT.id, start=start, end=start + len(text), text=text)
        for text, start in zip(texts, starts, strict=True)
    )


def error(answer: str, operation: str, *cited: str, choices: tuple[str, ...] = (), text: str = "?") -> str:
    question = Question(
        form="choice" if choices else "short",
        kind="table_aggregate",
        text=text,
        choices=choices,
        answer=answer,
        language="en",
        citations=cite(*cited),
        provenance=Provenance(writer="rule:table_aggregate", note=f"computed: {operation}"),
    )
    return derivation_error(question, {DOCUMENT.id: DOCUMENT})


ALL = ("1,200", "Alba", "800", "Bern", "950", "Cork", "Sales (t)")


@pytest.mark.parametrize(
    ("answer", "operation", "cited"),
    [
        ("2,000 t", "sum", ("1,200", "Alba", "800", "Bern", "Sales (t)")),
        ("400", "difference", ("1,200", "Alba", "800", "Bern", "Sales (t)")),
        ("2,950", "sum of all rows", ALL),
        ("2", "count above 900", ALL),
    ],
)
def test_a_result_that_comes_out_is_proven(answer: str, operation: str, cited: tuple[str, ...]) -> None:
    assert error(answer, operation, *cited) == ""


def test_a_wrong_result_is_named_with_the_right_one() -> None:
    assert "gives 2000" in error("2,100 t", "sum", "1,200", "Alba", "800", "Bern", "Sales (t)")


def test_an_operation_over_all_rows_must_cite_them_all() -> None:
    assert "the row 'Cork' is not cited" in error("2", "count above 700", "1,200", "800", "Sales (t)")


def test_an_unknown_operation_or_no_table_is_not_taken_on_trust() -> None:
    assert "cannot be proven" in error("2", "magic", *ALL)
    assert "not cells of one table" in error("2,000", "sum", "1,200", "800")


def test_the_highest_is_looked_up_among_the_options() -> None:
    options = ("Alba", "Bern", "Cork")
    assert error("Alba", "highest", *ALL, choices=options) == ""
    assert "not the highest" in error("Cork", "highest", *ALL, choices=options)
    assert error("Bern", "lowest", *ALL, choices=options) == ""
