"""The words of a brief, English and Korean: forms, kinds, difficulties, numbers, money, topics, documents."""
# ruff: noqa: E501 (a pattern reads better on one line)

import re

_FORMS = {
    "choice": r"multiple[- ]choices?(?: ones)?|mcqs?|mcs?|객관식|선다형",
    "short": r"short[- ]answers?|short(?=\s*(?:[,;/+.)&]|$|(?:and|or|questions|ones)\b))|단답형?|주관식 단답",
    "open": r"open[- ](?:answers?|form)|open(?![- ]?ended)|essays?|long[- ]answers?|서술형|논술형?|에세이",
    "written": r"주관식|free[- ]?(?:form|response)",
}
_DIFFICULTY = {
    "easy": r"easy|easier|simple|basic|쉬운|쉬움|쉽게|쉽고|이지한?|기초|초급|난이도 하(?:급)?(?=으?로|\b)",
    "medium": r"medium|moderate|intermediate|보통|중간|중급|난이도 중(?:급)?(?=으?로|\b)",
    "hard": r"hard|harder|difficult|challenging|tough|tricky|어려운|어려움|어렵게|어렵고|까다로운|하드(?:한|하게)?|고난도|심화|고급|난이도 상(?:급)?(?=으?로|\b)",
}
ALL_KINDS = "all"
"""The name of the wish for every kind there is."""
_KINDS = {
    ALL_KINDS: r"(?:all|every)[- ](?:the |of the )?(?:\d+ )?(?:different |possible |available )?(?:kinds?|types?|sorts?)"
    r"|(?:모든|온갖|갖가지|전체)\s?(?:(?:질문|문제|문항)(?:의)?\s?)?(?:종류|유형)|(?:종류|유형)(?:은|는|을|를)? (?:전부|모두)",
    "factual": r"factual|facts?|사실",
    "numeric": r"numeric(?:al)?|calculations?|계산|수치",
    "conceptual": r"conceptual|개념",
    "analytical": r"analytical|analysis|reasoning|분석",
    "edge_case": r"edge[- ]cases?|boundary(?: cases?)?|corner[- ]cases?|경계",
    "application": r"application|applied|cases?|case[- ]based|scenarios?|적용|사례",
    "counterfactual": r"counterfactuals?|what[- ]if|가정",
    "false_premise": r"false[- ]premises?|거짓 전제|잘못된 전제",
    "clarification": r"clarifications?|clarifying|혼동",
    "true_false": r"(?:true[/ -](?:or[- ])?false|yes[/ -](?:or[- ])?no)(?: statements?)?|t ?/ ?f|tf|참\s?[/·,]?\s?거짓|진위형|o ?/ ?x|ox",
    "open_ended": r"open[- ]ended|explanations?|summary|설명형",
    "unanswerable": r"unanswerable|not[- ]stated|답할 수 없는|답이 없는",
}
_REACH = {
    "multi_hop": r"multi[- ]?hop|multi[- ]?step|다단계|멀티\s?홉|다중\s?(?:홉|추론|단계)",
    "cross_document": r"cross[- ]documents?|across (?:the |several |many |multiple )?documents|여러 문서(?:에 걸친)?|문서 간|복수 문서|크로스\s?(?:문서|도큐먼트)",
    "single": r"single[- ](?:hop|passage|step|source)|one[- ]hop|단일(?: (?:구절|지문|문단|홉))?|싱글\s?홉",
}
_LANGUAGES = {
    "en": r"(?:in )?english|영어로?", "ko": r"(?:in )?korean|한국어로?|한글로", "ja": r"(?:in )?japanese|일본어로?",
    "zh": r"(?:in )?chinese|중국어로?", "de": r"(?:in )?german|독일어로?", "fr": r"(?:in )?french|프랑스어로?",
    "es": r"(?:in )?spanish|스페인어로?", "pt": r"(?:in )?portuguese|포르투갈어로?", "it": r"(?:in )?italian|이탈리아어로?",
    "nl": r"(?:in )?dutch|네덜란드어로?", "pl": r"(?:in )?polish|폴란드어로?", "ru": r"(?:in )?russian|러시아어로?",
    "ar": r"(?:in )?arabic|아랍어로?",
}  # fmt: skip


