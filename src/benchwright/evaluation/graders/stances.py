"""What a text does with what it names: denies it, tells of it, concludes it, declares it; and what it settles on.

Every grader asks the same: a text names options, amounts, dates or the reference, and only one naming is its answer. A
mention stands in a clause, and the words around it there give its stance. The strongest stance wins; two mentions
of one strength are parted by a correction, by the clause that repeats the question, or not at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from benchwright.evaluation.graders import cues
from benchwright.evaluation.graders.claims import gapped, nearest_to_question
from benchwright.evaluation.graders.normalise import content_words, shared_words

LEAST_RESTATED, MOST_RESTATED = 2, 0.4
WORDS_BEFORE_COLON = 3
WINDOW = 60
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
class Settled:
    """What a text settles on, or `None`; what it names, may mean, denies, and whether it leaves the choice open."""

    mention: Mention | None
    stance: Stance | None = None
    named: frozenset[int] = frozenset()
    live: frozenset[int] = frozenset()
    denied: frozenset[int] = frozenset()
    is_open: bool = False


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    sentence: int
    restated: frozenset[str] = frozenset()
    is_conclusion: bool = False
    is_restated: bool = False


@dataclass(frozen=True)
class _Group:
    """Mentions joined by `and`, `or` or a comma: they share a stance."""

    mentions: tuple[Mention, ...]
    clause: _Clause
    stance: Stance
    is_alternative: bool

    @property
    def keys(self) -> set[int]:
        return {mention.key for mention in self.mentions}


def settled(
    text: str,
    mentions: Sequence[Mention],
    asked: str = "",
    *,
    known: Sequence[str] = (),
    least_restated: int = LEAST_RESTATED,
) -> Settled:
    """Return what `text` settles on among its `mentions`; words of `known` answers do not restate the question."""
    groups = _grouped(text, sorted(mentions, key=lambda mention: mention.start), _clauses(text, asked, known))
    groups = _as_asked(text, groups, asked)
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
    return _decided(text, live, result, asked, least_restated) if live else result


def clause_spans(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of `text` stand."""
    sentences = _pieces(text, 0, len(text), cues.SENTENCE)
    return [span for start, end in sentences for span in _pieces(text, start, end, cues.CLAUSE)]


def declares(text: str, position: int) -> bool:
    """Whether what stands before `position` declares an answer: `the answer is`, `정답은`."""
    before = text[max(0, position - WINDOW) : position]
    return bool(cues.DECLARES.search(before) or cues.DECLARES_LABEL.search(before))


def stands_denied(text: str, mention: Mention) -> bool:
    """Whether the words right beside a mention deny it: `not X`, `X가 아니라`."""
    before = text[max(0, mention.start - WINDOW) : mention.start]
    return bool(cues.NOT_BEFORE.search(before) or cues.NOT_AFTER.match(text[mention.end : mention.end + WINDOW]))


def _as_asked(text: str, groups: list[_Group], asked: str) -> list[_Group]:
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
                replace(group, mentions=kept, stance=Stance.CONCLUDED, is_alternative=False) if kept else group
                for group, kept in zip(groups, marked, strict=True)
            ]
    return groups


def _is_denying(text: str, group: _Group) -> bool:
    words = text[group.clause.start : group.clause.end]
    return group.stance == Stance.DENIED or (group.stance < Stance.LEADING and bool(cues.DENYING.search(words)))


def _ends_period(text: str, group: _Group) -> tuple[Mention, ...]:
    first, last = group.mentions[0], group.mentions[-1]
    is_end = cues.UNTIL.search(text[max(0, last.start - 20) : last.start]) or cues.UNTIL_KO.match(text, last.end)
    is_end = is_end or (
        first is not last and re.fullmatch(r"[.\s]*[-~–]\s*", text[group.mentions[-2].end : last.start])
    )
    return (last,) if is_end else ()


def _begins_period(text: str, group: _Group) -> tuple[Mention, ...]:
    first, last = group.mentions[0], group.mentions[-1]
    is_begin = (
        cues.BEGINNING.search(text[max(0, first.start - 20) : first.start])
        or cues.FROM.search(text[max(0, first.start - 20) : first.start])
        or cues.FROM_KO.match(text, first.end)
    )
    is_begin = is_begin or (first is not last and re.match(r"[.\s]*[-~–]", text[first.end :]))
    return (first,) if is_begin else ()


def _decided(text: str, live: list[_Group], result: Settled, asked: str, least: int) -> Settled:
    top = max(group.stance for group in live)
    best = [group for group in live if group.stance == top]
    keys = {key for group in best for key in group.keys}
    if (last := _last_word(text, live, best)) is not None:
        best, keys = [last], last.keys
    if len(keys) > 1 and top < Stance.LEADING and not any(group.is_alternative for group in best):
        best = _nearest(text, best, asked, least)
        keys = {key for group in best for key in group.keys}
    if len(keys) > 1 and len(alike := _alike(text, best, asked)) == 1:
        best, keys = alike, alike[0].keys
    if len(keys) > 1 and least == 1 and _opens(text, best[0]) and not _are_parallel(text, best):
        best, keys = best[:1], best[0].keys
    if len(keys) == 1:
        # An option told once more among others, left open behind, is left open.
        behind = [group for group in live if group.clause.start > best[-1].clause.start]
        if top < Stance.LEADING and any(group.is_alternative and len(group.keys) > 1 for group in behind):
            return replace(result, is_open=True)
        return replace(result, mention=best[-1].mentions[-1])
    is_open = any(group.is_alternative for group in best) or bool(cues.OPEN.search(text[-300:]))
    return replace(result, is_open=is_open)


