"""Sentences about table cells, in English and in Korean."""

import re

from benchwright.generation.rules.context import quoted
from benchwright.generation.rules.entry import Entry
from benchwright.generation.rules.framing import Place
from benchwright.generation.rules.sheet import Column, Sheet
from benchwright.text.dates import find_dates
from benchwright.text.particles import with_particle

_PERSON = re.compile(
    r"\b(?:owner|manager|chair|lead|contact|responsible|author|tenant|speaker|instructor|supervisor|director"
    r"|trainer|editor)\b"
    r"|(?:담당자|책임자|작성자|대표|강사|위원장|관리자|법인장|점장|팀장|소장|원장|저자|감독|발표자|이름|성명)$",
    re.IGNORECASE,
)
_WHO_KO = re.compile(r"[가-힣]{1,12}(?:[\s·,][가-힣]{1,12}){0,4}|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)+")
_WHERE_KO = re.compile(
    r"(?:장소|위치|소재지|주소|부서|지역|도시|국가|본사|강의실|기점|종점|출발지|도착지|출발역|도착역|정류장)$"
)
_COUNTERS_KO = (
    "명",
    "개",
    "대",
    "권",
    "건",
    "회",
    "곳",
    "마리",
    "점",
    "동",
    "세대",
    "박",
    "병",
    "상자",
    "시간",
    "분",
    "초",
    "개월",
    "석",
    "편",
    "종",
    "가구",
    "개소",
    "인",
)
_CODE = re.compile(r"[A-Za-z]{0,2}[-.]?\d{0,4}[A-Za-z]?|\d[\d.,/–-]*\s?\D{0,2}")
_PLURAL_OR_PHRASE = re.compile(r"\d.*|.*\s\d+|\w+ed|.*[a-z]s(?:\s\(.*\))?|\S+(?:\s\S+){3,}", re.IGNORECASE)
_BARE_VALUE = re.compile(
    r"values?|details?|data|specifications?|specs?|description|information|content|answer|내용|값|사양|수치"
    r"|상세|세부 사항|비고|내역",
    re.IGNORECASE,
)
_KOREAN_QUANTITY = re.compile(
    r"(?:[-+€$£₩¥]\s?)*\d[\d,.]*\s?(?:[만억천백]+\s?)?[^\s\d가-힣]{0,6}"
    r"|[-\d,.]+\s?(?:[만억천백]+\s?)?[가-힣]{1,3}",
)
_PERIOD = re.compile(
    r"(?:FY ?)?\d{4}(?:[/–-]\d{2,4})?년?도?|Q[1-4](?: \d{4})?|(?:\d{4}년 )?\d{1,2}(?:월|분기)|(?:상|하)반기"
    r"|\d{4}년 (?:상|하)반기"
)
_KOREAN_DEGREES = (
    (re.compile(r"(?:기간|시간|수명|길이|거리)(?:\([^)]*\))?$"), "긴", "짧은"),
    (re.compile(r"(?:면적|넓이|너비|폭)(?:\([^)]*\))?$"), "넓은", "좁은"),
    (re.compile(r"(?:무게|중량|체중)(?:\([^)]*\))?$"), "무거운", "가벼운"),
)
_HIGH_KO = re.compile(r"(?:가|비|율|률|요금|료|온도|소음|점수|단가|가격|전력|비율|비중|속도|농도|지수)(?:\([^)]*\))?$")


def header_phrase(column: Column, unit: str, language: str) -> str:
    """The header in quotation marks with the table's unit beside it: `“Planned” (in thousand EUR)`."""
    name = quoted(column.header.text)
    if not unit:
        return name
    return f"{name}(단위: {unit})" if language == "ko" else f"{name} (in {unit})"


def row_phrase(sheet: Sheet, label: Entry, language: str) -> str:
    """The row's label, with its header where the label alone would say too little: `“A” (Zone)`."""
    name, header = quoted(label.text), sheet.label_header
    if (
        not header
        or not sheet.has_like_rows
        or not _CODE.fullmatch(label.text)
        or header.casefold() in label.text.casefold()
    ):
        return name
    return f"{name}({header})" if language == "ko" else f"{name} ({header})"


def is_period(column: Column) -> bool:
    """Whether the header names a time rather than a quantity: `2025년`, `Q3 2025`, `3월`."""
    return _PERIOD.fullmatch(column.header.text) is not None


def header_with_particle(header: str, pair: str) -> str:
    """`header` with the particle that fits what stands before a bracket: `“숙박비(원)”는`, as it is read aloud."""
    spoken = re.sub(r"\s*\([^)]*\)", "", header) or header
    return header + with_particle(spoken, pair)[len(spoken) :]


