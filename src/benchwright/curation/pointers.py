"""Words by which a question points at something that its reader does not see: pronouns, "this table", "위 표", "last year".

A pointer with an antecedent in the question itself is no fault: `How long may a customer keep a book before it is due?`
"""
# ruff: noqa: E501 (a pattern reads better on one line)

import re

from benchwright.text.dates import find_dates
from benchwright.text.names import find_names
from benchwright.text.particles import strip_particle
from benchwright.text.tokens import content_words

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|‘[^’]*’|«[^»]*»|《[^》]*》|〈[^〉]*〉")

_QUOTATION = "“Quotation”"
_SHOWN = re.compile(
    r"\b(?:this|these|the following|that) (?:\w+ )?(?:sentence|statement|excerpt|passage|example|line|text)s?$",
    re.IGNORECASE,
)
_EN_PART = (
    r"(?:passage|text|table|figure|chart|graph|diagram|section|paragraph|excerpt|extract|snippet|article|document|context"
    r"|list|image|picture|statement|sentence|example|case study|report|page|author|speaker|narrator|writer|story|conversation)"
)
_EN_CONTEXT = re.compile(
    rf"\b(?:this|these|that|those|the (?:above|below|following|preceding|previous|given|provided|attached|cited|quoted|same)|said)"
    rf" (?:\w+ )?{_EN_PART}s?\b"
    rf"|\b(?:according to|based on|in|from|as per|per|by) the (?:given |provided )?"
    r"(?:passage|text|excerpt|extract|snippet|context|author|speaker|narrator|paragraph|document|article|table|figure|chart|story)\b"
    r"(?! (?:of|on|about|for|titled|called|named|entitled|in|(?-i:[A-Z])|[\"“‘']))"
    r"|\b(?:mentioned|described|shown|listed|stated|discussed|defined|given|noted|outlined|referred to) (?:above|below|earlier|previously|here"
    r"|in (?:the )?(?:passage|text|context|excerpt|document|table|paragraph|article))\b"
    r"|\b(?:the )?(?:above|aforementioned|foregoing|latter|former)(?:-mentioned)?\b(?= (?:\w+)?|\W)(?<! or above)(?<! and above)"
    r"|\bdoes the (?:author|passage|text|speaker|article|document|table|figure) ",
    re.IGNORECASE,
)
_EN_ABOVE_MEASURE = re.compile(
    r"\babove (?:\d|[$€£]|the|a|an|its|average|sea|all|one|ground|which|what)|\bformer (?!one\b)\w+|\d\S* (?:or|and) above",
    re.IGNORECASE,
)
_EN_TIME = re.compile(
    r"\b(?:(?<!know it )(?<!known )today|yesterday|tomorrow|tonight|nowadays|so far|(?:a|two|three|several|many|\d+) (?:days?|weeks?|months?|years?) ago"
    r"|(?<!the )(?:this|last|next) (?:year|month|week|quarter|season|summer|winter|spring|autumn|fall|weekend|night|morning|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|at (?:that|this) (?:time|point|moment)|(?:that|the same) (?:day|year|month|week|evening)|the (?:previous|following) (?:year|month|week))\b",
    re.IGNORECASE,
)
_EN_LATELY = re.compile(r"\b(?:recently|lately)\b", re.IGNORECASE)
_EN_DEMONSTRATIVE = re.compile(r"\b(this|these|those|that|such)\s+([a-z][a-z-]+)", re.IGNORECASE)
_EN_PRONOUN = re.compile(
    r"\b(he|him|his|she|her|hers|they|them|their|theirs|it|its|himself|herself|themselves|itself)\b", re.IGNORECASE
)
_EN_SPEAKER = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_EN_ANTECEDENT = re.compile(
    r"\b(?:an?|the|each|every|any|no|some|all|most|one|two|three|four|five|many|which|what|who|whose|another|both|\d+)\s+\w+|\b\w{3,}s\b|\bsomeone\b|\bsomebody\b|\banyone\b|\bperson\b|\byou\b",
    re.IGNORECASE,
)
# An earlier sentence of the question, of four words at least, gives what follows its antecedent.
_A_SENTENCE = re.compile(r"(?:\w+\W+){3}\w+[^.!?]*[.!?][\"”’)]?\s")
# `In his final work, Plato …`: the name comes after the pronoun.
_OPENING = re.compile(
    r"\W*(?:In|With|During|After|Before|Through|Despite|For|By|At|On|Throughout|According to)\s+", re.IGNORECASE
)
_EN_EXPLETIVE = re.compile(
    r"\b(?:does|do|did|will|would|can|could|is|was|has|may|should|must) it (?:take|cost|possible|necessary|mean|matter|required|allowed|permitted|true|important|safe|legal|better|thought|believed|said|known|considered|assumed|often|usually|typically|normally|rain|snow|mandatory|recommended|called|follow|make sense)"
    r"|\b(?:it|It) (?:is|was|takes?|costs?|will|would|can|may|must|should|has been|has) ?(?:possible|necessary|required|allowed|permitted|important|\d|recommended|said|known|take|cost|be|that)?",
)
_EN_AFTER_THOSE = frozenset({"who", "with", "of", "in", "that", "on", "from", "under", "without", "whose", "which"})
_GENERIC = (
    r"(?:company|firm|organi[sz]ation|institution|agency|corporation|startup|author|speaker|study|report|project|product|device|agreement|"
    r"contract|deal|policy|meeting|event|city|town|village|country|region|museum|hotel|school|university|hospital|bank|club|team|program(?:me)?|"
    r"plan|book|film|game|building|bridge|service|platform|app|software|researchers?|scientists?|protagonist|man|woman|couple|group|department|"
    r"committee|council|society|association|charity|manufacturer|supplier|landlord|tenant|year|day)"
)
_EN_BARE = re.compile(
    rf"\bthe ((?!(?:year|day)\b){_GENERIC})\b"
    r"(?! (?:of|for|that|which|who|whose|in|on|at|from|between|with|to|behind|responsible|called|named|near|under|where|must|may|can|should|shall)\b)(?! \w+ (?:of|who|that|which|named|called)\b)(?!['’]s \w+ (?:of|for|in) )(?!-)",
    re.IGNORECASE,
)

