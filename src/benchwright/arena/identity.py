"""Does an answer name its own model or maker? Such a vote was not blind, and is kept out of the main board."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MAKERS = (
    *("OpenAI", "Open AI", "Anthropic", "Google DeepMind", "DeepMind", "Google", "Meta AI", "Meta", "Mistral AI"),
    *("Mistral", "Microsoft", "Alibaba Cloud", "Alibaba", "DeepSeek", "xAI", "Cohere", "Amazon", "NVIDIA", "IBM"),
    *("Apple", "Baidu", "Tencent", "ByteDance", "Moonshot AI", "Zhipu AI", "Zhipu", "01.AI", "AI21 Labs", "AI21"),
    *(
        "Hugging Face",
        "Stability AI",
        "Databricks",
        "Naver",
        "네이버",
        "Kakao",
        "카카오",
        "LG AI Research",
        "LG AI연구원",
    ),
    *("Upstage", "업스테이지", "SK Telecom", "SK텔레콤", "Perplexity", "Inflection", "Technology Innovation Institute"),
    *(
        "구글",
        "오픈AI",
        "오픈에이아이",
        "앤트로픽",
        "앤스로픽",
        "메타",
        "마이크로소프트",
        "알리바바",
        "딥시크",
        "미스트랄",
    ),
    *("阿里巴巴", "阿里云", "百度", "腾讯", "字节跳动", "深度求索", "月之暗面", "智谱", "谷歌"),
)
FAMILIES = (
    *("ChatGPT", "GPT", "Claude", "Gemini", "Gemma", "Bard", "Llama", "LLaMA", "Mixtral", "Mistral", "Ministral"),
    *("Qwen", "Tongyi", "DeepSeek", "Grok", "Command R", "Nova", "Nemotron", "Granite", "Phi", "Ernie", "Hunyuan"),
    *("Doubao", "Kimi", "GLM", "ChatGLM", "Yi", "Jamba", "Falcon", "Vicuna", "Alpaca", "Copilot", "Bing Chat"),
    *("HyperCLOVA", "HyperCLOVA X", "CLOVA X", "EXAONE", "Solar", "A.X", "Kanana", "StableLM", "Zephyr", "OLMo"),
    *("DBRX", "Pi", "챗GPT", "클로드", "제미나이", "하이퍼클로바", "클로바", "엑사원", "라마", "큐원"),
    *("通义千问", "千问", "文心一言", "豆包", "混元", "智谱清言", "クロード", "ジェミニ"),
)
"""Names that a model may call itself; names that are also everyday words count only after a cue such as "I am"."""

_ARTICLE = r"(?:an?\s+|the\s+)?"
_CUE_BEFORE = (
    # First person, then what one is.
    r"\bI(?:\s+am|['’]m)(?:,?\s+(?:actually|called|known\s+as|simply|just|in\s+fact|indeed|based\s+on|powered\s+by),?)?\s+"
    + _ARTICLE,
    r"\b(?:my|the)\s+name(?:\s+is|['’]s)\s*:?\s*",
    r"\bI\s+go\s+by\s+(?:the\s+name\s+(?:of\s+)?)?",
    r"\b(?:you\s+can\s+|please\s+)?call\s+me\s+",
    r"\byou(?:\s+are|['’]re)\s+(?:talking|chatting|speaking)\s+(?:to|with)\s+" + _ARTICLE,
    r"\bthis\s+is\s+(?=\S+\s+(?:speaking|here)\b)",
    r"\bas\s+" + _ARTICLE + r"(?=[^,.\n]{1,60},\s+I\b)",
    r"(?:저는|나는|제\s*이름은|저의\s*이름은|내\s*이름은|저를)\s*",
    r"\bich\s+(?:bin|hei(?:ß|ss)e)\s+(?:(?:ein|eine|der|die|das)\s+)?",
    r"\bmein\s+name\s+ist\s+",
    r"\bje\s+(?:suis|m['’]appelle)\s+(?:(?:une?|le|la)\s+)?",
    r"\bmon\s+nom\s+est\s+",
    r"\b(?:soy|me\s+llamo|mi\s+nombre\s+es|mi\s+chiamo|io\s+sono|eu\s+sou|meu\s+nome\s+é)\s+(?:(?:una?|el|la|um|o)\s+)?",
    r"(?:私|わたし|僕)(?:は|の名前は)[、,]?\s*",
    r"我(?:是|叫|的名字(?:是|叫))\s*",
)
_MAKING = r"(?:trained|developed|created|made|built|designed|released|provided|programmed|engineered)"
_SELF = r"(?:\bI\b|\bI['’]m\b|\bI['’]ve\b|\bme\b|\bmy\b|\bmyself\b)"
_EDGE = r"(?:(?<![\w-])|(?<=[은는はが是叫由]))"
_SELF_KO = r"(?:저는|나는|저를|제가|저의|제)"
_MAKING_KO = r"(?:에서|이|가|에\s*의해)?\s*(?:자체\s*)?(?:개발|훈련|학습|만든|만들어|제작|설계|출시)"
# Marks that a reader does not see or looks past: emphasis, quotation, what has no width.
_MARKS = re.compile(r"[*`\"“”„«»「」『』\[\]~\u00ad\u200b-\u200f\u2060\ufeff]+|(?<!\w)[_'‘’]+|[_'‘’]+(?!\w)")
_ASKED_WHO = re.compile(
    r"\bwho\s+(?:are|made|created|trained|built|developed)\s+you\b|\bintroduce\s+yourself\b"
    r"|\byour\s+(?:\w+\s+){0,2}(?:name|model|makers?|creators?|developers?|version|provider|vendor|identity)\b"
    r"|\b(?:which|what)\s+(?:\w+\s+){0,4}(?:are\s+you|am\s+i\s+(?:talking|chatting|speaking))\b"
    r"|(?:너|넌|네|니|당신|자기)\S{0,2}\s*(?:이름|모델|정체|개발사|버전|누구)|누가\s*(?:너|널|당신)|자기\s*소개"
    r"|(?:무슨|어떤|어느)\s*(?:AI|인공지능|모델)\S{0,2}\s*(?:이야|야|인가|이니|니|입니까|이에요|예요)"
    r"|你(?:是谁|叫什么|的(?:名字|模型)|是(?:什么|哪))|谁\w{0,4}你|あなた(?:は(?:誰|何)|の(?:名前|モデル))"
    r"|\b(?:wer|was)\s+bist\s+du\b|\bwie\s+hei(?:ß|ss)t\s+du\b|\bqui\s+es[\s-]tu\b|\bqui[eé]n\s+eres\b",
    re.IGNORECASE,
)
_YES = re.compile(r"\W*(?:yes|yeah|correct|right|indeed|that['’]?s right|네|예|맞|ja|oui|s[ií]|是|はい)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?。\n]*(?:[.!?。](?=\S)[^.!?。\n]*)*")
_LONGEST_SENTENCE = 600
_LONGEST_TEXT = 60_000


@dataclass(frozen=True)
class _Rules:
    """How a text names itself; any name at all; a prompt that guesses ("Are you Claude?")."""

    naming: tuple[re.Pattern[str], ...]
    any_name: re.Pattern[str]
    guess: re.Pattern[str]


def self_naming(text: str, models: Sequence[str] = (), *, prompt: str = "") -> str:
    """Return the words by which `text` names its own model or maker; empty where it does not.

    A name counts only as a whole word and only where the sentence speaks of the speaker: "I am Claude", "as a model
    trained by Google, I …", "저는 네이버에서 개발한 …". "Google" in an answer about search engines is no leak, nor is
    "I used ChatGPT". Where `prompt` asks the model who it is, any name in the answer counts: "Claude." is enough.
    `models` are the names in the arena, whose parts count as names too.
    """
    rules = _rules(tuple(models))
    text, prompt = _plain(text[:_LONGEST_TEXT]), _plain(prompt[:_LONGEST_TEXT])
    for sentence in _sentences(text):
        for rule in rules.naming:
            if found := rule.search(sentence):
                return _shown(found)
    if _ASKED_WHO.search(prompt) and (found := rules.any_name.search(text)):
        return _shown(found)
    guessed = rules.guess.search(prompt)
    return _shown(guessed) if guessed and _YES.match(text) else ""


def _shown(found: re.Match[str]) -> str:
    return " ".join(found.group(0).split())[:120]


def _plain(text: str) -> str:
    """`text` as it is read aloud: "I'm **Claude**" names as plainly as "I'm Claude", full-width letters as others."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def _sentences(text: str) -> list[str]:
    pieces = (piece.group(0).strip() for piece in _SENTENCE.finditer(text))
    return [piece[:_LONGEST_SENTENCE] for piece in pieces if piece]


