"""Fill an order piece by piece: what is still missing of a plan, and what is asked next of which sources.

A plan is asked in blocks side by side, and heard block by block in a fixed order, whichever is ready first: what is
missing after one is asked for at once, while later blocks are still being written. So what is asked depends on what was
answered, never on how fast.

What a part of the order states (kinds, forms, reach, difficulty) is kept to the question. Where it states nothing and
the usual mix was planned, a sort that the documents do not give is replaced by one that they do: the count is full.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from benchwright.curation.solving import Verified
from benchwright.generation.order import Difficulty, Reach
from benchwright.generation.plan import Batch, Plan
from benchwright.generation.slots import Slot, fits
from benchwright.records import Question
from benchwright.records.question import Form

HOPELESS = 7
"""So often was a sort of question asked for and never kept: where another will do, it is asked instead."""

MOST_ROUNDS = 6
"""A planned question is asked for in at most so many rounds; this bounds the calls that the estimate states."""

BLOCKS, SMALLEST_BLOCK = 8, 8
"""In how many blocks a plan is asked, and how many calls to a writer one has at least."""

MOST_IN_VAIN = 40
"""After so many questions in a row of which none was kept, the documents have no more to give: where one in ten is
kept, that happens once in seventy times."""


LONGEST_TOLD, MOST_TOLD = 400, 12
"""What a writer is told of earlier questions: how long one may be, and how many."""


class Sort(NamedTuple):
    """What is planned of a question, and told by the question that fills it."""

    part: int
    reach: Reach
    kind: str
    form: Form
    difficulty: Difficulty

    @property
    def said(self) -> str:
        """In words, such as `hard multi_hop analytical as open`."""
        reach = "" if self.reach == "single" else f"{self.reach} "
        return f"{self.difficulty} {reach}{self.kind} as {self.form}"


@dataclass
class _Sources:
    """The batches of one part and reach that wait; those that suited nothing missing come again first."""

    batches: Sequence[Batch]
    fresh: Iterator[int]
    passed_over: deque[int] = field(default_factory=deque[int])

    def __iter__(self) -> Iterator[tuple[int, Batch]]:
        waiting = list(self.passed_over)
        self.passed_over.clear()
        for at in waiting:
            yield at, self.batches[at]
        for at in self.fresh:
            yield at, self.batches[at]


@dataclass(frozen=True)
class Block:
    """Batches that are heard together. `fills` are the missing questions, by sort, for which they are asked."""

    round: int
    batches: Sequence[Batch]
    fills: Counter[Sort]

    @property
    def slots(self) -> list[tuple[Sort, Slot]]:
        """What its batches ask for."""
        return [(_sort_of(batch, slot), slot) for batch in self.batches for slot in batch.slots]


@dataclass
class Filling:
    """An order that is being filled."""

    plan: Plan
    asked: Counter[Sort] = field(default_factory=Counter[Sort])
    """Of the blocks that were heard."""
    in_vain: int = 0
    """Questions asked since one was last kept."""
    _due: list[tuple[Sort, Slot]] = field(default_factory=list[tuple[Sort, Slot]])
    """What was planned of the blocks that were heard."""
    _coming: Counter[Sort] = field(default_factory=Counter[Sort])
    """Missing questions that blocks under way are to fill."""
    _begun: Counter[int] = field(default_factory=Counter[int])
    """Questions asked again in each round."""
    _under_way: int = 0
    """Questions asked again and not heard yet."""
    _told: dict[tuple[str, int], list[str]] = field(default_factory=dict[tuple[str, int], list[str]])
    _sources: dict[tuple[int, Reach], _Sources] = field(default_factory=dict[tuple[int, Reach], _Sources])

    def __post_init__(self) -> None:
        for place, batches in self.plan.reserve.items():
            self._sources[place] = _Sources(batches, iter(range(len(batches))))

    def first(self) -> list[Block]:
        """The whole plan, as the blocks of the first round."""
        batches = self.plan.batches
        size = max(SMALLEST_BLOCK, -(-len(batches) // BLOCKS))
        return [Block(1, batches[at : at + size], Counter()) for at in range(0, len(batches), size)]

    def hear(self, block: Block) -> None:
        """Note that a block is through."""
        slots = block.slots
        self.asked.update(sort for sort, _ in slots)
        self.in_vain += len(slots)
        self._coming -= block.fills
        if block.round == 1:
            self._due += slots
        else:
            self._under_way -= len(slots)

    def tell(self, batch: Batch, questions: Iterable[Question]) -> None:
        """Note what was written about the sources of a batch, kept or not: a later call is to ask something else."""
        texts = [f"- {question.text}" for question in questions if 0 < len(question.text) <= LONGEST_TOLD]
        for source in batch.sources:
            self._told.setdefault((source.document_id, source.start), []).extend(texts)

    def _told_of(self, batch: Batch) -> tuple[str, ...]:
        told = (self._told.get((source.document_id, source.start), []) for source in batch.sources)
        return tuple(dict.fromkeys(text for texts in told for text in texts))[-MOST_TOLD:]

    def next(self, after: Block, kept: Sequence[Verified], *, is_fruitful: bool) -> Block | None:
        """What is asked for what is missing when `after` is heard; `None` where asking on is of no need or no use.

        What was often asked and seldom kept is asked more often at once, but never more in one round than were planned
        at first: that is the bound which the estimate states.
        """
        if is_fruitful:
            self.in_vain = 0
        # What is under way may be in vain too; where much is, there is time to ask when it is heard.
        most_at_risk = max(MOST_IN_VAIN, self.plan.planned // 2)
        seems_vain = self.in_vain > 0 and self.in_vain + self._under_way >= most_at_risk
        if self.in_vain >= MOST_IN_VAIN or seems_vain or after.round >= MOST_ROUNDS:
            return None
        have = Counter(sort_of(verified.question) for verified in kept)
        missing = self._missing(have)
        room = self.plan.planned - self._begun[after.round + 1]
        wanted: dict[tuple[int, Reach], list[Slot]] = {}
        for sort, slot in self._repeated(missing, have, 2**after.round)[:room]:
            wanted.setdefault((sort.part, sort.reach), []).append(slot)
        batches = [batch for place, slots in wanted.items() for batch in self._placed(place, slots)]
        if not batches:
            return None
        asked = Counter(_sort_of(batch, slot) for batch in batches for slot in batch.slots)
        block = Block(after.round + 1, batches, Counter(sort for sort, _ in missing) & asked)
        self._coming += block.fills
        self._begun[block.round] += asked.total()
        self._under_way += asked.total()
        return block

    def _missing(self, have: Counter[Sort]) -> list[tuple[Sort, Slot]]:
        """Planned slots that nothing fills or is to fill, each as what is asked in its place."""
        lacking, surplus = _compared(self._due, have + self._coming)
        found: list[tuple[Sort, Slot]] = []
        for sort, slot in lacking:
            if have[sort] or self.asked[sort] < HOPELESS:
                found.append((sort, slot))
                continue
            others = [other for other in have if other != sort and _may_replace(self.plan, sort, other)]
            spare = next((other for other in others if surplus[other]), None)
            if spare is not None:
                surplus[spare] -= 1
            elif others:
                best = max(others, key=lambda other: have[other] / max(1, self.asked[other]))
                found.append((best, Slot(best.kind, best.form, best.difficulty)))
            else:
                found.append((sort, slot))
        return found

    def _repeated(
        self, missing: Sequence[tuple[Sort, Slot]], have: Counter[Sort], most: int
    ) -> list[tuple[Sort, Slot]]:
        """The missing slots, in turn, each as often as it was asked for one that was kept, and at most `most` times."""
        times = {sort: min(most, -(-(self.asked[sort] + 1) // (have[sort] + 1))) for sort, _ in missing}
        turns = range(max(times.values(), default=0))
        return [(sort, slot) for turn in turns for sort, slot in missing if turn < times[sort]]

    def _placed(self, place: tuple[int, Reach], slots: list[Slot]) -> list[Batch]:
        sources = self._sources[place]
        batches: list[Batch] = []
        passed_over: list[int] = []
        for at, batch in sources:
            taken = [slot for slot in slots if fits(slot.kind, batch.sources)][: self.plan.order.per_call]
            if not taken:
                passed_over.append(at)
                continue
            for slot in taken:
                slots.remove(slot)
            batches.append(replace(batch, slots=tuple(taken), avoid=self._told_of(batch)))
            if not slots:
                break
        sources.passed_over.extendleft(reversed(passed_over))
        return batches

    def lacks(self, kept: Sequence[Verified]) -> str:
        """Say what is missing by part, kind and form, and how often it was asked for."""
        unfilled = Counter(_filled(self.plan, Counter(sort_of(verified.question) for verified in kept))[1])
        said: list[str] = []
        for number, part in self.plan.order.numbered.items():
            own = {sort: count for sort, count in unfilled.most_common() if sort.part == number}
            if own:
                named = [f"{count} {sort.said}, asked {self.asked[sort]} times" for sort, count in own.items()]
                more = f" and {len(named) - MOST_NAMED} sorts more" if len(named) > MOST_NAMED else ""
                of = f"{sum(own.values())} of part {number}, {part.label}: " if number else ""
                said.append(f"{of}{'; '.join(named[:MOST_NAMED])}{more}")
        return " · ".join(said)


MOST_NAMED = 4
"""Sorts of missing questions that are named."""


def chosen(plan: Plan, kept: Sequence[Verified]) -> list[Verified]:
    """Of the questions kept, those that were ordered: each sort in its number, others only in the place of such."""
    take, _ = _filled(plan, Counter(sort_of(verified.question) for verified in kept))
    found: list[Verified] = []
    for verified in kept:
        sort = sort_of(verified.question)
        if take[sort] > 0:
            take[sort] -= 1
            found.append(verified)
    return found


def _filled(plan: Plan, have: Counter[Sort]) -> tuple[Counter[Sort], list[Sort]]:
    """How many questions of each sort fill the plan, and what is then still missing."""
    lacking, surplus = _compared([(_sort_of(b, slot), slot) for b in plan.batches for slot in b.slots], have)
    take = have - surplus
    missing: list[Sort] = []
    for sort, _ in lacking:
        other = next((each for each in surplus if surplus[each] and _may_replace(plan, sort, each)), None)
        if other is None:
            missing.append(sort)
        else:
            surplus[other] -= 1
            take[other] += 1
    return take, missing


def _compared(
    planned: Iterable[tuple[Sort, Slot]], have: Counter[Sort]
) -> tuple[list[tuple[Sort, Slot]], Counter[Sort]]:
    """Planned slots that no question of their sort fills, and the questions of each sort beyond those planned."""
    left = have.copy()
    lacking: list[tuple[Sort, Slot]] = []
    for sort, slot in planned:
        if left[sort] > 0:
            left[sort] -= 1
        else:
            lacking.append((sort, slot))
    return lacking, +left


def _may_replace(plan: Plan, sort: Sort, other: Sort) -> bool:
    """Whether a question of another sort fills an order: it is of the same part and all that this part states."""
    stated = plan.order.numbered[sort.part].model_fields_set if sort.part == other.part else None
    if stated is None:
        return False
    fields = {"reach": "reach", "kinds": "kind", "forms": "form", "difficulty": "difficulty"}
    return all(getattr(sort, field) == getattr(other, field) for mix, field in fields.items() if mix in stated)


def _sort_of(batch: Batch, slot: Slot) -> Sort:
    return Sort(batch.part, batch.reach, slot.kind, slot.form, slot.difficulty)


def sort_of(question: Question) -> Sort:
    """Return what a question was planned as."""
    tags = dict(tag.split(":", 1) for tag in question.tags if ":" in tag)
    reach, difficulty = tags.get("reach", "single"), question.difficulty
    assert reach in ("single", "multi_hop", "cross_document")
    assert difficulty in ("easy", "medium", "hard")
    return Sort(int(tags.get("part", 0)), reach, question.kind, question.form, difficulty)
