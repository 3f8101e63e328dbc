"""Korean columns of words: which of them only who reads can know, and which follow from the names of the rows."""

import re

from benchwright.generation.rules.sheet import Column, Sheet

# Headers over names, places, times, materials and papers; all other words explain, grade or advise.
_NAMES = re.compile(
    r"(?:.*\s)?(?:\S*(?:담당자?|책임자|관리자|대표자?|작성자|발표자|저자|작가|강사|교수|감독|위원장|팀장|소장|원장|이름|성명|명칭|제목|작품명?"
    r"|수상자|수상작|우승팀|장소|위치|소재지|주소|지역|도시|국가|지점|강의실|회의실|교실|출발지|도착지|출발역|도착역|정류장|부서|기관|제조사|제조원"
    r"|공급사|업체|회사|브랜드|모델명?|원산지|색상|언어|통화|요일|시간|시각|시기|기간|기한|날짜|일자|일시|휴일|휴관일|휴무일|마감일?|학과|전공|학교"
    r"|과목|직업|직위|직급|종목|장르|규격|크기|치수|서식지|분포지?|학명|준비물|서류|노선|안건|코드|번호|전화|연락처|이메일)"
    r"|별칭|우승|나라|본사|기점|종점|주관|주최|후원|품명|품종|산지|재료|재질|소재|색|향|맛|주기|자격|소속|수도|호선|등급|종류"
    r"|(?:지원|참가|교육|이용|가입|모집|신청|수강|체험)?\s?대상)(?:\s?\([^)]*\))?"
)
_GRADE = re.compile(
    r"(?:매우|아주|가장|다소|비교적|상대적으로)?\s?"
    r"(?:높음|낮음|중간|보통|많음|적음|큼|작음|빠름|느림|강함|약함|쉬움|어려움|좋음|나쁨|우수|양호|미흡|가변|다양|상|중|하|중상|중하|최상|최하"
    r"|high|medium|low)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\S\s.*[가-힣](?:다|요|까|는가)[.?]?\Z")
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
    if 2 * sum(_SENTENCE.search(text) is not None for text in texts) >= len(texts):
        return True
    told = [text for text in texts if not re.search(r"\d", text)]
    if 2 * len(told) < len(texts):
        return False
    long = sum(len(text.split()) > _LONGEST_NAME for text in told)
    return 2 * long >= len(told) or _NAMES.fullmatch(column.header.text) is None
