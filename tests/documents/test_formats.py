import builtins
import email.message
import io
import json
import sys
import zipfile
from types import ModuleType

import docx
import pytest
from tests.documents.pdf_bytes import pdf
from tests.shared_data import SHARED, requires_shared

from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import iso_date
from benchwright.documents.worker import read_with
from benchwright.errors import DocumentRefused

PAGE = """<html><head><title>News | Site</title>
<meta property="article:published_time" content="2024-03-15T10:00:00Z"><script>var a = 1</script></head><body>
<nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies</div>
<div id="content"><h1>Big <b>news</b></h1><p>First&nbsp;line<br>goes on.</p>
<ul><li>one<ul><li>inner</li></ul></li></ul><ol start="3"><li>three</li></ol>
<table><caption>Sales</caption><thead><tr><th rowspan="2">Region</th><th colspan="2">2024</th></tr>
<tr><th>Q1</th><th>Q2</th></tr></thead><tr><td>North</td><td>1</td><td>2 | 3</td></tr></table>
<dl><dt>Term</dt><dd>meaning</dd></dl></div><footer>Copyright</footer></body></html>"""


def read(module: str, data: bytes, name: str) -> Parsed:
    return read_with(f"benchwright.documents.{module}", data, name)


def test_a_page_keeps_its_text_and_loses_its_furniture() -> None:
    parsed = read("html", PAGE.encode(), "a.html")
    assert parsed.text == (
        "# Big news\n\nFirst line goes on.\n\n- one\n    - inner\n3. three\n\n**Sales**\n\n"
        "| Region | 2024 Q1 | 2024 Q2 |\n| --- | --- | --- |\n| North | 1 | 2 \\| 3 |\n\n- Term: meaning\n"
    )
    assert (parsed.title, parsed.published) == ("Big news", "2024-03-15")


def test_a_deeply_nested_page_is_read() -> None:
    parsed = read("html", b"<body>" + b"<div>" * 20_000 + b"deep text" + b"</div>" * 20_000, "a.html")
    assert parsed.text == "deep text\n"


def test_pdf_headings_paragraphs_and_a_table_are_found() -> None:
    page = (
        "24 Annual Report\n11 The company grew in the year and it has sold many more chairs than ever be-\n"
        "11 fore in its long history, which began in a small town near the sea, as all know.\n\n16 Prices\n"
        "11 Product\tPrice\tUnits\n11 Chair\t120\t3\n11 Desk\t450\t1\n11 Lamp\t30\t9"
    )
    parsed = read("pdf", pdf(page, "A second page."), "a.pdf")
    assert "# Annual Report\n\nThe company grew" in parsed.text
    assert "than ever before in its long history" in parsed.text
    assert "## Prices\n\n| Product | Price | Units |\n| --- | --- | --- |\n| Chair | 120 | 3 |" in parsed.text
    assert parsed.text[parsed.page_starts[1] :] == "A second page.\n"
    assert parsed.title == "Annual Report"


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        f"Confidential draft\n\n\nSomething else stands on page {word} of it.\n\n\n{n}"
        for n, word in enumerate("abcd", 1)
    ]
    parsed = read("pdf", pdf(*pages), "a.pdf")
    assert "Confidential" not in parsed.text
    assert parsed.text.count("Something else") == 4
    assert "\n1\n" not in parsed.text


@requires_shared
def test_arabic_ligatures_come_in_logical_order() -> None:
    data = (SHARED / "docs/docling/pdf/sources/right_to_left_01.pdf").read_bytes()
    assert read("pdf", data, "a.pdf").title.startswith("تحسين الإنتاجية وحل المشكلات")


def test_what_stands_at_the_edge_of_two_pages_is_left_out_but_not_the_header_of_a_table_that_goes_on() -> None:
    rows = "\n".join(f"11 Part {n}\t{n * 7}\tin store" for n in range(1, 9))
    page = (
        f"11 Stock of the yard, North\n11 \n11 \n11 Name\tPieces\tPlace\n{rows}\n11 \n11 \n11 Confidential draft of May"
    )
    text = read("pdf", pdf(page, page.replace("Part", "Tool"), "11 The end of it stands here."), "a.pdf").text
    assert "Stock of the yard" not in text
    assert "Confidential" not in text
    assert text.count("| Name | Pieces | Place |") == 2


