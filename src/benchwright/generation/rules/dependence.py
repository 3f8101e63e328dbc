"""What makes a sentence depend on its neighbours: pronouns, demonstratives, relative time, a bare "The …"."""

import re
from collections.abc import Collection, Sequence

from benchwright.generation.rules.placing_ko import BARE_DAY, OF_ITS_DAY
from benchwright.text.dates import DateMention

_EN_OPENING = re.compile(
    r"(?:But|And|Or|E\.g\.|I\.e\.|So|Also|Then|Yet|However|Moreover|Furthermore|Therefore|Thus|Hence|"
    r"Meanwhile|Instead|"
    r"Still|Besides|Additionally|"
    r"Consequently|Nevertheless|Nonetheless|Otherwise|Similarly|Likewise|Conversely|Here|There(?! (?:is|"
    r"are|was|were))|It|He|She|They|This|These|Those|That|Such|"
    r"Another|Others?|Both|Neither|Either|Some|Many|Most|Each|All|One|His|Her|Its|Their|Our|My|We|I|You|Your|If so|"
    r"In addition|In contrast|For example|For instance|As a result|As such|By contrast|On the other hand|"
    r"In turn|At the time|In that|To do so|Doing so|"
    r"First|Second|Third|Finally|Lastly|Next|Note|Please|See|Now|Again|Only|Even|Not|Because of this|"
    r"With this|Among them|Of these|Of those|No|None|"
    r"As (?:noted|mentioned|discussed|stated|shown|described|explained|we|seen|above|before)|In other words|In only|"
    r"Nor|Suppose|Assum(?:e|ing)|Imagine|Consider|Say|"
    r"Once|Overall|Note that|Yes|Well|Why|What|How|When you|Let)\b"
)
# Under `The largest dams` "the dam" may be any of them.
_EN_SEVERAL = re.compile(
    r"\b(?:famous|notable|(?:larg|bigg|tall|long|old|great|high|deep|fast)est|top \d+|world['’]s"
    r"|most (?:expensive|famous|popular|important|beautiful|visited))\b"
    r".*\b(?!news\b|terms\b|rules\b|fees\b)[a-z]{3,}(?<!s)s\b",
    re.IGNORECASE,
)
_EN_DEFINITE = re.compile(r"\b[Tt]he [a-z]")
# `The 40,000 square foot campus will …`, `There are two machine rooms with ten generators each.`: of one named before.
_EN_SIZED = re.compile(r"The (?!\d{4} )[$€£]?\d[\d,.]*[ -]")
_EN_THERE_ARE = re.compile(r"There (?:is|are) ")
_EN_WHERE = re.compile(r"\b(?:in|at|on|within|for|per|across|throughout|under|near|along|outside|between)\b")
# The notes of changelogs and to-do lists: what they speak of stands in the heading or nowhere.
_EN_NOTE = re.compile(
    r"(?:Fix(?:ed|es)?|Add(?:ed|s)?|Remov(?:e|ed|es)|Chang(?:e|ed|es)|Updat(?:e|ed|es)|Improv(?:e|ed|es)|"
    r"Allow(?:ed|s)?|Mak(?:e|es)|"
    r"Support(?:ed|s)?|Limit(?:ed|s)?|Increas(?:e|ed|es)|Reduc(?:e|ed|es)|Issue|Bug|SF|Patch|CVE|"
    r"Handl(?:e|ed|es)|Avoid(?:ed|s)?|Ensur(?:e|ed|es)|"
    r"Implement(?:ed|s)?|Deprecat(?:e|ed|es)|Default(?:s)?|Require(?:s|d)?|Return(?:s|ed)?|Set(?:s)?|Try|"
    r"Check(?:s|ed)?|Don['’]t|Do|Purchase|Buy|Sell|Enter|Click|Press|Type|Select|Choose|Go|"
    r"Open|Run)\b(?! to the public)"
)
# `Work must be finished by 30 April`: on what was said before.
_EN_WHOSE = re.compile(
    r"(?:Work|Construction|Renovation|Restoration|Repairs|Completion|Demolition|Negotiations|Talks) "
    r"(?:is|was|are|were|must|will|shall|should|began|begins|started|starts|ended|continues|cost|took)\b"
)
_EN_FIRST_PERSON = re.compile(
    r"\b(?:we|us|our|ours|ourselves|I|me|my|mine|you|your|yours|yourself|let's)\b|\bI['’]", re.IGNORECASE
)
# Titles under which it is plain who “we” and “you” are: the one that issues them, and the one they are written for.
_ADDRESSES_READERS = re.compile(
    r"\b(?:polic(?:y|ies)|handbook|terms|agreement|benefits?|leave|warranty|notice|rules|regulations|bylaws|lease"
    r"|conditions|guarantee|code of conduct|returns?|refunds?|pricing|shipping|delivery|membership|guidelines"
    r"|expenses?)\b",
    re.IGNORECASE,
)
_EN_PRONOUN = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|it|its|itself|they|them|their|theirs|themselves)\b", re.IGNORECASE
)
_EN_PERSON = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b")
_EN_THING = re.compile(r"\b(?:it|itself)\b")
# A name that can be a person: not the owner of something, not a place where something is.
_PERSON_NAMED = re.compile(
    r"(?<!\bin )(?<!\bat )(?<!\bof )(?<!\bfrom )(?<!\bto )(?<!\bnear )(?<!\bIn )(?<!\bAt )"
    r"\b(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][\w&’'-]*\b(?!['’])(?<!['’]s)"
)
_EN_DEMONSTRATIVE = re.compile(
    r"\b(?:this|these|those)\b|\bthat (?:year|day|month|week|time|point|period|date|company|number|figure|"
    r"amount|same|one|case|end|regard)\b"
    r"|\bsuch (?:a|an|as to)\b|\b[Tt]he (?:latter|former|same|other|others|two|three|four|following|above|"
    r"aforementioned|said|rest|remaining|remainder|next|"
    r"additional|extra|further|first one|second one|previous|preceding|subsequent)\b|\b(?:respectively|aforementioned|"
    r"above-mentioned|as above|below|thereof|therein|hereby|herein|hereto)\b"
    r"|\b(?:another|others|one of them|the latter|do so|did so|does so|so far|thereafter|then-|there,|"
    r"by then|since then|there were also|is also|are also|was also|were also|has also|have also|had also|"
    r"also)\b"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_EN_RELATIVE_TIME = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|now|nowadays|currently|recently|lately|soon|ago|earlier|later|"
    r"previously|formerly|at present|presently|to date|so far|"
    r"at the time|at that time|in recent|the current|present-day|upcoming|meanwhile|still|already|yet|"
    r"(?:last|this|next|past|previous|coming|following|same|the) (?:year|month|week|day|quarter|decade|"
    r"century|season|summer|winter|spring|autumn|fall|morning|afternoon|evening|night|"
    rf"January|February|March|April|June|July|August|September|October|November|December|weekend|"
    rf"{_WEEKDAY}))\b(?! of \d)"
    r"|\b(?:the|over the|in the|for the|during the) (?:past|last|next|previous|following|coming|first|"
    r"second|third|fourth) (?:\w+ )?(?:years?|months?|weeks?|days?|decades?|quarters?|half|"
    r"hours?)\b(?! of (?:the )?\w+ \d{4}| of \d{4})"
    rf"|\b(?:on )?{_WEEKDAY}s?\b(?!,? (?:[A-Z][a-z]+ \d|\d))|\bsecond[- ]quarter\b|\bfirst[- ]quarter\b|"
    rf"\bthird[- ]quarter\b|\bfourth[- ]quarter\b",
    re.IGNORECASE,
)
# In a rule `the next calendar year` is the one after any year, not after this one.
_NORMATIVE = re.compile(r"\b(?:must|shall|may|should|entitled|accrues?|costs?|runs?|can be)\b")
_OF_ANY_TIME = re.compile(
    r"\bthe (?:next|following|first|second|previous) (?:(?:calendar|fiscal|working|business) )?"
    r"(?:year|month|week|day)\b"
    r"(?! of (?!each|every|the month|the year))|\bthe first \d+ (?:days|weeks|months)\b"
    rf"|\bfrom the day\b|\b{_WEEKDAY} (?:through|to) {_WEEKDAY}\b"
)
_ANAPHORIC = (
    "company|firm|agency|report|study|bill|law|act|deal|project|program|programme|plan|group|team|"
    "department|organization|organisation|committee|commission|board|council|"
    "city|town|village|state|country|county|region|area|building|site|station|park|facility|plant|store|"
    "school|university|college|hospital|museum|church|system|"
    "model|method|approach|algorithm|tool|library|package|module|function|feature|option|setting|value|"
    "result|process|event|war|battle|game|film|movie|album|song|"
    "book|novel|paper|article|series|show|season|award|prize|ship|vessel|aircraft|car|vehicle|device|"
    "product|service|platform|website|app|application|market|bank|fund|"
    "government|ministry|minister|president|chairman|mayor|governor|police|court|judge|suspect|victim|"
    "man|woman|child|couple|family|player|club|party|author|artist|"
    "researchers|scientists|authors|officials|workers|employees|residents|students|patients|participants|"
    "respondents|changes?|amount|number|figure|rate|price|cost|decision|"
    "agreement|contract|grant|award|announcement|statement|survey|data|document|file|format|version|"
    "release|update|software|program|user|code|license|list|table|page|section|"
    "proposal|measure|rule|policy|regulation|order|initiative|investigation|operation|mission|attack|"
    "incident|accident|storm|species|animal|plants?|population|river|lake|island|mountain|"
    "bridge|road|line|route|tower|castle|palace|temple|cathedral|collection|exhibition|festival|"
    "tournament|competition|race|match|final|ceremony|meeting|conference|office|"
    "center|centre|institute|institution|foundation|association|society|union|army|force|unit|division|"
    "regiment|brigade|fleet|squadron|airport|railway|hotel|restaurant|theatre|theater"
)
_EN_BARE_THE = re.compile(
    rf"\b[Tt]he ((?:(?:new|old|first|second|third|final|original|whole|entire|main|last|latest|"
    rf"current|proposed|total|average|overall|full|local|federal|national|\w+-\w+|\w+ed|\w+ing|"
    rf"\w+al|\w+ic) )*)({_ANAPHORIC})\b(?! (?:of|for|that|which|who|whose|to|between|in|on|at|"
    rf"by|with|from|named|called|known)\b)"
)
_EN_OPENING_THE = re.compile(
    r"The ((?:[a-z][\w'’-]*,? ){1,6}?)(?:is|are|was|were|has|have|had|will|would|can|could|"
    r"may|must|should|said|says|\w+s|\w+ed)\b"
)
_MONTH_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\.?"
)
_EN_OPINION = re.compile(
    r"\b(?:obviously|of course|needless to say|as noted|noted above|is nonsense|in other words|let us|suppose|"
    r"imagine|hypothetical(?:ly)?)\b|\A(?-i:[B-HJ-Z] [a-z])|\AThe [a-z]+ of (?:\d|about|over|some|nearly|more)",
    re.IGNORECASE,
)
_EN_THERE_WAS = re.compile(r"There (?:was|were)\b")
_NAMED = re.compile(
    r"(?<=[a-z,;:–—-] )[A-Z][\w&'’.-]+|^(?!The |A |An |In |At |On |For |By |When |While |"
    r"After |Before |If |As |Behind |Beside |Above |Below |Inside |Outside |Beyond |Near |Opposite )[A-Z][\w&'’-]+"
)
_NAMED_INSIDE = re.compile(r"(?<=[a-z,;:–—-] )[A-Z][\w&'’.-]+")
_REFERENCE = re.compile(
    r"\b(?:Figure|Fig\.|Table|Section|Chapter|Appendix|Equation|Eq\.|Exhibit|Note|Item|Step|"
    r"Clause|Part|Schedule) (?:\d|[A-Z]\b|[IVX]+\b)|\bet al\b|\(see |\bsee (?:above|below|"
    r"also)|\((?:19|20)\d\d[a-z]?\)"
)

