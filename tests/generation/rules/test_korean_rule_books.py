from pathlib import Path

from tests.written import offered, texts, written

from benchwright.documents import load
from benchwright.generation.rules.article import Article
from benchwright.generation.rules.clauses import article_at
from benchwright.generation.rules.key_value import KeyValue
from benchwright.generation.rules.number import NumberRule, QuantityRule
from benchwright.generation.rules.wrapped import breaks_words, heading_end, unwrapped
from benchwright.records import Question
from benchwright.text.numbers import find_quantities

STATUTE = """솔바람마을 자치회 규약

제1조 이 규약은 솔바람마을 자치회의 운영에 필요한 사항을 정한다.
제5조 ① 회장의 임기는 4년으로 한다.
②감사의 임기는 6년으로 한다.
제8조 ① 자치회는 회원 30인 이상의 요구가 있으면 임시총회를 연다.
②총회는 재적회원 4분의 1 이상의 출석으로 개회한다.
제9조 사무국은 총회를 열기 30일 전까지 안건을 모든 회원에게 알려야 한다.
부칙
이 규약은 공포 후 6개월이 지난 날부터 시행한다.
"""


def asked(text: str, title: str = "솔바람마을 자치회 규약") -> list[Question]:
    document = written(text, title=title, language="ko")
    return [question for rule in (NumberRule(), QuantityRule()) for question in offered(rule, document)]


def test_a_question_on_a_law_names_the_article() -> None:
    worded = texts(asked(STATUTE))
    assert "“솔바람마을 자치회 규약” 제5조에 따르면, 회장의 임기는 몇 년으로 합니까?" in worded
    assert "“솔바람마을 자치회 규약” 제9조에 따르면, 사무국은 총회를 열기 몇 일 전까지" in worded.replace(
        "며칠", "몇 일"
    )


def test_what_stands_behind_the_articles_is_in_none_of_them() -> None:
    document = written(STATUTE, title="솔바람마을 자치회 규약", language="ko")
    assert article_at(document, document.text.index("안건을")) == "제9조"
    assert article_at(document, document.text.index("공포 후")) == ""
    assert article_at(document, 0) == ""


def test_an_article_that_stands_twice_is_not_named() -> None:
    text = STATUTE + "\n제1조 회장은 총회에서 뽑는다.\n"
    document = written(text, title="솔바람마을 자치회 규약", language="ko")
    assert article_at(document, text.index("운영에")) == ""


def test_a_fraction_is_no_number_of_minutes() -> None:
    assert [quantity.text for quantity in find_quantities("재적회원 4분의 1 이상, 회의는 40분")] == ["40분"]
    assert "분의" not in " ".join(question.answer for question in asked(STATUTE))


def test_an_article_heading_may_do_without_brackets() -> None:
    matters = ("설립 목적", "회비 납부", "임원 선출", "총회 소집", "감사 보고", "해산 절차")
    text = "# 나눔회 회칙\n\n" + "".join(f"## 제{i}조 {m}\n\n본문이다.\n\n" for i, m in enumerate(matters, 1))
    questions = offered(Article(), written(text, title="나눔회 회칙", language="ko"))
    assert len(questions) >= 4
    assert all("제" in question.answer + question.text for question in questions)


def test_lines_broken_inside_words_are_joined() -> None:
    text = (
        "회원은 회비를 매달 납부하고 회의에 참석하여야 한\n다. 회장은 회비의 사용을 회원에게 알\n리고 장부를 갖춘다.\n"
        "장부를 갖추지 않으면 감사가 총회에 알리고 조치를 요\n구한다. 총회는 조치를 요구한다.\n"
    )
    document = written(text, title="나눔회 회칙", language="ko")
    known = breaks_words(document)
    assert known is not None
    assert unwrapped("회원에게 알\n리고 장부를 갖춘다.", known) == "회원에게 알리고 장부를 갖춘다."
    assert unwrapped("처음 보는 낱\n말이다.", known) is None


def test_a_text_wrapped_between_words_is_left_as_it_is() -> None:
    text = "회원은 회비를 매달\n납부하고 회의에 반드시\n참석하여야 한다.\n"
    assert breaks_words(written(text, title="나눔회 회칙", language="ko")) is None


