"""Korean questions that a reader guesses, or that ask for half of something: they are not offered."""

import re

import pytest
from tests.written import offered, texts, written

from benchwright.generation.rules.number import NumberRule, QuantityRule
from benchwright.generation.rules.speaker import SpeakerRule
from benchwright.generation.rules.table_cell import TableCell
from benchwright.generation.rules.table_compare import TableCompare
from benchwright.generation.rules.when import DateRule, YearRule
from benchwright.records import Question

TITLE = "물새강 안내"
ROWS = (("가람", 3, 412), ("나루", 1, 518), ("다솔", 4, 377), ("라온", 2, 466), ("마루", 5, 341))


def asked(sentence: str, title: str = TITLE) -> list[Question]:
    document = written(f"# {title}\n\n{sentence}\n", title=title, language="ko")
    rules = (NumberRule(), QuantityRule(), YearRule(), DateRule())
    return [question for rule in rules for question in offered(rule, document)]


def answers(sentence: str, title: str = TITLE) -> set[str]:
    return {question.answer for question in asked(sentence, title)}


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("물새강은 가람시, 나루군, 다솔군, 라온시, 마루군 등 5개 시군을 지난다.", "5개"),
        ("물새강 축제는 유람선을 타면 1시간 35분이 걸리는 길에서 열린다.", "35분"),
        ("물새강 뱃길의 역사가 60년이 넘었다.", "60년"),
        ("물새강 다리는 2019년 5월 착공해 12년 만에 문을 열었다.", "12년"),
        ("노래를 시작한 지 12년이 된 물새강 합창단은 음반을 냈다.", "12년"),
        ("나루지기 한솔은 “물새강 다리는 2031년 넓어졌다”고 적었다.", "2031년"),
        ("물새강을 지나는 5개 나라 중 솔나라를 제외한 4개 나라가 물을 나눈다.", "5개"),
        ("물새강 야구단의 한솔은 37세이브로 으뜸이 되었다.", "37세"),
        ("사람이 사는 물새강의 섬이 472개이고 무인도는 2,876개로 더 많다.", "472개"),
        ("물새강 표준은 RFC 9110도 따른다.", "9110도"),
        ("물새섬은 면적이 401.6㎢로 오리섬(2.9㎢)의 138배이다.", "401.6㎢"),
        ("이회사는 물새강에 배 38척을 띄웠다.", "38척"),
        ("물새강 표준 2031은 2031년에 새로 나온 지침이다.", "2031년"),
    ],
)
def test_what_need_not_be_read_is_not_asked(sentence: str, answer: str) -> None:
    assert answer not in answers(sentence, "물새강의 섬 3,348개" if "무인도" in sentence else TITLE)


def test_what_somebody_else_did_first_is_no_subject() -> None:
    text = "물새강 뱃사공들이 노래를 부르자, 돌다리 38개를 놓아 강을 건넜다."
    assert asked(text, "강을 건넌 사람들의 이야기") == []


def test_a_clause_without_its_subject_is_not_lent_that_of_the_next() -> None:
    text = "첫 문장이다. 2014년에 보호 구역으로 지정되었으며, 갈대가 잘 자라고 있다."
    assert asked(text, "가람시와 나루군의 강 이야기") == []


def test_a_measure_under_a_title_of_two_things_is_nobodys() -> None:
    assert asked("면적은 157.3㎢로 갈대밭이 대부분이다.", "물새강과 모래섬") == []
    assert answers("면적은 157.3㎢로 갈대밭이 대부분이다.", "물새강") == {"157.3㎢"}


def test_what_describes_the_topic_is_asked_as_a_blank() -> None:
    (question,) = asked("2014년에 처음 시작한 물새강 축제는 여러 고을의 자랑이 되어 왔다.")
    assert "____" in question.text


def test_a_measure_said_by_the_way_is_a_blank() -> None:
    (question,) = asked("물새강 둑길은 길이 8.14km로 쉼터가 새로 생겼다.")
    assert "____" in question.text


def test_what_describes_the_one_that_is_named_is_a_blank() -> None:
    (question,) = asked("물새강 조정왕은 지난 대회에서 금메달 46개를 받은 한솔입니다.".replace("지난 대회에서 ", ""))
    assert "____" in question.text


def test_what_is_only_told_as_a_point_is_a_blank() -> None:
    (question,) = asked("물새강의 자랑은 나룻배 46척이 밤에도 다닌다는 점이다.")
    assert "____" in question.text


def test_a_rank_and_counted_people_have_their_own_words() -> None:
    rows = "".join(f"| {name} | {rank} | {many} |\n" for name, rank, many in ROWS)
    document = written(
        f"# 나루 순위\n\n| 포구 | 순위 | 손님(만 명) |\n|---|---|---|\n{rows}", title="나루 순위", language="ko"
    )
    assert "몇 위입니까?" in texts(offered(TableCell(), document))
    assert not re.search(r"가장 [큰작]", texts(offered(TableCompare(), document)))


def test_a_sum_that_is_part_of_a_name_is_a_blank() -> None:
    (question,) = asked("물새강조선은 1,300만 달러 수출탑을 받은 적이 있다.")
    assert "얼마" not in question.text


def test_a_chapter_is_no_book() -> None:
    text = "# 제5장 나루지기\n\n나루지기는 배를 38척까지 맬 수 있다.\n"
    document = written(text, title="제5장 나루지기", language="ko")
    assert offered(NumberRule(), document) == []


