"""Turn an English sentence of a plain shape into a question; other shapes become a blank to fill in."""

import re
from collections.abc import Collection

from benchwright.generation.rules.verbs_en import ANY_VERB, PAST, PLURAL, PLURAL_BASES, TABLE
from benchwright.text.numbers import Quantity

BLANK = "____"

_PREPOSITION = (
    r"(?:in|at|on|for|from|with|to|of|across|during|between|by|per|within|over|through|under|as|among|"
    r"around|near|along|into|after|before|a (?=year|month|week|day|calendar)|each|every)"
)
_NOT_SUBJECT = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|can|could|may|might|must|shall|should|which|who|that|whose|when"
    r"|while|if|because|although|as|where|than|did|does|do|not|to)\b|[,;:()“”\"—–]"
)
_OPENING = re.compile(
    r"(?P<opening>(?:In|On|During|By|From|Since|At|Under|Between|Across|After|Before|"
    r"Within) [^,;:()“”\"]{2,60}?), (?=\S)",
    re.IGNORECASE,
)
_OPENING_YEAR = re.compile(
    r"(?P<opening>(?:[Ii]n|[Dd]uring|[Bb]y) (?:[A-Z][a-z]+ )?(?:the (?:fiscal )?year )?\d{4}) (?=[a-zA-Z])"
)
_SECOND_CLAUSE = re.compile(
    r"[,;:—–]|\band (?:will|has|have|had|is|are|was|were|can|may|must|then|\w+ed|\w+s (?:the|"
    r"a|an|its|\d)|(?:" + "|".join(sorted(map(re.escape, TABLE), key=len, reverse=True)) + r")\b)"
    r"|\bbut\b|\bwhile\b|\bwhich\b|\bwho\b"
)


_EVERYDAY_LIST = """
    employees staff members passengers tickets fees children adults volunteers construction admission parking
    maintenance rates visitors customers users students pupils teachers patients guests residents households workers
    applicants applications requests orders payments invoices refunds returns deliveries shipments supplies meals rooms
    vehicles bicycles dogs cats trains buses ships boats ferries flights log logs backups accounts files records
    passwords charging shipping training membership production sales revenue profit operating net gross total average
    annual monthly weekly daily full-time part-time infection unemployment rainfall temperatures temperature water
    electricity energy traffic crime police officers scientists researchers surgeons doctors nurses farmers
    females males eggs tadpoles tools machines batteries panels cells samples bookings subscriptions licences
    contracts claims complaints incidents accidents injuries repairs inspections tests work entry free late
    parental maternity paternity sick overtime standard basic new old most captive wild young
"""
_EVERYDAY = frozenset(_EVERYDAY_LIST.split())
_FUNCTION_LIST = """
    the a an in on at by during from since under between across after before within every each about of its their when
    while although if because as though whereas despite following with without for to both all more most some up until
    through around over nearly almost approximately roughly where unless upon among against
"""
_FUNCTION = frozenset(_FUNCTION_LIST.split())


def softened(text: str, small: Collection[str], large: Collection[str]) -> str | None:
    """Return `text` with its first letter small unless its first word is a name; `None` where nobody can tell.

    A word that the document writes `small` elsewhere is no name; one that it writes `large` inside a sentence is one.
    """
    first = re.match(r"([A-Z][\w'’-]*)(?: (\S))?", text)
    if first is None or first[1].lower() in _FUNCTION or sum(letter.isupper() for letter in first[1]) > 1:
        return text  # `LXDE` stays as it is
    if (first[2] or "").isupper():
        return text
    if first[1].lower() in _EVERYDAY or first[1].lower() in small:
        return text[0].lower() + text[1:]
    return text if not first[1][1:].islower() or first[1] in large else None


def lower_first(text: str) -> str:
    """Lower the first letter of an everyday opening word; names keep theirs."""
    opening = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if opening.lower() in _FUNCTION and opening.istitle() else text


# A verb that the table does not know, with its object: `the crew mapped 640 km and collected …`.
_FIRST_VERB = re.compile(
    r"\w{2,}ed (?:\d|the|an?|its|their|all|both|more|over|about|around|up|out|and|with|to|from)\b|\d.* and\b"
)