_KO_OPENING = re.compile(
    r"(?:그러나|하지만|그런데|그리고|그래서|따라서|그러므로|그러자|그럼에도|반면|반면에|다만|이에|"
    r"이에 따라|이를|이로써|이로|이와|이어|이후|이때|이처럼|이같이|이런|이러한|이번|이날|이곳|이것|이들|"
    r"그는|그녀|그가|그의|그|그들|그것|그중|그 중|그해|그곳|그밖에|그 밖에|당시|앞서|한편|또|또한|또는|"
    r"특히|즉|예를 들어|예컨대|아울러|더불어|나아가|게다가|결국|마지막으로|먼저|우선|다음|"
    r"여기|거기|저희|우리|나는|저는|내가|제가|단,|여기에|동시에|같은|물론|아마|왜냐하면|반대로|마찬가지로|"
    r"결과적으로|더구나|더욱이|하물며|오히려|실제로|참고로|요컨대|그러면|그러니|그러면서|그만큼|뒤이어|"
    r"전자는|후자는|둘 다|양측|양사|이와 함께|이와 같이|이 밖에|이외에|이 외에)"
    r"(?=[\s,]|은|는|이|가|을|를|의|에|도|로|와|과)"
)
# A law, a contract, a policy speaks of itself: the question names it.
_KO_ITSELF = re.compile(
    r"(?:^|(?<=[\s(]))(?:이|본)\s(?:법률?|영|헌법|규칙|규정|약관|조례|지침|계약서?|고시|훈령|예규|정관|회칙|내규|협약|규약|방침|정책|요령)"
    r"(?=은|는|이|가|을|를|의|에|과|와|[\s,])(?!에\s의한|의\s개정)"
)
_KO_RULE_BOOK = re.compile(
    r"(?:법|법률|령|규칙|규정|약관|조례|지침|계약서?|고시|훈령|예규|정관|회칙|내규|협약|규약|방침|정책|요령)(?:안|\(안\))?\s*(?:\([^)]*\))?\Z"
)
_KO_APPOINTS = re.compile(r"(?:임명|위촉|선출|선임|공천|추천|인준|지명)(?:하|한|된)")
_KO_TOPIC_OR_OBJECT = re.compile(r"[가-힣)”’](?:을|를|은|는)\s")
_KO_EXAMPLE = re.compile(r"(?:예시로|예를\s?들|가령|예컨대|라고\s?(?:가정|하자)|[을를인한는]\s?경우를\s?예)")
_KO_DEMONSTRATIVE = re.compile(
    r"(?:^|[\s(“\"])(?:이|그|저|본|동|해당|위|아래|이런|그런|이러한|그러한|(?<![와과] )같은|상기|다음의?|앞의|전술한"
    r"|이번)\s+[가-힣A-Za-z]+|(?:^|\s)(?:이것|그것|이들|그들|그녀|이곳|그곳|이때|그때|이날|그날|그해"
    r"|이를(?!\s(?:것|정도|수|만큼|전망|때))|이에|이로|이와|이는|이보다|"
    r"그는|그가|그의|그를|그에게|그에|그와|그로|전자|후자|양측|양사|자신|자사|당사|본사|"
    r"이회사|이업체|이단체|이공장|이제품|이사업|이대회|저희|우리|나는|나의|내가|제가|저는|여기|거기|또한|위와|아래와|다음과|동법|동조|전항|"
    r"제\d+항|나머지|그중|이중|둘)(?=[\s,.]|은|는|이|가|을|를|의|에|도|로|와|과|인|만|부터|까지)"
)
# What stands earlier in the same sentence is meant: `소장품은 4,870점이며 그중 620점이 …`.
_KO_OF_ITSELF = re.compile(
    r"(?<=.{15})(?:(?<=[며고서면여을를은는] )|(?<=[에는가이], )|(?<=[며고서면], ))"
    r"그\s?(?:중|가운데|뒤|후|사유|이유|내용|결과)"
    r"(?=[가-힣]{0,3}[\s,])"
)
# `해방 이후`, `임진왜란 당시` say since when; `그는 이후` does not.
_KO_SINCE = re.compile(
    r"(?:^|(?<=[은는이가을를고며에서로,])\s)(?:이후|당시)(?=[\s,.]|에|의|로|는|에는)"
    r"|(?:^|(?<![에데])\s)(?:이어|앞서)(?=[\s,])"
)
# A contract, a report of a company tell by their title whose word “we” is.
_KO_SPEAKER_KNOWN = re.compile(r"주식회사|㈜|\(주\)|전자|은행|보험|증권|공사|공단|약관|방침|취업규칙|지속가능경영")
_KO_OWN = re.compile(r"(?:^|(?<=\s))(?:당사|본사)(?=[은는의가]\s)")
# What news writes instead of a name said before.
_KO_BARE_SUBJECT = re.compile(
    r"((?:위원|위원장|부위원장|간사|임원|시|도|군|구|업체|기업|협회|단체|재단|공사|공단|연구진|연구팀|재판부|법원|사업|행사|대회|센터|기관"
    r"|학교|병원|은행|매출|매출액|영업이익|당기순이익|당기순익|영업익|순익|영업이익률|순이익|영업손실|수출|수입|판매량|점유율))(?:은|는|이|가)\s"
)
# The figures of some company, named before; an explanation of what was just told.
_KO_WHOSE = re.compile(
    r"(?:(?:올|올해|지난해|작년|전년|지난|연간|누적|분기|[1-4]분기|상반기|하반기)\s)*"
    r"(매출액?|영업이익률?|영업익|영업손실|당기순이익률?|당기순익|순이익|순익|경상이익|판매량|점유율|자산|부채)"
    r"(?:\([^)]*\))?(?:은|는|이|가|과|와|도|에서|의)?[\s,·]"
)
_KO_EXPLAINS = re.compile(r"(?:것|셈|때문|덕분|탓|격|수준|수치|규모)(?:이다|입니다|다)\.\Z")
# What a thing measures, under a title that names several things.
_KO_MEASURED = re.compile(
    r"(?:총|전체|지정|연)?\s?(?:면적|연면적|높이|길이|총길이|인구|너비|폭|깊이|둘레|무게"
    r"|공사비|사업비|총사업비|예산|정원|가격|요금)[은는이가]\s"
)
_KO_SEVERAL = re.compile(r"[가-힣](?:와|과) [가-힣]|열전|목록|모음|이름|순위|비교|총정리|곳\b")
# With what a figure is compared is plain where its own period is.
_KO_COMPARED = re.compile(
    r"(?:전년도?|전월|전분기|직전 분기|지난해|작년)\s?(?:동기|동월|같은\s?(?:기간|달|분기))?\s?(?:대비|보다|에 비해)"
)
_KO_PERIOD = re.compile(r"\d{4}년|(?:지난|올해?|[1-4]분기|상반기|하반기)[\s,에은는]")
# The day of an announcement is no part of what was announced.
_KO_ANNOUNCED = re.compile(r"\b(?:[12]?\d|3[01])일\s(?=(?:밝혔|전했|말했|발표했|공시했|설명했|예고했))")
_KO_RELATIVE_TIME = re.compile(
    r"(?:^|[\s(])(?:오늘|어제|내일|모레|올해|올|금년|작년|지난해|재작년|내년|전년|이듬해|다음\s?해|"
    r"지난\s?달|이달|내달|다음\s?달|지난\s?주|이번|다음\s?주|최근|요즘|현재|지금|방금|조만간|향후|앞으로|"
    r"전날|이튿날|다음\s?날|당일|"
    r"지난|오는|올해|상반기|하반기|[1-4]분기|같은\s?(?:해|달|날|기간)|전월|전분기|당초|그간|그동안|아직|"
    r"이미|곧|금일|익일|익년|당해|몇\s?년|수년|\d+(?:여)?(?:년|개월|일|주)\s?(?:전|뒤|후)(?:에|의|"
    r"부터)?)(?=[\s,.()]|은|는|이|가|을|를|의|에|도|로|부터|까지|보다|대비|\d)"
)
# A deadline hangs on what stands before it: `총회를 열기 30일 전까지`.
_KO_YEAR_BESIDE = re.compile(
    r"(?<=[가-힣]\s)\d+(?:년|개월|일|주|시간)\s?전까지"
    r"|\d+(?:년|개월|일|주|시간)\s?전에(?=\s?(?:서면|통지|통보|알리|예고|신청|신고|공지|공고|제출|미리))|(?<=[가-힣])[이가]\s지난\s(?:날|때|뒤|후)|\d{4}년\s?(?:[1-4]분기|상반기|하반기|현재|\d+월|말|초|기준)"
)


