"""Choose exactly as many questions as asked for: spread, free of give-aways, keys balanced; or say what is missing."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heapreplace

import numpy as np

from benchwright.generation.piles import Piles
from benchwright.generation.rules.amounts import read_amount
from benchwright.generation.rules.not_stated import CONTROLS
from benchwright.generation.worth import cost
from benchwright.records import Citation, Document, Question
from benchwright.text.fold import fold
from benchwright.text.tokens import words

_WINDOW = 48
"""How many questions of a pile are looked over for a rank that is used less."""
_STRETCH = 512
"""Characters."""
_HOW_OFTEN = ((1, 2), (2, 2), (2, sys.maxsize))
"""How often a set of options may be shown, in one document and in all of them: the first choice, then the next."""
# Row labels stand in many questions of a table; that one is named does not make it the answer.
_LABEL_ANSWERS = frozenset({"table_compare"})


@dataclass(frozen=True)
class Selection:
    """The questions chosen, and what the documents could have given."""

    questions: tuple[Question, ...]
    asked: int | None
    """How many were asked for; `None` for all."""
    available: int
    """How many could stand in one benchmark together."""
    per_thousand_words: dict[str, float]
    """Available questions per 1000 words of the documents, by kind."""
    shortfall: str
    """Why fewer came than were asked for, in plain words; empty otherwise."""


def select(
    candidates: Iterable[Question], documents: Sequence[Document], *, count: int | None = None, seed: int = 0
) -> Selection:
    """Choose `count` of the candidates, or all that can stand together.

    The choice is spread over documents, then kinds, then sections; there plain words go before blanks, and amounts,
    limits, deadlines and duties before trivia. Two questions never ask one fact or sentence, and
    none states the answer of another of its document. Keys are dealt evenly over the positions, and numbers evenly
    over the ranks. Deterministic: the same candidates, in any order, and the same seed give the same questions.
    """
    chance = np.random.default_rng(seed)
    fitting = _undisputed(candidates)
    ordered = list(_in_turn(fitting, chance))
    chosen = ordered if count is None else ordered[:count]
    kinds = Counter(question.kind for question in ordered)
    thousand = max(sum(len(words(document.text)) for document in documents), 1) / 1000
    rates = {kind: round(number / thousand, 2) for kind, number in sorted(kinds.items())}
    return Selection(
        questions=deal_keys(chosen, chance=chance),
        asked=count,
        available=len(ordered),
        per_thousand_words=rates,
        shortfall=_shortfall(count, len(ordered), rates, round(thousand * 1000), len(documents)),
    )


def _shortfall(asked: int | None, available: int, rates: dict[str, float], total: int, documents: int) -> str:
    if asked is None or available >= asked:
        return ""
    if not rates:
        return (
            f"{asked} questions were asked for, but no rule found a fact it can vouch for in {_counted(documents)} "
            f"({total:,} words): add documents with tables, numbers, dates, clauses or questions and answers"
        )
    by_kind = ", ".join(f"{kind} {rate:g}" for kind, rate in rates.items())
    return (
        f"{asked} questions were asked for and {available} are given: that is all that {_counted(documents)} with "
        f"{total:,} words can give without asking a fact twice or giving an answer away "
        f"(questions per 1000 words: {by_kind}); add documents, or ask for fewer"
    )


def _counted(documents: int) -> str:
    return "one document" if documents == 1 else f"{documents} documents"


def _undisputed(candidates: Iterable[Question]) -> list[Question]:
    """One question a text, in an order that depends on content alone; a text with two answers is dropped."""
    by_text: dict[str, list[Question]] = defaultdict(list)
    for question in sorted(candidates, key=lambda question: question.id):
        by_text[fold(question.text).text.casefold()].append(question)
    return [same[0] for same in by_text.values() if len({fold(q.answer).text.casefold() for q in same}) == 1]


def _in_turn(questions: Sequence[Question], chance: np.random.Generator) -> Iterator[Question]:
    """Every question that can stand beside those before it, from the document, kind and section least used.

    Questions whose options are shown already come last, and each set of options at most twice a document: who has
    solved three of four questions with the same options need not read for the fourth. What two questions of other
    documents show comes last of all.
    """
    state = _State()
    held: list[Question] = []
    waiting = [questions[int(index)] for index in chance.permutation(len(questions))]
    for most, most_anywhere in _HOW_OFTEN:
        later: list[Question] = []
        for question in _spread(waiting, state):
            taken = state.documents[_document(question)]
            if taken.shown(question) >= most or state.shown(question) >= most_anywhere:
                later.append(question)
            elif _is_unanswerable(question) and not state.allows_unanswerable:
                held.append(question)
            elif taken.admits(question):
                taken.add(question)
                state.count(question)
                yield question
                yield from _released(held, state)
        waiting = later


def _released(held: list[Question], state: "_State") -> Iterator[Question]:
    """One of the unanswerable questions that wait for their controls, once there are three more controls."""
    while held and state.allows_unanswerable:
        question = held.pop(0)
        taken = state.documents[_document(question)]
        if taken.shown(question) < 1 and taken.admits(question):
            taken.add(question)
            state.count(question)
            yield question


def _is_unanswerable(question: Question) -> bool:
    return question.kind == "not_stated" and question.provenance.note == "unanswerable"


def _document(question: Question) -> str:
    return question.document_ids[0] if question.citations else ""


class _State:
    """What is chosen so far, over all documents."""

    def __init__(self) -> None:
        self.documents: dict[str, _Taken] = defaultdict(_Taken)
        self.kinds: Counter[str] = Counter()
        self.ranks: Counter[int] = Counter()
        self.unanswerable = 0
        self.options: Counter[frozenset[str]] = Counter()

    def shown(self, question: Question) -> int:
        """How many chosen questions show the options of `question`, in whatever document."""
        return self.options[frozenset(question.choices)] if question.choices else 0

    @property
    def allows_unanswerable(self) -> bool:
        """Whether the chosen controls outweigh one more question that the documents do not answer."""
        return self.kinds["not_stated"] - self.unanswerable >= CONTROLS * (self.unanswerable + 1)

    def count(self, question: Question) -> None:
        """Count a chosen question in."""
        self.kinds[question.kind] += 1
        self.options[frozenset(question.choices)] += bool(question.choices)
        self.unanswerable += _is_unanswerable(question)
        rank = key_rank(question)
        if rank is not None:
            self.ranks[rank] += 1


def _spread(questions: Sequence[Question], state: _State) -> Iterator[Question]:
    """Hand out `questions` one by one, each time from the document, kind and section that `state` has least of."""
    order = {document: turn for turn, document in enumerate(dict.fromkeys(map(_document, questions)))}
    mine: dict[str, list[Question]] = defaultdict(list)
    for question in sorted(questions, key=cost):
        mine[_document(question)].append(question)
    waiting = [(state.documents[document].number, turn, document) for document, turn in order.items()]
    heapify(waiting)
    piles = {document: Piles(own) for document, own in mine.items()}
    while waiting:
        number, turn, document = waiting[0]
        here = state.documents[document]
        if here.number > number:
            heapreplace(waiting, (here.number, turn, document))
            continue
        pile = piles[document].next(here.kinds, here.sections, state.kinds)
        question = _least_used_rank(pile, state.ranks)
        piles[document].clear(question.kind, question.section)
        if not piles[document]:
            heappop(waiting)
        yield question


def _least_used_rank(pile: list[Question], ranks: Counter[int]) -> Question:
    """Take the question whose key has the rank used least, among the next of the pile; the worthier, if it is near."""
    window = pile[:_WINDOW]
    used = [ranks[rank] for rank in (key_rank(question) for question in window) if rank is not None]
    level = min(used, default=0)

    def use(position: int) -> int:
        rank = key_rank(window[position])
        return cost(window[position]) + (level if rank is None else ranks[rank])

    return pile.pop(min(range(len(window)), key=use))


@lru_cache(maxsize=65536)
def _rank(choices: tuple[str, ...], answer: str) -> int | None:
    amounts = [read_amount(choice) for choice in choices]
    values = [amount.value for amount in amounts if amount is not None]
    if len(values) < len(amounts):
        return None
    key = values[choices.index(answer)]
    return 1 + sum(value < key for value in values)


def key_rank(question: Question) -> int | None:
    """The rank of the key among the options, 1 the smallest, when all of them are numbers; else `None`."""
    if question.form != "choice":
        return None
    return _rank(question.choices, question.answer)


class _Taken:
    """What is chosen of one document, and what that rules out."""

    def __init__(self) -> None:
        self.number = 0
        self.kinds: Counter[str] = Counter()
        self.sections: Counter[str] = Counter()
        self._facts: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        self._spans: dict[tuple[int, int], list[tuple[str, frozenset[tuple[int, int]]]]] = defaultdict(list)
        self._options: Counter[frozenset[str]] = Counter()
        self._given: dict[str, list[frozenset[tuple[int, int]]]] = defaultdict(list)
        self._stems: dict[str, list[str]] = defaultdict(list)
        self._answers: dict[str, list[str]] = defaultdict(list)

    def add(self, question: Question) -> None:
        """Count `question` in."""
        self.number += 1
        self.kinds[question.kind] += 1
        self.sections[question.section] += 1
        for document, start, end in _facts(question):
            for stretch in _stretches(start, end):
                self._facts[document, stretch].append((start, end))
        spans = _spans(question.citations)
        for span in spans:
            self._spans[span].append((question.kind, spans))
        self._options[frozenset(question.choices)] += 1
        self._given[question.answer.casefold()].append(_spans(question.citations))
        stem = words(question.text)
        for word in set(stem):
            self._stems[word].append(_line(stem))
        answer = _telling_answer(question)
        if answer:
            self._answers[answer[0]].append(_line(answer))

    def shown(self, question: Question) -> int:
        """How often the options of `question` are shown already."""
        return self._options[frozenset(question.choices)] if question.choices else 0

    def admits(self, question: Question) -> bool:
        """Whether `question` asks a new fact and neither gives an answer away nor is given away."""
        return not self._asks_again(question) and not self._gives_away(question)

    def _asks_again(self, question: Question) -> bool:
        for document, start, end in _facts(question):
            near = (fact for stretch in _stretches(start, end) for fact in self._facts.get((document, stretch), ()))
            if any(start < last and first < end for first, last in near):
                return True
        spans = _spans(question.citations)
        # One answer for two cells of a column: to a reader they are the same question twice.
        if any(spans & other for other in self._given.get(question.answer.casefold(), ())):
            return True
        # Only what shares a span can share most of them.
        return any(
            kind == question.kind and 2 * len(spans & other) > len(spans | other)
            for span in spans
            for kind, other in self._spans.get(span, ())
        )

    def _gives_away(self, question: Question) -> bool:
        stem = words(question.text)
        line = _line(stem)
        if any(answer in line for word in set(stem) for answer in self._answers.get(word, ())):
            return True
        answer = _telling_answer(question)
        return bool(answer) and any(_line(answer) in other for other in self._stems.get(answer[0], ()))


def _line(tokens: Sequence[str]) -> str:
    return f" {' '.join(tokens)} "


def _facts(question: Question) -> list[tuple[str, int, int]]:
    """The span that holds the answer; a computed answer stands in none."""
    if question.kind == "table_aggregate" or not question.citations:
        return []
    first = question.citations[0]
    return [(first.document_id, first.start, first.end)]


def _stretches(start: int, end: int) -> range:
    """The stretches of a document that a span touches: only facts of one stretch can overlap."""
    return range(start // _STRETCH, end // _STRETCH + 1)


def _spans(citations: Sequence[Citation]) -> frozenset[tuple[int, int]]:
    return frozenset((citation.start, citation.end) for citation in citations)


def _telling_answer(question: Question) -> list[str]:
    """The words of an answer that could be recognised elsewhere; none where it is too short or a mere row label."""
    if question.kind in _LABEL_ANSWERS or len(question.answer) < 2:
        return []
    return words(question.answer)


def deal_keys(questions: Sequence[Question], *, chance: np.random.Generator) -> tuple[Question, ...]:
    """Put the keys of choice questions evenly over the positions, and the other options in random order.

    The id does not depend on the order of options. Questions with different numbers of options are dealt apart.
    """
    decks: dict[int, list[int]] = defaultdict(list)
    dealt: list[Question] = []
    for question in questions:
        size = len(question.choices)
        if question.form != "choice":
            dealt.append(question)
            continue
        if not decks[size]:
            decks[size] = [int(position) for position in chance.permutation(size)]
        others = [choice for choice in question.choices if choice != question.answer]
        order = [others[int(i)] for i in chance.permutation(len(others))]
        order.insert(decks[size].pop(), question.answer)
        dealt.append(question.model_copy(update={"choices": tuple(order)}))
    return tuple(dealt)