def _opened(text: str) -> tuple[str, str]:
    """Part a leading adverbial from the clause: `In 2024, the desk …` → (`in 2024`, `the desk …`)."""
    match = _OPENING.match(text) or _OPENING_YEAR.match(text)
    if match is None or (ANY_VERB.search(match["opening"]) and not text.startswith(_WITH_CLAUSE)):
        return "", text  # `In 1910 the railway reached Bovill, and …` is a clause
    return lower_first(match["opening"]), text[match.end() :]


_WITH_CLAUSE = ("After ", "Before ", "Since ", "after ", "before ", "since ")
_GOES_ON = re.compile(
    r",? and (?:then )?(?:is|are|was|were|has|have|had|will|can|may|must|shall|should|\w{3,}ed|"
    + "|".join(sorted(map(re.escape, TABLE), key=len, reverse=True))
    + r")\b[^\"“”;:]*\Z"
    r"|, (?:with|which|who|representing|indicating|reflecting|making|bringing|leaving|giving|equivalent to|up from"
    r"|down from|compared (?:with|to)|including|of which|of whom|payable|(?:sold|held|built|\w{3,}ed)"
    r" (?:as|by|in|on|at|to|for|from)) [^\"“”;:]*\Z"
    r"|\s\([^()\"“”;:]*\)\.\Z"
)
_LEAST_KEPT = 25


def trimmed(text: str, end: int) -> str:
    """Leave out what a sentence adds behind `end` with the same subject: `… for 340 guineas and added a granary.`."""
    goes_on = _GOES_ON.search(text, end)
    if goes_on is None or goes_on.start() < _LEAST_KEPT:
        return text
    return f"{text[: goes_on.start()]}."


_STATE = re.compile(r"\b(?:was|were|had) (?:\d|an?\b|the\b|about\b|over\b|more\b|less\b|no\b|not\b|already\b)")
_LONGEST_CLAUSE = 210


def second_clause(text: str) -> bool:
    """Whether another clause begins in `text`."""
    return _SECOND_CLAUSE.search(text) is not None


def _with_opening(question: str, opening: str) -> str:
    return f"{question} {opening}?" if opening else f"{question}?"


def how_many(text: str, start: int, end: int) -> str | None:
    """Ask for the count at `start:end` where subject, verb and object are plain; `None` for any other shape."""
    after = text[end:].strip()
    after = _ADDITION.sub(".", after)
    if re.search(r"\band (?:one|two|three|an?|\d)\b", after):
        return None  # `35 airports and one heliport`
    noun = re.match(
        rf"((?:[a-z][\w'’-]*)(?: [a-z][\w'’-]*){{0,4}}?(?: of [\w'’-]+(?: [\w'’-]+){{0,4}}?)?)"
        rf"(?=\s{_PREPOSITION}\b|\s?\.\Z|\Z)\s?",
        after,
    )
    if noun is None or re.match(rf"(?:{_PREPOSITION}|and|or|out|more|times)\b", after):
        return None
    things, rest = noun[1].strip(), after[noun.end() :].strip().removesuffix(".").strip()
    rest = _ADDITION.sub("", rest)
    if _SECOND_CLAUSE.search(rest) or re.search(r"\b(?:and|or|,)\Z|,", things) or re.search(r"\d", things):
        return None
    before = text[:start].strip()
    if before in ("About", "Around", "Nearly", "Almost", "Some", "Approximately", "Roughly"):
        before = ""
    if before == "" and ANY_VERB.search(after):
        return f"How many {after.removesuffix('.')}?" if not _SECOND_CLAUSE.search(after) else None
    opening, clause = _opened(text[:start])
    there = re.fullmatch(r"[Tt]here (is|are|was|were)", clause.strip())
    tail = f" {rest}" if rest else ""
    if there:
        return _with_opening(f"How many {things} {there[1]} there{tail}", opening)
    parted = _subject_and_verb(clause)
    if parted is None:
        return None
    subject, auxiliary, verb = parted
    return _with_opening(f"How many {things} {auxiliary} {subject} {verb}{tail}", opening)


