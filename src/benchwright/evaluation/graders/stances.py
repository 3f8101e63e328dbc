"""What a text does with each thing that it names: denies it, tells of it, concludes it, declares it.

Every grader asks the same: a text names options, amounts, dates or the reference, and only one naming is its answer. A
mention stands in a clause, and the words around it there give its stance; mentions joined by `and` or `or` share one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from benchwright.evaluation.graders import cues
from benchwright.evaluation.graders.clauses import Clause

WINDOW = 60
MOST_LATER = 40
"""Groups behind one that are asked whether they replace it; a sentence has not so many."""
"""A few words tell the stance; whole clauses of long answers would make each look quadratic."""


class Stance(IntEnum):
    """How far a text commits itself to what it names."""

    DENIED = 0
    ASIDE = 1
    """Asked, told of the past, or ascribed to others."""
    TOLD = 2
    CONCLUDED = 3
    """In a clause that concludes, or that restates the question."""
    LEADING = 4
    """The label that opens the text."""
    DECLARED = 5
    """Named as the answer."""


@dataclass(frozen=True)
class Mention:
    """What stands at `start:end` of a text: `key` tells two answers apart."""

    key: int
    start: int
    end: int
    is_label: bool = False


@dataclass(frozen=True)
class Group:
    """Mentions joined by `and`, `or` or a comma: they share a stance."""

    mentions: tuple[Mention, ...]
    clause: Clause
    stance: Stance
    is_alternative: bool

    @property
    def keys(self) -> set[int]:
        """What the group names."""
        return {mention.key for mention in self.mentions}


def declares(text: str, position: int) -> bool:
    """Whether what stands before `position` declares an answer: `the answer is`, `정답은`."""
    before = text[max(0, position - WINDOW) : position]
    return bool(cues.DECLARES.search(before) or cues.DECLARES_LABEL.search(before))


def stands_denied(text: str, mention: Mention) -> bool:
    """Whether the words right beside a mention deny it: `not X`, `X가 아니라`."""
    before = text[max(0, mention.start - WINDOW) : mention.start]
    return bool(cues.NOT_BEFORE.search(before) or cues.NOT_AFTER.match(text[mention.end : mention.end + WINDOW]))


def grouped(text: str, mentions: Sequence[Mention], clauses: Sequence[Clause]) -> list[Group]:
    """Return the `mentions` of `text` in order, joined ones together, each group with its stance."""
    mentions = sorted(mentions, key=lambda mention: mention.start)
    groups: list[Group] = []
    leads = _leading(text, mentions)
    for clause in clauses:
        inside = [mention for mention in mentions if clause.start <= mention.start < clause.end]
        behind = clause.start
        while inside:
            joined = [inside.pop(0)]
            is_alternative = False
            while inside and (joint := cues.JOINT.fullmatch(text, joined[-1].end, inside[0].start)):
                if cues.SUM_AFTER.match(text, inside[0].end):
                    break
                is_alternative = is_alternative or joint["alternative"] is not None
                joined.append(inside.pop(0))
            ahead = inside[0].start if inside else clause.end
            stance = _stance(text, clause, joined[0], joined[-1], behind, ahead)
            behind = joined[-1].end
            # `B는 자문이고 …` tells of B, and need not choose it.
            is_topic = cues.TOPIC.match(text, joined[-1].end)
            if stance in (Stance.TOLD, Stance.CONCLUDED) and joined[0] is leads and not is_topic:
                stance = Stance.LEADING
            groups.append(Group(tuple(joined), clause, stance, is_alternative))
    groups = [_past(text, group, groups[at + 1 : at + 1 + MOST_LATER]) for at, group in enumerate(groups)]
    return _without_partly_restated(_without_brackets(text, groups))


def _without_partly_restated(groups: list[Group]) -> list[Group]:
    """A clause restates the question only if no other clause repeats a word of it that this one lacks."""
    live = [group for group in groups if group.stance > Stance.ASIDE]
    return [
        replace(group, stance=Stance.TOLD)
        if group.stance == Stance.CONCLUDED
        and not group.clause.is_conclusion
        and any(not other.clause.restated <= group.clause.restated for other in live if other.keys != group.keys)
        else group
        for group in groups
    ]


def _without_brackets(text: str, groups: list[Group]) -> list[Group]:
    """What stands in brackets is a remark on what stands before them."""
    spans = [match.span() for match in cues.BRACKETS.finditer(text)]
    is_inside = [
        not group.mentions[0].is_label and any(start < group.mentions[0].start < end for start, end in spans)
        for group in groups
    ]
    if not any(group.stance > Stance.ASIDE and not inside for group, inside in zip(groups, is_inside, strict=True)):
        return groups
    return [
        replace(group, stance=min(group.stance, Stance.ASIDE)) if inside else group
        for group, inside in zip(groups, is_inside, strict=True)
    ]


def _stands_alone(text: str, clause: Clause, last: Mention) -> bool:
    """Whether a label is the whole of the last sentence, or follows the last colon."""
    return not text[last.end :].strip(" .!)]>'\"|") and not text[clause.start : last.start].strip(" ([<'\"|")


def _stance(text: str, clause: Clause, first: Mention, last: Mention, behind: int, ahead: int) -> Stance:
    before = text[max(clause.start, behind, first.start - WINDOW) : first.start]
    lead = text[max(0, first.start - WINDOW) : first.start]
    apposed = cues.APPOSED.match(text, last.end)
    after = text[apposed.end() if apposed else last.end :][:WINDOW]
    if last.end - last.start > 1 and cues.FULL_STOP.match(after):
        after = ""  # `Replace it. Do not tape it.`
    rest = text[last.end : min(clause.end, ahead)]
    words = text[clause.start : clause.end]
    if cues.NOT_BEFORE.search(lead) or cues.NOT_AFTER.match(after):
        return Stance.DENIED
    if first.is_label and (cues.DECLARES_LABEL.search(lead) or _stands_alone(text, clause, last)):
        return Stance.DECLARED
    if (
        cues.DECLARES.search(lead)
        or cues.IS_RIGHT.match(after)
        or (first.is_label and cues.EXPLAINED_RIGHT.match(after))
    ):
        return Stance.DECLARED
    if cues.ASIDE_BEFORE.search(before) or cues.ASIDE_AFTER.search(rest) or words.rstrip().endswith("?"):
        return Stance.ASIDE
    if re.match(r"[)\].\"']*\s*\?", after):
        return Stance.ASIDE
    concludes = (
        clause.is_conclusion or clause.is_restated or cues.SUM_BEFORE.search(before) or cues.SUM_AFTER.match(rest)
    )
    return Stance.CONCLUDED if concludes else Stance.TOLD


def _leading(text: str, mentions: list[Mention]) -> Mention | None:
    """The label that opens the text, unless several lines open with one."""
    if mentions and not text[: mentions[0].start].strip() and _is_alone_in_line(text, mentions[0]):
        rest = mentions[1:]
        if rest and not any(_is_line(text, mention) for mention in rest):
            return mentions[0]
    heads = [
        m
        for m in mentions
        if m.is_label
        and not cues.LABEL_WORD.sub("", text[text.rfind("\n", 0, m.start) + 1 : m.start]).strip(" ([<'\"-")
    ]
    if not heads or cues.LABEL_WORD.sub("", text[: heads[0].start]).strip(" ([<'\"\n-"):
        return None
    alone = [_is_alone_in_line(text, head) for head in heads]
    if len({head.key for head in heads}) > 1 and not (alone[0] and not any(alone[1:])):
        return None
    return heads[0]


def _is_line(text: str, mention: Mention) -> bool:
    begins = text[text.rfind("\n", 0, mention.start) + 1 : mention.start].strip(" ([<'\"-*•")
    return not begins and _is_alone_in_line(text, mention)


def _is_alone_in_line(text: str, mention: Mention) -> bool:
    return not text[mention.end :].split("\n", 1)[0].strip(" .!)]>'\"|*")


def _past(text: str, group: Group, later: list[Group]) -> Group:
    """What was, and changed: `from X to Y`, `it was X, but since 2020 it is Y`, `X에서 Y로`."""
    if group.stance not in (Stance.TOLD, Stance.CONCLUDED):
        return group
    first, last = group.mentions[0], group.mentions[-1]
    following = [
        other for other in later if other.clause.sentence == group.clause.sentence and other.keys != group.keys
    ]
    changes = cues.FROM.search(text[max(0, first.start - 20) : first.start]) and any(
        cues.TO.search(text[max(0, other.mentions[0].start - 30) : other.mentions[0].start]) for other in following
    )
    changes = changes or (
        cues.BY_KO.match(text, last.end)
        and any(o.clause is group.clause and cues.INTO_KO.match(text, o.mentions[-1].end) for o in following)
    )
    words = text[group.clause.start : group.clause.end]
    ended = cues.WAS.search(words) and any(
        cues.NOW.search(text[other.clause.start : other.clause.end]) for other in later[:3] if other.keys != group.keys
    )
    concedes = (following and cues.CONCEDES.match(words)) or cues.TRAILS.match(words)
    return replace(group, stance=Stance.ASIDE) if changes or ended or concedes else group