def _phrases(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    # A Korean word may carry a particle; a Latin word ends where it ends.
    return {
        name: re.compile(rf"(?<![\w$])(?:{pattern})(?![A-Za-z\d_])", re.IGNORECASE)
        for name, pattern in patterns.items()
    }


FAMILIES = {
    "reach": _phrases(_REACH),
    "kinds": _phrases(_KINDS),
    "forms": _phrases(_FORMS),
    "difficulty": _phrases(_DIFFICULTY),
}
"""What a brief may mix, by family and name. Earlier patterns are taken first: `edge case` before `case`."""

LANGUAGES = _phrases(_LANGUAGES)

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_SCALE = r"k\b|thousand|천|만|백"
_CURRENCY = r"us\$|usd|dollars?|bucks?|달러|불|won|krw|원|euros?|eur|유로|pounds?|gbp|파운드|yen|jpy|엔|yuan|위안"
_MONEY = rf"(?:(?:us\$|[$€£¥₩])\s?{_AMOUNT}\s*(?:{_SCALE})?|{_AMOUNT}\s*(?:{_SCALE})?\s*(?:{_CURRENCY}|[$€£¥₩]))"
MONEY = re.compile(
    rf"(?P<sign>us\$|[$€£¥₩])?\s?(?P<amount>{_AMOUNT})\s*(?P<scale>{_SCALE})?\s*(?P<name>{_CURRENCY}|[$€£¥₩])?",
    re.IGNORECASE,
)
"""An amount with its currency."""

BUDGET = re.compile(
    r"(?:(?:with|on|for|at|a|the|cost(?:ing)?|spend(?:ing)?|budget|limit|of|is|:|and|예산은?|비용은?)\s*){0,4}"
    r"(?:(?:under|below|less than|at most|max(?:imum)?\.?|up to|within|no more than|not more than|cheaper than)\s*)?"
    rf"(?:of\s*)?{_MONEY}(?![A-Za-z])\s*(?:budget|max(?:imum)?|limit|or less|in total|(?:어치|정도|예산|이하|이내|미만|안에서|안으로|까지|한도)?(?:로|에서|으로)?(?![가-힣]))?",
    re.IGNORECASE,
)
OPTIONS = re.compile(
    r"(?:with|of|having)? ?(\d+) (?:answer )?(?:options|choices|alternatives)(?: each| per question)?"
    r"|(\d+)지\s?선다형?|(?:보기|선택지)(?:가|는)? ?(\d+)개(?:짜리|씩)?",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(\d+)\s?(?:%|percent|퍼센트)(?: of (?:them|the questions))?(?:는|은|를|을)?", re.IGNORECASE)
_COUNTER = r"(?:개의?|문항의?|문제의?|가지|건)?"
_PARTICLES = "으로|로|은|는|을|를|이|가|과|와|랑|이랑|하고|만|도|의"
TOTAL = re.compile(
    rf"(?:총|모두|전체|합계)\s?({_NUMBER})\s*{_COUNTER}"
    rf"|\b({_NUMBER}) (?:questions |items |qs )?(?:in all|in total|total|altogether|overall)\b|\b(?:a )?total(?: of|:) ({_NUMBER})",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"(?:\b(?:about|around|approximately|roughly|some|at least|exactly)\s|~|약\s?|최소\s?)?(?<![\w.])({_NUMBER})\s*{_COUNTER}(?:정도|쯤|씩)?"
    rf"(?=(?:{_PARTICLES})?(?![\w]|\.\d|\s?(?:per|지\s?선다)))"
)
REST = re.compile(
    r"\b(?:the )?(?:rest|remainder|remaining(?: ones)?|others)(?: (?:of them|of the questions))?\b|(?:나머지|그 외|그밖)(?:는|은|를|의)?",
    re.IGNORECASE,
)
_STOP = r"(?=\s+(?:and\s+(?:the\s+)?(?:\d+|rest|others)|in|for|under|below|within|with|at|from|using|based|by|up to|no more|not more|less|taken|drawn|that|which)\b|[,;.\0:(]|$)"
TOPIC = re.compile(
    rf"\b(?:on|about|covering|regarding|concerning)\s+(?!\d)([^,;.\0]+?){_STOP}"
    r"|(?<![가-힣])((?:(?!용(?:으로)?\s)[^,;.\d\0])+?)(?:에\s?(?:대한|관한|대해|관해서?)|(?:을|를)\s?(?:묻는|다루는|다룬)|\s관련(?:된|한)?)(?![가-힣])",
    re.IGNORECASE,
)
NAMED_SOURCE = re.compile(
    r"\b(?:based (?:only )?on|from|using|drawn from|out of|taken from|of the file)\s+(?!my\b|our\b|these\b|those\b|all\b|the documents?\b)(?:the\s)?([^,;\0]+?)(?:\sonly)?(?=\s+(?:in|for|under|below|within|with|at|on|about|by)\b|[,;\0:(]|\.(?:\s|$)|$)"
    r"|([가-힣A-Za-z0-9._-]+(?:\s[가-힣A-Za-z0-9._-]+)?)(?:에서만?|만을? (?:바탕|기반)으로)(?=\s)",
    re.IGNORECASE,
)
AUDIENCE = re.compile(
    r"\b(?:for|aimed at|meant for|to test)\s+((?!a\b|the\b|my\b|our\b|us\b|me\b|each\b|every\b|under\b|less\b)[a-z][a-z -]+?)(?=\s+(?:in|under|below|within|with|at|on|about|by)\b|[,;.\0]|$)"
    r"|(?<![가-힣])([가-힣]+(?: [가-힣]+){0,2})(?:용(?:으로|의)?|을 위한|를 위한)(?=[\s,])",
    re.IGNORECASE,
)
UNDOABLE = re.compile(
    r"(?:\b\d+ )?\b(?:per|(?:of|for|in|from) each) (?:document|file|section|page|chapter|paragraph|topic|kind|type|sort|form)"
    r"|(?:문서|파일|장|절|페이지|종류|유형)(?:마다|당|별로?)(?: \d+\w*)?"
    r"|(?<![/-])(?<!yes or )\b(?:no|not|without|except(?: for)?|excluding|avoid(?:ing)?)\b [^,;.\0]+|[^,;.\d\0]+?(?:말고|빼고|제외하고|없이)",
    re.IGNORECASE,
)
"""Wishes that are understood and cannot be granted."""
FILLER = re.compile(
    r"(?<![A-Za-z])(?:a|an|the|and|or|of|for|to|in|at|on|by|please|make|write|create|generate|give|prepare|build|produce|me|us|i['’]d|i|we|"
    r"need|want|would like|like|some|all|about|both|pls|plz|hi|hey|can|could|you|just|cheap|cheaply|them|those|which|ones?|total|including|include|among|qs?|then|plus|where|there|have|has|having|can|get|let|it|so|thanks|thank|using|overall|"
    r"only|mostly|mainly|mixed|mix|with|from|my|our|these|those|documents?|benchmark|test|set|quiz|exam|kinds?|types?|sorts?|various|different|varied|style|each|"
    r"questions?|items?|problems?|answers?|that|are|is|should|be|must|as|well|also|language|difficulty|level)(?![A-Za-z])"
    r"|(?<![가-힣])(?:만들어|만들기|뽑아|내|내어|그중|중|가운데|모두|전부|전체|둘 다|정도|쯤|것|걸|좀|작성|생성|출제|주세요|줘|해|줘요|부탁|합니다|문제|문항|질문|개|위주|다양한|여러|종류|유형|형|수준|난이도|및|그리고|포함|각각|문서)"
    r"(?:해|하여|해서|에서|를|을|로|으로|의|과|와|은|는|이|가|도|이고|이며|만|줘|주세요|부탁해|부탁합니다|하기|하고|해줘|하여 주세요|들)*(?![가-힣])"
    r"|(?<![가-힣])(?:으로|로|을|를|의|과|와|은|는|이|가|짜리|랑|이랑|하고|도|만|씩|다|에서)(?![가-힣])|[ㄱ-ㅎㅏ-ㅣ]+",
    re.IGNORECASE,
)
"""Words that ask for nothing of their own."""

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12}
_WORD = "|".join([*_UNITS, *_SCALES])
_ENGLISH = re.compile(rf"\b(?:(?:half )?an? )?(?:{_WORD})(?:(?:[ -]and[ -]|[ -])(?:{_WORD}))*\b", re.IGNORECASE)
_SHARES = re.compile(
    r"\b(half|a third|one third|two thirds|a quarter|one quarter|three quarters)\b(?! (?:a )?dozen)|절반", re.IGNORECASE
)
_SHARE_OF = {
    "half": 50, "절반": 50, "a third": 33, "one third": 33, "two thirds": 67, "a quarter": 25, "one quarter": 25,
    "three quarters": 75,
}  # fmt: skip
_NATIVE = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스무": 20,
    "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_SCALE = {"십": 10, "백": 100, "천": 1000}
_COUNTED = r"(?=\s?(?:개|문항|문제|가지|건|달러|불|원|만\s?원|천\s?원|유로))"
_KOREAN = re.compile(
    rf"(?<![가-힣\d])((?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)?(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|스물|서른|마흔|쉰|예순|일흔|여든|아흔)"
    rf"|[일이삼사오육칠팔구십백천]+){_COUNTED}"
)


_LEVELS = {"상": "고난도", "중": "보통", "하": "쉬움"}


def with_digits(text: str) -> str:
    """Return a brief with its numbers as figures (`a hundred and twenty`, `half`, `서른두 문항`, `10x`), its short
    forms written out (`w/`, `상 · 중 · 하`)."""
    text = re.sub(r"\bw/(?!o)", "with ", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)\s?[x×](?=\s?[A-Za-z가-힣])|(?<![A-Za-z])[x×]\s?(?=\d)", " ", text)
    if all(re.search(rf"(?<![가-힣]){sign}(?![가-힣])", text) for sign in "상하"):
        text = re.sub(r"(?<![가-힣])[상중하](?![가-힣])", lambda match: _LEVELS[match.group()], text)
    text = _SHARES.sub(lambda match: f"{_SHARE_OF[match.group().lower()]}%", text)
    text = _ENGLISH.sub(lambda match: str(_english(match.group())), text)
    return _KOREAN.sub(lambda match: str(_korean(match[1])), text)


def _english(words: str) -> int:
    total, current = 0, 0
    is_half = words.lower().startswith("half")
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
    return (total + current) // 2 if is_half else total + current


def _korean(word: str) -> int:
    if word[0] in _SINO or word[0] in _SINO_SCALE:
        total, current = 0, 0
        for sign in word:
            if sign in _SINO:
                current = _SINO[sign]
            else:
                total, current = total + max(current, 1) * _SINO_SCALE[sign], 0
        return total + current
    total = 0
    while word:
        part = next(name for name in sorted(_NATIVE, key=len, reverse=True) if word.startswith(name))
        total, word = total + _NATIVE[part], word[len(part) :]
    return total
