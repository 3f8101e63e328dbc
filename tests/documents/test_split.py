import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchwright.documents.load import to_document
from benchwright.documents.parsed import Parsed
from benchwright.documents.split import estimate_tokens, split
from benchwright.errors import InputError
from benchwright.records import Document

PARTS = st.sampled_from(
    [
        "# 제1장 총칙\n\n",
        "## Second level\n",
        "회사는 2024년 매출 3조 5천억 원을 기록했다. 전년보다 12% 늘었다. ",
        "会社は「行く。戻る。」と言った。売上は三割増えた。",
        "公司表示业务增长。利润翻倍！",
        "قالت الشركة إن الأرباح ارتفعت. هذا سطر آخر؟ ",
        "The company grew by 3.5 percent. Mr. Smith left. ",
        "👩‍👩‍👧‍👦🇰🇷 emoji e\u0301\u0323 ",
        "\n\n",
        "\n",
        "- item one\n",
        "1. step\n",
        "| a | b |\n|---|---|\n| 1 | 값 |\n\n",
        "```\ncode # not a heading\n```\n",
        "> quoted\n",
        "Setext\n===\n",
        "가" * 90,
        "x" * 200,
        "e" + "\u0301" * 60,
    ]
)
TEXTS = st.one_of(st.lists(PARTS, min_size=1, max_size=25).map("".join), st.text(min_size=1, max_size=200))


def document(text: str) -> Document:
    return to_document(Parsed(text=text), path="d.md", format_name="markdown")


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(lambda text: bool(text.strip()) and not any("\ud800" <= c <= "\udfff" for c in text)))
def test_every_passage_is_an_exact_span_and_nothing_visible_is_lost(text: str) -> None:
    source = document(text)
    passages = split(source, target_tokens=32)
    position = 0
    for passage in passages:
        assert source.text[passage.start : passage.end] == passage.text
        assert passage.text.strip() == passage.text != ""
        assert passage.start >= position
        between = source.text[position : passage.start]
        assert not any(character.isalnum() for character in between)
        position = passage.end
    assert not any(character.isalnum() for character in source.text[position:])


@settings(max_examples=100, deadline=None)
@given(TEXTS.filter(lambda text: bool(text.strip()) and not any("\ud800" <= c <= "\udfff" for c in text)))
def test_structure_is_made_of_exact_spans_in_order(text: str) -> None:
    source = document(text)
    for heading in source.headings:
        assert source.text[heading.start : heading.end] == heading.text
    for table in source.tables:
        for cell in table.cells:
            assert source.text[cell.start : cell.end] == cell.text
    starts = [block.start for block in source.blocks]
    assert starts == sorted(starts)
    for block in source.blocks:
        assert 0 <= block.start < block.end <= len(source.text)


def test_a_passage_stays_within_the_target_and_ends_with_a_sentence() -> None:
    text = " ".join(f"This is sentence number {number} of a long paragraph." for number in range(200))
    passages = split(document(text), target_tokens=100)
    assert all(estimate_tokens(passage.text) <= 110 for passage in passages)
    assert all(passage.text.endswith(".") for passage in passages)


def test_a_heading_begins_a_passage_and_names_its_section() -> None:
    body = "A sentence that fills the section with words. " * 12
    source = document(f"# Handbook\n\n{body}\n\n## Leave\n\n{body}\n\n## Pay\n\n{body}")
    passages = split(source, target_tokens=200)
    assert [passage.section for passage in passages] == [
        ("Handbook",),
        ("Handbook", "Leave"),
        ("Handbook", "Pay"),
    ]
    assert passages[1].text.startswith("## Leave")


def test_a_heading_is_never_the_end_of_a_passage() -> None:
    body = "word " * 70
    source = document(f"# One\n\n{body}\n\n# Two\n\n{body}")
    assert [passage.text[:5] for passage in split(source, target_tokens=100)] == ["# One", "# Two"]


def test_a_table_stays_whole_within_twice_the_target() -> None:
    rows = "\n".join(f"| item {number} | {number} |" for number in range(20))
    source = document(f"# T\n\nBefore.\n\n| name | value |\n|---|---|\n{rows}\n\nAfter.")
    assert any(rows in passage.text for passage in split(source, target_tokens=64))


def test_a_long_word_is_not_cut_inside_a_character_that_a_reader_sees() -> None:
    source = document("e\u0301" * 400)
    assert all(not passage.text.startswith("\u0301") for passage in split(source, target_tokens=16))


def test_a_target_too_small_is_refused() -> None:
    with pytest.raises(InputError, match="target_tokens=3"):
        split(document("text"), target_tokens=3)


def test_a_passage_that_begins_in_the_rows_of_a_table_carries_the_table_s_title_and_header() -> None:
    rows = "\n".join(f"| station {number} | {number * 7} |" for number in range(60))
    table = f"Table 1: Flow by station\n\n| Station | Flow (m³) |\n|---|---|\n{rows}"
    passages = split(
        document(f"# Water\n\n{table}\n\nAfter the table.\n\n| a | b |\n|---|---|\n| 1 | 2 |"), target_tokens=64
    )
    within = [passage for passage in passages if passage.text.startswith("| station")]
    assert len(within) > 3
    for passage in within:
        assert passage.table_head == "Table 1: Flow by station\n\n| Station | Flow (m³) |\n|---|---|"
        assert passage.shown == f"{passage.table_head}\n{passage.text}"
    assert {passage.table_head for passage in passages if passage not in within} == {""}