def test_what_was_set_beside_other_text_is_left() -> None:
    assert asked("물새강 나루지기는 제출된\n              배표 38장을 모아 둔다.") == []


def test_an_article_that_does_not_say_who_acts_is_left() -> None:
    articles = "".join(f"제{n}조(일 {n}) 나루지기는 배를 살핀다.\n\n" for n in (1, 2, 3))
    assert asked(articles + "제4조(추천) 뱃사공 12명 이상의 추천을 받아 가입을 신청한다.", "물새강 나루 규칙") == []


@pytest.mark.parametrize("days", ["7일", "14일", "30일"])
def test_usual_periods_get_no_options(days: str) -> None:
    (question,) = asked(f"물새강 유람선은 표를 산 날부터 {days} 이내에 탈 수 있다.")
    assert question.answer == days
    assert question.choices == ()


def test_a_short_sentence_of_a_list_is_asked() -> None:
    (question,) = asked("- 1인당 예약 좌석은 5석입니다.")
    assert question.text == "“물새강 안내”에 따르면, 1인당 예약 좌석은 몇 석입니까?"


def test_a_day_from_which_something_holds_is_asked() -> None:
    (question,) = asked("물새강 유람선은 2031년 4월 9일부터 밤에도 다닌다.")
    assert "언제부터" in question.text
    assert asked("물새강 유람선은 2031년 4월 9일부터 5월 2일까지 쉰다.") == []


def test_of_them_is_plain_where_they_stand_in_the_sentence() -> None:
    assert answers("물새강 박물관의 소장품은 3,870점이며 그중 640점이 뱃노래 악보이다.")
    assert asked("그중 640점이 뱃노래 악보이다.") == []


def test_a_figure_compared_with_the_year_before_is_placed_by_its_own_period() -> None:
    text = "입력 2031-05-14\n\n물새강조선은 지난 1분기 매출이 전년 동기 대비 23.4% 늘었다고 밝혔다."
    assert "23.4%" in answers(text, "물새강조선 실적")


CHECKLIST = """# 뱃길 지침

| 영역 | 확인 질문 | 담당 부서 | 부담 |
|---|---|---|---|
| 기록 | 떠난 시각을 남기는가 | 나루과 | 높음 |
| 손님 | 구명조끼를 모두 입었는가 | 안내과 | 낮음 |
| 기관 | 기름을 매일 재는가 | 정비과 | 중간 |
| 날씨 | 안개가 끼면 멈추는가 | 관측과 | 매우 높음 |
"""


def test_explanations_and_grades_are_no_cells_to_ask() -> None:
    worded = texts(offered(TableCell(), written(CHECKLIST, title="뱃길 지침", language="ko")))
    assert "담당 부서" in worded
    assert "확인 질문" not in worded
    assert "부담" not in worded


RULES = """# 나루 모임 규칙

| 조항 | 내용 |
|---|---|
| 이름 | 나루 모임이라 부른다 |
| 모임 | 한 해에 3번 모인다 |
| 회비 | 한 해 6만 원을 낸다 |
| 임기 | 임원은 2년 동안 일한다 |
"""


def test_rules_in_whole_sentences_are_told_apart_by_their_words() -> None:
    assert offered(TableCell(), written(RULES, title="나루 모임 규칙", language="ko")) == []


NAMES = """# 파일 이름 지침

| 옛 이름 | 권장 이름 |
|---|---|
| 가나 | report_list |
| 다라 | report_get |
| 마바 | member_find |
| 사아 | member_drop |
"""


def test_the_name_of_a_thing_is_not_asked_as_a_person() -> None:
    worded = texts(offered(TableCell(), written(NAMES, title="파일 이름 지침", language="ko")))
    assert "권장 이름" in worded
    assert "누구" not in worded


CODES = """# 뱃고동 설명서

| 코드 | 원인 | 조치 |
|---|---|---|
| E01 | 점화 실패 | 밸브를 연다 |
| E02 | 물 부족 | 물을 채운다 |
| E05 | 과열 | 식힌다 |
| E08 | 펌프 고장 | 고친다 |
"""


def test_what_a_code_means_cannot_be_guessed() -> None:
    assert "원인" in texts(offered(TableCell(), written(CODES, title="뱃고동 설명서", language="ko")))


def test_a_number_of_days_is_asked_as_such() -> None:
    table = "# 세탁 요금\n\n| 품목 | 소요일 |\n|---|---|\n| 코트 | 4일 |\n| 이불 | 6일 |\n| 셔츠 | 2일 |\n"
    assert "며칠입니까?" in texts(offered(TableCell(), written(table, title="세탁 요금", language="ko")))


def test_an_office_is_not_the_name_of_who_speaks() -> None:
    text = "# 나루 소식\n\n솔나루 이장 배기름 씨는 “강물이 불면 학교까지 두 시간을 걸었다”고 회고했다.\n"
    (question,) = offered(SpeakerRule(), written(text, title="나루 소식", language="ko"))
    assert question.answer == "배기름"


def test_the_rest_of_a_number_is_not_asked() -> None:
    assert answers("물새강 전시관에는 약 1만 3000여 점의 그물이 있다.") <= {"1만 3000여 점"}


def test_minutes_that_everybody_sets_have_no_options() -> None:
    assert all(q.choices == () for q in asked("물새강 전시관의 입장 마감은 폐관 30분 전이다.", TITLE))
