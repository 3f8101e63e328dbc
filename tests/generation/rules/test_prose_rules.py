import re

import numpy as np
import pytest

from benchwright.generation.rules import DEFAULT_RULES, RULES
from benchwright.generation.rules.not_stated import NOT_STATED
from benchwright.records import Document, Heading, Question

ENGLISH = """# Harlow Water Company

Harlow Water Company was founded in 1912 by the engineer Ada Brandt.
Harlow Water Company employs 843 people in 17 towns.
The Central Laboratory Service (CLS) tested 12,400 samples in 2021. In 2018, Harlow Water Company repaired 3,150 leaks.
Harlow Water Company spent $46 million on new pipes in 2019.
On 4 June 2020 Harlow Water Company opened a plant at Tessin.
The average price of a cubic metre was €2.35. He was born in 1950. The company lost 12% of its customers last year.

“Clean water needs patient people and honest gauges,” said Maria Lindholm, the director.
"""
KOREAN = """# 한빛수도공사 연혁

한빛수도공사는 1962년 인천에서 설립되었다. 한빛수도공사는 직원 1,240명을 고용하고 있다.
한빛수도공사는 2016년 노후 관로 38km를 교체했다. 2018년 한빛수도공사의 매출은 560억 원이었다.
한빛수도공사는 2019년 3월 14일 수질연구소를 열었다. 2021년 한빛수도공사는 누수 신고 7,350건을 처리했다.
2015년 한빛수도공사는 정수장 두 곳에 245억 원을 투자했다. 김하늘 사장은 2020년 국제물협회에서 공로상을 받았다.
그는 2022년에 물러났다. 지난해 매출은 12% 늘었다.

김하늘 사장은 “맑은 물은 정직한 계기에서 나온다”고 말했다.
"""


def document(text: str, language: str) -> Document:
    title = text.splitlines()[0][2:]
    heading = Heading(level=1, text=title, start=2, end=2 + len(title))
    return Document(title=title, text=text, path="x.md", format="md", language=language, headings=(heading,))


def asked(kind: str, text: str, language: str) -> list[Question]:
    return list(RULES[kind].questions(document(text, language), [], chance=np.random.default_rng(0)))


@pytest.mark.parametrize(
    ("kind", "text", "language", "answer"),
    [
        ("number", ENGLISH, "en", "12,400"),
        ("number", KOREAN, "ko", "1,240명"),
        ("quantity", ENGLISH, "en", "$46 million"),
        ("quantity", KOREAN, "ko", "560억 원"),
        ("year", ENGLISH, "en", "1912"),
        ("year", KOREAN, "ko", "1962년"),
        ("date", ENGLISH, "en", "4 June 2020"),
        ("date", KOREAN, "ko", "2019년 3월 14일"),
        ("speaker", ENGLISH, "en", "Maria Lindholm"),
        ("speaker", KOREAN, "ko", "김하늘"),
        ("acronym", ENGLISH, "en", "Central Laboratory Service"),
        ("name", KOREAN, "ko", "김하늘"),
    ],
)
def test_a_rule_asks_what_the_text_states(kind: str, text: str, language: str, answer: str) -> None:
    assert answer in [question.answer for question in asked(kind, text, language)]


@pytest.mark.parametrize("kind", ["number", "quantity", "year", "date", "speaker", "acronym", "name", "not_stated"])
@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (KOREAN, "ko")])
def test_citations_are_exact_and_hold_the_answer(kind: str, text: str, language: str) -> None:
    for question in asked(kind, text, language):
        (citation,) = question.citations
        assert text[citation.start : citation.end] == citation.text
        assert question.answer in citation.text or question.answer in NOT_STATED.values()
        assert question.answer not in question.text
        assert question.kind == kind


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (KOREAN, "ko")])
def test_sentences_that_lean_on_others_give_no_question(text: str, language: str) -> None:
    questions = [question for kind in DEFAULT_RULES for question in asked(kind, text, language)]
    assert questions
    assert not [q for q in questions if re.match(r"He was|The company|그는|지난해", q.citations[0].text)]


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (KOREAN, "ko")])
def test_the_same_document_gives_the_same_bytes_whatever_the_seed(text: str, language: str) -> None:
    def all_of(seed: int) -> list[str]:
        chance = np.random.default_rng(seed)
        source = document(text, language)
        return [q.model_dump_json() for kind in DEFAULT_RULES for q in RULES[kind].questions(source, [], chance=chance)]

    assert all_of(0) == all_of(0) == all_of(1)


def test_one_in_four_of_the_not_stated_questions_is_not_stated() -> None:
    questions = asked("not_stated", KOREAN, "ko")
    assert len(questions) == 4
    unanswerable = [question for question in questions if question.answer == NOT_STATED["ko"]]
    assert len(unanswerable) == 1
    assert all(question.choices[-1] == NOT_STATED["ko"] for question in questions)
    year = re.search(r"\d{4}", unanswerable[0].text)
    assert year is not None
    assert year.group() not in KOREAN