def test_a_reference_begins_a_paragraph_and_a_number_within_a_sentence_does_not() -> None:
    full = "The port was measured twice in the same year, as it is told at length in the Refs. 1 and"
    after = "4. By the third measure the depth had not changed at all in either of the two basins,\n11 it seems."
    assert "Refs. 1 and 4. By the third" in read("pdf", pdf(f"11 {full}\n11 {after}"), "a.pdf").text
    entry = "11 [1] J. Doe. 2001. On the tides of a narrow harbour that faces the north, volume two of three"
    assert "of three\n\n[2] A. Roe" in read("pdf", pdf(f"{entry}\n11 [2] A. Roe. 2002. Salt."), "a.pdf").text


def test_word_keeps_headings_numbers_lists_and_tables() -> None:
    document = docx.Document()
    document.add_heading("Rules", 1)
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("point", style="List Bullet")
    table = document.add_table(2, 3)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(0, 2).text = "Item", "2023", "2024"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "same"
    buffer = io.BytesIO()
    document.save(buffer)
    parsed = read("word", buffer.getvalue(), "a.docx")
    assert "# Rules\n\n1. first\n2. second\n- point\n\n| Item | 2023 | 2024 |" in parsed.text
    assert "|  | same | same |" in parsed.text


def test_rich_text_is_read_in_its_code_page() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg949{\fonttbl{\f0\fcharset129 Batang;}}\f0\outlinelevel0 Title\par\pard "
        rb"\u54620?\u44397? \'c7\'d1\'b1\'db.\par \trowd\intbl A\cell B\cell\row\intbl 1\cell 2\cell\row\pard End.\par}"
    )
    assert read("rtf", data, "a.rtf").text == "# Title\n\n한국 한글.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nEnd.\n"


def test_an_e_mail_keeps_subject_date_and_the_names_of_attachments() -> None:
    message = email.message.EmailMessage()
    message["Subject"] = "회의 일정"
    message["Date"] = "Fri, 15 Mar 2024 23:00:00 +0900"
    message.set_content("Hello all,\n\nThe meeting is on\nFriday.\n")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    parsed = read("eml", bytes(message), "a.eml")
    assert parsed.title == "회의 일정"
    assert parsed.published == "2024-03-15"
    assert "The meeting is on Friday." in parsed.text
    assert parsed.text.endswith("Attachments: a.pdf\n")


def test_a_notebook_keeps_text_code_and_what_it_printed() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# T\n", "text"]},
        {"cell_type": "code", "source": "print(1)", "outputs": [{"text": ["1\n"]}]},
    ]
    assert read("notebook", json.dumps({"cells": cells}).encode(), "a.ipynb").text == (
        "# T\ntext\n\n```\nprint(1)\n```\n\n```\n1\n```\n"
    )


def test_a_protected_book_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
        archive.writestr("META-INF/rights.xml", "<rights/>")
    with pytest.raises(DocumentRefused, match="DRM"):
        read("epub", buffer.getvalue(), "a.epub")


def test_without_the_extra_a_format_is_refused_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *rest: object, **named: object) -> ModuleType:
        if name == "kreuzberg":
            raise ImportError(name)
        return original(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "kreuzberg", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DocumentRefused, match=r"pip install 'benchwright\[formats\]'"):
        read("extra_formats", b"x", "a.hwp")


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2024-03-15T10:00:00Z", "2024-03-15"),
        ("2024년 3월 15일", "2024-03-15"),
        ("D:20240315102030+09'00'", "2024-03-15"),
        ("March 15, 2024", "2024-03-15"),
        ("15 Mar 2024", "2024-03-15"),
        ("3/4/2024", ""),
        ("2024-13-40", ""),
        (None, ""),
    ],
)
def test_a_stated_date_is_read_and_an_ambiguous_one_is_not(stated: str | None, day: str) -> None:
    assert iso_date(stated) == day


def test_a_style_that_is_a_heading_makes_headings_of_rich_text() -> None:
    styles = rb"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\keepn\fs32\b Heading 1;}{\s7{\*\soutlvl7}\outlinelevel1 Own;}}"
    body = rb"\pard\s1 Opening\par\pard\s0 The desk opens at nine.\par\pard\s7 Fees\par\pard\plain Two percent.\par"
    parsed = read("rtf", rb"{\rtf1\ansi" + styles + body + b"}", "a.rtf")
    assert parsed.text == "# Opening\n\nThe desk opens at nine.\n\n## Fees\n\nTwo percent.\n"