def _subject_and_verb(clause: str) -> tuple[str, str, str] | None:
    """Read `the help desk answered` as (`the help desk`, `did`, `answer`); only when nothing follows the verb."""
    match = re.fullmatch(r"(.{2,80}?) (\w+)", clause.strip())
    if match is None or _NOT_SUBJECT.search(match[1]) or ANY_VERB.search(match[1]):
        return None
    is_plural = match[2] in PLURAL_BASES and re.search(rf"{PLURAL}\Z", match[1])
    if not is_plural and match[2] not in TABLE:
        return None
    if _FIRST_VERB.search(match[1]) or re.search(
        r"\A(?i:and|but|or|for|in|on|at|by|from|under|with|during|after|before|within)\b|\b\d{4}\Z", match[1]
    ):
        return None  # `August 1922 saw …`: a time does nothing
    auxiliary, base = ("do", match[2]) if is_plural else TABLE[match[2]]
    return lower_first(match[1]), auxiliary, base


def ask_quantity(text: str, quantity: Quantity, start: int, end: int) -> str | None:
    """Ask for a quantity in the words its unit calls for: how many days, how much, what percentage, for how long."""
    asked = what_is(text, start, end) or _how_high(text, start, end) or _by_how_much(text, start, end)
    if asked is None and quantity.unit == "%":
        asked = _what_share(text, start, end)
    if asked is None and re.search(r"[a-z]s\Z", quantity.text) and quantity.kind == "measure":
        asked = how_many(text, quantity.number_start, quantity.number_end)
    if asked is None and quantity.unit in _TIME_UNITS:
        asked = _within(text, quantity, start, end)
    if asked is None and quantity.unit in _TIME_UNITS:
        asked = _for_how_long(text, start, end) or _how_long_does(text, start, end)
    if asked is None and quantity.unit in _TIME_UNITS:
        asked = _of_verb(text, start, end, "How long", "", verbs=("last", "take"))
    if asked is None and quantity.unit in ("kg", "g", "t", "lb"):
        asked = _of_verb(text, start, end, "How much", "", verbs=("weigh",))
    if asked is None and quantity.unit == "%":
        asked = _of_verb(text, start, end, "What percentage", r" of ((?:the |all )?(?:[a-z][\w'’-]* ?){1,4}?)")
    if asked is None and quantity.kind == "money":
        asked = _of_verb(text, start, end, "How much", "")
    return asked


_DEADLINE = re.compile(
    r"(?P<subject>.{2,80}?) (?P<modal>must|shall|should|may|can|will|is|are|was|were)"
    r" (?P<done>(?:not )?(?:be )?\w+[^,;:()]{0,70}?) within "
)


def _within(text: str, quantity: Quantity, start: int, end: int) -> str | None:
    """Ask `Within how many days must claims be filed?` of `Claims must be filed within 90 days.`."""
    opening, clause = _opened(text[:start])
    match = _DEADLINE.fullmatch(clause)
    rest = re.fullmatch(r"((?: (?:of|after|from|before|following) [^,;:]{2,80}?)?)\.", text[end:])
    unit = text[quantity.number_end : end].strip()
    if match is None or rest is None or not re.fullmatch(r"[a-z]+(?: [a-z]+)?s", unit):
        return None
    if _NOT_SUBJECT.search(match["subject"]) or ANY_VERB.search(match["subject"]) or ANY_VERB.search(rest[1]):
        return None
    if _SECOND_CLAUSE.search(match["done"]) or _SECOND_CLAUSE.search(rest[1]):
        return None
    asked = f"Within how many {unit}{rest[1]} {match['modal']} {lower_first(match['subject'])} {match['done']}"
    return _with_opening(asked, opening)


# What a main clause can do without: `…, including 540 doctors`.
_ADDITION = re.compile(
    r", (?:including|of which|of whom|of them|down from|up from|compared (?:with|to)|among them|more than|"
    r"fewer than|an? (?:increase|decrease|rise|fall) of|enough)\b[^;:“”\"()]*\Z"
)


def _how_high(text: str, start: int, end: int) -> str | None:
    """Ask `How high is the spire?` of `The spire is 61 metres high.`."""
    opening, clause = _opened(text[:start])
    match = re.fullmatch(r"(.{2,80}?) (is|was|are|were) ", clause)
    rest = re.fullmatch(rf" (high|long|wide|deep|tall|thick|old|away)((?: {_PREPOSITION}\b[^,;:]*)?)\.", text[end:])
    if match is None or rest is None or _NOT_SUBJECT.search(match[1]) or ANY_VERB.search(match[1]):
        return None
    if _SECOND_CLAUSE.search(rest[2]):
        return None
    asking = "How far away" if rest[1] == "away" else f"How {rest[1]}"
    return _with_opening(f"{asking} {match[2]} {lower_first(match[1])}{rest[2]}", opening)