_KO_CONTEXT = re.compile(
    r"(?<![가-힣])(?:위|아래|다음|상기|하기|앞|윗|본|이|그|저|해당|주어진|제시된|첨부된|인용된)(?:의|에서)?\s?"
    r"(?:표|그림|글|문단|지문|문서|본문|자료|내용|예시|도표|그래프|조항|조문|문장|기사|사례|보기|설명|목록|발췌문|텍스트|대화|이야기|보고서|단락)"
    r"(?=[은는이가을를의에와과도로,\s?]|에서|에게|으로|$)(?!에서? 정)"
    r"|(?<![가-힣])(?:본문|지문|글쓴이|필자|저자|화자|발췌문|제시문)(?=[은는이가을를의에와과도,\s]|에서|에 )"
    r"|(?<![가-힣])(?:위|앞|아래)에서? (?:언급|설명|제시|말한|나온|정한|기술|서술)|앞서 (?:언급|설명|말한)|전술한|상술한|상기의?|위와 같은|다음과 같은(?=[^?]*\?$)"
)
_KO_CONTEXT_START = re.compile(r"^(?:문서|표|글|자료|기사|텍스트|본 문서|보고서)에 ?(?:따르면|의하면|나온|언급된|서)")
_KO_TIME = re.compile(
    r"(?<![가-힣])(?:오늘|어제|내일|그제|모레|올해|금년|작년|지난해|내년|재작년|이번\s?(?:주|달|분기|해|학기|여름|겨울|봄|가을|행사|회의)|지난\s?(?:주|달|분기|번|여름|겨울|봄|가을|\d+[월일])"
    r"|이날|그날|당시|같은\s?(?:해|날|달|기간|시기)|전년(?!도에)|전날|최근(?!\s?\d)|요즘|(?<!\d)\d{1,3}년\s전(?![가-힣]{2})(?!기)|얼마\s?전)(?=[가-힣]{0,3}(?:\s|\?|,|$))"
)
_KO_PRONOUN = re.compile(
    r"(?<![가-힣])(?:그는|그가|그를|그의|그에게|그녀(?:는|가|를|의|에게)?|그들(?:은|이|을|의)?|이들(?:은|이|을|의)?|이것(?:은|이|을|의)?|그것(?:은|이|을|의)?|저것|이는|이를|여기(?:서|에|에서|는)?|거기(?:서|에)?|이곳(?:은|에|의)?|그곳(?:은|에|의)?"
    r"|우리(?:는|가|의)?|당사(?:는|가|의)?|동사(?:는|가|의)?|이러한|그러한|이런|그런)(?=\s|\?|,|$)"
)
_KO_DEMONSTRATIVE = re.compile(
    r"(?<![가-힣\w`)\]”’])(?:이|그|저|본|동|해당)\s(?!밖|외|다음|후|전|중|이후|이전|이상|이하|경우|때)([가-힣]{2,})"
)
_KO_BARE = re.compile(r"^(?:이|그|해당|본|동) ?(?:회사|기업|제품|기관|단체|사업|프로젝트|제도|사람|인물|도시|학교)")
_KO_CONDITION = re.compile(r"(?:면|경우|때|하여|해서|고서|은 뒤|한 뒤|한 후)(?:에|에는|,)?\s")


