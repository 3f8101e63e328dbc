"""From the numbers and wishes of a brief to an order: which wish belongs to which number, and which to all.

"20 easy true/false and 10 hard essay questions" and "쉬운 OX 20개와 어려운 서술형 10개" put the wishes on opposite
sides of their numbers, and "30 questions: …, all hard" puts some on none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from benchwright.errors import ConfigError
from benchwright.generation.brief_words import ALL_KINDS
from benchwright.generation.kinds import KINDS
from benchwright.generation.order import DEFAULT_FORMS, DEFAULT_KINDS, DEFAULT_REACH, OF_ONE_SOURCE, apportion

USUAL: dict[str, dict[str, float]] = {
    "kinds": dict(DEFAULT_KINDS),
    "reach": {str(name): weight for name, weight in DEFAULT_REACH.items()},
    "forms": {str(name): weight for name, weight in DEFAULT_FORMS.items()},
    "difficulty": {"easy": 1.0, "medium": 2.0, "hard": 2.0},
}
"""What each family is a mix of where a brief says nothing of it."""

USUAL_QUESTIONS = 50


@dataclass(frozen=True)
class Wish:
    """One attribute that a brief names, such as (`forms`, `choice`), and where."""

    family: str
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Mark:
    """One number of a brief: a count, a share in percent, or `None` for "the rest"; and where it stands."""

    amount: float | None
    start: int
    end: int
    said: str
    is_share: bool = False


_BREAK = re.compile(
    r"[,;.:/+&·、\n]|\s-+\s|[–—]|\b(?:and|plus|then|as well as|along with)\b"
    r"|(?<=[가-힣\0])(?:와|과|랑|이랑|하고)(?=\s)|그리고|및",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;.:\n()]|\s-+\s|[–—]")
_LATER = re.compile(r"[,;.:\n]")
_ALL = re.compile(
    r"(?:\ball\b|\bboth\b|\beach\b|\bevery\b|\beverything\b|모두|모든|전부|전체|둘 다|다)[^,;.\d\0]{0,25}$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[,/+&·\n]|\b(?:and|or)\b|(?:와|과|랑|이랑|하고|또는|나|이나)(?=\s)|그리고|및|혹은", re.IGNORECASE
)


def order_values(rest: str, wishes: Sequence[Wish], marks: Sequence[Mark], total: float | None) -> dict[str, Any]:
    """Return the order that wishes and numbers make, as the fields of an `Order`.

    Args:
        rest: The brief, what was understood blanked out; it holds the words that join and part.
        wishes: What is named, in order.
        marks: Counts, or shares, in order; without the one that says how many there are in all.
        total: How many in all, where the brief says so.

    Raises:
        ConfigError: it cannot be told what a number belongs to, or the numbers contradict each other.
    """
    if len(marks) == 1 and total is None and marks[0].amount is not None:
        return _one_sort(rest, wishes, int(marks[0].amount))
    if not marks:
        return _one_sort(rest, wishes, None if total is None else int(total))
    for mark in marks:
        # "MCQ: 20" is one clause.
        rest = re.sub(rf"(?<=\0)[:=–—-](?=\s*.{{{len(rest) - mark.start}}}$)", " ", rest, flags=re.DOTALL)
    own, shared = _divided(rest, wishes, marks)
    if any(not wanted and mark.amount is not None for wanted, mark in zip(own, marks, strict=True)):
        raise ConfigError(
            f"the brief gives several numbers ({', '.join(mark.said for mark in marks)}), and it cannot be told what "
            "each belongs to; name one total, or a kind, form, difficulty or reach beside each number"
        )
    amounts, left = _amounts(marks, total)
    families = {wish.family for wanted in own for wish in wanted}
    if len(families) == 1 and not families & {"options", "topics"} and all(own):
        (family,) = families
        return _one_sort(rest, shared, sum(amounts) + left) | {family: _mix_of(family, own, amounts, left)}
    parts = [
        part for wanted, amount in zip(own, amounts, strict=True) for part in _sorts(rest, [*shared, *wanted], amount)
    ]
    if left:
        parts += _sorts(rest, shared, left, without=[wish for wanted in own for wish in wanted])
    return {"parts": parts}


def find_total(rest: str, wishes: Sequence[Wish], counts: Sequence[Mark]) -> tuple[float | None, list[Mark]]:
    """Tell the number of all questions from those of parts, where nothing but the numbers says which is which."""
    if len(counts) < 2:
        return None, list(counts)
    first, *others = counts
    if first.amount is None:
        return None, list(counts)
    parts = sum(mark.amount or 0 for mark in others)
    gap = rest[first.end : others[0].start]
    clause = re.match(r"[^,;.:(]*", gap)
    edge = first.end + (clause.end() if clause else 0)
    own = {_noun(wish) for wish in wishes if wish.start < edge}
    of_parts = {_noun(wish) for wish in wishes if wish.start >= edge}
    announces = _ANNOUNCES.match(gap) is not None
    if _ADDS.search(gap) or parts > first.amount or (own & of_parts and not announces):
        return None, list(counts)
    is_total = parts == first.amount or own <= {"topics"} or announces
    return (first.amount, others) if is_total else (None, list(counts))


_ANNOUNCES = re.compile(
    r"[^,;.]*?(?:[:(](?![^)]*\))|,?\s*\b(?:of (?:which|them|these|those)|including)\b|,?\s*그?중|,?\s*그?\s?가운데)",
    re.IGNORECASE,
)
_ADDS = re.compile(r"(?:\b(?:and|plus)|[+&]|와|과|랑|하고|그리고|및)[\s\0]*$", re.IGNORECASE)


def _noun(wish: Wish) -> str:
    """Forms and kinds are both what is counted: a true/false question, an essay."""
    return "forms" if wish.family == "kinds" else wish.family


def _amounts(marks: Sequence[Mark], total: float | None) -> tuple[list[int], int]:
    """How many questions each part has, and how many are left of the total."""
    is_share = any(mark.is_share for mark in marks)
    stated = sum(mark.amount or 0 for mark in marks)
    whole = 100.0 if is_share else stated if total is None else total
    rests = sum(mark.amount is None for mark in marks)
    if stated > whole + 0.5 or (rests and stated >= whole):
        raise ConfigError(
            f"the parts of the brief ({', '.join(mark.said for mark in marks)}) add up to {stated:g}"
            f"{'%' if is_share else ''}, but there are {whole:g}{'%' if is_share else ''} in all"
        )
    weights = [(whole - stated) / rests if mark.amount is None else mark.amount for mark in marks]
    left = 0.0 if rests else whole - stated
    questions = int(total if total is not None else USUAL_QUESTIONS if is_share else whole)
    # Of 33 % and 67 %, or 33 % three times, nothing is left over.
    left = 0.0 if is_share and left <= 1 else left
    counts = apportion(questions, dict(enumerate([*weights, left])))
    return [counts[place] for place in range(len(weights))], counts[len(weights)]


def _divided(rest: str, wishes: Sequence[Wish], marks: Sequence[Mark]) -> tuple[list[list[Wish]], list[Wish]]:
    """The wishes that belong to each number, and those that belong to all."""
    shared = [wish for wish in wishes if _ALL.search(rest[: wish.start])]
    topics = [wish for wish in wishes if wish.family == "topics"]
    shared += topics if len(topics) == 1 and topics[0] not in shared else []
    free = [wish for wish in wishes if wish not in shared]
    edges = [0, *(_edge(rest, free, *pair) for pair in pairwise(marks)), len(rest)]
    own = [[wish for wish in free if start <= wish.start < end] for start, end in pairwise(edges)]
    _move_heading(rest, own, marks, shared)
    _move_common_noun(own, marks, shared)
    _move_ending(rest, own, marks, shared)
    return own, shared


def _edge(rest: str, wishes: Sequence[Wish], one: Mark, other: Mark) -> int:
    """Where the words of one number end and those of the next begin."""
    breaks = [match.start() for match in _BREAK.finditer(rest, one.end, other.start)]
    between = [wish for wish in wishes if one.end <= wish.start < other.start]
    if not breaks:
        has_after = any(wish.start >= other.end for wish in wishes)
        return other.start if has_after else one.end
    # Wishes that stand straight before the next number are its own; the list before them may hold breaks itself.
    leads = any(wish.start > breaks[-1] for wish in between)
    return breaks[0] if leads else breaks[-1]


def _move_heading(rest: str, own: list[list[Wish]], marks: Sequence[Mark], shared: list[Wish]) -> None:
    """What stands before the first number in a clause of its own, or where numbers come first, is said of all."""
    ahead = [wish for wish in own[0] if wish.start < marks[0].start]
    behind = [wish for wish in own[0] if wish.start >= marks[0].start]
    if not ahead:
        return
    breaks = [match.start() for match in _CLAUSE.finditer(rest, 0, marks[0].start)]
    heading = [wish for wish in ahead if breaks and wish.end <= breaks[-1]]
    others_lead = any(
        wish.start < mark.start for wanted, mark in zip(own[1:], marks[1:], strict=True) for wish in wanted
    )
    if behind and not others_lead:
        heading = ahead
    own[0][:] = [wish for wish in own[0] if wish not in heading]
    shared += heading


def _move_common_noun(own: list[list[Wish]], marks: Sequence[Mark], shared: list[Wish]) -> None:
    """In "5 easy and 10 hard essays" all are essays: the others name no form or kind of their own."""
    if len(own) < 2 or not all(own) or any(_noun(wish) == "forms" for wanted in own[:-1] for wish in wanted):
        return
    nouns = [wish for wish in own[-1] if _noun(wish) == "forms" and wish.start >= marks[-1].end]
    if len(nouns) < len(own[-1]):
        own[-1][:] = [wish for wish in own[-1] if wish not in nouns]
        shared += nouns


def _move_ending(rest: str, own: list[list[Wish]], marks: Sequence[Mark], shared: list[Wish]) -> None:
    """What follows the last number in a later clause is said of all, unless the others have such a wish themselves."""
    breaks = [match.start() for match in _LATER.finditer(rest, marks[-1].end)]
    if not breaks:
        return
    ending = [wish for wish in own[-1] if wish.start > breaks[0]]
    for wish in ending:
        if len(own[-1]) > 1 and not any(other.family == wish.family for wanted in own[:-1] for other in wanted):
            own[-1].remove(wish)
            shared.append(wish)


def _mix_of(family: str, own: Sequence[Sequence[Wish]], amounts: Sequence[int], left: int) -> dict[str, float]:
    """One mix of names by number; what is left over gets the usual names that were not named."""
    mix: dict[str, float] = {}
    for wanted, amount in zip(own, amounts, strict=True):
        for wish in wanted:
            mix[wish.name] = mix.get(wish.name, 0.0) + amount / len(wanted)
    others = {name: weight for name, weight in USUAL[family].items() if name not in mix}
    if left and not others:
        raise ConfigError(f"the brief says of only a part of the questions what {family} they have; say it of all")
    scale = left / sum(others.values()) if left else 0.0
    return _without_written(mix | {name: round(weight * scale, 2) for name, weight in others.items() if scale})


def _one_sort(rest: str, wishes: Sequence[Wish], questions: int | None) -> dict[str, Any]:
    if questions == 0:
        raise ConfigError("the brief asks for 0 questions; name how many")
    sorts = _sorts(rest, wishes, questions or USUAL_QUESTIONS)
    if len(sorts) > 1:
        return {"parts": sorts}
    return {name: value for name, value in sorts[0].items() if name != "questions" or questions is not None}


def _sorts(rest: str, wishes: Iterable[Wish], questions: int, *, without: Sequence[Wish] = ()) -> list[dict[str, Any]]:
    """The questions of one number: one sort, or several where kinds and forms are named as alternatives."""
    wishes = list(wishes)
    if not questions:
        return []
    forms = [wish for wish in wishes if wish.family == "forms"]
    named = set(_without_written({wish.name: 1.0 for wish in forms}))
    kinds = [wish for wish in wishes if wish.family == "kinds"]
    alone = [
        kind
        for kind in kinds
        if forms
        and kind.name != ALL_KINDS
        and (kind.name == "true_false" or not named & set(KINDS[kind.name].forms))
        and any(_JOINED.search(_between(rest, kind, form)) for form in forms)
    ]
    if not alone:
        return [_fields(wishes, questions, without)]
    counts = apportion(questions, {"forms": len(forms), **{kind.name: 1 for kind in alone}})
    others = [wish for wish in wishes if wish not in alone]
    parts = [_fields(others, counts["forms"], without)]
    for kind in alone:
        parts.append(_fields([*(wish for wish in others if wish not in (*forms, *kinds)), kind], counts[kind.name], ()))
    return [part for part in parts if part["questions"]]


def _between(rest: str, one: Wish, other: Wish) -> str:
    first, second = sorted((one, other), key=lambda wish: wish.start)
    return rest[first.end : second.start]


def _fields(wishes: Sequence[Wish], questions: int, without: Sequence[Wish]) -> dict[str, Any]:
    values: dict[str, Any] = {"questions": questions}
    for family in USUAL:
        mix = {wish.name: 1.0 for wish in wishes if wish.family == family}
        excluded = {wish.name for wish in without if wish.family == family}
        if not mix and excluded:
            mix = {name: weight for name, weight in USUAL[family].items() if name not in excluded}
        if mix:
            values[family] = _without_written(mix)
    for wish in wishes:
        if wish.family == "options":
            values["options"] = int(wish.name)
            if "choice" not in values.setdefault("forms", {"choice": 1.0}):
                raise ConfigError(
                    f"the brief asks for {wish.name} options of {' and '.join(values['forms'])} questions, but only "
                    "multiple-choice questions have options"
                )
        if wish.family == "topics":
            values["topics"] = wish.name
    return values


def _without_written(mix: dict[str, float]) -> dict[str, float]:
    """`주관식` is any answer in one's own words: short or open."""
    half = mix.pop("written", 0.0) / 2
    return mix | {name: mix.get(name, 0.0) + (half if half != 0.5 else 1.0) for name in ("short", "open") if half}


