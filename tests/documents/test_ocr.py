import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.documents.pdf_bytes import pdf

from benchwright.documents import PageImage, load, load_files, tesseract
from benchwright.documents.ocr import page_list
from benchwright.documents.tesseract import Tesseract
from benchwright.errors import BudgetExceeded, DocumentRefused, InputError

KOREAN_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
WORDS = "The warranty period is 24 months from the day of delivery."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def program() -> Tesseract:
    if shutil.which("tesseract") is None:
        assert not os.environ.get("CI"), "CI installs tesseract"
        pytest.skip("tesseract is not installed")
    return tesseract()


@dataclass
class CountingOcr:
    """Says which page it was given, and counts; a page whose number is in `refused` it cannot read."""

    name: str = "counting"
    at_once: int = 2
    stop_after: int = 1000
    refused: bool = False
    seen: list[PageImage] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read_page(self, image: PageImage) -> str:
        with self.lock:
            if len(self.seen) >= self.stop_after:
                raise BudgetExceeded("the limit is reached")
            self.seen.append(image)
        if self.refused:
            raise DocumentRefused("the page is black")
        return f"# Page {Image.open(io.BytesIO(image.png)).size}\n\n{WORDS}"


def drawn(lines: Sequence[str], font: Path | None = None, size: int = 44) -> Image.Image:
    """A page at 300 dots an inch; `# ` sets a line in double size, a tab begins a column."""
    page = Image.new("L", (2480, 3508), 255)
    pen = ImageDraw.Draw(page)
    height = 200.0
    for line in lines:
        points = 2 * size if line.startswith("# ") else size
        face = ImageFont.truetype(str(font), points) if font else ImageFont.load_default(points)
        for column, text in enumerate(line.removeprefix("# ").split("\t")):
            pen.text((220 + 600 * column, height), text, fill=0, font=face)
        height += 1.5 * points
    return page


def scans(path: Path, count: int) -> Path:
    path.write_bytes(pdf(*[""] * count, picture=True))
    return path


def test_a_scan_is_refused_with_the_way_out_and_its_pages_are_counted(folder: Path) -> None:
    scans(folder / "scan.pdf", 3)
    drawn([WORDS]).save(folder / "photo.png")
    result = load_files(folder)
    assert all("needs OCR: add --ocr tesseract" in file.reason for file in result.files)
    assert {(scan.path, scan.pages) for scan in result.scans} == {("scan.pdf", 3), ("photo.png", 1)}


def test_pages_that_are_read_are_never_read_again(folder: Path) -> None:
    path = scans(folder / "scan.pdf", 5)
    stopped = CountingOcr(stop_after=2, at_once=1)
    with pytest.raises(BudgetExceeded):
        load(path, ocr=stopped)
    went_on = CountingOcr()
    (document,) = load(path, ocr=went_on).documents
    assert (len(stopped.seen), len(went_on.seen), len(document.pages)) == (2, 3, 5)
    assert load(path, ocr=CountingOcr(stop_after=0)).documents == (document,)


@dataclass
class CountingTesseract:
    """Reads as tesseract does, under its name, and counts the pages it was given."""

    program: Tesseract
    at_once: int = 1
    pages: int = 0

    @property
    def name(self) -> str:
        return self.program.name

    def read_page(self, image: PageImage) -> str:
        self.pages += 1
        return self.program.read_page(image)


def test_a_run_killed_while_tesseract_reads_goes_on_with_the_pages_it_lacks(folder: Path, program: Tesseract) -> None:
    pages = [drawn([f"Page {n}. {WORDS}"]).crop((0, 0, 2480, 500)) for n in range(1, 7)]
    pages[0].save(folder / "scan.pdf", save_all=True, append_images=pages[1:], resolution=300)
    command = [sys.executable, "-m", "benchwright", "documents", "scan.pdf", "--ocr", "tesseract"]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while not list(folder.rglob("*.md")) and killed.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    kept = {path: path.stat().st_mtime_ns for path in folder.rglob("*.md")}
    assert 0 < len(kept) < 6
    counting = CountingTesseract(program)
    (document,) = load("scan.pdf", ocr=counting).documents
    assert counting.pages == 6 - len(kept)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert [document.text.count(f"Page {n}.") for n in range(1, 7)] == [1] * 6


def test_another_ocr_reads_for_itself(folder: Path) -> None:
    path = scans(folder / "scan.pdf", 2)
    load(path, ocr=CountingOcr())
    other = CountingOcr(name="another")
    load(path, ocr=other)
    assert len(other.seen) == 2


