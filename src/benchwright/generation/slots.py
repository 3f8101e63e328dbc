"""What each planned question is to be: kinds, forms and difficulties in exact proportion, where sources allow them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchwright.generation.kinds import KINDS, suits
from benchwright.generation.order import OF_ONE_SOURCE, Difficulty, Part, Reach, apportion, weighted
from benchwright.generation.sources import Sources
from benchwright.records.question import Form

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


def slots_of(part: Part, places: Sequence[tuple[Reach, Sources]], chance: np.random.Generator) -> list[Slot]:
    """Return a slot for each place: the mix of `part` in exact proportion, shuffled, each kind at fitting sources."""
    kinds = apportion(len(places), weighted(part.kinds))
    mixed = [name for name, number in kinds.items() for _ in range(number)]
    mixed = [mixed[place] for place in chance.permutation(len(mixed))]
    _settle(mixed, places)
    forms = _forms(mixed, part)
    levels: list[Difficulty] = [
        level for level, number in apportion(len(places), weighted(part.difficulty)).items() for _ in range(number)
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


def _forms(kinds: Sequence[str], part: Part) -> list[Form]:
    """A form for each kind, so that the forms come in the proportion ordered, as far as the kinds allow.

    Each takes, of the forms it has, the one of which most is still missing; kinds with fewer forms choose first.
    """
    missing = apportion(len(kinds), weighted(part.forms))
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
