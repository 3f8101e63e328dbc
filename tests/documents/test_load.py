import codecs
import io
import os
import random
import threading
import unicodedata
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import pytest
import xlsxwriter
from tests.documents.pdf_bytes import pdf

from benchwright.documents import Limits, LoadResult, load, load_files
from benchwright.documents.decode import is_misread_utf16
from benchwright.documents.gather import check_unpacked
from benchwright.documents.worker import ReaderProcess
from benchwright.errors import DocumentRefused, NothingLoaded

FRENCH = "Le comité a décidé que le prix sera gelé jusqu’à l’été, après le débat à l’Assemblée.\n"
ENGLISH = "The committee met on Monday and decided that the price will not change for the rest of the year.\n"
KOREAN = (
    "회의록\n\n위원회는 3월 15일에 회의를 열고 가격을 그대로 유지하기로 했다. 담당 부서는 보고서를 제출해야 한다.\n"
)
JAPANESE = "議事録\n\n委員会は三月に会議を開き、価格を変えないことを決めました。担当者は報告書を提出してください。\n"


def one(path: Path) -> LoadResult:
    return load_files(path)


def refusal(tmp_path: Path, name: str, data: bytes, **limits: float) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    (status,) = load_files(path, limits=Limits(**limits)).files  # type: ignore[arg-type]
    assert status.status == "refused"
    return status.reason


def text_of(tmp_path: Path, name: str, data: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    (document,) = load(path).documents
    assert "\ufffd" not in document.text
    return document.text


def docx_bytes() -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_heading("Handbook", 1)
    document.add_paragraph(ENGLISH.strip())
    document.save(buffer)
    return buffer.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \n\n\t", "empty"),
        ("noise.pdf", os.urandom(4000).replace(b"%PDF", b"xxxx"), "corrupted"),
        ("cut.pdf", pdf("words")[:200], "corrupted"),
        ("scan.pdf", pdf("", picture=True), "no text layer"),
        ("cut.docx", docx_bytes()[:9000], "corrupted"),
        ("noise.bin", bytes(range(256)) * 8, "binary"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 100, "corrupted: the picture"),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(range(200)), "binary"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("notes.ipynb", b'{"cells": [', "corrupted"),
        ("page.html", b"<html><body><script>draw()</script></body></html>", "empty"),
        ("pack.7z", b"7z\xbc\xaf\x27\x1c" + b"x" * 50, "archive"),
        ("broken.zip", b"PK\x03\x04" + b"x" * 40, "corrupted"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    assert reason in refusal(tmp_path, name, data)


def odt_bytes() -> bytes:
    mimetype = zipfile.ZipInfo("mimetype")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(mimetype, b"application/vnd.oasis.opendocument.text", zipfile.ZIP_DEFLATED)
        archive.writestr("content.xml", b"<office:document-content xmlns:office='o'/>" + bytes(200))
    return buffer.getvalue()


def test_a_file_cut_or_damaged_anywhere_has_a_status_and_its_reason(tmp_path: Path) -> None:
    rng = random.Random(11)
    whole = {
        "a.docx": docx_bytes(),
        "a.odt": odt_bytes(),
        "a.pdf": pdf("24 Report", ENGLISH),
        "a.zip": zipped({"a.md": ENGLISH.encode() * 20, "b.docx": docx_bytes()}),
        "a.eml": b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n" + ENGLISH.encode(),
        "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Times;}}\f0 " + ENGLISH.encode() + b"}",
        "a.ipynb": b'{"cells": [{"cell_type": "markdown", "source": ["' + ENGLISH.strip().encode() + b'"]}]}',
    }
    for name, data in whole.items():
        for place in range(10):
            (tmp_path / f"cut{place}{name}").write_bytes(data[: rng.randrange(1, len(data))])
            damaged = bytearray(data)
            for _ in range(12):
                damaged[rng.randrange(len(data))] = rng.randrange(256)
            (tmp_path / f"hurt{place}{name}").write_bytes(damaged)
    for file in load_files(tmp_path).files:
        assert file.status == "loaded" or file.reason


def test_a_zip_whose_first_part_is_damaged_is_refused(tmp_path: Path) -> None:
    data = bytearray(odt_bytes())
    data[45:49] = b"\x00\x00\x00\x00"
    assert refusal(tmp_path, "a.odt", bytes(data)).startswith("corrupted")


def test_an_encrypted_pdf_is_refused_for_its_password(tmp_path: Path) -> None:
    assert refusal(tmp_path, "locked.pdf", pdf("secret words", encrypted=True)).startswith("password")


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    assert "too large: 2,000 bytes" in refusal(tmp_path, "long.txt", b"word " * 400, file_bytes=1000)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"\x00" * 200 * 1024**2})
    with pytest.raises(DocumentRefused, match="too large"):
        check_unpacked(bomb, Limits())


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.docx").write_bytes(docx_bytes()[:5000])
    (tmp_path / "c.docx").write_bytes(docx_bytes())
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "~$c.docx").write_bytes(b"lock")
    result = load(tmp_path)
    assert [(file.path, file.status) for file in result.files] == [
        ("a.txt", "loaded"),
        ("b.docx", "refused"),
        ("c.docx", "loaded"),
    ]
    assert [document.title for document in result.documents] == ["a", "Handbook"]


