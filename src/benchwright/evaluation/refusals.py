"""Does a text decline to answer? "I cannot help", "I don't know"; not "the document does not state it"."""

import re

_DECLINES = re.compile(
    r"""
    \b(?:i|we)\s*(?:'m|\s+am|'re|\s+are)?\s*(?:really\s+)?(?:sorry|afraid|unable|not\s+able|not\s+sure|not\s+certain)\b
  | \b(?:i|we)\s+(?:do\s+not|don't|did\s+not|didn't)\s+(?:\w+\s+)?
      (?:know|have\s+(?:enough|any|that|this|the|access|information))
  | \b(?:i|we)\s+(?:can\s*not|can't|could\s+not|couldn't|will\s+not|won't|must\s+decline
      |have\s+no\s+(?:idea|information|access))
  | \b(?:i|we)(?:'d|\s+would)?\s+need\s+[^.]{3,80}\s+to\s+(?:answer|say|tell|determine)\b
  | \bas\s+an?\s+(?:ai|language\s+model|assistant)\b
  | \b(?:cannot|can't)\s+(?:help|assist|comply|provide|answer|determine|say)\b
  | \b(?:unknown|no\s+idea|idk|not\s+sure)\b[.!\s]*$
  | 모르겠|모릅니다|몰라요|알지\s*못|알\s*수\s*없습니다만
  | (?:답변|대답|답|도움|도와)\S*\s*(?:드릴|할|줄|을\s*드릴)?\s*수\s*(?:가\s*)?없
  | 죄송(?:합니다|하지만|해요)
  | わかりません|分かりません|お答えできません|申し訳
  | 我不知道|无法回答|無法回答|抱歉
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A warranty that does not cover, a price that does not include and a refund that is not given state something: such
# verbs count where it is the text that does not.
_TEXT = (
    r"\b(?:documents?|texts?|passages?|sources?|context|articles?|excerpts?|materials?|information|data|manual|page)"
)
_WEAK = r"(?:giv|nam|provid|contain|includ|cover|availab)\w*"

_NOT_STATED = re.compile(
    r"""
    \b(?:is|are|was|were|does|do|did|has|have)?\s*(?:not|n['’]t|never|nowhere)\s+(?:\w+\s+){0,2}?
      (?:stat|mention|specif|indicat|disclos|report|say|said|list|describ|reveal|appear|found|there)\w*
  | TEXT\b[^.!?\n]{0,60}?(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+){0,2}?WEAK
  | (?:\bnot|n['’]t|\bnowhere)\s+(?:\w+\s+){0,2}?WEAK\s+(?:\w+\s+){0,2}?(?:in|by|from)\s+(?:\w+\s+){0,2}?TEXT
  | ^\W*(?:(?:it|this|that|(?:the\s+)?(?:(?:correct|right)\s+)?
      (?:answer|figure|number|date|name|price|amount|information|details?))\s+)?
      (?:(?:is|are|was|were)\s*)?(?:not|n['’]t)\s+(?:giv|provid|availab)\w*\W*$
  | \b(?:unstated|unspecified)\b
  | \bno\s+(?:mention|information|such\s+information|indication|figure|answer)\b
  | \bno\s+(?:\w+\s+){1,5}?(?:is|are|was|were)\s+
      (?:(?:stated|mentioned|specified|named|listed)\b|(?:given|provided)(?:\W*$|\s+(?:\w+\s+){0,3}?TEXT))
  | \b(?:documents?|text|passages?|sources?|context|rules?|terms)\s+(?:\w+\s+)?
      (?:provides?|gives?|states?|mentions?|contains?|says?|names?)\s+(?:no|nothing)\b
  | \b(?:can\s*not|can't|could\s+not|couldn't)\s+be\s+(?:determined|answered|found|inferred|told|derived|established)\b
  | \b(?:can\s*not|can't|could\s+not|couldn't|did\s+not|didn't)\s+find\s+(?:\w+\s+){1,5}?in\s+the\s+
      (?:given\s+|provided\s+)?(?:documents?|text|passages?|sources?|context)\b
  | \bis\s+silent\s+(?:on|about)\b
  | \bnicht\s+(?:angegeben|genannt|erw[äa]hnt|enthalten|aufgef[üu]hrt)\b | \bnennt\s+kein | \bkeine\s+angabe
  | \b(?:pas|non)\s+(?:pr[ée]cis[ée]e?|indiqu[ée]e?|mentionn[ée]e?|sp[ée]cifi[ée]e?)\b
  | \bno\s+se\s+(?:indica|menciona|especifica|precisa) | \bnon\s+(?:[èe]\s+)?(?:indicat|specificat|menzionat)[oa]\b
  | \bn[ãa]o\s+(?:[ée]\s+|foi\s+|est[áa]\s+)?(?:indicad|mencionad|especificad|informad)[oa]\b
  | \bniet\s+(?:vermeld|genoemd|aangegeven|gespecificeerd)\b | \bnie\s+(?:podano|wspomniano|okre[śs]lono)
  | \bне\s+(?:указан|упомянут|сказано|указывается|приводится) | غير\s+(?:مذكور|محدد) | لم\s+(?:يذكر|يُذكر)
  | (?:나와|나타나|적혀|쓰여|밝혀지|밝히|밝히고|언급하|(?:언급|명시|기재|제시|포함|서술)(?:되|돼|되어))
      \s*(?:어\s*)?(?:있)?지\s*(?:는\s*)?않
  | (?:언급|정보|내용|기재|명시|기록|답)(?:이|가|은|는|도)?\s*(?:전혀\s*)?없
  | (?:알|확인할|찾을|파악할)\s*수\s*(?:가\s*)?없 | 나오지\s*않 | 미기재 | 언급\s*없음 | 정보\s*없음
  | (?:문서|지문|본문|자료|글|규정|약관|문헌|내용)에(?:는|도|서는)?\s*(?:\S+\s+){0,3}?없
  | 記載(?:されて|が)(?:い?ない|いません|ありません) | 书中没有 | 没有(?:提到|说明|提及) | 未(?:提及|说明|提到)
    """.replace("TEXT", _TEXT).replace("WEAK", _WEAK),
    re.IGNORECASE | re.VERBOSE,
)

_ANSWERS_AFTER_ALL = re.compile(
    r"""
    (?:\bbut\b|\bhowever\b)
      (?!\W+(?:i|we)?\s*(?:'m|am|are)?\s*(?:can't|cannot|can\s+not|don't|do\s+not|unable|won't|not))
  | 하지만\s(?!\S*\s?(?:수\s없|모르)) | 지만\s*[,，]?\s*(?:정답|답은)
    """,
    re.IGNORECASE | re.VERBOSE,
)

SHORT = 300
"""A refusal is short; a long text that begins with "I am not sure" usually answers after all."""


def is_refusal(text: str) -> bool:
    """Whether `text` declines to answer and does nothing else."""
    plain = text.replace("’", "'").strip()
    if not plain or len(plain) > SHORT or says_not_stated(plain):
        return False
    found = _DECLINES.search(plain)
    return bool(found) and _ANSWERS_AFTER_ALL.search(plain) is None


def says_not_stated(text: str) -> bool:
    """Whether `text` says that the documents do not state what was asked."""
    return bool(_NOT_STATED.search(text.replace("’", "'")))
