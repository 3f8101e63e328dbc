"""Plan written questions before a call is paid: which kind, form and difficulty is asked of which passages."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import numpy as np

from benchwright.generation.kinds import KINDS, suits
from benchwright.generation.order import OF_ONE_SOURCE, Difficulty, Order, Part, Reach, apportion, weighted
from benchwright.generation.related import RareTerms, RelatedPair
from benchwright.generation.sources import Groups, Reserve, Selected, Sources
from benchwright.records import Document, Passage
from benchwright.records.question import Form
from benchwright.text.tokens import content_words, has_words

TURNS_IN_RESERVE = 3
"""How often each source may be asked again when questions were rejected."""

_HANGUL = re.compile("[가-힣]")

LEAST_WORDS = 25
"""A passage with fewer words holds too little for a question of its own; of Korean words two thirds are enough."""

THIN_WORDS = 45
"""A passage with fewer words is asked about last."""

MOST_QUESTIONS_PER_SOURCES = 6
"""Beyond this, questions about the same passages repeat themselves."""

WORDS_PER_QUESTION = 20
"""A source with fewer words for each question repeats itself earlier."""

DECOYS = 3
"""Answerable questions that offer `not stated` as a wrong option, for each unanswerable one with options: where only
unanswerable questions offered it, seeing it would be knowing the answer."""


@dataclass(frozen=True)
class Slot:
    """One planned question."""

    kind: str
    form: Form
    difficulty: Difficulty
    has_decoy: bool = False
    """Whether one of the wrong options is to be `not stated`."""


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


MOST_NAMED = 12
"""Documents that the lines of a plan name; of a thousand nobody reads the names."""


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


class Related(Protocol):
    """Knows which passages of a selection are related."""

    def pairs(self, *, across_documents: bool) -> Sequence[RelatedPair]:
        """Return related pairs by position, strongest first: of two documents, or of one."""
        ...


def usable(passages: Sequence[Passage]) -> Selected:
    """Return the passages that hold enough for a question."""
    return Selected(passages, [at for at, each in enumerate(passages) if _holds(each, LEAST_WORDS)])


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
    shelf = _Shelf(usable(passages), titles, related, chance)
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
                lacks.append(f"{lack} {stack.reach} questions ({len(stack.groups)} fitting sources)")
            for group, size in zip(stack.take(sizes), sizes, strict=True):
                asked.append((stack.reach, group, size))
        if lacks:
            of = f"of part {number}, {part.label}: " if number else ""
            missing.append(of + " and ".join(lacks))
        slots = iter(_slots(part, [(reach, group) for reach, group, size in asked for _ in range(size)], chance))
        for reach, group, size in asked:
            planned.append(maker.batch(len(planned), number, reach, group, [next(slots) for _ in range(size)]))
    shortfall = f"cannot plan {'; '.join(missing)}: add documents or change the order" if missing else ""
    return Plan(order, tuple(planned), _reserve(order, shelf, maker, len(planned)), shortfall)


def _reachable(shelf: "_Shelf", part: Part) -> dict[Reach, int]:
    """How many questions of each reach; where none is stated, what no related passages give is asked of single ones."""
    counts = apportion(part.questions, weighted(part.reach))
    if "reach" not in part.model_fields_set:
        for reach in _reaches(part)[1:]:
            room = shelf.stack(reach, part).room_for(counts[reach])
            counts["single"] += counts[reach] - room
            counts[reach] = room
    return counts


def _reserve(order: Order, shelf: "_Shelf", maker: "_BatchMaker", first: int) -> dict[tuple[int, Reach], Reserve]:
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


@dataclass
class _Stack:
    """Sources of one reach, taken in turn."""

    reach: Reach
    groups: Groups
    left: dict[tuple[tuple[str, int], ...], int]
    """How many questions a group has still room for; shared with other stacks, which may hold the same passages."""
    turn: int = 0

    def room(self, group: Sources) -> int:
        """How many more questions these sources give before they repeat themselves."""
        return self.left.setdefault(_place_of(group), _room(group))

    def room_for(self, wanted: int) -> int:
        """How many of `wanted` questions the sources have room for."""
        capacity = 0
        for group in self.groups:
            capacity += self.room(group)
            if capacity >= wanted:
                return wanted
        return max(0, capacity)

    def sizes(self, wanted: int, per_call: int) -> list[int]:
        """Sizes of the calls for `wanted` questions, as far as there is room."""
        documents = len({group[0].document_id for group in self.groups})
        return _batch_sizes(self.room_for(wanted), documents, per_call)

    def take(self, sizes: Sequence[int]) -> list[Sources]:
        """Sources for calls of these sizes: every group once before any has a second turn, none beyond its room."""
        taken: list[Sources] = []
        while len(taken) < len(sizes):
            group = self.groups[self.turn % len(self.groups)]
            self.turn += 1
            if self.room(group) > 0:
                self.left[_place_of(group)] -= sizes[len(taken)]
                taken.append(group)
        return taken


def _place_of(group: Sources) -> tuple[tuple[str, int], ...]:
    return tuple((passage.document_id, passage.start) for passage in group)


class _Shelf:
    """The sources of a plan, stacked by reach and topic."""

    def __init__(
        self,
        passages: Selected,
        titles: Mapping[str, str],
        related: Callable[[Selected], Related],
        chance: np.random.Generator,
    ) -> None:
        self._passages, self._titles, self._related, self._chance = passages, titles, related, chance
        self._on_topic: dict[str, Selected] = {}
        self._related_on: dict[str, Related] = {}
        self._groups: dict[tuple[Reach, str], Groups] = {}
        self._stacks: dict[tuple[Reach, str, tuple[str, ...]], _Stack] = {}
        self._left: dict[tuple[tuple[str, int], ...], int] = {}

    def stack(self, reach: Reach, part: Part) -> _Stack:
        """The sources of one reach for a part: those that name its topic and suit a kind of it, where there are any."""
        kinds = sorted(weighted(part.kinds))
        needy = tuple(kinds) if all(KINDS[kind].needs for kind in kinds) else ()
        if (reach, part.topics, needy) not in self._stacks:
            groups = self._of(reach, part.topics)
            suited = [at for at, group in enumerate(groups) if any(fits(kind, group) for kind in needy)]
            self._stacks[reach, part.topics, needy] = _Stack(reach, groups.at(suited) if suited else groups, self._left)
        return self._stacks[reach, part.topics, needy]

    def _of(self, reach: Reach, topic: str) -> Groups:
        if (reach, topic) not in self._groups:
            self._groups[reach, topic] = self._grouped(reach, topic)
        return self._groups[reach, topic]

    def _grouped(self, reach: Reach, topic: str) -> Groups:
        if topic not in self._on_topic:
            self._on_topic[topic] = self._passages.at(on_topic(topic, self._passages, self._titles)) or self._passages
        passages = self._on_topic[topic]
        if reach == "single":
            # What a passage of one sentence gives is a lookup: those have their turn when the others have had theirs.
            thin = {position for position, passage in enumerate(passages) if _is_thin(passage)}
            order = sorted(_in_turn(passages, self._chance), key=thin.__contains__)
            return Groups(passages, [(at,) for at in order])
        if topic not in self._related_on:
            self._related_on[topic] = self._related(passages)
        pairs = self._related_on[topic].pairs(across_documents=reach == "cross_document")
        return Groups(passages, [(pair.first, pair.second) for pair in _spread(pairs)])


def on_topic(topic: str, passages: Sequence[Passage], titles: Mapping[str, str]) -> list[int]:
    """Return the positions of the passages that name the topic in their text, headings or title; empty where none does.

    A topic of several words is named where at least half of them are, and a word where it begins alike (`refund`,
    `refunds`): what is left out here is never asked about, so this errs on the side of keeping.
    """
    wanted = [_beginning(word) for word in content_words(topic) if word not in _NO_TOPIC]
    if not wanted:
        return []
    kept: list[int] = []
    for position, passage in enumerate(passages):
        held = " ".join([titles.get(passage.document_id, ""), *passage.section, passage.text]).casefold()
        if 2 * sum(word in held for word in wanted) >= len(wanted):
            kept.append(position)
    return kept


_NO_TOPIC = frozenset(
    (
        "rule",
        "rules",
        "policy",
        "policies",
        "procedure",
        "procedures",
        "section",
        "terms",
        "규정",
        "규칙",
        "조항",
        "내용",
    )
)


def _beginning(word: str) -> str:
    is_latin = word.isascii() and word.isalpha()
    return word[: max(4, len(word) - 2)] if is_latin and len(word) > 4 else word


def _room(group: Sources) -> int:
    """How many questions these sources give before they repeat themselves."""
    rooms = range(MOST_QUESTIONS_PER_SOURCES, 1, -1)
    return next((n for n in rooms if all(has_words(each.text, n * WORDS_PER_QUESTION) for each in group)), 1)


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

    def spare(self, first: int, part: int, stack: _Stack, start: int, at: int) -> Batch:
        """Return the batch at a place of a reserve, without questions yet; `first` is the number of its first batch."""
        return self.batch(first + at, part, stack.reach, stack.groups[(start + at) % len(stack.groups)], [])


def _batch_sizes(wanted: int, documents: int, per_call: int) -> list[int]:
    """Sizes of the calls: even, none above `per_call`, and as many as there are documents to be asked about."""
    if not wanted or not documents:
        return []
    calls = max(-(-wanted // per_call), min(wanted, documents))
    return [wanted // calls + (number < wanted % calls) for number in range(calls)]


def _slots(order: Part, places: Sequence[tuple[Reach, Sources]], chance: np.random.Generator) -> list[Slot]:
    """Kinds, forms and difficulties in their exact proportion, shuffled, each kind at sources that suit it."""
    kinds = apportion(len(places), weighted(order.kinds))
    mixed = [name for name, number in kinds.items() for _ in range(number)]
    mixed = [mixed[place] for place in chance.permutation(len(mixed))]
    _settle(mixed, places)
    forms = _forms(mixed, order)
    levels: list[Difficulty] = [
        level for level, number in apportion(len(places), weighted(order.difficulty)).items() for _ in range(number)
    ]
    chance.shuffle(levels)
    slots = [Slot(kind, form, level) for kind, form, level in zip(mixed, forms, levels, strict=True)]
    decoys = DECOYS * sum(slot.kind == "unanswerable" and slot.form == "choice" for slot in slots)
    return [
        replace(slot, has_decoy=True)
        if slot.form == "choice" and slot.kind not in ("unanswerable", "true_false") and (decoys := decoys - 1) >= 0
        else slot
        for slot in slots
    ]


def _settle(kinds: list[str], places: Sequence[tuple[Reach, Sources]]) -> None:
    """Exchange kinds that do not suit their sources for others that do; what no exchange helps stays."""
    for here in range(len(kinds)):
        if _fits(kinds[here], places[here]):
            continue
        for there in range(len(kinds)):
            if _fits(kinds[here], places[there]) and _fits(kinds[there], places[here]):
                kinds[here], kinds[there] = kinds[there], kinds[here]
                break


def _fits(kind: str, place: tuple[Reach, Sources]) -> bool:
    reach, group = place
    return (kind not in OF_ONE_SOURCE or reach == "single") and fits(kind, group)


def fits(kind: str, group: Sources) -> bool:
    """Whether every source of a question can give a question of this kind."""
    return all(suits(kind, passage.text) for passage in group)


def _forms(kinds: Sequence[str], order: Part) -> list[Form]:
    """A form for each kind, so that the forms come in the proportion ordered, as far as the kinds allow.

    Each takes, of the forms it has, the one of which most is still missing; kinds with fewer forms choose first.
    """
    missing = apportion(len(kinds), weighted(order.forms))
    chosen: dict[int, Form] = {}
    for place in sorted(range(len(kinds)), key=lambda each: sum(form in missing for form in KINDS[kinds[each]].forms)):
        # A bare "not stated" among options can be told from other keys by its look: short answers come first.
        fitting: list[Form] = [each for each in KINDS[kinds[place]].forms if each in missing]
        form: Form = max(fitting, key=lambda each: missing[each])
        if kinds[place] == "unanswerable" and "short" in fitting:
            form = "short"
        chosen[place] = form
        missing[form] -= 1
    return [chosen[place] for place in range(len(kinds))]


def _is_thin(passage: Passage) -> bool:
    return not _holds(passage, THIN_WORDS)


def _holds(passage: Passage, words: int) -> bool:
    """Whether a passage has so many words, counted as English ones: a Korean word carries its particles and endings."""
    text = passage.text
    start = text[:400]
    is_korean = 3 * len(_HANGUL.findall(start)) > len(start)
    return has_words(text, words * 2 // 3 if is_korean else words)


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


def _in_turn(passages: Sequence[Passage], chance: np.random.Generator) -> list[int]:
    """Positions so ordered that documents, and sections within a document, take turns."""
    by_document: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, passage in enumerate(passages):
        by_document[passage.document_id][passage.section].append(position)
    queues: list[list[int]] = []
    for sections in by_document.values():
        order = [list(section) for section in sections.values()]
        chance.shuffle(order)  # type: ignore[arg-type]
        queues.append(_round_robin(order))
    chance.shuffle(queues)  # type: ignore[arg-type]
    return _round_robin(queues)


def _round_robin(queues: Sequence[Sequence[int]]) -> list[int]:
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
