"""Names of people and organisations by form alone: capitals and titles in English, titles and endings in Korean."""

import re
from dataclasses import dataclass
from typing import Literal

NameKind = Literal["person", "organisation", "place", "name"]

FAMILY_NAMES = (
    "남궁|황보|제갈|선우|독고|사공|김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|전|홍|유|고|문|"
    "양|손|배|백|허|남|심|노|하|곽|성|차|주|우|구|민|류|나|진|지|엄|"
    "채|원|천|방|공|현|함|변|염|여|추|도|소|석|선|설|마|길|연|위|표|명|기|반|왕|금|옥|육|인|맹|제|모|탁|"
    "국|어|은|편|용"
)
"""Korean family names as one alternation of a regular expression."""

_KO_TITLES = (
    "대통령|국무총리|총리|장관|차관|의원|시장|도지사|지사|군수|구청장|위원장|부위원장|위원|대표이사|"
    "공동대표|대표|회장|부회장|사장|부사장|전무|상무|이사장|이사|본부장|실장|국장|"
    "과장|부장|팀장|센터장|소장|원장|관장|단장|교수|박사|연구원|연구위원|교장|총장|학장|감독|코치|선수|"
    "기자|작가|감사|변호사|검사|판사|대변인|씨|사무총장|사무국장|차장|대리|매니저|"
    "수석|책임|주임|청장|처장|서장|부시장|이장|조합장|지회장|지부장|행장|은행장|담당관|사무관|주무관|"
    "디자이너|엔지니어|PD|의장"
)
_KO_PERSON = re.compile(
    rf"(?<![가-힣])(?P<name>(?:{FAMILY_NAMES})[가-힣]{{1,2}})(?=\s+(?:[가-힣A-Za-z·]{{1,12}}\s)?(?:{_KO_TITLES})(?:[은는이가을를의와과도에]|"
    rf"께서|에게|으로|로|라|,|\.|\s|\)|$))"
)
_KO_ORGANISATION = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<name>[가-힣A-Za-z0-9·]*[가-힣A-Za-z0-9]"
    r"(?:대학교|대학원|고등학교|중학교|초등학교|연구원|연구소|위원회|협회|학회|공사|공단|재단|은행|병원|"
    r"박물관|미술관|도서관|신문|일보|방송|그룹|전자|건설|제약|화학|증권|보험|"
    r"협동조합|노동조합|진흥원|개발원|평가원|관리원|정보원|교육청|경찰청|시청|도청|구청|군청|법원|검찰청|"
    r"국세청|통계청|기상청|산업부|교육부|환경부|국방부|법무부|외교부|통일부|"
    r"고용노동부|보건복지부|기획재정부|국토교통부|행정안전부|"
    r"문화체육관광부))(?=[은는이가을를의와과도에,.\s)]|으로|로|$)"
)
_EN_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|President|Chairman|Chairwoman|Chair|Governor|Senator|Mayor|"
    r"Judge|Justice|Minister|Secretary|General|Captain|Professor|Doctor|Director|Chief|CEO|CTO|CFO)\.?"
)
_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ](?:[a-zà-öø-ÿ]+|\.)(?:['’-][A-ZÀ-Ö]?[a-zà-ÿ]+)*|Mc[A-Z][a-z]+|O['’][A-Z][a-z]+|[A-Z]{2,})"
_EN_RUN = re.compile(
    rf"(?<![\w.@/&'’-])(?P<title>{_EN_TITLE}\s)?(?P<name>{_CAPITAL}(?:\s(?:(?:of|de|van|von|der|la|del|bin|"
    rf"al|and|&|the|for)\s){{0,2}}{_CAPITAL}){{0,5}})(?![\w@/])"
)
_EN_TITLED = re.compile(rf"(?:{_EN_TITLE}\s)+(?=[A-Z])")
_JOINERS = frozenset({"and", "of", "the", "for", "&"})
_EN_ORGANISATION = re.compile(
    r"\b(?:Inc|Corp|Corporation|Ltd|LLC|Company|Co|Group|University|College|Institute|Bank|Agency|"
    r"Association|Foundation|Committee|Commission|Council|Department|Ministry|Museum|Hospital|"
    r"Center|Centre|Laboratory|Society|Union|Party|Court|Office|School|Church|Club|Team|Press|Times|Post|News)\b"
)
_NOT_NAME_LIST = """
    The A An This That These Those It He She We You They I In On At By For From With Without Of To As If When While
    Where What Who Which Why How But And Or Nor So Yet Because Although Though Since Until After Before During Under
    Over Between Among Through Not No Yes All Some Many Most Each Every Both Few Several Other Another Such Only
    Also Even Just Then There Here Now Today Yesterday Tomorrow However Moreover Furthermore Therefore Thus Hence
    Meanwhile Instead Finally First Second Third Next Last One Two Three Four Five Six Seven Eight Nine Ten January
    February March April May June July August September October November December Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday Please Note See Use Using Add Added Fix Fixed Remove Removed Change Changed Section
    Chapter Table Figure Appendix Its His Her Their Our My Your Is Are Was Were Be Been Has Have Had Do Does Did Can
    Could Will Would Shall Should May Might Must According Despite Unlike Like Once About Against Within Any
    Additionally Following Based Given
"""
_NOT_NAME = frozenset(_NOT_NAME_LIST.split())


