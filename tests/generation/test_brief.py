import re

import pytest
from tests.generation.briefs import AS_PEOPLE_WRITE

from benchwright.errors import ConfigError
from benchwright.generation.brief import read_brief
from benchwright.generation.kinds import KINDS


def test_the_example_brief_is_read_whole() -> None:
    brief = read_brief("120 hard multiple-choice questions on the warranty rules, in Korean, under 3 dollars")
    assert brief.budget_usd == 3
    order = brief.order
    assert order.questions == 120
    assert set(order.difficulty) == {"hard"}
    assert set(order.forms) == {"choice"}
    assert order.language == "ko"
    assert order.topics == "the warranty rules"
    assert all(weight > 0 for weight in order.kinds.values())


def test_a_korean_brief_is_read_whole() -> None:
    brief = read_brief("보증 규정에 대한 어려운 객관식 50문항, 3달러 이하로")
    assert brief.budget_usd == 3
    assert brief.order.questions == 50
    assert brief.order.topics == "보증 규정"
    assert set(brief.order.difficulty) == {"hard"}


def test_reach_kinds_and_options_are_read() -> None:
    order = read_brief("40 multi-hop and cross-document numeric questions with 5 options").order
    assert set(order.reach) == {"multi_hop", "cross_document"}
    assert set(order.kinds) == {"numeric"}
    assert order.options == 5


ALL_UNDERSTOOD: dict[str, dict[str, object]] = {
    "Give me fifty short-answer questions about refunds": {"questions": 50, "forms": {"short"}, "topics": "refunds"},
    "a hundred and twenty hard questions on warranty": {"questions": 120, "difficulty": {"hard"}, "topics": "warranty"},
    "14 multiple choice, short and open answers": {"questions": 14, "forms": {"choice", "short", "open"}},
    "단일 지문과 다중 추론 문제 14개": {"questions": 14, "reach": {"single", "multi_hop"}},
    "two dozen multiple choice questions": {"questions": 24, "forms": {"choice"}},
    "half a dozen essay questions": {"questions": 6, "forms": {"open"}},
    "20 open-ended questions in English with a budget of $2.50": {"kinds": {"open_ended"}, "language": "en"},
    "15 true/false questions about returns for under ten dollars": {"kinds": {"true_false"}, "topics": "returns"},
    "I need about 60 medium to hard questions on safety": {"questions": 60, "difficulty": {"medium", "hard"}},
    "25 multi-hop questions across documents in Korean": {"reach": {"multi_hop", "cross_document"}, "language": "ko"},
    "at least 30 edge-case questions about overtime": {"questions": 30, "kinds": {"edge_case"}},
    "80 MCQs with five options each on pricing": {"questions": 80, "options": 5, "topics": "pricing"},
    "Please write 45 application and counterfactual questions about the refund policy.": {
        "kinds": {"application", "counterfactual"},
        "topics": "the refund policy",
    },
    "40 questions in Portuguese": {"questions": 40, "language": "pt"},
    "60 questions on section 4 only": {"topics": "section 4"},
    "120 difficult multiple-choice questions about warranty, no more than $3": {"questions": 120, "topics": "warranty"},
    "오십 문항의 단답형 문제를 만들어 주세요": {"questions": 50, "forms": {"short"}},
    "서른두 개의 어려운 서술형 문제": {"questions": 32, "forms": {"open"}, "difficulty": {"hard"}},
    "연차 규정에 관한 주관식 20문제": {"questions": 20, "forms": {"short", "open"}, "topics": "연차 규정"},
    "여러 문서에 걸친 멀티홉 문제 15개, 10달러 이내": {"reach": {"cross_document", "multi_hop"}, "questions": 15},
    "예외 조항을 묻는 질문 40개": {"questions": 40, "topics": "예외 조항"},
    "영어로 객관식 25문항, 보기 5개, 2달러 미만": {"questions": 25, "options": 5, "language": "en"},
    "렌털 약관에 대한 계산 문제 30문항 중간 난이도": {"kinds": {"numeric"}, "topics": "렌털 약관"},
    "환불 규정 관련 4지선다 문제 30개": {"options": 4, "questions": 30, "topics": "환불 규정"},
}


@pytest.mark.parametrize("text", ALL_UNDERSTOOD)
def test_a_brief_in_other_words_is_read_whole(text: str) -> None:
    order = read_brief(text).order
    for name, expected in ALL_UNDERSTOOD[text].items():
        found = getattr(order, name)
        assert (set(found) if isinstance(expected, set) else found) == expected


@pytest.mark.parametrize(
    ("text", "dollars"),
    [
        ("15 questions for under ten dollars", 10),
        ("20 questions with a budget of $2.50", 2.5),
        ("20 questions, no more than 1.5k dollars", 1500),
        ("문제 15개, 10달러 이내", 10),
        ("예산 3달러, 문제 20개", 3),
        ("20 questions", None),
    ],
)
def test_a_limit_in_dollars_is_kept(text: str, dollars: float | None) -> None:
    assert read_brief(text).budget_usd == dollars


