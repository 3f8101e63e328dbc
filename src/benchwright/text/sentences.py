"""Sentence boundaries as exact spans: Latin, Cyrillic, Korean, Japanese, Chinese, Arabic and Indic scripts.

A full stop ends a sentence unless something says it does not: a lower-case letter follows, it closes an abbreviation,
an initial, a list number or a date, or a quotation that it stands in is still open.
"""

import re

_CLOSERS = r"""["'”’»›)\]}」』】》〉）］*_]*(?:\[\^?\w{1,4}\])*"""
_BOUNDARY = re.compile(
    rf"""
      (?P<blank>\n[ \t\u3000]*\n\s*)                                # a blank line
    | (?P<line>\n(?=[ \t]*(?:[-*+•·▪◦○●■□※]\s|\d{{1,3}}[.)]\s|\#{{1,6}}\s|\||>|```
        |[①-⑳]|제\s?\d+\s?조(?:의\s?\d+)?\s?\()))                       # a line that opens a block
    | (?P<wide>[。！？｡．]+{_CLOSERS}\s*)                            # full-width stops need no space behind them
    | (?P<stop>(?:[.!?…؟۔।॥]+){_CLOSERS})(?=\s|\Z)(?P<space>\s*)
    | (?P<tight>(?<=[가-힣])[.!?]+)(?=[가-힣])                       # Korean that forgot its space: 했다.그리고
    """,
    re.VERBOSE,
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TITLES = _words(
    "mr mrs ms mx dr prof st rev hon gen col lt capt sgt cmdr adm gov sen rep pres messrs mme mlle mgr fig "
    "figs eq eqs sec art arts para vol ch pp vs cf ca viz bzw evtl ggf vgl hr fr herrn dott sig sra srta dña "
    "avda núm pág т.е т.к им ул стр рис табл"
)
_BEFORE_NUMBERS = _words(
    "no nos nr art p pp vol jan feb mar apr jun jul aug sep sept oct nov dec ver approx est tel ext §"
)
_MAY_END = _words(
    "inc ltd co corp llc plc gmbh bros jr sr etc al ed eds dept univ assn ave blvd rd u.s u.k u.n e.u a.m p.m "
    "ph.d m.d b.a m.a b.sc m.sc d.c usw u.a d.h z.b i.e e.g s.a s.p.a г гг руб тыс млн млрд"
)
_NEVER_END = _words("e.g i.e z.b d.h u.a т.е")
_STARTERS = _words(
    "the a an it its in on at he she they we you this that these those there but and or so however if when "
    "while as for after before since although though because our their his her my your who what where why how "
    "not no yes all some many most each both another other such with without by from to under over according "
    "moreover furthermore meanwhile der die das ein eine er sie es wir im am le la les un une il elle el los "
    "las en"
)
_MONTHS = _words("januar februar märz april mai juni juli august september oktober november dezember")
_QUOTES = (("「", "」"), ("『", "』"), ("“", "”"), ("《", "》"), ("(", ")"), ("（", "）"))
_LONGEST_QUOTE = 300
_LAST_TOKEN = re.compile(r"[^\s(\[{\"'“‘«「]+\Z")
_NEXT_WORD = re.compile(r"""["'“‘«»*_(\[]*([^\W\d_]+(?:['’][^\W\d_]+)?|\d+)""")
_KOREAN_DATE = re.compile(r"\d{2,4}\.\s?\d{1,2}\.\s?\d{1,2}\Z")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\Z")
# Words that go on after a closed quotation: 「行く。」と言った, “간다.” 라고 말했다.
_AFTER_QUOTE = re.compile(r"(?:と|って|という|との|など|라고|라며|라는|고\s|며\s|면서|이라고|하고)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of `text` as spans without outer white space, in order.

    `text[start:end]` is a sentence; what lies between two spans is white space only. Blank lines and lines that open a
    Markdown block (heading, list item, table row, quote) always begin a new one; a single line break does not.
    """
    spans: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for match in _BOUNDARY.finditer(text):
        if match.start() < start:
            continue
        if _ends_here(text, start, match):
            end = match.start() if match.lastgroup in ("blank", "line") else _end_of_stop(match)
            _append(spans, text, start, end)
            start = _skip_space(text, match.end())
    _append(spans, text, start, len(text))
    return spans


def _end_of_stop(match: re.Match[str]) -> int:
    return match.end("stop") if match["stop"] is not None else match.end()


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    if match["blank"] is not None or match["line"] is not None:
        return True
    if _in_open_quote(text, start, match.start(), match.end()):
        return False
    if match["tight"] is not None:
        return text[match.start() - 1] in "다요죠까"
    if match["wide"] is not None:
        return not _AFTER_QUOTE.match(text, match.end()) or match[0].rstrip()[-1] in "。！？｡．"
    stop = match["stop"]
    if "\n" in match["space"] and text.startswith("#", start):
        return True
    if match.end() == len(text):
        return True
    following = text[match.end()]
    if following.islower() or following in ",;:—–、，":
        return False
    if len(stop) > 1 and stop[-1] in "”’\"'」』" and _AFTER_QUOTE.match(text, match.end()):
        return False
    return not (stop[0] == "." and not stop.startswith("..")) or not _is_abbreviation(text, start, match)


def _in_open_quote(text: str, start: int, stop: int, end: int) -> bool:
    """Say whether a quotation opened since `start` closes behind `end`, near enough to be believed."""
    for opening, closing in _QUOTES:
        opened = text.rfind(opening, start, stop)
        if opened < 0 or text.find(closing, opened, end) >= 0:
            continue
        closes = text.find(closing, end, opened + _LONGEST_QUOTE)
        if closes >= 0 and "\n\n" not in text[end:closes]:
            return True
    return False


def _is_abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    found = _LAST_TOKEN.search(text, max(start, match.start() - 24), match.start())
    if found is None:
        return False
    token = found[0]
    if found.start() == start and _LIST_NUMBER.match(token):
        return True
    next_word = _NEXT_WORD.match(text, match.end())
    word = next_word[1] if next_word else ""
    if token.isdigit():
        return _is_date_number(text, start, match, token, word)
    lowered = token.lower().rstrip(".")
    if lowered in _TITLES and (lowered not in ("no", "st", "art", "sec") or token[0].isupper()):
        return True
    if lowered in _BEFORE_NUMBERS and token != "P":
        return word[:1].isdigit()
    if lowered in _NEVER_END or (len(token) == 1 and token.isalpha() and len(word) == 1 and word.isalpha()):
        return True
    is_initial = len(token) == 1 and token.isalpha() and token.isupper() and token.isascii()
    if lowered in _MAY_END or is_initial or _DOTTED.fullmatch(lowered):
        return word.lower() not in _STARTERS
    return False


def _is_date_number(text: str, start: int, match: re.Match[str], token: str, word: str) -> bool:
    if word[:1].isdigit() or (len(token) <= 2 and word.lower() in _MONTHS):
        return True
    # "2024. 3. 15. 시행" goes on; "… 2024. 3. 15. The" does not.
    return bool(_KOREAN_DATE.search(text, start, match.start())) and "가" <= word[:1] <= "힣"
