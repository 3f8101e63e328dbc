import pytest

from benchwright.generation.rules import wording_ko


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("공장을 열었다.", "공장을 열었습니까?"),
        ("직원이 있다.", "직원이 있습니까?"),
        ("공장을 운영한다.", "공장을 운영합니까?"),
        ("비율이 높다.", "비율이 높습니까?"),
        ("이용할 수 있습니다.", "이용할 수 있습니까?"),
        ("모두 12명이다.", "모두 12명입니까?"),
        ("돈을 받는다.", "돈을 받습니까?"),
        ("공사를 끝낸다.", "공사를 끝냅니까?"),
        ("서류를 만든다.", "서류를 만듭니까?"),
        ("서면으로 알려야 한다.", "서면으로 알려야 합니까?"),
        ("길이가 12m로 길다.", "길이가 12m로 깁니까?"),
        ("규모가 크다.", "규모가 큽니까?"),
        ("승인이 필요하다.", "승인이 필요합니까?"),
        ("사실이 아니다.", "사실이 아닙니까?"),
        ("회원은 30개국이다.", "회원은 30개국입니까?"),
        ("무게는 5kg다.", "무게는 5kg입니까?"),
    ],
)
def test_the_ending_becomes_interrogative(sentence: str, question: str) -> None:
    assert wording_ko.as_question(sentence) == question


def test_an_unknown_ending_is_left_alone() -> None:
    assert wording_ko.as_question("매출 12억 원 달성.") is None


def test_the_asking_word_takes_the_place_of_the_answer() -> None:
    text = "한빛전자는 2019년 매출 35억 원을 올렸다."
    start, end = text.index("35억"), text.index("을 올")
    assert wording_ko.how_much(text, start, end) == "한빛전자는 2019년 매출 얼마를 올렸습니까?"
    text = "한빛전자는 2019년 공장을 열었다."
    year = text.index("2019년")
    assert wording_ko.which_year(text, year, year + 5) == "한빛전자는 몇 년에 공장을 열었습니까?"


def test_a_year_that_belongs_to_the_noun_behind_it_is_left_to_the_blank() -> None:
    text = "한빛전자는 2019년 매출 35억 원을 올렸다."
    assert wording_ko.which_year(text, 6, 11) is None


def test_a_clause_that_is_not_the_last_is_left_to_the_blank() -> None:
    text = "주탑의 높이는 182m이고, 폭은 31m이다."
    assert wording_ko.how_many(text, 8, 11, 12) is None


def test_both_forms_of_the_particle_stand_behind_a_blank() -> None:
    text = "한빛전자는 동부은행을 인수했다."
    start = text.index("동부은행")
    assert wording_ko.with_blank(text, start, start + 4) == "한빛전자는 ____을/를 인수했다."


def test_the_copula_fits_the_asking_word() -> None:
    text = "한빛전자의 매출은 35억 원이었다."
    start = text.index("35억")
    assert wording_ko.how_much(text, start, start + 5) == "한빛전자의 매출은 얼마였습니까?"
