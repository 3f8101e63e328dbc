"""What a prompt asks for (coding, mathematics …), told by rules in English and Korean and, where silent, by letters."""
# ruff: noqa: E501  (a pattern is easier to read on one line)

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchwright.arena.prompt_letters import likely

OTHER = "other"
CATEGORIES: tuple[str, ...] = (
    *("coding", "mathematics", "writing", "summarising", "translation", "extraction", "reasoning", "advice", OTHER),
)

# Pattern and weight; the instruction at the start of a prompt says more than words in a pasted text.
_LANGUAGE = (
    "(?:korean|english|japanese|chinese|mandarin|french|german|spanish|italian|portuguese|vietnamese|dutch|polish|turkish|"
    "arabic|russian|thai|hindi|swedish|danish|norwegian|finnish|greek|czech|indonesian|ukrainian|hebrew|latin)"
)
_LANGUAGE_KO = (
    "(?:영어|한국어|일본어|중국어|영문|국문|한글|독일어|프랑스어|스페인어|이탈리아어|베트남어|네덜란드어|러시아어|태국어|터키어|아랍어|포르투갈어|"
    "폴란드어|인도네시아어|라틴어)"
)

_RULES: dict[str, tuple[tuple[str, float], ...]] = {
    "translation": (
        (
            r"\b(?:put|turn|convert|change|write|say|render|need|want|have)\b.{0,60}\b(?:in|into|to) (?:\w+ )?"
            + _LANGUAGE
            + r"\b",
            4.5,
        ),
        (
            r"\b(?:in|into|to) (?:polite |formal |simple |plain )?" + _LANGUAGE + r"\s*(?:please|pls|plz|[?.!:,]|$)",
            4.5,
        ),
        (
            r"\b"
            + _LANGUAGE
            + r"(?: (?:version|translation|equivalent|word|term)\b| (?:please|pls)|\s*(?:to|->|→)\s*"
            + _LANGUAGE
            + r")",
            4.5,
        ),
        (
            r""
            + _LANGUAGE_KO
            + r"(?:로|으로)?\s*(?:[?.!,:]|$)|"
            + _LANGUAGE_KO
            + r"(?:로|으로)\s|[\x22”’']\s*(?:이|가|은|는)?\s*(?:무슨|어떤)\s*뜻",
            4,
        ),
        (r"\btranslat(?:e|ion|ing)\b", 5),
        (r"\bhow (?:do|would|can) (?:you|i|we) say\b.*\bin [A-Z]\w+", 5),
        (
            r"\b(?:in|into|to) (?:korean|english|japanese|chinese|french|german|spanish|italian|portuguese|vietnamese)\b",
            2,
        ),
        (
            r"번역|통역|(?:영어|한국어|일본어|중국어|영문|국문|한글|독일어|프랑스어|스페인어)(?:로|으로)\s*(?:\S+\s*){0,3}(?:옮|바꿔|바꾸|뭐|어떻게|써|표현|말)",
            5,
        ),
    ),
    "summarising": (
        (
            r"\b(?:short(?:er)? version|takeaways?|brief me|nutshell|bottom line|main (?:points?|ideas?|message)|highlights|the essentials|in short|in plain and short|too long|didn'?t read|what(?:'?s| is) (?:in it|it about))\b",
            4.5,
        ),
        (
            r"\b(?:to|in|max|under|about)? ?\d+ (?:words|bullets|bullet points|lines)\b",
            2.5,
        ),
        (
            r"압축|요지|골자|추려|간단히|짧게\s*(?:줄|정리)|무슨\s*(?:내용|소리|말)|주요\s*내용|한마디로|\d+\s*자로|(?:한|두|세|\d)\s*단락|못\s*온\s*사람|뭐라는",
            4.5,
        ),
        (
            r"\b(?:summari[sz]e|summari[sz]ing|summary|tl;?dr|sum up|condense|recap|key (?:points|takeaways)|digest|gist)\b",
            5,
        ),
        (r"\b(?:main|most important) points\b|\bin (?:one|two|three|\d) sentences?\b|\bboil\b.*\bdown\b", 3),
        (r"\bshorten\b", 2),
        (r"요약|간추|줄여|정리해|핵심(?:만|을|\s*내용|\s*포인트)|요점|(?:한|두|세|\d)\s*(?:줄|문장)(?:로|으로)", 4.5),
    ),
    "extraction": (
        (
            r"\b(?:pull|get|copy|collect|grab|gather)\b.{0,40}\b(?:every|all|each|out of|from|only)\b|\b(?:give me|list|show) (?:me )?(?:only|just) (?:the )?\w+",
            3.5,
        ),
        (
            r"\b(?:which|what)\b.{0,40}\b(?:are|is|appear|occur|come|stand)s?\b.{0,14}\b(?:named|mentioned|listed|appear|occur|in (?:this|the|here)|in here)\b|\b(?:appear|occur)s? in (?:this|the)\b",
            3.5,
        ),
        (
            r"\b(?:make|build|create) (?:me )?a (?:table|list) (?:of|from|out)\b|\bjust the (?:names|dates|numbers|amounts|prices)\b|\bone per line\b|\bwho is responsible for what\b",
            4.5,
        ),
        (
            r"(?:나오는|있는|적힌|언급된)\s*(?:\S+\s*){0,3}(?:다|전부|모두|목록|하나씩|적어)|목록으로|\S+만\s*(?:알려|적어|골라|뽑|추려|보여)|(?:에서|내용에서)\s*(?:\S+\s*){0,4}(?:찾아|뽑|정리|목록|마감일|문의처|전부)|담당자별|한\s*줄에\s*하나",
            4.5,
        ),
        (r"\bextract\b|\bpull out\b|\bpick out\b|\bparse\b.*\b(?:text|names?|dates?|email|invoice)\b", 5),
        (
            r"\b(?:list|find|identify|give me|return|collect|get)\b (?:all|every|each|the)\b.*\b(?:names?|dates?|amounts?|"
            r"numbers?|e-?mails?|phone|addresses|prices|people|companies|mentioned|deadlines|figures|entities|places|keywords)\b",
            4,
        ),
        (r"\bas (?:json|csv|a table)\b|\binto (?:a )?(?:json|csv|table|spreadsheet)\b", 2.5),
        (
            r"\bwhich\b.*\b(?:are|is) mentioned\b|\bmentioned in\b|\baccording to the (?:text|document|passage|table)\b",
            3,
        ),
        (
            r"추출|뽑아|골라\s*(?:내|줘)|찾아\s*(?:내|서|줘|주)|모두\s*(?:찾|나열|적)|(?:이름|날짜|금액|전화번호|이메일|주소)(?:만|을|를)\s*(?:\S+\s*){0,3}"
            r"(?:찾|뽑|적|나열|정리|알려)|표로\s*(?:만들|정리|바꿔)|\bJSON(?![a-z])",
            4.5,
        ),
    ),
    "coding": (
        (
            r"\b(?:npm|pip|git|dockerfile|yaml|flask|curl|webpack|kubectl|ssh|localhost|regex|(?:for|while) loops?|(?:left|inner|outer|right) join|[vxh]lookup|dataframe|segfault|recursi(?:on|ve)|stack ?overflow|div|null|undefined|boolean|json|api|google sheets|macro|commit|iterrows|python requests|javascript)\b|\bline \d+\b|#N/A|\w\.\w+\(\)|\b(?:port|address) (?:is )?(?:already )?in use|cannot read propert",
            3.5,
        ),
        (
            r"\b(?:excel|sheets?|spreadsheet)\b.{0,30}\b(?:formula|function|macro)\b|\b(?:formula|function|macro)\b.{0,30}\b(?:excel|sheets?|column|row)",
            3.5,
        ),
        (
            r"npm|git|null|도커|리액트|컨테이너|커밋|브랜치|수식|매크로|반복문|변수|배열|빌드|배포|포인터|C언어|파이썬|정규식|(?:구글\s*)?시트에서|엑셀에서",
            4,
        ),
        (
            r"```|\bdef \w+\(|\bclass \w+[:({]|\bimport \w+|\bfunction\s*\w*\(|=>|\bconsole\.log|\bSELECT\b.+\bFROM\b|#include"
            r"|\bpublic static\b|</?\w+>|\bTraceback\b|\w+Error\b|Exception\b|\bnull pointer\b",
            3,
        ),
        (
            r"\b(?:python|javascript|typescript|java|c\+\+|c#|golang|rust|kotlin|swift|php|ruby|sql|html|css|bash|regex(?:p)?|"
            r"react|vue|django|flask|fastapi|spring boot|node\.?js|docker|kubernetes|git|pandas|numpy|postgres(?:ql)?|mysql|"
            r"linux|excel formula|vba|api endpoint|terraform|graphql|json schema|cron)\b",
            3.5,
        ),
        (
            r"\b(?:code|coding|script|function|debug|compile[rs]?|refactor|unit tests?|programming|algorithm|stack trace|"
            r"codebase|pull request|query|queries|endpoint|regular expression|shell command|one-?liner|database index|merge conflict)\b",
            3,
        ),
        (
            r"파이썬|자바스크립트|자바\b|타입스크립트|코틀린|스위프트|리액트|코드|코딩|함수(?:를|가|로)?\s*(?:작성|만들|짜|구현)|스크립트|디버그|디버깅|"
            r"버그|컴파일|쿼리|정규\s*표현식|정규식|알고리즘|엑셀\s*(?:수식|함수)|프로그램(?:을|이)?\s*(?:작성|만들|짜)|리팩터링|리팩토링|단위\s*테스트|"
            r"깃\b|도커|쿠버네티스|데이터베이스|\bAPI(?![a-z])|셸|쉘|크론|구현해|에러|오류\s*메시지|서버\s*로그",
            4,
        ),
    ),
    "mathematics": (
        (
            r"\d.{0,160}\b(?:how (?:much|many|long|far|fast)|what do i need|what(?:'?s| is)(?: the)? (?:left|net|gross|sum|total|average))\b"
            r"|\b(?:how (?:much|many|long|far|fast)\b.{0,160}\d|what(?:'?s| is)(?: the)? (?:sum|total|average|\d))",
            3.5,
        ),
        (
            r"\b(?:volume|area|circumference|diameter|chance|odds|dice|factor|half.?life|squared?|cubed|fahrenheit|celsius|vat|divided by|times \d)\b",
            3,
        ),
        (
            r"\d\s*(?:%|percent\b)|\bis \d+ (?:a )?(?:prime|even|odd|divisible)|\bconvert \d|\d+\s*x\s*\d+",
            2.6,
        ),
        (
            r"\d.{0,80}(?:얼마|몇\s|걸려|할인하면|농도|합은?(?:\s|$)|평이면|공급가액|부가세)|넓이|부피|둘레|반지름|지름|\d+\s*(?:퍼센트|%|프로)|\d.{0,80}(?:합|곱)(?:은|을|\s|$)|풀어\s*줘",
            3.5,
        ),
        (
            r"\b(?:solve|integral|integrate|derivative|differentiate|equation|probability|theorem|prove that|proof|matrix|"
            r"eigenvalues?|polynomial|logarithm|factori[sz]e|prime numbers?|standard deviation|percentage|percent|square root|"
            r"triangle|circle|radius|perimeter|hypotenuse|average speed|compound interest|permutations?|combinatorics|geometric|"
            r"arithmetic|algebra|calculus|median|divisible|remainder|limit of|sum of)\b",
            3.5,
        ),
        (r"\bcalculate\b|\bcompute\b|\bhow (?:much|many)\b.*\d|\bwhat is \d", 3),
        (r"\d\s*[-+*/×÷^=]\s*\d|\bx\s*[\^=+]|[∫∑√π≤≥]|\\frac|x²|x\^2", 3),
        (
            r"계산|방정식|미분|적분|확률|증명|행렬|소수(?:인지|를|의)|제곱근|삼각형|(?:원|구)의\s*(?:넓이|둘레|부피|반지름)|평균(?:을|은|이)|표준편차|퍼센트|백분율|"
            r"복리|이자율|인수분해|최대공약수|최소공배수|나머지|등차|등비|로그|함수의\s*(?:극한|최댓값|최솟값|그래프)|수열|경우의\s*수|몇\s*(?:개|명|원|퍼센트|분|시간|가지|km|킬로)",
            3.5,
        ),
    ),
    "writing": (
        (
            r"\b(?:note|card text|text|post|subject line|headline|caption|bio|slogan|invitation|speech|toast|letter|e-?mail|message|reply|announcement|blurb|notice)\b (?:to|for|about|announcing|on|inviting|saying)\b",
            3.5,
        ),
        (
            r"\b(?:word|phrase) (?:a|an|this|it)\b|\bsound (?:less|more|friendlier)\b|\b(?:catchy|funny|good) (?:names?|titles?|slogans?) for\b|\b(?:fix|check) (?:the |my )?(?:grammar|spelling)\b|^\W*reply to\b|\bout of office\b",
            4.5,
        ),
        (
            r"(?:메일|이메일|편지|문자|답글|답장|문구|카피|슬로건|인사|축사|안내문|공지|초대장|시|자동응답|소개글)\s*(?:\S+\s*){0,3}(?:좀|하나|(?:한|두|세|네|\d)\s*(?:개|편|줄|마디)|부탁|달아|정도)|정중하게|공손하게|세련되게|인사\s*(?:\S+\s*)?(?:써|적)|이름\s*(?:\S+\s*){0,2}(?:지어|개)|맞춤법|자동응답\s*문구",
            4.5,
        ),
        (
            r"^\W*(?:please |can you |could you |help me |i need you to |now )*(?:write|draft|compose|rewrite|rephrase|reword|"
            r"paraphrase|polish|proofread|edit|improve|make (?:this|it) (?:sound|more))\b",
            4.5,
        ),
        (
            r"\b(?:write|draft|compose)\b (?:\w+ ){0,4}(?:e-?mail|letter|poem|story|essay|blog|post|article|speech|slogan|"
            r"tagline|headline|caption|announcement|press release|cover letter|haiku|song|toast|invitation|review|bio|"
            r"newsletter|product description|job (?:ad|posting)|apology|reply|message|paragraph|script|dialogue)\b",
            4,
        ),
        (
            r"\b(?:poem|haiku|short story|slogan|tagline|limerick|cover letter|blog post|press release|speech for|toast for)\b",
            3,
        ),
        (
            r"(?:메일|이메일|편지|시|소설|이야기|글|에세이|기사|보도자료|연설문|축사|인사말|공지|공지문|안내문|사과문|초대장|자기소개서|자소서|카피|"
            r"문구|슬로건|제목|보고서|후기|소개글|답장|문자|동화|가사|대본|블로그|게시물|초안)(?:을|를|로|도|은|는|이|가|\s)*(?:\S+\s*){0,3}"
            r"(?:써|쓰|작성|지어|만들|적어|다듬|고쳐|고치)",
            5,
        ),
        (
            r"다듬어|고쳐\s*(?:써|줘|쓰)|윤문|교정|첨삭|맞춤법|공손하게|부드럽게\s*바꿔|문장(?:을|으로)\s*(?:바꿔|고쳐|다시)",
            4.5,
        ),
    ),
    "reasoning": (
        (
            r"^\W*(?:why|how come)\b|,? and why\b|\bwhy would\b|\bwhat happens (?:to|if|when)\b|\bdoes it follow\b|\bwhat do we know\b",
            3.2,
        ),
        (
            r"\bliars?\b|\btruth.?teller\b|\bif (?:every|all|some|no)\b.{0,80}\b(?:are|is)\b|\bmore plausible\b|\bwhat(?:'?s| is) the trick\b",
            4.5,
        ),
        (
            r"왜\s*\S+|무슨\s*일이\s*생|진실을|거짓을|범인|함정|모든\s.{0,80}(?:면|이면)\s.{0,80}(?:야|까|인가)|알\s*수\s*있는\s*(?:것|건)",
            3.2,
        ),
        (
            r"\b(?:riddle|puzzle|logic(?:al)?|deduce|infer|paradox|fallac(?:y|ies)|syllogism|if all\b.*\bare|who is lying|"
            r"which of (?:the|these) (?:following )?(?:statements|conclusions)|what (?:can|must) (?:be|we) conclude|"
            r"step by step|valid argument|strictly implies|knights? and knaves|counterexample|contradict(?:s|ion)?)\b",
            4.5,
        ),
        (
            r"\b(?:taller|older|faster|heavier|shorter|younger) than\b.*\b(?:taller|older|faster|heavier|shorter|younger|who|which)\b",
            4,
        ),
        (
            r"\bwhy (?:does|do|is|are|did|would|can't|doesn't)\b|\bexplain why\b|\bwhat would happen if\b|\bcompare\b|"
            r"\bwhat (?:is|are) the difference\b|\bpros and cons\b|\bcause[sd]?\b|\banaly[sz]e\b",
            2.6,
        ),
        (
            r"수수께끼|퍼즐|논리|추론|모순|역설|오류를\s*찾|거짓말(?:을|쟁이)|참(?:일까|인가|이다)|결론(?:을|이)|단계별로|반례|누가\s*(?:가장|제일|범인)|보다\s*(?:크|작|빠르|무겁|"
            r"나이)",
            4.2,
        ),
        (r"왜\s|이유(?:를|는|가)|비교해|차이(?:를|가|는|점)|장단점|만약.*(?:라면|다면)|분석해|원인", 2.6),
    ),
    "advice": (
        (
            r"\bwhat do i do\b|\b(?:good|nice|cool) (?:present|gift|book|film|place|restaurant|hobby)\b|\bwhat not to miss\b|\bcan'?t decide\b|\bany (?:ideas|tips|advice)\b|\bideas for\b|\bwhat to (?:wear|buy|cook|bring|say|do)\b|\bhow can i get\b|, help\b",
            3.5,
        ),
        (
            r"어떡하|어떡해|어쩌|뭐라고\s*(?:해|하지|말)|\S+(?:는|은)\s*법(?:\s|$)|어떻게\s*해|뭘\s*(?:봐야|사야|해야)|뭐\s*(?:입|사|먹|하)지|못\s*고르|고르겠|(?:려|으)면\s*$|아이디어|도와\s*줘|선물",
            3.4,
        ),
        (
            r"\b(?:should i|advice|advise|recommend|suggest(?:ions?)?|tips?|how (?:can|do|should|could) i|what should (?:i|we)|"
            r"is it (?:worth|better|ok(?:ay)?|safe)|best way to|help me (?:choose|decide|plan|prepare)|how to|ideas for|"
            r"what(?:'s| is) the best|which (?:one )?(?:should|would|is better)|plan (?:a|my|our))\b",
            3,
        ),
        (
            r"\bmy (?:boss|manager|colleague|friend|wife|husband|partner|son|daughter|landlord|neighbou?r|career|team)\b",
            1.2,
        ),
        (
            r"추천|조언|어떻게\s*(?:해야|하면|하는\s*게|대처|준비|시작|말해야|말하는)|좋을까|나을까|괜찮을까|해야\s*할까|할까요|될까요|방법(?:을|이|은|\s*좀)|"
            r"고민|계획(?:을|\s*좀)?\s*(?:세워|짜)|팁|뭐가\s*(?:좋|나)|어느\s*(?:쪽|것)|골라야|준비해야|상담",
            3.4,
        ),
    ),
}
_COMPILED = {name: tuple((re.compile(p, re.I | re.M | re.S), w) for p, w in rules) for name, rules in _RULES.items()}
_HEAD = 240
_LEAST = 2.5