_CHANGES = {
    **dict.fromkeys(("fell", "falls"), "fall"),
    **dict.fromkeys(("rose", "rises"), "rise"),
    "increased": "increase",
    "decreased": "decrease",
    "dropped": "drop",
    "grew": "grow",
    "declined": "decline",
}


def _by_how_much(text: str, start: int, end: int) -> str | None:
    """Ask `By how much did sales fall?` of `Sales fell by 17 percent.`."""
    opening, clause = _opened(text[:start])
    match = re.fullmatch(r"(.{2,80}?) (?:(will) (increase|rise|fall|decrease|grow|drop)|(\w+)) (?:by )?", clause)
    if match is None or _NOT_SUBJECT.search(match[1]) or ANY_VERB.search(match[1]) or re.search(r"\d", match[1]):
        return None
    verb = match[3] or _CHANGES.get(match[4])
    rest = text[end:].removesuffix(".")
    if verb is None or not re.match(rf"\Z| (?!to\b|from\b){_PREPOSITION}\b", rest) or _SECOND_CLAUSE.search(rest):
        return None
    auxiliary = "will" if match[2] else "does" if (match[4] or "").endswith("s") else "did"
    return _with_opening(f"By how much {auxiliary} {lower_first(match[1])} {verb}{rest}", opening)


def _what_share(text: str, start: int, end: int) -> str | None:
    """Ask `What percentage of the supply comes from wells?` where the share opens the sentence."""
    before = re.fullmatch(
        r"(About |Around |Nearly |Almost |Some |Roughly |Approximately |More than |Over )?", text[:start]
    )
    rest = re.fullmatch(r" of [^,;:()“”\"]{8,140}\.", text[end:])
    if before is None or rest is None or _SECOND_CLAUSE.search(rest.group()) or re.search(r"\d", rest.group()):
        return None
    # Of `More than 75% of it` any higher share is more than told: the question keeps the bound.
    asking = f"{before[1]}what percentage" if before[1] in ("More than ", "Over ") else "What percentage"
    return f"{asking}{rest.group().removesuffix('.')}?"


def _how_long_does(text: str, start: int, end: int) -> str | None:
    """Ask `For how long does Quillbox keep backups?` of `Quillbox keeps backups for 35 days.`."""
    opening, clause = _opened(text[:start])
    match = re.fullmatch(r"(.{2,80}?) for ", clause)
    verb = ANY_VERB.search(match[1]) if match else None
    rest = text[end:].removesuffix(".")
    if match is None or verb is None or verb.group() not in TABLE or not re.match(rf"\Z| {_PREPOSITION}\b", rest):
        return None
    subject, tail = match[1][: verb.start()].strip(), match[1][verb.end() :]
    if not subject or _NOT_SUBJECT.search(subject) or _FIRST_VERB.search(subject) or ANY_VERB.search(tail):
        return None
    if _SECOND_CLAUSE.search(f"{tail}{rest}") or re.search(r"\d|\band\b", f"{subject}{tail}"):
        return None
    auxiliary, base = TABLE[verb.group()]
    return _with_opening(f"For how long {auxiliary} {lower_first(subject)} {base}{tail}{rest}", opening)


_TIME_UNITS = frozenset({"s", "min", "h", "day", "week", "month", "year"})


def _for_how_long(text: str, start: int, end: int) -> str | None:
    opening, clause = _opened(text[:start])
    match = re.fullmatch(r"(.{2,80}?) (is|are|was|were) (\w+(?:ed|en|pt|ld|id|nt)(?: [^,;:]+)?) for ", clause)
    rest = text[end:].removesuffix(".")
    if match is None or _NOT_SUBJECT.search(match[1]) or not re.match(rf"\Z| {_PREPOSITION}\b", rest):
        return None
    if _SECOND_CLAUSE.search(rest) or _SECOND_CLAUSE.search(match[3]):
        return None
    return _with_opening(f"For how long {match[2]} {lower_first(match[1])} {match[3]}{rest}", opening)


