import pytest

from benchwright.generation.rules.dependence import why_dependent
from benchwright.text.dates import find_dates


@pytest.mark.parametrize(
    "sentence",
    [
        "He joined the board of Acme Corporation in 2015.",
        "This makes 12 of the 15 stations unusable.",
        "The company employs 1,200 people in Ohio.",
        "Sales rose by 12% last year at Acme Corporation.",
        "Acme Corporation currently employs 400 people.",
        "However, Acme Corporation employs 400 people.",
        "Acme Corporation hired 40 people in the next year.",
        "We shipped 400 units of the Falcon in 2019.",
        "Acme Corporation was founded on March 5.",
        "Acme Corporation closed 12 shops on Friday.",
        "As Table 3 shows, Acme Corporation employs 400 people.",
        "As noted above, Acme Corporation employs 400 people.",
        "There were 400 people at the plant of Acme Corporation.",
        "The 9,500 square foot annex includes a reading room.",
        "Behind it is the Wrexley Bridge opened in 1972.",
        "There are three pump rooms with nine pumps each.",
        "The freeze for the next release started on July 1, 2001.",
    ],
)
def test_an_english_sentence_that_leans_on_its_neighbours_is_told(sentence: str) -> None:
    assert why_dependent(sentence, "en", dates=find_dates(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme Corporation employs 1,200 people in Ohio.",
        "Acme Corporation said its revenue rose by 12% in 2019.",
        "The Urbana Park District manages 22 parks.",
        "Acme Corporation was founded on March 5, 1998.",
    ],
)
def test_an_english_sentence_that_stands_alone_is_kept(sentence: str) -> None:
    assert why_dependent(sentence, "en", dates=find_dates(sentence)) == ""


def test_the_next_year_of_a_rule_is_the_one_after_any_year() -> None:
    assert not why_dependent("Up to 40 hours of leave may be carried over into the next calendar year.", "en")


def test_a_title_of_several_things_is_no_antecedent() -> None:
    sentence = "The length of the cables used in the weir totals 412 km."
    assert why_dependent(sentence, "en", named=("Famous weirs of the north",))
    assert not why_dependent("The cables of the Tolmere Weir total 412 km.", "en", named=("Famous weirs",))


def test_the_last_part_of_a_title_s_word_is_an_antecedent() -> None:
    assert not why_dependent("The mill is 28 metres long.", "en", named=("Tollan Watermill",))


def test_a_title_is_an_antecedent() -> None:
    sentence = "The bridge carries 12,000 cars a day."
    assert why_dependent(sentence, "en")
    assert why_dependent(sentence, "en", named=["History of the Bridge at Lund"]) == ""
    assert why_dependent(sentence, "en", named=["Bridges of the North"])


@pytest.mark.parametrize(
    "sentence",
    [
        "그는 2015년 이사회에 합류했다.",
        "이 회사는 직원 1,200명을 고용하고 있다.",
        "지난해 매출은 35억 원이었다.",
        "한빛전자는 최근 직원 30명을 뽑았다.",
        "한빛전자는 3월 5일 공장을 열었다.",
        "또한 한빛전자는 공장 3곳을 운영한다.",
        "해당 제도는 2015년에 도입되었다.",
    ],
)
def test_a_korean_sentence_that_leans_on_its_neighbours_is_told(sentence: str) -> None:
    assert why_dependent(sentence, "ko", dates=find_dates(sentence))


@pytest.mark.parametrize(
    "sentence", ["한빛전자는 직원 1,200명을 고용하고 있다.", "한빛전자는 2015년 3월 5일 공장을 열었다."]
)
def test_a_korean_sentence_that_stands_alone_is_kept(sentence: str) -> None:
    assert why_dependent(sentence, "ko", dates=find_dates(sentence)) == ""


@pytest.mark.parametrize("sentence", ["영업이익은 56.1% 증가한 63억 원이었다.", "연구진은 청년 4,820명을 조사하였다."])
def test_a_bare_korean_subject_has_no_antecedent(sentence: str) -> None:
    assert why_dependent(sentence, "ko")
    assert why_dependent(sentence, "ko", named=["삼일제약 영업이익", "연구진의 조사"]) == ""


@pytest.mark.parametrize("sentence", ["Fixed a bug with 5 byte headers.", "Issue #12: Limit the pool to 24 threads."])
def test_a_note_of_a_changelog_is_no_sentence(sentence: str) -> None:
    assert why_dependent(sentence, "en")