def why_dependent(
    text: str,
    language: str,
    *,
    dates: Sequence[DateMention] = (),
    named: Sequence[str] = (),
    common: Collection[str] = (),
    is_dated: bool = False,
) -> str:
    """Say why `text` cannot be understood alone, or return an empty string.

    `named` are the titles that the question will carry: a definite noun that stands in one of them has its
    antecedent. `common` are words that the document writes small: at the head of a sentence they are no names.
    `is_dated`: the question tells the day of publication, from which `올해` and `지난 10월` are reckoned (Korean).
    """
    if not is_dated and (
        any(date.month is not None and date.day is not None and date.year is None for date in dates)
        or (any(date.month is not None and date.year is None for date in dates))
    ):
        return "a day or month without its year"
    if language == "ko":
        return _why_korean_dependent(text, named, is_dated=is_dated)
    return _why_english_dependent(text, dates, named, common)


def _why_korean_dependent(text: str, named: Sequence[str], *, is_dated: bool) -> str:
    if _KO_OPENING.match(text):
        return "it opens by pointing back"
    bare = _KO_BARE_SUBJECT.match(text)
    if bare and bare[1] not in " ".join(named):
        return f"“{bare.group()}” without antecedent"
    whose = _KO_WHOSE.match(text)
    is_told_whose = whose and named and whose[1] in named[0] and not re.search(r"[·,…]", named[0])
    if (whose and not is_told_whose) or (_KO_EXPLAINS.search(text) and not re.search(r"[가-힣)][은는]\s", text)):
        return "it goes on with what was said before"
    if _KO_MEASURED.match(text) and named and _KO_SEVERAL.search(named[0]):
        return "it does not say what is measured"
    if _KO_APPOINTS.search(text) and not _KO_TOPIC_OR_OBJECT.search(text):
        return "it does not say who is appointed"
    if _KO_EXAMPLE.search(text):
        return "an example, no fact"
    if named and _KO_RULE_BOOK.search(named[0]):
        text = _KO_ITSELF.sub(" ", text)
    if named and _KO_SPEAKER_KNOWN.search(named[0]):
        text = _KO_OWN.sub(" ", text)
    text = _KO_OF_ITSELF.sub(" ", text)
    if _KO_DEMONSTRATIVE.search(text) or _KO_SINCE.search(text):
        return "a pronoun or demonstrative"
    if named:
        text = _KO_ANNOUNCED.sub(" ", text)
    if is_dated or re.search(r"\d{4}년", text):
        text = _KO_COMPARED.sub(" ", text) if _KO_PERIOD.search(_KO_COMPARED.sub(" ", text)) else text
    if is_dated:
        text = BARE_DAY.sub(" ", OF_ITS_DAY.sub(" ", text))
    if _KO_RELATIVE_TIME.search(_KO_YEAR_BESIDE.sub(" ", text)) or BARE_DAY.search(text):
        return "a relative time"
    return ""


