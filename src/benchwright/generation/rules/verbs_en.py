"""The verbs of English that the rules know: their plain forms, and whether a text has a verb at all."""

import re

_IRREGULAR = """
    had have | took take | held hold | ran run | built build | won win | made make | sold sell | sent send |
    lost lose | spent spend | gave give | got get | became become | began begin | grew grow | fell fall |
    rose rise | left leave | met meet | paid pay | kept keep | led lead | bought buy | brought bring |
    wrote write | drew draw | drove drive | flew fly | saw see | set set | cut cut | put put | cost cost |
    hit hit | beat beat | broke break | chose choose | found find | told tell | went go | came come |
    stood stand | understood understand | taught teach | caught catch | fought fight | laid lay
"""
"""Past and plain form."""

_VERBS = """
    accrue acquire add admit adopt announce answer appoint approve arrive assemble attend attract audit award
    ban carry change charge close collect complete comprise contain contribute convene convert count cover
    create cut deliver demand design develop die discover donate double draw earn educate elect employ enrol
    enroll establish expand export extend feed fine finish force found generate graduate grant handle harvest
    hire hold host house import include increase inspect install insure introduce invent invest jail join kill
    last launch lend list live lose maintain manage manufacture marry measure merge move need offer open operate
    order owe own participate pass plant play preserve process produce protect provide publish purchase raise
    reach receive record recruit reduce register release remove rename repair replace report require rescue
    resign retire return save score seat serve settle ship sign span start store study supply support teach test
    train travel treat triple use visit vote weigh welcome win work
"""
"""Plain forms of verbs that end in -ed."""


def _verb_table() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {"has": ("does", "have"), "have": ("do", "have")}
    for pair in _IRREGULAR.split("|"):
        past, base = pair.split()
        table[past] = ("did", base)
        table.setdefault(f"{base}s", ("does", base))
    for base in _VERBS.split():
        if base in {"hold", "win", "lose", "cut", "found"}:
            continue
        past = (
            base + "d" if base.endswith("e") else base[:-1] + "ied" if re.search(r"[^aeiou]y\Z", base) else base + "ed"
        )
        past = {"planed": "planned", "shiped": "shipped", "admited": "admitted", "enroled": "enrolled"}.get(past, past)
        third = (
            base + "es"
            if re.search(r"(?:s|sh|ch|x|z)\Z", base)
            else past[:-1] + "s"
            if past.endswith("ied")
            else base + "s"
        )
        table[past] = ("did", base)
        table[third] = ("does", base)
    table["founded"] = ("did", "found")
    return table


TABLE = _verb_table()
ANY_VERB = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, TABLE), key=len, reverse=True)) + r")\b")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|cannot"
    r"|let|made|said|says|became|took|came|went|gave|got|saw|knew|thought|lent|felt|swept|shot|sank|sang|spoke|threw"
    r"|wore|wound|hung|hid|fed|fled|forgot|froze|rode|shook|sought|spread|stole|struck|swam|swore|tore|woke|withdrew"
    r"|bound|bent|bore|blew|dug|dealt|ate|drank|rang|split|shut|stuck|plan|plans|remain|remains|happens|occurs|"
    + "|".join(sorted(map(re.escape, TABLE), key=len, reverse=True))
    + r"|(?!need|speed|feed|seed|breed|hundred|indeed|red\b|bed\b|\w*-)[a-z]{2,}ed"
    r"|(?<!\d )[a-z]{2,}[a-rt-z]s "
    r"(?:for|to|in|on|a|an|the|its|their|of|about|from|up|at|as|that|with|by|no|all|only|both)"
    r")\b"
)
PAST = re.compile(
    r"\b(?:was|were|had|became|took|came|went|"
    + "|".join(sorted((word for word, (auxiliary, _) in TABLE.items() if auxiliary == "did"), key=len, reverse=True))
    + r"|[a-z]{3,}ed)\b"
)
_ANY_RELATIVE = re.compile(r"\b(?:who|which|that|whose|where|when) ")
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|where|when) \Z")


