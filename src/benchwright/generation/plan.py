"""Plan written questions before a call is paid: which kind, form and difficulty is asked of which passages."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchwright.generation.kinds import KINDS, suits
from benchwright.generation.order import Difficulty, Order, Reach, apportion, weighted
from benchwright.generation.related import RareTerms, RelatedPair
from benchwright.generation.sources import Groups, Reserve, Selected, Sources
from benchwright.records import Document, Passage
from benchwright.records.question import Form
from benchwright.text.tokens import content_words, has_words

TURNS_IN_RESERVE = 2
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


@dataclass(frozen=True)
class Plan:
    """What will be asked. `reserve` are batches for another round, should questions be rejected."""

    order: Order
    batches: tuple[Batch, ...]
    reserve: Sequence[Batch]
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
    titles = {document.id: document.title for document in documents}
    usable = Selected(passages, [at for at, each in enumerate(passages) if _holds(each, LEAST_WORDS)])
    usable = usable.at(on_topic(order.topics, usable, titles)) or usable
    counts = apportion(order.questions, weighted(order.reach))
    # Single passages come first, because what a source does not state is asked of one source.
    terms = RareTerms(usable) if counts.keys() - {"single"} else None
    groups: dict[Reach, Groups] = {
        reach: _source_groups(reach, usable, terms, chance) for reach in _REACH_ORDER if reach in counts
    }
    missing: list[str] = []
    asked: list[tuple[Reach, Sources, int]] = []
    turns: dict[Reach, int] = {}
    for reach, sources in groups.items():
        capacity = _capacity(sources, counts[reach])
        if counts[reach] > capacity:
            missing.append(f"{counts[reach] - capacity} {reach} questions ({len(sources)} fitting sources)")
        sizes = _batch_sizes(
            min(counts[reach], capacity), len({group[0].document_id for group in sources}), order.per_call
        )
        turns[reach] = len(sizes)
        for group, size in zip(_in_rounds(sources, sizes), sizes, strict=True):
            asked.append((reach, group, size))
    maker = _BatchMaker(titles, {document.id: order.language or document.language for document in documents})
    slots = iter(_slots(order, [(reach, group) for reach, group, size in asked for _ in range(size)], chance))
    planned = tuple(
        maker.batch(number, reach, group, [next(slots) for _ in range(size)])
        for number, (reach, group, size) in enumerate(asked)
    )
    later: list[tuple[Reach, int, int]] = [
        (reach, turns[reach], TURNS_IN_RESERVE * len(sources)) for reach, sources in groups.items()
    ]

    def reserved(at: int) -> Batch:
        number = len(planned) + at
        for reach, turn, size in later:
            if at < size:
                return maker.batch(number, reach, groups[reach][(turn + at) % len(groups[reach])], [])
            at -= size
        raise IndexError(at)

    reserve = Reserve(sum(size for _, _, size in later), reserved)
    shortfall = f"cannot plan {' and '.join(missing)}: add documents or change the order" if missing else ""
    return Plan(order, planned, reserve, shortfall)


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


def _capacity(groups: Sequence[Sources], enough: int) -> int:
    """How many questions the sources give together; beyond `enough` nobody counts on."""
    total = 0
    for group in groups:
        total += _room(group)
        if total >= enough:
            break
    return total


def _in_rounds(groups: Sequence[Sources], sizes: Sequence[int]) -> list[Sources]:
    """Sources for calls of these sizes: every group once before any has a second turn, and none beyond its room."""
    left: dict[int, int] = {}
    taken: list[Sources] = []
    while len(taken) < len(sizes):
        for place, group in enumerate(groups):
            if left.setdefault(place, _room(group)) > 0:
                left[place] -= sizes[len(taken)]
                taken.append(group)
            if len(taken) == len(sizes):
                break
    return taken


_REACH_ORDER: list[Reach] = ["single", "multi_hop", "cross_document"]


class _BatchMaker:
    """Makes the batches of one plan."""

    def __init__(self, titles: Mapping[str, str], languages: Mapping[str, str]) -> None:
        self._titles = titles
        self._languages = languages

    def batch(self, number: int, reach: Reach, group: tuple[Passage, ...], slots: Sequence[Slot]) -> Batch:
        """Return batch `number`."""
        return Batch(
            number=number,
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


def _slots(order: Order, places: Sequence[tuple[Reach, Sources]], chance: np.random.Generator) -> list[Slot]:
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


OF_ONE_SOURCE = frozenset({"unanswerable", "true_false"})
"""What one passage does not state, its neighbour may; and whether a statement needs each of two sources cannot be
tested by leaving one out, since half of the guesses at it are right."""


def fits(kind: str, group: Sources) -> bool:
    """Whether every source of a question can give a question of this kind."""
    return all(suits(kind, passage.text) for passage in group)


def _forms(kinds: Sequence[str], order: Order) -> list[Form]:
    """A form for each kind, so that the forms come in the proportion ordered, as far as the kinds allow.

    Each takes, of the forms it has, the one of which most is still missing; kinds with fewer forms choose first.
    """
    missing: dict[Form, float] = {
        form: len(kinds) * weight / sum(order.forms.values()) for form, weight in weighted(order.forms).items()
    }
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


def _source_groups(
    reach: Reach, passages: Sequence[Passage], terms: RareTerms | None, chance: np.random.Generator
) -> Groups:
    if reach == "single" or terms is None:
        # What a passage of one sentence gives is a lookup: those have their turn when the others have had theirs.
        thin = {position for position, passage in enumerate(passages) if _is_thin(passage)}
        return Groups(passages, [(at,) for at in sorted(_in_turn(passages, chance), key=thin.__contains__)])
    pairs = terms.pairs(across_documents=reach == "cross_document")
    return Groups(passages, [(pair.first, pair.second) for pair in _spread(pairs)])


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
