"""Which of several options does a text settle on? Clause by clause: told of, set aside, or concluded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from benchwright.evaluation.graders.normalise import TITLES, dictionary_form, find_answer, normalised, stems

LONGEST_TEXT = 6000
"""What is concluded stands at the end: of a longer text only the end is read."""
FEW_WORDS = 5
CLOSE, APART = 0.86, 0.15
LEAST_RESTATED = 2
HANGUL, FINALS = 0xAC00, 28

_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+|;\s*")
_CLAUSE = re.compile(
    r",?\s+(?=(?:but|so|therefore|thus|hence|while|whereas|although|though|because|since|which|rather than|instead of"
    r"|and not|not)\b)|,\s+(?=(?:the|it|he|she|they|this|we|i)\s)|\s+(?=to (?:the )?(?-i:[A-Z0-9]))|:\s+"
    r"|(?<=지만)[,\s]+|(?<=으나)[,\s]+|(?<=는데)[,\s]+|(?<=므로)[,\s]+|(?<=니라)[,\s]+|(?<=니고)[,\s]+"
    r"|(?<=고),\s+|(?<=이고)[,\s]+|(?<=이며)[,\s]+|(?<=니까)[,\s]+",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:not|never|isn't|wasn't|aren't|doesn't|didn't|cannot|can't|neither|nor|rather than|instead of"
    r"|incorrect|wrong"
    r"|false|mistaken|abandoned|no longer|ruled out|excluded|eliminated|unlike|tempting|plausible|although|though"
    r"|might think|may think|could think|some (?:people )?(?:say|think|believe)|first thought|initially|at first"
    r"|used to"
    r"|(?:moved|changed|switched|transferred|relocated|shifted|raised|reduced|cut) from"
    r"|previously|formerly|until|before|last year|in the past|originally|closed|replaced|distractors?|irrelevant"
    r"|unsupported|contradicted|too (?:early|late|high|low|small|large))\b"
    r"|아니|아닙|아닌|틀리|틀렸|오답|잘못|제외|생각할\s*수|생각하기\s*쉽|착각|오해|혼동|헷갈|지난해까지|작년까지"
    r"|이전에|예전|원래|처음에|기존"
    r"|종전|과거|당초|없|보일\s*수|않|달리|대신",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"^\W*(?:so|therefore|thus|hence|finally|actually|in fact|in short|in conclusion|overall|conclusion|answer"
    r"|verdict)\b"
    r"|\b(?:the|my|final|correct|best|right) (?:\w+ )?(?:answer|option|choice)\b|\bit(?:'s| is| was| must be)\b"
    r"|\bmatches\b"
    r"|\bis (?:the )?(?:correct|right|best)\b|\b(?:i|we)(?:'d|'ll| would| will)? (?:go|choose|pick|select|opt"
    r"|conclude|settle)\b"
    r"|\b(?:today|now|currently|since then)\b"
    r"|따라서|그러므로|결국|결론|실제로|정답|최종|그래서|올바른|맞습니다|맞아요|맞다|사실은|올해부터|지금은|현재"
    r"|이제는",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:might be|could be|may be|either|both|can't (?:tell|decide|say)|cannot (?:tell|decide)|not sure|unsure"
    r"|unclear"
    r"|toss-up|hard to say|torn between|equally|or)\b|둘\s*다|모두\s*맞|또는|혹은|이나\s|아니면|둘\s*중|모르겠"
    r"|확실하지|애매",
    re.IGNORECASE,
)
_SAYS_AGAIN = re.compile(
    r"\b(?:wait|correction|on reflection|no,|sorry|scratch that|let me correct)|정정|다시\s*보니|아,", re.I
)
_LABEL = re.compile(
    r"(?<![\w'])(?:(?P<sign>options?|choices?|answers?|[(\[])\s*)?(?P<label>[A-Z])(?=[)\]]?(?:$|[^\w']|[가-힣]))"
)
_FIRST = re.compile(r"\bfirst\b|먼저|우선|가장\s*먼저", re.I)
_ALONE = re.compile(r"\W*[A-Z]\W*")
_ANY_BUT = re.compile(r"\b(?:any\w*|all|every\w*|none|nothing)\s+(?:but|except)\b|\b(?:제외|빼고)", re.I)
_WAS = re.compile(r"\b(?:was|were|had)\b|었|였", re.I)
_NOW = re.compile(r"^\W*(?:but|however)\b|\bsince \d{4}|\bnow\b|\btoday\b|지금|현재|올해", re.I)
_FUNCTION_WORDS = (
    "어디 무엇 누구 언제 얼마 몇 것 the a an of in on at to for from by with and or is are was were be been it its "
    "this that which who what when where how does do did has have had must should will would can could as than then "
    "there their his her he she they first one"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True)
class Settled:
    """The option that a text settles on, or `None`; `named` are all that it names."""

    index: int | None
    named: frozenset[int]
    is_open: bool = False


@dataclass(frozen=True)
class _Clause:
    words: str
    named: frozenset[int]
    is_aside: bool
    is_claim: bool


def settled(text: str, choices: Sequence[str], asked: str = "") -> Settled:
    """Return the option that `text` settles on; the last claim counts only where nothing stands against it."""
    plain = text[-LONGEST_TEXT:]
    if _ANY_BUT.search(plain):
        return Settled(None, frozenset())
    clauses = _clauses(plain, choices, asked)
    named = frozenset(index for clause in clauses for index in clause.named)
    if not named:
        return Settled(_nearest(plain, choices), named)
    live = [clause for clause in clauses if clause.named and not clause.is_aside]
    if _is_left_open(plain, live):
        return Settled(None, named, is_open=True)
    claims = [clause for clause in live if clause.is_claim]
    claimed = _only(claims)
    if claimed is None and claims and _SAYS_AGAIN.search(plain):
        claimed = _only(claims[-1:])
    return Settled(claimed if claims else _only(live), named)


def _only(clauses: Sequence[_Clause]) -> int | None:
    named = {index for clause in clauses for index in clause.named}
    return named.pop() if len(named) == 1 else None


def _is_left_open(text: str, live: Sequence[_Clause]) -> bool:
    several = {index for clause in live for index in clause.named}
    if len(several) < 2:
        return False
    last = live[-1]
    return bool(_OPEN.search(last.words)) or (not last.is_claim and bool(_OPEN.search(text[-300:])))


def _clauses(text: str, choices: Sequence[str], asked: str) -> list[_Clause]:
    # What question and options share, such as the gate of four gates, restates nothing.
    question = _content(asked) - {word for choice in choices for word in _content(choice)}
    sentences = [piece for piece in _SENTENCE.split(text) if piece.strip()]
    found: list[_Clause] = []
    for number, sentence in enumerate(sentences):
        for clause in _CLAUSE.split(sentence):
            if not clause or not clause.strip():
                continue
            named = _named(clause, choices)
            restated = len(question & _content(clause))
            is_claim = bool(_CONCLUDES.search(clause)) or (
                restated >= LEAST_RESTATED and restated >= len(question) * 0.4
            )
            is_claim = is_claim or bool(_FIRST.search(asked) and re.match(rf"\W*(?:{_FIRST.pattern})", sentence, re.I))
            is_claim = is_claim or (number == len(sentences) - 1 and bool(_ALONE.fullmatch(sentence)))
            is_aside = bool(_ASIDE.search(clause)) or clause.rstrip().endswith("?")
            found.append(_Clause(clause, named, is_aside, is_claim))
    return [
        replace(clause, is_aside=True)
        if _WAS.search(clause.words)
        and any(_NOW.search(later.words) and later.named for later in found[at + 1 : at + 3])
        else clause
        for at, clause in enumerate(found)
    ]


def _named(clause: str, choices: Sequence[str]) -> frozenset[int]:
    """The options that a clause names: by letter, by text, without blanks, or by all words of the text."""
    labels = {ord(found["label"]) - ord("A") for found in _LABEL.finditer(clause) if not _is_word(clause, found)}
    plain, close = normalised(clause), normalised(clause).replace(" ", "")
    words = _content(clause)
    texts: set[int] = set()
    for index in sorted(range(len(choices)), key=lambda i: -len(choices[i])):
        needle = normalised(choices[index])
        joined = needle.replace(" ", "")
        content = _content(choices[index])
        is_held = bool(find_answer(needle, plain)) or (" " in needle and not needle.isascii() and joined in close)
        is_held = is_held or (len(content) > 1 and _holds(words, content, choices[index]))
        if is_held and not any(joined in normalised(choices[other]).replace(" ", "") for other in texts):
            texts.add(index)
    return frozenset(texts | {label for label in labels if label < len(choices)})


def _holds(words: set[str], content: set[str], choice: str) -> bool:
    """Whether all words of an option are there; of a Korean verb the root is enough: 적는다, 적어야."""
    last = normalised(choice).split()[-1]
    if not last.endswith("다") or last.isascii():
        return content <= words
    rest = _content(choice.rstrip(" .").rpartition(" ")[0])
    root = dictionary_form(last)[:-1]
    root = root[:-1] if len(root) > 1 else root
    return bool(rest) and rest <= words and any(_begins_like(word, root) for word in words)


def _begins_like(word: str, root: str) -> bool:
    """갑니다 begins like 가다: the last syllable of the root may have another final consonant."""
    head, last = root[:-1], root[-1:]
    if not last or len(word) < len(root) or not word.startswith(head):
        return False
    other = word[len(head)]
    return (ord(other) - HANGUL) // FINALS == (ord(last) - HANGUL) // FINALS


def _is_word(clause: str, found: re.Match[str]) -> bool:
    """Whether a capital is the article or `I`."""
    if found["sign"] or found["label"] not in "AI":
        return False
    return not re.match(r"[)\]]?\s*(?:$|[.,:;!)/-]|[가-힣]|(?:is|and|or|was|would|it)\b)", clause[found.end() :])


def _stem(word: str) -> str:
    """`closing`, `closes` and `closed` are `clos`: enough to find a word again."""
    for ending in ("ing", "es", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and word.isascii():
            return word[: -len(ending)]
    return word


def _content(text: str) -> set[str]:
    words: set[str] = set()
    for word in normalised(text).split():
        if word.isascii():
            words |= {_stem(word)} - _FUNCTION if word not in _FUNCTION else set()
        else:
            words |= {min(stems(word), key=len)} - _FUNCTION
    return words


def _nearest(text: str, choices: Sequence[str]) -> int | None:
    """For a reply of a few words: the one option that holds them all, or that they misspell."""
    plain = normalised(TITLES.sub("", text))
    words = _content(text)
    if not words or len(plain.split()) > FEW_WORDS + max(len(choice.split()) for choice in choices):
        return None
    contents = [_content(choice) for choice in choices]
    if len(plain.split()) <= FEW_WORDS:
        holders = [index for index, content in enumerate(contents) if words <= content]
        if len(holders) == 1 and not _ASIDE.search(text):
            return holders[0]
    if re.search(r"\d", plain) or any(re.search(r"\d", choice) for choice in choices) or not plain.isascii():
        return None
    likeness = sorted(
        ((SequenceMatcher(None, plain, normalised(choice)).ratio(), index) for index, choice in enumerate(choices)),
        reverse=True,
    )
    if likeness[0][0] >= CLOSE and likeness[0][0] - likeness[1][0] >= APART:
        return likeness[0][1]
    return None