def _of_verb(text: str, start: int, end: int, asking: str, things: str, *, verbs: tuple[str, ...] = ()) -> str | None:
    """Ask for the plain object of a verb: `How much does the college receive a year?`."""
    opening, clause = _opened(text[:start])
    parted = _subject_and_verb(clause)
    rest = re.fullmatch(rf"{things}((?: {_PREPOSITION}\b.*)?)\.", text[end:])
    if parted is None or rest is None or _SECOND_CLAUSE.search(rest[rest.lastindex or 0]):
        return None
    subject, auxiliary, verb = parted
    if verbs and verb not in verbs:
        return None
    of_what = f" of {rest[1].strip()}" if things else ""
    return _with_opening(f"{asking}{of_what} {auxiliary} {subject} {verb}{rest[rest.lastindex or 0]}", opening)


def what_is(text: str, start: int, end: int) -> str | None:
    """Ask `What was the median time?` of `The median time was 46 minutes.`: the quantity ends a plain clause."""
    if text[end:].strip() != ".":
        return None
    opening, clause = _opened(text[:start])
    match = re.fullmatch(r"((?:The|the) [^,;:]{3,90}?) (is|was|are|were)", clause.strip())
    if match is None or _NOT_SUBJECT.search(match[1].replace(" to ", " ")) or ANY_VERB.search(match[1]):
        return None
    return _with_opening(f"What {match[2]} {lower_first(match[1])}", opening)


def which_year(text: str, start: int, end: int, *, asking: str = "In which year") -> str | None:
    """Ask `In which year was … founded?` where the year hangs on `in` (or the date on `on`) in a plain clause."""
    if re.fullmatch(r"(?:[Ii]n|[Oo]n)\s", text[:start]):
        clause = re.sub(r"\A,?\s", "", text[end:]).removesuffix(".")
        return _asked(clause, asking) or _happened(clause, asking)
    before = re.fullmatch(r"(.+?) (?:in|on) ", text[:start])
    after = text[end:].removesuffix(".")
    if before is None or not (after == "" or re.match(rf" {_PREPOSITION}\b", after)):
        return None
    return _asked(before[1] + after, asking)


def _happened(clause: str, asking: str) -> str | None:
    """Ask when the whole clause happened, where it tells of something past and leans on nothing before it."""
    if (
        not PAST.search(clause)
        or _STATE.search(clause)
        or re.search(r"[“”\";:?]|\b(?:will|may|can|is|are|has|have)\b", clause)
    ):
        return None
    if re.match(r"(?:nor|or|and|but|only|to|as|when|while)\b", clause) or len(clause) > _LONGEST_CLAUSE:
        return None
    return f"{asking} did the following happen: {clause}?"


def _asked(clause: str, asking: str) -> str | None:
    if re.match(r"(?:nor|or|and|but|only)\b", clause):
        return None
    if _SECOND_CLAUSE.search(clause) or re.search(r"[()“”\"]", clause):
        return None
    passive = re.match(r"(.{2,70}?) (was|were|is|are) (.+)", clause)
    if passive and not _NOT_SUBJECT.search(passive[1]) and not ANY_VERB.search(passive[1]):
        return f"{asking} {passive[2]} {lower_first(passive[1])} {passive[3]}?"
    verb = ANY_VERB.search(clause)
    if verb is None or not clause[: verb.start()].strip() or TABLE[verb.group()][0] != "did":
        return None
    subject, rest = clause[: verb.start()].strip(), clause[verb.end() :]
    if (
        _NOT_SUBJECT.search(subject)
        or len(subject.split()) > 8
        or (re.search(r"\b(?:in|of|for|by|at) \w+\Z", subject) and len(subject.split()) > 6)
    ):
        return None
    return f"{asking} did {lower_first(subject)} {TABLE[verb.group()][1]}{rest}?"


def with_blank(text: str, start: int, end: int) -> str:
    """Return the sentence with a blank for `start:end`; `a` or `an` before it becomes `a/an`."""
    before = re.sub(r"\b([Aa])n? \Z", r"\1(n) ", text[:start])
    return before + BLANK + re.sub(r"\A\.(?= [a-z])", "", text[end:])  # the full stop of `lbs.`
