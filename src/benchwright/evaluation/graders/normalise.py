"""Bring two answers to one form: signs, case, marks, articles, Korean particles and endings."""

import re
import unicodedata
from functools import lru_cache

_LATEX = re.compile(r"\\(?:boxed|text|mathrm|mathbf|textbf)\s*\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}")
_BOXED_MATH = re.compile(
    r"\$+\s*(\\boxed\s*\{(?:[^{}]|\{[^{}]*\})*\})\s*\$+|\\\[\s*(\\boxed\s*\{(?:[^{}]|\{[^{}]*\})*\})\s*\\\]"
)
# Compatibility jamo become leading consonants under NFKC: ㄴ must stay the ㄴ that a list is numbered by.
_JAMO = {ord(unicodedata.normalize("NFKC", letter)): letter for letter in "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"}
_VULGAR = re.compile(r"(\d+)\s?([¼½¾⅐-⅞])")
_ACCENTS = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_MARKS = re.compile(r"[*_`]+|~~+|^#+\s|</?\w+>|\\[()\[\]]", re.MULTILINE)
_EDGES = re.compile(r"[^\w%$€£¥₩°+\-./:#&']+", re.UNICODE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# 제12조 and 12조 are one article; 제3항, 제2장 likewise.
_ORDINAL = re.compile(r"(?<![가-힣])제\s?(?=\d+\s?[조항호장절관편])")
_ARTICLES = re.compile(r"\b(?:the|an?)\s+(?=\S)")
_NIEUN, _BIEUP = 4, 17  # final consonants as an index
HANGUL, FINALS = 0xAC00, 28
ENDS_KO = (
    r"(?=$|[^가-힣]|(?:입니다|이다|이에요|예요|이었|였|이며|이고|임|은|는|이|가|을|를|의(?!\s?\d)|에|와|과|도|로|으로|라고|이라|라는|란|뿐|인데|이니|이라서|이므로"
    r"|께서|까지|부터|만|씨|님|나|인(?=\s)))"
)
"""What may stand behind a Korean word: its end, a particle or an ending."""
_HANGUL = re.compile(r"[가-힣]")
_ENDING = re.compile(
    r"(?:이라고\s*합니다|라고\s*합니다|인\s*것으로\s*보입니다|인\s*것\s*같습니다|이었습니다|였습니다|입니다"
    r"|이에요|예요|이었다|였다|이다|이며|이죠|이고|임|요)$"
)
_PARTICLE = re.compile(
    r"(?:에서는|에게서|으로는|이라는|라는|에서|에게|으로|까지|부터|이나|이란|은|는|이|가|을|를|의|에|와|과|도|로"
    r"|란|께서)$"
)


TITLES_KO = (
    "이사장|본부장|센터장|위원장|부위원장|사무국장|사무총장|부사장|사장|부회장|회장|부장|차장|과장|팀장|실장|국장|원장|소장"
    "|관장|총장|학장|교장|단장|의장|조합장|지점장|공장장|시장|군수|도지사|구청장|청장|총리|대통령|장관|차관|대표이사|대표|이사"
    "|상무|전무|대리|주임|사무관|주무관|교수|박사|선생님|선생|의원|감독|코치|선수|지휘자|연구원|연구위원|기자|작가|시인|화백"
    "|변호사|판사|검사|의사|간호사|약사|대사|신부|목사|씨|님"
)
TITLES = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|baroness|baron|count|countess|duke|duchess|prince|princess|bishop|rev|capt|captain|col|colonel|gen|general|judge|justice"
    r"|ceo|cto|cfo|coo|president|chair|chairman|chairwoman|minister|director|manager|mayor|senator)\b\.?\s*"
    rf"|\s*(?:{TITLES_KO})$|^(?:{TITLES_KO})\s+(?=[가-힣]{{2,4}}$)",
    re.I,
)
"""Titles before or behind a name: Dr., Prof., 박사, 교수."""
_PROPER = re.compile(r"\b(?!The\b|An?\b)[A-Z][\w'’]|[가-힣]")
LEGAL_FORMS = re.compile(
    r"\b(?:RV|R/V|MV|M/V|SS|HMS|USS|MS|Inc|Ltd|LLC|GmbH|AG|Corp|Co|PLC|SA|NV|BV"
    r"|AS|A\.S|A/S|AB|Oy|KG|SE|SpA|Pty|LLP|SRL|KK)\b\.?\s*,?"
    r"|\(주\)|㈜|주식회사|재단법인|사단법인"
)
"""What kind of ship or company a name is of: nobody says it each time."""
_OF = re.compile(r"(?<=[가-힣])의(?= )")
# What a model thinks aloud is not its answer; an unclosed thought never became one.
THOUGHTS = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
# 1 200 with a blank that does not break is one number; with an ordinary blank only where nothing else can be meant.
_SPACED_MILLIONS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3}){2,}(?!\d)")
_SPACED_THOUSANDS = re.compile(
    r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))|(?<=^\d)[ ](?=\d{3}(?!\d))|(?<=^\d\d)[ ](?=\d{3}(?!\d))"
    r"|(?<=^\d\d\d)[ ](?=\d{3}(?!\d))",
    re.MULTILINE,
)

