"""The sources of a plan: which passages hold enough for a question, stacked by reach and topic, taken in turn."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from benchwright.generation.kinds import KINDS
from benchwright.generation.order import Part, Reach, weighted
from benchwright.generation.related import RelatedPair
from benchwright.generation.slots import fits
from benchwright.generation.sources import Groups, Selected, Sources
from benchwright.records import Passage
from benchwright.text.tokens import content_words, has_words

LEAST_WORDS = 25
"""A passage with fewer words holds too little for a question of its own; of Korean words two thirds are enough."""

THIN_WORDS = 45
"""A passage with fewer words is asked about last."""

MOST_QUESTIONS_PER_SOURCES = 6
"""Beyond this, questions about the same passages repeat themselves."""

WORDS_PER_QUESTION = 20
"""A source with fewer words for each question repeats itself earlier."""

_HANGUL = re.compile("[가-힣]")


class Related(Protocol):
    """Knows which passages of a selection are related."""

    def pairs(self, *, across_documents: bool) -> Sequence[RelatedPair]:
        """Return related pairs by position, strongest first: of two documents, or of one."""
        ...


def usable(passages: Sequence[Passage]) -> Selected:
    """Return the passages that hold enough for a question."""
    return Selected(passages, [at for at, each in enumerate(passages) if _holds(each, LEAST_WORDS)])


@dataclass
class Stack:
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


class Shelf:
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
        self._stacks: dict[tuple[Reach, str, tuple[str, ...]], Stack] = {}
        self._left: dict[tuple[tuple[str, int], ...], int] = {}

    def stack(self, reach: Reach, part: Part) -> Stack:
        """The sources of one reach for a part: those that name its topic and suit a kind of it, where there are any."""
        kinds = sorted(weighted(part.kinds))
        needy = tuple(kinds) if all(KINDS[kind].needs for kind in kinds) else ()
        if (reach, part.topics, needy) not in self._stacks:
            groups = self._of(reach, part.topics)
            suited = [at for at, group in enumerate(groups) if any(fits(kind, group) for kind in needy)]
            self._stacks[reach, part.topics, needy] = Stack(reach, groups.at(suited) if suited else groups, self._left)
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
        return Groups(passages, [(pair.first, pair.second) for pair in _spread(pairs, passages)])


def _room(group: Sources) -> int:
    """How many questions these sources give before they repeat themselves."""
    rooms = range(MOST_QUESTIONS_PER_SOURCES, 1, -1)
    return next((n for n in rooms if all(has_words(each.text, n * WORDS_PER_QUESTION) for each in group)), 1)


def _batch_sizes(wanted: int, documents: int, per_call: int) -> list[int]:
    """Sizes of the calls: even, none above `per_call`, and as many as there are documents to be asked about."""
    if not wanted or not documents:
        return []
    calls = max(-(-wanted // per_call), min(wanted, documents))
    return [wanted // calls + (number < wanted % calls) for number in range(calls)]


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
    {"rule", "rules", "policy", "policies", "procedure", "procedures", "section", "terms"}
    | {"규정", "규칙", "조항", "내용"}
)
"""Words that documents of every topic have."""


def _beginning(word: str) -> str:
    is_latin = word.isascii() and word.isalpha()
    return word[: max(4, len(word) - 2)] if is_latin and len(word) > 4 else word


def _is_thin(passage: Passage) -> bool:
    return not _holds(passage, THIN_WORDS)


def _holds(passage: Passage, words: int) -> bool:
    """Whether a passage has so many words, counted as English ones: a Korean word carries its particles and endings."""
    text = passage.text
    start = text[:400]
    is_korean = 3 * len(_HANGUL.findall(start)) > len(start)
    return has_words(text, words * 2 // 3 if is_korean else words)


def _spread(pairs: Sequence[RelatedPair], passages: Sequence[Passage]) -> list[RelatedPair]:
    """Strong pairs first, but no passage and no document again before the others had their turn."""
    used: dict[int, int] = defaultdict(int)
    joined: dict[tuple[int, str, str], int] = defaultdict(int)
    rounds: list[tuple[int, int, int, RelatedPair]] = []
    for rank, pair in enumerate(pairs):
        turn = max(used[pair.first], used[pair.second])
        if turn >= 2:
            continue
        used[pair.first] += 1
        used[pair.second] += 1
        documents = (turn, passages[pair.first].document_id, passages[pair.second].document_id)
        rounds.append((turn, joined[documents], rank, pair))
        joined[documents] += 1
    return [pair for *_, pair in sorted(rounds, key=lambda entry: entry[:3])]


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
