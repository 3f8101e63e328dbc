"""Ask an English sentence in place: the asking words stand where the answer stood, `… employs how many people?`."""

import re

from benchwright.generation.rules.verbs_en import IMPERATIVE, ends_in_verb
from benchwright.generation.rules.wording_en import second_clause
from benchwright.text.numbers import Quantity

_LONGEST, _LONGEST_REST = 230, 100
# What an asking word can follow. Behind an article or an adjective it is no English: `the upper how many positions`.
_BEFORE = re.compile(
    r"\b(?:of|to|in|from|with|for|by|at|on|than|about|around|nearly|almost|approximately|roughly|over|under|least|most"
    r"|within|every|after|before|between|and|into|across|is|are|was|were|be|been|has|have|had|includes?|contains?"
    r"|requires?|reached|totall?ed|totals|below|above|exceeds?|until|since|during|per) \Z"
)
_ADJECTIVE_BEFORE = re.compile(r"\b(?:an?|the|its|their|his|her|these|those|this|that|some|only) (?:\w+ )?\Z")
_SUBORDINATE = re.compile(r"(?:When|While|If|Because|Although|Since|As|Though|Unless|Once|After|Before)\b[^,]*\Z")
_CHANGED = re.compile(r"\b(?:increased|decreased|rose|fell|grew|dropped|declined|shrank) \Z")
_PLAIN_REST = re.compile(
    r"\.\Z|,? (?:in|at|on|for|from|with|to|of|across|during|by|per|within|over|under|among|each|every|a|after|before"
    r"|without|above|below|until)\b| (?:must|shall|should|may|can|will) be \w+"
)
_NOUN = re.compile(r" (?!(?:or|and|over|under|with|from|of|times|out|per|to|in|on|at|for|as|more|a)\b)[a-z]{2,}")
_UNIT = re.compile(r"[a-z][a-z ]*[a-rt-z]s|feet|[kcm]m|kg|mg|k?W|[kMGT]B|[MG]Hz|ha")
_ABBREVIATION = re.compile(r" \([A-Z][A-Za-z0-9&-]{1,8}\)")
_NOT_PLAIN = re.compile(r"[;:“”\"()—–?!]| -- ")
# `40 people have died and more than 200 people are missing`: the second part has a subject of its own.
_OTHER_SUBJECT = re.compile(
    r"\b(?:and|or) (?:[\w%$€£,.-]+ ){1,6}?(?:is|are|was|were|has|have|had|will)\b|\band (?:\w+ )?[$€£]?\d"
)


def ask_in_place(text: str, start: int, end: int, asking: str) -> str | None:
    """Put `asking` for `text[start:end]` where the sentence is plain and comes to its end soon after; else `None`."""
    before, after = text[:start], text[end:]
    if len(text) > _LONGEST or len(after) > _LONGEST_REST or _NOT_PLAIN.search(_ABBREVIATION.sub("", before + after)):
        return None
    if second_clause(after) or _OTHER_SUBJECT.search(after):
        return None
    if text.startswith("According to") or text.split()[0].casefold() in IMPERATIVE:
        return None
    if not _BEFORE.search(before) and not ends_in_verb(before):
        return None
    if _SUBORDINATE.match(before):
        return None
    if _ADJECTIVE_BEFORE.search(before) or not before.strip():
        return None
    return f"{before}{asking}{after.removesuffix('.')}?"


def count_in_place(text: str, start: int, end: int) -> str | None:
    """Ask `how many` where a noun in small letters follows."""
    return ask_in_place(text, start, end, "how many") if _NOUN.match(text[end:]) else None


def quantity_in_place(text: str, quantity: Quantity, start: int, end: int) -> str | None:
    """Ask `how much`, `what percentage` or `how many kilometres`, as the unit wants it."""
    before, after = text[:start], text[end:]
    if quantity.kind == "money":
        return ask_in_place(text, start, end, "how much") if _PLAIN_REST.match(after) else None
    if quantity.unit == "%":
        if not _PLAIN_REST.match(after):
            return None
        return ask_in_place(text, start, end, "by what percentage" if _CHANGED.search(before) else "what percentage")
    unit = text[quantity.number_end : end].strip()
    if not _PLAIN_REST.match(after) or not _UNIT.fullmatch(unit):
        return None
    asking = f"how many {unit}"
    return ask_in_place(text, start, end, f"by {asking}" if _CHANGED.search(before) else asking)


def time_in_place(text: str, start: int, end: int, asking: str) -> str | None:
    """Ask `in which year` or `on which date` where the time hangs on a preposition late in the sentence."""
    hangs = re.search(r"\b(?:in|on|since|until|by|before|after) \Z", text[:start])
    return ask_in_place(text, start, end, asking) if hangs and re.match(r"\.\Z|,? [a-z]", text[end:]) else None
