"""Make the example documents of `benchwright demo` from their sources: Markdown, HTML, DOCX and (with Chromium) PDF.

    python tools/demo/build.py            # all but PDF
    python tools/demo/build.py --pdf      # PDF too; needs Chromium and fonts with Korean letters

The sources use a small part of Markdown: headings, paragraphs, key-value lines, tables, numbered lists and bold.
"""

import argparse
import html
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document as Docx
from markdown_it import MarkdownIt

SOURCES = Path(__file__).parent / "sources"
TARGET = Path(__file__).parents[2] / "src/benchwright/demo/documents"

FORMATS = {
    "html": {
        "en": ("ondine-40-product-notes", "annual-report-2024", "research-note-biofilm"),
        "ko": ("air-purifier-ap500", "annual-report-2024", "research-note-motor"),
    },
    "pdf": {
        "en": ("warranty-terms", "safety-manual"),
        "ko": ("quality-warranty-rules", "safety-manual"),
    },
    "docx": {
        "en": ("board-minutes-march-2025", "travel-and-expense-rules", "rillweb-service-agreement"),
        "ko": ("management-minutes-april-2025", "travel-expense-rules", "press-release-schools"),
    },
}

WRITTEN = datetime(2025, 9, 30, 9, 0)
COMPANY = {"en": "Tarnbrook Instruments", "ko": "여울빛가전 주식회사"}

STYLE = """
@page { size: A4; margin: 22mm 20mm; }
body { font: 11pt/1.55 "Noto Sans CJK KR", "Noto Sans KR", "Noto Sans", sans-serif; }
body { color: #1c2733; word-break: keep-all; }
h1 { font-size: 24pt; line-height: 1.2; margin: 0 0 14pt; }
h2 { font-size: 16pt; margin: 20pt 0 6pt; break-after: avoid; }
h3 { font-size: 13pt; margin: 14pt 0 4pt; break-after: avoid; }
table { border-collapse: collapse; margin: 6pt 0 12pt; width: 100%; font-size: 10pt; break-inside: avoid; }
caption { text-align: left; font-weight: 700; padding: 4pt 0; }
th, td { border: .6pt solid #6b7785; padding: 3pt 6pt; text-align: left; }
th { background: #e8edf2; }
"""


def body(source: str) -> str:
    """Return `source` as HTML; line ends inside a paragraph stay line ends."""
    return MarkdownIt("commonmark", {"breaks": True}).enable("table").render(source)


def page(source: str, language: str, *, furniture: bool) -> str:
    """Return a whole HTML page; `furniture` adds what a reader of the text should drop: navigation and a footer."""
    title = source.splitlines()[0].removeprefix("# ")
    content = body(source)
    menu = foot = ""
    if furniture:
        # A heading right above a table becomes its caption, as web pages have it.
        content = re.sub(r"<h3>([^<]+)</h3>\n<table>", r"<table>\n<caption>\1</caption>", content)
        words = ("Home", "Products", "Support") if language == "en" else ("처음", "제품", "고객지원")
        menu = "<nav>" + " ".join(f'<a href="#">{word}</a>' for word in words) + "</nav>\n"
        foot = f"<footer>© {COMPANY[language]}</footer>\n"
    head = f'<meta charset="utf-8">\n<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n'
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n{head}</head>\n'
        f"<body>\n{menu}<main>\n{content}</main>\n{foot}</body>\n</html>\n"
    )


def write_docx(source: str, language: str, path: Path) -> None:
    """Write `source` as a Word file with real headings, tables and numbered lists."""
    file = docx.Document()
    file.core_properties.title = source.splitlines()[0].removeprefix("# ")
    file.core_properties.author = COMPANY[language]
    file.core_properties.language = language
    # Fixed, so that the same source gives the same document on every day.
    file.core_properties.created = file.core_properties.modified = WRITTEN
    for block in re.split(r"\n{2,}", source.strip()):
        add_block(file, block)
    file.save(str(path))


def add_block(file: Docx, block: str) -> None:
    """Append one block of Markdown to `file`."""
    lines = block.splitlines()
    if heading := re.match(r"(#+) (.+)", block):
        file.add_heading(heading[2], level=len(heading[1]))
    elif lines[0].startswith("|"):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|-")]
        table = file.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        file.add_paragraph()
    else:
        for line in lines:
            step = re.match(r"\d+\. (.+)", line)
            paragraph = file.add_paragraph(style="List Number" if step else "Normal")
            for number, part in enumerate(re.split(r"\*\*", step[1] if step else line)):
                paragraph.add_run(part).bold = number % 2 == 1


def write_pdf(source: str, language: str, path: Path, chromium: str) -> None:
    """Print `source` to `path` with headless Chromium, which embeds only the letters that are used."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page(source, language, furniture=False), encoding="utf-8")
        quiet = ("disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")
        command = [chromium, "--headless", "--no-sandbox", *(f"--{flag}" for flag in quiet)]
        command += ["--disable-component-update", "--disable-sync", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={path}", file.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def build(*, pdf: bool) -> None:
    """Write every document below `TARGET`."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if pdf and chromium is None:
        raise SystemExit("--pdf needs Chromium on the PATH")
    for language in COMPANY:
        (TARGET / language).mkdir(parents=True, exist_ok=True)
        for file in sorted((SOURCES / language).glob("*.md")):
            source = file.read_text(encoding="utf-8")
            kind = next((kind for kind, names in FORMATS.items() if file.stem in names[language]), "md")
            path = TARGET / language / f"{file.stem}.{kind}"
            if kind == "md":
                path.write_text(source, encoding="utf-8")
            elif kind == "html":
                path.write_text(page(source, language, furniture=True), encoding="utf-8")
            elif kind == "docx":
                write_docx(source, language, path)
            elif pdf and chromium:
                write_pdf(source, language, path, chromium)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdf", action="store_true", help="print the PDF documents again")
    build(pdf=parser.parse_args().pdf)
