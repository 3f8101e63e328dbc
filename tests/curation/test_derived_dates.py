import pytest

from benchwright.curation.derived_dates import is_derived, is_derived_month
from benchwright.text.dates import find_dates

FIRE = "The shop burnt on 1 December 2025. After thirty months either side may end the lease by one month's notice."


@pytest.mark.parametrize(
    ("claim", "evidence", "holds"),
    [
        ("1 June 2028", FIRE, True),
        ("31 May 2028", FIRE, True),
        ("1 July 2028", FIRE, True),
        ("1 August 2028", FIRE, False),
        ("1 June 2027", FIRE, False),
        ("5 June 2028", FIRE, False),
        ("6월 22일", "6월 8일에 빌렸다. 대출 기간은 14일이다.", True),
        ("6월 25일", "6월 8일에 빌렸다. 대출 기간은 14일이다.", False),
        ("2025년 6월 1일", "2025년 5월에 바꾼다. 새 종목의 개시일은 다음 달 1일로 한다.", True),
        ("2025년 6월", "2024년 3월에 만들었다. 3개월을 더한다. 보증기간은 2년이다. 식당에서는 1/2로 한다.", True),
        ("2026년 9월", "2024년 3월에 만들었다. 3개월을 더한다. 보증기간은 2년이다. 식당에서는 1/2로 한다.", False),
        ("29 February 2024", "Due on 31 January 2024, payable within a period of one month.", True),
    ],
)
def test_a_date_follows_from_a_date_of_the_case_and_a_period_of_the_rule(
    claim: str, evidence: str, holds: bool
) -> None:
    assert [is_derived(date, evidence) for date in find_dates(claim)] == [holds]


def test_a_bare_month_follows_from_a_date_and_a_period() -> None:
    assert is_derived_month("9", "석 달은 9월 말에 끝난다.", "7월 1일부터 석 달 동안 시범 운영한다.")
    assert not is_derived_month("12", "석 달은 12월 말에 끝난다.", "7월 1일부터 석 달 동안 시범 운영한다.")