def test_four_speakers_make_a_choice_and_three_a_short_answer() -> None:
    names = ["Maria Lindholm", "Oskar Vance", "Petra Hollis", "Tom Ashby"]
    said = "“Number {i} of the gauges in our cellar shows nothing but rust,” said {name}.\n\n"
    text = "# Gauges\n\n" + "".join(said.format(i=i, name=name) for i, name in enumerate(names))
    forms = [question.form for question in asked("speaker", text, "en")]
    assert forms == ["choice"] * 4
    without_last = text[: text.index("“Number 3")]
    assert [question.form for question in asked("speaker", without_last, "en")] == ["short"] * 3


def test_an_answer_in_the_title_is_not_asked() -> None:
    text = "# The 1912 Company\n\nHarlow Water Company was founded in 1912 by the engineer Ada Brandt.\n"
    assert asked("year", text, "en") == []


def test_other_languages_give_no_question_and_no_error() -> None:
    text = "# 東京水道\n\n東京水道は1912年に設立された。職員は843人である。\n"
    assert [q for kind in DEFAULT_RULES for q in asked(kind, text, "ja")] == []


def test_what_an_item_is_about_stays_with_its_sentence() -> None:
    text = "# Council of 3 May 2025\n\nB. Electrical – The Council approved $18,737.00 by a vote of 7-0.\n"
    assert all("Electrical" in question.text for question in asked("quantity", text, "en"))
    assert asked("quantity", text, "en")


def test_a_share_that_its_fraction_gives_is_not_asked() -> None:
    text = "# Dormouse Count\n\nThe Dormouse Trust found nests in 62.5% of the boxes (175/280) at Elm Hill.\n"
    assert asked("quantity", text, "en") == []
    assert asked("quantity", text.replace(" (175/280)", ""), "en")


def test_what_a_bracket_says_in_another_measure_is_not_asked() -> None:
    text = "# Leave Rules\n\nSenior clerks accrue 5.4 hours per pay period (equivalent to 17 days per year).\n"
    assert [q.answer for q in asked("quantity", text, "en")] == []


def test_a_record_is_asked_without_options() -> None:
    text = "# Weather Notes\n\nThe gauge at Pellworth reached 41 degrees, one of its hottest days ever.\n"
    assert [q.choices for q in asked("quantity", text, "en")] == [()]


def test_a_year_reckoned_from_the_day_of_the_news_is_not_asked() -> None:
    text = "# 가람교 다시 열다\n\n가람교는 1974년 처음 놓였으며, 51년 만에 새로 지어졌다.\n"
    assert asked("year", text, "ko") == []
    assert asked("year", text.replace(", 51년 만에", ", 올봄에").replace("올봄에 ", ""), "ko")


def test_a_sentence_whose_last_word_a_page_broke_is_left_alone() -> None:
    text = "# 가람교 안내\n\n가람교는 길이 412m의 다리 이 다. 가람교의 무게는 938톤이다.\n"
    assert [q.answer for q in asked("quantity", text, "ko")] == ["938톤"]


def test_a_unit_that_goes_on_is_not_cut() -> None:
    text = "# 가람 엔진 안내\n\n가람 엔진의 최대 토크는 76.5kg·m에 달한다. 가람 엔진의 무게는 143kg에 달한다.\n"
    assert [q.answer for q in asked("quantity", text, "ko")] == ["143kg"]


def test_a_date_in_a_describing_clause_leaves_a_blank() -> None:
    text = "# 가람식품 소개\n\n가람식품은 2007년 9월 1일 분할을 통해 설립된 군내 최대의 식품회사이다.\n"
    assert ["____" in q.text for q in asked("date", text, "ko")] == [True]


def test_a_share_keeps_its_bound() -> None:
    text = "# Mill Report\n\nMore than 62% of all the grain in the valley is ground at Tolmere.\n"
    assert ["ore than what percentage of" in q.text for q in asked("quantity", text, "en")] == [True]


def test_an_acronym_stands_for_no_genitive() -> None:
    text = "# Fleet Review\n\nThe Harlow Estuary Pilots Society's (HEPS) launches were surveyed at Tolmere.\n"
    assert [q.answer for q in asked("acronym", text, "en")] == ["Harlow Estuary Pilots Society"]


def test_the_year_of_another_event_leaves_a_blank() -> None:
    text = "# Ivory Ledger\n\nTrade at Tolmere grew after the ban on walrus ivory in 1963.\n"
    assert ["____" in q.text for q in asked("year", text, "en")] == [True]
