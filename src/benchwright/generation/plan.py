"""Plan written questions before a call is paid: which kind, form and difficulty is asked of which passages."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchwright.generation.order import Order, Part, Reach, apportion, weighted
from benchwright.generation.related import RareTerms
from benchwright.generation.shelf import Related, Shelf, Stack, usable
from benchwright.generation.slots import Slot, slots_of
from benchwright.generation.sources import Reserve, Selected, Sources
from benchwright.records import Document, Passage

TURNS_IN_RESERVE = 3
"""How often each source may be asked again when questions were rejected."""

MOST_NAMED = 12
"""Documents that the lines of a plan name; of a thousand nobody reads the names."""


@dataclass(frozen=True)
class Batch:
    """One call to a writer: planned questions over the same sources."""

    number: int
    reach: Reach
    language: str
    sources: tuple[Passage, ...]
    titles: tuple[str, ...]
    """Title of each source's document."""
    slots: tuple[Slot, ...]
    avoid: tuple[str, ...] = ()
    """Questions already asked of these sources."""
    part: int = 0
    """The number of the part of the order that it is for; 0 where the order has none."""

    @property
    def tags(self) -> tuple[str, ...]:
        """What its questions keep of the plan."""
        return (f"reach:{self.reach}", *((f"part:{self.part}",) if self.part else ()))


@dataclass(frozen=True)
class Plan:
    """What will be asked. `reserve` are batches for another round, by part and reach, should questions be rejected."""

    order: Order
    batches: tuple[Batch, ...]
    reserve: Mapping[tuple[int, Reach], Sequence[Batch]]
    shortfall: str = ""

    @property
    def planned(self) -> int:
        """How many questions the batches ask for."""
        return sum(len(batch.slots) for batch in self.batches)

    def lines(self) -> list[str]:
        """The plan for a person: counts by reach, kind, form, difficulty and document, of each part by itself."""
        lines = [f"{self.planned} questions in {len(self.batches)} calls"]
        for number, part in self.order.numbered.items():
            own = [batch for batch in self.batches if batch.part == number]
            if number:
                asked = sum(len(batch.slots) for batch in own)
                lines.append(f"part {number}, {part.label}: {asked} questions in {len(own)} calls")
            lines += [f"{'  ' if number else ''}{line}" for line in _counted(own)]
        return [*lines, self.shortfall] if self.shortfall else lines


def _counted(batches: Sequence[Batch]) -> list[str]:
    slots = [(batch, slot) for batch in batches for slot in batch.slots]
    lines: list[str] = []
    for name, values in (
        ("reach", [batch.reach for batch, _ in slots]),
        ("kind", [slot.kind for _, slot in slots]),
        ("form", [slot.form for _, slot in slots]),
        ("difficulty", [slot.difficulty for _, slot in slots]),
        ("document", [batch.titles[0] for batch, _ in slots]),
    ):
        counts = Counter(values)
        named = ", ".join(f"{value} {count}" for value, count in list(counts.items())[:MOST_NAMED])
        more = f" and {len(counts) - MOST_NAMED} others" if len(counts) > MOST_NAMED else ""
        lines.append(f"by {name}: {named}{more}")
    return lines


def make_plan(
    order: Order,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    *,
    chance: np.random.Generator,
    related: Callable[[Selected], Related] = RareTerms,
) -> Plan:
    """Spread an order over documents and sections, and say what the documents cannot give.

    Sources are taken in turn: every document gives one before any gives two, and within a document every section; what
    one part of the order has taken, the next leaves alone while there are others. Where no passages are related,
    multi-hop questions are not faked from one passage: the plan falls short and says so.
    """
    titles = {document.id: document.title for document in documents}
    shelf = Shelf(usable(passages), titles, related, chance)
    maker = _BatchMaker(titles, {document.id: order.language or document.language for document in documents})
    missing: list[str] = []
    planned: list[Batch] = []
    for number, part in order.numbered.items():
        asked: list[tuple[Reach, Sources, int]] = []
        lacks: list[str] = []
        counts = _reachable(shelf, part)
        for stack in [shelf.stack(reach, part) for reach in _reaches(part)]:
            sizes = stack.sizes(counts[stack.reach], order.per_call)
            if lack := counts[stack.reach] - sum(sizes):
                lacks.append(f"{lack} {stack.reach} questions (sources that fit the order: {len(stack.groups)})")
            for group, size in zip(stack.take(sizes), sizes, strict=True):
                asked.append((stack.reach, group, size))
        if lacks:
            of = f"of part {number}, {part.label}: " if number else ""
            missing.append(of + " and ".join(lacks))
        slots = iter(slots_of(part, [(reach, group) for reach, group, size in asked for _ in range(size)], chance))
        for reach, group, size in asked:
            planned.append(maker.batch(len(planned), number, reach, group, [next(slots) for _ in range(size)]))
    shortfall = f"cannot plan {'; '.join(missing)}: add documents or change the order" if missing else ""
    return Plan(order, tuple(planned), _reserve(order, shelf, maker, len(planned)), shortfall)


def _reachable(shelf: Shelf, part: Part) -> dict[Reach, int]:
    """How many questions of each reach; where none is stated, what no related passages give is asked of single ones."""
    counts = apportion(part.questions, weighted(part.reach))
    if "reach" not in part.model_fields_set:
        for reach in _reaches(part)[1:]:
            room = shelf.stack(reach, part).room_for(counts[reach])
            counts["single"] += counts[reach] - room
            counts[reach] = room
    return counts


def _reserve(order: Order, shelf: Shelf, maker: "_BatchMaker", first: int) -> dict[tuple[int, Reach], Reserve]:
    """For each part and reach its sources again, from where the plan ended; parts begin at different ones."""
    reserve: dict[tuple[int, Reach], Reserve] = {}
    for place, (number, part) in enumerate(order.numbered.items()):
        for reach in _reaches(part):
            stack = shelf.stack(reach, part)
            start = stack.turn + place * len(stack.groups) // len(order.numbered)
            size = TURNS_IN_RESERVE * len(stack.groups)
            reserve[number, reach] = Reserve(size, partial(maker.spare, first, number, stack, start))
            first += size
    return reserve


def _reaches(part: Part) -> list[Reach]:
    """Single passages come first, because what a source does not state is asked of one source."""
    order: list[Reach] = ["single", "multi_hop", "cross_document"]
    return [reach for reach in order if reach in weighted(part.reach)]


class _BatchMaker:
    """Makes the batches of one plan."""

    def __init__(self, titles: Mapping[str, str], languages: Mapping[str, str]) -> None:
        self._titles = titles
        self._languages = languages

    def batch(self, number: int, part: int, reach: Reach, group: Sources, slots: Sequence[Slot]) -> Batch:
        """Return batch `number`."""
        return Batch(
            part=part,
            number=number,
            reach=reach,
            language=self._languages[group[0].document_id],
            sources=group,
            titles=tuple(self._titles[passage.document_id] for passage in group),
            slots=tuple(slots),
        )

    def spare(self, first: int, part: int, stack: Stack, start: int, at: int) -> Batch:
        """Return the batch at a place of a reserve, without questions yet; `first` is the number of its first batch."""
        return self.batch(first + at, part, stack.reach, stack.groups[(start + at) % len(stack.groups)], [])