_NO_SUBJECT = re.compile(r"[A-Z][\w-]+ed (?:by|with|within|for|in|to|from|on|at|every|before|after)\b[^,]*\Z")
PLURAL = r"(?:[a-z]s|people|children|staff|persons)"
_PLURAL_LIST = """
    accrue receive visit earn pay owe get need use hold take work live serve bear carry require cover attend contribute
    represent include contain consist provide offer produce employ cost run start begin end expire last vary range
    account belong
"""
PLURAL_BASES = frozenset(_PLURAL_LIST.split())
# `employees accrue 15 days`: the plain form is a verb where a plural stands before it and an object follows.
_PLURAL_VERB = re.compile(
    rf"{PLURAL} (?:{'|'.join(sorted(PLURAL_BASES))})"
    r" (?:\d|[£$€]|(?:an?|the|up|at|in|for|from|to|about|over|of|no|one)\b)"
)
_OWES = re.compile(
    r"\b(?:insures|owes|bears|accrues|lets|hires|hosts|grows|costs|runs|grinds|weighs|receives|appoints|requires"
    r"|leads|trains|treats|earns|visits|lasts|expires|begins|starts|ends|amounts|equals|ranges|varies|vests) "
)


def lacks_main_verb(text: str) -> bool:
    """Whether `text` is a fragment such as an entry of a list: no verb but in a clause with `who` or `which`."""
    if _NO_SUBJECT.match(text):
        return True  # `Submitted within 30 days of …`
    if _PLURAL_VERB.search(text) or _OWES.search(text):
        return False
    bare = re.sub(r"\s?\([^()]*\)", "", text)
    for verb in _FINITE.finditer(bare):
        before = bare[: verb.start()]
        # `bridges for` is a verb or a noun: behind `who` nobody can tell.
        if not (_ANY_RELATIVE if " " in verb.group() else _RELATIVE).search(before):
            return False
    return True


_PASSIVE = re.compile(
    r"\b(?!(?:in|de)creas|improv|declin|dropp|expand|reach|start|open|clos|compar)[a-z]{2,}ed\b"
    r"(?=[.,]| (?:by|to|from|in|on|at|with|for|within|during)\b)"
)
_PLAIN = re.compile(r"\b(?:is|are|was|were|has|have|had|will|can|could|may|must|shall|should|does|do|did|cannot)\b")


def is_telegraphic(text: str) -> bool:
    """Whether an item of a list leaves out `was`: `Load capacity reduced to 65%`, of something named before."""
    return _PLAIN.search(text) is None and _PASSIVE.search(text) is not None


def ends_in_verb(text: str) -> bool:
    """Whether the last word of `text` is a verb that the tables know: `employed`, `covers`, `employees accrue`."""
    words = text.split()
    if not words or words[-1] in TABLE:
        return bool(words)
    return words[-1] in PLURAL_BASES and re.search(rf"{PLURAL} \w+\Z", text.rstrip()) is not None


_ORDERS = """
acknowledge add adjust allow announce answer apply approve arrange ask assemble assign attach attend back bake beat
boil book bring browse brush build calibrate call carry change check chill choose circulate classify clean clear click
clone close collect combine compare complete compose configure confirm connect contact continue cook cool copy cover
create cut decide declare define delete deliver deploy describe dilute disable disconnect discuss do dock double
download drag drain draw dry edit eject empty enable engage enter evaluate execute export extract fasten file fill
finalise finalize find finish fit fix flush fold follow forward freeze generate get give go grant grease hand heat
hold identify import incubate inform initialize initiate insert inspect install invite keep knead label launch lay
leave let lift list load lock log look loosen lower make mark measure mix monitor mount move name navigate note notify
obtain open order pack park paste pay perform photograph pick place plan plug position pour preheat prepare present
press print proceed promote provide publish pull punch push put re-enter read rebuild receive reconnect record refit
register reinstall release reload remove repeat replace replay report request reset restart resume return review
revoke rinse roll rotate route run save scan schedule screw scroll seal search secure select send serve set shake
share show shut sign simmer slide snapshot sort specify spread sprinkle start stay stir stop store submit switch tag
take tap telephone tell test thread tie tighten tilt touch transfer try turn type undo unfold unlock unpack unplug
unscrew unzip update upload use verify view visit wait warm wash watch weigh whisk wipe withdraw write
"""
IMPERATIVE = frozenset(_ORDERS.split())
"""What a step of a procedure begins with."""
