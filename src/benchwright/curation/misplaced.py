"""Answers that stand in their citation, but for something else: the other number of two, the other person of two.

`The fee rose from £40 to £55`: both amounts are cited, and only one of them answers `To what amount …?`. The sentence
is parted where two clauses meet; what the question says must not belong to the other clause alone.
"""

import re
from collections.abc import Sequence

from benchwright.text.dates import find_dates
from benchwright.text.fold import fold
from benchwright.text.names import find_names
from benchwright.text.numbers import find_quantities
from benchwright.text.tokens import content_words

_MEETS = re.compile(r";\s|,?\s(?:and|while|whereas|but)\s|,\s(?=[a-z]+\s)")
_SUBJECT = re.compile(r".*?\s(?=(?:is|are|was|were|has|have|had|began|rose|fell|runs?|ran|\w{3,}ed)\b)")
_VERB_FIRST = re.compile(r"\s*(?:is|are|was|were|has|have|had|will|can|may|must|shall|built|led|made|sold|\w{3,}ed)\b")
_FROM_TO = re.compile(r"\bfrom (?P<low>[^\s,;]*\d[^\s,;]*(?: [a-z]+)?) to (?P<high>[^\s,;]*\d[^\s,;]*(?: [a-z]+)?)")
_ASKS_FROM = re.compile(r"\bfrom (?:what|which|how)\b", re.IGNORECASE)
_ASKS_TO = re.compile(r"\bto (?:what|which|how)\b", re.IGNORECASE)
_OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"at least|no (?:fewer|less) than|not (?:fewer|less) than", r"at most|no more than|not more than|up to"),
    (r"(?<!no )(?<!not )(?:more than|over|above)", r"(?<!no )(?<!not )(?:less than|fewer than|under|below)"),
    (r"before|prior to", r"after|following"),
    (r"unless", r"if|when"),
    (r"with", r"without"),
    (r"including", r"excluding|except(?: for)?|other than"),
    (r"minimum", r"maximum"),
    (r"highest|largest|most", r"lowest|smallest|least"),
    (r"increased?|rises?|rose", r"decreased?|falls?|fell"),
    (r"until|till", r"from|since|starting"),
)
_PAIRS = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in _OPPOSITES
)
_SIGNS = re.compile(r"[$€£¥₩%‰°]")
_SHORTEST_STEM, _LONGEST_ENDING = 3, 3


def turned_word(answer: str, evidence: str) -> str:
    """A word of `answer` of which `evidence` holds only the opposite: `at most` for `at least`; empty if none."""
    for one, other in _PAIRS:
        for ours, theirs in ((one, other), (other, one)):
            said = ours.search(answer)
            if said and not theirs.search(answer) and theirs.search(evidence) and not ours.search(evidence):
                return said.group()
    return ""


def lacks_sign(answer: str, evidence: str) -> bool:
    """Whether a sign of `answer` (`£`, `%`) does not stand beside its number in `evidence`: words do not tell."""
    held = re.sub(r"\s", "", fold(evidence).text)
    return _SIGNS.search(answer) is not None and re.sub(r"\s", "", fold(answer).text) not in held


def belongs_elsewhere(answer: str, question: str, evidence: str) -> bool:
    """Whether `answer` stands only in a clause of `evidence` of which `question` does not speak (English)."""
    if evidence.count(answer) != 1:
        return False
    at = evidence.index(answer)
    sentence = next((s for s in re.finditer(r"[^.!?\n]+(?:[.!?](?!\s|\Z)[^.!?\n]*)*", evidence) if _holds(s, at)), None)
    if sentence is None:
        return False
    if _is_other_end(answer, question, sentence.group()):
        return True
    clauses = [clause for clause in _MEETS.split(sentence.group()) if clause.strip()]
    own = [clause for clause in clauses if answer in clause]
    rivals = [clause for clause in clauses if answer not in clause and _is_like(answer, clause)]
    if len(own) != 1 or len(rivals) != 1 or len(clauses) != 2:
        return False
    shared = _shared_subject(*clauses)
    return shared is not None and _speaks_only_of(question, rivals[0], own[0], shared)


def _shared_subject(first: str, second: str) -> set[str] | None:
    """The subject of the first clause where the second has none of its own: `… was written by A and reviewed by B`.

    `None` where the second begins with its verb and the first's subject cannot be told from its verb.
    """
    subject = _SUBJECT.match(first)
    if _VERB_FIRST.match(second):
        return set(content_words(subject.group())) if subject else None
    return set()


def _holds(sentence: re.Match[str], at: int) -> bool:
    return sentence.start() <= at < sentence.end()


def _is_other_end(answer: str, question: str, sentence: str) -> bool:
    """Whether the answer is the `from` where the question asks for the `to`, or the other way round."""
    change = _FROM_TO.search(sentence)
    if change is None:
        return False
    if _ASKS_TO.search(question):
        return answer.strip() in change["low"] and answer.strip() not in change["high"]
    return bool(_ASKS_FROM.search(question)) and answer.strip() in change["high"] and answer not in change["low"]


def _is_like(answer: str, clause: str) -> bool:
    """Whether `clause` holds something else that could be the answer: a number of its unit, a date, a name."""
    dates, quantities = find_dates(answer), find_quantities(answer)
    if dates:
        return bool(find_dates(clause))
    if quantities:
        return any(other.kind == quantities[0].kind for other in find_quantities(clause))
    return bool(find_names(answer)) and any(not find_dates(name.text) for name in find_names(clause))


def _speaks_only_of(question: str, rival: str, own: str, shared: set[str]) -> bool:
    """Whether the question's words that tell the clauses apart all belong to `rival`, a `shared` subject aside."""
    asked = content_words(question)
    ours, theirs = set(content_words(own)), set(content_words(rival))
    years = {word for word in asked if re.fullmatch(r"(?:19|20)\d\d", word)}
    if years & (theirs - ours) and not years & ours and find_dates(own):
        return True
    for_rival = [word for word in asked if _stands(word, theirs) and not _stands(word, ours) and word not in shared]
    for_own = [word for word in asked if _stands(word, ours) and not _stands(word, theirs) and word not in shared]
    return bool(for_rival) and not for_own


def _stands(word: str, among: Sequence[str] | set[str]) -> bool:
    """Whether `word` or a form of it stands `among` others: `end` and `ended`."""
    for other in among:
        short, long = sorted((word, other), key=len)
        if long.startswith(short) and len(short) >= _SHORTEST_STEM and len(long) - len(short) <= _LONGEST_ENDING:
            return True
    return word in among
