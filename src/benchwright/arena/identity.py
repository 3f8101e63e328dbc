"""Does an answer name its own model or maker? Such a vote was not blind, and is kept out of the main board."""

import re
from collections.abc import Sequence
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
)
FAMILIES = (
    *("ChatGPT", "GPT", "Claude", "Gemini", "Gemma", "Bard", "Llama", "LLaMA", "Mixtral", "Mistral", "Ministral"),
    *("Qwen", "Tongyi", "DeepSeek", "Grok", "Command R", "Nova", "Nemotron", "Granite", "Phi", "Ernie", "Hunyuan"),
    *("Doubao", "Kimi", "GLM", "ChatGLM", "Yi", "Jamba", "Falcon", "Vicuna", "Alpaca", "Copilot", "Bing Chat"),
    *("HyperCLOVA", "HyperCLOVA X", "CLOVA X", "EXAONE", "Solar", "A.X", "Kanana", "StableLM", "Zephyr", "OLMo"),
    *("DBRX", "Pi", "챗GPT", "클로드", "제미나이", "하이퍼클로바", "클로바", "엑사원", "라마", "큐원"),
)
"""Names that a model may call itself; names that are also everyday words count only after a cue such as "I am"."""

_ARTICLE = r"(?:an?\s+|the\s+)?"
_CUE_BEFORE = (
    # First person, then what one is.
    r"\bI(?:\s+am|['’]m)\s+(?:actually\s+|called\s+|known\s+as\s+|simply\s+|just\s+|based\s+on\s+|powered\s+by\s+)?"
    + _ARTICLE,
    r"\bmy\s+name\s+is\s+",
    r"\b(?:you\s+can\s+|please\s+)?call\s+me\s+",
    r"\bthis\s+is\s+(?=\S+\s+(?:speaking|here)\b)",
    r"\bas\s+" + _ARTICLE + r"(?=[^,.\n]{1,60},\s+I\b)",
    r"(?:저는|나는|제\s*이름은|저의\s*이름은|내\s*이름은|저를)\s*",
)
_MAKING = r"(?:trained|developed|created|made|built|designed|released|provided|programmed|engineered)"
_SELF = r"(?:\bI\b|\bI['’]m\b|\bI['’]ve\b|\bme\b|\bmy\b|\bmyself\b)"
_SELF_KO = r"(?:저는|나는|저를|제가|저의|제)"
_MAKING_KO = r"(?:에서|이|가|에\s*의해)?\s*(?:자체\s*)?(?:개발|훈련|학습|만든|만들어|제작|설계|출시)"
_SENTENCE = re.compile(r"[^.!?。\n]*(?:[.!?。](?=\S)[^.!?。\n]*)*")
_LONGEST_SENTENCE = 600


def self_naming(text: str, models: Sequence[str] = ()) -> str:
    """Return the words by which `text` names its own model or maker; empty where it does not.

    A name counts only as a whole word and only where the sentence speaks of the speaker: "I am Claude", "as a model
    trained by Google, I …", "저는 네이버에서 개발한 …". "Google" in an answer about search engines is no leak, nor is
    "I used ChatGPT". `models` are the names in the arena, whose parts count as names too.
    """
    rules = _rules(tuple(models))
    for sentence in _sentences(text):
        for rule in rules:
            if found := rule.search(sentence):
                return " ".join(found.group(0).split())[:120]
    return ""


def _sentences(text: str) -> list[str]:
    pieces = (piece.group(0).strip() for piece in _SENTENCE.finditer(text[:60_000]))
    return [piece[:_LONGEST_SENTENCE] for piece in pieces if piece]


@lru_cache(maxsize=8)
def _rules(models: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    own = {part for model in models for part in _parts(model)}
    names = _either({*FAMILIES, *own})
    makers = _either({*MAKERS, *FAMILIES, *own})
    # "GPT-4o", "Claude 3.5 Sonnet", "Qwen2.5": a version belongs to the name.
    name = rf"(?<![\w-])(?:{names})(?:[\s-]?\d[\w.]*)?(?![A-Za-z])"
    maker = rf"(?<![\w-])(?:{makers})(?![A-Za-z])"
    between = r"(?:[\w'’,\-()]+\s+){0,4}?"
    rules = [
        # "I am Claude", and "I am a model by OpenAI"; but not "I am a Gemini user": what follows must not be a noun.
        *(rf"{cue}{name}(?!\s+(?:user|fan|owner|customer|expert|developer|사용자))" for cue in _CUE_BEFORE),
        rf"{_SELF}[^.!?\n]{{0,80}}?\b{_MAKING}\s+(?:and\s+\w+\s+)?by\s+(?:the\s+)?(?:team\s+at\s+)?{maker}",
        rf"\b{_MAKING}\s+(?:and\s+\w+\s+)?by\s+(?:the\s+)?{maker}[^.!?\n]{{0,40}}?,\s*I\b",
        rf"(?<![\w-]){maker}\s+(?:{_MAKING}|has\s+{_MAKING})\s+me\b",
        rf"\bmy\s+(?:creators?|developers?|makers?)\s*(?:,|is|are|at)\s+{between}{maker}",
        rf"\bI(?:\s+am|['’]m)\s+(?:an?\s+|the\s+){between}(?:model|assistant|AI|chatbot|LLM)\s+(?:from|by|of|called|named)"
        rf"\s+{maker}",
        rf"\bI(?:\s+am|['’]m)\s+{maker}['’]s\s+",
        rf"{_SELF_KO}[^.!?\n]{{0,30}}?{maker}{_MAKING_KO}",
        rf"{maker}{_MAKING_KO}[^.!?\n]{{0,30}}?(?:저는|저를|모델입니다|모델이에요|인공지능입니다|AI입니다|언어\s*모델)",
        rf"{_SELF_KO}\s*{maker}의\s*[^.!?\n]{{0,20}}?(?:모델|인공지능|AI|어시스턴트|챗봇)",
    ]
    return tuple(re.compile(rule, re.IGNORECASE) for rule in rules)


def _parts(model: str) -> list[str]:
    """`lab/solaris-7b-chat` may call itself `solaris-7b-chat` or `Solaris`."""
    last = model.rpartition("/")[2]
    stem = re.split(r"[-_:@\s.\d]", last)[0]
    return [part for part in (last, stem) if len(part) >= 4 and not part.isdigit()]


def _either(names: set[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=lambda n: (-len(n), n)))
