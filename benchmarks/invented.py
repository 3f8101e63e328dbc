"""Invented registers in English and Korean: tables and sentences with random names and numbers, to measure on."""

import numpy as np

from benchwright.documents.structure import with_structure
from benchwright.records import Document

STEMS = ("Har", "Bel", "Cor", "Dun", "Mar", "Nor", "Pel", "Ros", "Sil", "Tor", "Ul", "Vin", "Wes", "Yar", "Zen", "Gal")
ENDS = ("mont", "ford", "wick", "dale", "haven", "bury", "stead", "ley", "combe", "gate", "shaw", "mere")
KO_STEMS = (
    "한빛",
    "새솔",
    "가람",
    "누리",
    "다온",
    "라온",
    "마루",
    "보람",
    "소담",
    "아라",
    "여울",
    "은솔",
    "하늘",
    "해솔",
)
KO_ENDS = ("마을", "공원", "도서관", "체육관", "시장", "회관", "학교", "병원")
EN_COLUMNS = ("Staff", "Visitors", "Budget (EUR)", "Area (m²)", "Opening year")
KO_COLUMNS = ("직원 수", "방문객 수", "예산(만 원)", "면적(㎡)", "개관 연도")
RANGES = ((4, 90), (1200, 98000), (15000, 900000), (120, 9800), (1921, 2019))


def registers(documents: int, *, seed: int) -> tuple[Document, ...]:
    """Return `documents` registers, every other one Korean."""
    chance = np.random.default_rng(seed)
    return tuple(_register(number, number % 2 == 1, chance) for number in range(documents))


def _register(number: int, is_korean: bool, chance: np.random.Generator) -> Document:
    stems, ends = (KO_STEMS, KO_ENDS) if is_korean else (STEMS, ENDS)
    names = [stem + end for stem in stems for end in ends]
    chosen = [names[int(i)] for i in chance.choice(len(names), size=24, replace=False)]
    lines = [f"# {_title(number, is_korean)}", ""]
    for part in range(3):
        lines += _table(chosen[part * 8 : part * 8 + 8], part, is_korean, chance)
    text = "\n".join(lines)
    document = Document(
        title=_title(number, is_korean),
        text=text,
        path=f"register-{number}.md",
        format="markdown",
        language="ko" if is_korean else "en",
    )
    return with_structure(document)


def _title(number: int, is_korean: bool) -> str:
    return f"{number + 1}구역 시설 현황" if is_korean else f"Facilities of district {number + 1}"


def _table(names: list[str], part: int, is_korean: bool, chance: np.random.Generator) -> list[str]:
    columns = KO_COLUMNS if is_korean else EN_COLUMNS
    title = f"{part + 1}차 조사" if is_korean else f"Survey {part + 1}"
    first = "시설" if is_korean else "Facility"
    rows = [f"| {first} | {' | '.join(columns)} |", "|" + "---|" * (len(columns) + 1)]
    for name in names:
        values = [int(chance.integers(low, high)) for low, high in RANGES]
        shown = [f"{value:,}" if value > 9999 else str(value) for value in values]
        rows.append(f"| {name} | {' | '.join(shown)} |")
    prose: list[str] = []
    for name in names[:4]:
        count, length = int(chance.integers(12, 480)), int(chance.integers(110, 990))
        if is_korean:
            prose.append(f"{name}의 주차장은 {count}대를 수용한다. {name}의 산책로는 {length}m이다.")
        else:
            prose.append(f"The car park of {name} holds {count} cars. The footpath of {name} is {length} m long.")
    return [f"## {title}", "", *rows, "", *[line + "\n" for line in prose], ""]
