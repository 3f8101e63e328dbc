import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchwright.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Smith paid $3.5 million.", "He left at 5 p.m. on Friday."],
        ["Acme Inc. said so.", "The U.S. Senate agreed."],
        ["It was sold to Acme Inc.", "The price was low."],
        ["See Fig. 3 and No. 12.", "J. R. Smith wrote it."],
        ["“It is late. Go home,” she said.", "Nobody went."],
        ["Really?", "Yes!", "Wait... what?"],
        ["매출은 3.5% 늘었다.", "영업이익은 2024. 3. 15. 공시했다.", "끝."],
        ["“지금 간다.” 라고 그는 말했다.", "모두 웃었다."],
        ["彼は「行く。すぐ戻る。」と言った。", "雨だった。"],
        ["他说：“好。走吧。”", "然后他走了！", "真的？"],
        ["هذا سطر.", "هل هذا سؤال؟", "نعم."],
        ["Er kam am 3. Oktober.", "Das ist z. B. so."],
        ["Это т.е. пример.", "Да."],
        ["It works.[12]", "Then **it stops.**", "Done."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    separator = "" if any("\u3041" <= c <= "\u9fff" for c in expected[0]) else " "
    assert cut(separator.join(expected)) == expected


def test_korean_without_a_space_is_cut_too() -> None:
    assert cut("그는 갔다.그리고 왔다.") == ["그는 갔다.", "그리고 왔다."]


def test_blocks_begin_new_sentences_and_line_breaks_do_not() -> None:
    assert cut("# Title\n\nOne line\nof two.\n- item\n- other") == ["# Title", "One line\nof two.", "- item", "- other"]


def test_a_list_number_stays_with_its_item() -> None:
    assert cut("1. Open it.\n2. Close it.") == ["1. Open it.", "2. Close it."]


@given(st.text(alphabet="aB다.。「」“” \n?!3𐍈\u0301👩‍👧ع", max_size=120))
def test_spans_are_in_order_and_leave_only_white_space(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert text[position:start].strip() == ""
        assert start < end
        assert text[start:end].strip() == text[start:end]
        position = end
    assert text[position:].strip() == ""
