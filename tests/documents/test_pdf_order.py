import pytest

from benchwright.documents.pdf_order import Glyph, in_order, right_to_left_text, rows_in, word_space_of


def placed(text: str, *, width: float = 5.0, start: float = 0.0, top: float = 10.0) -> list[Glyph]:
    """Glyphs as they are seen from left to right; a space is only a gap."""
    return [
        Glyph(character, start + width * n, start + width * (n + 1), top - 10, top, n)
        for n, character in enumerate(text)
        if character != " "
    ]


@pytest.mark.parametrize(
    ("seen", "logical"),
    [
        (".םלוע םולש", "שלום עולם."),
        (",2024 תנשב 1,482", "1,482 בשנת 2024,"),
        ("3-ב 6.5% רסח", "חסר 6.5% ב-3"),
        ("Open Source לש טקיורפ", "פרויקט של Open Source"),
        (")SDK( הכרע", "ערכה (SDK)"),
        ("(SDK) הכרע", "ערכה (SDK)"),
        ("םולש •", "• שלום"),
    ],
)
def test_a_line_from_right_to_left_is_read_from_the_places_of_its_glyphs(seen: str, logical: str) -> None:
    assert right_to_left_text(placed(seen), 10) == logical


def test_hangul_and_digits_that_a_file_writes_one_after_the_other_come_in_order() -> None:
    hangul = [*placed("가격은", width=10), *placed("년에", width=10, start=55)]
    digits = placed("2024", start=33)
    (line,) = rows_in([*hangul, *digits])
    shown = in_order(line, 10, word_space=0.28)
    assert "".join(glyph.character for glyph in shown) == "가격은 2024년에"


def test_rows_of_a_table_that_come_column_by_column_are_rows_again() -> None:
    first, second = placed("가나", start=0, top=40), placed("다라", start=0, top=20)
    third, fourth = placed("12", start=90, top=40), placed("34", start=90, top=20)
    rows = rows_in([*first, *second, *third, *fourth])
    assert ["".join(glyph.character for glyph in row) for row in rows] == ["가나12", "다라34"]


def test_the_space_between_words_of_a_page_is_measured() -> None:
    words = [Glyph("가", 13.0 * n, 13.0 * n + 10, 0, 10, n) for n in range(8)]
    assert word_space_of([words]) == pytest.approx(0.3)
    assert word_space_of([words[:3]]) == 0