def _lacks_antecedent(text: str, common: Collection[str]) -> bool:
    """Whether a pronoun has nothing before it in the sentence that it could stand for.

    `common` are the words that the document also writes small: one of them at the head of a sentence is no name.
    """
    pronoun = _EN_PRONOUN.search(text)
    if pronoun is None:
        return False
    before = text[: pronoun.start()]
    if not _NAMED.search(before):
        return True
    opening = re.match(r"[\w’'-]+", text)
    starts_with_name = opening is not None and opening.group().casefold() not in common
    names = [match for match in _PERSON_NAMED.finditer(before) if match.start() > 0 or starts_with_name]
    if _EN_PERSON.fullmatch(pronoun.group()):
        return not names
    return bool(_EN_THING.fullmatch(pronoun.group())) and not starts_with_name and not _NAMED_INSIDE.search(before)


def _why_english_dependent(
    text: str, dates: Sequence[DateMention], named: Sequence[str], common: Collection[str]
) -> str:
    knows_readers = bool(named) and _ADDRESSES_READERS.search(named[0]) is not None
    opening = _EN_OPENING.match(text)
    if opening and not (knows_readers and opening.group() in ("We", "Our", "You", "Your")):
        return "it opens by pointing back"
    if _EN_WHOSE.match(text):
        return "it does not say whose"
    if _EN_SIZED.match(text) or (_EN_THERE_ARE.match(text) and not _EN_WHERE.search(text)):
        return "it does not say which, or where"
    if named and _EN_SEVERAL.search(named[0]) and _EN_DEFINITE.search(text) and not _NAMED_INSIDE.search(text):
        return "it does not say which of several"
    if _EN_NOTE.match(text):
        return "a note without a subject"
    if _EN_OPINION.search(text):
        return "an opinion or an example, no fact"
    if not knows_readers and _EN_FIRST_PERSON.search(text):
        return "first or second person"
    if _lacks_antecedent(text, common):
        return "a pronoun without antecedent"
    timed = _OF_ANY_TIME.sub(" ", text) if _NORMATIVE.search(text) else text
    if _EN_DEMONSTRATIVE.search(timed):
        return "a demonstrative"
    if _EN_RELATIVE_TIME.search(timed) and not any(d.year and d.month for d in dates):
        return "a relative time"
    if _EN_THERE_WAS.match(text) and not any(date.year for date in dates):
        return "a state of affairs without its time"
    if _REFERENCE.search(text):
        return "a reference to another place"
    return _why_bare_the(text, named)