def test_a_page_with_text_is_not_given_to_ocr_and_each_page_keeps_its_place(folder: Path) -> None:
    (folder / "mixed.pdf").write_bytes(pdf("12 " + WORDS, "", "12 The second part begins here.", picture=True))
    ocr = CountingOcr()
    result = load(folder / "mixed.pdf", ocr=ocr)
    (document,) = result.documents
    assert len(ocr.seen) == 1
    assert result.files[0].status == "loaded"
    second = document.pages[1]
    assert document.text[second.start : second.end].startswith("# Page (")
    assert "second part" in document.text[document.pages[2].start :]


def test_a_scan_with_a_stamp_is_offered_to_ocr_but_a_page_with_a_photograph_is_not(folder: Path) -> None:
    stamped = pdf("12 " + WORDS * 5, "8 RECEIVED 5 March 2024, office 3", picture=True)
    (folder / "stamped.pdf").write_bytes(stamped.replace(b"400 0 0 600 50 50", b"595 0 0 842  0  0"))
    (folder / "photograph.pdf").write_bytes(pdf("12 " + WORDS, "8 Our team in 2024", picture=True))
    photograph, scan = load_files(folder).files
    assert photograph.status == "loaded"
    assert scan.status == "warning"
    assert "a picture with hardly any text on page 2: needs OCR" in scan.reason


def test_pages_that_cannot_be_read_are_named(folder: Path) -> None:
    result = load_files(scans(folder / "scan.pdf", 3), ocr=CountingOcr(refused=True))
    assert "page 1–3 not read by OCR: the page is black" in result.files[0].reason
    assert result.files[0].status == "refused"


def test_progress_names_the_page(folder: Path) -> None:
    told: list[str] = []
    load(scans(folder / "scan.pdf", 3), ocr=CountingOcr(), progress=lambda _done, _all, words: told.append(words))
    assert "scan.pdf: page 3 of 3" in told


def test_a_missing_program_is_said_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="apt-get install tesseract-ocr"):
        tesseract()


def test_a_missing_language_is_said_with_the_line_that_installs_it(program: Tesseract) -> None:
    assert tesseract("en").languages == "eng"
    with pytest.raises(InputError, match="apt-get install tesseract-ocr-xyz"):
        tesseract("xyz")


def test_a_scan_is_read_with_heading_hyphenation_and_table(folder: Path, program: Tesseract) -> None:
    lines = [
        "# Warranty handbook",
        "",
        WORDS,
        "Claims must be filed within 30 days af-",
        "ter the defect was found.",
        "",
    ]
    table = ["Model\tPrice\tStock", "Alpha 100\t1,250 EUR\t14", "Beta 200\t2,480 EUR\t7", "Gamma 300\t3,990 EUR\t12"]
    drawn([*lines, *table]).save(folder / "scan.pdf", resolution=300)
    (document,) = load(folder / "scan.pdf", ocr=program).documents
    assert document.title == "Warranty handbook"
    assert WORDS in document.text
    assert "30 days after the defect" in document.text
    assert "| Beta 200 | 2,480 EUR | 7 |" in document.text


def test_every_page_of_a_tiff_is_read_also_when_it_lies_on_its_side(folder: Path, program: Tesseract) -> None:
    first = drawn([WORDS] * 12)
    second = drawn(["The board met on Monday and raised the price."] * 12).rotate(90, expand=True)
    first.save(folder / "scan.tiff", save_all=True, append_images=[second])
    (document,) = load(folder / "scan.tiff", ocr=program).documents
    assert len(document.pages) == 2
    assert "The board met on Monday and raised the price." in document.text[document.pages[1].start :]


def test_korean_is_known_by_its_script_and_keeps_its_spaces(folder: Path, program: Tesseract) -> None:
    if not KOREAN_FONT.is_file():
        assert not os.environ.get("CI"), "CI installs the fonts"
        pytest.skip("no Korean font")
    lines = [
        "제1조(목적) 이 규칙은 직원의 근로 조건과 복무에 관한 사항을 정하는",
        "것을 목적으로 한다.",
        "",
        "제2조(근무 시간) 근무 시간은 오전 9시부터 오후 6시까지로 하며, 점심",
        "시간 60분은 근무 시간에 포함하지 아니한다.",
    ]
    drawn(["# 취업 규칙", "", *lines], KOREAN_FONT).save(folder / "rules.png")
    (document,) = load(folder / "rules.png", ocr=program).documents
    assert document.language == "ko"
    assert "근무 시간은 오전 9시부터 오후 6시까지로 하며" in document.text


def test_runs_of_pages_are_listed_as_people_write_them() -> None:
    assert page_list([3, 5, 6, 7, 12]) == "3, 5–7 and 12"
    assert page_list([1]) == "1"
