import pytest

from benchwright.curation.calculations import calculation_error
from benchwright.records import Citation, Provenance, Question

QUOTE = "The basic fee is 240 euros and the reduced fee 180 euros a month; 15% is refunded."


def error(answer: str, expression: str, text: str = "How much is saved in a year?") -> str:
    return calculation_error(
        Question(
            form="short",
            kind="numeric",
            text=text,
            answer=answer,
            language="en",
            citations=(Citation(document_id="d", start=0, end=len(QUOTE), text=QUOTE),),
            provenance=Provenance(writer="m", note=f"Because.\ncalculated: {expression}"),
        )
    )


@pytest.mark.parametrize(
    ("answer", "expression"),
    [
        ("720 euros", "(240 - 180) * 12"),
        ("36 euros", "240 * 0.15"),
        ("1.33", "240 / 180"),
        ("2,880", "240 × 12 = 2880"),
    ],
)
def test_arithmetic_that_comes_out_is_grounded(answer: str, expression: str) -> None:
    assert error(answer, expression) == ""


def test_a_wrong_result_is_named_with_the_right_one() -> None:
    assert "gives 720" in error("700 euros", "(240 - 180) * 12")


def test_a_figure_that_no_citation_holds_is_named() -> None:
    assert "figure 200" in error("480 euros", "(240 - 200) * 12")


def test_a_figure_of_the_case_in_the_question_counts_as_given() -> None:
    assert error("1200 euros", "240 * 5", text="What do 5 months cost?") == ""


@pytest.mark.parametrize("expression", ["__import__('os')", "2 ** 99999999", "1 / 0", "240 -", "x + 1", "(" * 150])
def test_what_is_no_arithmetic_is_refused(expression: str) -> None:
    assert "no arithmetic" in error("1", expression)