def test_a_folder_where_nothing_loads_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(NothingLoaded, match=r"`a\.txt`: empty"):
        load(tmp_path)
    with pytest.raises(NothingLoaded, match="not found"):
        load(tmp_path / "missing")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "cp949"),
        (KOREAN, "utf-16"),
        (KOREAN, "utf-8-sig"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        ("公司决定今年不提高价格，并要求各部门提交报告。这是我们的决定。\n", "gb18030"),
        ("Le comité a décidé que le prix sera gelé jusqu’à l’été, après le débat à l’Assemblée.\n", "cp1252"),
        ("Комитет решил, что цена не изменится до конца года, и это было ожидаемо.\n", "cp1251"),
        (ENGLISH, "utf-16-le"),
    ],
)
def test_text_is_read_in_its_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    assert text_of(tmp_path, "t.txt", text.encode(encoding)) == text


def test_damaged_utf8_is_refused_with_the_place_and_no_sign_in_its_stead(tmp_path: Path) -> None:
    assert "the first at 9" in refusal(tmp_path, "t.txt", KOREAN.encode()[:9] + b"\xff\xfe" + KOREAN.encode()[9:] * 5)


@pytest.mark.parametrize(("text", "encoding"), [(KOREAN, "cp949"), (JAPANESE, "shift_jis"), (FRENCH, "cp1252")])
def test_lines_of_two_encodings_in_one_file_are_read_each_in_its_own(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "t.log").write_bytes(text.encode("utf-8") * 3 + text.encode(encoding) * 3)
    result = one(tmp_path / "t.log")
    assert result.documents[0].text == text * 6
    assert "two encodings are mixed" in result.files[0].reason


def test_a_folder_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "shut").mkdir()
    listed = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    files = load_files(tmp_path).files
    assert [(file.path, file.status) for file in files] == [("a.txt", "loaded"), ("shut", "refused")]
    assert files[1].reason == "not readable: this folder (Permission denied)"


def test_thai_is_read_in_its_old_encoding(tmp_path: Path) -> None:
    text = "คณะกรรมการตัดสินใจว่าราคาจะไม่เปลี่ยน\n"
    assert text_of(tmp_path, "t.txt", text.encode("cp874") * 3) == text * 3


def test_korean_of_an_old_word_file_that_was_read_byte_by_byte_is_known() -> None:
    assert is_misread_utf16("港湾局は年次報告を出した。".encode("utf-16-le").decode("cp1252", "ignore") * 3)
    assert not is_misread_utf16(ENGLISH * 5)


def test_a_name_that_cannot_be_printed_is_shown_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.txt").write_text(ENGLISH)
    (tmp_path / os.fsdecode(b"not\xfftext.txt")).write_text("Another " + ENGLISH)
    paths = [file.path for file in load(tmp_path).files]
    assert sorted(paths) == ["not\ufffdtext.txt", "two lines.txt"]