def _opens(text: str, group: _Group) -> bool:
    """Whether a text opens with its answer and remarks on it: `24 months, extendable by 12`."""
    first = group.mentions[0]
    is_period = re.match(r"\s*(?:부터|에서)", text[group.mentions[-1].end :])
    return len(group.keys) == 1 and not content_words(text[: first.start]) and not is_period


def _are_parallel(text: str, groups: list[_Group]) -> bool:
    """Whether each is told of something of its own: `15 in 2021, 18 in 2022`."""
    behind = [cues.OF_ITS_OWN.match(text, group.mentions[-1].end) for group in groups]
    return all(behind) and len({found[1].casefold() for found in behind if found}) == 1


def _last_word(text: str, live: list[_Group], best: list[_Group]) -> _Group | None:
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


def _nearest(text: str, groups: list[_Group], asked: str, least: int) -> list[_Group]:
    """The groups whose clause repeats most of the question, if it repeats `least` words; else all."""
    union = frozenset(word for group in groups for word in group.clause.restated)
    whole = [group for group in groups if group.clause.restated == union]
    if least > 1 and union and whole:
        groups = whole
    spans = [(group.mentions[0].start, group.mentions[-1].end) for group in groups]
    if least > 1:
        sentences = {group.clause.sentence for group in groups}
        at = gapped(text, spans, asked) if len(sentences) == 1 and len(groups) > 1 else None
        return groups if at is None else [groups[at]]
    spans = [(group.mentions[0].start, group.mentions[-1].end) for group in groups]
    near = [groups[at] for at in nearest_to_question(text, spans, asked)]
    words = content_words(asked)
    # `월 85만 원` to a question on 월 임대료, not `보증금 1,000만 원`.
    headed = [group for group in near if shared_words(content_words(_word_before(text, group)), words)]
    return headed if len({key for group in headed for key in group.keys}) == 1 else near


def _word_before(text: str, group: _Group) -> str:
    return " ".join(
        text[max(group.clause.start, group.mentions[0].start - WINDOW) : group.mentions[0].start].split()[-1:]
    )


def _alike(text: str, groups: list[_Group], asked: str) -> list[_Group]:
    """The groups that stand where the question word stands: 어디에 → 총무과에, not 민원실에서."""
    wanted = cues.ASKED_KO.search(asked)
    if wanted is None and not cues.ASKED_SUBJECT_KO.search(asked):
        return []
    asked_by = (wanted and wanted[1]) or "가"
    particle = re.compile(rf"\s*{cues.SAME_PARTICLE.get(asked_by, asked_by)}(?![가-힣])")
    return [group for group in groups if len(group.keys) == 1 and particle.match(text, group.mentions[-1].end)]


def _clauses(text: str, asked: str, known: Sequence[str]) -> list[_Clause]:
    question = content_words(asked) - {word for answer in known for word in content_words(answer)}
    superlatives = _superlatives(asked)
    asks_first = cues.ASKS_FIRST.search(asked) is not None
    found: list[_Clause] = []
    for number, (start, end) in enumerate(_pieces(text, 0, len(text), cues.SENTENCE)):
        for begin, stop in _without_opening(text, _pieces(text, start, end, cues.CLAUSE)):
            words = text[begin:stop]
            restated = shared_words(question, content_words(words))
            is_first = asks_first and cues.FIRST.match(text, start, end) is not None
            is_most = bool(superlatives & _superlatives(words)) or (bool(superlatives) and cues.TOP.match(words))
            is_restated = is_first or (len(restated) >= max(LEAST_RESTATED, len(question) * MOST_RESTATED))
            found.append(
                _Clause(begin, stop, number, restated, bool(is_most or cues.CONCLUDES.search(words)), is_restated)
            )
    return found


def _superlatives(text: str) -> set[str]:
    found = {match.group().casefold() for match in cues.SUPERLATIVE.finditer(text)}
    return {"most" if word in ("가장", "제일") else word for word in found} - cues.NO_SUPERLATIVE


def _without_opening(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Part `After the audit, …` at its comma, and a sentence at its colon."""
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        cut = text.find(", ", start, end) if cues.OPENING.match(text, start, end) else -1
        colon = text.find(": ", start, end)
        if cut < 0 and len(text[start:colon].split()) >= WORDS_BEFORE_COLON and colon > 0:
            cut = colon  # `Host: X` stays one
        found += [(start, cut), (cut + 2, end)] if cut > 0 else [(start, end)]
    return found


def _pieces(text: str, start: int, end: int, joint: re.Pattern[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for match in joint.finditer(text, start, end):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    return [*found, (at, end)] if at < end else found


def _grouped(text: str, mentions: list[Mention], clauses: list[_Clause]) -> list[_Group]:
    groups: list[_Group] = []
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
            groups.append(_Group(tuple(joined), clause, stance, is_alternative))
    groups = [_past(text, group, groups[at + 1 :]) for at, group in enumerate(groups)]
    return _without_partly_restated(_without_brackets(text, groups))


def _without_partly_restated(groups: list[_Group]) -> list[_Group]:
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


def _without_brackets(text: str, groups: list[_Group]) -> list[_Group]:
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


def _stands_alone(text: str, clause: _Clause, last: Mention) -> bool:
    """Whether a label is the whole of the last sentence, or follows the last colon."""
    return not text[last.end :].strip(" .!)]>'\"|") and not text[clause.start : last.start].strip(" ([<'\"|")


def _stance(text: str, clause: _Clause, first: Mention, last: Mention, behind: int, ahead: int) -> Stance:
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


def _past(text: str, group: _Group, later: list[_Group]) -> _Group:
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
