"""The words of English and Korean by which a text declares, denies, sets aside, concludes or corrects."""

import re

SENTENCE = re.compile(r"(?<=[.!?。])(?<!\b[A-Z]\.)(?<!\bvs\.)(?<!\b[ei]\.[eg]\.)\s+|\n+|;\s*")
CLAUSE = re.compile(
    r",?\s+(?=(?:but|so|therefore|thus|hence|while|whereas|although|though|because|since|which|who|rather than"
    r"|followed by|ahead of"
    r"|instead of|and not|not|before|after|until|now|today|currently)\b)"
    r"|,?\s+(?=i\.e\.)|,\s+(?:and\s+)?(?=(?:the|it|he|she|they|this|we|i)\s)|,\s+and\s+(?=\w+(?:\s\w+)?\s+\w+s\b)|\s+[-–—]\s+|,\s+(?=[가-힣\d]+[은는]\s)|\s/\s(?=[^\s:/]+:\s)|,\s+(?=[^\s:,]+:\s)"
    r"|(?<=지만)[,\s]+|(?<=으나)[,\s]+|(?<=는데)[,\s]+|(?<=므로)[,\s]+|(?<=니라)[,\s]+|(?<=니고)[,\s]+"
    r"|(?<=아닌)\s+|(?<=아니고)\s+|(?<=\s뒤)\s+|(?<=\s후)\s+|(?<=말고)\s+|(?<=고),?\s+(?=\S+\s)|(?<=며)[,\s]+|(?<=니까)[,\s]+|(?<=[가-힣]되어)\s+|(?<=[가-힣]하여)\s+|(?<=라고)\s+",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"\W*(?:after|before|when|if|although|though|while|since|because|as|until|unlike|not)\b", re.IGNORECASE
)
_ADVERB = r"(?:therefore|thus|clearly|definitely|most\s+likely|probably|indeed|still|now|actually|really|just)\s+"
_OPENS = r"(?:(?:option|choice|answer|letter|the)\s+)*[(\[<'\"]*\Z"
DECLARES = re.compile(
    rf"""(?:
      (?:answer|option|choice|response|solution|pick|letter|conclusion|verdict)s?
        (?:\s+(?:here|now|to\s+(?:this|the)\s+question|among\s+(?:these|them)|is|would|should|must|be|has\s+to\s+be|seems
          |appears|to|might|could|may))*
        \s*(?:\bis|\bbe|:|=|->|→|-)\s*:?\s*(?:{_ADVERB})?(?:that\s+)?
    | \b(?:i(?:'d|'ll|'m)?|we|let's)\s+(?:(?:would|will|have\s+to|must|should|shall)\s+)?(?:{_ADVERB})?
        (?:choose|pick|select|go(?:ing)?\s+with|say|answer|go\s+for|opt\s+for|vote\s+for|believe|think|guess|lean(?:ing)?
          \s+(?:more\s+)?(?:toward|to)s?|settle\s+on|conclude|trust)\s*
        (?:it\s+is\s+|it's\s+|that\s+)*(?:it\s+(?:is|must\s+be)\s+)?:?\s*
    | (?:따라서|그러므로|그래서|결국|즉|제\s*생각에는|제가\s*보기에는)\s*,?\s*
    | 아니라\s*,?\s* | \b(?:true|correct|right)\s*:\s*
    | \b(?:that|which|this)\s+(?:only\s+)?leaves\s+(?:us\s+with\s+|only\s+)?|\bleaving\s+(?:us\s+with\s+|only\s+)?
    | (?:옳은|맞는|알맞은|적절한|올바른)\s*(?:것|설명|보기|선택지|답|문장|내용)\s*(?:은|:)\s*|아마도?\s+
    | (?:정답|답변|응답|답|답안|정답지|선택|최종\s*답|보기)\s*(?:번호)?\s*[\]】]?\s*
        (?:은|는|이|:|(?<=[\]】])|=|-|으로는|으로|로)\s*:?\s*
    | (?:正解|答え|答案|正确答案|正確答案)\s*(?:は|是|为|為|:|：)\s*
    ){_OPENS}""",
    re.IGNORECASE | re.VERBOSE,
)
# What declares a letter, and would only tell of words: `it is B`, `but B`, `so B`.
DECLARES_LABEL = re.compile(
    rf"""(?:
      \b(?:it\s+is|it's|must\s+be|has\s+to\s+be)\s+(?:{_ADVERB})?
    | (?<!or\s)\b(?:possibly|probably|(?:most\s+)?likely|perhaps|maybe|presumably|apparently|surely|certainly|yes,)\s+
    | (?<!anyone\s)(?<!anything\s)(?<!any\s)(?<!all\s)(?<!none\s)\bbut\s+(?:rather\s+)?
    | \bonly\s+ | \b(?:therefore|thus|so|hence)\s*[,:]?\s*
    ){_OPENS}""",
    re.IGNORECASE | re.VERBOSE,
)
IS_RIGHT = re.compile(
    r"[)\].\"':]*\s*(?:(?:is|was|seems|would\s+be|must\s+be|appears\s+to\s+be)\s+(?:clearly\s+|definitely\s+|therefore\s+"
    r"|also\s+|indeed\s+)?(?:the\s+)?(?:only\s+)?(?:correct|right|best|true|answer|accurate|most|what\s+the)\b"
    r"|번?\s*(?:이|가|을|를)?\s*(?:정답|맞(?:습|는|다|아|음|네|고)|옳(?!은)|고르|고릅|선택(?:하|합|해)|답(?:입|이|$))"
    r"|\s*it\s+is\b(?=[.!\s]*$)|\s*(?:が正解|です))",
    re.IGNORECASE,
)
EXPLAINED_RIGHT = re.compile(r"[)\].:,]+\s*[^.\n]{0,80}?\bis\s+(?:the\s+)?(?:correct|right|best)\b", re.IGNORECASE)
NOT_BEFORE = re.compile(
    r"(?:\bnot(?!\s+only)|n't(?:\s+be)?|\bneither|\bnor|\bnever|\brul(?:e|es|ed|ing)\s+out|\beliminat\w+|\bexclud\w+"
    r"|\binstead\s+of|\brather\s+than|\bother\s+than|\bexcept(?:\s+for)?|\bunlike|\bdiscard\w*|\bcannot\s+be"
    r"|\bincorrect(?:ly)?:?|\bwrong:?|\bfalse:?|\bno\s+longer|\bversus|\bvs\.?)\s+"
    r"(?:(?:it\s+is|be|by|in|at|on|with|to|until|from|the|an?|actually|really)\s+)*"
    r"(?:options?|choices?|answers?)?\s*[(\[\"']*\s*\Z",
    re.IGNORECASE,
)
NOT_AFTER = re.compile(
    r"\s*[)\].\"']*\s*(?:\?\s*(?:no\b|nope|아니)|(?:(?:is|are|was|were|would\s+be|seems|can|does|do|did|could|has|have"
    r"|looks)\s*(?:not|n't|never|clearly\s+not|no\s+longer)\b|isn't|aren't|wasn't|can't|doesn't|don't|didn't|cannot|won't"
    r"|hasn't)"
    r"|(?:is|are|was|were|seems|looks|would\s+be)\s+(?:also\s+|clearly\s+|definitely\s+)?(?:incorrect|wrong"
    r"|false|out\b|ruled\s+out|eliminated|mistaken|impossible|a\s+distractor|too\b)"
    r"|(?:번|번은|번이)?\s*(?:은|는|이|가|도)?\s*(?:아니|아닙|아닌|틀|오답|잘못|제외)|대신|\S{0,3}\s안\s?[됩돼되]|\S{0,3}\s말아야|(?:ではな|じゃな)"
    r"|不是|不对)",
    re.IGNORECASE,
)
_DENIES = (
    r"\b(?:not(?!\s+only)|never|isn't|wasn't|aren't|doesn't|didn't|cannot|can't|neither|nor|incorrect|wrong|false"
    r"|mistaken|no longer|unsupported|contradicted|irrelevant|distractors?)\b"
)
ASIDE_BEFORE = re.compile(
    rf"{_DENIES}|\b(?:rather than|instead of|unlike|tempting|plausible|although|though"
    r"|(?:might|may|could|would) (?:have )?(?:seem|appear|think|thought|sa(?:y|id)|guess\w*|expect\w*|assum\w*)"
    r"|some (?:people )?(?:say|think|believe)|first thought|initially|at first|used to|previously|formerly|before"
    r"|after|last year|in the past|originally|including|of which"
    r"|compared (?:with|to)|plus|planned|(?:up|down) from|versus|ruled out|excluded|eliminated"
    r"|(?:moved|changed|switched|transferred|relocated|shifted|raised|reduced|cut"
    r"|replac\w+|succeed\w+)(?: from)? (?:the )?\Z)"
    r"|지난해까지|작년|전년|이전|예전|원래|처음에|기존|종전|과거|당초|계획",
    re.IGNORECASE,
)
ASIDE_AFTER = re.compile(
    rf"{_DENIES}|\b(?:abandoned|ruled out|excluded|eliminated|tempting|plausible|closed|in the past|last year|until"
    r"|originally|previously|formerly|(?:was|were|been) (?:later )?(?:replaced|succeeded)|burn\w+ down|was sold"
    r"|too (?:early|late|high|low|small|large))\b"
    r"|아니|아닙|아닌|틀리|틀렸|오답|잘못|제외|생각할\s*수|생각하기\s*쉽|생각했|착각|오해|혼동|헷갈|없|보일\s*수|않|달리|대신"
    r"|^\s*\w*\s*was the old\b|^\s*(?:\w+\s+){0,2}(?:less|more|higher|lower|fewer|greater)\s+than\b"
    r"|^\S{0,2}\s*포함|^\s*[가-힣]{0,2}보다"
    r"|\s(?:뒤|후|다음)(?:에)?\s*$|^\s*\S*(?:던|었|였)(?:지만|으나|는데)",
    re.IGNORECASE,
)
CONCLUDES = re.compile(
    r"^\W*(?:only|so|therefore|thus|hence|finally|actually|in fact|in short|in conclusion|overall|conclusion|answer"
    r"|verdict)\b|\b(?:which (?:makes|gives|leaves|means|is)|making)\b|합하면|합쳐서|총합"
    r"|\b(?:the|my|final|correct|best|right) (?:\w+ )?(?:answer|option|choice)\b|^\W*it(?:'s| is| was| must be)\b"
    r"|\bmatches\b|\bi\.e\.|\bthat is\b|\bmakes clear\b|\b(?:says|states|shows|confirms|specifies)\b"
    r"|\bis (?:the )?(?:correct|right|best)\b|\b(?:i|we)(?:'d|'ll| would| will)? (?:go|choose|pick|select|opt"
    r"|conclude|settle)\b"
    r"|\b(?:today|now|currently|since then)\b"
    r"|따라서|그러므로|결국|결론|실제로|정답|최종|그래서|올바른|맞습니다|맞아요|맞다|사실은|올해부터|지금은|현재"
    r"|이제는",
    re.IGNORECASE,
)
TURN = re.compile(
    r"\b(?:final|finally|so|therefore|thus|hence|actually|wait|correction|instead|in\s+conclusion|overall|rather"
    r"|correct|on\s+reflection|on\s+second\s+thought|scratch\s+that|let\s+me\s+correct)\b|최종|따라서|그러므로|결국|다시"
    r"|그래서|정정|\bno,|\bsorry\b|\bmistake|(?:^|[\s,.])아,|아니(?:,|요|오)|아닙니다|잘못",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:might be|could be|may be|either|both|can't (?:tell|decide|say)|cannot (?:tell|decide)|not sure|unsure"
    r"|unclear|toss-up|hard to say|torn between|equally|or)\b|둘\s*다|모두\s*맞|또는|혹은|이나\s|아니면|둘\s*중|모르겠"
    r"|확실하지|애매|중\s*하나",
    re.IGNORECASE,
)
CORRECTS = re.compile(
    r"\b(?:wait|no,|sorry|correction|on\s+(?:reflection|second\s+thought)|scratch\s+that|let\s+me\s+correct|i\s+mean)"
    r"|정정|다시\s*(?:보니|확인|생각)|아니(?:,|요|오|다)|(?:^|[\s,.])아,",
    re.IGNORECASE,
)
ASKED_KO = re.compile(
    r"(?:어디|누구|무엇|(?:어느|어떤|몇)\s\S+?)(에서|에게서|에게|에|을|를|이|가|으로|로)(?![가-힣])|(?<=누)가(?![가-힣])"
)
SAME_PARTICLE = {
    "을": "[을를]",
    "를": "[을를]",
    "이": "[이가]",
    "가": "[이가]",
    "로": "(?:으로|로)",
    "으로": "(?:으로|로)",
}
JOINT = re.compile(
    r"[)\].\"']*(?:\s*번)?\s*(?:,?\s*(?P<alternative>(?:and/)?or|nor|/|또는|혹은|아니면|(?<![가-힣])이나|(?<![가-힣])나|~|내지|[-–])|,?\s*(?:and|&)|,|와|과|및|하고)"
    r"\s*(?:maybe|perhaps|possibly|even|the|options?|choices?)?\s*[(\[\"'$€£¥₩]*",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\((?![^)]*(?:정확|exact))[^()]{1,120}\)")
