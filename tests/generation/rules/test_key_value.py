from tests.written import offered, texts, written

from benchwright.generation.rules.key_value import KeyValue

MINUTES = """# Minutes of Project Heron

Date: 12 February 2026
Chair: Marta Oduya
Note: please bring the plans
Mood: good

## Contacts

- **Hotline**: +49 30 5550 1920
- **Office:** Utrecht, Kade 4
- **Opened:** 4 May 2019
"""


def test_a_value_is_asked_by_its_key_section_and_document() -> None:
    document = written(MINUTES, title="Minutes of Project Heron")
    questions = offered(KeyValue(), document)
    contacts = {"+49 30 5550 1920", "Utrecht, Kade 4", "4 May 2019"}
    assert {q.answer for q in questions} == {"12 February 2026", "Marta Oduya", *contacts}
    assert "What does the section “Contacts” of “Minutes of Project Heron” state for “Hotline”?" in texts(questions)
    for question in questions:
        assert document.text[question.citations[0].start : question.citations[0].end] == question.answer


def test_notes_and_vague_values_are_left_alone() -> None:
    asked = texts(offered(KeyValue(), written(MINUTES, title="Minutes of Project Heron")))
    assert "Note" not in asked
    assert "Mood" not in asked


def test_a_sentence_with_a_colon_is_not_a_pair() -> None:
    text = "# Guide\n\nOne thing is sure: it costs 40 EUR a year, and nobody pays twice.\nAnother: see page 4.\n"
    assert offered(KeyValue(), written(text, title="Guide")) == []


def test_a_key_that_stands_twice_in_a_section_is_not_asked() -> None:
    text = "# Offices\n\nAddress: Kade 4, Utrecht\nAddress: Dam 1, Gouda\nCapacity: 40 desks\n"
    assert [q.answer for q in offered(KeyValue(), written(text, title="Offices"))] == ["40 desks"]


def test_korean_pairs_ask_who_where_and_what() -> None:
    text = (
        "# 회의록\n\n- 장소: 본관 3층 회의실\n- 위원장: 박도현\n- 다음 회의: 2026년 3월 4일\n- 안전관리자: 내선 701\n"
    )
    asked = texts(offered(KeyValue(), written(text, title="회의록", language="ko")))
    assert "“회의록”에 적힌 “장소”는 어디입니까?" in asked
    assert "“회의록”에 적힌 “위원장”은 누구입니까?" in asked
    assert "“안전관리자” 항목에 적힌 내용은 무엇입니까?" in asked


def test_two_lines_with_colons_are_not_yet_a_form() -> None:
    text = "# Visit\n\nAddress: Kade 4, Utrecht\nOpened: 4 May 2019\n"
    assert offered(KeyValue(), written(text, title="Visit")) == []


SEGMENTS = """# Annual Report 2025

## Customers

1. **Enterprise Segment**
   - Churn rate: 2.1%
   - New customers: 45
2. **Small Business Segment**
   - Churn rate: 8.1%
   - New customers: 892
"""


def test_a_pair_below_an_item_names_the_item() -> None:
    questions = offered(KeyValue(), written(SEGMENTS, title="Annual Report 2025"))
    asked = {q.text: q.answer for q in questions}
    place = "the section “Customers” of “Annual Report 2025”"
    assert asked[f"What does {place} state for “Churn rate” under “Small Business Segment”?"] == "8.1%"
    assert len(asked) == 4


def test_a_few_headlines_with_a_colon_are_no_pairs() -> None:
    lines = "\n".join(f"- Heimaey {n} welcomes its visitors" for n in range(9))
    text = f"# Travel\n\n{lines}\n- Heimaey: The Icelandic Pompeii\n- Lund: The Old Bridge\n- Tessin: The Quiet Lake\n"
    assert offered(KeyValue(), written(text, title="Travel")) == []


def test_emphasis_inside_a_value_is_no_part_of_the_answer() -> None:
    text = "# Meals\n\n- **Breakfast:** Up to **$25**\n- **Lunch:** Up to **$30**\n- **Dinner:** Up to **$75**\n"
    found = {q.answer for q in offered(KeyValue(), written(text, title="Meals"))}
    assert found == {"Up to $25", "Up to $30", "Up to $75"}


def test_what_a_key_is_for_is_not_what_it_states() -> None:
    text = "# Editor\n\n## Toolbar\n\n- Colour: Choose the colour of the text\n- Material: Sets the grain of the page\n"
    text += "- Department: Shows who wrote it\n- Owner: Finance Office\n"
    assert [question.answer for question in offered(KeyValue(), written(text, title="Editor"))] == ["Finance Office"]
