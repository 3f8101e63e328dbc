"""Korean particles (josa): take one off a word, or choose the form that fits the word's last sound."""

import re
from functools import lru_cache

_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_RIEUL = 8
# Read aloud in Korean: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구 → index of the final consonant (0: none, 8: ㄹ).
_DIGIT_FINALS = {"0": 21, "1": _RIEUL, "2": 0, "3": 16, "4": 0, "5": 0, "6": 1, "7": _RIEUL, "8": _RIEUL, "9": 0}
# Spelled letter by letter: 엘, 엠, 엔, 알.
_LETTER_FINALS = {"l": _RIEUL, "m": 16, "n": 4, "r": _RIEUL}
_SHORTEST_SILENT = 3
_SIGN_FINALS = {"%": 0, "℃": 0, "㎡": 0, "$": 0}
_LAST_SOUND = re.compile(r"[0-9A-Za-z가-힣%℃㎡$](?=[^0-9A-Za-z가-힣%℃㎡$]*\Z)")

PAIRS: dict[str, tuple[str, str]] = {
    "은/는": ("은", "는"),
    "이/가": ("이", "가"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
    "이라/라": ("이라", "라"),
    "이란/란": ("이란", "란"),
    "이나/나": ("이나", "나"),
    "이며/며": ("이며", "며"),
    "이고/고": ("이고", "고"),
    "이었다/였다": ("이었다", "였다"),
    "이다/다": ("이다", "다"),
    "이라고/라고": ("이라고", "라고"),
    "이라는/라는": ("이라는", "라는"),
    "이라도/라도": ("이라도", "라도"),
    "이든/든": ("이든", "든"),
    "아/야": ("아", "야"),
}
"""Particles that change with the last sound: (after a consonant, after a vowel)."""

_COMPOUND_LIST = """
    에서는 에서도 에서의 에게서 에게는 에게도 으로부터 로부터 으로서 로서 으로써 로써 으로는 로는 으로의 로의 으로도
    로도 까지는 까지의 까지도 부터는 부터의 이라고는 이라고 이라는 이라도 보다는 만으로 에는 에도 에의 에만 와의
    과의 와는 과는 와도 과도 이란 이나 이며 이고 이랑 에게 에서 부터 까지 처럼 보다 마다 조차 마저 밖에 께서 한테
    으로 라고 라는 이다 하고
"""
_COMPOUND = tuple(_COMPOUND_LIST.split())
# Endings that no noun has: one syllable before them is enough to tell.
_CLEAR = ("이다", "으로", "에서", "에게", "까지", "부터", "에는", "에도")
_SINGLE = "은는이가을를의에와과도로만"
_ENDINGS = tuple(sorted(_COMPOUND, key=len, reverse=True))
# Nouns that end in what looks like a particle; taking it off would make another word.
_NOT_PARTICLE_LIST = """
    회의 정의 주의 합의 협의 논의 심의 동의 결의 강의 문의 건의 의의 민주주의 사회주의 자본주의 자유주의 국가 평가
    물가 주가 유가 증가 추가 참가 허가 인가 원가 단가 정가 시가 전문가 작가 화가 음악가 사업가 작곡가 휴가 여가 대가
    결과 효과 성과 학과 초과 통과 경과 부과 내과 외과 교과 과과 도로 경로 통로 진로 항로 철로 회로 세로 가로 피로
    별로 새로 서로 바로 스스로 제로 유로 속도 온도 습도 강도 밀도 각도 정도 제도 지도 태도 용도 연도 년도 한도 농도
    고도 경도 위도 의도 수도 보도 인도 반도 철도 경기도 강원도 제주도 충청도 전라도 경상도 나이 사이 차이 길이 높이
    넓이 깊이 아이 종이 많이 같이 놀이 어린이 이은 마을 가을 겨을 노을 고을 을 마는 하나 기은 사은 대만 불만 비만
    자만 낭만 오만 백만 천만 수만 십만 참여와 기와 감은 의사 예의 모의 편의 호의 유의 임의 상의 하의 고의 창의 대의
    명의 본의 열의 성의 신의 토의 질의 항의 의회 거의 개의
"""
_NOT_PARTICLE = frozenset(_NOT_PARTICLE_LIST.split())


def final_consonant(word: str) -> int | None:
    """Return the index of the final consonant of the last sound of `word` (0: none), or `None` if unknown."""
    match = _LAST_SOUND.search(word)
    if match is None:
        return None
    last = match.group()
    if _HANGUL_FIRST <= ord(last) <= _HANGUL_LAST:
        return (ord(last) - _HANGUL_FIRST) % 28
    if last in _DIGIT_FINALS:
        return _zero_final(word[: match.end()]) if last == "0" else _DIGIT_FINALS[last]
    if last in _SIGN_FINALS:
        return _SIGN_FINALS[last]
    return _letter_final(word[: match.end()])


def _zero_final(number: str) -> int:
    """A trailing zero is read as its power of ten: 10 십(ㅂ), 100 백(ㄱ), 1000 천(ㄴ), 10000 만(ㄴ), … 억(ㄱ)."""
    match = re.search(r"[\d,]*\Z", number)
    digits = match.group().replace(",", "") if match else ""
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == len(digits) or "." in number[-len(digits) - 1 :]:
        return _DIGIT_FINALS["0"]
    return {1: 17, 2: 1, 3: 4}.get(zeros, 4 if zeros < 8 else 1)


def _letter_final(word: str) -> int:
    """Guess from spelling: acronyms letter by letter, other words by their last letters."""
    last = word[-1].lower()
    tail = re.search(r"[A-Za-z]+\Z", word)
    letters = tail.group() if tail else last
    if letters.isupper() or len(letters) == 1:
        return _LETTER_FINALS.get(last, 0)
    if last == "l" or letters.lower().endswith("le"):
        return _RIEUL
    if len(letters) > _SHORTEST_SILENT and letters.lower().endswith(("ne", "me")):
        return _LETTER_FINALS[letters[-2].lower()]  # the e is silent: Plane 플레인, Name 네임
    return {"m": 16, "n": 4, "b": 17, "g": 21 if letters.lower().endswith("ng") else 0, "k": 1, "p": 17, "t": 0}.get(
        last, 0
    )


def with_particle(word: str, pair: str) -> str:
    """Return `word` with the form of `pair` (`을/를`, `은/는` …) that fits its last sound.

    Where the last sound cannot be told, both forms are written: `☆을/를`. Raises `KeyError` for an unknown pair.
    """
    after_consonant, after_vowel = PAIRS[pair]
    final = final_consonant(word)
    if final is None:
        return f"{word}{pair}"
    if pair == "으로/로" and final == _RIEUL:
        return word + after_vowel
    return word + (after_consonant if final else after_vowel)


def pair_of(particle: str) -> str:
    """Return the pair that `particle` belongs to (`을` → `을/를`), or `particle` itself when it never changes."""
    return next((pair for pair, forms in PAIRS.items() if particle in forms), particle)


@lru_cache(maxsize=65536)  # Texts repeat their words: most calls ask what was asked before.
def split_particle(word: str) -> tuple[str, str]:
    """Split a Korean word into stem and particle; the particle is empty where none can be told."""
    if word in _NOT_PARTICLE or not word or not ("가" <= word[-1] <= "힣"):
        return word, ""
    for ending in _ENDINGS:
        stem = word[: -len(ending)]
        shortest = 1 if ending.startswith(_CLEAR) else 2
        if len(stem) >= shortest and word.endswith(ending) and _fits(stem, ending):
            return stem, ending
    last = word[-1]
    stem = word[:-1]
    if last in _SINGLE and _long_enough(stem) and stem and _fits(stem, last):
        return stem, last
    return word, ""


def _long_enough(stem: str) -> bool:
    # One syllable before a particle is more often part of a noun (나이, 회의); digits and Latin letters are not.
    return len(stem) >= 2 or (bool(stem) and not "가" <= stem <= "힣")


def _fits(stem: str, particle: str) -> bool:
    """A particle that changes with the last sound must be the form that this stem takes."""
    final = final_consonant(stem)
    if final is None or not "가" <= stem[-1] <= "힣":
        return True
    if particle.startswith("으로"):
        return final not in (0, _RIEUL)
    if particle in ("로", "로부터", "로서", "로써", "로는", "로의", "로도"):
        return final in (0, _RIEUL)
    if particle in ("은", "이", "을", "과", "과의", "과는", "과도"):
        return final != 0
    if particle in ("는", "가", "를", "와", "와의", "와는", "와도", "라고", "라는"):
        return final == 0
    return True


def strip_particle(word: str) -> str:
    """Return `word` without its Korean particle; other words come back as they are."""
    return split_particle(word)[0]
