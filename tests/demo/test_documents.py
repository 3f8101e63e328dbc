"""What the example documents promise: two languages, four formats, real text, nothing of real people."""

import importlib.util
import re
from importlib import resources
from pathlib import Path

import docx
import pypdfium2
import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(str(resources.files("benchwright.demo"))) / "documents"
SOURCES = ROOT / "tools/demo/sources"
FILES = sorted(path for path in DOCUMENTS.rglob("*") if path.is_file())


def load_build():
    spec = importlib.util.spec_from_file_location("demo_build", ROOT / "tools/demo/build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_language_has_twelve_documents_in_four_formats(language):
    files = [path for path in FILES if path.parent.name == language]
    assert len(files) >= 12
    assert {path.suffix for path in files} == {".md", ".html", ".pdf", ".docx"}


def test_the_package_data_stay_under_three_megabytes():
    assert sum(path.stat().st_size for path in FILES) < 3_000_000


def test_file_names_are_ascii_so_that_any_machine_can_unpack_them():
    assert all(path.name.isascii() for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_shipped_document_is_what_its_source_makes(path, tmp_path):
    build = load_build()
    language = path.parent.name
    source = (SOURCES / language / f"{path.stem}.md").read_text(encoding="utf-8")
    if path.suffix == ".md":
        assert path.read_text(encoding="utf-8") == source
    elif path.suffix == ".html":
        assert path.read_text(encoding="utf-8") == build.page(source, language, furniture=True)
    elif path.suffix == ".docx":
        build.write_docx(source, language, tmp_path / "made.docx")
        assert docx_text(path) == docx_text(tmp_path / "made.docx")
    else:
        # Line breaks and spaces of a PDF are the printer's; letters and digits are ours.
        printed = letters("".join(pdf_pages(path)))
        assert len(printed) > 1000
        for word in set(re.findall(r"\w+", source)):
            assert letters(word) in printed, f"`{word}` is not in {path.name}"


@pytest.mark.parametrize("source", sorted(SOURCES.rglob("*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_row_of_a_table_has_the_cells_of_its_header(source):
    for block in source.read_text(encoding="utf-8").split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.splitlines()}) == 1, block


@pytest.mark.parametrize("source", sorted(SOURCES.rglob("*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_sentence_stands_twice_in_a_document(source):
    text = source.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith(("|", "#"))]
    sentences = [s for line in lines for s in re.split(r"(?<=[.?!])\s+", line) if len(s) > 20]
    assert len(sentences) == len(set(sentences)), {s for s in sentences if sentences.count(s) > 1}


def test_mail_addresses_and_sites_cannot_exist():
    everything = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.md"))
    hosts = re.findall(r"[\w.-]+@([\w.-]+\w)|\b(?:https?://|www\.)([\w.-]+)", everything)
    assert hosts
    assert all((mail or site).endswith(".example") for mail, site in hosts)


def pdf_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def docx_text(path: Path) -> list[str]:
    file = docx.Document(str(path))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in file.paragraphs] + cells


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
