"""Which option does a text pick? Its labels and options are found, and what it settles on among them; never a guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from benchwright.evaluation.graders.amounts import find_amounts, whole_amount
from benchwright.evaluation.graders.claims import answer_field, claimed
from benchwright.evaluation.graders.cues import ASKS_NOT
from benchwright.evaluation.graders.labels import (
    LATIN,
    circled_as_numbers,
    ends_beyond,
    find_labels,
    label_alone,
    places_as_labels,
)
from benchwright.evaluation.graders.normalise import content_words, normalised, same, unmarked
from benchwright.evaluation.graders.numeric import is_equal, leaves_open
from benchwright.evaluation.graders.options import find_heads, find_options, in_plain_amounts, nearest_option, worded
from benchwright.evaluation.graders.rewriting import is_fraction, rewritten
from benchwright.evaluation.graders.settling import Settled, settled
from benchwright.evaluation.graders.stances import Mention, Stance

FEW_CHARACTERS = 60
WIDEST_GAP = 4
_FURTHER = re.compile(r"\b(?:further|other|more|additional|and|plus)\b|외에|더|추가", re.IGNORECASE)
_NONE = re.compile(
    r"^(?:\W|the\s+answer\s+is|answer|정답은|답은|답)*(?:none\s+of\s+(?:these|the\s+above|them|the\s+options"
    r"|the\s+choices|the\s+given)|none[.!]?$|neither\b(?!\s+\(?[A-Z]\b)(?!.*(?::|\bit\s?(?:'s|is)\b))"
    r"|no\s+(?:option|choice)\s+is|not\s+(?:listed|among)"
    r"|all\s+of\s+(?:these|the\s+above|them)|해당\s*(?:사항\s*)?없음|정답\s*(?:이|은)?\s*없|해당(?:하는"
    r"|되는)?\s*(?:보기|선택지|답)(?:가|이|는)?\s*없|없음|없습니다|(?:보기(?:에|\s*중(?:에)?)(?:는)?"
    r"|모두)\s*(?:정답이\s*)?(?:없|아니|아닙)|모두\s*(?:정답|맞|일치|옳)|all\s+(?:of\s+them\s+)?are\b)",
    re.IGNORECASE,
)
_ANY_BUT = re.compile(r"\b(?:any\w*|all|every\w*|none|nothing)\s+(?:but|except)\b|\b(?:제외|빼고)", re.IGNORECASE)
_LABELLED = re.compile(r"\W*\(?[A-Z][).:]")
_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*|<b>([^<\n]{1,200})</b>")
_TICKED = re.compile(r"(?:✅|✔️?|✓|☑️?|⭕)")
_CROSSED = re.compile(r"(?:❌|✗|✘|✖️?|❎)")


@dataclass(frozen=True)
class Pick:
    """The option that a text picks, or `None` with the reason."""

    index: int | None
    reason: str
    is_none_of_them: bool = False
    """The text says clearly that no option, or every option, is right."""
    is_open: bool = False
    """The text names several options and decides for none."""
    live: frozenset[int] = frozenset()
    """The options between which the text does not decide."""
    denied: frozenset[int] = frozenset()
    """Those that it says not to be the answer."""
    aside: frozenset[int] = frozenset()
    """Those that it only tells to be otherwise: `the flow meter works, the pressure sensor does not`."""

    def excludes(self, index: int) -> bool:
        """Whether the text picks another option in any reading."""
        return bool(self.live) and index not in self.live and index not in self.aside


def pick_option(text: str, choices: Sequence[str], asked: str = "") -> Pick:
    """Return which of `choices` the response `text` picks; `asked` is the question, which a claim restates."""
    return _picked(text, tuple(choices), asked)


# Several models give the same short reply, and each reply is read for its mark and for what it says.
@lru_cache(maxsize=1024)
def _picked(text: str, choices: tuple[str, ...], asked: str) -> Pick:
    plain = _plain(text, choices)
    if _leaves_amount_open(plain, choices):
        return Pick(None, "names two amounts and leaves it open", is_open=True)
    whole = [index for index, choice in enumerate(choices) if same(plain, choice)]
    if len(whole) == 1 and not _LABELLED.match(plain):
        return Pick(whole[0], "the text of the option")
    if (label := label_alone(plain, choices)) is not None:
        return Pick(label, "the label alone")
    if (whole_option := _label_and_text(plain, choices)) is not None:
        return Pick(whole_option, "the label and the text of the option")
    # Of a sum the result counts: 32 + 16 = 48.
    plain = in_plain_amounts(plain.rpartition("=")[2] if re.search(r"=\s*\d", plain) else plain, choices)
    texts = find_options(plain, choices, asked)
    labels = [m for m in find_labels(plain, choices) if not any(t.start < m.end and m.start < t.end for t in texts)]
    mentions = _paired(plain, labels, texts)
    whole, plain = plain, _masked(plain, choices)
    if _repeats_options(plain, labels, texts):
        return Pick(None, "repeats the options")
    settling = settled(plain, mentions, asked, known=choices)
    if _NONE.search(plain) and settling.stance != Stance.DECLARED:
        return Pick(None, "names none, or all, of the options", is_none_of_them=True)
    if _ANY_BUT.search(plain) and not ASKS_NOT.search(asked) and settling.stance != Stance.DECLARED:
        return Pick(None, "names what it excludes")
    if settling.mention is None and not settling.live:
        # `It was fog that delayed it` for `Thick fog`: the last word of one option alone, in a clause that concludes.
        by_head = settled(whole, find_heads(whole, choices), asked, known=choices)
        if by_head.mention is not None and by_head.stance == Stance.CONCLUDED:
            return Pick(by_head.mention.key, "the last word of the option")
    if settling.mention is None and not settling.is_open and (bold := _emphasised(text, choices)) in settling.live:
        return Pick(bold, "the only option in bold")
    if settling.mention is None:
        return _unsettled(whole, choices, settling)
    if settling.mention.is_label and (other := _contradiction(whole, settling.mention, choices)) is not None:
        letter = LATIN[settling.mention.key % len(LATIN)]
        return Pick(None, f"the letter {letter} stands beside the text of {LATIN[other % len(LATIN)]}")
    return Pick(settling.mention.key, "the label" if settling.mention.is_label else "the text of the option")


_LABEL_FIRST = re.compile(
    r"\W*(?:(?:the\s+)?(?:answer|정답|답)\W*(?:is\W+|은\W+)?)?\(?(?P<label>[A-Z])[).:\]]+\s*(?P<text>.+?)\W*", re.S
)


def _label_and_text(text: str, choices: Sequence[str]) -> int | None:
    """The option that a text repeats with its label: the "too low" of `B. £325 too low` denies nothing."""
    found = _LABEL_FIRST.fullmatch(text)
    index = LATIN.find(found["label"]) if found else -1
    is_repeated = found is not None and 0 <= index < len(choices) and same(found["text"], choices[index])
    return index if is_repeated else None


def _plain(text: str, choices: Sequence[str]) -> str:
    text = _CROSSED.sub(" is wrong ", _TICKED.sub(" is correct ", answer_field(text)))
    text = places_as_labels(unmarked(circled_as_numbers(text)), choices)
    text = re.sub(r"\((\d{1,2})\)", lambda m: f"[{m[1]}]" if int(m[1]) <= len(choices) else m[0], text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return re.sub(r"\|\s*(?=is (?:correct|wrong))", "", text)


def _masked(text: str, choices: Sequence[str]) -> str:
    """Blank what options are worded with: `not insured` as an option denies nothing."""
    for mention in worded(text, choices):
        text = f"{text[: mention.start]}{'x' * (mention.end - mention.start)}{text[mention.end :]}"
    return text


def _emphasised(text: str, choices: Sequence[str]) -> int | None:
    """Return the option that stands in bold, if only one does."""
    bold = [unmarked(found[1] or found[2]) for found in _BOLD.finditer(text)]
    keys = {mention.key for each in bold for mention in (*find_options(each, choices), *find_labels(each, choices))}
    return keys.pop() if len(keys) == 1 else None


def _unsettled(text: str, choices: Sequence[str], settling: Settled) -> Pick:
    if ends_beyond(text, len(choices)):
        return Pick(None, "names a label that no option has", is_none_of_them=True)
    if settling.is_open:
        return Pick(None, "leaves it open", is_open=True, live=settling.live)
    if not settling.named and (index := nearest_option(text, choices)) is not None:
        return Pick(index, "words of the option")
    if not settling.named:
        return Pick(None, "names no option")
    if not settling.live:
        return Pick(None, "tells of options without choosing one", denied=settling.denied)
    letters = ", ".join(LATIN[index % len(LATIN)] for index in sorted(settling.live))
    return Pick(
        None, f"names {len(settling.live)} options: {letters}", live=settling.live, aside=settling.named - settling.live
    )


def _paired(text: str, labels: list[Mention], texts: list[Mention]) -> list[Mention]:
    """Labels and texts, each text beside its own label being one mention: `B. 14 rooms`, `14 rooms (B)`."""
    kept: list[Mention] = []
    joined = list(labels)
    for mention in texts:
        beside = next((at for at, label in enumerate(joined) if _are_beside(text, label, mention)), None)
        if beside is None:
            kept.append(mention)
        else:
            label = joined[beside]
            start, end = min(label.start, mention.start), max(label.end, mention.end)
            joined[beside] = Mention(label.key, start, end, is_label=True)
    return [*joined, *kept]


def _are_beside(text: str, label: Mention, mention: Mention) -> bool:
    gap = text[min(label.end, mention.end) : max(label.start, mention.start)]
    is_near = label.key == mention.key and len(gap) <= WIDEST_GAP
    return is_near and not any(sign.isalnum() for sign in gap.replace("번", "").replace("the", ""))


def _repeats_options(text: str, labels: list[Mention], texts: list[Mention]) -> bool:
    """Whether labels and texts of several options are all that stands there: `① red ② green`."""
    if len({label.key for label in labels}) < 2 or {m.key for m in labels} != {m.key for m in texts}:
        return False
    for mention in sorted((*labels, *texts), key=lambda each: -each.start):
        text = text[: mention.start] + text[mention.end :]
    return not content_words(text.replace("번", " "))


def _leaves_amount_open(text: str, choices: Sequence[str]) -> bool:
    if not all(re.search(r"\d", choice) for choice in choices) or any(leaves_open(choice) for choice in choices):
        return False
    return leaves_open(rewritten(claimed(text))) and not is_fraction(text)


def is_other_amount(text: str, choices: Sequence[str]) -> bool:
    """Whether the whole answer is one amount where every option is another."""
    stated = whole_amount(unmarked(text).rstrip(". "))
    if stated is not None and not stated.noun and not stated.dimension and 1 <= stated.value <= len(choices):
        return False  # it may be the number of an option
    amounts = [whole_amount(choice) for choice in choices]
    others = [amount for amount in amounts if amount is not None]
    is_of_amounts = len(others) * 2 > len(choices)
    if not is_of_amounts:
        return False
    if stated is None and len(text) <= FEW_CHARACTERS:
        named = [] if _FURTHER.search(text) else find_amounts(unmarked(text))
        stated = named[0] if len(named) == 1 and named[0].value > len(choices) else None
    return stated is not None and not any(is_equal(stated, amount, 0.0) for amount in others)


def _contradiction(text: str, mention: Mention, choices: Sequence[str]) -> int | None:
    """Return the other option whose text stands right beside the label, if its own does not."""
    line = text[mention.end :].split("\n", 1)[0]
    beside = re.sub(r"^[\s).\]:,>'\"|번-]+", "", line)
    options = find_options(beside, choices)
    if any(option.key == mention.key for option in options):
        return None
    return next((option.key for option in options if option.start == 0 or not normalised(beside[: option.start])), None)