_ENDLESS = re.compile(r"([A-Za-zÀ-ɏ]{100})[A-Za-zÀ-ɏ]+|(\d{100})\d+")


def unmarked(text: str) -> str:
    """Return `text` without thoughts, emphasis, tags and LaTeX boxes, in one form of each sign, outer space removed."""
    text = _SPACED_MILLIONS.sub(lambda match: match.group().replace(" ", ""), THOUGHTS.sub("", text))
    text = _SPACED_THOUSANDS.sub("", text).replace("{,}", ",")
    text = _FRACTION.sub(r"\1/\2", text)
    text = _BOXED_MATH.sub(lambda match: match[1] or match[2], text)
    while (inner := _LATEX.sub(r"\1", text)) != text:
        text = inner
    text = re.sub(r"^\s*\$(?!\d)(.*)\$\s*$", r"\1", _MARKS.sub("", text), flags=re.DOTALL)
    text = _VULGAR.sub(_decimal_of, text)
    text = unaccented(unicodedata.normalize("NFKC", text).translate(_JAMO))
    for sign, plain in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("‑", "-"), ("−", "-")):
        text = text.replace(sign, plain)
    return shortened(text).strip()


def shortened(text: str) -> str:
    """Return `text` with words and numbers of more than a hundred signs cut: nobody writes one, a model in a loop does.

    Rules that try every beginning and end of a word would take minutes on it.
    """
    return _ENDLESS.sub(r"\1\2", text)


def _decimal_of(match: re.Match[str]) -> str:
    """`3¼` is 3.25; NFKC would make it 31/4."""
    return f"{int(match[1]) + unicodedata.numeric(match[2]):.12g}"