@dataclass(frozen=True)
class Name:
    """One name as an exact span, with the kind that its form shows (`name` where the form does not tell)."""

    start: int
    end: int
    text: str
    kind: NameKind


def find_names(text: str) -> list[Name]:
    """Return the names of `text` in reading order: English by capitals, Korean by titles and endings."""
    found = [*_korean_names(text), *_english_names(text)]
    return sorted(found, key=lambda name: (name.start, name.end))


def _korean_names(text: str) -> list[Name]:
    people = [Name(m.start("name"), m.end("name"), m["name"], "person") for m in _KO_PERSON.finditer(text)]
    groups = [Name(m.start("name"), m.end("name"), m["name"], "organisation") for m in _KO_ORGANISATION.finditer(text)]
    return [*people, *(group for group in groups if all(group.end <= p.start or group.start >= p.end for p in people))]


def _trimmed(name: str, start: int) -> tuple[str, int]:
    """Take everyday words off both ends: a sentence's first word is capital anyway."""
    parts = [(m.group(), m.start()) for m in re.finditer(r"\S+", name)]
    while parts and parts[0][0].rstrip(".") in _NOT_NAME | _JOINERS:
        parts.pop(0)
    while parts and parts[-1][0].rstrip(".") in _NOT_NAME | _JOINERS:
        parts.pop()
    if not parts:
        return "", start
    first, last = parts[0][1], parts[-1][1] + len(parts[-1][0])
    return name[first:last], start + first


def _pieces(name: str, start: int) -> list[tuple[str, int]]:
    """Part `Tim Cook of Apple Inc` where the head of an `of` or `and` is no organisation."""
    joined = re.search(r" (?:of|and|for|&)(?: the)? ", name)
    if (
        joined is None
        or _EN_ORGANISATION.search(name[: joined.start()])
        or name[: joined.start()] in ("United States", "House")
    ):
        return [(name, start)]
    return [(name[: joined.start()], start), *_pieces(name[joined.end() :], start + joined.end())]


def _english_names(text: str) -> list[Name]:
    found: list[Name] = []
    for match in _EN_RUN.finditer(text):
        for piece, piece_start in _pieces(match["name"], match.start("name")):
            name, start = _trimmed(piece, piece_start)
            titled = _EN_TITLED.match(name)
            is_person = bool(titled) or (bool(match["title"]) and start == match.start("name"))
            if titled:
                name, start = name[titled.end() :], start + titled.end()
            if len(name) < 2:
                continue
            kind: NameKind = "organisation" if _EN_ORGANISATION.search(name) else "person" if is_person else "name"
            found.append(Name(start, start + len(name), name, kind))
    return found