def with_every_kind(values: dict[str, Any]) -> dict[str, Any]:
    """Return an order in which "all kinds" stands for each kind that its forms and its reach allow.

    Raises:
        ConfigError: there are fewer questions than kinds.
    """
    if "parts" in values:
        return values | {"parts": [with_every_kind(part) for part in values["parts"]]}
    kinds = dict(values.get("kinds", {}))
    if ALL_KINDS not in kinds:
        return values
    weight = kinds.pop(ALL_KINDS)
    reach = values.get("reach", DEFAULT_REACH)
    possible = [
        kind.name
        for kind in KINDS.values()
        if values.get("forms", DEFAULT_FORMS).keys() & set(kind.forms)
        and ("single" in reach or kind.name not in OF_ONE_SOURCE)
    ]
    asked = int(values.get("questions", USUAL_QUESTIONS) * weight / (weight + sum(kinds.values())))
    if asked < len(possible):
        raise ConfigError(
            f"the brief asks for {asked} questions of all kinds, but there are {len(possible)} kinds "
            f"({', '.join(possible)}); ask for at least {len(possible)} questions, or name the kinds"
        )
    each = weight / len(possible) if kinds else 1.0
    return values | {"kinds": kinds | {name: round(kinds.get(name, 0.0) + each, 2) for name in possible}}