def unaccented(text: str) -> str:
    """`Liège` as `Liege`; other scripts stay as they are."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """Return `text` as answers are compared: one form of signs, lower case, no articles, no marks at word edges."""
    text = _ORDINAL.sub("", _THOUSANDS.sub("", unmarked(text).casefold()))
    # `ISO-9001` and `ISO 9001`, `organisation` and `organization`, `a.m.` and `am` are the same answer.
    text = re.sub(r"(?<=\w)-(?=\w)", " ", text)
    text = re.sub(r"(?<=[a-z]{3})is(?=ations?\b|e[ds]?\b|ing\b)", "iz", text)
    text = re.sub(r"(?<=[a-z]{3})tre(?=s?\b)", "ter", text)  # centre and center, harbour and harbor
    text = re.sub(r"(?<=[a-z]{3})our(?=s?\b)", "or", text)
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1m", text)
    words = [_trimmed(word) for word in _EDGES.sub(" ", text).split()]
    return _ARTICLES.sub("", " ".join(word for word in words if word)).strip()


def _trimmed(word: str) -> str:
    # C++ and C#, 3.5 and -2 and A/B keep their signs; a full stop after a word goes.
    return word.rstrip(".:/-'&").lstrip(".:/'&") if word not in {"-", "/", "&"} else ""


def without_title(name: str) -> str:
    """Return a name without its title; `the facility manager` is no name, and stays."""
    bare = TITLES.sub("", name).strip()
    return bare if _PROPER.search(bare) else name.strip()


def stems(word: str) -> set[str]:
    """Return `word` and, for Korean, what it may be without ending and particle."""
    forms = {word}
    if _HANGUL.search(word):
        short = _ENDING.sub("", word)
        forms |= {dictionary_form(word)} if word.endswith("다") else set()
        forms |= {short, _PARTICLE.sub("", short), _PARTICLE.sub("", word)}
    return {form for form in forms if form}


def dictionary_form(word: str) -> str:
    """`잠급니다` and `잠근다` are `잠그다`; `먹습니다` and `먹는다` are `먹다`."""
    stem = word[:-1]
    if stem.endswith("습니"):
        return f"{stem[:-2]}다"
    if stem.endswith("니") and len(stem) > 1 and _final(stem[-2]) == _BIEUP:
        return f"{stem[:-2]}{chr(ord(stem[-2]) - _BIEUP)}다"
    if stem.endswith("는") and len(stem) > 1 and _final(stem[-2]) > 0:
        return f"{stem[:-1]}다"
    if stem and _final(stem[-1]) == _NIEUN:
        return f"{stem[:-1]}{chr(ord(stem[-1]) - _NIEUN)}다"
    return word


def begins_like(word: str, root: str) -> bool:
    """갑니다 begins like 가다: the last syllable of the root may have another final consonant."""
    head, last = root[:-1], root[-1:]
    if not last or len(word) < len(root) or not word.startswith(head):
        return False
    other = word[len(head)]
    return (ord(other) - HANGUL) // FINALS == (ord(last) - HANGUL) // FINALS


def _final(syllable: str) -> int:
    return (ord(syllable) - HANGUL) % FINALS if "가" <= syllable <= "힣" else -1


def same(one: str, other: str) -> bool:
    """Whether two texts are the same answer but for form; Korean endings and particles at the end do not count."""
    a, b = normalised(one), normalised(other)
    if not a or not b:
        return False
    if "의 " in f"{a}{b}" and _OF.sub("", a) == _OF.sub("", b):
        return True  # 회원의 자격 and 회원 자격
    if a[-1:] in "s" or b[-1:] in "s":
        one_of, many = sorted((a, b), key=len)
        if many == f"{one_of}s" and len(one_of.split()[-1]) > 2 and one_of[-1].isascii():
            return True  # team and teams
    return a == b or bool(_ends(a) & _ends(b)) or a.replace(" ", "") == b.replace(" ", "")


def _ends(text: str) -> set[str]:
    head, _, last = text.rpartition(" ")
    prefix = f"{head} " if head else ""
    return {(prefix + form).replace(" ", "") for form in stems(last)}


def find_answer(needle: str, text: str) -> list[tuple[int, int]]:
    """Return where the normalised `needle` stands in the normalised `text` as whole words.

    Behind a Korean word a particle or an ending may follow; in scripts without blanks any place counts. Spans count
    characters of `text`.
    """
    if not needle or needle not in text:
        return []
    before = r"(?<![\w.])" if needle[0].isascii() else r"(?<![0-9A-Za-z가-힣])"
    if needle[0].isdigit():
        before = r"(?<![\d.])(?<!\d,)"
    after = r"(?![\w])(?!\.\d)" if needle[-1].isascii() else ""
    if needle[-1].isascii() and needle[-1].isalnum():
        # `14명`, `API를`: Hangul right behind a Latin word or a number is a unit or a particle.
        after = r"(?![0-9A-Za-z_+#])(?!\.\d)"
    if _HANGUL.match(needle[-1]):
        after = ENDS_KO
    return [found.span() for found in re.finditer(before + re.escape(needle) + after, text)]


_FUNCTION_WORDS = (
    "어디 무엇 누구 언제 얼마 몇 것 your my our "
    "the a an of in on at to for from by with and or is are was were be been it its "
    "this that which who what when where how does do did has have had must should will would can could may as than "
    "then there their his her he she they one"
)
SHORTEST_IED = 5
SHORTEST_DOUBLED = 3
_COUNT_WORDS = "two three four five six seven eight nine ten eleven twelve"
_COUNTS = {
    word: str(number)
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}
# 주최한 and 주최하였다 are 주최.
_VERB_KO = re.compile(r"(?<=[가-힣]{2})(?:하|되|한|된|할|될|해|돼|했|됐|합|됩|함|됨)[가-힣]*$")
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """Return the words of `text` that carry content, without endings: enough to find a word again."""
    words: set[str] = set()
    for word in normalised(text).split():
        if word in _FUNCTION:
            continue
        words.add(_stem(word) if word.isascii() else _root(word))
    return frozenset(words - _FUNCTION)


def _root(word: str) -> str:
    """결과를 and 결과 are 결과: a particle is no particle where only one syllable would be left."""
    forms = [form for form in stems(word) if len(form) > 1] or [word]
    return _VERB_KO.sub("", min(sorted(forms), key=len))


def _stem(word: str) -> str:
    """`closing`, `closes` and `closed` are `clos`; `carried` is `carry`."""
    if word in _COUNTS:
        return _COUNTS[word]
    if word.endswith(("ied", "ies")) and len(word) > SHORTEST_IED:
        return f"{word[:-3]}y"
    stem = _without_ending(word)
    is_doubled = len(stem) > SHORTEST_DOUBLED and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    return stem[:-1] if is_doubled and stem.isalpha() else stem


def _without_ending(word: str) -> str:
    for ending in ("ing", "ly", "es", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and word.isascii():
            return word[: -len(ending)]
    return word


def shared_words(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Return the words of `one` that stand in `other`; 개관일 stands in 개관."""
    left = [word for word in one - other if not word.isascii() and len(word) > 1]
    begun = {word for word in left if any(len(o) > 1 and (word.startswith(o) or o.startswith(word)) for o in other)}
    return (one & other) | begun
