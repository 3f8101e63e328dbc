"""Who said what: quotations with the speaker that the sentence itself names, in English and Korean."""

import re
from dataclasses import dataclass

from benchwright.text.names import FAMILY_NAMES

_SAID = (
    r"(?:said|says|added|explained|noted|told reporters|wrote|argued|warned|stated|recalled|commented|"
    r"concluded|remarked|announced|insisted)"
)
_EN_NAME = (
    r"(?:(?:Dr|Mr|Ms|Mrs|Prof|Sir)\.? )?"
    r"(?!(?:As|And|But|When|While|For|In|So|Then|Yet|The|That|If|Or|After|Before|Since|Because|Although|Though|Once|"
    r"Like|Even|Here|Later|Again|Today) )"
    r"[A-ZÀ-Þ][\w'’.-]{1,40}(?: (?:[A-Z]\.|de|van|von|der|al|bin|[A-ZÀ-Þ][\w'’-]{1,40})){1,3}"
)
_EN_QUOTE = r"[“\"](?P<quote>[^“”\"]{20,400})[”\"]"
_EN_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_EN_QUOTE} {_SAID} (?P<name>{_EN_NAME})(?=[,.;]| of | in | at | on )",
        rf"{_EN_QUOTE} (?P<name>{_EN_NAME})(?:, [^,“”\"]{{3,80}},)? {_SAID}\b",
        rf"(?<![\w,] )(?P<name>{_EN_NAME})(?:, [^,“”\"]{{3,80}},)? {_SAID}[,:]? (?:that )?{_EN_QUOTE}",
    )
)
_KO_TITLE = (
    r"(?:[가-힣]{0,8}(?:대통령|총리|장관|차관|의원|시장|지사|군수|구청장|위원장|위원|대표이사|대표|회장|"
    r"부회장|사장|부사장|전무|상무|이사장|이사|본부장|실장|국장|과장|부장|팀장|센터장|소장|원장|관장|단장|"
    r"교수|박사|연구원|교장|총장|학장|감독|코치|선수|작가|변호사|대변인|총재|의장|청장|처장|부시장|이장|"
    r"조합장|행장|씨))"
)
# Everyday nouns that begin like a family name.
_NO_NAME = (
    r"(?:이후|한편|정부|지난|최근|유명|전체|공동|현재|기존|신임|이번|한국|서울|전국|주요|경기|강원|인천|여수|안양|성남|이어|이날|"
    r"특히|이에|당시|현지|해당|국내|해외|주최|이런|그런|어느|모든|정작|전직|현직|차기|고위|조만간|강남|용산|도내|시민|주민|회사|양측)"
)
# An office that begins like a family name, before the name itself: `이장 배기동 씨`.
_OFFICE = r"(?:이장|이사|이사장|조합장|조교|전무|차관|차장|국장|소장|원장|선장|선생|위원|위원장|방장|반장|장관)"
_KO_NAME = rf"(?<![가-힣])(?!{_NO_NAME}\b|{_OFFICE}\s)(?P<name>(?:{FAMILY_NAMES})[가-힣]{{1,2}})"
_KO_WORDS = r"(?:[가-힣A-Za-z·]{2,14} ){0,2}?"
_KO_QUOTE = r"[“\"](?P<quote>[^“”\"]{12,300})[”\"]"
_KO_VERB = (
    r"(?:말했|밝혔|전했|설명했|강조했|덧붙였|답했|평가했|주장했|당부했|지적했|언급했|분석했|소개했|약속했|"
    r"회고했|이야기했|내다봤|호소했|부탁했|보고했|요구했|요청했|제안했|촉구했|반박했|평했|다짐했|전망했|토로했)"
)
_KO_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_KO_NAME} {_KO_WORDS}{_KO_TITLE}(?:은|는|이|가|"
        rf"도) (?:[^“”\"]{{0,60}}?)?{_KO_QUOTE}\s?(?:라고|이라고|라며|며|고|면서|"
        rf"이라며)[^“”\"]*?{_KO_VERB}",
        rf"{_KO_QUOTE}\s?(?:라고|이라고|고) {_KO_NAME} {_KO_WORDS}{_KO_TITLE}(?:은|는|이|가) [^“”\"]*?{_KO_VERB}",
    )
)


@dataclass(frozen=True)
class Statement:
    """One quotation with its speaker, both as exact spans of the text."""

    name: str
    quote: str
    name_start: int
    quote_start: int


def find_statements(text: str) -> list[Statement]:
    """Return the quotations of `text` whose speaker stands beside them by full name, in reading order."""
    found: dict[int, Statement] = {}
    for form in (*_EN_FORMS, *_KO_FORMS):
        for match in form.finditer(text):
            start = match.start("quote")
            found.setdefault(start, Statement(match["name"], match["quote"], match.start("name"), start))
    return [found[start] for start in sorted(found)]