FROM = re.compile(r"\bfrom\s+(?:the\s+|about\s+)?\S{0,2}\Z", re.IGNORECASE)
TO = re.compile(r"\b(?:to|in\s+favou?r\s+of)\s+(?:the\s+|about\s+)?\S{0,2}\Z", re.IGNORECASE)
BY_KO = re.compile(r"\s*에서(?![는도])")
INTO_KO = re.compile(r"\s*(?:으로|로)(?![가-힣])")
ASKS_FIRST = re.compile(r"\bfirst\b|먼저|우선", re.IGNORECASE)
FIRST = re.compile(r"\W*(?:first\b|먼저|우선|가장\s*먼저)", re.IGNORECASE)
WAS = re.compile(r"\b(?:was|were|had)\b|었|였", re.IGNORECASE)
CONCEDES = re.compile(r"\W*(?:although|though|even\s+though|while|whereas|비록)\b", re.IGNORECASE)
NOW = re.compile(r"^\W*(?:but|however)\b|\bsince \d{4}|\bnow\b|\btoday\b|지금|현재|올해", re.IGNORECASE)
ASKS_NOT = re.compile(
    r"\bNOT\b|\b(?:is|are|was|were|does|do|did) not\b|n't\b|\bexcept\b|\bexcluded\b"
    r"|지\s?(?:않|못하?)[은는]\s[가-힣]+|(?:아닌|틀린|잘못된|제외되는|제외한|다른)\s?(?:것|설명|보기|내용)"
)
ASKS_END = re.compile(
    r"\bends?\b|\buntil\b|\bexpir\w+|\bdeadline\b|\bclos(?:e|es|ing)\b|\bfinish\w*|\blast day\b"
    r"|마감|종료|끝|까지|만료|폐막|(?<![가-힣])닫",
    re.IGNORECASE,
)
ASKS_BEGIN = re.compile(
    r"\bbegins?\b|\bstarts?\b|\bopens?\b|\bfrom when\b|\bfirst day\b|시작|개시|개막|부터"
    r"|(?<![가-힣])(?:엽니|여나요|여는|열리|열어)|오픈",
    re.IGNORECASE,
)
UNTIL = re.compile(
    r"\b(?:until|till|to|through|by|and|(?:ends?|ended|ending|expir\w+|clos\w+|finish\w*)(?:\s+(?:on|in|at))?)\s+\S{0,3}\s*\Z",
    re.IGNORECASE,
)
UNTIL_KO = re.compile(r"[^\w]{0,6}(?:\([^)]*\))?\s*(?:까지|에\s(?:만료|종료|마감|폐막|끝))")
FROM_KO = re.compile(r"[^\w]{0,6}(?:\([^)]*\))?\s*(?:부터|에\s(?:시작|개시|개막))")
SUM_BEFORE = re.compile(
    r"(?:(?<![가-힣])(?:총|합계|합쳐|모두|전부)|\btotal(?:\s+of)?|\btotall?ing|\b(?:in\s+total|altogether|in\s+all|in\s+sum),?)\s*\S{0,1}\Z",
    re.IGNORECASE,
)
DENYING = re.compile(rf"{_DENIES}|\b(?:except|excluded)\b|않|아니|아닌|아닙|틀[리렸린]|다르|다릅|없", re.IGNORECASE)
TOPIC = re.compile(r"[)\].]?(?:\s*번)?(?:은|는)\s")
ASKING_GUESS = re.compile(r"\b(?:maybe|perhaps|probably|possibly)\b[^.?!]{0,60}\?\W*\Z", re.IGNORECASE)
OF_ITS_OWN = re.compile(r"\s*\w*\s+(in|for|at|by|from)\s", re.IGNORECASE)
SUPERLATIVE = re.compile(r"\b(?:most|least|best|worst|first|last|[a-z]{3,}est)\b|가장|제일", re.IGNORECASE)
NO_SUPERLATIVE = frozenset(
    ["interest", "request", "forest", "harvest", "protest", "contest", "guest", "invest", "suggest"]
)
TOP = re.compile(r"\W*(?:[^.]{0,20}\s)?(?:1위|first place|number one)", re.IGNORECASE)
TRAILS = re.compile(r"\W*(?:followed by|ahead of|as opposed to|rather than|instead of|compared with)\b", re.IGNORECASE)
LABEL_WORD = re.compile(r"(?:option|choice|answer|보기|선택지)\s*$", re.IGNORECASE)
SUM_AFTER = re.compile(r"\s*(?:\w+\s+)?(?:in total|in all|altogether|total)\b", re.IGNORECASE)
BEGINNING = re.compile(
    r"\b(?:effective|as of|starting|beginning"
    r"|(?:begins?|began|starts?|started|opens?|opened)(?:\s+(?:on|in|at))?)\s+(?:on\s+)?\S{0,3}\Z",
    re.IGNORECASE,
)
ASKS_WINNER = re.compile(r"\b(?:won|wins?|winners?|champions?)\b|우승|이긴|이겼|승리", re.IGNORECASE)
BEATEN_BEFORE = re.compile(
    r"(?:\b(?:beat|beats|beating|defeat\w*|overcame|victory over)|\bwon\b[^.]{0,30}\bagainst)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
BEATEN_AFTER = re.compile(
    r"\s+(?:lost|(?:was|were) (?:beaten|defeated)|(?:came|finished) second)\b"
    r"|[을를]\s(?:\S+\s){0,3}?(?:꺾|이기고|이겼|이긴|누르|눌렀|제치|물리)|(?:[은는이가]\s(?:\S+\s)?|에게?\s)(?:졌|패했|패배|준우승)",
    re.IGNORECASE,
)
ASKED_SUBJECT_KO = re.compile(r"[한은된]\s(?:기관|사람|부서|단체|회사|인물|팀|업체|분)[은는]")
APPOSED = re.compile(r"\s*\([^()]{1,60}\)")
FULL_STOP = re.compile(r"[)\]\"']*\.\s")
