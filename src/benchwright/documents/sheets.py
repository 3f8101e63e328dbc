"""Reads spreadsheets (XLSX, XLS, XLSB, ODS): every visible sheet as titled tables."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine
from python_calamine import CalamineWorkbook

from benchwright.documents.formats import is_zip
from benchwright.documents.ooxml import Parts
from benchwright.documents.parsed import Parsed
from benchwright.documents.tables import write_sheet
from benchwright.documents.title_words import names_nothing
from benchwright.documents.writing import MarkdownWriter
from benchwright.errors import DocumentRefused

_MOST_CELLS = 2_000_000


def read(data: bytes, name: str) -> Parsed:
    """Return every visible sheet under its name; formulas as the values they had when the file was saved."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise DocumentRefused("password: the file is encrypted; save it without a password") from error
    except python_calamine.CalamineError as error:
        raise DocumentRefused(f"corrupted: {error}") from error
    writer = MarkdownWriter()
    hidden: list[str] = []
    is_alone = len(workbook.sheets_metadata) == 1
    for sheet in workbook.sheets_metadata:
        if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
            hidden.append(sheet.name)
            continue
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            writer.page()
            # "Sheet1" names nothing; it only tells several sheets apart.
            writer.heading("" if is_alone and names_nothing(sheet.name) else sheet.name, 2)
            write_sheet(writer, _grid(workbook, sheet.name))
    title, day = Parts(data).core() if is_zip(data) else ("", "")
    warning = f"{len(hidden)} hidden sheet(s) left out: {', '.join(hidden[:5])}" if hidden else ""
    return Parsed(writer.text, title=title, file_date=day, page_starts=writer.finish_pages(), warning=warning)


def _grid(workbook: CalamineWorkbook, name: str) -> list[list[str]]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.height * sheet.width > _MOST_CELLS:
        raise DocumentRefused(
            f"too large: sheet {name} spans {sheet.height:,} × {sheet.width:,} cells; the limit is {_MOST_CELLS:,}"
        )
    rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top >= len(rows) or left >= len(rows[top]) or (bottom - top + 1) * (right - left + 1) > 10_000:
            continue
        text = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [text] * len(row[left : right + 1])
    return rows


def _shown(value: Any) -> str:
    """A cell's value as a person would write it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Fifteen digits is what a spreadsheet keeps: 0.1 + 0.2 is shown as 0.3.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        midnight = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)
