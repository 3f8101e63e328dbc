"""Invented documents with tables, for answers that are computed from cells; half of them not seen in development."""

from benchwright.documents import with_structure
from benchwright.records import Document

_DEVELOPMENT = {
    "en": (
        "Harvest Report of the Vale Cooperative",
        """# Harvest Report of the Vale Cooperative

## Apple harvest by farm

| Farm | Apples (t) | Trees | Pickers |
|---|---:|---:|---:|
| Ashdown | 412 | 3,150 | 24 |
| Birchley | 287 | 2,480 | 17 |
| Cawston | 536 | 4,020 | 31 |
| Denholm | 198 | 1,660 | 12 |
| Elsworth | 349 | 2,905 | 20 |
| Fenwick | 461 | 3,540 | 28 |
""",
    ),
    "ko": (
        "한울상사 지점 실적",
        """# 한울상사 지점 실적

## 지점별 판매량

| 지점 | 판매량(대) | 직원(명) | 방문객(명) |
|---|---:|---:|---:|
| 강릉 | 1,240 | 14 | 8,310 |
| 군산 | 985 | 11 | 6,720 |
| 김해 | 1,530 | 19 | 9,940 |
| 목포 | 760 | 8 | 5,180 |
| 안동 | 1,115 | 13 | 7,450 |
| 원주 | 1,402 | 16 | 8,890 |
""",
    ),
}
_FRESH = {
    "en": (
        "Fleet Register of Colby Transport",
        """# Fleet Register of Colby Transport

## Depots and their work

| Depot | Deliveries | Drivers | Fuel (l) |
|---|---:|---:|---:|
| Aldgrove | 5,210 | 42 | 18,400 |
| Brimfield | 3,875 | 33 | 14,950 |
| Corsley | 6,430 | 51 | 21,300 |
| Dunmere | 2,960 | 26 | 11,720 |
| Eastholt | 4,515 | 38 | 16,080 |
| Farleigh | 5,780 | 47 | 19,650 |
| Gosmere | 3,340 | 29 | 12,890 |
""",
    ),
    "ko": (
        "늘푸른초등학교 도서 현황",
        """# 늘푸른초등학교 도서 현황

## 학년별 대출 기록

| 학년 반 | 대출 권수(권) | 학생 수(명) | 방문 횟수(회) |
|---|---:|---:|---:|
| 가람반 | 318 | 24 | 412 |
| 나래반 | 275 | 22 | 367 |
| 다솜반 | 402 | 27 | 538 |
| 라온반 | 231 | 19 | 305 |
| 마루반 | 356 | 25 | 449 |
| 바다반 | 289 | 21 | 391 |
""",
    ),
}


def table_documents(*, fresh: bool) -> list[Document]:
    """Return one English and one Korean document."""
    return [
        with_structure(Document(title=title, text=text, path=f"{title}.md", format="markdown", language=language))
        for language, (title, text) in (_FRESH if fresh else _DEVELOPMENT).items()
    ]