def pointer(text: str, *, has_choices: bool = False) -> str:
    """Return the first words of `text` that point at something unseen, or nothing. Quoted speech is left aside."""
    if re.search("[가-힣]", _QUOTED.sub("", text)):
        return _korean_pointer(_QUOTED.sub("인용", text), has_choices)
    return _english_pointer(_QUOTED.sub(_QUOTATION, text), has_choices)


def _english_pointer(text: str, has_choices: bool) -> str:
    for match in _EN_CONTEXT.finditer(text):
        if has_choices and re.match(r"the following", match.group(), re.IGNORECASE):
            continue
        # `Which number completes this sentence: “…”?` shows the sentence that it points at.
        if _QUOTATION in text and _SHOWN.search(match.group()):
            continue
        if _EN_ABOVE_MEASURE.search(text[max(0, match.start() - 8) : match.end() + 12]):
            continue
        return match.group().strip()
    lately = _EN_LATELY.search(text)
    if lately and not re.search(r"\b(?:an?|each|every|any) \w+", text[: lately.start()], re.IGNORECASE):
        return lately.group()
    found = next((match for match in _EN_TIME.finditer(text) if not _is_dated(text, match)), None)
    found = found or (None if has_choices or _TELLS.search(text) else _EN_SPEAKER.search(text))
    if found:
        return found.group()
    return _english_demonstrative(text, has_choices) or _english_pronoun(text) or _english_bare(text)


_BACK = re.compile(r"(?:that|the same) (?:day|year|month|week|evening)|at that (?:time|point|moment)", re.IGNORECASE)
# Someone who tells a case of their own (`I work at …; our …`) is present in the question.
_TELLS = re.compile(r"\b(?:I|my|My)\b")
_PERIODS = frozenset({"day", "week", "month", "quarter", "year", "morning", "summer", "winter"})


def _is_dated(text: str, match: re.Match[str]) -> bool:
    """Whether `that day` points back at a date or a case that the question itself has told."""
    # `I work two night shifts this week`: the times of a case are its own.
    if _TELLS.search(text):
        return True
    before = text[: match.start()]
    return bool(_BACK.fullmatch(match.group()) and (find_dates(before) or _A_SENTENCE.search(before)))


def _english_demonstrative(text: str, has_choices: bool) -> str:
    for match in _EN_DEMONSTRATIVE.finditer(text):
        which, noun = match[1].lower(), match[2].lower()
        if which == "such" or (which == "that" and not re.fullmatch(_GENERIC, noun)):
            continue
        if which == "those" and noun in _EN_AFTER_THOSE:
            continue
        if noun in _PERIODS and _TELLS.search(text):
            continue
        before = text[: match.start()]
        if noun.rstrip("s") in before.lower() or _A_SENTENCE.search(before):
            continue
        if (has_choices and which == "these") or (which == "those" and noun.endswith(("ed", "ing"))):
            continue
        if _QUOTATION in text and _SHOWN.search(match.group()):
            continue
        return match.group()
    return ""


def _english_pronoun(text: str) -> str:
    expletive = [match.span() for match in _EN_EXPLETIVE.finditer(text)]
    for match in _EN_PRONOUN.finditer(text):
        if any(low <= match.start() < high for low, high in expletive):
            continue
        before, after = text[: match.start()], text[match.end() :]
        if _OPENING.fullmatch(before) and find_names(after):
            continue
        if find_names(before) or len(_nouns(before)) > 0:
            continue
        return match.group()
    return ""