def korean_ask(header: str, value: str) -> str:
    """The verb that fits what is asked for: 얼마, 몇 명, 언제, 누구, 어디 or 무엇."""
    if _PERSON.search(header) and _WHO_KO.fullmatch(value):
        return "누구입니까?"
    if _WHERE_KO.search(header) and not value[:1].isdigit():
        return "어디입니까?"
    if re.search(r"(?:규격|내용|모델명|종류|이름|등급|조치|품목|기준)$", header):
        return "무엇입니까?"
    dates = find_dates(value)
    if dates and dates[0].start == 0 and dates[0].end >= len(value) - 2:
        return "언제입니까?"
    if re.search(r"(?:일자|날짜|일시|기한|개최일|등록일|시행일|설립일|마감일)$", header):
        return "언제입니까?"
    unit = re.search(r"\(([^)]+)\)$", header)
    suffix = re.fullmatch(r"[\d,.]+\s?(\D+)", value)
    if re.search(r"(?:순위|등수)$", header) and value.isdigit():
        return "몇 위입니까?"
    if re.fullmatch(r"\d{1,3}\s?일", value):
        return "며칠입니까?"
    for candidate in (suffix and suffix[1], unit and unit[1]):
        if candidate and candidate in _COUNTERS_KO:
            return f"몇 {candidate}입니까?"
    if re.fullmatch(r"\d{1,2}:\d{2}", value):
        return "언제입니까?"
    if re.search(r"(?:정원|인원)$", header) and value.replace(",", "").isdigit():
        return "몇 명입니까?"
    if re.search(r"(?:연도|년도)$", header):
        return "몇 년입니까?"
    return (
        "얼마입니까?"
        if re.match(r"[-+€$£₩¥]?\s?\d", value) and re.fullmatch(r"[^\d]{0,4}[\d,.]+\D{0,8}", value)
        else "무엇입니까?"
    )


def cell_question(
    sheet: Sheet, place: Place, label: Entry, column: Column, value: Entry, unit: str, language: str
) -> str:
    """Ask for the cell where the row of `label` meets `column`."""
    row = row_phrase(sheet, label, language)
    header = header_phrase(column, unit, language)
    if len(sheet.columns) == 1 and _BARE_VALUE.fullmatch(column.header.text):
        return _property_question(place, label, value, f"({unit})" if unit else "", language)
    if language == "ko":
        ask = korean_ask(column.header.text, value.text)
        return f"{korean_source(place)} {row}의 {header_with_particle(header, '은/는')} {ask}"
    source = english_source(place)
    if _PERSON.search(column.header.text) and not re.search(r"[\d@]", value.text):
        return f"According to {source}, who is named as {header} for {row}?"
    if value.amount is None:
        return f"According to {source}, what is given under {header} for {row}?"
    if not sheet.has_like_rows or sheet.has_units_in_labels or _PLURAL_OR_PHRASE.fullmatch(column.header.text):
        return f"According to {source}, what figure is given under {header} for {row}?"
    return f"According to {source}, what is the {header} for {row}?"


def _property_question(place: Place, label: Entry, value: Entry, unit: str, language: str) -> str:
    """In a table of properties the row alone says what is asked for."""
    name = quoted(label.text)
    if language == "ko":
        return (
            f"{korean_source(place)} {header_with_particle(name + unit, '은/는')} {korean_ask(label.text, value.text)}"
        )
    unit = f" {unit}" if unit else ""
    return f"According to {english_source(place)}, what is given for {name}{unit}?"


def english_source(place: Place) -> str:
    """`the table “Fees” in “Price List”`, or `the table in “Price List”`."""
    return place.english() if place.table else f"the table in {quoted(place.document)}"


def korean_source(place: Place) -> str:
    """`“단가표”의 “장류 단가” 표에서`, or `“단가표”의 표에서`."""
    return f"{place.korean()}에서" if place.table else f"{quoted(place.document)}의 표에서"


def superlative(column: Column, language: str, *, is_highest: bool, is_pair: bool = False) -> str:
    """`highest`, `lowest`, `higher`, `lower`; in Korean 많은/높은/큰 as the header wants it."""
    if language == "en":
        return ("higher" if is_highest else "lower") if is_pair else ("highest" if is_highest else "lowest")
    for pattern, high, low in _KOREAN_DEGREES:
        if pattern.search(column.header.text):
            return high if is_highest else low
    if column.counts:
        return "많은" if is_highest else "적은"
    if _HIGH_KO.search(column.header.text):
        return "높은" if is_highest else "낮은"
    return "큰" if is_highest else "작은"