@dataclass(frozen=True)
class Categories:
    """The categories of an arena: those that come with it, and the owner's own by their words."""

    own: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    @property
    def names(self) -> tuple[str, ...]:
        """All categories, the owner's own first."""
        return (*self.own, *CATEGORIES)

    def of(self, prompt: str) -> str:
        """The category of `prompt`; the owner's own come first."""
        folded = prompt.casefold()
        for name, words in self.own.items():
            if any(word.casefold() in folded for word in words if word):
                return name
        return category_of(prompt)


def category_of(prompt: str) -> str:
    """Return the category that the words of `prompt` speak for most; `other` where none does clearly.

    The instruction (the beginning, and a last line after a pasted text) counts fully; the rest hardly. Terse prompts
    hold none of the rules' words; there the letters decide, if they are sure enough.
    """
    text = prompt.strip()
    if len(text) <= 2 * _HEAD:
        head, rest = text, ""
    else:
        head, rest = f"{text[:_HEAD]}\n{text[-_HEAD // 2 :]}", text[_HEAD : -_HEAD // 2][:1500]
    scores = {name: _score(rules, head) + 0.15 * _score(rules, rest) for name, rules in _COMPILED.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _LEAST else likely(head, CATEGORIES) or OTHER


def _score(rules: Sequence[tuple[re.Pattern[str], float]], text: str) -> float:
    return sum(weight for pattern, weight in rules if pattern.search(text)) if text else 0.0
