"""Which language a text is written in, from its script and its most common small words; no model, no download."""

import re
from collections import Counter

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


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SMALL_WORDS: dict[str, str] = {
    "en": "the of and to in is that for it was on with as are be by this at from or an have has not which were "
    "their its been will would can but they we you he she his her all any if when who what how our your about "
    "into than other should",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber "
    "vor zur bis mehr durch",
    "fr": "le la les de des et du en un une est que dans qui pour pas sur au par plus avec ce il sont aux se ne "
    "cette ou son ses nous vous été mais comme leur être elle l d c qu ont fait tout sans",
    "es": "el la los las de que y en un una es se no por con para su al lo como más del pero sus le ha o este sí "
    "porque esta entre cuando muy sin sobre ser también fue hasta hay donde son están desde nos durante",
    "it": "il lo la i gli le di che e un una è per in con non si da del della sono come più dei al ha nel alla "
    "anche ma delle dal su questo questa o essere ed era sua suo ai dalla nella degli fra hanno",
    "pt": "o a os as de que e do da em um uma para com não por mais dos das se na no ao é como mas foi ele seu sua "
    "ou ser quando muito há nos já está também pelo pela até isso entre era depois sem mesmo aos são",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij door wordt die naar "
    "heeft hun uit nog worden tot wel over ze deze kan geen werd of hij was meer je",
    "sv": "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan man "
    "när år under också efter eller nu sin där vid mot ska skulle",
    "da": "og i at det er en til på som de med for af den har ikke et der var fra han om men sig vi kan så ved også "
    "eller efter blev når hun hvor nu bliver skal været",
    "no": "og i det er en til på som for med at av de den har ikke et om fra var han men seg vi kan så ved også "
    "eller etter ble når hun hvor nå blir skal vært",
    "fi": "ja on ei että se oli hän mutta ovat kun niin myös tai kuin joka sen ole voi sekä jos vain mukaan vuoden "
    "jotka olla tämä hänen ollut kanssa mitä",
    "pl": "i w na z do się nie że to o jest jak po od za przez dla ale czy był są tym oraz być tego także jego już "
    "może tylko przy które jej ich lub ze co który została",
    "cs": "a v se na je že s z do o i k ve pro za by ale jsou jako po od jeho jsem si který byl nebo již až tak "
    "podle také být které bude při však která může",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ne olduğu var ancak ya ise o her "
    "tarafından göre değil veya üzere bütün oldu edilen",
    "vi": "và của là có trong được cho các với không một những này đã người để khi từ đến ra về như năm vào tại "
    "theo cũng trên nhiều sau bị nhưng hay phải",
    "id": "yang dan di dari untuk dengan pada ini itu dalam tidak adalah akan oleh sebagai juga atau ke telah dapat "
    "ada bisa lebih karena mereka tersebut kami saat sudah anda harus",
    "ro": "și de în a la cu pe care o nu din că pentru este un mai fi au fost sau ca prin dar sunt după se lui ale "
    "ce cel această către între",
    "hu": "a az és hogy nem is egy ez volt meg de csak már mint el ha még vagy lehet azt van minden kell több ki "
    "így után majd amely között",
    "ca": "de la el i que en els les un una per amb és del al no es com més dels va ser però seva seu aquest "
    "aquesta són també entre ha perquè",
}
_SMALL = {language: _words(words) for language, words in _SMALL_WORDS.items()}
# A list of prices or a table of contents has few small words; these content words tell English from nothing.
_ENGLISH_LABELS = _words(
    "name date price total number page table year amount item description quantity product service company "
    "address email phone title summary status report type value unit notes details hours day days month "
    "policy employee office team manager question answer section chapter introduction first last new city "
    "country category cost version contents"
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
        return _cjk(counts)
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


def _cjk(counts: dict[str, int]) -> str:
    if counts["hangul"] >= max(counts["kana"], 0.2 * counts["han"]):
        return "ko"
    return "ja" if counts["kana"] > 0.05 * counts["han"] else "zh"


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
    words = Counter(word.lower() for word in _WORD.findall(sample))
    total = sum(words.values())
    scores = {language: _score(words, small) for language, small in _SMALL.items()}
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    # Running text has 30 to 50 % small words; a few in a long text are chance.
    if scores[best] >= max(2.0, (0.15 if total > 60 else 0.08) * total) or (scores[best] and total <= 6):
        return best
    labels = scores["en"] + sum(words[word] for word in _ENGLISH_LABELS)
    return "en" if labels >= max(1.0, 0.04 * total) and scores["en"] >= 0.6 * scores[best] else UNKNOWN


def _score(words: Counter[str], small: frozenset[str]) -> float:
    """How many words of a language stand in a text; single letters, which also count lists, only beside longer ones."""
    longer = sum(words[word] for word in small if len(word) > 1)
    letters = sum(words[word] for word in small if len(word) == 1)
    return longer + min(letters, longer)
