"""Which language a text is written in, from its script and its most common small words; no model, no download."""

import re
from collections import Counter

from benchwright.text.language_words import LABELS, LETTERS, SMALL_WORDS

UNKNOWN = "und"

_SAMPLE = 24_000
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("hangul", r"[가-힣ㄱ-ㆎᄀ-ᇿ]"),
    ("kana", r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]"),
    ("han", r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    ("arabic", r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufeff]"),
    ("cyrillic", r"[\u0400-\u052f]"),
    ("latin", r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]"),
    ("el", r"[\u0370-\u03ff\u1f00-\u1fff]"),
    ("he", r"[\u05d0-\u05ea]"),
    ("th", r"[\u0e01-\u0e4e]"),
    ("hi", r"[\u0904-\u0963]"),
    ("bn", r"[\u0985-\u09e3]"),
    ("ta", r"[\u0b85-\u0bd7]"),
    ("te", r"[\u0c05-\u0c63]"),
    ("ka", r"[\u10d0-\u10fa]"),
    ("hy", r"[\u0531-\u0587]"),
    ("km", r"[\u1780-\u17d3]"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _SCRIPTS)
# One Chinese character or Hangul syllable says about as much as three letters.
_WEIGHTS = {"hangul": 2.5, "kana": 2.5, "han": 3.0}


_LETTER_WEIGHTS = {
    letter: 1 / sum(letter in known for known in LETTERS.values()) for letter in "".join(LETTERS.values())
}
_LATIN = re.compile(r"[^\W\d_]")
_JAPANESE = re.compile(
    r"名前|氏名|株式会社|都道府県|[円駅込働峠畑枠渋広沢桜仮価拡検権険験売図団囲実対専従戻抜気発歩徳総銭圧営応両変単辺様髙﨑栃]"
)
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"https?://\S+|`[^`\n]*`|\S+@\S+|<[^>\n]{1,200}>")


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the main language of `text`, or `und` where it cannot be told.

    At most 24,000 characters are looked at: the beginning, the middle and the end of a longer text.
    """
    sample = _NOT_PROSE.sub(" ", _sample(text))
    counts = {name: len(pattern.findall(sample)) for name, pattern in _PATTERNS}
    weighed = {name: count * _WEIGHTS.get(name, 1.0) for name, count in counts.items()}
    weighed["cjk"] = weighed.pop("hangul") + weighed.pop("kana") + weighed.pop("han")
    script = max(weighed, key=lambda name: weighed[name])
    if weighed[script] < 2:
        return UNKNOWN
    if script == "cjk":
        return _cjk(counts, sample)
    if script == "arabic":
        return _arabic(sample)
    if script == "cyrillic":
        return _cyrillic(sample)
    return _latin(sample) if script == "latin" else script


def other_language(text: str, asked: str) -> str:
    """Return the language of `text` where it is surely another than the one asked for, else nothing.

    Among languages in Latin letters a short text full of names is told too unsurely.
    """
    written = detect_language(text)
    if written in (asked, UNKNOWN) or asked in ("", UNKNOWN):
        return ""
    return written if {written, asked} & {"ko", "ja", "zh", "ar", "ru"} or len(text) >= 80 else ""


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third = _SAMPLE // 3
    middle = len(text) // 2
    return "\n".join((text[:third], text[middle : middle + third], text[-third:]))


def _cjk(counts: dict[str, int], sample: str) -> str:
    if counts["hangul"] >= max(counts["kana"], 0.2 * counts["han"]):
        return "ko"
    # A list of names and places may have no kana: then signs that only Japanese writes so tell it from Chinese.
    return "ja" if counts["kana"] > 0.05 * counts["han"] or _JAPANESE.search(sample) else "zh"


def _arabic(sample: str) -> str:
    if len(re.findall(r"[ٹڈڑےںھ]", sample)) > 0.01 * len(sample):
        return "ur"
    return "fa" if len(re.findall(r"[پچژگیک]", sample)) > 0.02 * len(sample) else "ar"


def _cyrillic(sample: str) -> str:
    lowered = sample.lower()
    letters = Counter(lowered)
    for language, marks in (("sr", "ђјљњћџ"), ("be", "ў"), ("uk", "іїєґ")):
        if sum(letters[mark] for mark in marks) > 0.01 * len(lowered):
            return language
    if letters["ы"] + letters["э"] == 0 and letters["ъ"] > 0.008 * len(lowered):
        return "bg"
    return "ru"


def _latin(sample: str) -> str:
    lowered = sample.replace("İ", "i").lower()
    words = Counter(_WORD.findall(lowered))
    total = sum(words.values())
    letters = Counter(letter for letter in lowered if letter in _LETTER_WEIGHTS)
    small = {language: _score(words, listed) for language, listed in SMALL_WORDS.items()}
    scores = {language: small[language] + _own_letters(language, letters) for language in small}
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    # Running text has 30 to 50 % small words; a few in a long text are chance.
    least = max(2.0, (0.15 if total > 60 else 0.08) * total)
    if small[best] and (scores[best] >= least or total <= 6):
        return best
    labels = {language: scores[language] + sum(words[word] for word in LABELS.get(language, ())) for language in scores}
    named = max(labels, key=lambda language: (labels[language], language == "en"))
    if named == "en" and scores["en"] < 0.6 * scores[best]:
        named = best
    # English names stand in lists of every language, but its letters are few.
    is_foreign = named == "en" and letters.total() > max(2, 0.01 * len(_LATIN.findall(lowered)))
    return UNKNOWN if is_foreign or labels[named] < max(1.0, 0.04 * total) else named


def _own_letters(language: str, letters: Counter[str]) -> float:
    """How much the letters beyond `a` to `z` speak for a language: what few others write says most."""
    known = LETTERS.get(language, "")
    own = sum(times * _LETTER_WEIGHTS[letter] for letter, times in letters.items() if letter in known)
    strange = sum(times for letter, times in letters.items() if letter not in known)
    return own - strange


def _score(words: Counter[str], small: frozenset[str]) -> float:
    """How many words of a language stand in a text; single letters, which also count lists, only beside longer ones."""
    longer = sum(words[word] for word in small if len(word) > 1)
    letters = sum(words[word] for word in small if len(word) == 1)
    return longer + min(letters, longer)
