import pytest

from benchwright.generation.rules import wording_ko


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("공장을 열었다.", "공장을 열었는가?"),
        ("직원이 있다.", "직원이 있는가?"),
        ("공장을 운영한다.", "공장을 운영하는가?"),
        ("비율이 높다.", "비율이 높은가?"),
        ("이용할 수 있습니다.", "이용할 수 있습니까?"),
        ("모두 12명이다.", "모두 12명인가?"),
        ("돈을 받는다.", "돈을 받는가?"),
        ("공사를 끝낸다.", "공사를 끝내는가?"),
    ],
)
def test_the_ending_becomes_interrogative(sentence: str, question: str) -> None:
    assert wording_ko.as_question(sentence) == question


def test_an_unknown_ending_is_left_alone() -> None:
    assert wording_ko.as_question("매출 12억 원 달성.") is None


def test_the_asking_word_takes_the_place_of_the_answer() -> None:
    text = "한빛전자는 2019년 매출 35억 원을 올렸다."
    start, end = text.index("35억"), text.index("을 올")
    assert wording_ko.how_much(text, start, end) == "한빛전자는 2019년 매출 얼마를 올렸는가?"
    text = "한빛전자는 2019년 공장을 열었다."
    year = text.index("2019년")
    assert wording_ko.which_year(text, year, year + 5) == "한빛전자는 몇 년에 공장을 열었는가?"


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
    assert wording_ko.how_much(text, start, start + 5) == "한빛전자의 매출은 얼마였는가?"
