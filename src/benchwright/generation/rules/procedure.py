"""Questions on the step that follows a step of a numbered procedure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules.context import quoted, section_of
from benchwright.generation.rules.entry import Entry, clean_span
from benchwright.generation.rules.framing import Place, build_question, content, section_place, wording_language
from benchwright.generation.rules.ladder import frozen_chance
from benchwright.generation.rules.verbs_en import IMPERATIVE
from benchwright.records import Block, Document, Passage, Question
from benchwright.text.sentences import sentences

_MARK = re.compile(r"[ \t]*(\d{1,2})[.)][ \t]+")
_CUE = re.compile(
    r"\b(?:steps?|procedures?|how to|process|instructions?|sequence|workflow|installation|set-?up|setting up"
    r"|getting started|routine"
    r"|checklist|assembly|recipe|directions|preparation|method|proceed as follows|what to do|quick ?start)\b"
    r"|^(?:[\d.]+\s)?\w{3,}ing\b"
    r"|절차|방법|순서|단계|요령|과정|하는\s?법|조치|교체|설치|신청|하기\b|따라\s?하|진행|대응|만들기|만드는|담그|끓이기",
    re.IGNORECASE,
)
# Under such a title a numbered list of orders is a procedure, whatever its heading says.
_MANUAL = re.compile(
    r"\b(?:procedures?|runbooks?|instructions?|protocol|playbook|sop|how[- ]to|operating)\b", re.IGNORECASE
)
_CUE_BEFORE = re.compile(
    r"\b(?:steps?|procedure|instructions?|sequence|as follows|proceed|to \w+)\b|절차|순서|단계|방법|다음과 같이",
    re.IGNORECASE,
)
_NOT_A_SEQUENCE = re.compile(
    r"\b(?:rules?|tips?|principles?|guidelines?|requirements?|criteria|reasons?|features?|goals?|objectives?"
    r"|questions?|findings"
    r"|decisions?|options?|examples?|references?|changes|agenda|topics|highlights|recommendations|values"
    r"|training|meeting|pricing"
    r"|licensing|reading|opening)\b|수칙|원칙|유의|주의\s?사항|규정|준수|요건|기준|이유|특징|목표|안건|의결"
    r"|사례|항목|종류",
    re.IGNORECASE,
)
# Advice is in no order: what begins so says how, not what comes next.
_ADVICE = re.compile(
    r"(?:be|avoid|never|do not|don['’]t|consider|remember|ensure|always|try|keep|use|make sure)\b", re.IGNORECASE
)
_KOREAN_STEP = re.compile(r".*(?:다|오|요|기|함|음|것)[.]?")
_STEP_NAME = re.compile(r"(\*\*|__)(?P<name>[^*_\n]{4,60}?)(?:\1\s?[:–—-]|[:：]\1)\s")
_LEANS = re.compile(r"\b(?:step|steps) \d|\b(?:previous|above|below) step|앞 단계|위 단계|\d단계", re.IGNORECASE)


@dataclass(frozen=True)
class Procedure:
    """Which step comes directly after a named one, to be written: among options sense alone picks it.

    Only lists that number their steps from 1 without a gap, under a heading or a sentence that announces a procedure,
    with steps that tell someone to do something; at least five, so that the order is worth asking.
    """

    fewest_steps: int = 5
    longest_step: int = 140
    most_a_list: int = 2
    """Questions offered on one procedure."""

    @property
    def kind(self) -> str:
        """`procedure`."""
        return "procedure"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer up to `most_a_list` questions on each procedure."""
        language = wording_language(document)
        lists = list(_numbered_lists(document))
        sections = Counter(section_of(document, items[0].start) for items in lists)
        for items in lists:
            section = section_of(document, items[0].start)
            place = section_place(document, section)
            if language is None or place is None or sections[section] > 1:
                continue
            steps = _named_steps(document, items) or self._stated_steps(document, items)
            # Under no heading of its own the list is what the document is called after.
            if self._is_procedure(document, items[0].start, place.section or place.document, steps, language):
                frozen = frozen_chance(document.id, self.kind, str(items[0].start))
                yield from self._ask(document, place, steps, language, frozen)

    def _stated_steps(self, document: Document, items: Sequence[Block]) -> list[Entry]:
        """The steps as they stand; where one is long, each is called by its first sentence."""
        whole = [Entry(*clean_span(document.text[item.start : item.end], item.start)) for item in items]
        if all(len(step.text) <= self.longest_step for step in whole):
            return whole
        firsts = [sentences(step.text)[0] for step in whole]
        return [
            Entry(step.text[low:high], step.start + low, step.start + high)
            for step, (low, high) in zip(whole, firsts, strict=True)
        ]

    def _is_procedure(
        self, document: Document, start: int, heading: str, steps: Sequence[Entry], language: str
    ) -> bool:
        announced = _CUE.search(heading) or _CUE_BEFORE.search(_line_before(document.text, start))
        is_manual = language == "en" and _MANUAL.search(document.title) is not None
        if len(steps) < self.fewest_steps or not (announced or is_manual) or _NOT_A_SEQUENCE.search(heading):
            return False
        if not announced and any(_ADVICE.match(step.text) for step in steps):
            return False
        if not all(step.is_plain and 6 <= len(step.text) <= self.longest_step for step in steps):
            return False
        if language == "ko":
            return all(_KOREAN_STEP.fullmatch(step.text) for step in steps)
        verbs = [step.text.split()[0].casefold().strip(",.:") for step in steps]
        return sum(verb in IMPERATIVE for verb in verbs) >= 0.7 * len(verbs)

    def _ask(
        self, document: Document, place: Place, steps: Sequence[Entry], language: str, chance: np.random.Generator
    ) -> Iterator[Question]:
        offered = 0
        last = -2
        for position in sorted(int(i) for i in chance.permutation(len(steps) - 1)):
            if offered == self.most_a_list or position <= last + 1:
                continue
            if _is_guessed(steps, position):
                continue
            anchor, key = steps[position], steps[position + 1]
            name = quoted(anchor.text.rstrip("."))
            if language == "ko":
                text = f"{place.korean()}에 나오는 절차에서 {name} 바로 다음 단계는 무엇입니까?"
            else:
                named = f"{quoted(place.section)} in {quoted(place.document)}" if place.section else ""
                procedure = f"the procedure {named or quoted(place.document)}"
                text = f"In {procedure}, which step comes directly after {name}?"
            offered, last = offered + 1, position
            yield build_question(
                document,
                kind=self.kind,
                text=text,
                answer=key.text.rstrip("."),
                spans=[(key.start, key.start + len(key.text.rstrip("."))), (anchor.start, anchor.end)],
                language=language,
            )


