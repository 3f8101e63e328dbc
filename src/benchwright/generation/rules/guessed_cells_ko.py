"""Korean columns of words that are guessed from the names of their rows: explanations, and grades on a scale."""

import re

from benchwright.generation.rules.sheet import Column, Sheet

_EXPLAINS = re.compile(
    r"(?:설명|의미|뜻|정의|용도|역할|목적|이유|사유|근거|질문|확인|점검|점검 사항|확인하는 것"
    r"|기대|권장|추천|원칙|성격|특징|장점|단점|효과|"
    r"대응|조치|해결|처리|방법|예시|사례|행동|동작|결과|핵심|관점|비교|판단|전략|개요|요약|활용|주의|유의점|주의점"
    r"|고려 사항|시작점|지점)"
    r"(?:\s?\([^)]*\))?"
)
_GRADE = re.compile(
    r"(?:매우|아주|가장|다소|비교적|상대적으로)?\s?"
    r"(?:높음|낮음|중간|보통|많음|적음|큼|작음|빠름|느림|강함|약함|쉬움|어려움|좋음|나쁨|우수|양호|미흡|가변|다양|상|중|하|중상|중하|최상|최하"
    r"|high|medium|low)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:[가-힣](?:다|요|가|까|라)|[함음됨임기])[.?]?\Z")
_CODE = re.compile(r"(?=.*\d)[A-Za-z]{0,4}[-_.]?\d[\w.-]*|[A-Z]{1,3}")
_MOST_WORDS = 3


def is_guessed(sheet: Sheet, column: Column) -> bool:
    """Whether who knows the row's name need not read its cell: 개인정보 – 원문을 기록하지 않는가.

    Codes tell nothing (E02 – 난방수 부족), nor do cells with figures follow from a name.
    """
    texts = [entry.text for entry in column.entries if not entry.is_blank]
    if column.amounts or not texts:
        return False
    if 3 * sum(_GRADE.fullmatch(text) is not None for text in texts) >= 2 * len(texts):
        return True
    if all(_CODE.fullmatch(label.text) for label in sheet.labels):
        return False
    told = [text for text in texts if not re.search(r"\d", text)]
    if 2 * len(told) < len(texts):
        return False
    header = column.header.text.split()[-1]
    if _EXPLAINS.fullmatch(column.header.text) or _EXPLAINS.fullmatch(header):
        return True
    wordy = sum(len(text.split()) > _MOST_WORDS or _CLAUSE.search(text) is not None for text in told)
    return 2 * wordy >= len(told)
