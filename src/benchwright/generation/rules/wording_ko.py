"""Turn a Korean sentence into a question: put the asking word in, and the interrogative ending on."""

import re

from benchwright.text.particles import PAIRS, pair_of, with_particle

BLANK = "____"
_NIEUN, _RIEUL, _BIEUP = 4, 8, 17
"""Final consonants as the index that `_final` gives."""
# Adjectives whose stem ends in a vowel: every other word in `다` behind a vowel is a noun with the copula, or unknown.
_VOWEL_ADJECTIVE = re.compile(r"(?:하|크|르|느리|나쁘|비싸|아니|지나|뛰어나|드물)다\Z")
_NOUN_COPULA = re.compile(
    r"(?P<noun>(?:[\d%㎡㎞℃A-Za-z)]|명|개|원|건|곳|대|권|배|톤|년|월|일|시간|개월|미터|달러|포인트|퍼센트|세|살"
    r"|회|위|점|채|가구|개국|억|만|천|조|분|초|주))다\Z"
)


def as_question(sentence: str) -> str | None:
    """Return the declarative `sentence` as a polite question (`했다.` → `했습니까?`), `None` if its ending is unknown.

    All questions of a set speak alike, whether their documents write `한다` or `합니다`.
    """
    match = re.fullmatch(r"(.*?)([가-힣%㎡㎞℃A-Za-z\d)]+)\.", sentence.strip(), re.DOTALL)
    if match is None:
        return None
    ending = _interrogative(match[2])
    return f"{match[1]}{ending}?" if ending else None


def _final(syllable: str) -> int:
    return (ord(syllable) - 0xAC00) % 28 if "가" <= syllable <= "힣" else -1


def _interrogative(word: str) -> str | None:
    if len(word) < 2 or not word.endswith("다"):
        return None
    stem, last = word[:-1], word[-2]
    if last == "니" and len(word) > 2 and _final(word[-3]) == _BIEUP:
        return stem + "까"  # it is polite already: 합니다, 입니다
    if word.endswith("이다"):
        return word[:-2] + "입니까"
    if last == "는" and len(word) > 2 and _final(word[-3]) > 0:
        return word[:-2] + "습니까"  # 받는다, 찾는다
    if _NOUN_COPULA.search(word):
        return stem + "입니까"
    if _final(last) in (_NIEUN, _RIEUL):
        # 한다, 된다, 길다: the stem without ㄴ or ㄹ takes ㅂ.
        return word[:-2] + chr(ord(last) - _final(last) + _BIEUP) + "니까"
    if _final(last) > 0:
        return stem + "습니까"  # 했다, 있다, 높다
    # 크다, 필요하다, 아니다
    return word[:-2] + chr(ord(last) + _BIEUP) + "니까" if _VOWEL_ADJECTIVE.search(word) else None


# A clause that ends before the sentence does: the question would fall on the wrong one.
_NEXT_CLAUSE = re.compile(r"[가-힣㎡㎞%A-Za-z)](?:고|며|지만|으나|는데|ㄴ데|은데|인데|였고|이고)(?:,|\s)|[로고며]?,\s")
# The number belongs to what describes the topic that follows: `2014년에 시작한 행사는 …`, `13세였던 그의 아우는 …`.
_DESCRIBES_TOPIC = re.compile(
    r"\A[^,]{0,60}?[가-힣](?<=[던한된진린난긴인른친킨쓴연온는])\s(?:[^\s,]+\s){0,4}?"
    r"(?!(?:있|없|하|되|않|받|같|많|적|높|낮|작|젊|넘|오|가)[은는]\s)[^\s,]{2,}(?<!하)(?<!되)(?<!있)[은는]\s"
)
# `홈런왕은 홈런 46개를 친 최정이다` asks who it is.
# `2007년 9월 1일 설립된 식품회사이다`: the date stands in the clause that describes.
_DESCRIBES_NOUN = re.compile(r"[가-힣](?<=[던한된진린난친킨쓴연온은인])\s[^,]{2,60}(?:이다|입니다)\.?\Z")
_DESCRIBES_WHO = re.compile(r"\A[^,]{0,20}[가-힣](?<=[던한된진린난친킨쓴연온은인])\s[^,]{2,30}(?:이다|입니다)\.\Z")
# `… 18편에 이른다는 점이다` asks which point.
_TELLS_THAT = re.compile(r"[다라]는\s(?:점|것|뜻|말|얘기|사실|의미|셈)(?:이다|입니다)\.\Z")
# A measure said by the way: `길이 8km로 공사비 90억 원이 들었다` does not ask for the length.
_IS_ASIDE = re.compile(r"\A(?:으)?로\s.*[가-힣](?:이|가)\s")
_SPEECH = re.compile(r"(?:다|라|자|냐)고\s")


