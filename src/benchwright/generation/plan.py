"""Plan written questions before a call is paid: which kind, form and difficulty is asked of which passages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.kinds import KINDS
from benchwright.generation.order import Difficulty, Order, Reach, apportion, weighted
from benchwright.generation.related import RareTerms, RelatedPair
from benchwright.records import Document, Passage
from benchwright.records.question import Form
from benchwright.text.tokens import has_words

LEAST_WORDS = 25
"""A passage with fewer words holds too little for a question of its own."""

MOST_QUESTIONS_PER_SOURCES = 6
"""Beyond this, questions about the same passages repeat themselves."""


@dataclass(frozen=True)
class Slot:
    """One planned question."""

    kind: str
    form: Form
    difficulty: Difficulty


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


@dataclass(frozen=True)
class Plan:
    """What will be asked. `reserve` are batches for another round, should questions be rejected."""

    order: Order
    batches: tuple[Batch, ...]
    reserve: tuple[Batch, ...]
    shortfall: str = ""

    @property
    def planned(self) -> int:
        """How many questions the batches ask for."""
        return sum(len(batch.slots) for batch in self.batches)

    def lines(self) -> list[str]:
        """The plan for a person: counts by reach, kind, form and document."""
        slots = [(batch, slot) for batch in self.batches for slot in batch.slots]
        lines = [f"{len(slots)} questions in {len(self.batches)} calls"]
        for name, values in (
            ("reach", [batch.reach for batch, _ in slots]),
            ("kind", [slot.kind for _, slot in slots]),
            ("form", [slot.form for _, slot in slots]),
            ("difficulty", [slot.difficulty for _, slot in slots]),
            ("document", [batch.titles[0] for batch, _ in slots]),
        ):
            counts = {value: values.count(value) for value in dict.fromkeys(values)}
            lines.append(f"by {name}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))
        return [*lines, self.shortfall] if self.shortfall else lines


def make_plan(
    order: Order, documents: Sequence[Document], passages: Sequence[Passage], *, chance: np.random.Generator
) -> Plan:
    """Spread an order over documents and sections, and say what the documents cannot give.

    Sources are taken in turn: every document gives one before any gives two, and within a document every section. Where
    no passages are related, multi-hop questions are not faked from one passage: the plan falls short and says so.
    """
    usable = [passage for passage in passages if has_words(passage.text, LEAST_WORDS)]
    counts = apportion(order.questions, weighted(order.reach))
    # Single passages come first, because what a source does not state is asked of one source.
    terms = RareTerms(usable) if counts.keys() - {"single"} else None
    groups: dict[Reach, list[tuple[Passage, ...]]] = {
        reach: _source_groups(reach, usable, terms, chance) for reach in _REACH_ORDER if reach in counts
    }
    missing: list[str] = []
    sizes: dict[Reach, list[int]] = {}
    for reach, sources in groups.items():
        capacity = len(sources) * MOST_QUESTIONS_PER_SOURCES
        if counts[reach] > capacity:
            missing.append(f"{counts[reach] - capacity} {reach} questions ({len(sources)} fitting sources)")
        spread = len({group[0].document_id for group in sources})
        sizes[reach] = _batch_sizes(min(counts[reach], capacity), spread, order.per_call)
    maker = _BatchMaker(documents, order)
    slots = _slots(order, sum(map(sum, sizes.values())), sum(sizes.get("single", ())), chance)
    planned = [
        maker.batch(reach, group, [slots.pop(0) for _ in range(size)])
        for reach, sources in groups.items()
        for group, size in zip(_repeat(sources, len(sizes[reach])), sizes[reach], strict=True)
    ]
    reserve = [
        maker.batch(reach, group, [])
        for reach, sources in groups.items()
        for group in _repeat(sources, len(sizes[reach]) + 2 * len(sources))[len(sizes[reach]) :]
    ]
    shortfall = f"cannot plan {' and '.join(missing)}: add documents or change the order" if missing else ""
    return Plan(order, tuple(planned), tuple(reserve), shortfall)


_REACH_ORDER: list[Reach] = ["single", "multi_hop", "cross_document"]


class _BatchMaker:
    """Numbers the batches of one plan."""

    def __init__(self, documents: Sequence[Document], order: Order) -> None:
        self._titles = {document.id: document.title for document in documents}
        self._languages = {document.id: order.language or document.language for document in documents}
        self._made = 0

    def batch(self, reach: Reach, group: tuple[Passage, ...], slots: Sequence[Slot]) -> Batch:
        """Return the next batch."""
        self._made += 1
        return Batch(
            number=self._made - 1,
            reach=reach,
            language=self._languages[group[0].document_id],
            sources=group,
            titles=tuple(self._titles[passage.document_id] for passage in group),
            slots=tuple(slots),
        )


def _batch_sizes(wanted: int, documents: int, per_call: int) -> list[int]:
    """Sizes of the calls: even, none above `per_call`, and as many as there are documents to be asked about."""
    if not wanted or not documents:
        return []
    calls = max(-(-wanted // per_call), min(wanted, documents))
    return [wanted // calls + (number < wanted % calls) for number in range(calls)]


def _repeat(groups: list[tuple[Passage, ...]], count: int) -> list[tuple[Passage, ...]]:
    return [groups[number % len(groups)] for number in range(count)] if groups else []


def _slots(order: Order, count: int, singles: int, chance: np.random.Generator) -> list[Slot]:
    """Kinds in their exact proportion, each in a form it has, shuffled; unanswerable ones among the first `singles`."""
    kinds = apportion(count, weighted(order.kinds))
    difficulties = apportion(count, weighted(order.difficulty))
    levels: list[Difficulty] = [level for level, number in difficulties.items() for _ in range(number)]
    chance.shuffle(levels)
    slots: list[Slot] = []
    for name, number in kinds.items():
        fitting: dict[Form, float] = {form: order.forms.get(form, 0) for form in KINDS[name].forms}
        forms = apportion(number, weighted(fitting))
        slots += [Slot(name, form, levels.pop()) for form, part in forms.items() for _ in range(part)]
    mixed = [slots[place] for place in chance.permutation(len(slots))]
    free = [place for place in range(min(singles, count)) if mixed[place].kind != "unanswerable"]
    for late in range(singles, count):
        if mixed[late].kind == "unanswerable" and free:
            early = free.pop()
            mixed[early], mixed[late] = mixed[late], mixed[early]
    return mixed


def _source_groups(
    reach: Reach, passages: Sequence[Passage], terms: RareTerms | None, chance: np.random.Generator
) -> list[tuple[Passage, ...]]:
    if reach == "single" or terms is None:
        return [(passage,) for passage in _in_turn(passages, chance)]
    pairs = terms.pairs(passages, across_documents=reach == "cross_document")
    return [(passages[pair.first], passages[pair.second]) for pair in _spread(pairs)]


def _spread(pairs: Sequence[RelatedPair]) -> list[RelatedPair]:
    """Strong pairs first, but no passage again before the others had their turn."""
    used: dict[int, int] = defaultdict(int)
    rounds: list[tuple[int, int, RelatedPair]] = []
    for rank, pair in enumerate(pairs):
        turn = max(used[pair.first], used[pair.second])
        if turn >= 2:
            continue
        used[pair.first] += 1
        used[pair.second] += 1
        rounds.append((turn, rank, pair))
    return [pair for _, _, pair in sorted(rounds, key=lambda entry: entry[:2])]


def _in_turn(passages: Sequence[Passage], chance: np.random.Generator) -> list[Passage]:
    """Passages so ordered that documents, and sections within a document, take turns."""
    by_document: dict[str, dict[tuple[str, ...], list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        by_document[passage.document_id][passage.section].append(passage)
    queues: list[list[Passage]] = []
    for sections in by_document.values():
        order = [list(section) for section in sections.values()]
        chance.shuffle(order)  # type: ignore[arg-type]
        queues.append(_round_robin(order))
    chance.shuffle(queues)  # type: ignore[arg-type]
    return _round_robin(queues)


def _round_robin(queues: Sequence[Sequence[Passage]]) -> list[Passage]:
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