def test_a_heading_on_a_short_line_is_no_part_of_the_sentence() -> None:
    raw = "간사의 자격\n간사는 마을에 다섯 해를 넘겨 살고 회의에 빠짐없이 나온 사람으로 한다."
    assert raw[heading_end(raw) :].startswith("간사는")
    assert heading_end("간사는\n마을에 다섯 해를 넘겨 살고 회의에 빠짐없이 나온 사람으로 한다.") == 0


def test_a_plain_text_is_called_by_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "reg_12.txt"
    path.write_text(STATUTE, encoding="cp949")
    assert load(path).documents[0].title == "솔바람마을 자치회 규약"
    path.write_text("첫 문장이 바로 시작된다.\n\n둘째 문단이다.\n", encoding="utf-8")
    assert load(path).documents[0].title == "reg_12"


def test_examples_are_not_asked() -> None:
    assert not asked("회비가 9,111원인 경우를 예시로 보기로 한다.\n")


def test_supplements_that_say_anew_when_a_law_comes_into_force_are_not_asked() -> None:
    text = (
        STATUTE.replace("부칙\n", "부칙 <제1호, 2001.2.3>\n")
        + "\n부칙 <제2호, 2009.4.5>\n\n이 규약은 공포 후 3개월이 지난 날부터 시행한다.\n"
    )
    assert "이 규약은" in texts(asked(STATUTE))
    assert "이 규약은" not in texts(asked(text))


def test_articles_that_a_supplement_numbers_anew_do_not_hide_those_of_the_law() -> None:
    matters = ("조직", "회비 납부", "임원 선출", "총회 소집", "감사 보고", "해산 절차")
    text = "# 나눔회 회칙\n\n" + "".join(f"##### 제{i}조 ({m})\n\n본문이다.\n\n" for i, m in enumerate(matters, 1))
    text += "부칙\n\n제1조 (시행일) 이 회칙은 공포한 날부터 시행한다.\n\n제2조 (경과조치) 종전의 임원은 그대로 둔다.\n"
    questions = offered(Article(), written(text, title="나눔회 회칙", language="ko"))
    assert len(questions) >= 4
    assert "경과조치" not in texts(questions)


def test_a_short_term_is_asked_where_the_article_is_named() -> None:
    text = STATUTE.replace("임기는 6년", "임기는 2년")
    assert "2년" in {question.answer for question in asked(text)}
    assert "2년" not in {question.answer for question in asked("감사의 임기는 2년으로 한다.\n")}


def test_a_manual_that_quotes_several_laws_is_in_no_article() -> None:
    text = (
        "# 회비 처리 안내서\n\n제15조(회비) 회원은 회비를 낸다.\n\n제4조(면제) 회장은 회비를 면제할 수 있다.\n\n"
        "제28조(반환) 반환은 서면으로 청구한다.\n\n제7조(이자) 이자는 붙이지 않는다.\n\n제9조(보관) 장부를 둔다.\n\n"
        "회비를 반환하려면 신청서를 8일 이내에 사무국에 내야 합니다.\n"
    )
    document = written(text, title="회비 처리 안내서", language="ko")
    assert article_at(document, text.index("반환하려면")) == ""
    assert not offered(Article(), document)


def test_a_value_that_only_retells_its_key_is_not_asked() -> None:
    lines = "- 주관운영기관: 회의를 주관하고 운영하는 기관\n- 담당자: 정새봄\n- 시작일: 2024년 5월 2일\n- 장소: 회관\n"
    asked_for = texts(offered(KeyValue(), written(f"# 회의 안내\n\n{lines}", title="회의 안내", language="ko")))
    assert "담당자" in asked_for
    assert "주관운영기관" not in asked_for


def test_asides_and_figures_of_speech_are_not_asked() -> None:
    assert not asked("회원 명단의 길이는 글자 수가 아닌 바이트(영문 30바이트)로 센다.\n")
    assert not asked("구두로 한 약속은 기록이 남지 않으므로 100% 신뢰할 수는 없다.\n")
