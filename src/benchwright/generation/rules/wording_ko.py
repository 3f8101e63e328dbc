"""Turn a Korean sentence into a question: put the asking word in, and the interrogative ending on."""

import re

from benchwright.text.particles import PAIRS, pair_of, with_particle

BLANK = "____"
_ADJECTIVES = {
    "높다": "높은가", "낮다": "낮은가", "많다": "많은가", "적다": "적은가", "크다": "큰가", "작다": "작은가",
    "길다": "긴가", "짧다": "짧은가",
    "같다": "같은가", "넓다": "넓은가", "좁다": "좁은가", "깊다": "깊은가",
    "빠르다": "빠른가", "느리다": "느린가", "다르다": "다른가",
    "가깝다": "가까운가", "멀다": "먼가", "무겁다": "무거운가", "가볍다": "가벼운가",
    "필요하다": "필요한가", "가능하다": "가능한가",
    "불과하다": "불과한가", "유일하다": "유일한가", "동일하다": "동일한가", "이르다": "이르는가", "아니다": "아닌가",
}  # fmt: skip
_NOUN_COPULA = re.compile(
    r"(?P<noun>(?:[\d%㎡㎞℃A-Za-z)]|명|개|원|건|곳|대|권|배|톤|년|월|일|시간|개월|미터|달러|포인트|퍼센트|세|살"
    r"|회|위|점|채|가구|개국|억|만|천|조|분|초|주))다\Z"
)


def as_question(sentence: str) -> str | None:
    """Return the declarative `sentence` with an interrogative ending (`했다.` → `했는가?`), or `None` if unknown."""
    match = re.fullmatch(r"(.*?)([가-힣%㎡㎞℃A-Za-z\d)]+)\.", sentence.strip(), re.DOTALL)
    if match is None:
        return None
    ending = _interrogative(match[2])
    return f"{match[1]}{ending}?" if ending else None


def _final(syllable: str) -> int:
    return (ord(syllable) - 0xAC00) % 28 if "가" <= syllable <= "힣" else -1


def _interrogative(word: str) -> str | None:
    if word.endswith("니다"):
        return word[:-1] + "까"
    for adjective, asked in _ADJECTIVES.items():
        if word.endswith(adjective):
            return word[: -len(adjective)] + asked
    if len(word) < 2 or not word.endswith("다"):
        return None
    if word.endswith("이다"):
        return word[:-2] + "인가"
    stem, last = word[:-1], word[-2]
    if _final(last) == 20 or last in "있없":  # ㅆ: 했, 았, 었, 겠, 있; 없 has ㅄ
        return stem + "는가"
    if last == "는":
        return word[:-2] + "는가"
    if _final(last) == 4:  # 한다, 된다, 간다: the ㄴ goes
        return word[:-2] + chr(ord(last) - 4) + "는가"
    noun = _NOUN_COPULA.search(word)
    return word[:-1] + "인가" if noun else None


# A clause that ends before the sentence does: the question would fall on the wrong one.
_NEXT_CLAUSE = re.compile(r"[가-힣㎡㎞%A-Za-z)](?:고|며|지만|으나|는데|ㄴ데|은데|인데|였고|이고)(?:,|\s)|[로고며]?,\s")
_SPEECH = re.compile(r"(?:다|라|자|냐)고\s")


def _goes_on(text: str, end: int) -> bool:
    """True when another clause follows behind `end`, or `end` is inside brackets; reported speech is no clause."""
    if text[:end].count("(") > text[:end].count(")"):
        return True
    rest = _SPEECH.sub(" ", text[end:])
    rest = re.sub(r"고 (?=있|싶|나서)", " ", rest)
    return bool(_NEXT_CLAUSE.search(rest))


def replace_span(text: str, start: int, end: int, asking: str) -> str:
    """Return `text` with `asking` in place of `text[start:end]`, the particle behind it fitted to its last sound."""
    particle = re.match(
        r"(?:으로|로|은|는|이|가|을|를|과|와)(?![가-힣])",
        text[end:],
    )
    rest = text[end:]
    if particle and (pair := pair_of(particle.group())) in PAIRS:
        has_final = _final(asking[-1]) not in (0, -1)
        takes_first = has_final and not (pair == "으로/로" and _final(asking[-1]) == 8)
        if asking[-1] == text[end - 1]:
            return text[:start] + asking + rest  # the unit stays, and so does what fits it
        form = pair if asking.endswith("_") else PAIRS[pair][0 if takes_first else 1]
        rest = form + rest[particle.end() :]
    return text[:start] + asking + rest


def how_many(text: str, number_start: int, number_end: int, end: int) -> str | None:
    """Ask for a number with a unit: `직원 1,200명을 고용했다.` → `직원 몇 명을 고용했는가?`."""
    unit = text[number_end:end].strip()
    if not unit or text[end : end + 2].startswith(("여", "대의", " 여")) or _goes_on(text, end):
        return None
    return as_question(replace_span(text, number_start, end, "며칠" if unit == "일" else f"몇 {unit}"))


def how_much(text: str, start: int, end: int) -> str | None:
    """Ask for a sum of money: `매출 35억 원을 올렸다.` → `매출 얼마를 올렸는가?`."""
    if text[end : end + 3].strip().startswith(("여", "대", "짜리", "어치", "씩", "권", "상당", "안팎", "가량")):
        return None
    if _goes_on(text, end):
        return None
    asked = replace_span(text, start, end, "얼마")
    return as_question(asked.replace("얼마이었", "얼마였").replace("얼마이라", "얼마라"))


def which_year(text: str, start: int, end: int) -> str | None:
    """Ask for a year: `1998년 설립됐다.` → `몇 년에 설립됐는가?`."""
    rest = text[end:]
    adverb = re.match(r"\s[가-힣A-Za-z\d·『「‘“]+?(?:을|를|에|에서|으로|로)[』」’”]?\s", rest)
    if _goes_on(text, end) or not (re.match(r"[가-힣]", rest) or adverb):
        return None
    asking = "몇 년에" if adverb else "몇 년"
    return as_question(text[:start] + asking + re.sub(r"\A에는(?=\s)", "에", rest))


def when(text: str, start: int, end: int) -> str | None:
    """Ask for a date: `2024년 3월 5일에 열렸다.` → `언제 열렸는가?`."""
    rest = re.sub(r"\A에(?=[\s는])는?", "", text[end:])
    if _goes_on(text, end):
        return None
    if re.match(r"\s?(?:자|발|기준|현재|호|판|당일)", rest):
        return None
    return as_question(text[:start] + "언제" + rest)


def who(text: str, start: int, end: int, asking: str) -> str | None:
    """Ask for the subject: `홍길동 대표는 …했다.` → `누가 …했는가?`; `asking` is `누가` or `어느 은행이`."""
    word = re.match(r"[가-힣]*", text[end:])
    particle = word.group() if word else ""
    if particle not in ("은", "는", "이", "가", "께서"):
        return None
    return as_question(text[:start] + asking + text[end + len(particle) :])


def with_blank(text: str, start: int, end: int) -> str:
    """Return the sentence with a blank, both forms of the particle behind it, so that the particle tells nothing."""
    return replace_span(text, start, end, BLANK)


def is_subject(text: str, end: int) -> bool:
    """True when the word that ends at `end` bears a subject particle."""
    word = re.match(r"[가-힣]*", text[end:])
    return bool(word) and (word.group() if word else "") in ("은", "는", "이", "가", "께서")


def with_subject_particle(asking: str) -> str:
    """`어느 은행` → `어느 은행이`."""
    return with_particle(asking, "이/가")
