import pytest
from tests.written import offered, texts, written

from benchwright.generation.rules.faq import Faq

ANSWER = "Each debit card transaction costs 0.89 % of the amount."


@pytest.mark.parametrize(
    "pair",
    [
        f"**Q: How much does a transaction cost?**\nA: {ANSWER}",
        f"Q: How much does a transaction cost?\n\nA: {ANSWER}",
        f"**How much does a transaction cost?**\n\n{ANSWER}",
        f"**How much does a transaction cost?**\n{ANSWER}",
        f"### 3. How much does a transaction cost?\n\n{ANSWER}\n\n### Other",
        f"1. How much does a transaction cost?\n   {ANSWER}",
    ],
)
def test_a_pair_is_found_however_it_is_marked(pair: str) -> None:
    document = written(f"# Terminal FAQ\n\n{pair}\n", title="Terminal FAQ")
    question = offered(Faq(), document)[0]
    assert question.text == "According to “Terminal FAQ”: How much does a transaction cost?"
    assert question.answer == ANSWER
    assert question.form == "open"
    assert all(document.text[c.start : c.end] == c.text for c in question.citations)


@pytest.mark.parametrize(
    "pair",
    [
        "Q: Is it waterproof?\nA: No. It must be kept dry at all times.",
        "Q: Where do I find the price of a case?\nA: See the table below for prices.",
        "### How are fees made up?\n\nThe fee has two parts:\n\n- one\n- two",
        "### How are fees made up?\n\nThe first part is fixed for the year.\n\nThe second part changes with use.",
    ],
)
def test_pairs_that_lean_on_their_surroundings_are_left_alone(pair: str) -> None:
    assert offered(Faq(), written(f"# Terminal FAQ\n\n{pair}\n", title="Terminal FAQ")) == []


def test_korean_pairs_are_asked_as_they_stand() -> None:
    text = "# 앱 안내\n\nQ. 이체 한도를 늘리려면 어떻게 해야 하나요?\nA. 메뉴에서 신분증을 촬영하면 늘릴 수 있습니다.\n"
    asked = texts(offered(Faq(), written(text, title="앱 안내", language="ko")))
    assert asked == "“앱 안내”에 따르면, 이체 한도를 늘리려면 어떻게 해야 하나요?"


def test_a_question_without_its_verb_or_about_what_was_said_is_left_alone() -> None:
    text = (
        "# 회비 안내\n\n## 이미 잘못 냈다면?\n\n사무국에 전화하면 다음 날 돌려받을 수 있습니다.\n\n"
        "## 무엇을 내야 한다고 했나요?\n\n신청서와 회비를 함께 내야 합니다.\n\n"
        "## 회비는 어떻게 내나요?\n\n매달 자동이체로 내며 수수료는 없습니다.\n"
    )
    worded = texts(offered(Faq(), written(text, title="회비 안내", language="ko")))
    assert "회비는 어떻게 내나요?" in worded
    assert "냈다면" not in worded
    assert "했나요" not in worded


def test_an_answer_with_a_gap_to_fill_in_is_no_answer() -> None:
    text = "# Shop FAQ\n\nQ: How do I return a parcel?\nA: Write to [insert email] within five days of delivery.\n"
    assert offered(Faq(), written(text, title="Shop FAQ")) == []
