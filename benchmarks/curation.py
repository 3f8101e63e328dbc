"""Curation: recall of planted faults, false rejections of good questions, and speed."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bars import Bar
from tests.curation.good_questions import documents_and_questions
from tests.curation.measured import Recall, computed_recall, false_rejections, recall
from tests.curation.mutators import QUESTION_FAULTS, SET_FAULTS
from tests.curation.planted_by_hand import FRESH, KNOWN, is_rejected

from benchwright.curation import Curator


def run() -> list[Bar]:
    """Measure the bars of `reject`."""
    bars = [
        _bar(fault, recall(fault, fresh=False), recall(fault, fresh=True)) for fault in (*QUESTION_FAULTS, *SET_FAULTS)
    ]
    bars.append(_bar("wrong result of a computation", computed_recall(fresh=False), computed_recall(fresh=True)))
    by_hand = [sum(is_rejected(plant, plant.wrong) for plant in plants) for plants in (KNOWN, FRESH)]
    measured = f"{by_hand[0]} of {len(KNOWN)}; {by_hand[1]} of {len(FRESH)} written after the check"
    bars.append(Bar("planted by hand: the other of two, turned round", measured, "informs"))
    good = false_rejections()
    bars.append(
        Bar(
            "good questions rejected",
            f"{good.rate:.3f} ({good.rejected} of {good.questions})",
            "≤ .02",
            good.rate <= 0.02,
        )
    )
    return [*bars, _speed()]


def _bar(fault: str, seen: Recall, unseen: Recall) -> Bar:
    measured = f"{seen.rate:.3f} of {seen.planted}; {unseen.rate:.3f} of {unseen.planted} in unseen documents"
    is_held = min(seen.rate, unseen.rate) >= 0.95 and seen.planted + unseen.planted >= 60
    return Bar(f"planted: {fault}", measured, "recall ≥ .95, ≥ 60 plants", is_held)


def _speed() -> Bar:
    pairs = list(documents_and_questions())
    curator = Curator()
    started = time.process_time()
    for document, questions in pairs:
        curator.each(questions, [document])
    rate = sum(len(questions) for _, questions in pairs) / (time.process_time() - started)
    return Bar("questions checked a second a core", f"{rate:,.0f}", "informs")
