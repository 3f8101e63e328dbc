"""The questions of one document that wait to be chosen, piled by kind and section; the next pile is found at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heapreplace

from benchwright.generation.worth import cost
from benchwright.records import Question

_Entry = tuple[int, int, int, str]
"""How often the section was used, the cost of the pile's best question, the pile's turn, the section."""


class Piles:
    """Piles of questions; each is in order of cost, so that its first is its best.

    Each kind keeps its sections in a heap. What an entry says only grows with what is chosen, so an entry that says too
    little is put right when it comes to the top: nobody looks through all sections of a long document.
    """

    def __init__(self, questions: Iterable[Question]) -> None:
        self._piles: dict[tuple[str, str], list[Question]] = defaultdict(list)
        for question in questions:
            self._piles[question.kind, question.section].append(question)
        self._sections: dict[str, list[_Entry]] = defaultdict(list)
        for turn, ((kind, section), pile) in enumerate(self._piles.items()):
            self._sections[kind].append((0, cost(pile[0]), turn, section))
        for heap in self._sections.values():
            heapify(heap)

    def __bool__(self) -> bool:
        return bool(self._sections)

    def next(self, here: Counter[str], sections: Counter[str], everywhere: Counter[str]) -> list[Question]:
        """The pile of the kind and section used least; whoever takes its last question leaves it to be cleared.

        `here` and `everywhere` count the kinds chosen of this document and of all, `sections` the sections chosen here.
        """
        tops = {kind: self._top(kind, sections) for kind in self._sections}
        kind = min(
            tops,
            key=lambda kind: (here[kind] + everywhere[kind] / 4, tops[kind][0], everywhere[kind], *tops[kind][1:3]),
        )
        return self._piles[kind, tops[kind][3]]

    def clear(self, kind: str, section: str) -> None:
        """Forget the pile if it is empty."""
        if self._piles[kind, section]:
            return
        heap = self._sections[kind]
        heappop(heap)
        if not heap:
            del self._sections[kind]

    def _top(self, kind: str, sections: Counter[str]) -> _Entry:
        heap = self._sections[kind]
        while True:
            _, _, turn, section = heap[0]
            true = (sections[section], cost(self._piles[kind, section][0]), turn, section)
            if heap[0] == true:
                return true
            heapreplace(heap, true)