@lru_cache(maxsize=8)
def _rules(models: tuple[str, ...]) -> _Rules:
    own = {part for model in models for part in _parts(model)}
    names = _either({*FAMILIES, *own})
    makers = _either({*MAKERS, *FAMILIES, *own})
    # "GPT-4o", "Claude 3.5 Sonnet", "Qwen2.5": a version belongs to the name.
    name = rf"{_EDGE}(?:{names})(?:[\s-]?\d[\w.]*)?(?![A-Za-z])"
    maker = rf"{_EDGE}(?:{makers})(?![A-Za-z])"
    between = r"(?:[\w'’,\-()]+\s+){0,4}?"
    rules = [
        # "I am Claude", and "I am a model by OpenAI"; but not "I am a Gemini user": what follows must not be a noun.
        *(rf"{cue}{name}(?!\s+(?:user|fan|owner|customer|expert|developer|사용자))" for cue in _CUE_BEFORE),
        rf"{_SELF}[^.!?\n]{{0,80}}?\b{_MAKING}\s+(?:and\s+\w+\s+)?by\s+(?:the\s+)?(?:team\s+at\s+)?{maker}",
        rf"\b{_MAKING}\s+(?:and\s+\w+\s+)?by\s+(?:the\s+)?{maker}[^.!?\n]{{0,40}}?,\s*I\b",
        rf"{maker}\s+(?:{_MAKING}|has\s+{_MAKING})\s+me\b",
        rf"\bmy\s+(?:creators?|developers?|makers?)\s*(?:,|is|are|at)\s+{between}{maker}",
        rf"\bI(?:\s+am|['’]m)\s+(?:an?\s+|the\s+){between}(?:model|assistant|AI|chatbot|LLM)\s+(?:from|by|of|called|named)"
        rf"\s+{maker}",
        rf"\bI(?:\s+am|['’]m)\s+{maker}['’]s\s+",
        rf"\bI(?:\s+am|['’]m)\s+(?:an?\s+|the\s+){between}(?:model|assistant|chatbot|LLM)\s+{name}",
        rf"^\W*(?:(?:hi|hello|hey)\W+)?(?:this\s+is\s+{name}\W*$|{name}\s+here\b)",
        rf"我[^.!?\n]{{0,20}}?{maker}[^.!?\n]{{0,8}}?(?:开发|訓練|训练|研发|打造|创造|推出)",
        rf"{maker}(?:社)?(?:が|によって|に)[^.!?\n]{{0,8}}?(?:開発|作|訓練)",
        rf"{_SELF_KO}[^.!?\n]{{0,30}}?{maker}{_MAKING_KO}",
        rf"{maker}{_MAKING_KO}[^.!?\n]{{0,30}}?(?:저는|저를|모델입니다|모델이에요|인공지능입니다|AI입니다|언어\s*모델)",
        rf"{_SELF_KO}\s*{maker}의\s*[^.!?\n]{{0,20}}?(?:모델|인공지능|AI|어시스턴트|챗봇)",
    ]
    return _Rules(
        tuple(re.compile(rule, re.IGNORECASE) for rule in rules),
        re.compile(rf"{name}|{maker}", re.IGNORECASE),
        re.compile(
            rf"(?:\bare\s+you(?:\s+\w+)?\s|\byou(?:\s+are|['’]re)\s|너는|넌|당신은|你是)\s*{name}", re.IGNORECASE
        ),
    )


def _parts(model: str) -> list[str]:
    """`lab/solaris-7b-chat` may call itself `solaris-7b-chat` or `Solaris`."""
    last = model.rpartition("/")[2]
    stem = re.split(r"[-_:@\s.\d]", last)[0]
    return [part for part in (last, stem) if len(part) >= 4 and not part.isdigit()]


def _either(names: set[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=lambda n: (-len(n), n)))