def _why_bare_the(text: str, named: Sequence[str]) -> str:
    titles = " ".join(named).casefold()
    for match in _EN_BARE_THE.finditer(text):
        before = text[: match.start()]
        if not _stands_in(match[2], titles) and not _NAMED.search(before):
            return f"“{match.group()}” without antecedent"
    opening = _EN_OPENING_THE.match(text)
    if opening and not re.search(r"\b(?:of|for|in|on|at|to|with|from|by|between)\b", opening[1]):
        head = opening[1].split()[-1].casefold().strip(",")
        if not _stands_in(head, titles):
            return f"“{opening.group()}” without antecedent"
    return ""


def _stands_in(noun: str, titles: str) -> bool:
    """Whether `noun` stands in the titles as a word of its own, or as the last part of one: `mill` in `Watermill`.

    A page of `Releases` is about none in particular.
    """
    known = re.findall(r"[\w’'-]+|\w+", titles)
    return noun.casefold() in known or (len(noun) > 3 and any(word.endswith(noun.casefold()) for word in known))


def names_something(text: str, language: str) -> bool:
    """True when the sentence itself holds a proper name, so that it can be placed without a title."""
    if language == "ko":
        return bool(
            re.search(
                r"[A-Z]{2,}|[가-힣]{2,}(?:시|군|도|구|대학교|공사|위원회|전자|그룹|은행|협회|재단|연구원)(?:은"
                r"|는|이|가|에|의)",
                text,
            )
        )
    return any(match.start() > 0 and not _MONTH_NAME.fullmatch(match.group()) for match in _NAMED.finditer(text))