def _nouns(before: str) -> list[str]:
    """Words before a pronoun that it can stand for: with an article, a number or a plural; the question word aside."""
    body = re.sub(
        r"^\W*(?:in |at |on |by |for |to |from |under )?(?:what|which|who|whom|whose|when|where|why|how(?: (?:many|much|long|often|far))?)\b",
        "",
        before,
        flags=re.IGNORECASE,
    )
    return [
        match.group()
        for match in _EN_ANTECEDENT.finditer(body)
        if not re.fullmatch(r"(?i)(?:does|was|is|has|days|years|months|weeks|hours|times)", match.group())
    ]


def _english_bare(text: str) -> str:
    match = _EN_BARE.search(text)
    if match is None or re.search(rf"{_QUOTATION}|\d", text):
        return ""
    first = re.match(r"\W*\w+", text)
    rest = text[first.end() :] if first else text
    has_name = re.search(r"\b[A-ZÀ-Þ][\w&.-]*", rest) is not None
    antecedent = re.search(
        rf"\b(?:an?|each|every|any|some) (?:\w+ ){{0,2}}{match[1]}", text[: match.start()], re.IGNORECASE
    )
    return "" if has_name or antecedent or len(content_words(text)) > 12 else match.group()


_KO_ANAPHORA = re.compile(
    r"이를|이는|이것(?:은|이|을)?|그것(?:은|이|을)?|이러한|그러한|이런|그런|그곳(?:은|에|의)?|같은\s?(?:해|날|달|기간|시기)"
)
_KO_CASE = re.compile(r"(?:\S+\s+){4}")
"""Four words before it: what a question has said itself it may point back at, as in `… 하는 이유와 이를 피하는 방법`."""


# Someone tells a case of their own (`저희는 작년에 … 몇 만원인가요?`): its times are relative to the case, not to a text.
_KO_TOLD = re.compile(
    r"(?<![가-힣])(?:저는|저희|제가|저도|나는|내가)(?![가-힣]{2})|(?:는데|습니다)[,.]?\s.*(?:나요|까요|가요|습니까|니까)\?\s*$",
    re.DOTALL,
)
_KO_GENERIC = re.compile(r"(?:제품|모델|기기|회사|서비스|사람|고객|직원|규정|약관|기능|설정)(?![가-힣]{2})")


_KO_NAMED_PERIOD = re.compile(r"\d{1,4}\s?(?:년|월|일|분기)(?![가-힣]{2})")


def _korean_time(text: str) -> str:
    for match in _KO_TIME.finditer(text):
        if _KO_TOLD.search(text):
            continue
        # `6월의 일요일은 같은 달의 평일과`: a period that the question has named before.
        if match.group().startswith("같은") and _KO_NAMED_PERIOD.search(text[: match.start()]):
            continue
        # `고객이 같은 해에 두 번 신청하면`: both within one case that the question poses.
        if match.group().startswith("같은") and _KO_CONDITION.search(text, match.end()):
            continue
        return match.group()
    return ""


def _korean_pronoun(text: str) -> str:
    for match in _KO_PRONOUN.finditer(text):
        if _KO_ANAPHORA.fullmatch(match.group()) and _KO_CASE.match(text[: match.start()]):
            continue
        return match.group()
    return ""


_KO_PERIOD = re.compile(r"(?:날|달|해|주|분기|기간|시점|때)(?![가-힣]{2})")
"""`2025년 2월의 …, 그 달의 …`: a period that the question has named."""


def _names(noun: str, before: str) -> bool:
    """Whether the noun stands before, with a particle or not: `책을 빌렸는데 … 그 책은`."""
    return noun in before or (len(noun) > 1 and noun[-1] in "은는이가을를의에도" and noun[:-1] in before)


def _korean_pointer(text: str, has_choices: bool) -> str:
    start = _KO_CONTEXT_START.search(text)
    if start:
        return start.group()
    for match in _KO_CONTEXT.finditer(text):
        if has_choices and match.group().startswith(("다음", "보기")):
            continue
        return match.group()
    found = _korean_time(text) or _korean_pronoun(text)
    if found:
        return found
    bare = _KO_BARE.search(text)
    if bare:
        return bare.group()
    for match in _KO_DEMONSTRATIVE.finditer(text):
        before = text[: match.start()]
        # `보송 DH-16을 … 이 제품`: four words on, a general word stands for what was named.
        if _KO_GENERIC.match(match[1]) and _KO_CASE.match(before):
            continue
        if _KO_PERIOD.match(match[1]) and find_dates(before):
            continue
        if not _names(strip_particle(match[1]), before) and not _KO_CONDITION.search(before):
            return match.group()
    return ""