# Of a sum of money something is said: `얼마를`, `얼마 이상`, `얼마 늘었`; a `1,000만 달러 수출탑` is a name.
_BEHIND_MONEY = re.compile(
    r"[을를이가은는의에로과와도만였인입다]|으로|까지|부터|보다|마다"
    r"|\s?(?:이상|이하|미만|초과|이내|한도|범위|정도|수준|규모)"
    r"|\s(?:더|가량)?\s?(?:늘|줄|증가|감소|오[르른]|올[랐라]|내[린렸]|많|적|높|낮|들|상승|하락|투입|지원|지급|받)"
)


def _goes_on(text: str, end: int) -> bool:
    """True when another clause follows behind `end`, or `end` is inside brackets; reported speech is no clause."""
    if text[:end].count("(") > text[:end].count(")"):
        return True
    rest = _SPEECH.sub(" ", text[end:])
    rest = re.sub(r"고 (?=있|싶|나서)", " ", rest)
    if _TELLS_THAT.search(rest):
        return True
    by_the_way = (_DESCRIBES_TOPIC, _DESCRIBES_WHO, _IS_ASIDE)
    return bool(_NEXT_CLAUSE.search(rest) or any(pattern.match(rest) for pattern in by_the_way))


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
    """Ask for a number with a unit: `직원 1,200명을 고용했다.` → `직원 몇 명을 고용했습니까?`."""
    unit = text[number_end:end].strip()
    if (
        not unit
        or unit.startswith("여")
        or text[end : end + 2].startswith(("여", "대의", " 여"))
        or _goes_on(text, end)
    ):
        return None
    return as_question(replace_span(text, number_start, end, "며칠" if unit == "일" else f"몇 {unit}"))


def how_much(text: str, start: int, end: int) -> str | None:
    """Ask for a sum of money: `매출 35억 원을 올렸다.` → `매출 얼마를 올렸습니까?`."""
    if text[end : end + 3].strip().startswith(("여", "대", "짜리", "어치", "씩", "권", "상당", "안팎", "가량")):
        return None
    if _goes_on(text, end) or not _BEHIND_MONEY.match(text[end:]):
        return None
    asked = replace_span(text, start, end, "얼마")
    return as_question(asked.replace("얼마이었", "얼마였").replace("얼마이라", "얼마라"))


def which_year(text: str, start: int, end: int) -> str | None:
    """Ask for a year: `1998년 설립됐다.` → `몇 년에 설립됐습니까?`."""
    rest = text[end:]
    adverb = re.match(r"\s[가-힣A-Za-z\d·『「‘“]+?(?:을|를|에|에서|으로|로)[』」’”]?\s", rest)
    if _goes_on(text, end) or not (re.match(r"[가-힣]", rest) or adverb):
        return None
    asking = "몇 년에" if adverb else "몇 년"
    return as_question(text[:start] + asking + re.sub(r"\A에는(?=\s)", "에", rest))


def when(text: str, start: int, end: int) -> str | None:
    """Ask for a date: `2024년 3월 5일에 열렸다.` → `언제 열렸습니까?`."""
    rest = re.sub(r"\A에(?=[\s는])는?", "", text[end:])
    if _goes_on(text, end):
        return None
    if start == 0 and re.match(r"\s\S", text[end:]):
        return None  # a date that opens the sentence without a particle may belong to the noun behind it
    if re.match(r"\s?(?:자|발|기준|현재|호|판|당일)", rest) or _DESCRIBES_NOUN.search(rest):
        return None
    return as_question(text[:start] + "언제" + rest)


def who(text: str, start: int, end: int, asking: str) -> str | None:
    """Ask for the subject: `홍길동 대표는 …했다.` → `누가 …했습니까?`; `asking` is `누가` or `어느 은행이`."""
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
