"""What people say of one model beside what they say of the others: reasons in shares, battles by category."""

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchwright.arena.ledger import Ledger
from benchwright.records.comparison import LOSS, RELATIVE, WIN
from benchwright.stats.proportion import difference_interval


def counted(masks: NDArray[np.int64], ledger: Ledger) -> list[dict[str, Any]]:
    """How often each reason stands in `masks`, the commonest first."""
    found: Counter[str] = Counter()
    for mask, times in zip(*np.unique(masks, return_counts=True), strict=True):
        for tag in ledger.tag_mask(int(mask)):
            found[tag] += int(times)
    return [{"tag": tag, "votes": votes} for tag, votes in found.most_common()]


def beside_others(ledger: Ledger, code: int) -> list[dict[str, Any]]:
    """Of the answers of which anything was said: how many were given each reason, this model's and the others'.

    `clear` is `more` or `less` where the 95 % interval of the difference leaves out zero (votes as if independent).
    """
    rows = ledger.main_rows()
    model = np.concatenate([ledger.column("a")[rows], ledger.column("b")[rows]])
    said = np.concatenate([ledger.column("tags_a")[rows], ledger.column("tags_b")[rows]])
    own, others = said[(model == code) & (said != 0)], said[(model != code) & (said != 0)]
    times = {row["tag"]: row["votes"] for row in counted(own, ledger)}
    times_others = {row["tag"]: row["votes"] for row in counted(others, ledger)}
    found: list[dict[str, Any]] = []
    for tag in sorted(times.keys() | times_others.keys()):
        here, there = times.get(tag, 0), times_others.get(tag, 0)
        clear, apart = "", 0.0
        if len(own) and len(others):
            low, high = difference_interval(here, len(own), there, len(others))
            clear = "more" if low > 0 else "less" if high < 0 else ""
            apart = here / len(own) - there / len(others)
        found.append(
            {"tag": tag, "votes": here, "of": len(own), "others": there, "of_others": len(others), "clear": clear}
            | {"difference": apart}
        )
    return sorted(found, key=lambda row: (row["clear"] == "", -abs(row["difference"]), row["tag"]))


def by_category(ledger: Ledger, code: int) -> list[dict[str, Any]]:
    """Battles, wins and losses of a model in each category of prompts, the commonest first."""
    rows = ledger.main_rows()
    rows = rows[(ledger.column("a")[rows] == code) | (ledger.column("b")[rows] == code)]
    outcome = RELATIVE[ledger.column("outcome")[rows]]
    is_a = ledger.column("a")[rows] == code
    won = np.where(is_a, outcome == WIN, outcome == LOSS)
    lost = np.where(is_a, outcome == LOSS, outcome == WIN)
    category = ledger.column("category")[rows]
    found = [
        {
            "category": ledger.categories.names[each],
            "votes": int((category == each).sum()),
            "wins": int(won[category == each].sum()),
            "losses": int(lost[category == each].sum()),
        }
        for each in np.unique(category).tolist()
    ]
    return sorted(found, key=lambda row: -row["votes"])
