import io

import pytest
import xlsxwriter
from tests.documents.pdf_bytes import pdf

from benchwright.documents.load import to_document
from benchwright.documents.title_words import names_nothing
from benchwright.documents.worker import read_with


def title_of(module: str, data: bytes, name: str) -> str:
    parsed = read_with(f"benchwright.documents.{module}", data, name)
    return to_document(parsed, path=name, format_name=module).title


@pytest.mark.parametrize(
    "title",
    ["PowerPoint Presentation", "Sheet1", "시트 2", "Contents", "목  차", "前言", "report_final.docx", "12 / 3"],
)
def test_a_title_that_names_nothing_is_known(title: str) -> None:
    assert names_nothing(title)


@pytest.mark.parametrize("title", ["Contents of the box", "Sheet metal", "A model of growth", "차례상 차리는 법"])
def test_a_title_that_begins_with_such_a_word_is_a_title(title: str) -> None:
    assert not names_nothing(title)


def test_the_loudest_line_of_the_cover_is_the_title_although_contents_is_larger() -> None:
    cover = "20 Handbook of the returns desk\n11 by the committee, for everybody who works at the desk"
    text = "11 The desk takes every item back within thirty days, and the customer pays nothing for it."
    assert title_of("pdf", pdf(cover, text, f"30 Contents\n{text}"), "scan0001.pdf") == "Handbook of the returns desk"


def test_a_roman_page_number_is_left_out_with_its_running_head() -> None:
    body = "11 The desk takes every item back within thirty days of sale number"
    pages = [f"11 Handbook of returns {number}\n{body} {number}." for number in ("ii", "iii", "iv", "v")]
    assert "Handbook" not in read_with("benchwright.documents.pdf", pdf(*pages), "a.pdf").text


def test_a_page_without_a_title_of_its_own_has_no_sign_behind_it() -> None:
    page = b'<body><h1>Packaging<a class="headerlink" href="#packaging">\xc2\xb6</a></h1><p>Text here.</p></body>'
    assert title_of("html", page, "a.html") == "Packaging"


def test_the_items_of_a_list_in_a_cell_stay_apart() -> None:
    cells = "<td><ol><li>Fly south</li><li>Nest</li></ol></td><td><ul><li>Pond</li><li>Marsh</li></ul></td>"
    page = f"<table><tr><th>Plan</th><th>Place</th></tr><tr>{cells}</tr></table>"
    parsed = read_with("benchwright.documents.html", page.encode(), "a.html")
    assert "| 1. Fly south 2. Nest | Pond; Marsh |" in parsed.text


def test_the_only_sheet_has_no_heading_where_its_name_says_nothing() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["Region", "Sales"])
    sheet.write_row("A2", ["North", 12])
    book.close()
    assert title_of("sheets", buffer.getvalue(), "sales-2024.xlsx") == "sales-2024"


def test_a_workbook_of_several_sheets_is_not_called_like_its_first() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for year in ("2023", "2024"):
        sheet = book.add_worksheet(f"Sales {year}")
        sheet.write_row("A1", ["Region", "Sales"])
        sheet.write_row("A2", ["North", 12])
    book.close()
    parsed = read_with("benchwright.documents.sheets", buffer.getvalue(), "sales-by-year.xlsx")
    assert to_document(parsed, path="sales-by-year.xlsx", format_name="xlsx").title == "sales-by-year"


def test_headings_of_restructured_text_are_known_by_their_underlines() -> None:
    text = b"Guide to the desk\n*****************\n\nOpening\n~~~~~~~\n\nThe desk opens at nine.\n"
    assert title_of("plain_text", text, "guide.rst") == "Guide to the desk"
    assert "## Opening\n" in read_with("benchwright.documents.plain_text", text, "guide.rst").text


def test_a_korean_year_begins_a_title_and_a_number_does_not() -> None:
    text = "2031년 4월 나루터 이용 동향\n\n나루터 손님이 늘었다.\n".encode()
    assert title_of("plain_text", text, "a.txt") == "2031년 4월 나루터 이용 동향"
    assert title_of("plain_text", "12. 나루터 이용 동향\n\n손님이 늘었다.\n".encode(), "a.txt") == "a"


def test_a_comment_in_code_is_no_title() -> None:
    page = b"<body><h2>Radio</h2><p>Text here.</p><pre># Grant access\n[owner]</pre></body>"
    assert title_of("html", page, "radio.html") != "Grant access"