def _named_steps(document: Document, items: Sequence[Block]) -> list[Entry]:
    """The names of the steps where each begins with one in bold: `**Create return**: Click …`."""
    named = [_STEP_NAME.match(document.text[item.start : item.end]) for item in items]
    return [
        Entry(found["name"], item.start + found.start("name"), item.start + found.end("name"))
        for found, item in zip(named, items, strict=True)
        if found is not None and all(named)
    ]


def _line_before(text: str, start: int) -> str:
    """The line above the first item, where it announces something: it ends with a colon."""
    above = text[max(0, start - 300) : text.rfind("\n", 0, start) + 1].rstrip()
    line = above.rpartition("\n")[2]
    return line if line.endswith((":", "：")) else ""


def _is_guessed(steps: Sequence[Entry], position: int) -> bool:
    """Whether the words of the named step alone would point at the next one."""
    anchor, key = steps[position], steps[position + 1]
    if _LEANS.search(key.text) or _LEANS.search(anchor.text):
        return True
    stem = content(anchor.text)
    shared = [len(stem & content(step.text)) for i, step in enumerate(steps) if i not in (position, position + 1)]
    return bool(stem & content(key.text)) and len(stem & content(key.text)) >= max(shared, default=0)


def _numbered_lists(document: Document) -> Iterator[list[Block]]:
    """Runs of list items at one level that are numbered 1, 2, 3 … without a gap."""
    run: list[Block] = []
    for block in document.blocks:
        number = _number(document.text, block)
        if run and number == len(run) + 1 and block.level == run[0].level:
            run.append(block)
            continue
        if len(run) > 1:
            yield run
        run = [block] if number == 1 else []
    if len(run) > 1:
        yield run


def _number(text: str, block: Block) -> int | None:
    if block.kind != "list_item":
        return None
    line = text.rfind("\n", 0, block.start) + 1
    match = _MARK.fullmatch(text[line : block.start])
    return int(match[1]) if match else None
