import pytest

from benchwright.curation.calculations import calculation_error
from benchwright.records import Citation, Provenance, Question

QUOTE = "The basic fee is 240 euros and the reduced fee 180 euros a month; 15% is refunded."


def error(answer: str, expression: str, text: str = "How much is saved in a year?", quote: str = QUOTE) -> str:
    return calculation_error(
        Question(
            form="short",
            kind="numeric",
            text=text,
            answer=answer,
            language="en",
            citations=(Citation(document_id="d", start=0, end=len(quote), text=quote),),
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
        ("720 euros", "(240 euros - 180 euros) * 12 months = 720 euros"),
        ("720 euros", "(€240 - €180) * 12"),
        ("204 euros", "240 - 240 * 15%"),
        ("204 euros", "240 - 36"),
    ],
)
def test_arithmetic_that_comes_out_is_grounded(answer: str, expression: str) -> None:
    assert error(answer, expression) == ""


def test_where_quarters_are_spoken_of_a_year_has_four() -> None:
    quarterly = "Operating profit was 49 million euros in the first quarter."
    assert error("196 million euros", "49 * 4", "What would a year of such quarters bring?", quarterly) == ""
    assert error("196억원", "49 * 4", "1분기와 같다면 한 해에 얼마인가?", "1분기 영업이익은 49억원이다.") == ""
    assert "the figure 4" in error("960 euros", "240 * 4")


def test_what_comes_whole_is_counted_whole_and_fractions_may_be_words() -> None:
    vote = "53 papers were cast, 33 of them for it. A change needs two thirds of the papers cast."
    assert error("3", "53 * 2 / 3 - 33", "How many more were needed?", vote) == ""
    assert "gives 2.33" in error("2", "53 * 2 / 3 - 33", "How many more were needed?", vote)
    assert "gives 2.33" in error("4", "53 * 2 / 3 - 33", "How many more were needed?", vote)


def test_a_wrong_result_is_named_with_the_right_one() -> None:
    assert "gives 720" in error("700 euros", "(240 - 180) * 12")


def test_a_figure_that_no_citation_holds_is_named() -> None:
    assert "figure 200" in error("480 euros", "(240 - 200) * 12")


def test_a_figure_of_the_case_in_the_question_counts_as_given() -> None:
    assert error("1200 euros", "240 * 5", text="What do 5 months cost?") == ""


@pytest.mark.parametrize("expression", ["__import__('os')", "2 ** 99999999", "1 / 0", "240 -", "x + 1", "(" * 150])
def test_what_is_no_arithmetic_is_refused(expression: str) -> None:
    assert "no arithmetic" in error("1", expression)


@pytest.mark.parametrize(
    ("quote", "expression", "answer"),
    [
        ("분실 배상금(만원)은 21, 두 번째 이전 설치는 3만 9천원이다.", "210000 + 39000", "249,000원"),
        ("net bookings of around €1.95bn, of which the second quarter gives €370m", "370 / 1950 * 100", "About 19%"),
        ("A fee of 5 % is taken from 400 euros.", "0.05 * 400", "20 euros"),
        ("Members get 10% off the price of 7,900 won.", "7900 * 0.9", "7,110 won"),
        ("Brent rose 5% to $77.62.", "77.62 / 1.05", "$73.92"),
    ],
)
def test_a_figure_in_another_scale_is_the_figure_of_the_source(quote: str, expression: str, answer: str) -> None:
    assert error(answer, expression, quote=quote) == ""


def test_a_figure_ten_times_as_large_is_not_the_figure_of_the_source() -> None:
    assert "stands in no citation" in error("540 days", "270 * 2", quote="It takes 27 days.")


def test_times_of_the_day_are_figures_and_a_verdict_needs_none() -> None:
    case = "At 21:30 I fill the machine for a loaf that is to be ready at 7:00. Which duration do I set?"
    assert error("9 hours 30 minutes", "24 - 21.5 + 7", case) == ""
    assert "gives" in error("8 hours 30 minutes", "24 - 21.5 + 7", case)
    weeks = "The holder then has 28 days. A plot may be given up with four weeks' notice."
    same = Question(
        form="short",
        kind="application",
        text="Does one period end before the other?",
        answer="on the same day",
        language="en",
        citations=(Citation(document_id="d", start=0, end=len(weeks), text=weeks),),
        provenance=Provenance(writer="m", note="calculated: 28 - 4 * 7"),
    )
    assert calculation_error(same) == ""
    assert calculation_error(same.model_copy(update={"kind": "numeric"})) != ""
    assert error("봉사활동을 여섯 시간 해야 한다", "(40 - 25) / 5 * 2", quote="40일, 25일, 5일씩, 두 시간마다") == ""
