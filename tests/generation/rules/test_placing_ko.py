"""Korean news, biographies and catalogues: what places a sentence, and what leans on the one before."""

import pytest
from tests.written import offered, texts, written

from benchwright.generation.rules.dependence import why_dependent
from benchwright.generation.rules.name import NameRule
from benchwright.generation.rules.number import NumberRule, QuantityRule
from benchwright.generation.rules.placing_ko import stated_day
from benchwright.generation.rules.table_cell import TableCell
from benchwright.generation.rules.when import YearRule
from benchwright.records import Question


def asked(text: str, title: str) -> list[Question]:
    document = written(text, title=title, language="ko")
    rules = (NumberRule(), QuantityRule(), YearRule(), NameRule())
    return [question for rule in rules for question in offered(rule, document)]


CATALOGUE = """# 들꽃골의 새

## 물결새

날개를 편 길이는 48cm이고, 수컷은 머리가 붉다.

## 모래새

날개를 편 길이는 73cm이고, 암컷은 배가 희다.
"""


def test_a_sentence_of_a_catalogue_is_asked_with_its_section() -> None:
    worded = texts(asked(CATALOGUE, "들꽃골의 새"))
    assert "“들꽃골의 새”의 “물결새” 부분" in worded
    assert "“들꽃골의 새”의 “모래새” 부분" in worded


NEWS = """# 솔바다시 새 도서관 개관

입력 2031.05.14 09:20
(솔바다=가나통신) 홍가람 기자 = 솔바다시는 올해 도서관 건립에 320억 원을 투입했다고 14일 밝혔다.
"""


def test_news_that_states_its_day_is_asked_with_it_and_without_its_dateline() -> None:
    worded = texts(asked(NEWS, "솔바다시 새 도서관 개관"))
    assert "“솔바다시 새 도서관 개관”(2031년 5월 14일)" in worded
    assert "기자" not in worded
    assert "입력" not in worded


def test_news_without_a_day_is_not_asked_what_happened_this_year() -> None:
    undated = NEWS.replace("입력 2031.05.14 09:20\n", "")
    assert stated_day(written(undated, language="ko")) == ""
    assert asked(undated, "솔바다시 새 도서관 개관") == []


LIFE = """# 한바름

1931년 물가마을에서 태어나 세 살 때 섬으로 이주했다. 1974년 『새벽의 배』를 발표하며 등단했다.
"""


def test_the_life_of_a_person_is_told_of_the_one_in_the_title() -> None:
    assert "한바름은" in texts(asked(LIFE, "한바름"))


@pytest.mark.parametrize(
    "sentence",
    [
        "영업이익과 순이익은 52.9%, 67.4% 증가했다.",
        "매출(2조3089억원)과 순이익은 15.4%, 35.4% 늘었다.",
        "꾸준한 상승세가 이어져 흑자 6조 원을 기록한 것이다.",
        "가람전자는 이후 공장 14곳을 세웠다.",
    ],
)
def test_what_goes_on_with_the_sentence_before_is_left(sentence: str) -> None:
    assert why_dependent(sentence, "ko", named=["가람전자와 나래전자, 나란히 흑자"])


@pytest.mark.parametrize(
    "sentence",
    [
        "가람전자는 창업 이후 공장 14곳을 세웠다.",
        "가람시는 화재 당시 소방차 31대를 보냈다.",
        "가람전자와 나래전자는 각각 41.9%, 46.4% 성장했다.",
        "관람객은 18만 명에 이를 것으로 보인다.",
        "가람시는 기업 28곳과 협약을 맺었다고 27일 밝혔다.",
    ],
)
def test_words_that_only_look_like_pointing_back_are_read(sentence: str) -> None:
    assert why_dependent(sentence, "ko", named=["가람시의 소식"]) == ""


def test_a_number_that_the_sentence_spells_is_not_asked() -> None:
    assert asked("# 옛 제도\n\n십삼도는 나라를 13개 지역으로 나눈 옛 제도를 뜻한다.\n", "옛 제도") == []


def test_the_average_between_the_highest_and_the_lowest_has_no_options() -> None:
    text = "# 평균 나이\n\n주민의 나이는 평균 43.1세로 솔마을이 54.7세로 가장 높았고 들마을이 30.2세로 가장 낮았다.\n"
    assert all(not question.choices for question in asked(text, "평균 나이"))


def test_vehicles_are_counted_and_small_shares_are_asked() -> None:
    text = "# 가람시 소방\n\n가람시는 소방차 31대를 새로 들였다.\n\n가람시의 실업률은 2.7%로 조사됐다.\n"
    answers = {question.answer for question in asked(text, "가람시 소방")}
    assert answers == {"31대", "2.7%"}


def test_a_name_is_the_answer_once_a_document() -> None:
    text = "# 조치 모음\n\n" + "\n\n".join(
        f"금빛위원회는 {company}의 보고서 제출 위반에 과징금 부과 조치를 하였다."
        for company in ("가람전자", "나래전자", "다솜전자")
    )
    names = [question for question in asked(text, "조치 모음") if question.kind == "name"]
    assert [question.answer for question in names] == ["금빛위원회"]


def test_a_label_before_a_sentence_is_not_read_as_part_of_it() -> None:
    text = "# 조치 모음\n\n요약: 금빛위원회는 가람전자의 보고서 제출 위반에 과징금 부과 조치를 하였다.\n"
    assert "요약" not in texts(asked(text, "조치 모음"))


def test_who_acts_in_a_life_is_not_given_a_second_topic() -> None:
    text = LIFE + "\n정부에서는 공훈을 기리어 1990년에 훈장을 추서하였다.\n"
    assert "한바름은 정부에서는" not in texts(asked(text, "한바름"))


def test_the_year_of_a_known_event_is_not_asked() -> None:
    text = "# 물결나라 축구\n\n물결나라는 1988년 산마루 올림픽에서 4강에 올랐다.\n"
    assert [question for question in asked(text, "물결나라 축구") if question.kind == "year"] == []


def test_the_rest_of_a_total_is_not_asked() -> None:
    text = "# 상훈 통계\n\n가람시는 금장 310명, 은장 120명, 동장 75명 등 모두 505명에게 상을 주었다.\n"
    assert asked(text, "상훈 통계") == []


def test_what_stands_under_an_example_is_no_fact() -> None:
    text = "# 금융 함수\n\n## 보기\n\n가람은행의 대출 기간은 17년으로 한다.\n"
    assert asked(text, "금융 함수") == []


def test_the_letters_of_a_spreadsheet_are_no_header() -> None:
    rows = "".join(f"| {i} | 부품{i}호 | {i * 37} |\n" for i in range(3, 9))
    document = written(f"# 함수\n\n|  | A | B |\n|---|---|---|\n{rows}", title="함수", language="ko")
    assert offered(TableCell(), document) == []
