"""Korean columns of words: which of them only who reads can know, and which follow from the names of the rows."""

import re

from benchwright.generation.rules.sheet import Column, Sheet

# Headers over names, places, times, materials and papers; all other words explain, grade or advise.
_NAMES = re.compile(
    r"(?:.*\s)?\S*(?:담당|담당자|책임자|관리자|대표|대표자|작성자|발표자|저자|작가|강사|교수|감독|위원장|팀장|소장|원장|이름|성명|명칭|별칭"
    r"|제목|작품|작품명|수상자|수상작|우승|우승팀|장소|위치|소재지|주소|지역|도시|국가|나라|본사|지점|강의실|회의실|교실|기점|종점|출발지"
    r"|도착지|출발역|도착역|정류장|부서|기관|주관|주최|후원|제조사|제조원|공급사|업체|회사|브랜드|모델|모델명|품명|품종|원산지|산지|재료|재질"
    r"|소재|색상|색|향|맛|언어|통화|요일|시간|시각|시기|기간|기한|날짜|일자|일시|주기|휴일|휴관일|휴무일|마감|마감일|자격|학과|전공|학교|과목"
    r"|직업|직위|직급|소속|종목|장르|규격|크기|치수|수도|서식지|분포|학명|준비물|서류|노선|호선|등급|안건|종류|코드|번호|전화|연락처|이메일)"
    r"(?:\s?\([^)]*\))?|(?:지원|참가|교육|이용|가입|모집|신청|수강|체험)?\s?대상"
)
_GRADE = re.compile(
    r"(?:매우|아주|가장|다소|비교적|상대적으로)?\s?"
    r"(?:높음|낮음|중간|보통|많음|적음|큼|작음|빠름|느림|강함|약함|쉬움|어려움|좋음|나쁨|우수|양호|미흡|가변|다양|상|중|하|중상|중하|최상|최하"
    r"|high|medium|low)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=.*\d)[A-Za-z]{0,4}[-_.]?\d[\w.-]*|[A-Z]{1,3}")
_LONGEST_NAME = 4
"""Words that a name may have."""


def is_guessed(sheet: Sheet, column: Column) -> bool:
    """Whether who knows the row's name need not read its cell: 개인정보 – 원문을 기록하지 않는가, SECRET – 거부.

    Figures do not follow from a name, nor does what a code stands for (E02 – 난방수 부족).
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
    long = sum(len(text.split()) > _LONGEST_NAME for text in told)
    return 2 * long >= len(told) or _NAMES.fullmatch(column.header.text) is None