def test_a_link_that_leads_nowhere_is_refused_for_that(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert "leads nowhere" in load_files(tmp_path).files[0].reason


def test_a_csv_keeps_its_rows_whatever_its_encoding_and_delimiter(tmp_path: Path) -> None:
    rows = "제품;가격;수량\n의자;12,000;3\n책상;45,000;1\n"
    for name, data in (("a.csv", codecs.BOM_UTF16_LE + rows.encode("utf-16-le")), ("b.csv", rows.encode("cp949"))):
        assert "| 의자 | 12,000 | 3 |" in text_of(tmp_path, name, data)


def test_lines_above_a_csv_table_become_its_title_and_unit(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text(
        "Sales by region,,\n(in thousands of USD),,\n\nRegion,2023,2024\nNorth,1,2\nSouth,3,4\n"
    )
    (document,) = load(tmp_path / "sales.csv").documents
    assert document.tables[0].columns == ("Region", "2023", "2024")
    assert document.tables[0].title == "Sales by region"
    assert document.tables[0].unit == "thousands of USD"


def test_a_huge_cell_is_no_error(tmp_path: Path) -> None:
    assert len(text_of(tmp_path, "huge.csv", b"id,note\n1," + b"word " * 60_000 + b"\n")) > 299_000


def test_a_sheet_gives_dates_values_title_and_merged_cells(tmp_path: Path) -> None:
    import datetime

    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("실적")
    sheet.merge_range("A1:C1", "2024년 지역별 실적")
    sheet.write("A2", "(단위: 백만원)")
    sheet.write_row("A3", ["지역", "마감일", "매출"])
    sheet.write("A4", "서울")
    sheet.write_datetime("B4", datetime.datetime(2024, 3, 15), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_formula("C4", "=1+2", None, 3)
    sheet.write_row("A5", ["부산", "", 1234.5])
    book.add_worksheet("hidden").hide()
    book.close()
    result = load(path)
    (document,) = result.documents
    assert "| 서울 | 2024-03-15 | 3 |" in document.text
    assert document.tables[0].title == "2024년 지역별 실적"
    assert document.tables[0].unit == "백만원"
    assert result.files[0].pages == 1
    assert "hidden" in result.files[0].reason


def test_a_zip_is_opened_and_a_zip_inside_it_too(tmp_path: Path) -> None:
    inner = zipped({"b.txt": KOREAN.encode("cp949"), "bad.pdf": b"no pdf at all"})
    (tmp_path / "all.zip").write_bytes(zipped({"in/inner.zip": inner, "a.md": b"# A\n\ntext that stands here\n"}))
    result = load(tmp_path)
    assert [(file.path, file.status) for file in result.files] == [
        ("all.zip/a.md", "loaded"),
        ("all.zip/in/inner.zip/b.txt", "loaded"),
        ("all.zip/in/inner.zip/bad.pdf", "refused"),
    ]


def test_globs_and_several_paths_give_one_order_without_repeats(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(f"{name}: {ENGLISH}")
    result = load([str(tmp_path / "*.txt"), tmp_path / "a.txt", tmp_path / "c.md"])
    assert [file.path for file in result.files] == ["a.txt", "b.txt", "c.md"]


def test_the_same_text_is_kept_once_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.md").write_text(ENGLISH)
    result = load(tmp_path)
    assert len(result.documents) == 1
    assert result.files[1].status == "warning"
    assert "same text as `a.txt`" in result.files[1].reason


def test_a_misnamed_file_is_read_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(docx_bytes())
    result = load(tmp_path)
    assert result.documents[0].format == "docx"
    assert "named .pdf, but the content is docx" in result.files[0].reason


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "http://example.com/")
                self.end_headers()
                return
            self.send_response(200 if self.path == "/news" else 404)
            self.end_headers()
            self.wfile.write(b"<html><body><h1>News</h1><p>" + ENGLISH.encode() * 5 + b"</p></body></html>")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    thread.join()
    running.server_close()


def test_an_address_is_fetched_and_failures_are_refusals(server: str) -> None:
    result = load_files([f"{server}/news", f"{server}/gone", f"{server}/away", "http://example.com/x"])
    assert [file.status for file in result.files] == ["loaded", "refused", "refused", "refused"]
    assert result.documents[0].title == "News"
    assert "404" in result.files[1].reason
    assert "only https" in result.files[2].reason
    assert "only https" in result.files[3].reason


def test_a_parser_that_hangs_or_crashes_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    with ReaderProcess(timeout_s=1.0) as process, pytest.raises(DocumentRefused, match="too slow"):
        process.read("tests.documents.hanging_reader", b"x", "x.pdf")
    with ReaderProcess(timeout_s=20.0) as process:
        with pytest.raises(DocumentRefused, match="crashed"):
            process.read("tests.documents.crashing_reader", b"x", "x.pdf")
        parsed = process.read("benchwright.documents.html", b"<p>still <b>here</b></p>", "x.html")
        assert "still here" in parsed.text


def test_what_is_attached_to_a_mail_is_a_document_of_its_own(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Plan", "a@example.org"
    message.set_content("The plan of March is attached to this mail, with the prices of it.")
    message.add_attachment(docx_bytes(), maintype="application", subtype="octet-stream", filename="../up/plan.docx")
    message.add_attachment("Item,Price\nPump,12\nValve,9\n", subtype="csv", filename="prices.csv")
    message.add_attachment("Item,Price\nPump,14\nValve,8\n", subtype="csv", filename="prices.csv")
    message.add_attachment(b"\x89PNG" + bytes(30), maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    inner = EmailMessage()
    inner["Subject"] = "Deeper"
    inner.set_content("What was attached to the inner mail is read too, and this is its text.")
    inner.add_attachment(b"no pdf", maintype="application", subtype="pdf", filename="broken.pdf")
    message.add_attachment(inner.as_bytes(), maintype="application", subtype="x-mail", filename="inner.eml")
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    result = load_files(tmp_path)
    assert [(file.path, file.status) for file in result.files] == [
        ("mail.eml", "loaded"),
        ("mail.eml/plan.docx", "loaded"),
        ("mail.eml/prices.csv", "loaded"),
        ("mail.eml/prices (2).csv", "loaded"),
        ("mail.eml/inner.eml", "loaded"),
        ("mail.eml/inner.eml/broken.pdf", "refused"),
    ]
    assert "Attachments: plan.docx, prices.csv, prices.csv, inner.eml" in result.documents[0].text


def test_links_that_lead_to_themselves_and_names_that_are_no_line_are_files_like_others(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").symlink_to(".")
    (tmp_path / "two\nlines 🎉.txt").write_text(ENGLISH)
    (tmp_path / unicodedata.normalize("NFD", "회의록.txt")).write_text(KOREAN)
    result = load_files(tmp_path)
    assert [(file.path, file.status) for file in result.files] == [
        ("loop", "refused"),
        ("two lines 🎉.txt", "loaded"),
        ("회의록.txt", "loaded"),
    ]
