"""Which of the things that a text names does it settle on? The strongest stance wins; ties are parted or left open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchwright.evaluation.graders import cues
from benchwright.evaluation.graders.claims import clause_around, gapped, nearest_to_question, periods
from benchwright.evaluation.graders.clauses import clauses_of
from benchwright.evaluation.graders.normalise import content_words, shared_words
from benchwright.evaluation.graders.stances import WINDOW, Group, Mention, Stance, grouped


@dataclass(frozen=True)
class Settled:
    """What a text settles on, or `None`; what it names, may mean, denies, and whether it leaves the choice open."""

    mention: Mention | None
    stance: Stance | None = None
    named: frozenset[int] = frozenset()
    live: frozenset[int] = frozenset()
    denied: frozenset[int] = frozenset()
    is_open: bool = False


def settled(
    text: str,
    mentions: Sequence[Mention],
    asked: str = "",
    *,
    known: Sequence[str] = (),
    takes_nearest: bool = False,
) -> Settled:
    """Return what `text` settles on among its `mentions`; words of `known` answers do not restate the question.

    With `takes_nearest` several are parted by whatever clause is nearest to the question, or the one that opens the
    text: amounts and dates stand beside others that answer nothing, options seldom do.
    """
    groups = grouped(text, mentions, clauses_of(text, asked, known))
    groups = _of_period(text, _as_asked(text, groups, asked), asked)
    if len(groups) == 1 and groups[0].stance == Stance.ASIDE and cues.ASKING_GUESS.search(text):
        groups = [replace(groups[0], stance=Stance.TOLD)]
    live = [group for group in groups if group.stance > Stance.ASIDE]
    result = Settled(
        None,
        max((group.stance for group in live), default=None),
        frozenset(mention.key for mention in mentions),
        frozenset(key for group in live for key in group.keys),
        frozenset(key for group in groups if group.stance == Stance.DENIED for key in group.keys),
    )
    return _decided(text, live, result, asked, takes_nearest=takes_nearest) if live else result


def _of_period(text: str, groups: list[Group], asked: str) -> list[Group]:
    """Asked for 2022, what is told of 2021 beside it is aside; so with months and days of the week."""
    wanted = periods(asked)
    told = [periods(clause_around(text, g.mentions[0].start, g.mentions[-1].end)) for g in groups] if wanted else []
    if not any(period & wanted for period in told):
        return groups
    return [
        replace(group, stance=min(group.stance, Stance.ASIDE)) if period and not period & wanted else group
        for group, period in zip(groups, told, strict=True)
    ]


def _as_asked(text: str, groups: list[Group], asked: str) -> list[Group]:
    """Groups in the light of what is asked: what is *not* so, or where something begins or ends."""
    if cues.ASKS_NOT.search(asked):
        # Asked what is not covered, `B is not covered` claims B, and `A is covered` denies A.
        denying = [_is_denying(text, group) for group in groups]
        return [
            replace(group, stance=max(group.stance, Stance.CONCLUDED))
            if denies
            else replace(group, stance=Stance.ASIDE)
            if any(denying) and group.stance < Stance.LEADING
            else group
            for group, denies in zip(groups, denying, strict=True)
        ]
    for asks, place in ((cues.ASKS_END, _ends_period), (cues.ASKS_BEGIN, _begins_period)):
        if asks.search(asked) and (marked := [place(text, group) for group in groups]) and any(marked):
            return [
                replace(group, mentions=kept, stance=Stance.CONCLUDED, is_alternative=False)
                if kept
                else replace(group, stance=Stance.TOLD)
                if group.stance == Stance.CONCLUDED
                else group
                for group, kept in zip(groups, marked, strict=True)
            ]
    return groups


def _is_denying(text: str, group: Group) -> bool:
    words = text[group.clause.start : group.clause.end]
    return group.stance == Stance.DENIED or (group.stance < Stance.LEADING and bool(cues.DENYING.search(words)))


def _ends_period(text: str, group: Group) -> tuple[Mention, ...]:
    first, last = group.mentions[0], group.mentions[-1]
    is_end = cues.UNTIL.search(text[max(0, last.start - 20) : last.start]) or cues.UNTIL_KO.match(text, last.end)
    is_end = is_end or (
        first is not last and re.fullmatch(r"[.\s]*[-~–]\s*", text[group.mentions[-2].end : last.start])
    )
    return (last,) if is_end else ()


def _begins_period(text: str, group: Group) -> tuple[Mention, ...]:
    first, last = group.mentions[0], group.mentions[-1]
    is_begin = (
        cues.BEGINNING.search(text[max(0, first.start - 20) : first.start])
        or cues.FROM.search(text[max(0, first.start - 20) : first.start])
        or cues.FROM_KO.match(text, first.end)
    )
    is_begin = is_begin or (first is not last and re.match(r"[.\s]*[-~–]", text[first.end :]))
    return (first,) if is_begin else ()


def _decided(text: str, live: list[Group], result: Settled, asked: str, *, takes_nearest: bool) -> Settled:
    top = max(group.stance for group in live)
    best = [group for group in live if group.stance == top]
    keys = {key for group in best for key in group.keys}
    if (last := _last_word(text, live, best)) is not None:
        best, keys = [last], last.keys
    if len(keys) > 1 and top < Stance.LEADING and not any(group.is_alternative for group in best):
        best = _nearest(text, best, asked, takes_nearest=takes_nearest)
        keys = {key for group in best for key in group.keys}
    if len(keys) > 1 and len(alike := _alike(text, best, asked)) == 1:
        best, keys = alike, alike[0].keys
    if len(keys) > 1 and takes_nearest and _opens(text, best[0]) and not _are_parallel(text, best):
        best, keys = best[:1], best[0].keys
    if len(keys) == 1:
        # An option told once more among others, left open behind, is left open.
        behind = [group for group in live if group.clause.start > best[-1].clause.start]
        if top < Stance.LEADING and any(group.is_alternative and len(group.keys) > 1 for group in behind):
            return replace(result, is_open=True)
        return replace(result, mention=best[-1].mentions[-1])
    is_open = any(group.is_alternative for group in best) or bool(cues.OPEN.search(text[-300:]))
    return replace(result, is_open=is_open)


def _opens(text: str, group: Group) -> bool:
    """Whether a text opens with its answer and remarks on it: `24 months, extendable by 12`."""
    first = group.mentions[0]
    is_period = re.match(r"\s*(?:부터|에서)", text[group.mentions[-1].end :])
    return len(group.keys) == 1 and not content_words(text[: first.start]) and not is_period


def _are_parallel(text: str, groups: list[Group]) -> bool:
    """Whether each is told of something of its own: `15 in 2021, 18 in 2022`."""
    behind = [cues.OF_ITS_OWN.match(text, group.mentions[-1].end) for group in groups]
    return all(behind) and len({found[1].casefold() for found in behind if found}) == 1


def _last_word(text: str, live: list[Group], best: list[Group]) -> Group | None:
    """The last of the best groups where it turns from those before or narrows them, or a correction behind them."""
    last = best[-1]
    behind = [group for group in live if group.clause.start > last.clause.start and group.mentions[0].is_label]
    if behind and len(behind[-1].keys) == 1:
        between = text[last.mentions[-1].end : behind[-1].mentions[0].start]
        if cues.CORRECTS.search(between):
            return behind[-1]
    if len(best) > 1 and len(last.keys) == 1:
        before = best[-2]
        narrows = len(before.keys) > 1 and last.keys < before.keys
        if narrows or cues.TURN.search(text[before.mentions[-1].end : last.mentions[0].start]):
            return last
    return None


def _nearest(text: str, groups: list[Group], asked: str, *, takes_nearest: bool) -> list[Group]:
    """The groups whose clause repeats all that any repeats of the question, or most of it; all where none does."""
    if takes_nearest:
        spans = [(group.mentions[0].start, group.mentions[-1].end) for group in groups]
        near = [groups[at] for at in nearest_to_question(text, spans, asked)]
        # `월 85만 원` to a question on 월 임대료, not `보증금 1,000만 원`.
        words = content_words(asked)
        headed = [group for group in near if shared_words(content_words(_word_before(text, group)), words)]
        return headed if len({key for group in headed for key in group.keys}) == 1 else near
    union = frozenset(word for group in groups for word in group.clause.restated)
    whole = [group for group in groups if group.clause.restated == union]
    groups = whole if union and whole else groups
    if len(groups) < 2 or len({group.clause.sentence for group in groups}) > 1:
        return groups
    at = gapped(text, [(group.mentions[0].start, group.mentions[-1].end) for group in groups], asked)
    return groups if at is None else [groups[at]]


def _word_before(text: str, group: Group) -> str:
    return " ".join(
        text[max(group.clause.start, group.mentions[0].start - WINDOW) : group.mentions[0].start].split()[-1:]
    )


def _alike(text: str, groups: list[Group], asked: str) -> list[Group]:
    """The groups that stand where the question word stands: 어디에 → 총무과에, not 민원실에서."""
    wanted = cues.ASKED_KO.search(asked)
    if wanted is None and not cues.ASKED_SUBJECT_KO.search(asked):
        return []
    asked_by = (wanted and wanted[1]) or "가"
    particle = re.compile(rf"\s*{cues.SAME_PARTICLE.get(asked_by, asked_by)}(?![가-힣])")
    return [group for group in groups if len(group.keys) == 1 and particle.match(text, group.mentions[-1].end)]