@pytest.mark.parametrize(
    ("text", "family", "mix"),
    [
        ("100 questions: half multiple choice, half short answer", "forms", {"choice": 50, "short": 50}),
        ("50 questions, 70% multiple choice and 30% open", "forms", {"choice": 35, "open": 15}),
        ("객관식 70%, 단답형 30%로 문제 50개", "forms", {"choice": 35, "short": 15}),
        ("10 unanswerable questions and 20 numeric questions", "kinds", {"unanswerable": 10, "numeric": 20}),
        ("Make 20 easy + 30 hard questions", "difficulty", {"easy": 20, "hard": 30}),
        ("쉬운 문제 열 개와 어려운 문제 다섯 개", "difficulty", {"easy": 10, "hard": 5}),
    ],
)
def test_numbers_and_shares_of_parts_become_the_mix(text: str, family: str, mix: dict[str, float]) -> None:
    assert getattr(read_brief(text).order, family) == mix


def test_the_rest_of_a_total_keeps_the_usual_kinds() -> None:
    order = read_brief("답할 수 없는 질문 10개 포함 총 60문항").order
    assert order.questions == 60
    assert order.kinds["unanswerable"] == 10
    assert sum(order.kinds.values()) == pytest.approx(60, abs=0.1)


def test_who_asks_and_which_documents_are_kept() -> None:
    brief = read_brief("40 questions about refunds from the customer faq for new support agents")
    assert brief.sources == ("customer faq",)
    assert "new support agents" in brief.order.instructions
    assert read_brief("취업규칙에서 휴가를 묻는 질문 40개").sources == ("취업규칙",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("20 questions with images", "images"),
        ("30 easy crossword puzzles", "crossword puzzles"),
        ("30 hard questions with code snippets", "code snippets"),
        ("50 questions that a lawyer would find hard", "lawyer"),
        ("200 questions, 3 per document", "3 per"),
        ("30 questions for less than €5", "'€5'"),
        ("40 multiple-choice questions, budget 5,000 won", "'5,000 won'"),
        ("객관식 100개, 예산 5천원", "5천원"),
        ("한국어로 어려운 4지선다 문제 30개를 5만원 이하로 만들어줘", "5만원"),
        ("30 easy and 40 hard questions, 50 in all", "add up to 70"),
        ("10 essays with 4 options", "4 options"),
        ("Create 10 multi-hop true/false questions", "one passage"),
        ("5 true/false per document", "'per document'"),
        ("20 short-answer numeric questions, no multiple choice", "'no multiple choice'"),
        ("20 yes/no questions and 20 fill-in-the-blank questions", "'fill-in-the-blank'"),
        ("10 hard matching questions", "'matching'"),
        ("빈칸 채우기 문제 20개", "'빈칸 채우기'"),
        ("그림 맞추기 문제 10개와 객관식 10개", "'그림 맞추기'"),
        ("주관식 말고 객관식으로만 30문제", "'주관식 말고'"),
        ("20 questions and 10 hard ones", "several numbers"),
        ("10 and 20 questions", "several numbers"),
        ("20 multiple-choice open-ended questions", "open_ended"),
        ("그림이 있는 문제 20개", "그림이"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(named)):
        read_brief(text)


@pytest.mark.parametrize("text", AS_PEOPLE_WRITE)
def test_a_brief_as_people_write_it_orders_what_they_mean(text: str) -> None:
    brief = read_brief(text)
    said = " + ".join(part.label for part in brief.order.numbered.values())
    said += f", {brief.order.language}" if brief.order.language else ""
    said += f", ${brief.budget_usd:g}" if brief.budget_usd else ""
    assert said == AS_PEOPLE_WRITE[text]


def test_the_rest_of_a_total_is_not_what_its_parts_are() -> None:
    order = read_brief("50 questions, of which 10 should be unanswerable").order
    assert order.kinds["unanswerable"] == 10
    assert sum(order.kinds.values()) == pytest.approx(50, abs=0.1)
    first, rest = read_brief("60 questions, including 20 hard essays").order.parts
    assert (first.questions, set(first.forms), set(first.difficulty)) == (20, {"open"}, {"hard"})
    assert (rest.questions, set(rest.forms), set(rest.difficulty)) == (40, {"choice", "short"}, {"easy", "medium"})


def test_two_languages_are_two_benchmarks() -> None:
    for text in ("20 questions in Korean, in English", "60 questions in both English and Korean"):
        with pytest.raises(ConfigError, match="2 languages"):
            read_brief(text)


@pytest.mark.parametrize(
    "brief",
    [
        "30 questions of all kinds",
        "all twelve types, 30 questions",
        "모든 유형의 문제 30개",
        "문제 유형은 전부 다, 30문항",
    ],
)
def test_all_kinds_are_all_of_them(brief: str) -> None:
    order = read_brief(brief).order
    assert order.questions == 30
    assert order.kinds == dict.fromkeys(KINDS, 1.0)


def test_all_kinds_are_those_that_the_rest_of_the_brief_allows() -> None:
    choice = read_brief("all kinds of multiple-choice questions, 24 of them").order
    assert set(KINDS) - set(choice.kinds) == {"open_ended"}
    joined = read_brief("24 cross-document questions of all kinds").order
    assert set(KINDS) - set(joined.kinds) == {"true_false", "unanswerable"}
    easy, hard = read_brief("20 easy questions of all kinds and 10 hard essays").order.parts
    assert len(easy.kinds) == len(KINDS)
    assert set(hard.forms) == {"open"}


@pytest.mark.parametrize("brief", ["10 questions of every kind", "2 questions of each kind", "종류별로 2개씩"])
def test_more_kinds_than_questions_and_numbers_by_kind_are_refused(brief: str) -> None:
    with pytest.raises(ConfigError, match=r"12 kinds|cannot be ordered"):
        read_brief(brief)
